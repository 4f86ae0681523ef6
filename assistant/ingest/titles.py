"""The title of a text: the line that ends as official titles do, else the first one that can be a title."""

from __future__ import annotations

import re

from ..zh.fold import fold
from ..zh.numbering import parse
from .terms import DATE

LONGEST_TITLE, _SHORTEST_TITLE = 80, 8
_BARE = 10  # characters of a title that says only of what kind a text is: 行政处罚决定书
# The kinds of official documents (党政机关公文处理工作条例, 第八条), of regulations and of what else is kept.
_KINDS = (
    "工作报告 实施方案 行动方案 工作方案 方案 实施细则 细则 管理办法 暂行办法 办法 条例 规定 规则 规程 "
    "决定 决议 命令 公报 公告 通告 实施意见 指导意见 意见 通知 通报 报告 请示 批复 议案 函 纪要 规划纲要 "
    "纲要 规划 行动计划 计划 措施 若干措施 政策 指南 指引 标准 清单 目录 解释 章程 法 宪法 解读 问答 "
    "白皮书 要点 倡议书 合同 协议 协议书 案例 研究 调研 启示 对策 分析 答复 复函 预案 总结 决定书 制度 讲话 "
    "讲话稿 实录 简章 简报 专报 月报 大事记 年鉴 须知 名录"
).split()
KIND_AT_END = re.compile(
    rf"({'|'.join(sorted(_KINDS, key=len, reverse=True))})"
    r"(?:\s*[(\[][^)\]]{1,16}[)\]])*\s*$"  # (试行), (2021年版), (问答)
)
_ABOUT = re.compile(rf"关于.{{2,}}(?:{'|'.join(_KINDS)})")
NUMBER = re.compile(r"[一-鿿]{1,12}[\[(](?:19|20)\d{2}[\])]\s?(?:第)?\d{1,4}号")
BODY = re.compile(
    r"(?:人民政府|政府|委员会|办公厅|办公室|厅|局|部|院|署|委|会|法院|检察院|银行|集团|公司|中心)$"
)
LETTERHEAD = re.compile(r"(?:政府|委员会|办公厅|办公室|厅|局|部|委|院|会|公司)\s*文\s*件$")
_SUFFIX = re.compile(r"\((?:试行|暂行|征求意见稿|公开征求意见稿|草案|送审稿|修订稿?|修正)\)")
# prose, a label, an attachment, part of a table, the way to a page: 首页 > 政策
_NO_TITLE = re.compile(r"[。;:?!,]|^附件|[|>\t]|^[^㐀-鿿]*$")


def title_line(head: str) -> str:
    """Return the title: the first line that ends as official titles do or that a source follows."""
    lines = [line.strip() for line in head.split("\n") if line.strip()][:20]
    for index, line in enumerate(lines):
        folded = fold(line)
        if len(line) > LONGEST_TITLE or re.search(r"[。;:]| \| ", folded) or parse(line):
            continue
        after = fold(lines[index + 1]) if index + 1 < len(lines) else ""
        if KIND_AT_END.search(folded) or _ABOUT.search(folded) or re.search(r"^(?:信息)?来源\s*:", after):
            parts = [line]
            if index and _is_first_half(lines[index - 1], folded):
                parts.insert(0, lines[index - 1])
            if _SUFFIX.fullmatch(after):
                parts.append(lines[index + 1])
            return " ".join("".join(parts).split())
    return ""


def first_line(head: str) -> str:
    """Return the first line where it can be a title: no prose, date, name or part of a table."""
    line = next((line.strip() for line in head.split("\n") if line.strip()), "")
    folded = fold(line)
    no_title = LETTERHEAD.search(folded) or _NO_TITLE.search(folded) or NUMBER.search(folded) or parse(line)
    fits = _SHORTEST_TITLE <= len(line) <= LONGEST_TITLE and not DATE.fullmatch(folded)
    return line if fits and not no_title and not BODY.search(folded) else ""


def _is_first_half(line: str, following: str) -> bool:
    """Tell whether a title begins on `line` and goes on with `following`, which is folded."""
    folded = fold(line)
    if len(line) > LONGEST_TITLE or "。" in line or LETTERHEAD.search(folded):
        return False
    begins = (following.startswith("关于") or len(following) <= _BARE) and BODY.search(folded)
    return bool(begins or re.search(r"关于|印发", folded))
