"""A file that cleanwire keeps beside others is never one that a stranger put there."""

import errno
import io
import os
import sys
from pathlib import Path

import pytest

from cleanwire.errors import FileError
from cleanwire.io import own
from cleanwire.io.own import create_own, lock, locked, open_own, open_regular


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".story.txt.cleanwire-part"


def test_a_new_file_is_private_and_one_of_an_earlier_run_keeps_its_content(path: Path) -> None:
    with open_own(path) as file:
        file.write(b"begun")
    assert path.stat().st_mode & 0o777 == 0o600
    with open_own(path) as file:
        assert file.read() == b"begun"


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_refused_and_its_file_stays(path: Path, tmp_path: Path, there: bool) -> None:
    victim = tmp_path / "victim"
    if there:
        victim.write_bytes(b"mine")
    path.symlink_to(victim)
    with pytest.raises(FileError, match="is a link, not a file that cleanwire made"):
        open_own(path)
    assert victim.exists() == there


def test_a_file_with_another_name_is_refused(path: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"mine")
    os.link(tmp_path / "victim", path)
    with pytest.raises(FileError, match="2 hard links"):
        open_own(path)


def test_a_pipe_is_refused_at_once(path: Path) -> None:
    os.mkfifo(path)
    for opened in (open_own, open_regular):
        with pytest.raises(FileError, match="not a regular file"):
            opened(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another owner")
def test_a_file_of_another_user_is_refused(path: Path) -> None:
    path.touch()
    os.chown(path, 12345, 12345)
    with pytest.raises(FileError, match="of another user"):
        open_own(path)


def test_what_is_created_replaces_a_link_and_not_its_file(path: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"mine")
    path.symlink_to(tmp_path / "victim")
    with create_own(path) as file:
        file.write(b"new")
    assert (path.is_symlink(), path.read_bytes(), path.stat().st_mode & 0o777) == (False, b"new", 0o600)
    assert (tmp_path / "victim").read_bytes() == b"mine"


def test_a_link_that_comes_between_the_look_and_the_opening_is_not_followed(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.symlink_to(tmp_path / "victim")
    monkeypatch.setattr(os.path, "islink", lambda _: False)
    with pytest.raises(OSError, match="symbolic links"):
        open_own(path)
    assert not (tmp_path / "victim").exists()


def test_a_file_that_comes_between_the_removal_and_the_creation_is_not_taken(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"of a stranger")
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    with pytest.raises(FileExistsError):
        create_own(path)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        open_regular(tmp_path)


def test_a_file_is_locked_until_it_is_closed(path: Path) -> None:
    path.touch()
    with locked(path) as first, locked(path) as second:
        assert (first, second) == (True, False)
    with open(path, "rb") as file:
        assert lock(file)


def test_an_error_when_a_lock_is_closed_says_nothing_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stale(io.BufferedReader):
        def close(self) -> None:
            super().close()
            raise OSError(errno.ESTALE, "Stale file handle")

    path = tmp_path / "story.txt"
    path.write_bytes(b"She left.")
    monkeypatch.setattr(own, "open_regular", lambda path: Stale(io.FileIO(path)))
    with locked(path) as is_ours:
        assert is_ours


def test_a_file_counts_as_locked_where_nothing_can_be_locked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    path.touch()
    with open(path, "rb") as file:
        with monkeypatch.context() as without_locks:
            without_locks.setattr("fcntl.flock", fail)
            assert lock(file)
        monkeypatch.setitem(sys.modules, "fcntl", None)
        assert lock(file)
