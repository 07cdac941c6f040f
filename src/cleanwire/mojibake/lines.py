r"""Return the lines of a text in which ftfy may see mojibake, at the speed of C; never too few."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from cleanwire.mojibake.tables import CHARSETS, charsets_of, needle, suspicion
from cleanwire.text.runs import character_runs, lines_with_offsets

_FEW = 64
"""Up to this number of suspicious pairs are looked up one by one, each a C-speed search; beyond, each line is read."""


def may_be_garbled(runs: str) -> bool:
    r"""Return True if a text with these `character_runs` may hold mojibake of any kind; never False where it does.

    >>> may_be_garbled("\u201c \u201d \u2019s \u00e9"), may_be_garbled("\u00c3\u00a9")
    (False, True)
    """
    if runs.isascii():
        return False
    return suspicion().alone.search(runs) is not None or any(
        needle(*pair) or charsets_of(*pair) for pair in _suspects(runs)
    )


def _suspects(text: str) -> set[tuple[str, str]]:
    """Return the neighbours in a text, each as first and second, that could be mojibake."""
    return set() if text.isascii() or not suspicion().before.search(text) else _pairs(text)


def _pairs(text: str) -> set[tuple[str, str]]:
    suspect = suspicion()
    if text[len(text) // 2 :][:1] > "\u024f":  # likely a script in which few neighbours are suspicious
        return {(text[found.start()], text[found.end()]) for found in suspect.before.finditer(text)}
    return {pair for pair in set(pairwise(text)) if pair[1] in suspect.seconds and pair[0] in suspect.firsts}


def garbled(text: str, runs: str) -> Iterator[tuple[int, str]]:
    r"""Yield the lines in which ftfy may see mojibake, in order, each after its offset; it sees none in the others.

    `runs` are the `character_runs` of the text, or more.

    >>> text = "A café.\nA cafÃ©."
    >>> list(garbled(text, character_runs(text)))
    [(8, 'A cafÃ©.')]
    """
    if text.isascii():
        return
    loose, holds = _loose(text, runs), _pair_test(text, runs)
    if not loose and not holds:
        return
    for start, line in lines_with_offsets(text):
        if not line.isascii() and ((loose and loose.search(line)) or (holds and holds(line))):
            yield start, line


def _pair_test(text: str, runs: str) -> Callable[[str], bool] | None:
    """Return a test whether a line of the text holds suspicious neighbours, or None if none does."""
    needles = [(a + b, found) for a, b in _suspects(runs) if (found := needle(a, b))]
    if len(needles) > _FEW:
        return lambda line: any((found := needle(a, b)) and found.search(line) for a, b in _pairs(line))
    needles = [(pair, found) for pair, found in needles if pair in text and found.search(text)]
    if not needles:
        return None
    return lambda line: any(pair in line and found.search(line) for pair, found in needles)


def _loose(text: str, runs: str) -> re.Pattern[str] | None:
    """Return the pattern of single suspicious characters with what must follow, if the text holds it."""
    suspect = suspicion()
    return suspect.loose if suspect.alone.search(runs) and suspect.loose.search(text) else None


def charsets(line: str) -> list[str]:
    r"""Return those of `CHARSETS` in which `line` may have been read though it was UTF-8; never too few.

    >>> charsets("A caf\u0413\u00a9."), charsets("A café.")
    (['sloppy-windows-1251'], [])
    """
    found = frozenset[str]().union(*(charsets_of(*pair) for pair in _suspects(character_runs(line))))
    return [charset for charset in CHARSETS if charset in found]


def foreign(text: str, runs: str) -> Iterator[tuple[int, str]]:
    r"""Yield the lines that hold what UTF-8 looks like in one of `CHARSETS`, in order, each after its offset.

    `runs` are the `character_runs` of the text, or more.

    >>> text = "A caf\u0413\u00a9.\nA café."
    >>> list(foreign(text, character_runs(text)))
    [(0, 'A cafГ©.')]
    """
    charsets = frozenset[str]().union(*(charsets_of(*pair) for pair in _suspects(runs)))
    patterns = [suspicion().sequences[charset][1] for charset in CHARSETS if charset in charsets]
    patterns = [pattern for pattern in patterns if pattern.search(text)]
    if patterns:
        for start, line in lines_with_offsets(text):
            if not line.isascii() and any(pattern.search(line) for pattern in patterns):
                yield start, line
