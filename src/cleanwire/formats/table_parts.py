"""Blocks and parts of a table: how Parquet and Arrow IPC are cleaned block by block.

A block is the text column (and the address column) of some rows, as an Arrow stream.  The part that is written for it
holds the number of its rows, and the cleaned column with the extra ones, or nothing if no text changed.  `merge_parts`
puts the parts into their table.
"""

import struct
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import IO, Any

from cleanwire.errors import FormatError
from cleanwire.formats.columns import (
    arrow,
    column_type,
    compact,
    sizes,
    text_array,
    text_values,
    value_type,
    with_columns,
)
from cleanwire.formats.limits import LIMITS, Limits
from cleanwire.formats.record import Change, Record, invalid_utf8
from cleanwire.lazy import need

_FRAME = struct.Struct("<QI")  # the length of the part in bytes, and the number of rows that it stands for
_HELD = 2**22
"""Bytes of dictionaries, if they are more than the one that parts share, after which they are made one."""
_INDEX = "cleanwire.index"  # the column with the numbers of the rows that are kept, if some are left out


def block_of(column: Any, addresses: Any = None, *, limits: Limits = LIMITS) -> bytes:
    """Return a block: an Arrow array as a stream, with that of the addresses if they are read.

    Raises `FormatError` for a text that is longer than `limits` allow a record to be.
    """
    limits.refuse_record(max(sizes(column), default=0))
    columns = [compact(each) for each in (column, addresses) if each is not None]
    return _stream(dict(zip(("text", "url"), columns, strict=False)))


def records_of(block: bytes) -> Iterator[Record]:
    """Yield the rows of a block as records."""
    columns = [text_values(column) for column in _read(block).columns]
    addresses = columns[1] if len(columns) > 1 else repeat(None)
    for index, (value, address) in enumerate(zip(columns[0], addresses, strict=False)):
        url = address.decode("utf-8", "replace") if isinstance(address, bytes) else address
        error = invalid_utf8(value, "the text") if isinstance(value, bytes) else None
        yield Record(index, value if isinstance(value, str) else None, value, error, url=url or None)


def part_of(block: bytes, changes: Sequence[Change], add: Sequence[str]) -> bytes:
    """Return the part for a block: its cleaned column and the extra columns `add`, of the rows in `changes`."""
    pa = arrow()
    column = _read(block).column(0)
    rows = len(column)
    if not add and len(changes) == rows and all(change.text is None for change in changes):
        return _FRAME.pack(0, rows)
    values = [record.raw if text is None else text for record, text, _ in changes]
    texts = text_array(values, value_type(column.type))
    if pa.types.is_dictionary(column.type):
        texts = texts.dictionary_encode().cast(column.type)
    columns = {"text": texts}
    for name in add:
        columns[name] = pa.array([extra[name] if extra else None for _, _, extra in changes], column_type(name))
    if len(changes) < rows:
        columns[_INDEX] = pa.array([record.position for record, _, _ in changes], pa.int32())
    data = _stream(columns)
    return _FRAME.pack(len(data), rows) + data


def parts_of(file: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """Yield the parts of a file: the number of rows, and the batch, or None if nothing changed."""
    while frame := file.read(_FRAME.size):
        length, rows = _FRAME.unpack(frame)
        yield rows, _read(file.read(length)) if length else None


def merge_parts(table: Any, parts: Iterator[tuple[int, Any]], column: str, add: Sequence[str]) -> Any:
    """Return a table with its next parts in place of its text column.

    If that has dictionaries, they become one, without the texts that no row has.  Raises `FormatError` if it has more
    texts than its indices can count.
    """
    pa = arrow()
    index = table.schema.names.index(column)
    schema = with_columns(table.schema, add)
    pieces = list[Any]()
    start = held = shared = 0
    while start < table.num_rows:
        rows, batch = next(parts)
        piece = table.slice(start, rows)
        start += rows
        texts = list(map(compact, piece.column(index).chunks)) if batch is None else [batch.column("text")]
        if batch is not None and _INDEX in batch.schema.names:
            piece = piece.take(batch.column(_INDEX))
        piece = piece.set_column(index, schema[index], pa.chunked_array(texts, schema[index].type))
        for name in add:
            piece = piece.append_column(pa.field(name, column_type(name)), pa.chunked_array([batch.column(name)]))
        pieces.append(piece)
        held += _dictionary_size(texts)
        if held > max(_HELD, shared):  # the same texts may be in the dictionaries of many parts
            pieces, held = [_with_one_dictionary(pa.concat_tables(pieces), index)], 0
            shared = _dictionary_size(pieces[0].column(index).chunks[:1])
    return _with_one_dictionary(pa.concat_tables(pieces).cast(schema), index) if pieces else schema.empty_table()


def _dictionary_size(texts: Sequence[Any]) -> int:
    """Return the size in bytes of the dictionaries of arrays, 0 for those that have none."""
    return sum(each.dictionary.nbytes for each in texts if arrow().types.is_dictionary(each.type))


def _with_one_dictionary(table: Any, index: int) -> Any:
    """Return a table with a column whose dictionaries, if it has any, are one object.

    Those of the same texts are too, which pyarrow would leave as they are.
    """
    pa, compute, column = arrow(), need("pyarrow.compute", "arrow", "Parquet and Arrow"), table.column(index)
    if not pa.types.is_dictionary(column.type):
        return table
    values = compute.unique(pa.chunked_array([chunk.dictionary for chunk in column.chunks], column.type.value_type))
    return table.set_column(index, table.schema[index], with_dictionary(column, values, column.type))


def _too_small(kind: Any) -> FormatError:
    return FormatError(
        f"has more texts than a dictionary with indices of {kind.index_type} can have; use a wider index type"
    )


def with_dictionary(texts: Any, dictionary: Any, kind: Any) -> Any:
    """Return a chunked array of `texts`, a dictionary column, as one of the type `kind` with the one `dictionary`.

    Raises `FormatError` if the index type of `kind` is too small for the dictionary.
    """
    pa, compute = arrow(), need("pyarrow.compute", "arrow", "Arrow")
    chunks = []
    for chunk in texts.chunks:
        positions = compute.index_in(chunk.dictionary, value_set=dictionary)
        try:
            indices = positions.take(chunk.indices).cast(kind.index_type)
        except pa.ArrowInvalid as error:
            raise _too_small(kind) from error
        chunks.append(pa.DictionaryArray.from_arrays(indices, dictionary, ordered=kind.ordered))
    whole = pa.chunked_array(chunks, kind).combine_chunks()
    return pa.chunked_array(whole.chunks if isinstance(whole, pa.ChunkedArray) else [whole], kind)


def _stream(columns: dict[str, Any]) -> bytes:
    """Return columns of the same length as an Arrow stream of one batch."""
    pa = arrow()
    sink = pa.BufferOutputStream()
    batch = pa.record_batch(list(columns.values()), names=list(columns))
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def _read(data: bytes) -> Any:
    with arrow().ipc.open_stream(data) as reader:
        return reader.read_next_batch()
