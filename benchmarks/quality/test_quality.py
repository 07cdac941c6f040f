"""The guard of quality: every figure that is pinned holds on the labelled pages."""

import os

import pytest

from benchmarks.quality import run
from benchmarks.tools.data import folder
from benchmarks.tools.floors import Floors


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("task", run.TASKS)
def test_floors_hold(task: str) -> None:
    data = folder()
    if data is None:
        named = os.environ.get("CLEANWIRE_DATA")
        pytest.skip(f"CLEANWIRE_DATA is {f'{named}, which is no folder' if named else 'not set'}: no labelled pages")
    if task.startswith("page_"):
        pytest.importorskip("catboost", reason="the group fit is not installed")
    floors = Floors.read(run.PATH)
    if task not in floors.pinned:
        pytest.skip(f"nothing is pinned for {task}: python -m benchmarks.quality.run --task {task} --update pins it")
    figures = run.TASKS[task].run(data, run.Options()).figures
    assert not floors.check(task, figures, run.basis(data, task))
