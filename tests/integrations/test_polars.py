"""The namespace of polars: texts, and values of results, eager and lazy."""

import polars as pl
import pytest

import cleanwire.integrations.polars  # noqa: F401 - registers the namespace
from cleanwire import Cleaner
from cleanwire.arrow import result_schema
from cleanwire.errors import ColumnError, UnknownNameError

DIRTY = "She left at noon.\n\nPhoto: Ann Lee/AFP\n\nPost a comment"
FRAME = pl.DataFrame({"id": [1, 2, 3], "text": [DIRTY, None, "She stayed."]})


def test_an_expression_cleans_texts() -> None:
    clean = pl.col("text").cleanwire.clean()  # type: ignore[attr-defined]
    done = FRAME.with_columns(clean)
    assert done["text"].to_list() == ["She left at noon.", None, "She stayed."]
    assert done["id"].to_list() == [1, 2, 3]
    lazy = FRAME.lazy().with_columns(clean)
    assert lazy.collect_schema()["text"] == pl.String
    assert lazy.collect().equals(done)


def test_values_are_a_struct_with_the_types_of_arrow() -> None:
    results = pl.col("text").cleanwire.results().alias("found")  # type: ignore[attr-defined]
    found = FRAME.select(results)["found"]
    assert found.to_list() == [Cleaner()(DIRTY).to_dict(), None, Cleaner()("She stayed.").to_dict()]
    whole = pl.from_arrow(result_schema().empty_table())
    assert isinstance(whole, pl.DataFrame)
    assert found.dtype == pl.Struct(whole.schema)
    assert FRAME.lazy().select(results).collect_schema()["found"] == found.dtype


def test_a_caption_after_many_rows_without_has_its_column() -> None:
    frame = pl.DataFrame({"text": ["She stayed."] * 1100 + [DIRTY]})
    cleaner = Cleaner(skip=["comments"])
    found = frame.select(pl.col("text").cleanwire.results(["text", "captions"], cleaner))  # type: ignore[attr-defined]
    last = found.unnest("text").row(-1, named=True)
    assert last["text"] == "She left at noon.\n\nPost a comment"
    assert [caption["credit"] for caption in last["captions"]] == ["Ann Lee"]


def test_a_column_of_nulls_and_no_rows() -> None:
    clean = pl.col("text").cleanwire.clean()  # type: ignore[attr-defined]
    assert pl.DataFrame({"text": [None, None]}).select(clean)["text"].to_list() == [None, None]
    assert FRAME.clear().select(clean)["text"].dtype == pl.String


def test_what_is_not_text_or_not_a_value_is_said() -> None:
    with pytest.raises((ColumnError, pl.exceptions.ComputeError), match="'id' holds Int64, not text"):
        FRAME.select(pl.col("id").cleanwire.clean())  # type: ignore[attr-defined]
    with pytest.raises(UnknownNameError, match="did you mean 'captions'"):
        pl.col("text").cleanwire.results(["caption"])  # type: ignore[attr-defined]
