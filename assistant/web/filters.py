"""The limits a user sets: from the page's choices to what the assistant takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from .catalogue import FIELDS, Catalogue
from .texts import Language, text


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen in the page's filter bar; an empty field does not limit."""

    values: tuple[tuple[str, ...], ...] = ((),) * len(FIELDS)  # in the order of FIELDS
    since: str = ""  # a year
    until: str = ""

    @classmethod
    def of(cls, bar: tuple[Any, ...]) -> Chosen:
        """Return what the filter bar holds: one list for each of FIELDS, then the two years."""
        *values, since, until = bar
        return cls(tuple(tuple(value or ()) for value in values), since or "", until or "")

    @classmethod
    def named(cls, options: Iterable[tuple[str, str]]) -> Chosen:
        """Return what the options of an address ask for; a name may come several times."""
        given = list(options)
        last = dict(given)
        values = tuple(tuple(value for name, value in given if name == field and value) for field in FIELDS)
        return cls(values, last.get("since", ""), last.get("until", ""))

    @property
    def bar(self) -> list[Any]:
        """Return what the filter bar has to hold: the opposite of `of`."""
        return [*map(list, self.values), self.since, self.until]

    def arguments(self) -> dict[str, Any]:
        """Return the filters as keyword arguments of `Assistant.ask`."""
        arguments: dict[str, Any] = {
            field: values for field, values in zip(FIELDS, self.values, strict=True) if values
        }
        if self.since:
            arguments["since"] = f"{self.since}-01-01"
        if self.until:
            arguments["until"] = f"{self.until}-12-31"
        return arguments

    def address(self, question: str, store: str = "") -> str:
        """Return the query of the page's address that asks `question` of `store` within these limits."""
        options = [("store", store)] if store else []
        options += [
            (field, value) for field, values in zip(FIELDS, self.values, strict=True) for value in values
        ]
        options += [(name, year) for name, year in (("since", self.since), ("until", self.until)) if year]
        return urlencode([("question", question), *options])

    def words(self, catalogue: Catalogue, language: Language) -> str:
        """Return the active filters in words, empty when none is set."""
        parts = [
            catalogue.title_of(value) if field == "document" else value
            for field, values in zip(FIELDS, self.values, strict=True)
            for value in values
        ]
        for name, year in (("since", self.since), ("until", self.until)):
            if year:
                parts.append(f"{text(name, language)} {year}")
        return text("active_filters", language, filters="、".join(parts)) if parts else ""
