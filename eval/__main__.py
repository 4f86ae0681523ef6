"""Evaluate the assistant of this checkout: `python -m eval --help`, `python -m eval retrieval --help`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from assistant.errors import AssistantError
from assistant.settings import Settings

from . import damage, floor, questions, results
from .baselines import BASELINES, baseline
from .judge import Judged
from .metrics.score import Sources
from .nli import Entailed
from .report import markdown, terminal
from .results import Run
from .runner import run
from .summary import compare
from .systems import Product, Server, System, open_product, read_documents

if TYPE_CHECKING:
    from assistant.types import Document

CHECKOUT = Path(__file__).parents[1]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("--set", default="dev", metavar="dev|test|spine|FILE", help="the questions to ask")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="the documents")
    parser.add_argument("--system", default="assistant", choices=("assistant", *BASELINES))
    parser.add_argument("--url", help="ask a running server instead")
    parser.add_argument("--baselines", action="store_true", help="ask every baseline too")
    parser.add_argument("--out", type=Path, default=Path("out/eval"), help="results and stores")
    parser.add_argument("--report", type=Path, metavar="DIR", help="write the reports there")
    parser.add_argument("--compare", type=Path, metavar="RUN", help="an earlier results file")
    parser.add_argument("--fresh", action="store_true", help="ask everything again")
    parser.add_argument("--judge", action="store_true", help="ask the configured language model too")
    parser.add_argument("--nli", type=Path, metavar="FOLDER", help="a local model of inference")
    parser.add_argument("--floor", action="store_true", help="fail below the committed floor")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one evaluation and print it: 0 done, 1 below the floor, 2 where an input cannot be used."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["retrieval"]:
        from .retrieval.__main__ import main as retrieval

        return retrieval(arguments[1:])
    options = _parser().parse_args(arguments)
    os.chdir(CHECKOUT)  # the head of a run names files of the checkout
    console = Console(width=None if sys.stdout.isatty() else 150)
    try:
        made, sources = _evaluate(options)
        others = _run_baselines(options) if options.baselines else []
        changes = compare(results.read(options.compare), made) if options.compare else []
    except (ValueError, OSError, ImportError, AssistantError) as error:
        print(f"eval: {error}", file=sys.stderr)
        return 2
    terminal.show(made, console)
    if others:
        terminal.show_systems([made, *others], console)
    if options.compare:
        terminal.show_changes(changes, console)
    if options.report:
        from .report import html

        table = damage.table([result.question for result in made.results], sources)
        options.report.mkdir(parents=True, exist_ok=True)
        name = f"{made.head['corpus']}-{made.head['set']}"
        text = markdown.markdown(made, others, table, changes)
        (options.report / f"{name}.md").write_text(text, encoding="utf-8")
        (options.report / f"{name}.html").write_text(html.page(made, others, table), encoding="utf-8")
    below = floor.below(made) if options.floor else []
    for line in below:
        print(f"eval: {line}", file=sys.stderr)
    return 1 if below else 0


def _evaluate(options: argparse.Namespace) -> tuple[Run, Sources]:
    path = questions.find(options.set)
    listed = questions.load(path)
    documents = read_documents(options.corpus, options.out)
    sources = {document.id: document.text for document in documents}
    with _opened(options, documents) as opened:
        system = Judged(opened, Settings.load()) if options.judge else opened
        system = Entailed(system, options.nli) if options.nli else system
        head = results.head(system.name, system.settings(), path, options.corpus)
        output = _output(options.out, system.name, path)
        if options.fresh:
            output.unlink(missing_ok=True)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(f"{system.name} {path.stem}", total=len(listed))
            made = run(system, listed, sources, output, head, lambda done: bar.update(task, completed=done))
    return made, sources


@contextmanager
def _opened(options: argparse.Namespace, documents: list[Document]) -> Iterator[System]:
    if options.url:
        yield Server(options.url)
    elif options.system != "assistant":
        yield baseline(options.system, documents, options.corpus)
    else:
        assistant = open_product(options.corpus, options.out)
        try:
            yield Product(assistant)
        finally:
            assistant.close()


def _output(folder: Path, system: str, path: Path) -> Path:
    return folder / f"{system}-{path.parent.name}-{path.stem}.jsonl"


def _run_baselines(options: argparse.Namespace) -> list[Run]:
    """Ask every baseline in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "eval", "--set", options.set, "--corpus", str(options.corpus)]
    command += ["--out", str(options.out)] + ["--fresh"] * options.fresh
    runs = []
    for name in BASELINES:
        subprocess.run([*command, "--system", name], check=True, stdout=subprocess.DEVNULL)
        runs.append(results.read(_output(options.out, name, questions.find(options.set))))
    return runs


if __name__ == "__main__":
    sys.exit(main())
