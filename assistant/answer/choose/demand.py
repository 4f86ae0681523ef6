"""What a question demands to be told, and whether a statement tells it of the very thing asked about.

A statement near the topic has the words of the question and lacks what is asked for, or tells it of another
thing: what tells it must stand there, and best beside the words that stand beside the interrogative. All text
is folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..evidence.candidates import Candidate
from .held import Held, Holding
from .interrogative import INTERROGATIVE, Interrogative

_NOT_NEAR = 99.0  # characters from the word asked about to what tells it: no nearer than that
_NO_DEMAND = -1.0
_BEHIND = 80  # characters behind a statement that may tell it
_BEFORE = 120
_OPENING = 14  # characters in which a segment names its subject
_LEAST_SEGMENT = 3  # characters
_SEGMENT = re.compile(r"[,;:。?!、]")
_NUMBERED = re.compile(r"^\W*(?:第.{1,6}条|[一二三四五六七八九十\d]{1,3}[)）.、是])")


class _Demand(NamedTuple):
    """How something is asked for, and the words of a closed class that tell it."""

    asked: re.Pattern[str]
    told: re.Pattern[str]
    is_new: bool = False  # whether what tells it may not be a word of the question


# The most special first: 为什么由谁承担 asks why.
_DEMANDS = {
    "why": _Demand(
        re.compile(r"为什么|为何|为啥|因何|原因|何故|干嘛|怎么会"),
        re.compile(r"因|由于|为了|鉴于|导致|造成|以便|从而|使得|旨在|目的|基于|随着|面对|针对|不足|瓶颈"),
    ),
    "consequence": _Demand(
        re.compile(
            r"怎么(?:办|处|罚|赔|算)|怎样处|会怎|会被|后果|罚多少|咋办|(?:负什么|什么|负哪些)(?:法律)?责任"
        ),
        re.compile(r"罚|赔|责令|吊销|承担|没收|给予|处[以分]|追究|取消|退[回还]|暂停|撤销|责任|支付"),
    ),
    "names": _Demand(
        re.compile(
            r"叫什么|叫啥|名字|名称|名单|点了?名|(?:都|各|分别)(?:有|是)(?:谁|哪)|(?:另外|其[余他中]).{0,6}(?:谁|哪)|"
            r"哪[几两三四五六七八九十\d]+[家所个位座款]|哪些(?:企业|公司|单位|学校|高校|医院|银行|城市|国家|机构|部门|人)"
        ),
        re.compile(
            r"[㐀-鿿]{2,}、[㐀-鿿]{2,}|《[^》]+》|“[^”]+”|[a-z]{2,}|[㐀-鿿]{2,}(?:公司|集团|大学|学院|银行|医院)"
        ),
        is_new=True,
    ),
    "terms": _Demand(
        re.compile(
            r"(?:什么|哪些|啥|怎样的?|何种|按)(?:样的?)?(?:认定|评[定选]|具体)?(?:标准|条件|要求|指标|门槛|资格|情形|材料)"
        ),
        re.compile(
            r"不[低少高多超]|以[上下内]|[满达超]\d|具[有备]|符合|应当|须|下列|以下|如下|[:：]|证明|证[书件]|条件|标准为|不得"
        ),
    ),
    "body": _Demand(
        re.compile(
            r"谁|(?:哪|什么|何)[㐀-鿿]{0,3}(?:部门|单位|机构|机关|局|公司|企业|银行|部委|大学|高校|医院|学校)"
            r"|[找向归]哪"
        ),
        re.compile(
            r"部门|机关|政府|委员会|办公室|[局厅署院委办部]|公司|集团|企业|银行|中心|协会|大学|学院|单位|机构|"
            r"街道|法院|公安|[省市县]长|书记|主任"
        ),
        is_new=True,
    ),
    "time": _Demand(
        re.compile(
            r"多久|多长时间|多少(?:个月|[天年日])|几(?:个月|小时|[天年点号月])|期限|何时|什么时候|哪[天年一]|最晚"
        ),
        re.compile(
            r"\d{4}年|\d{1,2}[月日]|[\d一二三四五六七八九十两]+(?:个月|小时|分钟|个工作日|[年天日周])|年[初底末]|"
            r"[一二三四五六七八九十]{1,2}月|[\d一二三四五六七八九十两][点时:]|季度|"
            r"时期|期间|以来|起|(?:周|星期)[一二三四五六日末]|每[天日周月年]|[上中下]午|工作日|节假日|[寒暑]假"
        ),
        is_new=True,
    ),
    "share": _Demand(
        re.compile(r"百分之几|比例|比重|占比|几成|率|增长多少|增速|增幅|几个点|折"),
        re.compile(r"%|百分之|[\d一二两三四五六七八九][成折]|百分点|分之"),
        is_new=True,
    ),
    "money": _Demand(
        re.compile(
            r"多少(?:万|亿)?元|多少钱|几块钱|资金|投资|奖金|补[贴助]|费用|金额|收入|产值|营收|总额|经费|价|工资|租金"
        ),
        re.compile(
            r"[\d一二两三四五六七八九][\d.,零一二三四五六七八九十百千]*[万亿千百]*[余多]?[美欧港日]?[元块]|"
            r"[万亿]元|[一二两三四五六七八九\d][角毛]|免费"
        ),
        is_new=True,
    ),
    "where": _Demand(
        re.compile(
            r"哪里|哪儿|何处|何地|(?:什么|哪一?[个座处片]?)(?:地方|地区|地点|位置|城市|国家|[省市区县州镇乡村岛](?!级))|地址|选址|"
            r"(?:在|到|往|去过?)哪(?!一?[个些家位款项])"
        ),
        re.compile(
            r"位于|坐落|地处|设[在于]|[路街道巷][\d一二三四五六七八九十]|号|[㐀-鿿]{2,4}(?:省|市|区|县|镇|村|园|州|港|岛)"
        ),
        is_new=True,
    ),
    "how": _Demand(
        re.compile(r"怎么(?!样|了)|如何|怎样|步骤|流程|手续|哪几步"),
        re.compile(
            r"通过|登录|进入|提交|填写|申请|向|凭|点击|扫|办理|按|采取|先|再|方式|利用|用于|运用|建立|实行"
        ),
    ),
    "whether": _Demand(
        re.compile(
            r"[吗么嘛吧](?:$|[,?。])|(?:能|可|行|要|是|会|该|有|用|算|需)不(?:能|可以?|行|要|是|会|该|用|算|需)|"
            r"能否|是否|可否|有没有|有无|还是"
        ),
        re.compile(
            r"可以|不得|应当|必须|不予|无[需须]|不[需能再受准许应]|禁止|允许|免|均可|准予|可[凭由向按在以]|视为|"
            r"有权|拒绝|依法|严禁|纳入"
        ),
    ),
}
_URGES = re.compile(
    r"^(?:\W|[一二三四五六七八九十]是|\(.{1,3}\))*(?:要|推[动进]|加[强快]|积极|努力|鼓励|支持|探索|大力|着力|坚持|"
    r"持续|深[化入]|完善|健全|建立健全|强化|促进|优化|引导|提升|力争|争取|全面|进一步|充分|统筹)"
)
_DONE = re.compile(r"已|累计|达到?\d|完成了?|实现|建成|突破|了|共有|增长|获|被|荣")
_RULES = _DEMANDS["whether"].told
_BODIES = _DEMANDS["body"].told
_NUMBER = re.compile(r"\d+")

NAMES = (
    *(f"demands {name}" for name in _DEMANDS),
    *("interrogatives", "segments of the question"),
    *("asking segment", "asking segment headed", "best segment of the question"),
    *("tells it", "tells it around", "distance of what tells it", "tells it in the segment asked about"),
    *("urges", "done", "numbers", "rules", "names a body", "leads"),
    *("opening", "best segment", "segments beside it", "any tells it"),
)


def signals(
    asked: Interrogative, holding: Holding, held: Sequence[Held], candidates: Sequence[Candidate]
) -> NDArray[np.float64]:
    """Return the signals of each candidate, at least one, a row each, columns as NAMES has them.

    `held` is how each of them holds the terms of `holding`.
    """
    question = asked.text
    segments = [one for one in _SEGMENT.split(question) if len(one) >= _LEAST_SEGMENT] or [question]
    wants = [demand.asked.search(question) is not None for demand in _DEMANDS.values()]
    demand = next((one for one, wanted in zip(_DEMANDS.values(), wants, strict=True) if wanted), None)
    of_question = [*map(float, wants), float(len(INTERROGATIVE.findall(question))), float(len(segments))]
    pairs = frozenset(asked.bigrams)
    of_each = np.array(
        [(*_told(demand, asked, one), *_form(one.folded), *_shared(pairs, one.folded)) for one in candidates]
    )
    any_tells = np.full((len(of_each), 1), of_each[:, 0].max())
    repeated = np.tile(np.array(of_question), (len(of_each), 1))
    return np.hstack([repeated, _of_segments(segments, holding, held), of_each, any_tells])


def _of_segments(segments: Sequence[str], holding: Holding, held: Sequence[Held]) -> NDArray[np.float64]:
    """Return the shares held of the segment that asks, without and with headings, and of the best segment.

    What stands before the segment that asks may be a story that no document tells.
    """
    terms, weights = holding.terms, np.array(holding.weights)
    of_each = [weights * [term.text in segment for term in terms] for segment in segments]
    asking = [place for place, segment in enumerate(segments) if _asks(segment)] or [len(segments) - 1]
    of_asking = [of_each[place] for place in asking]
    sentence = np.array([its.sentence for its in held])
    headed = np.array([its.headed for its in held])
    best = (_best_share(sentence, of_asking), _best_share(headed, of_asking), _best_share(sentence, of_each))
    return np.column_stack(best)


def _asks(segment: str) -> bool:
    return bool(INTERROGATIVE.search(segment) or _DEMANDS["whether"].asked.search(segment))


def _best_share(held: NDArray[np.float64], segments: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.asarray(np.max([held @ weights / (weights.sum() or 1.0) for weights in segments], axis=0))


def _told(
    demand: _Demand | None, asked: Interrogative, candidate: Candidate
) -> tuple[float, float, float, float]:
    """Tell whether a candidate tells what is demanded: itself, nearby, how far off, in whose segment.

    Far off and in the segment of a word that stands beside the interrogative.
    """
    if demand is None:
        return _NO_DEMAND, _NO_DEMAND, _NO_DEMAND, _NO_DEMAND
    clause, told = candidate.folded, demand.told
    found = [m.span() for m in told.finditer(clause) if not demand.is_new or m.group() not in asked.text]
    document, end = candidate.document.text, candidate.end
    nearby = candidate.sentence_before, candidate.before[-_BEFORE:], document[end : end + _BEHIND]
    segments = [one for one in _SEGMENT.split(clause) if any(word in one for word in asked.beside)]
    return (
        float(bool(found)),
        float(any(told.search(text) for text in nearby)),
        min(_distances(clause, asked.beside, found), default=_NOT_NEAR),
        float(any(told.search(segment) for segment in segments)),
    )


def _distances(clause: str, words: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[float]:
    for word in words:
        at = clause.find(word)
        while at >= 0:
            for start, end in spans:
                yield float(min(_NOT_NEAR, max(0, start - at - len(word), at - end)))
            at = clause.find(word, at + 1)


def _form(clause: str) -> tuple[float, ...]:
    return (
        float(_URGES.search(clause) is not None),
        float(_DONE.search(clause) is not None),
        float(len(_NUMBER.findall(clause))),
        float(_RULES.search(clause) is not None),
        float(_BODIES.search(clause) is not None),
        float(clause.endswith(":")),
    )


def _shared(pairs: frozenset[str], clause: str) -> tuple[float, float, float]:
    """Return the shares of `pairs` in the opening and in the best segment, and of segments without any."""
    segments = [one for one in _SEGMENT.split(_NUMBERED.sub("", clause)) if one.strip()]
    shares = [_share(pairs, one) for one in segments]
    opening = _share(pairs, segments[0][:_OPENING]) if segments else 0.0
    return opening, max(shares, default=0.0), sum(not share for share in shares) / max(len(shares), 1)


def _share(pairs: frozenset[str], text: str) -> float:
    held = sum(text[at : at + 2] in pairs for at in range(len(text) - 1))
    return held / max(len(text) - 1, 1)
