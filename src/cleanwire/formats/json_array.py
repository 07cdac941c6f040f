r"""JSON arrays: one array of objects, each of which is a record.

The array is scanned as a stream and never parsed as a whole.  As in JSON Lines, only the bytes of the strings that
change are replaced: layout, numbers and other fields stay.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple

from cleanwire.errors import FormatError
from cleanwire.formats.foreign import OBJECT
from cleanwire.formats.jsonl import Jsonl, look_at
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.record import BLOCK, SAMPLE, UTF8_BOM, UTF16_BOMS, Block, Change, Record, Sample, invalid_utf8

_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*\[[ \t\r\n]*")
_NEXT = re.compile(rb"[ \t\r\n]*,[ \t\r\n]*")
_LAST = re.compile(rb"[ \t\r\n]*\][ \t\r\n]*")
_BLANKS = re.compile(rb"[ \t\r\n]*")
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+(")?|[\[\]{}]', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,\]]+")
_OPENING, _CLOSING, _QUOTE = b"[{", b"]}", b'"'
_END = "ends within the array: the file is truncated, or is not JSON; get it again"


class _Element(NamedTuple):
    """An element: where the mark before it begins, a comma or the bracket, where it begins itself, and its end."""

    lead: int
    start: int
    end: int


class _Raw(NamedTuple):
    """The bytes before an element, and what `Jsonl` needs to write the element."""

    lead: bytes
    row: Any


@dataclass(frozen=True)
class JsonArray:
    """An array whose elements are read as the `rows` of JSON Lines are."""

    rows: Jsonl = field(default_factory=Jsonl)
    limits: Limits = LIMITS
    name: str = "json"

    @property
    def add(self) -> tuple[str, ...]:
        """The extra columns to add."""
        return self.rows.add

    @property
    def column(self) -> str:
        """The keys that lead to the text, joined by dots."""
        return self.rows.column

    @property
    def has_url(self) -> bool:
        """Whether addresses of records are read."""
        return self.rows.has_url

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Split after an element; raise `FormatError` for what is not one array."""
        most, pending, first = self.limits.record, b"", True
        while data := file.read(max(BLOCK, min(len(pending), most - len(pending) + 1))):
            pending += data
            end = 0
            for element in _elements(pending, first):
                end = element.end
            if end:
                yield pending[:end]
                pending, first = pending[end:], False
            else:
                self.limits.refuse_record(len(pending))
        if pending or not first:
            _check_end(pending, first)
        if pending:
            yield pending

    def read(self, block: Block) -> Iterator[Record]:
        """Yield the elements; the end of the array does not count."""
        data, end, index = block.data, 0, 0
        for index, element in enumerate(_elements(data, block.first), 1):
            lead, body, end = data[element.lead : element.start], data[element.start : element.end], element.end
            if error := invalid_utf8(body, "the element"):
                yield Record(index - 1, None, _Raw(lead, body), error)
                continue
            record = self.rows.record(index - 1, body, body.decode())
            yield record._replace(raw=_Raw(lead, record.raw))
        if end < len(data):
            yield Record(index, None, data[end:], is_record=False)

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Replace the strings that changed, and add the extra columns at the end of their objects.

        Raises `FormatError` if no element of the first block is kept: the next block begins with a comma.
        """
        parts: list[bytes] = []
        is_cut = block.first and (not changes or changes[0].record.position > 0)
        if is_cut:
            if not changes:
                raise FormatError("has no element that can be read in its first megabyte; use --on-error keep")
            parts.append(_lead(block.data))
        for number, change in enumerate(changes):
            record = change.record
            if isinstance(record.raw, bytes):
                parts.append(record.raw)
                continue
            lead, row = record.raw
            parts.append(lead.replace(b",", b"", 1).lstrip() if is_cut and not number else lead)
            parts += self.rows.write(Block(b"", False), [change._replace(record=record._replace(raw=row))])
        return [b"".join(parts)]


def look(sample: Sample) -> JsonArray:
    """Find the text column in the first elements of an array.

    Raises `FormatError`, which lists the columns, if it is not there.

    >>> look(Sample(b'[{"id": 1, "meta": {"body": "She left."}}]', column="meta.body")).column
    'meta.body'
    """
    head = sample.head
    if head.startswith(UTF16_BOMS):
        raise FormatError("is not UTF-8, as JSON must be; convert it first")
    if head.removeprefix(UTF8_BOM).strip() and not _FIRST.match(head):
        is_object = head.removeprefix(UTF8_BOM).lstrip().startswith(b"{")
        raise FormatError(OBJECT if is_object else "is not a JSON array; for JSON Lines use --as jsonl")
    rows = []
    for element in _elements(head, True):
        rows.append(head[element.start : element.end])
        if len(rows) == SAMPLE:
            break
    is_empty = not rows and len(head) < BLOCK and not _elements_begin(head)
    return JsonArray(look_at(sample, rows, is_empty=is_empty), limits=sample.limits)


def _elements(data: bytes, first: bool) -> Iterator[_Element]:
    """Yield the elements that are whole in `data`, which begins the array if it is the `first` block.

    Raises `FormatError` for what cannot be an element.
    """
    end, lead = 0, _FIRST if first else _NEXT
    while match := lead.match(data, end):
        start = match.end()
        stop = _end_of(data, start)
        if stop < 0:
            return
        yield _Element(end, start, stop)
        end, lead = stop, _NEXT


def _elements_begin(head: bytes) -> bool:
    """Return True if something but the end of the array follows its beginning."""
    opening = _FIRST.match(head)
    return opening is not None and not _LAST.fullmatch(head, opening.end())


def _end_of(data: bytes, start: int) -> int:
    """Return the end of the value at `start`; -1 if it is not known yet, and for the end of an empty array."""
    mark = data[start : start + 1]
    if not mark or mark == b"]":
        return -1
    if mark not in b'[{"':
        scalar = _SCALAR.match(data, start)
        if not scalar or mark in b",}":
            raise FormatError(f"is not a JSON array: {data[start : start + 20]!r} is no value")
        return scalar.end() if scalar.end() < len(data) else -1
    depth = 0
    for token in _TOKEN.finditer(data, start):
        mark = data[token.start() : token.start() + 1]
        if mark == _QUOTE:
            if not token[1]:
                return -1
        else:
            depth += 1 if mark in _OPENING else -1
        if not depth:
            return token.end()
    return -1


def _check_end(data: bytes, first: bool) -> None:
    """Raise `FormatError` unless `data`, which follows the last element, is the end of the array."""
    start = 0
    if first:
        if not data.strip():
            return
        opening = _FIRST.match(data)
        if not opening:
            raise FormatError("is not a JSON array; for JSON Lines use --as jsonl")
        start = opening.end()
    closing = _LAST.match(data, start)
    if not closing:
        mark = _BLANKS.match(data, start).end()  # type: ignore[union-attr] # it matches everywhere
        raise FormatError(_END if data[mark : mark + 1] in (b"", b",") or first else _follows(data[mark:]))
    if closing.end() < len(data):
        raise FormatError(_follows(data[closing.end() :]))


def _follows(data: bytes) -> str:
    return f"is not a JSON array: {data[:20]!r} follows an element or the array"


def _lead(data: bytes) -> bytes:
    return _FIRST.match(data)[0]  # type: ignore[index] # the first block begins so
