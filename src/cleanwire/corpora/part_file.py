"""An output file in progress: its finished blocks, and a journal by which a run is resumed after a crash.

Both are in the folder of the final file.  The journal has one line for each block, written after the block; a block
that a crash truncated is found by its checksum and cleaned again.
"""

import contextlib
import json
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from cleanwire.corpora.blocks import Done
from cleanwire.corpora.counts import Counts
from cleanwire.errors import FileError
from cleanwire.formats.compression import Frame, Unframe
from cleanwire.io.own import lock, open_own

PART, JOURNAL = ".cleanwire-part", ".cleanwire-journal"
"""What is added to the hidden name of a file to name the two files."""


@dataclass(kw_only=True)
class Progress:
    """The progress of a file: `blocks` of an earlier run, `records` so far, and the end of the list of errors."""

    blocks: int = 0
    records: int = 0
    changed: bool = False
    counts: Counts = field(default_factory=Counts)
    errors_end: int = 0


@dataclass
class PartFile(Progress):
    """The blocks of one file, written in order."""

    part: Path
    journal: Path
    _frame: Frame | None = None
    _out: IO[bytes] = field(init=False)
    _log: IO[bytes] = field(init=False)

    @staticmethod
    def open(target: Path, header: dict[str, Any], *, framed: bool, resume: bool) -> "PartFile":
        """Begin to write what will be `target`, or resume it if it was begun with the same `header`.

        `framed` blocks are not compressed yet and form one zstd frame.  Raises `FileError` if nothing can be written
        there, or another process is writing it.
        """
        part_file = PartFile(*paths(target))
        try:
            part_file._begin(target, header, framed, resume)
        except OSError as error:
            raise FileError(f"{target}: cannot be written ({error.strerror or error}); nothing was written") from error
        return part_file

    def add(self, done: Done, errors_end: int) -> None:
        """Write a block and its line in the journal; `errors_end` is the current end of the list of errors."""
        data = self._frame.add(done.data) if self._frame else done.data
        check = zlib.crc32(data) if self._frame else done.check
        self._out.write(data)
        self._out.flush()
        line = {
            "size": len(data), "check": check, "records": done.records, "changed": done.changed,
            "counts": done.counts.to_dict(), "errors_end": errors_end,
        }  # fmt: skip
        self._log.write(json.dumps(line).encode() + b"\n")
        self._log.flush()
        self._count(line)

    def end(self) -> None:
        """Write the end of the file."""
        if self._frame:
            self._out.write(self._frame.end())
        self._out.close()

    def close(self) -> None:
        """Keep both files, so that the run can be resumed."""
        with contextlib.suppress(OSError):
            self._out.close()
        with contextlib.suppress(OSError):
            self._log.close()

    def discard(self) -> None:
        """Remove both files; one that cannot be removed stays, and the next run begins it anew."""
        self.close()
        for path in (self.part, self.journal):
            with contextlib.suppress(OSError):
                path.unlink()

    def _begin(self, target: Path, header: dict[str, Any], framed: bool, resume: bool) -> None:
        log = open_own(self.journal)
        if not lock(log):
            log.close()
            raise FileError(f"{target}: another cleanwire process is writing it; wait until it ends")
        self._log = log
        self._out = open_own(self.part)
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
        """Read the existing blocks up to the first damaged one; return the end of the journal up to there."""
        unframe = Unframe() if self._frame else None
        kept, end = self._log.tell(), 0
        while text := self._log.readline():
            try:
                line = json.loads(text)
                data = self._out.read(line["size"])
                if not text.endswith(b"\n") or zlib.crc32(data) != line["check"]:
                    break
            except (ValueError, LookupError, TypeError):
                break
            if unframe and self._frame and self._frame.add(unframe.add(data)) != data:
                raise FileError(f"{self.part}: written by another version of zstd; start again without --resume")
            self._count(line)
            self.blocks += 1
            kept, end = self._log.tell(), self._out.tell()
        self._out.seek(end)
        return kept

    def _count(self, line: dict[str, Any]) -> None:
        self.records += line["records"]
        self.changed = self.changed or line["changed"]
        self.counts += Counts.from_dict(line["counts"])
        self.errors_end = line["errors_end"]


def paths(target: Path) -> tuple[Path, Path]:
    """Return the paths of the blocks and of the journal of a file in progress.

    >>> paths(Path("news.jsonl"))[0].name
    '.news.jsonl.cleanwire-part'
    """
    return target.with_name(f".{target.name}{PART}"), target.with_name(f".{target.name}{JOURNAL}")
