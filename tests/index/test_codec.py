"""What goes into the manifest comes back the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.index.codec import (
    identity,
    pack_document,
    pack_passage,
    unpack_document,
    unpack_passage,
)
from assistant.types import Alignment, Document, Metadata, Passage, Repair, Repeal, Section

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
text = st.text(alphabet="政策□，。\n\t\"'\\𠮷ａa0\x00", max_size=12)
number = st.integers(0, 10**6)
day = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
metadata = st.builds(
    Metadata,
    title=text,
    region=text,
    issued=day,
    effective=day,
    expires=day,
    repeals=st.lists(st.builds(Repeal, text, text, st.lists(number, max_size=2).map(tuple))).map(tuple),
    found_in=st.dictionaries(text, text, max_size=3),
)
sections = st.builds(Section, st.lists(text, max_size=2).map(tuple), number, number, number)
repairs = st.builds(Repair, number, number, number, number, text, text, text, text)
documents = st.builds(
    Document,
    id=text,
    text=text,
    original=text,
    alignment=st.builds(Alignment, st.lists(st.tuples(number, number), min_size=2, max_size=4).map(tuple)),
    metadata=metadata,
    sections=st.lists(sections, max_size=3).map(tuple),
    repairs=st.lists(repairs, max_size=2).map(tuple),
    pages=st.lists(st.tuples(number, text), max_size=2).map(tuple),
    tables=st.lists(st.tuples(number, number), max_size=2).map(tuple),
    path=text,
    names=st.lists(text, max_size=2).map(tuple),
    notices=st.lists(text, max_size=2).map(tuple),
)
passages = st.builds(
    Passage,
    id=text,
    document=text,
    title=text,
    section=st.lists(text, max_size=2).map(tuple),
    start=number,
    end=number,
    text=text,
    region=text,
    issued=day,
    damaged=st.booleans(),
    table_header=text,
)


@unhurried
@given(documents)
def test_a_document_comes_back_the_same(document: Document) -> None:
    assert unpack_document(pack_document(document), document.path, document.names) == document


@unhurried
@given(passages)
def test_a_passage_comes_back_the_same(passage: Passage) -> None:
    assert unpack_passage(passage.document, pack_passage(passage)) == passage


@unhurried
@given(documents, text)
def test_a_changed_text_changes_digest_and_identity(document: Document, other: str) -> None:
    changed = replace(document, text=document.text + "改" + other)
    assert pack_document(changed).digest() != pack_document(document).digest()
    assert identity(changed) != identity(document)
