"""A reranker is an option: it orders the best passages anew, and costs nothing where it is not set."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant import Assistant
from assistant.errors import ModelError
from assistant.index.cross_encoder import CrossEncoderReranker
from assistant.settings import Settings

RULES = [
    f"第{number}条 企业可以申请{what}补贴。"
    for number, what in enumerate("稳岗 技改 研发 用电 厂房 物流".split(), 1)
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make and save a cross-encoder of two small layers over single characters, with drawn weights."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.manual_seed(3)
    folder = tmp_path_factory.mktemp("models") / "tiny-reranker"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set("".join(RULES)))]
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", behavior="isolated")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", mask_token="[MASK]", model_max_length=128,
    ).save_pretrained(folder)  # fmt: skip
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        initializer_range=0.5,  # else all pairs score the same within rounding
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    for number, rule in enumerate(RULES):
        (folder / f"{number}.txt").write_text(f"补贴办法{number}\n\n{rule}\n", encoding="utf-8")
    return folder


def test_the_best_passages_stand_as_the_reranker_judges_them(
    rules: Path, model: Path, tmp_path: Path
) -> None:
    asked = "企业申请研发补贴"
    plain = Assistant.open(settings=Settings.load(store=tmp_path / "store"))
    assert not list(plain.index([rules]).failures())
    before = plain.search(asked)
    reread = Assistant.open(settings=Settings.load(store=tmp_path / "store", reranker=str(model)))
    after = reread.search(asked)

    judge = CrossEncoderReranker(str(model))
    judged = judge.score(asked, [hit.passage for hit in after]).tolist()
    assert judged == sorted(judged, reverse=True)
    assert [hit.passage.id for hit in after] != [hit.passage.id for hit in before]
    # scores keep their scale: what reads them need not know that somebody else gave the order
    assert [hit.score for hit in after] == pytest.approx([hit.score for hit in before])


def test_a_question_is_answered_with_it(rules: Path, model: Path, tmp_path: Path) -> None:
    assistant = Assistant.open(settings=Settings.load(store=tmp_path / "store", reranker=str(model)))
    assistant.index([rules])
    assert "研发补贴" in assistant.ask("企业可以申请什么研发补贴？").text


def test_a_reranker_that_does_not_exist_is_named(tmp_path: Path) -> None:
    assistant = Assistant.open(settings=Settings.load(store=tmp_path / "store", reranker="nowhere"))
    with pytest.raises(ModelError, match="nowhere"):
        assistant.search("补贴")


def test_without_the_setting_nothing_of_it_is_imported(tmp_path: Path) -> None:
    code = (
        "import sys; from assistant import Assistant; Assistant.open(sys.argv[1]).search('补贴');"
        " print(sorted({'torch', 'assistant.index.cross_encoder'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "store")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
