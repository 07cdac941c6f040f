"""Kills at any moment: every file is old or new, what is new can be undone, and the same command ends the work."""

import os
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from sys import modules

import pytest

from .conftest import SCALE
from .forked import Ended, moments, run
from .work import DIRTY, FILES, STORY, command, is_undoable

KILLS = int(os.environ.get("PROOF_KILLS", {"full": 400, "quick": 2}[SCALE]))
"""Kills of each scene."""
SEED = os.environ.get("PROOF_SEED", "0")
BLOCK = 1024
"""Bytes of a block, so that a small file has several."""


@dataclass(frozen=True)
class Scene:
    """Files, a command that changes them or makes others of them, and the command that goes on after a kill."""

    label: str
    files: tuple[str, ...]
    args: tuple[str, ...]
    again: tuple[str, ...] = ()
    undo: bool = False
    out: str = ""

    @property
    def going_on(self) -> tuple[str, ...]:
        return self.again or self.args


STORIES = tuple(f"d{number % 3}/s{number}.txt" for number in range(9))
CLEAN = ("clean", "-q", "--jobs", "1")


def scenes() -> list[Scene]:
    found = [
        Scene("single file", ("story.txt",), (*CLEAN, "story.txt")),
        Scene("folder", STORIES, (*CLEAN, ".")),
        Scene("folder with sidecars", STORIES, (*CLEAN, "--sidecar", ".")),
        Scene("folder with two processes", STORIES, ("clean", "-q", "--jobs", "2", ".")),
        Scene("undo of a folder", STORIES, ("undo", "-q", "."), undo=True),
        Scene("undo of a file", ("story.txt",), ("undo", "-q", "story.txt"), undo=True),
        Scene("undo of records", ("news.jsonl",), ("undo", "-q", "news.jsonl"), undo=True),
    ]
    for name in FILES:
        if name != "story.txt":
            args = (*CLEAN, name)
            found.append(Scene(name, (name,), args, (*args, "--resume")))
            out = (*args, "-o", f"out-{name}")
            found.append(Scene(f"{name} elsewhere", (name,), out, (*out, "--resume"), out=f"out-{name}"))
    mixed = (*STORIES[:3], "news.jsonl", "news.csv", "news.wet")
    found.append(Scene("mixed folder", mixed, (*CLEAN, "."), (*CLEAN, ".", "--resume")))
    return found


def content(name: str) -> bytes:
    if name in FILES:
        return FILES[name]()
    return (f"{name}.\n\n" + DIRTY.replace(STORY, STORY * (1 + sum(name.encode()) % 4))).encode()


Tree = dict[str, bytes]


def tree() -> Tree:
    """Return the files of the working folder but sidecars, which are made of the others."""
    return {
        str(path): path.read_bytes()
        for path in sorted(Path().rglob("*"))
        if path.is_file() and not path.name.endswith(".cleanwire.json")
    }


def put(files: Mapping[str, bytes], state: Path, kept: Path) -> None:
    """Make the working folder as it was, and the undo store too."""
    for path in Path().iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, data in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)
    shutil.rmtree(state, ignore_errors=True)
    if kept.exists():
        shutil.copytree(kept, state)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, module in list(modules.items()):
        if name.startswith("cleanwire.") and hasattr(module, "BLOCK"):
            monkeypatch.setattr(module, "BLOCK", BLOCK)


@pytest.mark.usefixtures("place", "small_blocks")
@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.label)
def test_kills(tmp_path: Path, figures: dict[str, float], scene: Scene) -> None:
    state, kept = Path(os.environ["CLEANWIRE_STATE"]), tmp_path / "kept"
    sources = {name: content(name) for name in scene.files}
    put(sources, state, kept)
    if scene.undo:
        command(*CLEAN, ".")
        shutil.copytree(state, kept)
    old = tree()
    command(*(arg if arg != "2" else "1" for arg in scene.args))  # what is made once a process, children inherit
    put(old, state, kept)
    whole = run(scene.args, tmp_path, at=0)
    new = tree()
    assert (whole.code, whole.said) == (0, "")
    assert all(new[name] != old.get(name) for name in ([scene.out] if scene.out else scene.files))
    wrong: list[str] = []
    for at, number in moments(f"{SEED} {scene.label}", whole.calls, KILLS):
        put(old, state, kept)
        ended = run(scene.args, tmp_path, at, number)
        figures["kills"] = figures.get("kills", 0) + ended.killed
        figures["ended before"] = figures.get("ended before", 0) + (not ended.killed)
        where = f"{signal.Signals(number).name} at call {at} of {whole.calls}: {ended.said.strip()}"
        wrong += [f"{fault}: {where}" for fault in faults(scene, tmp_path, sources, old, new, ended)]
    assert not wrong, "\n".join(wrong)


def faults(scene: Scene, folder: Path, sources: Tree, old: Tree, new: Tree, ended: Ended) -> list[str]:
    """Return what is wrong after a kill, and after the command that goes on; then everything is undone."""
    found = []
    now = tree()
    for name in {*old, *new}:
        before, cleaned, is_now = old.get(name), new.get(name), now.get(name)
        if is_now not in (before, cleaned):
            found.append(f"damaged or lost: {name}")
        elif before == cleaned or not before or not cleaned:
            pass
        elif is_now == cleaned and not scene.undo and not is_undoable(Path(name), before, cleaned):
            found.append(f"not undoable: {name}")
        elif is_now == before and scene.undo and not is_undoable(Path(name), cleaned, before):
            found.append(f"undo lost its original: {name}")
    if "Traceback" in ended.said or ended.code == 99:
        found.append("traceback")
    if ended.code == 130 and any(name.endswith(".tmp") for name in now):
        found.append("temporary file after an interrupt")
    again = run(scene.going_on, folder)
    if again.code and not (scene.undo and tree() == new):  # all was restored before the kill
        found.append(f"cannot go on ({again.said.strip()})")
    after = {name: data for name, data in tree().items() if not name.endswith(".tmp")}  # nobody can delete those
    if after != new:
        differing = sorted(name for name in {*after, *new} if after.get(name) != new.get(name))
        found.append(f"another end: {', '.join(differing)}")
    if not scene.undo and not scene.out:
        back = run(("undo", "-q", "."), folder)
        restored = {name: Path(name).read_bytes() for name in sources}
        if restored != sources:
            found.append(f"not undone ({back.said.strip()})")
    return found
