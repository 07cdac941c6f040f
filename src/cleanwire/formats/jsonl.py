r"""JSON Lines: one object a line.

A row is scanned, not parsed and serialised again: only the bytes of the string that changed are replaced.  ``1e5``
stays ``1e5``, a duplicate key stays, and whitespace stays where it is.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, NamedTuple

from cleanwire.errors import FormatError
from cleanwire.formats.foreign import ARRAY, is_array_of_rows
from cleanwire.formats.json_scan import Scan, scan
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.record import (
    BLOCK,
    COLUMNS,
    SAMPLE,
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

_ROWS = 2**16
"""Most rows of a block, about."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Row(NamedTuple):
    """A row: its bytes with the line end, its text without a BOM, and what the scan for the text found in it."""

    line: bytes
    text: str
    found: Scan


@dataclass(frozen=True)
class Jsonl:
    """Rows of JSON; `path` holds the keys that lead to the text, `url` those that lead to the address."""

    path: tuple[str, ...] = ("text",)
    add: tuple[str, ...] = ()
    name: str = "jsonl"
    url: tuple[str, ...] = ()
    limits: Limits = LIMITS

    @property
    def column(self) -> str:
        """The keys, joined by dots."""
        return ".".join(self.path)

    @property
    def has_url(self) -> bool:
        """Whether addresses of records are read."""
        return bool(self.url)

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Split after a line."""
        while block := file.read(BLOCK):
            if not block.endswith(b"\n"):
                rest = file.readline(self.limits.record + 1)
                self.limits.refuse_record(len(block) - block.rfind(b"\n") - 1 + len(rest))
                block += rest
            yield from _of_few_rows(block)

    def read(self, block: Block) -> Iterator[Record]:
        """Yield the rows; an empty line does not count."""
        for index, line in enumerate(_lines(block.data)):
            body = line.removeprefix(UTF8_BOM) if block.first and index == 0 else line
            try:
                row = body.decode()
            except UnicodeDecodeError:
                yield Record(index, None, line, invalid_utf8(body, "the row"))
                continue
            yield self.record(index, line, row) if row.strip() else Record(index, None, line, is_record=False)

    def record(self, index: int, line: bytes, row: str) -> Record:
        """Return the record number `index` for a row, given as bytes and as text without a byte order mark."""
        try:
            found = scan(row, self.path)
        except (ValueError, RecursionError) as error:
            return Record(index, None, line, f"is not a JSON object ({error})")
        value = found.value
        if value and value.text is None and row[value.start : value.end] != "null":
            return Record(index, None, line, f"the column {self.column!r} is not a string")
        for name in self.add:
            if f'"{name}"' in row and scan(row, (name,)).value:
                return Record(index, None, line, f"already has a column {name!r}")
        text = value.text if value else None
        address = scan(row, self.url).value if self.url and text is not None else None
        return Record(index, text, _Row(line, row, found), url=address.text if address else None)

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Replace the strings that changed, and add the extra columns at the end of their rows."""
        bom = UTF8_BOM if block.first and block.data.startswith(UTF8_BOM) else b""
        parts: list[bytes] = []
        for record, text, extra in changes:
            if isinstance(record.raw, bytes):
                parts.append(record.raw)
                continue
            line, row, (value, brace, has_keys) = record.raw
            if text is None and extra is None:
                parts.append(line)
                continue
            if extra is not None:
                pairs = ", ".join(f"{json.dumps(name)}: {_dump(extra[name], row.isascii())}" for name in self.add)
                row = row[:brace] + (", " if has_keys else "") + pairs + row[brace:]
            if text is not None:
                old = record.raw.text[value.start : value.end]
                row = row[: value.start] + _dump(text, old.isascii()) + row[value.end :]
            parts.append((bom if record.position == 0 else b"") + row.encode())
        return [b"".join(parts)]


def _of_few_rows(block: bytes) -> Iterator[bytes]:
    """Yield a block in pieces of about `_ROWS` rows: a row takes hundreds of bytes, even if it is empty."""
    step = len(block) * _ROWS // max(block.count(b"\n"), 1)
    start = 0
    while start < len(block):
        stop = block.find(b"\n", start + step) + 1 or len(block)
        yield block[start:stop]
        start = stop


