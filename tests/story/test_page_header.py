"""The head of a story on a whole page: its title shares words with it, and bylines stand beside that."""

from cleanwire.bylines.reader import Bylines
from cleanwire.compiled import surveyor
from cleanwire.document import Document
from cleanwire.edit import Part
from cleanwire.packs.load import builtin_packs
from cleanwire.story import page_header

BYLINES = Bylines(builtin_packs())
STORY = [
    "The council of Larvik will close the old harbour bridge for a year, the mayor said on Monday.",
    "Two ferries will carry the children to school, and the bus will go around by the tunnel.",
]


def named(*above: str, story: list[str] = STORY) -> dict[str, list[tuple[str, str, Part | None]]]:
    doc = Document("\n".join([*above, *story]))
    kept = range(len(above), len(doc.lines))
    found = page_header.read(doc, surveyor().survey(doc), BYLINES, list(kept))
    return {doc.lines[index]: [piece[1:] for piece in pieces] for index, pieces in sorted(found.items())}


def test_the_title_is_the_line_above_that_shares_most_words_with_the_story() -> None:
    found = named("Home", "Sport", "Ten recipes with pumpkin", "Harbour bridge to close for a year", "Read aloud")
    assert found == {"Harbour bridge to close for a year": [("title", page_header.TITLE, None)]}


def test_of_two_titles_the_one_nearer_to_the_story_is_its_own() -> None:
    found = named("Harbour bridge to close | The Larvik Post", "Home", "News", "Harbour bridge to close")
    assert list(found) == ["Harbour bridge to close"]


def test_a_sentence_a_menu_and_furniture_are_no_title() -> None:
    assert named("The council will close the harbour bridge.", "Harbour", "Share this article") == {}
    assert named() == {}
    doc = Document("Harbour bridge")
    assert page_header.read(doc, surveyor().survey(doc), BYLINES, []) == {}


def test_in_a_script_without_blanks_two_letters_are_a_word() -> None:
    story = ["市议会星期一投票决定，将这座旧桥关闭一年，市长说。"]
    title = "旧桥关闭一年市议会决定"
    assert list(named("首页", "体育新闻排行榜今日", title, story=story)) == [title]


def test_byline_and_date_beside_the_title_are_named_and_a_second_one_is_of_others() -> None:
    found = named("Harbour bridge to close", "By Ann Lee", "12 April 2019", "By Bo Roe")
    assert found["By Ann Lee"] == [("byline", "byline.en.by", "label"), ("byline", "byline.en.by", None)]
    assert found["12 April 2019"][0][0] == "date"
    assert all(part == "other" for _, _, part in found["By Bo Roe"])
