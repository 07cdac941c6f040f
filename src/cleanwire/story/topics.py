"""Whether capitalized words without a label are a section or a topic, and no person's name."""

from collections.abc import Container

import regex

from cleanwire.bylines.reader import BARE, Reading
from cleanwire.lazy import deferred

_WORD = deferred(regex.compile, r"\p{L}++")
_PARTS = deferred(regex.compile, r"\s*[,&+]\s*")
"""What joins the names of several authors, and the words of a section."""
_BOUND = deferred(regex.compile, r"\p{L}[-–]\p{Ll}{2,3}[-–]\p{L}")
"""Words joined by a short word in lower case: "Door-to-Door"."""
_SMALL = 2
"""Words of at most this many letters are parts of names: "de", "Al"."""
_GIVEN = 5
"""Least letters of a first word that is no given name if the story has it in small letters: "Will" has less."""


def is_topic(name: str, lowered: Container[str]) -> bool:
    """Return True if words in the form of a name are a section or a topic.

    `lowered` are the words that the story writes in small letters.

    >>> is_topic("Video & Podcasts", ()), is_topic("Harbour News", {"harbour"}), is_topic("Ann Lee & Bo Roe", ())
    (True, True, False)
    """
    parts = _PARTS.split(name.strip())
    if (len(parts) > 1 and not any(" " in part for part in parts)) or _BOUND.search(name):
        return True
    words = [word.casefold() for word in _WORD.findall(name) if word[0].isupper()]
    if words and len(words[0]) >= _GIVEN and words[0] in lowered:
        return True
    return sum(len(word) > _SMALL and word in lowered for word in words) > 1


def without_topics(line: str, reading: Reading, lowered: Container[str]) -> Reading | None:
    """Return what a line says of author and date without names by their shape alone that are topics, or None."""
    if not any(mark.rule == BARE and is_topic(line[mark.start : mark.stop], lowered) for mark in reading.marks):
        return reading
    dates = tuple(mark for mark in reading.marks if mark.action == "date")
    return reading._replace(marks=dates) if dates else None
