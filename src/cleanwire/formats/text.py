r"""A text that is a whole file, in the charset and with the line ends that it came in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, NamedTuple

from cleanwire.errors import DecodeError
from cleanwire.formats.record import Block, Change, Record
from cleanwire.io.decode import decode, encode
from cleanwire.packs.load import alphabets


class Form(NamedTuple):
    """How a text stands in bytes."""

    text: str
    charset: str
    newline: str

    def encode(self, text: str) -> bytes:
        """Write another text in this form; raises `DecodeError` where the charset cannot hold it."""
        return encode(text.replace("\n", self.newline), self.charset)

    def unchanged(self, data: bytes) -> bytes:
        """Return the bytes of its own text: only a reading that mended UTF-8 differs from those that came."""
        return self.encode(self.text) if self.charset == "utf-8" else data


def form(data: bytes) -> Form:
    r"""Read bytes; where every line ends in ``\r\n``, that is the form, and the text has ``\n``.

    Raises `DecodeError` for bytes that are no text.

    >>> form(b"one\r\ntwo\r\n").text
    'one\ntwo\n'
    """
    text, charset, _ = decode(data, alphabets)
    pairs = text.count("\r\n")
    if pairs and pairs == text.count("\r") == text.count("\n"):
        return Form(text.replace("\r\n", "\n"), charset, "\r\n")
    return Form(text, charset, "\n")


@dataclass(frozen=True)
class Text:
    """A file that is one record."""

    add: tuple[str, ...] = ()
    column: None = None
    name: str = "text"
    has_url: bool = False

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Read the whole file: a text is not cut."""
        if data := file.read():
            yield data

    def read(self, block: Block) -> Iterator[Record]:
        """Read the text."""
        try:
            held = form(block.data)
        except DecodeError as error:
            yield Record(0, None, block.data, str(error))
        else:
            yield Record(0, held.text, held)

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Write the text in its own form; raises `DecodeError` where the charset cannot hold it."""
        return [_written(block.data, change) for change in changes]


def _written(data: bytes, change: Change) -> bytes:
    held = change.record.held
    if isinstance(held, bytes):
        return held
    return held.unchanged(data) if change.text is None else held.encode(change.text)  # type: ignore[no-any-return]
