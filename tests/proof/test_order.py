"""The order of writes: a crash at any moment leaves the old file or the new one, and what is new can be undone."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from cleanwire.io.undo import Store, digest

from .disk import Disk, Tree, recorded
from .work import FILES, Task, tasks


@pytest.mark.skipif(sys.platform != "linux", reason="files are followed through /proc")
@pytest.mark.parametrize("task", tasks(), ids=lambda task: task.label)
def test_a_crash_at_any_moment(place: Path, tmp_path: Path, figures: dict[str, float], task: Task) -> None:
    data, path = FILES[task.name](), place / (task.target or task.name)
    task.set_up(data)
    old = path.read_bytes() if path.exists() else None
    task.run()
    new = path.read_bytes()
    task.set_up(data)
    wrong: list[str] = []
    calls: list[str] = []

    def look(call: str, disk: Disk) -> None:
        calls.append(call)
        for kind, left in zip(("synced", "named"), disk.after_a_crash(), strict=True):
            figures["crashes"] = figures.get("crashes", 0) + 1
            found = faults(task, path, left, tmp_path, (data, old, new))
            wrong.extend(f"{fault} after call {len(calls)} ({call}) on the {kind} disk" for fault in found)

    with recorded(tmp_path, look) as disk:
        task.run()
        left, _ = disk.after_a_crash()
    assert "replace" in calls
    assert left.get(os.path.relpath(path, tmp_path)) == new, "what is done is not on the disk"
    assert not wrong, "\n".join(wrong)


def faults(task: Task, path: Path, left: Tree, root: Path, states: tuple[bytes, bytes | None, bytes]) -> list[str]:
    """Return what is wrong with what a crash has left."""
    data, old, new = states
    found = []
    now = left.get(os.path.relpath(path, root))
    if now not in (old, new):
        found.append("lost" if now is None else "damaged")
    if task.target and left.get(os.path.relpath(path.with_name(task.name), root)) != data:
        found.append("the source was changed")
    if old and now == new and "undo" not in task.label and not undoable(left, root, path, old, new):
        found.append("not undoable")
    if old and now == old and "undo" in task.label and not undoable(left, root, path, new, old):
        found.append("undo lost its original")
    return found


def undoable(left: Tree, root: Path, path: Path, old: bytes, new: bytes) -> bool:
    """Return True if the undo store that a crash has left has the original of a file that holds `new`."""
    copy = root.with_name(root.name + "-left")
    shutil.rmtree(copy, ignore_errors=True)
    for name, data in left.items():
        if name.startswith("state" + os.sep):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes(data)
    return any(
        (entry.manifest.before, entry.manifest.after) == (digest(old), digest(new))
        and entry.old.exists()
        and entry.old.read_bytes() == old
        for entry in Store(copy / "state").of(path.resolve())
    )
