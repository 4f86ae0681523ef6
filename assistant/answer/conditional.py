"""What follows where something happens: 没填志愿会怎么样, of a rule such as 未填报志愿的，视为放弃学位."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..types import Answer, Hit, Plan
from ..zh.fold import fold
from ..zh.tokens import STOPWORDS
from .evidence import Candidate, candidates
from .passages import direct, whole_sentence
from .refuse import untold
from .score import scored
from .sources import Sources
from .terms import coverage, softened, terms

_ASKED = re.compile(
    r"(?:[,，]?(?:又|将|还|那)?(?:该|会|要|得|应当?|应该|可以|能)?被?"
    r"(?:怎么办|咋办|如何是好|怎么样|怎样|怎么处理|如何处理|怎么补救|有什么(?:后果|影响)|会发生什么))$"
)
_OPENING = re.compile(r"^(?:请问|如果|要是|若是?|假如|万一|一旦|倘若)+")
_NEGATIVE = r"[没未不无]"
# 怎么办 behind 了 or a negation supposes that something happened; behind a noun it asks for the way
_SUPPOSES = re.compile(
    rf"{_NEGATIVE}(?!动产|锈)|[了丢坏错低高少多晚过]$|^(?:如果|要是|若|万一|一旦|假如)|之?后$|的话$"
)
# of a rule, what it holds for: 未填报志愿的, or up to the comma behind 如, 因, 凡
_CASE = re.compile(
    r"^(?P<case>[^。;]{2,80}?的)[,:]|^(?:[^,。;]{0,12},)?(?P<if>(?:如|若|因|凡|对于?)[^,。;]{2,60}),"
)
_LEAST_INSIDE, _LEAST_AROUND = 0.6, 0.7  # of what is supposed, by the case alone and with its headings


def supposed(plan: Plan) -> str:
    """Return the case that `plan` supposes and asks the consequence of; empty where it supposes none."""
    asked = fold(plan.resolved).rstrip("?。 呢啊")
    case = _ASKED.sub("", asked)
    return case if case != asked and _SUPPOSES.search(case) else ""


def consequence(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer:
    """Return what a rule says for the case that `plan` supposes, else a statement of it, else a refusal."""
    case = supposed(plan)
    denied = bool(re.search(_NEGATIVE, case))
    matter = re.sub(_NEGATIVE, " ", _OPENING.sub("", case))
    fitting = [one for one in scored(plan, candidates(hits, sources)) if one.region_fits and one.year_fits]
    rules = [
        (held, one)
        for one in fitting
        if (of := _case(one.candidate)) and denied == bool(re.search(_NEGATIVE, of))
        if (held := _held(plan, matter, of)) >= _LEAST_INSIDE
        if _held(plan, matter, f"{of} {one.candidate.frame} {one.candidate.before}") >= _LEAST_AROUND
    ]
    if rules:
        best = max(rules, key=lambda rule: rule[0] + rule[1].score)[1]
        return direct(plan, [whole_sentence(best)])
    told = [
        one
        for one in fitting
        if denied <= bool(re.search(_NEGATIVE, one.candidate.folded))
        if _held(plan, matter, one.candidate.folded) >= _LEAST_AROUND
    ]
    return direct(plan, told) if told else untold(plan, "这种情形怎么处理", hits)


def _case(candidate: Candidate) -> str:
    """Return what the rule of a candidate holds for, empty where it holds for everything."""
    found = _CASE.match(candidate.folded)
    return (found["case"] or found["if"]) if found else ""


def _held(plan: Plan, matter: str, text: str) -> float:
    """Return how much of `matter` the folded `text` says: of its words, or of its characters."""
    known = softened(terms(matter, plan.expansions))
    characters = set(re.findall(r"[㐀-鿿a-z]", matter)) - STOPWORDS
    share = sum(one in text for one in characters) / len(characters) if characters else 0.0
    return max(coverage(known, (text, 1.0)), share)
