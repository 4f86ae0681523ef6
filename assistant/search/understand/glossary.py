"""Names that the field or the desk uses for one thing: 高企 and 高新技术企业.

The field's are in `glossary.txt`. A desk writes its own into `glossary.toml`, in the folder of its store
or beside `policy.toml`: `"高企" = "高新技术企业"`, several names in a list.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ...errors import SettingsError
from ...zh.fold import fold

FILE = "glossary.toml"
_FIELD = Path(__file__).with_name("glossary.txt")
_SYNONYMS = "~"  # opens a line of words that mean the same to every reader: nobody need be told
_BARE_KEY = re.compile(r"^(\s*)([^\s\"'=#\[\]]+)(\s*=)", re.MULTILINE)


class Group(NamedTuple):
    """Equal names, folded; `told`: whether a reader should know that one was taken for another."""

    names: tuple[str, ...]
    told: bool = True


@cache
def _field() -> tuple[Group, ...]:
    lines = _FIELD.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    return tuple(Group(tuple(line.lstrip(_SYNONYMS).split()), line[0] != _SYNONYMS) for line in kept)


def desk_groups(store: Path) -> tuple[Group, ...]:
    """Return the desk's own names, as the files say now.

    Raises SettingsError naming the file and what is wrong with it.
    """
    found: list[Group] = []
    for path in dict.fromkeys((Path(FILE).resolve(), (store / FILE).resolve())):
        try:
            changed = path.stat().st_mtime_ns
        except OSError:
            continue
        found += _read(path, changed)
    return tuple(found)


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> tuple[Group, ...]:
    """Return the groups of a desk's file as it was at a time, a key without quotation marks accepted."""
    try:
        table = tomllib.loads(_BARE_KEY.sub(r'\1"\2"\3', path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"词表 {path} 读不了：{error}。", '每行写作 "高企" = "高新技术企业"。') from None
    groups = []
    for name, others in table.items():
        listed = [others] if isinstance(others, str) else others
        if not (isinstance(listed, list) and listed and all(isinstance(one, str) and one for one in listed)):
            raise SettingsError(
                f"词表 {path} 中 {name!r} 的值 {others!r} 不是名称。",
                '请写作 "高企" = "高新技术企业"，多个名称用 [ ] 列出。',
            )
        groups.append(Group(tuple(fold(one.strip()) for one in (name, *listed))))
    return tuple(groups)


@lru_cache(maxsize=16)
def _spotter(groups: tuple[Group, ...]) -> re.Pattern[str]:
    names = sorted({name for group in groups for name in group.names}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def expansions(text: str, desk: Sequence[Group] = ()) -> tuple[tuple[str, str], ...]:
    """Return (name in the folded `text`, another name of the same thing), every pair once."""
    return tuple((written, other) for written, other, _ in _found(text, tuple(desk)))


def told(text: str, desk: Sequence[Group] = ()) -> tuple[tuple[str, str], ...]:
    """Return those `expansions` of which the reader should know."""
    return tuple((written, other) for written, other, known in _found(text, tuple(desk)) if known)


@lru_cache(maxsize=1024)
def _found(text: str, desk: tuple[Group, ...]) -> tuple[tuple[str, str, bool], ...]:
    groups = (*desk, *_field())
    found: dict[tuple[str, str, bool], None] = {}
    for match in _spotter(groups).finditer(text):
        for group in groups:
            if match.group() in group.names:
                others = (other for other in group.names if other != match.group())
                found |= {(match.group(), other, group.told): None for other in others}
    return tuple(found)
