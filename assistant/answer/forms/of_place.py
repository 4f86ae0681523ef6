"""What places do, where a question names a place or all of them and nothing else: 南京有什么做法."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ...types import Answer, Document, Hit, Kind, Plan, Section
from ...zh import places
from ...zh.fold import fold, folded_text
from ...zh.sentences import Span, sentences
from ..draft import Draft
from ..evidence.candidates import READ, Candidate, candidates, speaks_of
from ..evidence.terms import terms_of
from ..sources import Sources
from .headings.outline import gist
from .headings.structure import heading_span
from .sections import lines_of

_KINDS = frozenset({Kind.LIST, Kind.PASSAGE, Kind.OUTLINE})
_SIDE_BY_SIDE = frozenset({Kind.ACROSS, Kind.COMPARISON})
# what any place does or has: words that leave nothing asked for but the place
_DOINGS = frozenset(
    "做法 举措 措施 办法 经验 探索 实践 进展 成效 成绩 成果 亮点 动作 部署 安排 工作 特色 现状 招 好做法 "
    "好经验 主要 典型 先进 创新 有益 做 搞 干 推出 采取 值得 借鉴 学习 地方".split()
)
# right behind the name of a place: its rank, the next of several, or what it does
_ACTS = (
    r"(?:[省市县区、,]|等(?!于)|和|与|也|还|则|将|已|在|以|从|通过|围绕|聚焦|率先|积极|大力|加快|着力|全力|持续|不断|深入|充分|先后|"
    r"出台|制定|印发|颁布|发布|实施|推出|推动|推进|提出|探索|设立|成立|建立|建设|构建|打造|利用|依托|支持|鼓励|开展|启动|布局|培育|发展|"
    r"坚持|瞄准|明确|拥有|实现|举办|正|把|对)"
)
_MOST, _SHORTEST = 6, 20  # statements told; a shorter line is a source or a signature
_FEW = 3  # paragraphs


def of_place(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the section of the one place that `plan` asks about, paragraph by paragraph, else None.

    Where no section is of the place, the statements found that speak of it.
    """
    if plan.kind not in _KINDS or len(plan.regions) != 1 or not _asks_nothing_else(plan, sources):
        return None
    region, draft = plan.regions[0], Draft(plan)
    for document, section in _sections(hits, sources):
        if section.region == region:
            return draft.answer(
                "\n".join([*_heading(draft, document, section), *_told(draft, document, section)])
            )
    told = _statements(draft, region, hits, sources)
    return draft.answer("\n".join(told)) if told else None


def of_places(plan: Plan, hits: Sequence[Hit], sources: Sources) -> Answer | None:
    """Return the sections of all places, or of those set side by side, where nothing else is asked."""
    if plan.kind not in _SIDE_BY_SIDE or not _asks_nothing_else(plan, sources):
        return None
    draft = Draft(plan)
    found = [pair for pair in _sections(hits, sources) if not plan.regions or pair[1].region in plan.regions]
    most = 1 if len(found) > _FEW else _FEW
    told = []
    for document, section in found:
        head = "".join(_heading(draft, document, section)) or places.short(section.region)
        below = (gist(draft, document, span) for span in _openings(document, section)[:most])
        told.append(f"- **{head}** " + "；".join(below))
    for region in plan.regions:
        if all(section.region != region for _, section in found):
            told += _statements(draft, region, hits, sources)
    return draft.answer("\n".join(told)) if len(told) >= max(2, len(plan.regions)) else None


def _statements(draft: Draft, region: str, hits: Sequence[Hit], sources: Sources) -> list[str]:
    """Return the statements found that speak of a region."""
    found = [one for one in candidates(hits[:READ], sources) if speaks_of(one, region) and not one.is_heading]
    if all(one.region != region for one in found):  # named in texts about other places
        found = [one for one in found if _acts(region, one)]
    return [f"- {gist(draft, one.document, Span(one.start, one.end))}" for one in found[:_MOST]]


def _acts(region: str, candidate: Candidate) -> bool:
    """Tell whether a statement says what a place does, not of something that is named after it."""
    name = re.escape(fold(places.short(region)))
    return re.search(rf"(?:^|[,;:。、和与])(?:如,?)?{name}{_ACTS}", candidate.folded) is not None


def _asks_nothing_else(plan: Plan, sources: Sources) -> bool:
    """Tell whether a question asks of places no more than what they do about the matter of all texts."""
    telling = [term.text for term in terms_of(plan) if not term.light and term.text not in _DOINGS]
    named = [word for word in telling if len(word) > 1]
    titles = _folded(tuple(summary.title for summary in sources.documents())) if named else ()
    return all(2 * sum(word in title for title in titles) > len(titles) for word in named)


@lru_cache(maxsize=4)  # a store or two, and the one before it changed
def _folded(titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(folded_text, titles))


def _heading(draft: Draft, document: Document, section: Section) -> list[str]:
    head = heading_span(document, section)
    return [draft.state(document.text[head.start : head.end], document, *head)] if head else []


def _told(draft: Draft, document: Document, section: Section) -> list[str]:
    return [f"- {gist(draft, document, span)}" for span in _openings(document, section)[:_MOST]]


def _sections(hits: Sequence[Hit], sources: Sources) -> Iterator[tuple[Document, Section]]:
    """Yield the sections of places, the outermost ones, in the documents found."""
    for id in dict.fromkeys(hit.passage.document for hit in hits):
        document = sources.document(id)
        for section in document.sections:
            above = document.sections[section.parent] if section.path else section
            if section.path and section.region and section.region != above.region:
                yield document, section


def _openings(document: Document, section: Section) -> list[Span]:
    """Return the paragraphs of a section, or where they are few, their sentences."""
    lines = [
        line
        for line in lines_of(document, section.body_start, section.end)
        if line.end - line.start >= _SHORTEST
    ]
    if len(lines) >= _FEW:
        return lines
    return [span for line in lines for span in sentences(document.text, line.start, line.end)]
