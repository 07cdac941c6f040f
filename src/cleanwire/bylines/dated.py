"""Read the short lines that hold a date: who is named beside it."""

from collections.abc import Callable, Iterator

import regex

from cleanwire.bylines.dates import Date
from cleanwire.bylines.marks import Mark, Reading
from cleanwire.bylines.words import BylineWords
from cleanwire.lazy import deferred
from cleanwire.scan.cues import EDGES
from cleanwire.text.shape import is_closed

_RANGE = deferred(regex.compile, r"(?:19|20)\d\d\b\s*[-–—]\s*\S.*\b(?:19|20)\d\d\b")
"""The time from a year, or a day of it, to another."""
_FEW = 3
"""The most words beside a date in a line that is no sentence."""
_UNIT = deferred(regex.compile, r"\d\s?\p{L}{1,5}\.$")
"""A number and its unit, whose full stop ends no sentence: "4 Min."."""
_BETWEEN_FIELDS = deferred(regex.compile, r"\s+[|·•∙/~–—-]\s+|\s{2,}|\u3000|(?<=\p{Lo})\s(?=\p{Lo}{2,5}[:：])")
"""What parts the fields of a line: "May 3, 2024 · 3 min read · By Ann Lee"."""
_COUNT = deferred(regex.compile, r"\s*(?:\d[\d.,]*\s?\p{L}*\s?)?(?:\p{Ll}+\s?){0,2}")
"""A field that counts something: "6279 words", "3 min read"."""
_SENTENCE_END = deferred(regex.compile, r"(?<=\p{Ll}{2})\.\s*$")
"""A full stop after a name, before a date: "By Ann Lee. Updated May 3, 2024"."""


class DatedLines:
    """Reads lines with a date, by the parts of them that name authors.

    `read_author` reads a part of a line that holds no date.
    """

    def __init__(self, read_author: Callable[[str, int, int], Reading | None], words: BylineWords) -> None:
        self._author, self._words = read_author, words

    def read(self, line: str, date: Date) -> Reading | None:
        """Return what a line with a date says: the authors before and after it, or the date alone."""
        authors = list(self._beside(line, date)) or list(self._fields(line, date))
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
        end = _SENTENCE_END.search(line, 0, date.start)
        before = self._author(line, 0, end.start() if end else date.start)
        after = self._author(line, date.stop, len(line))
        other = line[date.stop :] if before and before.is_bare() else line[: date.start]
        for reading in (before, after):
            if (
                reading
                and not reading.label
                and (not reading.is_bare() or ((date.day or date.ago) and self._is_mute(other)))
            ):
                yield reading

    def _is_mute(self, text: str) -> bool:
        """Return True if what stands on one side of a date is at most a number or a count."""
        text = text.strip(EDGES)
        return len(text.split()) <= 2 and not self._words.names.fullmatch(text)

    def _fields(self, line: str, date: Date) -> Iterator[Reading]:
        """Yield the authors of the fields beside a date: those with a label, or a name beside counts alone."""
        fields = [*_fields(line, 0, date.start), *_fields(line, date.stop, len(line))]
        readings = [reading for field in fields if (reading := self._author(line, *field)) and not reading.label]
        labelled = [reading for reading in readings if not reading.is_bare()]
        if labelled or not (date.day and len(readings) == 1):
            yield from labelled
        elif sum(_COUNT.fullmatch(line, *field) is None for field in fields) == 1:
            yield from readings


def _fields(line: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Return the ranges of the fields of ``line[start:stop]`` that hold more than marks."""
    marks = [match.span() for match in _BETWEEN_FIELDS.finditer(line, start, stop)]
    starts, stops = [start, *(end for _, end in marks)], [*(first for first, _ in marks), stop]
    return [(first, last) for first, last in zip(starts, stops, strict=True) if line[first:last].strip(EDGES)]


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
