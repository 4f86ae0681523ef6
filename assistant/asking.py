"""The way of a question, joined: plan → retrieve → compose, verify, generate.

`core` asks here; no other place joins these stages. Indexing does not import them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock

from .answer.compose import compose
from .answer.draft import Draft
from .answer.model.endpoint import Model
from .answer.model.generate import generate, rewritten
from .answer.notices.glossed import taken_for
from .answer.notices.validity import no_longer_in_force
from .answer.words import said
from .errors import ModelError
from .filtering import accepts, merged, undated_notice
from .index.embed import Embedder, StaticEmbedder
from .index.reader import Reader
from .index.taught import taught_vectors
from .search import general, tuned
from .search.known import Known
from .search.plan import make_plan
from .search.rank import Ranker, Reranker, Weights
from .search.retrieve import retrieve
from .search.understand.abbreviations import MARKS, abbreviations
from .search.understand.glossary import Group, desk_groups
from .types import Answer, Document, DocumentSummary, Filters, History, Hit, Kind, Plan, Status
from .zh.dated import days_of
from .zh.tokens import tokenize

# Passages that an answer is looked for in: beyond them the evidence of all gold answers adds nothing.
_EVIDENCE = 40

# Passages that show what the words of an English question mean.
_MEANINGS = 100

# Passages that are read for short names: 654 of 58,637 articles of law give one.
_DEFINING = 1000

# One answer is composed at a time: threads that all compute only take the interpreter from each other (eight
# of them gave 58 answers a second, in turn 71).
_TURN = Lock()

_NO_MATTER = (Kind.SMALL_TALK, Kind.TASK)  # they ask for nothing that limits could keep away

_DOCUMENTS = 256  # documents kept unpacked: a policy file of 100,000 characters takes a megabyte


@dataclass
class View:
    """One state of the store, with what answering needs of it; what it offers to `compose`."""

    reader: Reader
    embedder: Embedder
    weights: Weights
    ranker: Ranker | None
    tuning: Path | None  # the file that embedder and ranker were read from
    names: tuple[Group, ...] = ()  # the desk's own names of things
    taught: Reader | None = None  # the state with its passages as the tuned model reads them
    reranker: Reranker | None = None

    @classmethod
    def newest(
        cls,
        older: View | None,
        store: Path,
        reader: Reader,
        embedder: Embedder,
        weights: Weights,
        reranker: Reranker | None = None,
        learnt_ranking: bool = False,
    ) -> View:
        """Return `older` where it shows the state of `reader` and the newest tuning, else a new one."""
        tuning, names = tuned.newest(store), desk_groups(store)
        if older and older.reader is reader and (older.tuning, older.names) == (tuning, names):
            return older
        if tuning is None or not isinstance(embedder, StaticEmbedder):
            ranker = general.ranker_for(embedder.name, reader) if learnt_ranking else None
            return cls(reader, embedder, weights, ranker, tuning, names, reranker=reranker)
        learnt = tuned.load(tuning, embedder.name)
        questions = embedder.taught(learnt.tokens, learnt.vectors)
        passages = embedder.with_passages(learnt.passage_tokens, learnt.passage_vectors)
        vectors = taught_vectors(reader, learnt.rows, learnt.passages, passages)
        desk_ranker = tuned.TunedRanker(learnt, reader, embedder)
        return cls(reader, questions, weights, desk_ranker, tuning, names, reader.over(vectors), reranker)

    def __post_init__(self) -> None:
        self.document = lru_cache(_DOCUMENTS)(self.reader.document)

    @cached_property
    def known(self) -> Known:
        """Return what the store holds, for plans."""
        names = (*self.names, *abbreviations(self._defining()))
        return Known.of(self.reader.documents(), self.reader.regions(), self._texts, names)

    def _defining(self) -> list[str]:
        """Return the texts of the passages that shorten a name."""
        found, _ = self.reader.search_keywords(MARKS, _DEFINING, Filters())
        return [passage.text for passage in self.reader.passages(found.tolist())]

    def _texts(self, words: Sequence[str], regions: Sequence[str]) -> list[tuple[str, str]]:
        """Return passages that hold some of `words`, those of `regions` alone where there are any."""
        tokens = list(dict.fromkeys(token for word in words for token in tokenize(word) if len(token) > 1))
        found, _ = self.reader.search_keywords(tokens, _MEANINGS, Filters(region=tuple(regions)))
        if not len(found):
            found, _ = self.reader.search_keywords(tokens, _MEANINGS, Filters())
        passages = self.reader.passages(found.tolist())
        return [(" ".join((one.title, *one.section)), one.text) for one in passages]

    def plan(self, question: str, history: History = (), model: Model | None = None) -> Plan:
        """Return the plan of a question; a model, where there is one, writes a follow-up out."""
        if model and history:
            try:
                whole = rewritten(question, history, model)
                return replace(make_plan(whole, (), self.known), question=question)
            except ModelError as error:
                plan = make_plan(question, history, self.known)
                return replace(plan, notices=(*plan.notices, f"{error.what}已按规则理解追问。"))
        return make_plan(question, history, self.known)

    def answers(self, plan: Plan, filters: Filters, model: Model | None) -> Iterator[Answer]:
        """Yield the growing answer; the last one is whole."""
        sources = self.within(filters)
        # where an endpoint or torch embeds, an answer waits without holding the interpreter
        with _TURN if isinstance(self.embedder, StaticEmbedder) else nullcontext():
            hits = self.retrieve(plan, filters, _EVIDENCE)
            answer = compose(plan, hits, sources)
        if filters and not hits and not sources.documents():
            answer = _nothing_within(plan, answer)
        answer = replace(answer, notices=(*answer.notices, *taken_for(plan, answer)))
        left_out = self.undated_notice(filters)
        undated = [Draft(plan).say(left_out)] if left_out else []
        for grown in generate(plan, hits, sources, model, answer) if model else (answer,):
            more = (*no_longer_in_force(plan, grown, sources), *undated)
            yield replace(grown, notices=(*grown.notices, *more)) if more else grown

    def undated_notice(self, filters: Filters) -> str:
        """Return what a reader must know of documents that a limit by day leaves out; empty where none."""
        return undated_notice(filters, self._undated)

    @cached_property
    def _undated(self) -> list[DocumentSummary]:
        return [document for document in self.reader.documents() if days_of(document.metadata) is None]

    def retrieve(self, plan: Plan, filters: Filters, k: int) -> list[Hit]:
        """Return the k passages that fit `plan` best."""
        index = self.taught or self.reader
        return retrieve(plan, filters, k, index, self.embedder, self.weights, self.ranker, self.reranker)

    def within(self, filters: Filters) -> Sources:
        """Return what `compose` may look up."""
        return Sources(self, filters)


@dataclass(frozen=True, slots=True)
class Sources:
    """What composing an answer may look up, never outside the user's filters."""

    view: View
    filters: Filters

    def document(self, id: str) -> Document:
        """Return one document with its text. Raises DocumentNotFoundError."""
        return self.view.document(id)

    def documents(self) -> Sequence[DocumentSummary]:
        """Return the documents within the filters."""
        every = self.view.reader.documents()
        return [document for document in every if accepts(self.filters, document)] if self.filters else every

    def search(self, text: str, filters: Filters, k: int) -> list[Hit]:
        """Return the k passages that fit `text` best, within both filters."""
        plan = make_plan(text, (), self.view.known)
        return self.view.retrieve(plan, merged(self.filters, filters), k)


def _nothing_within(plan: Plan, answer: Answer) -> Answer:
    """Return a refusal that blames the limits: no document is within them that could lack anything."""
    if answer.status is not Status.REFUSED or plan.kind in _NO_MATTER:
        return answer
    return replace(answer, text=said(plan, "nothing within"))
