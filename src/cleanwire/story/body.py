"""Where the body of an article lies among the lines of a document."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, repeat
from operator import sub

from cleanwire.compiled import Facts
from cleanwire.document import FLAT, Document
from cleanwire.lazy import lazy
from cleanwire.text.shape import is_closed

NEAR = 3
"""A sentence belongs to the body when another one stands within this many lines; a lone one may be boilerplate."""
APART = 6
"""Least known lines, no two alike, between a body and sentences that belong to a menu, a teaser or a notice."""
SMALL = 0.05
"""The most letters of such sentences, as a share of those of the body."""
STORY = 1_200
"""Least letters of a body beside which other sentences are few."""


@dataclass(frozen=True)
class Body:
    """Where the body lies: from line `first` to line `last`; `sentences` are the lines that read as prose.

    Without a sentence the body is empty: every line is both above and below it.
    """

    doc: Document
    sentences: frozenset[int]
    first: int
    last: int
    reach: range = range(0)
    """From the first to the last sentence of the body, those too that have no other one near."""

    @lazy
    def letters_above(self) -> "array[int]":
        """The letters of sentences above each line, and in all."""
        sentences = self.sentences
        sizes = (len(line) if number in sentences else 0 for number, line in enumerate(self.doc.lines))
        return array("q", accumulate(sizes, initial=0))

    @lazy
    def is_story(self) -> bool:
        """Whether the sentences of the body are enough for a story."""
        return self.last >= self.first and self.letters_above[self.last + 1] - self.letters_above[self.first] >= STORY

    @lazy
    def story(self) -> str:
        """The text of the body in small letters."""
        return "\n".join(self.doc.lines[self.first : self.last + 1]).casefold()

    def share_above(self, line: int, end: int) -> float:
        """Return which share of the letters of the body, up to the line `end`, stands above a line; 0 if it has none.

        Of a small body all sentences of the text count.
        """
        letters = self.letters_above
        start, stop = min(self.reach.start, end), min(self.reach.stop, end)
        if letters[stop] - letters[start] < STORY:
            start, stop = 0, end
        whole = letters[stop] - letters[start]
        return (letters[max(start, min(line, stop))] - letters[start]) / whole if whole else 0.0

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


def body_range(doc: Document, sentences: Sequence[int], known: Sequence[int] = ()) -> Body:
    r"""Return where the body of `doc` lies, of which these lines read as prose.

    `known` are the lines that rules match, in order: sentences of menus, teasers and notices stand behind many of them.

    >>> body_range(Document("Menu\n\nHe left.\nShe stayed.\nAbout"), [1, 2]).last
    2
    """
    own = _without_apart(doc, sentences, known) if len(known) >= APART else sentences
    near = list(map(NEAR.__ge__, map(sub, own[1:], own)))
    if True in near:
        first, last = own[near.index(True)], own[len(near) - near[::-1].index(True)]
    else:
        first, last = (own[0], own[-1]) if own else (len(doc.lines), -1)
    return Body(doc, frozenset(sentences), first, last, range(own[0], own[-1] + 1) if own else range(0))


def _without_apart(doc: Document, sentences: Sequence[int], known: Sequence[int]) -> Sequence[int]:
    """Return sentences without those at either end that many known lines part from a body, and that are few beside it.

    Known lines that are alike, such as prices, part nothing: they stand at each item of a list.
    """
    counts = list(map(bisect_left, repeat(known), sentences))
    parted = [place for place, more in enumerate(map(sub, counts[1:], counts), 1) if more >= APART]
    parted = [place for place in parted if _are_different(doc, known[counts[place - 1] : counts[place]])]
    if not parted:
        return sentences
    clusters = [sentences[first:stop] for first, stop in pairwise((0, *parted, len(sentences)))]
    letters = [sum(map(len, map(doc.lines.__getitem__, cluster))) for cluster in clusters]
    if max(letters) < STORY:
        return sentences
    large = [number for number, size in enumerate(letters) if size >= SMALL * max(letters)]
    return [line for cluster in clusters[large[0] : large[-1] + 1] for line in cluster]


def _are_different(doc: Document, lines: Sequence[int]) -> bool:
    """Return True if enough of some lines are different."""
    return len({doc.lines[line].strip() for line in lines}) >= APART
