"""Clusters of prose on a page: sentences with few lines between.  The story is one or a few of them; so is each box."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleanwire.pagemodel import characters as ch
from cleanwire.pagemodel.paragraphs import Flags, Floats, Ints, Paragraphs, changes, ends_of

NAMES: Final = (
    "cluster of longest", "cluster sentences", "cluster marks", "cluster density", "prose before cluster",
    "from cluster", "cluster cohesion",
)  # fmt: skip
"""The rows of what `Clusters.measure` returns."""
_NEAR = 4
"""Largest distance between neighbouring sentences of a cluster, in paragraphs."""
_FAR = 300
"""Distance from which on a paragraph has no nearest cluster."""


@dataclass(frozen=True, eq=False)
class Clusters:
    """The k clusters of joined documents, and which of them is the nearest to each of n paragraphs.

    Of a cluster, `first` and `last` are its outermost sentences, `marks` how many sentence marks a paragraph has in it.
    Of a paragraph, `part` is its cluster, `distance` how far that is, below 0 before it, and `weights` are its words
    where it is a sentence, else 0.
    """

    first: Ints
    last: Ints
    document: Ints
    sentences: Ints
    words: NDArray[Any]
    marks: NDArray[Any]
    part: Ints
    distance: Ints
    weights: Floats

    def measure(self, cohesion: Floats) -> NDArray[np.float64]:
        """Return a row for each of `NAMES`; `cohesion` is which share of a paragraph's words the others hold."""
        rows = np.zeros((len(NAMES), len(self.part)))
        if not len(self.first):
            return rows
        documents = int(self.document[-1]) + 1
        words = np.maximum(self.words, 0.5)  # brackets alone can be as wide as a sentence
        longest = np.zeros(documents)
        np.maximum.at(longest, self.document, words)
        whole = np.bincount(self.document, words)
        before = np.cumsum(words) - words
        before -= before[np.searchsorted(self.document, self.document)]
        held = np.bincount(self.part, cohesion * self.weights, len(self.first))
        each = np.array([
            words / longest[self.document], np.log1p(self.sentences), self.marks,
            self.sentences / (self.last - self.first + 1), before / whole[self.document], np.zeros(len(self.first)),
            held / words,
        ])  # fmt: skip
        rows[:] = each[:, self.part]
        rows[NAMES.index("from cluster")] = np.sign(self.distance) * np.log1p(np.abs(self.distance))
        rows[:, np.abs(self.distance) >= _FAR] = 0
        return rows


def read(found: Paragraphs, sentence: Flags, words: Floats) -> Clusters:
    """Find the clusters of paragraphs, of which these are a `sentence`; `words` are those of sentences alone."""
    places, at = np.arange(len(found)), np.flatnonzero(sentence)
    document = found.document[at]
    new = changes(document)
    new[1:] |= at[1:] - at[:-1] > _NEAR
    opens = np.flatnonzero(new)
    number = np.cumsum(new) - 1
    first, last, document = at[opens], at[ends_of(opens, len(at)) - 1], document[opens]
    sentences = np.bincount(number, minlength=len(first))
    marks = np.bincount(number, found.counts[at][:, [ch.STOP, ch.QUESTION]].sum(1), len(first))
    part, distance = _nearest(first, last, document, found.document, places)
    return Clusters(
        first, last, document, sentences, np.bincount(number, words[at], len(first)), marks / sentences,
        part, distance, words,
    )  # fmt: skip


def _nearest(first: Ints, last: Ints, document: Ints, own: Ints, places: Ints) -> tuple[Ints, Ints]:
    """Return for each place the cluster that is nearest in its document, and how far it is."""
    if not len(first):
        return np.zeros(len(places), np.int64), np.full(len(places), _FAR)
    below = np.searchsorted(last, places)  # the first that ends there or later
    above = np.maximum(below - 1, 0)
    below = np.minimum(below, len(first) - 1)
    none = _FAR
    ahead = np.where((document[below] == own) & (last[below] >= places), np.maximum(first[below] - places, 0), none)
    back = np.where((document[above] == own) & (last[above] < places), places - last[above], none)
    nearer = ahead <= back
    return np.where(nearer, below, above), np.where(nearer, -np.minimum(ahead, none), np.minimum(back, none))
