"""How many there are, where the text only names them, or numbers groups of them side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....types import Answer, Document, Hit, Kind, Plan
from ....zh import places
from ....zh.fold import fold, folded_text
from ....zh.numbering import to_int
from ....zh.sentences import Span, clauses, paragraph_around, sentences
from ...choose.score import scored
from ...draft import Draft
from ...evidence.candidates import READ, candidates
from ...evidence.terms import coverage
from ...refuse.gaps import lacking, named_gaps
from ...sources import Sources
from .wanted import wanted

_TRIED = 3
_LEAST_MET = 0.5  # of what the question asks about, by the statement and what stands around it
_ALL_MET = 0.9  # by the noun that is counted and the headings above: no group of it is meant
_LEAST_COMMAS = 2
_LEAST_NOUN, _LEAST_END = 3, 2
_DOCUMENTS = 3
_HOW_MANY = r"(?:几|多少)(?:个|家|地|项|条|类|种)?"
# the noun that is counted is a place, or left out: 有几家, 几个省
_COUNTS_PLACES = re.compile(
    rf"{_HOW_MANY}(?:省份|省市区|省区市|省区|省市|省|城市|地市|市|地区|地方|县区|县|区|州)?$"
)
_COUNTS = re.compile(rf"{_HOW_MANY}(?=$|[,?㐀-鿿])|合起来|一共|总共")
# 等 leaves members unnamed
_OPEN = re.compile(r"等")
_GROUP = re.compile(
    r"(?<![\d.第])(?P<number>\d{1,3}|[两二三四五六七八九十]{1,3})(?P<unit>[个项家条类种])(?P<noun>[㐀-鿿]{3,12})"
)


def counted_members(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return how many members the one enumeration has that answers which they are; else None.

    Told only where it is sure: all of them are named, and each ends in the noun that is counted or is a
    place where places are.
    """
    question = fold(plan.resolved).rstrip("?。!, ")
    if plan.kind is not Kind.FIGURE or not _COUNTS.search(question):
        return None
    found = candidates(hits[:READ], sources)
    if not any(members(one.text, question) for one in found):
        return None  # before anything is scored once more
    matter = [term for term in wanted(plan).matter if not term.light]
    asked = replace(plan, kind=Kind.LIST, unit="", topic=" ".join(term.text for term in matter))
    for one in scored(asked, found)[:_TRIED]:
        candidate = one.candidate
        number = members(candidate.text, question)
        met = coverage(matter, (candidate.around, 1.0)) if number else 0.0
        # with all that is asked about in it only a rule may be against it
        if met >= _LEAST_MET and not (named_gaps if met >= _ALL_MET else lacking)(asked, one):
            draft = Draft(plan)
            stated = draft.state(candidate.text, candidate.document, candidate.start, candidate.end)
            return draft.answer(draft.say(f"共{number}{plan.unit or '个'}：") + f"\n{stated}")
    return None


def members(text: str, question: str) -> int:
    """Return how many members the one closed enumeration of `text` has of what `question` counts, or 0."""
    runs = [run for run in re.split(r"[,;:。()]", folded_text(text)) if run.count("、") >= _LEAST_COMMAS]
    found = [number for run in runs if not _OPEN.search(run) and (number := _members(run, question))]
    return found[0] if len(found) == 1 else 0


def _members(run: str, question: str) -> int:
    names = re.split(r"、|(?:以及|及|和|与)(?=[^、]*$)", run)
    shared = _common_end(names[:-1])
    noun = next((shared[at:] for at in range(len(shared)) if shared[at:] in question), "")
    if len(noun) >= _LEAST_END and noun in names[-1]:
        return len(names)
    if not _COUNTS_PLACES.search(question):
        return 0
    found = [places.find(name) for name in names]
    if not all(found) or found[0][-1].end != len(names[0]):
        return 0
    inner = zip(found[1:-1], names[1:-1], strict=True)
    whole = all(one[0].start == 0 and one[0].end == len(name) for one, name in inner)
    return len(names) if whole and found[-1][0].start == 0 else 0


def _common_end(names: Sequence[str]) -> str:
    shortest = min(map(len, names))
    size = next((n for n in range(shortest) if len({name[-n - 1] for name in names}) > 1), shortest)
    return names[0][len(names[0]) - size :]


def groups_together(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the sum of the groups of one thing that one sentence numbers side by side; else None.

    4个未来产业 and 4个未来产业 are 8个 where the question asks for the thing as a whole, and the text gives
    no other number of it.
    """
    question = fold(plan.resolved)
    if plan.kind is not Kind.FIGURE or not _COUNTS.search(question):
        return None
    for id in plan.documents or tuple(dict.fromkeys(hit.passage.document for hit in hits))[:_DOCUMENTS]:
        document = sources.document(id)
        groups = _groups(document, question)
        nouns = {_counted(group["noun"], question) for group in groups}
        spans = {_around(document, group.start()) for group in groups}
        units = {group["unit"] for group in groups}
        if len(groups) < 2 or any(len(differing) > 1 for differing in (nouns, spans, units)):
            continue
        if plan.unit not in ("", *units):
            continue
        if _is_all_of(plan, document, nouns.pop(), groups[0].start()):
            return _summed(plan, document, groups)
    return None


def _groups(document: Document, question: str) -> list[re.Match[str]]:
    found = _GROUP.finditer(folded_text(document.text))
    return [group for group in found if _counted(group["noun"], question)]


def _counted(noun: str, question: str) -> str:
    """Return the head of `noun` that stands in the question, where it is long enough to be a name."""
    return next(
        (noun[:size] for size in range(len(noun), _LEAST_NOUN - 1, -1) if noun[:size] in question), ""
    )


def _around(document: Document, offset: int) -> Span:
    told = sentences(document.text, *paragraph_around(document.text, offset, offset))
    return next(span for span in told if span.start <= offset < span.end)


def _is_all_of(plan: Plan, document: Document, noun: str, offset: int) -> bool:
    section = document.section_at(offset)
    home = section.region or document.metadata.region
    path = folded_text(" ".join((document.title, *section.path)))
    if any(
        not (home and places.contains(region, home)) and fold(places.short(region)) not in path
        for region in plan.regions
    ):
        return False
    matter = [term for term in wanted(plan).matter if not term.light]
    return coverage(matter, (noun, 1.0), (path, 1.0)) >= _ALL_MET


def _summed(plan: Plan, document: Document, groups: Sequence[re.Match[str]]) -> Answer:
    draft = Draft(plan)
    numbers = [to_int(group["number"]) for group in groups]
    unit = groups[0]["unit"]
    summed = "+".join(map(str, numbers))
    lines = [draft.say(f"共{sum(numbers)}{unit}（{summed}）：")]
    around = _around(document, groups[0].start())
    for start, end in clauses(document.text, *around):
        if any(start <= group.start() < end for group in groups):
            lines.append(f"- {draft.state(document.text[start:end], document, start, end)}")
    return draft.answer("\n".join(lines))
