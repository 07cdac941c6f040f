"""A cache of clean files: those that cleaning left unchanged, with what was counted in them.

A file is known if its size, its times and its inode are the same as then, or else its content is.  Entries belong to
the settings, to the rules and to the very installation that cleaned; others never see them.
"""

import contextlib
import hashlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import regex

from cleanwire.corpora.counts import Counts
from cleanwire.document import Filter
from cleanwire.filters import PageFilter, SiteFilter
from cleanwire.formats.source import Reading
from cleanwire.io.files import digest_of
from cleanwire.io.undo import DAY, KEPT_DAYS
from cleanwire.packs.cache import folder
from cleanwire.per_file import PerFile

_FORM = 1
"""The version of the tables; change it with their form."""
_BATCH = 500
"""Entries that are written together."""
_WAIT = 1.0
"""Seconds to wait for another process that writes."""
_TABLE = (
    "create table if not exists clean (settings text, path text, size int, mtime int, ctime int, inode int, "
    "sha256 text, counts text, used int, primary key (settings, path)) without rowid"
)
_KNOWN = "select size, mtime, ctime, inode, sha256, counts from clean where settings = ? and path = ?"
_ADD = "insert or replace into clean values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_State = tuple[int, int, int, int]


class FileCache:
    """The clean files of one configuration; without a database it knows nothing and keeps nothing.

    >>> FileCache().known("a.txt") is None
    True
    """

    def __init__(self, database: sqlite3.Connection | None = None, settings: str = "") -> None:
        self._database, self._settings = database, settings
        self._waiting: dict[str, tuple[Any, ...]] = {}
        self._begun: dict[str, _State] = {}

    @staticmethod
    def of(clean: PerFile, reading: Reading) -> "FileCache":
        """Open the cache for cleaners, and a way to read records.

        It is empty where the result depends on files that may change: templates of sites, and models of the caller.
        """
        chains = [clean.cleaner.filters, *(each.changes.get("filters", ()) for each in clean.overrides)]
        if any(map(_reads_files, chains)):
            return FileCache()
        from importlib.metadata import version  # slow to import, and only runs need it

        how = [reading.format, reading.column, reading.add, reading.limits]
        # No home, a full disk, a file of another user or in the way; or a package that is not made of files.
        with contextlib.suppress(OSError, RuntimeError, ImportError, sqlite3.Error):
            made_by = [sys.version, regex.__version__, version("ftfy"), _installation()]
            known = json.dumps([clean.cleaner.to_dict(), clean.overrides, how, made_by], sort_keys=True, default=str)
            settings = hashlib.sha256(known.encode("utf-8", "backslashreplace")).hexdigest()[:32]
            return FileCache(_opened(folder() / f"files-{_FORM}.sqlite"), settings)
        return FileCache()

    def known(self, path: str) -> Counts | None:
        """Return what was counted in a clean file; None for one that is to be cleaned, and then `end`ed."""
        if self._database is None:
            return None
        with contextlib.suppress(OSError, ValueError, sqlite3.Error):
            real = os.path.realpath(path)
            state = self._begun[path] = _state(real)
            if row := self._database.execute(_KNOWN, (self._settings, _key(real))).fetchone():
                *then, sha256, counts = row
                if tuple(then) == state or (then[0] == state[0] and digest_of(Path(real)) == sha256):
                    self._keep(real, self._begun.pop(path), sha256, counts)
                    return Counts.from_dict(json.loads(counts))
        return None

    def end(self, path: str, counts: Counts, *, unchanged: bool) -> None:
        """Keep a file that was cleaned and is `unchanged`, if nothing touched it since `known` was asked."""
        before = self._begun.pop(path, None)
        if before is None or not unchanged or counts.bad or counts.late or counts.unsettled:
            return
        with contextlib.suppress(OSError, ValueError):
            real = os.path.realpath(path)
            sha256 = digest_of(Path(real))
            if _state(real) == before:
                self._keep(real, before, sha256, json.dumps(counts.to_dict()))

    def close(self) -> None:
        """Write what was added, and forget what was not used for long."""
        if self._database is not None:
            self._write(time.time() - KEPT_DAYS * DAY)
            self._database.close()
            self._database = None

    def _keep(self, real: str, state: _State, sha256: str, counts: str) -> None:
        self._waiting[real] = (self._settings, _key(real), *state, sha256, counts, int(time.time()))
        if len(self._waiting) >= _BATCH:
            self._write(0)

    def _write(self, oldest: float) -> None:
        if self._database is None or not self._waiting:
            return
        with contextlib.suppress(sqlite3.Error), self._database:
            self._database.executemany(_ADD, self._waiting.values())
            if oldest:
                self._database.execute("delete from clean where used < ?", (int(oldest),))
        self._waiting.clear()


def _opened(path: Path) -> sqlite3.Connection:
    """Open the database; raise `OSError` for a file that another user could have written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        found = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & 0o022):
        raise PermissionError(f"{path}: others can write it")
    database = sqlite3.connect(path, timeout=_WAIT)
    try:
        with database:
            database.execute(_TABLE)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _reads_files(chain: Iterable[Filter]) -> bool:
    return any(
        isinstance(filter_, SiteFilter) or (isinstance(filter_, PageFilter) and filter_.weights.endswith(".json"))
        for filter_ in chain
    )


def _installation() -> list[tuple[str, int, int]]:
    """Return the files of this package with their sizes and times: a change of any of them may change a result."""
    top = Path(__file__).parents[1]
    found = []
    for path, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            entry = os.stat(os.path.join(path, name))
            found.append((os.path.relpath(os.path.join(path, name), top), entry.st_size, entry.st_mtime_ns))
    return sorted(found)


def _state(real: str) -> _State:
    found = os.stat(real)
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _key(real: str) -> str:
    """Return a path as text that SQLite takes: bytes that are not UTF-8 are escaped."""
    return real.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
