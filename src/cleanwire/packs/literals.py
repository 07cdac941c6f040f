"""What a pattern cannot do without: texts of which one stands in whatever it matches.

To look for a few texts costs a tenth of trying a pattern, so that most lines are never tried on one.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

_MOST = 48
"""A longer list of texts is not worth the search."""
_LONG = 8
"""So many letters of a text are enough."""
_SHORT = 3
"""Texts of fewer letters stand in most lines."""


def literals(patterns: Iterable[str], besides: Sequence[str] = ()) -> tuple[str, ...]:
    r"""Return texts, as `plain` writes them, one of which stands in whatever one of the patterns matches.

    Texts with one of `besides` are chosen last: who asks knows already that one of them stands there.  Nothing is
    returned where there are too many or none, or for a pattern that `re` cannot read.

    >>> literals([r"(?:please )?(?:follow|read) us on \w+", "see our page"])
    ('follow u', 'read us ', 'see our ')
    """
    found: set[str] = set()
    for pattern in patterns:
        try:
            # `re` has no public word for its parser; a pattern that it does not read so has no literals.
            tree = re._parser.parse(pattern, re.IGNORECASE)  # type: ignore[attr-defined]
        except re.error:
            return ()
        best = _best(list(tree), frozenset(map(plain, besides)))
        if not best:
            return ()
        found |= best
    return tuple(sorted(found)) if len(found) <= _MOST else ()


def plain(text: str) -> str:
    """Return `text` without case, and with one kind of i; what matches without regard to case is the same then.

    >>> plain("İstanbul") == plain("istanbul")
    True
    """
    text = text.casefold()
    return text if text.isascii() else text.replace("i\u0307", "i").replace("ı", "i")


def _best(items: Sequence[Any], besides: frozenset[str]) -> frozenset[str]:
    """Return the most telling of the lists that every match of `items`, a sequence, must have one of."""
    choices = [frozenset(map(plain, _leads(items[place:]))) for place in range(len(items))]
    for kind, value in items:
        name = str(kind)
        if name == "SUBPATTERN":
            choices.append(_best(list(value[-1]), besides))
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
            choices.append(_best(list(value[2]), besides))
        elif name == "BRANCH":
            parts = [_best(list(option), besides) for option in value[1]]
            choices.append(frozenset().union(*parts) if all(parts) else frozenset())
    fit = [texts for texts in choices if texts and len(texts) <= _MOST and min(map(len, texts)) >= _SHORT]
    return max(fit, key=lambda texts: _worth(texts, besides), default=frozenset())


def _worth(texts: frozenset[str], besides: frozenset[str]) -> tuple[bool, int, int]:
    known = any(word.startswith(text) or text.startswith(word) for text in texts for word in besides)
    return not known, min(map(len, texts)), -len(texts)


def _leads(items: Sequence[Any]) -> set[str]:
    """Return the texts with one of which every match of `items` begins; the empty one where nothing can be said."""
    if not items:
        return {""}
    (kind, value), rest = items[0], items[1:]
    name = str(kind)
    if name == "LITERAL":
        heads = {chr(value)}
    elif name == "AT":
        return _leads(rest)
    elif name == "SUBPATTERN":
        heads = _leads(list(value[-1]))
        return heads if len(value[-1]) != 1 or str(value[-1][0][0]) != "LITERAL" else _joined(heads, rest)
    elif name == "BRANCH":
        heads = set().union(*(_leads(list(option)) for option in value[1]))
        return _joined(heads, rest) if all(map(_is_text, value[1])) else heads
    else:
        return {""}
    return _joined(heads, rest)


def _is_text(option: Iterable[Any]) -> bool:
    """Whether an option is a text and nothing else, so that what follows it follows the text."""
    return all(str(kind) == "LITERAL" for kind, _ in option)


def _joined(heads: set[str], rest: Sequence[Any]) -> set[str]:
    """Return `heads` with what may follow, as long as they are short and not too many."""
    if any(len(head) >= _LONG for head in heads) or len(heads) > _MOST:
        return heads
    tails = _leads(rest)
    if len(heads) * len(tails) > _MOST:
        return heads
    return {(head + tail)[:_LONG] for head, tail in product(heads, tails)}
