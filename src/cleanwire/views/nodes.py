r"""Sentences broken at links and emphasis, as programs write a page that print every node of text on a line.

A line goes on the one above where it begins with a mark that closes, or with a small letter below a line that no stop
closes.  A line between the two is a link inside a sentence.
"""

import re
from collections.abc import Iterator, Sequence

from cleanwire.edit import Edit, Step
from cleanwire.lazy import deferred
from cleanwire.view import folding
from cleanwire.views import joints

_BEGINS = deferred(re.compile, r"\n[^\S\n]*[\"'“‘«(\[]?(?:[.,;:!?…%)\]”’»]|([^\W\d_]))")
_FEW = 3
"""Least number of line ends inside sentences."""
_SHARE = 0.02
"""Least share of them among the lines."""
_LONG = 30
"""Least length of a line, in characters, that a link goes on."""
_LINK = 90
"""Greatest length of the words of a link, in characters."""


def fits(text: str) -> bool:
    r"""Return True if some sentences of a text are broken.

    >>> fits("The bridge is open.\n\nPost a comment")
    False
    """
    ends = text.count("\n")
    if ends < _FEW:
        return False
    least = max(_FEW, _SHARE * ends)
    small = sum(not letter or letter.islower() for letter in _BEGINS.findall(text))
    return small >= least and len(list(_joints(text.split("\n")))) >= least


def view(text: str) -> Step | None:
    r"""Return the step that joins the lines of each sentence.

    >>> view("The council voted to close the\nharbour bridge\nfor a year.").edits[0][:3]
    (30, 31, ' ')
    """
    return folding("nodes", text, joints.merged(text, _joints(text.split("\n")), "nodes.field"))


def _joints(lines: Sequence[str]) -> Iterator[Edit]:
    start = size = 0  # size: of the joined lines above
    above = ""
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if above.strip() and line.strip() and (_goes_on(above, line) or _is_link(above, line, below, size)):
            yield joints.joint(start - len(above) - 1, above, line, "nodes.joint")
            size += len(line)
        else:
            size = len(line)
        start += len(line) + 1
        above = line


def _goes_on(above: str, line: str) -> bool:
    return joints.goes_on_with_mark(line) or (joints.goes_on_small(line) and not joints.is_closed(above))


def _is_link(above: str, line: str, below: str, size: int) -> bool:
    """Return True if a line is a link inside the sentence that the line above begins and the line below ends."""
    if size < _LONG or len(line) > _LINK or joints.is_closed(above) or joints.is_item(line):
        return False
    last = above.rstrip()[-1:]
    return (last.islower() or last in ",([") and bool(below.strip()) and _goes_on(line, below)
