"""What one process does with texts that are files of their own: clean them where they lie, or elsewhere."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cleanwire.corpora.tally import Tally
from cleanwire.corpora.work import LATE
from cleanwire.errors import FileError, TemplateError
from cleanwire.formats.compression import compression_of, detect, packed, unpacked_bytes
from cleanwire.inplace import FileReport, clean_file, preview_bytes, preview_file, write_sidecar
from cleanwire.io.files import write_file
from cleanwire.time_limit import Clean, exceeded

STDIN = Path("-")


class TextFile(NamedTuple):
    """A file, and where its clean text goes when that is elsewhere; `STDIN` stands for stdin and stdout."""

    path: Path
    target: Path | None


class TextDone(NamedTuple):
    """What became of a file: whether its bytes changed, what was done, what is shown, or why nothing was done.

    `state` is the size and the time of change that the written file has.
    """

    file: TextFile
    tally: Tally
    changed: bool = False
    shown: str = ""
    error: str | None = None
    state: tuple[int, int] | None = None


@dataclass(frozen=True)
class CleanTexts:
    """Cleans files; it travels to other processes."""

    clean: Clean
    sidecar: bool = False
    as_json: bool = False
    store: str | None = None
    undo: bool = True

    def __call__(self, files: tuple[TextFile, ...]) -> list[TextDone]:
        """Clean each file; what cannot be done to one is told of it, and the others are done."""
        return list(map(self._attempt, files))

    def _attempt(self, file: TextFile) -> TextDone:
        try:
            report = self._write(file)
        except FileError as error:
            return TextDone(file, Tally(), error=str(error))
        except TemplateError as error:  # of the site of this file: those of others are cleaned
            return TextDone(file, Tally(), error=f"{file.path}: is left as it is: {error}")
        except Exception as error:  # whatever one text does to a filter must not cost the others
            reason = " ".join(str(error).split())[:200]
            return TextDone(file, Tally(), error=f"{file.path}: cannot be cleaned ({type(error).__name__}: {reason})")
        text, result, place = report.result.text, report.result, file.target or file.path
        tally = Tally(documents=1, changed=int(report.changed), written=len(text), late=int(exceeded(result)))
        taken = (
            (len(words), len(edit.new))
            for step in result.steps
            for edit, words in zip(step.edits, step.removed, strict=True)
        )
        tally.read = len(text) + sum(words - new for words, new in taken)
        if tally.late:
            return TextDone(file, tally, error=f"{file.path}: {LATE}")
        tally.count(result)
        if report.changed and not result.changed:
            tally.edits["fix charset"] += 1  # bytes that could be read only by mending them
        shown = json.dumps(report.to_dict(), ensure_ascii=False) if self.as_json else ""
        state = None if place == STDIN else os.stat(place)
        return TextDone(file, tally, report.changed, shown, None, (state.st_size, state.st_mtime_ns) if state else None)

    def _write(self, file: TextFile) -> FileReport:
        path, target = file
        if target is None:
            return clean_file(path, self.clean, sidecar=self.sidecar, store=self.store, undo=self.undo)
        if path == STDIN:
            report = preview_bytes(sys.stdin.buffer.read(), path, self.clean)
        else:
            report = preview_file(path, self.clean)
        if target == STDIN:
            if not self.as_json:
                sys.stdout.buffer.write(report.data)
                sys.stdout.buffer.flush()
            return report
        data, known = report.data, detect(report.data)
        if (wanted := compression_of(str(target), str(path), known)) != known and path != STDIN:
            data = packed(unpacked_bytes(data), wanted)
        write_elsewhere(path, target, data)
        if self.sidecar:
            write_sidecar(report, target)
        return report


def write_elsewhere(source: Path, target: Path, data: bytes) -> None:
    """Write what came of `source` to `target`, in folders that are made where they lack; raises `FileError`."""
    make_room(None if source == STDIN else source, target)
    write_file(target, data, None if source == STDIN else source)


def make_room(source: Path | None, target: Path) -> None:
    """Refuse a target that is the source itself, and make its folder; raises `FileError`."""
    if source and os.path.exists(target) and target.samefile(source):
        raise FileError(f"{source}: is its own -o, so it is left as it is; to clean it where it lies, leave -o out")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{target}: its folder cannot be made ({error.strerror})") from error
