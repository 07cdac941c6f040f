"""The task names counts names given, right and missed."""

import json
from datetime import date
from pathlib import Path

import pytest
import zstandard

from benchmarks.quality import names
from benchmarks.tools.data import LINES, NEWS, NEWS_RESIDUE, Choice
from cleanwire import Cleaner

TEXT = (
    "Rain falls on Oslo for a third day\n\nBy Ann Lee\n\nMay 3, 2024\n\n"
    "Rain fell on Oslo for a third day, and nobody left the house without a coat.\n\n"
    "The council of Oslo met in the old hall and closed the bridge for a year."
)
PAGE = {
    "id": "1", "url": "https://a.example/1", "page_type": "article", "title": "Rain falls on Oslo for a third day",
    "author": ["Ann Lee"], "publish_date": "2024-05-03",
    "lines": [{"t": line, "label": "body"} for line in TEXT.split("\n")],
}  # fmt: skip
OUTPUT = {"id": "1", "extractor": "trafilatura", "text": TEXT, "gold": "Rain falls on Oslo for a third day\n\nRain."}
PROSE = {"id": "2", "lang": "en", "genre": "novel", "A": "She left at noon.", "B": "She left at noon."}
FILES = {
    NEWS: PAGE, NEWS_RESIDUE: OUTPUT, names.DANIEL: {**PAGE, "title": None, "author": None, "publish_date": None},
    names.DANIEL_RESIDUE: OUTPUT, LINES: {**PAGE, "page_type": "forum"}, names.PROSE: PROSE,
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, row in FILES.items():
        (tmp_path / name).write_bytes(zstandard.ZstdCompressor().compress(json.dumps(row).encode()))
    return tmp_path


def test_names_are_counted_by_texts_and_field(data: Path) -> None:
    made = names.report(data, Choice())
    for field in names.FIELDS:
        assert made.figures[f"names.news ARTICLE {field} right of given %"].value == 100
        assert made.figures[f"names.news ARTICLE {field} found of held %"].value == 100
    assert made.figures["names.daniel ARTICLE title right of given %"].value == 100
    assert made.figures["names.prose titles given in 1,000 texts"].value == 0
    assert not any(name.startswith("names.lines") for name in made.figures)


def test_a_name_that_differs_is_wrong_and_one_that_lacks_is_missed() -> None:
    known = names.Gold(frozenset({"snow in bergen"}), ("bo roe",), date(2020, 1, 9))
    outcomes = {one.field: one for one in names.judge(known, TEXT + "\nBo Roe", Cleaner()(TEXT), "1")}
    assert [outcomes[field].right for field in names.FIELDS] == [False, False, False]
    assert [outcomes[field].held for field in names.FIELDS] == [False, True, False]
    missed = next(names.judge(known, "Snow in Bergen", Cleaner()("Snow"), "1"))
    assert (missed.given, missed.right, missed.held) == ("", None, True)


def test_the_only_heading_of_the_first_rank_is_a_title() -> None:
    heading = {"t": "Oslo drowns", "label": "other", "el": "h1"}
    assert "oslo drowns" in names.gold({**PAGE, "lines": [heading]}).titles
    assert "oslo drowns" not in names.gold({**PAGE, "lines": [heading, heading]}).titles
