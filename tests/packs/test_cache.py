"""Parsed packs are kept between processes; a kept file is never stale, and nothing but what was kept."""

import errno
import marshal
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanwire.packs.cache import folder, remembered


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def never() -> list[object]:
    raise AssertionError("parsed though it was kept")


def kept() -> Path:
    """The file in the cache."""
    (path,) = folder().iterdir()
    return path


def test_what_was_parsed_is_kept(home: Path) -> None:
    assert remembered("packs", "a", lambda: [["any", []]], tuple) == (["any", []],)
    assert remembered("packs", "a", never, tuple) == (["any", []],)
    assert folder().parent == home


@pytest.mark.usefixtures("home")
def test_another_source_is_parsed_anew_and_takes_the_place() -> None:
    remembered("packs", "a", lambda: [1], tuple)
    assert remembered("packs", "b", lambda: [2], tuple) == (2,)
    assert kept().suffix == ".bin"
    assert remembered("packs", "a", lambda: [3], tuple) == (3,)


def cut() -> None:
    kept().write_bytes(kept().read_bytes()[:-1])


def changed() -> None:
    kept().write_bytes(kept().read_bytes().replace(marshal.dumps(1), marshal.dumps(9)))


def nested() -> None:
    kept().write_bytes(b"(" * 100_000)


def piped() -> None:
    path = kept()
    path.unlink()
    os.mkfifo(path)


def open_to_all() -> None:
    kept().chmod(0o666)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("damage", [cut, changed, nested, piped, open_to_all])
def test_a_file_that_may_not_be_what_was_kept_is_not_used(damage: Callable[[], None]) -> None:
    remembered("packs", "a", lambda: [1], tuple)
    damage()
    assert remembered("packs", "a", lambda: [4], tuple) == (4,)
    assert remembered("packs", "a", never, tuple) == (4,), "it was replaced"


@pytest.mark.usefixtures("home")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another owner")
def test_a_file_of_another_user_is_not_used() -> None:
    remembered("packs", "a", lambda: [1], tuple)
    os.chown(kept(), 12345, 12345)
    assert remembered("packs", "a", lambda: [4], tuple) == (4,)


@pytest.mark.usefixtures("home")
def test_rows_of_another_form_are_parsed_anew() -> None:
    remembered("packs", "a", lambda: [[1]], tuple)

    def pairs(rows: list[list[int]]) -> dict[int, int]:
        return {key: value for key, value in rows if value}

    assert remembered("packs", "a", lambda: [[1, 2]], pairs) == {1: 2}


def test_no_place_to_keep_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert remembered("packs", "a", lambda: [5], tuple) == (5,)


@pytest.mark.usefixtures("home")
def test_a_full_disk_leaves_no_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        assert remembered("packs", "a", lambda: [6], tuple) == (6,)
    assert list(folder().iterdir()) == []


@pytest.mark.usefixtures("home")
def test_what_a_killed_process_left_is_removed_after_a_day() -> None:
    folder().mkdir()
    old, new = folder() / ".a.tmp", folder() / ".b.tmp"
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    remembered("packs", "a", lambda: [1], tuple)
    assert (old.exists(), new.exists()) == (False, True)
