"""The undo store: the original bytes of files that were cleaned in place.

It has one folder for each file, named by a digest of the file's path.  For every time the file was cleaned that holds
the original bytes (``TIME.old``) and a manifest (``TIME.json``).  The copies are not encoded, so they can be taken out
by hand.
"""

import contextlib
import hashlib
import json
import math
import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from cleanwire.errors import FileError
from cleanwire.io.atomic import make_folder, sync_folder, write_new
from cleanwire.io.own import open_regular

DAY = 24 * 60 * 60
"""A day in seconds."""
KEPT_DAYS = 30
"""Number of days for which the original of a file is kept."""
KEPT_BYTES = 4 * 2**30
"""Size limit of the store; beyond it the oldest copies are removed first, but none younger than a day."""
_PAUSE = 7 * DAY
"""If the newest copy is older, the clock may be wrong: then copies are no older than they were after this time."""
_MANIFEST = 2**16
"""Most bytes of a manifest; a longer one is not of this store."""
_DIGEST = re.compile("[0-9a-f]{64}")
_TIMES = range(-(2**63), 2**63)
"""What a file system can store as a time in nanoseconds."""


def default_folder() -> Path:
    """Return the folder of the store: ``$CLEANWIRE_STATE``, else the user's folder for program state."""
    if own := os.environ.get("CLEANWIRE_STATE"):
        return Path(own)
    state = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(state or Path.home() / ".local" / "state") / "cleanwire"


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data`, in hexadecimal.

    >>> digest(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Manifest:
    """What happened to a file at one time: its digests before and after, and what undo must restore."""

    path: str
    before: str
    after: str
    mode: int
    mtime_ns: int
    cleaned: float

    @staticmethod
    def parse(data: bytes, folder: str) -> "Manifest":
        """Return the manifest that a file of a store holds, which may come from a stranger.

        `folder` is the name of the folder that it was in.  Raises `ValueError` for data that is not a manifest, and for
        one whose path is not normal (``a/../b``), or belongs in another folder.
        """
        try:
            row: Any = json.loads(data)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
        if not isinstance(row, dict) or set(row) != {each.name for each in fields(Manifest)}:
            raise ValueError("not a manifest")
        found = Manifest(**row)
        if not found._is_possible():
            raise ValueError("a value that no file has")
        if os.path.normpath(found.path) != found.path or _folder_name(found.path) != folder:
            raise ValueError("the path is not that of a file that was cleaned")
        return found

    def _is_possible(self) -> bool:
        """Return True if each value has its type and is within its bounds."""
        texts = (self.path, self.before, self.after)
        numbers = (self.mode, self.mtime_ns)
        return (
            all(isinstance(text, str) for text in texts)
            and all(map(_DIGEST.fullmatch, texts[1:]))
            and all(type(number) is int for number in numbers)
            and self.mode in range(0o10000)
            and self.mtime_ns in _TIMES
            and type(self.cleaned) in (int, float)
            and math.isfinite(self.cleaned)
        )


@dataclass(frozen=True)
class Entry:
    """The original bytes of a file, at `old`, and their manifest, at `file`."""

    manifest: Manifest
    file: Path

    @property
    def old(self) -> Path:
        """The path of the original bytes."""
        return self.file.with_suffix(".old")

    @property
    def size(self) -> int:
        """The size of the original in bytes; 0 if it is gone."""
        try:
            return self.old.lstat().st_size
        except OSError:
            return 0

    def forget(self) -> None:
        """Remove this entry from the store."""
        self.file.unlink(missing_ok=True)
        self.old.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # it has other entries
            self.file.parent.rmdir()


@dataclass(frozen=True)
class Store:
    """An undo store in a folder, which is created for the first file; only its owner can read it.

    >>> list(Store(Path("nowhere")).entries())
    []
    """

    folder: Path

    def keep(self, path: Path, content: Iterable[bytes], after: str, stat: os.stat_result) -> Entry:
        """Keep `content`, the bytes of `path`, before bytes with the digest `after` replace them; fsync the copy."""
        with contextlib.suppress(OSError):  # what is too old may stay another day
            self._prune()
        folder = self._folder_of(path)
        make_folder(folder)
        now = time.time_ns()
        manifest = Manifest(str(path), "", after, stat.st_mode & 0o7777, stat.st_mtime_ns, now / 1e9)
        entry = Entry(manifest, folder / f"{now}.json")
        try:
            entry = replace(entry, manifest=replace(manifest, before=_write(entry.old, content)))
            _write(entry.file, (json.dumps(asdict(entry.manifest), indent=1).encode(),))
            sync_folder(folder)
        except BaseException:
            with contextlib.suppress(OSError):  # the first error is the one to report
                entry.forget()
            raise
        return entry

    def of(self, path: Path) -> list[Entry]:
        """Return the entries of one file, the newest first; raise `OSError` if the store cannot be read."""
        return list(_entries(self._folder_of(path)))

    def entries(self) -> Iterator[Entry | FileError]:
        """Yield all entries, file by file, the newest of each first, and for what cannot be read the error."""
        try:
            folders = sorted(self._files.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            yield _unread(self._files, error)
            return
        for folder in folders:
            try:
                yield from _entries(folder)
            except OSError as error:
                yield _unread(folder, error)

    @property
    def _files(self) -> Path:
        return self.folder / "undo"

    def _folder_of(self, path: Path) -> Path:
        return self._files / _folder_name(path)

    def _prune(self) -> None:
        """Remove entries that are too old, then the oldest beyond the size limit; at most once a day."""
        stamp, now = self.folder / "pruned", time.time()
        with contextlib.suppress(FileNotFoundError):
            if now - DAY < stamp.stat().st_mtime <= now:  # one in the future is of a clock that was wrong
                return
        make_folder(self.folder)
        stamp.touch()
        size = 0
        known = (entry for entry in self.entries() if isinstance(entry, Entry))
        entries = sorted(known, key=lambda entry: entry.manifest.cleaned, reverse=True)
        # If the clock jumps ahead, everything looks old.
        now = min(now, entries[0].manifest.cleaned + _PAUSE) if entries else now
        for entry in entries:
            age = now - entry.manifest.cleaned
            size += entry.size
            if age > KEPT_DAYS * DAY or (size > KEPT_BYTES and age > DAY):
                with contextlib.suppress(OSError):  # another process prunes the store, too
                    entry.forget()


def _folder_name(path: str | Path) -> str:
    return digest(os.fsencode(path))[:32]


def _entries(folder: Path) -> Iterator[Entry]:
    """Yield the entries of a folder, the newest first; raise `OSError` if it cannot be read."""
    try:
        names = sorted(os.listdir(folder), reverse=True)
    except (FileNotFoundError, NotADirectoryError):
        return
    for file in (folder / name for name in names if name.endswith(".json")):
        # A manifest that a crash truncated belongs to a file that was not replaced; another process prunes the store.
        with (
            contextlib.suppress(ValueError, FileNotFoundError, IsADirectoryError, FileError),
            open_regular(file) as data,
        ):
            yield Entry(Manifest.parse(data.read(_MANIFEST), folder.name), file)


def _unread(folder: Path, error: OSError) -> FileError:
    return FileError(f"{folder}: the undo store cannot be read ({error.strerror or error}); check the disk")


def _write(path: Path, content: Iterable[bytes]) -> str:
    """Write a new file and return the SHA-256 of its content, in hexadecimal."""
    known = hashlib.sha256()

    def hashed() -> Iterator[bytes]:
        for piece in content:
            known.update(piece)
            yield piece

    write_new(path, hashed(), mode=0o600)
    return known.hexdigest()
