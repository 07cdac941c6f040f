"""Edits are applied in order, undone, and followed from text to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.edit import Edit, Route, Step, apply, revert, trace
from cleanwire.errors import OverlapError


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, list[Step], str]:
    """Draw a text, steps over it, and what they leave."""
    text = source = draw(st.text(st.sampled_from("abc\n "), max_size=20))
    made = []
    for number in range(draw(st.integers(0, 3))):
        places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        edits = [
            Edit(start, stop, draw(st.sampled_from(["", "x", "xyz", text[start:stop]])), "fix", "rule")
            for start, stop in zip(places[::2], places[1::2], strict=False)
        ]
        after, removed = apply(text, edits)
        made.append(Step(f"step {number}", tuple(edits), removed))
        text = after
    return source, made, text


@given(steps())
def test_steps_are_undone_one_by_one(made: tuple[str, list[Step], str]) -> None:
    source, applied, text = made
    for step in reversed(applied):
        text = revert(text, step)
    assert text == source


@given(steps())
def test_places_keep_their_order_and_ends_come_no_later_than_starts(made: tuple[str, list[Step], str]) -> None:
    source, applied, text = made
    route = Route(applied)
    starts = [route.back(place) for place in range(len(text) + 1)]
    ends = [route.back(place, end=True) for place in range(len(text) + 1)]
    assert starts == [trace(applied, place) for place in range(len(text) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= place <= len(source) for place in (*starts, *ends))


@given(steps())
def test_an_exact_place_outside_replaced_words_has_the_same_character(made: tuple[str, list[Step], str]) -> None:
    source, applied, text = made
    route = Route(applied)
    untouched = [place for place in range(len(text)) if all(not step.edits for step in applied)]
    assert all(route.is_exact(place) and source[route.back(place)] == text[place] for place in untouched)
    for place in range(len(text) + 1):
        if route.is_exact(place) and not any(edit.start == edit.stop for step in applied for edit in step.edits):
            assert route.forth(route.back(place)) >= place


@pytest.mark.parametrize(
    "edits",
    [
        (Edit(0, 3, "", "drop", "one"), Edit(2, 4, "", "drop", "two")),
        (Edit(3, 2, "", "drop", "one"),),
        (Edit(0, 9, "", "drop", "one"),),
    ],
)
def test_edits_that_overlap_or_leave_the_text_are_refused(edits: tuple[Edit, ...]) -> None:
    with pytest.raises(OverlapError, match="rule"):
        apply("abcde", edits)
