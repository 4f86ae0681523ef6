"""Find provinces, cities and counties in text and say what contains what.

A region is the full path of official names in one string: `浙江省湖州市长兴县`. The list is
`data/places.txt`, made by `assistant/learn/places.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import NamedTuple

from .fold import fold
from .tokens import cut

_MUNICIPALITIES = {"北京市", "天津市", "上海市", "重庆市"}
_DEPTHS = {"省": 1, "市": 2, "州": 2}  # of a place that the list has not
_SHORTEST = 2  # characters of a name that is known without 市 or 县
_TELLS_APART = tuple("大小新东西南北中上下")  # before a name of one character and 县 it makes another
WINDOW = 12  # characters on each side that decide whether a short name is a word of its own


class Place(NamedTuple):
    """A mention of a place: its span in the text and the region it means."""

    start: int
    end: int
    region: str


class Region(NamedTuple):
    """One entry of the list: its path of official names and its short name."""

    path: tuple[str, ...]
    short: str
    listed: bool = True

    @property
    def full(self) -> str:
        """Return the path as one string."""
        return "".join(self.path)

    @property
    def depth(self) -> int:
        """Return 1 for a province, 2 for a prefecture, 3 for a county, a municipality's districts too."""
        if not self.listed:
            return _DEPTHS.get(self.path[-1][-1], 3)
        return 3 if len(self.path) == 2 and self.path[0] in _MUNICIPALITIES else len(self.path)


@dataclass(frozen=True)
class _Gazetteer:
    regions: dict[str, Region] = field(default_factory=dict)  # by full path
    names: dict[str, list[Region]] = field(default_factory=lambda: defaultdict(list))  # by folded name
    weak: set[str] = field(default_factory=set)  # short names that count only beside their full name
    lookup_only: set[str] = field(default_factory=set)
    official: set[str] = field(default_factory=set)
    by_head: dict[str, list[str]] = field(default_factory=dict)  # first two characters -> names to find


