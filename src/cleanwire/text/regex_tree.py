"""A regular expression as a tree of plain values.

`re` has no public parser.  This module is the only one that uses the private one, `re._parser`, whose nodes may change
with any version of CPython; ``tests/text/test_regex_tree.py`` compares trees and says what to do then.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple


class Literal(NamedTuple):
    """One character."""

    char: str


class Chars(NamedTuple):
    r"""One character of a set: those `listed`, and those of `categories` such as ``CATEGORY_WORD`` for ``\w``."""

    listed: frozenset[str]
    categories: tuple[str, ...]
    negated: bool


class Anchor(NamedTuple):
    """A position, of no width: ``^``, ``$``, a word boundary."""


class Group(NamedTuple):
    """Nodes in brackets."""

    items: tuple["Node", ...]
    atomic: bool


class Branch(NamedTuple):
    """Alternatives, each a sequence of nodes."""

    options: tuple[tuple["Node", ...], ...]


class Repeat(NamedTuple):
    """Nodes that may be repeated; `most` is None without an upper bound.  A possessive repeat never backtracks."""

    items: tuple["Node", ...]
    least: int
    most: int | None
    possessive: bool


class Other(NamedTuple):
    """Anything else: a dot, an assertion, a reference to a group."""


Node = Literal | Chars | Anchor | Group | Branch | Repeat | Other


def parse(pattern: str, flags: int = 0) -> tuple[Node, ...]:
    """Return the nodes of `pattern` in order.

    Raises `re.error` for a pattern that `re` cannot read, such as one with the properties of `regex`, and for one that
    is too large for it.

    >>> parse("ab?")
    (Literal(char='a'), Repeat(items=(Literal(char='b'),), least=0, most=1, possessive=False))
    """
    try:
        return _nodes(re._parser.parse(pattern, flags))  # type: ignore[attr-defined] # private
    except (OverflowError, RecursionError) as error:
        raise re.error(f"too large or nested too deeply ({error})") from error


def _nodes(operations: Iterable[tuple[object, Any]]) -> tuple[Node, ...]:
    return tuple(_node(str(kind), value) for kind, value in operations)


def _node(kind: str, value: Any) -> Node:
    match kind:
        case "LITERAL":
            return Literal(chr(value))
        case "IN":
            return _chars(value)
        case "AT":
            return Anchor()
        case "SUBPATTERN":
            return Group(_nodes(value[-1]), atomic=False)
        case "ATOMIC_GROUP":
            return Group(_nodes(value), atomic=True)
        case "BRANCH":
            return Branch(tuple(map(_nodes, value[1])))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, items = value
            bound = None if str(most) == "MAXREPEAT" else int(most)
            return Repeat(_nodes(items), least, bound, possessive=kind == "POSSESSIVE_REPEAT")
    return Other()


def _chars(members: list[tuple[object, Any]]) -> Chars:
    listed: set[str] = set()
    categories: list[str] = []
    for kind, value in members:
        match str(kind):
            case "LITERAL":
                listed.add(chr(value))
            case "RANGE":
                listed.update(map(chr, range(value[0], value[1] + 1)))
            case "CATEGORY":
                categories.append(str(value))
    return Chars(frozenset(listed), tuple(categories), negated=str(members[0][0]) == "NEGATE")


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield `nodes` and all nodes inside them.

    >>> [type(node).__name__ for node in walk(parse("(?:a|b)+"))]
    ['Repeat', 'Chars']
    """
    for node in nodes:
        yield node
        if isinstance(node, Group | Repeat):
            yield from walk(node.items)
        elif isinstance(node, Branch):
            for option in node.options:
                yield from walk(option)
