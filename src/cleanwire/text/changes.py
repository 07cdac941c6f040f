r"""Find the smallest changes between a damaged line and the repaired one."""

import re
from collections.abc import Iterator

from cleanwire.lazy import deferred

Change = tuple[int, int, str]
"""Start and stop of a piece of a line, and what it becomes."""

_FOREIGN = deferred(re.compile, "([^\x00-\x7f]+)")
_TOKEN = deferred(re.compile, "&#?[0-9A-Za-z]{1,24};|\x1b\\[[\\d;]*[a-zA-Z]|[0-9A-Za-z]+|[^\x00-\x7f]+|[\\s\\S]")
_REFERENCE = deferred(re.compile, "&#?[0-9A-Za-z]{1,24};")
_REACH = 48
"""How far the two readings of a line may drift apart, in tokens, before the rest of it is one edit."""
_UNSPACED = "\u0e00"
"""From here on lie the scripts that join words, where a cut may begin after any letter."""


def changes(old: str, new: str) -> Iterator[Change]:
    r"""Yield where `old` must change to read as `new`, as small as a walk along both finds; linear in their length.

    >>> list(changes("caf\u00c3\u00a9 o\u00c3\u00b9\u00e2\u20ac\u009d", "café où”"))
    [(3, 5, 'é'), (7, 9, 'ù'), (9, 12, '”')]
    """
    a, b = _FOREIGN.split(old), _FOREIGN.split(new)
    if a[::2] == b[::2]:  # the plain words between are the same, as nearly always
        place = 0
        for before, words, fresh in zip(a[::2], a[1::2], b[1::2], strict=False):
            place += len(before)
            if words != fresh:
                yield from _trimmed(place, words, fresh)
            place += len(words)
        return
    yield from _walked(_TOKEN.findall(old), _TOKEN.findall(new))


def _walked(a: list[str], b: list[str]) -> Iterator[Change]:
    """Yield the changes between two lists of tokens."""
    i = j = place = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]:
            place += len(a[i])
            i, j = i + 1, j + 1
            continue
        to_a, to_b = _meet(a, b, i, j)
        words, fresh = "".join(a[i:to_a]), "".join(b[j:to_b])
        yield from _trimmed(place, words, fresh)
        place += len(words)
        i, j = to_a, to_b


def _meet(a: list[str], b: list[str], i: int, j: int) -> tuple[int, int]:
    """Return the nearest places from `i` and `j` on at which both go on alike: with a word, or two tokens."""
    for distance in range(1, _REACH):
        for ahead in range(distance + 1):
            x, y = i + ahead, j + distance - ahead
            if a[x : x + 2] == b[y : y + 2] and (x < len(a) or y >= len(b)):
                return x, y
            if a[x : x + 1] == b[y : y + 1] and "".join(a[x : x + 1]).isalnum():
                return x, y
    return len(a), len(b)


def _trimmed(place: int, old: str, new: str) -> Iterator[Change]:
    """Yield the changes from `old`, which stands at `place`, to `new`, without what both have in common at the ends."""
    if _REFERENCE.search(old):
        yield place, place + len(old), new
        return
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
    if head < max(len(old), len(new)):
        yield from _pieces(place + head, old[head : len(old) - tail], new[head : len(new) - tail])


def _pieces(place: int, old: str, new: str) -> Iterator[Change]:
    """Yield the change of each word and of each other character, if they were UTF-8 read as a charset of single bytes.

    Where one character stands for one, the place of each is known without that; else the characters that stayed tell.
    """
    widths = [len(char.encode("utf-8", "surrogatepass")) for char in new] if 1 < len(new) < len(old) else []
    if not widths or sum(widths) != len(old):
        yield from _aligned(place, old, new)
        return
    begin = stop = 0
    for number, width in enumerate(widths):
        stop += width
        if number + 1 == len(new) or not (_in_word(new[number]) and _in_word(new[number + 1])):
            fresh = new[begin : number + 1]
            first = place + stop - sum(widths[begin : number + 1])
            if old[first - place : stop] != fresh:
                yield first, place + stop, fresh
            begin = number + 1


def _aligned(place: int, old: str, new: str) -> Iterator[Change]:
    """Yield the changes between the characters that stayed; one change if none can have stayed, or `old` is long."""
    if not 1 < len(new) < len(old) <= _REACH:
        yield place, place + len(old), new
        return
    from difflib import SequenceMatcher  # few texts need it, and its import takes a millisecond

    for what, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield place + first, place + last, new[begin:end]


def _in_word(char: str) -> bool:
    return char < _UNSPACED and char.isalnum()
