"""The regular expressions of a rule: compiled, and checked for repetitions that could take exponential time."""

import copyreg
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import combinations
from typing import Any, cast

import regex

from cleanwire.errors import PackError
from cleanwire.packs.pack import Rule
from cleanwire.text.regex_tree import Branch, Chars, Group, Literal, Node, Repeat, parse, walk

_SIGNED = "\u0590"
"""Scripts from here on (Hebrew, Arabic, those of India …) write vowels as signs."""
_PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")
_TOO_LARGE = (OverflowError, RecursionError, MemoryError)
_PROBES = frozenset("a1_ -\n\u00e9")
"""Characters of all categories."""
_CATEGORIES: Mapping[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdigit,
    "CATEGORY_NOT_DIGIT": lambda char: not char.isdigit(),
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda char: not char.isspace(),
    "CATEGORY_WORD": lambda char: char.isalnum() or char == "_",
    "CATEGORY_NOT_WORD": lambda char: not (char.isalnum() or char == "_"),
}
_MANY = 8
"""Up to this number of times a repetition costs no more than a constant."""


def compile_patterns(rule: Rule) -> re.Pattern[str] | regex.Pattern[str]:
    r"""Compile the patterns of a rule into one; raises `PackError` for one that does not compile.

    `re` takes half the time of `regex`, so it is tried first; `regex` reads the rest (``\p{Lu}``), and scripts whose
    letters carry vowel signs, which `re` does not count as parts of words.
    """
    source = "|".join(f"(?:{pattern})" for pattern in rule.phrases)
    if max(source) < _SIGNED:
        with suppress(re.error, *_TOO_LARGE):
            return re.compile(source, re.IGNORECASE)
    try:
        return regex.compile(source, regex.IGNORECASE)
    except (regex.error, *_TOO_LARGE) as error:
        raise PackError(f"rule {rule.name}: a pattern does not compile: {error}") from error


Program = tuple[Any, ...]
"""What `regex` pickles of a compiled pattern: plain data, from which it is made again in a hundredth of the time."""
VERSION = f"regex {regex.__version__}"
"""What a `Program` is for."""


def program(pattern: "re.Pattern[str] | regex.Pattern[str]") -> Program | None:
    r"""Return a compiled pattern as plain data; None for one of `re`, which pickles the source alone.

    >>> restored(program(regex.compile(r"\p{Lu}+"))).fullmatch("AP")[0]
    'AP'
    """
    if isinstance(pattern, re.Pattern):
        return None
    return cast("Program", _pickled(pattern)[1])


def restored(program: Program) -> "regex.Pattern[str]":
    """Return the pattern of which `program` is."""
    return cast("regex.Pattern[str]", _make()(*program))


@cache
def _make() -> Any:
    return _pickled(regex.compile(""))[0]


def _pickled(pattern: "regex.Pattern[str]") -> tuple[Any, ...]:
    """Return the function that makes a pattern again, and its arguments."""
    return cast("tuple[Any, ...]", copyreg.dispatch_table[type(pattern)](pattern))


def is_linear(pattern: str) -> bool:
    r"""Return False for a pattern with a repetition that a repetition inside it can stand in for, or of equal choices.

    Such a pattern can be matched in exponentially many ways, all of which are tried on a line that does not match.
    A pattern that only `regex` can read is judged as far as `re` can read it.

    >>> is_linear(r"(?:\w+ ?)+:"), is_linear(r"(?:\w+, )+:"), is_linear(r"(?:ab|[a-c]b)*c")
    (False, True, False)
    """
    try:
        nodes = parse(_PROPERTY.sub(r"\\w", pattern), re.IGNORECASE)
    except re.error:
        return True
    return not any(isinstance(node, Repeat) and _is_loop(node) and _is_unclear(node.items) for node in walk(nodes))


def _is_unclear(items: Sequence[Node]) -> bool:
    """Return True if a loop over `items` can match some text in several ways, each time that it is repeated."""
    return _is_ambiguous(items) or any(isinstance(item, Branch) and _has_equal_options(item) for item in walk(items))


def _has_equal_options(branch: Branch) -> bool:
    """Return True if two options match the same text: as many characters, each of which can be the same."""
    return any(
        len(one) == len(other) and all(map(_may_be_equal, one, other)) for one, other in combinations(branch.options, 2)
    )


def _may_be_equal(one: Node, other: Node) -> bool:
    return any(_has(one, char) and _has(other, char) for char in _PROBES | _listed(one) | _listed(other))


def _listed(node: Node) -> frozenset[str]:
    match node:
        case Literal(char):
            return frozenset(char)
        case Chars(listed):
            return listed
    return frozenset()


def _has(node: Node, char: str) -> bool:
    """Return True if a node is of one character, and can be this one."""
    match node:
        case Literal(own):
            return own.lower() == char.lower()
        case Chars(listed, categories, negated):
            return (char in listed or any(_CATEGORIES[each](char) for each in categories)) is not negated
    return False


def _is_loop(node: Repeat) -> bool:
    return not node.possessive and (node.most is None or node.most > _MANY)


def _is_ambiguous(items: Sequence[Node]) -> bool:
    """Return True if one loop alone can match `items`: all else among them is optional."""
    needed = [item for item in items if not (isinstance(item, Repeat) and item.least == 0)]
    if not needed:
        return any(isinstance(item, Repeat) and _is_loop(item) for item in items)
    if len(needed) > 1:
        return False
    match needed[0]:
        case Repeat() as repeat:
            return _is_loop(repeat) or _is_ambiguous(repeat.items)
        case Group(inner, atomic):
            return not atomic and _is_ambiguous(inner)
        case Branch(options):
            return any(map(_is_ambiguous, options))
    return False
