"""A fault at every call to the system: the file is old or new, what is new can be undone, and messages are true."""

import os
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanwire.errors import CleanwireError

from .conftest import SCALE
from .faults import ERRORS, Calls, Fault, counted, faults_at, faults_of, uncounted
from .work import FILES, Failed, Task, is_undoable, tasks
from .writers import Writer, tree, writers

STRIDE = int(os.environ.get("PROOF_STRIDE", {"full": 1, "quick": 331}[SCALE]))
"""One in this number of all faults of each task is tried; each task begins with another.

With 0 each error of each call is tried once a task.
"""
SHIFT = int(os.environ.get("PROOF_SEED", "0"))
PROMISES = ("left unchanged", "nothing was written")
ABSENT = ("EISDIR", "ENOENT", "ENOTDIR")
"""Errors that say that there is no such file; who asks is right to believe it."""


@pytest.mark.filterwarnings("ignore:.*cannot be synced")
@pytest.mark.parametrize("task", tasks(), ids=lambda task: task.label)
def test_a_fault_at_every_call(place: Path, figures: dict[str, float], task: Task) -> None:
    data = FILES[task.name]()
    task.set_up(data)
    path = place / (task.target or task.name)
    old = path.read_bytes() if path.exists() else None
    names = calls_of(task.run, lambda: task.set_up(data))
    new = path.read_bytes()
    assert new != old
    assert len(names) > 10
    wrong: list[str] = []
    for at, fault in faults_at(names, STRIDE, SHIFT + sum(task.label.encode())):
        task.set_up(data)
        said = said_after(task.run, at, fault, names, figures)
        where = f"{fault.label} at call {at} of {len(names)} ({names[at - 1]}): {said}"
        wrong += [f"{each}: {where}" for each in faults(task, path, data, old, new, said, fault, names[at - 1])]
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("place")
@pytest.mark.filterwarnings("ignore:.*cannot be synced")
@pytest.mark.parametrize("writer", writers(), ids=lambda writer: writer.label)
def test_a_fault_at_every_call_of_other_writers(figures: dict[str, float], writer: Writer) -> None:
    writer.set_up()
    old = tree()
    names = calls_of(writer.run, writer.set_up)
    new = tree()
    wrong: list[str] = []
    for at, fault in faults_at(names, STRIDE, SHIFT + sum(writer.label.encode())):
        writer.set_up()
        said = said_after(writer.run, at, fault, names, figures)
        where = f"{fault.label} at call {at} of {len(names)} ({names[at - 1]}): {said}"
        leaves, absent = names[at - 1] in ("unlink", "rmdir"), fault.label in ABSENT
        found = [*untrue(said, fault), *writer.wrong(old, new, said, leaves=leaves, absent=absent)]
        wrong += [f"{each}: {where}" for each in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("work", [*tasks(), *writers()], ids=lambda work: work.label)
def test_every_call_is_counted(work: Task | Writer) -> None:
    set_up = work.set_up if isinstance(work, Writer) else lambda: work.set_up(FILES[work.name]())
    set_up()
    work.run()  # what is made once a process
    set_up()
    with counted(Calls()) as calls, uncounted(calls) as found:
        work.run()
    assert calls.names
    assert not found


def test_every_call_has_errors() -> None:
    assert all(len({fault.label for fault in faults_of(name)}) > len(errors) for name, errors in ERRORS.items())


def calls_of(run: Callable[[], object], set_up: Callable[[], None]) -> list[str]:
    """Return the names of the calls that something makes, once what is made once a process is made."""
    run()
    set_up()
    with counted(Calls()) as calls:
        run()
    return calls.names


def said_after(run: Callable[[], object], at: int, fault: Fault, names: list[str], figures: dict[str, float]) -> str:
    """Return what something says with a fault at one of its calls, and count it."""
    name = names[at - 1]
    with counted(Calls(at, fault, name)) as calls:
        said = outcome(run)
    for figure in ("faults", f"{name}: {fault.label}") if calls.hit else ("not reached",):
        figures[figure] = figures.get(figure, 0) + 1
    return said


def outcome(run: Callable[[], object]) -> str:
    """Run something and return what it said, beginning with a bang if that is not an error that a user should see."""
    try:
        run()
    except (CleanwireError, Failed) as error:
        return str(error) or "failed without a word"
    except KeyboardInterrupt:
        return "interrupted"
    except BaseException as error:
        frame = next(f for f in reversed(traceback.extract_tb(error.__traceback__)) if "cleanwire" in f.filename)
        return f"! {type(error).__name__}: {error} (line {frame.lineno} of {os.path.basename(frame.filename)})"
    return ""


def untrue(said: str, fault: Fault) -> list[str]:
    """Return what is wrong with what was said, whatever has become of the files."""
    found = ["raw exception"] if said.startswith("!") else []
    if "no such file" in said.lower() and (fault.label == "EISDIR" or fault.label not in ABSENT):
        found.append("untrue message")
    return found


def faults(
    task: Task, path: Path, data: bytes, old: bytes | None, new: bytes, said: str, fault: Fault, hit: str
) -> list[str]:
    """Return what is wrong after a call failed."""
    found = untrue(said, fault)
    now = path.read_bytes() if path.exists() else None
    if now not in (old, new):
        found.append("damaged")
    if Path(task.name) != Path(path.name) and Path(task.name).read_bytes() != data:
        found.append("the source was changed")
    if old and now == new and "undo" not in task.label and not is_undoable(path, old, new):
        found.append("not undoable")
    if old and now == old and "undo" in task.label and not is_undoable(path, new, old):
        found.append("undo lost its original")
    if now == new and any(promise in said for promise in PROMISES):
        found.append("untrue message")
    if not said and now != new:
        found.append("silent failure")
    if any(name.endswith(".tmp") for name in os.listdir()) and hit != "unlink" and said != "interrupted":
        found.append("temporary file")
    said = outcome(task.run) if now == old else ""
    if path.read_bytes() != new:
        found.append(f"cannot be done again ({said})")
    return found
