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
from typing import Any

from cleanwire.io.atomic import write_atomic

_FORM = b"6"
"""The version of the cached rows; change it with them, and with the parser."""


def folder() -> Path:
    """Return the folder of the cache: ``$XDG_CACHE_HOME/cleanwire``, else ``~/.cache/cleanwire``.

    >>> folder().name
    'cleanwire'
    """
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cleanwire"


def remembered(sources: Mapping[str, bytes], parse: Callable[[], list[Any]]) -> list[Any]:
    """Return ``parse()``, plain data for JSON: from the cache if it was called for these `sources` before."""
    digest = sha256(_FORM)
    for name, source in sources.items():
        digest.update(f"{name} {len(source)} ".encode())
        digest.update(source)
    with suppress(OSError, ValueError, RuntimeError):  # missing, damaged or not readable, or there is no home folder
        rows: list[Any] = json.loads((folder() / f"packs-{digest.hexdigest()}.json").read_bytes())
        return rows
    rows = parse()
    with suppress(OSError, RuntimeError):
        _keep(folder() / f"packs-{digest.hexdigest()}.json", json.dumps(rows, ensure_ascii=False).encode())
    return rows


def _keep(path: Path, data: bytes) -> None:
    """Write a file atomically, and delete the ones of other packs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, (data,), mode=0o600, durable=False)
    for old in path.parent.glob("packs-*.json"):
        if old != path:
            old.unlink(missing_ok=True)
