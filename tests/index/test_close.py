"""A store that is closed while somebody reads it ends the reading, not the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# in a process of its own: what went wrong here was no exception
READ_AND_CLOSE = """
import sys
from pathlib import Path
from threading import Thread
from assistant.index.store import Store

def read(store):
    try:
        while True:
            store.generation
    except Exception as error:
        ended.append(type(error).__name__)

for number in range(40):
    store, ended = Store(Path(sys.argv[1]), "none", 8), []
    readers = [Thread(target=read, args=(store,)) for _ in range(4)]
    for reader in readers:
        reader.start()
    store.close()
    for reader in readers:
        reader.join()
    assert len(ended) == 4, ended
"""


def test_reading_on_after_the_end_is_an_error_and_no_crash(tmp_path: Path) -> None:
    command = [sys.executable, "-c", READ_AND_CLOSE, str(tmp_path / "store")]
    subprocess.run(command, check=True, timeout=300)
