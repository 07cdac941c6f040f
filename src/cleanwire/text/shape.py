"""The shape of a line: whether it reads as prose, and how wide and how long it is."""

import re
import string

from cleanwire.lazy import deferred
from cleanwire.text.fold import UNSPACED, is_unspaced

_ENDS = ".!?…:;。！？．｡।॥۔؟։።።：；"
_QUESTIONS = ("?", "？", "؟", "⸮", "\u037e")
_GREEK = range(0x370, 0x400)
_CLOSERS = "\"'”’»“‘«›)]）】」』〉》〕 \t\r"
_EAST_ASIAN = deferred(re.compile, "[\u2e80-\U0010ffff]+")
_JOINED = deferred(re.compile, f"[{UNSPACED}-\U0010ffff]+")
"""Runs of letters: to find these and add their lengths is many times as fast as to look at each."""
_LATIN = string.ascii_letters.encode()
LETTERS = 50
"""A line of this many letters that ends as a sentence does is one; an unspaced script says as much in less."""
PROSE = 160
"""A line as long as this is prose, however it ends."""


def is_sentence(line: str) -> bool:
    """Whether a line reads as prose: long, and closed as a sentence is.

    >>> is_sentence("The council voted on Monday to close the bridge for a year.")
    True
    >>> is_sentence("Read more")
    False
    """
    size = len(line)
    if size >= PROSE:
        return True
    if size >= LETTERS // 3 and is_unspaced(line):
        size *= 3
    return size >= PROSE or (size >= LETTERS and (is_closed(line) or _is_speech(line)))


def is_closed(line: str) -> bool:
    """Whether a line ends as a sentence does.

    >>> is_closed("She left."), is_closed("“She left.”"), is_closed("Read more")
    (True, True, False)
    """
    return line.rstrip(_CLOSERS)[-1:] in _ENDS


def asks(line: str) -> bool:
    """Whether a line ends in a question mark; after a Greek letter a semicolon is one.

    >>> asks("Who are we?"), asks("Ποιοι είμαστε;"), asks("We came; ")
    (True, True, False)
    """
    text = line.rstrip(_CLOSERS)
    return text.endswith(_QUESTIONS) or (text[-1:] == ";" and len(text) > 1 and ord(text[-2]) in _GREEK)


def _is_speech(line: str) -> bool:
    """Whether all of a line is spoken, in Japanese brackets, where no mark closes the sentence."""
    return line.lstrip()[:1] in ("「", "『") and line.rstrip()[-1:] in ("」", "』")


def width(line: str) -> int:
    """Count the columns of a line: what East Asian scripts write takes two, and says as much as two letters.

    >>> width("Ferries"), width("渡轮停航")
    (7, 8)
    """
    return len(line) if line.isascii() else len(line) + sum(map(len, _EAST_ASIAN.findall(line)))


def words(line: str) -> int:
    """Count the words of a line, roughly; two letters of an unspaced script are one.

    >>> words("Two ferries were late.")
    4
    """
    count = line.count(" ") + 1
    if is_unspaced(line):
        count += sum(map(len, _JOINED.findall(line))) // 2
    return count


def letters(line: str) -> int:
    """Count the letters of a line.

    >>> letters("Route 66")
    5
    """
    if line.isascii():  # several times as fast
        return len(line) - len(line.encode().translate(None, _LATIN))
    return sum(map(str.isalpha, line))
