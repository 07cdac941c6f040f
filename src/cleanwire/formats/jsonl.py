r"""JSON lines: one object a line.

A row is walked, not parsed and printed again, and only the bytes of the string that changed are replaced: ``1e5``
stays ``1e5``, a key that is there twice stays twice, and blanks stay where they are.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined] # typeshed does not know it
from typing import IO, Any, NamedTuple

from cleanwire.errors import FormatError
from cleanwire.formats.record import BLOCK, COLUMNS, SAMPLE, Block, Change, Record

_BOM = b"\xef\xbb\xbf"
_BLANK = re.compile(r"[ \t\r\n]*").match
# Numbers are passed over as they are: Python refuses to read very long ones.
_VALUE = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode
_SURROGATE = re.compile("[\ud800-\udfff]")


class Place(NamedTuple):
    """Where a value stands in a row: `start` to `stop`, its text if it is a string, and where its object ends."""

    start: int
    stop: int
    text: str | None


class _Held(NamedTuple):
    """A row as it came and read, the place of its text, that of the brace that ends it, and whether it has a key."""

    line: bytes
    row: str
    place: Place | None
    end: int
    filled: bool


@dataclass(frozen=True)
class Jsonl:
    """Rows of JSON; `path` are the keys that lead to the text, `url` those that lead to the address."""

    path: tuple[str, ...] = ("text",)
    add: tuple[str, ...] = ()
    name: str = "jsonl"
    url: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The keys, joined by dots."""
        return ".".join(self.path)

    @property
    def has_url(self) -> bool:
        """Whether addresses were found."""
        return bool(self.url)

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Cut after a line."""
        while block := file.read(BLOCK):
            yield block if block.endswith(b"\n") else block + file.readline()

    def read(self, block: Block) -> Iterator[Record]:
        """Read the rows; a blank line is no record."""
        for place, line in enumerate(_lines(block.data)):
            try:
                row = (line.removeprefix(_BOM) if block.first and not place else line).decode()
            except UnicodeDecodeError as error:
                yield Record(place, None, line, f"byte {error.start} of the row is no UTF-8")
                continue
            if not row.strip():
                yield Record(place, None, line, counts=False)
                continue
            try:
                found, end, filled = _walk(row, self.path)
            except (ValueError, RecursionError) as error:
                yield Record(place, None, line, f"is no JSON object ({error})")
                continue
            if found and found.text is None and row[found.start : found.stop] != "null":
                yield Record(place, None, line, f"the column {self.column!r} holds no text")
            elif there := [name for name in self.add if f'"{name}"' in row and _has(row, name)]:
                yield Record(place, None, line, f"has a column {there[0]!r} already")
            else:
                url = _walk(row, self.url)[0] if self.url and found and found.text is not None else None
                held = _Held(line, row, found, end, filled)
                yield Record(place, found.text if found else None, held, url=url.text if url else None)

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Replace strings where they stand, and add columns at the end of their rows."""
        bom = _BOM if block.first and block.data.startswith(_BOM) else b""
        parts: list[bytes] = []
        for record, text, added in changes:
            if isinstance(record.held, bytes):
                parts.append(record.held)
                continue
            line, row, place, end, filled = record.held
            if text is None and added is None:
                parts.append(line)
                continue
            if added is not None:
                pairs = ", ".join(f"{json.dumps(name)}: {_dump(added[name], row.isascii())}" for name in self.add)
                row = row[:end] + (", " if filled else "") + pairs + row[end:]
            if text is not None:
                old = record.held.row[place.start : place.stop]
                row = row[: place.start] + _dump(text, old.isascii()) + row[place.stop :]
            parts.append((bom if record.place == 0 else b"") + row.encode())
        return [b"".join(parts)]


