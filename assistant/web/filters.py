"""The limits a user sets: from the page's choices to what the assistant takes, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from ..errors import FilterError
from .catalogue import Catalogue, Choice
from .texts import Language, text


class FilterArguments(TypedDict, total=False):
    """The filters as keyword arguments of `Assistant.ask`."""

    region: tuple[str, ...]
    document: tuple[str, ...]
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen in the page's filter bar; empty fields do not limit."""

    regions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since: str = ""  # a year
    until: str = ""

    def arguments(self) -> FilterArguments:
        """Return the filters as `Assistant.ask` takes them."""
        arguments = FilterArguments()
        if self.regions:
            arguments["region"] = self.regions
        if self.documents:
            arguments["document"] = self.documents
        if self.since:
            arguments["since"] = f"{self.since}-01-01"
        if self.until:
            arguments["until"] = f"{self.until}-12-31"
        return arguments

    def checked(self, catalogue: Catalogue, language: Language) -> Chosen:
        """Return self; raise FilterError for a value that nothing in the store has."""
        years = [str(year) for year in catalogue.years]
        for name, values, known in (
            ("region", self.regions, _values(catalogue.regions)),
            ("document", self.documents, _values(catalogue.titles)),
            ("since", [self.since] if self.since else [], years),
            ("until", [self.until] if self.until else [], years),
        ):
            for value in values:
                if value not in known:
                    message = text(
                        "no_filter_value", language, name=text(name, language), value=str(value)[:60]
                    )
                    raise FilterError(message)
        return self

    def words(self, catalogue: Catalogue, language: Language) -> str:
        """Return the active filters in words, empty when none is set."""
        parts = [*self.regions, *map(catalogue.title_of, self.documents)]
        if self.since:
            parts.append(f"{text('since', language)} {self.since}")
        if self.until:
            parts.append(f"{text('until', language)} {self.until}")
        return text("active_filters", language, filters="、".join(parts)) if parts else ""


def chosen(regions: Sequence[str], documents: Sequence[str], since: str | None, until: str | None) -> Chosen:
    """Return what the filter bar holds."""
    return Chosen(tuple(regions or ()), tuple(documents or ()), since or "", until or "")


def _values(choices: Sequence[Choice]) -> set[str]:
    return {value for _, value in choices}
