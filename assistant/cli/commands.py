"""What each command does: call `Assistant`, present what comes back."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..console import print_table, progress
from ..core import Assistant
from ..errors import StoreError, UsageError
from ..messages import say
from ..plain import answer_text, hit_text, visible
from ..present import answer_json, document_json, hit_json
from ..settings import Settings
from ..types import FileResult, IndexReport, Status

_CORPUS = Path(__file__).parents[2] / "corpus"  # of a checkout; an installed package has none
_FILTERS = ("region", "document", "since", "until", "kind", "validity")
_STATUS = {"indexed": "已索引", "removed": "已移除", "skipped": "略过"}


def index(options: Namespace) -> int:
    """Index files and folders; name each that failed."""
    paths = options.paths or ([_CORPUS] if _CORPUS.is_dir() else [])
    if not paths:
        raise UsageError(say("index.nothing"))
    opened = _assistant(options, create=True, rebuild=options.rebuild)
    with opened as assistant, progress(say("index.progress")) as report:
        result = assistant.index(paths, progress=report, rebuild=options.rebuild)
    _print_report(result)
    return 1 if result.count("failed") else 0


def _print_report(report: IndexReport) -> None:
    for result in report.files:
        if result.status in _STATUS:
            print(_file_line(result))
    for result in report.failures():
        print(say("index.failed", path=result.path, reason=result.reason), file=sys.stderr)
    statuses = ("indexed", "unchanged", "skipped", "removed", "failed")
    counts = {status: report.count(status) for status in statuses}
    print(say("index.done", **counts, seconds=report.seconds), file=sys.stderr)


def _file_line(result: FileResult) -> str:
    line = f"{_STATUS[result.status]} {result.path}"
    if result.status == "indexed":
        line += f"：{result.passages} 个段落，{result.repairs} 处修复"
    return line + (f"（{result.reason}）" if result.reason else "")


def search(options: Namespace) -> int:
    """Print the passages nearest to a question."""
    with _assistant(options) as assistant:
        _need_documents(assistant)
        hits = assistant.search(options.question, k=options.k, **_filters(options))
        _tell_undated(assistant, options)
    if options.json:
        _print_json([hit_json(hit) for hit in hits])
    elif not hits:
        print(say("search.none"))
    else:
        print("\n\n".join(map(hit_text, hits)))
    return 0


def ask(options: Namespace) -> int:
    """Print the answer to a question, and what it stands on."""
    with _assistant(options) as assistant:
        _need_documents(assistant)
        answer = assistant.ask(options.question, **_filters(options))
    if options.json:
        _print_json(answer_json(answer))
    else:
        print(answer_text(answer))
    return 1 if answer.status is Status.ERROR else 0


def batch(options: Namespace) -> int:
    """Answer a file of questions."""
    from ..batch import run_batch

    with _assistant(options) as assistant:
        _need_documents(assistant)
        _tell_undated(assistant, options)  # a limit that cannot be used ends the run before its first row
        return run_batch(
            assistant,
            options.input,
            options.output,
            column=options.column,
            filters=_filters(options),
            overwrite=options.overwrite,
        )


def documents(options: Namespace) -> int:
    """List the documents of the store."""
    with _assistant(options) as assistant:
        found = assistant.documents(**_filters(options))
        _tell_undated(assistant, options)
    if options.json:
        _print_json([document_json(document) for document in found])
        return 0
    rows = [
        (
            document.id,
            document.title,
            document.metadata.region,
            str(document.metadata.issued or ""),
            document.metadata.kind,
            document.metadata.validity,
        )
        for document in found
    ]
    print_table(("id", "标题", "地区", "日期", "类别", "效力"), rows)
    return 0


def show(options: Namespace) -> int:
    """Print the readable text of a document exactly, or what was repaired in it."""
    with _assistant(options) as assistant:
        document = assistant.document(options.document)
    if not options.repairs:
        sys.stdout.write(document.text)
    elif not document.repairs:
        print(say("repairs.none"))
    else:
        rows = [
            (f"{repair.start}-{repair.end}", repair.kind, visible(repair.before), visible(repair.after),
             repair.reason)
            for repair in document.repairs
        ]  # fmt: skip
        print_table(("位置", "类别", "原文", "修复为", "理由"), rows)
    return 0


def serve(options: Namespace) -> int:
    """Serve the chat until it is stopped."""
    from ..web import serve as serve_chat

    settings = Settings.load(store=options.store, host=options.host, port=options.port)
    if options.store:  # a store that is named here is served alone
        settings = settings.model_copy(update={"stores": {}})
    serve_chat(settings)
    return 0


def tune(options: Namespace) -> int:
    """Learn from a desk's own questions, or take the last tuning back."""
    from .tuning import run_tune, run_undo

    settings = Settings.load(store=options.store)
    return run_undo(settings) if options.undo else run_tune(options.file, settings)


def feedback(options: Namespace) -> int:
    """Print the feedback of the chat's users as candidates for a gold set, one JSON object a line."""
    from ..web.records import feedback_candidates, records_path

    path = records_path(Settings.load(store=options.store))
    if not path.exists():
        raise UsageError(say("feedback.none", path=path))
    for candidate in feedback_candidates(path):
        print(json.dumps(candidate, ensure_ascii=False))
    return 0


def doctor(options: Namespace) -> int:
    """Check the installation and the store."""
    from .doctor import run_doctor

    return run_doctor(Settings.load(store=options.store))


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    command.__name__: command
    for command in (index, search, ask, batch, documents, show, serve, tune, feedback, doctor)
}


@contextmanager
def _assistant(options: Namespace, *, create: bool = False, rebuild: bool = False) -> Iterator[Assistant]:
    settings = Settings.load(store=options.store)
    assistant = Assistant.open(settings=settings, create=create, rebuild=rebuild)
    try:
        yield assistant
    finally:
        assistant.close()


def _need_documents(assistant: Assistant) -> None:
    if not assistant.documents():
        raise StoreError(say("empty", store=assistant.store))


def _tell_undated(assistant: Assistant, options: Namespace) -> None:
    if notice := assistant.undated_notice(**_filters(options)):
        print(say("undated", notice=notice), file=sys.stderr)


def _filters(options: Namespace) -> dict[str, Any]:
    return {name: getattr(options, name) for name in _FILTERS}


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
