"""What follows where something happens: 没填志愿会怎么样, of a rule such as 未填报志愿的，视为放弃学位."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ...types import Answer, Hit, Plan
from ...zh.fold import fold
from ...zh.tokens import STOPWORDS
from ..choose.score import scored
from ..evidence.candidates import Candidate, candidates, lead_in
from ..evidence.terms import coverage, softened, terms
from ..sources import Sources
from .passages import direct, whole_sentence

_ASKED = re.compile(
    r"(?:[,，]?(?:又|将|还|那)?(?:该|会|要|得|应当?|应该|可以|能)?被?"
    r"(?:怎么办|咋办|如何是好|怎么样|怎样|怎么处理|如何处理|怎么补救|有什么(?:后果|影响)|会发生什么))$"
)
# what a rule must state where the question names it: 怎么处罚, 怎么赔
_EFFECTS = (
    (
        re.compile(r"(?:会|要|将|应当?|应该)?(?:被|受到?)?(?:怎么|怎样|如何)(?:处罚|罚|处分|追究|惩处)$"),
        re.compile(r"罚|处分|责令|没收|吊销|追究|追回|警告|拘留"),
    ),
    (re.compile(r"(?:会|要|该|应当?|应该)?(?:怎么|怎样|如何)赔偿?$"), re.compile(r"赔")),
)
_OPENING = re.compile(r"^(?:请问|如果|要是|若是?|假如|万一|一旦|倘若)+")
_NEGATIVE = r"(?:[没不无]|未(?!满|成年|来|婚))"
# 怎么办 behind 了 or a negation supposes that something happened; behind a noun it asks for the way
_SUPPOSES = re.compile(
    rf"{_NEGATIVE}(?!动产|锈)|[了丢坏错低高少多晚过]$|^(?:如果|要是|若|万一|一旦|假如)|之?后$|的话$"
)
# of a rule, what it holds for: 未填报志愿的, or up to the comma behind 如, 因, 凡
_CASE = re.compile(
    r"^(?P<case>[^。;]{2,80}?的)[,:]|^(?:[^,。;]{0,12},)?(?P<if>(?:如|若|因|凡|对于?)[^,。;]{2,60}),"
)
# 有下列行为之一的: each item below is a case
_ONE_OF = re.compile(r"(?:下列|以下)[^,。;]{0,8}之一")
_LEAST_INSIDE, _LEAST_AROUND = 0.6, 0.7  # of what is supposed, by the case alone and with its headings
_LEAST_TOLD = 0.8  # and by a statement that is no rule


class Case(NamedTuple):
    """What a question supposes to have happened, and what a rule for it must state."""

    text: str
    effect: re.Pattern[str] | None = None

    @property
    def denied(self) -> bool:
        """Tell whether it is that something has not happened."""
        return _denies(self.text)

    @property
    def matter(self) -> str:
        """Return what the case is about, without its negation."""
        return re.sub(_NEGATIVE, " ", _OPENING.sub("", self.text))


def case_of(plan: Plan) -> Case | None:
    """Return the case that `plan` supposes and asks the consequence of; None where it supposes none."""
    asked = fold(plan.resolved).rstrip("?。 呢啊")
    for question, effect in _EFFECTS:
        if found := question.search(asked):
            return Case(asked[: found.start()], effect)
    text = _ASKED.sub("", asked)
    return Case(text) if text != asked and _SUPPOSES.search(text) else None


def consequence(plan: Plan, case: Case, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return what a rule says for `case`, else a statement of it; None where there is neither."""
    fitting = [one for one in scored(plan, candidates(hits, sources)) if one.region_fits and one.year_fits]
    rules = [(held, one) for one in fitting if (held := _rules(plan, case, one.candidate))]
    if rules:
        best = max(rules, key=lambda rule: rule[0] + rule[1].score)[1]
        return direct(plan, [whole_sentence(best)])
    if case.effect:
        return None
    known = softened(terms(case.matter, plan.expansions))
    told = [
        one
        for one in fitting
        if case.denied <= _denies(one.candidate.folded)
        if coverage(known, (one.candidate.folded, 1.0)) >= _LEAST_TOLD
    ]
    return direct(plan, told) if told else None


def _rules(plan: Plan, case: Case, candidate: Candidate) -> float:
    """Return how much of `case` a rule is made for; 0 where the candidate is no rule or for another one."""
    found = _CASE.match(candidate.folded)
    held_for = (found["case"] or found["if"]) if found else ""
    said = candidate.folded
    if not held_for and _ONE_OF.search(candidate.sentence_before) and lead_in(candidate):
        held_for, said = candidate.folded, candidate.sentence_before
    if not held_for or case.denied != _denies(held_for) or (case.effect and not case.effect.search(said)):
        return 0.0
    held = _held(plan, case.matter, held_for)
    around = _held(plan, case.matter, f"{held_for} {candidate.frame} {candidate.before}")
    return held if held >= _LEAST_INSIDE and around >= _LEAST_AROUND else 0.0


def _denies(text: str) -> bool:
    return bool(re.search(_NEGATIVE, text))


def _held(plan: Plan, matter: str, text: str) -> float:
    """Return how much of `matter` the folded `text` says: of its words, or of its characters."""
    known = softened(terms(matter, plan.expansions))
    characters = set(re.findall(r"[㐀-鿿a-z]", matter)) - STOPWORDS
    share = sum(one in text for one in characters) / len(characters) if characters else 0.0
    return max(coverage(known, (text, 1.0)), share)
