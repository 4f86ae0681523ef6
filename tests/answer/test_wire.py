"""The model mode over the protocol as a real server speaks it: `transformers serve` with a tiny model."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer.model.endpoint import Message, OpenAICompatible
from assistant.settings import Settings

_TEMPLATE = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"
_REPLY = 8  # tokens of every reply: the model only has to speak and to stop
_PATIENCE = 120  # seconds: importing torch takes long on a busy machine


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Yield the address of a server and the name of its model."""
    for name in ("torch", "transformers", "accelerate", "fastapi", "uvicorn"):
        pytest.importorskip(
            name, reason=f"{name} is not installed: pip install accelerate 'transformers[serving]'"
        )
    program = shutil.which("transformers", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("transformers has no command line here: pip install 'transformers[serving]'")
    folder = tmp_path_factory.mktemp("model")
    _make_model(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [program, "serve", str(folder), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    with subprocess.Popen(
        command,
        env=os.environ | {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/health", server)
            yield f"http://127.0.0.1:{port}/v1", str(folder)
        finally:
            server.terminate()


def _make_model(folder: Path) -> None:
    """Write a model of one layer that says the same bytes to everything, and a tokenizer of single bytes."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    pieces = {piece: number for number, piece in enumerate(["<s>", "</s>", *alphabet])}
    tokenizer = Tokenizer(models.BPE(vocab=pieces, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="</s>"
    )
    fast.chat_template = _TEMPLATE
    fast.save_pretrained(folder)
    size = len(pieces)
    config = LlamaConfig(
        vocab_size=size,
        hidden_size=size,
        intermediate_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        num_key_value_heads=1,
        head_dim=8,
        max_position_embeddings=32768,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
        tie_word_embeddings=False,
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        # the next token follows from the last one alone: a byte, then the one before it, down to the end
        model.model.layers[0].self_attn.o_proj.weight.zero_()
        model.model.layers[0].mlp.down_proj.weight.zero_()
        model.model.embed_tokens.weight.copy_(torch.eye(size))
        model.lm_head.weight.zero_()
        for last in range(size):
            model.lm_head.weight[min(max(last - 1, 1), _REPLY), last] = 1.0
    model.save_pretrained(folder)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no answer from {url}")


def test_a_real_server_streams_its_reply_in_pieces(served: tuple[str, str]) -> None:
    url, name = served
    pieces = list(OpenAICompatible(url, name, timeout=60).stream([Message("user", "问题")]))
    assert len(pieces) > 1
    assert all(pieces)


def test_what_an_idle_model_says_never_reaches_the_reader(
    served: tuple[str, str], assistant: Assistant
) -> None:
    url, name = served
    settings = Settings.load().model_copy(
        update={"store": assistant.settings.store, "llm_url": url, "llm_model": name}
    )
    question = "天津累计创建了多少家国家级企业技术中心？"
    told = Assistant(settings, assistant._store, assistant._embedder)
    *grown, answer = told.ask_stream(question)
    proven = assistant.ask(question)
    assert answer.statements == proven.statements
    assert all(citation.quote for citation in answer.citations)
    assert answer.mode == "extractive"
    assert answer.notices  # and the reader is told why
    assert all(one.text in answer.text or not one.statements for one in grown)
