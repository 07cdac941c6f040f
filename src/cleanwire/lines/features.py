"""Numbers about each paragraph in its place, for many documents at once: its shape, its words, what stands around it.

Nothing here knows a language: what words say comes from the packs (`Hits`) and from the page itself, by the words
that a paragraph shares with the densest block of sentences.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanwire.lines import characters as ch
from cleanwire.lines.paragraphs import Floats, Ints, Paragraphs
from cleanwire.rules.matcher import Hits

_SENTENCE = 50
"""A paragraph of so many columns that is closed as a sentence is one; `_PROSE` columns are prose, however they end."""
_PROSE = 160
_GAP = 6.0
"""What a paragraph that is no sentence costs the block of sentences around it, in words."""
_MOST = 60.0
"""What a sentence is worth to its block at most, in words."""
_CONTENT = 4
"""Words of so many letters say what a text is about, shorter ones hold it together."""
_ALPHABETS = 0x3000
_IDEOGRAPHS = 0x30A0
"""Before the one are alphabets like Thai; from the other on Katakana and ideographs, behind Hiragana."""
_BUCKETS = 1 << 13
"""So many different words are told apart in one document."""
_STAMP = 8
"""A line with digits and so many words at most may be a date."""
_DEEP = 20
_FAR = 150.0
"""No distance is longer."""

SHAPE: Final = (
    "width", "words", "closed", "colon", "small", "stops", "questions", "commas", "quotes", "digits", "upper",
    "capitals", "bars", "signs", "letters", "short words", "word length", "sentence", "copies", "stamp", "bullet",
    "indent", "gap above", "gap below", "topic", "topic often",
    "known", "furniture", "comments", "related", "named",
)  # fmt: skip
"""What is said of a paragraph alone, in this order."""

_AROUND: Final = (
    "width", "closed", "commas", "digits", "upper", "capitals", "sentence", "copies", "topic", "known", "comments",
    "related", "named", "stamp", "bullet", "gap above", "prose",
)  # fmt: skip
_WINDOWS: Final = ((-1, 0), (-2, 0), (-4, 0), (-10, 0), (-30, 0), (1, 2), (1, 3), (1, 5), (1, 11), (1, 31))
_PLACE: Final = (
    "place", "prose before", "furniture before", "from block", "into block", "left of block",
    "from sentence", "to sentence", "from furniture", "to furniture", "from comments", "from related",
)  # fmt: skip
_PAGE: Final = (
    "page prose", "page furniture", "page sentences", "page known", "page digits", "page bullets", "page gaps",
    "block length", "block share",
)  # fmt: skip

NAMES: Final = (
    *SHAPE,
    *(f"{name} {low:+}…{high - 1:+}" for low, high in _WINDOWS for name in _AROUND),
    *_PLACE,
    *_PAGE,
)
"""The names of all features, in the order of the columns of `measure`."""
PAGE: Final = slice(len(NAMES) - len(_PAGE), len(NAMES))
"""The columns that are the same for all paragraphs of a page."""

_GROUPS = {"comments": 1, "related": 2, "tags": 2, "credit": 3, "caption": 3, "byline": 3, "date": 3, "title": 3}


class Measured(NamedTuple):
    """The features of n paragraphs: n rows, a column for each of `NAMES`; and how many words each has."""

    matrix: Floats
    words: Floats


def measure(found: Paragraphs, hits: Sequence[Hits]) -> Measured:
    r"""Measure paragraphs; `hits` are what the packs say of each document's lines.

    >>> from cleanwire.lines.paragraphs import read
    >>> measured = measure(read(["Menu\n\nThe ferry left the harbour at noon, with two sailors on board."]), [{}])
    >>> measured.matrix.shape == (2, len(NAMES)), measured.words.tolist()
    (True, [1.0, 12.0])
    """
    shape, words, prose = _shape(found, hits)
    column = {name: shape[:, index] for index, name in enumerate(SHAPE)}
    sentence = column["sentence"] > 0
    low, high = _blocks(found, sentence, words)
    column["topic"][:], column["topic often"][:] = _topic(found, sentence, low, high)
    around = np.column_stack([*(column[name] for name in _AROUND[:-1]), prose, np.where(sentence, 0, words)])
    sums = np.zeros((len(found) + 1, around.shape[1]))
    np.cumsum(around, axis=0, out=sums[1:], dtype=np.float64)
    begin, end = found.bounds[found.document], found.bounds[found.document + 1]
    parts = [*_windows(sums[:, :-1], begin, end), *_place(column, sums, begin, end, low, high)]
    return Measured(np.concatenate([shape, *(part.astype(np.float32) for part in parts)], axis=1), words)


def _shape(found: Paragraphs, hits: Sequence[Hits]) -> tuple[Floats, Floats, Floats]:
    """Return the columns of `SHAPE` (those of the topic empty), the words of each paragraph, and those in sentences."""
    counts, kinds, size = found.counts, found.kinds, len(found)
    letters = counts[:, ch.LETTERS].sum(1)
    solid = np.maximum(counts.sum(1) - counts[:, ch.BLANK] - counts[:, ch.END], 1)
    width = counts @ ch.WIDTH
    begins, stops, owner = words_of(found)
    spaced = np.bincount(owner, minlength=size).astype(np.float32)
    words: Floats = (spaced + counts[:, ch.JOINED] / 2).astype(np.float32)
    joined = counts[:, ch.JOINED] * 2 > letters
    each, root = np.maximum(spaced, 1), np.sqrt(np.maximum(words, 1))
    closed = (found.last == ch.STOP) | (found.last == ch.QUESTION)
    sentence = ((width >= _SENTENCE) & closed) | (width >= _PROSE)
    shape = np.zeros((size, len(SHAPE)), np.float32)
    shape[:, : len(SHAPE) - 7] = np.column_stack([
        np.log1p(width), np.log1p(words), closed, found.last == ch.COMMA, found.first == ch.LOWER,
        (counts[:, ch.STOP] + counts[:, ch.QUESTION]) / root, counts[:, ch.QUESTION] > 0, counts[:, ch.COMMA] / root,
        counts[:, ch.CLOSER] / root, counts[:, ch.DIGIT] / solid, counts[:, ch.UPPER] / np.maximum(letters, 1),
        np.bincount(owner[kinds[begins] == ch.UPPER], minlength=size) / each, counts[:, ch.BAR] / root,
        (counts[:, ch.SIGN] + counts[:, ch.OTHER]) / solid, letters / solid,
        np.where(joined, -1, np.bincount(owner[stops - begins < _CONTENT], minlength=size) / each),
        np.where(joined, -1, letters / each), sentence, _copies(found), (words <= _STAMP) & (counts[:, ch.DIGIT] > 1),
        found.bullets, np.minimum(found.indents, _DEEP), found.gaps, np.append(found.gaps[1:], True),
    ])  # fmt: skip
    _mark(shape[:, len(SHAPE) - 5 :], found, hits)
    return shape, words, np.where(sentence, words, 0).astype(np.float32)


def words_of(found: Paragraphs) -> tuple[Ints, Ints, Ints]:
    """Return where the words between blanks begin and end, and the paragraph that each stands in."""
    inside = ch.IN_WORD[found.kinds]
    turns = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if len(inside) and inside[0]:
        turns = np.concatenate([[0], turns])
    begins = turns[::2]
    return begins, turns[1::2], _owners(found, begins)


def _owners(found: Paragraphs, places: Ints) -> Ints:
    """Return the paragraphs of characters that are not blank."""
    return np.searchsorted(found.starts, places, side="right") - 1


def _copies(found: Paragraphs) -> Ints:
    """Return how often each paragraph stands in its document, up to ten; letters and digits alone count."""
    inner = ch.IN_WORD[found.kinds] | (found.kinds == ch.JOINED)
    sums = np.zeros(len(found.codes) + 1, np.uint64)
    np.cumsum(np.where(inner, ch.parts(found.codes), np.uint64(0)), out=sums[1:])
    keys = sums[found.stops] - sums[found.starts] + found.document.astype(np.uint64)
    _, places, often = np.unique(keys, return_inverse=True, return_counts=True)
    copies: Ints = np.minimum(often[places], 10)
    return copies


def _mark(columns: Floats, found: Paragraphs, hits: Sequence[Hits]) -> None:
    """Write what the packs say: known at all, and as furniture for sure, comments, related, or a name or credit."""
    owners = found.of_lines()
    shift = 0
    for known, lines in zip(hits, found.sizes, strict=True):
        for line, rule in known.items():
            owner = owners[shift + line]
            if owner < 0:
                continue
            group = _GROUPS.get(rule.kind, 0)
            if rule.lane == "drop":
                columns[owner, 0] = 1
                columns[owner, 1] += rule.trust == "sure"
            if group:
                columns[owner, 1 + group] = 1
        shift += lines


def _blocks(found: Paragraphs, sentence: NDArray[np.bool_], words: Floats) -> tuple[Ints, Ints]:
    """Return for each document where its densest block of sentences begins and ends."""
    worth = np.where(sentence, np.minimum(words, _MOST), -_GAP)
    sums = np.zeros(len(found) + 1)
    np.cumsum(worth, out=sums[1:])
    low, high = found.bounds[:-1].copy(), found.bounds[:-1].copy()
    for index, (begin, end) in enumerate(zip(found.bounds[:-1], found.bounds[1:], strict=True)):
        passed = sums[begin : end + 1]
        gains = passed - np.minimum.accumulate(passed)
        stop = int(np.argmax(gains))
        high[index] = begin + stop
        low[index] = begin + int(np.argmin(passed[: stop + 1]))
    return low[found.document], high[found.document]


def _topic(found: Paragraphs, sentence: NDArray[np.bool_], low: Ints, high: Ints) -> tuple[Floats, Floats]:
    """Return the share of each paragraph's words that other sentences of the block hold, and two others or more."""
    size = len(found)
    places = np.arange(size)
    seed = sentence & (places >= low) & (places < high)
    begins, stops, owner = words_of(found)
    numbers = ch.parts(found.codes)
    sums = np.zeros(len(numbers) + 1, np.uint64)
    np.cumsum(numbers, out=sums[1:])
    long = stops - begins >= _CONTENT
    words = sums[stops[long]] - sums[begins[long]]
    owner = owner[long]
    for starts, length in _runs(found):
        run = numbers[starts]
        for step in range(1, length):
            run = run * np.uint64(3) + numbers[starts + step]
        words = np.concatenate([words, run])
        owner = np.concatenate([owner, _owners(found, starts)])
    bucket = (words * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(64 - 13)).astype(np.int64)
    bucket += found.document[owner] * _BUCKETS
    own = seed[owner]
    once = np.unique(owner[own] * (_BUCKETS * len(found.sizes)) + bucket[own]) % (_BUCKETS * len(found.sizes))
    others = np.bincount(once, minlength=_BUCKETS * len(found.sizes))[bucket] - own
    every = np.maximum(np.bincount(owner, minlength=size), 1)
    share = np.bincount(owner[others > 0], minlength=size) / every
    often = np.bincount(owner[others > 1], minlength=size) / every
    return share.astype(np.float32), often.astype(np.float32)


