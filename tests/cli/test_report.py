"""``cleanwire report``: every format, samples, runs, comparisons."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

pytest.importorskip("jinja2")
Run = Callable[..., Result]

STORY = "The council voted on Monday to close the old bridge for a year.\n"
DIRTY = STORY + "\nPost a comment\n"
COLUMN = "cleanwire: {}: cleaning column 'text'\n"


def records(*texts: object) -> str:
    return "".join(json.dumps({"text": text, "url": "https://www.example.org/a"}) + "\n" for text in texts)


def test_a_folder_of_texts_and_records_becomes_one_page(run: Run, folder: Path) -> None:
    (folder / "news" / "r.jsonl").write_text(records(DIRTY, STORY))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    result = run("report", "news", "-o", "review.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == COLUMN.format("news/r.jsonl") + "5 documents, 3 edits: review.html\n"
    page = Path("review.html").read_text(encoding="utf-8")
    assert 'data-rule="comments.en.box"' in page
    assert "example.org" in page
    assert "news/r.jsonl:1" in page
    Path("review.html").unlink()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("paths", [["news/a.txt"], ["-"]])
def test_one_document_is_shown_in_place(run: Run, paths: list[str]) -> None:
    result = run("report", *paths, "-o", "-", "-q", stdin=DIRTY.encode())
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Every edit in place" in result.stdout
    assert "<del>Post a comment</del>" in result.stdout


def test_records_from_a_pipe(run: Run) -> None:
    result = run("report", "-", "--as", "jsonl", "-o", "r.html", stdin=records(DIRTY, STORY).encode())
    assert result.stderr == COLUMN.format("-") + "2 documents, 1 edit: r.html\n"


def test_what_cannot_be_read_is_told_and_the_rest_is_shown(run: Run) -> None:
    Path("r.jsonl").write_text(records(DIRTY, 3))
    result = run("report", "r.jsonl", "nowhere.txt", "-o", "r.html")
    assert result.exit_code == 2
    assert "1 record could not be read (first: r.jsonl, record 2: the column 'text' is not a string)" in result.stderr
    assert "nowhere.txt: no such file" in result.stderr
    assert "Post a comment" in Path("r.html").read_text()


def test_columns_are_chosen(run: Run) -> None:
    Path("r.csv").write_text('link,story\nhttps://example.net/a,"Post a comment"\nb,"She left."\n')
    result = run("report", "r.csv", "--column", "story", "--url-column", "link", "-o", "r.html")
    assert result.exit_code == 0
    assert "example.net" in Path("r.html").read_text()


def test_a_sample_is_small_and_always_the_same(run: Run) -> None:
    Path("r.jsonl").write_text(
        records(*(f"{STORY}\nHe counted {number} boats.\n\nPost a comment" for number in range(50)))
    )
    first = run("report", "r.jsonl", "--sample", "5", "-o", "-")
    assert first.stderr == COLUMN.format("r.jsonl") + "5 documents, 5 edits: -\n"
    assert run("report", "r.jsonl", "--sample", "5", "-o", "-").stdout == first.stdout
    assert (
        run("report", "r.jsonl", "--sample", "99", "-o", "-").stderr
        == COLUMN.format("r.jsonl") + "50 documents, 50 edits: -\n"
    )


def test_processes_do_not_change_the_page(run: Run) -> None:
    assert run("report", "news", "-o", "-", "-j", "2").stdout == run("report", "news", "-o", "-").stdout


def test_a_run_is_reviewed_as_it_was_cleaned(run: Run) -> None:
    Path("r.jsonl").write_text(records(f"She left at  noon. {STORY}", DIRTY))
    assert run("clean", "r.jsonl", "-o", "out.jsonl", "--skip", "comments", "--report", "run.json").exit_code == 0
    result = run("report", "run.json", "-o", "r.html")
    assert result.stderr == COLUMN.format("r.jsonl") + "2 documents, 1 edit: r.html\n"


def test_a_run_in_place_is_refused(run: Run) -> None:
    run("clean", "news", "--report", "run.json")
    result = run("report", "run.json", "-o", "r.html")
    assert result.exit_code == 2
    assert "restore them with `cleanwire undo`" in result.stderr


def section(page: str, name: str) -> str:
    return page.split(f'aria-labelledby="{name}"')[1].split("</section>")[0]


@pytest.mark.parametrize("old", ["configuration", "findings", "run"])
def test_a_comparison_shows_what_is_cut_now_and_was_not(run: Run, old: str) -> None:
    if old == "configuration":
        Path("old.json").write_text('{"skip": ["comments"]}')
    elif old == "findings":
        Path("old.json").write_text(run("check", "news", "--skip", "comments", "--output-format", "json", "-q").stdout)
    else:
        run("clean", "news", "-o", "out/", "--skip", "comments", "--report", "old.json")
    result = run("report", "news", "--against", "old.json", "-o", "r.html")
    assert (result.exit_code, result.stderr) == (0, "3 documents: r.html\n")
    page = Path("r.html").read_text()
    assert "Post a comment" in section(page, "now")
    assert "Nothing." in section(page, "before")


def test_a_comparison_shows_what_was_cut_and_is_not(run: Run) -> None:
    Path("old.json").write_text("{}")
    run("report", "news", "--against", "old.json", "--skip", "comments", "-o", "r.html")
    page = Path("r.html").read_text()
    assert "Post a comment" in section(page, "before")
    assert "Nothing." in section(page, "now")


@pytest.mark.parametrize("content", ["", "[1]", '{"skips": []}', '{"skip": ["nothing"]}', '{"options": {}}'])
def test_a_wrong_file_to_compare_with_is_refused(run: Run, content: str) -> None:
    Path("old.json").write_text(content)
    result = run("report", "news", "--against", "old.json", "-o", "r.html")
    assert result.exit_code == 2
    assert result.stderr.startswith("cleanwire: old.json: is n")
    assert not Path("r.html").exists()


def test_without_jinja_the_message_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from cleanwire.report.page import _environment

    _environment.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    result = run("report", "news", "-o", "r.html")
    assert result.exit_code == 2
    assert "install it: pip install 'cleanwire[report]'" in result.stderr


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("r.html", "a page of a review needs jinja2; install it: pip install 'cleanwire[report]'"),
        ("nowhere/r.html", "nowhere/r.html: its folder does not exist; create "),
    ],
)
def test_what_prevents_a_page_is_told_before_texts_are_cleaned(
    shell: Callable[..., Any], folder: Path, output: str, told: str
) -> None:
    missing = folder / "hidden"
    missing.mkdir()
    if output == "r.html":
        (missing / "jinja2.py").write_text("raise ImportError")
    done = shell("report", "nofile.txt", "-o", output, PYTHONPATH=f"{missing}:{os.environ.get('PYTHONPATH', '')}")
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert "nofile.txt" not in done.stderr.decode()
