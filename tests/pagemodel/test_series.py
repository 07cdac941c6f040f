"""Numbered headings stay where each stands above a paragraph of the story, in any script, and lists of teasers go."""

import pytest

from cleanwire.pagemodel.series import headings, may_be_in

STORY = "It was closed on Monday."


def kept(*lines: str) -> list[str]:
    found = [lines[line] for line in headings(lines, [line == STORY for line in lines])]
    assert not found or may_be_in("\n".join(lines))
    return found


@pytest.mark.parametrize("mark", ["{}. ", "{}) ", "{}: ", "{}、", "## {}. ", "\u3000{} ．"])
def test_a_series_stays_whole(mark: str) -> None:
    titles = [f"{mark.format(number)}桥 {number}" for number in range(1, 6)]
    assert kept("Menu", *[line for title in titles for line in (title, "Ann Lee", STORY)], "Menu") == titles


def test_a_heading_without_a_story_below_it_ends_a_series() -> None:
    assert kept("1. A", STORY, "2. B", STORY, "3. C", STORY, "4. D", "5. E", STORY) == ["1. A", "2. B", "3. C"]
    assert kept("1. A", STORY, "2. B", STORY, "3. C") == []


def test_a_number_out_of_order_and_a_paragraph_with_a_number_begin_nothing() -> None:
    assert kept("2. B", STORY, "3. C", STORY, "4. D", STORY) == []
    assert kept("1. A", STORY, "3. C", STORY, "4. D", STORY) == []
    assert kept("12:30", STORY, "1,000 people", STORY, "2 hours", STORY) == []


def test_a_list_of_teasers_goes() -> None:
    assert kept(STORY, "Most read", "1. Ferry sinks", "2. Bridge falls", "3. Bus burns", STORY) == []


def test_two_series_are_two() -> None:
    one = ["1. A", STORY, "2. B", STORY, "3. C", STORY]
    assert kept(*one, *one) == ["1. A", "2. B", "3. C"] * 2
