"""Who holds an office: the name stands behind the title, before it, or is told by 担任.

副市长 is no 市长; who stands in for one (代市长, 代理主席) is told, and that he does is told with him. All
text is folded.
"""

from __future__ import annotations

import re
from functools import lru_cache

_OFFICE = r"(?:秘书|[㐀-鿿])长|书记|主任|主席|经理"
# in a question: 静川市副市长是谁, 谁是市长, 谁担任组长
_ASKED = re.compile(
    rf"(?P<rank>代理?|副)?(?P<office>{_OFFICE})(?:都|现在|目前)?(?:是|叫|为)?(?:谁|什么名字|哪一?位|哪几位)|"
    rf"谁(?:来)?(?:是|担任|兼任|出任|当|任)[^,?]{{0,10}}?(?P<rank_of>代理?|副)?(?P<office_of>{_OFFICE})"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦马苗方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路"
    "江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应丁邓郁单洪包左石崔吉龚程邢裴陆翁荀甄曲封储靳段焦谷车侯"
    "宁甘武刘景詹束龙叶黎白蒲池乔闻党翟谭申冉雍桑濮边温庄晏柴阎连习艾容向古易廖耿文寇欧沃聂敖冷辛简饶曾关查游权盖"
)
NAME = rf"[{_SURNAMES}][㐀-鿿]{{1,2}}"
# what may stand right behind a name
BEHIND = (
    r"(?=[、,。;()\s]|$|同志|等|担任|兼任|任|说|介绍|主持|出席|率|带|代表|作|的|在|向|和|与|强调|指出|表示|宣布|要求|讲话|发言|"
    r"致辞|参加|会见|调研|听取|汇报|通报|部署|负责|分管|协助|陪同|深入|前往|来到|到|接受|回答|一行|[㐀-鿿]{2}[了着过])"
)
# 王成市长: no name ends like a place (安徽省省长), an office or a word that governs one (关于市长)
_NO_END = r"(?<![省市县区州旗盟镇乡村局委厅处院校副代理任前原新老于对的和与由向是为给在从])"
# 市长热线 and 市长级 are of no one
_NO_ONE = r"(?![级们令]|热线|信箱|办公|质量|接待|助理|专线|电话)"


@lru_cache(maxsize=256)
def holder(asked: str) -> re.Pattern[str] | None:
    """Return what tells who holds the office that a question asks for; None where it asks for none."""
    found = _ASKED.search(asked)
    if not found:
        return None
    rank = found["rank"] or found["rank_of"] or ""
    office = re.escape(found["office"] or found["office_of"])
    title = rf"{rank}{office}" if rank else rf"(?<!副){office}"
    beside = rf"(?:[、兼][^,。;、]{{1,12}}?(?:{_OFFICE}))*"  # 市长、党组书记王成
    return re.compile(
        rf"{title}{beside}\s?(?::\s?[㐀-鿿]{{2,4}}(?=[、,。;(\s]|$)|{NAME}{BEHIND})|"
        rf"{NAME}{_NO_END}(?:同志)?{title}{_NO_ONE}|"
        rf"{title}[^,。;]{{0,6}}由[^,。;]{{2,24}}(?:担任|兼任|任)|(?:担任|兼任|任)[^,。;]{{0,20}}{title}"
    )
