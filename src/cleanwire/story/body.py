"""Where the body of an article lies among the lines of a document."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import sub

from cleanwire.compiled import Facts
from cleanwire.document import FLAT, Document
from cleanwire.lazy import lazy
from cleanwire.text.shape import is_closed

NEAR = 3
"""A sentence belongs to the body when another one stands within this many lines; a lone one may be boilerplate."""


@dataclass(frozen=True)
class Body:
    """Where the body lies: from line `first` to line `last`; `sentences` are the lines that read as prose.

    Without a sentence the body is empty: every line is both above and below it.
    """

    doc: Document
    sentences: frozenset[int]
    first: int
    last: int

    @lazy
    def letters_above(self) -> "array[int]":
        """The letters of sentences above each line, and in all."""
        sentences = self.sentences
        sizes = (len(line) if number in sentences else 0 for number, line in enumerate(self.doc.lines))
        return array("q", accumulate(sizes, initial=0))

    def above(self, line: int) -> bool:
        """Return True if a line stands above the first sentence."""
        return line < self.first

    def below(self, line: int) -> bool:
        """Return True if a line stands below the last sentence."""
        return line > self.last


def sentences(doc: Document, facts: Facts) -> list[int]:
    """Return the lines of `doc` that read as prose; of a text without line ends all that end as sentences do.

    >>> from cleanwire.compiled import facts
    >>> doc = Document("He left.", layout="flat")
    >>> sentences(doc, facts(doc)), sentences(Document("He left."), facts(doc))
    ([0], [])
    """
    if doc.layout != FLAT:
        return facts.sentences
    return sorted({*facts.sentences, *(number for number, line in enumerate(doc.lines) if is_closed(line))})


def body_range(doc: Document, sentences: Sequence[int]) -> Body:
    r"""Return where the body of `doc` lies, of which these lines read as prose.

    >>> body_range(Document("Menu\n\nHe left.\nShe stayed.\nAbout"), [1, 2]).last
    2
    """
    near = list(map(NEAR.__ge__, map(sub, sentences[1:], sentences)))
    if True in near:
        first, last = sentences[near.index(True)], sentences[len(near) - near[::-1].index(True)]
    else:
        first, last = (sentences[0], sentences[-1]) if sentences else (len(doc.lines), -1)
    return Body(doc, frozenset(sentences), first, last)
