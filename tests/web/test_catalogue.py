"""The document list shows what there is, finds in all of it, and stays readable when there is much."""

from __future__ import annotations

import re

import pytest

from assistant import Assistant
from assistant.types import Hit
from assistant.web.catalogue import COLUMNS, Catalogue, document_table


def titles(table: str) -> list[str]:
    return re.findall(r'<a class="open"[^>]*>([^<]*)</a>', table)


def test_every_document_is_listed_with_the_columns_that_something_fills(assistant: Assistant) -> None:
    catalogue = Catalogue.of(assistant)
    table = document_table(catalogue, "zh")
    assert titles(table) == [document.title for document in assistant.documents()]
    assert 1 < table.count("<th ") < len(COLUMNS)


def test_a_long_list_is_cut_and_says_so(assistant: Assistant) -> None:
    catalogue = Catalogue.of(assistant)
    table = document_table(catalogue, "zh", limit=2)
    assert len(titles(table)) == 2
    assert f"共 {len(catalogue.documents)} 份文件，列出前 2 份" in table


def test_words_are_found_in_all_documents_in_either_script(assistant: Assistant) -> None:
    catalogue = Catalogue.of(assistant)
    (found,) = titles(document_table(catalogue, "zh", "长兴 產業", limit=1))
    assert "長興" in found or "长兴" in found
    assert titles(document_table(catalogue, "zh", "没有这种文件")) == []


def test_the_choices_are_the_values_that_exist_with_their_numbers(assistant: Assistant) -> None:
    catalogue = Catalogue.of(assistant)
    regions = catalogue.choices("region", "zh")
    for shown, region in regions:
        inside = sum(count for part, count in assistant.regions().items() if part.startswith(region))
        assert shown == f"{region}（{inside} 段）"
        assert inside
    assert {region for _, region in regions} == set(filter(None, assistant.regions()))
    for shown, kind in catalogue.choices("kind", "zh"):
        assert shown == f"{kind}（{len(assistant.documents(kind=kind))} 份）"
    for shown, document in catalogue.choices("document", "zh"):
        assert shown.endswith(f"（{len(passages_of(assistant, document))} 段）")


def passages_of(assistant: Assistant, document: str) -> list[Hit]:
    return assistant.search("发展", 1000, document=document)


@pytest.mark.parametrize("bound", ["since", "until"])
def test_a_year_says_how_many_documents_it_leaves(assistant: Assistant, bound: str) -> None:
    (_, nothing), *years = Catalogue.of(assistant).year_choices(bound, "zh")
    assert nothing == ""
    assert years
    for shown, year in years:
        day = f"{year}-01-01" if bound == "since" else f"{year}-12-31"
        left = [d for d in assistant.documents(**{bound: day}) if d.metadata.issued]
        assert shown == f"{year}（{len(left)} 份）"


def test_a_document_about_many_regions_names_some_and_counts_all(assistant: Assistant) -> None:
    table = document_table(Catalogue.of(assistant), "zh")
    many = max(assistant.documents(), key=lambda document: len(document.regions))
    count = len(list(filter(None, many.regions)))
    assert f"等 {count} 地</td>" in table
