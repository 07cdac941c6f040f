"""Texts of which one occurs in whatever a pattern matches.

Searching for a few texts costs a tenth of trying the pattern, so most lines are never tried.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import product

from cleanwire.text.regex_tree import Anchor, Branch, Group, Literal, Node, Repeat, parse

_MOST = 48
"""Searching for more texts is not worth the time."""
_LONG = 8
"""Texts are cut to this many letters."""
_SHORT = 3
"""Shorter texts occur in most lines."""


def literals(patterns: Iterable[str], besides: Sequence[str] = ()) -> tuple[str, ...]:
    r"""Return texts, as `plain` writes them, one of which occurs in whatever one of the patterns matches.

    Texts with one of `besides` are chosen last: the caller knows already that one of them is there.  Nothing is
    returned if there are too many or none, or for a pattern that `re` cannot read.

    >>> literals([r"(?:please )?(?:follow|read) us on \w+", "see our page"])
    ('follow u', 'read us ', 'see our ')
    """
    found: set[str] = set()
    for pattern in patterns:
        try:
            nodes = parse(pattern, re.IGNORECASE)
        except re.error:
            return ()
        best = _best(nodes, frozenset(map(plain, besides)))
        if not best:
            return ()
        found |= best
    return tuple(sorted(found)) if len(found) <= _MOST else ()


def plain(text: str) -> str:
    """Return `text` without case and with one kind of i, so that texts that match without regard to case are equal.

    >>> plain("İstanbul") == plain("istanbul")
    True
    """
    text = text.casefold()
    return text if text.isascii() else text.replace("i\u0307", "i").replace("ı", "i")


def _best(nodes: Sequence[Node], besides: frozenset[str]) -> frozenset[str]:
    """Return the most telling of the sets of texts of which every match of `nodes`, a sequence, holds one."""
    choices = [frozenset(map(plain, _leads(nodes[position:]))) for position in range(len(nodes))]
    for node in nodes:
        match node:
            case Group(items) | Repeat(items):
                if not isinstance(node, Repeat) or node.least:
                    choices.append(_best(items, besides))
            case Branch(options):
                parts = [_best(option, besides) for option in options]
                choices.append(frozenset().union(*parts) if all(parts) else frozenset())
    fit = [texts for texts in choices if texts and len(texts) <= _MOST and min(map(len, texts)) >= _SHORT]
    return max(fit, key=lambda texts: _worth(texts, besides), default=frozenset())


def _worth(texts: frozenset[str], besides: frozenset[str]) -> tuple[bool, int, int]:
    known = any(word.startswith(text) or text.startswith(word) for text in texts for word in besides)
    return not known, min(map(len, texts)), -len(texts)


def _leads(nodes: Sequence[Node]) -> set[str]:
    """Return the texts with one of which every match of `nodes` begins; the empty one if nothing is known."""
    if not nodes:
        return {""}
    first, rest = nodes[0], nodes[1:]
    match first:
        case Literal(char):
            return _joined({char}, rest)
        case Anchor():
            return _leads(rest)
        case Group(items):
            heads = _leads(items)
            return _joined(heads, rest) if len(items) == 1 and isinstance(items[0], Literal) else heads
        case Branch(options):
            heads = set().union(*map(_leads, options))
            return _joined(heads, rest) if all(map(_is_text, options)) else heads
    return {""}


def _is_text(option: Iterable[Node]) -> bool:
    """Return True if an option is a text and nothing else, so that what follows it follows the text."""
    return all(isinstance(node, Literal) for node in option)


def _joined(heads: set[str], rest: Sequence[Node]) -> set[str]:
    """Return `heads` with what may follow, as long as they are short and not too many."""
    if any(len(head) >= _LONG for head in heads) or len(heads) > _MOST:
        return heads
    tails = _leads(rest)
    if len(heads) * len(tails) > _MOST:
        return heads
    return {(head + tail)[:_LONG] for head, tail in product(heads, tails)}
