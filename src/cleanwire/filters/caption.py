"""Photo captions and credits: set aside as data.

A line that a credit closes is a caption, wholly; a long paragraph that ends in one loses the credit alone; a line
that is a credit takes the caption along that stands directly over it.  The packs hold the words and
`cleanwire.credits.grammar` the grammar of a credit; this filter says what goes with it.  A caption without any sign
stays: nothing parts it from a subhead.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from cleanwire.compiled import surveyor
from cleanwire.credits.credit import COPYRIGHT, Credit
from cleanwire.credits.words import CreditWords
from cleanwire.document import Document, Piece
from cleanwire.edit import Edit
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack
from cleanwire.story.body import Layout, layout
from cleanwire.text.fold import UNSPACED

Take = Literal["caption", "credit", "nothing"]

_LONG = 60
"""A line of more words before its credit is a paragraph."""
_LABELLED = 90
"""Unless its credit has a label, a name and an agency."""
_SENTENCES = 4
"""So is one of more sentences."""
_ABOVE = range(4, 46)
"""The words of a caption that stands over its credit."""
_PRICE = frozenset("$€£¥=<>{}")
_HERO = 6
"""So many rows above the story may belong to the picture at its head."""
_FOOT = 0.75
"""Behind this share of the rows, and behind the story, a copyright sign is the page's own."""
_PICTURES = frozenset({"credit.any.archive", COPYRIGHT})
"""The rules of credits that may stand alone within the story: they name nothing but pictures."""
_SENTENCE = deferred(
    regex.compile, r"(?<=\p{Ll}{3}|[\p{Lo}\d)\"”’»])[.!?…][\"”’»)]*\s+(?=[\p{Lu}\"“„«\d])|[。！？।۔](?=\s*\S)"
)


@dataclass(frozen=True)
class CaptionFilter:
    r"""Propose to set photo captions and credits aside.

    `take` says how much: the whole ``caption``, the ``credit`` alone (the safest), or ``nothing``: they are named, and
    stay.  `packs` are packs of your own, beside the ones that come with the library.

    >>> [(edit.rule, edit.part) for edit in CaptionFilter()(Document("A bridge at dawn. Photo: Ann Lee"))]
    [('credit.en.photo', None), ('credit.en.photo', 'label'), ('credit.en.photo', 'name')]
    """

    take: Take = "caption"
    packs: tuple[Pack, ...] = ()
    name: str = "caption"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Look at `doc` and propose what goes."""
        known = surveyor(self.packs)
        survey = doc.once(known.survey)
        found = known.credits.read_all(doc.lines, survey.credits) if survey.credits else None
        return _Reading(doc, found, survey.sentences, known.credits.words).edits(self.take) if found else ()


class _Reading:
    """One look at one document: which of its lines and ends of lines go."""

    def __init__(self, doc: Document, found: dict[int, Credit], sentences: Sequence[int], words: CreditWords) -> None:
        self.doc, self.lines, self.credits, self.words = doc, doc.lines, found, words
        self.layout: Layout = layout(doc, sentences)
        self.spaced = self._is_spaced()
        self.whole: dict[int, list[Piece]] = {}
        self.ends: dict[int, Credit] = {}
        for index, credit in found.items():
            self._place(index, credit)
        for index, credit in found.items():
            if index in self.whole and not self._before(index, credit) and not self._take_above(index, credit):
                self._take_below(index, credit)

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
        parts = {piece.part for piece in credit.pieces}
        long = _LABELLED if {"label", "agency", "name"} <= parts else _LONG
        if before and (_size(before) > long or len(_SENTENCE.findall(before)) >= _SENTENCES):
            if credit.pieces:
                self.ends[index] = credit
            return
        pieces = [Piece(credit.start, "caption", credit.rule)] if before else []
        self.whole[index] = [*pieces, *credit.pieces]

    def _vouched(self, index: int, credit: Credit, before: str) -> bool:
        """Whether another sign says that a doubtful credit is one: its place in the story, a date, "(left)"."""
        first, last, rows = self.layout.first, self.layout.last, self.layout.rows
        if before:
            behind = self.lines[index][credit.start :].strip()
            short = (
                (first > last or index < rows[last]) and _size(before) < _ABOVE.stop and not _SENTENCE.search(before)
            )
            if credit.rule in _PICTURES:
                return short
            bare = behind[0] not in "([（［【|–-" and before[-1] in '.!?…。"”»'
            return (short and bare and first <= last) or bool(self.words.caption_sign.search(before))
        if credit.rule in _PICTURES:
            return first > last or rows[max(first - _HERO, 0)] <= index < max(rows[last], rows[int(_FOOT * len(rows))])
        return self._caption_above(index) and self.lines[index - 1].rstrip()[-1] in ".!?"

    def _take_above(self, index: int, credit: Credit) -> bool:
        """Take the caption that stands directly over a credit, in a text where that means something."""
        taken = self._caption_above(index)
        if taken:
            self.whole[index - 1] = [Piece(len(self.lines[index - 1]), "caption", credit.rule)]
        return taken

    def _caption_above(self, index: int) -> bool:
        above = index - 1
        if above < 1 or self.lines[above - 1].strip():
            return False
        return self._is_free(above)

    def _take_below(self, index: int, credit: Credit) -> None:
        """Take the caption that stands directly under a credit, the two being a block of their own."""
        lines, below = self.lines, index + 1
        if (
            index
            and not lines[index - 1].strip()
            and below + 1 < len(lines)
            and not lines[below + 1].strip()
            and self._is_free(below)
        ):
            self.whole[below] = [Piece(len(lines[below]), "caption", credit.rule)]

    def _is_free(self, index: int) -> bool:
        """Whether a line beside a credit could be its caption."""
        if not self.spaced or index in self.whole or index in self.ends:
            return False
        line = self.lines[index].rstrip()
        if _size(line) not in _ABOVE or len(_SENTENCE.findall(line)) > 1:
            return False
        small = sum(word[0].islower() for word in line.split())
        return line[-1] in ".!?…。)" or (_size(line) > 5 and small > 2 and _PRICE.isdisjoint(line))

    def edits(self, take: Take) -> Iterator[Edit]:
        """Yield the edits, in no order."""
        if take == "caption":
            yield from self.doc.cut(self.whole)
        elif take == "credit":
            alone = {i: c for i, c in self.credits.items() if i in self.whole and not self._before(i, c)}
            yield from self.doc.cut({index: self.whole[index] for index in alone})
            self.ends.update((i, c) for i, c in self.credits.items() if i in self.whole and i not in alone and c.pieces)
        else:
            for index, pieces in self.whole.items():
                yield from self._pieces(index, 0, pieces, keep=True)
        for index, credit in self.ends.items():
            yield from self._pieces(index, credit.start, credit.pieces, keep=take == "nothing")

    def _pieces(self, index: int, reached: int, pieces: Iterable[Piece], *, keep: bool) -> Iterator[Edit]:
        """Yield the edits that name or cut pieces within a line."""
        start, line = self.doc.start(index), self.lines[index]
        for piece in pieces:
            yield Edit(
                start + reached,
                start + piece.stop,
                line[reached : piece.stop] if keep else "",
                *piece[1:],
            )
            reached = piece.stop


def _size(line: str) -> int:
    """Count words; where nothing parts them, two letters are one."""
    count = len(line.split())
    return count if len(line) < 12 * count else max(count, sum(letter >= UNSPACED for letter in line) // 2)
