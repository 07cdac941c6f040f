r"""Sentences broken at links and emphasis, as programs write a page that print every node of text on a line.

A line goes on the one above where it begins with a mark that closes, or with a small letter below a line that no stop
closes.  A line between the two is a link inside a sentence.
"""

import re

from cleanwire.document import NODES
from cleanwire.edit import Edit, Step
from cleanwire.lazy import deferred
from cleanwire.view import folding
from cleanwire.views import joints

_CAPITALS = "A-ZÀ-ÖØ-ÞΑ-ΫЀ-Я"
_UNCASED = "\u0590-\u1dff\u2e80-\uffff"
_BEGINS = deferred(
    re.compile,
    rf"\n(?=[^\S\n]*[\"'“‘«(\[]*(?:[.,;:!?…%)\]”’»]|[^\W\d_{_CAPITALS}{_UNCASED}]))",
)
"""A line end before what may go on; most capitals are known without asking which letters are small."""
_FEW = 3
"""Least number of line ends inside sentences."""
_SHARE = 0.02
"""Least share of them among the lines."""
_LONG = 30
"""Least length of a line, in characters, that a link goes on."""
_LINK = 90
"""Greatest length of the words of a link, in characters."""


def view(text: str, *, forced: bool = False) -> Step | None:
    r"""Return the step that joins the lines of each sentence; None of a text in which hardly any is broken.

    >>> view("The council voted to close the\nharbour bridge\nfor a year.", forced=True).edits[0][:3]
    (30, 31, ' ')
    """
    if not forced:
        begins = len(_BEGINS.findall(text))
        if begins < _FEW or begins < _SHARE * text.count("\n"):
            return None
    found = _joints(text)
    if not forced and (len(found) < _FEW or len(found) < _SHARE * text.count("\n")):
        return None
    return folding(NODES, text, joints.merged(text, found, "nodes.field"))


def _joints(text: str) -> list[Edit]:
    found: dict[int, Edit] = {}  # by the place of the line end
    for match in _BEGINS.finditer(text):
        end = match.start()
        line = text[end + 1 : _end_of_line(text, end + 1)]
        start = text.rfind("\n", 0, end) + 1
        above = text[start:end]
        if not above.strip() or not _goes_on(above, line):
            continue
        is_joined = start - 1 in found
        if not is_joined and start > 1:
            before = text.rfind("\n", 0, start - 1) + 1
            is_joined = _is_link(text[before : start - 1], above, before - 1 in found)
            if is_joined:
                found[start - 1] = joints.joint(before, text[before : start - 1], above, "nodes.joint")
        if is_joined or len(above.strip()) >= _LONG or joints.goes_on_with_mark(line):
            found[end] = joints.joint(start, above, line, "nodes.joint")
    return list(found.values())


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _goes_on(above: str, line: str) -> bool:
    return joints.goes_on_with_mark(line) or (joints.goes_on_small(line) and not joints.is_closed(above))


def _is_link(above: str, line: str, is_joined: bool) -> bool:
    """Return True if a line, which the next one goes on, is a link inside the sentence that the line above begins."""
    if (
        not (is_joined or len(above.strip()) >= _LONG)
        or len(line.strip()) > _LINK
        or joints.is_closed(above)
        or joints.is_item(line)
    ):
        return False
    last = above.rstrip()[-1:]
    return last.islower() or (last != "" and last in ",([")
