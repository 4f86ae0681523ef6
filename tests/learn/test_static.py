"""Training the embedding: what pairs promise, that it learns, and that it repeats itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.index.embed import load_embedder
from assistant.learn.folder import save_static
from assistant.learn.static import Recipe, train
from assistant.learn.texts import Text
from assistant.learn.views import TokenTexts, draw_epoch, tokenize_texts
from assistant.learn.vocabulary import UNKNOWN, count_words, make_tokenizer

MATTERS = {
    "劳动合同": ["用人单位应当支付工资", "劳动者可以解除合同", "试用期不得超过六个月", "加班应当支付报酬"],
    "企业税收": ["高新技术企业减税", "小微企业免征增值税", "研发费用加计扣除", "纳税人按期申报"],
    "道路交通": ["机动车应当登记", "驾驶人不得饮酒", "行人走人行横道", "车辆停放在停车泊位"],
}


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    rng = np.random.default_rng(0)
    return [
        Text("law", title, title, "。".join(rng.permutation(sentences).tolist()) + "。")
        for title, sentences in MATTERS.items()
        for _ in range(60)
    ]


@pytest.fixture(scope="module")
def token_texts(texts: list[Text]) -> tuple[TokenTexts, int]:
    tokenizer = make_tokenizer(count_words(f"{t.title}\n{t.body}" for t in texts), 500)
    return tokenize_texts(texts, tokenizer), tokenizer.get_vocab_size()


RECIPE = Recipe(dimensions=16, epochs=3, batch=64)


def test_the_pieces_are_the_words_and_every_character_met(texts: list[Text]) -> None:
    tokenizer = make_tokenizer(count_words(t.body for t in texts), 500)
    assert "用人单位" in tokenizer.get_vocab()
    assert tokenizer.encode("用人单位，应当：支付！").tokens == ["用人单位", "应当", "支付"]
    characters = "".join(set("".join(t.body for t in texts)) - {"。"})
    assert tokenizer.token_to_id(UNKNOWN) not in tokenizer.encode(characters).ids
    assert tokenizer.encode("龘").ids == [tokenizer.token_to_id(UNKNOWN)]


def test_the_vocabulary_keeps_its_limit_and_the_commonest_words() -> None:
    counts = count_words(["政策文件"] * 9 + ["财政补贴"] * 6)
    pieces = make_tokenizer(counts, 10).get_vocab()
    assert len(pieces) == 10
    assert "政策" in pieces or "政策文件" in pieces


def test_a_sentence_never_stands_on_both_sides_of_a_pair(token_texts: tuple[TokenTexts, int]) -> None:
    for block in (1, 16):
        for batch in draw_epoch(token_texts[0], np.random.default_rng(1), 64, block):
            for pair in batch:
                assert not set(pair.question) & set(pair.passage)


def test_a_batch_holds_one_source_and_one_kind(token_texts: tuple[TokenTexts, int]) -> None:
    titles = {row.title for row in token_texts[0].rows}
    for batch in draw_epoch(token_texts[0], np.random.default_rng(1), 64, 1):
        by_title = [pair.question[0] in titles for pair in batch]
        assert all(by_title) or not any(by_title)


def test_training_brings_texts_of_one_matter_together(token_texts: tuple[TokenTexts, int]) -> None:
    texts, size = token_texts
    vectors = train(texts, size, RECIPE)
    rows = [row for row in texts.rows if row.last > row.first]
    means = np.stack([vectors[texts.join(range(row.first, row.last))].mean(axis=0) for row in rows[::20]])
    titles = np.array([texts.join([row.title])[0] for row in rows[::20]])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    likeness = means @ means.T
    same = titles[:, None] == titles[None, :]
    assert likeness[same].min() > likeness[~same].max()


def test_two_trainings_give_the_same_weights(token_texts: tuple[TokenTexts, int]) -> None:
    texts, size = token_texts
    assert np.array_equal(train(texts, size, RECIPE), train(texts, size, RECIPE))


def test_what_was_trained_is_saved_and_read_again(texts: list[Text], tmp_path: Path) -> None:
    tokenizer = make_tokenizer(count_words(t.body for t in texts), 500)
    vectors = np.random.default_rng(3).normal(size=(tokenizer.get_vocab_size(), 16))
    save_static(tmp_path / "model", tokenizer, vectors)
    embedder = load_embedder(str(tmp_path / "model"))
    ids = tokenizer.encode("用人单位应当支付工资").ids
    mean = vectors[ids].mean(axis=0)
    assert np.allclose(embedder.question("用人单位应当支付工资"), mean / np.linalg.norm(mean), atol=1e-3)
