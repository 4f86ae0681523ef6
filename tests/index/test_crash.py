"""A killed run, a full disk and a second process lose nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import StoreError, StoreLockedError
from assistant.index.store import Store
from eval.index.kill import run
from eval.index.library import agree, index, open_store, search, write

CHECKOUT = Path(__file__).parents[2]


def in_another_process(code: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    preamble = "import sys; from pathlib import Path; from eval.index.library import *\n"
    preamble += "store, folder = open_store(Path(sys.argv[1])), Path(sys.argv[2])\n"
    command = [sys.executable, "-c", preamble + code, *map(str, arguments)]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=120)


def test_runs_killed_at_random_moments_lose_and_double_nothing(tmp_path: Path) -> None:
    outcome = run(tmp_path, kills=5, seed=1)
    assert outcome.faults == ()


def test_what_a_killed_run_left_in_the_engines_is_cleared(store: Store, folder: Path) -> None:
    index(store, folder)
    write(folder, "more.txt", "# 通知", "关于粮食的通知", "关于就业的通知")
    # the engines have the new passages, the manifest does not: killed just before the flip
    code = "import os; from assistant.index.local import LocalWriter as W; add = W.add\n"
    code += "W.add = lambda self, entries: (add(self, entries), entries and os._exit(9))\n"
    assert in_another_process(code + "index(store, folder)", store.directory, folder).returncode == 9
    assert "关于粮食的通知" not in search(store, "粮食通知")
    index(store, folder)
    assert search(store, "关于粮食的通知")[0] == "关于粮食的通知"
    assert agree(store)


def test_what_a_killed_run_had_not_yet_removed_is_removed(store: Store, folder: Path) -> None:
    index(store, folder)
    (folder / "jiangsu.txt").unlink()
    # the manifest is flipped, the engines still hold the old passages
    code = "import os; from assistant.index.local import LocalWriter as W\n"
    code += "W.remove = lambda self, rows: rows and os._exit(9)\n"
    assert in_another_process(code + "index(store, folder)", store.directory, folder).returncode == 9
    assert "城镇新增就业一百二十万人" not in search(store, "就业")
    assert not agree(store)
    index(store, folder)
    assert agree(store)


@pytest.mark.parametrize("part", ["keywords", "vectors"])
def test_a_lost_index_is_made_again_from_the_manifest(store: Store, folder: Path, part: str) -> None:
    index(store, folder)
    (store.directory / part).rename(store.directory / "gone")
    index(store, folder)
    assert agree(store)
    assert search(store, "粮食产量")[0] == "粮食产量稳定"


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of a file")
def test_a_full_disk_gives_one_line_and_loses_nothing(store: Store, folder: Path) -> None:
    index(store, folder)
    for number in range(40):
        write(folder, f"more{number}.txt", f"# 通知{number}", *(f"{number}号{n}条" * 30 for n in range(50)))
    code = "import resource; from assistant.errors import StoreError\n"
    code += "resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))\n"
    code += "try: index(store, folder)\n"
    code += "except StoreError as error: print(error, file=sys.stderr); sys.exit(2)\n"
    run = in_another_process(code, store.directory, folder)
    assert (run.returncode, len(run.stderr.strip().splitlines())) == (2, 1), run.stderr
    assert "make room" in run.stderr
    assert len(store.reader().documents()) == 3
    assert search(store, "粮食产量")[0] == "粮食产量稳定"
    index(store, folder)
    assert len(store.reader().documents()) == 43
    assert agree(store)


def test_a_second_writer_is_told_who_writes(store: Store, folder: Path) -> None:
    index(store, folder)
    code = "from assistant.errors import StoreLockedError\n"
    code += "try: index(store, folder)\nexcept StoreLockedError as error: print(error); sys.exit(2)\n"
    with store.writer():
        second = in_another_process(code, store.directory, folder)
        assert search(store, "粮食产量")[0] == "粮食产量稳定"  # readers go on
    assert (second.returncode, f"process {os.getpid()}" in second.stdout) == (2, True), second.stdout
    assert in_another_process("index(store, folder)", store.directory, folder).returncode == 0


def test_two_writers_in_one_process_exclude_each_other_too(store: Store) -> None:
    other = open_store(store.directory)
    with store.writer(), pytest.raises(StoreLockedError), other.writer():
        pass
    other.close()


def test_a_reader_sees_what_another_process_has_indexed(store: Store, folder: Path) -> None:
    index(store, folder)
    assert search(store, "海洋牧场") == []
    write(folder, "new.txt", "# 通知", "建设海洋牧场")
    assert in_another_process("index(store, folder)", store.directory, folder).returncode == 0
    assert search(store, "海洋牧场") == ["建设海洋牧场"]


def test_an_unwritable_place_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file"):
        open_store(tmp_path / "file" / "store")
