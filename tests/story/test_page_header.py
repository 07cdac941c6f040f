"""The head of a story on a whole page: its title shares words with it, and bylines stand beside that."""

from cleanwire.compiled import facts
from cleanwire.document import Document
from cleanwire.edit import Part
from cleanwire.story import page_header

STORY = [
    "The council of Larvik will close the old harbour bridge for a year, the mayor said on Monday.",
    "Two ferries will carry the children to school, and the bus will go around by the tunnel.",
]


def named(*above: str, story: list[str] = STORY) -> dict[str, list[tuple[str, str, Part | None]]]:
    doc = Document("\n".join([*above, *story]))
    kept = range(len(above), len(doc.lines))
    found = page_header.read(doc, facts(doc), list(kept))
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
    assert page_header.read(doc, facts(doc), []) == {}


def test_in_a_script_without_blanks_two_letters_are_a_word() -> None:
    story = ["市议会星期一投票决定，将这座旧桥关闭一年，市长说。"]
    title = "旧桥关闭一年市议会决定"
    assert list(named("首页", "体育新闻排行榜今日", title, story=story)) == [title]


def test_byline_and_date_beside_the_title_are_named_and_a_second_one_is_of_others() -> None:
    found = named("Harbour bridge to close", "By Ann Lee", "12 April 2019", "By Bo Roe")
    assert found["By Ann Lee"] == [("byline", "byline.en.by", "label"), ("byline", "byline.en.by", None)]
    assert found["12 April 2019"][0][0] == "date"
    assert all(part == "other" for _, _, part in found["By Bo Roe"])


STANDFIRST = "The council voted on Monday, after a long debate, to close the old harbour bridge of Larvik for a year."


def around(*lines: str, after: tuple[str, ...] = ()) -> dict[str, list[tuple[str, str | None]]]:
    """Return what is named of lines between a standfirst and the story, below a title, and after the story."""
    doc = Document("\n".join(["Harbour bridge to close", STANDFIRST, *lines, *STORY, *after]))
    begin = 2 + len(lines)
    found = page_header.read(doc, facts(doc), [1, *range(begin, begin + len(STORY))])
    return {doc.lines[line]: [(piece.action, piece.part) for piece in pieces] for line, pieces in found.items()}


def test_names_stand_below_a_standfirst() -> None:
    found = around("A ferry in the rain", "Ann Lee", "April 28, 2023")
    assert found["Ann Lee"] == [("byline", None)]
    assert found["April 28, 2023"] == [("date", None)]


def test_a_role_on_the_next_line_shows_who_an_author_is() -> None:
    assert around("A ferry in the rain", "A second one", "Ann Lee", "Staff Writer")["Ann Lee"] == [("byline", None)]
    assert "Ann Lee" not in around("A ferry in the rain", "A second one", "Ann Lee", "Rain and wind")


def test_one_word_below_a_label_is_a_name() -> None:
    assert around("By", "annlee")["annlee"] == [("byline", None)]


def test_capitalized_words_that_the_story_writes_small_are_no_name() -> None:
    assert "Ferries School" not in around("Ferries School", "April 28, 2023")


def test_a_labelled_byline_may_stand_after_the_story() -> None:
    assert around(after=("By Ann Lee",))["By Ann Lee"] == [("byline", "label"), ("byline", None)]
    assert around(after=("Written by", "Ann Lee"))["Ann Lee"] == [("byline", None)]
    assert around("By Bo Roe", after=("By Ann Lee",))["By Ann Lee"] == [("byline", "other"), ("byline", "other")]


def test_a_date_above_the_title_counts_only_if_none_stands_below() -> None:
    found = named("January 16, 2023", "Harbour bridge to close", "April 28, 2023")
    assert found["April 28, 2023"][0][2] is None
    assert found["January 16, 2023"][0][2] == "other"
    assert named("January 16, 2023", "Harbour bridge to close")["January 16, 2023"][0][2] is None


def test_a_trail_a_byline_and_sentences_are_no_title() -> None:
    assert named("News » Harbour » Bridge to close") == {}
    assert "By Harbour Bridge" not in [
        line for line, found in named("By Harbour Bridge").items() if found[0][0] == "title"
    ]
    assert named("The bridge is old. The harbour is older. The council will close it") == {}


