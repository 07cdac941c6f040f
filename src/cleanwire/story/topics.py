"""Whether capitalized words without a label are a section or a topic, and no person's name."""

from collections.abc import Container, Iterable

import regex

from cleanwire.bylines.marks import BARE, Reading
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


class SmallWords(Container[str]):
    r"""The words that lines write in small letters; looked for when they are asked for, since a name has few.

    >>> words = SmallWords(["The harbour was open.", "Lee left it."])
    >>> "harbour" in words, "harb" in words, "lee" in words
    (True, False, False)
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._text = "\n".join(lines)

    def __contains__(self, word: object) -> bool:
        """Return True if a word stands in the lines as it is given, and has no capital."""
        if not isinstance(word, str) or not word.islower():
            return False
        text, place = self._text, self._text.find(word)
        while place >= 0:
            end = place + len(word)
            if not (place and text[place - 1].isalpha()) and not text[end : end + 1].isalpha():
                return True
            place = text.find(word, end)
        return False


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
