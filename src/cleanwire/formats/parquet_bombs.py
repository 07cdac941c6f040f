"""How large a row group of Parquet becomes in memory: a text that many rows share is stored once, and read for each.

A dictionary of texts is small in memory if it is read as one, so the size can be known before the rows are read.
"""

from collections.abc import Sequence
from typing import IO, Any

from cleanwire.formats.columns import arrow
from cleanwire.formats.limits import Limits
from cleanwire.lazy import need

_NUMBER = 8
"""Bytes of a number, or of the offset of a text, in memory."""
_ROWS = 2**14


def refuse_bomb(file: IO[bytes], metadata: Any, group: int, columns: Sequence[str], limits: Limits) -> int:
    """Raise `FormatError` if some columns of a row group take too much memory for their size in the file.

    `metadata` is that of the file: it is read once, since it may list thousands of groups.  Returns the length in bytes
    of the longest text in their dictionaries.
    """
    parquet = need("pyarrow.parquet", "arrow", "Parquet")
    described = metadata.row_group(group)
    chunks = [described.column(index) for index in range(described.num_columns)]
    chunks = [chunk for chunk in chunks if chunk.path_in_schema.partition(".")[0] in columns]
    limits.refuse_expansion(
        sum(chunk.total_compressed_size for chunk in chunks), described.num_rows * _NUMBER * len(chunks)
    )
    longest = 0
    for chunk in chunks:
        name = chunk.path_in_schema
        if name in columns and chunk.physical_type == "BYTE_ARRAY" and any("DICT" in each for each in chunk.encodings):
            source = parquet.ParquetFile(file, metadata=metadata, read_dictionary=[name])
            first = next(source.iter_batches(1, [group], [name]), None)  # it has the whole dictionary
            most = _longest(first.column(0)) if first else 0
            longest = max(longest, most)
            if most * described.num_rows > limits.expansion * chunk.total_compressed_size:
                size = sum(_size(batch.column(0)) for batch in source.iter_batches(_ROWS, [group], [name]))
                limits.refuse_expansion(chunk.total_compressed_size, size)
    return longest


def _longest(column: Any) -> int:
    """Return the length in bytes of the longest text in the dictionary of a column, 0 if it has none."""
    if not arrow().types.is_dictionary(column.type):
        return 0
    return _compute().max(_lengths(column)).as_py() or 0


def _size(column: Any) -> int:
    """Return the size in bytes of the texts of a column, each counted for every row that has it."""
    if not arrow().types.is_dictionary(column.type):
        return int(column.nbytes)
    return _compute().sum(_lengths(column).take(column.indices)).as_py() or 0


def _lengths(column: Any) -> Any:
    return _compute().binary_length(column.dictionary)


def _compute() -> Any:
    return need("pyarrow.compute", "arrow", "Parquet")
