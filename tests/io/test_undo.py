"""The undo store keeps what it must, and no more."""

import os
import time
from pathlib import Path

import pytest

from cleanwire import store
from cleanwire.io.undo import DAY, Store, default_folder, digest


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
    return {entry.manifest.path for entry in Store(folder).entries()}


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
