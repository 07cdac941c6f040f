"""How much memory a view takes: a constant for each character and for each fold, whatever the text is."""

import gc
import tracemalloc

import pytest

from cleanwire import Document
from cleanwire.views.layout import LAYOUTS, maker

SIZE = 20_000
A_BYTE = 45
"""Most bytes for each byte of a text: lines of one character take most of them."""
A_FOLD = 300
"""Most bytes for each fold: an `Edit` with its offsets, and where it lies before and after."""
ONE_LINE = 20
"""Most bytes for each byte of a text of one line that has no folds."""

PIECES = {
    "prose": "The council voted on Monday to close the bridge. ",
    "short words": "a ",
    "capitals": "Ab ",
    "short sentences": "Abc de. ",
    "one letter": "x",
    "phrases": "Post a comment ",
    "quotations": '"A b." ',
    "Chinese": "市。",
    "labels": "photo: ",
    "credits": "Photo: Ann Lee/AFP ",
    "brackets": "[",
    "links": "[a](http://b.example) ",
    "bold": "**A b** c ",
    "emphasis": "*a* ",
    "escapes": "\\* ",
    "code": "`a` ",
    "line breaks": "<br>",
    "paragraphs": "<p>Abc</p>",
    "references": "&amp;",
    "escaped": "Abc\\nb ",
    "no-break spaces": "a\xa0",
    "lines of a letter": "a\n",
    "lines that go on": "abc de\nfg\n",
    "headings": "# A\n\nb\n\n",
    "items": "- a\n",
    "rows": "|a|b|\n",
    "images": "![a](b)\n",
    "fences": "```\na\n```\n",
    "fields": "____ ",
    "rulers": "- - ",
    "stars": "* ",
    "quotes": "> ",
    "cells": "-|",
}


def peak(layout: str, text: str) -> tuple[int, int]:
    """Return how many bytes making the view took at most, and how many folds it has."""
    make = maker(layout)
    make(Document(text[:2000]))  # what is made once a process
    document = Document(text)
    gc.collect()
    tracemalloc.start()
    try:
        view = make(document)
        return tracemalloc.get_traced_memory()[1], len(view.doc.folds) if view else 0
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("layout", LAYOUTS[1:])
@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_the_memory_of_a_view_is_bounded(layout: str, piece: str) -> None:
    text = piece * (SIZE // len(piece))
    size = len(text.encode())
    most, folds = peak(layout, text)
    assert most <= A_BYTE * size + A_FOLD * folds + 50_000
    if not folds and "\n" not in text:
        assert most <= ONE_LINE * size + 50_000


def test_the_memory_of_a_run_without_stops_is_bounded() -> None:
    """A view that kept each word took seventy times the size of this one."""
    text = "ab cd " * 50_000
    most, _ = peak("flat", text)
    assert most <= ONE_LINE * len(text)
