"""Files that cleanwire itself keeps beside others: opened only if nobody else can have put them there.

Their names are known in advance, so a stranger who may write to the folder can put a link, a pipe or a file of his own
there.  What is opened here is a regular file of this user with one name.
"""

import contextlib
import os
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import IO

from cleanwire.errors import FileError

_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # opening a pipe would wait for its other end
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def open_own(path: Path) -> IO[bytes]:
    """Open a file of one's own for reading and writing; create it, readable by its owner only, if it does not exist.

    Raises `FileError` for a link, what is not a regular file, a file with several names, and one of another user, and
    `OSError` if it cannot be opened.

    >>> from tempfile import mkdtemp
    >>> with open_own(Path(mkdtemp(), "journal")) as file:
    ...     file.write(b"begun")
    5
    """
    if os.path.islink(path):  # for systems without O_NOFOLLOW, and for a message that says what is wrong
        raise _not_ours(path, "a link")
    handle = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK | _NO_WAIT | _BINARY, 0o600)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise _not_ours(path, "not a regular file")
        if found.st_nlink > 1:
            raise _not_ours(path, f"a file with {found.st_nlink} hard links")
        if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
            raise _not_ours(path, "a file of another user")
        return os.fdopen(handle, "r+b")
    except BaseException:
        os.close(handle)
        raise


def create_own(path: Path) -> IO[bytes]:
    """Create a file that only its owner can read, in place of one that an interrupted run left.

    Raises `OSError` if that fails.
    """
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY, 0o600), "r+b")


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading, without waiting if it is a pipe.

    Raises `FileError` for what is not a regular file, and `OSError` if it cannot be opened.

    >>> open_regular(Path(os.devnull))
    Traceback (most recent call last):
    cleanwire.errors.FileError: /dev/null: is not a regular file
    """
    handle = os.open(path, os.O_RDONLY | _NO_WAIT | _BINARY)
    try:
        if stat.S_ISDIR(mode := os.fstat(handle).st_mode):
            raise IsADirectoryError(f"{path}: is a folder")
        if not stat.S_ISREG(mode):
            raise FileError(f"{path}: is not a regular file")
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def lock(file: IO[bytes]) -> bool:
    """Lock a file for this process until it is closed, if the system supports that; return False if it is locked."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


@contextlib.contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Lock the file at a path while it is replaced, so that two cleaners never replace one file at a time.

    Yields False if another process has locked it.  The lock belongs to the file, not to its name, so nothing is left
    when a process is killed.
    """
    file = open_regular(path)
    try:
        yield lock(file)
    finally:
        with contextlib.suppress(OSError):  # nothing was written to it, and the other file may have its name by now
            file.close()


def _not_ours(path: Path, what: str) -> FileError:
    return FileError(f"{path}: is {what}, not a file that cleanwire made; look at it, and remove it")