def look(sample: Sample) -> Jsonl:
    """Find the text column in the first bytes of a file.

    Raises `FormatError`, which lists the columns, if it is not there.

    >>> look(Sample(b'{"id": 1, "meta": {"body": "She left."}}', column="meta.body")).path
    ('meta', 'body')
    """
    head, whole = sample.head, len(sample.head) < BLOCK
    if head.startswith(UTF16_BOMS):
        raise FormatError("is not UTF-8, as JSON Lines must be; convert it first")
    if is_array_of_rows(head):
        raise FormatError(ARRAY)
    lines = _lines(head)
    if not whole:
        lines = lines[:-1] or lines  # the last one may be incomplete
    is_empty = not head.removeprefix(UTF8_BOM).strip()
    return look_at(sample, lines[:SAMPLE], is_empty=is_empty, is_long=not whole and len(lines) == 1)


def look_at(sample: Sample, rows: Sequence[bytes], *, is_empty: bool, is_long: bool = False) -> Jsonl:
    """Return the format of rows of JSON, the first ones of a file; raise `FormatError` as `look` does.

    `is_empty` says that there are none, `is_long` that the first is longer than a block and cannot be parsed here.

    >>> look_at(Sample(b""), [b'{"body": "She left."}'], is_empty=False).column
    'body'
    """
    column, add, url, limits = sample.column, sample.add, sample.url, sample.limits
    if found := _parsed(rows):
        return Jsonl(_find_path(found, column), add, url=_find_url(found, url), limits=limits)
    if is_empty:
        return Jsonl(_path(column or COLUMNS[0]), add, url=_path(url), limits=limits)
    if is_long:
        return Jsonl(_path(column or _first_named(sample.head)), add, url=_path(url), limits=limits)
    raise FormatError("has no record that is a JSON object; check that it is JSON Lines, or an array of objects")


def _parsed(lines: Sequence[bytes]) -> list[dict[str, Any]]:
    """Return the lines that are JSON objects."""
    rows = []
    for line in lines:
        try:  # Python refuses long numbers, of which the type alone counts, so any other number will do
            row = json.loads(line.removeprefix(UTF8_BOM).decode("utf-8", "replace"), parse_int=len)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            rows.append(row)
    return rows


def _find_path(rows: Sequence[dict[str, Any]], column: str | None) -> tuple[str, ...]:
    """Return the keys that lead to the text; a key that itself contains dots comes before nested keys."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    if column is None:
        texts = [key for key in keys if any(isinstance(row.get(key), str) for row in rows)]
        if name := guess_column(texts) or guess_column(keys):
            return (name,)
    else:
        for path in dict.fromkeys(((column,), _path(column))):
            if any(_get(row, path) is not None for row in rows):
                return path
    raise no_column(column, keys, " in its first row" if len(rows) == 1 else f" in its first {len(rows):,} rows")


def _find_url(rows: Sequence[dict[str, Any]], url: str | None) -> tuple[str, ...]:
    """Return the keys that lead to the address; none if it is not read or not there."""
    paths = dict.fromkeys(((url,), _path(url))) if url else {}
    return next((path for path in paths if any(_get(row, path) is not None for row in rows)), ())


def _first_named(head: bytes) -> str:
    """Return the usual name of a text column that occurs in the bytes of a row, in their case."""
    for name in COLUMNS:
        if found := re.search(rb'(?i)"(%b)"\s*:' % name.encode(), head):
            return found[1].decode()
    return COLUMNS[0]


def _path(column: str | None) -> tuple[str, ...]:
    return tuple(column.split(".")) if column else ()


def _get(row: Any, path: Sequence[str]) -> Any:
    for key in path:
        row = row.get(key) if isinstance(row, dict) else None
    return row


def _lines(block: bytes) -> list[bytes]:
    lines = block.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _dump(value: Any, ascii_only: bool) -> str:
    """Return a value as JSON; a lone surrogate, which UTF-8 cannot encode, becomes an escape."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    return text if ascii_only else _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
