"""The records of a file as documents, for what reads any format and writes none."""

from collections.abc import Iterator
from typing import NamedTuple

from cleanwire.document import Document
from cleanwire.formats.record import Block
from cleanwire.formats.source import Source


class Page(NamedTuple):
    """A record: its number in the file, from 1, and its text with its address.

    Without a text `document` is None; `error` says why if the record cannot be read.
    """

    number: int
    document: Document | None
    error: str | None = None


def documents(source: Source) -> Iterator[Page]:
    """Yield the records of a file, in order; one block is in memory at a time.

    Raises `FileError` for a file that cannot be read to its end.
    """
    records = 0
    with source.opened() as (stream, _):
        for number, data in enumerate(source.format.split(stream)):
            index = -1
            for record in source.format.read(Block(data, number == 0)):
                index = record.position
                if record.error is not None:
                    yield Page(records + index + 1, None, record.error)
                elif record.is_record:
                    text = record.text
                    yield Page(records + index + 1, None if text is None else Document(text, record.url))
            records += index + 1
