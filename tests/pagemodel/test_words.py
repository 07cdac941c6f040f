"""Words that paragraphs share, in scripts with and without blanks."""

import numpy as np
import pytest

from cleanwire.pagemodel import paragraphs, words

FERRY = "The ferry left the harbour"


def read(*texts: str) -> words.Words:
    return words.read(paragraphs.read(texts))


def test_a_paragraph_shares_with_others_and_not_with_itself() -> None:
    shares = read(f"{FERRY}\nHarbour ferry\nFerry").shares(np.array([True, True, False]))
    assert shares.tolist() == [pytest.approx(2 / 3), 1, 1]
    assert read(FERRY).shares(np.array([True])).tolist() == [0]


def test_documents_share_no_words_and_parts_only_their_own() -> None:
    every = np.array([True, True])
    assert read(FERRY, FERRY).shares(every).tolist() == [0, 0]
    assert read(f"{FERRY}\n{FERRY}").shares(every, np.array([0, 1])).tolist() == [0, 0]
    assert read(f"{FERRY}\n{FERRY}").shares(every, np.array([1, 1])).tolist() == [1, 1]


def test_copies_and_heads_are_counted_and_case_and_bullets_are_not() -> None:
    found = read("Ferry strike is over\n  • FERRY STRIKE IS OVER\nWeather", "Weather")
    assert found.copies.tolist() == [2, 2, 1, 1]
    heads = read(f"{FERRY} at noon today\n{FERRY} with two sailors\nNews").heads
    assert heads.tolist() == [2, 2, 1]


def test_letters_without_blanks_are_words_by_their_neighbours() -> None:
    shares = read("市议会关闭旧桥\n旧桥\n体育").shares(np.array([True, True, True]))
    assert shares[1] == 1
    assert shares[2] == 0 < shares[0] < 1


def test_a_word_said_often_is_one() -> None:
    assert read("ferry ferry ferry ferry").kept.tolist() == [0.25]
    assert read("it is so").kept.tolist() == [1]
    assert read("").count.tolist() == []
