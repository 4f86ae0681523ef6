"""Show where something is missing that nothing can bring back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import DAMAGE_MARK
from .edits import Edit, Repaired
from .readings import SYLLABLE

# Garbage that no restoration explained: undecodable bytes, GBK's private-use characters, half a gloss,
# a question mark before a comma.
_GARBAGE = re.compile(
    rf"(?:[\ue000-\ue864\ufffd][?？]?|[?？]{SYLLABLE}[)）])+|(?<=[㐀-鿿])[?？](?=[，,、；;])"
)

# An amount without its figure, 收益億元. In 16.7 million characters of news, laws and work reports a
# unit before a stop never follows a character that is neither a numeral nor one of these.
_NUMERAL = "零〇一二三四五六七八九十百千万萬亿億两兩几幾数數壹贰貳叁參肆伍陆陸柒捌玖拾佰仟兆半廿卅"
_APPROXIMATE = "多余餘上近超过過达達破每个個整点點分之逾不约約第"
_MISSING_FIGURE = re.compile(
    rf"(?<=[㐀-鿿])(?<![{_NUMERAL}{_APPROXIMATE}])"
    r"(?=(?:[万萬][亿億]元|[亿億万萬][美欧歐]?元|[亿億万萬]港元|[亿億万萬]吨|[亿億万萬]噸|[万萬][亩畝]|[个個]百分[点點]|%)"
    r"[。,，;；、])"
)


def garbage(text: str) -> Iterator[Edit]:
    """Yield □ for each stretch of signs that stand for no text."""
    for match in _GARBAGE.finditer(text):
        yield Edit(match.start(), match.end(), DAMAGE_MARK, "unrestorable", "无法辨认,也无从恢复")


def missing_figures(readable: Repaired) -> Iterator[Edit]:
    """Yield □ before each unit that has lost its figure, in the offsets of the original."""
    for match in _MISSING_FIGURE.finditer(readable.text):
        _, place = readable.alignment.to_original(match.start() - 1, match.start())
        yield Edit(place, place, DAMAGE_MARK, "unrestorable", "计量单位前缺少数字,原文已失")
