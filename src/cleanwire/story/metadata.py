"""Who wrote a story, when, where, and under which title: the lines that say so, told from those that only seem to.

What one line says is read by `cleanwire.bylines`; this module says where that is enough: a name without a label needs
a date or a title beside it, a dateline stands at the head of a paragraph.  Of the bylines and dates of a page, those
of the story carry no part or the part of their line; those of its comments and teasers are of part ``other``.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

import regex

from cleanwire.bylines.datelines import Datelines
from cleanwire.bylines.dates import Dates
from cleanwire.bylines.reader import BARE, Mark, Reading
from cleanwire.bylines.signoffs import Signoff, Signoffs
from cleanwire.compiled import surveyor
from cleanwire.document import SHORT, Document
from cleanwire.edit import Action
from cleanwire.lazy import deferred, lazy
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Pack
from cleanwire.text.fold import fold
from cleanwire.text.shape import PROSE, letters

HEADLINE = "title.any.headline"
"""The rule of the line that stands as headline above the story."""

OWN: Mapping[str, str] = {
    HEADLINE: "The line that stands as headline above the story.",
    BARE: "A name by its shape, beside a date or the title.",
}
"""The rules that no pack holds, with what they are for."""

_PARAGRAPHS = 6
"""How many paragraphs are looked at for a dateline, from the first of the story on."""
_NEAR = 3
"""How many lines a byline and its date, or a byline and its title, stand apart at most."""
_GAP = 8
"""A list of authors goes on past so many lines that read as none: Jan is a month, and some sign with one word."""
_ABOVE = 14
"""How many lines above the story its title stands at most."""
_BYLINE = 14
"""How many lines the story's byline and date stand from its title at most."""
_WORTH = 1.5
"""What a line must be worth to be the title: half a point a word, more for its place."""
_NAMED = ("byline", "dateline", "title")
"""The actions of rules that name a whole line."""
_CHOSEN: tuple[Action, ...] = ("byline", "date")
"""The actions of which a story has one line of its own."""
_MEMORY = 1 << 13
"""So many lines are remembered as headlines or none: the rounds repeat them."""
_CRUMB = deferred(regex.compile, r"[»›>|]\s|\s/\s|://")
_DIGIT = deferred(regex.compile, r"\d")
_STAMP = deferred(regex.compile, r"\d[:.]\d\d\D{1,8}\.$")
"""A line of dates that ends as a sentence does, by "p.m."."""


class _Lore:
    """What the packs know of titles and datelines, compiled."""

    def __init__(self, packs: tuple[Pack, ...], dates: Dates) -> None:
        self.dates, self.datelines = dates, Datelines(packs, dates)
        self.headline = lru_cache(_MEMORY)(self._headline)

    def _headline(self, line: str) -> bool:
        """Whether a line, without blanks at its ends, could be a headline by its shape."""
        if (
            not 8 <= len(line) < PROSE
            or line[-1] in ".:,;"
            or line[0] in "([#@•©"
            or line[0].islower()
            or _CRUMB.search(line)
        ):
            return False
        date = self.dates.find(line) if _DIGIT.search(line) and self.dates.may_find(line, fold(line)) else None
        if date and (line[: date.start].endswith(", ") or 2 * (date.stop - date.start) > len(line)):
            return False
        return 2 * letters(line) > len(line)


@lru_cache(maxsize=32)
def _lore(packs: tuple[Pack, ...]) -> _Lore:
    return _Lore(packs + builtin_packs(), surveyor(packs).bylines.dates)


def _names(reading: Reading) -> bool:
    """Whether a line says for sure who wrote a story, or when, or that its author stands beside it."""
    return reading.sure or reading.label is not None


