"""The probability that each paragraph is part of the story: boosted trees as plain arrays, run without a library.

The trees are *oblivious*: each asks the same questions on every path, so that a tree is a handful of comparisons, whose
answers are the bits of an index into its leaves.  All paragraphs and all trees are asked at once.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanwire.errors import CleanwireError
from cleanwire.pagemodel.features import NAMES
from cleanwire.pagemodel.paragraphs import Floats

_BEST = 5
"""Number of best paragraphs that are averaged into the page verdict."""
_CELLS = 1 << 21
"""Most comparisons held in memory at once; more paragraphs are scored in turns."""
_FIRST = 40
_HOPELESS = -3.0
"""Early exit: below this score after the first trees, a paragraph is rejected."""


@dataclass(frozen=True, eq=False)
class Trees:
    """T trees of D questions each: is `features` above `borders`?  (T, D); `leaves` (T, 2**D); `bias` is added.

    `about` says what the weights were fitted on, with digests, and holds the settings that belong to them.
    """

    features: NDArray[np.int16]
    borders: Floats
    leaves: Floats
    bias: float
    about: dict[str, Any] = field(default_factory=dict)

    def score(self, matrix: Floats) -> Floats:
        """Return the log-odds that each of n rows is story, from its features (n, F).

        >>> trees = Trees(np.array([[0]], np.int16), np.array([[5.0]], np.float32), np.array([[-1.0, 1.0]]), 0.5)
        >>> trees.score(np.array([[4.0], [6.0]], np.float32)).tolist()
        [-0.5, 1.5]
        """
        turn = max(1, _CELLS // self.features.size)
        columns = np.ascontiguousarray(matrix.T)
        turns = [self._score(columns[:, start : start + turn]) for start in range(0, len(matrix), turn)]
        return np.concatenate(turns) if turns else np.zeros(0, np.float32)

    def _score(self, columns: Floats) -> Floats:
        scores: Floats = self._sum(columns, slice(_FIRST)) + np.float32(self.bias)
        if len(self.leaves) > _FIRST and len(open_ := np.flatnonzero(scores > _HOPELESS)):
            scores[open_] += self._sum(columns[:, open_], slice(_FIRST, None))
        return scores

    def _sum(self, columns: Floats, part: slice) -> Floats:
        """Return what a part of the trees adds to the score of each of n paragraphs; `columns` are (F, n)."""
        features, leaves = self.features[part], self.leaves[part]
        trees, depth = features.shape
        asked = columns.take(features.T.ravel(), axis=0)  # the first question of all trees, then the second
        answers = (asked > self.borders[part].T.reshape(-1, 1)).view(np.uint8).reshape(depth, -1)
        paths = answers[0]
        for place in range(1, depth):
            paths |= answers[place] << np.uint8(place)
        offsets = np.arange(trees)[:, None] * leaves.shape[1]
        total: Floats = leaves.ravel().take(paths.reshape(trees, -1) + offsets).sum(0, dtype=np.float32)
        return total

    def weigh(self, matrix: Floats) -> Floats:
        """Return what each feature (F) adds to the score of each row (n), beside the mean of all leaves.

        A tree's questions are asked one after the other; what an answer adds is the difference that it makes to the
        mean of the leaves that are still open.

        >>> trees = Trees(np.array([[0]], np.int16), np.array([[5.0]], np.float32), np.array([[-1.0, 1.0]]), 0.5)
        >>> trees.weigh(np.array([[4.0], [6.0]], np.float32)).tolist()
        [[-1.0], [1.0]]
        """
        weights = np.zeros(matrix.shape, np.float32)
        depth = self.features.shape[1]
        for features, borders, leaves in zip(self.features, self.borders, self.leaves, strict=True):
            rest = np.broadcast_to(leaves.reshape((2,) * depth), (len(matrix), *(2,) * depth))
            for feature, border in zip(features, borders, strict=True):  # the last axis is the first question
                answers = (matrix[:, feature] > border).astype(np.intp)
                before = rest.reshape(len(matrix), -1).mean(1)
                rest = rest[np.arange(len(matrix)), ..., answers]
                weights[:, feature] += rest.reshape(len(matrix), -1).mean(1) - before
        return weights

    def pack(self, names: Sequence[str] = NAMES) -> str:
        """Return the trees as text: JSON, the arrays in base 64, the leaves in 16 bits; `names` are of the features."""
        step = float(np.abs(self.leaves).max()) / 32767 or 1.0
        plain = {
            "about": self.about,
            "names": list(names),
            "bias": self.bias,
            "step": step,
            "shape": list(self.features.shape),
            "features": _text(self.features.astype("<i2")),
            "borders": _text(self.borders.astype("<f4")),
            "leaves": _text(np.rint(self.leaves / step).astype("<i2")),
        }
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def unpack(text: str, names: Sequence[str] = NAMES) -> Trees:
    """Read trees from the text that `Trees.pack` made; raise `CleanwireError` if they use other features.

    `names` are those of the features; there may be more than the trees were fitted on.

    >>> trees = Trees(np.array([[0]], np.int16), np.array([[5.0]], np.float32), np.array([[-1.0, 1.0]]), 0.5)
    >>> unpack(trees.pack()).leaves.round(3).tolist()
    [[-1.0, 1.0]]
    """
    plain = json.loads(text)
    if not set(plain["names"]) <= set(names):
        raise CleanwireError("the weights of page mode were fitted on other features; run benchmarks/page/fit.py")
    trees, depth = plain["shape"]
    columns = np.array([names.index(name) for name in plain["names"]], np.int16)
    return Trees(
        columns[_array(plain["features"], "<i2")].reshape(trees, depth),
        _array(plain["borders"], "<f4").reshape(trees, depth),
        (_array(plain["leaves"], "<i2") * np.float32(plain["step"])).reshape(trees, 1 << depth),
        float(plain["bias"]),
        plain["about"],
    )


def signs_of_story(words: Floats, scores: Floats) -> tuple[float, float, float]:
    """Return the features of the verdict on a page of n paragraphs: one, the words of its story, the best scores.

    >>> one, words, best = signs_of_story(np.array([9.0, 1.0], np.float32), np.array([40.0, -40.0], np.float32))
    >>> one, round(words, 6), best
    (1.0, 2.302585, 0.0)
    """
    sure = 1 / (1 + np.exp(-np.clip(scores.astype(np.float64), -30, 30)))
    return 1.0, float(np.log1p(words @ sure)), float(np.sort(scores)[-_BEST:].mean())


@cache
def load(name: str, names: tuple[str, ...] = NAMES) -> Trees:
    """Return the weights that come with the library under a name, or those of a ``.json`` file, read once a process.

    `names` are those of the features that they use.

    Raises `CleanwireError` for a file that cannot be read or holds no weights.

    >>> load("any").about["licence"]
    'fitted on WCXB (CC-BY-4.0, Murrough Foley)'
    """
    if not name.endswith(".json"):
        file = resources.files("cleanwire.pagemodel") / "data" / f"page-{name}.json"
        return unpack(file.read_text(encoding="utf-8"), names)
    try:
        return unpack(Path(name).read_text(encoding="utf-8"), names)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise CleanwireError(
            f"{name}: is not a file of page mode weights ({error}); benchmarks/page/fit.py writes them"
        ) from error


def _text(array: NDArray[Any]) -> str:
    return base64.b64encode(array.tobytes()).decode("ascii")


def _array(text: str, form: str) -> NDArray[Any]:
    return np.frombuffer(base64.b64decode(text), form)
