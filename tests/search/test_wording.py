"""What holds the question's words together comes before what holds them apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.store import Store
from assistant.search.rank import Weights
from assistant.search.retrieve import retrieve
from assistant.search.wording import wording
from assistant.types import Filters, Hit, Passage, Plan
from eval.index.library import EMBEDDER, index, open_store, write

WORDS = ("稳岗返还", "标准", "企业", "申请", "缴费", "失业保险")


def passage(text: str) -> Passage:
    return Passage(text, "d", "", (), 0, len(text), text)


def plan(question: str) -> Plan:
    return Plan(question=question, resolved=question, topic=question)


@given(st.lists(st.lists(st.sampled_from([*WORDS, "。", "其他"]), max_size=12), min_size=1, max_size=8))
def test_it_is_a_share_and_whole_only_where_one_sentence_holds_every_word(bodies: list[list[str]]) -> None:
    texts = ["".join(body) for body in bodies]
    found = wording("".join(WORDS[:3]), [passage(text) for text in texts])
    assert ((found >= 0) & (found <= 1 + 1e-6)).all()
    for text, share in zip(texts, found, strict=True):
        whole = any(all(word in sentence for word in WORDS[:3]) for sentence in text.split("。"))
        assert (share > 1 - 1e-6) == whole


def test_words_in_one_sentence_count_more_than_the_same_apart() -> None:
    question = "稳岗返还的标准"
    together, apart = wording(
        question, [passage("稳岗返还标准另定。企业申请。"), passage("稳岗返还另定。企业申请标准。")]
    )
    assert together > apart > 0


def test_a_word_that_every_candidate_holds_tells_them_apart_least() -> None:
    common = [passage(f"企业名单{number}") for number in range(6)]
    rare, usual = wording("企业缴费", [passage("缴费名单"), *common])[:2]
    assert rare > usual


def test_without_a_word_of_the_question_nothing_counts() -> None:
    assert not wording("？？？", [passage("企业申请")]).any()
    assert not wording("企业申请", [passage("其他")]).any()
    assert len(wording("企业", [])) == 0


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("texts")
    general = "企业稳岗工作总体要求，稳岗稳岗，企业企业，返还返还"
    lines = [general, *(f"{general}，标准从严第{n}条" for n in range(12)), "稳岗返还标准为百分之六十"]
    for number, line in enumerate(lines):
        write(folder, f"{number:02}.txt", f"# 文件{number}", line)
    opened = open_store(tmp_path_factory.mktemp("store") / "store")
    index(opened, folder)
    return opened


def find(store: Store, question: str, weight: float) -> list[Hit]:
    return retrieve(plan(question), Filters(), 14, store.reader(), EMBEDDER, Weights(wording=weight))


@pytest.mark.parametrize("question", ["稳岗返还标准", "企业稳岗工作", "标准从严", "百分之六十"])
def test_reading_again_deals_the_same_scores_to_the_same_passages(store: Store, question: str) -> None:
    before, after = find(store, question, 0), find(store, question, 6)
    assert {hit.passage.id for hit in before} == {hit.passage.id for hit in after}
    np.testing.assert_allclose([hit.score for hit in before], [hit.score for hit in after], rtol=1e-5)
