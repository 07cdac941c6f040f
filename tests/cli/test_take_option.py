"""The option `--take`: metadata leaves the text and is returned as data."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
BODY = "The council voted on Monday to close the old bridge for a year, and nobody spoke against it.\n"
TEXT = f"Bridge to close\n\nBy Ann Lee\nMay 3, 2024\n\n{BODY}"


@pytest.mark.parametrize(
    ("options", "clean"),
    [
        ([], TEXT),
        (["--take", "byline"], f"Bridge to close\n\nMay 3, 2024\n\n{BODY}"),
        (["--take", "byline, date"], f"Bridge to close\n\n{BODY}"),
        (["--take", "byline", "--take", "date,title"], BODY),
    ],
)
def test_what_is_taken_leaves_the_text(run: Run, options: list[str], clean: str) -> None:
    assert run("clean", "-q", "-", *options, stdin=TEXT.encode()).stdout == clean


def test_it_is_returned_as_data(run: Run, folder: Path) -> None:
    (folder / "story.txt").write_text(TEXT)
    found = json.loads(run("clean", "-q", "--json", "--take", "title,byline,date", "story.txt").stdout)
    assert (found["title"], found["byline"], found["date"]) == ("Bridge to close", "Ann Lee", "May 3, 2024")
    assert (folder / "story.txt").read_text() == BODY


def test_a_misspelt_name_is_refused(run: Run) -> None:
    result = run("clean", "--take", "bylin", "news")
    assert result.exit_code == 2
    assert "did you mean 'byline'?" in result.stderr


def test_the_report_of_a_run_names_them(run: Run, folder: Path) -> None:
    (folder / "news.jsonl").write_text(json.dumps({"text": TEXT}) + "\n")
    assert run("clean", "-q", "news.jsonl", "-o", "out.jsonl", "--report", "run.json", "--take", "date").exit_code == 0
    assert '"take": ["date"]' in json.dumps(json.loads((folder / "run.json").read_text()))
