"""Which of several things a figure measures: `A、B分别为x、y`; and what is counted up in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

_RESPECTIVELY = re.compile(r"分别|各自|依次")
# between two figures of a chain: 第2位、第7位; 世界第二、世界第三
_BETWEEN = re.compile(r"[位名]?(?:[、,和与及\s]+|以及)(?:世界|全球|全国|全省|全市)?")
_BREATH = re.compile(r"[^，,；;。：:（(\d]*、[^，,；;。：:（(\d]*")
_STRETCH = re.compile(r"[,;:。]")
_BOTH = re.compile(r"城乡(?=[㐀-鿿])")  # one word for two: of the towns and of the country
_TOWN, _COUNTRY = "城镇", "农村"


class Spanned(Protocol):
    """A figure, by where it stands."""

    @property
    def start(self) -> int:
        """Return where it begins."""

    @property
    def end(self) -> int:
        """Return where it ends."""


class Aligned(NamedTuple):
    """The thing that a figure measures among several, and with it all that is said of it."""

    item: str
    beside: str


def aligned(folded: str, found: Sequence[Spanned], index: int) -> Aligned | None:
    """Return what the figure of an `A、B分别为x、y` measures; None where there is no such list."""
    marks = [mark for mark in _RESPECTIVELY.finditer(folded) if mark.start() < found[index].start]
    if not marks:
        return None
    mark = marks[-1]
    chain = _chain(folded, [figure for figure in found if figure.start >= mark.end()])
    if not any(figure.start == found[index].start for figure in chain) or len(chain) < 2:
        return None
    left, right = folded[: mark.start()], folded[mark.end() : chain[0].start]
    place = [figure.start for figure in chain].index(found[index].start)
    for side, other in ((right, left), (left, right)):
        for items in _listed(side):
            if len(items) >= len(chain):
                items = items[-len(chain) :]
                about = _STRETCH.split(other)[-1]
                return Aligned(items[place], f"{items[place]}|{about}|{_common_tail(items)}")
    return None


def _chain(folded: str, following: Sequence[Spanned]) -> list[Spanned]:
    chain = list(following[:1])
    for figure in following[1:]:
        if not _BETWEEN.fullmatch(folded, chain[-1].end, figure.start):
            break
        chain.append(figure)
    return chain


def _listed(side: str) -> Iterator[list[str]]:
    """Yield what is counted up right beside the mark, then before the comma: 债券和自筹，比例分别为."""
    stretches = [one for one in _STRETCH.split(side.rstrip(",为是较比仅达的居")) if one]
    for stretch in reversed(stretches[-2:]):
        named = _RESPECTIVELY.split(stretch)[0]  # 中心分别新认定60家和30家，累计分别达到
        items = [item for item in re.split(r"[、和与及]", named) if item]
        if len(items) == 1 and _BOTH.search(items[0]):
            items = [_BOTH.sub(which, items[0]) for which in (_TOWN, _COUNTRY)]
        yield items


def _common_tail(items: Sequence[str]) -> str:
    # 城镇、农村居民收入: what the last item ends in, beyond the length of the others, is shared
    return items[-1][max(map(len, items[:-1])) :] if len(items) > 1 else ""


def in_one_breath(text: str, one: Spanned, other: Spanned) -> bool:
    """Tell whether two figures are counted up with 、: 基层医疗机构85%、其他医疗机构65%的支付比例."""
    first, second = sorted((one, other), key=lambda figure: figure.start)
    return bool(_BREATH.fullmatch(text, first.end, second.start))
