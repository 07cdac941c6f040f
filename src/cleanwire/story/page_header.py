"""The title, byline and date above the article of a whole page.

The lines of the article are known by then (`cleanwire.filters.page` says which lines stay), so that its title is the
line above it that shares most words with it, and a byline counts where it stands beside that.
"""

from collections.abc import Iterator, Mapping, Sequence

import regex

from cleanwire.bylines.reader import Mark, Reading, pieces
from cleanwire.compiled import Facts
from cleanwire.document import Document, Piece
from cleanwire.edit import Action
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Rule
from cleanwire.scan.cues import BYLINE, DATE
from cleanwire.text.fold import is_unspaced
from cleanwire.text.shape import PROSE

TITLE = "title.any.page"
"""The rule of the title of a page's story."""

FILTER_RULES: Mapping[str, str] = {
    TITLE: "The line above the story of a full page that shares most words with it.",
}
"""The rules that no pack holds, with what they are for."""

_ABOVE = 20
"""How many lines above the story its title stands at most."""
_BELOW = 3
"""How many lines below the story's first are searched for bylines."""
_LEAST = 14
"""Least columns of a title."""
_WORTH = 1.5
"""What a line must be worth to be the title: a point for each word that the story holds, less for its distance."""
_MOST = 7
"""More words than this say no more."""
_CONTENT = 4
"""Least number of letters of a content word; in scripts without spaces two letters suffice."""
_STEP = 8
"""Each time it stands this number of lines farther from the story, a title must have one word more."""
_LONG = 110
"""A line of more columns is a standfirst or a caption as likely as a title."""
_WORD = deferred(regex.compile, r"\w+")
_EAST_ASIAN = "\u2e80"
"""A line that begins so has two columns a character."""
_BULLET = deferred(regex.compile, r"\s*[•*·–-]\s+")


def read(doc: Document, facts: Facts, kept: Sequence[int]) -> dict[int, list[Piece]]:
    r"""Return the pieces of the lines above an article that say its title, its author and its date, by line.

    `facts` are those of `doc`, `kept` are the lines of the article, in order.

    >>> from cleanwire.compiled import facts
    >>> page = Document("Home\nHarbour bridge closes\nBy Ann Lee\nThe council will close the old harbour bridge.")
    >>> for line, pieces in read(page, facts(page), [3]).items():
    ...     print(page.lines[line], [(piece.rule, piece.part) for piece in pieces])
    Harbour bridge closes [('title.any.page', None)]
    By Ann Lee [('byline.en.by', 'label'), ('byline.en.by', None)]
    """
    if not kept:
        return {}
    lines, story, first = doc.lines, set(kept), kept[0]
    above = range(max(0, first - _ABOVE), first)
    title = _title(lines, above, facts.rules, "\n".join(lines[line] for line in kept).casefold())
    found: dict[int, list[Piece]] = {}
    if title is not None:
        found[title] = _without_bullet(lines[title])
    begin = title - 2 if title is not None else first - _ABOVE // 2
    near = range(max(0, begin), min(first + _BELOW, len(lines)))
    asked = {line for line in near if line not in story and line != title and len(lines[line]) < PROSE}
    for line, parts in _named(_readings(facts, asked, title)):
        found[line] = pieces(parts, len(lines[line]))
    return found


def _title(lines: Sequence[str], above: Sequence[int], rules: Mapping[int, Rule], story: str) -> int | None:
    """Return the line `above` the article that shares most words with it, or None."""
    best, most = None, _WORTH
    texts = [lines[line].strip() for line in above]
    for line, text in zip(above, texts, strict=True):
        rule = rules.get(line)
        columns = len(text) * (2 if text[0] >= _EAST_ASIAN else 1)
        if columns < _LEAST or len(text) >= PROSE or text[-1] in ".:,;。" or (rule and rule.action == "drop"):
            continue
        words = _words(text.casefold())
        shared = sum(word in story for word in words)
        if 3 * shared < len(words):
            continue
        value = min(shared, _MOST) - (above[-1] - line) / _STEP
        value += sum(text in other for other in texts) > 1  # the page's own title holds it
        value -= 2 * (columns > _LONG)
        if value >= most:
            best, most = line, value
    return best


def _words(line: str) -> list[str]:
    if is_unspaced(line):
        return [line[place : place + 2] for place in range(0, len(line) - 1, 2)]
    return [word for word in _WORD.findall(line) if len(word) >= _CONTENT]


def _without_bullet(line: str) -> list[Piece]:
    """Return the pieces of a line that is the title, without its bullet."""
    title = Piece(len(line), "title", TITLE)
    bullet = _BULLET.match(line)
    return [Piece(bullet.end(), "drop", TITLE, "label"), title] if bullet else [title]


def _readings(facts: Facts, asked: set[int], title: int | None) -> dict[int, Reading]:
    """Return what lines say of author and date: those with a label or a date, and bare names beside these."""
    cued = asked.intersection(facts.having(BYLINE | DATE))
    known = {line: reading for line in sorted(cued) if (reading := facts.line(line).reading)}
    vouched = {line + step for line, reading in known.items() if reading.sure or reading.label for step in (-1, 1)}
    if title is not None:
        vouched.update((title + 1, title + 2))
    for line in sorted(vouched & asked - known.keys()):
        if reading := facts.line(line).reading:
            known[line] = reading._replace(sure=True)
    return {line: reading for line, reading in sorted(known.items()) if reading.sure or line + 1 in known}


def _named(known: dict[int, Reading]) -> Iterator[tuple[int, Sequence[Mark]]]:
    """Yield the parts of lines; of each action the first line alone has the article's own."""
    taken: set[Action] = set()
    for line, reading in known.items():
        yield (
            line,
            [mark._replace(part="other") if mark.action in taken else mark for mark in reading.marks],
        )
        if reading.sure:
            taken.update(mark.action for mark in reading.marks if mark.part != "other")
