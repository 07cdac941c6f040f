"""Clean record batches: what all engines and files that use Arrow share.

Needs the extra ``arrow``: ``pip install 'cleanwire[arrow]'``.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.errors import ColumnError, MissingError
from cleanwire.formats.columns import Value, column_type, is_text, text_array, text_values
from cleanwire.formats.extra_columns import EXTRA_COLUMNS, extra_column
from cleanwire.result import SCHEMA, Result

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError as error:
    raise MissingError("Arrow batches need pyarrow; install it: pip install 'cleanwire[arrow]'") from error

__all__ = ["EXTRA_COLUMNS", "clean_batch", "clean_schema", "text_column"]

_CLEANER = Cleaner()


def clean_batch(
    batch: pa.RecordBatch,
    column: str = "text",
    cleaner: Cleaner = _CLEANER,
    keep: Sequence[str] = (),
    *,
    url: str | None = None,
) -> pa.RecordBatch:
    r"""Clean one column of a record batch.

    The rows, their order, the other columns, the schema and its metadata stay.  The column may be a string,
    large_string or string_view, or a dictionary of one, each value of which is cleaned once.  Nulls and values that are
    not UTF-8 pass unchanged; if no text changes, nothing is copied.

    `keep` names the `EXTRA_COLUMNS` to append.  In these, offsets count characters (code points) of the text before
    cleaning; lists are empty and strings null if nothing was found, and both are null for a row without a text.  `url`
    names the column of addresses, by which a cleaner with site templates finds the site of a row.

    Raises `ColumnError` for a column that is missing or not text, and for one in `keep` that is unknown or exists.

    For a table: ``pa.Table.from_batches(map(clean_batch, table.to_batches()), clean_schema(table.schema))``.

    >>> batch = pa.record_batch({"id": [1, 2], "text": ["She left.\n\nPhoto: Ann Lee/AFP", None]})
    >>> clean_batch(batch, keep=["captions"]).to_pylist()[0]["captions"][0]["credit"]
    'Ann Lee'
    """
    schema = clean_schema(batch.schema, column, keep)
    addresses = text_column(batch, url) if url else None
    index = batch.schema.get_field_index(column)
    array = batch.column(index)
    texts, picks = _distinct(array, by_row=addresses is not None)
    results = [
        cleaner(Document(text, address) if address else text) if isinstance(text, str) else None
        for text, address in zip(texts, addresses or repeat(None), strict=False)
    ]
    arrays = list(batch.columns)
    if any(result is not None and result.changed for result in results):
        arrays[index] = _cleaned(texts, results, picks, array.type)
    for name in keep:
        values = [None if result is None else extra_column(result, name) for result in results]
        extra = pa.array(values, column_type(name))
        arrays.append(extra if picks is None else extra.take(picks))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def clean_schema(schema: pa.Schema, column: str = "text", keep: Iterable[str] = ()) -> pa.Schema:
    """Return the schema that `clean_batch` gives to batches of `schema`; raise `ColumnError` as it does.

    >>> clean_schema(pa.schema({"text": pa.string()}), keep=["byline"]).names
    ['text', 'byline']
    """
    indices = schema.get_all_field_indices(column)
    if len(indices) != 1:
        names = ", ".join(schema.names) or "none"
        raise ColumnError(f"{len(indices) or 'no'} columns are named {column!r}; choose one that exists once: {names}")
    kind = schema.field(indices[0]).type
    if not is_text(kind):
        raise ColumnError(f"column {column!r} has the type {kind}, not text; choose a column of strings, or cast it")
    for name in keep:
        if name not in EXTRA_COLUMNS:
            raise ColumnError(f"unknown extra column {name!r}; choose from: {', '.join(EXTRA_COLUMNS)}")
        if name in schema.names:
            raise ColumnError(f"column {name!r} exists already and is not overwritten; rename it first")
        schema = schema.append(pa.field(name, column_type(name)))
    return schema


def text_column(batch: pa.RecordBatch, column: str) -> list[str | None]:
    """Return the values of a text column; None for null and for what is not UTF-8.

    Raises `ColumnError` for a column that is missing or not text.

    >>> text_column(pa.record_batch({"url": ["https://example.org/", None]}), "url")
    ['https://example.org/', None]
    """
    clean_schema(batch.schema, column)
    values = text_values(batch.column(batch.schema.get_field_index(column)))
    return [value if isinstance(value, str) else None for value in values]


def _distinct(array: pa.Array, *, by_row: bool) -> tuple[list[Value], pa.Array | None]:
    """Return the texts to clean, and the index of the text of each row if the column is a dictionary.

    The texts of a dictionary column are cleaned once each, unless `by_row` says that the result depends on the row.
    """
    if not pa.types.is_dictionary(array.type):
        return text_values(array), None
    if by_row:
        return text_values(array), pa.array(range(len(array)), pa.int64())
    used = array.indices.unique().drop_null().sort()
    return text_values(array.dictionary.take(used)), pc.index_in(array.indices, value_set=used)


def _cleaned(
    texts: Sequence[Value], results: Sequence[Result | None], picks: pa.Array | None, kind: pa.DataType
) -> pa.Array:
    """Return the cleaned column; in a dictionary column, texts that became equal are one value."""
    new = [text if result is None else result.text for text, result in zip(texts, results, strict=True)]
    if picks is None:
        return text_array(new, kind)
    codes: dict[str | bytes, int] = {}
    indices = [None if text is None else codes.setdefault(text, len(codes)) for text in new]
    rows = pa.array(indices, pa.int64()).take(picks).cast(kind.index_type)
    return pa.DictionaryArray.from_arrays(rows, text_array(list(codes), kind.value_type), ordered=kind.ordered)


def result_schema() -> pa.Schema:
    """Return the schema of rows that `Result.to_dict` returns; lists that are empty everywhere need it.

    >>> from cleanwire import Cleaner
    >>> pa.Table.from_pylist([Cleaner()("She left at noon.").to_dict()], schema=result_schema()).num_rows
    1
    """
    return pa.schema([(name, _type(kind)) for name, kind in SCHEMA.items()])


def _type(kind: Any) -> pa.DataType:
    if isinstance(kind, list):
        return pa.list_(_type(kind[0]))
    if isinstance(kind, Mapping):
        return pa.struct([(name, _type(inner)) for name, inner in kind.items()])
    return pa.type_for_alias(kind)
