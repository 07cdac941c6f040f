"""The command: it reports missing data, writes tables, and guards the floors."""

import json
from pathlib import Path
from typing import Any

import pytest
import zstandard

from benchmarks.quality import run as quality
from benchmarks.tools.floors import Floors


def store(path: Path, *rows: dict[str, Any]) -> None:
    path.write_bytes(zstandard.ZstdCompressor().compress("".join(json.dumps(row) + "\n" for row in rows).encode()))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    lines = [
        {"t": "The ferry left at noon.", "label": "body", "in_gt": 1.0},
        {"t": "", "label": "blank"},
        {"t": "Post a comment", "label": "comment_widget", "in_gt": 0.0},
    ]
    page = {"id": "p", "url": "https://example.org/a", "page_type": "article", "body_src": "gt", "lang": "en"}
    (tmp_path / "data").mkdir()
    store(tmp_path / "data" / "lines.jsonl.zst", {**page, "lines": lines})
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep floors in a file of the test's own."""
    place = tmp_path / "floors.json"
    Floors().write(place)
    monkeypatch.setattr(quality, "PATH", place)
    return place


def run(*words: object) -> int:
    return quality.main([*map(str, words)])


def test_no_data_is_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEANWIRE_DATA", raising=False)
    with pytest.raises(SystemExit, match="2"):
        run("--task", "lines")
    assert "CLEANWIRE_DATA" in capsys.readouterr().err


def test_tables_are_printed_and_written(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--task", "lines", "--out", tmp_path / "out.json") == 0
    shown = capsys.readouterr()
    assert "0 of 5 body words lost" in shown.out
    assert "lines: nothing pinned" in shown.err
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert written["lines"]["figures"]["lines.comment_widget out %"] == 100


def test_a_floor_that_no_longer_holds_fails(data: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--task", "lines", "--update") == 0
    assert run(data, "--task", "lines") == 0
    floors = json.loads(place.read_text(encoding="utf-8"))
    floors["pinned"]["lines"]["figures"]["lines.body words lost %"] = -1
    place.write_text(json.dumps(floors), encoding="utf-8")
    assert run(data, "--task", "lines") == 1
    assert "lines.body words lost %" in capsys.readouterr().err
    assert run(data, "--task", "lines", "--update") == 1
    assert run(data, "--task", "lines", "--update", "--allow-regression", "the floor was a slip") == 0
    assert "a slip" in place.read_text(encoding="utf-8")


def test_a_part_of_the_pages_pins_nothing(data: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(data, "--task", "lines", "--half", 0, "--update")
    assert "all pages" in capsys.readouterr().err
    assert Floors.read(place).pinned == {}


def test_the_halves_share_no_page(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for half in (0, 1):
        run(data, "--task", "lines", "--half", half)
        shown.append("1 pages" in capsys.readouterr().out)
    assert sorted(shown) == [False, True]
