"""Spark cleans as one process does."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cleanwire import ARTICLE, Cleaner, Document, Edit
from cleanwire.arrow import EXTRA_COLUMNS
from cleanwire.errors import ColumnError
from cleanwire.packs.pack import Pack
from cleanwire.scan.table import Tables
from cleanwire.sites.files import hosts_in, site_path

pytest.importorskip("pyspark", reason="PySpark is not installed; `make engines` runs this")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    try:
        session = builder.getOrCreate()
    except PySparkRuntimeError as error:
        pytest.skip(f"Spark does not start, perhaps for want of Java 17 or later (`make java`): {error}")
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def frame(spark: Any, table: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("in")
    for part in range(4):
        pq.write_table(table.filter([n % 4 == part for n in table["id"].to_pylist()]), folder / f"{part}.parquet")
    return spark.read.parquet(str(folder)).repartition(8, "id")


def in_order(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: int(row["id"]))


def test_two_workers_give_what_one_process_gives(frame: Any, alone: Any, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from cleanwire.engines.spark import clean_frame

    clean_frame(frame, keep=list(EXTRA_COLUMNS)).write.parquet(str(tmp_path / "out"))
    parts = sorted((tmp_path / "out").glob("*.parquet"))
    assert len(parts) > 1
    assert in_order(row for part in parts for row in pq.read_table(part).to_pylist()) == alone


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("spark.sql.execution.arrow.useLargeVarTypes", "true"),
        ("spark.sql.execution.arrow.maxRecordsPerBatch", "7"),
    ],
)
def test_other_batches_give_the_same(spark: Any, frame: Any, alone: Any, setting: str, value: str) -> None:
    from cleanwire.engines.spark import clean_frame

    before = spark.conf.get(setting)
    spark.conf.set(setting, value)
    try:
        rows = [row.asDict(recursive=True) for row in clean_frame(frame, keep=list(EXTRA_COLUMNS)).collect()]
    finally:
        spark.conf.set(setting, before)
    assert in_order(rows) == alone


def test_the_schema_stays_and_says_what_is_added(frame: Any) -> None:
    from cleanwire.engines.spark import clean_frame

    done = clean_frame(frame, keep=["captions", "byline"]).schema
    assert done.fields[: len(frame.schema.fields)] == frame.schema.fields
    assert [field.dataType.simpleString() for field in done.fields[len(frame.schema.fields) :]] == [
        "array<struct<text:string,credit:string,agency:string,start:bigint,end:bigint>>",
        "string",
    ]


@dataclass(frozen=True)
class Count:
    """A filter that changes nothing, and leaves a mark of its process, its task and how often rules were compiled."""

    folder: str
    name: str = field(default="count")

    def __call__(self, doc: Document, /) -> Iterable[Edit]:  # noqa: ARG002 - it looks at nothing
        from pyspark import TaskContext

        if not hasattr(Tables, "made"):  # a count that is the test's own, so that no type knows of it
            make = Tables.__init__

            def count(self: Tables, *args: Any) -> None:
                type(self).made += 1  # type: ignore[attr-defined] # `made` is the test's own
                make(self, *args)

            Tables.made = 0  # type: ignore[attr-defined] # `made` is the test's own
            Tables.__init__ = count  # type: ignore[assignment] # `made` is the test's own
        task = TaskContext.get().partitionId()  # type: ignore[union-attr,unused-ignore] # there is one in a task
        Path(self.folder, f"{os.getpid()} {task} {Tables.made}").touch()  # type: ignore[attr-defined] # `made` is the test's own
        return ()


def test_the_rules_are_compiled_once_a_worker(frame: Any, pack: Pack, tmp_path: Path) -> None:
    from pyspark import cloudpickle

    from cleanwire.engines.spark import clean_frame

    cloudpickle.register_pickle_by_value(sys.modules[__name__])  # which workers cannot import
    cleaner = Cleaner(filters=(Count(str(tmp_path)), *ARTICLE)).with_packs(pack)
    clean_frame(frame, cleaner=cleaner).collect()
    marks = [mark.name.split() for mark in tmp_path.iterdir()]
    assert {task for _, task, _ in marks} == set("01234567")
    assert len({pid for pid, _, _ in marks}) < 8  # some worker had more than one partition
    assert {int(number) for _, _, number in marks} == {0, 1}


def test_no_rows(frame: Any) -> None:
    from cleanwire.engines.spark import clean_frame

    assert clean_frame(frame.filter("id < 0"), keep=["removed"]).collect() == []


def test_a_wrong_column_is_said_before_anything_runs(frame: Any) -> None:
    from cleanwire.engines.spark import clean_frame

    with pytest.raises(ColumnError, match="no columns are named 'body'"):
        clean_frame(frame, "body")
    with pytest.raises(ColumnError, match="column 'id' has the type int64, not text"):
        clean_frame(frame, "id")


def test_without_spark_the_message_says_what_to_install() -> None:
    code = "import sys; sys.modules['pyspark'] = sys.modules['pyarrow'] = None\nimport cleanwire.engines.spark"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stderr.rstrip("\n").split("\n")[-1] == (
        "cleanwire.errors.MissingError: the engine spark needs PySpark; install it: pip install 'cleanwire[spark]'"
    )


def test_spark_learns_what_one_process_learns(spark: Any, visits: Any, known: dict[str, str], tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from cleanwire.engines.sites import write_templates
    from cleanwire.engines.spark import learn_frame

    pq.write_table(visits, tmp_path / "visits.parquet")
    frame = spark.read.parquet(str(tmp_path / "visits.parquet")).repartition(8)
    rows, sites = learn_frame(frame, "body", "address").collect(), tmp_path / "sites"
    assert {row["host"]: row["template"] for row in rows} == known
    assert len(rows) == write_templates(learn_frame(frame, "body", "address").toLocalIterator(), sites)
    assert {host: site_path(sites, host).read_text() for host in hosts_in(sites)} == known
    with pytest.raises(ColumnError, match="'url'"):
        learn_frame(frame, "body")


def test_edits_are_counted_by_rule(frame: Any, spoken: Any) -> None:
    from cleanwire.engines.spark import clean_frame, count_edits

    rows = count_edits(clean_frame(frame, keep=["edits"])).collect()
    assert {(row["action"], row["rule"]): row["count"] for row in rows} == spoken
