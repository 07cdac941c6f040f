"""Cache of parsed packs between processes, since TOML is slow to read.

The name of the cache file is a digest of all that it was made from, so it is never stale: other packs, or another
version of this module, look for another file.  If no file can be written, the packs are parsed again.
"""

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any, TypeVar

from cleanwire.io.atomic import write_atomic
from cleanwire.io.own import open_regular

T = TypeVar("T")

_LEFT = 24 * 60 * 60
"""Seconds after which a temporary file is one that a killed process left."""
_FORM = b"7"
"""The version of the cached rows; change it with them, and with the parser."""


def folder() -> Path:
    """Return the folder of the cache: ``$XDG_CACHE_HOME/cleanwire``, else ``~/.cache/cleanwire``.

    >>> folder().name
    'cleanwire'
    """
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cleanwire"


def remembered(sources: Mapping[str, bytes], parse: Callable[[], list[Any]], make: Callable[[list[Any]], T]) -> T:
    """Return ``make(parse())``; the result of `parse`, plain data for JSON, is from the cache if that has it.

    A cache file is used only if it is a regular file of this user or of root that nobody else can write, and is whole.
    """
    digest = sha256(_FORM)
    for name, source in sources.items():
        digest.update(f"{name} {len(source)} ".encode())
        digest.update(source)
    with suppress(Exception):  # missing, damaged, another's or of another form, or there is no home folder
        return make(_read(folder() / f"packs-{digest.hexdigest()}.json"))
    rows = parse()
    with suppress(OSError, RuntimeError):
        _keep(folder() / f"packs-{digest.hexdigest()}.json", json.dumps(rows, ensure_ascii=False).encode())
    return make(rows)


def _read(path: Path) -> list[Any]:
    """Read a cache file: the digest of the rows, and after a line end the rows."""
    with open_regular(path) as file:
        found = os.fstat(file.fileno())
        if hasattr(os, "geteuid") and (found.st_uid not in (os.geteuid(), 0) or found.st_mode & 0o022):
            raise PermissionError(f"{path}: others can write it")
        known, _, data = file.read().partition(b"\n")
    if known != sha256(data).hexdigest().encode():
        raise ValueError(f"{path}: damaged")
    rows: list[Any] = json.loads(data)
    return rows


def _keep(path: Path, data: bytes) -> None:
    """Write a cache file atomically, and delete the ones of other packs, and what killed processes left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = sha256(data).hexdigest().encode()
    write_atomic(path, (digest, b"\n", data), mode=0o600, durable=False)
    for old in path.parent.glob("packs-*.json"):
        if old != path:
            old.unlink(missing_ok=True)
    for left in path.parent.glob(".*.tmp"):
        if left.stat().st_mtime < time() - _LEFT:
            left.unlink(missing_ok=True)
