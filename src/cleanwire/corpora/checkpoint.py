"""The checkpoint of a run: which files are finished, and which records could not be read; a resumed run skips them."""

import contextlib
import hashlib
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

from cleanwire.corpora.counts import Counts
from cleanwire.errors import FileError
from cleanwire.io.atomic import make_folder
from cleanwire.io.files import explained
from cleanwire.io.own import open_own
from cleanwire.io.undo import DAY, KEPT_DAYS

State = tuple[int, int]
"""The size of a file in bytes, and its modification time in nanoseconds."""


class Finished(NamedTuple):
    """A finished file: its state before and after, whether it was changed, and what was done."""

    before: State | None
    after: State | None
    changed: bool
    counts: Counts


def state_of(path: str | Path) -> State | None:
    """Return the state of a local file, or None if there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns


@dataclass
class Checkpoint:
    """The finished files of one run, in a file of the state folder.

    It stays there after the run, so that resuming a finished run does nothing.  It is removed when the same run is
    started again, or when it was not used for `KEPT_DAYS`.
    """

    path: Path
    finished: dict[str, Finished] = field(default_factory=dict)
    errors_end: int = 0
    _log: IO[bytes] = field(init=False)

    @staticmethod
    def open(folder: Path | None, run: Any, *, resume: bool) -> "Checkpoint":
        """Create the checkpoint of a `run` (plain data that identifies it), or continue the one that exists.

        Without a folder, or if it cannot be written, nothing is recorded and the run cannot be resumed.
        """
        key = hashlib.sha256(json.dumps(run, sort_keys=True, default=str).encode()).hexdigest()[:32]
        checkpoint = Checkpoint((folder or Path()) / "runs" / f"{key}.jsonl")
        try:
            if folder is None:
                raise FileNotFoundError
            make_folder(checkpoint.path.parent)
            _prune(checkpoint.path.parent)
            kept = checkpoint._read() if resume and checkpoint.path.exists() else 0
            log = open_own(checkpoint.path)
            log.truncate(kept)
            os.utime(log.fileno())
            log.seek(kept)
        except (OSError, FileError):
            log = open(os.devnull, "r+b")  # noqa: SIM115 - it stays open
        checkpoint._log = log
        return checkpoint

    def add(self, source: str, finished: Finished, errors_end: int) -> None:
        """Record a finished file, before it is renamed; `errors_end` is the end of the list of errors."""
        before, after, changed, counts = finished
        line = [source, before, after, changed, counts.to_dict(), errors_end]
        with contextlib.suppress(OSError):  # a full disk; the file is then cleaned again by a resumed run
            self._log.write(json.dumps(line).encode() + b"\n")
            self._log.flush()

    def known(self, source: str, target: str) -> Finished | None:
        """Return the record of a finished file, if neither it nor its source has changed since."""
        found = self.finished.get(source)
        if found is None or (found.after and state_of(target) != found.after):
            return None
        if source != target and (found.before is None or state_of(source) != found.before):
            return None  # it has changed, or is an address, for which that is not known
        return found

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(OSError):
            self._log.close()

    def _read(self) -> int:
        """Read the lines up to one that a crash truncated; return its offset."""
        kept = 0
        with open(self.path, "rb") as log:
            for text in log:
                try:
                    source, before, after, changed, counts, self.errors_end = json.loads(text)
                    found = Finished(_state(before), _state(after), changed, Counts.from_dict(counts))
                except (ValueError, TypeError):
                    break
                if not text.endswith(b"\n"):
                    break
                self.finished[source] = found
                kept += len(text)
        return kept


def _prune(folder: Path) -> None:
    """Remove checkpoints that are too old."""
    for path in folder.glob("*.jsonl"):
        with contextlib.suppress(OSError):  # another process removes it, too
            if path.stat().st_mtime < time.time() - KEPT_DAYS * DAY:
                path.unlink()


def _state(pair: list[int] | None) -> State | None:
    return (pair[0], pair[1]) if pair else None


_ANOTHER = "choose another with --errors"


@dataclass
class Errors:
    """The list of records that could not be read: JSON Lines with ``file``, ``record`` (from 1) and ``reason``.

    Without a `path` they are only counted; `first` is the first of them, for a message.
    """

    path: Path | None = None
    count: int = 0
    end: int = 0
    first: str = ""

    def add(self, file: str, record: int, reason: str) -> None:
        """Append a record; the file is created for the first.  Raises `FileError` if it cannot be written."""
        self.first = self.first or f"{file}, record {record:,}: {reason}"
        self.count += 1
        if self.path is None:
            return
        line = json.dumps({"file": file, "record": record, "reason": reason}, ensure_ascii=False)
        data = line.encode("utf-8", "backslashreplace") + b"\n"
        with explained(self.path, "cannot be written", _ANOTHER), open_own(self.path) as out:
            if not _is_list(out.readline()):
                raise FileError(f"{self.path}: is not a list of errors, and is not overwritten; {_ANOTHER}")
            out.seek(self.end)
            out.truncate()
            out.write(data)
        self.end += len(data)

    def resume(self, end: int) -> None:
        """Continue after the first `end` bytes, which an earlier run wrote."""
        size = self.path.stat().st_size if self.path and self.path.exists() else 0
        self.end = min(end, size)


def _is_list(line: bytes) -> bool:
    """Return True for the first line of a list of errors, or of an empty file."""
    try:
        return not line or list(json.loads(line)) == ["file", "record", "reason"]
    except (ValueError, TypeError, RecursionError):
        return False
