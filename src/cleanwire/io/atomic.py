"""Atomic writes: a file has its old content or its new one, never a part of either.

The new content is written to a temporary file in the same folder, brought to the disk, and renamed over the old file.
Whatever else writes a file step by step (a large output) ends with the same `rename_over`.
"""

import contextlib
import errno
import os
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

from cleanwire.errors import SyncWarning

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

_UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF)
"""What network file systems and those of virtual machines return for the sync of a folder."""

Check = Callable[[], None]
"""Called right before a file is renamed; raises if it must not be."""


def write_atomic(
    path: Path,
    content: Iterable[bytes],
    *,
    mode: int = 0o666,
    prepare: Callable[[Path], None] | None = None,
    check: Check | None = None,
    durable: bool = True,
) -> None:
    """Write a file completely or not at all, replacing one that exists.

    A new file gets `mode`, less the umask.  `prepare` is called with the path of the temporary file before it is
    synced, and `check` right before it is renamed; if either raises, nothing is changed.  Pass ``durable=False`` for
    what can be made again: the content may then be lost, but never partial, if the system crashes.  Raises `OSError`.

    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp(), "story.txt")
    >>> write_atomic(path, [b"She left ", b"at noon."])
    >>> path.read_bytes()
    b'She left at noon.'
    """
    temporary = path.with_name(f".{os.urandom(16).hex()}.tmp")
    try:
        write_new(temporary, content, mode=mode, prepare=prepare, durable=durable)
        if check:
            check()
        _rename(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):  # the first error is the one to report
            temporary.unlink()
        raise
    if durable:
        _sync_name(path)


def write_new(
    path: Path,
    content: Iterable[bytes],
    *,
    mode: int = 0o666,
    prepare: Callable[[Path], None] | None = None,
    durable: bool = True,
) -> None:
    """Write a file that must not exist yet; a failure may leave a part of it.  Arguments as for `write_atomic`."""
    with open(os.open(path, _FLAGS, mode), "wb") as file:
        for piece in content:
            file.write(piece)
        file.flush()
        if prepare:
            prepare(path)
        if durable:
            os.fsync(file.fileno())


def rename_over(new: Path, path: Path, check: Check | None = None) -> None:
    """Give `new`, a synced file in the folder of `path`, the name `path`, replacing a file that exists.

    `check` is called right before.  Once the file has its name nothing is raised: if the folder cannot be synced, a
    `SyncWarning` says so.
    """
    if check:
        check()
    _rename(new, path)
    _sync_name(path)


def _rename(new: Path, path: Path) -> None:
    """Rename `new`, which nobody else renames, to `path`.

    Some network file systems lose the answer of a rename that they have done, and report an error.
    """
    try:
        os.replace(new, path)
    except FileNotFoundError:  # somebody has removed it
        raise
    except OSError:
        try:
            os.lstat(new)
        except FileNotFoundError:
            return
        raise


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk.

    If the system or the file system cannot do that, a `SyncWarning` says so.  Raises `OSError` if it fails.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders; elsewhere it may be entered but not listed
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
        _warn(folder, error)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Create a folder that only its owner can read, and those above it, and bring the names of new ones to the disk."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def _sync_name(path: Path) -> None:
    """Sync the folder of a file that has just got its name; the file is replaced, so a failure is a warning."""
    try:
        sync_folder(path.parent)
    except OSError as error:
        _warn(path.parent, error)


def _warn(folder: Path, error: OSError) -> None:
    warnings.warn(
        f"{folder}: the folder cannot be synced ({error.strerror or error}); what was written is complete, but the "
        "names in it may be lost if the system crashes now",
        SyncWarning,
        stacklevel=2,
    )
