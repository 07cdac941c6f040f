"""The files of the project say the same: pyproject.toml, Makefile, .ci/run and CONTRIBUTING.md."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):.*?  ## ", MAKEFILE, re.MULTILINE))


def test_the_lowest_engines_are_those_that_the_extras_allow() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    lowest = {name for extra in ("ray", "spark") for name in extras[extra] if not name.startswith("cleanwire")}
    pinned = {name.replace("==", ">=").removesuffix(".0") for name in PROJECT["dependency-groups"]["lowest-engines"]}
    assert pinned == lowest


def test_extras_are_for_users_and_groups_for_work_on_the_project() -> None:
    assert set(PROJECT["project"]["optional-dependencies"]) == {
        "arrow", "dates", "page", "ray", "remote", "report", "spark", "zstd",
    }  # fmt: skip
    used = set(re.findall(r"--group ([\w-]+)", MAKEFILE))
    included = {
        entry["include-group"]
        for group in PROJECT["dependency-groups"].values()
        for entry in group
        if isinstance(entry, dict)
    }
    assert used | included | {"fit"} == set(PROJECT["dependency-groups"])  # page mode is fitted by hand


def test_targets_that_are_named_exist_and_are_phony() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == TARGETS
    for page in (".ci/run", "CONTRIBUTING.md", "README.md", *(str(p) for p in (ROOT / "docs").glob("*.md"))):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert set(re.findall(r"(?:`|step |^)make ([a-z][a-z-]*)", text, re.MULTILINE)) <= TARGETS, page


def test_environments_are_ignored_and_cleaned() -> None:
    made = set(re.findall(r"^(\.venv[\w-]*)/installed:", MAKEFILE, re.MULTILINE))
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8")
    cleaned = MAKEFILE.split("rm -rf ")[1].split()
    for folder in made:
        assert f"{folder}/\n" in ignored
        assert folder in cleaned


def test_the_tests_that_targets_run_exist() -> None:
    named = set(re.findall(r"\btests/[\w/.]+", MAKEFILE))
    assert named
    assert all((ROOT / path).exists() for path in named)
