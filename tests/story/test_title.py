"""Which line above the body is its title."""

from cleanwire.document import Document
from cleanwire.story.metadata import HEADLINE, Metadata

STORY = "The council of Larvik will close the old harbour bridge for a year.\nTwo ferries will carry the children."


def title(*above: str, story: str = STORY) -> str | None:
    doc = Document("\n".join([*above, story]))
    found = [line for line, marks in Metadata(doc).marks().items() if any(mark.rule == HEADLINE for mark in marks)]
    return doc.lines[found[0]] if found else None


def test_the_longest_line_above_is_the_title() -> None:
    assert (
        title("News from here", "Harbour bridge to close for a whole year")
        == "Harbour bridge to close for a whole year"
    )


def test_a_line_above_a_byline_goes_before_a_longer_one() -> None:
    above = ["Home", "Ten recipes with pumpkin and cheese", "News", "Sport", "Harbour bridge to close", "By Ann Lee"]
    assert title(*above) == "Harbour bridge to close"


def test_a_byline_or_a_date_is_no_title() -> None:
    assert title("By Ann Lee and Bo Roe", "May 4, 2021, 10:30") is None


def test_a_text_that_begins_with_its_body_has_none() -> None:
    assert title() is None


def test_without_a_body_the_first_line_alone_may_be_the_title() -> None:
    assert title("Harbour bridge to close", "", "Home", story="News") == "Harbour bridge to close"
    assert title("Harbour bridge to close", "Home", story="News") is None
