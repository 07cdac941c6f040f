"""A file keeps its owner, mode and attributes when it is replaced, and every failure names the file."""

import contextlib
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from cleanwire.errors import FileError
from cleanwire.io import files
from cleanwire.io.own import locked


def test_a_file_is_read_in_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "CHUNK", 4)
    path = tmp_path / "story.txt"
    path.write_bytes(b"She left.")
    assert list(files.chunks(path)) == [b"She ", b"left", b"."]
    found, data = files.read(path)
    assert (found.real, data) == (path.resolve(), b"She left.")


def test_replacing_keeps_the_mode_unless_another_is_given(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    files.replace(path, files.locate(path), [b"new"])
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
    files.replace(path, files.locate(path), [b"newer"], mode=0o600, mtime_ns=10**18)
    assert (path.read_bytes(), path.stat().st_mode & 0o777, path.stat().st_mtime_ns) == (b"newer", 0o600, 10**18)


def test_a_file_that_changed_since_it_was_found_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"old")
    found = files.locate(path)
    path.write_bytes(b"of another process")
    with pytest.raises(FileError, match=r"story\.txt: modified by another process"):
        files.replace(path, found, [b"new"])
    assert path.read_bytes() == b"of another process"
    assert os.listdir(tmp_path) == ["story.txt"]


def test_a_change_that_sets_the_time_back_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"noon")
    found = files.locate(path)
    time.sleep(0.05)  # longer than the tick by which a file system counts time
    path.write_bytes(b"dawn")
    os.utime(path, ns=(found.stat.st_mtime_ns, found.stat.st_mtime_ns))
    with pytest.raises(FileError, match="modified by another process"):
        files.replace(path, found, [b"new"])
    assert path.read_bytes() == b"dawn"


def test_a_change_while_the_new_file_is_synced_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, sync = tmp_path / "story.txt", os.fsync
    path.write_bytes(b"old")
    found = files.locate(path)

    def meddle(handle: int) -> None:
        path.write_bytes(b"of another process")
        sync(handle)

    monkeypatch.setattr(os, "fsync", meddle)
    with pytest.raises(FileError, match="modified by another process"):
        files.replace(path, found, [b"new"])
    assert path.read_bytes() == b"of another process"
    assert os.listdir(tmp_path) == ["story.txt"]


def test_a_file_that_another_cleaner_replaces_is_left(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"old")
    with locked(path), pytest.raises(FileError, match="another cleanwire process is replacing it; left unchanged"):
        files.replace(path, files.locate(path), [b"new"])
    assert path.read_bytes() == b"old"


def test_a_file_is_replaced_if_the_one_found_is_gone_or_unknown(tmp_path: Path) -> None:
    path, other = tmp_path / "story.txt", tmp_path / "other"
    path.write_bytes(b"old")
    other.write_bytes(b"new")
    found = files.locate(path)
    assert (files.is_same(found), files.is_replaced(found)) == (True, False)
    os.replace(other, path)
    assert (files.is_same(found), files.is_replaced(found)) == (False, True)
    path.unlink()
    assert (files.is_same(found), files.is_replaced(found)) == (False, True)


def test_a_link_is_not_followed_if_that_is_asked(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("victim")
    with pytest.raises(FileError, match="is a link, so nothing was written"):
        files.write_file(link, b"x", follow=False)
    assert not (tmp_path / "victim").exists()


def test_a_new_file_is_as_private_as_another(tmp_path: Path) -> None:
    like, path, new = tmp_path / "like", tmp_path / "path", tmp_path / "new"
    like.touch()
    like.chmod(0o600)
    files.write_file(path, b"x", like)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o664)
    files.write_file(path, b"y", like)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"y", 0o664)
    new.touch(0o666)
    files.set_mode(tmp_path / "target", new, like)
    assert new.stat().st_mode & 0o777 == 0o600
    files.set_mode(path, new, like)
    assert new.stat().st_mode & 0o777 == 0o664


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    """A function that sets the umask until the end of a test."""
    old = os.umask(0)
    yield os.umask
    os.umask(old)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(("mask", "mode"), [(0, 0o666), (0o027, 0o640)])
def test_a_new_file_has_the_mode_that_the_umask_leaves(
    tmp_path: Path, umask: Callable[[int], int], mask: int, mode: int
) -> None:
    umask(mask)
    files.write_file(tmp_path / "path", b"x")
    assert mode_of(tmp_path / "path") == mode
    (tmp_path / "new").touch(0o600)
    files.set_mode(tmp_path / "target", tmp_path / "new", None)
    assert mode_of(tmp_path / "new") == mode
    assert os.umask(mask) == mask


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("mode", [0o647, 0o756])
def test_every_bit_of_the_mode_of_another_is_taken(tmp_path: Path, mode: int) -> None:
    like, new = tmp_path / "like", tmp_path / "new"
    like.touch()
    like.chmod(0o6000 | mode)
    files.write_file(tmp_path / "path", b"x", like)
    new.touch(0o600)
    files.set_mode(tmp_path / "target", new, like)
    assert (mode_of(tmp_path / "path"), mode_of(new)) == (mode, mode)


def test_nobody_else_can_read_a_file_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, chmod, modes = tmp_path / "story.txt", os.chmod, list[int]()

    def note(new: Path, mode: int) -> None:
        modes.append(mode_of(new))
        chmod(new, mode)

    path.write_bytes(b"old")
    path.chmod(0o644)
    monkeypatch.setattr(shutil, "copystat", lambda _, new: modes.append(mode_of(new)))
    files.replace(path, files.locate(path), [b"new"])
    monkeypatch.setattr(os, "chmod", note)
    files.write_file(path, b"newer")
    assert modes == [0o600, 0o600]


@pytest.mark.parametrize(("mode", "writable"), [(0o401, False), (0o444, False), (0o420, True), (0o402, True)])
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can write what its owner cannot")
def test_what_nobody_may_write_is_read_only(tmp_path: Path, mode: int, writable: bool) -> None:
    path = tmp_path / "story.txt"
    path.touch()
    path.chmod(mode)
    for write in (partial(files.check_replaceable, path, files.locate(path)), partial(files.write_file, path, b"x")):
        with contextlib.nullcontext() if writable else pytest.raises(FileError, match="read-only"):
            write()


def test_a_path_that_cannot_be_read_is_told_with_the_reason(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    with pytest.raises(FileError) as caught:
        files.locate(loop)
    assert str(caught.value) == f"{loop}: cannot be read (Too many levels of symbolic links)"


def test_a_link_is_followed_when_its_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    link = tmp_path / "link"
    link.symlink_to("folder/story.txt")
    files.write_file(link, b"x")
    assert link.is_symlink()
    assert (tmp_path / "folder/story.txt").read_bytes() == b"x"


@pytest.mark.parametrize(("name", "message"), [("folder", "not a regular file"), ("locked", "read-only")])
def test_what_must_not_be_replaced_is_refused(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "locked").touch(0o444)
    with pytest.raises(FileError, match=f"{name}: is {message}, so nothing was written"):
        files.write_file(tmp_path / name, b"x")


def test_a_system_error_becomes_one_that_names_the_path() -> None:
    with (
        pytest.raises(FileError, match=r"^news: cannot be written \(No such file or directory\); left unchanged$"),
        files.explained("news", "cannot be written", files.UNCHANGED),
    ):
        os.stat("/nowhere/at/all")
