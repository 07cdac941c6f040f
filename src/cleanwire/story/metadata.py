"""The title, byline, dateline and date of an article: the lines that hold them, and not those that only seem to.

What one line says is read by `cleanwire.bylines`; this module says where that is enough: a name without a label needs
a date or a title beside it, a dateline stands at the head of a paragraph.  Of the bylines and dates of a page, those
of the article carry no part or the part of their line; those of its comments and teasers are of part ``other``.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import regex

from cleanwire.bylines.marks import BARE, Mark, Reading
from cleanwire.bylines.signoffs import Signoff
from cleanwire.compiled import facts
from cleanwire.document import FLAT, SHORT, Document
from cleanwire.edit import Action
from cleanwire.lazy import deferred, lazy
from cleanwire.packs.pack import Pack
from cleanwire.scan.cues import BYLINE, DATE, SIGNOFF
from cleanwire.story.addressees import is_addressee
from cleanwire.story.body import NEAR
from cleanwire.story.title import find_title
from cleanwire.story.topics import SmallWords, is_topic, without_topics
from cleanwire.text.shape import is_closed

HEADLINE = "title.any.headline"
"""The rule of the line that stands as headline above the body."""

LENGTH = "date.any.length"
"""The rule of the length of a video below the title."""

FILTER_RULES: Mapping[str, str] = {
    LENGTH: "The length of a video between the title and the story.",
    HEADLINE: "The headline above the story.",
    BARE: "A line in the form of a name, next to a date or the title.",
}
"""The rules that no pack holds, with what they are for."""

_PARAGRAPHS = 6
"""How many paragraphs are looked at for a dateline, from the first of the body on."""
_GAP = 8
"""A list of authors goes on past up to this number of unread lines: Jan is a month, and some sign with one word."""
_BYLINE = 14
"""How many lines the byline and date of an article stand from its title at most."""
_NAMED = ("byline", "dateline", "title")
"""The actions of rules that name a whole line."""
_CHOSEN: tuple[Action, ...] = ("byline", "date")
"""The actions of which an article has one line of its own."""
_LOCATED = (4, 7)
"""How many words a line has with an author and a place: "Ann Lee in Oslo"."""
_WRAPPED = 30
"""Least characters of a line that may go on in the next one."""
_ENDS = frozenset('.!?…:"”»)।۔。！？')
"""What closes a line that goes on no further."""
_OPEN = frozenset(",;،、，；")
"""A line that ends in one of these goes on in the next."""
_LENGTH = deferred(regex.compile, r"\s*(?:\d{1,2}:)?0\d:[0-5]\d\s*")
"""The length of a video, in minutes and seconds."""
_STAMP = deferred(regex.compile, r"\d[:.]\d\d\D{1,8}\.$")
"""A line of dates that ends as a sentence does, by "p.m."."""


class Metadata:
    r"""What the lines of one document say of its author, its date, its place and its title.

    >>> story = "Rain in Oslo\n\nBy Ann Lee\n\nRain fell on the town for a third day, and nobody left."
    >>> metadata = Metadata(Document(story))
    >>> [(mark.rule, mark.part) for marks in metadata.marks().values() for mark in marks]
    [('byline.en.by', 'label'), ('byline.en.by', None), ('title.any.headline', None)]
    """

    def __init__(self, doc: Document, packs: tuple[Pack, ...] = ()) -> None:
        self.doc, self.facts, self.lines = doc, facts(doc, packs), doc.lines
        self.rules = self.facts.rules
        # A line longer than any byline is prose here; only the others need a closer look.
        self.prose = self.facts.prose
        alone = self.prose[0] if self.prose else len(self.lines)
        self.first = next((a for a, b in pairwise(self.prose) if b - a <= NEAR), alone)
        self.page, self.flat = bool(self.facts.witnesses), doc.layout == FLAT
        self.signoffs = dict(self._signoffs())
        self.known: dict[int, Reading | None] = {}
        named = [line for line, rule in self.rules.items() if rule.action in _NAMED]
        self.candidates = frozenset((*self.facts.having(BYLINE | DATE), *named))
        if self.first == 1 and 1 not in self.candidates and (located := self._located()):
            self.known[0], self.candidates = located, self.candidates | {0}

    def _located(self) -> Reading | None:
        """Return what the line above the first paragraph says of the author and the place where he writes."""
        words = self.lines[0].split() if self.doc.gap(1) and len(self.lines[0]) <= SHORT else []
        if not _LOCATED[0] <= len(words) <= _LOCATED[1]:
            return None
        return self.facts.bylines.read_located(self.lines[0], "\n".join(self.lines[1:]).casefold())

    @lazy
    def unnamed(self) -> frozenset[int]:
        """The lines that name no author and no date of the article: heads of mails, and sign-offs."""
        return self.facts.mail.union(self.signoffs)

    @lazy
    def paragraphs(self) -> frozenset[int]:
        """The lines that are prose."""
        return frozenset(self.prose)

    def _signoffs(self) -> Iterator[tuple[int, Signoff]]:
        """Yield the lines with a sign-off: without brackets it stands below the first line and is not a byline."""
        for line in () if self.doc.folds and self.doc.is_documentation else self.facts.having(SIGNOFF):
            known = self.facts.line(line)
            if (signoff := known.signoff) and (signoff.sure or (line > self.first and not known.reading)):
                yield line, signoff

    def reading(self, line: int) -> Reading | None:
        """Return what a line says of author and date, or None; so for a line that there is not."""
        if line not in self.known:
            self.known[line] = self._read(line) if 0 <= line < len(self.lines) and not self._is_in_flow(line) else None
        return self.known[line]

    def _is_in_flow(self, line: int) -> bool:
        """Return True for a sentence in running text: "By Monday the ferry was back."."""
        return self.flat and is_closed(self.lines[line])

    def _read(self, line: int) -> Reading | None:
        text = self.lines[line]
        if len(text.strip()) > SHORT or line in self.unnamed:
            return None
        if (rule := self.rules.get(line)) and rule.action in _NAMED:
            return Reading((Mark(0, len(text.rstrip()), rule.action, rule.name),), sure=True)
        if (line in self.paragraphs and not _STAMP.search(text)) or text.rstrip()[-1:] in _OPEN:
            return None  # prose, or a verse that goes on: "von Möwen, deren Namen keiner weiß,"
        return self._read_words(line, is_known=rule is not None)

    def _read_words(self, line: int, *, is_known: bool) -> Reading | None:
        """Read a line that may hold names or a date; `is_known` if a rule of boilerplate matches it."""
        known = self.facts.line(line)
        reading = known.reading if line in self.candidates else known.bare_reading
        # What boilerplate would be in company is not a name by its shape alone.
        if not reading or (is_known and not reading.sure and not reading.label):
            return None
        reading = without_topics(self.lines[line], reading, self._lowered)
        return None if reading and reading.marks[0].action == "date" and self._is_between(line) else reading

    def _is_between(self, line: int) -> bool:
        """Return True if a line stands between two paragraphs of the body, as the dates of a chronicle do."""
        return line > self.first and line - 1 in self.paragraphs and line + 1 in self.paragraphs

    def marks(self) -> dict[int, list[Mark]]:
        """Return the parts that are known of lines, by line."""
        marks = {
            line: [Mark(signoff.start, len(self.lines[line]), "drop", signoff.rule)]
            for line, signoff in self.signoffs.items()
        }
        title = (
            None
            if self.flat or 0 in self.facts.mail
            else find_title(self.doc, self.facts, self.first, self.reading, self.candidates)
        )
        self._name(title, marks)
        if title is not None and title not in marks:
            marks[title] = list(self._title_marks(self.lines[title]))
        if title is not None:
            marks.update(self._lengths(title))
        self._datelines(marks)
        return marks

    def _lengths(self, title: int) -> Iterator[tuple[int, list[Mark]]]:
        """Yield the lengths of videos between the title and the story; beside a date it is the time of day."""
        for line in range(title + 1, min(title + NEAR, self.first - 1) + 1):
            text = self.lines[line]
            if _LENGTH.fullmatch(text) and not any(map(self._has_day, (line - 1, line + 1))):
                yield line, [Mark(0, len(text), "drop", LENGTH)]

    def _has_day(self, line: int) -> bool:
        reading = self.reading(line)
        return reading is not None and reading.has("date") and not _LENGTH.fullmatch(self.lines[line])

    def _title_marks(self, line: str) -> Iterator[Mark]:
        """Yield the marks of the line that is the title: "Title: …" begins with a label."""
        start, stop = len(line) - len(line.lstrip()), len(line.rstrip())
        label, colon, title = line.strip().partition(":")
        if colon and title.strip() and label.casefold() in self.facts.title_labels:
            yield Mark(start, start + len(label) + 1, "title", HEADLINE, "label")
            start = stop - len(title.strip())
        yield Mark(start, stop, "title", HEADLINE)

    def _name(self, title: int | None, marks: dict[int, list[Mark]]) -> None:
        """Mark the bylines and dates; those that are not the article's own are of part ``other``."""
        if (title is None and not self.candidates) or not (named := dict(self._vouched(title))):
            return
        anchor = title if title is not None else min(self.first, len(self.lines))
        chosen = {action: self._nearest(named, anchor, action) for action in _CHOSEN}
        for line, found in named.items():
            marks[line] = [
                mark
                if mark.part == "label"
                or (best := chosen.get(mark.action)) == line
                or (best == line - 1 and self._below_label(named, line))
                else mark._replace(part="other")
                for mark in found
            ]

    @staticmethod
    def _below_label(named: dict[int, tuple[Mark, ...]], line: int) -> bool:
        return all(mark.part == "label" for mark in named[line - 1])

    def _vouched(self, title: int | None) -> Iterator[tuple[int, tuple[Mark, ...]]]:
        """Yield the lines, in order, with what a label, a date or a neighbour vouches for."""
        asked = self._asked(title)
        listed = -_GAP - 1  # the line up to which names stand below a label like "Authors"
        last = max(asked, default=-1)
        for line in range(max(min(asked, default=0), 0), len(self.lines)):
            in_list = line - _GAP <= listed
            if line > last and not in_list:
                break
            if not (in_list or line in asked) or line == title or not (reading := self.reading(line)):
                continue
            above = self.reading(line - 1)
            if not reading.label and (in_list or (above and above.label == "block")):
                listed = line  # a line between that is not read ends no list
            if listed == line or self._is_vouched(line, reading, above, title):
                yield line, reading.marks

    def _asked(self, title: int | None) -> set[int]:
        """Return the numbers of lines beside which a name by its shape alone may count, and of these themselves."""
        asked = {line + step for line in self.candidates for step in (-2, -1, 0, 1)}
        return asked if title is None else asked | {title + 1, title + 2}

    def _is_vouched(self, line: int, reading: Reading, above: Reading | None, title: int | None) -> bool:
        """Return True if a label, a date or a neighbour vouches for what a line says."""
        if above and above.label and reading.has("byline"):
            return True
        if reading.sure:
            return self.page or self._is_placed(line, reading, title)
        if reading.label:
            below = self.reading(line + 1)
            return below is not None and not below.label and below.has("byline")
        return self._beside(line, title)

    def _is_placed(self, line: int, reading: Reading, title: int | None) -> bool:
        """Return True if a line with a label or a date stands where an author signs, though this is no page."""
        if all(mark.part == "other" for mark in reading.marks):
            return False
        bare = any(mark.rule == BARE for mark in reading.marks)
        if bare and self.lines[line].isupper():
            return False  # "14 MAY 2021 PRESS RELEASE"
        if title is not None and 0 < line - title <= NEAR:
            return True
        if reading.has("byline"):
            return not line if bare else not (self._is_wrapped(line) or self._is_within(line))
        above = line < max(min(self.first, NEAR + 1), 1) and bool(reading.dated)
        return above or any(near.has("byline") for other in (line - 1, line + 1) if (near := self.reading(other)))

    def _is_within(self, line: int) -> bool:
        """Return True if a line stands amid the body, where "Author: …" is an entry of a list."""
        return bool(self.prose) and self.first + NEAR < line < self.prose[-1]

    def _is_wrapped(self, line: int) -> bool:
        """Return True if the line above goes on in this one, as verses and lines of a fixed width do."""
        above = self.lines[line - 1].rstrip() if line and not self.doc.gap(line) else ""
        return len(above) >= _WRAPPED and above[-1] not in _ENDS

    def _beside(self, line: int, title: int | None) -> bool:
        """Return True if a date stands beside a line, or the title right above it."""
        if not self.page and (is_addressee(self.doc, line) or self._is_subject(line)):
            return False
        steps = 2 if self.page else 1
        if title is not None and 0 < line - title <= steps and line < self.first <= line + NEAR:
            return not is_topic(self.lines[line], self._lowered)
        if not self._is_near(line, title) or (not self.page and self.lines[line].isupper()):
            return False
        beside = map(self.reading, (line - 1, line + 1, line + 2))
        return any(near.has("date") for near in beside if near) and not is_topic(self.lines[line], self._lowered)

    def _is_subject(self, line: int) -> bool:
        """Return True if the first paragraph below a line has its last word: it names what the text is about."""
        story = self.lines[self.first].split() if self.first < len(self.lines) else ()
        return self.lines[line].split()[-1] in story

    def _is_near(self, line: int, title: int | None) -> bool:
        """Return True if a line stands near the title, near the beginning or end of a page's story, or first of all."""
        if title is not None and 0 < line - title <= _BYLINE:
            return True
        if not self.page:
            return not line
        return not self.prose or abs(line - self.first) <= _BYLINE or line > self.prose[-1]

    @lazy
    def _lowered(self) -> SmallWords:
        """The words of the paragraphs in small letters."""
        return SmallWords(map(self.lines.__getitem__, self.prose))

    def _nearest(self, named: dict[int, tuple[Mark, ...]], anchor: int, action: Action) -> int | None:
        """Return the line that is the article's own byline or date: the nearest to its title."""
        own = {line: [mark.action for mark in marks if mark.part != "other"] for line, marks in named.items()}
        lines = [line for line, actions in own.items() if action in actions]
        near = [line for line in lines if abs(line - anchor) <= _BYLINE] or (lines if len(lines) == 1 else [])
        key = {line: (self._is_checked(line), named[line][0].rule == BARE, abs(line - anchor), line) for line in near}
        return min(near, key=key.__getitem__, default=None)

    def _is_checked(self, line: int) -> bool:
        """Return True if a line names who checked a story, and did not write it."""
        own, above = self.reading(line), self.reading(line - 1)
        return (own is not None and own.checked) or (above is not None and above.label is not None and above.checked)

    def _datelines(self, marks: dict[int, list[Mark]]) -> None:
        for count, number in enumerate(self.prose[:_PARAGRAPHS]):
            if not (found := self.facts.dateline(number, lead=count == 0)):
                continue
            line = self.lines[number]
            # A line with a dateline is not a title; a sign-off that begins within one is of the same words.
            signoffs = [part for part in marks.get(number, ()) if part.action == "drop"]
            if any(signoff.start < found.story for signoff in signoffs):
                continue
            parts = [Mark(len(line) - len(line.lstrip()), found.stop, "dateline", found.rule)]
            if found.story > found.stop:
                parts.append(Mark(found.stop, found.story, "dateline", found.rule, "label"))
            marks[number] = [*parts, *signoffs]
