"""Where the story lies: which lines are sentences, and where the first and the last of them stand."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import sub

from cleanwire.document import Document

_NEAR = 3
"""A sentence belongs to the story when another one stands within this many lines; a lone one may be a box."""


@dataclass(frozen=True)
class Layout:
    """Where among the rows of a text, its lines that are not blank, the story lies.

    `rows` are indices of lines; `sentences` and all other places count rows.  The story runs from `first` to `last`;
    without a sentence it is empty: every row is both above and below it.
    """

    doc: Document
    sentences: frozenset[int]
    first: int
    last: int

    @property
    def rows(self) -> list[int]:
        """The indices of the lines that are not blank."""
        return self.doc.rows

    @cached_property
    def passed(self) -> "array[int]":
        """The letters of sentences above each row, and in all."""
        lines, members = self.doc.lines, self.sentences
        sizes = (len(lines[index]) if row in members else 0 for row, index in enumerate(self.rows))
        return array("q", accumulate(sizes, initial=0))

    def above(self, row: int) -> bool:
        """Whether a row stands above the first sentence."""
        return row < self.first

    def below(self, row: int) -> bool:
        """Whether a row stands below the last sentence."""
        return row > self.last


def layout(doc: Document, sentences: Sequence[int]) -> Layout:
    r"""Find the story of `doc`, of which these rows read as prose.

    >>> layout(Document("Menu\n\nHe left.\nShe stayed.\nAbout"), [1, 2]).last
    2
    """
    near = list(map(_NEAR.__ge__, map(sub, sentences[1:], sentences)))
    if True in near:
        first, last = sentences[near.index(True)], sentences[len(near) - near[::-1].index(True)]
    else:
        first, last = (sentences[0], sentences[-1]) if sentences else (len(doc.rows), -1)
    return Layout(doc, frozenset(sentences), first, last)
