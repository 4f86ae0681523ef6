"""The only place where the stages meet: `Assistant` opens, indexes, searches and asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Unpack

from .errors import QuestionError, SettingsError
from .filtering import Limits, make_filters
from .index.embed import Embedder, load_embedder
from .index.store import Store
from .settings import Settings
from .types import Answer, Coverage, Document, DocumentSummary, History, Hit, IndexReport

if TYPE_CHECKING:
    from threading import Event

    from .answer.model.endpoint import OpenAICompatible
    from .asking import View
    from .indexing import Progress
    from .search.rank import Reranker


class Assistant:
    """The documents of one store, to be indexed, searched and asked. Safe for reading threads."""

    def __init__(self, settings: Settings, store: Store, embedder: Embedder) -> None:
        """Use `Assistant.open`, which makes the parts."""
        self.settings = settings
        self.store = settings.store
        self._store = store
        self._embedder = embedder
        self._view: View | None = None

    @classmethod
    def open(
        cls,
        store: Path | str | None = None,
        settings: Settings | None = None,
        *,
        create: bool = True,
        rebuild: bool = False,
    ) -> Assistant:
        """Return an assistant over the store in the folder `store`, made if missing.

        Without `create` a missing one is a UsageError. With `rebuild` a store that this version or
        model cannot use is set aside first. Raises SettingsError, ModelError, StoreVersionError,
        StoreCorruptError or StoreError.
        """
        settings = settings or Settings.load()
        if store is not None:
            settings = settings.model_copy(update={"store": Path(store)})
        if not create:
            Store.require(settings.store)
        embedder = load_embedder(settings.embedding)
        if rebuild:
            Store.set_aside_unusable(settings.store, embedder.name)
        return cls._over(settings, embedder)

    @classmethod
    def open_all(cls, stores: Mapping[str, Path], settings: Settings) -> dict[str, Assistant]:
        """Return an assistant over each of several stores, all with one model in memory.

        Raises what `open` raises.
        """
        embedder = load_embedder(settings.embedding)
        return {
            name: cls._over(settings.model_copy(update={"store": path}), embedder)
            for name, path in stores.items()
        }

    @classmethod
    def _over(cls, settings: Settings, embedder: Embedder) -> Assistant:
        return cls(settings, Store(settings.store, embedder.name, embedder.dimensions), embedder)

    def without_model(self) -> Assistant:
        """Return an assistant over the same store whose answers no language model writes."""
        plain = Assistant(self.settings.model_copy(update={"llm_url": ""}), self._store, self._embedder)
        plain._view = self._view
        return plain

    def index(
        self, paths: Iterable[Path | str], *, rebuild: bool = False, progress: Progress | None = None
    ) -> IndexReport:
        """Bring the store up to date with files and folders, and tell how each file ended.

        What is unchanged costs nothing, what is gone is removed; with `rebuild` every file is read
        again, and the files of a path that is gone itself are removed. Raises UsageError for a path
        that does not exist, StoreLockedError when another process writes.
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
        return view.retrieve(view.plan(self._checked(question)), filters, k)

    def ask(self, question: str, history: History = (), **limits: Unpack[Limits]) -> Answer:
        """Return the answer to a question, every statement of it cited, or a refusal.

        Raises QuestionError for an empty or over-long question, FilterError for a value that
        nothing in the store has.
        """
        *_, answer = self.ask_stream(question, history, **limits)
        return answer

    def ask_stream(
        self,
        question: str,
        history: History = (),
        *,
        stop: Event | None = None,
        in_english: bool = False,
        **limits: Unpack[Limits],
    ) -> Iterator[Answer]:
        """Yield the growing answer; the last one is what `ask` returns.

        A refusal of an English question is told in English, with `in_english` that of any question.
        A model that is still writing when `stop` is set is cut off: raises AnswerStoppedError then.
        """
        started = perf_counter()
        view = self._now()
        filters = make_filters(view.reader, **limits)
        model = self._model.until(stop) if self._model and stop else self._model
        plan = view.plan(self._checked(question), history, model)
        plan = replace(plan, told_in_english=plan.told_in_english or in_english)
        for grown in view.answers(plan, filters, model):
            yield replace(grown, seconds=perf_counter() - started)

    def documents(self, **limits: Unpack[Limits]) -> Sequence[DocumentSummary]:
        """Return the documents of the store without their texts.

        Raises FilterError for a value that nothing in the store has.
        """
        view = self._now()
        filters = make_filters(view.reader, **limits)
        return view.within(filters).documents()

    def undated_notice(self, **limits: Unpack[Limits]) -> str:
        """Return which documents a limit by day leaves out as nothing dates them; empty where none.

        Answers carry it among their notices. Raises FilterError for a value that nothing in the store has.
        """
        view = self._now()
        return view.undated_notice(make_filters(view.reader, **limits))

    def document(self, id: str) -> Document:
        """Return one document with its text. Raises DocumentNotFoundError."""
        return self._now().document(id)

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
    def _model(self) -> OpenAICompatible | None:
        settings = self.settings
        if not settings.llm_url:
            return None
        if not settings.llm_model:
            raise SettingsError(
                f"设置了 llm_url = {settings.llm_url!r}，却没有 llm_model。", "请写明模型的名称，如 qwen2.5。"
            )
        from .answer.model.endpoint import OpenAICompatible

        return OpenAICompatible(settings.llm_url, settings.llm_model, settings.llm_key.get_secret_value())

    @cached_property
    def _reranker(self) -> Reranker | None:
        if not self.settings.reranker:
            return None
        from .index.cross_encoder import load_reranker

        return load_reranker(self.settings.reranker)

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

    def _now(self) -> View:
        """Return the newest state of the store; a whole question is answered on one state."""
        from .asking import View
        from .search.rank import Weights

        weights = Weights(dense=self.settings.dense_weight)
        reader = self._store.reader()
        self._view = View.newest(
            self._view,
            self.store,
            reader,
            self._embedder,
            weights,
            self._reranker,
            self.settings.learnt_ranking,
        )
        return self._view
