r"""Text files: a record is the whole file, in the charset and with the line ends that it has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, NamedTuple

from cleanwire.errors import DecodeError
from cleanwire.formats.foreign import foreign
from cleanwire.formats.limits import LIMITS, Limits, read_record
from cleanwire.formats.record import Block, Change, Record, Sample
from cleanwire.io.decode import decode, encode
from cleanwire.packs.load import alphabets


class DecodedText(NamedTuple):
    r"""A text, and how it is encoded: its charset, and its line end (``\n`` if its lines differ)."""

    text: str
    charset: str
    newline: str

    def encode(self, text: str) -> bytes:
        """Return another text in the same encoding; raise `DecodeError` if the charset lacks a character of it."""
        return encode(text.replace("\n", self.newline), self.charset)

    def unchanged(self, data: bytes) -> bytes:
        """Return the bytes of its own text, which were `data`; they differ only if invalid UTF-8 was repaired."""
        return self.encode(self.text) if self.charset == "utf-8" else data


def decode_text(data: bytes) -> DecodedText:
    r"""Decode the bytes of a text file; if every line ends in ``\r\n``, the text has ``\n`` instead.

    Raises `DecodeError` for bytes that are not text, and for HTML, PDF and JSON arrays, which are no text yet.

    >>> decode_text(b"one\r\ntwo\r\n").text
    'one\ntwo\n'
    """
    if what := foreign(data):
        raise DecodeError(what)
    text, charset, _ = decode(data, alphabets)
    pairs = text.count("\r\n")
    if pairs and pairs == text.count("\r") == text.count("\n"):
        return DecodedText(text.replace("\r\n", "\n"), charset, "\r\n")
    return DecodedText(text, charset, "\n")


@dataclass(frozen=True)
class Text:
    """A file that is one record."""

    add: tuple[str, ...] = ()
    column: None = None
    name: str = "text"
    has_url: bool = False
    limits: Limits = LIMITS

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Yield the whole file: a text is never split."""
        if data := read_record(file, self.limits):
            yield data

    def read(self, block: Block) -> Iterator[Record]:
        """Yield the text."""
        try:
            decoded = decode_text(block.data)
        except DecodeError as error:
            yield Record(0, None, block.data, str(error))
        else:
            yield Record(0, decoded.text, decoded)

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Return the text in its own encoding; raise `DecodeError` if the charset lacks a character of it."""
        return [_written(block.data, change) for change in changes]


def look(sample: Sample) -> Text:
    """Return the format, which has no columns."""
    sample.refuse_columns()
    return Text(limits=sample.limits)


def _written(data: bytes, change: Change) -> bytes:
    raw: bytes | DecodedText = change.record.raw
    if isinstance(raw, bytes):
        return raw
    return raw.unchanged(data) if change.text is None else raw.encode(change.text)
