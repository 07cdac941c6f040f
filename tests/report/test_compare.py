"""Two cleanings compared, and the findings that other programs read."""

import json

import pytest

from cleanwire import Cleaner
from cleanwire.report.compare import Pair, Removed, compare
from cleanwire.report.findings import as_json, findings, read_findings, removed
from cleanwire.report.places import Place
from cleanwire.report.segments import segments
from cleanwire.report.shown import shown

TEXT = "0123456789" * 3
A, B, C = Removed(0, 5, "a"), Removed(10, 15, "b"), Removed(20, 25, "c")


@pytest.mark.parametrize(
    ("old", "new", "now", "before"),
    [
        ([], [], [], []),
        ([A, B], [A, B], [], []),
        ([A], [A, B], ["b"], []),
        ([A, B, C], [B], [], ["a", "c"]),
        ([Removed(0, 15, "x")], [A, B, C], ["c"], []),
        ([Removed(4, 11, "x")], [A, B], [], []),
        ([Removed(5, 10, "x")], [A, B], ["a", "b"], ["x"]),
        ([A], [Removed(2, 3, "x")], [], []),
    ],
)
def test_a_cut_counts_if_no_cut_of_the_other_touches_it(
    old: list[Removed], new: list[Removed], now: list[str], before: list[str]
) -> None:
    found = compare([Pair("a", TEXT, old, new)])
    assert [each.rule for each in found.now] == now
    assert [each.rule for each in found.before] == before
    assert found.different == bool(now or before)


def test_differences_are_sampled_and_counted() -> None:
    pairs = [Pair(f"{number}", TEXT, [], [A]) for number in range(1000)]
    (found,) = compare(pairs).now
    assert found.number == 1000
    assert 1 < len(found.samples) < 20
    assert compare(pairs).now == (found,)


def test_findings_are_read_as_they_were_written() -> None:
    result = Cleaner()("It wasnâ€™t.\n\nPhoto: Ann Lee/AFP\n\nPost a comment\n")
    written = json.loads("".join(as_json(findings("a.txt", result, {}))))
    assert read_findings(written) == {"a.txt": removed(result)}
    assert written[0]["rule"] == "encoding.mojibake"


def test_offsets_of_findings_are_of_the_source() -> None:
    source = "It wasnâ€™t.\n\n\tPhoto: Ann Lee/AFP  \n\nPost a comment\n"
    found = list(findings("a.txt", Cleaner()(source), {}))
    assert len(found) >= 5
    lines = source.split("\n")
    for each in found:
        assert source[each.start : each.end] == each.text
        if each.line == each.end_line:
            assert lines[each.line - 1][each.column - 1 : each.end_column - 1] == each.text


def fix(start: int, end: int, new: str = "") -> Place:
    return Place(start, end, TEXT[start:end], "fix", "space.x", None, kept=False, new=new)


def drop(start: int, end: int) -> Place:
    return Place(start, end, TEXT[start:end], "drop", "nav.en.x", None, kept=False, new="")


@pytest.mark.parametrize(
    "places",
    [
        [],
        [drop(0, 30)],
        [fix(0, 2), drop(5, 10), fix(6, 7), fix(20, 20, "x")],
        [fix(4, 6), drop(5, 10)],
        [fix(1, 5), fix(3, 7)],
        [fix(0, 0, "x"), drop(0, 5)],
    ],
)
def test_segments_are_the_source_and_number_their_edits(places: list[Place]) -> None:
    found = segments(TEXT, places)
    assert "".join(each.text for each in found) == TEXT
    assert all(places[each.number - 1] is each.place for each in found if each.place)
    assert [place for place in places if place.action == "drop"] == [
        each.place for each in found if each.place and each.place.action == "drop"
    ]


@pytest.mark.parametrize("text", ["Noon.", "Tab\tand\nline", "می‌خواهم", "क्‍ष", "👩‍🚀", "שלום"])
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize("text", ["\0", "\x1b", "\x7f", "\x85", "\u200e", "\u202e", "\u2066", "\ud800", "\u2028", "\r"])
def test_what_hides_or_acts_is_named(text: str) -> None:
    assert shown(f"a{text}b") not in (f"a{text}b", "ab")
