"""Corruptions of a true statement, and rewordings that keep it true; each made by rule."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.types import Citation
from assistant.zh import places
from assistant.zh.dates import years
from assistant.zh.fold import converter, fold, is_traditional
from assistant.zh.quantities import quantities

_SEGMENT = re.compile(r"[，,]")
_ITEM = re.compile(r"[㐀-鿿A-Za-z0-9]{2,8}(?=、)")


@dataclass(frozen=True, slots=True)
class Case:
    """A true statement with the citation that carries it, and other statements to borrow from."""

    text: str
    citation: Citation
    others: Sequence[str]


Change = Callable[[Case, random.Random], "str | None"]  # None: cannot be done to this statement


def another_figure(case: Case, chance: random.Random) -> str | None:
    """Change one digit of a figure."""
    found = [q for q in quantities(case.text) if q.low is not None and re.search(r"\d", q.text)]
    if not found:
        return None
    figure = chance.choice(found)
    digits = [i for i in range(figure.start, figure.end) if case.text[i].isascii() and case.text[i].isdigit()]
    if not digits:
        return None
    at = chance.choice(digits)
    digit = chance.choice([d for d in "123456789" if d != case.text[at]])
    return case.text[:at] + digit + case.text[at + 1 :]


def swapped_figures(case: Case, chance: random.Random) -> str | None:
    """Exchange two figures of one statement: 243家 with 149家."""
    found = [q for q in quantities(case.text) if q.low is not None and q.dimension not in ("plain", "time")]
    pairs = [(a, b) for a in found for b in found if a.end <= b.start and a.unit == b.unit and a.key != b.key]
    if not pairs:
        return None
    a, b = chance.choice(pairs)
    text = case.text
    return (
        text[: a.start]
        + text[b.start : b.end]
        + text[a.end : b.start]
        + text[a.start : a.end]
        + text[b.end :]
    )


_UNITS = (
    ("亿元", "万元"),
    ("万元", "亿元"),
    ("亿", "万"),
    ("万", "亿"),
    ("个百分点", "%"),
    ("%", "个百分点"),
    ("家", "个百分点"),
    ("项", "万项"),
)


def another_unit(case: Case, chance: random.Random) -> str | None:
    """Change the unit of a figure: 亿元 to 万元, % to 个百分点."""
    found = [q for q in quantities(case.text) if q.unit]
    chance.shuffle(found)
    for figure in found:
        written = case.text[figure.start : figure.end]
        for unit, other in _UNITS:
            plain = converter("s2t").convert(unit) if unit not in written else unit
            if re.search(rf"\d{re.escape(plain)}", written):
                return case.text[: figure.start] + written.replace(plain, other, 1) + case.text[figure.end :]
    return None


def another_year(case: Case, chance: random.Random) -> str | None:
    """Change a year by one to three."""
    found = [year for year in years(case.text) if case.text[year.start : year.start + 4].isdigit()]
    if not found:
        return None
    year = chance.choice(found)
    changed = str(year.year + chance.choice([-3, -2, -1, 1, 2, 3]))
    return case.text[: year.start] + changed + case.text[year.start + 4 :]


def another_region(case: Case, chance: random.Random) -> str | None:
    """Put another place in the place of one."""
    found = places.find(case.text)
    if not found:
        return None
    place = chance.choice(found)
    others = ("贵州", "武汉", "安徽", "郑州", "海南", "厦门", "浙江", "江苏", "重庆", "成都")
    other = chance.choice([name for name in others if name not in fold(case.text)])
    return case.text[: place.start] + other + case.text[place.end :]


def negated(case: Case, chance: random.Random) -> str | None:
    """Negate a verb, or take a negation away."""
    if "不" in case.text and (match := re.search(r"不(?=[低超少高得])", case.text)):
        return case.text[: match.start()] + case.text[match.end() :]
    verbs = list(
        re.finditer(
            r"(?<=[㐀-鿿])(?:推动|实施|支持|建立|完成|鼓励|推進|推动|實施|建設|建设|加快|提高|达到|達到|形成)",
            case.text,
        )
    )
    if not verbs:
        return None
    verb = chance.choice(verbs)
    return case.text[: verb.start()] + chance.choice(["未", "不", "没有", "禁止"]) + case.text[verb.start() :]


def reversed_trend(case: Case, chance: random.Random) -> str | None:
    """Turn a rise into a fall, or the other way round."""
    pairs = (
        ("增长", "下降"),
        ("增長", "下降"),
        ("提高", "降低"),
        ("高于", "低于"),
        ("低于", "高于"),
        ("下降", "增长"),
        ("超", "不足"),
        ("新增", "减少"),
    )
    found = [(a, b) for a, b in pairs if a in case.text]
    if not found:
        return None
    a, b = chance.choice(found)
    return case.text.replace(a, b, 1)


def item_added(case: Case, chance: random.Random) -> str | None:
    """Add an item of another statement to a list."""
    own = list(_ITEM.finditer(case.text))
    borrowed = [
        item for other in case.others for item in _ITEM.findall(other) if item not in case.citation.context
    ]
    if not own or not borrowed:
        return None
    at = chance.choice(own)
    return case.text[: at.end()] + "、" + chance.choice(borrowed) + case.text[at.end() :]


def mixed(case: Case, chance: random.Random) -> str | None:
    """Join the beginning of one statement with the end of another."""
    own = _SEGMENT.split(case.text)
    other = _SEGMENT.split(chance.choice(case.others))
    if len(own) < 2 or len(other) < 2:
        return None
    tail = other[len(other) // 2 :]
    if all(fold(part) in fold(case.citation.context) for part in tail):
        return None
    return "，".join([*own[: max(1, len(own) // 2)], *tail])


def another_name(case: Case, chance: random.Random) -> str | None:
    """Put another name in quotation marks or 《》."""
    own = re.search(r"[“《]([^”》]{2,20})[”》]", case.text)
    names = [n for other in case.others for n in re.findall(r"[“《]([^”》]{2,20})[”》]", other)]
    names = [name for name in names if name not in case.citation.context]
    if not own or not names:
        return None
    return case.text[: own.start(1)] + chance.choice(names) + case.text[own.end(1) :]


def verbatim(case: Case, chance: random.Random) -> str | None:
    """Keep the statement."""
    del chance
    return case.text


def shortened(case: Case, chance: random.Random) -> str | None:
    """Drop a segment."""
    parts = _SEGMENT.split(case.text)
    if len(parts) < 3:
        return None
    del parts[chance.randrange(1, len(parts))]
    return "，".join(parts)


def reordered(case: Case, chance: random.Random) -> str | None:
    """Put the last segment of three or more before the one ahead of it."""
    parts = _SEGMENT.split(case.text.rstrip("。；;"))
    if len(parts) < 3:
        return None
    del chance
    return "，".join([*parts[:-2], parts[-1], parts[-2]]) + "。"


def other_script(case: Case, chance: random.Random) -> str | None:
    """Write it in the other script."""
    del chance
    name = "t2s" if is_traditional(case.text) else "s2t"
    return converter(name).convert(case.text)


def reworded(case: Case, chance: random.Random) -> str | None:
    """Put a frame around it, as a writer would: 根据文件, ..."""
    lead = chance.choice(["据文件，", "根据材料，", "文中提到，", "报告指出，"])
    return lead + case.text


CORRUPTIONS: dict[str, Change] = {
    "figure": another_figure,
    "figures swapped": swapped_figures,
    "unit": another_unit,
    "date": another_year,
    "region": another_region,
    "negation": negated,
    "trend": reversed_trend,
    "item added": item_added,
    "two mixed": mixed,
    "name": another_name,
}
TRUE: dict[str, Change] = {
    "verbatim": verbatim,
    "shortened": shortened,
    "reordered": reordered,
    "other script": other_script,
    "framed": reworded,
}
