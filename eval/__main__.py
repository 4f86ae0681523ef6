"""Evaluate the assistant of this checkout: `python -m eval --help`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from . import questions, results
from .report import markdown, terminal
from .results import Run
from .runner import run
from .summary import compare
from .systems import Product, Server, System, open_product

CHECKOUT = Path(__file__).parents[1]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("--set", default="dev", metavar="dev|test|spine|FILE", help="the questions to ask")
    parser.add_argument("--corpus", type=Path, default=CHECKOUT / "corpus", help="the documents")
    parser.add_argument("--url", help="ask a running server instead")
    parser.add_argument("--out", type=Path, default=CHECKOUT / "out" / "eval", help="results and stores")
    parser.add_argument("--report", type=Path, metavar="DIR", help="write report.html and report.md there")
    parser.add_argument("--compare", type=Path, metavar="RUN", help="an earlier results file")
    parser.add_argument("--fresh", action="store_true", help="ask everything again")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one evaluation and print it; 0 done, 2 where an input cannot be used."""
    options = _parser().parse_args(arguments)
    os.chdir(CHECKOUT)  # the head names files of the checkout
    try:
        made = _evaluate(options)
        changes = compare(results.read(options.compare), made) if options.compare else []
    except (ValueError, OSError) as error:
        print(f"eval: {error}", file=sys.stderr)
        return 2
    console = Console()
    terminal.show(made, console)
    if options.compare:
        terminal.show_changes(changes, console)
    if options.report:
        options.report.mkdir(parents=True, exist_ok=True)
        text = markdown.markdown(made, changes)
        (options.report / f"{made.head['set']}.md").write_text(text, encoding="utf-8")
    return 0


def _evaluate(options: argparse.Namespace) -> Run:
    path = questions.find(options.set)
    listed = questions.load(path)
    assistant = open_product(options.corpus, options.out)
    try:
        system: System = Server(options.url) if options.url else Product(assistant)
        sources = {document.id: assistant.document(document.id).text for document in assistant.documents()}
        head = results.head(system.name, system.settings(), path, options.corpus)
        output = options.out / f"{system.name}-{path.parent.name}-{path.stem}.jsonl"
        if options.fresh:
            output.unlink(missing_ok=True)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(path.stem, total=len(listed))
            return run(system, listed, sources, output, head, lambda done: bar.update(task, completed=done))
    finally:
        assistant.close()


if __name__ == "__main__":
    sys.exit(main())
