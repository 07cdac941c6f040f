"""Every example of the documentation runs: commands, Python sessions and scripts."""

import doctest
import re
from pathlib import Path

import pytest

from tests.docs.console import ROOT, commands, run, write_examples

pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
pytest.importorskip("zstandard", reason="the extra zstd is not installed")

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LEFT_OUT = {
    "curl ": "asks the network",
    "cleanwire clean s3:": "asks the network",
    "make proof": "takes minutes; .ci/run runs it",
    "PROOF=": "takes hours",
    "make coverage": "runs all tests",
    "python -m benchmarks.mutants": "takes an hour",
    "pip install ": "asks the network; tests/test_wheel.py installs what is in the working tree",
    "cleanwire clean --page any": "the page is clean after the command above, which is the same but for the weights",
}
"""Beginnings of commands that are not run, with the reasons."""
SHOWN_ONLY = {
    "engines.md": "needs a cluster and addresses; tests/engines runs the same calls",
    "sites.md": "the last block needs a cluster and addresses; tests/engines runs the same calls",
    "recipes.md": "test_recipes.py runs each block as a script",
    "adding.md": "tests/test_adding.py applies and runs each",
}
"""Pages with Python that is not run here, with the reasons."""
SCRIPT = re.compile(r"^```python\n(?!>>> )(.*?)^```$", re.MULTILINE | re.DOTALL)


def name(page: Path) -> str:
    return page.name


@pytest.mark.timeout(900)
@pytest.mark.parametrize("page", [page for page in PAGES if "```console" in page.read_text(encoding="utf-8")], ids=name)
def test_commands_do_what_the_page_says(page: Path, tmp_path: Path) -> None:
    if page.name != "start.md":  # which makes its own files
        write_examples(tmp_path)
    found = commands(page.read_text(encoding="utf-8"))
    assert found
    assert run(found, tmp_path, LEFT_OUT) == []


@pytest.mark.parametrize("page", [page for page in PAGES if "\n>>> " in page.read_text(encoding="utf-8")], ids=name)
def test_sessions_give_what_the_page_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if page.name == "adding.md":
        pytest.skip(SHOWN_ONLY[page.name])
    monkeypatch.chdir(tmp_path)
    write_examples(tmp_path)
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert tried
    assert failed == 0


def test_python_is_a_session_or_a_script_that_a_test_runs() -> None:
    for page in PAGES:
        if page.name not in SHOWN_ONLY:
            assert not SCRIPT.search(page.read_text(encoding="utf-8")), (
                f"{page.name}: write the block as a session (>>> )"
            )
    assert all((ROOT / "docs" / page).exists() for page in SHOWN_ONLY)
