"""Which segments of a page in one line stay, and what is cut."""

import numpy as np

from cleanwire.pagemodel import flat, flat_cut
from cleanwire.pagemodel.flat import Phrase
from cleanwire.views.phrases import phrases_in

MENU = "Home News Sport Weather Sign in Subscribe now Contact us Privacy policy Terms of use Follow us on Facebook "
STORY = (
    "The council of Osthaven voted on Monday to close the old harbour bridge for a year. "
    "Officials said that the work would cost nine million and begin in the first week of May, "
    "when the schools are closed and the road is quiet. “We knew,” the mayor told reporters, "
    "“that the money would not last the winter.” Residents had asked for a ferry, but the port "
    "authority turned them down, and nobody has come forward with another plan. "
)
FOOTER = "Post a comment Most read Related articles About us Contact us Cookie policy All rights reserved"


def stays(scores: list[float], *, stop: list[bool], capital: list[bool], words: int = 5) -> list[bool]:
    size = len(scores)
    segments = flat.Segments(
        np.arange(size + 1) * words, np.zeros((size, 0), np.float32), np.array(stop), np.array(capital)
    )
    kept: list[bool] = flat_cut.stays(segments, np.array(scores, np.float32)).tolist()
    return kept


def test_the_article_begins_and_ends_where_sentences_do() -> None:
    edges = [True, True, True, True]
    assert stays([-3, 3, 3, -3], stop=edges, capital=edges) == [False, True, True, False]
    inner = [True, False, False, True]
    assert stays([-0.1, 3, 3, -3], stop=inner, capital=[True, False, False, True]) == [True, True, True, False]


def test_a_weak_segment_between_strong_ones_goes_with_them() -> None:
    edges = [True] * 3
    assert stays([3, -0.3, 3], stop=edges, capital=edges) == [True] * 3
    assert stays([-3, 0.3, -3], stop=edges, capital=edges) == [False] * 3


def test_a_page_has_different_phrases_of_several_words() -> None:
    sure = [Phrase(0, 2, key, False) for key in ("sign in", "contact us", "terms of use")]
    assert not flat_cut.is_page([*sure, *sure, Phrase(0, 1, "home", False)])
    assert flat_cut.is_page([*sure, Phrase(0, 5, "コメントを書く", False)])


def test_the_page_around_an_article_is_cut() -> None:
    text = MENU + STORY + FOOTER
    ranges = flat_cut.read(text, phrases_in)
    kept = text
    for start, stop in reversed(ranges):
        kept = kept[:start] + kept[stop:]
    assert STORY.strip() in kept
    assert all(phrase not in kept for phrase in ("Home", "Sign in", "Privacy policy", "Most read", "Cookie policy"))


def test_an_article_stays_whole() -> None:
    assert flat_cut.read(STORY, phrases_in) == []
    assert flat_cut.read(f"{STORY}Post a comment", phrases_in) == []
    assert flat_cut.read("", phrases_in) == []


def test_lean_moves_the_border() -> None:
    text = MENU + STORY + FOOTER
    sizes = [sum(stop - start for start, stop in flat_cut.read(text, phrases_in, lean)) for lean in (-8.0, 0.0, 8.0)]
    assert sizes[0] > sizes[1] > sizes[2] == 0


def test_words_are_measured_only_where_phrases_show_a_page() -> None:
    found = flat.words(STORY)
    assert not flat_cut.is_page(found.phrases(STORY, phrases_in))
    assert "facts" not in found.__dict__
