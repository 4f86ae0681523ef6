"""A store of another version or model, or a damaged one, gives one clear line and stays as it is."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import StoreCorruptError, StoreError, StoreVersionError
from assistant.index.store import Store
from eval.index.library import agree, index, open_store, search


def files(directory: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in directory.rglob("*.sqlite")}


def test_another_model_is_refused_by_name(store: Store, folder: Path) -> None:
    index(store, folder)
    with pytest.raises(StoreVersionError, match=r"hashed-tokens-1.*other-model.*--rebuild"):
        open_store(store.directory, "other-model")
    assert search(store, "粮食产量")[0] == "粮食产量稳定"


def test_an_empty_store_takes_any_model(tmp_path: Path, folder: Path) -> None:
    open_store(tmp_path / "store", "other-model").close()
    store = open_store(tmp_path / "store")
    index(store, folder)
    store.close()
    open_store(tmp_path / "store").close()


def test_another_version_is_refused_by_name(store: Store, folder: Path) -> None:
    index(store, folder)
    with closing(sqlite3.connect(store.directory / "manifest.sqlite")) as manifest:
        manifest.execute("UPDATE meta SET value = '0.9' WHERE name = 'version'")
        manifest.commit()
    with pytest.raises(StoreVersionError, match=r"0\.9.*--rebuild"):
        open_store(store.directory)


def test_a_damaged_manifest_is_named_and_left_alone(tmp_path: Path, folder: Path) -> None:
    store = open_store(tmp_path / "store")
    index(store, folder)
    store.close()
    path = tmp_path / "store" / "manifest.sqlite"
    damage = b"this is no database, it is a letter " * 100
    path.write_bytes(damage)
    with pytest.raises(StoreCorruptError, match="--rebuild"):
        open_store(tmp_path / "store")
    assert path.read_bytes() == damage


@pytest.mark.parametrize(("part", "mode"), [("", 0o500), ("keywords", 0)])
def test_a_store_that_may_not_be_written_is_not_called_damaged(
    store: Store, folder: Path, part: str, mode: int
) -> None:
    index(store, folder)
    directory = store.directory
    store.close()
    (directory / part).chmod(mode)
    try:
        if os.access(directory / part, os.W_OK):
            pytest.skip("no folder is closed to root")
        with pytest.raises(StoreError, match="权限") as raised:
            open_store(directory).reader()
    finally:
        (directory / part).chmod(0o700)
    assert not isinstance(raised.value, StoreCorruptError)


def test_a_manifest_that_cannot_be_opened_is_not_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "store" / "manifest.sqlite").mkdir(parents=True)
    with pytest.raises(StoreError, match="权限") as raised:
        open_store(tmp_path / "store")
    assert not isinstance(raised.value, StoreCorruptError)


def test_an_emptied_manifest_is_named(tmp_path: Path, folder: Path) -> None:
    store = open_store(tmp_path / "store")
    index(store, folder)
    store.close()
    (tmp_path / "store" / "manifest.sqlite").write_bytes(b"")
    with pytest.raises(StoreCorruptError, match="--rebuild"):
        open_store(tmp_path / "store")


def test_a_manifest_damaged_inside_is_named_when_it_is_read(tmp_path: Path, folder: Path) -> None:
    store = open_store(tmp_path / "store")
    index(store, folder)
    store.close()
    path = tmp_path / "store" / "manifest.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(StoreCorruptError, match="--rebuild"):
        open_store(tmp_path / "store").reader()


def test_a_keyword_index_that_lacks_passages_is_named_and_mended(store: Store, folder: Path) -> None:
    index(store, folder)
    directory = store.directory
    store.close()
    (directory / "keywords").rename(directory / "elsewhere")
    reopened = open_store(directory)
    with pytest.raises(StoreCorruptError, match="lacks 5 passages"):
        reopened.reader()
    index(reopened, folder)
    assert agree(reopened)
    reopened.close()


@pytest.mark.parametrize(("part", "file"), [("keywords", "meta.json"), ("vectors", "chroma.sqlite3")])
def test_a_damaged_index_is_set_aside_and_made_again(
    store: Store, folder: Path, part: str, file: str
) -> None:
    index(store, folder)
    directory = store.directory
    store.close()
    (directory / part / file).write_bytes(b"not what it was" * 400)
    reopened = open_store(directory)
    if part == "keywords":
        with pytest.raises(StoreError, match="`index`"):
            reopened.reader()
    index(reopened, folder)
    assert agree(reopened)
    assert (directory / f"{part}.bad1").is_dir()
    reopened.close()
