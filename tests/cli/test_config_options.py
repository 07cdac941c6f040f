"""The commands read the nearest configuration file, and options add to it."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
BODY = "The council voted on Monday to close the old bridge for a year.\n"
TEXT = BODY + "\nTweet\nHarbour news\nPost a comment\n"


def test_settings_are_found_and_named(run: Run, folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.cleanwire]\nkeep = ['Post a comment']\n")
    result = run("check", "news/a.txt")
    assert result.exit_code == 0
    assert "cleanwire: settings from pyproject.toml" in result.stderr
    assert "settings" not in run("check", "-q", "news/a.txt").stderr
    assert run("check", "-q", "news/a.txt", "--no-config").exit_code == 1


def test_another_file_may_be_named(run: Run, folder: Path) -> None:
    (folder / "cleanwire.toml").write_text("unknown = 1\n")
    (folder / "own.toml").write_text("skip = ['comments']\n")
    assert run("check", "-q", "news/a.txt", "--config", "own.toml").exit_code == 0
    result = run("check", "-q", "news/a.txt")
    assert result.exit_code == 2
    assert "'unknown' is not a setting" in result.stderr
    assert run("check", "news/a.txt", "--config", "own.toml", "--no-config").exit_code == 2


def test_options_add_to_settings_or_replace_them(run: Run, folder: Path) -> None:
    (folder / "cleanwire.toml").write_text("only = ['space']\nkeep = ['Tweet']\nlayout = 'lines'\n")
    text = TEXT.encode()
    assert run("clean", "-", stdin=text).stdout == TEXT
    options = ("--only", "boilerplate", "--keep", "Post a comment", "--drop", "Harbour news", "--layout", "auto")
    assert run("clean", *options, "-", stdin=text).stdout == BODY + "\nTweet\nPost a comment\n"


def test_page_replaces_the_filters_and_keeps_the_lines(run: Run, folder: Path) -> None:
    (folder / "cleanwire.toml").write_text("filters = ['space']\nkeep = ['Post a comment']\n")
    assert run("clean", "-", stdin=TEXT.encode()).stdout == TEXT
    cleaned = run("clean", "--page", "-", stdin=TEXT.encode()).stdout
    assert "Post a comment\n" in cleaned
    assert "Tweet" not in cleaned


PER_FILE = """
[per-file."news/deep/"]
skip = ["comments"]
[per-file."*.jsonl"]
drop = ["Harbour news"]
[per-file."*.text"]
layout = "lines"
only = ["space"]
"""


def test_files_have_settings_of_their_own(run: Run, folder: Path) -> None:
    (folder / "cleanwire.toml").write_text(PER_FILE)
    (folder / "news" / "r.jsonl").write_text(json.dumps({"text": BODY + "\nHarbour news"}) + "\n")
    listed = "news/a.txt: would change (comments 1)\nnews/r.jsonl: would change (drop 1)\n"
    assert run("check", "news").stdout == listed
    assert run("clean", "--dry-run", "news").stdout == listed
    assert "drop.chosen: dropped" in run("explain", "news/r.jsonl").stdout
    assert "left out by skip or only" in run("explain", "news/deep/b.MD").stdout
    assert run("diff", "-q", "news").stdout.count("── ") == 2
    assert run("clean", "news").exit_code == 0
    assert "comment" in (folder / "news/deep/b.MD").read_text()
    assert json.loads((folder / "news/r.jsonl").read_text())["text"] == BODY.strip()
    assert run("clean", "news", "-o", "out", "--report", "run.json").exit_code == 0
    assert "had settings for some files" in run("report", "run.json", "-o", "r.html").stderr


def test_options_come_before_settings_for_some_files(run: Run, folder: Path) -> None:
    (folder / "cleanwire.toml").write_text(PER_FILE)
    (folder / "news/b.text").write_text(TEXT)
    assert run("check", "-q", "news/b.text").exit_code == 0
    assert run("check", "-q", "--only", "boilerplate", "news/b.text").exit_code == 1
    assert run("check", "-q", "--skip", "comments", "news/a.txt").exit_code == 0


def test_a_wrong_name_for_some_files_changes_nothing(run: Run, folder: Path) -> None:
    (folder / "cleanwire.toml").write_text("[per-file.'*.md']\nskip = ['coments']\n")
    result = run("clean", "news")
    assert result.exit_code == 2
    assert "per-file '*.md': skip: 'coments' is not a filter" in result.stderr
    assert "comment" in (folder / "news/a.txt").read_text()
