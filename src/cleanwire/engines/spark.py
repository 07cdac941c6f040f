"""Spark: take a data frame, return the data frame that cleans it (extra ``spark``)."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cleanwire.errors import MissingError

try:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.pandas.types import from_arrow_type, to_arrow_schema
    from pyspark.sql.types import StructField, StructType
except ImportError as error:
    raise MissingError("the engine spark needs PySpark; install it: pip install 'cleanwire[spark]'") from error

from cleanwire.arrow import clean_batch, clean_schema
from cleanwire.cleaner import Cleaner
from cleanwire.engines.sites import page_rows, template_rows
from cleanwire.engines.text import SUFFIXES, read_texts
from cleanwire.formats.columns import column_type

_CLEANER = Cleaner()


def clean_frame(
    frame: DataFrame,
    column: str = "text",
    cleaner: Cleaner = _CLEANER,
    keep: Sequence[str] = (),
    *,
    url: str | None = None,
) -> DataFrame:
    """Return `frame` with one column cleaned and the extra columns `keep` added, as by `clean_batch`.

    Nothing runs until the frame is read or written.  Every worker needs cleanwire and pyarrow, and compiles the rules
    once.  Raises `ColumnError` for a column that is missing or not text, and for one in `keep` that exists already.

    >>> clean_frame(spark.read.parquet("pages/")).write.parquet("clean/")  # doctest: +SKIP
    """
    for name, added in ((column, keep), *([(url, ())] if url else [])):
        clean_schema(to_arrow_schema(frame.schema), name, added)
    added = [StructField(name, from_arrow_type(column_type(name))) for name in keep]
    return frame.mapInArrow(_Clean(column, cleaner, tuple(keep), url), StructType([*frame.schema.fields, *added]))


def count_edits(cleaned: DataFrame) -> DataFrame:
    """Return how often each rule fired in a frame that was cleaned with ``keep=["edits"]``: action, rule, count.

    The counts come from rows, so tasks that the engine repeats count once.

    >>> count_edits(clean_frame(pages, keep=["edits"])).show()  # doctest: +SKIP
    """
    return (
        cleaned.selectExpr("inline(edits)")
        .groupBy("action", "rule")
        .agg({"count": "sum"})
        .toDF("action", "rule", "count")
    )


def learn_frame(frame: DataFrame, column: str = "text", url: str = "url") -> DataFrame:
    """Return the templates of the sites of the pages in `frame`: a row a host, with its template as text.

    `url` is the column of addresses, or of hosts.  The templates are those that `cleanwire.learning.learn_sites`
    returns for all rows at once; Spark sorts the pages by host, on disk if there are many.
    `cleanwire.engines.sites.write_templates` writes the templates into a folder.

    >>> rows = learn_frame(spark.read.parquet("pages/")).toLocalIterator()  # doctest: +SKIP
    >>> write_templates(rows, "sites/")  # doctest: +SKIP
    """
    schema = to_arrow_schema(frame.schema)
    for name in (column, url):
        clean_schema(schema, name)
    pages = frame.select(column, url).mapInArrow(_Pages(column, url), "host string, page string")
    together = pages.repartition("host").sortWithinPartitions("host")
    return together.mapInArrow(template_rows, "host string, template string")


@dataclass(frozen=True)
class _Pages:
    """The pages of the batches of one partition."""

    column: str
    url: str

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return (page_rows(batch, self.column, self.url) for batch in batches)


def start(*, quiet: bool = False) -> SparkSession:
    """Return the Spark session of this process, or start one according to Spark's configuration.

    Without any configuration, Spark runs on this machine only, with all of its cores.
    """
    builder = SparkSession.builder.appName("cleanwire")
    if quiet:
        builder = builder.config("spark.ui.showConsoleProgress", "false")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # otherwise workers run the first python3 in PATH
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def text_frame(session: SparkSession, paths: Sequence[str]) -> DataFrame:
    """Return the text files at or below `paths` as a frame of paths and texts."""
    files = session.read.format("binaryFile").option("recursiveFileLookup", "true")
    files = files.option("pathGlobFilter", f"*.{{{','.join(SUFFIXES)}}}")
    return files.load(list(paths)).select("path", "content").mapInArrow(_decoded, "path string, text string")


def _decoded(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    return (read_texts(batch, "content") for batch in batches)


@dataclass(frozen=True)
class _Clean:
    """Clean the batches of one partition; it is small, and sent to the workers."""

    column: str
    cleaner: Cleaner
    keep: tuple[str, ...]
    url: str | None

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return (clean_batch(batch, self.column, self.cleaner, self.keep, url=self.url) for batch in batches)
