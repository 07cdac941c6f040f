"""Every recipe in docs/recipes.md runs as the script that it is."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "recipes.md"
BLOCK = re.compile(r"^## (?P<title>.*?)$|^```python\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
IMPORT = re.compile(r"^(?:from|import) (\w+)", re.MULTILINE)


def recipes() -> list[tuple[str, str]]:
    found, title = [], ""
    for match in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        title = match["title"] or title
        if match["code"]:
            found.append((title, match["code"]))
    return found


def test_the_page_has_them_all() -> None:
    assert [title for title, _ in recipes()] == [
        "trafilatura", "inscriptis", "pandas", "polars", "DuckDB", "Arrow and Parquet", "Hugging Face datasets",
        "scikit-learn", "spaCy", "LangChain", "LlamaIndex", "datatrove", "NeMo Curator", "dolma",
    ]  # fmt: skip


@pytest.mark.parametrize(("title", "code"), [pytest.param(*recipe, id=recipe[0]) for recipe in recipes()])
def test_the_recipe_runs(title: str, code: str, tmp_path: Path) -> None:
    assert "assert " in code, f"{title} shows no result"
    hosts = set(IMPORT.findall(code)) - {"cleanwire"}
    for host in sorted(hosts):
        if importlib.util.find_spec(host) is None:
            pytest.skip(f"{host} is not installed; `make test-hosts` runs this")
    (tmp_path / "recipe.py").write_text(code, encoding="utf-8")
    run = subprocess.run([sys.executable, "recipe.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_the_cache_of_datasets_is_found_again(tmp_path: Path) -> None:
    pytest.importorskip("datasets", reason="datasets is not installed; `make test-hosts` runs this")
    code = dict(recipes())["Hugging Face datasets"] + "    print(dataset._fingerprint)\n"
    (tmp_path / "recipe.py").write_text(code, encoding="utf-8")
    prints = {
        subprocess.run(
            [sys.executable, "recipe.py"], cwd=tmp_path, env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout.split()[-1]
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(prints) == 1
