"""Words, segments and features of a page in one line."""

from itertools import pairwise

import numpy as np
import pytest

from cleanwire.pagemodel import flat
from cleanwire.views.phrases import phrases_in


def texts(text: str) -> list[str]:
    found = flat.words(text)
    return [text[start:stop] for start, stop in zip(found.starts, found.stops, strict=True)]


def segments(text: str) -> list[str]:
    found = flat.words(text)
    bounds = flat.measure(found, found.phrases(text, phrases_in)).bounds
    return [text[found.starts[low] : found.stops[high - 1]] for low, high in pairwise(bounds)]


def fact(text: str, name: str) -> list[float]:
    return [round(value, 3) for value in flat.words(text).facts[:, flat.FACTS.index(name)].tolist()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ferry left.", ["The", "ferry", "left."]),
        ("MenuNews führen.Der Hafen E-Paper", ["Menu", "News", "führen.", "Der", "Hafen", "E-Paper"]),
        ("BBC said\nso  there", ["BBC", "said", "so", "there"]),
        ("雨が。降る abc", ["雨", "が。", "降", "る", "abc"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_words_are_between_spaces_glue_and_letters_that_join(text: str, words: list[str]) -> None:
    assert texts(text) == words


def test_facts_of_words() -> None:
    text = "“Ann” saw 12 BBC vans: red, old | the van."
    assert fact(text, "capital") == [1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert fact(text, "small") == [0, 1, 0, 0, 1, 1, 1, 0, 1, 1]
    assert fact(text, "all capitals") == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert fact(text, "digit") == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert fact(text, "colon") == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert fact(text, "comma") == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert fact(text, "bar") == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert fact(text, "stop") == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert fact(text, "quotes") == [2, 0, 0, 0, 0, 0, 0, 0, 0, 0]


def test_a_word_is_often_by_its_letters_alone() -> None:
    assert fact("News, news NEWS one", "often") == [1.386, 1.386, 1.386, 0.693]
    assert fact("News, news NEWS one", "capital of small") == [1, 0, 1, 0]


def test_segments_begin_where_something_may_begin() -> None:
    assert segments("Home News Sport Rain fell on the town. Ann Lee left | Post a comment Rain came") == [
        "Home", "News", "Sport", "Rain fell on the town.", "Ann", "Lee left", "|", "Post a comment", "Rain came",
    ]  # fmt: skip


def test_phrases_are_found_in_scripts_that_join_words() -> None:
    text = "ホーム コメントを書く 雨が降った。"
    found = flat.words(text)
    assert [phrase.key for phrase in found.phrases(text, phrases_in)] == ["ホーム", "コメントを書く"]


def test_features_are_finite_and_named() -> None:
    found = flat.words("Home News Rain fell on the town. It was noon.")
    matrix = flat.measure(found, found.phrases("Home News Rain fell on the town. It was noon.", phrases_in)).matrix
    assert matrix.shape[1] == len(flat.NAMES) == len(set(flat.NAMES))
    assert np.isfinite(matrix).all()
    assert matrix[:, flat.NAMES.index("words")] == pytest.approx(np.log1p(10))
