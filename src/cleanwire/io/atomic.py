"""Atomic writes: a file has its old content or its new one, never a part of either.

The new content is written to a temporary file in the same folder, brought to the disk, and renamed over the old file.
Whatever else writes a file step by step (a large output) ends with the same `rename_over`.
"""

import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_atomic(
    path: Path,
    content: Iterable[bytes],
    *,
    mode: int = 0o666,
    prepare: Callable[[Path], None] | None = None,
    durable: bool = True,
) -> None:
    """Write a file completely or not at all, replacing one that exists.

    A new file gets `mode`, less the umask.  `prepare` is called with the path of the temporary file before it is
    renamed; if it raises, nothing is changed.  Pass ``durable=False`` for what can be made again: the content may then
    be lost, but never partial, if the system crashes.  Raises `OSError`.

    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp(), "story.txt")
    >>> write_atomic(path, [b"She left ", b"at noon."])
    >>> path.read_bytes()
    b'She left at noon.'
    """
    temporary = path.with_name(f".{os.urandom(16).hex()}.tmp")
    try:
        write_new(temporary, content, mode=mode, prepare=prepare, durable=durable)
        rename_over(temporary, path, durable=durable)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


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


def rename_over(new: Path, path: Path, *, durable: bool = True) -> None:
    """Give `new`, a file in the folder of `path`, the name `path`, replacing a file that exists."""
    os.replace(new, path)
    if durable:
        sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Bring the content of a file to the disk."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, if the system can open folders."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
