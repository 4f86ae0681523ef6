"""What stands about a figure in its clause: the stretch that says what it measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ...zh.quantities import Quantity, quantities

# a comma or colon between digits is of a figure or a clock time
BOUNDARY = re.compile(r"[、;。()]|(?<!\d)[,:]|[,:](?!\d)")
# what stands before a figure whose noun stands before the last comma or bracket
NO_NOUN = re.compile(
    r"(?:同比|环比|较?上年|比上年|累计|总数|总量|合计|共计?|已|均|其中|占比?|同口径|预计|年均|实际)*"
    r"(?:增长|下降|提高|上升|提升|增加|减少|扩大|缩短|回升|降低|达到?|完成|实现|超过?|突破|为|近|约|是|有|[居列]?)?"
)
_RESPECTIVELY = re.compile(r"分别|各自|依次")

quantities_in = lru_cache(maxsize=8192)(quantities)


def window(folded: str, found: Sequence[Quantity], index: int) -> tuple[int, int]:
    """Return the stretch around a figure that says what it measures."""
    quantity = found[index]
    left = found[index - 1].end if index else 0
    for boundary in BOUNDARY.finditer(folded, left, quantity.start):
        left = boundary.end()
    if NO_NOUN.fullmatch(folded, left, quantity.start):  # 新能源装机率先破亿、达到1.35亿千瓦
        left = segment_start(folded, left - 1)
    right = found[index + 1].start if index + 1 < len(found) else len(folded)
    stop = BOUNDARY.search(folded, quantity.end, right)
    return left, stop.start() if stop else right


def segment_start(folded: str, end: int) -> int:
    """Return where the segment that holds the character before `end` begins."""
    starts = [boundary.end() for boundary in BOUNDARY.finditer(folded, 0, max(end, 0))]
    return starts[-1] if starts else 0


def aligned(folded: str, found: Sequence[Quantity], index: int) -> str:
    """Return what the figure of an `A、B分别为x、y` measures, empty where there is no such list."""
    marks = [mark for mark in _RESPECTIVELY.finditer(folded) if mark.start() < found[index].start]
    if not marks:
        return ""
    mark = marks[-1]
    chain = _chain(folded, [quantity for quantity in found if quantity.start >= mark.end()])
    if found[index] not in chain or len(chain) < 2:
        return ""
    left, right = folded[: mark.start()], folded[mark.end() : chain[0].start]
    for side, other in ((right, left), (left, right)):
        items = _items(side)
        if len(items) >= len(chain):
            items = items[-len(chain) :]
            place = chain.index(found[index])
            return f"{items[place]}|{re.split('[,;:]', other)[-1]}|{_common_tail(items)}"
    return ""


def _chain(folded: str, following: Sequence[Quantity]) -> list[Quantity]:
    chain = list(following[:1])
    for quantity in following[1:]:
        if not re.fullmatch(r"[、,和与及\s]+", folded[chain[-1].end : quantity.start]):
            break
        chain.append(quantity)
    return chain


def _items(side: str) -> list[str]:
    stretch = re.split(r"[,;:。]", side.rstrip(",为是较比仅达的居"))[-1]
    return [item for item in re.split(r"[、和与及]", stretch) if item]


def _common_tail(items: Sequence[str]) -> str:
    # 城镇、农村居民收入: what the last item ends in, beyond the length of the others, is shared
    return items[-1][max(map(len, items[:-1])) :] if len(items) > 1 else ""
