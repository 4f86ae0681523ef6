"""Remove what belongs to a web page and not to its document: menus, buttons, contact lines, adverts.

What a line is, is told by its form: page functions and separators and nothing else, licence numbers,
a call to follow or scan. Such a line goes only at the head or the foot of a text, before its first
sentence or after its last, and a doubtful one only beside a certain one. Numbered lines, table rows,
authors, sources and captions stay wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ...zh.fold import fold
from ...zh.numbering import parse
from .edits import Edit, Repaired

SHORT = 40  # characters; a longer line is no button
ORPHAN = 16  # characters of a line that only its neighbours give away, the name of a box or a menu

# What the parts of a page do, and the services it shares to: a line of these alone is a menu.
_FUNCTIONS = (
    "首页 网站首页 返回首页 返回顶部 返回 顶部 上一篇 下一篇 上一页 下一页 打印 打印本页 打印此页 关闭 "
    "关闭窗口 关闭本页 收藏 加入收藏 分享 分享到 分享至 转发 点赞 评论 登录 注册 搜索 检索 更多 查看更多 "
    "展开 收起 下载 客户端 手机版 电脑版 移动版 微信 微博 新浪微博 腾讯微博 官方微信 官方微博 公众号 "
    "微信公众号 微信好友 朋友圈 小程序 qq qq空间 qq好友 抖音 快手 头条 今日头条 豆瓣 扫一扫 扫码 二维码 "
    "无障碍 无障碍浏览 长者模式 适老化 english 繁体 简体 繁体版 简体版 字号 字体 大 中 小 放大 缩小 网站地图 "
    "听全文 听新闻 朗读 语音播报 语音朗读 停止播报 视力保护色 "
    "联系我们 关于我们 友情链接 合作单位 版权声明 免责声明 纠错 我要纠错"
).split()
_SEPARATOR = re.compile(r"[\s|/>»›·•:\[\]()、,-]+")
_FUNCTION = "|".join(sorted(map(re.escape, _FUNCTIONS), key=len, reverse=True))
_MENU = re.compile(rf"(?:(?:{_FUNCTION})(?:$|{_SEPARATOR.pattern}))+")
_BAR = re.compile(r"^\S{1,8}(?:\s*\|\s*\S{1,8})+$")
_TRAIL = re.compile(r"^(?:您?(?:现在|当前)?的?(?:所在)?位置\s*[::].*|\S{1,12}(?:\s*[>»›]\s*\S{1,20})+)$")
_CALL = re.compile(
    r"(?:扫一扫|扫码|扫描|长按|识别|点击|关注|订阅|下载|进入).{0,16}(?:微信|公众号|微博|客户端|二维码|小程序|app|视频号|抖音)"
    r"|(?:微信|公众号).{0,8}(?:扫一扫|扫码|关注)"
)
_IMAGE = re.compile(r"^[\w.()-]+\.(?:jpe?g|png|gif|bmp|webp|svg)$")
_EDITOR = re.compile(
    r"^[(\[【]?(?:责任编辑|网络编辑|本文编辑|编辑|责编|美编|校对|审核|审校|监制|终审|初审|复审)\s*[:/|].{1,24}$"
)
_LICENCE = re.compile(
    r"icp[备证]|公网安备|(?:许可证|视听证|备案)(?:编?号)?\s*:?\s*[(a-z]*\d{4,}|版权所有|copyright|©|网站标识码"
    r"|(?:互联网|网络)\S{0,12}举报(?:中心|平台)"
)
_CONTACT = re.compile(
    r"(?:热线|举报|客服|投稿|广告|传真|邮箱|电话|邮编)\S{0,8}\s*:.*(?:\d{5,}|\w@\w)"
    r"|(?:主办|承办|协办|技术支持|运营|版权)(?:单位|方)?\s*:|有限(?:责任)?公司(?:运营|主办|版权|承办)$"
)
# widgets beside a date or a source, which stay
_WIDGET = re.compile(
    r"\s*(?:(?:浏览)?字[号体](?:大小)?\s*[::]?\s*\[?\s*(?:大\s*[|/]?\s*中\s*[|/]?\s*小)\s*\]?"
    r"|a\s*\+\s*大\s*a\s*\+?\s*中\s*a\s*[+-]?\s*小"
    r"|(?<=\S)\s(?:打印|关闭|收藏|分享|纠错)(?:\s(?:打印|关闭|收藏|分享|纠错))*\s*$"
    r"|^\s*-\s*次\s*$"
    r"|(?:浏览|阅读|点击|访问)(?:次数|人数|量|数)\s*[::]\s*[\d,-]*\s*次?)"
)
# a site's own words around what it copied
_SITE_TALK = re.compile(
    r"(?:^|(?<=[。!?]))[^。\n]{0,6}(?:以下|下面|本文|小编|更多)[^。\n]{0,40}(?:欢迎|希望|仅供|敬请)[^。\n]{0,16}"
    r"(?:阅读|参考|借鉴|下载|收藏|帮助|喜欢|关注)[^。\n]{0,8}[。!]"
)
# a line that may be all there is of a title
_TITLED = re.compile(
    r"(?:通知|公告|通告|公报|办法|规定|条例|规则|方案|意见|决定|决议|细则|规划|纲要|计划|报告|措施|政策|要点|解读|问答|指南|指引|标准"
    r"|清单|目录|函|批复|纪要|章程|倡议书)$"
)
_ABOUT = re.compile(r"^关于(?P<name>\S{2,12})$")
_SENTENCE = re.compile(r"[。;!?]")


class _Sort(IntEnum):
    CONTENT = 0
    ORPHAN = 1  # goes between two that go
    DOUBTFUL = 2  # goes beside one that goes
    CERTAIN = 3


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    folded: str
    sort: _Sort = _Sort.CONTENT
    reason: str = ""
    goes: bool = False


def furniture(readable: Repaired) -> Iterator[Edit]:
    """Yield the removal of what is page furniture, in the offsets of the original."""
    tables = [(mark.start, mark.end) for mark in readable.marks if mark.kind == "table"]
    headings = {mark.start for mark in readable.marks if mark.kind in ("title", "heading")}
    lines = [
        _Line(match.start(), match.end(), fold(match.group()).strip())
        for match in re.finditer(r"[^\n]+", readable.text)
        if match.group().strip()
    ]
    for line in lines:
        if line.start not in headings and not any(start <= line.start < end for start, end in tables):
            line.sort, line.reason = _sort(line.folded)
    _decide(lines)
    for line in lines:
        if line.goes:
            yield _removal(readable, line.start, line.end, line.reason)
    yield from _parts(readable, [line for line in lines if not line.goes])


def _sort(line: str) -> tuple[_Sort, str]:
    bare = line.strip(" |/>-[]()")
    if _IMAGE.match(bare):
        return _Sort.CERTAIN, "图片文件名"
    if parse(line):
        return _Sort.CONTENT, ""
    if len(line) <= SHORT and _MENU.fullmatch(bare):
        return _Sort.CERTAIN, "网页菜单或按钮"
    if _SENTENCE.search(line):
        return _Sort.CONTENT, ""
    if _BAR.match(bare):
        known = any(part.strip() in _FUNCTIONS for part in bare.split("|"))
        return (_Sort.CERTAIN if known else _Sort.DOUBTFUL), "网页菜单或按钮"
    if _LICENCE.search(line):
        return _Sort.CERTAIN, "网页页脚:备案、许可或版权"
    if len(line) <= SHORT:
        for pattern, reason in (
            (_TRAIL, "网页导航"),
            (_CALL, "关注、扫码、下载的招揽"),
            (_EDITOR, "编辑、校对署名"),
        ):
            if pattern.search(bare):
                return _Sort.CERTAIN, reason
    if _CONTACT.search(line):
        return _Sort.DOUBTFUL, "网页页脚:联系方式或运营者"
    if len(line) <= ORPHAN and not re.search(r"\d|[:,]", line) and not _TITLED.search(line):
        return _Sort.ORPHAN, "网页栏目或框名"
    return _Sort.CONTENT, ""


def _decide(lines: list[_Line]) -> None:
    """Mark the lines that go."""
    promotion = _promotion(lines)
    prose = [i for i, line in enumerate(lines) if _SENTENCE.search(line.folded) and i not in promotion]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    frame = [i for i in range(len(lines)) if i < first or i > last]
    for index in frame:
        lines[index].goes = lines[index].sort is _Sort.CERTAIN
    for index in range(first, min(last + 1, len(lines))):  # inside, menus and file names alone
        line = lines[index]
        line.goes = bool(_IMAGE.match(line.folded)) or (
            line.sort is _Sort.CERTAIN and bool(_MENU.fullmatch(line.folded.strip(" |/>-[]()")))
        )
    changed = True
    while changed:
        changed = False
        for index in frame:
            line = lines[index]
            if not line.goes and _follows(lines, index):
                line.goes = changed = True
    for index in promotion:
        beside = [lines[i].goes for i in (min(promotion) - 1, max(promotion) + 1) if 0 <= i < len(lines)]
        if any(beside) and index > last:
            lines[index].goes, lines[index].reason = True, "网站运营者的自我介绍"


def _follows(lines: Sequence[_Line], index: int) -> bool:
    before = index > 0 and lines[index - 1].goes
    after = index + 1 < len(lines) and lines[index + 1].goes
    if lines[index].sort is _Sort.DOUBTFUL:
        return before or after
    at_edge = index in (0, len(lines) - 1)
    return lines[index].sort is _Sort.ORPHAN and ((before and after) or (at_edge and (before or after)))


def _promotion(lines: Sequence[_Line]) -> list[int]:
    """Return a heading 关于某某 and the paragraphs after it that begin with that name."""
    for index, line in enumerate(lines):
        about = _ABOUT.match(line.folded)
        if not about:
            continue
        end = index + 1
        while end < len(lines) and lines[end].folded.startswith(about["name"]):
            end += 1
        if end > index + 1:
            return list(range(index, end))
    return []


def _parts(readable: Repaired, kept: Sequence[_Line]) -> Iterator[Edit]:
    """Yield the removal of widgets in short lines, and of site talk in the first and last paragraph."""
    for line in kept:
        text = fold(readable.text[line.start : line.end])
        if len(text) <= 2 * SHORT and not _SENTENCE.search(text):
            for match in _WIDGET.finditer(text):
                yield _removal(
                    readable, line.start + match.start(), line.start + match.end(), "网页字号或浏览计数"
                )
    for line in {id(line): line for line in (*kept[:1], *kept[-1:])}.values():
        talk = _SITE_TALK.search(fold(readable.text[line.start : line.end]))
        if talk:
            yield _removal(readable, line.start + talk.start(), line.start + talk.end(), "转载网站的套话")


def _removal(readable: Repaired, start: int, end: int, reason: str) -> Edit:
    first, last = readable.alignment.to_original(start, end)
    return Edit(first, last, "", "furniture", reason)
