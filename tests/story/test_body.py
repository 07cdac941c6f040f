"""The body lies between the first and the last sentence that has another one near."""

import pytest

from cleanwire.document import Document
from cleanwire.story.body import body_range


@pytest.mark.parametrize(
    ("sentences", "first", "last"),
    [
        ([], 12, -1),
        ([4], 4, 4),
        ([0, 4, 5, 9], 4, 5),  # a lone one at either end is not of the body
        ([1, 4, 7], 1, 7),
        ([0, 4, 8], 0, 8),  # where none has a neighbour, all count
    ],
)
def test_first_and_last(sentences: list[int], first: int, last: int) -> None:
    body = body_range(Document("\n\n".join("x" * 12)), sentences)
    assert (body.first, body.last) == (first, last)
    assert [line for line in range(12) if not body.above(line) and not body.below(line)] == list(range(first, last + 1))


def test_without_sentences_every_line_is_outside_on_both_sides() -> None:
    body = body_range(Document("One\nTwo"), [])
    assert all(body.above(line) and body.below(line) for line in range(2))


def test_letters_above_count_sentences_alone() -> None:
    assert body_range(Document("Menu\n\nHe left.\nShe stayed."), [1, 2]).letters_above.tolist() == [0, 0, 8, 19]


MENU = [f"Section {number}" for number in range(6)]
LONG = "The council voted on Monday evening to close the old harbour bridge for a whole year, and the ferry runs."
TEASER = "Read what the harbour master says of it in our weekend edition."


def page(menu: list[str]) -> tuple[Document, list[int], list[int]]:
    """Return a page with two teasers above a menu and a story below it, its sentences, and the lines of the menu."""
    doc = Document("\n".join([TEASER, TEASER, *menu, *[LONG] * 30]))
    return doc, [0, 1, *range(2 + len(menu), len(doc.lines))], list(range(2, 2 + len(menu)))


def test_few_sentences_beyond_many_known_lines_are_not_of_the_body() -> None:
    doc, sentences, known = page(MENU)
    body = body_range(doc, sentences, known)
    assert (body.first, body.last) == (8, 37)
    assert 0 in body.sentences  # it is prose all the same, and is never bridged


@pytest.mark.parametrize("menu", [MENU[:5], ["19 euros"] * 6])
def test_few_known_lines_and_lines_that_repeat_part_nothing(menu: list[str]) -> None:
    doc, sentences, known = page(menu)
    assert body_range(doc, sentences, known).first == 0


def test_a_second_part_of_the_story_stays_in_the_body() -> None:
    doc = Document("\n".join([*[LONG] * 6, *MENU, LONG, LONG]))
    assert body_range(doc, [*range(6), 12, 13], list(range(6, 12))).last == 13


def test_the_share_above_a_line_leaves_out_what_stands_apart() -> None:
    doc = Document("\n".join([*[LONG] * 30, *MENU, TEASER, TEASER]))
    sentences = [*range(30), 36, 37]
    body = body_range(doc, sentences, list(range(30, 36)))
    assert body.share_above(30, len(doc.lines)) == 1.0
    assert body.share_above(15, len(doc.lines)) == 0.5
    assert body_range(doc, sentences).share_above(30, len(doc.lines)) < 1.0
