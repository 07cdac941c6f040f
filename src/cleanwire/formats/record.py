"""What all formats share: blocks of records, and the changes that are written back."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import IO, Any, NamedTuple, Protocol

from cleanwire.errors import FormatError
from cleanwire.formats.limits import LIMITS, Limits

COLUMNS = ("text", "article", "maintext", "document", "content", "body", "articleBody")
"""The usual names of the text column, in any case; the column that has one is found if none is given."""
_SECOND = ("raw_content",)
"""Names that count only if there is none of `COLUMNS`."""

URL = "url"
"""The default name of the column of addresses; unlike a column that was named, it may be absent."""

BLOCK = 2**20
"""The size of a block in bytes: it ends with the first record that ends at or after this offset."""

SAMPLE = 1000
"""Most rows that are examined to find a column; no more than the first block."""

UTF8_BOM = b"\xef\xbb\xbf"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


class Block(NamedTuple):
    """Bytes that hold whole records; `first` marks the first block of a file."""

    data: bytes
    first: bool


class Record(NamedTuple):
    """One record of a block.

    `position` is its number within the block, from 0; `text` is None if it has none or cannot be read; `raw` is what
    the format needs to write it back, and `error` says why it cannot be read.  `is_record` is False for what is kept
    but not counted: a header, an empty line, a WARC record of another type.  `url` is its address, if that is read.
    """

    position: int
    text: str | None
    raw: Any = None
    error: str | None = None
    is_record: bool = True
    url: str | None = None


class Change(NamedTuple):
    """What is written for a record: its new text, or None to keep its own, and the values of the extra columns."""

    record: Record
    text: str | None = None
    extra: dict[str, Any] | None = None


class Sample(NamedTuple):
    """What a format is made from: the first bytes, the open file (tables read it), and how its records are to be read.

    `format` is the name of the format; see `cleanwire.formats.source.Reading` for the others.  `head` is the whole file
    if it is shorter than `BLOCK`.
    """

    head: bytes
    format: str = "text"
    file: IO[bytes] = BytesIO()
    column: str | None = None
    add: tuple[str, ...] = ()
    url: str | None = None
    limits: Limits = LIMITS

    def refuse_columns(self) -> None:
        """Raise `FormatError` if a column is to be read or added, for a format without columns."""
        if self.column:
            raise FormatError(f"is read as {self.format}, which has no columns; omit --column")
        if self.add:
            raise FormatError(
                f"is read as {self.format}, which cannot have extra columns; omit --add, or use --sidecar for texts"
            )


class Format(Protocol):
    """How records are stored in a file; a small value that travels to other processes with the blocks.

    Its module has a function `look`, which makes it from a `Sample`.  `write` gets the records of a block in order;
    those that it does not get are left out.
    """

    @property
    def name(self) -> str:
        """The name of the format, as in ``--as``."""

    @property
    def add(self) -> tuple[str, ...]:
        """The extra columns to add; see `cleanwire.formats.extra_columns`."""

    @property
    def column(self) -> str | None:
        """The text column, if the format has columns."""

    @property
    def has_url(self) -> bool:
        """Whether addresses of records are read."""

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Yield the blocks of a stream; joined, they are the stream."""

    def read(self, block: Block) -> Iterator[Record]:
        """Yield the records of a block."""

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Return the block with the changes made, as the pieces that are compressed separately."""


class Table(Format, Protocol):
    """A format that cannot be written block by block: blocks become parts, which are assembled at the end."""

    def assemble(self, file: IO[bytes], parts: IO[bytes], target: IO[bytes]) -> None:
        """Write the whole table of `file` to `target`, with the `parts` in place of its text column."""


def guess_column(names: Iterable[str]) -> str | None:
    """Return the one of `names` that is usual for the text column; None if there is none.

    Raises `FormatError`, which lists them, if several are.

    >>> guess_column(["id", "Body"]), guess_column(["id", "story"])
    ('Body', None)
    """
    there = list(dict.fromkeys(names))
    for usual in (COLUMNS, _SECOND):
        known = {name.lower() for name in usual}
        found = [name for name in there if name.lower() in known]
        if len(found) > 1:
            raise FormatError(f"has several columns that may hold the text: {', '.join(found)}; choose with --column")
        if found:
            return found[0]
    return None


def no_column(column: str | None, there: Iterable[str], where: str = "") -> FormatError:
    """Return the error for a text column that is not there: `column`, or any with a usual name.

    >>> str(no_column("body", ["id", "story"]))
    "has no column 'body', only id, story; choose one with --column"
    """
    missing = f"no column {column!r}" if column else f"none of the columns {', '.join(COLUMNS)}"
    return FormatError(f"has {missing}{where}, only {', '.join(there)}; choose one with --column")


def invalid_utf8(data: bytes, what: str, offset: int = 0) -> str:
    """Return the message that `data`, which is `offset` bytes into `what`, is not UTF-8; empty if it is.

    >>> invalid_utf8("Café".encode("cp1252"), "the row")
    'byte 3 of the row is not UTF-8'
    """
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return f"byte {offset + error.start} of {what} is not UTF-8"
    return ""
