"""The stage of NeMo Curator: batches in Arrow and pandas, and a pipeline's view of it."""

import sys

import pyarrow as pa
import pytest

from cleanwire import Cleaner
from cleanwire.errors import ColumnError

pytest.importorskip("nemo_curator", reason="NeMo Curator is not installed; `make test-hosts` runs this")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NeMo Curator runs on Linux only")

DIRTY = "She left at noon.\n\nPhoto: Ann Lee/AFP\n\nPost a comment"
TABLE = pa.table({"id": [1, 2, 3], "body": [DIRTY, None, "She stayed."]})


@pytest.mark.parametrize("data", [TABLE, TABLE.to_pandas()], ids=["arrow", "pandas"])
def test_a_batch_is_cleaned_and_the_columns_are_added(data: object) -> None:
    from nemo_curator.tasks import DocumentBatch

    from cleanwire.integrations.nemo_curator import CleanwireStage

    stage = CleanwireStage("body", Cleaner(skip=["comments"]), keep=["captions", "removed_ratio"])
    task = DocumentBatch(dataset_name="news", data=data, _metadata={"source": "a"})
    done = stage.process(task)
    table = done.to_pyarrow()
    assert table["id"].to_pylist() == [1, 2, 3]
    assert table["body"].to_pylist() == ["She left at noon.\n\nPost a comment", None, "She stayed."]
    assert table["captions"][0][0]["credit"].as_py() == "Ann Lee"
    assert table["removed_ratio"].to_pylist() == [Cleaner(skip=["comments"])(DIRTY).removed_ratio, None, 0.0]
    assert (done.dataset_name, done._metadata) == ("news", {"source": "a"})
    assert task.data is data
    assert stage.validate_input(task)
    assert not CleanwireStage("text").validate_input(task)
    assert (stage.inputs(), stage.outputs()) == (
        (["data"], ["body"]), (["data"], ["body", "captions", "removed_ratio"]),
    )  # fmt: skip


def test_a_pipeline_runs_it_and_a_filter_after_it() -> None:
    from nemo_curator.pipeline import Pipeline
    from nemo_curator.tasks import DocumentBatch

    from cleanwire.integrations.nemo_curator import CleanwireStage

    pipeline = Pipeline(name="clean", stages=[CleanwireStage("body", keep=["removed_ratio"])])
    pipeline.build()
    (stage,) = pipeline.stages
    table = stage.process(DocumentBatch(dataset_name="news", data=TABLE)).to_pyarrow()
    kept = table.filter(pa.compute.less(table["removed_ratio"], 0.5))
    assert kept["body"].to_pylist() == ["She stayed."]


def test_a_column_that_is_not_text_is_said() -> None:
    from nemo_curator.tasks import DocumentBatch

    from cleanwire.integrations.nemo_curator import CleanwireStage

    with pytest.raises(ColumnError, match="'id'"):
        CleanwireStage("id").process(DocumentBatch(dataset_name="news", data=TABLE))
