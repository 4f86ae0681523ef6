"""What the store holds, as far as understanding a question needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..types import DocumentSummary
from ..zh import places
from ..zh.fold import fold
from .understand.glossary import Group


@dataclass(frozen=True, slots=True)
class Known:
    """Titles and 文号 (folded, without brackets and blanks) to document ids, and all regions."""

    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    regions: frozenset[str] = frozenset()
    # passages, as headings and text, that hold some of the given words, of the given regions first
    texts: Callable[[Sequence[str], Sequence[str]], Sequence[tuple[str, str]]] | None = None
    names: tuple[Group, ...] = ()  # the desk's own

    @classmethod
    def of(
        cls,
        documents: Iterable[DocumentSummary],
        regions: Iterable[str] = (),
        texts: Callable[[Sequence[str], Sequence[str]], Sequence[tuple[str, str]]] | None = None,
        names: tuple[Group, ...] = (),
    ) -> Known:
        """Return what is known of `documents`; `regions` are those of their sections."""
        titles: defaultdict[str, list[str]] = defaultdict(list)
        numbers: defaultdict[str, list[str]] = defaultdict(list)
        held = set(regions)
        for document in documents:
            titles[plain(document.title)].append(document.id)
            if document.metadata.document_number:
                numbers[plain(document.metadata.document_number)].append(document.id)
            if document.metadata.region:
                held.add(document.metadata.region)
        places.know(held)
        return cls(
            {title: tuple(ids) for title, ids in titles.items() if title},
            {number: tuple(ids) for number, ids in numbers.items()},
            frozenset(held),
            texts,
            names,
        )

    def writes(self, name: str) -> bool:
        """Tell whether a text of the store has `name` as it stands."""
        name = fold(name)
        found = self.texts((name,), ()) if self.texts else ()
        return any(name in fold(f"{headings} {text}") for headings, text in found)

    def only_about(self, regions: Sequence[str]) -> bool:
        """Tell whether the store speaks of no place but `regions` and those above or within them."""
        return all(
            any(places.contains(one, other) or places.contains(other, one) for one in regions)
            for other in self.regions
        )

    def named(self, title: str) -> tuple[str, ...]:
        """Return the ids of the documents that `title` names: equal, else the one that contains it."""
        wanted = plain(title)
        if not wanted:
            return ()
        if wanted in self.titles:
            return self.titles[wanted]
        # 《产业目录》 may stand for 《长兴县产业目录(2021年版)》, but two letters name nothing
        found = [ids for known, ids in self.titles.items() if len(wanted) >= 4 and wanted in known]
        return found[0] if len(found) == 1 else ()

    def mentioned(self, question: str) -> tuple[str, ...]:
        """Return the ids of the documents whose whole title stands in `question`."""
        asked = plain(question)
        found = [title for title in self.titles if len(title) >= 6 and title in asked]
        longest = max(found, key=len, default="")
        return self.titles.get(longest, ())


def plain(title: str) -> str:
    """Return `title` folded, without brackets, quotation marks and blanks."""
    return "".join(c for c in fold(title) if c not in " 《》<>“”‘’\"'()[]、,.:·\n\t")
