"""The guard of quality: every figure that is pinned holds on the labelled pages."""

import os

import pytest

from floors import Floors
from pages import folder
from quality import TASKS, Wish, digests, rule_count


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("task", TASKS)
def test_floors_hold(task: str) -> None:
    data = folder()
    if data is None:
        named = os.environ.get("CLEANWIRE_DATA")
        pytest.skip(f"CLEANWIRE_DATA is {f'{named}, which is no folder' if named else 'not set'}: no labelled pages")
    if task.startswith("page_"):
        pytest.importorskip("catboost", reason="the extra fit is not installed")
    floors = Floors.read()
    if task not in floors.pinned:
        pytest.skip(f"nothing is pinned for {task}: benchmarks/quality.py --task {task} --update pins it")
    figures = TASKS[task].run(data, Wish()).figures
    assert not floors.check(task, figures, digests(data, task), rule_count())
