"""What goes wrong is one clear line and exit code 2; nothing is half-written."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Rows = Callable[[int], bytes]

ROW = json.dumps({"text": "The council voted.\n\nPost a comment"}) + "\n"

CASES = [
    ("news.jsonl", ROW.encode(), ["--column", "words"], "no column 'words' in its first row, only text"),
    (
        "news.csv",
        b"id,words\n",
        [],
        "none of the columns text, article, maintext, document, content, body, articleBody, only id, words",
    ),
    ("news.jsonl", ROW.encode(), ["--as", "xml"], "'xml' is not one of"),
    ("news.jsonl", ROW.encode(), ["--add", "words"], "unknown column 'words'"),
    ("news.jsonl", ROW.encode(), ["-o", "news.csv"], "formats are not converted"),
    ("news.jsonl", ROW.encode(), ["-o", "news.jsonl"], "output is the same file as input"),
    ("news.jsonl", ROW.encode(), ["-o", "news.jsonl/deep/x.jsonl"], "cannot create its folder"),
    ("news.json", b"{}", ["--column", "text"], "has no column 'text' in its first row, only"),
    ("news.zip", b"PK\x03\x04" + bytes(range(32)) * 20, [], "is a ZIP archive, not text; unpack it first"),
    ("news.jsonl.gz", gzip.compress(ROW.encode() * 999)[:-20], [], "its compressed data is truncated"),
    ("news.jsonl.xz", b"\xfd7zXZ\x00 damaged", [], "its compressed data is damaged"),
    ("news.txt.bz2", b"BZh9 damaged", [], "its compressed data is damaged"),
    ("news.jsonl.zst", b"\x28\xb5\x2f\xfd damaged", [], "its compressed data is damaged"),
    ("news.warc", b"hello", [], "is not a WARC file"),
    ("news.wet", b"WARC/1.0\r\n\r\n", ["--add", "title"], "cannot have extra columns"),
    ("story.txt", b"She left.", ["--as", "warc", "--column", "text"], "has no columns"),
    ("news.jsonl", ROW.encode(), ["no-such.jsonl", "-q", "-o", "out/"], "no-such.jsonl: no such file"),
]


@pytest.mark.parametrize(("name", "data", "args", "says"), CASES, ids=[case[3] for case in CASES])
def test_one_line_and_nothing_written(run: Run, here: Path, name: str, data: bytes, args: list[str], says: str) -> None:
    (here / name).write_bytes(data)
    result = run("clean", name, *args)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert (here / name).read_bytes() == data
    assert {path.name for path in here.iterdir()} <= {name, "out"}


def test_what_fails_does_not_keep_the_others(run: Run, here: Path) -> None:
    for name, text in (("a.json", "{}"), ("b.jsonl", ROW), ("c.csv", "id\n"), ("d.txt", "She left.\n\nPost a comment")):
        (here / name).write_text(text)
    result = run("clean", "a.json", "b.jsonl", "c.csv", "nope.jsonl", "d.txt")
    assert result.exit_code == 2
    assert result.stderr.endswith("5 files: 2 changed, 0 unchanged, 3 failed\n")
    assert (here / "d.txt").read_text() == "She left."


def test_a_folder_for_a_file(run: Run, here: Path) -> None:
    (here / "news.jsonl").write_text(ROW)
    (here / "out").mkdir()
    (here / "folder.jsonl").mkdir()
    assert run("clean", "news.jsonl", "-o", "out").exit_code == 0  # into it
    assert (here / "out" / "news.jsonl").exists()
    result = run("clean", "news.jsonl", "--report", "out")
    assert result.exit_code == 2
    result = run("clean", "folder.jsonl")
    assert result.exit_code == 0  # a folder, with nothing in it
    assert "0 files" in result.stderr


def test_a_read_only_file_and_one_with_two_names(run: Run, here: Path) -> None:
    path = here / "news.jsonl"
    path.write_text(ROW)
    path.chmod(0o444)
    result = run("clean", "news.jsonl")
    assert (result.exit_code, "is read-only" in result.stderr) == (2, True)
    path.chmod(0o644)
    os.link(path, here / "other")
    result = run("clean", "news.jsonl")
    assert (result.exit_code, "its 2 hard links" in result.stderr) == (2, True)
    assert path.read_text() == ROW
    assert not list(here.glob(".*"))


@pytest.mark.parametrize("args", [[], ["-o", "out.jsonl"]])
@pytest.mark.parametrize("call", ["Output.add", "keep"])
def test_a_file_that_somebody_writes_meanwhile(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], call: str
) -> None:
    from cleanwire.corpora import output

    owner, name = (output.Output, "add") if call == "Output.add" else (output, "keep")
    known = getattr(owner, name)

    def meddle(*given: object) -> object:
        (here / "news.jsonl").write_text("{}\n")
        return known(*given)

    (here / "news.jsonl").write_text(ROW)
    monkeypatch.setattr(owner, name, meddle)
    result = run("clean", "news.jsonl", *args)
    if args and call == "keep":  # which is for files in place
        assert result.exit_code == 0
        return
    assert (result.exit_code, "modified by another process" in result.stderr) == (2, True)
    assert (here / "news.jsonl").read_text() == "{}\n"
    assert [path.name for path in here.iterdir()] == ["news.jsonl"]
    assert run("undo", "--list").stdout == ""


@pytest.mark.skipif(not shutil.which("setpriv") or os.geteuid() != 0, reason="for root, without the powers of root")
@pytest.mark.parametrize("args", [["news.jsonl"], ["fine.jsonl", "-o", "closed/x.jsonl"], ["closed"], ["fine.jsonl"]])
def test_no_permission(here: Path, args: list[str]) -> None:
    (here / "news.jsonl").write_text(ROW)
    (here / "fine.jsonl").write_text(ROW)
    (here / "closed").mkdir()
    (here / "news.jsonl").chmod(0)
    (here / "closed").chmod(0)
    if args == ["fine.jsonl"]:
        here.chmod(0o500)  # in which nothing can be written
    powers = "-dac_override,-dac_read_search"
    command = ["setpriv", "--bounding-set", powers, sys.executable, "-m", "cleanwire", "clean", "-q", *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    here.chmod(0o700)
    assert done.returncode == 2
    assert "Permission denied" in done.stderr
    assert done.stderr.count("\n") == 1
    (here / "closed").chmod(0o700)
    assert not list((here / "closed").iterdir())
    assert (here / "fine.jsonl").read_text() == ROW


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("target", ["in place", "elsewhere", "undo", "text"])
def test_no_space_left(run: Run, small: Path, here: Path, rows: Rows, target: str) -> None:
    data = rows(640)
    assert 1_000_000 < len(data) < 1_900_000
    place = small if target in ("in place", "text") else here
    path = place / ("story.txt" if target == "text" else "news.jsonl")
    path.write_bytes(data)
    args = {"elsewhere": ["-o", str(small / "out.jsonl")], "undo": ["--store", str(small)]}.get(target, [])
    if target in ("elsewhere", "undo"):
        (small / "filler").write_bytes(b"x" * 1_200_000)
    if target == "text":
        path.write_bytes(data + b"\n\nPost a comment\n")
    before = path.read_bytes()
    result = run("clean", str(path), "-q", *args)
    assert result.exit_code == 2
    assert result.stderr.count("No space left on device") == 1
    assert path.read_bytes() == before
    left = {each.name for each in small.rglob("*") if each.is_file()}
    assert left <= {"news.jsonl", "story.txt", "filler", "pruned"}


def test_what_is_not_installed_is_named(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "a.parquet").write_bytes(b"PAR1")
    (here / "a.jsonl.zst").write_bytes(b"\x28\xb5\x2f\xfd")
    for module, path, extra in (
        ("pyarrow", "a.parquet", "arrow"),
        ("zstandard", "a.jsonl.zst", "zstd"),
        ("fsspec", "s3://bucket/a.jsonl", "remote"),
    ):
        for name in [name for name in sys.modules if name.partition(".")[0] == module]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, module, None)
        result = run("clean", path, "-o", "out.x")
        assert result.exit_code == 2
        assert f"pip install 'cleanwire[{extra}]'" in result.stderr
        assert result.stderr.count("cleanwire:") == 1
