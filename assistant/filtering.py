"""Filters as users write them, checked against what the store holds."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Protocol, TypedDict

from .errors import FilterError
from .types import DocumentSummary, Filters
from .zh import places
from .zh.dated import Days, days_of

_SHOWN = 12  # values that an error names
_NAMED = 3  # documents without a date that a notice names

_NOTHING = ("\0",)  # no passage has it: two limits that exclude each other


Values = str | Sequence[str] | None  # one value, several, or no limit


class Limits(TypedDict, total=False):
    """The filters of a question as users write them."""

    region: Values
    document: Values
    since: date | str | None
    until: date | str | None
    kind: Values
    validity: Values


class Holdings(Protocol):
    """What a store holds, with the number of passages of each value."""

    def regions(self) -> dict[str, int]:
        """Return the regions."""

    def values(self, field: str) -> dict[str, int]:
        """Return the values of "document", "kind" or "validity"."""


def make_filters(
    holdings: Holdings,
    region: Values = None,
    document: Values = None,
    since: date | str | None = None,
    until: date | str | None = None,
    kind: Values = None,
    validity: Values = None,
) -> Filters:
    """Return the filters that these values mean.

    A region may be named in short (浙江, 长兴). Raises FilterError for a value that nothing in the
    store has, naming the nearest that exist, and for a date that is none.
    """
    first, last = _day("since", since, last=False), _day("until", until, last=True)
    if first and last and first > last:
        raise FilterError(f"起始日期 {first} 晚于截止日期 {last}。", "请对调两个日期。")
    return Filters(
        region=tuple(full for name in _several(region) for full in _regions(name, holdings)),
        document=_known("文件", "document", _several(document), holdings),
        since=first,
        until=last,
        kind=_known("类别", "kind", _several(kind), holdings),
        validity=_known("效力", "validity", _several(validity), holdings),
    )


def merged(outer: Filters, inner: Filters) -> Filters:
    """Return the filters that let through what both let through."""
    return Filters(
        region=_both(outer.region, inner.region, str.startswith),
        document=_both(outer.document, inner.document, str.__eq__),
        since=max(filter(None, (outer.since, inner.since)), default=None),
        until=min(filter(None, (outer.until, inner.until)), default=None),
        kind=_both(outer.kind, inner.kind, str.__eq__),
        validity=_both(outer.validity, inner.validity, str.__eq__),
    )


def accepts(filters: Filters, document: DocumentSummary) -> bool:
    """Tell whether a document, or a section of it, passes the filters."""
    metadata = document.metadata
    regions = document.regions or (metadata.region,)
    return (
        _any(filters.region, lambda wanted: any(region.startswith(wanted) for region in regions))
        and _any(filters.document, document.id.__eq__)
        and _any(filters.kind, metadata.kind.__eq__)
        and _any(filters.validity, metadata.validity.__eq__)
        and (not (filters.since or filters.until) or _reaches(filters, days_of(metadata)))
    )


def undated_notice(filters: Filters, undated: Iterable[DocumentSummary]) -> str:
    """Return how many of the `undated` documents a limit by day leaves out and which; empty where none."""
    if not (filters.since or filters.until):
        return ""
    others = replace(filters, since=None, until=None)
    left_out = [document.title for document in undated if accepts(others, document)]
    if not left_out:
        return ""
    named = "".join(f"《{title}》" for title in left_out[:_NAMED])
    more = "等" if len(left_out) > _NAMED else ""
    return f"{len(left_out)} 份文件没有日期，未列入：{named}{more}。"


def _reaches(filters: Filters, days: Days | None) -> bool:
    """Tell whether a document of these days may be of a day within the limits."""
    return (
        days is not None
        and (filters.since is None or days[1] >= filters.since)
        and (filters.until is None or days[0] <= filters.until)
    )


def _several(value: Values) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2}))?(?:[-/.月](\d{1,2}))?[年月日]?")


def _day(name: str, value: date | str | None, *, last: bool) -> date | None:
    """Return a day; of a year or month (2024, 2024-05, 2024年5月) the first or the `last` one."""
    if value is None or isinstance(value, date):
        return value
    match = _DAY.fullmatch(value.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None  # the pattern has it
        month = month or (12 if last else 1)
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        raise FilterError(
            f"{name} 的值 {value!r} 不是日期。", "请写成 2024、2024-05 或 2024-05-01。"
        ) from None


def _regions(name: str, holdings: Holdings) -> list[str]:
    """Return the regions of the store that `name` means, as a limit: wholes before their parts."""
    existing = holdings.regions()
    meant = [name, *places.lookup(name)]
    found = [full for full in dict.fromkeys(meant) if any(known.startswith(full) for known in existing)]
    if not found:
        short = {places.short(known): count for known, count in existing.items() if known}
        raise _unknown("地区", name, short, holdings)
    return found


def _known(what: str, field: str, values: tuple[str, ...], holdings: Holdings) -> tuple[str, ...]:
    names = holdings.values(field) if values else {}
    for value in values:
        if value not in names:
            raise _unknown(what, value, names, holdings)
    return values


def _unknown(what: str, value: str, existing: dict[str, int], holdings: Holdings) -> FilterError:
    names = [name for name in existing if name]
    near = get_close_matches(value, names, _SHOWN, cutoff=0.4)
    shown = near or sorted(names, key=lambda name: -existing[name])[:_SHOWN]
    if shown:
        advice = f"可用的有：{'、'.join(shown)}{'……' if len(shown) < len(names) else ''}。"
    elif holdings.values("document"):
        advice = f"没有一份文件标明了{what}，请去掉这项筛选 (no document has any; leave that filter out)."
    else:
        advice = "文件库里还没有文件。"
    return FilterError(f"文件库里没有{what} {value!r}。", advice)


def _both(
    outer: tuple[str, ...], inner: tuple[str, ...], lies_in: Callable[[str, str], bool]
) -> tuple[str, ...]:
    if not outer or not inner:
        return outer or inner
    narrower = [value for value in inner if any(lies_in(value, limit) for limit in outer)]
    narrower += [limit for limit in outer if any(lies_in(limit, value) for value in inner)]
    return tuple(dict.fromkeys(narrower)) or _NOTHING


def _any(limits: Iterable[str], passes: Callable[[str], bool]) -> bool:
    limits = tuple(limits)
    return not limits or any(map(passes, limits))
