"""Run the command line as a user does: in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-m", "assistant"]


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command and return how it ended."""
    import os

    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        timeout=120,
    )
