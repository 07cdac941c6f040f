r"""The annotated-diff notation: a document with a verdict in front of every line.

The first column is the verdict, the second is blank::

      kept
    - dropped
    ^ set aside as a caption
    @ title, byline, dateline or date: named
    < a line as it came
    > the same line as it went out

A blank line carries no mark.  Packs, seeds, tests and ``cleanwire diff`` all speak it, so that a complaint pasted into
a pack is a failing test.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleanwire.edit import Route
from cleanwire.errors import NotationError
from cleanwire.result import Result, Span

KEPT, DROPPED, CAPTION, NAMED, CAME, WENT = " -^@<>"
_MARKS_OF_ACTIONS = {"drop": DROPPED, "caption": CAPTION}


class AnnotatedLine(NamedTuple):
    """One line in annotated-diff notation."""

    mark: str
    text: str


def parse(notation: str) -> list[AnnotatedLine]:
    r"""Read annotated-diff notation; one line end at the start of the text and one at its end are not part of it.

    Raises `NotationError` for a line that has no mark.

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
                "start it with one of ' ', '-', '^', '@', '<', '>' and a blank"
            )
    return lines


def source(lines: Iterable[AnnotatedLine]) -> str:
    r"""Return the text that the notation is about, as it came.

    >>> source(parse("  She left.\n< Cafe,noon\n> Cafe, noon"))
    'She left.\nCafe,noon'
    """
    return "\n".join(line.text for line in lines if line.mark != WENT)


def verdicts(lines: Iterable[AnnotatedLine]) -> list[AnnotatedLine]:
    """Return the lines that carry a verdict: all but the blank ones."""
    return [line for line in lines if line.text.strip()]


def annotate(result: Result) -> list[AnnotatedLine]:
    """Return the source of `result` line by line, each with its verdict.

    A line that went whole has the mark of the action that took most of it; one that changed is shown twice.
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
    """Show one line that starts at `start`, of which `left` is left and which `spans` speak of."""
    if not line.strip():
        return [AnnotatedLine(KEPT, "")]
    if not left.strip():
        gone = [span for span in spans if not span.kept]
        action = max(gone, key=lambda span: span.end - span.start).action if gone else "drop"
        return [AnnotatedLine(_MARKS_OF_ACTIONS.get(action, NAMED), line)]
    if left.rstrip() != line.rstrip():
        return [AnnotatedLine(CAME, line), *(AnnotatedLine(WENT, part) for part in left.split("\n"))]
    named = sum(min(span.end, start + len(line)) - max(span.start, start) for span in spans)
    return [AnnotatedLine(NAMED if 2 * named >= len(line.strip()) else KEPT, line)]


def render(lines: Iterable[AnnotatedLine]) -> str:
    r"""Write annotated-diff notation; the inverse of `parse`.

    >>> render([AnnotatedLine("-", "Tweet"), AnnotatedLine(" ", "")])
    '- Tweet\n'
    """
    return "\n".join(f"{line.mark} {line.text}" if line.text.strip() else "" for line in lines)