@cache
def _gazetteer() -> _Gazetteer:
    made = _Gazetteer()
    strong: set[str] = set()
    path: list[str] = []
    for line in (files(__package__) / "data" / "places.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        level = len(line) - len(line.lstrip("\t"))
        official, *shorts = line.split()
        path[level:] = [official]
        region = Region(tuple(path), next((s.lstrip("~!") for s in shorts), official))
        made.regions[region.full] = region
        made.official.add(fold(official))
        made.names[fold(official)].append(region)
        for name in shorts:
            bare = fold(name.lstrip("~!"))
            made.names[bare].append(region)
            {"~": made.weak, "!": made.lookup_only}.get(name[0], strong).add(bare)
    made.weak.difference_update(strong | made.official)
    made.lookup_only.difference_update(strong | made.weak | made.official)
    heads: dict[str, list[str]] = defaultdict(list)
    for name in made.names:
        if name not in made.lookup_only:
            heads[name[:2]].append(name)
    made.by_head.update({head: sorted(names, key=len, reverse=True) for head, names in heads.items()})
    return made


def know(regions: Iterable[str]) -> None:
    """Find from now on the places of `regions` that the list has not, by their names and without 市 or 县.

    Documents are of places that no list has, and what they are called is known once they are indexed. A
    place of another store does no harm: that a question names it is told all the same.
    """
    gazetteer = _gazetteer()
    for name in {region for region in regions if region and region not in gazetteer.regions}:
        stem = name[:-1] if len(name) > _SHORTEST else name
        region = Region((name,), stem, listed=False)
        gazetteer.regions[name] = region
        for known in {fold(name), fold(stem)}:
            gazetteer.names[known].append(region)
            gazetteer.by_head[known[:2]] = sorted(
                {*gazetteer.by_head.get(known[:2], ()), known}, key=len, reverse=True
            )
        gazetteer.official.add(fold(name))
        find.cache_clear()


@lru_cache(maxsize=8192)
def find(text: str) -> tuple[Place, ...]:
    """Return the places that `text` mentions, in reading order.

    A path written out (浙江省长兴县) is one mention. A name that several places share is resolved by
    the places named around it, and left out where that does not decide. Half-known short names count
    beside their full name or their province or city only.
    """
    folded = fold(text)
    mentions = list(_mentions(folded))
    named = {name for _, name in mentions}
    ends = {start + len(name) for start, name in mentions}
    kept: list[tuple[int, int, list[Region]]] = []
    for start, name in mentions:
        candidates = _gazetteer().names[name]
        end = start + len(name)
        parent = kept[-1] if kept and kept[-1][1] == start else None
        below = [r for r in candidates if parent and any(_is_below(r, p) for p in parent[2])]
        if parent and (below or not candidates[0].listed):
            kept[-1] = (parent[0], end, below or candidates)
        elif name in _gazetteer().weak and not any(fold(r.path[-1]) in named for r in candidates):
            continue
        elif name in _gazetteer().official:
            if start in ends or _is_whole(folded, start, end):
                kept.append((start, end, candidates))
        elif _is_word(folded, start, end):
            kept.append((start, end, candidates))
    settled = [_top(candidates) for _, _, candidates in kept]
    context = [choice for choice in settled if choice]
    places = []
    for start, end, candidates in kept:
        region = _top(candidates) or _nearest(candidates, context)
        if region:
            places.append(Place(start, end, region.full))
    return tuple(places)


def _mentions(folded: str) -> Iterator[tuple[int, str]]:
    by_head = _gazetteer().by_head
    done = 0
    for position, head in enumerate(map("".join, pairwise(folded))):
        if head not in by_head or position < done:
            continue
        for name in by_head[head]:
            if folded.startswith(name, position):
                yield position, name
                done = position + len(name)
                break


def _is_below(region: Region, other: Region) -> bool:
    return len(region.path) > len(other.path) and region.path[: len(other.path)] == other.path


def _top(candidates: list[Region]) -> Region | None:
    # 吉林 is the province before the city; two of one level decide nothing
    highest = min(region.depth for region in candidates)
    top = [region for region in candidates if region.depth == highest]
    return top[0] if len(top) == 1 else None


def _nearest(candidates: list[Region], context: list[Region]) -> Region | None:
    fitting = [r for r in candidates if any(_is_below(r, other) for other in context)]
    return fitting[0] if len(fitting) == 1 else None


def _is_word(folded: str, start: int, end: int) -> bool:
    # no place inside a longer word (长安 in 长安汽车 is one, 南京 in 湖南京剧 is not)
    edges = _edges(folded, start, end)
    return start in edges and end in edges


def _is_whole(folded: str, start: int, end: int) -> bool:
    # no tail of a longer name: 兴县 in 大兴县 and in 南兴县, which no list has
    edges = _edges(folded, start, end)
    if start not in edges and not any(start < edge < end for edge in edges):
        return False
    told_apart = end - start == _SHORTEST and folded[start - 1 : start] in _TELLS_APART
    return not (told_apart and start - 1 in edges)


def _edges(folded: str, start: int, end: int) -> list[int]:
    """Return where the words around [start, end) begin and end."""
    left, right = max(0, start - WINDOW), min(len(folded), end + WINDOW)
    return list(accumulate(map(len, cut(folded[left:right])), initial=left))


def lookup(name: str) -> list[str]:
    """Return the full paths of all places called `name`, the highest level first.

    `name` may be official, short, a province's one-character sign, traditional, or a path of names
    (浙江长兴).
    """
    folded = fold(name.strip())
    gazetteer = _gazetteer()
    found = list(gazetteer.names.get(folded, ()))
    if not found:
        found = [region for region in gazetteer.regions.values() if _is_path(folded, region)]
    return [region.full for region in sorted(found, key=lambda region: region.depth)]


def _is_path(folded: str, region: Region) -> bool:
    # each part of the path may be left out or shortened, save the last
    rest = folded
    for part in region.path[:-1]:
        official, stem = fold(part), fold(_stem(part, region))
        rest = rest.removeprefix(official) if rest.startswith(official) else rest.removeprefix(stem)
    return rest != folded and rest in {fold(region.path[-1]), fold(region.short)}


def _stem(part: str, region: Region) -> str:
    parent = region.path[: region.path.index(part) + 1]
    return _gazetteer().regions["".join(parent)].short


def is_listed(name: str) -> bool:
    """Tell whether the list has a place called `name`, folded."""
    return any(region.listed for region in _gazetteer().names.get(name, ()))


def short(region: str) -> str:
    """Return the short name of the last part of `region`: 长兴 of 浙江省湖州市长兴县."""
    known = _gazetteer().regions.get(region)
    return known.short if known else region


def left_out(text: str, *, unless_in: str = "", gap: str = " ") -> str:
    """Return `text` with a `gap` for each place that it mentions and `unless_in` does not have."""
    for place in reversed(find(text)):
        if text[place.start : place.end] not in unless_in:
            text = text[: place.start] + gap + text[place.end :]
    return text


def contains(region: str, other: str) -> bool:
    """Tell whether `region` is `other` or lies above it."""
    return bool(region) and other.startswith(region)


def suggest(name: str) -> str | None:
    """Return the name of the place that a misspelt `name` most likely means, or None."""
    names = [known for known in _gazetteer().names if abs(len(known) - len(name)) <= 1 and len(known) > 1]
    # one wrong character of three or four; of two-character names any two would be alike
    close = get_close_matches(fold(name), names, n=1, cutoff=0.6)
    return close[0] if close else None


def levels(region: str) -> list[str]:
    """Return the regions on the way down to `region`: 浙江省, 浙江省湖州市, 浙江省湖州市长兴县."""
    known = _gazetteer().regions.get(region)
    if known is None:
        return [region] if region else []
    return ["".join(known.path[: depth + 1]) for depth in range(len(known.path))]


def regions(depth: int) -> list[str]:
    """Return the full paths of all regions down to `depth`: 1 provinces, 2 cities too, 3 counties too."""
    return [full for full, region in _gazetteer().regions.items() if len(region.path) <= depth]
