"""Sentences that are broken at links, and lines that stay apart."""

import pytest

from cleanwire import ARTICLE, Cleaner, Document
from cleanwire.views import nodes
from cleanwire.views.layout import layout_of, maker

LEAD = "The council of Osthaven voted on Monday to close the old harbour bridge"
BROKEN = """The council of Osthaven voted on Monday to close the
old harbour bridge
for a year, as the
Osthaven Courier
reported.
Officials said that the work would cost
nine million
, a third of it from the state.
Residents of the old town (and many
visitors
) had asked for a ferry.
Post a comment"""
WHOLE = "\n".join(
    [
        f"{LEAD} for a year, as the Osthaven Courier reported.",
        "Officials said that the work would cost nine million, a third of it from the state.",
        "Residents of the old town (and many visitors) had asked for a ferry.",
        "Post a comment",
    ]
)


def seen(text: str) -> str:
    view = maker("nodes")(Document(text))
    return view.doc.text if view else text


def test_sentences_are_joined() -> None:
    assert layout_of(BROKEN) == "nodes"
    assert seen(BROKEN) == WHOLE


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is open.\nthe ferry is not.",
        "Enlarge this image\ntoggle caption\nhide caption",
        "The bridge\nThe ferry\nThe train",
        "The bridge:\n* the ferry\n* the train",
        "The bridge\n... and the ferry",
        "The bridge\n\nand the ferry",
        "The bridge\n.com",
    ],
)
def test_other_lines_stay_apart(text: str) -> None:
    assert seen(text) == text


def test_a_link_needs_a_sentence_on_both_sides() -> None:
    assert seen("The council voted on Monday to close the\nBridge\nThe ferry runs.") == (
        "The council voted on Monday to close the\nBridge\nThe ferry runs."
    )
    assert seen("Menu\nBridge\nand ferry") == "Menu\nBridge\nand ferry"


def test_few_broken_lines_are_no_layout() -> None:
    story = "\n".join(["The council voted on Monday to close the bridge."] * 9)
    assert nodes.view(f"{story}\nIt said that the\nferry\nwould run.") is None
    assert nodes.view(BROKEN)


def test_a_line_that_goes_leaves_the_broken_sentences() -> None:
    result = Cleaner(ARTICLE)(BROKEN)
    assert result.text == BROKEN.removesuffix("\nPost a comment")
    assert result.undo() == BROKEN
