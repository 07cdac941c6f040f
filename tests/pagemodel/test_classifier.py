"""Trees as arrays: asked one by one or all at once they say the same."""

from pathlib import Path

import numpy as np
import pytest

from cleanwire.errors import CleanwireError
from cleanwire.pagemodel import classifier
from cleanwire.pagemodel.classifier import Trees, load, unpack
from cleanwire.pagemodel.features import NAMES


def some_trees(trees: int = 7, depth: int = 3) -> Trees:
    random = np.random.default_rng(1)
    return Trees(
        random.integers(0, len(NAMES), (trees, depth)).astype(np.int16),
        random.normal(size=(trees, depth)).astype(np.float32),
        random.normal(size=(trees, 1 << depth)).astype(np.float32),
        0.25,
    )


MATRIX = np.random.default_rng(2).normal(size=(50, len(NAMES))).astype(np.float32)


def asked_one_by_one(trees: Trees, row: "np.ndarray[tuple[int], np.dtype[np.float32]]") -> float:
    total = trees.bias
    for features, borders, leaves in zip(trees.features, trees.borders, trees.leaves, strict=True):
        place = sum(
            int(row[feature] > border) << bit
            for bit, (feature, border) in enumerate(zip(features, borders, strict=True))
        )
        total += float(leaves[place])
    return total


def test_all_at_once_is_one_by_one() -> None:
    trees = some_trees()
    np.testing.assert_allclose(
        trees.score(MATRIX), [asked_one_by_one(trees, row) for row in MATRIX], rtol=1e-5, atol=1e-5
    )


def test_many_rows_are_scored_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = some_trees().score(MATRIX)
    monkeypatch.setattr(classifier, "_CELLS", 100)
    np.testing.assert_array_equal(some_trees().score(MATRIX), whole)
    assert len(some_trees().score(MATRIX[:0])) == 0


def test_the_weights_of_features_add_up_to_the_score() -> None:
    trees = some_trees()
    mean = trees.bias + float(trees.leaves.mean(1).sum())
    np.testing.assert_allclose(trees.weigh(MATRIX).sum(1) + mean, trees.score(MATRIX), rtol=1e-4, atol=1e-4)


def test_packed_trees_score_alike() -> None:
    trees = some_trees()
    np.testing.assert_allclose(unpack(trees.pack()).score(MATRIX), trees.score(MATRIX), atol=2e-3)


def test_trees_of_fewer_features_are_read() -> None:
    trees = some_trees()
    assert (unpack(trees.pack(), ("new", *NAMES)).features == trees.features + 1).all()


def test_trees_of_other_features_are_refused() -> None:
    with pytest.raises(CleanwireError, match="other features"):
        unpack(some_trees().pack().replace(f'"{NAMES[0]}"', '"colour"'))


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"names": 1}'])
def test_a_file_that_holds_no_weights_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.json"
    path.write_text(text)
    with pytest.raises(CleanwireError, match=r"own\.json|other features"):
        load(str(path))


def test_what_comes_with_the_library_is_small_and_says_what_it_was_fitted_on() -> None:
    folder = Path(classifier.__file__).with_name("data")
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 300_000
    for name in ("news", "markdown", "any"):
        about = load(name).about
        assert about["data"]
        assert "CC-BY-4.0" in about["licence"]
        assert about["code"]
