"""Features of each paragraph, for many documents at once: its shape, its words, its surroundings.

Nothing here knows a language: what words say comes from the packs (the rules that match lines) and from the page
itself, by the words that paragraphs share.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanwire.packs.pack import Rule
from cleanwire.pagemodel import characters as ch
from cleanwire.pagemodel import clusters, headlines, words
from cleanwire.pagemodel.paragraphs import Flags, Floats, Ints, Paragraphs
from cleanwire.pagemodel.words import Words
from cleanwire.view import LineMarks

Doubles = NDArray[np.float64]

_SENTENCE = 50
"""Least columns of a paragraph closed as a sentence to be one; `_PROSE` columns are prose, however they end."""
_PROSE = 160
_GAP = 6.0
"""What a paragraph that is not a sentence subtracts from the score of the block around it, in words."""
_MOST = 60.0
"""The most that a sentence adds to the score of its block, in words."""
_STAMP = 8
"""Most words of a line with digits that may be a date."""
_DEEP = 20
_ASCII = 128
_FAR = 150.0
"""Distances are limited to this."""
SHAPE: Final = (
    "width", "words", "closed", "colon", "stops", "questions", "commas", "quotes", "digits", "upper", "capitals",
    "bars", "signs", "letters", "short words", "word length", "sentence", "copies", "heads", "kept words", "stamp",
    "bullet", "indent", "gap above", "topic", "topic often", "menu words", "cohesion",
    "known", "furniture", "comments", "related", "ascii", "links", "heading", "image",
)  # fmt: skip
"""The features of a paragraph alone, in this order; the last three are -1 where no view shows them."""

_AROUND: Final = (
    "width", "closed", "commas", "digits", "upper", "capitals", "sentence", "copies", "topic", "known", "comments",
    "related", "stamp", "links", "prose",
)  # fmt: skip
_WINDOWS: Final = ((-1, 0), (-4, 0), (-10, 0), (-30, 0), (1, 2), (1, 5), (1, 11), (1, 31))
_SPREADS: Final = ((-4, 0), (1, 5))
_PLACE: Final = (
    "place", "prose before", "from block", "into block", "left of block", "from sentence", "to sentence",
    "from furniture", "to furniture", "from comments", "from related", "width to block", "capitals to block",
    "ascii to block", "indent to block", "bullet to block",
)  # fmt: skip
_PAGE: Final = (
    "page prose", "page furniture", "page sentences", "page known", "page digits", "page bullets", "page gaps",
    "block length", "block share",
)  # fmt: skip

NAMES: Final = (
    *SHAPE,
    *(f"{name} {low:+}…{high - 1:+}" for name in _AROUND for low, high in _WINDOWS),
    *_PLACE,
    *clusters.NAMES,
    *headlines.NAMES,
    *(f"width spread {low:+}…{high - 1:+}" for low, high in _SPREADS),
    *_PAGE,
)
"""The names of all features, in the order of the columns of `measure`."""
PAGE: Final = slice(len(NAMES) - len(_PAGE), len(NAMES))
"""The columns that are the same for all paragraphs of a page."""

_ROW: Final = {name: row for row, name in enumerate(SHAPE)}
_LINKS: Final = slice(_ROW["links"], _ROW["image"] + 1)
_UNKNOWN = -1
_GROUPS = {"comments": _ROW["comments"], "related": _ROW["related"], "tags": _ROW["related"]}


class Measured(NamedTuple):
    """The features of n paragraphs: n rows, a column for each of `NAMES`; and how many words each has."""

    matrix: Floats
    words: Floats


class _Page(NamedTuple):
    """Where in the joined documents each of n paragraphs has its document and its densest block of sentences."""

    begin: Ints
    end: Ints
    low: Ints
    high: Ints
    places: Ints

    @property
    def inside(self) -> Flags:
        """Whether a paragraph stands in its block."""
        return (self.places >= self.low) & (self.places < self.high)


def measure(
    found: Paragraphs, matches: Sequence[Mapping[int, Rule]], marks: Sequence[LineMarks | None] = ()
) -> Measured:
    r"""Return the features of paragraphs; `matches` are, for each document, the rules that match content lines.

    `marks` are what the view of each document shows of its lines; None for a document that is no view of Markdown.

    >>> from cleanwire.pagemodel.paragraphs import read
    >>> measured = measure(read(["Menu\n\nThe ferry left the harbour at noon, with two sailors on board."]), [{}])
    >>> measured.matrix.shape == (2, len(NAMES)), measured.words.tolist()
    (True, [1.0, 12.0])
    """
    size = len(found)
    rows = np.zeros((len(NAMES), size), np.float32)
    read = words.read(found)
    count = _shape(rows, found, read)
    _mark(rows, found, matches)
    _mark_links(rows, found, marks)
    sentence = rows[_ROW["sentence"]] > 0
    prose = np.where(sentence, count, 0)
    page = _Page(
        found.bounds[found.document],
        found.bounds[found.document + 1],
        *_blocks(found, sentence, count),
        np.arange(size),
    )
    seed = sentence & page.inside
    parts = clusters.read(found, sentence, prose)
    rows[_ROW["topic"]], rows[_ROW["topic often"]] = read.shares(seed), read.shares(seed, often=2)
    rows[_ROW["menu words"]] = read.shares(~sentence)
    cohesion = rows[_ROW["cohesion"]] = read.shares(sentence, parts.part)
    sums = np.zeros((len(_AROUND) + 1, size + 1))
    sums[-1, 1:] = rows[_ROW["width"]] ** 2
    sums[-2, 1:] = prose
    sums[:-2, 1:] = rows[[_ROW[name] for name in _AROUND[:-1]]]
    np.cumsum(sums, axis=1, out=sums)
    at = len(SHAPE)
    may_be = ~sentence & (rows[_ROW["known"]] == 0)
    for made in (
        _windows(sums[:-1], page, _WINDOWS), _place(rows, found, prose, sums[-2], page),
        parts.measure(cohesion), headlines.measure(read, may_be, count, rows[_ROW["topic"]], page.begin, page.low),
        _spread(sums, page), _whole(rows, count, sums[:-1], page),
    ):  # fmt: skip
        rows[at : at + len(made)] = made
        at += len(made)
    return Measured(rows.T, count)


def _shape(rows: Floats, found: Paragraphs, read: Words) -> Floats:
    """Write the rows of `SHAPE` but those of packs and shared words; return the words of each paragraph."""
    kinds = np.ascontiguousarray(found.counts.T)
    letters = kinds[list(ch.LETTERS)].sum(0)
    solid = np.maximum(kinds[ch.CLOSER :].sum(0), 1)
    width = ch.WIDTH @ kinds
    joined = kinds[ch.JOINED] * 2 > letters
    count: Floats = (read.count + kinds[ch.JOINED] / 2).astype(np.float32)
    each, root = np.maximum(read.count, 1), np.sqrt(np.maximum(count, 1))
    closed = (found.last == ch.STOP) | (found.last == ch.QUESTION)
    for row, value in enumerate((
        np.log1p(width), np.log1p(count), closed, found.last == ch.COMMA,
        (kinds[ch.STOP] + kinds[ch.QUESTION]) / root, kinds[ch.QUESTION] > 0, kinds[ch.COMMA] / root,
        kinds[ch.CLOSER] / root, kinds[ch.DIGIT] / solid, kinds[ch.UPPER] / np.maximum(letters, 1),
        read.capital / each, kinds[ch.BAR] / root, (kinds[ch.SIGN] + kinds[ch.OTHER]) / solid, letters / solid,
        np.where(joined, -1, read.short / each), np.where(joined, -1, letters / each),
        ((width >= _SENTENCE) & closed) | (width >= _PROSE), read.copies, read.heads, read.kept,
        (count <= _STAMP) & (kinds[ch.DIGIT] > 1), found.bullets, np.minimum(found.indents, _DEEP), found.gaps,
    )):  # fmt: skip
        rows[row] = value
    rows[_ROW["ascii"]] = _ascii(found) / np.maximum(letters, 1)
    return count


def _ascii(found: Paragraphs) -> Ints:
    """Return how many letters of ASCII each paragraph has."""
    sums = np.zeros(len(found.codes) + 1, np.int64)
    np.cumsum((found.codes < _ASCII) & (found.kinds >= ch.LOWER), out=sums[1:])
    counted: Ints = sums[found.stops] - sums[found.starts]
    return counted


def _mark(rows: Floats, found: Paragraphs, matches: Sequence[Mapping[int, Rule]]) -> None:
    """Write the rows of packs: matched by a rule, one that fires alone, one of comments, of related articles."""
    first = 0
    for rules, size in zip(matches, found.sizes, strict=True):
        for line, rule in rules.items():
            owner = found.owner[first + line]
            if owner < 0:
                continue
            if rule.action == "drop":
                rows[_ROW["known"], owner] = 1
                if rule.confidence == "alone":
                    rows[_ROW["furniture"], owner] = 1
            if group := _GROUPS.get(rule.kind):
                rows[group, owner] = 1
        first += size


def _mark_links(rows: Floats, found: Paragraphs, marks: Sequence[LineMarks | None]) -> None:
    """Write the rows of links, headings and images: the share of a paragraph in links, its level, if one is beside."""
    rows[_LINKS] = _UNKNOWN
    first = 0
    for each, size in zip(marks, found.sizes, strict=False):
        owner = found.owner[first : first + size]
        if each and (lines := np.flatnonzero(owner >= 0)).size:
            owner = owner[lines]
            begin, end = int(owner[0]), int(owner[-1]) + 1
            rows[_LINKS, begin:end] = 0
            links = np.bincount(owner - begin, np.array(each.links)[lines])
            rows[_ROW["links"], begin:end] = links / np.bincount(owner - begin)
            np.maximum.at(rows[_ROW["heading"]], owner, np.array(each.headings)[lines])
            np.maximum.at(rows[_ROW["image"]], owner, (np.array(each.above) | np.array(each.inside))[lines])
        first += size


def _blocks(found: Paragraphs, sentence: Flags, count: Floats) -> tuple[Ints, Ints]:
    """Return for each paragraph where the densest block of sentences of its document begins and ends."""
    worth = np.where(sentence, np.minimum(count, _MOST), -_GAP)
    sums = np.zeros(len(found) + 1)
    np.cumsum(worth, out=sums[1:])
    low, high = found.bounds[:-1].copy(), found.bounds[:-1].copy()
    for index, (begin, end) in enumerate(zip(found.bounds[:-1].tolist(), found.bounds[1:].tolist(), strict=True)):
        passed = sums[begin : end + 1]
        gains = passed - np.minimum.accumulate(passed)
        stop = int(gains.argmax())
        high[index] = begin + stop
        low[index] = begin + int(passed[: stop + 1].argmin())
    return low[found.document], high[found.document]


def _spread(sums: Doubles, page: _Page) -> Doubles:
    """Return how much the widths around each paragraph differ: items of a list are alike."""
    means = _windows(sums[[_AROUND.index("width"), -1]], page, _SPREADS)
    width, square = means[: len(_SPREADS)], means[len(_SPREADS) :]
    spread: Doubles = np.sqrt(np.maximum(square - width**2, 0))
    return spread


def _windows(sums: Doubles, page: _Page, windows: Sequence[tuple[int, int]]) -> Doubles:
    """Return the means of the features in windows around each paragraph."""
    lows, highs = np.array(windows).T[:, :, None]
    lows = np.minimum(np.maximum(page.places + lows, page.begin), page.end)
    highs = np.minimum(np.maximum(page.places + highs, page.begin), page.end)
    means: Doubles = sums.take(highs.ravel(), axis=1)
    means -= sums.take(lows.ravel(), axis=1)
    means /= np.maximum(highs - lows, 1).ravel()
    return means.reshape(len(sums) * len(windows), -1)


def _place(rows: Floats, found: Paragraphs, prose: Floats, passed: Doubles, page: _Page) -> list[NDArray[np.generic]]:
    """Return where each paragraph stands in its page, and how it differs from those of the block."""
    begin, end, low, high, places = page
    inside = page.inside
    beyond = np.where(places < low, places - low, np.where(inside, 0, places - high + 1))
    total = np.maximum(passed[end] - passed[begin], 1)
    marked = rows[[_ROW[name] for name in ("sentence", "furniture", "comments", "related")]] > 0
    (from_sentence, from_furniture, *others), (to_sentence, to_furniture, *_) = _distances(marked, begin, end)
    weight = np.maximum(passed[high] - passed[low], 1)
    indents = np.minimum(found.indents, _DEEP)
    kind = 2 * indents + found.bullets
    votes = np.bincount(
        (found.document * 2 * (_DEEP + 1) + kind)[inside], prose[inside], len(found.sizes) * 2 * (_DEEP + 1)
    )
    most = votes.reshape(len(found.sizes), -1).argmax(1)[found.document]

    def to_block(name: str) -> NDArray[np.generic]:
        sums = np.concatenate([[0], np.cumsum(rows[_ROW[name]] * prose, dtype=np.float64)])
        return np.asarray(rows[_ROW[name]] - (sums[high] - sums[low]) / weight)

    return [
        (places - begin) / (end - begin), (passed[:-1] - passed[begin]) / total,
        np.sign(beyond) * np.log1p(np.abs(beyond)), np.log1p(np.where(inside, places - low, 0)),
        np.log1p(np.where(inside, high - 1 - places, 0)), from_sentence, to_sentence, from_furniture, to_furniture,
        *others, to_block("width"), to_block("capitals"), to_block("ascii"), indents - most // 2,
        found.bullets - most % 2,
    ]  # fmt: skip


def _distances(marked: Flags, begin: Ints, end: Ints) -> tuple[Doubles, Doubles]:
    """Return how far the last marked paragraph before each one is, and the next one, as logarithms, a row a mark."""
    kinds, size = marked.shape
    places = np.arange(size)
    last = np.full((kinds, size + 1), -1)
    np.maximum.accumulate(np.where(marked, places, -1), axis=1, out=last[:, 1:])
    following = np.full((kinds, size + 1), size)
    np.minimum.accumulate(np.where(marked, places, size)[:, ::-1], axis=1, out=following[:, -2::-1])
    back = np.where(last[:, :-1] >= begin, np.minimum(places - last[:, :-1], _FAR), _FAR)
    ahead = np.where(following[:, 1:] < end, np.minimum(following[:, 1:] - places, _FAR), _FAR)
    return np.log(back), np.log(ahead)


def _whole(rows: Floats, count: Floats, sums: Doubles, page: _Page) -> list[Doubles]:
    """Return the features that describe the page."""
    begin, end, low, high, _ = page
    rest = np.zeros((3, len(begin) + 1))
    rest[:, 1:] = rows[_ROW["bullet"]], rows[_ROW["gap above"]], count
    np.cumsum(rest, axis=1, out=rest)
    *others, every = rest[:, end] - rest[:, begin]
    known = sums[[_AROUND.index(name) for name in ("sentence", "known", "digits")]]
    shares = (known[:, end] - known[:, begin]) / (end - begin)
    prose = sums[-1]
    total = prose[end] - prose[begin]
    return [
        np.log1p(total), np.log1p(every - total), *shares, *(other / (end - begin) for other in others),
        np.log1p(high - low), (prose[high] - prose[low]) / np.maximum(total, 1),
    ]  # fmt: skip
