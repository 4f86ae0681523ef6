"""The only place where the stages meet: `Assistant` opens, indexes, searches and asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Unpack

from .answer.compose import compose
from .answer.generate import generate, rewritten
from .answer.model import Model, OpenAICompatible
from .errors import ModelError, QuestionError, SettingsError
from .filtering import Limits, accepts, make_filters, merged
from .index.embed import Embedder, StaticEmbedder, load_embedder
from .index.store import Store
from .search import tuned
from .search.known import Known
from .search.plan import make_plan
from .search.rank import Weights
from .search.retrieve import retrieve
from .settings import Settings
from .types import Answer, Document, DocumentSummary, Filters, Hit, IndexReport, Plan
from .zh.tokens import tokenize

if TYPE_CHECKING:
    from .coverage import Coverage
    from .index.reader import Reader
    from .indexing import Progress

History = Sequence[tuple[str, Answer]]  # earlier questions with their answers, oldest first

# Passages that an answer is looked for in: beyond them the evidence of all gold answers adds nothing.
_EVIDENCE = 40

# Passages that show what the words of an English question mean.
_MEANINGS = 100

_DOCUMENTS = 256  # documents kept unpacked: a policy file of 100,000 characters takes a megabyte


class Assistant:
    """The documents of one store, to be indexed, searched and asked. Safe for reading threads."""

    def __init__(self, settings: Settings, store: Store, embedder: Embedder) -> None:
        """Use `Assistant.open`, which makes the parts."""
        self.settings = settings
        self.store = settings.store
        self._store = store
        self._embedder = embedder
        self._view: _View | None = None

    @classmethod
    def open(
        cls, store: Path | str | None = None, settings: Settings | None = None, *, rebuild: bool = False
    ) -> Assistant:
        """Return an assistant over the store in the folder `store`, made if missing.

        With `rebuild` a store that this version or model cannot use is set aside first. Raises
        SettingsError, ModelError, StoreVersionError, StoreCorruptError or StoreError.
        """
        settings = settings or Settings.load()
        if store is not None:
            settings = settings.model_copy(update={"store": Path(store)})
        embedder = load_embedder(settings.embedding)
        if rebuild:
            Store.set_aside_unusable(settings.store, embedder.name)
        return cls(settings, Store(settings.store, embedder.name, embedder.dimensions), embedder)

    def index(
        self, paths: Iterable[Path | str], *, rebuild: bool = False, progress: Progress | None = None
    ) -> IndexReport:
        """Bring the store up to date with files and folders, and tell how each file ended.

        What is unchanged costs nothing, what is gone is removed; with `rebuild` every file is read
        again. Raises UsageError for a path that does not exist, StoreLockedError when another
        process writes.
        """
        from .indexing import index_paths

        started = perf_counter()
        files = index_paths(
            [Path(path) for path in paths],
            self._store,
            self._embedder,
            budget=self.settings.passage_tokens,
            again=rebuild,
            progress=progress,
        )
        return IndexReport(tuple(files), perf_counter() - started)

    def search(self, question: str, k: int = 10, **limits: Unpack[Limits]) -> list[Hit]:
        """Return the `k` passages that fit the question best.

        Raises QuestionError for an empty or over-long question, FilterError for a value that
        nothing in the store has.
        """
        view = self._now()
        filters = make_filters(view.reader, **limits)
        plan = make_plan(self._checked(question), (), view.known)
        return view.retrieve(plan, filters, k)

    def ask(self, question: str, history: History = (), **limits: Unpack[Limits]) -> Answer:
        """Return the answer to a question, every statement of it cited, or a refusal.

        Raises QuestionError for an empty or over-long question, FilterError for a value that
        nothing in the store has.
        """
        *_, answer = self.ask_stream(question, history, **limits)
        return answer

    def ask_stream(self, question: str, history: History = (), **limits: Unpack[Limits]) -> Iterator[Answer]:
        """Yield the growing answer; the last one is what `ask` returns."""
        started = perf_counter()
        view = self._now()
        filters = make_filters(view.reader, **limits)
        plan = self._plan(self._checked(question), history, view)
        hits = view.retrieve(plan, filters, _EVIDENCE)
        sources = view.within(filters)
        answer = compose(plan, hits, sources)
        growing = generate(plan, hits, sources, self._model, answer) if self._model else iter([answer])
        for grown in growing:
            yield replace(grown, seconds=perf_counter() - started)

    def documents(self, **limits: Unpack[Limits]) -> Sequence[DocumentSummary]:
        """Return the documents of the store without their texts.

        Raises FilterError for a value that nothing in the store has.
        """
        view = self._now()
        filters = make_filters(view.reader, **limits)
        return view.within(filters).documents()

    def document(self, id: str) -> Document:
        """Return one document with its text. Raises DocumentNotFoundError."""
        return self._now().reader.document(id)

    def regions(self) -> dict[str, int]:
        """Return the regions of the store with their numbers of passages."""
        return self._now().reader.regions()

    def values(self, field: str) -> dict[str, int]:
        """Return the values of "document", "kind" or "validity" with their numbers of passages."""
        return self._now().reader.values(field)

    def coverage(self) -> Coverage:
        """Return how many passages of each region speak of each topic of the store; reads all of them."""
        from .coverage import cover

        reader = self._now().reader
        return cover(reader.every_passage, reader.passage_count)

    def is_sound(self) -> bool:
        """Tell whether the indexes agree with the manifest. Raises StoreLockedError."""
        return self._store.agrees()

    @property
    def generation(self) -> int:
        """Return a number that grows whenever the store changes, by whatever process."""
        return self._store.generation

    def close(self) -> None:
        """Release the store's files."""
        self._view = None
        self._store.close()

    @cached_property
    def _model(self) -> Model | None:
        settings = self.settings
        if not settings.llm_url:
            return None
        if not settings.llm_model:
            raise SettingsError(
                f"设置了 llm_url = {settings.llm_url!r}，却没有 llm_model。", "请写明模型的名称，如 qwen2.5。"
            )
        return OpenAICompatible(settings.llm_url, settings.llm_model, settings.llm_key.get_secret_value())

    def _plan(self, question: str, history: History, view: _View) -> Plan:
        """Return the plan of a question; a model, where there is one, writes a follow-up out."""
        if self._model and history:
            try:
                whole = rewritten(question, history, self._model)
                return replace(make_plan(whole, (), view.known), question=question)
            except ModelError as error:
                plan = make_plan(question, history, view.known)
                return replace(plan, notices=(*plan.notices, f"{error.what}已按规则理解追问。"))
        return make_plan(question, history, view.known)

    def _checked(self, question: str) -> str:
        asked = question.strip()
        if not asked:
            raise QuestionError("问题是空的。", "请写一个问题。")
        limit = self.settings.question_limit
        if len(asked) > limit:
            raise QuestionError(
                f"问题有 {len(asked)} 个字，上限是 {limit} 个。", "请缩短问题，或把长文放进文件库。"
            )
        return asked

    def _now(self) -> _View:
        """Return the newest state of the store; a whole question is answered on one state."""
        reader = self._store.reader()
        tuning = tuned.newest(self.store)
        view = self._view
        if view is None or view.reader is not reader or view.tuning != tuning:
            weights = Weights(dense=self.settings.dense_weight)
            embedder, ranker = self._tuned(tuning, reader)
            self._view = view = _View(reader, embedder, weights, ranker, tuning)
        return view

    def _tuned(self, tuning: Path | None, reader: Reader) -> tuple[Embedder, tuned.TunedRanker | None]:
        """Return the model and the ranking as the desk's questions have tuned them, if they have."""
        if tuning is None or not isinstance(self._embedder, StaticEmbedder):
            return self._embedder, None
        learnt = tuned.load(tuning, self._embedder.name)
        embedder = self._embedder.taught(learnt.tokens, learnt.vectors)
        return embedder, tuned.TunedRanker(learnt, reader, self._embedder)


