"""Ray Data cleans as one process does, on two nodes, even when one of them dies."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cleanwire import ARTICLE, Cleaner, Document, Edit
from cleanwire.arrow import EXTRA_COLUMNS, clean_batch
from cleanwire.errors import ColumnError
from cleanwire.packs.pack import Pack
from cleanwire.scan.table import Tables
from cleanwire.sites.files import hosts_in, site_path

ray = pytest.importorskip("ray", reason="Ray is not installed; `make engines` runs this")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    ray.init(address=nodes.address, log_to_driver=False, logging_level="ERROR")
    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])  # which workers cannot import
    yield nodes
    ray.shutdown()
    nodes.shutdown()


@pytest.fixture
def second(cluster: Any) -> Iterator[Any]:
    """Return the second node of the cluster, which may be killed."""
    node = cluster.add_node(num_cpus=1)
    assert len([node for node in ray.nodes() if node["Alive"]]) == 2
    yield node
    if node in cluster.list_all_nodes():
        cluster.remove_node(node)


@dataclass(frozen=True)
class Slow:
    """A filter that changes nothing, takes its time, and leaves a mark of the node that it ran on."""

    marks: str
    seconds: float
    name: str = field(default="slow")

    def __call__(self, doc: Document, /) -> Iterable[Edit]:  # noqa: ARG002 - it looks at nothing
        node = ray.get_runtime_context().get_node_id()
        with open(os.path.join(self.marks, node), "a") as file:
            file.write(".")
        time.sleep(self.seconds)
        return ()


def sixteen(table: Any) -> list[Any]:
    """Return the table in 16 blocks: files as small as these would be read as one."""
    size = -(-table.num_rows // 16)
    return [table.slice(part * size, size).combine_chunks() for part in range(16)]


def written(folder: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    rows = [row for file in sorted(folder.glob("*.parquet")) for row in pq.read_table(file).to_pylist()]
    return sorted(rows, key=lambda row: int(row["id"]))


@pytest.mark.usefixtures("second")
def test_two_nodes_give_what_one_process_gives(table: Any, alone: Any, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from cleanwire.engines.ray import clean_dataset

    pq.write_table(table, tmp_path / "in.parquet", row_group_size=50)
    dataset = ray.data.read_parquet(str(tmp_path / "in.parquet"))
    clean_dataset(dataset, keep=list(EXTRA_COLUMNS)).write_parquet(str(tmp_path / "out"))
    assert written(tmp_path / "out") == alone


@pytest.mark.usefixtures("cluster")
def test_columns_of_every_kind_and_blocks_without_rows(table: Any, alone: Any) -> None:
    import pyarrow as pa

    from cleanwire.engines.ray import clean_dataset

    for kind in (pa.large_string(), pa.dictionary(pa.int32(), pa.string())):
        column = table["text"].cast(pa.string())
        column = column.dictionary_encode() if pa.types.is_dictionary(kind) else column.cast(kind)
        blocks = [table.set_column(1, "text", column), table.set_column(1, "text", column).slice(0, 0)]
        done = clean_dataset(ray.data.from_arrow(blocks))
        assert [row["text"] for row in done.take_all()] == [row["text"] for row in alone]
    empty = table.slice(0, 0)
    assert clean_dataset(ray.data.from_arrow(empty), keep=["removed"]).take_all() == []


@dataclass(frozen=True)
class Count:
    """A filter that changes nothing, and leaves a mark of its process, its task and how often rules were compiled."""

    folder: str
    name: str = field(default="count")

    def __call__(self, doc: Document, /) -> Iterable[Edit]:  # noqa: ARG002 - it looks at nothing
        if not hasattr(Tables, "made"):  # a count that is the test's own, so that no type knows of it
            make = Tables.__init__

            def count(self: Tables, *args: Any) -> None:
                type(self).made += 1  # type: ignore[attr-defined] # `made` is the test's own
                make(self, *args)

            Tables.made = 0  # type: ignore[attr-defined] # `made` is the test's own
            Tables.__init__ = count  # type: ignore[assignment] # `made` is the test's own
        task = ray.get_runtime_context().get_task_id()
        Path(self.folder, f"{os.getpid()} {task} {Tables.made}").touch()  # type: ignore[attr-defined] # `made` is the test's own
        return ()


@pytest.mark.usefixtures("cluster")
def test_the_rules_are_compiled_once_a_worker(table: Any, pack: Pack, tmp_path: Path) -> None:
    from cleanwire.engines.ray import clean_dataset

    cleaner = Cleaner(filters=(Count(str(tmp_path)), *ARTICLE)).with_packs(pack)
    clean_dataset(ray.data.from_arrow(sixteen(table)), cleaner=cleaner).materialize()
    marks = [mark.name.split() for mark in tmp_path.iterdir()]
    assert len({task for _, task, _ in marks}) == 16
    assert len({pid for pid, _, _ in marks}) < 16  # some worker had more than one block
    assert {int(number) for _, _, number in marks} == {0, 1}


@pytest.mark.usefixtures("cluster")
def test_a_wrong_column_is_said_before_anything_runs(table: Any) -> None:
    from cleanwire.engines.ray import clean_dataset

    with pytest.raises(ColumnError, match="no columns are named 'body'"):
        clean_dataset(ray.data.from_arrow(table), "body")


@pytest.mark.parametrize("to_disk", [True, False], ids=["written", "taken"])
def test_a_node_killed_in_the_middle_loses_and_doubles_nothing(
    cluster: Any, second: Any, table: Any, alone: Any, tmp_path: Path, to_disk: bool
) -> None:
    from cleanwire.engines.ray import clean_dataset

    marks = tmp_path / "marks"
    marks.mkdir()
    killed: list[int] = []

    def kill() -> None:
        mark = marks / second.node_id
        while not mark.exists() or mark.stat().st_size < 3 * table.num_rows // 32:  # one block done, one half done
            time.sleep(0.02)
        killed.append(mark.stat().st_size)
        cluster.remove_node(second, allow_graceful=False)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    cleaner = Cleaner(filters=(*ARTICLE, Slow(str(marks), 0.02)))
    dataset = clean_dataset(ray.data.from_arrow(sixteen(table)), cleaner=cleaner, keep=list(EXTRA_COLUMNS))
    if to_disk:
        dataset.write_parquet(str(tmp_path / "out"))
        rows = written(tmp_path / "out")
    else:
        rows = sorted(dataset.take_all(), key=lambda row: int(row["id"]))
    killer.join(10)
    assert killed
    assert sum(mark.stat().st_size for mark in marks.iterdir()) > table.num_rows  # something was done again
    assert [row["id"] for row in rows] == [row["id"] for row in alone]
    assert rows == alone


@pytest.mark.usefixtures("cluster")
def test_batches_of_any_size_give_the_same(table: Any) -> None:
    from cleanwire.engines.ray import clean_dataset

    whole = clean_batch(table.combine_chunks().to_batches()[0])["text"].to_pylist()
    for blocks in (1, 7):
        done = clean_dataset(ray.data.from_arrow(table).repartition(blocks)).take_all()
        assert [row["text"] for row in sorted(done, key=lambda row: int(row["id"]))] == whole


def test_without_ray_the_message_says_what_to_install() -> None:
    code = "import sys; sys.modules['ray'] = sys.modules['pyarrow'] = None\nimport cleanwire.engines.ray"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stderr.rstrip("\n").split("\n")[-1] == (
        "cleanwire.errors.MissingError: the engine ray needs Ray Data; install it: pip install 'cleanwire[ray]'"
    )


@pytest.mark.usefixtures("second")
def test_two_nodes_learn_what_one_process_learns(visits: Any, known: dict[str, str], tmp_path: Path) -> None:
    from cleanwire.engines.ray import learn_dataset
    from cleanwire.engines.sites import write_templates

    blocks = [visits.slice(start, 20).combine_chunks() for start in range(0, visits.num_rows, 20)]
    rows = learn_dataset(ray.data.from_arrow(blocks), "body", "address").take_all()
    assert {row["host"]: row["template"] for row in rows} == known
    assert len(rows) == write_templates(rows, tmp_path / "sites") == write_templates(rows, tmp_path / "sites")
    assert {host: site_path(tmp_path / "sites", host).read_text() for host in hosts_in(tmp_path / "sites")} == known


@pytest.mark.usefixtures("second")
def test_edits_are_counted_by_rule(table: Any, spoken: Any) -> None:
    from cleanwire.engines.ray import clean_dataset, count_edits

    cleaned = clean_dataset(ray.data.from_arrow(sixteen(table)), keep=["edits"])
    rows = count_edits(cleaned).take_all()
    assert {(row["action"], row["rule"]): row["count"] for row in rows} == spoken
