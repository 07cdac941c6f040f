"""The undo store: what files held before they were cleaned where they lie.

One folder a file, named by a digest of the file's path; in it, for every time the file was cleaned, the old bytes
(``TIME.old``) and a manifest (``TIME.json``).  The copies are plain, so that they can be taken out by hand.
"""

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cleanwire.io.files import sync_folder

DAY = 24 * 60 * 60
KEPT_DAYS = 30
"""How long the old bytes of a file are kept."""
KEPT_BYTES = 4 * 2**30
"""How much is kept; beyond it the oldest copies go first, but none that is younger than a day."""


def default_folder() -> Path:
    """Return where the store lies: `CLEANWIRE_STATE`, else the user's folder for the state of programs."""
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
    """What was done to one file at one time: the digests of its bytes, and what else undoing must restore."""

    path: str
    before: str
    after: str
    mode: int
    mtime_ns: int
    cleaned: float


@dataclass(frozen=True)
class Entry:
    """The old bytes of a file, at `old`, and the manifest that speaks of them."""

    manifest: Manifest
    file: Path

    @property
    def old(self) -> Path:
        """The path of the old bytes."""
        return self.file.with_suffix(".old")

    @property
    def size(self) -> int:
        """How many bytes the old ones are; 0 where they are gone."""
        try:
            return self.old.stat().st_size
        except OSError:
            return 0

    def forget(self) -> None:
        """Take this entry out of the store."""
        self.file.unlink(missing_ok=True)
        self.old.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # other entries are left in it
            self.file.parent.rmdir()


@dataclass(frozen=True)
class Store:
    """An undo store in a folder, which is made when the first file is kept; only its owner can read it.

    >>> list(Store(Path("nowhere")).entries())
    []
    """

    folder: Path

    def keep(self, path: Path, content: Iterable[bytes], after: str, stat: os.stat_result) -> Entry:
        """Keep `content`, the bytes of `path`, before others with the digest `after` replace them.

        They are on the disk on return.
        """
        self._prune()
        place = self._place(path)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = time.time_ns()
        manifest = Manifest(str(path), "", after, stat.st_mode & 0o7777, stat.st_mtime_ns, now / 1e9)
        entry = Entry(manifest, place / f"{now}.json")
        try:
            entry = replace(entry, manifest=replace(manifest, before=_write(entry.old, content)))
            _write(entry.file, (json.dumps(asdict(entry.manifest), indent=1).encode(),))
            sync_folder(place)
        except BaseException:
            entry.forget()
            raise
        return entry

    def of(self, path: Path) -> list[Entry]:
        """Return the entries of one file, the youngest first."""
        return list(_entries(self._place(path)))

    def entries(self) -> Iterator[Entry]:
        """Yield all entries, file by file, the youngest of each first."""
        if self._files.is_dir():
            for place in sorted(self._files.iterdir()):
                yield from _entries(place)

    @property
    def _files(self) -> Path:
        return self.folder / "undo"

    def _place(self, path: Path) -> Path:
        return self._files / digest(os.fsencode(path))[:32]

    def _prune(self) -> None:
        """Make room, at most once a day: what is too old goes, then the oldest of what is too much."""
        stamp, now = self.folder / "pruned", time.time()
        with contextlib.suppress(FileNotFoundError):
            if stamp.stat().st_mtime > now - DAY:
                return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stamp.touch()
        size = 0
        for entry in sorted(self.entries(), key=lambda entry: entry.manifest.cleaned, reverse=True):
            age = now - entry.manifest.cleaned
            with contextlib.suppress(OSError):  # another process makes room, too
                size += entry.old.stat().st_size
                if age > KEPT_DAYS * DAY or (size > KEPT_BYTES and age > DAY):
                    entry.forget()


def _entries(place: Path) -> Iterator[Entry]:
    for file in sorted(place.glob("*.json"), reverse=True):
        # A manifest that a crash cut short speaks of a file that was not replaced yet.
        with contextlib.suppress(ValueError, TypeError, OSError):
            yield Entry(Manifest(**json.loads(file.read_bytes())), file)


def _write(path: Path, content: Iterable[bytes]) -> str:
    """Write a new file and return its digest."""
    known = hashlib.sha256()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in content:
            known.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return known.hexdigest()
