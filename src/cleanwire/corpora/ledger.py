"""What a run has finished, file by file, and which records it could not read: by these, one that was cut goes on."""

import contextlib
import hashlib
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

from cleanwire.corpora.tally import Tally
from cleanwire.io.files import explained
from cleanwire.io.undo import DAY, KEPT_DAYS

State = tuple[int, int]
"""The size of a file and its time of change, in nanoseconds."""


class Finished(NamedTuple):
    """A file that a run before has finished: what it held, what it holds now, whether it was changed, what was done."""

    before: State | None
    after: State | None
    changed: bool
    tally: Tally


def state_of(path: str | Path) -> State | None:
    """Return the state of a file, or None where there is none on this machine."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns


@dataclass
class Ledger:
    """The finished files of one run, in a file of the state folder.

    It stays there when the run has ended, so that going on with a run that was finished does nothing, until the same
    run begins anew or nobody has asked for it for `KEPT_DAYS`.
    """

    path: Path
    finished: dict[str, Finished] = field(default_factory=dict)
    errors_end: int = 0
    _log: IO[bytes] = field(init=False)

    @staticmethod
    def open(folder: Path | None, run: Any, *, resume: bool) -> "Ledger":
        """Begin the ledger of a `run`, or go on with the one that is there.

        Where there is no folder, or it cannot be written, nothing is written down, and there is no going on.
        """
        key = hashlib.sha256(json.dumps(run, sort_keys=True, default=str).encode()).hexdigest()[:32]
        ledger = Ledger((folder or Path()) / "runs" / f"{key}.jsonl")
        try:
            if folder is None:
                raise FileNotFoundError
            ledger.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _prune(ledger.path.parent)
            kept = ledger._read() if resume and ledger.path.exists() else 0
            log = open(os.open(ledger.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")  # noqa: SIM115 - it stays open
            log.truncate(kept)
            os.utime(log.fileno())
            log.seek(kept)
        except OSError:
            log = open(os.devnull, "r+b")  # noqa: SIM115 - it stays open
        ledger._log = log
        return ledger

    def add(self, source: str, finished: Finished, errors_end: int) -> None:
        """Write down a file, before it takes its name."""
        before, after, changed, tally = finished
        line = [source, before, after, changed, tally.to_dict(), errors_end]
        self._log.write(json.dumps(line).encode() + b"\n")
        self._log.flush()

    def known(self, source: str, target: str | Path) -> Finished | None:
        """Return what is known of a file that was finished, if it holds what it was given, and its source as well."""
        found = self.finished.get(source)
        if found is None or (found.after and state_of(target) != found.after):
            return None
        if source != str(target) and (found.before is None or state_of(source) != found.before):
            return None  # it was changed since, or is not on this machine, where nobody knows
        return found

    def close(self) -> None:
        """End the ledger."""
        with contextlib.suppress(OSError):
            self._log.close()

    def _read(self) -> int:
        """Read the lines, up to one that a crash cut short; return where that begins."""
        kept = 0
        with open(self.path, "rb") as log:
            for text in log:
                try:
                    source, before, after, changed, tally, self.errors_end = json.loads(text)
                    found = Finished(_state(before), _state(after), changed, Tally.from_dict(tally))
                except (ValueError, TypeError):
                    break
                if not text.endswith(b"\n"):
                    break
                self.finished[source] = found
                kept += len(text)
        return kept


def _prune(folder: Path) -> None:
    """Take ledgers away that are too old."""
    for path in folder.glob("*.jsonl"):
        with contextlib.suppress(OSError):  # another process takes it away, too
            if path.stat().st_mtime < time.time() - KEPT_DAYS * DAY:
                path.unlink()


def _state(pair: list[int] | None) -> State | None:
    return (pair[0], pair[1]) if pair else None


@dataclass
class Errors:
    """The list of records that could not be read: JSON lines with ``file``, ``record`` (from 1) and ``reason``."""

    path: Path
    count: int = 0
    end: int = 0

    def add(self, file: str, record: int, reason: str) -> None:
        """Write one down; the file is made with the first.  Raises `FileError` where it cannot be written."""
        line = json.dumps({"file": file, "record": record, "reason": reason}, ensure_ascii=False)
        data = line.encode("utf-8", "backslashreplace") + b"\n"
        mode = "r+b" if self.path.exists() else "wb"
        with explained(self.path, "cannot be written", "name another by --errors"), open(self.path, mode) as out:
            out.seek(self.end)
            out.truncate()
            out.write(data)
        self.end += len(data)
        self.count += 1

    def go_on(self, end: int) -> None:
        """Go on behind what a run before had written down."""
        size = self.path.stat().st_size if self.path.exists() else 0
        self.end = min(end, size)
