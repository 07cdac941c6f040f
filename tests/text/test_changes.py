"""The smallest changes between two readings of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.text.changes import changes


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("cafÃ© oÃ¹", "café où", [(3, 5, "é"), (7, 9, "ù")]),
        ("\x80©º\x1b", "€©º", [(0, 1, "€"), (3, 4, "")]),
        ("a\x80©\x1bº\x1bb", "a€©ºb", [(1, 2, "€"), (3, 4, ""), (5, 6, "")]),
    ],
)
def test_characters_that_stay_are_no_part_of_a_change(old: str, new: str, found: list[tuple[int, int, str]]) -> None:
    assert list(changes(old, new)) == found


_words = st.text(st.sampled_from("ab é©º€\x80\x1bÃ—ж&;"), max_size=80)


@given(_words, _words)
def test_the_changes_lead_from_one_reading_to_the_other(old: str, new: str) -> None:
    parts, reached = [], 0
    for start, stop, fresh in changes(old, new):
        assert reached <= start <= stop
        parts += [old[reached:start], fresh]
        reached = stop
    assert "".join([*parts, old[reached:]]) == new
