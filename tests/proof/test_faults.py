"""A fault at every call to the system: the file is old or new, what is new can be undone, and messages are true."""

import errno
import os
import traceback
from pathlib import Path

import pytest

from cleanwire.errors import FileError

from .conftest import SCALE
from .faults import Calls, Hook, counted, failing, interrupt
from .work import FILES, Failed, Task, is_undoable, tasks

CODES = (
    "EACCES", "EDQUOT", "EINVAL", "EIO", "EMFILE", "ENOSPC", "ENOTSUP", "EROFS", "ESTALE",
)  # fmt: skip
FAULTS: dict[str, tuple[Hook | None, Hook | None]] = {
    "interrupt before": (interrupt, None),
    "interrupt after": (None, interrupt),
    **{code: (failing(getattr(errno, code)), None) for code in CODES},
}
STRIDE = {"full": 1, "quick": 23}[SCALE]
"""One in this number of the calls of each task is made to fail; each fault begins at another call."""
PROMISES = ("left unchanged", "nothing was written")


@pytest.mark.filterwarnings("ignore:.*cannot be synced")
@pytest.mark.parametrize("task", tasks(), ids=lambda task: task.label)
def test_a_fault_at_every_call(place: Path, figures: dict[str, int], task: Task) -> None:
    data = FILES[task.name]()
    task.set_up(data)
    path = place / (task.target or task.name)
    old = path.read_bytes() if path.exists() else None
    with counted(Calls()) as calls:
        task.run()
    new, number = path.read_bytes(), len(calls.names)
    assert new != old
    assert number > 10
    wrong: list[str] = []
    for index, (label, (before, after)) in enumerate(FAULTS.items()):
        for at in range(1 + index % STRIDE, number + 1, STRIDE):
            task.set_up(data)
            with counted(Calls(at, before, after)) as calls:
                said = outcome(task)
            figures["faults"] = figures.get("faults", 0) + 1
            where = f"{label} at call {at} of {number} ({calls.hit}): {said}"
            wrong += [f"{fault}: {where}" for fault in faults(task, path, data, old, new, said, calls.hit)]
    assert not wrong, "\n".join(wrong)


def outcome(task: Task) -> str:
    """Run a task and return what it said, beginning with a bang if that is not an error that a user should see."""
    try:
        task.run()
    except (FileError, Failed) as error:
        return str(error)
    except KeyboardInterrupt:
        return "interrupted"
    except BaseException as error:
        frame = next(f for f in reversed(traceback.extract_tb(error.__traceback__)) if "cleanwire" in f.filename)
        return f"! {type(error).__name__}: {error} (line {frame.lineno} of {os.path.basename(frame.filename)})"
    return ""


def faults(task: Task, path: Path, data: bytes, old: bytes | None, new: bytes, said: str, hit: str | None) -> list[str]:
    """Return what is wrong after a call failed."""
    found = []
    now = path.read_bytes() if path.exists() else None
    if now not in (old, new):
        found.append("damaged")
    if Path(task.name) != Path(path.name) and Path(task.name).read_bytes() != data:
        found.append("the source was changed")
    if old and now == new and "undo" not in task.label and not is_undoable(path, old, new):
        found.append("not undoable")
    if old and now == old and "undo" in task.label and not is_undoable(path, new, old):
        found.append("undo lost its original")
    if said.startswith("!"):
        found.append("raw exception")
    if now == new and any(promise in said for promise in PROMISES):
        found.append("untrue message")
    if not said and now != new:
        found.append("silent failure")
    if any(name.endswith(".tmp") for name in os.listdir()) and hit != "unlink" and said != "interrupted":
        found.append("temporary file")
    said = outcome(task) if now == old else ""
    if path.read_bytes() != new:
        found.append(f"cannot be done again ({said})")
    return found
