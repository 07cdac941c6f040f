"""Text columns of Arrow tables: the one place that reads and writes them, for batches, Parquet and Arrow IPC.

Values of a text column are read as `str`, as `bytes` where they are not UTF-8 (Arrow never checks), and as None.
"""

from collections.abc import Sequence
from typing import Any

from cleanwire.errors import FormatError
from cleanwire.formats.record import guess_column, no_column
from cleanwire.lazy import need

Value = str | bytes | None
"""A value of a text column; `bytes` are not UTF-8."""

_STRUCTS = {
    "captions": ("text", "credit", "agency", "start", "end"),
    "edits": ("action", "rule", "count"),
    "removed": ("start", "end", "text", "action", "rule", "part"),
}
"""The fields of the extra columns that are lists of structs."""
_NUMBERS = frozenset({"start", "end", "count"})


def arrow() -> Any:
    """Return pyarrow; raise `MissingError` if it is not installed."""
    return need("pyarrow", "arrow", "Parquet and Arrow")


def value_type(kind: Any) -> Any:
    """Return the type of a column's values: for a dictionary column, that of its dictionary."""
    return kind.value_type if arrow().types.is_dictionary(kind) else kind


def is_text(kind: Any) -> bool:
    """Return True for a string, large_string or string_view, and for a dictionary of one."""
    return _binary(value_type(kind)) is not None


def text_values(column: Any) -> list[Value]:
    """Return the values of a text column, row by row; those of a dictionary column are decoded.

    >>> text_values(arrow().array(["noon", None]).dictionary_encode())
    ['noon', None]
    """
    values = column.dictionary_decode() if arrow().types.is_dictionary(column.type) else column
    found: list[Value]
    try:
        found = values.to_pylist()
    except UnicodeDecodeError:
        found = [raw if raw is None else _decoded(raw) for raw in values.view(_binary(values.type)).to_pylist()]
    return found


def sizes(column: Any) -> list[int]:
    """Return the size of each value of a text column in bytes; those that share one text count it each.

    >>> sizes(arrow().array(["noon", None, "noon", "café"]).dictionary_encode())
    [4, 0, 4, 5]
    """
    pa, compute = arrow(), need("pyarrow.compute", "arrow", "Parquet and Arrow")
    if pa.types.is_dictionary(column.type):
        known = pa.array(sizes(column.dictionary), pa.int64())
        return [size or 0 for size in known.take(column.indices).to_pylist()]
    if pa.types.is_string_view(column.type):  # the length is the first number of the four of a view
        views = memoryview(column.buffers()[1] or b"").cast("i")[4 * column.offset :: 4]
        valid = column.is_valid().to_pylist()
        return [size if is_valid else 0 for size, is_valid in zip(views, valid, strict=False)]
    return [size or 0 for size in compute.binary_length(column).to_pylist()]


def compact(column: Any) -> Any:
    """Return a column whose dictionary, if it has one, holds no texts but those of its rows, each once.

    >>> compact(arrow().array(["noon", "night", None]).dictionary_encode().slice(1)).dictionary.to_pylist()
    ['night']
    """
    pa, compute = arrow(), need("pyarrow.compute", "arrow", "Parquet and Arrow")
    if not pa.types.is_dictionary(column.type):
        return column
    used = compute.unique(column.indices).drop_null()
    indices = compute.index_in(column.indices, value_set=used).cast(column.type.index_type)
    return pa.DictionaryArray.from_arrays(indices, column.dictionary.take(used), ordered=column.type.ordered)


def text_array(values: Sequence[Value], kind: Any) -> Any:
    """Return an array of the text type `kind`; a lone surrogate is written as its three bytes.

    >>> text_array(["noon", None], arrow().string_view()).to_pylist()
    ['noon', None]
    """
    raw = [value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value for value in values]
    return arrow().array(raw, _binary(kind)).view(kind)


def column_type(name: str) -> Any:
    """Return the Arrow type of the extra column `name`."""
    pa = arrow()
    fields = _STRUCTS.get(name)
    if fields is None:
        return pa.float64() if name == "removed_ratio" else pa.string()
    return pa.list_(pa.struct([(field, pa.int64() if field in _NUMBERS else pa.string()) for field in fields]))


def with_columns(schema: Any, names: Sequence[str]) -> Any:
    """Return a schema with the extra columns `names` at its end."""
    for name in names:
        schema = schema.append(arrow().field(name, column_type(name)))
    return schema


def find_column(schema: Any, column: str | None, add: Sequence[str]) -> str:
    """Return the name of the text column of a schema: `column`, else the one with a usual name.

    Raises `FormatError` if there is none, if it does not hold text, and if a column to `add` exists already.
    """
    name = column
    if name is None:
        texts = [field.name for field in schema if is_text(field.type)]
        name = guess_column(texts) or guess_column(schema.names)
    if name is None or name not in schema.names:
        raise no_column(column, schema.names)
    if schema.names.count(name) > 1:
        raise FormatError(f"has more than one column {name!r}; rename them")
    kind = schema.field(name).type
    if not is_text(kind):
        raise FormatError(f"column {name!r} has the type {kind}, not text; choose another with --column")
    if existing := sorted(set(add) & set(schema.names)):
        raise FormatError(f"already has a column {existing[0]!r}; leave it out of --add")
    return name


def find_url(schema: Any, url: str | None) -> str | None:
    """Return `url` if it names exactly one column and that holds text, else None."""
    if url is None or schema.names.count(url) != 1 or not is_text(schema.field(url).type):
        return None
    return url


def _decoded(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def _binary(kind: Any) -> Any:
    """Return the binary type with the same layout as a text type, or None for other types."""
    pa = arrow()
    for text, binary in (
        (pa.string(), pa.binary()),
        (pa.large_string(), pa.large_binary()),
        (pa.string_view(), pa.binary_view()),
    ):
        if kind == text:
            return binary
    return None
