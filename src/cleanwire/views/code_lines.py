"""Which lines of a text are code."""

import regex

from cleanwire.document import Document
from cleanwire.lazy import deferred

_FENCES = ("```", "~~~")
_INDENTS = ("    ", "\t")
_ITEM = deferred(regex.compile, r"\s+(?:[-*+•·–]|\d+[.)])\s")


def code_lines(doc: Document) -> list[int]:
    r"""Return the content lines that are code: between fences, or in an indented block that is no list.

    >>> code_lines(Document("The page ends so:\n\n    All rights reserved"))
    [1]
    """
    text, found = doc.text, list[int]()
    if not any(fence in text for fence in _FENCES) and not any("\n" + indent in text for indent in _INDENTS):
        return found
    fenced = indented = False
    flush = False  # whether the line above is not indented
    for number, line in enumerate(doc.lines):
        if line.lstrip().startswith(_FENCES):
            fenced = not fenced
            found.append(number)
            continue
        inner = line.startswith(_INDENTS) and not _ITEM.match(line)
        indented = inner and (indented or (flush and doc.gap(number) > 0))
        flush = not line[0].isspace()
        if fenced or indented:
            found.append(number)
    return found if not fenced else []
