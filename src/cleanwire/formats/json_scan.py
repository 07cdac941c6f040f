"""Find a value in a row of JSON without parsing the rest of it, so that all other bytes can stay."""

import re
from collections.abc import Sequence
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined] # missing in typeshed
from typing import NamedTuple

_BLANKS = re.compile(r"[ \t\r\n]*").match
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*").match
_NEXT = re.compile(r"[ \t\r\n]*([,}])[ \t\r\n]*").match
# Numbers are skipped as strings: Python refuses to parse very long ones.
_RAW_VALUE = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode


class Value(NamedTuple):
    """A value in a row: its offsets in characters, and its text if it is a string."""

    start: int
    end: int
    text: str | None


class Scan(NamedTuple):
    """The value that was looked for in an object, the offset of the closing brace, and whether the object has keys."""

    value: Value | None
    brace: int
    has_keys: bool


def scan(row: str, path: Sequence[str]) -> Scan:
    """Find the value that `path` leads to; of duplicate keys the last one, as JSON parsers do.

    Raises `ValueError` if the row is not exactly one JSON object.

    >>> scan('{"n": 1e5, "text": "Noon"}', ["text"]).value
    Value(start=19, end=25, text='Noon')
    """
    start = _skip_blanks(row)
    if not row.startswith("{", start):
        raise ValueError("it does not begin with a brace")
    found = _scan_object(row, start, path)
    end = _skip_blanks(row, found.brace + 1)
    if end != len(row):
        raise ValueError(f"unexpected data at character {end}")
    return found


def _scan_object(row: str, pos: int, path: Sequence[str]) -> Scan:
    """Scan the object whose opening brace is at `pos`."""
    found: Value | None = None
    pos = _skip_blanks(row, pos + 1)
    if row.startswith("}", pos):
        return Scan(None, pos, False)
    while True:
        if not row.startswith('"', pos):
            raise ValueError(f"no key at character {pos}")
        key, pos = scanstring(row, pos + 1, True)
        colon = _COLON(row, pos)
        if not colon:
            raise ValueError(f"no colon at character {pos}")
        if key == path[0]:
            found, pos = _scan_value(row, colon.end(), path[1:])
        else:
            _, pos = _text_and_end(row, colon.end())
        mark = _NEXT(row, pos)
        if not mark:
            raise ValueError(f"neither a comma nor a brace at character {pos}")
        if mark[1] == "}":
            return Scan(found, mark.start(1), True)
        pos = mark.end()


def _scan_value(row: str, start: int, path: Sequence[str]) -> tuple[Value | None, int]:
    """Return the value at `start`, or the one within it that `path` leads to, and the end of the outer one."""
    if path and row.startswith("{", start):
        inner = _scan_object(row, start, path)
        return inner.value, inner.brace + 1
    text, end = _text_and_end(row, start)
    return (None if path else Value(start, end, text)), end


def _text_and_end(row: str, start: int) -> tuple[str | None, int]:
    """Return the value at `start` if it is a string, and its end."""
    if row.startswith('"', start):
        found: tuple[str, int] = scanstring(row, start + 1, True)
        return found
    try:
        return None, _RAW_VALUE(row, start)[1]
    except StopIteration as error:
        raise ValueError(f"no value at character {start}") from error


def _skip_blanks(row: str, pos: int = 0) -> int:
    return _BLANKS(row, pos).end()  # type: ignore[union-attr] # it matches at every offset
