"""Which words of a page in one line are its article: the scores of segments, and where it may begin and end."""

from itertools import pairwise
from typing import Final

import numpy as np

from cleanwire.pagemodel import classifier, flat
from cleanwire.pagemodel.flat import Finder, Phrase
from cleanwire.pagemodel.paragraphs import Flags, Floats
from cleanwire.text.fold import is_unspaced

WEIGHTS: Final = "flat"
"""The name of the weights for these texts."""
_CLIP = 3.0
"""The most that a word says for or against the article, in log-odds."""
_LONGEST = 30
"""The words of a longer segment count as so many."""
_ENTER: Final = (4.0, 8.4, 30.0)
_LEAVE: Final = (4.0, 14.0, 30.0)
"""What it costs to enter the article, or to leave it: behind the end of a sentence, before a capital, elsewhere."""
_DROPPED = 0.12
"""Least share of the words to drop; a text with less boilerplate was extracted already, and stays."""
_PHRASES = 4
"""Least different phrases of two words or more that show a page: prose has hardly any."""
_PHRASE = 4
"""Letters of a phrase of several words in a script that joins words."""


def read(text: str, known: Finder, lean: float = 0.0) -> list[tuple[int, int]]:
    """Return the ranges to cut from a text; none if it is no page, or hardly anything would go.

    `known` finds the phrases of boilerplate; `lean` is added to the score of each word.

    >>> read("The ferry left at noon. It came back at nine.", lambda words: [])
    []
    """
    found = flat.words(text)
    phrases = found.phrases(text, known)
    if not is_page(phrases):
        return []
    segments = flat.measure(found, phrases)
    scores = classifier.load(WEIGHTS, flat.NAMES).score(segments.matrix) + np.float32(lean)
    kept, sizes = stays(segments, scores), np.diff(segments.bounds)
    return _ranges(text, found, segments, kept) if sizes[~kept].sum() >= _DROPPED * sizes.sum() else []


def is_page(phrases: list[Phrase]) -> bool:
    """Return True if a text has the phrases of a page.

    >>> is_page([Phrase(0, 2, "sign in", False)])
    False
    """
    return len({phrase.key for phrase in phrases if _has_words(phrase.key)}) >= _PHRASES


def _has_words(key: str) -> bool:
    return " " in key or (is_unspaced(key) and len(key) >= _PHRASE)


def stays(segments: flat.Segments, scores: Floats) -> Flags:
    """Return which segments are of the article: the way through the text that gains most (Viterbi)."""
    sizes = np.minimum(np.diff(segments.bounds), _LONGEST)
    gains = (np.clip(scores, -_CLIP, _CLIP) * sizes).tolist()
    enter, leave = (
        np.where(segments.behind_stop, costs[0], np.where(segments.before_capital, costs[1], costs[2])).tolist()
        for costs in (_ENTER, _LEAVE)
    )
    outside = inside = 0.0
    turns = []
    for gain, into, out in zip(gains, enter, leave, strict=True):
        left, entered = inside - out > outside, outside - into > inside
        turns.append((left, entered))
        outside, inside = (
            inside - out if left else outside,
            (outside - into if entered else inside) + gain,
        )
    state = inside > outside
    kept = np.zeros(len(gains), bool)
    for place in range(len(gains) - 1, -1, -1):
        kept[place] = state
        left, entered = turns[place]
        state = not entered if state else left
    return kept


def _ranges(text: str, found: flat.Words, segments: flat.Segments, kept: Flags) -> list[tuple[int, int]]:
    """Return the ranges of the segments that go, with the space behind them; that before at the end of the text."""
    turns = np.flatnonzero(np.diff(kept.astype(np.int8))) + 1
    bounds = [0, *turns.tolist(), len(kept)]
    ranges = []
    for first, stop in pairwise(bounds):
        if kept[first]:
            continue
        begin = int(found.starts[segments.bounds[first]]) if first else 0
        if stop < len(kept):
            ranges.append((begin, int(found.starts[segments.bounds[stop]])))
        else:
            begin = int(found.stops[segments.bounds[first] - 1]) if first else 0
            ranges.append((begin, len(text)))
    return ranges
