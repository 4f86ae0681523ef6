"""Find the headings in the lines of a Chinese official document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..types import Mark
from ..zh.fold import fold
from ..zh.numbering import LEVELS, Numbering, parse
from .lines import SENTENCE_INSIDE, STANDARD, Line, annex_names, list_items, read_lines, siblings

# A heading as official documents write them; nine in ten stay under 30 characters.
LONGEST_HEADING = 50
LONGEST_UNNUMBERED = 40
LONGEST_SENTENCE_HEADING = 15  # of a line of its own that ends with 。

_ENDS_LIKE_ITEM = re.compile(r"[；;，,、：:]$")
_BARE_NAME = re.compile(r"(?P<name>[^。；;，,：:！？]{2,30})")  # the rest of a line: 第七條 本契約效力的恢復
_ARTICLE_NAME = re.compile(r"[【(（](?P<name>[^】)）]{2,20})[】)）]")
# a numbered heading inside a paragraph: …促进发展。1.战略性新兴产业集群。根据…
_INSIDE = re.compile(r"(?<=[。：:])(?=\d{1,2}[.．、](?!\d)[^。；\n]{2,30}。(?=[^\n]))")
_NO_HEADING = re.compile(
    r"^(?:图|表|附图|注|附|来源|作者|供稿|编辑|记者|摘自|单位|时间|地点|日期|联系人?|电话|抄送|主题词)\s*[:为\d]"
    r"|^\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?$|^[\d\W]+$|\d{4}[-/年]\d{1,2}[-/月]\d{1,2}"
)
# The title of a document attached to another, 附件 or what its kind says, before its first number.
_ATTACHED = re.compile(
    r"^附[件录表](?:[一二三四五六七八九十\d]{1,2})?[:：]?$|(?:办法|细则|规定|条例|方案|规则|规程|标准|指引|规划|纲要)$"
)
STANDING = LEVELS["first"] - 0.5  # the rank of such a line above numbers
# Lines of their own that head a part of a report, plain as they may be.
_STANDING = re.compile(
    r"\d{4}年(?:政府)?(?:工作回顾|(?:工作)?总体要求.*|(?:主要|重点)(?:工作)?任务|(?:主要|重点)工作|工作(?:安排|打算|部署)(?:建议)?)"
    r"|\d{4}年.{0,8}\d+件.{0,6}实事|(?:《[^》]{2,20}》)?(?:有关|相关|部分)?(?:内容|用语)?(?:名词|词语|名词术语)(?:解释|注释)"
)
# a document's own title, wherever it stands
_TITLE = re.compile(r"关于.*(?:方案|办法|意见|通知|规划|决定|规定|报告|措施|细则|公告|通告|函)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found in the text: its span, where its body begins, its depth among the others."""

    start: int
    body_start: int
    title: str
    rank: float
    label: str = ""


def headings(text: str, marks: Sequence[Mark]) -> list[Heading]:
    """Return the headings of `text` in reading order, at most one at each place."""
    lines = read_lines(text, marks)
    found = [*_numbered(text, lines), *_attached(lines), *_standing(lines)]
    found += [*_marked(lines), *_bold(lines), *_unnumbered(lines)]
    ordered = sorted(found, key=lambda heading: heading.start)  # of two at one place the first stays
    places = [-1, *(heading.start for heading in ordered)]
    return [heading for before, heading in zip(places, ordered, strict=False) if before < heading.start]


def _numbered(text: str, lines: Sequence[Line]) -> list[Heading]:
    listed = list_items(lines) | annex_names(lines)
    headings: dict[int, Heading] = {}
    inside: list[Heading] = []
    for index, line in enumerate(lines):
        if line.in_table:
            continue
        if line.number is None or index in listed:
            inside += _inside(text, line)
        elif line.number.kind == "article":
            headings[index] = _article(line, line.number)
        else:
            heading = _heading_line(line, line.number)
            if heading:
                headings[index] = heading
            inside += _inside(text, line)
    for group in siblings(lines):
        if 2 * sum(index in headings for index in group) < len(group):
            for index in group:  # items that happen to begin with a short sentence
                headings.pop(index, None)
    return [*_without_contents(list(headings.values())), *inside]


def _heading_line(line: Line, number: Numbering) -> Heading | None:
    rest = line.text[number.end :]
    stop = SENTENCE_INSIDE.search(rest)
    standard = STANDARD.match(fold(rest))
    if standard:
        title, after = rest[: standard.end()], standard.end()
    else:
        title, after = (rest[: stop.start()], stop.end()) if stop else (rest, len(rest))
        if stop and stop.group() != "。" and (after < len(rest) or stop.group() in ";；"):
            return None
        if stop is None and _ENDS_LIKE_ITEM.search(title):
            return None
        is_sentence = stop is not None and stop.group() == "。"
        if is_sentence and after == len(rest) and len(title) > LONGEST_SENTENCE_HEADING:
            return None  # a sentence with a number, not a heading with a full stop
    if not title or len(title) > LONGEST_HEADING:
        return None
    body = line.start + number.end + after
    return Heading(line.start, body, _title(number.label, title), number.level, number.label)


def _title(label: str, title: str) -> str:
    blank = " " if label[-1:] not in "、.．)）" else ""
    return f"{label}{blank}{title.strip()}"


def _article(line: Line, number: Numbering) -> Heading:
    name = _ARTICLE_NAME.match(line.text, number.end) or _BARE_NAME.fullmatch(line.text, number.end)
    title = _title(number.label, name["name"]) if name else number.label
    body = line.start + (name.end() if name else number.end)
    return Heading(line.start, body, title, number.level, number.label)


