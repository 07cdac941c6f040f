"""Escape sequences and tags that are read back, and those that are meant as they stand."""

import pytest

from cleanwire import ARTICLE, Cleaner, Document
from cleanwire.filters.escapes import EscapesFilter

ONLY = Cleaner((EscapesFilter(),))
STORY = [
    "The council of Osthaven voted on Monday to close the old harbour bridge for a year.",
    "Officials said that the work would cost nine million and begin in the first week of May.",
    "The mayor told reporters that the town would not wait any longer for the state.",
]
ESCAPED = r"\n".join(STORY)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\n\nNoon.", "\n\nNoon."),
        (r"\r\n\r\nNoon.", "\n\nNoon."),
        (r"\nThe mayor\u2019s ferry", "\nThe mayor’s ferry"),
        (r"\nA caf\xe9 and\u00a0more", "\nA café and\u00a0more"),
        (r"\n\"Noon,\" she said, \'or night\'", "\n\"Noon,\" she said, 'or night'"),
        (r"\n\tNoon.", "\n\tNoon."),
        (r"\nNoon \ud83d\ude00", "\nNoon \U0001f600"),
        (r"\nNorth\/South", "\nNorth/South"),
    ],
)
def test_sequences_are_read_where_the_line_ends_are_damaged(written: str, read: str) -> None:
    text = ESCAPED + written
    result = ONLY(text)
    assert result.layout == "escaped"
    assert result.text == "\n".join(STORY) + read
    assert result.undo() == text


@pytest.mark.parametrize(
    "kept",
    [r"C:\new\temp", r"[^\n]+", r"[\t]", r"\\n", r"\\server\notes", r"\ud83d", r"\u0007", r"\tmp", r"\d+", r"'\n'"],
)
def test_paths_patterns_and_halves_stay(kept: str) -> None:
    long = 4 * STORY
    text = r"\n\n".join(long)
    assert ONLY(f"{text} {kept} here").text == "\n\n".join(long) + f" {kept} here"


@pytest.mark.parametrize(
    "text",
    [
        r"Write \n for a line end and \t for a tab.",
        r"for (;;) { puts(\"a\\n\"); x = 1; }\n{ y = 2; }\n",
        r"The caf\u00e9 is open.",
        "He said &nbsp; and <br> end lines.",
        "Open C:\\new\\notes.txt and C:\\names\\nothing.txt.",
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert ONLY(text).steps == ()


def test_tags_that_end_lines_are_read() -> None:
    text = "<p>" + "</p>\n<p>".join(STORY) + "</p>"
    result = ONLY(text)
    assert (result.layout, result.text) == ("tags", "\n\n".join(STORY))
    assert result.undo() == text


@pytest.mark.parametrize(
    "text",
    [
        "<p class='lead'>" + "</p><p>".join(STORY) + "</p>",
        "<br>".join(STORY) + "<br>See <a href='/b'>the bridge</a>.",
        "<ul><li>Noon</li><li>Night</li></ul>",
    ],
)
def test_tags_that_say_more_stay(text: str) -> None:
    assert ONLY(text).text == text


def test_references_are_read_when_no_tag_is_left() -> None:
    text = "<br>".join(f"{line} R&amp;D &ldquo;too&rdquo;." for line in STORY)
    assert Cleaner(ARTICLE)(text).text == "\n".join(f"{line} R&D “too”." for line in STORY)


def test_a_layout_below_the_damage_is_read() -> None:
    text = ESCAPED + r"\nPost a comment"
    result = Cleaner(ARTICLE)(text)
    assert (result.layout, result.text) == ("escaped", "\n".join(STORY))
    assert Cleaner(ARTICLE)(result.text).steps == ()
    assert list(EscapesFilter()(Document(result.text))) == []
