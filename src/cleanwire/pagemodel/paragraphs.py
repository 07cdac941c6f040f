"""The paragraphs of many documents, however the text extractor writes them: one line each, wrapped, or cut at links.

A line goes on the one above where that one is not closed and this one begins with a small letter, or where the text was
wrapped at some column and the one above had no room for the next word.  All is counted by paragraph: a text gives the
same with and without empty lines, indents and bullets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanwire.pagemodel import characters as ch

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

_WRAPPED = 132
"""Longest line of a wrapped text, in characters."""
_FULL = 40
"""Least width at which a text is wrapped, in characters; tables are narrower."""
_OFTEN = 0.3
"""The share of the long lines that must be full in a wrapped text."""
_FEW = 3
"""Least number of full lines that shows wrapping."""
_PARTED = 0.1
"""Least share of lines after empty ones in a text with empty lines between paragraphs."""
_SLACK = 3
"""How many characters shorter a full line may be in scripts without spaces, where marks stay with their words."""


@dataclass(frozen=True)
class Paragraphs:
    """The paragraphs of joined documents, and what they are made of; n paragraphs.

    `owner` is the paragraph of each content line, counted through all documents, -1 where a line holds nothing but
    zero-width characters; `sizes` are the numbers of content lines of each document.  `document` is that of each
    paragraph; those of document d run from ``bounds[d]`` to ``bounds[d + 1]``.
    """

    codes: ch.Codes
    kinds: ch.Kinds
    owner: Ints
    starts: Ints
    """Where each paragraph begins in `codes`."""
    stops: Ints
    counts: Floats
    """How many characters of each kind each paragraph holds, without its indent: n rows, `characters.COUNT` columns."""
    first: ch.Kinds
    """The kind of the first character that is neither white space, bullet nor quotation mark."""
    last: ch.Kinds
    indents: Ints
    """How many spaces stand before each paragraph."""
    bullets: Flags
    """Whether it begins with a bullet or dash."""
    gaps: Flags
    """Whether an empty line, or nothing, stands above it."""
    document: Ints
    bounds: Ints
    sizes: tuple[int, ...]

    def __len__(self) -> int:
        """Return the number of paragraphs."""
        return len(self.starts)

    def owned_lines(self) -> Iterator[tuple[int, int]]:
        """Yield the content lines of which paragraphs are made, each with its paragraph."""
        return ((line, owner) for line, owner in enumerate(self.owner.tolist()) if owner >= 0)

    def owners_at(self, places: Ints) -> Ints:
        """Return the paragraphs of characters, by their places in `codes`; each must be within a paragraph."""
        owners: Ints = np.searchsorted(self.starts, places, side="right") - 1
        return owners


def read(texts: Sequence[str]) -> Paragraphs:
    r"""Read the paragraphs of `texts`.

    >>> found = read(["The ferry\nleft.\n\nNews", "Menu"])
    >>> found.owner.tolist(), found.document.tolist()
    ([0, 0, 1, 2], [0, 0, 1])
    """
    codes = ch.encode("\n".join(texts) + "\n")
    kinds = ch.kinds(codes)
    ends = np.flatnonzero(kinds == ch.END)
    begins = np.concatenate([[0], ends[:-1] + 1])
    line_of = np.repeat(np.arange(len(ends)), ends - begins + 1)
    every = np.bincount(line_of * ch.COUNT + kinds, minlength=len(ends) * ch.COUNT).reshape(-1, ch.COUNT)
    solid = ends - begins > every[:, ch.BLANK]
    content = solid | _zero_width(codes, begins, ends, ~solid)
    every_document = np.repeat(np.arange(len(texts)), [text.count("\n") + 1 for text in texts])
    sizes = tuple(np.bincount(every_document[content], minlength=len(texts)).tolist())
    lines = np.flatnonzero(solid)
    counts: Floats = every[lines].astype(np.float32)
    begins, ends, document = begins[lines], ends[lines], every_document[lines]

    inked = np.flatnonzero(kinds > ch.END)
    heads = inked[np.searchsorted(inked, begins)]  # after the indent
    counts[:, ch.BLANK] -= heads - begins
    first, last = _edges(kinds, begins, ends)
    together = np.zeros(len(lines), np.bool_)
    if len(lines) > 1:
        open_ = (last != ch.STOP) & (last != ch.QUESTION)
        small = (first == ch.LOWER) & (kinds[heads] != ch.BAR)  # an item of a list begins anew
        small |= (kinds[heads] == ch.COMMA) & (ends - heads > 1)
        together[1:] = open_[:-1] & small[1:]
        beside = (lines[1:] - lines[:-1] == 1) & ~changes(document)[1:]
        together[1:] |= _wrapped(kinds, heads, ends - begins, document, beside, open_)
        together[1:] &= beside
    owner = np.full(len(content), -1)
    owner[lines] = np.cumsum(~together) - 1
    opens = np.flatnonzero(~together)
    closes = ends_of(opens, len(lines)) - 1
    if len(opens) < len(lines):
        counts = np.add.reduceat(counts, opens, axis=0)
    gaps = changes(document)
    gaps[1:] |= lines[1:] - lines[:-1] > 1
    document = document[opens]
    return Paragraphs(
        codes, kinds, owner[content], begins[opens], ends[closes], counts, first[opens], last[closes],
        (heads - begins)[opens], kinds[heads[opens]] == ch.BAR, gaps[opens], document,
        np.searchsorted(document, np.arange(len(texts) + 1)), sizes,
    )  # fmt: skip


def _zero_width(codes: ch.Codes, begins: Ints, ends: Ints, blank: Flags) -> Flags:
    """Return which of the `blank` lines contain zero-width characters, which are not white space for Python."""
    found = np.zeros(len(begins), np.bool_)
    for line in np.flatnonzero(blank & (ends > begins)).tolist():
        found[line] = not "".join(map(chr, codes[begins[line] : ends[line]].tolist())).isspace()
    return found


def changes(values: NDArray[Any]) -> Flags:
    """Return whether each value differs from the one before it; the first does.

    >>> changes(np.array([3, 3, 4])).tolist()
    [True, False, True]
    """
    new = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new


def ends_of(begins: Ints, end: int) -> Ints:
    """Return where runs end that begin at these places, the last at `end`.

    >>> ends_of(np.array([0, 2]), 5).tolist()
    [2, 5]
    """
    ends = np.empty_like(begins)
    ends[:-1] = begins[1:]
    ends[-1:] = end
    return ends


def _edges(kinds: ch.Kinds, begins: Ints, ends: Ints) -> tuple[ch.Kinds, ch.Kinds]:
    """Return the kinds of the first and last characters that count; `CLOSER` where a line has none."""
    telling = np.append(np.flatnonzero(kinds > ch.CLOSER), len(kinds))  # an end, so that every search finds one
    at = telling[np.searchsorted(telling, ends) - 1]
    last = np.where((at >= begins) & (at < ends), kinds[np.minimum(at, len(kinds) - 1)], np.uint8(ch.CLOSER))
    telling = np.append(np.flatnonzero(kinds > ch.BAR), len(kinds))
    at = telling[np.searchsorted(telling, begins)]
    first = np.where(at < ends, kinds[np.minimum(at, len(kinds) - 1)], np.uint8(ch.CLOSER))
    return first, last


def _wrapped(kinds: ch.Kinds, heads: Ints, sizes: Ints, document: Ints, beside: Flags, open_: Flags) -> Flags:
    """Return for each line but the first whether the one above is full, in a text that was wrapped at a column.

    `heads` are where the lines begin, after the indent, and `sizes` how many characters they have; `beside` says of
    each but the first whether it stands right below the one above, in the same document.  A sentence that is closed at
    the end of a full line continues if empty lines stand between paragraphs; else it may well be the last of its own.
    """
    opens = np.flatnonzero(changes(document))  # the first line of each document
    widest = np.maximum.reduceat(sizes, opens)
    full = np.zeros(len(sizes), np.bool_)
    may = (widest >= _FULL) & (widest <= _WRAPPED)
    if not may.any():
        return full[1:]
    each = ends_of(opens, len(sizes)) - opens
    widest = np.repeat(widest, each)
    blanks = np.flatnonzero(kinds <= ch.END)
    word = np.where(kinds[heads] == ch.JOINED, _SLACK, blanks[np.searchsorted(blanks, heads)] - heads)
    full[1:] = beside & (sizes[:-1] + 1 + word[1:] > widest[1:])  # the next word had no room
    full &= kinds[heads] != ch.BAR
    long = np.add.reduceat((2 * sizes >= widest).astype(np.int64), opens)
    if len(beside):
        parted = (
            np.add.reduceat(np.append(False, ~beside & (np.diff(document) == 0)).astype(np.int64), opens)
            >= _PARTED * each
        )
        full[1:] &= open_[:-1] | np.repeat(parted, each)[1:]
    may &= np.add.reduceat(full.astype(np.int64), opens) >= np.maximum(_OFTEN * long, _FEW)
    return (full & np.repeat(may, each))[1:]
