"""What a citizen asks of a service or right: its conditions, materials, steps, who it is for, what follows.

The facets are the elements that a guide to a government service states (受理条件, 申请材料, 办理流程,
服务对象, 办理时限, 收费标准; in plainer ones 谁可以申请, 怎么办, 去哪里办); laws state the same in 下列条件
and 下列情形. All text is folded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...types import Kind, Plan
from ...zh.fold import unended

_KINDS = frozenset({Kind.LIST, Kind.PASSAGE, Kind.BODY, Kind.OUTLINE, Kind.DEFINITION})
_WHO = r"(?:谁|什么人|哪些人)"
_BELOW = r"(?:以下|下列|如下|下述)"
_ACT = (
    r"(?:申请|申领|申报|报名|办理|办|领取|领|缴费|缴纳|交|报销|备案|"
    r"登记|注册|续期|转移|查询|查|立案|选房|认定|投诉|退)"
)


CONSEQUENCES = "后果"


class Facet(NamedTuple):
    """One side of a matter: its name in a refusal, how it is asked for, headed, led into, and stated."""

    name: str
    asked: re.Pattern[str]
    heading: re.Pattern[str]
    lead: re.Pattern[str]
    shown: re.Pattern[str] | None  # None: only a section tells it
    kinds: frozenset[Kind] = _KINDS


def _facet(
    name: str, asked: str, heading: str, lead: str, shown: str, kinds: frozenset[Kind] = _KINDS
) -> Facet:
    told = re.compile(shown) if shown else None
    return Facet(name, re.compile(asked), re.compile(heading), re.compile(lead), told, kinds)


_FIGURES = frozenset({Kind.FIGURE})
FACETS = (
    _facet(
        "时限",
        r"(?:多久|多长时间|多少时间|(?:几|多少)个?(?:天|日|工作日|个?月))(?:之?内|才|就|能够?|可以|会|要|得)*"
        r"(?:办|批|审|受理|处理|答复|回复|出|下来|完成|有结果|拿到|制发|核发|作出|决定)[^,?]{0,4}$",
        r"时限|办结|审批时间|办理时间|期限|多久|几天|多长时间",
        r"时限(?:如下|为|:)",
        r"(?:日|天|月|时)[之以]?内[^。;]{0,24}(?:办结|审批|审核|审查|完成|办理|决定|答复|处理|制发|核发|确认|作出|认定)|时限",
        _FIGURES,
    ),
    _facet(
        "收费",
        r"收费吗?|(?:要|需要?)?(?:收|交|缴)(?:取|纳)?(?:多少|几块?)(?:钱|元|费用?)|(?:多少|几块)(?:手续费|工本费)",
        r"收费|多少钱|[要收花]钱",
        r"收费(?:标准)?(?:如下|为|:)",
        "",
        _FIGURES | {Kind.YES_NO, Kind.PASSAGE},
    ),
    _facet(
        "材料",
        r"(?:要|需要?|需|提交|提供|准备|带|携带|交|递交|凭)(?:提交|提供|准备|携?带|交|递交)?(?:些|哪些|什么|啥|哪几[种样份])?"
        r"(?:申请|申报|证明|办理)?(?:材料|资料|证件|手续|文件|证明|东西)(?!是什么意思)|"
        r"(?:哪些|什么|啥|哪几[种样份])(?:申请|申报|证明|办理)?(?:材料|资料|证件|手续|证明)|"
        r"(?:要|需要?|得|该|应当?)(?:提交|提供|准备|携带|带|交|出示|拿)(?:好|上|齐|去)?(?:些|哪些|什么|啥)(?:东西|过去)?$",
        r"材料|资料|证件|办理准备|所需|手续$|[带交备](?:些|哪些|什么|啥)",
        rf"(?:提交|提供|携带|出具|持|备齐|填报)[^。;]{{0,12}}{_BELOW}[^。;]{{0,8}}(?:材料|资料|证件|文件)|"
        r"(?:材料|资料|证件)(?:包括|有|为|:|如下)",
        r"(?:提交|提供|出具|携带|上传|填报|备齐|凭|持(?![续有]))[^。;]{0,60}?(?:材料|资料|证件?|证明|户口簿|申请[表书]|登记表|"
        r"证书|病历|承诺书)|(?:材料|资料|证件)(?:包括|有|为|:)",
    ),
    _facet(
        "条件",
        r"(?:要|需要?|应当?|必须|得)?(?:同时)?(?:符合|满足|具备|达到)?(?:的)?(?:哪些|什么|啥|哪几[个项条种])(?:样的?)?"
        r"(?:申请|受理|准入|申报|领取|资格|任职)?(?:条件|资格|要求|门槛)|"
        r"(?:申请|受理|准入|申报|领取|享受|任职)?(?:条件|资格|门槛)(?:是什么|有哪些|是哪些|包括什么|如何|怎么规定)?$|"
        r"(?:怎么|怎样|如何|怎么样)(?:才能?|才可以)",
        rf"条件|资格|要求|门槛|准入|{_WHO}(?:可以|能)",
        rf"(?:符合|具备|满足|具有|属于)[^。;]{{0,16}}{_BELOW}[^。;]{{0,10}}(?:条件|要求|情形|情况|规定)?|{_BELOW}(?:基本)?条件|条件(?:如下|:|是)",
        r"条件|资格|符合|具备|具有|满足|年满|周岁|须[为是有年]|不[得超低少]|以[上下内]",
    ),
    _facet(
        "情形",
        r"(?:哪些|什么样?的?|哪几[种类个]|啥)(?:情形|情况|时候|行为)(?:下|时|之一)?|"
        r"(?:出现|发生|有)了?(?:哪些|什么|啥)(?:问题|事|事情|状况|毛病)[,，]?[^,，?]{0,14}(?:可以|能够?|就|会|要|得)",
        r"情形|情况",
        _BELOW,
        r"情形|情况|行为|的[,,]",
    ),
    _facet(
        "标准",
        r"(?:缴费|收费|补贴|补助|待遇|发放|支付|计发|资助|奖励|救助|赔偿|认定)?(?:标准|费率|基数)(?:是什么|有哪些|是怎样的|怎么算|怎么定|"
        r"如何确定|怎么规定|如何规定)$|(?:怎么|如何|怎样)(?:计算|算|计发|核定|确定)的?$",
        r"标准|费率|计算|计发|待遇",
        rf"标准(?:如下|为:|:)|{_BELOW}标准|公式(?:为|如下|:)|(?:按|按照)[^。;]{{0,8}}{_BELOW}[^。;]{{0,8}}(?:比例|标准|规定|方法)",
        r"标准|费率|比例|公式|基数|按[^,。;]{2,30}(?:计算|计发|确定|支付|发放)",
    ),
    _facet(
        "地点",
        rf"(?:去|到|在|上|从)?(?:哪里|哪儿|哪(?=[办领交报登申查])|什么地方|哪个窗口)(?:可以|能够?|才能)?{_ACT}|"
        rf"{_ACT}的?(?:地点|地址|场所|窗口)(?:在|是|为|有)*(?:哪里?|哪儿|什么地方|哪些)?$",
        r"地点|地址|场所|窗口|渠道|途径|哪里|哪儿|[去到在]哪",
        r"(?:地点|地址|场所|窗口|渠道|途径)(?:如下|为|:)",
        rf"地[点址]|窗口|大厅|(?:到|前往|赴|在|向|通过|登录)[^,。;]{{2,30}}(?:{_ACT}|提交)|"
        r"(?:[路街道巷][^,。;]{0,6}号)|小程序|平台|官网|app",
    ),
    _facet(
        "办理方式",
        rf"(?:怎么样?|怎样|如何)(?:去|来|在网上|网上|线上)?(?:进行)?{_ACT}|{_ACT}?的?(?:流程|步骤|程序|手续|渠道|途径|方式|方法)"
        rf"(?:是什么|是怎样的?|是啥|有哪些|如何|怎么样|怎么走)?$|(?:哪些|什么|几个|哪几[个步])(?:流程|步骤|程序|渠道|途径|环节)|"
        rf"(?:分|有|要|需要?|走|经过)(?:为|成)?(?:哪几|几|哪些)个?(?:步|环节|程序)(?:骤|走)?",
        rf"^(?!.*{_WHO}).*(?:流程|步骤|程序|指引|指南|渠道|途径|(?:申请|申领|申报|报名|办理|缴费|领取|续期|查询)(?:方式|方法|$)|{_ACT}(?:\?|$)|怎么[办样]?|如何|怎样)",
        rf"(?:按|按照|通过|采取)[^。;]{{0,12}}{_BELOW}[^。;]{{0,8}}(?:程序|流程|步骤|方式|渠道|途径)|(?:程序|流程|步骤|方式|渠道)(?:如下|为|:)|"
        rf"{_BELOW}(?:程序|流程|步骤|方式|渠道|途径)",
        rf"{_ACT}|登录|提交|携带|前往|窗口|网上|受理|预约|通过",
    ),
    _facet(
        "对象",
        r"(?:适用|服务|招生|补贴|申领|申请|分配|保障|发放|享受|受益|救助)?(?:对象|人群|范围)(?:是|为|包括|有|指)?"
        r"(?:谁|哪些人?|什么人|哪几类人?|哪[些类]人员)|(?:哪些|什么样?的?|哪几类)(?:人|人员|家庭|企业|单位|对象|群体)"
        r"(?:可以|能够?|有资格|可|需要?|必须|应当|不能|不可以|不得|不用|不必|无[须需]|免|享受|符合|属于|算)|谁(?:可以|能够?|有资格|不能|不用)",
        rf"对象|人群|范围|适用|{_WHO}(?:可以|能)",
        rf"对象(?:是|为|指|包括|:)|适用(?:于|对象|范围)|{_BELOW}(?:人员|家庭|单位|企业|对象|人群|(?:情形|条件|情况|行为)之一)|[^。;]{{2,20}}(?:的人员|的家庭)?[,,]?可(?:以)?(?:申请|享受|领取)",
        r"对象|适用于|面向|为[^,。;]{2,60}提供|\d周?岁|户籍|符合[^,。;]{0,16}的|下列人员|以下人员|"
        r"(?:人员|家庭|居民|学生|职工|公民|企业|单位)[,,]?(?:可|均可|享受|申请|不得)",
    ),
    _facet(
        CONSEQUENCES,
        r"(?:怎么|怎样|如何|会被?怎么|会怎样|要怎么)(?:样)?(?:处理|处罚|罚|处分|追究|办$|惩处|赔偿|赔)|"
        r"(?:有|会有|受到|承担)(?:什么|哪些|啥)(?:处罚|后果|责任|惩罚|处分)|(?:后果|处罚|责任)(?:是什么|有哪些)?$",
        r"罚则|法律责任|处罚|责任|处理",
        rf"{_BELOW}(?:行为|情形)之一",
        r"罚|处分|责令|追回|追究|吊销|没收|警告|拘留|赔偿|退还|退回|取消|撤销|不予|终止",
    ),
)

_WHICH_ONES = re.compile(
    r"(?:哪些|哪几[个项种类条]|什么样?的?)([㐀-鿿]{2,4}?)(?:可以|能够?|不|应|需|要|会|被|才|是|属于|$)|"
    r"([㐀-鿿]{2})(?:包括|有|是|为|分为)(?:哪些|哪几[个项种类条])$|"
    r"[把将](?:主要|全部|所有|这些)?的?([㐀-鿿]{2,4}?)(?:[都全一]{1,2})?[列说写数讲](?:全|出|清|完整|一遍|一下)"
)
# the end of a topic that only leads to its facet: 要满足, 的对象, 时要带
_NAMES_FACET = re.compile(
    r"(?:时|的)?(?:适用|服务|申请|办理|申领)?(?:对象|人群|条件|资格|材料|资料|流程|步骤|程序|方式|渠道)?(?:的|时)?"
    r"(?:要|需要?|应当?|必须|得)?(?:满足|符合|具备|达到|提交|提供|准备|携?带|交)?$"
)


def facet_of(plan: Plan) -> Facet | None:
    """Return the facet that `plan` asks for, else None."""
    asked = unended(plan.resolved)
    named = (facet for facet in FACETS if plan.kind in facet.kinds and facet.asked.search(asked))
    return next(named, None) or _listed(plan, asked)


def _listed(plan: Plan, asked: str) -> Facet | None:
    """Return the facet of a question for things that a text may list: 下列费用, or below a heading 职责."""
    matches = list(_WHICH_ONES.finditer(asked))
    if not matches or (plan.kind is not Kind.LIST and not matches[-1][3]):
        return None
    match = matches[-1]
    noun = re.escape(next(filter(None, match.groups())))
    lead = rf"{_BELOW}[^。;:]{{0,10}}{noun}(?=$|之一|[:,的]|[不可应须由]|需要)|{noun}(?:包括|有|如下|为)?:$"
    heading = re.compile(rf"{noun}(?:名单|清单)?$")
    return Facet("", re.compile(re.escape(match.group())), heading, re.compile(lead), None)


def _without(word: str, named: str) -> str:
    """Return `word` without the words at its start that name the facet."""
    start = next((n for n in range(len(word), 1, -1) if word[:n] in named), 0)
    return re.sub(r"^(?:可以|能够?|会|要|需要?|应当?|必须)", "", word[start:]) if start else word


def _up_to(word: str, named: str) -> str:
    """Return `word` without the end that the words naming the facet begin with: 申请分 of 分哪几步."""
    return next(
        (word[:-n] for n in range(min(len(word), len(named)), 0, -1) if word.endswith(named[:n])), word
    )


def matter(plan: Plan, facet: Facet) -> str:
    """Return what `plan` asks about, without the words that only name the facet."""
    asked = unended(plan.resolved)
    named = "".join(match.group() for match in facet.asked.finditer(asked))
    words = [_without(_up_to(word, named), named) for word in plan.topic.split() if word not in named]
    kept = _NAMES_FACET.sub("", " ".join(word for word in words if word)).strip()
    return kept or plan.topic
