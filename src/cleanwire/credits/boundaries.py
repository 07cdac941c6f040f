"""Find where on a line a credit may begin and end: boundaries, brackets, the marks before it."""

import regex

from cleanwire.credits.labels import CLOSE, OPEN
from cleanwire.lazy import deferred

BOUNDARY = deferred(
    regex.compile,
    r"(?<=[\p{Ll}\p{Lo}\d)\]\"”’'»%\p{Lu}][.!?…]|[。！？।॥؟۔]|[.!?…][\"”’»)])\s*(?=\S)"  # the end of a sentence
    r"|\s{2,}|\s[|•]\s|＝|(?<=[\p{Ll})\]])(?=\p{Lu}\p{Ll})",  # spaces, a bar, words joined without a space
)
"""What parts a credit from the caption before it."""


def opening_bracket(line: str, low: int, stop: int) -> int:
    """Return the offset of the bracket that the last character of ``line[low:stop]`` closes, or -1.

    >>> opening_bracket("A bridge (Ann Lee (AP))", 0, 23)
    9
    """
    if line[stop - 1 : stop] not in CLOSE or stop <= low:
        return -1
    depth = 0
    for offset in range(stop - 1, low - 1, -1):
        if line[offset] in CLOSE:
            depth += 1
        elif line[offset] in OPEN:
            depth -= 1
            if not depth:
                return offset
    return -1


def with_marks(line: str, start: int) -> int:
    """Return where the spaces, brackets and dashes before a credit that starts at `start` begin.

    >>> with_marks("A bridge – (AP)", 12)
    8
    """
    while start and (line[start - 1].isspace() or line[start - 1] in "([（［【|/–—-•·,;©＝=\u200b"):
        start -= 1
    return start
