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
