"""Texts whose line ends are tags, and texts that are the source of a page or speak of tags."""

import pytest

from cleanwire import ARTICLE, Cleaner, Document
from cleanwire.views import tags
from cleanwire.views.layout import layout_of, maker

STORY = [
    "The council of Osthaven voted on Monday to close the old harbour bridge for a year.",
    "Officials said that the work would cost nine million and begin in the first week of May.",
    "“We knew,” the mayor told reporters, “that the money would not last the winter.”",
]


def seen(text: str) -> str:
    view = maker("tags")(Document(text))
    return view.doc.text if view else text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Noon.<br>Night.", "Noon.\nNight."),
        ("Noon. <BR /> Night.", "Noon.\nNight."),
        ("Noon.<br><br/>Night.", "Noon.\n\nNight."),
        ("Noon.<br>\nNight.", "Noon.\nNight."),
        ("<p>Noon.</p><p>Night.</p>", "Noon.\n\nNight."),
        ("<p>Noon.</p>\n\n<p>Night.</p>\n", "Noon.\n\nNight.\n"),
        ("<div><p class='x'>Noon.</p></div><div>Night.</div>", "Noon.\n\nNight."),
        ("Buy:<ul><li>Salt</li><li>Bread</li></ul>", "Buy:\n\nSalt\n\nBread"),
        ("<b>Noon</b> &amp; <a href='/night'>night</a>.<br>Dawn&nbsp;too.", "Noon & night.\nDawn\u00a0too."),
    ],
)
def test_tags_are_shown_as_line_ends(text: str, shown: str) -> None:
    assert seen(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Use <br> or <p> to end a line.",
        "The tags (<br>) and `<p>` end lines.",
        "<html><body><p>Noon.</p><p>Night.</p></body></html>",
        "<table><tr><td>Noon.<br>Night.</td><td>Dawn.<br>Dusk.</td></tr></table>",
        "<p style='x'>Noon.</p>\n\n\n<p>Night.</p>\n\n\n",
        "a = b; c = {d}; e = f<br>g = h; i = {j}<br>",
        "One <br> only.",
        "1 < 2 and 3 > 2",
    ],
)
def test_sources_and_texts_about_tags_are_not_read(text: str) -> None:
    assert not tags.fits(text)


@pytest.mark.parametrize("mark", ["<br>", "<br/><br/>", "</p><p>", "</div>\n<div>", "<br />\n"])
def test_a_cut_takes_its_tag_along(mark: str) -> None:
    text = mark.join([STORY[0], "Advertisement", STORY[1], STORY[2], "Post a comment"])
    assert layout_of(text) == "tags"
    result = Cleaner(ARTICLE, skip=["escapes"])(text)
    assert result.layout == "tags"
    assert result.text == mark.join(STORY)
    assert result.undo() == text


def test_markup_inside_a_line_goes_with_it() -> None:
    text = f"<p>{STORY[0]}</p><p><b>Post a</b> <a href='/c'>comment</a></p>"
    assert Cleaner(ARTICLE)(text).text == f"<p>{STORY[0]}"


def test_quotation_marks_beside_a_tag_are_of_the_story() -> None:
    assert tags.fits('"Noon," she said, "or night."<br>"Night," he said.<br>"Then night."')
