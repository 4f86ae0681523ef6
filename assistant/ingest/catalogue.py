"""What a person or a record says of a document: it overrides what the text seems to say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..errors import LoadError
from ..zh.places import lookup

FILE_NAME = "catalogue.toml"
_DATES = ("issued", "effective", "expires")
# a record may say it in these words too
_ALIASES = {
    "date": "issued",
    "publish_date": "issued",
    "published": "issued",
    "effective_date": "effective",
    "number": "document_number",
    "status": "validity",
    "category": "kind",
    "publish_time": "issued",
    "pubdate": "issued",
    "expiry_date": "expires",
    "publisher": "issuer",
} | {
    label: name
    for name, labels in {
        "title": "标题 题名 标题名称",
        "issuer": "发文机关 发文机构 发文单位 发布机构 发布机关 发布单位 制定机关 印发机关",
        "document_number": "文号 发文字号 文件编号",
        "issued": "发布日期 成文日期 印发日期 发文日期 公布日期 发布时间",
        "effective": "施行日期 实施日期 生效日期",
        "expires": "失效日期 废止日期 有效期至",
        "region": "地区 区域 行政区划",
        "source": "来源 信息来源",
        "kind": "类型 类别 文种 体裁",
        "validity": "效力 有效性 时效性 效力状态",
    }.items()
    for label in labels.split()
}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """The fields that a catalogue, a record or a correction gives; an empty one says nothing."""

    id: str = ""
    title: str = ""
    document_number: str = ""
    issuer: str = ""
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    region: str = ""
    kind: str = ""
    source: str = ""
    validity: str = ""


_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_NAMES = {field.name for field in fields(CatalogueEntry)}


def read_catalogue(folder: Path) -> dict[str, CatalogueEntry]:
    """Return the entries of the folder's `catalogue.toml` by file path relative to it, or nothing.

    Raises LoadError naming the file and the entry that cannot be understood.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return {}
    entries = {}
    for given in read_toml(path).get("document", []):
        file = given.pop("file", "") if isinstance(given, dict) else ""
        if not file:
            raise LoadError(f"{path}:有一条 [[document]] 没有 file。", "请写明它说的是哪个文件。")
        entries[Path(file).as_posix()] = entry_of(given, f"{path} · {file}")
    return entries


def entry_of(given: Mapping[str, Any], where: str) -> CatalogueEntry:
    """Return the entry that `given` spells out.

    Raises LoadError for an unknown field or a date that is none, naming `where` it stands.
    """
    values: dict[str, Any] = {}
    for key, value in given.items():
        name = _ALIASES.get(key, key)
        if name not in _NAMES:
            raise LoadError(f"{where}:不认识的字段 {key!r}。", f"可用的字段:{'、'.join(sorted(_NAMES))}。")
        values[name] = _date(value, where) if name in _DATES else str(value).strip()
    return CatalogueEntry(**values | {"region": _region(values.get("region", ""))})


def entry_of_record(record: Mapping[str, str]) -> CatalogueEntry:
    """Return what a record's fields say; fields of other names and dates that are none say nothing."""
    values: dict[str, Any] = {}
    for key, value in record.items():
        name = _ALIASES.get(key, key)
        if name in _DATES:
            values[name] = parse_date(value)
        elif name in _NAMES:
            values[name] = value.strip()
    return CatalogueEntry(**values | {"region": _region(values.get("region", ""))})


def parse_date(value: str) -> date | None:
    """Return the date that a string begins with: 2024-05-01, 2024/5/1, 2024.05.01, 2024年5月1日."""
    found = _DATE.match(value.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file. Raises LoadError naming what is wrong with it."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LoadError(f"{path} 读不懂:{error}。", "请改正这个文件后再试。") from error


def _date(value: Any, where: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = parse_date(str(value))
    if found is None:
        raise LoadError(f"{where}:{value!r} 不是日期。", "请写成 2024-05-01。")
    return found


def _region(name: str) -> str:
    """Return the full path of a region named in short, the name itself where none is known."""
    known = lookup(name) if name else []
    return known[0] if known else name
