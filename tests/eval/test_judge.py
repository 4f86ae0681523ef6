"""A model's verdicts in Chinese are read, and stay beside the other figures."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.settings import Settings
from eval import questions
from eval.judge import Judged, read_verdict
from eval.nli import Entailed
from eval.reply import Reply
from eval.runner import judge
from eval.systems import Product

if TYPE_CHECKING:
    from assistant import Assistant


@contextmanager
def model_saying(text: str, prompts: list[str]) -> Iterator[str]:
    """Serve the OpenAI protocol on loopback; every reply is `text`, every prompt is kept."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompts.append("\n".join(message["content"] for message in asked["messages"]))
            choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
            body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
            data = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("reply", "value"),
    [("数字一致。\n结论：是", 1.0), ("yes, 但年份不符。\n结论: 否", 0.0), ("无法判断", None)],
)
def test_a_verdict_is_read_from_its_last_line(reply: str, value: float | None) -> None:
    assert read_verdict(reply)[0] == value


@pytest.mark.parametrize(("said", "value"), [("有据。\n结论：是", 1.0), ("无据。\n结论：否", 0.0)])
def test_a_judge_adds_its_verdict_and_changes_no_other_figure(
    said: str, value: float, assistant: Assistant
) -> None:
    question = questions.load(questions.find("spine"))[2]
    sources = {summary.id: assistant.document(summary.id).text for summary in assistant.documents()}
    prompts: list[str] = []
    with model_saying(said, prompts) as url:
        system = Judged(Product(assistant), Settings(llm_url=url, llm_model="m"))
        record = system.reply(question)
    judged = judge(question, Reply.from_record(record), sources)
    plain = judge(question, Reply.from_record({k: v for k, v in record.items() if k != "verdicts"}), sources)
    assert {name: score.value for name, score in judged.items()} == {
        **{name: score.value for name, score in plain.items()},
        "judged_faithful": value,
        "judged_relevant": value,
    }
    assert len(prompts) == 2
    assert all(question.question in prompt and "77家" in prompt for prompt in prompts)


def test_a_judge_without_a_model_says_what_to_set(assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="POLICY_LLM_URL"):
        Judged(Product(assistant), Settings())


@pytest.fixture
def inference(tmp_path: Path) -> Path:
    """Return a tiny model of inference that finds everything entailed."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    words = sorted({*"天津累计创建国家级企业技术中心家，。77"})
    (tmp_path / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]), encoding="utf-8"
    )
    BertTokenizerFast(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    config = BertConfig(
        vocab_size=len(words) + 5,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label={0: "contradiction", 1: "entailment"},
        label2id={"contradiction": 0, "entailment": 1},
    )
    model = BertForSequenceClassification(config)
    torch.nn.init.zeros_(model.classifier.weight)
    model.classifier.bias.data = torch.tensor([0.0, 1.0])
    model.save_pretrained(tmp_path)
    return tmp_path


def test_a_local_model_of_inference_is_asked_claim_by_claim(assistant: Assistant, inference: Path) -> None:
    question = questions.load(questions.find("spine"))[2]
    record = Entailed(Product(assistant), inference).reply(question)
    assert record["verdicts"]["entailed"] == {"value": 1.0, "why": ""}
    assert judge(question, Reply.from_record(record), {})["entailed"].value == 1


def test_a_model_without_entailment_is_refused(assistant: Assistant, inference: Path) -> None:
    config = json.loads((inference / "config.json").read_text(encoding="utf-8"))
    config["id2label"] = {"0": "negative", "1": "positive"}
    (inference / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(ValueError, match="entailment"):
        Entailed(Product(assistant), inference)
