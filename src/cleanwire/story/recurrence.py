"""How many words of a line recur in a story: a headline names what the text below it is about."""

import regex

from cleanwire.lazy import deferred
from cleanwire.text.fold import is_unspaced

_WORD = deferred(regex.compile, r"\w{4,}")
"""A content word has four letters; in scripts without spaces two letters suffice."""


def content_words(line: str) -> list[str]:
    """Return the content words of a line in small letters; of an unspaced script each pair of letters.

    >>> content_words("Rain falls on Oslo"), content_words("旧桥关闭")
    (['rain', 'falls', 'oslo'], ['旧桥', '关闭'])
    """
    line = line.casefold()
    if is_unspaced(line):
        return [line[place : place + 2] for place in range(0, len(line) - 1, 2)]
    return _WORD.findall(line)


def recurring(line: str, story: str) -> tuple[int, int]:
    """Return how many content words of a line recur in a story of small letters, and how many it has.

    A word recurs where another one begins with it, as inflected forms do, or holds it.

    >>> recurring("Rain falls on Oslo", "rain fell on the town for a third day, and oslo was wet.")
    (2, 3)
    """
    words = content_words(line)
    return sum(map(story.__contains__, words)), len(words)
