"""Count which characters follow which, for the repair of damaged text.

    python -m assistant.learn.characters DATA

Reads the news, the law articles and the work reports under DATA (docs/repair.md names their
licences) and writes `assistant/ingest/repair/characters.npz`. Every tenth text of each source is left
out: the repair is measured on those.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .texts import read_texts

TARGET = Path(__file__).parents[1] / "ingest" / "repair" / "characters.npz"
SOURCES = {"law", "news", "report"}
FEWEST = {1: 1, 2: 4, 3: 8}  # what is seen less often says no more than its parts do
HELD_OUT = 10
SCALE = 12.0  # log counts in steps of 1/12: 255 steps reach e^21, more than any count
BITS = 21  # of a code point in a key


def texts(data: Path, *, held_out: bool = False) -> Iterator[str]:
    """Yield the folded texts to learn from, or those held out."""
    seen: Counter[str] = Counter()
    for text in read_texts(data):
        if text.source in SOURCES:
            if (seen[text.source] % HELD_OUT == 0) == held_out:
                yield text.body
            seen[text.source] += 1


def main(data: Path) -> None:
    """Count, prune and write the table."""
    whole = "\n" + "\n".join(texts(data)) + "\n"
    codes = np.frombuffer(whole.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    keys = codes
    tables: dict[str, NDArray[np.uint8] | NDArray[np.uint64]] = {}
    for length, fewest in FEWEST.items():
        if length > 1:
            keys = (keys[:-1] << np.uint64(BITS)) | codes[length - 1 :]
        found, counts = np.unique(keys, return_counts=True)
        kept = counts >= fewest
        # differences of sorted keys compress to half
        tables[f"keys{length}"] = np.diff(found[kept], prepend=np.uint64(0))
        tables[f"logs{length}"] = np.round(np.log(counts[kept]) * SCALE).astype(np.uint8)
    np.savez_compressed(TARGET, allow_pickle=False, **tables)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
