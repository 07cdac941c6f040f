"""The paragraphs of many documents, whatever the habits of the dumper: one line each, wrapped, or cut at links.

A line goes on the one above where that one is not closed and this one begins with a small letter, or where both are
parts of a text that was wrapped at some column.  All is counted by paragraph: a dump reads the same with and without
blank lines, indents and bullets.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanwire.lines import characters as ch

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

_WRAPPED = 132
"""A text with a longer line was not wrapped."""
_FULL = 40
"""A line that was wrapped is this long at least; tables are narrower."""
_OFTEN = 0.2
"""The share of lines that must be full in a wrapped text."""
_FEW = 8
"""Fewer lines say nothing of a width."""


@dataclass(frozen=True)
class Paragraphs:
    """The paragraphs of joined documents, and what they are made of; n paragraphs.

    `lines` are the lines that are not blank, counted through all documents, `owner` is the paragraph of each, and
    `document` that of each paragraph; those of document d run from ``bounds[d]`` to ``bounds[d + 1]``.
    """

    codes: ch.Codes
    kinds: ch.Kinds
    lines: Ints
    owner: Ints
    starts: Ints
    """Where each paragraph begins in `codes`."""
    stops: Ints
    counts: Floats
    """How many characters of each kind each paragraph holds, without its indent: n rows, `characters.COUNT` columns."""
    first: ch.Kinds
    """The kind of the first character that is neither blank, bullet nor quotation mark."""
    last: ch.Kinds
    indents: Ints
    """How many blanks stand before each paragraph."""
    bullets: Flags
    """Whether it begins with a bullet or dash."""
    gaps: Flags
    """Whether a blank line, or nothing, stands above it."""
    document: Ints
    bounds: Ints
    sizes: tuple[int, ...]
    """How many lines each document has, blank ones too."""

    def __len__(self) -> int:
        """Return the number of paragraphs."""
        return len(self.starts)

    def of_lines(self) -> Ints:
        """Return the paragraph of each line of all documents, -1 for blank ones."""
        owners = np.full(sum(self.sizes), -1)
        owners[self.lines] = self.owner
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
    lines = np.flatnonzero(ends - begins > every[:, ch.BLANK])
    counts: Floats = every[lines].astype(np.float32)
    begins, ends = begins[lines], ends[lines]
    sizes = tuple(text.count("\n") + 1 for text in texts)
    document = np.searchsorted(np.cumsum(sizes), lines, side="right")

    first, last = _edges(kinds, begins, ends)
    solid = np.flatnonzero((kinds != ch.BLANK) & (kinds != ch.END))
    heads = solid[np.searchsorted(solid, begins)]  # behind the indent
    counts[:, ch.BLANK] -= heads - begins
    goes_on = _goes_on(kinds, lines, heads, counts @ ch.WIDTH, first, last, document)
    owner = np.cumsum(~goes_on) - 1
    opens = np.flatnonzero(~goes_on)
    closes = np.append(opens, len(lines))[1:] - 1
    if len(opens) < len(lines):
        counts = np.add.reduceat(counts, opens, axis=0)
    gaps = (np.diff(lines, prepend=-2) > 1) | (np.diff(document, prepend=-1) > 0)
    document = document[opens]
    return Paragraphs(
        codes, kinds, lines, owner, begins[opens], ends[closes], counts, first[opens], last[closes],
        (heads - begins)[opens], kinds[heads[opens]] == ch.BAR, gaps[opens], document,
        np.searchsorted(document, np.arange(len(texts) + 1)), sizes,
    )  # fmt: skip


def _edges(kinds: ch.Kinds, begins: Ints, ends: Ints) -> tuple[ch.Kinds, ch.Kinds]:
    """Return the kinds of the first and last characters that tell; `CLOSER` where a line has none."""
    solid = (kinds != ch.BLANK) & (kinds != ch.END) & (kinds != ch.CLOSER)
    inner = np.concatenate([np.flatnonzero(solid), [len(kinds)]])  # an end, so that every search finds one
    padded = np.append(kinds, np.uint8(ch.CLOSER))
    at = inner[np.searchsorted(inner, ends) - 1]
    last = np.where((at >= begins) & (at < ends), padded[at], np.uint8(ch.CLOSER))
    inner = np.concatenate([np.flatnonzero(solid & (kinds != ch.BAR)), [len(kinds)]])
    at = inner[np.searchsorted(inner, begins)]
    first = np.where(at < ends, padded[at], np.uint8(ch.CLOSER))
    return first, last


def _goes_on(
    kinds: ch.Kinds, lines: Ints, heads: Ints, widths: Floats, first: ch.Kinds, last: ch.Kinds, document: Ints
) -> Flags:
    """Return for each line whether it goes on the one above; `heads` are where they begin, behind the indent."""
    goes_on = np.zeros(len(lines), np.bool_)
    if len(lines) < 2:
        return goes_on
    head = kinds[heads]
    small = (first == ch.LOWER) & (head != ch.BAR)  # an item of a list begins anew
    open_ = (last != ch.STOP) & (last != ch.QUESTION)
    goes_on[1:] = open_[:-1] & (small | ((head == ch.COMMA) & (widths > 1)))[1:]
    blanks = np.flatnonzero((kinds == ch.BLANK) | (kinds == ch.END))
    word = blanks[np.searchsorted(blanks, heads)] - heads
    opens = np.flatnonzero(np.diff(document, prepend=-1))  # the first line of each document
    sizes = np.diff(np.append(opens, len(lines)))
    widest = np.repeat(np.maximum.reduceat(widths, opens), sizes)
    full = np.zeros(len(lines), np.bool_)
    full[1:] = open_[:-1] & (widths[:-1] >= _FULL) & (widest[1:] <= _WRAPPED)
    full[1:] &= widths[:-1] + 1 + word[1:] > widest[1:]  # the next word had no room
    often = np.add.reduceat(full.astype(np.int64), opens) >= _OFTEN * np.maximum(sizes, _FEW)
    goes_on |= full & np.repeat(often, sizes)
    goes_on[1:] &= (np.diff(lines) == 1) & (np.diff(document) == 0)
    return goes_on
