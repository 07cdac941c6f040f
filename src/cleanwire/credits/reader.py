"""The credit of a picture: the lines that hold one, and those around it that belong to it.

A credit closes a line, or is the whole of it; `cleanwire.credits.grammar` reads it, behind the cheap test of
`cleanwire.credits.cues`.  Beside that there are lines that begin with what a page prints for readers who do not see the
picture, and labels on a line of their own.
"""

from collections.abc import Iterable, Iterator

import regex

from cleanwire.credits.cues import COLONS, CreditCues
from cleanwire.credits.grammar import COPYRIGHT, Credit, Grammar
from cleanwire.credits.labels import Labels
from cleanwire.credits.lexicon import WORD, Lexicon, sign
from cleanwire.credits.makers import Names, caption_piece, tile
from cleanwire.document import Piece
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule
from cleanwire.scan.cues import CREDIT, LABEL, Cue
from cleanwire.text.fold import fold

_SET = " ([\u00a0\t"
_LABEL = 30
"""A label on a line of its own has at most so many letters."""
_CAPTION = 60
"""A caption under its label has less words."""
_RESERVED = deferred(regex.compile, "무단|版权所有|版權所有|無断転載")
"""What East Asian papers print behind the sign of copyright, with no blank that would make a word of it."""


class CreditReader:
    """All credit rules of some packs, compiled; asked for one line, it answers with the credit on it.

    >>> from cleanwire.packs.pack import builtin_packs
    >>> line = "The bridge at dawn. REUTERS/Ann Lee"
    >>> credit = CreditReader(builtin_packs()).read(line)
    >>> line[: credit.start], [(line[: piece.stop], piece.part) for piece in credit.pieces][-1][1]
    ('The bridge at dawn.', 'name')
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._lexicon = Lexicon(packs)
        self._hints = CreditCues(self._lexicon)
        self._labels = Labels(self._lexicon)
        self._names = Names(self._lexicon, self._labels)
        self._captions = dict(self._lexicon.captions)
        calls = (*self._captions, *self._lexicon.labels)
        self._called = frozenset(key.rpartition(" ")[2] for key in map(fold, calls))
        self._grammar = Grammar(self._lexicon, self._hints, self._labels, self._names)

    def cues(self) -> Iterator[Cue]:
        """Yield the cues of lines that hold a credit, or are the label of one on the next line.

        A line that ends neither in a full stop nor as speech does needs none: a credit may close it.
        """
        yield from (Cue(opener, "start", CREDIT) for opener in self._lexicon.openers)
        yield from (Cue(word, "last sentence", CREDIT) for word in self._lexicon.firsts)
        yield from (Cue(word, "last word", LABEL) for word in self._called)

    def read_indented(self, line: str) -> Credit | None:
        """Return the credit on a line that may be indented, or None."""
        lead = len(line) - len(line.lstrip())
        credit = self.read(line[lead:])
        if not credit or not lead:
            return credit
        pieces = tuple(piece._replace(stop=piece.stop + lead) for piece in credit.pieces)
        return credit._replace(start=credit.start + lead, pieces=pieces)

    def read(self, line: str) -> Credit | None:
        """Return the credit on `line`, which is not indented, or None."""
        opens, holds = line[:3] in self._lexicon.openers, self._hints.may_hold(line)
        if not (opens or holds) or _RESERVED.search(line):
            return None
        if opens and (credit := self._read_furniture(line)):
            return credit
        if not holds:
            return None
        end = len(line.rstrip())
        low = line[max(end - 40, 0) : end].rstrip(".").casefold()
        for phrase, rule in self._lexicon.toggles:
            if low.endswith(phrase):
                cut = len(line[:end].rstrip(".")[: -len(phrase)].rstrip())
                credit = self._grammar.read(line[:cut]) if cut else None
                if credit and not any(piece.part == "agency" for piece in credit.pieces):
                    return None  # "© HappyFace. All rights reserved."
                return credit and credit._replace(pieces=(*credit.pieces, caption_piece(len(line), "label", rule.name)))
        return self._grammar.read(line)

    def calls(self, line: str) -> Rule | None:
        """Return the rule of a line that is nothing but a label, whose words are on the next: "Photo:"."""
        text = line.strip(_SET)
        if len(text) > _LABEL or not text[:1].isupper():
            return None
        if rule := self._captions.get(text):
            return rule
        words = list(map(sign, WORD.findall(text)))
        label = self._lexicon.labels.get(" ".join(words))
        if not label or label.rule.confidence != "alone" or text.rstrip("".join(COLONS))[-1:] == "s":
            return None
        if text[-1] in COLONS:
            return label.rule if label.marked else None
        # Without a colon "Feature image" is a heading; "Image credit" and "Image copyright" are none.
        last = self._lexicon.labels.get(words[-1])
        return label.rule if len(words) > 1 and (not last or last.rule.name == COPYRIGHT) else None

    def read_called(self, line: str, rule: Rule) -> Credit | None:
        """Read a line under a label that `rule` knows: the caption, or a name, an agency, or both."""
        if rule.kind == "caption":
            return (
                Credit(0, rule.name, True, (caption_piece(len(line), None, rule.name),))
                if len(line.split()) < _CAPTION
                else None
            )
        mentions = self._names.read(line, 0, len(line.rstrip()), labelled=True) if len(line) < 80 else None
        if not mentions or len(line.split()) > (8 if any(mention.kind == "agency" for mention in mentions) else 4):
            return None
        return Credit(0, rule.name, True, tile(line, rule.name, mentions, 0, len(line)))

    def _read_furniture(self, line: str) -> Credit | None:
        """Read a line that begins with words a page prints for readers who do not see the picture."""
        end = len(line.rstrip())
        for phrase, rule in self._lexicon.captions:
            if line.startswith(phrase):
                text = _skip_mark(line, len(phrase), end)
                if text and text < end:
                    return Credit(
                        0,
                        rule.name,
                        True,
                        (caption_piece(text, "label", rule.name), caption_piece(len(line), None, rule.name)),
                    )
        for phrase, rule in self._lexicon.prefixes:
            if line.startswith(phrase):
                return self._read_doubled(line, len(phrase), end, rule)
        if (opening := self._labels.at(line, 0)) and opening.label.rule.action == "caption":
            for phrase, rule in self._lexicon.captions:
                place = line.find(phrase, opening.stop, 400)
                text = _skip_mark(line, place + len(phrase), end) if place > 0 else 0
                mentions = self._names.read(line, opening.stop, place, labelled=True) if text else None
                if mentions:
                    pieces = tile(line, opening.label.rule.name, mentions, opening.stop, place)
                    return Credit(
                        0,
                        opening.label.rule.name,
                        True,
                        (*pieces, *_labelled(text, len(line), rule.name)),
                    )
        return None

    def _read_doubled(self, line: str, start: int, end: int, rule: Rule) -> Credit | None:
        """Read "toggle caption Jim Cole/AP Jim Cole/AP", where a button stands before a credit printed twice."""
        words = line[start:end].split()
        half = len(words) // 2
        if half and words[:half] == words[half:]:
            second = line.rindex(words[half], start, end - len(" ".join(words[half:])) + len(words[half]) + 1)
            if mentions := self._names.read(line, second, end, labelled=False):
                return Credit(0, rule.name, True, tile(line, rule.name, mentions, second, len(line)))
        return None


def _skip_mark(line: str, start: int, end: int) -> int:
    """Return where the words behind a caption's label begin, or 0 if a sentence goes on there."""
    place = start
    while place < end and line[place] in " \u00a0:：,，،-–":
        place += 1
    return place if place > start and not line[place : place + 1].islower() else 0


def _labelled(start: int, size: int, rule: str) -> tuple[Piece, ...]:
    """Return the pieces of a caption's text that starts at `start`, after its label, and ends at `size`."""
    return caption_piece(start, "label", rule), caption_piece(size, None, rule)
