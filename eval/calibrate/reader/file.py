"""The files of what was learnt: walked by onnxruntime, their maps in whole numbers of eight bits."""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from assistant.answer.choose.reader import BLEND, CHARACTERS, FIRST, ODDS, SEEN, STATES, Tokens

from .network import SIZE, Network, Pointer

_OPSET = 17
_PLACES = 20  # of what is exported; any other number will do


class _Told(nn.Module):
    """A network that tells its states too."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, tokens: Tensor, parts: Tensor, marks: Tensor) -> tuple[Tensor, Tensor]:
        states = self.network.states(tokens, parts, marks)
        return self.network.odds(states, tokens), states


def file_of(network: Network, characters: Mapping[str, int], blend: NDArray[np.float32]) -> bytes:
    """Return the file of the network that `assistant.answer.choose.reader` reads."""
    told = sorted(characters, key=characters.__getitem__)
    assert [characters[one] for one in told] == list(range(FIRST, FIRST + len(told)))
    few = torch.full((1, _PLACES), FIRST)
    given = dict(zip(Tokens._fields, (few, torch.zeros_like(few), torch.zeros_like(few)), strict=True))
    counts = json.dumps(np.round(blend.astype(float), 4).tolist())
    return _exported(_Told(network), given, (ODDS, STATES), {CHARACTERS: "".join(told), BLEND: counts})


def pointer_file_of(pointer: Pointer) -> bytes:
    """Return the file of the layer that points, which is given the states of the network."""
    given = {STATES: torch.zeros(1, _PLACES, SIZE), SEEN: torch.ones(1, _PLACES, dtype=torch.bool)}
    return _exported(pointer, given, (ODDS,), {})


def _exported(
    module: nn.Module, given: Mapping[str, Tensor], told: Sequence[str], properties: Mapping[str, str]
) -> bytes:
    import onnx
    from onnxruntime.quantization import quantize_dynamic

    module.eval()
    names = [*given, *(name for name in told if name != ODDS or SEEN in given)]
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the other exporter needs onnxscript
            torch.onnx.export(
                module,
                tuple(given.values()),
                str(whole),
                input_names=list(given),
                output_names=list(told),
                dynamic_axes={name: {1: "length"} for name in names},
                opset_version=_OPSET,
                dynamo=False,
            )
        # seven bits: processors without the newest instructions add pairs of products in sixteen
        quantize_dynamic(whole, small, per_channel=True, reduce_range=True)
        model = onnx.load(small)
    onnx.helper.set_model_props(model, dict(properties))
    model.doc_string = ""
    found: bytes = model.SerializeToString()
    return found