def test_a_label_names_the_author_and_not_what_could_be_a_name() -> None:
    found = around("Serious Sailing", "By Ann Lee", "April 28, 2023")
    assert found["By Ann Lee"] == [("byline", "label"), ("byline", None)]
    assert "Serious Sailing" not in found


def test_who_checked_a_story_is_not_its_author() -> None:
    found = around("Reviewed by Bo Roe", "By Ann Lee")
    assert list(found) == ["Harbour bridge to close", "By Ann Lee"]
    assert list(around("Reviewed by Bo Roe")) == ["Harbour bridge to close"]
    assert list(around("Reviewed by", "Bo Roe")) == ["Harbour bridge to close"]
    found = around("Reviewed by Bo Roe, May 4, 2023")
    assert found["Reviewed by Bo Roe, May 4, 2023"] == [("date", None)]


def test_words_of_the_title_are_no_name() -> None:
    assert "Harbour Bridge" not in around("Harbour Bridge", "April 28, 2023")


def test_a_role_below_a_name_is_no_label_of_the_next_line() -> None:
    found = around("Ann Lee", "Reporter", "Expand")
    assert "Expand" not in found
    assert found["Ann Lee"] == [("byline", None)]


def test_a_line_that_begins_with_the_name_above_introduces_an_author() -> None:
    found = around(after=("Ann Lee", "Ann Lee writes about harbours and the people who live in them."))
    assert found["Ann Lee"] == [("byline", None)]
    assert "Ann Lee" not in around(after=("Ann Lee", "Weather of the week"))


def test_a_label_with_an_article_counts_beside_a_date() -> None:
    found = around("Par Le Port", "3 mai 2021")
    assert found["Par Le Port"] == [("byline", "label"), ("byline", None)]
    assert "Par Le Port" not in around("Par Le Port")


def test_what_stands_before_a_role_is_no_part_of_the_name() -> None:
    doc = Document("\n".join(["Harbour bridge to close", "By Ann Lee, Staff Writer", *STORY]))
    pieces = page_header.read(doc, facts(doc), [2, 3])[1]
    assert [doc.lines[1][: piece.stop] for piece in pieces] == ["By ", "By Ann Lee", "By Ann Lee, Staff Writer"]


def test_a_title_that_is_kept_as_story_is_taken_out_as_any_other() -> None:
    doc = Document("\n".join(["Home", "Harbour bridge to close", "April 28, 2023", *STORY]))
    found = page_header.read(doc, facts(doc), [1, 3, 4])
    assert [found[line][-1].action for line in sorted(found)] == ["title", "date"]


def test_a_name_that_the_page_prints_again_is_the_author() -> None:
    picture = "A crane at work over the harbour on the first morning of a long winter of repairs"
    assert "Ann Lee" not in around(picture, "Weather", "Ann Lee")
    assert "Ann Lee" in around(picture, "Weather", "Ann Lee", "Ann Lee")
    assert around(picture, "Weather", "Ann Lee", after=("More from Ann Lee",))["Ann Lee"] == [("byline", None)]


def test_a_name_printed_again_is_not_the_author_if_the_story_tells_of_it() -> None:
    told = "The mayor of the town said on Monday that Ann Lee would build the two ferries for the harbour."
    lines = ("A crane at work over the harbour", "Weather", "Ann Lee")
    doc = Document("\n".join(["Harbour bridge to close", STANDFIRST, *lines, *STORY, told, "More from Ann Lee"]))
    assert 4 not in page_header.read(doc, facts(doc), [1, 5, 6, 7])


def test_buttons_part_no_name_from_the_date() -> None:
    assert around("May 4, 2023", "Share this article", "Post a comment", "Ann Lee")["Ann Lee"] == [("byline", None)]


def test_a_person_is_the_author_and_not_the_site() -> None:
    found = around("By The Larvik Post, May 4, 2023", "Ann Lee", after=("© The Larvik Post",))
    assert found["Ann Lee"] == [("byline", None)]
    assert found["By The Larvik Post, May 4, 2023"] == [("date", None)]


def test_a_desk_or_a_name_with_its_role_signs_at_the_end() -> None:
    assert around(after=("LP-Redaktion",))["LP-Redaktion"] == [("byline", None)]
    assert around(after=("Ann Lee", "Senior Content Editor"))["Ann Lee"] == [("byline", None)]
    assert "Ann Lee" not in around(after=("Ann Lee", "Content"))
