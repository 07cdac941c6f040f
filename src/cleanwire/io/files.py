"""Read files, and replace them with their owner, mode and attributes kept; every failure is a `FileError`."""

import contextlib
import hashlib
import os
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cleanwire.errors import FileError
from cleanwire.io.atomic import Check, write_atomic
from cleanwire.io.own import locked, open_regular

CHUNK = 2**20
"""Number of bytes of a large file that are in memory at a time."""

UNCHANGED = "left unchanged"
NOTHING_WRITTEN = "nothing was written"


class Found(NamedTuple):
    """A regular file: its path with all links resolved, and its state when it was found."""

    real: Path
    stat: os.stat_result


def locate(path: Path) -> Found:
    """Find a regular file.

    Raises `FileError` if it does not exist, or is a folder, a pipe or a device.

    >>> locate(Path("nowhere.txt"))
    Traceback (most recent call last):
    cleanwire.errors.FileError: nowhere.txt: no such file
    """
    with _readable(path):
        real = Path(os.path.realpath(path, strict=True))
        found = Found(real, os.stat(real))
    if stat.S_ISDIR(found.stat.st_mode):
        raise FileError(f"{path}: is a folder; name the files in it")
    if not stat.S_ISREG(found.stat.st_mode):  # reading a pipe would wait forever
        raise FileError(f"{path}: is not a regular file; only files can be cleaned in place")
    return found


def read(path: Path, most: int = -1) -> tuple[Found, bytes]:
    """Find a regular file and read it, or its first bytes, `most` of them.

    Raises `FileError` as `locate` does, or if it cannot be read.
    """
    found = locate(path)
    with _readable(path), open_regular(found.real) as file:
        return Found(found.real, os.fstat(file.fileno())), file.read(most)


def chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file in chunks of `CHUNK` bytes."""
    with open(path, "rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file of any size, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_replaceable(path: Path, found: Found) -> None:
    """Raise `FileError` for a file that must not be replaced: one with several hard links, or a read-only one."""
    if found.stat.st_nlink > 1:
        raise FileError(
            f"{path}: skipped: replacing it would break its {found.stat.st_nlink} hard links; clean a copy instead"
        )
    # The mode is checked too: root can write every file, and the mode says what the owner wants.
    if not found.stat.st_mode & 0o222 or not os.access(found.real, os.W_OK):
        raise FileError(f"{path}: skipped: it is read-only; make it writable first")


def replace(
    path: Path, found: Found, content: Iterable[bytes], *, mode: int | None = None, mtime_ns: int | None = None
) -> None:
    """Replace the content of the file that was `found`; its owner and attributes stay.

    `mode` and `mtime_ns` set its mode and its modification time, in nanoseconds.  Raises `FileError` if it cannot be
    written, was changed since it was found, or is being replaced by another process.
    """

    def prepare(new: Path) -> None:
        _copy_attributes(found, new, mode, mtime_ns)

    with replacing(path, found) as check, explained(path, "cannot be written", UNCHANGED):
        write_atomic(found.real, content, mode=0o600, prepare=prepare, check=check)


@contextlib.contextmanager
def replacing(path: Path, found: Found) -> Iterator[Check]:
    """Lock the file that was `found`, and provide the last check before it is replaced.

    The check raises `FileError` if the file was changed since it was found; nothing can be checked at the very moment
    of the rename, but the time between is a few microseconds.  Raises `FileError` if another process has locked it.
    """

    def check() -> None:
        if not is_same(found):
            raise FileError(f"{path}: modified by another process while being cleaned; {UNCHANGED}; try again")

    with contextlib.ExitStack() as stack:
        with _readable(path):
            if not stack.enter_context(locked(found.real)):
                raise FileError(f"{path}: another cleanwire process is replacing it; {UNCHANGED}")
            check()
        yield check


def is_same(found: Found) -> bool:
    """Return True if the file that was `found` is still at its path, with the same content and attributes."""
    try:
        return _identity(os.stat(found.real)) == _identity(found.stat)
    except FileNotFoundError:
        return False


def is_replaced(found: Found) -> bool:
    """Return False only if the very file that was `found`, changed or not, is certainly still at its path."""
    try:
        now = os.stat(found.real)
    except OSError:
        return True
    return (now.st_dev, now.st_ino) != (found.stat.st_dev, found.stat.st_ino)


def copy_attributes(path: Path, found: Found, new: Path) -> os.stat_result:
    """Copy owner and attributes of `found` to `new`, fsync, and return its stat, which survives the rename."""
    with explained(path, "cannot be written", UNCHANGED), open(new, "r+b") as file:
        _copy_attributes(found, new, None, None)
        os.fsync(file.fileno())
        return os.fstat(file.fileno())


def set_mode(path: Path, new: Path, like: Path | None) -> None:
    """Give `new`, which will become `path`, the mode of the file that exists, else of `like`, and fsync it.

    Raises `FileError` if `path` is a file that must not be replaced.
    """
    with explained(path, "cannot be written", NOTHING_WRITTEN):
        mode = _mode_of_target(path)
        if mode is None:
            mode = os.stat(like).st_mode & 0o777 if like else 0o666 & ~_umask()
        with open(new, "r+b") as file:  # before its mode is set, which may be read-only
            os.chmod(new, stat.S_IMODE(mode))
            os.fsync(file.fileno())


def write_file(path: Path, data: bytes, like: Path | None = None, *, follow: bool = True) -> None:
    """Write a file atomically.

    A file that exists keeps its mode; a new one gets the mode of `like`, so that private data stays private.  A link is
    followed, or without `follow` refused.  Raises `FileError` if it cannot be written.
    """
    with explained(path, "cannot be written", NOTHING_WRITTEN):
        if not follow and os.path.islink(path):
            raise FileError(f"{path}: is a link, so {NOTHING_WRITTEN}; look at it, and remove it")
        mode = _mode_of_target(path)
        real = Path(os.path.realpath(path)) if follow else path
        if mode is None:
            write_atomic(real, (data,), mode=os.stat(like).st_mode & 0o777 if like else 0o666)
        else:
            kept = stat.S_IMODE(mode)
            write_atomic(real, (data,), mode=0o600, prepare=lambda new: os.chmod(new, kept))


@contextlib.contextmanager
def explained(path: Path | str, what: str, now: str) -> Iterator[None]:
    """Turn an `OSError` into a `FileError`: the path, what failed, why, and the state of things `now`."""
    try:
        yield
    except OSError as error:
        raise FileError(f"{path}: {what} ({error.strerror or error}); {now}") from error


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileError(f"{path}: no such file") from error
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror or error})") from error


def _mode_of_target(path: Path) -> int | None:
    """Return the mode of a file that is to be replaced, or None if it does not exist; raise for other files."""
    if not os.path.exists(path):
        return None
    mode = os.stat(path).st_mode
    if not stat.S_ISREG(mode):
        raise FileError(f"{path}: is not a regular file, so {NOTHING_WRITTEN}; choose another name")
    if not mode & 0o222:
        raise FileError(f"{path}: is read-only, so {NOTHING_WRITTEN}; make it writable first")
    return mode


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _copy_attributes(found: Found, new: Path, mode: int | None, mtime_ns: int | None) -> None:
    state = os.stat(new)
    if (state.st_uid, state.st_gid) != (found.stat.st_uid, found.stat.st_gid):
        os.chown(new, found.stat.st_uid, found.stat.st_gid)
    shutil.copystat(found.real, new)
    if mode is not None:
        os.chmod(new, mode)
    now = time.time_ns()
    os.utime(new, ns=(now, now if mtime_ns is None else mtime_ns))


def _identity(state: os.stat_result) -> tuple[int, ...]:
    # The time of the last change (ctime) cannot be set back by whoever restores the modification time.
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns
