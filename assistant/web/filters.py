"""The limits a user sets: from the page's choices to what the assistant takes, checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..errors import FilterError
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

    def checked(self, catalogue: Catalogue, language: Language) -> Chosen:
        """Return self; raise FilterError for a value that nothing in the store has."""
        years = {str(year) for year in catalogue.years}
        known = [{value for _, value in catalogue.choices[field]} for field in FIELDS]
        years_chosen = (tuple(filter(None, [self.since])), tuple(filter(None, [self.until])))
        for name, values, existing in zip(
            (*FIELDS, "since", "until"), (*self.values, *years_chosen), (*known, years, years), strict=True
        ):
            for value in values:
                if value not in existing:
                    shown = {"name": text(name, language), "value": str(value)[:60]}
                    raise FilterError(text("no_filter_value", language, **shown))
        return self

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
