"""The words of many paragraphs: how many each has, and which of them it shares with others of its page.

Words are compared by numbers alone (`characters.parts`).  In scripts without spaces, runs of a few letters stand for
words.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cleanwire.pagemodel import characters as ch
from cleanwire.pagemodel.paragraphs import Flags, Floats, Ints, Paragraphs, changes, ends_of

CONTENT = 4
"""Least number of letters of a content word; shorter words are mostly function words."""
_ALPHABETS = 0x3000
_IDEOGRAPHS = 0x30A0
"""Alphabets such as Thai are before the first; Katakana and ideographs start at the second, after Hiragana."""
_BITS = 16
"""Bits of the number of a word: few enough to sort by, and enough to distinguish the words of one page."""
_HEAD = 24
"""Paragraphs begin alike if they have this many first characters in common."""
_MOST = 10
"""Copies are counted up to this number."""


@dataclass(frozen=True)
class Words:
    """Word counts per paragraph (n), and the distinct content words per paragraph (m pairs).

    `count`, `short` and `capital` are how many each paragraph has: between spaces, of fewer letters than `CONTENT`, and
    with a capital; `copies` and `heads` how many paragraphs are like it, or begin like it.  `word` are the numbers of
    those m, which rise, and `owner` their paragraphs; `many` is how many of them a paragraph has, and `kept` the share
    that they are of all its words of this kind.
    """

    count: Floats
    short: Floats
    capital: Floats
    copies: Floats
    heads: Floats
    word: Ints
    owner: Ints
    many: Ints
    kept: Floats

    def shares(self, among: Flags, parts: Ints | None = None, often: int = 1) -> Floats:
        """Return the share of each paragraph's words that at least `often` other paragraphs of `among` hold.

        With `parts`, which must rise, only those of the same part count.
        """
        key = self.word if parts is None else _runs_of(self.word, parts[self.owner])
        own = among[self.owner]
        others = np.bincount(key[own], minlength=int(key[-1]) + 1 if len(key) else 0)[key] - own
        size = len(among)
        shared = np.bincount(self.owner[others >= often], minlength=size)
        shares: Floats = (shared / np.maximum(self.many, 1)).astype(np.float32)
        return shares


def read(found: Paragraphs) -> Words:
    r"""Read the words of paragraphs.

    >>> from cleanwire.pagemodel.paragraphs import read as paragraphs
    >>> words = read(paragraphs(["Ferry strike over\nThe strike of the ferry crews is over.\nPumpkin recipes"]))
    >>> words.count.tolist(), words.shares(np.array([False, True, False])).tolist()
    ([3.0, 8.0, 2.0], [1.0, 0.0, 0.0])
    """
    size, kinds = len(found), found.kinds
    numbers = ch.parts(found.codes)
    sums = np.zeros(len(numbers) + 1, np.uint64)
    np.cumsum(numbers, out=sums[1:])
    inside = kinds >= ch.DIGIT
    turns = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if inside[:1].any():
        turns = np.concatenate([[0], turns])
    begins, stops = turns[::2], turns[1::2]
    owner = found.owners_at(begins)
    long = stops - begins >= CONTENT
    count = np.bincount(owner, minlength=size)
    short = count - np.bincount(owner[long], minlength=size)
    capital = np.bincount(owner[kinds[begins] == ch.UPPER], minlength=size)
    keys, owners = [sums[stops[long]] - sums[begins[long]]], [owner[long]]
    for starts, length in _runs(found):
        run = numbers[starts]
        for step in range(1, length):
            run = run * np.uint64(3) + numbers[starts + step]
        keys.append(run)
        owners.append(found.owners_at(starts))
    word, owner, many, kept = _different(np.concatenate(keys), np.concatenate(owners), found, size)
    copies, heads = _alike(found, sums)
    return Words(
        count.astype(np.float32),
        short.astype(np.float32),
        capital.astype(np.float32),
        copies,
        heads,
        word,
        owner,
        many,
        kept,
    )


def _runs(found: Paragraphs) -> Iterator[tuple[Ints, int]]:
    """Yield where runs of letters begin that stand for words in scripts without spaces, and how long they are.

    Two letters of Chinese, or of what Japanese writes its nouns with, are a word; an alphabet takes five.
    """
    if not found.counts[:, ch.JOINED].any():
        return
    joined = found.kinds == ch.JOINED
    ideographs = joined & (found.codes >= _IDEOGRAPHS)
    yield np.flatnonzero(ideographs[1:] & ideographs[:-1]), 2
    letters = joined & (found.codes < _ALPHABETS)
    if letters.any():
        runs = letters[4:] & letters[3:-1] & letters[2:-2] & letters[1:-3] & letters[:-4]
        yield np.flatnonzero(runs), 5


def _different(keys: ch.Words, owner: Ints, found: Paragraphs, size: int) -> tuple[Ints, Ints, Ints, Floats]:
    """Return the different words of each paragraph, by word, how many it has, and the share that they are of all."""
    word = (keys * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(64 - _BITS)).astype(np.int64)
    pairs = ((found.document[owner] << _BITS) + word) * size + owner
    pairs.sort()
    pairs = pairs[changes(pairs)]
    word, different = pairs // max(size, 1), pairs % max(size, 1)
    every = np.bincount(owner, minlength=size)
    many = np.bincount(different, minlength=size)
    kept = np.where(every > 0, many / np.maximum(every, 1), 1).astype(np.float32)
    return _numbered(word), different, many, kept


def _numbered(word: Ints) -> Ints:
    """Return sorted words as numbers from 0."""
    return np.cumsum(changes(word)) - 1


def _runs_of(word: Ints, part: Ints) -> Ints:
    """Return the number of the run of equal words in equal parts that each is in."""
    return np.cumsum(changes(word) | changes(part)) - 1


def _alike(found: Paragraphs, sums: ch.Words) -> tuple[Floats, Floats]:
    """Return how many paragraphs of its document are like each one, and how many begin alike, by letters and digits."""
    size = len(found)
    begins = found.starts + found.indents
    begins = np.concatenate([begins, begins])
    stops = np.concatenate([found.stops, np.minimum(begins[:size] + _HEAD, found.stops)])
    keys = sums[stops] - sums[begins] << np.uint64(1)
    salt = found.document.astype(np.uint64) << np.uint64(1)
    keys[:size] += salt
    keys[size:] += salt | np.uint64(1)  # a head is none of the paragraphs
    order = np.argsort(keys)
    keys = keys[order]
    opens = np.flatnonzero(changes(keys))
    often = ends_of(opens, 2 * size) - opens
    alike = np.empty(2 * size, np.float32)
    alike[order] = np.repeat(np.minimum(often, _MOST), often)
    return alike[:size], alike[size:]
