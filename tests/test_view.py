"""The seam of views: filters see the text without its marks, or in capitals, and every edit is of the source."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.chain import run
from cleanwire.document import Document
from cleanwire.edit import Edit, Step
from cleanwire.filters import ARTICLE
from cleanwire.view import PLACEHOLDER, PROTECTED, Guard, View, folding
from tests.support import check_reversible

LINES = [
    "",
    "*Post a comment*",
    "* Facebook Comments",
    "**By** *Ann Lee*",
    "The council *voted* on Monday to close the **old bridge** for a year.",
    "*“We knew,” the mayor told Reuters, “that the money would not last the winter.”*",
    "A bridge at dawn. *REUTERS*/Ann Lee",
    "**A bridge at dawn.** Photo: *Ann Lee/AFP*",
    "(*Reporting by Ann Lee; Editing by Bo Roe*)",
    "OSLO (AP) - **Rain** fell on the town for a third day, and nobody left the harbour.",
    "Harbour **bridge** closes for a year",
    "*May 4, 2021*",
    "***",
    "Share  this   story",
]
texts = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join)


def marks(doc: Document) -> View | None:
    """Return the text without ``*``."""
    folds = [Edit(found.start(), found.end(), "", "fix", "mark") for found in re.finditer(r"\*+ ?", doc.text)]
    step = folding("marks", doc.text, folds)
    return View(doc, step) if step else None


def capitals(doc: Document) -> View:
    """Return the text with every word of small letters in capitals."""
    words = re.finditer("[a-z]+", doc.text)
    folds = [Edit(word.start(), word.end(), word[0].upper(), "fix", "capitals") for word in words]
    return View(doc, Step("lines", tuple(folds), tuple(fold.new.lower() for fold in folds)))


@pytest.mark.parametrize("view", [marks, capitals])
@given(text=texts)
def test_the_laws_hold_with_a_view(view: Callable[[Document], View | None], text: str) -> None:
    result = run(Document(text), ARTICLE, view=view)
    check_reversible(result, text)
    again = run(Document(result.text), ARTICLE, view=view)
    assert again.text == result.text


@given(text=texts)
def test_without_a_view_filters_see_the_text(text: str) -> None:
    assert run(Document(text), ARTICLE, view=lambda _: None) == run(Document(text), ARTICLE)


def test_a_view_without_marks_loses_what_the_plain_text_loses() -> None:
    source = "\n\n".join([LINES[4], LINES[1], LINES[9], LINES[2], LINES[8]])
    result = run(Document(source), ARTICLE, view=marks)
    assert result.text == f"{LINES[4]}\n\n{LINES[9]}"
    assert [span.text for span in result.spans if not span.kept] == [
        "*Post a comment*", "* Facebook Comments", "(*Reporting by Ann Lee; Editing by Bo Roe*)"
    ]  # fmt: skip
    assert result.dateline == "OSLO (AP)"


def test_names_are_those_of_the_source() -> None:
    source = f"Harbour bridge **closes** for a year\n\n{LINES[3]}\n\n{LINES[4]}\n\n{LINES[9]}"
    result = run(Document(source), ARTICLE, view=marks)
    assert result.text is source
    assert result.title == "Harbour bridge **closes** for a year"
    assert result.byline == "Ann Lee"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(0, 5, "", "drop", "nav"), (0, 9, "")),  # a line goes with its marks
        (Edit(0, 4, "Menu", "title", "t"), (2, 6, "Menu")),
        (Edit(5, 8, "", "drop", "nav"), (9, 16, "")),
        (Edit(9, 10, "", "drop", "nav"), (17, 18, "")),
        (Edit(0, 4, "Home", "fix", "f"), (2, 6, "Home")),
        (Edit(5, 8, "Two", "fix", "f"), None),  # a fix of what folds have changed is dropped
        (Edit(6, 7, "", "drop", "nav"), None),  # and an edit within it
    ],
)
def test_edits_are_carried_back(edit: Edit, expected: tuple[int, int, str] | None) -> None:
    source = Document("**Menu**\n&amp;xy. z")
    folds = [Edit(0, 2, "", "fix", "m"), Edit(6, 8, "", "fix", "m"), Edit(9, 16, "one", "fix", "m")]
    step = folding("markdown", source.text, folds)
    assert step
    view = View(source, step)
    assert view.doc.text == "Menu\none. z"
    assert [(found.start, found.stop, found.new) for found in view.to_source([edit])] == (
        [expected] if expected else []
    )


def test_protected_text_is_neither_cut_nor_named_nor_repaired() -> None:
    source = Document("Menu\n```\nx  y\n```\nMenu")
    step = folding("markdown", source.text, [Edit(5, 17, PLACEHOLDER, "fix", PROTECTED)])
    assert step
    view = View(source, step)
    assert view.doc.text == f"Menu\n{PLACEHOLDER}\nMenu"
    everything = view.to_source([Edit(0, len(view.doc.text), "", "drop", "nav")])
    assert [(edit.start, edit.stop) for edit in everything] == [(0, 5), (18, 22)]
    assert view.to_source([Edit(5, 6, PLACEHOLDER, "title", "t")]) == []
    assert view.guard.to_source([Edit(10, 12, " ", "fix", "space")]) == []


@pytest.mark.parametrize(
    ("start", "stop", "spared"),
    [
        (0, 2, True),
        (0, 3, False),
        (2, 2, False),
        (3, 4, False),
        (4, 4, True),
        (4, 6, True),
        (1, 7, False),
        (8, 9, False),
    ],
)
def test_a_guard_drops_edits_that_touch_what_it_protects(start: int, stop: int, spared: bool) -> None:
    edit = Edit(start, stop, "x", "fix", "f")
    assert Guard(Document("ab``cd``ef"), [(2, 4), (6, 8), (8, 9)]).to_source([edit]) == [edit] * spared
