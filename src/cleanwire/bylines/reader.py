"""Read the short lines that say who wrote a story, and when.

Labels ("By", "Von", "Autor:") come from rules of kind ``byline`` with `label`, agencies from rules of kind ``dateline``
with `agency`; a name has a shape of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from cleanwire.bylines.authors import split_names
from cleanwire.bylines.dates import Date, Dates
from cleanwire.bylines.roles import Roles
from cleanwire.bylines.words import BylineWords, in_reading_order
from cleanwire.document import Piece
from cleanwire.edit import Action, Part
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule, Scope
from cleanwire.packs.words import joined
from cleanwire.scan.cues import BYLINE, EDGES, Cue
from cleanwire.text.shape import is_closed

_UNCASED = deferred(regex.compile, r"\p{Lo}[\p{Lo}\p{M}]++(?:[\s·・、،,./&-]{1,2}[\p{Lo}\p{M}]++){0,7}")
_MARK = deferred(regex.compile, r"\s*[:：|／/]\s*|\s+|(?<=\p{Ll})(?=\p{Lu})|(?<=[^\p{L}\s])(?=\p{L})")
_DIGIT = deferred(regex.compile, r"\d")
_RANGE = deferred(regex.compile, r"(?:19|20)\d\d\b\s*[-–—]\s*\S.*\b(?:19|20)\d\d\b")
"""The time from a year, or a day of it, to another."""
_BARE = 90
"""The most characters of a line of names without a label."""
_TAIL = deferred(regex.compile, r"(?:\s\d{1,3}(?:\s\p{Ll}+){0,2}|\s?@\w+)$")
"""A count or an account after a name: "Ann Lee 7 hours", "Bo Roe@boroe"."""
_HANDLE = deferred(regex.compile, r"[\w@][\w.@-]{2,30}")
_FEW = 3
"""The most words beside a date in a line that is no sentence."""
_UNIT = deferred(regex.compile, r"\d\s?\p{L}{1,5}\.$")
"""A number and its unit, whose full stop ends no sentence: "4 Min."."""
_PARTS = deferred(regex.compile, r"[,/;·&]")
_ROLES = ("role", "agency")
"""The parts of a byline that follow a name."""


class Mark(NamedTuple):
    """What ``line[start:stop]`` says: the name, date or other fact that `action`, `rule` and `part` stand for."""

    start: int
    stop: int
    action: Action
    rule: str
    part: Part | None = None


def pieces(marks: Sequence[Mark], size: int) -> list[Piece]:
    """Return the marks of a line of `size` characters as pieces without a gap between them.

    What stands between a name and the role after it belongs to the role.

    >>> pieces([Mark(0, 2, "byline", "by", "label"), Mark(3, 10, "byline", "by")], 10)
    [Piece(stop=3, action='byline', rule='by', part='label'), Piece(stop=10, action='byline', rule='by', part=None)]
    """
    between = [own.stop if after.part in _ROLES else after.start for own, after in pairwise(marks)]
    stops = [*between, size]
    return [Piece(stop, *mark[2:]) for mark, stop in zip(marks, stops, strict=True)]


class Reading(NamedTuple):
    """What a short line says of author and date.

    `sure` if a label or a date shows that the names are authors; else they have only the shape of names, and the lines
    around must show it.  `label` is the scope of a label on a line of its own: its name is on the next line, or its
    names are the lines of a whole block.  `dated` is None without a date; else it says whether the date is a full one,
    with a year, a time or more words: "May 3" stands in diaries and lists of matches too.  `checked` if the label is of
    who checked, edited or translated a story.
    """

    marks: tuple[Mark, ...]
    sure: bool
    label: Scope | None = None
    dated: bool | None = None
    checked: bool = False

    def has(self, action: Action) -> bool:
        """Return True if a mark has this action."""
        return any(mark.action == action for mark in self.marks)


BARE = "byline.any.name"
"""The rule of a name without a label, which has the shape of one and stands beside a date or title."""


class Bylines:
    """Reads the bylines that some packs know.

    >>> from cleanwire.packs.load import builtin_packs
    >>> line = "By Ann Lee and Bo Roe, Staff Writers"
    >>> for mark in Bylines(builtin_packs()).read(line).marks:
    ...     print(mark.rule, mark.part, "|", line[mark.start : mark.stop])
    byline.en.by label | By
    byline.en.by None | Ann Lee and Bo Roe
    byline.en.roles role | Staff Writers
    """

    def __init__(self, packs: Iterable[Pack]) -> None:
        packs = in_reading_order(packs)
        rules = [rule for pack in packs for rule in pack.rules]
        self.dates = Dates(packs)
        self._words = BylineWords(packs)
        self._labels = _labels_by_pair(rules)
        self._checkers = frozenset(map(str.casefold, joined(packs, "byline_checkers")))
        self._agencies = frozenset(
            agency.casefold() for rule in rules if rule.matching == "agency" for agency in rule.all_phrases
        )
        self.roles = Roles(rules, self._words)

    def cues(self) -> Iterator[Cue]:
        """Yield the cues of lines that hold a label or a date."""
        yield from (Cue(label, "label", BYLINE) for known in self._labels.values() for label, _ in known)
        yield from self.dates.cues()

    def read_bare(self, line: str) -> Reading | None:
        """Return what a line without a label or a date says of its author, or None."""
        return self._author(line.replace("\u00a0", " "), 0, len(line))

    def read_located(self, line: str, story: str) -> Reading | None:
        """Return what a line above a story in small letters says of its author and of the place where he writes.

        The story names the place and no word of the name: "Ann Lee in Oslo", not "Long Winter in Oslo".
        """
        found = self._words.located.fullmatch(line.strip())
        if not found or found["place"].casefold() not in story:
            return None
        if any(word in story for word in found["name"].casefold().split()):
            return None
        start = line.index(found[0])
        (first, stop), (place, last) = found.span("name"), found.span("place")
        own = Mark(start + first, start + stop, "byline", BARE)
        return Reading((own, Mark(start + place, start + last, "byline", BARE, "role")), sure=True)

    def read(self, line: str) -> Reading | None:
        """Return what a short line says of author and date, or None."""
        line = line.replace("\u00a0", " ")
        date = self.dates.find(line) if _DIGIT.search(line) else None
        return self._dated(line, date) if date else self._author(line, 0, len(line))

    def _dated(self, line: str, date: Date) -> Reading | None:
        """Read a line with a date: the authors before and after it, or the date alone."""
        authors = list(self._beside(line, date))
        if not authors and (not _is_alone(line, date) or _RANGE.search(line)):
            return None
        own = Mark(date.start, date.stop, "date", date.rule.name, None if date.day else "other")
        marks = sorted([own, *(mark for reading in authors for mark in reading.marks)])
        sure = not authors or date.full or any(reading.sure for reading in authors)
        text = line[date.start : date.stop]
        dated = (date.full and not own.part) or len(text.split()) > 2 or sum(map(str.isdigit, text)) > 3  # "0930 GMT"
        return Reading(tuple(marks), sure, dated=dated, checked=any(reading.checked for reading in authors))

    def _beside(self, line: str, date: Date) -> Iterator[Reading]:
        """Yield the authors before and after a date; a label without a name says nothing: "Posted by on May 3".

        The date vouches for a name without a label only if nothing of weight stands on its other side.
        """
        before, after = self._author(line, 0, date.start), self._author(line, date.stop, len(line))
        other = line[date.stop :] if _is_bare(before) else line[: date.start]
        for reading in (before, after):
            if (
                reading
                and not reading.label
                and (not _is_bare(reading) or ((date.day or date.ago) and self._is_mute(other)))
            ):
                yield reading

    def _is_mute(self, text: str) -> bool:
        """Return True if what stands on one side of a date is at most a number or a count."""
        text = text.strip(EDGES)
        return len(text.split()) <= 2 and not self._words.names.fullmatch(text)

    def _author(self, line: str, start: int, stop: int) -> Reading | None:
        """Read ``line[start:stop]`` as the author's part of a line, with a label or without."""
        while start < stop and line[start] in EDGES:
            start += 1
        while start < stop and line[stop - 1] in EDGES:
            stop -= 1
        if stop - start < 2:
            return None
        low = line[start:stop].casefold()
        labelled = False
        for label, rule in self._labels.get(low[:2], ()):
            if not low.startswith(label):
                continue
            own = Mark(start, start + len(label), "byline", rule.name, "label")
            if not line[own.stop : stop].strip(" :\t\u00a0"):
                return Reading((own,), sure=False, label=rule.scope, checked=label in self._checkers)
            if mark := _MARK.match(line, own.stop, stop):
                labelled, weak = True, rule.confidence == "needs_neighbor"
                if reading := self._labelled(line, own, mark, stop, strong=" " in label or ":" in mark[0], weak=weak):
                    return reading._replace(checked=label in self._checkers)
        return None if labelled else self._bare(line, start, stop)

    def _labelled(
        self, line: str, label: Mark, mark: "regex.Match[str]", stop: int, *, strong: bool, weak: bool
    ) -> Reading | None:
        """Read the names after a label: "By Ann Lee".

        `strong` says that the label is more than one plain word, `weak` that it needs a role or a place after the name.
        """
        marks = self._names(line, mark.end(), stop, label.rule)
        if not marks and (strong or stop < len(line)) and (handle := _HANDLE.fullmatch(line, mark.end(), stop)):
            marks = [Mark(handle.start(), handle.end(), "byline", label.rule)]
        if not marks or (weak and len(marks) < 2):
            return None
        name = line[marks[0].start : marks[0].stop]
        return Reading(
            (label, *marks), strong or self._is_author(name, alone=all(mark.rule == label.rule for mark in marks))
        )

    def _is_author(self, name: str, *, alone: bool) -> bool:
        """Return True if a name after a weak label ("By") is an author's: an agency, a full name, one with a role."""
        if name.casefold() in self._agencies:
            return True
        if name.split()[0].casefold() in self._words.articles:
            return False
        return not alone or " " in name or name[0] >= "\u0590"

    def _bare(self, line: str, start: int, stop: int) -> Reading | None:
        """Read names without a label, which only a role makes sure; a single one has two words."""
        if stop - start > _BARE or not (line[start].isupper() or line[start] in "dlv"):
            return None
        if tail := _TAIL.search(line, start, stop):
            stop = tail.start()
        second = line[start:stop].partition(" ")[2][:20].split(None, 1)[:1]
        if not second or not self._may_be_second(second[0]):
            return None  # "He said …"
        marks = self._names(line, start, stop, BARE)
        full = marks and any(" " in name for name in split_names(line[marks[0].start : marks[0].stop]))
        return Reading(tuple(marks), sure=any(mark.part == "role" for mark in marks)) if full else None

    def _may_be_second(self, word: str) -> bool:
        """Return True if a word may stand second in a name without a label: "Lee", "van", "and", "al-Amin"."""
        return not word[0].islower() or word in self._words.small or word.startswith(self._words.bound)

    def _match_names(self, line: str, start: int, stop: int, rule: str) -> "regex.Match[str] | None":
        """Match the names that ``line[start:stop]`` begins with; only a label shows names in scripts without case."""
        found = self._words.names.match(line, start, stop)
        return found if found or rule == BARE else _UNCASED.match(line, start, stop)

    def _names(self, line: str, start: int, stop: int, rule: str) -> list[Mark]:
        """Return the names that ``line[start:stop]`` begins with and the role after them, or nothing."""
        found = self._match_names(line, start, stop, rule)
        if not found:
            return []
        if found[0][0] >= "\u0590" and line[found.end() : stop].strip(EDGES).isdigit():
            return []  # "Comments 0"
        agency = found[0].casefold().removeprefix("the ") in self._agencies
        if not agency and self._is_phrase(found[0], rule):
            return []
        if rule == BARE and not self._agencies.isdisjoint(map(str.strip, _PARTS.split(found[0].casefold()))):
            return []  # the credit of a picture
        role = self.roles.find(line, found, stop, rule, agency=agency, bare=rule == BARE)
        if not role:
            return []
        if not role.start:
            return [Mark(start, found.end(), "byline", rule)]
        if rule != BARE and line[start : role.start].rstrip(" ").isalnum():
            return [Mark(start, stop, "byline", rule)]  # "Gazette Staff"
        end = min(found.end(), start + len(line[start : role.start].rstrip(EDGES)))
        last = role.start + len(line[role.start : stop].rstrip(EDGES))
        part: Part = "agency" if line[role.start : last].casefold() in self._agencies else "role"
        own = [Mark(role.start, last, "byline", role.rule, part)] if last > role.start else []
        return [Mark(start, end, "byline", rule), *own]

    def _is_phrase(self, names: str, rule: str) -> bool:
        """Return True if capitalized words begin like a title or a date: "The Bridge", "May Day"."""
        first = names.split(maxsplit=1)[0].casefold().rstrip(".")
        return (
            first in self._words.not_names
            or self.dates.knows(first)
            or (first in self._words.articles and (rule == BARE or " " not in names))
        )


def _labels_by_pair(rules: Iterable[Rule]) -> dict[str, list[tuple[str, Rule]]]:
    """Return the labels of bylines by their first two characters, the longest first."""
    labels: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
    for rule in rules:
        if rule.kind == "byline" and rule.matching == "label":
            for label in map(str.casefold, rule.all_phrases):
                labels[label[:2]].append((label, rule))
    for known in labels.values():
        known.sort(key=lambda entry: len(entry[0]), reverse=True)
    return labels


def _is_bare(reading: Reading | None) -> bool:
    """Return True for names without a label."""
    return reading is not None and not reading.sure and reading.marks[0].rule == BARE


def _is_alone(line: str, date: Date) -> bool:
    """Return True if what stands beside a date is too little to be a sentence."""
    before, after = line[: date.start].strip(EDGES), line[date.stop :].strip(EDGES + ".")
    if not before and not after:
        return True
    if not date.year or (after and line[date.stop] == ","):
        return False
    if len(before.split()) + len(after.split()) > _FEW:
        return False
    return not is_closed(line) or _UNIT.search(line) is not None
