"""What writes files beside texts and records in place: reports, lists, templates, packs, caches, and the undo store.

Each has what must be true of all of its files after a call of it failed.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cleanwire import Document
from cleanwire.io.undo import Entry, Store
from cleanwire.learning import learn_corpus
from cleanwire.packs.cache import remembered

from .work import DIRTY, FILES, STORY, Failed, command, is_undoable

Files = dict[str, bytes]
Law = Callable[[str, Files], Iterator[str]]
"""Yields what is wrong; its arguments are what was said, and the files after a run without faults."""


@dataclass(frozen=True)
class Writer:
    """Something that reads and writes `files`.

    `free` are files of which each state that `law` allows is right; of all others that is what they hold before or
    after.
    """

    label: str
    files: Callable[[], Files]
    run: Callable[[], None]
    prepare: Callable[[], object] | None = None
    free: tuple[str, ...] = ()
    law: Law | None = None
    keeps: bool = True
    """Whether the original of a file that is changed is kept for undo."""

    def set_up(self) -> None:
        """Make the folder, the undo store and the caches as they are before the work."""
        for name in ("CLEANWIRE_STATE", "XDG_CACHE_HOME"):
            shutil.rmtree(os.environ[name], ignore_errors=True)
        for path in Path.cwd().iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name, data in self.files().items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(data)
        if self.prepare:
            self.prepare()

    def wrong(self, old: Files, new: Files, said: str, *, leaves: bool, absent: bool) -> Iterator[str]:
        """Yield what is wrong after a run that has said something.

        `leaves` says that it could not remove a file.  With `absent` the system said that a file does not exist; then
        settings and patterns need not hold, and what was not found is not missed.
        """
        now = tree()
        if absent:
            yield from self._wrong_if_absent(old, new, now)
            return
        for name in sorted({*old, *new, *now} - {*self.free}):
            before, after, found = old.get(name), new.get(name), now.get(name)
            if found not in (before, after):
                is_left = name not in old and name not in new
                if not is_left or not (leaves or said == "interrupted" or is_hidden(name)):
                    yield f"{'left over' if is_left else 'lost' if found is None else 'damaged'}: {name}"
            elif before == after:
                pass
            elif found == before and not said:
                yield f"silent failure: {name}"
            elif before and found and found == after and self.keeps and not is_undoable(Path(name), before, found):
                yield f"not undoable: {name}"
        changed = [name for name in new if old.get(name) != new[name]]
        if changed and all(now.get(name) == new[name] for name in changed) and self.promises(said):
            yield "untrue message"
        yield from self.law(said, new) if self.law else ()
        again = ""
        if {**now, **dict.fromkeys(self.free, b"")} != {**new, **dict.fromkeys(self.free, b"")}:
            try:
                self.run()
            except Exception as error:  # whatever it is, it is told with the fault
                again = f"{type(error).__name__}: {error}"
        ended = tree()
        if any(ended.get(name) != data for name, data in new.items() if name not in self.free):
            yield f"cannot be done again ({again})"

    def _wrong_if_absent(self, old: Files, new: Files, now: Files) -> Iterator[str]:
        for name, data in old.items():
            found = now.get(name)
            if found is None:
                yield f"lost: {name}"
            elif found not in (data, new.get(name)) and not is_undoable(Path(name), data, found):
                yield f"not undoable: {name}"

    @staticmethod
    def promises(said: str) -> bool:
        return "left unchanged" in said or "nothing was written" in said


def is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in Path(name).parts)


def tree() -> Files:
    """Return the files of the working folder."""
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


def writers() -> list[Writer]:
    """Return all writers but those of `work.tasks`."""
    quiet, learn = ("clean", "-q", "--jobs", "1"), ("learn", "-q", "--jobs", "1", "pages.jsonl", "-o", "sites")
    summary, restored = Told(("clean", "--jobs", "1", ".")), Told(("undo", "."))
    piped = partial(command, *quiet, "-", "--as", "jsonl", "-o", "out.jsonl")
    return [
        Writer("a folder with settings", in_a_folder, of(*quiet, "."), law=settings_hold),
        Writer(
            "a report of a run", in_a_folder, of(*quiet, "--report", "run.json", "."), free=("run.json",), law=report
        ),
        Writer(
            "a list of errors",
            records,
            of(*quiet, "--errors", "bad.jsonl", "news.jsonl"),
            free=("bad.jsonl",),
            law=listed,
        ),
        Writer("sidecars", in_a_folder, of(*quiet, "--sidecar", ".")),
        Writer("a text of another owner through a link", in_a_folder, of(*quiet, "way.txt"), with_attributes),
        Writer("another folder", in_a_folder, of(*quiet, ".", "-o", "out/clean")),
        Writer("a pipe to a file", dict, lambda: void(piped(stdin=jsonl()))),
        Writer("the summary of a run", in_a_folder, summary, law=summary.is_true),
        Writer("the summary of undo", in_a_folder, restored, of(*quiet, "."), keeps=False, law=restored.is_true),
        Writer("undo of a folder", in_a_folder, of("undo", "-q", "."), of(*quiet, "."), keeps=False, law=undone),
        Writer(
            "pruning", in_a_folder, of("undo", "-q", "--prune", "--days", "0"), of(*quiet, "."), law=pruned, keeps=False
        ),
        Writer(
            "a page of a report",
            in_a_folder,
            of("report", "-q", "--jobs", "1", ".", "-o", "page.html"),
            free=("page.html",),
            law=paged,
        ),
        Writer("templates", pages, of(*learn)),
        Writer("templates learned again", pages, of(*learn), learned_before, keeps=False),
        Writer("templates by way of the disk", dict, learned_on_disk),
        Writer("the form of a pack", lambda: {"own.toml": PACK}, of("rules", "fmt", "own.toml"), keeps=False),
        Writer("a pack of phrases", lambda: {"own.txt": b"Tell us more\nRead on\n"}, of("rules", "import", "own.txt")),
        Writer("the reference of rules", dict, of("rules", "--markdown", "rules")),
        Writer("the cache of packs", dict, packs_remembered),
        Writer("the cache of files", lambda: {"clean.txt": STORY.encode()}, of(*quiet, "."), law=noticed),
    ]


SHARED = "Share on Facebook\n"
PACK = b"""[[rule]]
name = "bell"
kind = "comments"
line = ["Ring the bell", "Ahoy there"]
examples = ["Ahoy there"]
counterexamples = ["They said ahoy there and left.", "Ring the bell twice, she said."]
"""


def jsonl() -> bytes:
    return FILES["news.jsonl"]()


def in_a_folder() -> Files:
    """Return texts and records, settings, and a folder that Git ignores."""
    text = (DIRTY + SHARED).encode()
    return {
        ".git/HEAD": b"ref: refs/heads/main\n",
        ".gitignore": b"drafts/\n",
        "cleanwire.toml": b'skip = ["share"]\nexclude = ["old/"]\n',
        "a.txt": text,
        "b/c.txt": STORY.encode() + text,
        "drafts/d.txt": text,
        "old/e.txt": text,
        "news.jsonl": jsonl(),
    }


def with_attributes() -> None:
    """Make a link to a text that has another owner and extended attributes, where the system lets us."""
    Path("way.txt").symlink_to("b/c.txt")
    with suppress(OSError, AttributeError):
        os.setxattr("b/c.txt", "user.source", b"wire")
        os.chown("b/c.txt", 12345, 12345)


def settings_hold(_: str, __: Files) -> Iterator[str]:
    for name in ("a.txt", "b/c.txt"):
        if SHARED.encode() not in Path(name).read_bytes():
            yield f"a setting was not read: {name}"


def records() -> Files:
    lines = jsonl().split(b"\n")
    return {"news.jsonl": b"\n".join([*lines[:2], b'{"id": 2, "text": ', *lines[2:7], b"[]", *lines[7:]])}


def pages() -> Files:
    def of(host: str, hours: range) -> Iterator[str]:
        menu = f"Front page of {host}\n\nHarbour tours\n\n"
        for hour in hours:
            text = f"{menu}She left the old bridge at {hour} and came back with {hour} boats.\n\nTo the top of {host}\n"
            yield json.dumps({"url": f"https://{host}/{hour}", "text": text})

    def lines(hours: range) -> bytes:
        return "".join(f"{line}\n" for host in ("example.org", "example.com") for line in of(host, hours)).encode()

    return {"pages.jsonl": lines(range(3, 9)), "earlier.jsonl": lines(range(3))}


def learned_before() -> None:
    command("learn", "-q", "--jobs", "1", "earlier.jsonl", "-o", "sites")


def learned_on_disk() -> None:
    rows = map(json.loads, pages()["pages.jsonl"].split(b"\n")[:-1])
    for _ in learn_corpus((Document(row["text"], row["url"]) for row in rows), "sites", rows=10):
        pass


def packs_remembered() -> None:
    for _ in range(2):
        found = remembered("proof", "0" * 32, lambda: {"a": [1, 2]}, lambda made: made["a"])
        assert found == [1, 2]


def of(*args: str) -> Callable[[], None]:
    return lambda: void(command(*args))


def void(_: object) -> None:
    """Drop a result."""


TEXTS = ("a.txt", "b/c.txt", "news.jsonl")
"""The files of `in_a_folder` that are cleaned."""


def changed(*, cleaned: bool = True) -> int:
    """Return how many of the files that are cleaned are so now, or are not."""
    before = in_a_folder()
    return sum((Path(name).read_bytes() != before[name]) == cleaned for name in TEXTS)


@dataclass
class Told:
    """A run of a command whose numbers are compared with the files."""

    args: tuple[str, ...]
    text: str = ""

    def __call__(self) -> None:
        self.text = ""
        try:
            self.text = command(*self.args)
        except Failed as error:
            self.text = str(error)
            raise

    def is_true(self, _: str, __: Files) -> Iterator[str]:
        found = re.findall(r"(\d+) changed, \d+ unchanged|(\d+) files? restored", self.text)
        is_undo = self.args[0] == "undo"
        done = changed(cleaned=False) if is_undo else changed()
        numbers = [int(one or other) for one, other in found]
        if numbers not in ([], [done]):
            yield f"untrue summary: {numbers} files, and not {done}"


def report(said: str, _: Files) -> Iterator[str]:
    path = Path("run.json")
    if path.exists():
        found: Any = json.loads(path.read_bytes())
        if found["files"]["changed"] != changed():
            yield "untrue report"
    elif not said:
        yield "no report"


def paged(said: str, new: Files) -> Iterator[str]:
    path = Path("page.html")
    if path.exists() and not path.read_bytes().rstrip().endswith(b"</html>"):
        yield "half a page"
    if not said and path.read_bytes() != new["page.html"]:
        yield "silent failure"


def listed(said: str, _: Files) -> Iterator[str]:
    path = Path("bad.jsonl")
    rows = [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]] if path.exists() else []
    numbers = [row["record"] for row in rows]
    if numbers != [3, 9][: len(numbers)]:
        yield f"untrue list: {numbers}"
    if not said and numbers != [3, 9]:
        yield f"a list that lacks some: {numbers}"


def store() -> Store:
    return Store(Path(os.environ["CLEANWIRE_STATE"]))


def undone(_: str, __: Files) -> Iterator[str]:
    for name, data in in_a_folder().items():
        found = Path(name).read_bytes()
        if found != data and not is_undoable(Path(name), data, found):
            yield f"undo lost its original: {name}"


def pruned(said: str, _: Files) -> Iterator[str]:
    entries = [entry for entry in store().entries() if isinstance(entry, Entry)]
    if entries and not said:
        yield "silent failure"
    yield from (f"half an entry: {entry.file.name}" for entry in entries if not entry.old.exists())


def noticed(_: str, __: Files) -> Iterator[str]:
    path = Path("clean.txt")
    path.write_text(DIRTY)
    command("clean", "-q", "--jobs", "1", ".")
    if path.read_text() != STORY:
        yield "taken for clean"