class Metadata:
    r"""What the lines of one document say of its author, its date, its place and its title.

    >>> story = "Rain in Oslo\n\nBy Ann Lee\n\nRain fell on the town for a third day, and nobody left."
    >>> metadata = Metadata(Document(story))
    >>> [(mark.rule, mark.part) for marks in metadata.marks().values() for mark in marks]
    [('byline.en.by', 'label'), ('byline.en.by', None), ('title.any.headline', None)]
    """

    def __init__(self, doc: Document, packs: tuple[Pack, ...] = ()) -> None:
        self.lore, known = _lore(packs), surveyor(packs)
        self.lines, self.rows, self.bylines = doc.lines, doc.rows, known.bylines
        self.survey = doc.once(known.survey)
        self.hits = self.survey.hits
        # A line longer than any byline is prose here; only the others need a closer look.
        self.prose = self.survey.prose
        alone = self.prose[0] if self.prose else len(self.rows)
        self.first = next((a for a, b in pairwise(self.prose) if b - a <= _NEAR), alone)
        self.tails = dict(self._tails(known.tails)) if self.survey.tails else {}
        self.known: dict[int, Reading | None] = {}
        self.telling = frozenset(self._telling())

    @lazy
    def paragraphs(self) -> frozenset[int]:
        """Hold the rows that are prose."""
        return frozenset(self.prose)

    def _tails(self, known: Signoffs) -> Iterator[tuple[int, Signoff]]:
        """Yield the tails, by index."""
        for index in self.survey.tails:
            if (tail := known.read(self.lines[index])) and self._closes(index, tail):
                yield index, tail

    def _closes(self, index: int, tail: Signoff) -> bool:
        """Whether a tail is one: without brackets it stands below the story's first line and is not a byline."""
        below = self.first < len(self.rows) and index > self.rows[self.first]
        return tail.sure or (below and not self.bylines.read(self.lines[index]))

    def reading(self, row: int) -> Reading | None:
        """Return what the line at `row` says of author and date, or None; a row that there is not says nothing."""
        if row not in self.known:
            self.known[row] = self._read(row) if 0 <= row < len(self.rows) else None
        return self.known[row]

    def _read(self, row: int) -> Reading | None:
        index = self.rows[row]
        line = self.lines[index]
        if len(line.strip()) > SHORT or index in self.tails:
            return None
        if (hit := self.hits.get(index)) and hit.action in _NAMED:
            return Reading((Mark(0, len(line.rstrip()), hit.action, hit.name),), sure=True)
        if row in self.paragraphs and not _STAMP.search(line):
            return None
        recall = self.bylines.recall if row in self.telling else self.bylines.recall_bare
        if not (reading := recall(line)):
            return None
        # What boilerplate would be in company is no name by its shape alone.
        if (hit and not reading.sure and not reading.label) or (reading.marks[0].action == "date" and self._heads(row)):
            return None
        return reading

    def _heads(self, row: int) -> bool:
        """Whether a line stands between two paragraphs of the story, as the dates of a chronicle do."""
        return row > self.first and row - 1 in self.paragraphs and row + 1 in self.paragraphs

    def marks(self) -> dict[int, list[Mark]]:
        """Return the parts that are known of lines, by the index of the line."""
        marks = {
            index: [Mark(tail.start, len(self.lines[index]), "drop", tail.rule)] for index, tail in self.tails.items()
        }
        title = self._title()
        self._name(title, marks)
        if title is not None and self.rows[title] not in marks:
            line = self.lines[self.rows[title]]
            lead = len(line) - len(line.lstrip())
            marks[self.rows[title]] = [Mark(lead, len(line.rstrip()), "title", HEADLINE)]
        self._datelines(marks)
        return marks

    def _telling(self) -> Iterable[int]:
        """Return the rows that may say something without a neighbour that vouches for them: a label, a date."""
        if not self.hits and not self.survey.telling:
            return ()
        named = (index for index, rule in self.hits.items() if rule.action in _NAMED)
        return (bisect_left(self.rows, index) for index in (*self.survey.telling, *named))

    def _name(self, title: int | None, marks: dict[int, list[Mark]]) -> None:
        """Mark the bylines and dates; those that are not the story's own are of part ``other``."""
        if (title is None and not self.telling) or not (named := dict(self._vouched(title))):
            return
        anchor = title if title is not None else min(self.first, len(self.rows))
        chosen = {action: self._nearest(named, anchor, action) for action in _CHOSEN}
        for row, found in named.items():
            marks[self.rows[row]] = [
                mark
                if mark.part == "label"
                or (best := chosen.get(mark.action)) == row
                or (best == row - 1 and self._below_label(named, row))
                else mark._replace(part="other")
                for mark in found
            ]

    @staticmethod
    def _below_label(named: dict[int, tuple[Mark, ...]], row: int) -> bool:
        return all(mark.part == "label" for mark in named[row - 1])

    def _vouched(self, title: int | None) -> Iterator[tuple[int, tuple[Mark, ...]]]:
        """Yield the rows, in order, with what a label, a date or a neighbour vouches for."""
        # A name by its shape alone counts only beside these.
        asked = {row + step for row in self.telling for step in (-2, -1, 0, 1)}
        if title is not None:
            asked.update((title + 1, title + 2))
        listed = -_GAP - 1  # the row up to which names stand below a label like "Authors"
        last = max(asked, default=-1)
        for row in range(max(min(asked, default=0), 0), len(self.rows)):
            if row > last and row - _GAP > listed:
                break
            if (row not in asked and row - _GAP > listed) or row == title or not (reading := self.reading(row)):
                continue
            above = self.reading(row - 1)
            if ((above and above.label == "block") or row - _GAP <= listed) and not reading.label:
                listed = row  # a line between that is none we know ends no list
            if reading.sure or listed == row or (above and above.label and reading.has("byline")):
                yield row, reading.marks
            elif reading.label:
                below = self.reading(row + 1)
                if below and not below.label and below.has("byline"):
                    yield row, reading.marks
            elif self._beside(row, title):
                yield row, reading.marks

    def _beside(self, row: int, title: int | None) -> bool:
        """Whether a date stands beside a row, or the title right above it."""
        if title is not None and 0 < row - title <= 2 and row < self.first <= row + _NEAR:
            return True
        return any(near.has("date") for other in (row - 1, row + 1, row + 2) if (near := self.reading(other)))

    def _nearest(self, named: dict[int, tuple[Mark, ...]], anchor: int, action: Action) -> int | None:
        """Return the row that is the story's own byline or date: the nearest to its title."""
        rows = [row for row, parts in named.items() if any(part.action == action for part in parts)]
        near = [row for row in rows if abs(row - anchor) <= _BYLINE] or (rows if len(rows) == 1 else [])
        return min(near, key=lambda row: (named[row][0].rule == BARE, abs(row - anchor), row), default=None)

    def _title(self) -> int | None:
        """Return the row of the headline above the story, or None."""
        # The first line, a blank one below it, is the title of what has no menu above.
        alone = len(self.rows) > 2 and self.rows[0] + 1 < self.rows[1] and (self.first <= _ABOVE or len(self.prose) < 2)
        if not self.prose:
            named = not alone or self.reading(0) or not self._is_headline(0, self.lines[self.rows[0]].strip())
            return None if named else 0
        if not self.first:
            return None
        top = max(0, self.first - _ABOVE)
        above = [self.lines[index].strip() for index in self.rows[: self.first]]
        whole = "\n".join(above)
        values: dict[int, float] = {}
        for row in [*([0] if alone and top else ()), *range(top, self.first)]:
            line = above[row]
            if not self._is_headline(row, line) or (row in self.telling and (own := self.reading(row)) and _names(own)):
                continue
            size = len(line.split()) if line.isascii() or " " in line else len(line) / 3
            value = min(size, 10) / 2 - min(self.first - row, _ABOVE) / 8
            value += (4 if alone else 2) * (row == 0)
            values[row] = value + 2 * (whole.count(line) > 1)  # it stands in another line too
        if not values:
            return None
        # Where menus stand above the story, length alone says too little.
        worth = _WORTH if top == 0 or alone else _WORTH + 3
        # A byline or a date below speaks for a line; it is looked for where that could decide.
        most = max(worth, *values.values())
        close = [row for row, value in values.items() if value + 2 >= most]
        if len(close) > 1 or any(values[row] <= worth for row in close):
            for row in close:
                values[row] += 2 * any(self.reading(other) for other in range(row + 1, row + _NEAR + 1))
        best = max(values, key=values.__getitem__)
        return best if values[best] > worth else None

    def _is_headline(self, row: int, line: str) -> bool:
        hit = self.hits.get(self.rows[row])
        return (not hit or hit.action == "title") and self.lore.headline(line)

    def _datelines(self, marks: dict[int, list[Mark]]) -> None:
        read, lines, rows = self.lore.datelines.read, self.lines, self.rows
        for count, row in enumerate(self.prose[:_PARAGRAPHS]):
            line = lines[rows[row]]
            if not (found := read(line, lead=count == 0)):
                continue
            index = rows[row]
            # A line with a dateline is no title; a tail that begins within one is of the same words.
            tails = [part for part in marks.get(index, ()) if part.action == "drop"]
            if any(tail.start < found.story for tail in tails):
                continue
            parts = [Mark(len(line) - len(line.lstrip()), found.stop, "dateline", found.rule)]
            if found.story > found.stop:
                parts.append(Mark(found.stop, found.story, "dateline", found.rule, "label"))
            marks[index] = [*parts, *tails]
