"""Features of a page in one line: its words, and the segments between places where something may begin.

There are no lines to judge, so the classifier looks at short segments, and at the words around each one.  Nothing here
knows a language: which words are phrases of boilerplate is said by the packs.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanwire.lazy import lazy
from cleanwire.pagemodel import characters as ch
from cleanwire.pagemodel.paragraphs import Flags, Floats, Ints

FACTS: Final = (
    "capital", "small", "all capitals", "digit", "stop", "comma", "colon", "bar", "quotes", "letters", "sign",
    "joined", "phrase", "phrase words", "comments", "often", "pair often", "capital of small", "short small",
)  # fmt: skip
"""What is known of each word, in this order."""
WINDOWS: Final = (5, 15, 50, 150, 500)
"""How many words before a segment, and behind it, are looked at."""
_PLACE: Final = (
    "place", "words", "length", "run", "into run", "from block", "into block", "left of block", "block share",
    "behind stop", "behind bar", "before capital", "page phrases", "page stops", "page capitals",
)  # fmt: skip
NAMES: Final = (
    *(f"{name} here" for name in FACTS),
    *(f"{name} run" for name in FACTS),
    *(f"{name} {way}{size}" for size in WINDOWS for way in "-+" for name in FACTS),
    *_PLACE,
)
"""The names of all features, in the order of the columns of `measure`."""

_ROW: Final = {name: row for row, name in enumerate(FACTS)}
_WORTH: Final = {"small": 1.0, "comma": 0.5, "joined": 0.5, "capital": -1.0, "phrase": -2.0, "bar": -2.0, "digit": -0.5}
"""What words add to the worth of the block around them; that of the most worth is the densest."""
_SHORT_WORD = 3
_COLON = (ord(":"), 0xFF1A)


Finder = Callable[[Sequence[str]], Iterable[tuple[int, int, str, bool]]]
"""Returns the phrases among words: the first word, how many, and the rest of a `Phrase`."""


class Phrase(NamedTuple):
    """A phrase of boilerplate: `size` words from word `first` on.

    `key` is its key; `apart` is whether it belongs to comments, related articles or tags.
    """

    first: int
    size: int
    key: str
    apart: bool


@dataclass(frozen=True, eq=False)
class Words:
    """The n words of a text: ``text[starts[i]:stops[i]]``; a letter of a script that joins words is one.

    `codes` and `kinds` are of the characters of the text.  `chunks` are the words before which a space or glue stands.
    """

    codes: ch.Codes
    kinds: ch.Kinds
    starts: Ints
    stops: Ints
    chunks: Ints

    @lazy
    def facts(self) -> Floats:
        """What is known of each word, (n, len(FACTS)); of phrases nothing, until `mark` is called."""
        return _facts(self)

    @lazy
    def fresh(self) -> Flags:
        """Whether a line begins with a word."""
        fresh = np.ones(len(self.starts), bool)
        line_ends = np.concatenate([[0], np.cumsum(self.kinds == ch.END)])
        fresh[1:] = line_ends[self.starts[1:]] > line_ends[self.starts[:-1]]
        return fresh

    def phrases(self, text: str, known: Finder) -> list[Phrase]:
        """Return the phrases that `known` finds in `text`, which the words were read from."""
        chunks = self.chunks.tolist()
        ends = [*chunks[1:], len(self.starts)][: len(chunks)]  # none of a text without words
        starts, stops = self.starts.tolist(), self.stops.tolist()
        texts = [text[starts[first] : stops[end - 1]] for first, end in zip(chunks, ends, strict=True)]
        return [
            Phrase(chunks[first], ends[first + size - 1] - chunks[first], key, apart)
            for first, size, key, apart in known(texts)
        ]


class Segments(NamedTuple):
    """The m segments of a text: from word ``bounds[i]`` to ``bounds[i + 1]``; the features (m, len(NAMES)) of each.

    `behind_stop` and `before_capital` say what stands where a segment begins.
    """

    bounds: Ints
    matrix: Floats
    behind_stop: Flags
    before_capital: Flags


def words(text: str) -> Words:
    """Return the words of a text, also where capitals show that words are glued.

    >>> found = words("MenuHome The ferry left.")
    >>> found.starts.tolist(), found.facts[:, 0].tolist()
    ([0, 4, 9, 13, 19], [1.0, 1.0, 1.0, 0.0, 0.0])
    """
    codes = ch.encode(text)
    kinds = ch.kinds(codes)
    solid = kinds > ch.BLANK
    solid &= kinds != ch.END
    before = np.zeros(len(kinds), kinds.dtype)
    before[1:] = kinds[:-1]
    behind = np.zeros(len(kinds), kinds.dtype)
    behind[:-1] = kinds[1:]
    begins = solid & ((before == ch.BLANK) | (before == ch.END))
    begins |= (kinds == ch.UPPER) & (behind == ch.LOWER) & ((before == ch.LOWER) | (before == ch.STOP))
    if len(begins):
        begins[0] = solid[0]
    chunked = begins.copy()
    begins |= kinds == ch.JOINED
    begins |= (kinds > ch.JOINED) & (before == ch.JOINED)
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(kinds))
    filled = np.concatenate([[0], np.cumsum(solid)])
    stops = starts + filled[ends] - filled[starts]
    return Words(codes, kinds, starts, stops, np.flatnonzero(chunked[starts]))


def _facts(found: Words) -> Floats:
    """Return what is known of words by their characters."""
    codes, kinds, starts, stops = found.codes, found.kinds, found.starts, found.stops
    size = len(starts)
    if not size:
        return np.zeros((0, len(FACTS)), np.float32)

    def count(which: Flags) -> Ints:
        sums = np.zeros(len(which) + 1, np.int64)
        np.cumsum(which, out=sums[1:])
        counted: Ints = sums[stops] - sums[starts]
        return counted

    letters, lower, upper = count(kinds >= ch.JOINED), count(kinds == ch.LOWER), count(kinds == ch.UPPER)
    closers = count(kinds == ch.CLOSER)
    opened = np.minimum(starts + (kinds[starts] == ch.CLOSER), len(kinds) - 1)
    first = kinds[opened]
    last_at = np.maximum(stops - 1 - (kinds[stops - 1] == ch.CLOSER), starts)
    last = kinds[last_at]
    joined = first == ch.JOINED
    cased = (first == ch.UPPER) | (first == ch.LOWER)
    small = (first == ch.LOWER) | (~cased & (letters > 0) & ~joined & (first != ch.DIGIT))
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(ch.parts(codes), out=sums[1:])
    keys = sums[stops] - sums[starts]
    pairs = keys * np.uint64(3)
    pairs[:-1] += keys[1:]
    capital = first == ch.UPPER
    seen_small = np.isin(keys, keys[first == ch.LOWER])
    facts = np.zeros((size, len(FACTS)), np.float32)
    colon = np.isin(codes[last_at], _COLON)
    for column, value in (
        ("capital", capital), ("small", small), ("all capitals", (upper > 1) & (lower == 0)),
        ("digit", first == ch.DIGIT), ("stop", (last == ch.STOP) | (last == ch.QUESTION)),
        ("comma", (last == ch.COMMA) & ~colon), ("colon", colon), ("bar", (letters == 0) & (first == ch.BAR)),
        ("quotes", closers), ("letters", np.minimum(letters, 20) / 10), ("sign", (letters == 0) & (first != ch.BAR)),
        ("joined", joined), ("often", np.log1p(_copies(keys))), ("pair often", np.minimum(_copies(pairs) - 1, 3)),
        ("capital of small", capital & seen_small),
        ("short small", (first == ch.LOWER) & (letters <= _SHORT_WORD)),
    ):  # fmt: skip
        facts[:, _ROW[column]] = value
    return facts


def _copies(keys: NDArray[np.uint64]) -> Ints:
    """Return how often each key occurs."""
    _, place, counts = np.unique(keys, return_inverse=True, return_counts=True)
    copies: Ints = counts[place]
    return copies


def mark(found: Words, phrases: Sequence[Phrase]) -> None:
    """Write the facts of phrases."""
    first, sizes = _places(phrases)
    run = sizes.cumsum()
    covered = np.arange(sizes.sum()) + (first - run + sizes).repeat(sizes)
    found.facts[covered, _ROW["phrase"]] = 1
    counts = np.array([phrase.key.count(" ") + 1 for phrase in phrases], np.float32)
    found.facts[covered, _ROW["phrase words"]] = counts.repeat(sizes)
    apart = np.array([phrase.apart for phrase in phrases], bool).repeat(sizes)
    found.facts[covered[apart], _ROW["comments"]] = 1


def _places(phrases: Sequence[Phrase]) -> tuple[Ints, Ints]:
    """Return the first word and the number of words of each phrase."""
    return np.array([phrase.first for phrase in phrases], np.intp), np.array([one.size for one in phrases], np.intp)


def measure(found: Words, phrases: Sequence[Phrase]) -> Segments:
    """Return the segments of a text and their features; `phrases` are those that the packs know.

    >>> segments = measure(words("Home News The ferry left. It was noon."), [Phrase(0, 1, "home", False)])
    >>> segments.bounds.tolist(), segments.matrix.shape == (4, len(NAMES))
    ([0, 1, 2, 5, 8], True)
    """
    mark(found, phrases)
    size = len(found.starts)
    facts = found.facts
    capital, small, stop, bar = (facts[:, _ROW[name]] > 0 for name in ("capital", "small", "stop", "bar"))
    behind_stop = np.ones(size, bool)
    behind_stop[1:] = stop[:-1] | found.fresh[1:]
    behind_bar = np.ones(size, bool)
    behind_bar[1:] = bar[:-1]
    before_small = np.zeros(size, bool)
    before_small[:-1] = small[1:]
    behind_capital = np.zeros(size, bool)
    behind_capital[1:] = capital[:-1]
    begins = behind_stop | behind_bar | bar | (capital & (before_small | ~behind_capital))
    first, sizes = _places(phrases)
    begins[first] = True
    begins[(first + sizes)[first + sizes < size]] = True
    bounds = np.append(np.flatnonzero(begins), size)
    low, high = bounds[:-1], bounds[1:]
    sums = np.zeros((size + 1, len(FACTS)))
    np.cumsum(facts, axis=0, out=sums[1:])
    run = np.append(np.flatnonzero(behind_stop), size)
    number = np.searchsorted(run, low, side="right") - 1
    run_low, run_high = run[number], run[number + 1]
    columns = [_means(sums, low, high), _means(sums, run_low, run_high)]
    for window in WINDOWS:
        columns.append(_means(sums, np.maximum(low - window, 0), low))
        columns.append(_means(sums, high, np.minimum(high + window, size)))
    block_low, block_high = _block(facts)
    inside = (low >= block_low) & (low < block_high)
    beyond = np.where(low < block_low, low - block_low, np.where(inside, 0, low - block_high + 1))
    whole = sums[-1] / max(size, 1)
    place = np.stack([
        low / max(size, 1), np.full(len(low), np.log1p(size)), np.log1p(high - low), np.log1p(run_high - run_low),
        np.log1p(low - run_low), np.sign(beyond) * np.log1p(np.abs(beyond)),
        np.log1p(np.where(inside, low - block_low, 0)), np.log1p(np.where(inside, block_high - low, 0)),
        np.full(len(low), (block_high - block_low) / max(size, 1)),
        behind_stop[low], behind_bar[low], capital[low],
        *(np.full(len(low), whole[_ROW[name]]) for name in ("phrase", "stop", "capital")),
    ], axis=1)  # fmt: skip
    matrix = np.concatenate([*columns, place], axis=1, dtype=np.float32)
    return Segments(bounds, matrix, behind_stop[low], capital[low])


def _means(sums: NDArray[np.float64], low: Ints, high: Ints) -> NDArray[np.float64]:
    """Return the means of the facts of the words from `low` to `high`."""
    means: NDArray[np.float64] = (sums[high] - sums[low]) / np.maximum(high - low, 1)[:, None]
    return means


def _block(facts: Floats) -> tuple[int, int]:
    """Return the words between which the text is densest in prose."""
    worth = sum(weight * facts[:, _ROW[name]] for name, weight in _WORTH.items())
    passed = np.concatenate([[0.0], np.cumsum(worth)])
    gains = passed - np.minimum.accumulate(passed)
    stop = int(gains.argmax())
    return int(passed[: stop + 1].argmin()), stop
