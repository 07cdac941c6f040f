"""Text files on an engine: bytes become one row a file, in any charset."""

import pyarrow as pa

from cleanwire.errors import DecodeError
from cleanwire.io.decode import decode
from cleanwire.io.suffixes import suffixes_of
from cleanwire.packs.load import alphabets

SCHEMA = pa.schema({"path": pa.string(), "text": pa.string()})
"""The schema of `read_texts`."""

SUFFIXES = tuple(suffix.removeprefix(".") for suffix in suffixes_of("text"))
"""The suffixes of text files, without dots as engines expect them."""


def read_texts(batch: pa.RecordBatch, column: str) -> pa.RecordBatch:
    """Return the paths of `batch` with the texts of its `column` of bytes; null for bytes that are not text.

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
