r"""CSV and TSV with a header: fields between delimiters, quoted where they hold one, a quote, or a line end.

Only the bytes of the field that changed are replaced.  A quote opens a quoted field only where a field begins; within
one it is doubled.  Where a row ends in ``\r\n`` and the line ends of its text all do, they are read as ``\n`` and
written back as they were.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Any, NamedTuple

from cleanwire.errors import FormatError
from cleanwire.formats.record import BLOCK, COLUMNS, Block, Change, Record

_BOM = b"\xef\xbb\xbf"
_LIMIT = 2**28
"""A row that is larger has a quote that nobody closed."""

_DELIMITERS = {"csv": ",;\t|", "tsv": "\t"}


class _Held(NamedTuple):
    """A row, the place of its field, whether that was quoted, and what each of its line ends was."""

    row: bytes
    start: int
    stop: int
    quoted: bool
    newline: str


class _Shapes(NamedTuple):
    """The patterns of one delimiter: a whole row with its line end, a row that the file ends in, a field."""

    row: re.Pattern[bytes]
    rest: re.Pattern[bytes]
    field: bytes


@dataclass(frozen=True)
class Csv:
    """Rows of `width` fields between `delimiter`s; the text is the one at `index`, which the header calls `column`.

    The address is the one at `url`, if it is to be read.
    """

    column: str
    index: int
    width: int
    delimiter: str = ","
    add: tuple[str, ...] = ()
    name: str = "csv"
    url: int | None = None

    @property
    def has_url(self) -> bool:
        """Whether addresses were found."""
        return self.url is not None

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Cut after a row, which may hold line ends."""
        row = _shapes(self.delimiter).row
        held = b""
        while data := file.read(max(BLOCK, len(held))):
            held += data
            reached = 0
            while match := row.match(held, reached):
                reached = match.end()
            if reached:
                yield held[:reached]
                held = held[reached:]
            elif len(held) > _LIMIT:
                raise FormatError(f"has a row of more than {_LIMIT >> 20} MB: a quote is never closed; mend it by hand")
        if held:
            yield held

    def read(self, block: Block) -> Iterator[Record]:
        """Read the rows; the header and a blank line are no records."""
        shapes = _shapes(self.delimiter)
        locate = _locator(self.delimiter, self.index).match
        address = None if self.url is None else _locator(self.delimiter, self.url).match
        data = block.data
        reached = place = 0
        while reached < len(data):
            match = shapes.row.match(data, reached)
            if not match and not (match := shapes.rest.fullmatch(data, reached)):
                yield Record(place, None, data[reached:], "a quote is never closed")
                return
            row, reached = match[0], match.end()
            if (block.first and place == 0) or not row.strip():
                yield Record(place, None, row, counts=False)
            else:
                record = self._record(place, row, locate(row))
                yield record._replace(url=_address(address(row))) if address else record
            place += 1

    def _record(self, place: int, row: bytes, found: re.Match[bytes] | None) -> Record:
        if not found:
            return Record(place, None, row, f"has fewer fields than the header, so no {self.column!r}")
        field, (start, stop) = found[1], found.span(1)
        if stop == len(row.rstrip(b"\n")) and field.endswith(b"\r"):
            field, stop = field[:-1], stop - 1
        quoted = field.startswith(b'"')
        try:
            text = field.decode()
        except UnicodeDecodeError as error:
            return Record(place, None, row, f"byte {start + error.start} of the row is no UTF-8")
        if quoted:
            text = text[1:-1]
            if len(field) < 2 or not field.endswith(b'"') or '"' in text.replace('""', ""):
                return Record(place, None, row, f"the field {self.column!r} goes on behind its closing quote")
            text = text.replace('""', '"')
        newline = "\n"
        if row.endswith(b"\r\n") and (pairs := text.count("\r\n")) and pairs == text.count("\r") == text.count("\n"):
            text, newline = text.replace("\r\n", "\n"), "\r\n"
        return Record(place, text, _Held(row, start, stop, quoted, newline))

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Replace fields where they stand, and add columns at the end of their rows."""
        parts: list[bytes] = []
        for record, text, added in changes:
            held = record.held
            if isinstance(held, bytes):
                header = block.first and record.place == 0 and bool(self.add)
                parts.append(self._longer(held, self.add) if header else held)
                continue
            row: bytes = held.row
            if text is not None:
                if held.newline == "\r\n":
                    text = text.replace("\r\n", "\n").replace("\n", "\r\n")
                field = self._field(text, held.quoted)
                row = row[: held.start] + field + row[held.stop :]
            parts.append(self._longer(row, [_cell(added[name]) for name in self.add]) if added else row)
        return [b"".join(parts)]

    def _longer(self, row: bytes, fields: Sequence[str]) -> bytes:
        """Add fields at the end of a row, before its line end."""
        body = row.removesuffix(b"\n").removesuffix(b"\r")
        mark = self.delimiter.encode()
        return body + b"".join(mark + self._field(field, False) for field in fields) + row[len(body) :]

    def _field(self, text: str, quoted: bool) -> bytes:
        if quoted or text != text.strip() or any(mark in text for mark in (self.delimiter, '"', "\n", "\r")):
            text = '"' + text.replace('"', '""') + '"'
        return text.encode("utf-8", "surrogatepass")


def look(head: bytes, column: str | None, add: tuple[str, ...] = (), name: str = "csv", url: str | None = None) -> Csv:
    r"""Find the column in the header; the delimiter is the one under which it is there.

    Raises `FormatError` where there is none, with those that are there.

    >>> look(b"id;body\n1;She left.\n", None).delimiter
    ';'
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FormatError("is no UTF-8, which CSV has to be here; convert it first")
    head = head.removeprefix(_BOM)
    if not head.strip():
        return Csv(column or COLUMNS[0], 0, 1, _DELIMITERS[name][0], add, name)
    headers = {delimiter: _header(head, delimiter) for delimiter in _DELIMITERS[name]}
    for wanted in (column,) if column else COLUMNS:
        for delimiter, fields in headers.items():
            if wanted in fields:
                if there := sorted(set(add) & set(fields)):
                    raise FormatError(f"has a column {there[0]!r} already; leave it out of --add")
                at = fields.index(url) if url in fields else None
                return Csv(wanted, fields.index(wanted), len(fields), delimiter, add, name, at)
    names = ", ".join(headers[max(headers, key=lambda delimiter: len(headers[delimiter]))])
    missing = f"no column {column!r}" if column else f"none of the columns {', '.join(COLUMNS)}"
    raise FormatError(f"has {missing}, but {names}; name one by --column")


