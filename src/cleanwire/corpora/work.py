"""What one process does with a block: clean its records."""

import zlib
from dataclasses import dataclass
from typing import Literal, NamedTuple

from cleanwire.corpora.tally import Tally
from cleanwire.document import Document
from cleanwire.errors import DecodeError
from cleanwire.formats.added import added, nothing
from cleanwire.formats.compression import Compression, packed
from cleanwire.formats.record import Block, Change, Format, Record
from cleanwire.formats.source import TABLES
from cleanwire.time_limit import Clean, exceeded

OnError = Literal["keep", "skip", "stop"]


class Piece(NamedTuple):
    """A block to clean: its bytes, or where they lie in a file on this machine."""

    format: Format
    compression: Compression
    first: bool
    data: bytes | None
    path: str = ""
    start: int = 0
    size: int = 0

    def load(self) -> bytes:
        """Return the bytes."""
        if self.data is not None:
            return self.data
        with open(self.path, "rb") as file:
            file.seek(self.start)
            return file.read(self.size)


class Done(NamedTuple):
    """A block that was cleaned: its bytes as they are written, and what was done.

    `places` is how many records there were, with those that do not count; `errors` are the numbers of those that
    could not be read, within the block, with the reason.
    """

    data: bytes
    check: int
    changed: bool
    places: int
    tally: Tally
    errors: list[tuple[int, str]]


LATE = "took longer than its time, so it stays as it was"
"""What the list of errors says of a text that was left."""


@dataclass(frozen=True)
class CleanBlock:
    """Cleans blocks; it travels to other processes.

    >>> from cleanwire import Cleaner
    >>> from cleanwire.formats.jsonl import Jsonl
    >>> CleanBlock(Cleaner())(Piece(Jsonl(), "plain", True, b'{"text": "A &amp; B", "n": 1e5}')).data
    b'{"text": "A & B", "n": 1e5}'
    """

    clean: Clean
    on_error: OnError = "keep"

    def __call__(self, piece: Piece) -> Done:
        """Clean a block; where an error is to stop all, the first one ends it."""
        data = piece.load()
        block = Block(data, piece.first)
        tally, errors = Tally(), list[tuple[int, str]]()
        changes: list[Change] = []
        place = -1
        for record in piece.format.read(block):
            place = record.place
            change, error = self._change(record, piece.format, tally)
            if error:
                errors.append((place, error))
            if change:
                changes.append(change)
            elif self.on_error == "stop":
                break
            elif self.on_error == "keep":
                changes.append(Change(record))
        try:
            parts = piece.format.write(block, changes)
        except DecodeError as error:  # a charset that cannot hold the clean text: the text is all of the block
            parts, changes = [data], []
            errors.append((0, str(error)))
        changed = len(changes) <= place or any(change.text is not None or change.added for change in changes)
        if piece.format.name not in TABLES:
            changed = b"".join(parts) != data
        written = b"".join(packed(part, piece.compression) for part in parts)
        return Done(written, zlib.crc32(written), changed, place + 1, tally, errors)

    def _change(self, record: Record, form: Format, tally: Tally) -> tuple[Change | None, str | None]:
        """Return what goes back for a record, if it can be read, and what is to be said of it."""
        text, error = record.text, record.error
        if error is None and text is not None:
            try:
                result = self.clean(Document(text, record.url) if record.url else text)
                columns = added(result, form.add) if form.add else None
            except Exception as failure:  # whatever one text does to a filter must not cost the others
                reason = " ".join(str(failure).split())[:200]
                error = f"cannot be cleaned ({type(failure).__name__}: {reason})"
        if error is not None:
            tally.bad += 1
            return None, error
        if text is None:
            tally.documents += record.counts
            tally.empty += record.counts
            return Change(record, None, nothing(form.add) if form.add and record.counts else None), None
        changed = result.text != text
        tally.documents += 1
        tally.changed += changed
        tally.read += len(text)
        tally.written += len(result.text)
        if exceeded(result):
            tally.late += 1
            return Change(record, None, columns), LATE
        tally.count(result)
        return Change(record, result.text if changed else None, columns), None
