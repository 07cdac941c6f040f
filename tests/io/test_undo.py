"""The undo store keeps what it must, and no more."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanwire.errors import FileError
from cleanwire.io import undo as store
from cleanwire.io.undo import Entry, Manifest, Store, default_folder, digest

DAY = 86_400


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, in days."""
    now = [1000.0]
    monkeypatch.setattr(time, "time", lambda: now[0] * DAY)
    monkeypatch.setattr(time, "time_ns", lambda: int(now[0] * DAY * 1e9))
    touch = Path.touch

    def touch_now(path: Path) -> None:
        touch(path)
        os.utime(path, (now[0] * DAY, now[0] * DAY))

    monkeypatch.setattr(Path, "touch", touch_now)
    return now


def keep(folder: Path, name: str, data: bytes) -> None:
    Store(folder).keep(Path(name), (data,), digest(b"new"), os.stat(folder.parent))


def kept(folder: Path) -> set[str]:
    return {entry.manifest.path for entry in Store(folder).entries() if isinstance(entry, Entry)}


def test_old_copies_go(tmp_path: Path, clock: list[float]) -> None:
    folder = tmp_path / "state"
    keep(folder, "first", b"1")
    clock[0] += 29
    keep(folder, "second", b"2")
    assert kept(folder) == {"first", "second"}
    clock[0] += 2
    keep(folder, "third", b"3")
    assert kept(folder) == {"second", "third"}
    assert len(list(folder.joinpath("undo").rglob("*.old"))) == 2


def test_the_oldest_of_too_much_go(tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "KEPT_BYTES", 25)
    folder = tmp_path / "state"
    for name in ("first", "second", "third"):
        keep(folder, name, b"0123456789")
        clock[0] += 0.1
    assert kept(folder) == {"first", "second", "third"}, "none that is younger than a day goes"
    clock[0] += 2
    keep(folder, "fourth", b"")
    assert kept(folder) == {"second", "third", "fourth"}


def test_a_copy_is_kept_for_thirty_days(tmp_path: Path, clock: list[float]) -> None:
    keep(tmp_path, "first", b"1")
    clock[0] += 28
    keep(tmp_path, "second", b"2")
    clock[0] += 2
    keep(tmp_path, "third", b"3")
    assert kept(tmp_path) == {"first", "second", "third"}
    clock[0] += 1
    keep(tmp_path, "fourth", b"4")
    assert kept(tmp_path) == {"second", "third", "fourth"}


@pytest.mark.parametrize("size", [2**31, 3 * 2**29])
def test_four_gigabytes_are_kept(
    tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(Entry, "size", size)
    for name in ("first", "second", "third"):
        keep(tmp_path, name, b"")
        clock[0] += 0.1
    clock[0] += 2
    keep(tmp_path, "fourth", b"")
    assert kept(tmp_path) == {"second", "third", "fourth"}


def test_what_is_a_day_old_is_kept_whatever_its_size(
    tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Entry, "size", 2**40)
    keep(tmp_path, "first", b"1")
    clock[0] += 1
    keep(tmp_path, "second", b"2")
    assert kept(tmp_path) == {"first", "second"}
    clock[0] += 1
    keep(tmp_path, "third", b"3")
    assert kept(tmp_path) == {"second", "third"}


def test_the_store_is_pruned_once_a_day(tmp_path: Path, clock: list[float]) -> None:
    keep(tmp_path, "first", b"1")
    clock[0] += 29.5
    for days, names in ((0.75, {"first"}), (0.25, set[str]())):
        keep(tmp_path, "second", b"2")
        clock[0] += days
        keep(tmp_path, "third", b"3")
        assert kept(tmp_path) == {"second", "third"} | names


@pytest.mark.usefixtures("clock")
def test_the_store_is_not_pruned_twice_at_one_moment(tmp_path: Path) -> None:
    keep(tmp_path, "first", b"1")
    manifest = next(tmp_path.rglob("*.json"))
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {"cleaned": 0}))
    keep(tmp_path, "second", b"2")
    keep(tmp_path, "third", b"3")
    assert kept(tmp_path) == {"first", "second", "third"}


@pytest.mark.parametrize(("size", "names"), [(65_536, {"first"}), (65_537, set[str]())])
def test_a_manifest_has_a_longest_size(tmp_path: Path, size: int, names: set[str]) -> None:
    keep(tmp_path, "first", b"1")
    manifest = next(tmp_path.rglob("*.json"))
    manifest.write_bytes(manifest.read_bytes().rjust(size))
    assert kept(tmp_path) == names


def test_a_manifest_cut_short_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    keep(folder, "first", b"1")
    manifest = next(folder.rglob("*.json"))
    manifest.write_bytes(manifest.read_bytes()[:20])
    assert kept(folder) == set()


def test_where_the_store_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEANWIRE_STATE", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert default_folder() == Path.home() / ".local" / "state" / "cleanwire"
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    assert default_folder() == Path("/state/cleanwire")
    monkeypatch.setenv("CLEANWIRE_STATE", "/own")
    assert default_folder() == Path("/own")


def test_a_clock_that_jumps_ahead_removes_nothing_at_once(tmp_path: Path, clock: list[float]) -> None:
    folder = tmp_path / "state"
    keep(folder, "first", b"1")
    clock[0] += 5
    keep(folder, "second", b"2")
    clock[0] += 9000
    keep(folder, "third", b"3")
    assert kept(folder) == {"first", "second", "third"}
    clock[0] -= 9000  # it is right again, and the stamp of the last pruning is in the future
    clock[0] += 26
    keep(folder, "fourth", b"4")
    assert kept(folder) == {"second", "third", "fourth"}


