"""What stands at the head of a story on a whole page: its title, who wrote it, and when it was published.

The story is known by then (`filters.page` says which lines stay), so that its title is the line above it that shares
most words with it, and a byline is one where it stands beside that.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

from cleanwire.bylines.reader import Bylines, Mark, Reading, pieces
from cleanwire.compiled import Survey
from cleanwire.document import Document, Piece
from cleanwire.edit import Action
from cleanwire.lazy import deferred
from cleanwire.scan.matcher import Matches
from cleanwire.text.fold import is_unspaced
from cleanwire.text.shape import PROSE

TITLE = "title.any.page"
"""The rule of the title of a page's story."""

OWN: Mapping[str, str] = {
    TITLE: "The line above the story of a whole page that shares most words with it.",
}
"""The rules that no pack holds, with what they are for."""

_ABOVE = 20
"""How many lines above the story its title stands at most."""
_BELOW = 3
"""Bylines are looked for down to so many lines below the story's first."""
_LEAST = 14
"""A title has so many columns at least."""
_WORTH = 1.5
"""What a line must be worth to be the title: a point for each word that the story holds, less for its distance."""
_MOST = 7
"""More words than this say no more."""
_CONTENT = 4
"""Words of so many letters say what a story is about; in scripts without blanks two letters do."""
_STEP = 8
"""So many lines farther from the story a title must have one word more."""
_LONG = 110
"""A line of more columns is a standfirst or a caption as likely as a title."""
_WORD = deferred(regex.compile, r"\w+")
_EAST_ASIAN = "\u2e80"
"""A line that begins so has two columns a character."""
_BULLET = deferred(regex.compile, r"\s*[•*·–-]\s+")


def read(doc: Document, survey: Survey, bylines: Bylines, kept: Sequence[int]) -> dict[int, list[Piece]]:
    r"""Return for lines at the head of a story the pieces that they fall into.

    `kept` are the indices of the lines that the story is.

    >>> from cleanwire.compiled import surveyor
    >>> page = Document("Home\nHarbour bridge closes\nBy Ann Lee\nThe council will close the old harbour bridge.")
    >>> for index, pieces in read(page, surveyor().survey(page), surveyor().bylines, [3]).items():
    ...     print(page.lines[index], [(piece.rule, piece.part) for piece in pieces])
    Harbour bridge closes [('title.any.page', None)]
    By Ann Lee [('byline.en.by', 'label'), ('byline.en.by', None)]
    """
    if not kept:
        return {}
    lines, rows = doc.lines, doc.rows
    story = set(kept)
    first = rows.index(kept[0])
    above = [row for row in range(max(0, first - _ABOVE), first) if rows[row] not in story]
    title = _title(lines, rows, above, survey.hits, "\n".join(lines[index] for index in kept).casefold())
    found: dict[int, list[Piece]] = {}
    if title is not None:
        found[rows[title]] = _without_bullet(lines[rows[title]])
    begin = title - 2 if title is not None else first - _ABOVE // 2
    near = [row for row in range(max(0, begin), min(first + _BELOW, len(rows))) if rows[row] not in story]
    texts = {row: lines[rows[row]] for row in near if row != title and len(lines[rows[row]]) < PROSE}
    telling = {row for row in texts if rows[row] in survey.telling}
    for row, parts in _named(_readings(texts, title, telling, bylines)):
        found[rows[row]] = pieces(parts, len(texts[row]))
    return found


def _title(lines: Sequence[str], rows: Sequence[int], above: Sequence[int], hits: Matches, story: str) -> int | None:
    """Return the row of the line `above` the story that shares most words with it, or None."""
    best, most = None, _WORTH
    texts = [lines[rows[row]].strip() for row in above]
    for row, line in zip(above, texts, strict=True):
        hit = hits.get(rows[row])
        if not _LEAST <= 2 * len(line) < 2 * PROSE or line[-1] in ".:,;。" or (hit and hit.action == "drop"):
            continue
        columns = len(line) * (2 if line[0] >= _EAST_ASIAN else 1)
        if columns < _LEAST:
            continue
        words = _words(line.casefold())
        shared = sum(word in story for word in words)
        if 3 * shared < len(words):
            continue
        value = min(shared, _MOST) - (above[-1] - row) / _STEP
        value += sum(line in other for other in texts) > 1  # the page's own title holds it
        value -= 2 * (columns > _LONG)
        if value >= most:
            best, most = row, value
    return best


def _words(line: str) -> list[str]:
    if is_unspaced(line):
        return [line[place : place + 2] for place in range(0, len(line) - 1, 2)]
    return [word for word in _WORD.findall(line) if len(word) >= _CONTENT]


def _without_bullet(line: str) -> list[Piece]:
    """Return the pieces of a line that is the title, of which a bullet is no part."""
    title = Piece(len(line), "title", TITLE)
    bullet = _BULLET.match(line)
    return [Piece(bullet.end(), "drop", TITLE, "label"), title] if bullet else [title]


def _readings(
    texts: Mapping[int, str], title: int | None, telling: Iterable[int], bylines: Bylines
) -> dict[int, Reading]:
    """Return what lines, by their rows, say of author and date: those that tell it, and bare names beside these."""
    known = {row: reading for row in sorted(telling) if (reading := bylines.recall(texts[row]))}
    vouched = {row + step for row, reading in known.items() if reading.sure or reading.label for step in (-1, 1)}
    if title is not None:
        vouched.update((title + 1, title + 2))
    for row in sorted(vouched & texts.keys() - known.keys()):
        if reading := bylines.recall(texts[row]):
            known[row] = reading._replace(sure=True)
    return {row: reading for row, reading in sorted(known.items()) if reading.sure or row + 1 in known}


def _named(known: dict[int, Reading]) -> Iterator[tuple[int, Sequence[Mark]]]:
    """Yield the parts of lines; of each action the first line alone has the story's own."""
    taken: set[Action] = set()
    for row, reading in known.items():
        yield (
            row,
            [mark._replace(part="other") if mark.action in taken else mark for mark in reading.marks],
        )
        if reading.sure:
            taken.update(mark.action for mark in reading.marks)
