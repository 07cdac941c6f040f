"""The accessor of pandas: texts, and values of results."""

import pandas as pd
import pytest

import cleanwire.integrations.pandas  # noqa: F401 - registers the accessor
from cleanwire import Cleaner
from cleanwire.errors import ColumnError, InputError, UnknownNameError
from cleanwire.result import SCHEMA

DIRTY = "She left at noon.\n\nPhoto: Ann Lee/AFP\n\nPost a comment"


@pytest.mark.parametrize("kind", [None, "object", "string"])
def test_texts_are_cleaned_in_the_type_of_the_series(kind: str | None) -> None:
    series = pd.Series([DIRTY, None, "She stayed."], index=[3, 5, 3], name="text", dtype=kind)
    clean = series.cleanwire.clean()
    assert clean.dropna().to_list() == ["She left at noon.", "She stayed."]
    assert clean.isna().to_list() == [False, True, False]
    assert (clean.index.to_list(), clean.name, clean.dtype) == ([3, 5, 3], "text", series.dtype)
    assert series.iloc[0] == DIRTY


def test_a_cleaner_of_ones_own_is_used() -> None:
    series = pd.Series([DIRTY])
    assert series.cleanwire.clean(Cleaner(skip=["comments"]))[0] == "She left at noon.\n\nPost a comment"
    frame = series.cleanwire.results(["text"], Cleaner(only=["caption"]))
    assert frame["text"][0] == "She left at noon.\n\nPost a comment"


def test_values_become_columns_beside_the_index() -> None:
    frame = pd.Series([None, DIRTY], index=["a", "b"]).cleanwire.results()
    assert list(frame) == list(SCHEMA)
    assert frame.loc["b", "captions"][0]["credit"] == "Ann Lee"
    assert frame.loc["b"].to_dict() == Cleaner()(DIRTY).to_dict()
    assert frame.loc["a"].isna().all()
    assert list(pd.Series([], dtype=object).cleanwire.results(["title"])) == ["title"]


def test_what_is_not_text_or_not_a_value_is_said() -> None:
    with pytest.raises(ColumnError, match="row 1 of 'n' holds int, not text"):
        pd.Series(["a", 2], name="n", dtype=object).cleanwire.clean()
    with pytest.raises(UnknownNameError, match="did you mean 'captions'"):
        pd.Series(["a"]).cleanwire.results(["caption"])
    with pytest.raises(UnknownNameError, match="there are: text, changed"):
        pd.Series(["a"]).cleanwire.results(["zzz"])
    with pytest.raises(InputError, match=r"names is the str 'title'; give a collection of names: names=\['title'\]"):
        pd.Series(["a"]).cleanwire.results("title")
