"""Grow the trees of the ranker with LightGBM and keep them as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..search.ranker import Matrix, Scores, Trees

if TYPE_CHECKING:
    from lightgbm import Booster

_ROUNDS = 250
_PARAMETERS = {
    "objective": "lambdarank",
    "lambdarank_truncation_level": 20,  # deeper places change no figure that is reported
    "num_leaves": 15,
    "max_depth": 6,  # finds as much as without a limit, and is walked in half the time
    "min_data_in_leaf": 50,
    "lambda_l2": 20.0,  # with few questions: on two folds of the law questions worth .02 of recall@10
    "learning_rate": 0.05,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 7,
    "verbosity": -1,
}


def grow(
    features: Sequence[Matrix],
    right: Sequence[NDArray[np.bool_]],
    *,
    start: Sequence[Scores] | None = None,
    weights: Sequence[float] | None = None,
    rounds: int = _ROUNDS,
    **parameters: object,
) -> Trees:
    """Return trees that put the right candidates of each question first (LambdaRank, Burges 2010).

    `features[i]` has one row for each candidate of question `i`, `right[i]` says which are right. The
    trees correct the scores `start[i]`, where given; question `i` counts `weights[i]`.
    """
    import lightgbm

    sizes = [len(rows) for rows in features]
    data = lightgbm.Dataset(
        np.concatenate(features),
        np.concatenate(right).astype(int),
        group=sizes,
        weight=None if weights is None else np.repeat(weights, sizes),
        init_score=None if start is None else np.concatenate(start),
    )
    return flatten(lightgbm.train({**_PARAMETERS, **parameters}, data, rounds))


def together(several: Sequence[Trees]) -> Trees:
    """Return trees whose score is the sum of the scores of `several`."""
    nodes = [len(trees.feature) for trees in several]
    starts = np.cumsum([0, *nodes[:-1]]).tolist()

    def joined(name: str, moved: bool) -> NDArray[Any]:
        parts = [getattr(trees, name) + start * moved for trees, start in zip(several, starts, strict=True)]
        return np.concatenate(parts).astype(parts[0].dtype)

    moved = {"left", "right", "roots"}  # numbers of nodes
    names = ("feature", "threshold", "left", "right", "value", "roots")
    return Trees(**{name: joined(name, name in moved) for name in names}, depth=max(t.depth for t in several))


def flatten(booster: Booster) -> Trees:
    """Return the trees of `booster` as arrays."""
    nodes: list[tuple[int, float, int, int, float]] = []
    roots, depth = [], 0
    for tree in booster.dump_model()["tree_info"]:
        roots.append(len(nodes))
        depth = max(depth, _flatten(tree["tree_structure"], nodes))
    feature, threshold, left, right, value = zip(*nodes, strict=True)
    return Trees(
        np.array(feature, np.int32),
        np.array(threshold, np.float32),
        np.array(left, np.int32),
        np.array(right, np.int32),
        np.array(value, np.float32),
        np.array(roots, np.int32),
        depth,
    )


def _flatten(node: dict[str, Any], nodes: list[tuple[int, float, int, int, float]]) -> int:
    """Add `node` and all below it to `nodes`; return how deep it goes."""
    at = len(nodes)
    if "leaf_value" in node:
        nodes.append((0, 0.0, at, at, node["leaf_value"]))
        return 0
    nodes.append((0, 0.0, 0, 0, 0.0))
    left = len(nodes)
    left_depth = _flatten(node["left_child"], nodes)
    right = len(nodes)
    right_depth = _flatten(node["right_child"], nodes)
    nodes[at] = (node["split_feature"], node["threshold"], left, right, 0.0)
    return 1 + max(left_depth, right_depth)
