"""How many words of a line recur in a story: a headline names what the text below it is about."""

import regex

from cleanwire.lazy import deferred
from cleanwire.text.fold import is_unspaced

CONTENT = 4
"""Least number of letters of a content word; in scripts without spaces two letters suffice."""
_WORD = deferred(regex.compile, r"\w+")


def content_words(line: str) -> list[str]:
    """Return the content words of a line in small letters; of an unspaced script each pair of letters.

    >>> content_words("Rain falls on Oslo"), content_words("旧桥关闭")
    (['rain', 'falls', 'oslo'], ['旧桥', '关闭'])
    """
    line = line.casefold()
    if is_unspaced(line):
        return [line[place : place + 2] for place in range(0, len(line) - 1, 2)]
    return [word for word in _WORD.findall(line) if len(word) >= CONTENT]


def recurring(line: str, story: str) -> tuple[int, int]:
    """Return how many content words of a line recur in a story of small letters, and how many it has.

    A word recurs where another one begins with it, as inflected forms do, or holds it.

    >>> recurring("Rain falls on Oslo", "rain fell on the town for a third day, and oslo was wet.")
    (2, 3)
    """
    words = content_words(line)
    return sum(word in story for word in words), len(words)
