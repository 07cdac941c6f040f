"""A file while it is being written: its blocks as far as they are done, and a journal by which to go on after a crash.

Both lie beside the file that they are to become.  The journal has one line a block, written after the block; what a
crash cut short is found by its check sum and done again.
"""

import contextlib
import json
import os
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from cleanwire.corpora.tally import Tally
from cleanwire.corpora.work import Done
from cleanwire.errors import FileError
from cleanwire.formats.compression import Frame, Unframe

PART, JOURNAL = ".cleanwire-part", ".cleanwire-journal"
"""What is added to the hidden name of a file to name the two."""


@dataclass(kw_only=True)
class Progress:
    """How far a file is: `blocks` of a run before, `places` of records, and where the list of errors ended."""

    blocks: int = 0
    places: int = 0
    changed: bool = False
    tally: Tally = field(default_factory=Tally)
    errors_end: int = 0


@dataclass
class Spool(Progress):
    """The blocks of one file, written in order."""

    part: Path
    journal: Path
    _frame: Frame | None = None
    _out: IO[bytes] = field(init=False)
    _log: IO[bytes] = field(init=False)

    @staticmethod
    def open(target: Path, header: dict[str, Any], *, framed: bool, resume: bool) -> "Spool":
        """Begin to write what will be `target`, or go on with what lies there, if it was begun with the same `header`.

        `framed` blocks come unpacked and are packed into one zstd frame.  Raises `FileError` where nothing can be
        written there, or another process is at it.
        """
        spool = Spool(*paths(target))
        try:
            spool._begin(target, header, framed, resume)
        except OSError as error:
            raise FileError(f"{target}: cannot be written ({error.strerror or error}); nothing was changed") from error
        return spool

    def add(self, done: Done, errors_end: int) -> None:
        """Write a block and a line about it; `errors_end` is where the list of errors ends now."""
        data = self._frame.add(done.data) if self._frame else done.data
        check = zlib.crc32(data) if self._frame else done.check
        self._out.write(data)
        self._out.flush()
        line = {
            "size": len(data), "check": check, "places": done.places, "changed": done.changed,
            "tally": done.tally.to_dict(), "errors_end": errors_end,
        }  # fmt: skip
        self._log.write(json.dumps(line).encode() + b"\n")
        self._log.flush()
        self._count(line)

    def end(self) -> None:
        """Write what closes the file."""
        if self._frame:
            self._out.write(self._frame.end())
        self._out.close()

    def close(self) -> None:
        """Leave both files where they are, for a run that goes on with them."""
        with contextlib.suppress(OSError):
            self._out.close()
        with contextlib.suppress(OSError):
            self._log.close()

    def discard(self) -> None:
        """Take both files away."""
        self.close()
        self.part.unlink(missing_ok=True)
        self.journal.unlink(missing_ok=True)

    def _begin(self, target: Path, header: dict[str, Any], framed: bool, resume: bool) -> None:
        log = open(os.open(self.journal, os.O_RDWR | os.O_CREAT, 0o600), "r+b")  # noqa: SIM115 - it stays open
        if not _lock(log):
            log.close()
            raise FileError(f"{target}: another cleanwire is writing it; let that one end")
        self._log = log
        self._out = open(os.open(self.part, os.O_RDWR | os.O_CREAT, 0o600), "r+b")  # noqa: SIM115 - it stays open
        self._frame = Frame() if framed else None
        first = json.dumps(header).encode() + b"\n"
        if resume and log.readline() == first:
            kept = self._replay()
        else:
            log.seek(0)
            log.truncate()
            log.write(first)
            log.flush()
            kept = log.tell()
        log.seek(kept)
        log.truncate()
        size = self._out.tell()
        self._out.seek(size)
        self._out.truncate()

    def _replay(self) -> int:
        """Read the blocks that lie there, up to the first that is not whole; return where the journal ends then."""
        unframe = Unframe() if self._frame else None
        kept, reached = self._log.tell(), 0
        while text := self._log.readline():
            try:
                line = json.loads(text)
                data = self._out.read(line["size"])
                if not text.endswith(b"\n") or zlib.crc32(data) != line["check"]:
                    break
            except (ValueError, LookupError, TypeError):
                break
            if unframe and self._frame and self._frame.add(unframe.add(data)) != data:
                raise FileError(f"{self.part}: was written by another version of zstd; begin anew, without --resume")
            self._count(line)
            self.blocks += 1
            kept, reached = self._log.tell(), self._out.tell()
        self._out.seek(reached)
        return kept

    def _count(self, line: dict[str, Any]) -> None:
        self.places += line["places"]
        self.changed = self.changed or line["changed"]
        self.tally += Tally.from_dict(line["tally"])
        self.errors_end = line["errors_end"]


def paths(target: Path) -> tuple[Path, Path]:
    """Return where a file lies while it is written, and its journal.

    >>> paths(Path("news.jsonl"))[0].name
    '.news.jsonl.cleanwire-part'
    """
    return target.with_name(f".{target.name}{PART}"), target.with_name(f".{target.name}{JOURNAL}")


def _lock(log: IO[bytes]) -> bool:
    """Keep a journal to this process, where the system knows how; it is let go when the file is closed."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
