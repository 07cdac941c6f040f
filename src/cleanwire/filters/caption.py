"""Photo captions and credits: set aside as data.

A line that a credit closes is a caption, wholly; a long paragraph that ends in one loses the credit alone; a line
that is a credit takes the caption along that stands directly over it.  The packs hold the words and
`cleanwire.credits.grammar` the grammar of a credit; this filter says what goes with it.  A caption without any sign
stays: nothing parts it from a subhead.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import regex

from cleanwire.compiled import Facts, compiled, facts
from cleanwire.credits.credit import COPYRIGHT, Credit, caption_piece
from cleanwire.credits.reader import CreditReader
from cleanwire.credits.repeated import read_repeated
from cleanwire.credits.words import CreditWords
from cleanwire.document import FLAT, Document, Piece
from cleanwire.edit import Edit
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack
from cleanwire.scan.cues import CREDIT, DATE, LABEL
from cleanwire.story.body import body_range
from cleanwire.text.fold import UNSPACED

Take = Literal["caption", "credit", "nothing"]

_WORDS = 60
"""Most words of a caption before its credit; a longer line is a paragraph."""
_WORDS_COMPLETE = 90
"""Most words of a caption whose credit has a label, a name and an agency."""
_SENTENCES = 3
"""A line of more sentences than this is a paragraph."""
_ABOVE = range(4, 46)
"""The words of a caption that stands over its credit."""
_PRICE = frozenset("$€£¥=<>{}")
_HERO = 6
"""How many lines above the body may belong to the picture at its head."""
_COPY = 6
"""How many lines below a caption it may stand again."""
_STORY, _LABEL_FROM = 2, 20
"""Least sentences of a story below a caption that is glued to its credit, and least characters of that caption."""
_FOOT = 0.75
"""After this share of the lines, and after the body, a copyright sign is the page's own."""
_REPEATED = 4
"""Least sentences of a document in which a form that two lines repeat is looked for."""
_NOTED = 3
"""Least words of a caption with its note: "Files (FILES)" is a heading."""
_PICTURES = frozenset({"credit.any.archive", COPYRIGHT})
"""The rules of credits that may stand alone within the story: they name nothing but pictures."""
_SENTENCE = deferred(
    regex.compile, r"(?<=\p{Ll}{3}|[\p{Lo}\d)\"”’»])[.!?…][\"”’»)]*\s+(?=[\p{Lu}\"“„«\d])|[。！？।۔](?=\s*\S)"
)
_DATED = deferred(regex.compile, r"\d,\s(?:19|20)\d\d\.\s*$")
"""The day at the end of a caption of a news agency."""
_SPEECH = deferred(regex.compile, r"[\"“„«‟]\p{L}[^\"“”„«»]{10,}[\"“”»],?\s\p{Ll}")
"""A paragraph that begins with speech and goes on with who spoke."""


