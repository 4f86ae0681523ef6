"""The command line: `python -m assistant` and `policy-assistant`.

Nothing heavy is imported before a command needs it: `--help` answers in a fifth of a second.
"""

from __future__ import annotations

import os
import signal
import sys
from argparse import Namespace
from typing import TextIO, cast

EXIT_INTERRUPTED = 128 + signal.SIGINT
EXIT_BROKEN_PIPE = 128 + 13  # SIGPIPE, which Windows has not


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code.

    0: done, a refusal included; 1: some item failed, each named on stderr; 2: bad usage or input.
    """
    from .parser import build_parser

    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(cast(TextIO, stream))
    options = build_parser().parse_args(arguments)
    try:
        code = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader, such as `head`, has enough; Python must not complain again when it flushes
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE
    return code


def _run(options: Namespace) -> int:
    from .. import messages
    from ..errors import AssistantError

    try:
        from .commands import COMMANDS

        return COMMANDS[options.command](options)
    except KeyboardInterrupt:
        return _fail(messages.say("interrupted"), EXIT_INTERRUPTED)
    except AssistantError as error:
        return _fail(messages.describe(error), error.exit_code)
    except BrokenPipeError:
        raise
    except OSError as error:
        what = error.strerror or type(error).__name__
        return _fail(messages.say("os", what=what, path=error.filename or "?"), 1)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        return _fail(messages.say("bug", kind=type(error).__name__, message=error), 1)


def _fail(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def _speak_utf8(stream: TextIO) -> None:
    # whatever the locale, and without a carriage return on Windows: `show` prints the text exactly
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
