"""Read a file, and replace it whole or not at all: what every door that writes files stands on."""

import contextlib
import hashlib
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from cleanwire.errors import FileError

CHUNK = 2**20
"""So many bytes of a large file are held at a time."""


class Found(NamedTuple):
    """A file as it was found: its own path behind all links, and its state at that time."""

    real: Path
    stat: os.stat_result


def locate(path: Path) -> Found:
    """Find a regular file.

    Raises `FileError` for what is none, is a folder, or is not there.

    >>> locate(Path("nowhere.txt"))
    Traceback (most recent call last):
    cleanwire.errors.FileError: nowhere.txt: there is no such file
    """
    with _readable(path):
        real = Path(os.path.realpath(path, strict=True))
        found = Found(real, os.stat(real))
    if stat.S_ISDIR(found.stat.st_mode):
        raise FileError(f"{path}: is a folder; name the files in it")
    if not stat.S_ISREG(found.stat.st_mode):  # a pipe would wait for ever
        raise FileError(f"{path}: is no regular file; only files are cleaned in place")
    return found


def read(path: Path) -> tuple[Found, bytes]:
    """Find a regular file and read it whole; raises `FileError` as `locate` does, and where it cannot be read."""
    found = locate(path)
    with _readable(path), open(found.real, "rb") as file:
        return Found(found.real, os.fstat(file.fileno())), file.read()


def chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file, piece by piece."""
    with open(path, "rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal, however large it is."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def guard(path: Path, found: Found) -> None:
    """Refuse a file that must not be replaced: raises `FileError`."""
    if found.stat.st_nlink > 1:
        raise FileError(
            f"{path}: has {found.stat.st_nlink} hard links, which replacing it would part, so it is left as it was; "
            "clean a copy of it"
        )
    # By its mode, too: for root every file is writable, and the mode says what its owner wants.
    if not found.stat.st_mode & 0o222 or not os.access(found.real, os.W_OK):
        raise FileError(f"{path}: is read-only, so it is left as it was; make it writable first")


def replace(
    path: Path, found: Found, content: Iterable[bytes], *, mode: int | None = None, mtime_ns: int | None = None
) -> None:
    """Give the file that was `found` other bytes, and leave it its owner and all its attributes."""
    with explained(path, "cannot be written", "it is as it was"):
        _write(found.real, content, 0o600, lambda new: _dress(path, found, new, mode, mtime_ns))


def dress(path: Path, found: Found, part: Path) -> os.stat_result:
    """Give `part`, a new file, the owner and the attributes of the file that was `found`, and bring it to the disk.

    Returns the state that `part` has now, and keeps when it takes the other's name.
    """
    with explained(path, "cannot be written", "it is as it was"):
        _dress(path, found, part, None, None)
        _sync(part)
        return os.stat(part)


def install(path: Path, part: Path, real: Path) -> None:
    """Give `part`, a file in the folder of `real`, the name of `real`, in one act."""
    with explained(path, "cannot be written", "it is as it was"):
        os.replace(part, real)
        sync_folder(real.parent)


def prepare(path: Path, part: Path, like: Path | None) -> None:
    """Give `part`, which is to become `path`, the mode of the file that is there, else of `like`; bring it to the disk.

    Raises `FileError` where `path` is a file that must not be replaced.
    """
    real = Path(os.path.realpath(path))
    with explained(path, "cannot be written", "nothing was changed"):
        mode = _replaceable(path, real)
        if mode is None:
            mode = os.stat(like).st_mode & 0o777 if like else 0o666 & ~_umask()
        os.chmod(part, stat.S_IMODE(mode))
        _sync(part)


def write_file(path: Path, data: bytes, like: Path | None = None) -> None:
    """Write a file that is there wholly or not at all, as a new one in its folder.

    A file that is there keeps its mode; a new one gets that of `like`, so that what was private stays so.

    Raises `FileError` where it cannot be written.
    """
    real = Path(os.path.realpath(path))
    with explained(path, "cannot be written", "nothing was changed"):
        mode = _replaceable(path, real)
        if mode is None:
            _write(real, (data,), os.stat(like).st_mode & 0o777 if like else 0o666)
        else:
            _write(real, (data,), 0o600, lambda temporary: os.chmod(temporary, stat.S_IMODE(mode)))


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system lets a folder be opened."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def explained(path: Path | str, what: str, now: str) -> Iterator[None]:
    """Turn a failure of the system into a `FileError`."""
    try:
        yield
    except OSError as error:
        raise FileError(f"{path}: {what} ({error.strerror or error}); {now}") from error


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileError(f"{path}: there is no such file") from error
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror})") from error


def _replaceable(path: Path, real: Path) -> int | None:
    """Return the mode of the file that is there, or None; refuse one that must not be replaced."""
    if not os.path.exists(real):
        return None
    mode = os.stat(real).st_mode
    if not stat.S_ISREG(mode):
        raise FileError(f"{path}: is no regular file, so nothing was written; name another")
    if not mode & 0o222:
        raise FileError(f"{path}: is read-only, so nothing was written; make it writable first")
    return mode


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _dress(path: Path, found: Found, new: Path, mode: int | None, mtime_ns: int | None) -> None:
    state = os.stat(new)
    if (state.st_uid, state.st_gid) != (found.stat.st_uid, found.stat.st_gid):
        os.chown(new, found.stat.st_uid, found.stat.st_gid)
    shutil.copystat(found.real, new)
    if mode is not None:
        os.chmod(new, mode)
    now = time.time_ns()
    os.utime(new, ns=(now, now if mtime_ns is None else mtime_ns))
    if _state(os.stat(found.real)) != _state(found.stat):
        raise FileError(f"{path}: somebody wrote to it meanwhile, so it is left as it is; try again")


def _write(real: Path, content: Iterable[bytes], mode: int, finish: Callable[[Path], None] | None = None) -> None:
    """Write `content` beside `real`, `finish` the new file, bring it to the disk, and give it the name of `real`."""
    temporary = real.with_name(f".{uuid4().hex}.tmp")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            for piece in content:
                file.write(piece)
            file.flush()
            if finish:
                finish(temporary)
            os.fsync(file.fileno())
        os.replace(temporary, real)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(real.parent)


def _sync(path: Path) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def _state(state: os.stat_result) -> tuple[int, int, int, int]:
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns
