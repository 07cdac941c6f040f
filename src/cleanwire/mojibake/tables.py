"""Necessary conditions of mojibake, derived from the tables of ftfy: where they do not hold, ftfy sees none."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cleanwire.text.regex_tree import Anchor, Branch, Chars, Literal, Node, parse

Pair = tuple[frozenset[str], frozenset[str]]
Clue = tuple[frozenset[str], frozenset[str], str]
"""Two neighbours, and the pattern of what must follow them."""

CHARSETS = ("sloppy-windows-1251", "sloppy-windows-1250", "sloppy-windows-1253", "sloppy-windows-1257", "cp437")
"""Charsets of which ftfy must leave much alone, since Cyrillic, Greek and Romanian are written in them."""


class Suspicion(NamedTuple):
    """Necessary conditions: an adjacent pair from `tight`, or a character of `alone` followed by its pattern.

    A suspicious pair is out of `firsts` and `seconds`, and `before` finds its first.  `sequences` is, by charset, what
    UTF-8 looks like when it is read so, with its pair.
    """

    firsts: frozenset[str]
    seconds: frozenset[str]
    before: re.Pattern[str]
    tight: tuple[Clue, ...]
    alone: re.Pattern[str]
    loose: re.Pattern[str]
    sequences: dict[str, tuple[Pair, re.Pattern[str]]]


@cache
def needle(first: str, second: str) -> re.Pattern[str] | None:
    """Return the pattern by which ftfy may take these neighbours for mojibake, or None if it never does.

    The pairs that are asked for are out of `firsts` and `seconds`, so that their number is bounded.
    """
    after = sorted({after for a, b, after in suspicion().tight if first in a and second in b})
    return re.compile(re.escape(first + second) + ("" if "" in after else f"(?:{'|'.join(after)})")) if after else None


@cache
def charsets_of(first: str, second: str) -> frozenset[str]:
    """Return the charsets in which UTF-8 may read as these neighbours; see `needle` for which are asked for."""
    return frozenset(name for name, ((a, b), _) in suspicion().sequences.items() if first in a and second in b)


@cache
def suspicion() -> Suspicion:
    """Return the necessary conditions of mojibake, derived from ftfy's tables once a process."""
    tight, loose = _clues()
    sequences = {charset: _sequence(charset) for charset in CHARSETS}
    pairs = [*((a, b) for a, b, _ in tight), *(pair for pair, _ in sequences.values())]
    firsts, seconds = (frozenset[str]().union(*(pair[side] for pair in pairs)) for side in (0, 1))
    alone = frozenset[str]().union(*(chars for chars, _ in loose))
    branches = "|".join(f"(?<={_choice(chars)}){after}" for chars, after in loose)
    return Suspicion(
        firsts=firsts,
        seconds=seconds,
        before=re.compile(f"{_choice(firsts)}(?={_choice(seconds)})"),
        tight=tuple(tight),
        alone=re.compile(_choice(alone)),
        loose=re.compile(f"{_choice(alone)}(?:{branches})"),
        sequences=sequences,
    )


def _clues() -> tuple[set[Clue], list[tuple[frozenset[str], str]]]:
    """Return a clue for each alternative of ftfy's pattern: two neighbours, or one character and what must follow.

    The neighbours are never ASCII.
    """
    from ftfy.badness import BADNESS_RE  # an import of 90 ms, which plain ASCII never needs

    tight: set[Clue] = set()
    loose: list[tuple[frozenset[str], str]] = []
    for tokens in _alternatives(BADNESS_RE):
        triples = zip(tokens, tokens[1:], [*tokens[2:], _ANY], strict=False)
        clues = [(a.chars, b.chars, after.source) for a, b, after in triples if a.foreign and b.foreign]
        if clues:
            tight.add(min(clues, key=lambda clue: (_common(clue), len(clue[0]) * len(clue[1]))))
        else:
            place = min((i for i, t in enumerate(tokens) if t.foreign), key=lambda i: len(tokens[i].chars))
            after = tokens[place + 1].source if place + 1 < len(tokens) else ""
            loose.append((tokens[place].chars, after))
    return tight, loose


_TYPOGRAPHY = frozenset("’‘“”„‚–—…•·«»\u00a0")


def _sequence(charset: str) -> tuple[Pair, re.Pattern[str]]:
    """Return what UTF-8 looks like when it is read as `charset`: how each sequence begins, and its pattern."""

    def chars(first: int, last: int) -> frozenset[str]:
        return frozenset(bytes(range(first, last + 1)).decode(charset))

    follow = _choice(chars(0x80, 0xBF))
    two, three, four = (f"(?<={_choice(chars(*lead))})" for lead in ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4)))
    first, second = chars(0xC2, 0xF4), chars(0x80, 0xBF)
    pattern = f"{_choice(first)}(?:{two}{follow}|{three}{follow}{{2}}|{four}{follow}{{3}})"
    return (first, second), re.compile(pattern)


def _common(clue: Clue) -> int:
    """Return how many characters that are common in clean text a clue has, on the side that has fewer of them."""
    return min(len(chars & _TYPOGRAPHY) for chars in clue[:2])


class _Token(NamedTuple):
    """One place of a pattern: the characters that fit, as far as they can be listed, and the class as source."""

    chars: frozenset[str]
    source: str

    @property
    def foreign(self) -> bool:
        return bool(self.chars) and not any(map(str.isascii, self.chars))


def _choice(chars: frozenset[str]) -> str:
    return "[" + "".join(map(re.escape, sorted(chars))) + "]" if chars else "(?!)"


_ANY = _Token(frozenset(), "")


def _alternatives(pattern: re.Pattern[str]) -> Iterator[list[_Token]]:
    """Yield the alternatives of `pattern`, each as its tokens in order; what is not understood fits any character."""
    tree = parse(pattern.pattern, pattern.flags)
    branches = tree[0].options if len(tree) == 1 and isinstance(tree[0], Branch) else (tree,)
    for branch in branches:
        yield [_token(node) for node in branch if not isinstance(node, Anchor)]


def _token(node: Node) -> _Token:
    """Return one place of a pattern; a node that only widens what fits, such as an optional space, gives `_ANY`."""
    match node:
        case Literal(char):
            return _Token(frozenset(char), re.escape(char))
        case Chars(listed, (), negated=False):
            return _Token(listed, _choice(listed))
        case Chars(listed, ("CATEGORY_WORD",), negated=False) if not listed:
            return _Token(frozenset(), r"\w")
        case Chars(listed, (), negated=True) if listed:
            return _Token(frozenset(), f"(?!{_choice(listed)})" + r"[\s\S]")
    return _ANY
