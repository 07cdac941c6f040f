"""``cleanwire clean --engine`` on Ray and Spark, and the options that it refuses."""

import gzip
import importlib.util
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from cleanwire import Cleaner

STORY = "The council voted on Monday to close the old bridge for a year.\n"
DIRTY = STORY + "\nPhoto: Ann Lee/AFP\n\nPost a comment\n"

real = [
    pytest.param(name, marks=[pytest.mark.slow, pytest.mark.skipif(not there, reason=why)])
    for name, there, why in (
        ("ray", importlib.util.find_spec("ray"), "Ray is not installed; `make engines` runs this"),
        (
            "spark",
            importlib.util.find_spec("pyspark") and shutil.which("java"),
            "PySpark or Java is not installed; `make java engines` runs this",
        ),
    )
]


@pytest.fixture
def pages(folder: Path) -> Path:
    (folder / "pages").mkdir()
    table = pa.table({"id": [1, 2, 3], "body": [DIRTY, None, STORY]})
    pq.write_table(table, folder / "pages" / "a.parquet")
    return folder


def rows(folder: Path) -> list[dict[str, Any]]:
    table: list[dict[str, Any]] = ds.dataset(folder, format="parquet").to_table().to_pylist()
    return table


@pytest.mark.parametrize("engine", real)
def test_parquet_in_and_parquet_out(engine: str, pages: Path, shell: Any) -> None:
    done = shell("clean", "--engine", engine, "pages", "-o", "out", "--add", "captions,title")
    assert (done.returncode, done.stdout) == (0, b"")
    said = done.stderr.decode()
    assert "cleaning column 'body'\n" in said
    assert f"cleaned on {engine}; written to out\n" in said
    first, second, third = sorted(rows(pages / "out"), key=lambda row: int(row["id"]))
    assert first["body"] == Cleaner()(DIRTY).text == STORY
    assert [caption["credit"] for caption in first["captions"]] == ["Ann Lee"]
    assert second == {"id": 2, "body": None, "captions": None, "title": None}
    assert third == {"id": 3, "body": STORY, "captions": [], "title": None}


@pytest.mark.parametrize("engine", real)
def test_text_files_become_rows(engine: str, folder: Path, shell: Any) -> None:
    (folder / "news" / "latin.txt").write_bytes(DIRTY.replace("old", "öld").encode("cp1252"))
    (folder / "news" / "nothing.txt").write_bytes(b"\x00\x01\x02")
    done = shell("clean", "--engine", engine, "--as", "text", "news", "-o", "out", "--skip", "comments")
    assert done.returncode == 0
    found = {Path(row["path"]).name: row["text"] for row in rows(folder / "out")}
    assert found["clean.text"] == STORY
    assert found["a.txt"].endswith("Post a comment\n")
    assert found["latin.txt"].startswith("The council voted on Monday to close the öld bridge")
    assert found["nothing.txt"] is None
    assert "page.html" not in found


@pytest.mark.parametrize("engine", real)
def test_a_failure_is_one_line_and_writes_nothing(engine: str, pages: Path, shell: Any) -> None:
    def last(*args: str) -> str:
        done = shell("clean", "-q", "--engine", engine, *args)
        assert (done.returncode, done.stdout) == (2, b"")
        line: str = done.stderr.decode().rstrip("\n").split("\n")[-1]
        return line

    assert last("pages", "-o", "out", "--column", "text") == (
        "cleanwire: no columns are named 'text'; choose one that exists once: id, body"
    )
    assert "column 'id' has the type int64, not text" in last("pages", "-o", "out", "--column", "id")
    assert "nowhere.parquet" in last("nowhere.parquet", "-o", "out")
    assert "unknown column 'id'" in last("pages", "-o", "out", "--column", "body", "--add", "id")
    assert not (pages / "out").exists()


@pytest.mark.parametrize("engine", real[1:])
def test_json_lines_keep_their_values_on_spark(engine: str, folder: Path, shell: Any) -> None:
    (folder / "a.jsonl").write_text('{"text": "Noon.\\n\\nPost a comment", "date": "2020-01-01", "n": 1e5}\n')
    assert shell("clean", "-q", "--engine", engine, "a.jsonl", "-o", "out").returncode == 0
    assert rows(folder / "out") == [{"date": "2020-01-01", "n": 1e5, "text": "Noon."}]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["a.parquet"], "--engine reads files and folders and writes a new folder; name it with -o FOLDER."),
        (["-", "-o", "out"], "--engine reads files and folders"),
        (["a.parquet", "-o", "-"], "--engine reads files and folders"),
        (["a.parquet", "b.jsonl.gz", "-o", "out"], "mixed formats (jsonl, parquet); choose one with --as"),
        (["a.warc", "-o", "out"], "no known format by file name; choose one with --as"),
        (["a.parquet", "-o", "news"], "news: already exists; name a new folder"),
        (["a.parquet", "-o", "out", "--sidecar"], "--engine does not support --sidecar; it supports --as"),
        (["a.parquet", "-o", "out", "--resume"], "--engine does not support --resume; it supports --as"),
        (["a.csv", "--as", "csv", "-o", "out"], "--engine reads parquet, jsonl, text, not csv"),
    ],
)
def test_unsupported_options_are_refused_before_an_engine_starts(args: list[str], words: str, run: Any) -> None:
    for engine in ("ray", "spark"):
        done = run("clean", "--engine", engine, *args)
        assert done.exit_code == 2
        assert words in " ".join(done.stderr.split())


@pytest.mark.parametrize(("engine", "module"), [("ray", "ray.data"), ("spark", "pyspark.sql")])
def test_without_the_engine_the_message_says_what_to_install(
    engine: str, module: str, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, f"cleanwire.engines.{engine}", raising=False)
    done = run("clean", "--engine", engine, "a.parquet", "-o", "out")
    assert done.exit_code == 2
    assert f"install it: pip install 'cleanwire[{engine}]'" in done.stderr


@pytest.mark.parametrize("engine", real[:1])
def test_json_lines_on_ray_keep_every_byte(engine: str, folder: Path, shell: Any) -> None:
    (folder / "in" / "deep").mkdir(parents=True)
    row = b'{"text": "Noon.\\n\\nPost a comment", "date": "2020-01-01" , "n": 1e5, "id": "007"}\r\n\n'
    (folder / "in" / "a.jsonl").write_bytes(row * 3)
    (folder / "in" / "deep" / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": 7}\n' + row))
    (folder / "in" / "c.jsonl").write_bytes(b"nonsense\n")
    done = shell("clean", "--engine", engine, "in", "-o", "out", "--add", "edits")
    assert done.returncode == 2
    assert shell("clean", "in", "-o", "alone", "--add", "edits").returncode == 2
    names = ("a.jsonl", "deep/b.jsonl.gz")
    ours = [(folder / "out" / name).read_bytes() for name in names]
    assert ours == [(folder / "alone" / name).read_bytes() for name in names]
    assert ours[0].startswith(
        b'{"text": "Noon.", "date": "2020-01-01" , "n": 1e5, "id": "007", "edits": [{"action": "drop"'
    )
    said = done.stderr.decode()
    assert "c.jsonl: has no record that is a JSON object" in said
    assert "1 record could not be read" in said
    assert "1 file could not be cleaned; the others are in" in said
    assert json.loads((folder / "out" / "deep" / "b.jsonl.gz.errors.jsonl").read_text())["record"] == 1
