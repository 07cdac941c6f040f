"""The work of one process on a block of a file: clean its records."""

import zlib
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from cleanwire.chain import unsettled
from cleanwire.corpora.counts import Counts
from cleanwire.document import Document
from cleanwire.errors import DecodeError
from cleanwire.formats.compression import packed
from cleanwire.formats.extra_columns import extra_columns, null_columns
from cleanwire.formats.record import Block, Change, Format, Record
from cleanwire.inplace import of_its_file
from cleanwire.io.suffixes import TABLES, Compression
from cleanwire.result import Result
from cleanwire.time_limit import Clean, exceeded

OnError = Literal["keep", "skip", "stop"]

LATE = "exceeded its time limit and was left unchanged"
"""The reason in the list of errors for a text that exceeded its time limit."""
UNSETTLED = "would be changed again and again and was left unchanged"
"""The beginning of the reason for a text that does not settle; the filters follow."""


class Piece(NamedTuple):
    """A block to clean: its bytes, or if `data` is None their path, offset and size in a local file.

    `source` is the name of the file that it comes from.
    """

    format: Format
    compression: Compression
    first: bool
    data: bytes | None
    path: str = ""
    start: int = 0
    size: int = 0
    source: str = ""

    def load(self) -> bytes:
        """Return the bytes."""
        if self.data is not None:
            return self.data
        with open(self.path, "rb") as file:
            file.seek(self.start)
            return file.read(self.size)


class Done(NamedTuple):
    """A cleaned block: the bytes to write, their CRC-32, and what was done.

    `records` is the number of records, with those that do not count; `errors` holds the index within the block of each
    record that could not be read, and the reason.
    """

    data: bytes
    check: int
    changed: bool
    records: int
    counts: Counts
    errors: list[tuple[int, str]]


@dataclass(frozen=True)
class CleanBlock:
    """Cleans blocks; it is sent to other processes.

    >>> from cleanwire import Cleaner
    >>> from cleanwire.formats.jsonl import Jsonl
    >>> CleanBlock(Cleaner())(Piece(Jsonl(), "plain", True, b'{"text": "A &amp; B", "n": 1e5}')).data
    b'{"text": "A & B", "n": 1e5}'
    """

    clean: Clean
    on_error: OnError = "keep"

    def __call__(self, piece: Piece) -> Done:
        """Clean a block; with ``on_error="stop"`` only up to the first error."""
        data = piece.load()
        block = Block(data, piece.first)
        counts, errors = Counts(), list[tuple[int, str]]()
        changes: list[Change] = []
        records = 0
        clean = of_its_file(self.clean, piece.source)
        for record in piece.format.read(block):
            records = record.position + 1
            change, error = _change(clean, record, piece.format, counts)
            if error:
                errors.append((record.position, error))
            if change:
                changes.append(change)
            elif self.on_error == "stop":
                break
            elif self.on_error == "keep":
                changes.append(Change(record))
        try:
            parts = piece.format.write(block, changes)
        except DecodeError as error:  # the charset cannot encode the clean text, which is the whole block
            parts, changes = [data], []
            errors.append((0, str(error)))
        changed = len(changes) < records or any(change.text is not None or change.extra for change in changes)
        if piece.format.name not in TABLES:
            changed = b"".join(parts) != data
        written = b"".join(packed(part, piece.compression) for part in parts)
        return Done(written, zlib.crc32(written), changed, records, counts, errors)


def _change(clean: Clean, record: Record, form: Format, counts: Counts) -> tuple[Change | None, str | None]:
    """Return the change to a record, if it can be read, and the error to list, if any."""
    if record.error is not None:
        counts.bad += 1
        return None, record.error
    if record.text is None:
        counts.documents += record.is_record
        counts.empty += record.is_record
        return Change(record, None, null_columns(form.add) if form.add and record.is_record else None), None
    try:
        result, columns = _cleaned(clean, record.text, record.url, form.add)
    except Exception as failure:  # an error in a filter must not stop the other texts
        counts.bad += 1
        return None, cannot_clean(failure)
    counts.documents += 1
    counts.changed += result.text != record.text
    counts.read += len(record.text)
    counts.written += len(result.text)
    if reason := left_unchanged(result, counts):
        return Change(record, None, columns), reason
    counts.add_edits(result)
    return Change(record, result.text if result.text != record.text else None, columns), None


def _cleaned(clean: Clean, text: str, url: str | None, add: tuple[str, ...]) -> tuple[Result, dict[str, Any] | None]:
    result = clean(Document(text, url) if url else text)
    return result, extra_columns(result, add) if add else None


def left_unchanged(result: Result, counts: Counts) -> str | None:
    """Return why a text was given up, and count it; None if it was cleaned."""
    if exceeded(result):
        counts.late += 1
        return LATE
    if unsettled(result):
        counts.unsettled += 1
        names = ", ".join(edit.rule.partition(".")[2] for step in result.steps for edit in step.edits)
        return f"{UNSETTLED} (filters: {names}); please report it"
    return None


def is_read(reason: str) -> bool:
    """Return True if a reason in the list of errors is of a text that was read, and given up.

    >>> is_read(LATE), is_read("is not a JSON object")
    (True, False)
    """
    return reason.startswith((LATE, UNSETTLED))


def cannot_clean(error: Exception) -> str:
    """Return the reason that a text cannot be cleaned since a filter failed.

    >>> cannot_clean(ValueError("no such name"))
    'cannot be cleaned (ValueError: no such name)'
    """
    return f"cannot be cleaned ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
