"""Which documents of a store are in force no longer: repealed by others of it, or past their term.

Nothing is written into such a document: a reader works it out, so a repeal ends with the repealing
document, in whatever order the two came, and a term ends on its day.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date

from ..types import Metadata, Repeal
from ..zh.fold import fold
from ..zh.places import find
from .codec import unpack_metadata

REPEALED, EXPIRED = "已废止", "已失效"

# stores of before have no such tables, and get them from the next writer
SCHEMA = """
CREATE TABLE IF NOT EXISTS names(name TEXT NOT NULL, document INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS name_documents ON names(name, document);
CREATE INDEX IF NOT EXISTS document_names ON names(document);
CREATE TABLE IF NOT EXISTS repeals(document INTEGER NOT NULL, name TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS document_repeals ON repeals(document);
CREATE TABLE IF NOT EXISTS terms(document INTEGER PRIMARY KEY, expires TEXT NOT NULL);
"""

_GIVEN = ("correction", "catalogue", "record")  # what a person says of a document stands
_SIGNS = re.compile(r"[\W_]+")
_COUNTRY = "中华人民共和国"  # laws are named with and without it
_TRIAL = re.compile(r"\s*[(（](?:试行|試行|暂行|暫行)[)）]$")  # follows an edition of the bare name
_ISSUED_WITH = re.compile(r"印发(.{4,})的(?:通知|函|公告)$")


def insert(connection: sqlite3.Connection, key: int, metadata: Metadata) -> None:
    """Note what the document `key` is called, what it repeals and when it expires."""
    connection.executemany(
        "INSERT INTO names VALUES(?, ?)",
        [(name, key) for name in _names(metadata.title, metadata.document_number)],
    )
    connection.executemany(
        "INSERT INTO repeals VALUES(?, ?)",
        {(key, name) for repeal in metadata.repeals for name in _names(repeal.title, repeal.document_number)},
    )

    stands = metadata.validity == REPEALED or metadata.found_in.get("validity") in _GIVEN
    if metadata.expires and not stands:
        connection.execute("INSERT INTO terms VALUES(?, ?)", (key, metadata.expires.isoformat()))


def delete(connection: sqlite3.Connection, key: int) -> None:
    """Forget the document `key`."""
    for table in ("names", "repeals", "terms"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (key,))


def ended(connection: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """Return the keys of the documents in force no longer, each with its validity and why."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'terms'").fetchone():
        return {}
    today = date.today().isoformat()
    expired = connection.execute("SELECT document FROM terms WHERE expires < ?", (today,))
    repealed = {key: (REPEALED, f"repealed by {by}") for key, by in _repealed(connection).items()}
    return {key: (EXPIRED, "term") for (key,) in expired} | repealed


def _repealed(connection: sqlite3.Connection) -> dict[int, str]:
    found: dict[int, str] = {}
    for key, metadata, by, by_metadata in connection.execute(
        "SELECT DISTINCT old.key, old.metadata, new.id, new.metadata FROM repeals"
        " JOIN names USING(name) JOIN documents AS old ON old.key = names.document"
        " JOIN documents AS new ON new.key = repeals.document WHERE old.key <> new.key ORDER BY new.key"
    ):
        target, source = unpack_metadata(metadata)[0], unpack_metadata(by_metadata)[0]
        if key not in found and any(_means(repeal, target, source) for repeal in source.repeals):
            found[key] = by
    return found


def _means(repeal: Repeal, target: Metadata, by: Metadata) -> bool:
    """Tell whether `repeal`, said by the document `by`, means the document `target`."""
    if target.found_in.get("validity") in _GIVEN or (by.effective and by.effective > date.today()):
        return False
    if repeal.document_number and target.document_number:
        return _plain(repeal.document_number) == _plain(target.document_number)
    if not set(_names(repeal.title)) & set(_names(target.title)):
        return False
    if target.issued and repeal.years and target.issued.year not in repeal.years:
        return False
    if target.issued and by.issued and target.issued >= by.issued:
        return False
    if by.region and target.region and not _one_in_the_other(by.region, target.region):
        return False
    if set(_names(target.title)) & {*_names(by.title), *_names(_TRIAL.sub("", by.title))}:
        # an earlier version of the same name, or what is issued with this one: only a date tells
        return bool(target.issued and (by.issued or repeal.years))
    return (
        _plain(repeal.title) == _plain(target.title)
        or bool(find(repeal.title))
        or bool(by.issuer and by.issuer == target.issuer)
        or bool(by.region and by.region == target.region)
    )


def _one_in_the_other(first: str, second: str) -> bool:
    return first.startswith(second) or second.startswith(first)


def _names(title: str, number: str = "") -> list[str]:
    """Return what a document may be called: its number, its title, without issuer, what it issues."""
    return list(dict.fromkeys(name for name in (_plain(number), *_titles(_plain(title))) if name))


def _titles(title: str) -> Iterator[str]:
    yield title
    about = title.find("关于")
    if about > 0:
        yield title[about:]
    if issued := _ISSUED_WITH.search(title):
        yield issued[1]


def _plain(title: str) -> str:
    return _SIGNS.sub("", fold(title)).removeprefix(_COUNTRY)
