"""Record batches in, record batches out: what every engine and file that speaks Arrow shares.

Needs the extra ``arrow``: ``pip install 'cleanwire[arrow]'``.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.errors import ColumnError, MissingError
from cleanwire.formats.added import ADDABLE, value
from cleanwire.formats.columns import type_of
from cleanwire.result import SCHEMA

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError as error:
    raise MissingError(
        "Arrow batches need pyarrow, which is not installed; do: pip install 'cleanwire[arrow]'"
    ) from error

FACTS: Mapping[str, Any] = {name: type_of(name) for name in ADDABLE}
"""The columns that can be added, and their types.

`start` and `end` count characters (code points) of the text before cleaning.  Lists are empty and strings null where
nothing was found; both are null for a row whose text is null or no UTF-8.  `removed` holds the spans that left the
text, captions too, but not what was mended.
"""

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

    The rows, their order, the other columns, the schema and its metadata stay; `keep` names columns of `FACTS` to
    append; `url` names the column of addresses, which tell the site templates of a cleaner which one is meant.  The
    column may be a string, large_string or string_view, or a dictionary of one, each value of which is
    cleaned once; nulls pass, and so do values that are no UTF-8.  When no text changes, nothing is copied.
    Raises `ColumnError` for a column that is absent or no text, and for one in `keep` that is unknown or there already.

    For a table: ``pa.Table.from_batches(map(clean_batch, table.to_batches()), clean_schema(table.schema))``.

    >>> batch = pa.record_batch({"id": [1, 2], "text": ["She left.\n\nPhoto: Ann Lee/AFP", None]})
    >>> clean_batch(batch, keep=["captions"]).to_pylist()[0]["captions"][0]["credit"]
    'Ann Lee'
    """
    schema = clean_schema(batch.schema, column, keep)
    addresses = text_column(batch, url) if url else None
    place = batch.schema.get_field_index(column)
    array = batch.column(place)
    picks = None
    if pa.types.is_dictionary(array.type) and addresses:
        texts, picks = _read(array.dictionary_decode()), pa.array(range(len(array)), pa.int64())
    elif pa.types.is_dictionary(array.type):
        used = array.indices.unique().drop_null().sort()
        texts, picks = _read(array.dictionary.take(used)), pc.index_in(array.indices, value_set=used)
    else:
        texts = _read(array)
    results = [
        cleaner(Document(text, address) if address else text) if isinstance(text, str) else None
        for text, address in zip(texts, addresses or repeat(None), strict=False)
    ]
    arrays = list(batch.columns)
    if any(result is not None and result.changed for result in results):
        cleaned = [text if result is None else result.text for text, result in zip(texts, results, strict=True)]
        arrays[place] = _write(cleaned, array.type) if picks is None else _encode(cleaned, picks, array.type)
    for name in keep:
        facts = pa.array([None if result is None else value(result, name) for result in results], FACTS[name])
        arrays.append(facts if picks is None else facts.take(picks))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def clean_schema(schema: pa.Schema, column: str = "text", keep: Iterable[str] = ()) -> pa.Schema:
    """Return the schema that `clean_batch` gives to batches of `schema`.

    Raises `ColumnError` as `clean_batch` does.

    >>> clean_schema(pa.schema({"text": pa.string()}), keep=["byline"]).names
    ['text', 'byline']
    """
    places = schema.get_all_field_indices(column)
    if len(places) != 1:
        there = ", ".join(schema.names) or "none"
        raise ColumnError(
            f"{len(places) or 'no'} columns are called {column!r}; name one that is there once, of: {there}"
        )
    kind = schema.field(places[0]).type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    if kind not in _BYTES:
        raise ColumnError(f"column {column!r} holds {kind}, not text; name a column of strings, or cast it to one")
    for name in keep:
        if name not in FACTS:
            raise ColumnError(f"there is no column {name!r} to add; there are: {', '.join(FACTS)}")
        if name in schema.names:
            raise ColumnError(f"a column {name!r} is there already, and is not written over; rename it first")
        schema = schema.append(pa.field(name, FACTS[name]))
    return schema


_BYTES = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
"""The types of text, and what holds the same bytes unread."""


def _read(array: pa.Array) -> list[str | bytes | None]:
    """Return the values; bytes are what cannot be read as UTF-8, which Arrow never checked."""
    values: list[Any]
    try:
        values = array.to_pylist()
    except UnicodeDecodeError:
        values = [value if value is None else _decoded(value) for value in array.view(_BYTES[array.type]).to_pylist()]
    return values


def text_column(batch: pa.RecordBatch, column: str) -> list[str | None]:
    """Return the values of a column of text, whatever encodes it; None for null and for what is no UTF-8.

    Raises `ColumnError` for a column that is absent or no text.

    >>> text_column(pa.record_batch({"url": ["https://example.org/", None]}), "url")
    ['https://example.org/', None]
    """
    clean_schema(batch.schema, column)
    array = batch.column(batch.schema.get_field_index(column))
    values = _read(array.dictionary_decode() if pa.types.is_dictionary(array.type) else array)
    return [value if isinstance(value, str) else None for value in values]


def _decoded(value: bytes) -> str | bytes:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def _write(texts: Sequence[str | bytes | None], kind: pa.DataType) -> pa.Array:
    if any(isinstance(text, bytes) for text in texts):
        raw = [text.encode() if isinstance(text, str) else text for text in texts]
        return pa.array(raw, _BYTES[kind]).view(kind)
    return pa.array(texts, kind)


def _encode(texts: Sequence[str | bytes | None], picks: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return a dictionary array of `texts`, picked by row; two that became equal are one value of it."""
    codes: dict[str | bytes, int] = {}
    places = [None if text is None else codes.setdefault(text, len(codes)) for text in texts]
    rows = pa.array(places, pa.int64()).take(picks).cast(kind.index_type)
    return pa.DictionaryArray.from_arrays(rows, _write(list(codes), kind.value_type), ordered=kind.ordered)


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
