"""The document list shows what there is, finds in all of it, and stays readable when there is much."""

from __future__ import annotations

import re

from assistant import Assistant
from assistant.web.catalogue import COLUMNS, Catalogue, document_table


def titles(table: str) -> list[str]:
    return re.findall(r'<a class="open"[^>]*>([^<]*)</a>', table)


def test_every_document_is_listed_with_the_columns_that_something_fills(assistant: Assistant) -> None:
    catalogue = Catalogue.of(assistant)
    table = document_table(catalogue, "zh")
    assert titles(table) == [document.title for document in catalogue.documents]
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
    for shown, region in catalogue.choices["region"]:
        holders = [document for document in catalogue.documents if region in document.regions]
        assert shown == f"{region}（{len(holders)}）"
        assert holders
