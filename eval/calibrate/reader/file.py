"""The file of a network that was learnt: walked by onnxruntime, its maps in whole numbers of eight bits."""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.answer.choose.reader import BLEND, CHARACTERS, FIRST, Tokens

from .network import Network

_OPSET = 17
_ANY_LENGTH = {name: {1: "length"} for name in Tokens._fields}


def file_of(network: Network, characters: Mapping[str, int], blend: NDArray[np.float32]) -> bytes:
    """Return the file that `assistant.answer.choose.reader` reads."""
    import onnx
    from onnxruntime.quantization import quantize_dynamic

    told = sorted(characters, key=characters.__getitem__)
    assert [characters[one] for one in told] == list(range(FIRST, FIRST + len(told)))
    network.eval()
    few = torch.full((1, 20), FIRST)
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the other exporter needs onnxscript
            torch.onnx.export(
                network,
                (few, torch.zeros_like(few), torch.zeros_like(few)),
                str(whole),
                input_names=list(Tokens._fields),
                dynamic_axes=_ANY_LENGTH,
                opset_version=_OPSET,
                dynamo=False,
            )
        # seven bits: processors without the newest instructions add pairs of products in sixteen
        quantize_dynamic(whole, small, per_channel=True, reduce_range=True)
        model = onnx.load(small)
    onnx.helper.set_model_props(
        model, {CHARACTERS: "".join(told), BLEND: json.dumps(np.round(blend.astype(float), 4).tolist())}
    )
    model.doc_string = ""
    found: bytes = model.SerializeToString()
    return found
