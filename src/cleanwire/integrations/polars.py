"""A namespace for expressions of polars: importing this module adds ``pl.col("text").cleanwire``."""

from collections.abc import Iterable, Mapping
from typing import Any

from cleanwire.cleaner import Cleaner
from cleanwire.errors import ColumnError, MissingError
from cleanwire.integrations.fields import checked, values
from cleanwire.result import SCHEMA, Result

try:
    import polars as pl
except ImportError as error:
    raise MissingError("this namespace needs polars; install it: pip install polars") from error

_CLEANER = Cleaner()
_TYPES = {"string": pl.String, "bool": pl.Boolean, "int64": pl.Int64, "float64": pl.Float64}
"""The types of polars by those of `SCHEMA`."""


@pl.api.register_expr_namespace("cleanwire")
class CleanwireNamespace:
    """The methods of ``expression.cleanwire``; null stays null."""

    def __init__(self, expression: pl.Expr) -> None:
        self._expression = expression

    def clean(self, cleaner: Cleaner = _CLEANER) -> pl.Expr:
        """Return an expression for the clean texts. When it runs, a column that is not text raises an error."""

        def clean(series: pl.Series) -> pl.Series:
            texts = [None if result is None else result.text for result in _results(series, cleaner)]
            return pl.Series(series.name, texts, pl.String)

        return self._expression.map_batches(clean, return_dtype=pl.String, is_elementwise=True)

    def results(self, names: Iterable[str] = tuple(SCHEMA), cleaner: Cleaner = _CLEANER) -> pl.Expr:
        """Return an expression for structs of the values `names`, keys of `Result.to_dict`; by default all of them.

        ``frame.unnest`` makes them columns. Raises `UnknownNameError` for a name that is not a key.
        """
        columns = checked(names, "names")
        kind = _type({name: SCHEMA[name] for name in columns})

        def found(series: pl.Series) -> pl.Series:
            rows = [None if result is None else values(result, columns) for result in _results(series, cleaner)]
            return pl.Series(series.name, rows, kind)

        return self._expression.map_batches(found, return_dtype=kind, is_elementwise=True)


def _results(series: pl.Series, cleaner: Cleaner) -> list[Result | None]:
    if series.dtype not in (pl.String, pl.Null):
        raise ColumnError(f"column {series.name!r} holds {series.dtype}, not text")
    return [None if text is None else cleaner(text) for text in series]


def _type(kind: Any) -> Any:
    """Return the type of polars for a type of `SCHEMA`."""
    if isinstance(kind, list):
        return pl.List(_type(kind[0]))
    if isinstance(kind, Mapping):
        return pl.Struct({name: _type(inner) for name, inner in kind.items()})
    return _TYPES[kind]
