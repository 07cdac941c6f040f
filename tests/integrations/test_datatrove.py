"""The datatrove step, in a pipeline of datatrove's own."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from cleanwire import Cleaner

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
        CleanwireFormatter(Cleaner(skip=frozenset({"comments"})), keep=["captions", "title"]),
        JsonlWriter(str(tmp_path / "out")),
    ]
    LocalPipelineExecutor(steps, tasks=2, workers=2, logging_dir=str(tmp_path / "logs")).run()
    rows: dict[str, Any] = {}
    for part in (tmp_path / "out").glob("*.jsonl.gz"):
        with gzip.open(part, "rt", encoding="utf-8") as file:
            rows.update((row["id"], row) for row in map(json.loads, file))
    assert {name: row["text"] for name, row in rows.items()} == {
        "0-0": "She left at noon.\n\nPost a comment",
        "0-1": CLEAN,
        "1-0": CLEAN + "\n\nFacebook Comments",
        "1-1": "She left at noon.\n\nPost a comment",
    }
    assert [caption["credit"] for caption in rows["0-0"]["metadata"]["captions"]] == ["Ann Lee"]
    assert rows["0-1"]["metadata"]["captions"] == []
    assert rows["0-1"]["metadata"]["url"] == "u"
    (stats,) = (
        step for step in json.loads((tmp_path / "logs" / "stats.json").read_text()) if "cleanwire" in step["name"]
    )
    assert (stats["stats"]["total"], stats["stats"]["changed"]) == (4, 2)
