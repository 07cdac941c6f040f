"""The records of a file as documents: what learning reads, whatever the format."""

from collections.abc import Iterator
from typing import NamedTuple

from cleanwire.document import Document
from cleanwire.formats.record import Block
from cleanwire.formats.source import Source


class Page(NamedTuple):
    """One record: its number in the file, from 1, and its text with its address, or why there is none."""

    number: int
    document: Document | None
    error: str | None = None


def documents(source: Source) -> Iterator[Page]:
    """Read the records of a file that have a text, in order; a block of them is in memory at a time.

    Raises `FileError` for a file that cannot be read to its end.
    """
    records = 0
    with source.opened() as (stream, _):
        for number, data in enumerate(source.format.split(stream)):
            place = -1
            for record in source.format.read(Block(data, number == 0)):
                place = record.place
                if record.error is not None:
                    yield Page(records + place + 1, None, record.error)
                elif record.text is not None:
                    yield Page(records + place + 1, Document(record.text, record.url))
            records += place + 1
