"""The undo store: the original bytes of files that were cleaned in place.

It has one folder for each file, named by a digest of the file's path.  For every time the file was cleaned that holds
the original bytes (``TIME.old``) and a manifest (``TIME.json``).  The copies are not encoded, so they can be taken out
by hand.
"""

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cleanwire.io.atomic import sync_folder, write_new

DAY = 24 * 60 * 60
"""A day in seconds."""
KEPT_DAYS = 30
"""Number of days for which the original of a file is kept."""
KEPT_BYTES = 4 * 2**30
"""Size limit of the store; beyond it the oldest copies are removed first, but none younger than a day."""


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
            return self.old.stat().st_size
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
        self._prune()
        folder = self._folder_of(path)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = time.time_ns()
        manifest = Manifest(str(path), "", after, stat.st_mode & 0o7777, stat.st_mtime_ns, now / 1e9)
        entry = Entry(manifest, folder / f"{now}.json")
        try:
            entry = replace(entry, manifest=replace(manifest, before=_write(entry.old, content)))
            _write(entry.file, (json.dumps(asdict(entry.manifest), indent=1).encode(),))
            sync_folder(folder)
        except BaseException:
            entry.forget()
            raise
        return entry

    def of(self, path: Path) -> list[Entry]:
        """Return the entries of one file, the newest first."""
        return list(_entries(self._folder_of(path)))

    def entries(self) -> Iterator[Entry]:
        """Yield all entries, file by file, the newest of each first."""
        if self._files.is_dir():
            for folder in sorted(self._files.iterdir()):
                yield from _entries(folder)

    @property
    def _files(self) -> Path:
        return self.folder / "undo"

    def _folder_of(self, path: Path) -> Path:
        return self._files / digest(os.fsencode(path))[:32]

    def _prune(self) -> None:
        """Remove entries that are too old, then the oldest beyond the size limit; at most once a day."""
        stamp, now = self.folder / "pruned", time.time()
        with contextlib.suppress(FileNotFoundError):
            if stamp.stat().st_mtime > now - DAY:
                return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stamp.touch()
        size = 0
        for entry in sorted(self.entries(), key=lambda entry: entry.manifest.cleaned, reverse=True):
            age = now - entry.manifest.cleaned
            with contextlib.suppress(OSError):  # another process prunes the store, too
                size += entry.old.stat().st_size
                if age > KEPT_DAYS * DAY or (size > KEPT_BYTES and age > DAY):
                    entry.forget()


def _entries(folder: Path) -> Iterator[Entry]:
    for file in sorted(folder.glob("*.json"), reverse=True):
        # A manifest that a crash truncated belongs to a file that was not replaced.
        with contextlib.suppress(ValueError, TypeError, OSError):
            yield Entry(Manifest(**json.loads(file.read_bytes())), file)


def _write(path: Path, content: Iterable[bytes]) -> str:
    """Write a new file and return the SHA-256 of its content, in hexadecimal."""
    known = hashlib.sha256()

    def hashed() -> Iterator[bytes]:
        for piece in content:
            known.update(piece)
            yield piece

    write_new(path, hashed(), mode=0o600)
    return known.hexdigest()