@pytest.mark.parametrize(("second", "names"), [(22.5, {"first", "second", "third"}), (24, {"second", "third"})])
def test_after_a_jump_of_the_clock_a_copy_ages_by_a_week(
    tmp_path: Path, clock: list[float], second: float, names: set[str]
) -> None:
    keep(tmp_path, "first", b"1")
    clock[0] += second
    keep(tmp_path, "second", b"2")
    clock[0] += 9000
    keep(tmp_path, "third", b"3")
    assert kept(tmp_path) == names


ODD: list[tuple[str, object]] = [
    ("path", 5),
    ("path", "deep/../first"),
    ("path", "another"),
    ("path", "\ud800"),
    ("before", "0"),
    ("after", None),
    ("mode", "420"),
    ("mode", 0o10644),
    ("mode", True),
    ("mode", -1),
    ("mode", 0o10000),
    ("mtime_ns", 2**63),
    ("mtime_ns", -(2**63) - 1),
    ("mtime_ns", 0.5),
    ("cleaned", "now"),
    ("cleaned", float("nan")),
    ("more", 1),
]


@pytest.mark.parametrize(("key", "value"), ODD, ids=[f"{key} {value!a}" for key, value in ODD])
def test_a_manifest_of_a_stranger_is_passed_over_and_stops_nothing(
    tmp_path: Path, clock: list[float], key: str, value: object
) -> None:
    folder = tmp_path / "state"
    keep(folder, "first", b"1")
    manifest = next(folder.rglob("*.json"))
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {key: value}))
    clock[0] += 2
    keep(folder, "second", b"2")
    assert kept(folder) == {"second"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("mode", 0), ("mode", 0o7777), ("mtime_ns", -(2**63)), ("mtime_ns", 2**63 - 1), ("cleaned", 10**18)],
)
def test_a_manifest_may_hold_what_a_file_system_can(tmp_path: Path, key: str, value: int) -> None:
    keep(tmp_path, "first", b"1")
    manifest = next(tmp_path.rglob("*.json"))
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {key: value}))
    assert kept(tmp_path) == {"first"}


def deep(path: Path) -> None:
    path.write_text("[" * 100_000)


def listed(path: Path) -> None:
    path.write_text("[]")


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("damage", [deep, listed, piped])
def test_what_is_not_a_manifest_is_passed_over(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    folder = tmp_path / "state"
    keep(folder, "first", b"1")
    damage(next(folder.rglob("*.json")))
    assert kept(folder) == set()


def test_every_new_folder_of_the_store_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced, sync = set[int](), os.fsync

    def note(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        sync(handle)

    monkeypatch.setattr(os, "fsync", note)
    state = tmp_path / "deep" / "state"
    state.parent.mkdir()
    keep(state, "first", b"1")
    folders = [state.parent, state, state / "undo", *(state / "undo").iterdir()]
    assert {folder.stat().st_ino for folder in folders} <= synced


def test_a_copy_that_cannot_be_kept_leaves_no_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError("no space left")

    keep(tmp_path / "state", "first", b"1")  # the folders exist
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space left"):
        keep(tmp_path / "state", "first", b"2")
    (old,) = (tmp_path / "state").rglob("*.old")
    assert old.read_bytes() == b"1"


def test_what_cannot_be_read_is_told_and_the_others_are_listed(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    keep(folder, "first", b"1")
    (folder / "undo/loop").symlink_to("loop")
    found = list(Store(folder).entries())
    assert [each.manifest.path for each in found if isinstance(each, Entry)] == ["first"]
    (error,) = (str(each) for each in found if isinstance(each, FileError))
    assert error == (
        f"{folder / 'undo/loop'}: the undo store cannot be read (Too many levels of symbolic links); check the disk"
    )
    with pytest.raises(OSError, match="levels of symbolic links"):
        Store(tmp_path / "state/undo/loop").of(Path("first"))


def test_a_store_that_cannot_be_read_is_not_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "undo").symlink_to("undo")
    (error,) = Store(tmp_path).entries()
    assert isinstance(error, FileError)
    assert "the undo store cannot be read" in str(error)


def test_what_is_no_entry_is_passed_over(tmp_path: Path) -> None:
    keep(tmp_path, "first", b"1")
    (place,) = (tmp_path / "undo").iterdir()
    (place / "1.json").mkdir()
    (place / "2.json").write_bytes(b"{")
    (tmp_path / "undo/file").write_bytes(b"")
    assert kept(tmp_path) == {"first"}


def test_an_entry_may_be_forgotten_twice(tmp_path: Path) -> None:
    keep(tmp_path, "first", b"1")
    (entry,) = Store(tmp_path).of(Path("first"))
    assert entry.size == 1
    entry.forget()
    entry.forget()
    assert (entry.size, kept(tmp_path)) == (0, set())


def test_stores_and_entries_are_values(tmp_path: Path) -> None:
    keep(tmp_path, "first", b"1")
    (one,), (two,) = (Store(tmp_path).of(Path("first")) for _ in range(2))
    assert {one, two, one.manifest, Store(tmp_path)} == {one, two.manifest, Store(tmp_path)}


@pytest.mark.usefixtures("clock")
def test_an_entry_says_what_the_file_was(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"old")
    path.chmod(0o6751)
    os.utime(path, ns=(0, 10**18 + 1))
    entry = Store(tmp_path / "state").keep(path, (b"o", b"ld"), digest(b"new"), os.stat(path))
    assert entry.manifest == Manifest(str(path), digest(b"old"), digest(b"new"), 0o6751, 10**18 + 1, 1000.0 * DAY)
    assert (entry.old.read_bytes(), Store(tmp_path / "state").of(path)) == (b"old", [entry])
    assert entry.file.read_text().startswith('{\n "path": '), "it can be read by hand"
