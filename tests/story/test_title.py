"""Which line above the body is its title."""

import pytest

from cleanwire.document import Document
from cleanwire.story.metadata import HEADLINE, Metadata

STORY = "The council of Larvik will close the old harbour bridge for a year.\nTwo ferries will carry the children."


PAGE = "Post a comment\nLog in\nFollow us on Twitter\nPrivacy policy"


def title(*above: str, story: str = STORY, below: str = PAGE) -> str | None:
    doc = Document("\n".join([*above, story, below]))
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


@pytest.mark.parametrize(
    "line",
    [
        "Harbour bridge to close",
        "Pont du port : un an de travaux",
        "Brücke am Hafen wird gesperrt",
        "خبر إغلاق الجسر القديم",
        "旧港桥将关闭一年",
    ],
)
def test_a_headline_that_stands_alone_above_a_story_is_its_title(line: str) -> None:
    assert title(line, "", below="") == line


@pytest.mark.parametrize(
    "line",
    [
        "Who took the lamp?",
        "Come in, come in!",
        "— Come in, she said",
        "(The curtain falls)",
        "CHAPTER THE THIRD",
        "IV. The fishers of Larvik",
        "IV – The fishers of Larvik",
        "3. Stir the flour into the milk",
        "The third chapter",
        "larvik on the water",
        "She looked up. He was gone",
        "The rope was long,",
        "larvikpost.example",
        "What he said was —",
    ],
)
def test_in_prose_a_line_that_could_be_anything_is_no_title(line: str) -> None:
    assert title(line, below="") is None
    if line != "The third chapter":
        assert title(line, "", below="") is None


def test_a_line_within_prose_is_a_title_only_above_who_signs() -> None:
    assert title("Larvik Post", "Harbour bridge to close", below="") is None
    assert title("Larvik Post", "Harbour bridge to close", "By Ann Lee", below="") == "Harbour bridge to close"
    assert title("Harbour bridge to close", "May 3, 2017", below="") == "Harbour bridge to close"
    assert title("Harbour bridge to close", "May 3", below="") is None
