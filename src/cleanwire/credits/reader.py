"""Read the credits of pictures: on the lines that hold one, and on the lines around those that belong to it.

A credit closes a line or is the whole line: `cleanwire.credits.grammar` parses it, after the cheap test of
`cleanwire.credits.cues`.  Two more forms are read here: lines that begin with what a page prints for readers who do not
see the picture ("Image caption …", "toggle caption …"), and labels on a line of their own.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

import regex

from cleanwire.credits.credit import COPYRIGHT, Credit, caption_piece, partition
from cleanwire.credits.cues import COLONS, CreditCues
from cleanwire.credits.grammar import Grammar
from cleanwire.credits.labels import Labels
from cleanwire.credits.lexicon import WORD, Lexicon, label_key, label_keys
from cleanwire.credits.makers import Makers
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule
from cleanwire.scan.cues import CREDIT, LABEL, Cue
from cleanwire.text.fold import fold

_BEFORE_LABEL = " ([\u00a0\t"
_LABEL = 30
"""The most characters of a label on a line of its own."""
_CAPTION = 60
"""A caption below its label has fewer words."""
_END = 40
"""A phrase that stands after a credit ("hide caption") is looked for in this many characters."""


_GLUED, _GLUED_NAME = 4, 3
"""Least words of a caption that no stop parts from its credit, and most words of the name there."""
_RUN = 400
"""How many characters are searched for the credit before another one."""
_TAG = deferred(regex.compile, r"</?[a-z][^<>]*>\s*$")
"""Markup at the end of a line, whose words are no credit."""


class CreditReader:
    """Reads the credit on a line, by the credit rules of some packs.

    >>> from cleanwire.packs.load import builtin_packs
    >>> line = "The bridge at dawn. REUTERS/Ann Lee"
    >>> credit = CreditReader(builtin_packs()).read(line)
    >>> line[: credit.start], [(line[: piece.stop], piece.part) for piece in credit.pieces][-1][1]
    ('The bridge at dawn.', 'name')
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._lexicon = Lexicon(packs)
        self.words = self._lexicon.words
        self._cues = CreditCues(self._lexicon)
        self._labels = Labels(self._lexicon)
        self._makers = Makers(self._lexicon, self._labels)
        self._captions = dict(self._lexicon.captions)
        calls = (*self._captions, *self._lexicon.labels)
        self._called = frozenset(key.rpartition(" ")[2] for key in map(fold, calls))
        self._grammar = Grammar(self._lexicon, self._cues, self._labels, self._makers)

    def cues(self) -> Iterator[Cue]:
        """Yield the cues of lines that hold a credit, or are the label of one on the next line.

        A line that ends neither in a full stop nor as speech does, and has a mark that may part a credit from the text
        before it or within it, needs none: a credit may close it.
        """
        yield from self._cues.cues()
        yield from (Cue(opener, "start", CREDIT) for opener in self._lexicon.openers)
        yield from (Cue(word, "last sentence", CREDIT) for word in self._lexicon.firsts)
        yield from (Cue(word, "last word", LABEL) for word in self._called)

    def may_hold(self, line: str) -> bool:
        """Return True if a line may hold a credit; never False where one is read.

        >>> from cleanwire.packs.load import builtin_packs
        >>> reader = CreditReader(builtin_packs())
        >>> reader.may_hold("The bridge, at dawn"), reader.may_hold("The bridge. REUTERS/Ann Lee")
        (False, True)
        """
        if self._cues.may_hold(line):
            return True
        return line.lstrip()[:3] in self._lexicon.openers

    def read(self, line: str) -> Credit | None:
        """Return the credit on a line, or None."""
        return self.read_held(line) if self.may_hold(line) else None

    def read_held(self, line: str) -> Credit | None:
        """Return the credit on a line of which `may_hold` is known to be true, or None."""
        lead = len(line) - len(line.lstrip())
        credit = self._read(line[lead:])
        if not credit or not lead:
            return credit
        pieces = tuple(piece._replace(stop=piece.stop + lead) for piece in credit.pieces)
        return credit._replace(start=credit.start + lead, pieces=pieces)

    def _read(self, line: str) -> Credit | None:
        if _TAG.search(line) or self.words.reserved.search(line):
            return None
        if line[:3] in self._lexicon.openers:
            if credit := self._read_opening(line):
                return credit
            if not self._cues.may_hold(line):
                return None
        credit = self._read_closing(line)
        return self._with_run(line, credit) if credit else None

    def _with_run(self, line: str, last: Credit) -> Credit:
        """Return the credits that stand one after another at the end of a line as one: all go at once."""
        if not last.pieces or not last.sure:
            return last
        start, found = last.start, [last.pieces]
        while start:
            low = max(start - _RUN, 0)
            part = line[low:start]
            before = self._read_closing(part) if self._cues.may_hold(part) else None
            if not before or not before.pieces or not before.sure or (low and not before.start):
                break
            found.append(tuple(piece._replace(stop=piece.stop + low) for piece in before.pieces))
            start = before.start + low
        if start == last.start:
            return last
        return last._replace(start=start, pieces=tuple(chain.from_iterable(reversed(found))))

    def _read_closing(self, line: str) -> Credit | None:
        """Read the credit that closes a line, with the button that may stand after it: "Jim Cole/AP hide caption"."""
        end = len(line.rstrip())
        low = line[max(end - _END, 0) : end].rstrip(".").casefold()
        button = next(((phrase, rule) for phrase, rule in self._lexicon.toggles if low.endswith(phrase)), None)
        if not button:
            return self._grammar.read(line)
        phrase, rule = button
        stop = len(line[:end].rstrip(".")[: -len(phrase)].rstrip())
        credit = self._grammar.read(line[:stop]) if stop else None
        if not credit or not any(piece.part == "agency" for piece in credit.pieces):
            return None  # "© HappyFace. All rights reserved."
        return credit._replace(pieces=(*credit.pieces, caption_piece(len(line), "label", rule.name)))

    def calls(self, line: str) -> Rule | None:
        """Return the rule of a line that is only a label, whose names are on the next line: "Photo:"."""
        text = line.strip(_BEFORE_LABEL)
        if len(text) > _LABEL or not text[:1].isupper():
            return None
        if rule := self._captions.get(text):
            return rule
        words = label_keys(WORD.findall(text))
        label = self._lexicon.labels.get(" ".join(words))
        if not label or label.rule.confidence != "alone" or text.rstrip("".join(COLONS))[-1:] == "s":
            return None
        if text[-1] in COLONS:
            return label.rule if label.marked else None
        # Without a colon "Feature image" is a heading; "Image credit" and "Image copyright" are labels.
        last = self._lexicon.labels.get(words[-1])
        return label.rule if len(words) > 1 and (not last or last.rule.name == COPYRIGHT) else None

    def read_below(self, line: str, rule: Rule) -> Credit | None:
        """Read the line below a label of `rule`: the caption, or a name, an agency, or both."""
        words = len(line.split())
        if rule.kind == "caption":
            pieces = (caption_piece(len(line), None, rule.name),)
            return Credit(0, rule.name, True, pieces) if words < _CAPTION else None
        mentions = self._makers.read(line, 0, len(line.rstrip()), labelled=True) if len(line) < 80 else None
        if not mentions or words > (8 if any(mention.kind == "agency" for mention in mentions) else 4):
            return None
        return Credit(0, rule.name, True, partition(line, rule.name, mentions, len(line)))

    def read_glued(self, line: str) -> Credit | None:
        """Read "Workers on the new bridge Source: Port", a caption that nothing parts from the label of its credit."""
        end = len(line.rstrip())
        before, mark, name = line[:end].rpartition(": ")
        caption, _, word = before.rpartition(" ")
        label = self._lexicon.labels.get(label_key([word])) if mark and word[:1].isupper() else None
        if not label or not label.marked or caption.count(" ") + 1 < _GLUED or not caption[-1].isalnum():
            return None
        mentions = self._makers.read(line, len(before) + len(mark), end, labelled=True)
        if not mentions or name.count(" ") >= _GLUED_NAME:
            return None
        return Credit(len(caption), label.rule.name, False, partition(line, label.rule.name, mentions, len(line)))

    def _read_opening(self, line: str) -> Credit | None:
        """Read a line that begins with words a page prints for readers who do not see the picture."""
        end = len(line.rstrip())
        for phrase, rule in self._lexicon.captions:
            if line.startswith(phrase) and (credit := _read_caption(line, len(phrase), end, rule)):
                return credit
        for phrase, rule in self._lexicon.prefixes:
            if line.startswith(phrase):
                return self._read_doubled(line, len(phrase), end, rule)
        return self._read_two_labels(line, end)

    def _read_two_labels(self, line: str, end: int) -> Credit | None:
        """Read "Image source, AP Image caption, A bridge", a credit with its caption after it."""
        label = self._labels.at(line, 0)
        if not label or label.label.rule.action != "caption":
            return None
        owner = label.label.rule.name
        for phrase, rule in self._lexicon.captions:
            place = line.find(phrase, label.stop, 400)
            text = _skip_mark(line, place + len(phrase), end) if place > 0 else 0
            mentions = self._makers.read(line, label.stop, place, labelled=True) if text else None
            if mentions:
                caption = caption_piece(text, "label", rule.name), caption_piece(len(line), None, rule.name)
                return Credit(0, owner, True, (*partition(line, owner, mentions, place), *caption))
        return None

    def _read_doubled(self, line: str, start: int, end: int, rule: Rule) -> Credit | None:
        """Read "toggle caption Jim Cole/AP Jim Cole/AP", where a button stands before a credit printed twice."""
        words = line[start:end].split()
        half = len(words) // 2
        if not half or words[:half] != words[half:]:
            return None
        second = line.rindex(words[half], start, end - len(" ".join(words[half:])) + len(words[half]) + 1)
        mentions = self._makers.read(line, second, end, labelled=False)
        return Credit(0, rule.name, True, partition(line, rule.name, mentions, len(line))) if mentions else None


def _read_caption(line: str, start: int, end: int, rule: Rule) -> Credit | None:
    """Return a caption after its label: "Image caption, A bridge"; `start` is where the label ends."""
    text = _skip_mark(line, start, end)
    if not text or text >= end:
        return None
    pieces = caption_piece(text, "label", rule.name), caption_piece(len(line), None, rule.name)
    return Credit(0, rule.name, True, pieces)


def _skip_mark(line: str, start: int, end: int) -> int:
    """Return where the words after a caption's label begin, or 0 if the label's words go on as a sentence."""
    stop = start
    while stop < end and line[stop] in " \u00a0:：,，،-–":
        stop += 1
    return stop if stop > start and not line[stop : stop + 1].islower() else 0
