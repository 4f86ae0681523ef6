"""A small run leaves Chroma alone, and nothing is lost or wrong for that."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from assistant.index import following, manifest
from assistant.index.store import Store
from assistant.index.vectors import VectorIndex
from eval.index.library import agree, index, nearest, open_store, write

CHECKOUT = Path(__file__).parents[2]

ONE_MORE = """
import sys
from pathlib import Path
from eval.index.library import index, open_store
store = open_store(Path(sys.argv[1]))
index(store, Path(sys.argv[2]))
store.close()
print("chromadb" in sys.modules)
"""


def imports_chroma(store: Path, folder: Path) -> bool:
    command = [sys.executable, "-c", ONE_MORE, str(store), str(folder)]
    done = subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, text=True, timeout=120)
    return done.stdout.strip() == "True"


def held(store: Store) -> int:
    vectors = VectorIndex(store.directory / "vectors")
    try:
        return vectors.count()
    finally:
        vectors.close()


def test_a_new_store_has_its_vectors_in_chroma(store: Store, folder: Path) -> None:
    index(store, folder)
    assert held(store) == 5


def test_one_more_and_one_less_do_not_import_chroma_and_are_searched_right(
    store: Store, folder: Path
) -> None:
    index(store, folder)
    write(folder, "new.txt", "# 通知", "建设海洋牧场")
    (folder / "jiangsu.txt").unlink()
    assert not imports_chroma(store.directory, folder)
    assert nearest(store, "建设海洋牧场")[0] == "建设海洋牧场"
    assert "城镇新增就业一百二十万人" not in nearest(store, "就业", k=20)
    assert agree(store)


def test_what_waits_is_given_to_chroma_when_it_is_too_much(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(store, folder)
    monkeypatch.setattr(following, "_WAITING", 3)
    write(folder, "first.txt", "# 通知一", "建设海洋牧场", "发展海水养殖")
    index(store, folder)
    assert held(store) == 5
    write(folder, "second.txt", "# 通知二", "支持远洋渔业", "建造渔港")
    (folder / "jiangsu.txt").unlink()
    index(store, folder)
    assert held(store) == 8
    assert agree(store)


def test_a_strange_hand_at_the_files_of_chroma_is_noticed(store: Store, folder: Path) -> None:
    index(store, folder)
    stranger = VectorIndex(store.directory / "vectors")
    stranger.remove(stranger.rows()[:2])
    stranger.close()
    index(store, folder)
    assert held(store) == 5
    assert agree(store)
    with closing(manifest.connect(store.directory / "manifest.sqlite")) as connection:
        newest = int(store.reader().columns.rows[-1])
        assert following.followed(connection) == newest  # what was lost and came late is no news


def test_a_store_from_before_vectors_could_wait_goes_on(tmp_path: Path, folder: Path) -> None:
    store = open_store(tmp_path / "store")
    index(store, folder)
    with store.writer() as writer:
        writer._manifest.execute("DELETE FROM meta WHERE name LIKE 'vectors_%'")
    store.close()
    store = open_store(tmp_path / "store")
    assert nearest(store, "粮食产量稳定")[0] == "粮食产量稳定"
    write(folder, "new.txt", "# 通知", "建设海洋牧场")
    index(store, folder)
    assert held(store) == 6
    assert agree(store)
    store.close()
