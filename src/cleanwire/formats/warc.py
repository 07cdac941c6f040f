r"""WARC and WET: the texts are the payloads of the records of the type ``conversion``.

All other records and header lines keep their bytes; if a text changed, its length and digests are updated.  In a
compressed file each record is a member of its own, as the standard asks.
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, NamedTuple

from cleanwire.errors import FormatError
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.record import BLOCK, Block, Change, Record, Sample, invalid_utf8

_END = b"\r\n\r\n"
_VERSION = b"WARC/"
_HEAD = 2**16
"""Longest line of a header in bytes."""
_LINES = 1000
"""Most lines of a header."""
_DIGITS = 18
"""Most digits of a length; more are beyond any file."""


class _Parts(NamedTuple):
    """A record: its header with the empty line after it, its payload, and the line ends after that."""

    head: bytes
    payload: bytes
    end: bytes


@dataclass(frozen=True)
class Warc:
    """The records of a WARC file."""

    add: tuple[str, ...] = ()
    column: None = None
    name: str = "warc"
    has_url: bool = True
    limits: Limits = LIMITS

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Split between two records."""
        parts: list[bytes] = []
        size = 0
        while head := _head(file):
            length = _length(head)
            self.limits.refuse_record(length)
            body = file.read(length + len(_END))
            if len(body) < length:
                raise FormatError("ends within a record: the file is truncated; get it again")
            parts += (head, body)
            size += len(head) + len(body)
            if size >= BLOCK:
                yield b"".join(parts)
                parts, size = [], 0
        if parts:
            yield b"".join(parts)

    def read(self, block: Block) -> Iterator[Record]:
        """Yield the records; those of other types do not count."""
        data = block.data
        end = index = 0
        while end < len(data):
            payload = data.index(_END, end) + len(_END)
            head = data[end:payload]
            tail = payload + _length(head)
            end = tail + len(_END)
            raw = _Parts(head, data[payload:tail], data[tail:end])
            if _field(head, b"WARC-Type") != b"conversion":
                yield Record(index, None, raw, is_record=False)
            elif error := invalid_utf8(raw.payload, "the text"):
                yield Record(index, None, raw, error)
            else:
                url = (_field(head, b"WARC-Target-URI") or b"").decode("utf-8", "replace")
                yield Record(index, raw.payload.decode(), raw, url=url or None)
            index += 1

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Replace the payloads that changed, with their lengths and digests."""
        parts: list[bytes] = []
        for record, text, _ in changes:
            head, payload, end = record.raw
            if text is not None:
                payload = text.encode("utf-8", "surrogatepass")
                head = _updated(head, payload)
            parts.append(head + payload + end)
        return parts


def look(sample: Sample) -> Warc:
    """Return the format, which has no columns; raise `FormatError` if the file does not begin with a record."""
    sample.refuse_columns()
    if sample.head and not sample.head.startswith(_VERSION):
        raise FormatError("is not a WARC file")
    return Warc(limits=sample.limits)


def _head(file: IO[bytes]) -> bytes:
    """Read the header of the next record; empty at the end of the file."""
    line = file.readline(_HEAD)
    if not line:
        return b""
    if not line.startswith(_VERSION):
        raise FormatError(f"is not WARC: a record begins with {line[:20]!r}")
    lines = [line]
    while line != b"\r\n":
        line = file.readline(_HEAD)
        if not line.endswith(b"\r\n") or len(lines) > _LINES:
            raise FormatError("is not WARC: a record header has no end")
        lines.append(line)
    return b"".join(lines)


def _field(head: bytes, name: bytes) -> bytes | None:
    match = re.search(rb"(?im)^" + re.escape(name) + rb":[ \t]*([^\r\n]*?)[ \t]*\r$", head)
    return match[1] if match else None


def _length(head: bytes) -> int:
    length = _field(head, b"Content-Length")
    if length is None or not length.isdigit() or len(length) > _DIGITS:
        raise FormatError("is not WARC: a record has no valid Content-Length")
    return int(length)


def _updated(head: bytes, payload: bytes) -> bytes:
    """Return a header with the length and digests of another payload, without digests of unknown algorithms."""
    head = re.sub(rb"(?im)^(Content-Length:[ \t]*)\d+", lambda m: m[1] + str(len(payload)).encode(), head)
    return re.sub(
        rb"(?im)^(WARC-(?:Block|Payload)-Digest:[ \t]*)([\w-]+):([^\r\n]*)\r\n",
        lambda m: m[1] + digest + b"\r\n" if (digest := _digest(m[2], m[3], payload)) else b"",
        head,
    )


def _digest(algorithm: bytes, before: bytes, payload: bytes) -> bytes | None:
    try:
        value = hashlib.new(algorithm.decode().replace("-", "").lower(), payload, usedforsecurity=False)
    except ValueError:
        return None
    if not value.digest_size:  # one of any length, such as shake_128
        return None
    # Usually base32; hexadecimal if the old digest was.
    is_hex = len(before.strip()) == 2 * value.digest_size
    text = value.hexdigest() if is_hex else base64.b32encode(value.digest()).decode()
    return algorithm + b":" + text.encode()
