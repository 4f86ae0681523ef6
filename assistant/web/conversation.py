"""A conversation as the chat shows it: turns in, messages out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from ..types import Answer, Citation, Passage, Status
from .markup import escape, link_markers, plain_markdown
from .records import CITATION_WRONG, VERDICTS
from .texts import Language, text

STOPPED = "stopped"
DECLINED = "declined"


class Message(TypedDict):
    """One message of the chat, in the form that Gradio's Chatbot takes."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as typed, what it was answered, and the limits that held."""

    question: str
    answer: Answer
    scope: str = ""  # the filters in words, empty when none was set
    address: str = ""  # the query of the page's address that asks the same again
    store: str = ""  # the name of the store that answered
    sources: Mapping[str, str] = field(default_factory=dict)  # where each document shown was published
    verdict: str = ""  # what the user thinks of it
    is_stopped: bool = False  # before its end, by the user

    @property
    def outcome(self) -> str:
        """Return how the question ended: a status, `stopped`, or `declined` where nothing was looked up."""
        if self.is_stopped:
            return STOPPED
        # a greeting, or a request that is no question: no document lacks anything
        if self.answer.status is Status.REFUSED and not self.answer.related:
            return DECLINED
        return self.answer.status.value

    @property
    def is_resolved(self) -> bool:
        """Tell whether the question was understood as another than was typed."""
        return self.answer.resolved.strip() not in ("", self.question.strip())

    @property
    def has_verdict(self) -> bool:
        """Tell whether the reader has to be told first how the question ended."""
        return self.outcome not in (Status.ANSWERED.value, DECLINED)


def history(turns: Sequence[Turn]) -> list[tuple[str, Answer]]:
    """Return what a follow-up question may refer to: turns that ended in an error are not part of it."""
    return [(turn.question, turn.answer) for turn in turns if turn.answer.status is not Status.ERROR]


def messages(turns: Sequence[Turn], language: Language) -> list[Message]:
    """Return the chat's messages, two a turn."""
    shown: list[Message] = []
    for index, turn in enumerate(turns):
        shown.append(Message(role="user", content=plain_markdown(turn.question)))
        shown.append(Message(role="assistant", content=answer_markdown(turn, index, language)))
    return shown


def answer_markdown(turn: Turn, index: int, language: Language) -> str:
    """Return one answer as Markdown: what it was understood as, its text, what was left out."""
    answer = turn.answer
    parts = [f'<div class="answer {turn.outcome}">']
    if turn.is_resolved:
        resolved = escape(text("resolved", language, question=answer.resolved))
        parts.append(f'<p class="resolved">{resolved}</p>')
    if turn.scope:
        parts.append(f'<p class="scope">{escape(turn.scope)}</p>')
    if turn.has_verdict:
        parts.append(f'<p class="verdict">{escape(text(turn.outcome, language))}</p>')
    body = answer.error if answer.status is Status.ERROR else answer.text
    parts.append(link_markers(body, index, frozenset(citation.n for citation in answer.citations)))
    parts.extend(f'<p class="notice">{escape(notice)}</p>' for notice in answer.notices)
    parts.append(_left_out(answer, language))
    parts.append(_tools(turn, index, language))
    parts.append("</div>")
    return "\n\n".join(part for part in parts if part)


def _tools(turn: Turn, index: int, language: Language) -> str:
    """Return the line below an answer: its sources, copy it, link to it, say what one thinks of it."""
    if turn.answer.status is Status.ERROR or not turn.answer.text:
        return ""
    count = len(turn.answer.citations)
    shown = text("cited", language, count=count) if count else text("see_related", language)
    sources = f'<a class="sources" href="#evidence">{shown}</a>' if count or turn.answer.related else ""
    link = f'<a class="permalink" href="?{escape(turn.address)}">{text("permalink", language)}</a>'
    verdicts = " ".join(
        f'<a class="{"rate chosen" if verdict == turn.verdict else "rate"}" '
        f'href="#rate-{index}-{verdict}">{text(verdict, language)}</a>'
        for verdict in VERDICTS
        if count or verdict != CITATION_WRONG
    )
    return (
        f'<p class="tools">{sources} <a href="#copy">{text("copy", language)}</a> {link} {verdicts}</p>'
        f'<pre class="source">{escape(_to_copy(turn, language))}</pre>'
    )


def _to_copy(turn: Turn, language: Language) -> str:
    """Return an answer as the Markdown that is copied: with its sources, or its markers name nothing."""
    sources = [f"[{c.n}] {source_line(c, turn, language)}" for c in turn.answer.citations]
    return "\n\n".join(filter(None, [turn.answer.text, *sources, nearest(turn, language)]))


def nearest(turn: Turn, language: Language) -> str:
    """Return the passages nearest to a question that nothing answers, as a list; empty where there are none.

    The page shows them as its evidence; what is taken away has no evidence beside it.
    """
    if turn.answer.citations or not turn.answer.related:
        return ""
    passages = [hit.passage for hit in turn.answer.related]
    lines = [f"- {_line(one, one.issued, one.text, turn, language)}" for one in passages]
    return "\n".join([f"**{text('related', language)}**", "", *lines])


def source_line(citation: Citation, turn: Turn, language: Language) -> str:
    """Return where a quote stands and how it reads, on one line."""
    return _line(citation, citation.date, citation.quote, turn, language)


def _line(source: Citation | Passage, day: date | None, words: str, turn: Turn, language: Language) -> str:
    place = [f"《{source.title}》", " › ".join(source.section), source.region]
    place += [turn.sources.get(source.document, "")]
    place += [day.isoformat() if day else ""]
    place += [text("page", language, page=source.page) if source.page else ""]
    return " ".join(f"{'，'.join(filter(None, place))}：“{words}”".split())


def _left_out(answer: Answer, language: Language) -> str:
    dropped = [statement for statement in answer.statements if not statement.supported]
    if not dropped:
        return ""
    items = "".join(f"<li>{escape(f'{s.text} {s.reason}'.strip())}</li>" for s in dropped)
    summary = escape(text("left_out", language, count=len(dropped)))
    return f'<details class="left-out"><summary>{summary}</summary><ul>{items}</ul></details>'
