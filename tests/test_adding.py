"""The examples of docs/adding.md: each is applied to a copy of the package and run, and its files are counted."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
FILES = {"A phrase": 1, "A kind": 1, "A language": 1, "A filter": 2, "A format": 2, "A caption form": 2}
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_PATH = re.compile(r"^`src/(cleanwire/[\w/.]+)`(?: \(new\))?:$", re.MULTILINE)


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def changed(source: str, diff: str) -> str:
    """Return `source` with the lines of a diff block changed; its context must be there once.

    >>> changed("a\\nb\\n", " a\\n-b\\n+c\\n")
    'a\\nc\\n'
    """
    lines = diff.split("\n")[:-1]
    old = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
    assert source.count(old) == 1, f"found {source.count(old)} times:\n{old}"
    return source.replace(old, new)


def apply(text: str, package: Path) -> set[str]:
    """Make the changes of a section, and return the files that it touches."""
    touched: set[str] = set()
    paths = list(_PATH.finditer(text))
    for path, following in zip(paths, [*paths[1:], None], strict=True):
        target = package.parent / path[1]
        touched.add(path[1])
        for kind, body in _BLOCK.findall(text[path.end() : following.start() if following else len(text)]):
            if kind == "diff":
                target.write_text(changed(target.read_text(encoding="utf-8"), body), encoding="utf-8")
            elif not body.startswith(">>> "):
                assert not target.exists()
                target.write_text(body, encoding="utf-8")
    return touched


def test_the_table_lists_the_sections() -> None:
    rows = re.findall(r"^\| \[(.*?)\]\(#([\w-]+)\) \| (\d) \|$", PAGE, re.MULTILINE)
    assert {link: int(count) for _, link, count in rows} == {
        title.lower().replace(" ", "-"): count for title, count in FILES.items()
    }
    assert re.findall(r"^## (.*)$", PAGE, re.MULTILINE) == list(FILES)


@pytest.mark.parametrize("title", FILES)
def test_the_example_needs_these_files_and_runs(title: str, tmp_path: Path) -> None:
    package = tmp_path / "cleanwire"
    shutil.copytree(ROOT / "src" / "cleanwire", package, ignore=shutil.ignore_patterns("__pycache__"))
    text = section(title)
    assert len(apply(text, package)) == FILES[title]
    examples = [body for kind, body in _BLOCK.findall(text) if kind == "python" and body.startswith(">>> ")]
    assert examples
    (tmp_path / "example.txt").write_text("".join(examples), encoding="utf-8")
    code = (
        "import cleanwire, doctest, sys; "
        f"assert cleanwire.__file__.startswith({str(package)!r}); "
        "sys.exit(doctest.testfile('example.txt', module_relative=False, encoding='utf-8').failed)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
