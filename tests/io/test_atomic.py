"""A write is complete or has not happened, and what fails leaves no temporary file."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleanwire.errors import SyncWarning
from cleanwire.io.atomic import make_folder, rename_over, sync_folder, write_atomic, write_new


def failing() -> Iterator[bytes]:
    yield b"half of "
    raise OSError("disk full")


def test_a_file_is_created_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    write_atomic(path, [b"one ", b"two"])
    assert path.read_bytes() == b"one two"
    write_atomic(path, [])
    assert path.read_bytes() == b""
    assert os.listdir(tmp_path) == ["story.txt"]


def test_a_failure_while_writing_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"old")
    with pytest.raises(OSError, match="disk full"):
        write_atomic(path, failing())
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["story.txt"]


def test_prepare_sees_the_whole_content_and_can_refuse(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    seen: list[bytes] = []

    def refuse(new: Path) -> None:
        seen.append(new.read_bytes())
        raise PermissionError("not this one")

    with pytest.raises(PermissionError):
        write_atomic(path, [b"one ", b"two"], prepare=refuse)
    assert seen == [b"one two"]
    assert os.listdir(tmp_path) == []


def test_nobody_can_guess_the_name_of_the_temporary_file(tmp_path: Path) -> None:
    seen = set[str]()
    for _ in range(2):
        write_atomic(tmp_path / "story.txt", [b"new"], prepare=lambda new: seen.add(new.name))
    assert len(seen) == 2
    assert all(re.fullmatch(r"\.[0-9a-f]{32}\.tmp", name) for name in seen)


def test_the_mode_is_that_of_a_new_file(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_atomic(tmp_path / "open", [b""])
        write_atomic(tmp_path / "private", [b""], mode=0o600)
    finally:
        os.umask(mask)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("open", "private")] == [0o644, 0o600]


@pytest.mark.parametrize(("durable", "synced"), [(True, 2), (False, 0)])
def test_the_file_and_its_folder_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool, synced: int
) -> None:
    calls: list[int] = []
    monkeypatch.setattr(os, "fsync", calls.append)
    write_atomic(tmp_path / "story.txt", [b"new"], durable=durable)
    assert len(calls) == synced


def test_a_new_file_never_replaces_another(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_new(path, [b"new"])
    assert path.read_bytes() == b"old"


def test_a_file_written_step_by_step_is_renamed_over_another(tmp_path: Path) -> None:
    new, path = tmp_path / ".part", tmp_path / "story.txt"
    new.write_bytes(b"new")
    path.write_bytes(b"old")
    rename_over(new, path)
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["story.txt"]


@pytest.mark.parametrize("code", [errno.EINVAL, errno.EIO, errno.EACCES, errno.ENOTSUP])
@pytest.mark.parametrize("write", ["write_atomic", "rename_over"])
def test_a_folder_that_cannot_be_synced_is_a_warning_once_the_file_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, write: str
) -> None:
    new, path, sync = tmp_path / ".part", tmp_path / "story.txt", os.fsync
    new.write_bytes(b"new")
    path.write_bytes(b"old")

    def fail(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(code, os.strerror(code))
        sync(handle)

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.warns(SyncWarning, match="the folder cannot be synced"):
        write_atomic(path, [b"new"]) if write == "write_atomic" else rename_over(new, path)
    assert path.read_bytes() == b"new"


def test_the_check_comes_after_the_sync_and_can_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, calls = tmp_path / "story.txt", list[str]()
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", lambda _: calls.append("sync"))

    def refuse() -> None:
        calls.append("check")
        raise PermissionError("not this one")

    with pytest.raises(PermissionError, match="not this one"):
        write_atomic(path, [b"new"], check=refuse)
    assert calls == ["sync", "check"]
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["story.txt"]


def test_the_first_error_is_reported_if_the_temporary_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stay(*_: object, **__: object) -> None:
        raise OSError("read-only by now")

    monkeypatch.setattr(Path, "unlink", stay)
    with pytest.raises(OSError, match="disk full"):
        write_atomic(tmp_path / "story.txt", failing())


def test_a_rename_whose_answer_is_lost_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = tmp_path / "story.txt", os.replace

    def done(old: Path, new: Path) -> None:
        real(old, new)
        raise OSError(errno.ETIMEDOUT, "timed out")

    monkeypatch.setattr(os, "replace", done)
    write_atomic(path, [b"new"])
    assert path.read_bytes() == b"new"
    (tmp_path / "other").write_bytes(b"newer")
    rename_over(tmp_path / "other", path)
    assert path.read_bytes() == b"newer"


def test_a_file_that_somebody_removes_before_its_rename_is_not_taken_for_renamed(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"old")

    def remove() -> None:
        for each in tmp_path.glob(".*.tmp"):
            each.unlink()

    with pytest.raises(FileNotFoundError):
        write_atomic(path, [b"new"], check=remove)
    assert path.read_bytes() == b"old"


def test_what_is_written_is_synced_unless_it_can_be_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []  # sizes, since the whole content must be there by then
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_size))
    write_new(tmp_path / "first", [b"first"])
    assert synced == [5]
    write_new(tmp_path / "second", [b"second"], durable=False)
    assert synced == [5]


def test_a_folder_that_another_process_makes_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mkdir = Path.mkdir

    def made_twice(folder: Path, **named: Any) -> None:
        mkdir(folder, mode=0o700)
        mkdir(folder, **named)

    monkeypatch.setattr(Path, "mkdir", made_twice)
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_may_not_be_opened_is_not_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    sync_folder(tmp_path)


def test_why_a_folder_cannot_be_synced_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: int) -> None:
        raise OSError(errno.EINVAL, "no such thing here")

    monkeypatch.setattr(os, "fsync", refused)
    with pytest.warns(SyncWarning, match=r"the folder cannot be synced \(no such thing here\); what was written"):
        sync_folder(tmp_path)


def test_the_mode_of_a_new_file_is_limited_by_the_umask_alone(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        write_new(tmp_path / "new", [b""])
        write_atomic(tmp_path / "written", [b""])
    finally:
        os.umask(mask)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("new", "written")] == [0o666, 0o666]