def _address(found: re.Match[bytes] | None) -> str | None:
    return _bare(found[1].decode("utf-8", "replace").strip()) or None if found else None


def _header(head: bytes, delimiter: str) -> list[str]:
    shapes = _shapes(delimiter)
    match = shapes.row.match(head) or shapes.rest.match(head)
    row = (match[0] if match else head).rstrip(b"\r\n")
    fields = re.findall(rb"(?:^|%b)(%b)" % (re.escape(delimiter.encode()), shapes.field), row)
    return [_bare(field.decode("utf-8", "replace")) for field in fields]


def _bare(field: str) -> str:
    return field[1:-1].replace('""', '"') if len(field) > 1 and field[0] == field[-1] == '"' else field


def _cell(value: Any) -> str:
    """Write a value as a field: a string as it is, nothing as an empty one, the rest as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@lru_cache
def _shapes(delimiter: str) -> _Shapes:
    mark = re.escape(delimiter.encode())
    # A quoted field that is not closed yet must not be read as a plain one.
    field = rb'(?:"(?:[^"]++|"")*+"[^%b\n]*+|(?!")[^%b\n]*+)' % (mark, mark)
    fields = rb"%b(?:%b%b)*+" % (field, mark, field)
    return _Shapes(re.compile(fields + rb"\n"), re.compile(fields + rb"\n?"), field)


@lru_cache
def _locator(delimiter: str, index: int) -> re.Pattern[bytes]:
    field = _shapes(delimiter).field
    return re.compile(rb"(?:%b%b){%d}(%b)" % (field, re.escape(delimiter.encode()), index, field))
