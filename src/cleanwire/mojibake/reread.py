r"""Read mojibake that ftfy leaves: UTF-8 in charsets that it must leave alone, and letters at the start of words."""

import re
from collections.abc import Iterator
from functools import cache, partial

from cleanwire.lazy import deferred
from cleanwire.mojibake.lines import charsets
from cleanwire.mojibake.tables import suspicion
from cleanwire.text.runs import lines_with_offsets

_SURE = 3
"""This many UTF-8 sequences, and nothing beside them that is not UTF-8, are not an accident."""
FOLLOW = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What the second and later bytes of a character in UTF-8 are in Latin-1 and windows-1252, as a set of a pattern."""
# The letters of Latin alphabets begin with these.  Within a word ftfy judges.
_LETTER = deferred(re.compile, f"(?<![^\\W\\d_])[ÃÄÅ][{FOLLOW}](?=[a-z])")
# A word of one letter, in signs that follow no word.
_ONLY_LETTER = deferred(re.compile, "(?<![^\\W\\d_])Ã[¡-§©¬®-³µ¶¹¼-¾](?![^\\W\\d_])")
_LEAD = deferred(re.compile, f"[ÃÄÅ][{FOLLOW}]")
# What may follow these letters themselves: an apostrophe, and after Ä and Å a dash.
_APOSTROPHES, _DASHES = frozenset("’‘\u0092\u0091"), frozenset("–—\u0096\u0097")


def first_letters(text: str, runs: str) -> Iterator[tuple[int, str]]:
    r"""Yield the lines that begin a word with a letter in UTF-8 that was read as windows-1252, each after its offset.

    `runs` are the `character_runs` of the text, or more.

    >>> list(first_letters("Vår.\n\u00c3\u00a5ret gick.", "å \u00c3\u00a5"))
    [(5, 'Ã¥ret gick.')]
    """
    if _LEAD.search(runs):
        for start, line in lines_with_offsets(text):
            if not line.isascii() and (_LETTER.search(line) or _ONLY_LETTER.search(line)):
                yield start, line


def reread(line: str) -> str:
    r"""Read `line` as the UTF-8 that it was before it was read as another charset, where that is beyond doubt.

    >>> reread("\u00c3\u00a5ret var långt, n\u0413\u00a4mlich")
    'året var långt, nämlich'
    """
    if _LEAD.search(line):
        line = _ONLY_LETTER.sub(_letter, _LETTER.sub(_letter, line))
    for charset in charsets(line):
        found = suspicion().sequences[charset][1].findall(line)
        if not found:
            continue
        if len(found) >= _SURE:
            try:
                fixed = line.encode(charset).decode()
            except UnicodeError:
                pass
            else:
                if _plausible(fixed):
                    return fixed
        line = _glued(charset).sub(partial(_decoded, charset), line)
    return line


def _plausible(text: str) -> bool:
    return all(char.isascii() or char.isprintable() or char in "\u00a0\u00ad\u200b\u200c\u200d\ufeff" for char in text)


@cache
def _glued(charset: str) -> re.Pattern[str]:
    """Return the pattern of one such sequence inside a Latin word: after a small letter, and before one or an end."""
    return re.compile(f"(?<=[a-z]){suspicion().sequences[charset][1].pattern}(?=[a-z])")


def _decoded(charset: str, match: re.Match[str]) -> str:
    """Return the small Latin letter that the matched sequence was; anything else stays as it is."""
    sequence = match[0]
    try:
        char = sequence.encode(charset).decode()
    except UnicodeError:
        return sequence
    return char if "\u00df" <= char <= "\u017f" and char.islower() else sequence


def _letter(match: re.Match[str]) -> str:
    """Return the letter that the matched pair was, if it can stand there."""
    first, second = match[0][0], match[0][1]
    if second in _APOSTROPHES or (first != "Ã" and second in _DASHES):
        return match[0]
    follow = second.encode("latin-1" if second <= "\xff" else "cp1252")
    char = (first.encode("latin-1") + follow).decode()
    return char if char.isalpha() else match[0]
