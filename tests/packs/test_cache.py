"""Parsed packs are kept between processes, and never stale."""

from pathlib import Path

import pytest

from cleanwire.packs.cache import folder, remembered


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def never() -> list[object]:
    raise AssertionError("parsed though it was kept")


def test_what_was_parsed_is_kept(home: Path) -> None:
    assert remembered({"any": b"a"}, lambda: [["any", []]]) == [["any", []]]
    assert remembered({"any": b"a"}, never) == [["any", []]]
    assert folder().parent == home


@pytest.mark.usefixtures("home")
def test_another_source_is_parsed_anew_and_takes_the_place() -> None:
    remembered({"any": b"a"}, lambda: [1])
    assert remembered({"any": b"b"}, lambda: [2]) == [2]
    assert [file.suffix for file in folder().iterdir()] == [".json"]
    assert remembered({"any": b"a"}, lambda: [3]) == [3]


@pytest.mark.usefixtures("home")
def test_a_broken_file_is_parsed_anew() -> None:
    remembered({"any": b"a"}, lambda: [1])
    next(folder().iterdir()).write_text("{", encoding="utf-8")
    assert remembered({"any": b"a"}, lambda: [4]) == [4]


def test_no_place_to_keep_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert remembered({"any": b"a"}, lambda: [5]) == [5]
