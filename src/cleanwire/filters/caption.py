"""Photo captions and credits: set aside as data.

A line that a credit closes is a caption, wholly; a long paragraph that ends in one loses the credit alone; a line
that is a credit takes the caption along that stands directly over it.  The packs hold the words, `cleanwire.rules.credit`
the grammar of a credit; this filter says what goes with it.  A caption without any sign stays: nothing parts it from
a subhead.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

from cleanwire.document import Document, Piece
from cleanwire.edit import Edit
from cleanwire.lines.layout import Layout, layout, words
from cleanwire.rules.credit import Credit, CreditReader, Part
from cleanwire.rules.pack import Pack, builtin_packs

Take = Literal["caption", "credit", "nothing"]

_LONG = 60
"""A line of more words before its credit is a paragraph."""
_SENTENCES = 4
"""So is one of more sentences."""
_ABOVE = range(4, 46)
"""The words of a caption that stands over its credit."""
_PICTURES = frozenset({"credit.any.archive", "credit.any.copyright"})
"""The rules of credits that may stand alone within the story: they name nothing but pictures."""
_SENTENCE = regex.compile(r"(?<=\p{Ll}{3}|[\p{Lo}\d)\"”’»])[.!?…][\"”’»)]*\s+(?=[\p{Lu}\"“„«\d])|[。！？।]")
_SIGN = regex.compile(
    r"\((?:L|R|C|l|r|left|right|centre|center|links|rechts|oben|unten|gauche|droite|izq|der|v\.? ?l|M)\.?\)"
    r"|\b(?:from left|pictured|file photo|v\.l\.n\.r|de g\. à d)\b"
    r"|\b(?:19|20)\d\d\.?\s*$"
)


@dataclass(frozen=True)
class Caption:
    r"""Propose to set photo captions and credits aside.

    `take` says how much: the whole ``caption``, the ``credit`` alone (the safest), or ``nothing``: they are named, and
    stay.  `packs` are packs of your own, beside the ones that come with the library.

    >>> [edit.rule for edit in Caption()(Document("A bridge at dawn. Photo: Ann Lee"))]
    ['credit.en.photo', 'credit.en.photo.label', 'credit.en.photo.name']
    """

    take: Take = "caption"
    packs: tuple[Pack, ...] = ()
    name: str = "caption"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Look at `doc` and propose what goes."""
        read = reader(self.packs).read
        credits = {index: credit for index, line in enumerate(doc.lines) if line and (credit := read(line))}
        return _Reading(doc, credits).edits(self.take) if credits else ()


@lru_cache(maxsize=32)
def reader(packs: tuple[Pack, ...] = ()) -> CreditReader:
    """Return the reader for the built-in packs and `packs`, compiled once a process."""
    return CreditReader(builtin_packs() + packs)


class _Reading:
    """One look at one document: which of its lines and ends of lines go."""

    def __init__(self, doc: Document, credits: dict[int, Credit]) -> None:
        self.doc, self.lines = doc, doc.lines
        self.layout: Layout = layout(doc, ())
        self.spaced = self._is_spaced()
        self.whole: dict[int, list[Piece]] = {}
        self.ends: dict[int, Credit] = {}
        for index, credit in credits.items():
            self._place(index, credit)
        for index, credit in credits.items():
            if index in self.whole and not self._before(index, credit):
                self._take_above(index, credit)

    def _before(self, index: int, credit: Credit) -> str:
        return self.lines[index][: credit.start].strip()

    def _is_spaced(self) -> bool:
        """Whether blank lines part the paragraphs of this text, so that lines without one between belong together."""
        lines, rows = self.lines, self.layout.rows
        sentences = [rows[row] for row in self.layout.sentences if rows[row] + 1 < len(lines)]
        return 2 * sum(not lines[index + 1].strip() for index in sentences) > len(sentences)

    def _place(self, index: int, credit: Credit) -> None:
        """Settle whether a credit counts, and whether its line goes with it."""
        before = self._before(index, credit)
        if not credit.sure and not self._vouched(index, credit, before):
            return
        if before and (_size(before) > _LONG or len(_SENTENCE.findall(before)) >= _SENTENCES):
            if credit.parts:
                self.ends[index] = credit
            return
        pieces = [Piece(credit.start, "caption", credit.rule)] if before else []
        self.whole[index] = pieces + [Piece(part.stop, "caption", _rule(part)) for part in credit.parts]

    def _vouched(self, index: int, credit: Credit, before: str) -> bool:
        """Whether another sign says that a doubtful credit is one: its place in the story, a date, "(left)"."""
        first, last, rows = self.layout.first, self.layout.last, self.layout.rows
        within = first > last or rows[first] < index < rows[last]
        if before:
            behind = self.lines[index][credit.start :].strip()
            short = within and _size(before) < _ABOVE.stop and not _SENTENCE.search(before)
            if credit.rule in _PICTURES:
                return short
            bare = behind[0] not in "([（［【|–-" and before[-1] in ".!?…。\"”»"
            return (short and bare and first <= last) or bool(_SIGN.search(before))
        if credit.rule in _PICTURES:
            return within
        return self._caption_above(index) and self.lines[index - 1].rstrip()[-1] in ".!?"

    def _take_above(self, index: int, credit: Credit) -> None:
        """Take the caption that stands directly over a credit, in a text where that means something."""
        if self._caption_above(index):
            line = self.lines[index - 1]
            self.whole[index - 1] = [Piece(len(line), "caption", credit.rule)]

    def _caption_above(self, index: int) -> bool:
        above = index - 1
        if not self.spaced or above < 1 or above in self.whole or above in self.ends or self.lines[above - 1].strip():
            return False
        line = self.lines[above].rstrip()
        if _size(line) not in _ABOVE or len(_SENTENCE.findall(line)) > 1:
            return False
        return line[-1] in ".!?…。)(" or (_size(line) > 5 and sum(map(str.islower, (w[0] for w in line.split()))) > 2)

    def edits(self, take: Take) -> Iterator[Edit]:
        """Yield the edits, in no order."""
        if take == "caption":
            yield from self.doc.cut(self.whole)
        for index, pieces in self.whole.items():
            if take == "nothing":
                yield from self._pieces(index, 0, pieces, keep=True)
            elif take == "credit":
                yield from self._pieces(index, 0, pieces, keep=False)
        for index, credit in self.ends.items():
            parts = [Piece(part.stop, "caption", _rule(part)) for part in credit.parts]
            yield from self._pieces(index, credit.start, parts, keep=take == "nothing")

    def _pieces(self, index: int, reached: int, pieces: Iterable[Piece], *, keep: bool) -> Iterator[Edit]:
        """Yield the edits that name or cut pieces within a line."""
        start, line = self.doc.start(index), self.lines[index]
        for piece in pieces:
            yield Edit(start + reached, start + piece.stop, line[reached : piece.stop] if keep else "", piece.lane, piece.rule)
            reached = piece.stop


def _size(line: str) -> int:
    """Count words; Korean has blanks, and letters that need no count of their own."""
    count = len(line.split())
    return count if len(line) < 12 * count else words(line)


def _rule(part: Part) -> str:
    return f"{part.rule}.{part.kind}" if part.kind else part.rule
