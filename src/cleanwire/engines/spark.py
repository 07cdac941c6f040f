"""Spark: a frame in, the frame that cleans it out (extra ``spark``)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cleanwire.arrow import FACTS, clean_batch, clean_schema
from cleanwire.cleaner import Cleaner
from cleanwire.errors import ExtraError

try:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.pandas.types import from_arrow_type, to_arrow_schema
    from pyspark.sql.types import StructField, StructType
except ImportError as error:
    raise ExtraError(
        "the engine spark needs PySpark, which is not installed; pip install 'cleanwire[spark]'"
    ) from error

_CLEANER = Cleaner()


def clean_frame(
    frame: DataFrame, column: str = "text", cleaner: Cleaner = _CLEANER, keep: Sequence[str] = ()
) -> DataFrame:
    """Return `frame` with one column cleaned, and the columns of `keep` added, as `clean_batch` does it.

    Nothing runs before the frame is read or written.  Every worker needs cleanwire and pyarrow, and compiles the rules
    once.  Raises `ColumnError` for a column that is absent or no text, and for one in `keep` that is there already.

    >>> clean_frame(spark.read.parquet("pages/")).write.parquet("clean/")  # doctest: +SKIP
    """
    clean_schema(to_arrow_schema(frame.schema), column, keep)
    added = [StructField(name, from_arrow_type(FACTS[name])) for name in keep]
    return frame.mapInArrow(_Clean(column, cleaner, tuple(keep)), StructType([*frame.schema.fields, *added]))


@dataclass(frozen=True)
class _Clean:
    """Clean the batches of one partition; it travels to the workers, and is small."""

    column: str
    cleaner: Cleaner
    keep: tuple[str, ...]

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return (clean_batch(batch, self.column, self.cleaner, self.keep) for batch in batches)
