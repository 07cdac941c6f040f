"""Where the story lies: which lines are sentences, and where the first and the last of them stand."""

import string
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import sub

from cleanwire.document import Document
from cleanwire.rules.fold import UNSPACED, is_unspaced

_ENDS = ".!?…:;。！？．｡।॥۔؟։።።：；"
_CLOSERS = "\"'”’»“‘«›)]）】」』〉》〕 \t\r"
_EAST_ASIAN = "\u2e80"
_LATIN = string.ascii_letters.encode()
_LETTERS = 50
"""A line of this many letters that ends as a sentence does is one; an unspaced script says as much in less."""
PROSE = 160
"""A line as long as this is prose, however it ends."""
_NEAR = 3
"""A sentence belongs to the story when another one stands within this many lines; a lone one may be a box."""


def is_sentence(line: str) -> bool:
    """Whether a line reads as prose: long, and closed as a sentence is.

    >>> is_sentence("The council voted on Monday to close the bridge for a year.")
    True
    >>> is_sentence("Read more")
    False
    """
    size = len(line)
    if size >= PROSE:
        return True
    if size >= _LETTERS // 3 and is_unspaced(line):
        size *= 3
    return size >= PROSE or (size >= _LETTERS and (line.rstrip(_CLOSERS)[-1:] in _ENDS or _is_speech(line)))


def _is_speech(line: str) -> bool:
    """Whether all of a line is spoken, in Japanese brackets, where no mark closes the sentence."""
    return line.lstrip()[:1] in ("「", "『") and line.rstrip()[-1:] in ("」", "』")


def width(line: str) -> int:
    """Count the columns of a line: what East Asian scripts write takes two, and says as much as two letters.

    >>> width("Ferries"), width("渡轮停航")
    (7, 8)
    """
    return len(line) if line.isascii() else len(line) + sum(character >= _EAST_ASIAN for character in line)


def words(line: str) -> int:
    """Count the words of a line, roughly; two letters of an unspaced script are one.

    >>> words("Two ferries were late.")
    4
    """
    count = line.count(" ") + 1
    if is_unspaced(line):
        count += sum(character >= UNSPACED for character in line) // 2
    return count


def letters(line: str) -> int:
    """Count the letters of a line.

    >>> letters("Route 66")
    5
    """
    if line.isascii():  # several times as fast
        return len(line) - len(line.encode().translate(None, _LATIN))
    return sum(map(str.isalpha, line))


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
