"""Records, one JSON object a line: `{"id", "title", "text", ...}`, each a document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...errors import LoadError
from ...types import Extract
from .base import Limits, Loaded
from .encoding import decode

_NAMED = 5  # how many bad lines the error names


def load_records(data: bytes, _limits: Limits) -> Iterator[Loaded]:
    """Yield a document for each record.

    Raises LoadError after the last good record when some lines were no records, naming them.
    """
    decoded = decode(data)
    bad: list[str] = []
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _loaded(json.loads(line), number, decoded.encoding)
        except (ValueError, RecursionError) as error:
            bad.append(f"第 {number} 行:{error}")
    if bad:
        raise LoadError(
            f"有 {len(bad)} 行不是记录({';'.join(bad[:_NAMED])}{';…' if len(bad) > _NAMED else ''})。",
            '每行应是一个 JSON 对象,至少有 "text" 字段;其余各行已读取。',
        )


def _loaded(record: Any, number: int, encoding: str) -> Loaded:
    if not isinstance(record, dict):
        raise ValueError("不是 JSON 对象")
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError('缺少 "text"')
    fields = {key: _words(value) for key, value in record.items() if key != "text" and value is not None}
    title = fields.get("title", "")
    return Loaded(
        fields.get("id") or str(number),
        Extract(_clean(text), properties={"title": title} if title else {}, encoding=encoding),
        fields,
    )


def _words(value: Any) -> str:
    if isinstance(value, str):
        return _clean(value)
    return json.dumps(value, ensure_ascii=False)


def _clean(text: str) -> str:
    # JSON can spell half a surrogate pair, which no file and no database can hold
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
