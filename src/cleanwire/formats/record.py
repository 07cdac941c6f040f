"""What all formats have in common: blocks of records, and what goes back in place of each."""

from collections.abc import Iterator, Sequence
from typing import IO, Any, NamedTuple, Protocol

COLUMNS = ("text", "content", "body", "articleBody", "raw_content")
"""Where the text is looked for when no column is named, in this order."""

URL = "url"
"""The column of addresses, unless another is named; this one may be absent."""

BLOCK = 2**20
"""A block ends with the record that reaches so many bytes."""

SAMPLE = 1000
"""So many records are looked at, or a block, to find the column."""


class Block(NamedTuple):
    """Bytes that hold whole records; `first` is the block at the beginning of a file."""

    data: bytes
    first: bool


class Record(NamedTuple):
    """One record: its number within its block, its text if it has one, and what is needed to write it back.

    `error` says why it cannot be read; it has no text then.  What does not count is no record: a header, a blank
    line.  `held` belongs to the format.  `url` is its address, where it has one and the format was told of it.
    """

    place: int
    text: str | None
    held: Any = None
    error: str | None = None
    counts: bool = True
    url: str | None = None


class Change(NamedTuple):
    """What goes back for a record: another text, or None for its own; and the columns that are added."""

    record: Record
    text: str | None = None
    added: dict[str, Any] | None = None


class Format(Protocol):
    """How records stand in a file.  It is a value, which travels to other processes with the blocks.

    A block is bytes that hold whole records.  `write` gets every record of a block in order, but those to be left out.
    """

    @property
    def name(self) -> str:
        """What `--as` calls it."""

    @property
    def add(self) -> tuple[str, ...]:
        """The columns that are added; see `cleanwire.formats.added`."""

    @property
    def column(self) -> str | None:
        """The column that the text stands in, if the format has columns."""

    @property
    def has_url(self) -> bool:
        """Whether its records have addresses that are read."""

    def split(self, file: IO[bytes]) -> Iterator[bytes]:
        """Cut a stream into blocks; joined, they are the stream."""

    def read(self, block: Block) -> Iterator[Record]:
        """Read the records of a block."""

    def write(self, block: Block, changes: Sequence[Change]) -> list[bytes]:
        """Return the block with the changes made, in the pieces that are compressed apart from each other."""


class Table(Format, Protocol):
    """A format that cannot be written block by block: what is written for blocks are parts, of which a file is made."""

    def assemble(self, file: IO[bytes], spool: IO[bytes], target: IO[bytes]) -> None:
        """Write the whole of `file` to `target`, with the parts in `spool`."""
