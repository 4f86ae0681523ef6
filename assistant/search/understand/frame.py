"""The frame of a question: its interrogative words, and the kind of answer that they ask for.

Every rule here is about closed classes of Chinese grammar (interrogatives, superlatives, verbs of
inclusion, nouns for groups of places), never about words of the field. All text is folded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...types import Kind
from ...zh.measures import INDEFINITE, NUMBERED, PAID_BY, measures
from ...zh.sentences import asking


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


# nouns for members of a group that a question may range over
PLACES = (
    r"(?:省份|省市区|省区市|省市|省区|省|城市|地市|地区|地方|市县|区县|县区|县市|县|市(?!场)|州|"
    r"地(?![位方区市点理图标铁面下])|区域|自治区|直辖市)"
)
_GROUP = rf"(?:{PLACES}|文件|文档|报告|政策文本)"
_PAPERS = r"(?:政策|法律|地方)?(?:文件|文档|资料|材料|文章|报告|法规|规章|条例|法律)"
_WHICH = r"(?:哪(?:一|几|[两二三四五六七八九十\d]+)?[个些家位项座所种类条份]?|什么)"
_HOW_MANY = r"(?:多少|有多少|几|有几)[个份篇]?"
_MORE = (
    r"(?:(?:没到|未到|没有?达到|未达到?|超过|超出|高于|大于|多于|不低于|不少于|达到|突破|低于|小于|少于|不足|不到|不超过|不高于)"
    r"(?=[^,。?]{0,6}[\d一二三四五六七八九十])|超(?=\d)|(?<=[\d%点元人个家户亩吨里座件])(?:及?以上|及?以下|以内))"
)
_MOST = (
    r"(?:最(?:[高低大小多少快慢强弱长短早晚好差远贵重]|保守|积极|激进)|第一|居首|领先|末位|垫底|数一数二|名列前茅|"
    r"[前后][一二三四五六七八九十\d]+[名位个]?)"
)
_DIRECTION = r"[从由](?:高到低|低到高|大到小|小到大|多到少|少到多|快到慢|慢到快)|[升降]序"
_ORDERED = rf"(?:排名|排个?序|排个名|排行|排列|{_DIRECTION}|合计|总和|总计|总共|加起来|加总|相加|平均|均值)"
_NTH = r"第[二三四五六七八九十\d]+[名位高低多少大小]?"
_ATTRIBUTE = r"(?:定义|含义|涵义|意思|内涵|概念|全称|释义|解释)"
_TEXTS = r"(?:通知|文件|方案|规划|报告|条例|办法|意见|纲要|文章|材料|政策|法|规定|细则|》)"
_PARTS = r"(?:部分|章节|小节|章|节|板块|篇章|方面|层次|一级标题|小标题|标题)"
_GIST = r"(?:内容|框架|结构|脉络|思路|大纲|提纲|目录|章节|要点|纲要|概要|概况|梗概|大意)"
_OFFICES = (
    r"(?:政府|部门|单位|机构|公司|企业|组织|机关|高校|大学|院校|学校|银行|平台|领导|人|主体|职务|媒体|报纸)"
)
# what there is commonly more than one of
_SEVERAL = (
    r"(?:资格|证件|手续|奖励|好处|支持|措施|政策|问题|要求|任务|举措|做法|原则|条件|特点|优势|困难|挑战|建议|"
    r"渠道|机制|便利|服务|待遇|材料)"
)
_MEASURED = (
    r"(?:率|额|量|值|数|gdp|人口|占比|比重|比例|增速|增幅|涨幅|降幅|幅度|规模|强度|密度|面积|人数|金额|"
    r"产能|收入|支出|里程|长度|高度|温度|速度|年限|期限|(?:增长|增速)(?:预期)?目标)"
)


class Rule(NamedTuple):
    """A kind and the pattern of the frame that asks for it."""

    kind: Kind
    pattern: re.Pattern[str]
    cut: bool = True  # whether the match says nothing of the topic


def _rule(kind: Kind, *alternatives: str, cut: bool = True) -> Rule:
    return Rule(kind, re.compile("|".join(alternatives)), cut)


# In order: the first that matches decides the kind.
RULES = (
    _rule(
        Kind.RANKING,
        rf"{_WHICH}{_GROUP}.*?{_MOST}",
        rf"{_MOST}.*?(?:是|为)?{_WHICH}{_GROUP}",
        rf"(?:各|所有|全部|每个|这些|几个|多个){_GROUP}.*?(?:{_MOST}|{_ORDERED})",
        rf"(?:{_WHICH}|{_HOW_MANY}){_GROUP}.*?{_MORE}",
        rf"{_MOST}的?(?:[一二两三四五六七八九十\d]+[个名])?{_GROUP}(?:都|分别)?(?:有|是|为)(?:哪|什么|谁)",
        rf"{_MORE}.*?的?{_GROUP}(?:有|是)?(?:{_WHICH}|{_HOW_MANY})",
        rf"{_MORE}.*?(?:有|是)(?:{_WHICH}|{_HOW_MANY}){_GROUP}",
        rf"(?:{_WHICH}|{_HOW_MANY}){_GROUP}.*?(?:定在|设在|定为|设为|设定为|等于|都是|均为|是|为)[^,。?]{{0,6}}?\d",
        rf"{_GROUP}(?:里|中|当中|之中).*?{_MORE}.*?(?:几|多少)个",
        rf"{_GROUP}(?:里面?|当?中|之中),?(?:一共|总共|共)?有?(?:几|多少)个.*?{_MORE}",
        rf"{_GROUP}(?:里面?|当?中|之中),.*?{_MOST}",
        rf"{_MOST}.*?{_MOST}.*?(?:差|相差)(?:距)?(?:是|有)?(?:多少|多大|几)",
        rf"{_MOST}的?(?:[一二两三四五六七八九十\d]+[个名])?{_GROUP}$",
        rf"前[一二两三四五六七八九十几\d]+[位名个]?的?{_GROUP}(?:依次|分别|各)?(?:是|有|为)?(?:谁|{_WHICH})",
        rf"排名?{_NTH}的?(?:是|为)?{_WHICH}?{_GROUP}|{_WHICH}{_GROUP}[^,。?]*?排名?{_NTH}",
        rf"(?:[定设][在为]|[在是为])[^,。?\d]{{0,4}}\d[^,。?]{{0,14}}?的{_GROUP}(?:有|是)?(?:{_WHICH}|{_HOW_MANY})",
        r"排(?:个|一个|一下)?(?:序|名|名次|队)$",
        rf"(?:{_DIRECTION}).*?排|排.*?(?:{_DIRECTION})",
        cut=False,
    ),
    _rule(
        Kind.CATALOGUE,
        rf"(?:哪些|哪[几一]?[份个篇部]|{_HOW_MANY}|什么){_PAPERS}"
        r".*?(?:涉及|关于|有关|提到|提及|谈到|谈了|谈及|讲到|讲|收录|包含|写到|说到|可查|能查)",
        rf"(?:涉及|关于|有关|提到|提及|谈到|讲到?|收录)[^?]*?的{_PAPERS}都?(?:有|是)?"
        rf"(?:哪些|哪几[份个篇部]|{_HOW_MANY})",
        r"(?:知识库|资料库|文档库|语料库|数据库|库里|库中|系统里|这里|你)"
        rf".{{0,6}}?(?:有|收录|包含|存)了?(?:哪些|{_HOW_MANY}|什么){_PAPERS}",
        rf"(?:收录?|存|入库)了?(?:哪些|{_HOW_MANY}|些?什么){_PAPERS}|(?:哪些|哪几[份个篇]){_PAPERS}(?:里|中)",
        rf"(?:^|[,里中查])(?:都|一共|总共|共)?有?(?:哪些|{_HOW_MANY}){_PAPERS}$",
        rf"(?:列出|列举|找出|查找).*?(?:涉及|关于|有关|提到).*?的{_PAPERS}$",
        rf"(?:涉及|关于|有关|提到|提及)[^?]*?的{_PAPERS}(?:都)?(?:列|给|找|拿)(?:出来|一下|我看看?)",
        rf"{_PAPERS}(?:清单|列表|名单)|你(?:手里|手头|那里|这里)?有(?:哪些|什么)[^,]{{0,8}}的?{_PAPERS}$",
        rf"(?:哪些|哪几[份个篇部]){_PAPERS}(?:和|与|跟|同)[^?]*(?:有关|相关|沾边|搭边)",
        cut=False,
    ),
    _rule(
        Kind.OUTLINE,
        rf"的?(?:主要|核心|大致|总体|整体)?{_GIST}(?:是什么|有哪些|是怎样的|是啥|如何|包括什么|包括哪些|怎么样)",
        r"(?:分为?|包括|包含|由|有|共有?|讲了|写了|划分)(?:成|为)?(?:哪|几|多少)(?:几|些)?[个大]?" + _PARTS,
        r"哪几[点块]|(?:分|讲|说|写|谈)(?:成|为|了|到)?几(?:大?块|件事|点)|(?:结构|框架|脉络|思路)[理捋]一[理捋下]",
        r"(?<=第[一二三四五六七八九十]章)都?(?:规定|讲|说|写)了?(?:哪些|些?什么)",
        rf"(?:哪|几)(?:几|些|[两二三四五六七八九十])?[个大]?{_PARTS}(?:组成|构成)?",
        rf"(?:总结|概括|概述|归纳|梳理|综述|列出|给出|介绍)(?:一下|下)?(?=.{{0,30}}?{_GIST})",
        rf"(?:总结|概括|概述|归纳|梳理|综述|介绍)(?:一下|下)?(?=.{{0,30}}?(?:{_TEXTS}|讲话|发言|汇报|简报|专报|纪要|公报|合同|发布会|[章节篇份])$)",
        r"(?:主要)?(?:是)?(?:关于|针对)(?:什么|啥|哪些方面)(?:的|内容)?$",
        rf"{_TEXTS}(?:里|中)?(?:主要|都|大致)?(?:讲|说|写|谈|规定)了?(?:些|点)?(?:啥|什么)$",
        r"(?:主要|都|大致)?(?:讲了|写了|谈了)(?:些|点)?(?:啥|什么)$",
        r"的?(?:大纲|提纲|目录|章节结构|框架结构|内容提要|主要内容)$",
        r"(?:文章?|报告|方案|规划|办法|文件|部分|全文|章|》)的?(?:结构|框架|脉络)$|的?各?[条个级]?(?:小|级)?标题$",
        r"哪[两二三四五六七八九十][块条点层](?=内容|意思|$)",
    ),
    _rule(
        Kind.ACROSS,
        rf"(?<!从)(?<!据)各(?!级|项|类|方面|位|自){PLACES}(?:的|都|分别|各自|是)?",
        rf"(?:哪些|(?:^|[,有])哪几个)(?:{PLACES})(?=[^,]{{2,}})",
        r"(?:每|各)一?份(?:文件|文档|报告)(?:的|都|分别|各自|是|里|中)?",
        rf"(?:所有|全部|每个|每一个|不同|这些){_GROUP}(?:的|都|分别|各自|是)?",
        r"各份?(?:文件|文档|报告)(?:的|都|分别|各自|是)?",
    ),
    _rule(
        Kind.DEFINITION,
        r"什么(?:样的?[^,]{0,6})?才?算(?:是|作)?(?=[^?])|怎(?:么|样)(?:才算(?:是|作)?|算是)",
        r"什么是|何谓|何为|什么叫做?|啥是|啥叫|(?:怎么|如何|怎样)(?:理解|解释|定义|界定)|解释一下|请解释|名词解释",
        rf"(?:的|之)?{_ATTRIBUTE}(?:是什么|为何|是啥|有哪些)",
        rf"(?:的|之){_ATTRIBUTE}$",
        r"(?:是)?(?:指的?是?|代表|意味着?|表示)(?:的是)?(?:什么|啥|哪些)(?:意思|内容)?",
        r"(?:说|讲)的是(?:什么|啥)$|算(?:是)?个?(?:什么|啥)(?:东西)?$|是?(?:什么|啥)意思|是个?(?:什么|啥)(?:东西|概念)",
    ),
    _rule(
        Kind.DATE,
        r"(?:什么|啥)(?:时候|时间|时)|何时|何年|何月|何日|哪一?年度?|哪一?月|哪[一几]?[天日]|几月几?[号日]?|"
        rf"(?<!哪)几[点时]|(?<!哪)几号(?!{NUMBERED})",
        r"(?:每?(?:周|星期|礼拜))[几哪][天日几]?|(?:每周|一周里?)(?:的)?哪几?天",
        r"(?:在|是|于)?哪个?(?:年份|月份|日期|时间|时段|年度)|什么(?:日期|年份|日子)|(?:截至|截止)哪|(?:到|至)哪(?:个|一)?[年天月日]",
        r"(?:(?<!多长)(?<!多长的)(?<!多少)时间|日期)(?:是(?:什么|多少|哪|何)?[^,]*)?$",
    ),
    _rule(
        Kind.FIGURE,
        r"第几|百分之(?:几|多少)",
        r"(?:有|是|为|达|约|共|超过?|占|达到)?多少",
        rf"(?:有|为|是|共)?(?<!哪){INDEFINITE}(?:十|百|千|万|亿)?",
        r"多(?:大|高|长|久|快|重|远|宽|深)(?!的?影响)",
    ),
    _rule(
        Kind.BODY,
        r"(?:由|被|让|归|是|为|向)?(?:谁|哪一?位|何人|什么人|哪些人)(?:来)?",
        rf"(?:由|被|归|是|为|在|于|向)?(?:哪一?个?|哪[几些][个家]?|哪家|什么|何)(?:{_OFFICES}|{PLACES})",
        rf"{_OFFICES}(?:的名称)?叫什么|哪一?级{_OFFICES}|"
        rf"(?:实施|责任|牵头|主管|承办|承担|审批|监管|执法|发布|印发)的?{_OFFICES}(?:是|为)?$",
        r"(?:由|被|归|找|向|去|到|跟)哪一?[个家](?!月|季|年|时|阶|程|水)|"
        rf"哪一?[家所条座项款届支种类]|哪一?个(?:局|厅|部|委|处|办|院|所)|{_OFFICES}(?:是|为)(?:哪一?个|谁)|"
        r"(?:部门|单位|机构|机关|职务)(?:是|为)什么",
        cut=False,
    ),
    _rule(
        Kind.LIST,
        r"(?:有|包括|包含|涵盖|涉及|覆盖|分为|分成|是|为|由)?"
        r"(?:哪些|哪几[个项类种条点方大枚家所位名支门张本间座辆款样处层步件套幢栋届批道份]?(?:方面|点)?|些什么)",
        r"(?:有|包括|包含|涵盖|涉及|分为|分成)了?(?:什么|啥)(?:样的)?",
        r"(?:列出|列举|罗列|举出|说出|枚举)(?:一下)?|列一[下列]",
        r"都是?(?:从|由|靠|用|在|给|拿来?)(?:了)?(?:哪[里儿些]?|什么|啥)(?=[㐀-鿿]?的?$)",  # 都是从哪儿来的
        rf"(?:什么|啥)(?={_SEVERAL})",
        r"分别(?:是|为|指)(?:什么|啥|谁)?|哪[两二三四五六七八九十]",
    ),
)
# what a question about an order says of the order: the group, the superlative, the threshold
_RANKED = re.compile(
    rf"(?:{_WHICH}|{_HOW_MANY}|\d+个|各|所有|全部|每个|这些|几个|多个){_GROUP}(?:中|里|之中|的|是|有|为|将|把)?|"
    rf"的{_GROUP}(?:都|一共|总共|共)?(?:有|是|为)?{_WHICH}|"
    rf"的?{_MOST}的?(?:是|为)?|{_ORDERED}|"
    r"(?:不?(?:超过|超出|高于|大于|多于|低于|小于|少于|足|到)|达到|突破|没到|未到|没有?达到|未达到?|超|等于|都是|均为|"
    r"(?:[定设]定?|[压限卡框]|控制|保持)[在为到]|[是为在])?\d+(?:\.\d+)?[万亿]*(?:%|个?百分点|公里|[元人家个项斤吨亩户座件])?(?:左右|及?以[上下内])?|"
    rf",?有(?:几|多少)个[把将]?|(?:的?{_GROUP}|的|占|有|是)*(?:几|多少)个$|的{_GROUP}(?:有|是|相?差)*$|^[把将]"
)
_YES_NO = re.compile(
    r"是否|是不是|有没有|有无|能否|能不能|可否|可不可以|会不会|要不要|该不该|对不对|对吗|是吗|属实|正确吗|"
    r"(?:管用|有效|可以|允许|需要|[行能是有对要])不\s*\??\s*$|(?:能|可以|会|要)[^?,]{1,8}不\s*\??\s*$|(?P<verb>[㐀-鿿])不(?P=verb)|(?<!什)[吗么嘛]\s*\??\s*$"
)
_VERB_NOT_VERB = re.compile(r"([^\W是有能会可要该对在好行])不\1")
# what a question that sets things side by side says of doing so
_COMPARED = re.compile(
    r"(?:请|试)?(?:比较|对比)(?:一下|一比)?|比一比|比比看?|相比(?:较|之下)?(?:如何|怎么样)?|比起来|"
    r"(?:之间)?(?:有|存在)(?:何|哪些|什么)?(?:不同|区别|差异|差别|异同|差距)(?:之处)?|"
    r"的?(?:区别|差异|差别|异同|不同)(?:之处)?(?:是什么|有哪些|在哪里?)?$|"
    r"(?:谁|哪个|哪一个|孰)(?:的?更?[高低大小多少快慢强弱长短](?=[?\s]|$))?"
)
# 有没有关于绿化的法规 asks which there are
_ANY_PAPERS = re.compile(rf"有(?:没有|无)[^,]{{0,4}}?(?:涉及|关于|有关|讲|提到)[^,?]*?的?{_PAPERS}$")
# 谁的里程长 compares the length: what is set side by side is 里程
_WHOSE = re.compile(r"(?:谁|哪一?个|孰)的?([^,?]{2,}?)更?[高低多少大小快慢长短]$")
_INTERROGATIVE = re.compile(r"多少|几(?!乎)|什么|啥|哪|谁|何时|何种|如何|怎么|怎样|为何")
_OTHER = re.compile(
    # 分别 and 各 hand a figure to each; 一共, 更高 and 排第几 say what is done with it
    r"(?:分别|各自|各)(?:是|为|有)?(?=\s|$)|一共(?:是|有)?|[谁孰]?更[高低大小多少快慢强弱长短](?=\s|$)|相差|"
    r"(?:排|位列|位居|名列|居)(?:在|到|名)?(?=\s|$)|为什么|为何|因何|如何|怎么样?|怎样|(?:是|有)?(?:什么|啥)(?:样的?)?"
)
_NOMINAL_FIGURE = re.compile(
    rf"(?:{_MEASURED}(?:目标)?|(?:{PAID_BY}|缴费)标准)"
    r"(?:是什么|如何|怎么样|怎样|情况)?$"
)
_POLITE = _any(
    r"听说过?|据说|据传|听人说|有人说|听闻|你好|您好|请问|请|麻烦|烦请|劳驾|想问一?下?|问一下|我?想(?:要)?(?:知道|了解|问|查)(?:一下)?|我要查|告诉我",
    r"说说|讲讲|谈谈|介绍一?下?|说明一?下?|帮我?(?:查|看|找|问)(?:一?下)?|查一?下",
    r"能(?:不能|否)?(?:告诉|介绍|说明)(?:我|一下)*|可以(?:告诉|介绍|说明)(?:我|一下)*",
    r"(?:根据|按照|依据)(?:文件|材料|资料|上文|文档|文章|报告|原文|政策|规定)",
    r"文(?:件|中|章|档)(?:里|中)?(?:提到|指出|说)?的?|材料中|资料中|关于|对于|针对|在|截至|截止|目前|那么?|然后|还有",
)
# what a question for the headings of a text says of telling them: 请按顺序列出来
_TELLING_OVER = re.compile(
    r"[,，]?请?(?:按照?|依)(?:原文|文章|先后|原有)?的?(?:顺序|次序)(?:说|列|讲|排)?(?:说|出来?|一下)?|"
    r"[,，]?(?:请|麻烦)?(?:帮|给|替)我(?:列|理|做|写|捋)(?:出|个|一个|一下)?"
    rf"{_GIST}?|"
    r"^给?我?(?:理|捋|列|数)(?:一下|一理|一捋|出来?)|逐[条一项](?:列出?|说明?)?来?|出来(?=\s|$)|"
    r"(?:一共|总共|都)?(?:讲|列|写|设|归纳|总结|概括|提)(?:成|为|出|到)?了|(?:之下|下面|底下|那部分)|作者"
)
_LEAD = re.compile(rf"^(?:{_POLITE}[,:]?\s*)+")
_TAIL = re.compile(r"(?:[?。.!,;:\s]|呢|啊|呀|吧|吗|嘛|的情况|情况)+$")


# 最多能报多少: the bound that is asked for, and no word of the matter; 最低生活保障 is a name
_DEGREE = re.compile(
    r"最[多少](?!的)|至[多少](?=[^,]{0,4}多少)|最[高低长短大小快慢](?=(?:可以?|能够?|要|需|会|是|为|有|给|不|达|多少|几))"
)


def kind_of(text: str) -> Kind:
    """Return the kind of answer that the folded question `text` asks for, by the sentences of it that ask."""
    text = asking(text)
    asked = _TAIL.sub("", text)
    if _ANY_PAPERS.search(asked):
        return Kind.CATALOGUE
    if _YES_NO.search(text) and not _INTERROGATIVE.search(_YES_NO.sub("", text)):
        return Kind.YES_NO
    for rule in RULES:
        if rule.pattern.search(asked):
            return Kind.LIST if rule.kind is Kind.FIGURE and _asks_for_items(asked) else rule.kind
    if _NOMINAL_FIGURE.search(asked):
        return Kind.FIGURE
    return Kind.DEFINITION if _is_bare_what_is(asked) else Kind.PASSAGE


def is_asking(text: str) -> bool:
    """Tell whether the folded `text` has an interrogative of its own; 呢 at its end is none."""
    asked = _TAIL.sub("", text)
    return bool(_INTERROGATIVE.search(asked) or _YES_NO.search(text) or measures(asked))


def _asks_for_items(asked: str) -> bool:
    # 有几类,分别是什么: the number is asked for too, but the items are what answers
    return bool(re.search(r"几.*(?:分别|各)?(?:是|有|为)?(?:什么|哪些|哪几)", asked))


def _is_bare_what_is(asked: str) -> bool:
    # "X是什么" asks for X itself; "X的目标是什么" asks for an attribute of it
    match = re.search(r"^(.+?)(?:是|为)(?:什么|啥|怎么回事)$", asked)
    return bool(match and "的" not in re.sub(r"[“\"《].*?[”\"》]", "", match[1]))


def strip_frame(text: str, kind: Kind = Kind.PASSAGE) -> str:
    """Return the folded question `text` without its polite lead and its interrogative words."""
    asked = _TAIL.sub("", _LEAD.sub("", text))
    if kind is Kind.RANKING:
        asked = _RANKED.sub(" ", asked)
    if kind is Kind.COMPARISON:
        asked = _WHOSE.sub(r"\1", asked)
        asked = _COMPARED.sub(" ", asked)
    if kind is Kind.OUTLINE:
        asked = _TELLING_OVER.sub(" ", asked)
    if kind is Kind.FIGURE:
        asked = _measured(asked)
    for rule in RULES:
        if rule.cut:
            asked = rule.pattern.sub(" ", asked)
    asked = _VERB_NOT_VERB.sub(r"\1", asked)  # 收不收费 asks about 收费
    asked = _YES_NO.sub(" ", _OTHER.sub(" ", asked))
    asked = re.sub(r"(?:由|被|是|为|归)?(?:谁来?|哪一?[个家位所座项条款届支种类]|何)", " ", asked)
    return re.sub(r"\s+", " ", asked).strip()


def _measured(asked: str) -> str:
    """Return `asked` with 多少 for each thing to be measured, and without the adverbs of degree beside it."""
    for measure in reversed(measures(asked)):
        word = asked[measure.start : measure.end]
        written = word if word.startswith(("第", "百")) else "多少"
        asked = f"{asked[: measure.start]}{written}{asked[measure.end :]}"
    return _DEGREE.sub("", asked)


def asked_unit(text: str) -> str:
    """Return the unit asked for by 多少 or 几 in the folded question, as 家, 亿元 or %; else empty."""
    return next((measure.unit for measure in measures(text) if measure.unit), "")
