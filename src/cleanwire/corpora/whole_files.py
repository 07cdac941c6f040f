"""The work of one process on text files: clean each of them, in place or to another file."""

import json
import sys
from dataclasses import dataclass
from typing import NamedTuple

from cleanwire.corpora.blocks import cannot_clean, left_unchanged
from cleanwire.corpora.checkpoint import State, state_of
from cleanwire.corpora.counts import Counts, counts_of
from cleanwire.errors import FileError, TemplateError
from cleanwire.formats.compression import compression_of, detect, packed, unpacked_bytes
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.record import BLOCK
from cleanwire.inplace import FileReport, clean_file, preview_bytes, preview_file, write_sidecar
from cleanwire.io.files import check_replaceable, locate, write_file
from cleanwire.io.location import Location, make_folder_for
from cleanwire.time_limit import Clean

_BATCH = 64
"""Most files in one unit of work."""


class TextFile(NamedTuple):
    """A text file, and where its clean text goes; None means in place."""

    source: Location
    target: Location | None


class Batch:
    """Text files that will be one unit of work."""

    def __init__(self) -> None:
        self.files: list[TextFile] = []
        self._size = 0

    @property
    def is_full(self) -> bool:
        """Whether it is as many files, or bytes, as one unit should be."""
        return len(self.files) >= _BATCH or self._size >= BLOCK

    def add(self, file: TextFile) -> None:
        """Add a file."""
        self.files.append(file)
        state = state_of(file.source.name)
        self._size += state[0] if state else 0

    def take(self) -> list[TextFile]:
        """Return the files, and begin a new batch."""
        files, self.files, self._size = self.files, [], 0
        return files


class TextDone(NamedTuple):
    """The outcome for a text file: whether its bytes changed, what was done, what to print, or why it failed.

    `state` is that of the written file.
    """

    file: TextFile
    counts: Counts
    changed: bool = False
    shown: str = ""
    error: str | None = None
    state: State | None = None


@dataclass(frozen=True)
class CleanTexts:
    """Cleans text files; it is sent to other processes.  With `dry_run` nothing is written."""

    clean: Clean
    sidecar: bool = False
    as_json: bool = False
    store: str | None = None
    undo: bool = True
    limits: Limits = LIMITS
    dry_run: bool = False

    def __call__(self, files: tuple[TextFile, ...]) -> list[TextDone]:
        """Clean each file; an error of one does not stop the others."""
        return list(map(self._attempt, files))

    def _attempt(self, file: TextFile) -> TextDone:
        try:
            report = self._write(file)
        except FileError as error:
            return TextDone(file, Counts(), error=str(error))
        except TemplateError as error:  # in the template of this file's site; files of other sites are cleaned
            return TextDone(file, Counts(), error=f"{file.source}: left unchanged: {error}")
        except Exception as error:  # an error in a filter must not stop the other texts
            return TextDone(file, Counts(), error=f"{file.source}: {cannot_clean(error)}")
        counts = counts_of(report.result, report.changed)
        if reason := left_unchanged(report.result, counts):
            return TextDone(file, counts, error=f"{file.source}: {reason}")
        counts.add_edits(report.result, changed=report.changed)
        shown = json.dumps(report.to_dict(), ensure_ascii=False) if self.as_json else ""
        written = file.target or file.source
        state = None if written.is_pipe or self.dry_run else state_of(written.name)
        return TextDone(file, counts, report.changed, shown, None, state)

    def _write(self, file: TextFile) -> FileReport:
        source, target = file
        if self.dry_run:
            report = self._preview(source)
            if report.changed and target is None:
                check_replaceable(source.path, locate(source.path))
            return report
        if target is None:
            return clean_file(
                source.path,
                self.clean,
                sidecar=self.sidecar,
                store=self.store,
                undo=self.undo,
                limits=self.limits,
            )
        report = self._preview(source)
        if target.is_pipe:
            if not self.as_json:
                sys.stdout.buffer.write(report.data)
                sys.stdout.buffer.flush()
            return report
        data, known = report.data, detect(report.data)
        if not source.is_pipe and (wanted := compression_of(target.name, source.name, known)) != known:
            data = packed(unpacked_bytes(data, self.limits), wanted)
        make_folder_for(target, source)
        write_file(target.path, data, None if source.is_pipe else source.path)
        if self.sidecar:
            write_sidecar(report, target.path)
        return report

    def _preview(self, source: Location) -> FileReport:
        if source.is_pipe:
            data = sys.stdin.buffer.read(self.limits.record + 1)
            return preview_bytes(data, source.path, self.clean, self.limits)
        return preview_file(source.path, self.clean, self.limits)
