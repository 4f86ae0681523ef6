"""Remove what belongs to a web page and not to its document: menus, buttons, footers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...zh.fold import fold
from .edits import Edit, Repaired

# Nothing that has the punctuation of prose is furniture, save a footer's contact lines.
_PROSE = re.compile(r"[。；！？]|[,，].*[,，]")
# Contact, licence and operator lines of a page's foot.
_FOOT = re.compile(
    r"icp[备证]|公网安备|许可证(?:号|:)|版权所有|copyright|©|(?:热线|举报|客服|传真|投稿|联系)(?:电话|邮箱)?\s*:"
    r"|举报(?:中心|电话|邮箱)|友情链接|合作单位|网站地图|联系我们|有限(?:责任)?公司(?:运营|主办|版权)"
    r"|技术支持:|主办单位:|承办单位:|备案号|违法和不良信息"
)
_EDITOR = re.compile(r"^[(\[]?(?:责任编辑|责编|编辑|校对|审核|监制|来源编辑|网络编辑|美编)\s*[:/|].{0,24}$")
_BUTTONS = re.compile(
    r"扫一扫|二维码|客户端下载|分享到|打印本页|关闭窗口|字号|收藏|返回(?:首页|顶部)|上一篇|下一篇|点击(?:查看|下载|进入)"
    r"|当前位置|您(?:现在)?(?:的|所在)位置|首页\s*[>|»]|登录|注册|搜索|无障碍|浏览次数|阅读次数"
    r"|关注.{0,12}(?:微信|公众号|微博|客户端)|更多.{0,8}(?:关注|点击)"
)
_IMAGE = re.compile(r"^[\w.\-]+\.(?:jpe?g|png|gif|bmp|webp|svg)$", re.IGNORECASE)
_SEPARATED = re.compile(r"^\S{0,8}(?:\s*[|｜»>]\s*\S{0,12}){1,}$")
_WORDS_ALONE = re.compile(r"^(?:微信|微博|qq|客户端|首页|朋友圈|新浪微博|微信好友|qq空间|小程序|公众号)$")

SHORT = 40  # characters; a longer line is no button


def furniture(readable: Repaired) -> Iterator[Edit]:
    """Yield the removal of the lines that are page furniture, in the offsets of the original."""
    for match in re.finditer(r"[^\n]+", readable.text):
        line = fold(match.group()).strip()
        reason = _reason(line)
        if reason:
            start, end = readable.alignment.to_original(match.start(), match.end())
            yield Edit(start, end, "", "furniture", reason)


def _reason(line: str) -> str:
    if not line or (_PROSE.search(line) and not _FOOT.search(line)):
        return ""
    if _FOOT.search(line):
        return "网页页脚:联系方式、备案或版权"
    if _EDITOR.match(line):
        return "编辑、校对署名"
    if _IMAGE.match(line):
        return "图片文件名"
    if len(line) <= SHORT and (_BUTTONS.search(line) or _WORDS_ALONE.match(line) or _SEPARATED.match(line)):
        return "网页菜单、导航或按钮"
    return ""
