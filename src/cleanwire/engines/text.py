"""Whole files as texts: what an engine reads as bytes becomes one row a file, in whatever charset it is."""

import pyarrow as pa

from cleanwire.errors import DecodeError
from cleanwire.io.decode import decode
from cleanwire.packs.load import alphabets

SCHEMA = pa.schema({"path": pa.string(), "text": pa.string()})
"""What `read_texts` gives."""

SUFFIXES = ("txt", "text", "md")
"""What files of text are called."""


def read_texts(batch: pa.RecordBatch, column: str) -> pa.RecordBatch:
    """Return the paths of `batch` with the texts of its `column` of bytes; null where the bytes are no text.

    >>> batch = pa.record_batch({"path": ["a.txt"], "bytes": ["Café".encode("cp1252")]})
    >>> read_texts(batch, "bytes").to_pylist()
    [{'path': 'a.txt', 'text': 'Café'}]
    """
    texts = [_text(data) for data in batch[column].to_pylist()]
    return pa.RecordBatch.from_arrays([batch["path"].cast(pa.string()), pa.array(texts, pa.string())], schema=SCHEMA)


def _text(data: bytes) -> str | None:
    try:
        return decode(data, alphabets).text
    except DecodeError:
        return None
