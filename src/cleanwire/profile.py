"""What the characters of a text say of it, at the speed of C: whether anything in it can be damaged at all.

`residue` is what the repairing filters share: a text without its plain characters.  Characters that stand side by side
in the text do so in the residue, so whatever is not there is not in the text.  `garbled` builds on it: it says which
lines may hold mojibake, and never leaves out one that does, because it is derived from the tables of ftfy itself.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from cleanwire.document import Document

PLAIN = bytes(range(0x20, 0x7F)).replace(b"&", b"") + b"\n"
"""The characters that no repair begins with, for itself; runs of blanks and of line ends are looked for apart."""

_FEW = 64
"""Up to so many suspicious pairs are looked up one by one, each a C-speed search; beyond, each line is read."""


def residue(doc: Document) -> str:
    r"""Return the text without its plain characters: printable ASCII but ``&``, and ``\n``.

    >>> residue(Document("R&D at the caf\u00e9\t"))
    '&é\t'
    """
    text = doc.text
    if text.isascii():
        return text.encode().translate(None, PLAIN).decode()
    return text.encode("utf-8", "surrogatepass").translate(None, PLAIN).decode("utf-8", "surrogatepass")


class Suspicion(NamedTuple):
    """What mojibake cannot do without: one of `pairs` side by side, or one of `alone` before what `loose` wants.

    `hint` finds a character without which there is neither, `pair` the pairs in a residue.
    """

    hint: re.Pattern[str]
    pair: re.Pattern[str]
    alone: re.Pattern[str]
    loose: re.Pattern[str]
    tight: tuple[tuple[frozenset[str], frozenset[str]], ...]

    def pairs(self, residue: str) -> set[str]:
        """Return the suspicious pairs of neighbours in `residue`."""
        return {a + b for a, b in set(self.pair.findall(residue)) if _suspicious(a, b)}


@lru_cache(maxsize=65536)
def _suspicious(first: str, second: str) -> bool:
    return any(first in a and second in b for a, b in suspicion().tight)


def garbled(doc: Document) -> Iterator[int]:
    r"""Yield, in order, the indices of the lines that may hold mojibake, and never leave out one that does.

    >>> list(garbled(Document("A café.\nA cafÃ©.")))
    [1]
    """
    left = doc.once(residue)
    if left.isascii():
        return
    suspect = suspicion()
    if not suspect.hint.search(left):
        return
    text = doc.text
    pairs = suspect.pairs(left)
    if len(pairs) <= _FEW:
        pairs = {pair for pair in pairs if pair in text}
    loose = bool(suspect.alone.search(left) and suspect.loose.search(text))
    if not pairs and not loose:
        return
    few = len(pairs) <= _FEW
    for index, line in enumerate(doc.lines):
        if line.isascii():
            continue
        paired = any(pair in line for pair in pairs) if few else suspect.pairs(line)
        if paired or (loose and suspect.loose.search(line)):
            yield index


@cache
def suspicion() -> Suspicion:
    """Derive from ftfy's tables what its mojibake cannot do without; done once, at the first text that is not ASCII.

    Every alternative of ftfy's pattern gives its pair of neighbours that are never ASCII, or else one such character
    and what must follow.  To these come the pairs that begin a UTF-8 sequence in one of the charsets that ftfy knows.
    """
    from ftfy.badness import BADNESS_RE  # an import of 90 ms, which plain ASCII never needs
    from ftfy.chardata import CHARMAP_ENCODINGS

    tight: set[tuple[frozenset[str], frozenset[str]]] = set()
    loose: list[tuple[frozenset[str], str]] = []
    for tokens in _alternatives(BADNESS_RE):
        keys = [(a, b) for a, b in pairwise(tokens) if a.foreign and b.foreign]
        if keys:
            first, second = min(keys, key=lambda key: len(key[0].chars) * len(key[1].chars))
            tight.add((first.chars, second.chars))
        else:
            place = min((i for i, t in enumerate(tokens) if t.foreign), key=lambda i: len(tokens[i].chars))
            after = tokens[place + 1].source if place + 1 < len(tokens) else ""
            loose.append((tokens[place].chars, after))
    for charset in CHARMAP_ENCODINGS:
        high = {byte: bytes([byte]).decode(charset) for byte in range(0x80, 0x100)}
        lead = frozenset(char for byte, char in high.items() if byte >= 0xC2)
        follow = frozenset(char for byte, char in high.items() if byte < 0xC0)
        tight.add((lead, follow))
    firsts, seconds = (frozenset().union(*(key[side] for key in tight)) for side in (0, 1))
    alone = frozenset().union(*(chars for chars, _ in loose))
    branches = "|".join(f"(?<={_choice(chars)}){after}" for chars, after in loose)
    return Suspicion(
        hint=re.compile(_choice(firsts | alone)),
        pair=re.compile(f"({_choice(firsts)})(?=({_choice(seconds)}))"),
        alone=re.compile(_choice(alone)),
        loose=re.compile(f"{_choice(alone)}(?:{branches})"),
        tight=tuple(tight),
    )


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
    from re import _parser as parser  # type: ignore[attr-defined]

    tree = parser.parse(pattern.pattern, pattern.flags)
    (kind, value), *rest = tree
    branches = value[1] if str(kind) == "BRANCH" and not rest else [tree]
    for branch in branches:
        yield [token for operation in branch for token in _tokens(*operation)]


def _tokens(kind: object, value: Any) -> Iterator[_Token]:
    name = str(kind)
    if name == "LITERAL":
        yield _Token(frozenset(chr(value)), re.escape(chr(value)))
    elif name == "IN" and all(str(k) in ("LITERAL", "RANGE") for k, _ in value):
        codes = [(v, v) if str(k) == "LITERAL" else v for k, v in value]
        chars = frozenset(chr(code) for first, last in codes for code in range(first, last + 1))
        yield _Token(chars, _choice(chars))
    elif name == "IN" and str(value[0][0]) == "NEGATE":
        rest = [token for token in _tokens(kind, value[1:]) if token.chars]
        yield _Token(frozenset(), f"(?!{rest[0].source})" + r"[\s\S]") if rest else _ANY
    elif name != "AT":
        yield _ANY  # `\w`, `.`, an optional blank: places that only widen what fits
