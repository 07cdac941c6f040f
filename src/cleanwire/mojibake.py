"""What the characters of a text say of it, at the speed of C: whether anything in it can be damaged at all.

`profile` is what the repairing filters share: the characters of a text that are not plain, as runs of neighbours, each
run once; whatever is not there is not in the text.  `garbled` builds on it: it says in which lines ftfy may see
mojibake, and never leaves out one, because it is derived from the tables of ftfy itself.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from cleanwire.document import Document, Thinning
from cleanwire.text.regex_tree import Anchor, Branch, Chars, Literal, Node, parse

_PLAIN = bytes(range(0x20, 0x7F)).replace(b"&", b"") + b"\n"
"""The characters that no repair begins with, for itself; runs of blanks and of line ends are looked for apart."""
_WHITE = (b"\t", b"\r", b"\x0b", b"\x0c")
_SHADE = bytes.maketrans(_PLAIN + b"".join(_WHITE), b" " * (len(_PLAIN) + len(_WHITE)))
"""Turns plain characters into blanks, so that what is left between them are the runs."""

_FEW = 64
"""Up to so many suspicious pairs are looked up one by one, each a C-speed search; beyond, each line is read."""


class Runs(str):
    """Runs of characters that a text may hold, and no others."""

    __slots__ = ()

    def thinned(self, _: Thinning) -> "Runs":
        """Return them as they are: when lines are cut, the text may hold no more than these."""
        return self


def profile(doc: Document) -> Runs:
    r"""Return the runs of characters that are not plain: all but printable ASCII (``&`` is none of it) and ``\n``.

    There may be more of them than the text holds, never less.

    >>> profile(Document("R&D at the caf\u00e9 of Zo\u00eb's caf\u00e9"))
    '& é ë'
    """
    return Runs(runs(doc.text))


def runs(text: str) -> str:
    """Return the same of a text that is no document, such as a line."""
    if text.isascii():
        return text.encode().translate(None, _PLAIN).decode()
    data = text.encode("utf-8", "surrogatepass")
    found = set(data.translate(_SHADE).split())
    found.update(white for white in _WHITE if white in data)
    return b" ".join(sorted(found)).decode("utf-8", "surrogatepass")


Pair = tuple[frozenset[str], frozenset[str]]
Clue = tuple[frozenset[str], frozenset[str], str]  # two neighbours, and the pattern of what must follow them


class Suspicion(NamedTuple):
    """What mojibake cannot do without: two neighbours out of a pair of `tight`, or one of `alone` before what fits it.

    `hint` finds a character without which there is neither; a suspicious pair is out of `firsts` and `seconds`, and
    `before` finds its first; `sequences` is, by charset, what UTF-8 looks like when it is read so, with its pair.
    """

    hint: re.Pattern[str]
    firsts: frozenset[str]
    seconds: frozenset[str]
    before: re.Pattern[str]
    tight: tuple[Clue, ...]
    alone: re.Pattern[str]
    loose: re.Pattern[str]
    sequences: dict[str, tuple[Pair, re.Pattern[str]]]


CHARSETS = ("sloppy-windows-1251", "sloppy-windows-1250", "sloppy-windows-1253", "sloppy-windows-1257", "cp437")
"""Charsets of which ftfy must leave much alone, since Cyrillic, Greek and Romanian are written in them."""


@lru_cache(maxsize=65536)
def _needle(first: str, second: str) -> re.Pattern[str] | None:
    """Return the pattern by which ftfy may take these neighbours for mojibake, if it ever does."""
    after = sorted({after for a, b, after in suspicion().tight if first in a and second in b})
    return re.compile(re.escape(first + second) + ("" if "" in after else f"(?:{'|'.join(after)})")) if after else None


@lru_cache(maxsize=65536)
def _charsets(first: str, second: str) -> frozenset[str]:
    return frozenset(name for name, ((a, b), _) in suspicion().sequences.items() if first in a and second in b)


def may_be_garbled(left: str) -> bool:
    r"""Whether a text with this profile may hold mojibake of any kind; never no where it does.

    >>> may_be_garbled("\u201c \u201d \u2019s \u00e9"), may_be_garbled("\u00c3\u00a9")
    (False, True)
    """
    if left.isascii():
        return False
    return _recall(left) if len(left) <= _BRIEF else _may_be_garbled(left)


def _may_be_garbled(left: str) -> bool:
    alone = suspicion().alone.search(left) is not None
    return alone or any(_needle(*pair) or _charsets(*pair) for pair in _suspects(left))


_BRIEF = 128
"""Profiles up to so many characters are remembered with the answer: texts of a language have few others."""
_recall = lru_cache(maxsize=4096)(_may_be_garbled)


def _neighbours(doc: Document) -> set[tuple[str, str]]:
    """Return the neighbours in the profile of a text, each as first and second, that could be mojibake."""
    return _suspects(doc.once(profile))


def _suspects(left: str) -> set[tuple[str, str]]:
    return set() if left.isascii() or not suspicion().hint.search(left) else _pairs(left)


def _pairs(text: str) -> set[tuple[str, str]]:
    suspect = suspicion()
    if text[len(text) // 2 :][:1] > "\u024f":  # likely a script in which few neighbours are suspicious
        return {(text[found.start()], text[found.end()]) for found in suspect.before.finditer(text)}
    return {pair for pair in set(pairwise(text)) if pair[1] in suspect.seconds and pair[0] in suspect.firsts}


def garbled(doc: Document) -> Iterator[int]:
    r"""Yield, in order, the lines in which ftfy may see mojibake, by index; it sees none in the others.

    >>> list(garbled(Document("A café.\nA cafÃ©.")))
    [1]
    """
    if doc.text.isascii():
        return
    text, suspect = doc.text, suspicion()
    needles = [(a + b, needle) for a, b in doc.once(_neighbours) if (needle := _needle(a, b))]
    few = len(needles) <= _FEW
    if few:
        needles = [(pair, needle) for pair, needle in needles if pair in text and needle.search(text)]
    loose = suspect.loose if suspect.alone.search(doc.once(profile)) and suspect.loose.search(text) else None
    if not needles and not loose:
        return
    for index, line in enumerate(doc.lines):
        if line.isascii():
            continue
        if loose and loose.search(line):
            yield index
        elif few:
            if any(pair in line and needle.search(line) for pair, needle in needles):
                yield index
        elif any((needle := _needle(a, b)) and needle.search(line) for a, b in _pairs(line)):
            yield index


def charsets(line: str) -> list[str]:
    r"""Return those of `CHARSETS` in which `line` may have been read though it was UTF-8; never too few.

    >>> charsets("A caf\u0413\u00a9."), charsets("A café.")
    (['sloppy-windows-1251'], [])
    """
    found = frozenset[str]().union(*(_charsets(*pair) for pair in _suspects(runs(line))))
    return [charset for charset in CHARSETS if charset in found]


def foreign(doc: Document) -> Iterator[int]:
    r"""Yield, in order, the lines that hold what UTF-8 looks like in one of `CHARSETS`, by index.

    >>> list(foreign(Document("A caf\u0413\u00a9.\nA café.")))
    [0]
    """
    charsets = frozenset[str]().union(*(_charsets(*pair) for pair in doc.once(_neighbours)))
    patterns = [suspicion().sequences[charset][1] for charset in CHARSETS if charset in charsets]
    patterns = [pattern for pattern in patterns if pattern.search(doc.text)]
    if patterns:
        for index, line in enumerate(doc.lines):
            if not line.isascii() and any(pattern.search(line) for pattern in patterns):
                yield index


@cache
def suspicion() -> Suspicion:
    """Derive from ftfy's tables what its mojibake cannot do without; done once, at the first text that is not ASCII.

    Every alternative of ftfy's pattern gives two neighbours that are never ASCII, or else one such character and what
    must follow.
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
    sequences = {charset: _sequence(charset) for charset in CHARSETS}
    pairs = [*((a, b) for a, b, _ in tight), *(pair for pair, _ in sequences.values())]
    firsts, seconds = (frozenset[str]().union(*(pair[side] for pair in pairs)) for side in (0, 1))
    alone = frozenset[str]().union(*(chars for chars, _ in loose))
    # Of each pair, the side with fewer of the quotes and dashes that clean text is full of.
    rare = [min(pair, key=lambda chars: len(chars & _TYPOGRAPHY)) for pair in pairs]
    branches = "|".join(f"(?<={_choice(chars)}){after}" for chars, after in loose)
    return Suspicion(
        hint=re.compile(_choice(alone.union(*rare))),
        firsts=firsts,
        seconds=seconds,
        before=re.compile(f"{_choice(firsts)}(?={_choice(seconds)})"),
        tight=tuple(tight),
        alone=re.compile(_choice(alone)),
        loose=re.compile(f"{_choice(alone)}(?:{branches})"),
        sequences=sequences,
    )


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
    """Return how many of the characters of clean text a text must hold none of for the clue to be out of question."""
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
    """Yield the alternatives of `pattern`, each as its places in order; a place that is not understood fits all."""
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
