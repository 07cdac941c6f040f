"""A text column of an Arrow table, in blocks: what Parquet and Arrow IPC share.

A block holds the column of some rows as an Arrow stream.  What is written for it is a part: how many rows it had, and
the column anew with those that are added, or nothing where no text changed.  `refit` fits parts into their table.
"""

import struct
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import IO, Any

from cleanwire.errors import FormatError
from cleanwire.formats.extras import need
from cleanwire.formats.record import COLUMNS, Change, Record

_FRAME = struct.Struct("<QI")  # how long the part is, and how many rows it is for
_FIELDS = {
    "captions": ("text", "credit", "agency", "start", "end"),
    "edits": ("action", "rule", "count"),
    "removed": ("start", "end", "text", "action", "rule", "part"),
}
_PLACE = "cleanwire.place"  # which rows of the block are kept, where some are left out


def arrow() -> Any:
    """Return pyarrow; raises `MissingError` where it is not installed."""
    return need("pyarrow", "arrow", "Parquet and Arrow")


def find_column(schema: Any, column: str | None, add: Sequence[str]) -> str:
    """Return the column of a schema that the text is in.

    Raises `FormatError` where there is none, or one that holds no text, or one that is to be added.
    """
    name = next((name for name in ((column,) if column else COLUMNS) if name in schema.names), None)
    if name is None:
        missing = f"no column {column!r}" if column else f"none of the columns {', '.join(COLUMNS)}"
        raise FormatError(f"has {missing}, but {', '.join(schema.names)}; name one by --column")
    if schema.names.count(name) > 1:
        raise FormatError(f"has more than one column {name!r}; rename them")
    kind = schema.field(name).type
    if _binary(value_type(kind)) is None:
        raise FormatError(f"has a column {name!r}, but of {kind}, which is no text; name another by --column")
    if there := sorted(set(add) & set(schema.names)):
        raise FormatError(f"has a column {there[0]!r} already; leave it out of --add")
    return name


def find_url(schema: Any, url: str | None) -> str | None:
    """Return the column of addresses, where it is asked for and is there, once, and holds text."""
    if url is None or schema.names.count(url) != 1 or _binary(value_type(schema.field(url).type)) is None:
        return None
    return url


def longer(schema: Any, add: Sequence[str]) -> Any:
    """Return a schema with the columns to `add` at its end."""
    for name in add:
        schema = schema.append(arrow().field(name, type_of(name)))
    return schema


def block_of(column: Any, addresses: Any = None) -> bytes:
    """Return a block: one Arrow array as a stream, with that of the addresses, where they are read."""
    pa = arrow()
    sink = pa.BufferOutputStream()
    columns = [column] if addresses is None else [column, addresses]
    batch = pa.record_batch(columns, names=["text", "url"][: len(columns)])
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def records_of(block: bytes) -> Iterator[Record]:
    """Read the rows of a block."""
    columns = [_values(column) for column in _read(block).columns]
    urls = columns[1] if len(columns) > 1 else repeat(None)
    for place, (value, url) in enumerate(zip(columns[0], urls, strict=False)):
        address = url.decode("utf-8", "replace") if url else None
        try:
            yield Record(place, None if value is None else value.decode(), value, url=address)
        except UnicodeDecodeError as error:
            yield Record(place, None, value, f"byte {error.start} of the text is no UTF-8")


def _values(column: Any) -> Any:
    """Return the values of a column of text as bytes."""
    values = column.dictionary_decode() if arrow().types.is_dictionary(column.type) else column
    return values.view(_binary(values.type)).to_pylist()


def part_of(block: bytes, changes: Sequence[Change], add: Sequence[str]) -> bytes:
    """Write what goes back for the rows of a block."""
    pa = arrow()
    column = _read(block).column(0)
    rows = len(column)
    if not add and len(changes) == rows and all(change.text is None for change in changes):
        return _FRAME.pack(0, rows)
    values = [record.held if text is None else text.encode("utf-8", "surrogatepass") for record, text, _ in changes]
    kind = value_type(column.type)
    texts = pa.array(values, _binary(kind)).view(kind)
    if pa.types.is_dictionary(column.type):
        texts = texts.dictionary_encode().cast(column.type)
    columns = {"text": texts}
    for name in add:
        columns[name] = pa.array([added[name] if added else None for _, _, added in changes], type_of(name))
    if len(changes) < rows:
        columns[_PLACE] = pa.array([record.place for record, _, _ in changes], pa.int32())
    sink = pa.BufferOutputStream()
    batch = pa.record_batch(list(columns.values()), names=list(columns))
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    data = sink.getvalue().to_pybytes()
    return _FRAME.pack(len(data), rows) + bytes(data)


def parts_of(file: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """Read parts back: for how many rows each is, and its batch, or None where nothing changed."""
    while frame := file.read(_FRAME.size):
        length, rows = _FRAME.unpack(frame)
        yield rows, _read(file.read(length)) if length else None


def refit(table: Any, parts: Iterator[tuple[int, Any]], column: str, add: Sequence[str]) -> Any:
    """Return a table with its next parts in place of its text column."""
    pa = arrow()
    index = table.schema.names.index(column)
    pieces = []
    start = 0
    while start < table.num_rows:
        rows, batch = next(parts)
        piece = table.slice(start, rows)
        start += rows
        if batch is not None:
            if _PLACE in batch.schema.names:
                piece = piece.take(batch.column(_PLACE))
            piece = piece.set_column(index, table.schema.field(index), pa.chunked_array([batch.column("text")]))
            for name in add:
                piece = piece.append_column(pa.field(name, type_of(name)), pa.chunked_array([batch.column(name)]))
        pieces.append(piece)
    return (
        pa.concat_tables(pieces).cast(longer(table.schema, add)) if pieces else longer(table.schema, add).empty_table()
    )


def coded(texts: Any, dictionary: Any, kind: Any) -> Any:
    """Return a chunked array of texts, each a number of its place in the `dictionary`, in the type `kind`.

    Raises `FormatError` where the numbers have no room for so many.
    """
    pa, compute = arrow(), need("pyarrow.compute", "arrow", "Arrow")
    chunks = []
    for chunk in texts.cast(dictionary.type).chunks:
        places = compute.index_in(chunk, value_set=dictionary)
        try:
            indices = places.cast(kind.index_type)
        except pa.ArrowInvalid as error:
            raise FormatError(
                f"has a dictionary with numbers of {kind.index_type}, too small for {len(dictionary)} texts; widen them"
            ) from error
        chunks.append(pa.DictionaryArray.from_arrays(indices, dictionary, ordered=kind.ordered))
    return pa.chunked_array(chunks, kind)


def value_type(kind: Any) -> Any:
    """Return the type of a column's values: that of its dictionary, where it has one."""
    return kind.value_type if arrow().types.is_dictionary(kind) else kind


def _read(data: bytes) -> Any:
    with arrow().ipc.open_stream(data) as reader:
        return reader.read_next_batch()


def _binary(kind: Any) -> Any:
    pa = arrow()
    for text, binary in (
        (pa.string(), pa.binary()),
        (pa.large_string(), pa.large_binary()),
        (pa.string_view(), pa.binary_view()),
    ):
        if kind == text:
            return binary
    return None


def type_of(name: str) -> Any:
    """Return the Arrow type of a column that can be added."""
    pa = arrow()
    kinds = dict.fromkeys(("start", "end", "count"), pa.int64())
    fields = _FIELDS.get(name)
    if fields is None:
        return pa.string()
    return pa.list_(pa.struct([(field, kinds.get(field, pa.string())) for field in fields]))
