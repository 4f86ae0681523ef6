"""Questions that documents answer, and the same or like ones that they do not."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.types import Document
from assistant.zh import places
from assistant.zh.quantities import quantities
from assistant.zh.sentences import clauses

_MEASURED = re.compile(r"([㐀-鿿]{4,14}?)(?:增长|达到?|超过?|突破|为|完成|实现|约|近)?$")
_PROVINCES = (
    "上海 云南 内蒙古 吉林 四川 宁夏 山东 广西 江西 河北 浙江 湖北 甘肃 西藏 辽宁 陕西 "
    "北京 天津 山西 江苏 安徽 福建 河南 湖南 广东 海南 重庆 贵州 青海 新疆 黑龙江"
).split()


@dataclass(frozen=True, slots=True)
class Case:
    """A question, whether it can be answered, and the document withheld from the search."""

    question: str
    answerable: bool
    source: str
    withheld: str = ""


def reading(path: Path, count: int, chance: random.Random) -> tuple[list[dict[str, str]], list[Case]]:
    """Return all paragraphs of a reading-comprehension set as records, and `count` questions twice:
    with the paragraph that answers and without it.
    """
    records, asked = [], []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            paragraph = json.loads(line)
            id = f"{path.stem.split('.')[0]}-{paragraph['id']}"
            records.append({"id": id, "title": paragraph["title"], "text": paragraph["context"]})
            asked += [(question["question"], id) for question in paragraph["questions"]]
    chosen = chance.sample(asked, min(count, len(asked)))
    source = path.stem.split("_")[0]
    cases = [Case(question, True, source) for question, _ in chosen]
    cases += [Case(question, False, source, withheld=id) for question, id in chosen]
    return records, cases


def figures(documents: Sequence[Document], count: int, chance: random.Random) -> list[Case]:
    """Return questions made from figures of `documents`, and such of other places, years and measures."""
    stated = [found for document in documents for found in _stated(document)]
    chance.shuffle(stated)
    everything = "".join(document.text for document in documents)
    made: list[Case] = []
    for region, noun, unit in stated[:count]:
        made.append(Case(f"{region}{noun}{_how_much(unit)}？", True, "figures"))
        made.append(
            Case(
                f"{region}{chance.choice((2016, 2018, 2019))}年{noun}{_how_much(unit)}？", False, "other year"
            )
        )
        others = [p for p in _PROVINCES if p != region and not _said_of(documents, p, noun)]
        if others:
            made.append(Case(f"{chance.choice(others)}{noun}{_how_much(unit)}？", False, "other region"))
        measure = chance.choice(
            ("人均住房面积", "离婚率", "公交线路", "博物馆参观人次", "图书馆藏书", "养老床位", "出租车数量")
        )
        if measure[:4] not in everything:
            made.append(Case(f"{region}{measure}{_how_much('')}？", False, "other measure"))
    return made


def _stated(document: Document) -> Iterator[tuple[str, str, str]]:
    for start, end in clauses(document.text):
        text = document.text[start:end]
        section = document.section_at(start)
        region = section.region or document.metadata.region
        for quantity in quantities(text) if region else ():
            before = re.split(r"[，,、；：。（(]", text[: quantity.start])[-1]
            noun = _MEASURED.search(before)
            if (
                noun
                and quantity.low is not None
                and not places.find(noun[1])
                and quantity.dimension in ("money", "percent")
            ):
                yield places.short(region), noun[1], quantity.unit


def _said_of(documents: Sequence[Document], region: str, noun: str) -> bool:
    return any(region in document.title and noun[-4:] in document.text for document in documents)


def _how_much(unit: str) -> str:
    return {"%": "是多少", "元": "是多少元"}.get(unit, "是多少")
