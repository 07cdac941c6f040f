"""Text columns of Arrow tables are read and written in one place, whatever their type and whatever their bytes."""

from typing import Any

import pytest

pa = pytest.importorskip("pyarrow")

from cleanwire import Cleaner  # noqa: E402 - it needs pyarrow
from cleanwire.errors import FormatError  # noqa: E402 - it needs pyarrow
from cleanwire.formats.columns import (  # noqa: E402 - it needs pyarrow
    column_type,
    compact,
    find_column,
    find_url,
    is_text,
    sizes,
    text_array,
    text_values,
    value_type,
    with_columns,
)
from cleanwire.formats.extra_columns import EXTRA_COLUMNS, extra_columns, null_columns  # noqa: E402 - it needs pyarrow

PLAIN = [(pa.string(), pa.binary()), (pa.large_string(), pa.large_binary()), (pa.string_view(), pa.binary_view())]
VALUES: list[str | bytes | None] = ["noon", None, b"caf\xe9", "", "\u2028\x00é"]


@pytest.mark.parametrize(("kind", "raw"), PLAIN, ids=str)
def test_values_come_back(kind: Any, raw: Any) -> None:
    array = text_array(VALUES, kind)
    assert array.type == kind
    assert text_values(array) == VALUES
    assert array.view(raw).to_pylist() == [value.encode() if isinstance(value, str) else value for value in VALUES]
    assert text_values(array.slice(2, 2)) == VALUES[2:4]


def test_a_dictionary_is_decoded() -> None:
    array = pa.array(["noon", None, "noon"]).dictionary_encode()
    assert text_values(array) == ["noon", None, "noon"]
    assert value_type(array.type) == pa.string()


def test_a_lone_surrogate_is_written_as_its_bytes() -> None:
    assert text_array(["\ud800"], pa.string()).view(pa.binary()).to_pylist() == [b"\xed\xa0\x80"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (pa.string(), True),
        (pa.dictionary(pa.int8(), pa.large_string()), True),
        (pa.dictionary(pa.int8(), pa.int64()), False),
        (pa.binary(), False),
        (pa.list_(pa.string()), False),
    ],
    ids=str,
)
def test_which_types_are_text(kind: Any, text: bool) -> None:
    assert is_text(kind) == text


def test_every_extra_column_fits_its_type() -> None:
    found = extra_columns(Cleaner()("By Carla Munt\n\nShe left.\n\nPhoto: Ann Lee/AFP"), EXTRA_COLUMNS)
    for name in EXTRA_COLUMNS:
        array = pa.array([found[name], null_columns(EXTRA_COLUMNS)[name]], column_type(name))
        assert array.to_pylist() == [found[name], None]
    assert with_columns(pa.schema([]), EXTRA_COLUMNS).names == list(EXTRA_COLUMNS)


def test_columns_are_found_by_name() -> None:
    schema = pa.schema({"body": pa.string(), "n": pa.int64(), "url": pa.string(), "title": pa.string()})
    assert find_column(schema, None, ()) == "body"
    assert find_column(schema, "title", ()) == "title"
    assert [find_url(schema, name) for name in (None, "url", "n", "missing")] == [None, "url", None, None]
    several = pa.schema({"Article": pa.int64(), "document": pa.string(), "title": pa.string()})
    assert find_column(several, None, ()) == "document"  # the one that is text
    twice = pa.schema([("text", pa.string()), ("text", pa.string())])
    for wanted, column, add, message in (
        (schema, "words", (), "has no column 'words', only body, n, url, title; choose one with --column"),
        (schema, "n", (), "column 'n' has the type int64, not text"),
        (schema, None, ("title",), "already has a column 'title'"),
        (pa.schema({"Text": pa.string(), "body": pa.string()}), None, (), "may hold the text: Text, body"),
        (pa.schema({"Text": pa.int64()}), None, (), "column 'Text' has the type int64, not text"),
        (twice, None, (), "more than one column 'text'"),
    ):
        with pytest.raises(FormatError, match=message):
            find_column(wanted, column, add)


TEXTS = ["noon", None, "", "a text that is longer than what a view holds itself", "caf\u00e9"]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())], ids=str
)
def test_sizes_are_those_of_the_values_of_rows(kind: Any) -> None:
    array = pa.array(TEXTS, kind) if "dictionary" not in str(kind) else pa.array(TEXTS).dictionary_encode().cast(kind)
    assert sizes(array) == [4, 0, 0, 51, 5]
    assert sizes(array.slice(2, 2)) == [0, 51]
    assert sizes(array.slice(5)) == []


def test_a_dictionary_is_made_compact() -> None:
    array = pa.DictionaryArray.from_arrays(pa.array([3, None, 1, 3], pa.int8()), pa.array(list("abcd")))
    found = compact(array)
    assert (found.type, found.to_pylist()) == (array.type, array.to_pylist())
    assert found.dictionary.to_pylist() == ["d", "b"]
    assert compact(pa.array(TEXTS)).to_pylist() == TEXTS
