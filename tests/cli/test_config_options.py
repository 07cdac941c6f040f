"""The commands read the nearest configuration file, and options add to it."""

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
