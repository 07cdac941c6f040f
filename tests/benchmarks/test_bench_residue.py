"""Scores, and the checkout of the article-extraction-benchmark that they can be measured on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.quality import checkout, residue
from benchmarks.quality.residue import Score, bag, ngrams, rate, read_pair, score
from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.edit import Edit

GOLD = "The ferry left the harbour at noon."


@dataclass(frozen=True)
class Without:
    """Cut `words` wherever they end the text."""

    words: str
    name: str = "without"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        if doc.text.endswith(self.words):
            yield Edit(len(doc.text) - len(self.words), len(doc.text), "", "drop", "nav.any.a")


def test_ngrams_are_of_four_words_and_case_counts() -> None:
    assert ngrams("a b c d e") == {("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1}
    assert ngrams("A b") == {("A", "b"): 1}
    assert ngrams(" … ") == {}


def test_a_bag_counts_words_and_ignores_case() -> None:
    assert bag("The the end") == {"the": 2, "end": 1}


def test_a_side_without_words_has_no_share() -> None:
    assert score(bag("a"), bag("")) == Score(None, 0.0)
    assert score(bag(""), bag("a")) == Score(0.0, None)
    assert score(bag("a"), bag("")).f1 == 0.0
    assert score(bag(""), bag("")).f1 == 1.0


def test_f1_of_ngrams_is_of_the_means_and_that_of_words_is_a_mean() -> None:
    scores = [Score(1.0, 0.5), Score(0.5, 1.0)]
    assert rate("aeb", scores)[0] == pytest.approx(0.75)
    assert rate("wcxb", scores)[0] == pytest.approx(2 / 3)


def test_cleaning_moves_the_score() -> None:
    row = {"source": "aeb", "extractor": "x", "text": f"{GOLD} Share on Facebook", "gold": GOLD}
    pair = read_pair(Cleaner(filters=(Without(" Share on Facebook"),)), row)
    assert pair.before.precision == pytest.approx(4 / 7)
    assert pair.after == Score(1.0, 1.0)
    assert pair.word_recall == (1.0, 1.0)
    pair = read_pair(Cleaner(filters=(Without("harbour at noon. Share on Facebook"),)), row)
    assert pair.word_recall[1] == pytest.approx(4 / 7)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "output").mkdir()
    truth = {
        "a1": {"articleBody": GOLD, "url": "http://example.org/a"},
        "b2": {"articleBody": "Nothing was lost at sea.", "url": "http://example.org/b"},
    }
    left = {"a1": {"articleBody": f"{GOLD}\n\nPost a comment", "url": "http://example.org/a"}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    (tmp_path / "output" / "one.json").write_text(json.dumps(left), encoding="utf-8")
    (tmp_path / "output" / "two.json").write_text(json.dumps(truth), encoding="utf-8")
    return tmp_path


def test_a_checkout_reads_as_rows(tree: Path) -> None:
    rows = [(row["extractor"], row["id"], row["text"]) for row in checkout.rows(tree)]
    assert rows == [
        ("one", "a1", f"{GOLD}\n\nPost a comment"),
        ("one", "b2", ""),
        ("two", "a1", GOLD),
        ("two", "b2", "Nothing was lost at sea."),
    ]


def test_a_checkout_is_measured(tree: Path) -> None:
    figures = residue.report(checkout.rows(tree), "aeb").figures
    assert figures["aeb.aeb.one F1 gain"].value > 0
    assert figures["aeb.aeb.two F1 gain"].value == 0
    assert figures["aeb.aeb.one recall lost pp"].value == 0


def test_a_folder_that_is_not_a_checkout_is_an_error(tree: Path) -> None:
    with pytest.raises(checkout.CheckoutError, match=r"ground-truth\.json"):
        list(checkout.rows(tree / "output"))
    (tree / "output" / "one.json").write_text('{"a1": "text"}', encoding="utf-8")
    with pytest.raises(checkout.CheckoutError, match=r"one\.json"):
        list(checkout.rows(tree))
    for path in (tree / "output").iterdir():
        path.unlink()
    with pytest.raises(checkout.CheckoutError, match="output"):
        list(checkout.rows(tree))
