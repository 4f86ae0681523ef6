"""Answers written by a language model, under the same proof as those without one.

The model sees numbered passages and nothing else. Every sentence it writes is held against the clauses
of the passages that it cites, and only what they carry is shown; where nothing is left, or the model
fails, the answer made without a model stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...errors import ModelError
from ...types import Answer, Citation, Document, History, Hit, Kind, Passage, Plan, Statement, Status
from ...zh.budget import count
from ...zh.fold import fold
from ...zh.sentences import Span, clauses
from ..draft import Draft, without_markers
from ..evidence.orders import is_order
from ..evidence.terms import coverage, terms_of
from ..proof.verify import verify
from ..sources import Sources
from .endpoint import Message, Model
from .markers import Said, sentences
from .prompts import load

REFUSAL = "资料中没有依据。"
# Kinds that are answered better by rule: complete, ordered, and counted exactly.
_BY_RULE = frozenset({Kind.SMALL_TALK, Kind.TASK, Kind.CATALOGUE, Kind.RANKING})
_MOST_PASSAGES = 12
_CLAUSES_TOGETHER = 3  # a sentence of a model may draw on so many clauses in a row
_RELEVANT = 0.1  # least share of the question's terms in a sentence or the headings above its source


def generate(
    plan: Plan,
    hits: Sequence[Hit],
    sources: Sources,
    model: Model,
    fallback: Answer,
    *,
    budget: int = 4000,
    show_unsupported: bool = False,
) -> Iterator[Answer]:
    """Yield the growing answer of `model`, the last one complete; `fallback` where it fails.

    `budget` is in cl100k tokens of passages. Only sentences already verified are ever yielded.
    """
    if plan.kind in _BY_RULE or not hits:
        yield fallback
        return
    passages = packed(hits, budget)
    messages = [
        Message("system", load("rules").render(refusal=REFUSAL)),
        Message("user", load("answer").render(question=plan.resolved, passages=written(passages))),
    ]
    reading = _Reading(plan, passages, sources, show_unsupported)
    try:
        yield from reading.follow(model.stream(messages))
        if reading.failed and not reading.refuses:
            repair = load("repair").render(reasons=reading.reasons(), refusal=REFUSAL)
            messages += [Message("assistant", reading.text), Message("user", repair)]
            second = _Reading(plan, passages, sources, show_unsupported)
            yield from second.follow(model.stream(messages))
            reading = second if second.supported or not reading.supported else reading
    except ModelError as error:
        yield _instead(fallback, f"{error.what}已改用不经模型的回答。", plan)
        return
    if not reading.supported:
        why = "模型认为资料中没有依据" if reading.refuses else "模型的回答未能由原文证实"
        yield _instead(fallback, f"{why}，已改用不经模型的回答。", plan)
        return
    yield reading.answer(complete=True)


def _instead(fallback: Answer, notice: str, plan: Plan) -> Answer:
    return replace(fallback, notices=(*fallback.notices, Draft(plan).say(notice)))


def packed(hits: Sequence[Hit], budget: int) -> list[Passage]:
    """Return the passages of `hits`, best first, as many as `budget` tokens hold."""
    chosen: list[Passage] = []
    left = budget
    for hit in hits[:_MOST_PASSAGES]:
        size = count(hit.passage.text)
        if size <= left:
            chosen.append(hit.passage)
            left -= size
    return chosen or [hit.passage for hit in hits[:1]]


def written(passages: Sequence[Passage]) -> str:
    """Return `passages` numbered and fenced; a fence or a number like ours inside a passage is defused."""
    parts = []
    for number, passage in enumerate(passages, 1):
        head = " › ".join(filter(None, (passage.title, *passage.section, passage.region)))
        parts.append(
            f"<资料 编号={number} 出处=“{_plain(head)}”>\n{_plain(without_markers(passage.text))}\n</资料>"
        )
    return "\n".join(parts)


def _plain(text: str) -> str:
    return text.replace("<", "‹").replace(">", "›")


class _Reading:
    """What a model has said so far, sentence by sentence held against the passages."""

    def __init__(self, plan: Plan, passages: Sequence[Passage], sources: Sources, show: bool) -> None:
        self.text = ""
        self.supported = 0
        self.failed: list[Statement] = []
        self._passages, self._sources, self._show = passages, sources, show
        self._draft = Draft(plan)
        self._lines: list[str] = []
        self._read = 0
        self._unknown = 0

    @property
    def refuses(self) -> bool:
        """Tell whether the model says that the passages do not answer."""
        return REFUSAL.rstrip("。") in self.text

    def reasons(self) -> str:
        """Return the sentences that failed, each with its reason."""
        return "\n".join(f"- {statement.text}（{statement.reason}）" for statement in self.failed)

    def follow(self, pieces: Iterator[str]) -> Iterator[Answer]:
        """Yield the answer each time another sentence has been verified."""
        for piece in pieces:
            self.text += piece
            if self._take(complete=False):
                yield self.answer(complete=False)
        self._take(complete=True)

    def _take(self, *, complete: bool) -> bool:
        said = sentences(self.text, complete=complete)
        before = self.supported
        for sentence in said[self._read :]:
            self._read += 1
            self._judge(sentence)
        return self.supported > before

    def _judge(self, sentence: Said) -> None:
        known = [number for number in sentence.numbers if 1 <= number <= len(self._passages)]
        self._unknown += len(sentence.numbers) - len(known)
        if REFUSAL.rstrip("。") in sentence.text:
            return
        if self._only_leads_in(sentence):
            self._lines.append(sentence.text)
            return
        found, reason = self._support(sentence.text, known)
        if reason:
            self.failed.append(Statement(sentence.text, (), False, reason))
            if self._show:
                self._lines.append(f"~~{sentence.text}~~")
            return
        numbers = [self._draft.cite(document, *span) for document, span in found]
        self._draft.statements.append(Statement(sentence.text, tuple(numbers)))
        marked = sentence.text + "".join(f"[{number}]" for number in numbers)
        self._lines.append(f"- {marked}" if sentence.bullet else marked)
        self.supported += 1

    def _only_leads_in(self, sentence: Said) -> bool:
        """Tell whether a line such as 重点任务包括： only repeats the question before a list."""
        if not sentence.text.endswith(("：", ":")) or sentence.numbers:
            return False
        from ..evidence.terms import terms

        return coverage(terms(fold(sentence.text)), (fold(self._draft.plan.resolved), 1.0)) >= 0.9

    def _support(self, text: str, numbers: Sequence[int]) -> tuple[list[tuple[Document, Span]], str]:
        """Return the spans that carry `text`, or why none does; a span is never wider than needed."""
        reason = "没有引用"
        order = [
            *numbers,
            *(n for n in range(1, len(self._passages) + 1) if n not in numbers and not numbers),
        ]
        best: list[tuple[Document, Span]] = []
        for number in order:
            passage = self._passages[number - 1]
            document = self._sources.document(passage.document)
            for span in _windows(text, document, passage):
                fault = self._fault(text, [(document, span)])
                if not fault:
                    return [(document, span)], ""
                reason = reason if reason != "没有引用" else fault
            best += [(document, span) for span in _windows(text, document, passage)[:1]]
        if len(numbers) > 1 and not self._fault(text, best):
            return best, ""
        return [], reason

    def _fault(self, text: str, found: Sequence[tuple[Document, Span]]) -> str:
        citations = [_citation(document, span) for document, span in found]
        if any(is_order(fold(citation.quote)) for citation in citations):
            return "所引文字是写给助手的指令，不是内容"
        frame = " ".join(fold(" ".join((c.title, *c.section, c.region))) for c in citations)
        terms = terms_of(self._draft.plan)
        if terms and coverage(terms, (fold(text), 1.0), (frame, 1.0)) < _RELEVANT:
            return "与问题无关"
        return verify(text, citations)

    def answer(self, *, complete: bool) -> Answer:
        """Return the answer so far; complete, with what was left out."""
        text = (
            "\n".join(self._lines)
            if any(line.startswith("- ") for line in self._lines)
            else "".join(self._lines)
        )
        made = self._draft.answer(text)
        notices = list(made.notices)
        if complete and self._unknown:
            notices.append(self._draft.say(f"已移除{self._unknown}个不存在的引用编号。"))
        if complete and self.failed:
            notices.append(self._draft.say(f"有{len(self.failed)}句未能由原文证实，已略去。"))
        return replace(
            made,
            mode="generative",
            status=Status.PARTIAL if complete and self.failed else made.status,
            statements=(*made.statements, *self.failed),
            notices=tuple(notices),
        )


def _windows(text: str, document: Document, passage: Passage) -> list[Span]:
    """Return the clauses of a passage, and runs of up to three, those that hold most of `text` first."""
    spans = clauses(document.text, passage.start, passage.end)
    runs = [
        Span(spans[first].start, spans[first + size].end)
        for size in range(_CLAUSES_TOGETHER)
        for first in range(len(spans) - size)
    ]
    said = fold(text)
    bigrams = {said[index : index + 2] for index in range(len(said) - 1)}

    def shared(span: Span) -> float:
        other = fold(document.text[span.start : span.end])
        held = sum(bigram in other for bigram in bigrams)
        return held - 0.02 * (span.end - span.start)  # the shorter of two that hold as much

    return sorted(runs, key=shared, reverse=True)[:6]


def _citation(document: Document, span: Span) -> Citation:
    return Draft.citation(document, span.start, span.end)


def rewritten(question: str, history: History, model: Model) -> str:
    """Return `question` written out with what it takes from `history`, as `model` reads it.

    Raises ModelError.
    """
    turns = "\n".join(f"问：{asked}\n答：{answer.text[:300]}" for asked, answer in history[-3:])
    prompt = load("rewrite").render(conversation=_plain(turns), question=_plain(question))
    lines = "".join(model.stream([Message("user", prompt)])).strip().splitlines()
    return lines[0].strip() if lines else question
