"""The datatrove step, in a pipeline of datatrove's own."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from cleanwire import Cleaner
from cleanwire.errors import UnknownNameError

pytest.importorskip("datatrove", reason="datatrove is not installed; `make test-hosts` runs this")

DIRTY = "She left at noon.\n\nPhoto: Ann Lee/AFP\n\nPost a comment"
CLEAN = "The ferry left at noon, and the quay was empty again."


def test_a_pipeline_of_two_processes_writes_what_the_cleaner_gives(tmp_path: Path) -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from cleanwire.integrations.datatrove import CleanwireFormatter

    (tmp_path / "in").mkdir()
    for at_part, texts in enumerate(([DIRTY, CLEAN], [CLEAN + "\n\nFacebook Comments", DIRTY])):
        lines = [json.dumps({"id": f"{at_part}-{at}", "text": text, "url": "u"}) for at, text in enumerate(texts)]
        (tmp_path / "in" / f"{at_part}.jsonl").write_text("\n".join(lines) + "\n")
    steps = [
        JsonlReader(str(tmp_path / "in")),
        CleanwireFormatter(Cleaner(skip=frozenset({"comments"})), keep=["captions", "title", "removed_ratio"]),
        JsonlWriter(str(tmp_path / "out")),
    ]
    LocalPipelineExecutor(steps, tasks=2, workers=2, logging_dir=str(tmp_path / "logs")).run()
    rows: dict[str, Any] = {}
    for part in (tmp_path / "out").glob("*.jsonl.gz"):
        with gzip.open(part, "rt", encoding="utf-8") as file:
            rows.update((row["id"], row) for row in map(json.loads, file))
    removed = Cleaner(skip=["comments"])(DIRTY).removed_ratio
    assert {name: row["text"] for name, row in rows.items()} == {
        "0-0": "She left at noon.\n\nPost a comment",
        "0-1": CLEAN,
        "1-0": CLEAN + "\n\nFacebook Comments",
        "1-1": "She left at noon.\n\nPost a comment",
    }
    assert [caption["credit"] for caption in rows["0-0"]["metadata"]["captions"]] == ["Ann Lee"]
    assert rows["0-1"]["metadata"]["captions"] == []
    assert rows["0-1"]["metadata"]["removed_ratio"] == 0.0
    assert rows["0-0"]["metadata"]["removed_ratio"] == removed
    assert rows["0-1"]["metadata"]["url"] == "u"
    (stats,) = (
        step for step in json.loads((tmp_path / "logs" / "stats.json").read_text()) if "cleanwire" in step["name"]
    )
    assert (stats["stats"]["total"], stats["stats"]["changed"]) == (4, 2)
    ratio = stats["stats"]["removed_ratio"]
    assert (ratio["n"], ratio["mean"]) == (2, pytest.approx(removed))


def test_a_filter_drops_what_lost_most_of_its_text() -> None:
    from datatrove.data import Document
    from datatrove.pipeline.filters import LambdaFilter

    from cleanwire.integrations.datatrove import CleanwireFormatter

    pages = [Document(text=DIRTY, id="1"), Document(text=CLEAN, id="2")]
    cleaned = CleanwireFormatter(keep=["removed_ratio"]).run(pages)
    kept = LambdaFilter(lambda page: page.metadata["removed_ratio"] < 0.5).run(cleaned)
    assert [page.id for page in kept] == ["2"]


def test_an_unknown_name_is_said_before_anything_is_cleaned() -> None:
    from cleanwire.integrations.datatrove import CleanwireFormatter

    with pytest.raises(UnknownNameError, match="did you mean 'captions'"):
        CleanwireFormatter(keep=["caption"])