def look(head: bytes, column: str | None, whole: bool, add: tuple[str, ...] = (), url: str | None = None) -> Jsonl:
    """Find the column in the first bytes of a file.

    Raises `FormatError` where there is none, with those that are there.

    >>> look(b'{"id": 1, "meta": {"body": "She left."}}', "meta.body", True).path
    ('meta', 'body')
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FormatError("is no UTF-8, in which JSON lines are; convert it first")
    lines = _lines(head)
    if not whole:
        lines = lines[:-1] or lines  # the last one is cut short
    rows = []
    for line in lines[:SAMPLE]:
        try:
            row = json.loads(line.removeprefix(_BOM).decode("utf-8", "replace"), parse_int=str, parse_float=str)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            rows.append(row)
    if not rows:
        if not head.removeprefix(_BOM).strip():
            return Jsonl(_path(column or COLUMNS[0]), add, url=_path(url))
        if not whole and len(lines) == 1:  # one huge row: its column is where it must be
            return Jsonl(_path(column or _guess(head)), add, url=_path(url))
        raise FormatError("holds no row that is a JSON object; is it JSON lines?")
    for name in (column,) if column else COLUMNS:
        for path in dict.fromkeys(((name,), _path(name))):
            if any(_get(row, path) is not None for row in rows):
                return Jsonl(path, add, url=_address(rows, url))
    names = ", ".join(dict.fromkeys(key for row in rows for key in row))
    wanted = f"no column {column!r}" if column else f"none of the columns {', '.join(COLUMNS)}"
    raise FormatError(f"has {wanted} in its first {len(rows)} rows, but {names}; name one by --column")


def _address(rows: Sequence[Any], url: str | None) -> tuple[str, ...]:
    """Return the keys that lead to the address, where it is asked for and there."""
    paths = dict.fromkeys(((url,), _path(url))) if url else {}
    return next((path for path in paths if any(_get(row, path) is not None for row in rows)), ())


def _guess(head: bytes) -> str:
    return next((name for name in COLUMNS if f'"{name}"'.encode() in head), COLUMNS[0])


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
    """Write a value as JSON; half a pair of surrogates, which UTF-8 cannot hold, as an escape."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    return text if ascii_only else _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _behind_blanks(row: str, pos: int = 0) -> int:
    return _BLANK(row, pos).end()  # type: ignore[union-attr] # it matches everywhere, if only nothing


def _walk(row: str, path: Sequence[str]) -> tuple[Place | None, int, bool]:
    """Find the value that `path` leads to: the last one, as readers of JSON do where a key is there twice.

    Returns its place, where the closing brace of the row stands, and whether the row has any key.
    """
    start = _behind_blanks(row)
    if row[start : start + 1] != "{":
        raise ValueError("no brace opens it")
    found, end, filled = _object(row, start, path)
    if _behind_blanks(row, end) != len(row):
        raise ValueError(f"more follows behind it, at character {end}")
    return found, end - 1, filled


def _object(row: str, pos: int, path: Sequence[str]) -> tuple[Place | None, int, bool]:
    """Walk the object that opens at `pos`; return the place found, the end of the object, and whether it has a key."""
    wanted, deeper = path[0], path[1:]
    found: Place | None = None
    pos = _behind_blanks(row, pos + 1)
    if row[pos : pos + 1] == "}":
        return None, pos + 1, False
    while True:
        if row[pos : pos + 1] != '"':
            raise ValueError(f"no key at character {pos}")
        key, pos = scanstring(row, pos + 1, True)
        pos = _behind_blanks(row, pos)
        if row[pos : pos + 1] != ":":
            raise ValueError(f"no colon at character {pos}")
        start = _behind_blanks(row, pos + 1)
        opener = row[start : start + 1]
        if key == wanted and deeper and opener == "{":
            found, pos, _ = _object(row, start, deeper)
        elif opener == '"':
            value, pos = scanstring(row, start + 1, True)
            if key == wanted:
                found = None if deeper else Place(start, pos, value)
        else:
            try:
                pos = _VALUE(row, start)[1]
            except StopIteration as error:
                raise ValueError(f"no value at character {start}") from error
            if key == wanted:
                found = None if deeper else Place(start, pos, None)
        pos = _behind_blanks(row, pos)
        mark = row[pos : pos + 1]
        if mark == "}":
            return found, pos + 1, True
        if mark != ",":
            raise ValueError(f"neither comma nor brace at character {pos}")
        pos = _behind_blanks(row, pos + 1)


def _has(row: str, name: str) -> bool:
    return _walk(row, (name,))[0] is not None
