"""The phrases that packs know as whole lines of boilerplate, as they are found among the words of running text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from cleanwire.compiled import compiled
from cleanwire.packs.cache import code_digest, digest_of, remembered
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Rule
from cleanwire.scan.filing import filed_digest
from cleanwire.scan.table import LineMemory, Tables
from cleanwire.text.fold import fold

LONGEST = 10
"""Most words of a phrase: longer ones are sentences, which a stop closes."""
_APART = ("comments", "related", "tags")
"""The kinds of rules whose phrases stand before sentences that are not of the article."""
_LONG = 40
"""Most characters of a word that is remembered: longer ones are addresses."""
_MARKS = '.,;:!?"()'
"""Marks around words that do not count, beside many others."""


class Known(NamedTuple):
    """What packs know of running text, folded.

    `phrases` are whole lines of boilerplate, but those that end in a number; `firsts` their first words, `openings`
    their first word or two, each with the most words of a phrase that begins so, `words` those of one word, and `apart`
    those of comments, related articles and tags.
    `labels` are the last words of labels of credits, `common` the common words.
    """

    phrases: frozenset[str]
    firsts: frozenset[str]
    openings: Mapping[str, int]
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
        _openings(phrases),
        frozenset(key for key in phrases if " " not in key),
        frozenset(key for key in phrases if any(tables.rules[rule].kind in _APART for rule in tables.lines[key])),
        frozenset(label.rpartition(" ")[2] for label in labels),
        frozenset(chain.from_iterable(pack.words.get("common", ()) for pack in builtin_packs())),
    )


def _openings(phrases: Iterable[str]) -> dict[str, int]:
    """Return the first two words of phrases, each with the most words of a phrase that begins with them."""
    openings: dict[str, int] = {}
    for key in phrases:
        opening = " ".join(key.split(" ", 2)[:2])
        openings[opening] = max(key.count(" ") + 1, openings.get(opening, 0))
    return openings


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
    table = known()
    reached = 0
    for at in [at for at, word in enumerate(words) if not word[0].islower()]:
        if at < reached or not _may_open(words, at, table):
            continue
        keys = keys_of(words[at : at + LONGEST])
        if size := next(sizes(keys, 0, table), 0):
            key = joined(keys, 0, size)
            yield at, size, key, key in table.apart
            reached = at + size


def _may_open(words: Sequence[str], at: int, table: Known) -> bool:
    """Return True if a phrase may begin with a word, as far as it and the next word tell."""
    key = _key(words[at])
    if not key or key in table.phrases or at + 1 == len(words):
        return True
    if key not in table.firsts:
        head, _, rest = key.partition(" ")
        return bool(rest) and head in table.firsts
    below = _key(words[at + 1])
    return not below or f"{key} {below}" in table.openings


def keys_of(words: Sequence[str]) -> list[str]:
    """Return the key of each word; it may be empty, or several words.

    >>> keys_of(["Post", "–", "e-mail"])
    ['post', '', 'e mail']
    """
    return list(map(_key, words))


@cache
def _memory() -> LineMemory:
    """Return the memory of words: texts repeat most of them, and each round of a chain all."""
    return LineMemory()


def _key(word: str) -> str:
    """Return the key of a word; that of most words is found without folding them."""
    memory = _memory()
    key: str | None = memory.lines.get(word)
    if key is None:
        letters = word.strip(_MARKS)
        key = letters.lower() if letters.isascii() and letters.isalpha() else fold(word)
        if len(word) <= _LONG:
            memory.keep(word, key)
    return key


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
    head, opening = keys[at], joined(keys, at, 2)
    most = LONGEST if " " in head else table.openings.get(opening, 0)
    if most:
        # A mark that stands between the first two words leaves the phrase open, whatever the word before it opens.
        yield from reversed(_longer(keys, at, most if " " in opening else LONGEST, table))
    if head in table.phrases:
        yield 1


def _longer(keys: Sequence[str], at: int, most: int, table: Known) -> list[int]:
    """Return the numbers of words, two and more, of the phrases with `most` words at most that begin with a word."""
    found, key = [], keys[at]
    for place in range(at + 1, min(at + LONGEST, len(keys))):
        if not keys[place]:
            continue
        key = f"{key} {keys[place]}" if key else keys[place]
        if key.count(" ") >= most:
            break
        if key in table.phrases:
            found.append(place - at + 1)
    return found
