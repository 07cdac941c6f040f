r"""The annotated-diff notation: a document with a mark before every line that says what becomes of the line.

The mark is the first character, a space the second::

      kept
    - dropped
    ^ extracted as a caption
    @ title, byline, dateline or date: named
    < a line before a fix
    > the same line after it

An empty line has no mark.  Packs, seeds, tests and ``cleanwire diff`` use the notation, so that the output of one can
be pasted into the other.

>>> render(parse("  She left.\n- Tweet"))
'  She left.\n- Tweet'
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleanwire.edit import Route
from cleanwire.errors import NotationError
from cleanwire.result import Result
from cleanwire.spans import Span

KEPT, DROPPED, CAPTION, NAMED, BEFORE, AFTER = " -^@<>"
_MARKS_OF_ACTIONS = {"drop": DROPPED, "caption": CAPTION}


class AnnotatedLine(NamedTuple):
    """One line in annotated-diff notation: its mark and its text.

    >>> AnnotatedLine("-", "Tweet").mark
    '-'
    """

    mark: str
    text: str


def parse(notation: str) -> list[AnnotatedLine]:
    r"""Return the lines of a document in annotated-diff notation, without one line end at its start and one at its end.

    Raises `NotationError` for a line without a mark.

    >>> parse("  She left.\n- Tweet\n")
    [AnnotatedLine(mark=' ', text='She left.'), AnnotatedLine(mark='-', text='Tweet')]
    """
    lines = []
    for number, line in enumerate(notation.removeprefix("\n").removesuffix("\n").split("\n"), 1):
        if not line.strip():
            lines.append(AnnotatedLine(KEPT, ""))
        elif line[0] in " -^@<>" and line[1:2] in (" ", ""):
            lines.append(AnnotatedLine(line[0], line[2:]))
        else:
            raise NotationError(
                f"line {number} of the annotated-diff notation, {line[:40]!r}, has no mark; "
                "start it with one of ' ', '-', '^', '@', '<', '>' and a space"
            )
    return lines


def source(lines: Iterable[AnnotatedLine]) -> str:
    r"""Return the text before cleaning.

    >>> source(parse("  She left.\n< Cafe,noon\n> Cafe, noon"))
    'She left.\nCafe,noon'
    """
    return "\n".join(line.text for line in lines if line.mark != AFTER)


def verdicts(lines: Iterable[AnnotatedLine]) -> list[AnnotatedLine]:
    r"""Return the lines that have a mark: all that are not empty.

    >>> len(verdicts(parse("- Tweet\n\n- Share")))
    2
    """
    return [line for line in lines if line.text.strip()]


def annotate(result: Result) -> list[AnnotatedLine]:
    r"""Return the source of a result line by line, each with its mark.

    A line that was removed has the mark of the action that covers most of it; one that changed is given twice.

    >>> from cleanwire import Cleaner
    >>> print(render(annotate(Cleaner()("She left.\n\nPost a comment"))))
      She left.
    <BLANKLINE>
    - Post a comment
    """
    route = Route(result.steps)
    shown: list[AnnotatedLine] = []
    start = first = 0
    spans = result.spans
    for line in result.undo().split("\n"):
        stop = start + len(line)
        while first < len(spans) and spans[first].end <= start:
            first += 1
        after = first
        while after < len(spans) and spans[after].start < stop:
            after += 1
        left = result.text[route.forth(start) : route.forth(stop, end=True)]
        shown += _show_line(line, left, start, spans[first:after])
        start = stop + 1
    return shown


def _show_line(line: str, left: str, start: int, spans: Sequence[Span]) -> list[AnnotatedLine]:
    """Return one line that starts at `start`, of which `left` remains and which overlaps `spans`."""
    if not line.strip():
        return [AnnotatedLine(KEPT, "")]
    if not left.strip():
        gone = [span for span in spans if not span.kept]
        action = max(gone, key=lambda span: span.end - span.start).action if gone else "drop"
        return [AnnotatedLine(_MARKS_OF_ACTIONS.get(action, NAMED), line)]
    if left.rstrip() != line.rstrip():
        return [AnnotatedLine(BEFORE, line), *(AnnotatedLine(AFTER, part) for part in left.split("\n"))]
    named = sum(min(span.end, start + len(line)) - max(span.start, start) for span in spans)
    return [AnnotatedLine(NAMED if 2 * named >= len(line.strip()) else KEPT, line)]


def render(lines: Iterable[AnnotatedLine]) -> str:
    r"""Return lines as annotated-diff notation; the inverse of `parse`.

    >>> render([AnnotatedLine("-", "Tweet"), AnnotatedLine(" ", "")])
    '- Tweet\n'
    """
    return "\n".join(f"{line.mark} {line.text}" if line.text.strip() else "" for line in lines)