@dataclass
class _View:
    """One state of the store, with what answering needs of it; what it offers to `compose`."""

    reader: Reader
    embedder: Embedder
    weights: Weights
    ranker: tuned.TunedRanker | None
    tuning: Path | None  # the file that embedder and ranker were read from

    def __post_init__(self) -> None:
        self.document = lru_cache(_DOCUMENTS)(self.reader.document)

    @cached_property
    def known(self) -> Known:
        return Known.of(self.reader.documents(), self.reader.regions(), self._texts)

    def _texts(self, words: Sequence[str], regions: Sequence[str]) -> list[tuple[str, str]]:
        """Return passages that hold some of `words`, those of `regions` alone where there are any."""
        tokens = list(dict.fromkeys(token for word in words for token in tokenize(word) if len(token) > 1))
        found, _ = self.reader.search_keywords(tokens, _MEANINGS, Filters(region=tuple(regions)))
        if not len(found):
            found, _ = self.reader.search_keywords(tokens, _MEANINGS, Filters())
        passages = self.reader.passages(found.tolist())
        return [(" ".join((one.title, *one.section)), one.text) for one in passages]

    def retrieve(self, plan: Plan, filters: Filters, k: int) -> list[Hit]:
        return retrieve(plan, filters, k, self.reader, self.embedder, self.weights, self.ranker)

    def within(self, filters: Filters) -> _Sources:
        return _Sources(self, filters)


@dataclass(frozen=True, slots=True)
class _Sources:
    """What composing an answer may look up, never outside the user's filters."""

    view: _View
    filters: Filters

    def document(self, id: str) -> Document:
        return self.view.document(id)

    def documents(self) -> Sequence[DocumentSummary]:
        every = self.view.reader.documents()
        return [document for document in every if accepts(self.filters, document)] if self.filters else every

    def search(self, text: str, filters: Filters, k: int) -> list[Hit]:
        plan = make_plan(text, (), self.view.known)
        return self.view.retrieve(plan, merged(self.filters, filters), k)
