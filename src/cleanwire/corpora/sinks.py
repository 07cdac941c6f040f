"""Where blocks go that no file is made of: to stdout, or nowhere."""

import sys
from dataclasses import dataclass

from cleanwire.corpora.blocks import Done
from cleanwire.corpora.part_file import Progress
from cleanwire.formats.compression import Frame


@dataclass
class Nowhere(Progress):
    """Blocks that are counted and not written."""

    def add(self, done: Done, errors_end: int) -> None:
        """Count a block."""
        self.records += done.records
        self.changed = self.changed or done.changed
        self.counts += done.counts
        self.errors_end = errors_end

    def end(self) -> None:
        """Do nothing: there is nothing to complete."""

    def close(self) -> None:
        """Do nothing: what was written, if anything, cannot be taken back."""

    discard = close


@dataclass
class Pipe(Nowhere):
    """Blocks that go to stdout, which cannot be resumed."""

    framed: bool
    _frame: Frame | None = None

    def add(self, done: Done, errors_end: int) -> None:
        """Write a block."""
        if self.framed and self._frame is None:
            self._frame = Frame()
        sys.stdout.buffer.write(self._frame.add(done.data) if self._frame else done.data)
        super().add(done, errors_end)

    def end(self) -> None:
        """Write the end of the stream."""
        if self._frame:
            sys.stdout.buffer.write(self._frame.end())
        sys.stdout.buffer.flush()
