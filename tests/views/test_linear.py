"""The patterns and layouts of views work in linear time, on whatever text they are tried.

A pattern that goes back over what it has read takes minutes for the texts below; a linear one, a hundredth of a second.
"""

import re
from time import process_time
from typing import Any

import pytest
import regex

from cleanwire.document import Document
from cleanwire.filters import markup
from cleanwire.views import (
    escaped,
    flat,
    joints,
    markdown,
    markdown_blocks,
    markdown_inline,
    markdown_signs,
    nodes,
    runs,
    tags,
    wrapped,
)
from cleanwire.views.layout import LAYOUTS, maker

_MODULES = (
    escaped, flat, joints, markdown, markdown_blocks, markdown_inline, markdown_signs, markup, nodes, runs, tags,
    wrapped,
)  # fmt: skip
PATTERNS: dict[str, Any] = {
    f"{module.__name__.rpartition('.')[2]}.{name}": value
    for module in _MODULES
    for name, value in vars(module).items()
    if hasattr(value, "finditer") and value not in (re, regex)
}
MATCHED = {
    "flat._AFTER_QUOTE", "joints._ITEM", "joints._MARGIN", "markdown_inline._BLOCK", "markdown_signs._FRONT",
    "markup._ITALIC", "markup._SIZE", "runs._CAPITAL", "runs._CLOSED", "runs._LETTER", "runs._LETTERS",
    *(
        name
        for name in PATTERNS
        if name.startswith("markdown_blocks.") and name.rpartition(".")[2] not in ("_CELL", "_CODE", "_DIGIT")
    ),
}  # fmt: skip
"""Patterns that are tried at one place of a text only."""
UNITS = (
    "[", "](", "![", "[![", "![[", "[a](", '"', "'", "`", "**", "*", "_", "~", " ", "\t", "\n", "\n\n", "<a", "<br>",
    "<p ", "<figure ", "<figure>", "<figcaption>", "<img ", "alt=", "&", "\n# ", "|", "-", "- ", "|-", "=", "$", "\\",
    "\\n", "a", "Ab ", "1", ". ", ".", "「", "“", "(", "C:\\", "\ntitle: ", ":", "{", "新", "a\n", "\n \n", "[a]: b\n",
    "src=",
)  # fmt: skip
RUNS = (
    ("<a", "a"), ("<figcaption>", " "), ('<img alt="', " "), ("title: a", " "), ("$", "\\"), ("|-|", " "), ("a", " "),
    ("<br>\n\n", " "), ('"', "a"), ("[", " "), ("](", "a."), ("![", "[b]"),
)  # fmt: skip
"""What a text begins with, and what it then repeats."""
TEXTS = [unit * (20_000 // len(unit)) for unit in UNITS] + [first + then * 20_000 + "\n<" for first, then in RUNS]
DOCUMENTS = (
    "<!-- a\n", "<!-- a -->\n", "<figure\n", "a|b\n-|-\n", "    a\n\n", "[a](b) ", "> a\n", "* a\n", "`a` ",
    "- [a](#b)\n", "a\n\n", "<br>", "Noon. ", "\\n", "<figure>\n", "<p>\n\n", "[a]:\n", "*a* ", "| a\n",
)  # fmt: skip
SLOW = 4.0
"""Seconds that nothing linear takes here, not even on a busy machine."""


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 50
    assert set(PATTERNS) > MATCHED


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_linear_time(name: str) -> None:
    pattern = PATTERNS[name]
    begin = process_time()
    for text in TEXTS:
        if name in MATCHED:
            pattern.match(text)
        else:
            for _ in pattern.finditer(text):
                pass
        assert process_time() - begin < SLOW, repr(text[:20])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_takes_linear_time(layout: str) -> None:
    for unit in DOCUMENTS:
        begin = process_time()
        maker(layout)(Document(unit * (50_000 // len(unit))))
        assert process_time() - begin < SLOW, repr(unit)
