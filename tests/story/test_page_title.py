"""Which line of a whole page is the title of its story, and where the story begins."""

import pytest

from cleanwire.bylines.marks import Reading
from cleanwire.compiled import facts
from cleanwire.document import Document
from cleanwire.story.page_title import PageTitles, Title

STORY = [
    "The council of Larvik will close the old harbour bridge for a year, the mayor said on Monday.",
    "Two ferries will carry the children to school, and the bus will go around by the tunnel.",
    "The bridge was built when the harbour was a village, and nobody has painted it since.",
]
TITLE = "Harbour bridge to close for a year"


def best(*lines: str, kept: tuple[str, ...] = ()) -> tuple[str | None, str]:
    """Return the title and the first line of the story on a page of which the story and some more lines are kept."""
    doc = Document("\n".join([*lines, *STORY]))
    known, rows = facts(doc), [line for line, text in enumerate(doc.lines) if text in (*STORY, *kept)]
    words = "\n".join(doc.lines[line] for line in rows).casefold()

    def reading(line: int) -> Reading | None:
        return known.line(line).reading if 0 <= line < len(doc.lines) else None

    title, start = PageTitles(doc.lines, known, rows, words, reading).best()
    return None if title is None else doc.lines[title], doc.lines[start]


def test_a_page_without_a_title_begins_its_story_at_the_first_kept_line() -> None:
    assert best("Home", "News") == (None, STORY[0])
    assert Title(None, 3).line is None


def test_quotation_marks_are_no_trail() -> None:
    title = "Mayor calls the harbour bridge «a danger to children»"
    assert best("Home", title)[0] == title
    assert best("Home » News » Harbour bridge of Larvik closes")[0] is None


def test_a_line_of_a_menu_that_is_kept_is_no_beginning_of_the_story() -> None:
    menu = "Learn how to sail."
    lines = ["Courses", menu, "Weather", "Money", "Travel", "Sport", "Opinion", "Letters", "Puzzles", TITLE]
    assert best(*lines, kept=(menu,)) == (TITLE, STORY[0])


def test_a_title_that_the_page_repeats_stands_above_its_standfirst() -> None:
    standfirst = "Council of Larvik votes to close the old harbour bridge: two ferries carry the children"
    newest = [TITLE, *["Ten recipes"] * 20]
    assert best(*newest, TITLE, standfirst)[0] == TITLE


def test_the_latest_news_above_a_title_that_the_page_repeats_are_none() -> None:
    latest = "Ferries of Larvik carry the children to school"
    assert best(TITLE, *["Ten recipes"] * 20, latest, TITLE)[0] == TITLE


def test_a_line_with_the_name_of_the_site_gives_way_to_the_title_alone() -> None:
    assert best(f"{TITLE} | The Larvik Post", TITLE)[0] == TITLE


@pytest.mark.parametrize(
    "line", ["3. Harbour bridge of Larvik", "The old bridge of Larvik, closed by the council.", "पुल बंद है।"]
)
def test_an_item_and_a_sentence_are_no_title(line: str) -> None:
    assert best(line)[0] is None


def test_the_first_line_of_the_story_is_its_title_if_a_date_stands_below() -> None:
    assert best("Home", TITLE, "May 3, 2021", kept=(TITLE,)) == (TITLE, TITLE)


def test_a_short_line_that_is_kept_above_the_first_paragraph_may_be_the_title() -> None:
    assert best("Home", TITLE, kept=(TITLE,))[0] == TITLE


def test_a_line_of_a_menu_that_is_kept_says_nothing_of_the_story() -> None:
    menu = "Weather and travel news of the week"
    assert best(menu, "Home", TITLE, kept=(menu,))[0] == TITLE


def test_a_byline_below_shows_more_than_a_date() -> None:
    other = "Council of Larvik on the harbour bridge"
    assert best(other, "May 3, 2021", *["Home"] * 4, TITLE, "By Ann Lee", "Home")[0] == TITLE
