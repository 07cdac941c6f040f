"""Oblivious trees, fitted by CatBoost and read as arrays.  Needs the extra ``fit``."""

import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanwire.pagemodel.classifier import Trees


class Settings(NamedTuple):
    """How trees are fitted: how many of which depth, the rate, the penalty of leaves, and what is tried.

    `features` and `rows` are the shares that each tree looks at; `borders` is the number of borders of a feature.
    """

    trees: int
    depth: int
    rate: float
    penalty: float
    features: float
    rows: float
    borders: int


def fit(matrix: NDArray[np.float32], held: NDArray[Any], weights: NDArray[np.float32], settings: Settings) -> Trees:
    """Fit trees on rows, of which these are `held` by the gold text."""
    from catboost import CatBoostClassifier

    model = CatBoostClassifier(
        iterations=settings.trees, depth=settings.depth, learning_rate=settings.rate, l2_leaf_reg=settings.penalty,
        rsm=settings.features, bootstrap_type="Bernoulli", subsample=settings.rows, border_count=settings.borders,
        random_seed=1, thread_count=1, verbose=0, allow_writing_files=False,
    )  # fmt: skip
    model.fit(matrix, held, sample_weight=weights)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "model.json"
        model.save_model(str(path), format="json")
        return trees(json.loads(path.read_text(encoding="utf-8")), settings.depth)


def trees(model: dict[str, Any], depth: int) -> Trees:
    """Read what CatBoost wrote; a tree of less depth gets questions that are never answered with yes."""
    asked, borders, leaves = [], [], []
    for tree in model["oblivious_trees"]:
        splits = [(split["float_feature_index"], split["border"]) for split in tree.get("splits") or ()]
        splits += [(0, 1e30)] * (depth - len(splits))
        asked.append([feature for feature, _ in splits])
        borders.append([border for _, border in splits])
        values = tree["leaf_values"]
        leaves.append(values + [0.0] * ((1 << depth) - len(values)))
    scale, (bias,) = model["scale_and_bias"]
    return Trees(
        np.array(asked, np.int16), np.array(borders, np.float32), np.array(leaves, np.float32) * np.float32(scale), bias
    )
