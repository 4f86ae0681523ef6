"""`python -m eval.index kill`: kill indexing runs at random moments and look at what is left."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Run one of the measurements; return 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m eval.index", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    kill = commands.add_parser("kill", help="kill indexing runs at random moments")
    kill.add_argument("--kills", type=int, default=100)
    kill.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    from .kill import run

    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), options.kills, options.seed, _tell)
    print(f"{outcome.kills} runs killed, {outcome.midway} of them midway; {len(outcome.faults)} faults")
    for fault in outcome.faults:
        print(f"  {fault}")
    return 1 if outcome.faults else 0


def _tell(killed: int, midway: int, faults: int) -> None:
    print(f"{killed} killed, {midway} midway, {faults} faults", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