@dataclass(frozen=True)
class CaptionFilter:
    r"""Propose to set photo captions and credits aside.

    `take` says how much: the whole ``caption``, the ``credit`` alone (the safest), or ``nothing``: they are named, and
    stay.  `packs` are packs of your own, beside the ones that come with the library.

    >>> doc = Document("A bridge at dawn. Photo: Ann Lee\n\nShe left at noon.")
    >>> [(edit.rule, edit.part) for edit in CaptionFilter()(doc)]
    [('credit.en.photo', None), ('credit.en.photo', 'label'), ('credit.en.photo', 'name')]
    """

    take: Take = "caption"
    packs: tuple[Pack, ...] = ()
    name: str = "caption"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the edits that set captions and credits aside, or name them."""
        if doc.folds and doc.is_documentation:
            return ()  # it is about the words of credits, if it has them
        known, reader = facts(doc, self.packs), compiled(self.packs).credits
        found = _credits(doc, known, reader)
        found.update(_glued(doc, known, reader, found))
        if doc.layout != FLAT and len(known.sentences) >= _REPEATED:
            found.update(read_repeated(doc, found, known.sentences))
        return _Captions(doc, found, known, reader.words).edits(self.take) if found else ()


def _credits(doc: Document, known: Facts, reader: CreditReader) -> dict[int, Credit]:
    """Return the credits of lines; those too whose label is the line above, with at most one empty line between."""
    found: dict[int, Credit] = {}
    labels = set(known.having(LABEL))
    for line in known.having(CREDIT | LABEL):
        if line not in found and (credit := known.line(line).credit):
            found[line] = credit
        below = line + 1
        if line not in labels or below == len(doc.lines) or doc.gap(below) > 1:
            continue
        if (rule := known.line(line).label) and (credit := reader.read_below(doc.lines[below], rule)):
            pieces = (caption_piece(len(doc.lines[line]), "label", rule.name),)
            found[line], found[below] = Credit(0, rule.name, True, pieces), credit
    return found


def _glued(doc: Document, known: Facts, reader: CreditReader, found: Collection[int]) -> dict[int, Credit]:
    """Return the credits that no stop parts from their captions, of lines right above the story."""
    body = body_range(doc, known.sentences)
    if len(body.sentences) < _STORY or doc.layout == FLAT:
        return {}
    lines = [line for line in range(max(body.first - _HERO, 0), body.first) if ": " in doc.lines[line][_LABEL_FROM:]]
    dated = set(known.having(DATE))
    fresh = (line for line in lines if line not in found and not (line in dated and known.line(line).reading))
    glued = {line: reader.read_glued(doc.lines[line]) for line in fresh}
    return {line: credit._replace(sure=True) for line, credit in glued.items() if credit}


class _Captions:
    """Which lines and ends of lines of one document are captions."""

    def __init__(self, doc: Document, found: dict[int, Credit], known: Facts, words: CreditWords) -> None:
        self.doc, self.lines, self.credits, self.words = doc, doc.lines, found, words
        self.known, self.body = known, body_range(doc, known.sentences)
        self.spaced = self._is_spaced()
        self.whole: dict[int, list[Piece]] = {}
        self.ends: dict[int, Credit] = {}
        for line, credit in found.items():
            self._place(line, credit)
        for line, credit in found.items():
            if line in self.whole and not self._before(line, credit) and not self._take_above(line, credit):
                self._take_below(line, credit)
        for line in list(self.whole):
            self._take_copies(line)
        self._keep_a_text()

    def _before(self, line: int, credit: Credit) -> str:
        return self.lines[line][: credit.start].strip()

    def _is_spaced(self) -> bool:
        """Return True if empty lines stand between the paragraphs, so that lines without one belong together."""
        last = len(self.lines) - 1
        gaps = [self.doc.gap(line + 1) for line in self.body.sentences if line < last or self.doc.gap(last + 1)]
        return 2 * sum(gap > 0 for gap in gaps) > len(gaps)

    def _place(self, line: int, credit: Credit) -> None:
        """Decide whether a credit counts, and whether its line goes with it."""
        before = self._before(line, credit)
        if self.doc.layout == FLAT and not before and any(piece.part is None for piece in credit.pieces):
            return  # the caption behind "Image caption," ends where nothing shows
        if not self._counts(line, credit, before):
            return
        parts = {piece.part for piece in credit.pieces}
        words = _WORDS_COMPLETE if {"label", "agency", "name"} <= parts else _WORDS
        if before and (self.doc.layout == FLAT or _size(before) > words or self._is_story(line, before)):
            if credit.pieces:
                self.ends[line] = credit
            return
        pieces = [Piece(credit.start, "caption", credit.rule)] if before else []
        self.whole[line] = [*pieces, *credit.pieces]

    def _counts(self, line: int, credit: Credit, before: str) -> bool:
        """Return True if a credit is sure or vouched for; a note, if enough words stand with it."""
        if not credit.pieces and _size(before) < _NOTED:
            return False
        return credit.sure or self._is_vouched(line, credit, before)

    def _is_story(self, line: int, before: str) -> bool:
        """Return True if a paragraph before a credit is not its caption: by its sentences, a dateline, a speaker."""
        sentences = len(_SENTENCE.findall(before))
        if sentences >= _SENTENCES or (sentences and _SPEECH.match(before)):
            return True
        dateline = self.known.dateline(line, lead=False)
        # "OSLO, NORWAY - MAY 3: A bridge" begins the captions of picture archives.
        return dateline is not None and before[: dateline.story].rstrip()[-1:] != ":"

    def _keep_a_text(self) -> None:
        """Leave the words of captions in a text that would be without any: only their credits go."""
        if len(self.whole) < len(self.lines):
            sentences = self.body.sentences
            if not sentences or not sentences <= self.whole.keys():
                return
        for line in [line for line in self.whole if line in self.credits and self._has_words(line)]:
            del self.whole[line]
            if self.credits[line].pieces:
                self.ends[line] = self.credits[line]

    def _is_vouched(self, line: int, credit: Credit, before: str) -> bool:
        """Return True if another sign says that a doubtful credit is one: its position, a date, "(left)"."""
        first, last, size = self.body.first, self.body.last, len(self.lines)
        if before:
            after = self.lines[line][credit.start :].strip()
            short = (first > last or line < last) and _size(before) < _ABOVE.stop and not _SENTENCE.search(before)
            if credit.rule in _PICTURES:
                # A name after a saying is a credit only on a page; a year shows that a copyright is meant.
                return short and (bool(self.known.witnesses) or any(map(str.isdigit, after)))
            bare = after[0] not in "([（［【|–-" and before[-1] in '.!?…。"”»'
            return (short and bare and first <= last) or bool(self.words.caption_sign.search(before))
        if credit.rule in _PICTURES:
            return first > last or max(first - _HERO, 0) <= line < max(last, int(_FOOT * size))
        return self._caption_above(line) and self.lines[line - 1].rstrip()[-1] in ".!?"

    def _take_above(self, line: int, credit: Credit) -> bool:
        """Take the caption that stands directly over a credit, in a text where that means something."""
        taken = self._caption_above(line)
        if taken:
            self.whole[line - 1] = [Piece(len(self.lines[line - 1]), "caption", credit.rule)]
        return taken

    def _caption_above(self, line: int) -> bool:
        """Return True if the line above a credit, with an empty line before it, could be its caption."""
        gap = self.doc.gap
        if line == 0 or not gap(line - 1) or not self._is_free(line - 1):
            return False
        if not gap(line):
            return True
        return gap(line) == 1 and (self._is_dated(line) or self._is_signed(line) or self._is_doubled(line))

    def _is_signed(self, line: int) -> bool:
        """Return True for "Ann Lee (left) on the bridge" over a blank line and a credit that is sure."""
        credit = self.credits.get(line)
        return credit is not None and credit.sure and self.words.caption_side.search(self.lines[line - 1]) is not None

    def _is_doubled(self, line: int) -> bool:
        """Return True if the line above a credit stands below it again, as a viewer of pictures prints it."""
        if line <= self.body.first:
            return False  # the title
        return self.lines[line - 1].strip() in map(str.strip, self.lines[line + 1 : line + _COPY])

    def _take_copies(self, line: int) -> None:
        """Take the lines near below a caption that repeat it."""
        credit = self.credits.get(line)
        text = (self._before(line, credit) if credit else self.lines[line]).strip()
        if _size(text) not in _ABOVE or line <= self.body.first:
            return  # above the story the copy of a caption is the title
        for other in range(line + 1, min(line + _COPY, len(self.lines))):
            if self.lines[other].strip() == text and other not in self.whole and other not in self.body.sentences:
                self.whole[other] = [Piece(len(self.lines[other]), "caption", self.whole[line][0].rule)]

    def _is_dated(self, line: int) -> bool:
        """Return True for "… in Oslo, May 3, 2024." over a blank line and "Ann Lee / AP"."""
        parts = {piece.part for piece in self.credits[line].pieces} if line in self.credits else set()
        return parts >= {"name", "agency"} and _DATED.search(self.lines[line - 1]) is not None

    def _take_below(self, line: int, credit: Credit) -> None:
        """Take the caption that stands directly under a credit, if the two are a block of their own."""
        gap, below = self.doc.gap, line + 1
        if below < len(self.lines) and gap(line) and not gap(below) and gap(below + 1) and self._is_free(below):
            self.whole[below] = [Piece(len(self.lines[below]), "caption", credit.rule)]

    def _is_free(self, number: int) -> bool:
        """Return True if a line beside a credit could be its caption."""
        if not self.spaced or number in self.whole or number in self.ends:
            return False
        line = self.lines[number].rstrip()
        if (_size(line) not in _ABOVE and not self._is_small_block(number)) or len(_SENTENCE.findall(line)) > 1:
            return False
        small = sum(word[0].islower() for word in line.split())
        return line[-1] in ".!?…。)" or (_size(line) > 5 and small > 2 and _PRICE.isdisjoint(line))

    def _is_small_block(self, number: int) -> bool:
        """Return True for "Harbour plan." and its credit, two lines between empty ones."""
        gap, size = self.doc.gap, _size(self.lines[number])
        last = number + 2 == len(self.lines)
        return 2 <= size < _ABOVE.stop and gap(number) > 0 and not gap(number + 1) and (last or gap(number + 2) > 0)

    def edits(self, take: Take) -> Iterable[Edit]:
        """Return the edits, in no order."""
        whole, ends = self.whole, self.ends
        if take == "nothing":
            named = (self._pieces(line, 0, pieces, keep=True) for line, pieces in whole.items())
            return chain(*named, *(self._end(line, keep=True) for line in ends))
        if take == "credit":
            whole = {line: whole[line] for line in self.credits if line in whole and not self._has_words(line)}
            closed = [line for line in self.credits if line in self.whole and line not in whole]
            ends = {line: self.credits[line] for line in (*ends, *closed)}
        cut = self.doc.cut(whole)
        return chain(cut, *map(self._end, ends)) if ends else cut

    def _has_words(self, line: int) -> bool:
        return bool(self._before(line, self.credits[line]))

    def _end(self, line: int, *, keep: bool = False) -> Iterator[Edit]:
        """Yield the edits of the credit at the end of a line."""
        credit = self.credits[line]
        return self._pieces(line, credit.start, credit.pieces, keep=keep)

    def _pieces(self, line: int, reached: int, pieces: Iterable[Piece], *, keep: bool = False) -> Iterator[Edit]:
        """Yield the edits that name or cut pieces within a line."""
        start, text = self.doc.start(line), self.lines[line]
        for piece in pieces:
            yield Edit(start + reached, start + piece.stop, text[reached : piece.stop] if keep else "", *piece[1:])
            reached = piece.stop


def _size(line: str) -> int:
    """Count words; where nothing separates them, two letters are one."""
    count = len(line.split())
    return count if len(line) < 12 * count else max(count, sum(letter >= UNSPACED for letter in line) // 2)
