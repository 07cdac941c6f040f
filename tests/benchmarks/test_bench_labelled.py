"""Counts of lines and words on small pages, with a filter that makes given cuts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from benchmarks.quality.cuts import line_outcomes
from benchmarks.quality.labelled import Listing, Page, read_page
from benchmarks.tools.data import page_text
from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.edit import Action, Edit


@dataclass(frozen=True)
class Cuts:
    """Cut, or name, the first occurrence of each of `parts`."""

    parts: tuple[tuple[str, Action, str], ...]
    kept: bool = False
    name: str = "cuts"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        for words, action, rule in self.parts:
            start = doc.text.find(words)
            if start >= 0:
                yield Edit(start, start + len(words), words if self.kept else "", action, rule)


def page(*lines: tuple[str, str], in_gt: float = 1.0, **more: Any) -> dict[str, Any]:
    rows = [{"t": text, "label": label, "in_gt": in_gt if label == "body" else 0.0} for text, label in lines]
    return {"id": "p", "page_type": "article", "body_src": "gt", "lines": rows, **more}


NOTHING = Listing()
PROSE = "The ferry left at noon."


def read(row: dict[str, Any], *parts: tuple[str, Action, str], kept: bool = False, listing: Listing = NOTHING) -> Page:
    return read_page(Cleaner(filters=(Cuts(parts, kept),)), listing, row)


def test_half_of_a_line_is_out_and_less_is_not() -> None:
    row = page((PROSE, "body"), ("", "blank"), ("abcdefgh", "share"), ("ijklmnop", "share"))
    tally = read(row, ("efgh", "drop", "share.any.a"), ("ijk", "drop", "share.any.b")).tally
    assert tally.lines == {"body": 1, "share": 2}
    assert tally.removed["share", "drop"] == 1


def test_cuts_of_two_rules_add_up_and_the_larger_one_decides() -> None:
    row = page(("A bridge. Ann Lee", "caption"))
    tally = read(row, ("A bridge. ", "caption", "credit.any.a"), ("Ann", "drop", "nav.any.b")).tally
    assert tally.removed == {("caption", "caption"): 1}


def test_a_cut_over_an_earlier_cut_counts_once() -> None:
    text = "one two three four"
    first, second = Cuts((("two ", "drop", "a.any.a"),)), Cuts((("one three", "drop", "b.any.b"),), name="more")
    result = Cleaner(filters=(first, second))(text)
    (outcome,) = line_outcomes(result, text, [0])
    assert sum(stop - start for start, stop, _ in outcome.removed) == len("one two three")
    assert len(list(outcome.lost_words())) == 3


def test_a_cut_over_several_lines_falls_to_each() -> None:
    row = page(("one", "nav"), ("two", "nav"), (PROSE, "body"))
    tally = read(row, ("one\ntwo\n", "drop", "nav.any.a")).tally
    assert tally.removed["nav", "drop"] == 2
    assert tally.lost == 0


def test_words_lost_count_in_certain_prose_only() -> None:
    cut: tuple[str, Action, str] = ("left at ", "drop", "nav.any.a")
    found = read(page((PROSE, "body")), cut).tally
    assert (found.words, found.lost, found.rule_words) == (5, 2, {"nav.any.a": 2})
    assert read(page((PROSE, "body"), in_gt=0.5), cut).tally.words == 0
    assert read(page((PROSE, "body"), body_src="dom"), cut).tally.lost == 0
    assert read(page((PROSE, "other")), cut).tally.lost == 0


def test_the_parts_of_a_caption_count_as_one_rule() -> None:
    row = page(("AP/Lee", "credit"))
    parts: list[tuple[str, Action, str]] = [
        ("AP/", "caption", "credit.any.ap"),
        ("Lee", "caption", "credit.any.ap"),
    ]
    assert read(row, *parts).tally.rules == {("credit.any.ap", "caption", "credit"): 1}


@pytest.mark.parametrize(("action", "named"), [("byline", 1), ("date", 0)])
def test_a_byline_is_named_by_its_own_action(action: Action, named: int) -> None:
    tally = read(page(("By Ann Lee", "byline")), ("Ann Lee", action, "byline.en.by"), kept=True).tally
    assert tally.named["byline"] == named
    assert tally.removed["byline", action] == 0


def test_what_is_asked_for_is_listed() -> None:
    row = page(("Tweet", "share"), ("Teilen 12", "share"))
    found = read(row, ("Tweet", "drop", "share.en.tweet"), listing=Listing(rule="share.en", misses="share"))
    assert [cut.text for cut in found.cuts] == ["Tweet"]
    assert found.missed == ["Teilen 12"]
    assert read(row, ("Tweet", "drop", "share.en.tweet"), listing=Listing(rule="share.e")).cuts == []


def test_a_dump_holds_each_line_where_it_says() -> None:
    row = page(("a", "nav"), ("", "blank"), ("bcd", "body"))
    text, starts = page_text(row)
    assert [text[start : start + len(line["t"])] for start, line in zip(starts, row["lines"], strict=True)] == [
        "a",
        "",
        "bcd",
    ]
