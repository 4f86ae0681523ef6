"""The commands and their options."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

PROGRAM = "policy-assistant"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        from ..messages import say

        print(say("usage", message=message, program=self.prog), file=sys.stderr)
        self.exit(2)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(
        prog=PROGRAM,
        description="中文政策文件问答 Questions and cited answers over Chinese policy documents.",
        parents=[_store()],
    )
    parser.set_defaults(store=None)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, summary: str, *parents: _Parser) -> _Parser:
        return commands.add_parser(name, help=summary, description=summary, parents=[_store(), *parents])

    _add_questions(command)
    _add_upkeep(command)
    return parser


def _add_questions(command: Callable[..., _Parser]) -> None:
    search = command("search", "检索原文 find passages", _filters(), _json())
    search.add_argument("question", metavar="QUESTION")
    search.add_argument("-k", type=_positive, default=10, metavar="N", help="how many (default: 10)")

    ask = command("ask", "提问 answer a question, with citations", _filters(), _json())
    ask.add_argument("question", metavar="QUESTION")

    batch = command("batch", "批量提问 answer a file of questions", _filters())
    batch.add_argument("input", type=Path, metavar="INPUT", help="xlsx, csv, jsonl or txt")
    batch.add_argument("-o", "--output", type=Path, required=True, help="xlsx, csv or jsonl")
    batch.add_argument("--column", metavar="NAME", help="问题所在的列 the column of the questions")
    batch.add_argument(
        "--overwrite", action="store_true", help="覆盖已有的输出文件 replace an output that is there already"
    )

    command("documents", "列出文件 list the documents", _filters(), _json())


def _add_upkeep(command: Callable[..., _Parser]) -> None:
    index = command("index", "为文件建立索引 index files and folders")
    index.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="(default: corpus/)")
    index.add_argument(
        "--rebuild",
        action="store_true",
        help="重新读取每个文件；已不存在的 PATH，其文件从库中移除 "
        "read every file again, remove the files of a PATH that is gone; set an unusable store aside",
    )

    show = command("show", "显示可读文本 print the readable text of a document")
    show.add_argument("document", metavar="DOCUMENT", help="its id, as `documents` lists it")
    show.add_argument("--repairs", action="store_true", help="列出修复之处 list what was repaired instead")

    serve = command("serve", "启动网页 serve the chat")
    serve.add_argument("--host", help="(default: 127.0.0.1)")
    serve.add_argument("--port", type=int, help="(default: 7860)")

    tune = command("tune", "用本单位的问题训练 learn from questions with known passages")
    choice = tune.add_mutually_exclusive_group(required=True)
    choice.add_argument("file", nargs="?", type=Path, metavar="FILE", help="jsonl of questions")
    choice.add_argument("--undo", action="store_true", help="撤销 take the last tuning back")

    feedback = command("feedback", "网页上的反馈 what users thought of the answers")
    feedback.add_argument(
        "action", choices=["export"], help="作为评测题草稿 as candidates for a gold set, jsonl"
    )

    command("doctor", "检查环境与文件库 check the installation and the store")


def _store() -> _Parser:
    store = _Parser(add_help=False)
    store.add_argument(
        "--store",
        type=Path,
        metavar="DIR",
        default=argparse.SUPPRESS,  # given before or after the command, the other does not undo it
        help="文件库所在文件夹 where the index lies (default: the user's data folder)",
    )
    return store


def _filters() -> _Parser:
    filters = _Parser(add_help=False)
    group = filters.add_argument_group("筛选 filters")
    group.add_argument("--region", action="append", help="地区 (repeatable)")
    group.add_argument("--document", action="append", help="文件 id (repeatable)")
    group.add_argument("--kind", action="append", help="类别，如 方案、报告 (repeatable)")
    group.add_argument("--validity", action="append", help="效力，如 现行 (repeatable)")
    group.add_argument("--since", metavar="DATE", help="此日及以后 as 2024, 2024-05 or 2024-05-01")
    group.add_argument("--until", metavar="DATE", help="此日及以前")
    return filters


def _json() -> _Parser:
    parser = _Parser(add_help=False)
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} 不是正整数 is not a positive number")
    return int(text)
