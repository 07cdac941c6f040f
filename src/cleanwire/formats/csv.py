r"""CSV and TSV with a header: fields separated by delimiters, quoted if they contain one, a quote or a line end.

Only the bytes of the field that changed are replaced.  A quote opens a quoted field only at the beginning of the
field; inside, quotes are doubled.  If a row ends in ``\r\n`` and so do all lines of its text, the text is read with
``\n`` and written back with ``\r\n``.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, NamedTuple

from cleanwire.errors import FormatError
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.record import (
    BLOCK,
    COLUMNS,
    UTF8_BOM,
    UTF16_BOMS,
    Block,
    Change,
    Record,
    Sample,
    guess_column,
    invalid_utf8,
    no_column,
)

_DATA = re.compile(r"^\s*$|^[\d\s.,:/+-]+$|://|[.!?…。]['\"”’]?$|.{80}")
"""What is no name of a column: nothing, a number or a date, an address, a sentence, a long text."""
_DELIMITERS = {"csv": ",;\t|", "tsv": "\t"}


class _Row(NamedTuple):
    """A row, the offsets of its text field in bytes, whether that is quoted, and the line end within it."""

    row: bytes
    start: int
    end: int
    quoted: bool
    newline: str


class _Patterns(NamedTuple):
    """The patterns for one delimiter: a row with its line end, the last row without one, and a field."""

    row: re.Pattern[bytes]
    rest: re.Pattern[bytes]
    field: bytes


@dataclass(frozen=True)
class Csv:
    """Rows of `width` fields with a `delimiter` between; `column` is the header of the text field, at `index`.

    `url` is the index of the address field, if that is read.
    """

    column: str
    index: int
    width: int
    delimiter: str = ","
    add: tuple[str, ...] = ()
    name: str = "csv"
    url: int | None = None
    limits: Limits = LIMITS

    @property
    def has_url(self) -> bool:
        """Whether addresses of records are read."""
        return self.url is not None

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Split after a row, which may contain line ends."""
        row = _patterns(self.delimiter).row
        pending = b""
        most = self.limits.record
        while data := file.read(max(BLOCK, min(len(pending), most - len(pending) + 1))):
            pending += data
            end = 0
            while match := row.match(pending, end):
                end = match.end()
            if end:
                yield pending[:end]
                pending = pending[end:]
            elif len(pending) > most:
                raise FormatError(
                    f"has a row of more than {most >> 20:,} MB, perhaps since a quote is never closed; "
                    "fix it, or raise the limit with --max-record"
                )
        if pending:
            yield pending

    def read(self, block: Block) -> Iterator[Record]:
        """Yield the rows; the header and empty lines do not count."""
        patterns = _patterns(self.delimiter)
        text = _field_at(self.delimiter, self.index).match
        address = None if self.url is None else _field_at(self.delimiter, self.url).match
        data = block.data
        end = index = 0
        while end < len(data):
            match = patterns.row.match(data, end)
            if not match and not (match := patterns.rest.fullmatch(data, end)):
                yield Record(index, None, data[end:], "a quote is never closed")
                return
            row, end = match[0], match.end()
            if (block.first and index == 0) or not row.strip():
                yield Record(index, None, row, is_record=False)
            else:
                record = self._record(index, row, text(row))
                yield record._replace(url=_address(address(row))) if address else record
            index += 1

    def _record(self, index: int, row: bytes, found: re.Match[bytes] | None) -> Record:
        if not found:
            return Record(index, None, row, f"has fewer fields than the header: {self.column!r} is missing")
        field, (start, end) = found[1], found.span(1)
        if end == len(row.rstrip(b"\n")) and field.endswith(b"\r"):
            field, end = field[:-1], end - 1
        if error := invalid_utf8(field, "the row", start):
            return Record(index, None, row, error)
        quoted = field.startswith(b'"')
        text = field.decode()
        if quoted:
            text = text[1:-1]
            if len(field) < 2 or not field.endswith(b'"') or '"' in text.replace('""', ""):
                return Record(index, None, row, f"the field {self.column!r} continues after its closing quote")
            text = text.replace('""', '"')
        newline = "\n"
        if row.endswith(b"\r\n") and (pairs := text.count("\r\n")) and pairs == text.count("\r") == text.count("\n"):
            text, newline = text.replace("\r\n", "\n"), "\r\n"
        return Record(index, text, _Row(row, start, end, quoted, newline))

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Replace the fields that changed, and add the extra columns at the end of their rows."""
        parts: list[bytes] = []
        for record, text, extra in changes:
            if isinstance(record.raw, bytes):
                is_header = block.first and record.position == 0 and bool(self.add)
                parts.append(self._extended(record.raw, self.add) if is_header else record.raw)
                continue
            row, start, end, quoted, newline = record.raw
            if text is not None:
                if newline == "\r\n":
                    text = text.replace("\r\n", "\n").replace("\n", "\r\n")
                row = row[:start] + self._field(text, quoted) + row[end:]
            parts.append(self._extended(row, [_cell(extra[name]) for name in self.add]) if extra else row)
        return [b"".join(parts)]

    def _extended(self, row: bytes, fields: Sequence[str]) -> bytes:
        """Return a row with more fields before its line end."""
        body = row.removesuffix(b"\n").removesuffix(b"\r")
        delimiter = self.delimiter.encode()
        return body + b"".join(delimiter + self._field(field, False) for field in fields) + row[len(body) :]

    def _field(self, text: str, quoted: bool) -> bytes:
        if quoted or text != text.strip() or any(mark in text for mark in (self.delimiter, '"', "\n", "\r")):
            text = '"' + text.replace('"', '""') + '"'
        return text.encode("utf-8", "surrogatepass")


def look(sample: Sample) -> Csv:
    r"""Find the text column in the header; the delimiter is the one with which it is found.

    Raises `FormatError`, which lists the columns, if it is not there.

    >>> look(Sample(b"id;body\n1;She left.\n", "csv")).delimiter
    ';'
    """
    head, name, _, column, add, url, limits = sample
    if head.startswith(UTF16_BOMS):
        raise FormatError("is not UTF-8, as CSV must be here; convert it first")
    head = head.removeprefix(UTF8_BOM)
    if not head.strip():
        return Csv(column or COLUMNS[0], 0, 1, _DELIMITERS[name][0], add, name, limits=limits)
    headers = {delimiter: _header(head, delimiter) for delimiter in _DELIMITERS[name]}
    for delimiter, fields in headers.items():
        wanted = column if column in fields else None if column else guess_column(fields)
        if wanted is not None:
            if existing := sorted(set(add) & set(fields)):
                raise FormatError(f"already has a column {existing[0]!r}; leave it out of --add")
            at = fields.index(url) if url in fields else None
            return Csv(wanted, fields.index(wanted), len(fields), delimiter, add, name, at, limits)
    widest = headers[max(headers, key=lambda delimiter: len(headers[delimiter]))]
    if not _is_header(widest):
        raise FormatError(
            "has no header: its first row looks like data; add a row with the names of the columns, such as id,text"
        )
    raise no_column(column, widest)


def _is_header(fields: Sequence[str]) -> bool:
    """Return True if fields can be names of columns: short, each once, no numbers, dates, addresses or sentences."""
    return len(set(fields)) == len(fields) and not any(map(_DATA.search, fields))


def _address(found: re.Match[bytes] | None) -> str | None:
    return _unquoted(found[1].decode("utf-8", "replace").strip()) or None if found else None


def _header(head: bytes, delimiter: str) -> list[str]:
    patterns = _patterns(delimiter)
    match = patterns.row.match(head) or patterns.rest.match(head)
    row = (match[0] if match else head).rstrip(b"\r\n")
    fields = re.findall(rb"(?:^|%b)(%b)" % (re.escape(delimiter.encode()), patterns.field), row)
    return [_unquoted(field.decode("utf-8", "replace")) for field in fields]


def _unquoted(field: str) -> str:
    return field[1:-1].replace('""', '"') if len(field) > 1 and field[0] == field[-1] == '"' else field


def _cell(value: Any) -> str:
    """Return a value as a field: a string as it is, null as an empty one, anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _patterns(delimiter: str) -> _Patterns:
    """Return the patterns; they are made once a block, and `re` caches the compiled ones."""
    mark = re.escape(delimiter.encode())
    # A quoted field that is not closed yet must not match as an unquoted one.
    field = rb'(?:"(?:[^"]++|"")*+"[^%b\n]*+|(?!")[^%b\n]*+)' % (mark, mark)
    fields = rb"%b(?:%b%b)*+" % (field, mark, field)
    return _Patterns(re.compile(fields + rb"\n"), re.compile(fields + rb"\n?"), field)


def _field_at(delimiter: str, index: int) -> re.Pattern[bytes]:
    field = _patterns(delimiter).field
    return re.compile(rb"(?:%b%b){%d}(%b)" % (field, re.escape(delimiter.encode()), index, field))
