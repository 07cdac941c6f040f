"""The options `--keep`, `--drop`, `--keep-from` and `--drop-from`."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
BODY = "The council voted on Monday to close the old bridge for a year.\n"


def test_lines_are_kept_and_dropped(run: Run) -> None:
    text = BODY + "\nHarbour news, every day\n\nTweet\nPost a comment\n"
    result = run("clean", "--keep", "post a comment", "--drop", "Harbour news every day", "-", stdin=text.encode())
    assert result.stdout == BODY + "\nPost a comment\n"


def test_lines_are_read_from_files(run: Run, folder: Path) -> None:
    (folder / "keep.txt").write_text("\ufeffPost a comment\n\n", encoding="utf-8")
    (folder / "drop.txt").write_text("Fog\nRain\n")
    text = BODY + "\nFog\n\nRain\n\nPost a comment\n"
    result = run("clean", "--keep-from", "keep.txt", "--drop-from", "drop.txt", "-", stdin=text.encode())
    assert result.stdout == BODY + "\nPost a comment\n"


def test_check_and_diff_know_them(run: Run) -> None:
    assert run("check", "-q", "news/a.txt", "--keep", "Post a comment").exit_code == 0
    assert run("diff", "news/clean.text", "--drop", BODY).stdout.startswith(f"- {BODY}")


def test_what_is_refused(run: Run, folder: Path) -> None:
    (folder / "latin.txt").write_bytes(b"Caf\xe9\n")
    for args, words in (
        (["--keep", "***"], "has no letter or digit"),
        (["--keep", "A", "--drop", "a"], "is in both keep and drop"),
        (["--keep-from", "latin.txt"], "latin.txt: the lines cannot be read (not UTF-8)"),
        (["--drop-from", "nowhere.txt"], "does not exist"),
    ):
        result = run("clean", *args, "news/a.txt")
        assert result.exit_code == 2
        assert words in result.stderr.replace("\n", " ")
