"""``cleanwire check`` lists what would change and writes nothing."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_it_lists_what_would_change(run: Run, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    result = run("check", "news")
    assert result.exit_code == 1
    assert result.stdout == ("news/a.txt: would change (comments 1)\nnews/deep/b.MD: would change (comments 1)\n")
    assert "3 files: 2 would change, 1 unchanged, 0 failed" in result.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["news/clean.text"], 0),
        (["news/a.txt"], 1),
        (["news/a.txt", "--skip", "comments"], 0),
        (["news/a.txt", "--skip", "share.en, comments"], 0),
        (["news/a.txt", "--only", "share,comments"], 1),
        (["nowhere.txt"], 2),
        (["news/a.txt", "nowhere.txt"], 2),
        (["news/clean.text", "nowhere.txt"], 2),
    ],
)
def test_exit_codes(run: Run, args: list[str], code: int) -> None:
    result = run("check", "-q", *args)
    assert (result.exit_code, result.stdout) == (code, "")


def test_stdin(run: Run) -> None:
    assert run("check", "-q", "-", stdin=b"Post a comment\n").exit_code == 1
    assert run("check", "-q", "-", stdin=b"She left.\n").exit_code == 0
    assert run("check", "-", stdin=b"\0\1\2").exit_code == 2


def test_compressed_texts_in_a_folder_are_checked(run: Run, folder: Path) -> None:
    (folder / "packed").mkdir()
    (folder / "packed/story.txt.gz").write_bytes(gzip.compress(b"She left at noon.\n\nPost a comment\n"))
    result = run("check", "packed")
    assert (result.exit_code, result.stdout) == (1, "packed/story.txt.gz: would change (comments 1)\n")
    assert run("clean", "packed").exit_code == 0
    assert run("check", "packed").exit_code == 0


def test_statistics_count_rules(run: Run) -> None:
    result = run("check", "news", "--statistics", "-q")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith("2\t2\tcomments.en.box\tHeading, button, field")


def test_findings_as_json(run: Run) -> None:
    result = run("check", "news", "--output-format", "json", "-q")
    assert result.exit_code == 1
    first, second = json.loads(result.stdout)
    assert (first["document"], second["document"]) == ("news/a.txt", "news/deep/b.MD")
    assert {key: first[key] for key in ("start", "end", "line", "column", "end_line", "end_column")} == {
        "start": 65, "end": 79, "line": 3, "column": 1, "end_line": 3, "end_column": 15,
    }  # fmt: skip
    assert (first["action"], first["rule"], first["text"]) == ("drop", "comments.en.box", "Post a comment")
    assert json.loads(run("check", "news/clean.text", "--output-format", "json").stdout) == []


def test_findings_for_github(run: Run) -> None:
    (line,) = run("check", "news/a.txt", "--output-format", "github", "-q").stdout.splitlines()
    place = "file=news/a.txt,line=3,col=1,endLine=3,endColumn=15,title=comments.en.box"
    assert line.startswith(f"::warning {place}::drop: Post a comment (")


def test_a_text_cannot_add_a_command_of_github(run: Run, folder: Path) -> None:
    (folder / "a,b%.txt").write_text("One.  Two.\n::error::x\n\x1b[2J\n")
    result = run("check", "a,b%.txt", "--output-format", "github", "-q")
    assert result.stdout
    for line in result.stdout.splitlines():
        assert line.startswith("::warning file=a%2Cb%25.txt,line=")
        assert "\x1b" not in line


def test_findings_as_sarif(run: Run) -> None:
    log = json.loads(run("check", "news/a.txt", "--output-format", "sarif", "-q").stdout)
    (found,) = log["runs"]
    (result,) = found["results"]
    assert (log["version"], found["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert [rule["id"] for rule in found["tool"]["driver"]["rules"]] == [result["ruleId"]] == ["comments.en.box"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "news/a.txt"
    assert place["region"]["startLine"] == 3
    assert json.loads(run("check", "news/clean.text", "--output-format", "sarif").stdout)["runs"][0]["results"] == []


def test_statistics_and_formats_exclude_each_other(run: Run) -> None:
    assert run("check", "news", "--statistics", "--output-format", "json").exit_code == 2
