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
