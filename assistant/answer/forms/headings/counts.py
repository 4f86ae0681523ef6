"""How many there are, where the text numbers or names them and never says how many: 职责有几项."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....types import Answer, Hit, Kind, Plan
from ....zh.numbering import to_int
from ....zh.sentences import Span, sentences
from ...choose.score import scored
from ...draft import Draft
from ...evidence.candidates import READ, Candidate, candidates
from ...refuse.gaps import lacking
from ...sources import Sources

# measure words that count what a text numbers
_COUNTED = frozenset("项 种 类 个 条 点 款 步 件 方面 部分".split())
_MARK = re.compile(
    r"(?:(?<=\n)|(?<=[:：；;。]))\s*(?:[(（]([一二三四五六七八九十]{1,3}|\d{1,2})[)）]|(\d{1,2})[.、．](?!\d))"
)
_TRIED = 8
_LEAST = 2
_REACH = 6000  # characters that a numbered list may take


def counted_items(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return how many items the list has that the question asks about, and which; else None."""
    if plan.kind is not Kind.FIGURE or plan.unit not in _COUNTED:
        return None
    asked = replace(plan, kind=Kind.LIST, unit="")
    for one in scored(asked, candidates(hits[:READ], sources))[:_TRIED]:
        items = numbered(one.candidate)
        if len(items) >= _LEAST and not lacking(asked, one):
            return _told(asked, one.candidate, items, plan.unit)
    return None


def numbered(candidate: Candidate) -> list[Span]:
    """Return the items that a candidate leads into, numbered from one without a gap."""
    text = candidate.document.text
    end = min(candidate.section.end, candidate.end + _REACH)
    marks: list[int] = []
    for mark in _MARK.finditer(text, candidate.end - 1, end):
        number = mark[1] or mark[2]
        value = int(number) if number.isascii() else to_int(number)
        if value != len(marks) + 1:
            continue
        if not marks and text[candidate.end : mark.start()].strip():
            return []  # something else stands between
        marks.append(mark.start())
    starts = [start + len(text[start:]) - len(text[start:].lstrip()) for start in marks]
    if not starts:
        return []
    ends = [*starts[1:], sentences(text, starts[-1], end)[0].end]
    return [
        Span(start, start + len(text[start:stop].rstrip())) for start, stop in zip(starts, ends, strict=True)
    ]


def _told(plan: Plan, candidate: Candidate, items: Sequence[Span], unit: str) -> Answer:
    draft = Draft(plan)
    document = candidate.document
    lines = [
        draft.say(f"共{len(items)}{unit}："),
        draft.state(candidate.text, document, candidate.start, candidate.end),
    ]
    lines += [f"- {draft.state(document.text[start:end], document, start, end)}" for start, end in items]
    return draft.answer("\n".join(lines))
