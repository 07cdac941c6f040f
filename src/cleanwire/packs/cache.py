"""Cache of what is made of packs between processes, since TOML is slow to read and patterns are slow to compile.

The name of a cache file has a digest of all that it was made from, so it is never stale: other packs, another version
of the modules that make it, and another Python look for another file.  If no file can be written, all is made again.
The data are plain, and `marshal` reads them; it is no more to be trusted with a stranger's file than Python is with
compiled modules, so a file that another user could have written is not read.
"""

import marshal
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any, TypeVar
from zlib import crc32

from cleanwire.io.atomic import write_atomic
from cleanwire.io.own import open_regular

T = TypeVar("T")

_LEFT = 24 * 60 * 60
"""Seconds after which a temporary file is one that a killed process left."""
_FORM = f"9 {sys.implementation.cache_tag} {marshal.version}"
"""The version of the cached data; change it with their form."""


def folder() -> Path:
    """Return the folder of the cache: ``$XDG_CACHE_HOME/cleanwire``, else ``~/.cache/cleanwire``.

    >>> folder().name
    'cleanwire'
    """
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cleanwire"


def digest_of(sources: Iterable[bytes]) -> str:
    """Return a digest of some sources, in order, and of what else the form of the data depends on.

    >>> digest_of([b"a", b"b"]) == digest_of([b"ab"])
    False
    """
    digest = sha256(_FORM.encode())
    for source in sources:
        digest.update(f" {len(source)} ".encode())
        digest.update(source)
    return digest.hexdigest()[:32]


def code_digest(module: str, *others: str) -> str:
    """Return a digest of the source of a module, and of other files named from its folder; of data made by them."""
    folder = Path(module).parent
    return digest_of(path.read_bytes() for path in (Path(module), *(folder / other for other in others)))


def remembered(name: str, digest: str, parse: Callable[[], Any], make: Callable[[Any], T]) -> T:
    """Return ``make(parse())``; the result of `parse`, plain data, is from the cache if that has it.

    `digest` is that of all that the data are made from.  A cache file is used only if it is a regular file of this user
    or of root that nobody else can write, and is whole.
    """
    with suppress(Exception):  # missing, damaged, another's or of another form, or there is no home folder
        return make(_read(folder() / f"{name}-{digest}.bin"))
    made = parse()
    with suppress(OSError, RuntimeError):
        _keep(folder(), name, digest, marshal.dumps(made))
    return make(made)


def _read(path: Path) -> Any:
    """Read a cache file: the checksum of the data, and after a line end the data."""
    with open_regular(path) as file:
        found = os.fstat(file.fileno())
        if hasattr(os, "geteuid") and (found.st_uid not in (os.geteuid(), 0) or found.st_mode & 0o022):
            raise PermissionError(f"{path}: others can write it")
        known, data = file.readline(), file.read()
    if known != _checksum(data):
        raise ValueError(f"{path}: damaged")
    return marshal.loads(data)  # noqa: S302 - the checks above leave only what this user wrote


def _checksum(data: bytes) -> bytes:
    """Return the first line of a cache file, which shows damage; who may write the file is checked apart."""
    return b"%08x\n" % crc32(data)


def _keep(place: Path, name: str, digest: str, data: bytes) -> None:
    """Write a cache file atomically, and delete the ones of other packs, and what killed processes left."""
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{name}-{digest}.bin"
    write_atomic(path, (_checksum(data), data), mode=0o600, durable=False)
    for old in place.glob(f"{name}-*"):
        if old != path:
            old.unlink(missing_ok=True)
    for left in place.glob(".*.tmp"):
        if left.stat().st_mtime < time() - _LEFT:
            left.unlink(missing_ok=True)
