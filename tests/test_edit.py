"""Edits are applied, reverted and followed back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.edit import Edit, Route, Step, apply, revert, trace
from cleanwire.errors import EditError


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    """A text and edits that fit it."""
    text = draw(st.text("ab \n", max_size=30))
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return text, tuple(Edit(start, stop, draw(st.text("xyz", max_size=4)), "fix", "rule") for start, stop in pairs)


def test_apply_returns_the_text_and_what_it_replaced() -> None:
    edits = (Edit(0, 1, "J", "fix", "a"), Edit(5, 5, ",", "fix", "b"), Edit(6, 12, "", "drop", "c"))
    assert apply("Hello wrold!", edits) == ("Jello, ", ("H", "", "wrold!"))
    assert apply("Hello", ()) == ("Hello", ())


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([Edit(0, 3, "", "drop", "one"), Edit(2, 4, "", "drop", "two")], "'two' edits 2:4.*end at 3"),
        ([Edit(4, 5, "", "drop", "one"), Edit(0, 1, "", "drop", "two")], "'two' edits 0:1"),
        ([Edit(-1, 2, "", "drop", "one")], "'one' edits -1:2"),
        ([Edit(3, 2, "", "drop", "one")], "'one' edits 3:2"),
        ([Edit(0, 6, "", "drop", "one")], "'one' edits up to 6, but the text ends at 5"),
        ([Edit(0, 1, "", "drop", "one"), Edit(1, 6, "", "drop", "two")], "'two' edits up to 6, but the text ends at 5"),
        ([Edit(0, 1, "", "remove", "one")], "'one' has the unknown action 'remove'; use fix, drop"),  # type: ignore[arg-type] # what callers without a type checker pass
    ],
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit], message: str) -> None:
    with pytest.raises(EditError, match=message):
        apply("Hello", edits)


@given(edited())
def test_revert_undoes_apply(given: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = given
    new, removed = apply(text, edits)
    assert revert(new, Step("filter", edits, removed)) == text
    assert len(new) == len(text) + sum(len(edit.new) - len(old) for edit, old in zip(edits, removed, strict=True))


@given(edited())
def test_offsets_stay_in_order_and_unchanged_text_is_found(given: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = given
    new, removed = apply(text, edits)
    route = Route([Step("filter", edits, removed)])
    back = [route.back(offset) for offset in range(len(new) + 1)]
    forth = [route.forth(offset) for offset in range(len(text) + 1)]
    assert back == sorted(back)
    assert forth == sorted(forth)
    for offset, char in enumerate(text):
        if not any(edit.start <= offset < edit.stop for edit in edits):
            assert new[route.forth(offset)] == char
            assert route.back(route.forth(offset)) == offset


@pytest.mark.parametrize(
    ("offset", "end", "source"), [(0, False, 6), (0, True, 0), (3, False, 9), (4, False, 14), (4, True, 10)]
)
def test_an_offset_at_a_gap_lies_after_it_or_before_it(offset: int, end: bool, source: int) -> None:
    steps = [Step("f", (Edit(0, 6, "", "drop", "a"), Edit(10, 14, "", "drop", "b")), ("Tweet ", "Like"))]
    assert apply("Tweet StayLike.", steps[0].edits)[0] == "Stay."
    assert trace(steps, offset, end=end) == source


def test_a_route_leads_over_several_steps_and_from_each() -> None:
    steps: Any = (
        Step("f", (Edit(0, 2, "", "drop", "a"),), ("ab",)),
        Step("g", (Edit(1, 2, "XY", "fix", "b"),), ("d",)),
    )
    route = Route(steps)
    assert apply(apply("abcdef", steps[0].edits)[0], steps[1].edits)[0] == "cXYef"
    assert [route.back(offset) for offset in range(6)] == [2, 3, 3, 4, 5, 6]
    assert route.back(1, before=1) == 3
    assert route.forth(4) == 3


def test_a_step_that_lacks_what_an_edit_replaced_is_not_reverted() -> None:
    edits = (Edit(0, 1, "J", "fix", "a"), Edit(5, 5, ",", "fix", "b"))
    with pytest.raises(ValueError, match="shorter"):
        revert("Jello,", Step("spelling", edits, ("H",)))


def test_a_gap_is_where_the_text_behind_it_was() -> None:
    # The second step cuts the first half of what the first one has put in for something longer.
    route = Route(
        [Step("one", (Edit(2, 5, "xy", "fix", "a"),), ("XYZ",)), Step("two", (Edit(1, 3, "", "drop", "b"),), ("bx",))]
    )
    assert [route.is_exact(pos) for pos in range(4)] == [True, False, True, True]
