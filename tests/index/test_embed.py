"""Text to vectors: what every model keeps, and what the bundled one promises."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant.errors import ModelError
from assistant.index.embed import BUNDLED, StaticEmbedder, load_embedder
from assistant.learn.folder import save_static
from assistant.zh.fold import fold

TEXTS = [
    "高新技术企业减按15%的税率征收企业所得税。",
    "用人单位自用工之日起超过一个月不满一年未与劳动者订立书面劳动合同的，应当向劳动者每月支付二倍的工资。",
    "2025年，全省地区生产总值增长5.5%左右，城镇新增就业100万人以上。" * 40,
]


@pytest.fixture(scope="module")
def bundled() -> StaticEmbedder:
    embedder = load_embedder("bundled")
    assert isinstance(embedder, StaticEmbedder)
    return embedder


@given(st.text(max_size=200))
def test_every_vector_has_length_one_or_is_zero(bundled: StaticEmbedder, text: str) -> None:
    vector = bundled.question(text)
    assert vector.shape == (bundled.dimensions,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5) or not vector.any()


def test_a_text_without_words_is_zero_and_leaves_its_neighbours_alone(bundled: StaticEmbedder) -> None:
    alone = bundled.passages([TEXTS[0]])
    together = bundled.passages(["", TEXTS[0], "。！"])
    assert not together[0].any()
    assert not together[2].any()
    assert np.allclose(alone[0], together[1])


def test_no_text_gives_no_vectors(bundled: StaticEmbedder) -> None:
    assert bundled.passages([]).shape == (0, bundled.dimensions)


def test_a_vector_does_not_depend_on_the_batch(bundled: StaticEmbedder) -> None:
    many = bundled.passages(TEXTS * 50)
    assert np.allclose(many[-1], bundled.passages([TEXTS[-1]])[0])
    assert np.allclose(many[0], bundled.passages(TEXTS)[0])


def test_traditional_and_full_width_text_is_the_same_text(bundled: StaticEmbedder) -> None:
    simplified = bundled.question("高新技术企业减按15%的税率征收企业所得税")
    traditional = bundled.question("高新技術企業減按１５％的稅率徵收企業所得稅")
    assert np.allclose(simplified, traditional)


def test_a_question_is_nearer_to_its_answer_than_to_another_matter(bundled: StaticEmbedder) -> None:
    passages = bundled.passages(TEXTS)
    assert np.argmax(passages @ bundled.question("老板一直不和我签合同，能要双倍工资吗")) == 1
    assert np.argmax(passages @ bundled.question("企业被认定为高新技术企业以后税率是多少")) == 0


def test_sentence_transformers_reads_the_same_vectors(bundled: StaticEmbedder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(BUNDLED), device="cpu")
    theirs = model.encode([fold(text) for text in TEXTS])
    assert np.abs(theirs - bundled.passages(TEXTS)).max() < 1e-3


def test_the_bundled_model_needs_no_torch() -> None:
    code = (
        "import sys; from assistant.index.embed import load_embedder;"
        "load_embedder('bundled').question('问'); print(sorted({'torch', 'transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_weights_stay_small() -> None:
    size = sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file())
    assert size < 24e6


def _tiny_static(folder: Path, seed: int) -> Path:
    pieces = [("[UNK]", -9.0), *((character, -2.0) for character in "高新技术企业税率")]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=False))
    save_static(folder, tokenizer, np.random.default_rng(seed).normal(size=(len(pieces), 8)))
    return folder


def test_questions_may_read_a_word_in_their_own_way(tmp_path: Path) -> None:
    plain = load_embedder(str(_tiny_static(tmp_path / "tiny", 1)))
    assert isinstance(plain, StaticEmbedder)
    token = plain.tokens("税")
    other = plain.taught(token, -plain.table[token])
    assert np.allclose(other.question("税"), -plain.question("税"))
    assert np.allclose(other.question("企业"), plain.question("企业"))
    assert np.allclose(other.passages(["税"]), plain.passages(["税"]))
    assert other.name == plain.name  # a store made with the one serves the other
    # what is taught next comes on top, and leaves what it was taught from alone
    both = other.taught(plain.tokens("高"), -plain.table[plain.tokens("高")])
    assert np.allclose(both.question("税"), other.question("税"))
    assert np.allclose(other.question("高"), plain.question("高"))


def test_another_static_folder_is_read_by_the_same_setting(tmp_path: Path) -> None:
    embedder = load_embedder(str(_tiny_static(tmp_path / "tiny", 1)))
    assert isinstance(embedder, StaticEmbedder)
    assert embedder.dimensions == 8


def test_other_weights_are_another_name(tmp_path: Path) -> None:
    one = load_embedder(str(_tiny_static(tmp_path / "tiny", 1))).name
    same = load_embedder(str(_tiny_static(tmp_path / "tiny", 1))).name
    other = load_embedder(str(_tiny_static(tmp_path / "tiny", 2))).name
    assert one == same != other


def test_a_damaged_folder_is_named(tmp_path: Path) -> None:
    folder = _tiny_static(tmp_path / "tiny", 1)
    (folder / "0_StaticEmbedding" / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match="tiny"):
        load_embedder(str(folder))


def test_a_model_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        load_embedder(str(tmp_path / "nowhere"))


def _tiny_bert(folder: Path) -> Path:
    """Make and save a transformer of two small layers over single characters."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set("".join(TEXTS)))]
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", behavior="isolated")
    raw = folder / "raw"
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", mask_token="[MASK]",
    ).save_pretrained(raw)  # fmt: skip
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    BertModel(config).save_pretrained(raw)
    transformer = Transformer(str(raw), max_seq_length=128)
    prompts = {"query": "问：", "document": ""}
    model = SentenceTransformer(modules=[transformer, Pooling(32)], prompts=prompts, device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"


def test_a_transformer_from_a_folder_serves_as_well(tmp_path: Path) -> None:
    folder = _tiny_bert(tmp_path)
    embedder = load_embedder(str(folder))
    passages = embedder.passages(TEXTS)
    assert passages.shape == (3, embedder.dimensions) == (3, 32)
    assert np.allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    assert embedder.name == load_embedder(str(folder)).name
    # the model's own prompt stands before a question and not before a passage
    assert not np.allclose(embedder.question(TEXTS[0]), passages[0], atol=1e-4)
    assert np.allclose(embedder.passages(["问：" + TEXTS[0]])[0], embedder.question(TEXTS[0]), atol=1e-4)


@pytest.fixture
def endpoint(bundled: StaticEmbedder) -> Iterator[str]:
    """Serve the bundled model as an OpenAI-compatible endpoint."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known = asked["model"] == "policy"
            vectors = 3 * bundled.passages(asked["input"])
            rows = [
                {"object": "embedding", "index": i, "embedding": row.tolist()}
                for i, row in enumerate(vectors)
            ]
            usage = {"prompt_tokens": 0, "total_tokens": 0}
            answer = {"object": "list", "data": rows, "model": "policy", "usage": usage}
            body = json.dumps(answer if known else {"error": {"message": "no such model"}}).encode()
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


def test_an_endpoint_serves_as_well(endpoint: str, bundled: StaticEmbedder) -> None:
    embedder = load_embedder(f"{endpoint}#policy")
    assert embedder.dimensions == bundled.dimensions
    assert np.allclose(embedder.passages(TEXTS), bundled.passages(TEXTS), atol=1e-5)
    assert np.allclose(embedder.question(TEXTS[0]), bundled.passages(TEXTS)[0], atol=1e-5)


def test_an_endpoint_without_the_model_is_named(endpoint: str) -> None:
    with pytest.raises(ModelError, match="#other"):
        load_embedder(f"{endpoint}#other")
