"""One answer of several: what the parts of a question ask, told together and each thing once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...types import Answer, Citation, Plan, Status
from ...zh.fold import to_traditional
from ..draft import without_markers
from ..notices.doubt import is_doubted

_MARKER = re.compile(r"\[(\d{1,3})\]")  # 〔2019〕 of a document number is none
_FIGURES = re.compile(r"^\*\*([^*\n]+)\*\*：(?=[^\n]+$)")  # before the statement that they stand in
_LEAST = 2  # parts with an answer where the whole question has none: one alone is told by what lies near
_LONGEST = 200  # characters of a statement that is told whole because several parts stand on it


def in_parts(plan: Plan, whole: Answer, parts: Sequence[Answer]) -> Answer:
    """Return `whole` with what the answers to its `parts` add, or these where it has none.

    `parts` are the answers to `plan.parts`, in order; those in doubt add nothing, and of each the first
    thing is enough.
    """
    told = [_first(part) for part in parts if part.citations and not is_doubted(part)]
    if whole.status is Status.REFUSED:
        return joined(plan, told, _untold(plan, parts)) if len(told) >= _LEAST else whole
    whole = _enlarged(whole, [part for part in told if _overlaps(part, whole)])
    return joined(plan, [whole, *(part for part in told if not _overlaps(part, whole))])


def _first(part: Answer) -> Answer:
    """Return `part` with its first paragraph alone, unless a table stands behind that."""
    text, _, behind = part.text.partition("\n\n")
    if not behind or behind.startswith("|"):
        return part
    numbers = {int(number) for number in _MARKER.findall(text)}
    if not numbers:
        return part  # 是: the words of the assistant before what they stand on
    return replace(
        part,
        text=text,
        statements=tuple(one for one in part.statements if numbers.issuperset(one.citations)),
        citations=tuple(one for one in part.citations if one.n in numbers),
    )


def _untold(plan: Plan, parts: Sequence[Answer]) -> tuple[str, ...]:
    """Return a notice for each part that has no answer."""
    lost = [one for one, part in zip(plan.parts, parts, strict=True) if part.status is Status.REFUSED]
    notices = [f"“{one.resolved.rpartition('。')[2].rstrip('?')}”未检索到依据。" for one in lost]
    return tuple(to_traditional(notice) if plan.traditional else notice for notice in notices)


def _overlaps(part: Answer, whole: Answer) -> bool:
    """Tell whether the first thing that `part` says stands where `whole` has something."""
    first = part.citations[0]
    return any(_touch(first, citation) for citation in whole.citations)


def _touch(one: Citation, other: Citation) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end


def _enlarged(whole: Answer, parts: Sequence[Answer]) -> Answer:
    """Return `whole`, a single statement, with the figures that `parts` find in it, uncut."""
    if len(whole.statements) != 1 or len(whole.citations) != 1 or not parts:
        return whole
    statement, citation = whole.statements[0], whole.citations[0]
    named = list(dict.fromkeys(figure for answer in (whole, *parts) for figure in _figures(answer, citation)))
    said = [one for part in parts for one in _standing_on(citation, part)]
    told = all(one in statement.text for one in said)
    text = statement.text if told or len(citation.quote) > _LONGEST else citation.quote
    lead = f"**{'；'.join(named)}**：" if named else ""
    bare = _FIGURES.sub("", whole.text)
    return replace(
        whole,
        text=lead + bare.replace(without_markers(statement.text), without_markers(text)),
        statements=(replace(statement, text=text),),
    )


def _standing_on(citation: Citation, answer: Answer) -> Iterator[str]:
    """Yield the statements of `answer` that stand where `citation` does."""
    numbers = {one.n for one in answer.citations if _touch(one, citation)}
    yield from (one.text for one in answer.statements if not numbers.isdisjoint(one.citations))


def _figures(answer: Answer, citation: Citation) -> Iterator[str]:
    """Yield the figures that `answer` names first, where it is one statement and stands on `citation`."""
    lead = _FIGURES.match(answer.text)
    if lead and all(_touch(one, citation) for one in answer.citations):
        yield from (figure for figure in lead[1].split("；") if figure in citation.quote)


def joined(plan: Plan, answers: Sequence[Answer], missing: Sequence[str] = ()) -> Answer:
    """Return the answers as one, its citations numbered anew; `missing` are notices of what none tells."""
    texts, statements, notices = [], [], list(missing)
    citations: list[Citation] = []
    for answer in answers:
        numbers = {one.n: _number(citations, one) for one in answer.citations}
        texts.append(_MARKER.sub(lambda marker, n=numbers: f"[{n[int(marker[1])]}]", answer.text))  # type: ignore[misc]
        statements += [
            replace(one, citations=tuple(numbers[number] for number in one.citations))
            for one in answer.statements
        ]
        notices += answer.notices
    partial = bool(missing) or any(answer.status is Status.PARTIAL for answer in answers)
    return Answer(
        question=plan.question,
        status=Status.PARTIAL if partial else Status.ANSWERED,
        text="\n\n".join(dict.fromkeys(texts)),
        resolved=plan.resolved,
        statements=tuple(dict.fromkeys(statements)),
        citations=tuple(citations),
        notices=tuple(dict.fromkeys(notices)),
    )


def _number(citations: list[Citation], new: Citation) -> int:
    """Return the number of `new` among `citations`, where it is added if none has its span."""
    for one in citations:
        if (one.document, one.start, one.end) == (new.document, new.start, new.end):
            return one.n
    citations.append(replace(new, n=len(citations) + 1))
    return len(citations)
