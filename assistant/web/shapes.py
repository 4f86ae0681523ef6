"""What is wrong with the shape of a request, in the words and the form of every other error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response

_SHOWN = 40  # characters of a value that an error names

# By pydantic's kinds of error: what is wrong, and what to do.
_WRONG = {
    "missing": ("缺少 {field}。", "请补上这个字段。"),
    "extra_forbidden": ("没有名为 {field} 的字段，它的值是 {value}。", "可用的字段见 /api/openapi.json。"),
    "json_invalid": ("请求的内容不是 JSON。", "请检查引号、逗号和编码（UTF-8）。"),
    "greater_than_equal": ("{field} 的值 {value} 太小。", "请写不小于 {ge} 的数。"),
    "less_than_equal": ("{field} 的值 {value} 太大。", "请写不大于 {le} 的数。"),
    "too_long": ("{field} 有 {actual_length} 项，太多了。", "最多 {max_length} 项。"),
    "string_type": ("{field} 的值 {value} 不是文字。", "请写成文字（string）。"),
    "int_type": ("{field} 的值 {value} 不是整数。", "请写成整数（integer）。"),
    "int_parsing": ("{field} 的值 {value} 不是整数。", "请写成整数（integer）。"),
    "list_type": ("{field} 的值 {value} 不是列表。", "请写成列表（array）。"),
}
_OTHERWISE = ("{field} 的值 {value} 不能用。", "应有的写法见 /api/openapi.json（{kind}）。")


async def wrong_shape(request: Request, error: Exception) -> Response:
    """Return a request of the wrong shape as JSON: each wrong field with its value, what to do next."""
    del request  # the signature is the framework's
    assert isinstance(error, RequestValidationError)  # it is registered for no other
    told: dict[str, tuple[str, str]] = {}
    for one in error.errors():
        field = _field(one["loc"])
        told.setdefault(field, _told(field, one))  # of several forms that a field may have the first
    what, advice = ("".join(dict.fromkeys(parts)) for parts in zip(*told.values(), strict=True))
    return JSONResponse({"error": what, "advice": advice}, 422)


def _field(place: tuple[int | str, ...]) -> str:
    """Return the field's own name: before it stands where it is, behind it which form of it."""
    names = [part for part in place[1:] if isinstance(part, str)]
    return names[0] if names else str(place[0])


def _told(field: str, one: Mapping[str, Any]) -> tuple[str, str]:
    shown = repr(one["input"])
    if len(shown) > _SHOWN:
        shown = shown[:_SHOWN] + "……"
    what, advice = _WRONG.get(one["type"], _OTHERWISE)
    known = {**one.get("ctx", {}), "field": field, "value": shown, "kind": one["type"]}
    return what.format(**known), advice.format(**known)
