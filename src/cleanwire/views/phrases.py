"""The phrases that packs know as whole lines of boilerplate, as they are found among the words of running text."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from cleanwire.compiled import compiled
from cleanwire.packs.cache import code_digest, digest_of, remembered
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Rule
from cleanwire.scan.filing import filed_digest
from cleanwire.scan.table import Tables
from cleanwire.text.fold import fold

LONGEST = 10
"""Most words of a phrase: longer ones are sentences, which a stop closes."""
_APART = ("comments", "related", "tags")
"""The kinds of rules whose phrases stand before sentences that are not of the article."""


_MARKS = '.,;:!?"()'
"""Marks around words that do not count, beside many others."""


class Known(NamedTuple):
    """What packs know of running text, folded.

    `phrases` are whole lines of boilerplate, but those that end in a number; `firsts` their first words, `openings`
    their first word or two, `words` those of one word, and `apart` those of comments, related articles and tags.
    `labels` are the last words of labels of credits, `common` the common words.
    """

    phrases: frozenset[str]
    firsts: frozenset[str]
    openings: frozenset[str]
    words: frozenset[str]
    apart: frozenset[str]
    labels: frozenset[str]
    common: frozenset[str]


@cache
def known() -> Known:
    r"""Return what the built-in packs know of running text; it is kept between processes.

    >>> "post a comment" in known().phrases, "photo" in known().labels
    (True, True)
    """
    digest = digest_of((filed_digest().encode(), code_digest(__file__).encode()))
    return remembered("running", digest, lambda: tuple(_known()), lambda kept: Known(*kept))


def _known() -> Known:
    tables = compiled().tables
    labels = frozenset(map(fold, _credit_labels(tables.rules)))
    phrases = frozenset(_phrases(tables)) - labels
    return Known(
        phrases,
        frozenset(key.partition(" ")[0] for key in phrases),
        frozenset(" ".join(key.split(" ", 2)[:2]) for key in phrases),
        frozenset(key for key in phrases if " " not in key),
        frozenset(key for key in phrases if any(tables.rules[rule].kind in _APART for rule in tables.lines[key])),
        frozenset(label.rpartition(" ")[2] for label in labels),
        frozenset(chain.from_iterable(pack.words.get("common", ()) for pack in builtin_packs())),
    )


def _credit_labels(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        if rule.kind == "credit" and rule.matching == "label":
            yield from rule.phrases


def _phrases(tables: Tables) -> Iterator[str]:
    """Yield the keys of whole lines of boilerplate."""
    dropped = {number for number, rule in enumerate(tables.rules) if rule.action == "drop"}
    for key, rules in tables.lines.items():
        if key.count(" ") < LONGEST and key[-1] != "0" and not dropped.isdisjoint(rules):
            yield key


def phrases_in(words: Sequence[str]) -> Iterator[tuple[int, int, str, bool]]:
    """Yield the phrases among the words of a text: the first word, how many, the key, and whether it is `apart`.

    >>> list(phrases_in(["Home", "Rain", "fell.", "Post", "a", "comment"]))
    [(0, 1, 'home', False), (3, 3, 'post a comment', True)]
    """
    table, keys = known(), keys_of(words)
    at = 0
    while at < len(words):
        size, head = 0, keys[at].partition(" ")[0]
        if (not head or head in table.firsts) and not words[at][0].islower():
            size = next(sizes(keys, at, table), 0)
        if size:
            key = joined(keys, at, size)
            yield at, size, key, key in table.apart
        at += size or 1


def keys_of(words: Sequence[str]) -> list[str]:
    """Return the key of each word; it may be empty, or several words.

    >>> keys_of(["Post", "–", "e-mail"])
    ['post', '', 'e mail']
    """
    folded = {word: _key(word) for word in set(words)}
    return [folded[word] for word in words]


def _key(word: str) -> str:
    """Return the key of a word; that of most words is found without folding them."""
    letters = word.strip(_MARKS)
    return letters.lower() if letters.isascii() and letters.isalpha() else fold(word)


def joined(keys: Sequence[str], at: int, size: int) -> str:
    """Return the key of some words.

    >>> joined(["post", "", "a", "comment"], 0, 3)
    'post a'
    """
    return " ".join(filter(None, keys[at : at + size]))


def sizes(keys: Sequence[str], at: int, table: Known) -> Iterator[int]:
    """Yield the numbers of words of the phrases that begin with a word, the longest first.

    Their last word is no mark alone, which may open what follows.

    >>> list(sizes(["post", "a", "comment"], 0, known()))
    [3, 1]
    """
    head = keys[at]
    if " " in head or joined(keys, at, 2) in table.openings:
        for size in range(min(LONGEST, len(keys) - at), 1, -1):
            if keys[at + size - 1] and joined(keys, at, size) in table.phrases:
                yield size
    if head in table.phrases:
        yield 1
