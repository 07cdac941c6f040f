"""Counting lines and words on small pages, with a filter that cuts what it is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from benchmarks.quality.cuts import fates
from benchmarks.quality.labelled import Ask, Page, read_page
from benchmarks.tools.pages import dump
from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.edit import Edit, Lane


@dataclass(frozen=True)
class Told:
    """Cut, or name, each of `parts` where it first stands in the text."""

    parts: tuple[tuple[str, Lane, str], ...]
    kept: bool = False
    name: str = "told"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        for words, lane, rule in self.parts:
            start = doc.text.find(words)
            if start >= 0:
                yield Edit(start, start + len(words), words if self.kept else "", lane, rule)


def page(*lines: tuple[str, str], in_gt: float = 1.0, **more: Any) -> dict[str, Any]:
    rows = [{"t": text, "label": label, "in_gt": in_gt if label == "body" else 0.0} for text, label in lines]
    return {"id": "p", "page_type": "article", "body_src": "gt", "lines": rows, **more}


NOTHING = Ask()
PROSE = "The ferry left at noon."


def read(row: dict[str, Any], *parts: tuple[str, Lane, str], kept: bool = False, ask: Ask = NOTHING) -> Page:
    return read_page(Cleaner(filters=(Told(parts, kept),)), ask, row)


def test_half_of_a_line_is_out_and_less_is_not() -> None:
    row = page((PROSE, "body"), ("", "blank"), ("abcdefgh", "share"), ("ijklmnop", "share"))
    tally = read(row, ("efgh", "drop", "share.any.a"), ("ijk", "drop", "share.any.b")).tally
    assert tally.lines == {"body": 1, "share": 2}
    assert tally.out["share", "drop"] == 1


def test_cuts_of_two_rules_add_up_and_the_larger_gives_the_lane() -> None:
    row = page(("A bridge. Ann Lee", "caption"))
    tally = read(row, ("A bridge. ", "caption", "credit.any.a"), ("Ann", "drop", "nav.any.b")).tally
    assert tally.out == {("caption", "caption"): 1, ("caption", "gone or named"): 1}


def test_a_cut_over_an_earlier_cut_counts_once() -> None:
    text = "one two three four"
    result = Cleaner(filters=(Told((("two ", "drop", "a.any.a"),)), Told((("one three", "drop", "b.any.b"),))))(text)
    (fate,) = fates(result, text, [0])
    assert sum(stop - start for start, stop, _ in fate.cut) == len("one two three")
    assert len(list(fate.lost())) == 3


def test_a_cut_over_several_lines_falls_to_each() -> None:
    row = page(("one", "nav"), ("two", "nav"), (PROSE, "body"))
    tally = read(row, ("one\ntwo\n", "drop", "nav.any.a")).tally
    assert tally.out["nav", "drop"] == 2
    assert tally.lost == 0


def test_words_lost_count_in_certain_prose_only() -> None:
    cut: tuple[str, Lane, str] = ("left at ", "drop", "nav.any.a")
    found = read(page((PROSE, "body")), cut).tally
    assert (found.words, found.lost, found.rule_words) == (5, 2, {"nav.any.a": 2})
    assert read(page((PROSE, "body"), in_gt=0.5), cut).tally.words == 0
    assert read(page((PROSE, "body"), body_src="dom"), cut).tally.lost == 0
    assert read(page((PROSE, "other")), cut).tally.lost == 0


def test_the_parts_of_a_caption_count_as_one_rule() -> None:
    row = page(("AP/Lee", "credit"))
    parts: list[tuple[str, Lane, str]] = [
        ("AP/", "caption", "credit.any.ap.agency"),
        ("Lee", "caption", "credit.any.ap.name"),
    ]
    assert read(row, *parts).tally.rules == {("credit.any.ap", "caption", "credit"): 1}


@pytest.mark.parametrize(("lane", "named"), [("byline", 1), ("date", 0)])
def test_a_byline_is_named_by_its_own_lane(lane: Lane, named: int) -> None:
    tally = read(page(("By Ann Lee", "byline")), ("Ann Lee", lane, "byline.en.by.name"), kept=True).tally
    assert tally.named["byline"] == named
    assert tally.out["byline", lane] == 0


def test_what_is_asked_for_is_listed() -> None:
    row = page(("Tweet", "share"), ("Teilen 12", "share"))
    found = read(row, ("Tweet", "drop", "share.en.tweet"), ask=Ask(rule="share.en", misses="share"))
    assert [cut.text for cut in found.cuts] == ["Tweet"]
    assert found.missed == ["Teilen 12"]
    assert read(row, ("Tweet", "drop", "share.en.tweet"), ask=Ask(rule="share.e")).cuts == []


def test_a_dump_holds_each_line_where_it_says() -> None:
    row = page(("a", "nav"), ("", "blank"), ("bcd", "body"))
    text, starts = dump(row)
    assert [text[start : start + len(line["t"])] for start, line in zip(starts, row["lines"], strict=True)] == [
        "a",
        "",
        "bcd",
    ]
