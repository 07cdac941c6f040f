"""Which line above the body is its title."""

import pytest

from cleanwire.cleaner import Cleaner
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


LONG = "\n".join([
    "The council of Larvik voted on Monday, after a long debate in the hall, to close the harbour bridge for a year.",
    "Two ferries will carry the children to school, the mayor of Larvik said, and the bus will go by the tunnel.",
    "The bridge was built when the harbour was still the whole town, and nobody has painted it since the last flood.",
])  # fmt: skip


def test_the_first_line_is_a_title_if_its_words_recur_in_the_paragraphs_below() -> None:
    assert title("Larvik closes the harbour bridge", story=LONG, below="") == "Larvik closes the harbour bridge"
    assert title("Seven recipes with pumpkin and cheese", story=LONG, below="") is None


@pytest.mark.parametrize(
    "line",
    [
        "Article 6. The harbour bridge of Larvik",
        "Ann: The bridge is closed. Bo: The harbour of Larvik",
        "The bridge was old. The council of Larvik knew. The harbour",
        "Larvik Harbour Bridge",
    ],
)
def test_an_article_of_a_law_speakers_sentences_and_a_name_are_no_title(line: str) -> None:
    assert title(line, story=LONG, below="") is None


def test_a_refrain_is_no_title() -> None:
    line = "Larvik closes the harbour bridge"
    assert title(line, story=f"{LONG}\n{line}", below="") is None


def test_a_text_of_many_paragraphs_has_more_headings_than_one() -> None:
    assert title("Larvik closes the harbour bridge", story="\n".join([LONG] * 14), below="") is None


def test_a_label_stands_before_the_title() -> None:
    doc = Document(f"Title: Larvik closes the bridge\n\n{LONG}")
    marks = Metadata(doc).marks()[0]
    assert [(doc.lines[0][mark.start : mark.stop], mark.part) for mark in marks] == [
        ("Title:", "label"), ("Larvik closes the bridge", None),
    ]  # fmt: skip


def test_on_a_page_a_line_that_has_nothing_to_do_with_the_story_is_no_title() -> None:
    assert title("Networks and other sites", "Home", story=LONG) is None
    assert (
        title("Networks and other sites", "Home", "Larvik closes its bridge", story=LONG) == "Larvik closes its bridge"
    )


def test_a_line_that_ends_in_a_credit_is_no_title() -> None:
    assert title("Workers on the harbour bridge Photo: Ann Lee", "", story=LONG, below="") is None


@pytest.mark.parametrize(
    ("level", "later", "expected"),
    [
        ("#", "## The ferries", "The old bridge of Osthaven"),
        ("#", "# The ferries", None),
        ("##", "# The ferries", None),
        ("##", "### The ferries", "The old bridge of Osthaven"),
    ],
)
def test_the_first_of_several_headings_of_one_level_is_no_title(level: str, later: str, expected: str | None) -> None:
    story = "The council of Osthaven voted on Monday to close the [old bridge](/bridge) for a year, said the mayor."
    text = f"{level} The old bridge of Osthaven\n\n{story}\n\n{later}\n\n{story}\n\n{story}"
    assert (Cleaner()(text).layout, Cleaner()(text).title) == ("markdown", expected)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("The wharf was dark that night.", ""),
        ("Nobody asked where the boats had gone!", ""),
        ("The court has therefore decided, in the wording of the second act on the", ""),
        ("", "and his brother drove the cart to the harbour of Larvik."),
    ],
)
def test_a_line_amid_sentences_is_no_title_of_prose(above: str, below: str) -> None:
    line = "Act on the old harbour bridge of Larvik"
    assert title(*filter(None, [above, line, below, "By Ann Lee"]), below="") != line
    assert title("Acts of the year", line, "By Ann Lee", below="") == line


def test_a_field_and_a_row_of_columns_are_no_sentence_above_a_title() -> None:
    line = "Harbour bridge of Larvik to close"
    fields = "Groups: boats.harbours, boats.bridges, boats.ferries.and.tunnels"
    assert title(fields, line, "By Ann Lee", below="") == line
    row = "Boats | Bridges | Ferries | Tunnels | Wharves | Weather | Money"
    assert title(row, line, "By Ann Lee", below="") == line


def test_a_long_line_above_prose_that_does_not_speak_of_it_is_a_sentence_without_its_stop() -> None:
    assert title("Lunch on Friday would suit me best if nobody else minds", "", below="") is None
    assert title("Lunch by the water", "", below="") == "Lunch by the water"


def test_of_a_script_without_capitals_a_stop_within_the_line_shows_two_sentences() -> None:
    story = "துறைமுகப் பாலம் ஒரு வருடம் மூடப்படும் என்று நகரசபை திங்கட்கிழமை முடிவு செய்தது."
    assert title("பாலம் மூடப்படும். படகுகள் ஓடும். பேருந்து செல்லும்", "", story=story, below="") is None


@pytest.mark.parametrize("salutation", ["Dear Ms. Lee,", "Liebe Frau Lee,", "Chère Madame Lee,", "Hyvä rouva Lee!"])
def test_the_addressee_of_a_letter_is_neither_title_nor_author(salutation: str) -> None:
    letter = f"Open letter to Ann Lee\n\n12 May 2021\n\nAnn Lee, Mayor\n\nPort Street 4\n\n{salutation}\n\n{STORY}"
    marks = Metadata(Document(letter)).marks()
    assert [mark.action for mark in marks[0]] == ["title"]
    assert 2 not in marks


def test_a_name_that_the_first_paragraph_repeats_is_what_a_text_is_about() -> None:
    story = "Ann Berta Lee (born 3 May 1950 in Larvik) was the first woman who sailed around the world alone."
    above = "Life of a sailor on the sea"
    doc = Document(f"{above}\n\nAnn Lee\n\n{story}")
    assert not [mark for found in Metadata(doc).marks().values() for mark in found if mark.action == "byline"]
    other = Document(f"{above}\n\nBo Roe\n\n{story}")
    assert [mark for found in Metadata(other).marks().values() for mark in found if mark.action == "byline"]
