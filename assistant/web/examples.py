"""Example questions drawn from what the store holds, each one tried before it is offered."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from ..errors import AssistantError
from ..types import DAMAGE_MARK, Answer, Document, Status
from ..zh.fold import converter
from ..zh.places import short
from ..zh.sentences import clauses

if TYPE_CHECKING:
    from ..core import Assistant

WANTED = 6  # as many as a phone shows without scrolling
TRIED = 8  # questions tried for one document, each a few milliseconds
DOCUMENTS = 24  # documents looked at: a large store must not slow the start
HEADING = range(5, 19)  # characters of a heading that makes a readable question

# "<subject>达到<figure>": the subject asks for the figure
_FIGURE = re.compile(
    r"(?:^|[,，、：:])(?P<subject>[\u4e00-\u9fff“”]{6,24}?)"
    r"(?P<verb>(?:累计|累計)?(?:达到|達到|达|達|超过|超過|突破))"
    r"\d[\d.]*(?P<unit>%|(?:万|萬|亿|億)*(?:美元|元|家|个|個|项|項|人|名|件|座|亩|畝|吨|噸|所|台|臺|套|公里))"
)
# a subject that begins so leans on what stands before it
_LEANING = re.compile(
    r"其|并|並|且|而|和|与|與|及|等|的|了|也|又|将|將|使|让|讓|该|該|这|這|力争|力爭|确保|確保|到"
)
# a heading that begins so says what is done, not what there is
_DONE = re.compile(
    r"以(?!上|下|及|外|内)|从|把|用|靠|围绕|依托|通过|面向|加[快强大]|推[动进行广]|强化|完善|培育|发展|促进|提[升高]|优化|深化|健全|"
    r"构建|建[设立]|打造|坚持|落实|支持|扩大|实[施行现]|开[展辟]|聚焦|聚力|抓[好住]|做[强优大好]|壮大|激发|释放|营造|夯实|厚植"
)
_LABEL = re.compile(r"^[\s(（]*[第]?[一二三四五六七八九十百\d]+[、.．)）章节節条條]*\s*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question made from a span of a document; a good answer quotes that span."""

    question: str
    document: str
    start: int
    end: int


def example_questions(assistant: Assistant) -> list[str]:
    """Return up to `WANTED` questions, of as many documents as possible, that are answered well."""
    summaries = assistant.documents()
    spread = summaries[:: max(1, len(summaries) // DOCUMENTS)][:DOCUMENTS]
    # one good question of every document in turn, until there are enough
    waiting = deque(_good_questions(assistant, summary.id) for summary in spread)
    found: dict[str, None] = {}
    while waiting and len(found) < WANTED:
        questions = waiting.popleft()
        question = next(questions, None)
        if question is not None:
            found[question] = None
            waiting.append(questions)
    return list(found)


def _good_questions(assistant: Assistant, identity: str) -> Iterator[str]:
    tried = islice(_candidates(assistant.document(identity)), TRIED)
    return (candidate.question for candidate in tried if _is_answered(assistant, candidate))


def _candidates(document: Document) -> Iterator[Candidate]:
    """Yield figure questions and heading questions in turn."""
    figures, headings = _figures(document), _headings(document)
    while True:
        pair = [next(figures, None), next(headings, None)]
        if pair == [None, None]:
            return
        yield from filter(None, pair)


def _figures(document: Document) -> Iterator[Candidate]:
    for span in clauses(document.text):
        clause = document.text[span.start : span.end]
        match = _FIGURE.search(clause)
        if not match or DAMAGE_MARK in clause or _LEANING.match(match["subject"]):
            continue
        start, end = span.start + match.start("subject"), span.start + match.end()
        unit = "" if match["unit"] == "%" else match["unit"]
        asked = f"{_place(document, start)}{match['subject']}{match['verb']}多少{unit}？"
        yield Candidate(_simplified(asked), document.id, start, end)


def _place(document: Document, offset: int) -> str:
    """Return whose figure it is, where a section about a region does not say it in every sentence."""
    region = document.section_at(offset).region or document.metadata.region
    return f"{short(region)}的" if region else ""


def _simplified(question: str) -> str:
    """Return a question in the script of the page, whatever the document's."""
    simplified: str = converter("tw2s").convert(question)
    return simplified


def _headings(document: Document) -> Iterator[Candidate]:
    for section in document.sections:
        heading = _LABEL.sub("", section.heading).strip("。.：: ")
        if len(heading) not in HEADING or re.search(r"[。；;,，?？□]", heading):
            continue
        heading = _simplified(heading)
        asked = f"怎样{heading}？" if _DONE.match(heading) else f"{heading}有哪些内容？"
        yield Candidate(asked, document.id, section.start, section.end)


def _is_answered(assistant: Assistant, candidate: Candidate) -> bool:
    try:
        answer = assistant.ask(candidate.question)
    except AssistantError:
        return False
    return answer.status is Status.ANSWERED and _cites(answer, candidate)


def _cites(answer: Answer, candidate: Candidate) -> bool:
    return any(
        citation.document == candidate.document
        and citation.start < candidate.end
        and candidate.start < citation.end
        for citation in answer.citations
    )
