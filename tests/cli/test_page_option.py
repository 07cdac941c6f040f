"""``--page``, for all commands that clean."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

SEEDS = Path(__file__).parents[2] / "seeds"


def page(seed: str) -> str:
    """Return the text of the page that a seed is made of."""
    return "\n".join(line[2:] for line in (SEEDS / f"{seed}.txt").read_text(encoding="utf-8").split("\n"))


@pytest.fixture
def dump(folder: Path) -> Path:
    path = folder / "dump.txt"
    path.write_text(page("whole-page"), encoding="utf-8")
    return path


@pytest.mark.parametrize("option", [["--page"], ["--page", "news"], ["--page=any"], ["--page", "any"]])
def test_clean_keeps_the_main_content(run: Run, dump: Path, option: list[str]) -> None:
    result = run("clean", *option, str(dump))
    assert result.exit_code == 0, result.output
    text = dump.read_text(encoding="utf-8")
    assert text.startswith("The library boat Margaret")
    assert "Subscribe" not in text
    assert run("check", *option, str(dump)).exit_code == 0


def test_the_option_alone_does_not_take_a_path_as_its_value(run: Run, dump: Path) -> None:
    assert run("check", "--page", str(dump)).exit_code == 1
    assert "- Subscribe" in run("diff", "--page", "dump.txt").output
    assert run("check", "--page", "--", "any").exit_code == 2  # a file of that name, which is not there


def test_unknown_weights_are_refused(run: Run, dump: Path) -> None:
    result = run("clean", "--page=old", str(dump))
    assert result.exit_code == 2
    assert "'old' is not one of" in result.output


def test_page_can_be_skipped(run: Run, dump: Path) -> None:
    assert run("check", "--page", "--skip", "page", str(dump)).exit_code == 1
    assert run("check", "--page", "--only", "page.comments", str(dump)).exit_code == 0
    assert run("check", "--skip", "page", str(dump)).exit_code == 2  # no such filter without --page


def test_a_lean_to_recall_keeps_what_a_lean_to_precision_drops(run: Run, folder: Path) -> None:
    text = page("guardian-like")
    dumps = {lean: folder / f"dump{lean}.txt" for lean in ("-1", "1")}
    for lean, path in dumps.items():
        path.write_text(text, encoding="utf-8")
        assert run("clean", "--page", "--page-lean", lean, str(path)).exit_code == 0
    precise, complete = (path.read_text(encoding="utf-8") for path in dumps.values())
    assert len(precise) < len(complete) < len(text)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--page", "--page-lean", "2"], "2.0 is not in the range"),
        (["--page", "--page-lean", "nan"], "number from -1"),
        (["--page", "--page-lean", "much"], "not a valid float"),
        (["--page-lean", "0.5"], "--page-lean requires --page"),
    ],
)
def test_an_invalid_lean_is_refused(run: Run, dump: Path, words: list[str], said: str) -> None:
    result = run("clean", *words, str(dump))
    assert result.exit_code == 2
    assert said in result.output
