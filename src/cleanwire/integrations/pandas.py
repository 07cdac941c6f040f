"""An accessor for pandas: importing this module adds ``Series.cleanwire``."""

from collections.abc import Iterable

from cleanwire.cleaner import Cleaner
from cleanwire.errors import ColumnError, MissingError
from cleanwire.integrations.fields import checked, values
from cleanwire.result import SCHEMA, Result

try:
    import pandas as pd
except ImportError as error:
    raise MissingError("this accessor needs pandas; install it: pip install pandas") from error

_CLEANER = Cleaner()


@pd.api.extensions.register_series_accessor("cleanwire")
class CleanwireAccessor:
    """The methods of ``series.cleanwire``; missing values stay missing, and the index stays as it is."""

    def __init__(self, series: pd.Series) -> None:
        self._series = series

    def clean(self, cleaner: Cleaner = _CLEANER) -> pd.Series:
        """Return the clean texts, in the type of the series.

        Raises `ColumnError` for a value that is neither text nor missing.
        """
        texts = [None if result is None else result.text for result in self._results(cleaner)]
        return pd.Series(texts, self._series.index, self._series.dtype, self._series.name)

    def results(self, names: Iterable[str] = tuple(SCHEMA), cleaner: Cleaner = _CLEANER) -> pd.DataFrame:
        """Return a frame with the values `names` of each result, keys of `Result.to_dict`; by default all of them.

        Raises `ColumnError` as `clean` does, and `UnknownNameError` for a name that is not a key.
        """
        columns = checked(names, "names")
        rows = [{} if result is None else values(result, columns) for result in self._results(cleaner)]
        return pd.DataFrame({name: [row.get(name) for row in rows] for name in columns}, self._series.index)

    def _results(self, cleaner: Cleaner) -> list[Result | None]:
        """Return the result of each text, None for a missing value."""
        found: list[Result | None] = []
        for label, text in self._series.items():
            if not isinstance(text, str) and not pd.isna(text):
                raise ColumnError(f"row {label!r} of {self._series.name!r} holds {type(text).__name__}, not text")
            found.append(cleaner(text) if isinstance(text, str) else None)
        return found
