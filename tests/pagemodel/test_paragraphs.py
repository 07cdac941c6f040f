"""Paragraphs read the same whatever the habits of the dumper."""

import pytest

from cleanwire.document import Document
from cleanwire.pagemodel import characters, paragraphs

STORY = "The council voted on Monday, after a long debate in the old town hall, to close the bridge for a whole year."


def owners(*texts: str) -> list[int]:
    owner: list[int] = paragraphs.read(texts).owner.tolist()
    return owner


def test_a_line_goes_on_the_one_above_where_that_is_open_and_it_begins_small() -> None:
    assert owners("He told\nthe reporters\nthat it rained.\nhe left") == [0, 0, 0, 1]


def test_an_item_of_a_list_and_a_line_behind_a_blank_one_begin_anew() -> None:
    assert owners("News\n  • sport\n\nweather") == [0, 1, 2]


def test_a_text_wrapped_at_a_column_is_put_together() -> None:
    wrapped = (
        "The council voted on Monday, after a long debate in the old town hall of\n"
        "Larvik, to close the bridge for a year and to pay for a ferry across the\n"
        "Kattegat that will carry the children to school and the old to market."
    )
    assert owners("\n".join([wrapped] * 3)) == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert len(set(owners("Home\nNews\nSport\nThe council\nLarvik\nWeather\nJobs\nPets\nCars"))) == 9


def test_blank_texts_hold_no_paragraph() -> None:
    found = paragraphs.read(["", " \n\t", "One"])
    assert len(found) == 1
    assert found.bounds.tolist() == [0, 0, 0, 1]
    assert found.owner.tolist() == [0]
    assert found.sizes == (0, 0, 1)


def test_content_lines_are_those_of_a_document() -> None:
    text = "One\n \n\u200b\n\u3000\ufeff\n\x1c\nTwo\n"
    found = paragraphs.read([text, "Three"])
    assert found.sizes == (len(Document(text).lines), 1)
    assert found.owner.tolist() == [0, -1, -1, 1, 2]
    assert list(found.owned_lines()) == [(0, 0), (3, 1), (4, 2)]


def test_the_last_character_that_tells_stands_before_quotation_marks() -> None:
    found = paragraphs.read(["“He left.”\n« Où ? »\n(…\n“”"])
    assert found.last.tolist()[:2] == [characters.STOP, characters.QUESTION]
    assert found.last.tolist()[3] == characters.CLOSER


@pytest.mark.parametrize(
    "line", [STORY, "市议会星期一投票决定，将这座旧桥关闭一年。", "ผู้ว่าราชการ", "\ud800", "𝒜 \u2028"]
)
def test_any_character_has_a_kind(line: str) -> None:
    assert len(paragraphs.read([line])) == 1
