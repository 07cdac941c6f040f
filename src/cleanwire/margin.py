r"""The margin notation: a document with a verdict in front of every line.

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
from cleanwire.errors import MarginError
from cleanwire.result import Result, Span

KEPT, DROPPED, CAPTION, NAMED, CAME, WENT = " -^@<>"
_LANES = {"drop": DROPPED, "caption": CAPTION}


class MarginLine(NamedTuple):
    """One line in margin notation."""

    mark: str
    text: str


def read(notation: str) -> list[MarginLine]:
    r"""Read margin notation; one line end at the start of the text and one at its end are not part of it.

    Raises `MarginError` for a line that has no mark.

    >>> read("  She left.\n- Tweet\n")
    [MarginLine(mark=' ', text='She left.'), MarginLine(mark='-', text='Tweet')]
    """
    lines = []
    for number, line in enumerate(notation.removeprefix("\n").removesuffix("\n").split("\n"), 1):
        if not line.strip():
            lines.append(MarginLine(KEPT, ""))
        elif line[0] in " -^@<>" and line[1:2] in (" ", ""):
            lines.append(MarginLine(line[0], line[2:]))
        else:
            raise MarginError(
                f"line {number} of the margin notation, {line[:40]!r}, has no mark; "
                "start it with one of ' ', '-', '^', '@', '<', '>' and a blank"
            )
    return lines


def source(lines: Iterable[MarginLine]) -> str:
    r"""Return the text that the notation is about, as it came.

    >>> source(read("  She left.\n< Cafe,noon\n> Cafe, noon"))
    'She left.\nCafe,noon'
    """
    return "\n".join(line.text for line in lines if line.mark != WENT)


def verdicts(lines: Iterable[MarginLine]) -> list[MarginLine]:
    """Return the lines that carry a verdict: all but the blank ones."""
    return [line for line in lines if line.text.strip()]


def show(result: Result) -> list[MarginLine]:
    """Return the source of `result` line by line, each with its verdict.

    A line that went whole has the mark of the lane that took most of it; one that changed is shown twice.
    """
    route = Route(result.steps)
    shown: list[MarginLine] = []
    start = first = 0
    spans = result.spans
    for line in result.undo().split("\n"):
        stop = start + len(line)
        while first < len(spans) and spans[first].stop <= start:
            first += 1
        after = first
        while after < len(spans) and spans[after].start < stop:
            after += 1
        left = result.text[route.forth(start) : route.forth(stop, end=True)]
        shown += _show_line(line, left, start, spans[first:after])
        start = stop + 1
    return shown


def _show_line(line: str, left: str, start: int, spans: Sequence[Span]) -> list[MarginLine]:
    """Show one line that starts at `start`, of which `left` is left and which `spans` speak of."""
    if not line.strip():
        return [MarginLine(KEPT, "")]
    if not left.strip():
        gone = [span for span in spans if not span.kept]
        lane = max(gone, key=lambda span: span.stop - span.start).lane if gone else "drop"
        return [MarginLine(_LANES.get(lane, NAMED), line)]
    if left.rstrip() != line.rstrip():
        return [MarginLine(CAME, line), *(MarginLine(WENT, part) for part in left.split("\n"))]
    named = sum(min(span.stop, start + len(line)) - max(span.start, start) for span in spans)
    return [MarginLine(NAMED if 2 * named >= len(line.strip()) else KEPT, line)]


def notation(lines: Iterable[MarginLine]) -> str:
    r"""Write margin notation; the inverse of `read`.

    >>> notation([MarginLine("-", "Tweet"), MarginLine(" ", "")])
    '- Tweet\n'
    """
    return "\n".join(f"{line.mark} {line.text}" if line.text.strip() else "" for line in lines)
