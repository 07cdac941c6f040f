"""The headline of a page: the line above the densest block of sentences that shares most of its words with it."""

from typing import Final

import numpy as np

from cleanwire.pagemodel.paragraphs import Flags, Floats, Ints
from cleanwire.pagemodel.words import Words

NAMES: Final = ("from headline", "headline words", "headline topic")
"""The rows of what `measure` returns."""
_WORDS = (3, 25)
"""The fewest and most words of a headline."""
_ABOVE, _BELOW = 40, 3
"""How many paragraphs above the beginning of the block, and below it, are looked at."""
_TOPIC = 0.3
"""Least share of the words of a headline that the block holds."""
_STEP = 0.02
"""What each paragraph between the headline and the block subtracts from its strength."""
_NONE = 9.0
"""The distance from the headline of a page without one: more than the logarithm of any."""


def measure(read: Words, may_be: Flags, count: Floats, topic: Floats, begin: Ints, low: Ints) -> Floats:
    """Return a row for each of `NAMES`, for n paragraphs.

    `may_be` is whether a paragraph is neither a sentence nor known as boilerplate, `count` its words, `topic` the share
    of them that the block holds; `begin` and `low` are where its page and the block of its page begin.
    """
    size = len(count)
    places = np.arange(size)
    rows = np.zeros((len(NAMES), size), np.float32)
    near = (places >= low - _ABOVE) & (places < low + _BELOW)
    may = may_be & near & (count >= _WORDS[0]) & (count <= _WORDS[1]) & (topic >= _TOPIC)
    strength = topic * np.log1p(count) - _STEP * np.maximum(low - places, 0)
    found = np.flatnonzero(may)
    order = found[np.lexsort((strength[found], begin[found]))]  # the strongest of each page comes last
    last = np.append(begin[order[1:]] != begin[order[:-1]], True)[: len(order)]
    headline = np.full(size + 1, -1)
    headline[begin[order[last]]] = order[last]
    own = headline[begin]
    distance = places - own
    rows[0] = np.where(own >= 0, np.sign(distance) * np.log1p(np.abs(distance)), _NONE)
    marked = np.zeros(size, bool)
    marked[order[last]] = True
    rows[1] = np.where(own >= 0, read.shares(marked), 0)
    rows[2] = np.where(own >= 0, topic[own], 0)
    return rows