def _inside(text: str, line: Line) -> list[Heading]:
    found = []
    for match in _INSIDE.finditer(text, line.start, line.end):
        number = parse(text[match.start() : line.end])
        if number:
            stop = text.index("。", match.start())
            title = _title(number.label, text[match.start() + number.end : stop])
            found.append(Heading(match.start(), stop + 1, title, number.level, number.label))
    return found


def _without_contents(headings: list[Heading]) -> list[Heading]:
    # a table of contents says every chapter twice; the later one heads the text
    last = {heading.title: heading.start for heading in headings}
    outer = LEVELS["article"]
    return [heading for heading in headings if heading.rank >= outer or last[heading.title] == heading.start]


def _is_title(marked: Line, lines: Sequence[Line]) -> bool:
    """Tell whether the first line that the format marks is the title: nothing above it, or none beside it."""
    if marked is not next(line for line in lines if line.mark_level):
        return False
    return marked is lines[0] or sum(line.mark_level == marked.mark_level for line in lines) == 1


def _marked(lines: Sequence[Line]) -> list[Heading]:
    """Return the unnumbered headings that the file format marks, save the first: the title."""
    ranks: dict[int, float] = {}
    for line in lines:
        if line.mark_level and line.number:
            ranks.setdefault(line.mark_level, line.number.level)
    found = [line for line in lines if line.mark_level and line.number is None and not line.in_table]
    if found and _is_title(found[0], lines):
        found = found[1:]
    return [
        Heading(line.start, line.end, line.text, _mark_rank(line.mark_level, ranks))
        for line in found
        if len(line.text) <= LONGEST_HEADING and not SENTENCE_INSIDE.search(line.text)
    ]


def _standing(lines: Sequence[Line]) -> list[Heading]:
    """Return the lines that head the parts of a report by what they say; the last of each name."""
    rank = STANDING if _has_numbers(lines) else 0.5
    found = {
        line.text: Heading(line.start, line.end, line.text, rank)
        for line in lines[1:]
        if not line.number and not line.in_table and not line.mark_level
        if len(line.text) <= LONGEST_UNNUMBERED and _STANDING.fullmatch(fold(line.text))
    }
    return list(found.values())


def _attached(lines: Sequence[Line]) -> list[Heading]:
    """Return the titles of attached documents: their numbers begin anew after them."""
    found = []
    seen = False
    for line, after in pairwise(lines):
        begins = after.number is not None and after.number.value == 1
        attached = _ATTACHED.search(fold(line.text))
        if (
            seen
            and not line.number
            and not line.in_table
            and len(line.text) <= LONGEST_UNNUMBERED
            and attached
        ) and (begins or attached.group().startswith("附")):
            found.append(Heading(line.start, line.end, line.text.rstrip("：:"), 0.0))
        seen = seen or line.number is not None or _is_prose(line)
    return found


def _bold(lines: Sequence[Line]) -> list[Heading]:
    """Return the unnumbered lines in bold type, and the bold sentences that begin paragraphs."""
    has_numbers = _has_numbers(lines)
    title_lines = _bold_title(lines)
    whole, run_in = [], []
    for index, line in enumerate(lines[1:], 1):
        if line.number or line.in_table or line.mark_level or line.bold_to <= line.start:
            continue
        if line.text == lines[0].text or index in title_lines:
            continue
        title = line.text[: line.bold_to - line.start].rstrip("。:： ")
        if (
            not 2 <= len(title) <= LONGEST_HEADING
            or re.search("[。；;]", title)
            or _NO_HEADING.search(fold(title))
        ):
            continue
        if line.bold_to >= line.end:
            rank = LEVELS["fifth"] + 0.4 if has_numbers else 0.5
            whole.append(Heading(line.start, line.end, title, rank))
        elif "。" in line.text[len(title) : len(title) + 1]:
            run_in.append(Heading(line.start, line.start + len(title) + 1, title, LEVELS["fifth"] + 0.6))
    return whole + (run_in if len(run_in) > 1 else [])  # one alone is emphasis


def _bold_title(lines: Sequence[Line]) -> set[int]:
    """Return the lines of a title in several lines: bold ones in a row before the first paragraph."""
    first = next((i for i, line in enumerate(lines) if _is_prose(line) or line.number), len(lines))
    bold = {i for i in range(first) if lines[i].bold_to >= lines[i].end}
    return {i for i in bold if i - 1 in bold or i + 1 in bold}


def _has_numbers(lines: Sequence[Line]) -> bool:
    return any(line.number and line.number.level <= LEVELS["second"] for line in lines)


def _mark_rank(level: int, ranks: dict[int, float]) -> float:
    if level in ranks:
        return ranks[level]
    outer = [known for known in ranks if known < level]
    return ranks[max(outer)] + 0.5 if outer else level / 10


def _unnumbered(lines: Sequence[Line]) -> list[Heading]:
    """Return the short lines that head the paragraphs after them."""
    has_numbers = _has_numbers(lines)
    found = []
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if line.number or line.in_table or not _heads(before, line, after):
            continue
        rank = LEVELS["fifth"] + 0.5 if has_numbers else 0.5
        found.append(Heading(line.start, line.end, line.text, rank))
    return found


def _heads(before: Line, line: Line, after: Line) -> bool:
    folded = fold(line.text)
    if (
        len(folded) > LONGEST_UNNUMBERED
        or _NO_HEADING.search(folded)
        or re.search(r"[。；;，,：:、！？…)）]$", folded)
    ):
        return False
    if SENTENCE_INSIDE.search(folded) or folded.count(",") > 2 or _TITLE.search(folded):
        return False
    return _is_prose(after) and _is_prose(before) and after.number is None


def _is_prose(line: Line) -> bool:
    return "。" in line.text and len(line.text) > LONGEST_UNNUMBERED
