"""Somebody else at every call of a cleaner: another cleaner, or an edit by hand; nothing of either is lost."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanwire.io.undo import Store

from .conftest import SCALE
from .faults import Calls, Fault, Hook, counted
from .forked import run
from .test_faults import outcome
from .work import FILES, Task, is_undoable, tasks

STRIDE = {"full": 1, "quick": 11}[SCALE]
"""Somebody else acts at one in this number of the calls of a cleaner."""
EDIT = b"\nThe mayor said on Friday that the bridge would open again in spring. \n"


def append(path: Path) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_APPEND), "wb") as file:
        file.write(EDIT)


def replace(path: Path) -> None:
    """Edit as editors do, by a rename."""
    other = path.with_name("edited")
    other.write_bytes(path.read_bytes() + EDIT)
    os.replace(other, path)


def append_and_hide(path: Path) -> None:
    """Edit, and set the time of the last change back."""
    status = path.stat()
    append(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


IN_PLACE = [task for task in tasks() if not task.target]


@pytest.mark.filterwarnings("ignore:.*cannot be synced")
@pytest.mark.parametrize("edit", [append, replace, append_and_hide])
@pytest.mark.parametrize("label", ["clean text", "undo text", "clean news.jsonl"])
def test_an_edit_at_every_call(
    place: Path, figures: dict[str, float], label: str, edit: Callable[[Path], None]
) -> None:
    (task,) = (task for task in IN_PLACE if task.label == label)
    data = FILES[task.name]()
    path = place / task.name
    task.set_up(data)
    with counted(Calls()) as calls:
        task.run()
    names, wrong = list(calls.names), list[str]()
    for at in range(1, len(names) + 1, STRIDE):
        if names[at - 1] == "replace":
            continue  # between the last look and the rename no system can keep others out
        task.set_up(data)
        with counted(Calls(at, Fault("an edit", lambda _: edit(path)))) as calls:
            said = outcome(task.run)
        figures["edits"] = figures.get("edits", 0) + (calls.hit)
        where = f"at call {at} of {len(names)} ({names[at - 1]}): {said}"
        if calls.hit and EDIT.strip() not in path.read_bytes():
            wrong.append(f"the edit was lost {where}")
        if said.startswith("!"):
            wrong.append(f"raw exception {where}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("label", ["clean text", "clean news.jsonl", "clean news.csv"])
def test_another_cleaner_at_every_call(place: Path, tmp_path: Path, figures: dict[str, float], label: str) -> None:
    (task,) = (task for task in IN_PLACE if task.label == label)
    data, path = FILES[task.name](), place / task.name
    task.set_up(data)
    with counted(Calls()) as calls:
        task.run()
    new, number, wrong = path.read_bytes(), len(calls.names), list[str]()
    for at in range(1, number + 1, STRIDE):
        task.set_up(data)
        others: list[int] = []
        with counted(Calls(at, Fault("a cleaner", second(task, tmp_path, others)))):
            said = outcome(task.run)
        figures["cleaners"] = figures.get("cleaners", 0) + len(others)
        where = f"at call {at} of {number} ({calls.names[at - 1]}): {said}, the other ended with {others}"
        if path.read_bytes() != new:
            wrong.append(f"not clean {where}")
        elif not is_undoable(path, data, new):
            wrong.append(f"not undoable {where}")
        if len(Store(Path(os.environ["CLEANWIRE_STATE"])).of(path.resolve())) != 1:
            wrong.append(f"replaced twice {where}")
        if said.startswith("!") or others not in ([0], [1], [2]):
            wrong.append(f"raw exception {where}")
    assert not wrong, "\n".join(wrong)


def second(task: Task, folder: Path, ended: list[int]) -> Hook:
    """Return a hook that runs a second cleaner of the same file, a process of its own, and notes how it ended."""

    def clean(_: str) -> None:
        ended.append(run(("clean", "-q", "--jobs", "1", task.name), folder).code)

    return clean
