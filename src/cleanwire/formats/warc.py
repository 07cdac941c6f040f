r"""WARC and WET: the texts are the payloads of the records of the type ``conversion``.

All other records and all header lines keep their bytes; where a text changed, its length and its digests are written
anew.  Compressed, each record is a member of its own, as the format wants it.
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, NamedTuple

from cleanwire.errors import FormatError
from cleanwire.formats.record import BLOCK, Block, Change, Record

_END = b"\r\n\r\n"
_VERSION = b"WARC/"
_HEAD = 2**16
"""The header of a record is no longer than this."""


class _Held(NamedTuple):
    """A record: its header with the blank line behind it, its payload, and the end of it."""

    head: bytes
    payload: bytes
    end: bytes


@dataclass(frozen=True)
class Warc:
    """Records of a WARC file."""

    add: tuple[str, ...] = ()
    column: None = None
    name: str = "warc"
    has_url: bool = True

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Cut between two records."""
        parts: list[bytes] = []
        size = 0
        while head := _head(file):
            length = _length(head)
            body = file.read(length + len(_END))
            if len(body) < length:
                raise FormatError("ends within a record; it was cut short")
            parts += (head, body)
            size += len(head) + len(body)
            if size >= BLOCK:
                yield b"".join(parts)
                parts, size = [], 0
        if parts:
            yield b"".join(parts)

    def read(self, block: Block) -> Iterator[Record]:
        """Read the records; those of other types do not count."""
        data = block.data
        reached = place = 0
        while reached < len(data):
            stop = data.index(_END, reached) + len(_END)
            head = data[reached:stop]
            end = stop + _length(head)
            reached = end + len(_END)
            held = _Held(head, data[stop:end], data[end:reached])
            if _field(head, b"WARC-Type") != b"conversion":
                yield Record(place, None, held, counts=False)
            else:
                try:
                    url = _field(head, b"WARC-Target-URI") or b""
                    yield Record(place, held.payload.decode(), held, url=url.decode("utf-8", "replace") or None)
                except UnicodeDecodeError as error:
                    yield Record(place, None, held, f"byte {error.start} of the text is no UTF-8")
            place += 1

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Put texts in place of others, record by record."""
        parts: list[bytes] = []
        for record, text, _ in changes:
            head, payload, end = record.held
            if text is not None:
                payload = text.encode("utf-8", "surrogatepass")
                head = _headed(head, payload)
            parts.append(head + payload + end)
        return parts


def _head(file: IO[bytes]) -> bytes:
    """Read the header of the next record, or nothing at the end of the file."""
    line = file.readline(_HEAD)
    if not line:
        return b""
    if not line.startswith(_VERSION):
        raise FormatError(f"is no WARC: a record begins with {line[:20]!r}")
    lines = [line]
    while line != b"\r\n":
        line = file.readline(_HEAD)
        if not line.endswith(b"\r\n"):
            raise FormatError("is no WARC: the header of a record does not end")
        lines.append(line)
    return b"".join(lines)


def _field(head: bytes, name: bytes) -> bytes | None:
    match = re.search(rb"(?im)^" + re.escape(name) + rb":[ \t]*([^\r\n]*?)[ \t]*\r$", head)
    return match[1] if match else None


def _length(head: bytes) -> int:
    length = _field(head, b"Content-Length")
    if length is None or not length.isdigit():
        raise FormatError("is no WARC: a record does not say how long it is")
    return int(length)


def _headed(head: bytes, payload: bytes) -> bytes:
    """Return a header with the length and the digests of another payload; a digest of an unknown kind is left out."""
    head = re.sub(rb"(?im)^(Content-Length:[ \t]*)\d+", lambda m: m[1] + str(len(payload)).encode(), head)
    return re.sub(
        rb"(?im)^(WARC-(?:Block|Payload)-Digest:[ \t]*)([\w-]+):([^\r\n]*)\r\n",
        lambda m: m[1] + named + b"\r\n" if (named := _digest(m[2], m[3], payload)) else b"",
        head,
    )


def _digest(kind: bytes, before: bytes, payload: bytes) -> bytes | None:
    try:
        value = hashlib.new(kind.decode().replace("-", "").lower(), payload, usedforsecurity=False)
    except ValueError:
        return None
    # Base32 by custom, but hexadecimal where the old one was.
    is_hex = len(before.strip()) == 2 * value.digest_size
    text = value.hexdigest() if is_hex else base64.b32encode(value.digest()).decode()
    return kind + b":" + text.encode()
