"""``cleanwire demo`` with its built-in documents, and with a file or a folder."""

from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire import notation

Run = Callable[..., Result]

LINES = 40
COLUMNS = 80


def test_the_built_in_demo_fits_one_screen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    result = run("demo")
    assert result.exit_code == 0
    lines = result.stdout.split("\n")
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= COLUMNS


def test_lines_break_at_words_on_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = run("demo").stdout.split("\n")
    assert max(map(len, lines)) <= 60
    assert "always seasick." in lines


def test_the_built_in_demo_shows_before_after_and_what_changed(run: Run) -> None:
    shown = run("demo").stdout
    for file in (resources.files("cleanwire.cli") / "data").iterdir():
        lines = notation.parse(file.read_text(encoding="utf-8"))
        before, after = shown.split(f"before: {file.name.removesuffix('.txt')} ")[1].split(" after ")[:2]
        assert all(line.text in after for line in lines if line.mark in " @>")
        assert all(line.text in before for line in lines if line.mark in " @-^")
    assert "[credit] Jon Hale, Getty Images" in shown
    for action in ("fixed", "dropped", "extracted caption", "title (kept)", "byline (kept)"):
        assert action in shown


def test_a_folder_of_documents(run: Run, folder: Path) -> None:
    (folder / "seeds").mkdir()
    (folder / "seeds/box.txt").write_text("  She left at noon.\n\n- Post a comment\n")
    (folder / "seeds/prose.txt").write_text("- She came back at night.\n")
    result = run("demo", "seeds")
    assert result.exit_code == 0
    assert result.stdout.index("── box") < result.stdout.index("── prose")
    assert "comments.en." in result.stdout
    assert "2 documents, 4 lines: 1 as marked, 1 different\ndifferent: prose\n" in result.stdout
    assert run("demo", "seeds/box.txt").stdout.endswith("1 document, 3 lines: 1 as marked, 0 different\n")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("news/a.txt", "news/a.txt: line 1 of the annotated-diff notation"),
        ("news/.git", "no .txt files in this folder"),
        ("latin.txt", "latin.txt: is not UTF-8"),
        ("nowhere", "does not exist"),
    ],
)
def test_a_path_without_documents_is_refused(run: Run, folder: Path, path: str, message: str) -> None:
    (folder / "latin.txt").write_bytes(b"  caf\xe9\n")
    (folder / "news/.git/c.txt").unlink()
    result = run("demo", path)
    assert result.exit_code == 2
    assert message in result.stderr