def _runs(found: Paragraphs) -> Iterator[tuple[Ints, int]]:
    """Yield where runs of letters begin that stand for words in scripts without blanks, and how long they are.

    Two letters of Chinese, or of what Japanese writes its nouns with, are a word; an alphabet takes five.
    """
    joined = found.kinds == ch.JOINED
    if joined.any():
        ideographs = joined & (found.codes >= _IDEOGRAPHS)
        yield np.flatnonzero(ideographs[1:] & ideographs[:-1]), 2
        letters = joined & (found.codes < _ALPHABETS)
        if letters.any():
            runs = letters[4:] & letters[3:-1] & letters[2:-2] & letters[1:-3] & letters[:-4]
            yield np.flatnonzero(runs), 5


def _windows(sums: NDArray[np.float64], begin: Ints, end: Ints) -> list[NDArray[np.float64]]:
    """Return the means of what stands around each paragraph, one part a window."""
    places = np.arange(len(begin))
    parts = []
    for low, high in _WINDOWS:
        lows, highs = np.clip(places + low, begin, end), np.clip(places + high, begin, end)
        parts.append((sums[highs] - sums[lows]) / np.maximum(highs - lows, 1)[:, None])
    return parts


def _place(
    column: dict[str, Floats], sums: NDArray[np.float64], begin: Ints, end: Ints, low: Ints, high: Ints
) -> list[NDArray[np.float64]]:
    """Return where each paragraph stands in its page, and what the page is like."""
    places = np.arange(len(begin))
    total = sums[end] - sums[begin]
    before = sums[:-1] - sums[begin]
    size = end - begin
    whole = np.maximum(total, 1)
    prose, furniture = len(_AROUND) - 1, len(_AROUND)
    beyond = np.where(places < low, places - low, np.where(places >= high, places - high + 1, 0))
    inside = (places >= low) & (places < high)
    known = column["furniture"] > 0
    place = np.column_stack([
        (places - begin) / size, before[:, prose] / whole[:, prose], before[:, furniture] / whole[:, furniture],
        np.sign(beyond) * np.log1p(np.abs(beyond)),
        np.log1p(np.where(inside, places - low, 0)), np.log1p(np.where(inside, high - 1 - places, 0)),
        *_distances(column["sentence"] > 0, begin, end), *_distances(known, begin, end),
        _distances(column["comments"] > 0, begin, end)[0], _distances(column["related"] > 0, begin, end)[0],
    ])  # fmt: skip
    share = {
        name: total[:, _AROUND.index(name)] / size for name in ("sentence", "known", "digits", "bullet", "gap above")
    }
    page = np.column_stack([
        np.log1p(total[:, prose]), np.log1p(total[:, furniture]), share["sentence"], share["known"], share["digits"],
        share["bullet"], share["gap above"],
        np.log1p(high - low), (sums[high, prose] - sums[low, prose]) / whole[:, prose],
    ])  # fmt: skip
    return [place, page]


def _distances(marked: NDArray[np.bool_], begin: Ints, end: Ints) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far the last marked paragraph before each one is, and the next one, as logarithms."""
    places = np.arange(len(marked))
    last = np.maximum.accumulate(np.where(marked, places, -1))
    last = np.concatenate([[-1], last[:-1]])
    following = np.minimum.accumulate(np.where(marked, places, len(marked))[::-1])[::-1]
    following = np.concatenate([following[1:], [len(marked)]])
    back = np.where(last >= begin, np.minimum(places - last, _FAR), _FAR)
    ahead = np.where(following < end, np.minimum(following - places, _FAR), _FAR)
    return np.log(back), np.log(ahead)
