"""The search for lost text: faults, kills, crashes and races; hostile files, mutated texts, every way in.

It runs only if the environment variable ``PROOF`` is ``quick`` (a few minutes, every few calls) or ``full`` (hours,
every call); `make proof-quick` and `make proof` set it.  A test of it that fails names the call.
"""

import json
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from cleanwire.packs.load import builtin_packs

SCALE = os.environ.get("PROOF", "")
collect_ignore_glob = [] if SCALE in ("quick", "full") else ["test_*.py"]

FIGURES = os.environ.get("PROOF_FIGURES")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with an undo store beside it."""
    monkeypatch.setenv("CLEANWIRE_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    builtin_packs()  # from the cache of the user, once, so that no task makes it
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    # A digest of all rules takes longer than cleaning a small file, and the rules stay the same.
    monkeypatch.setattr(import_module("cleanwire.cli.clean"), "describe", lambda _: {})
    # So are all pages of the reference of rules.
    monkeypatch.setattr(
        import_module("cleanwire.cli.rules"), "rules_pages", lambda _: {"index": "Rules\n", "en": "English\n"}
    )
    # The cache of clean files looks at each file of the installation, which no task changes.
    monkeypatch.setattr("cleanwire.corpora.file_cache._installation", list)
    return folder


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Iterator[dict[str, float]]:
    """Counts of what was tried, appended to the file that ``PROOF_FIGURES`` names."""
    counts: dict[str, float] = {}
    yield counts
    if FIGURES:
        with open(FIGURES, "a", encoding="utf-8") as file:
            file.write(json.dumps({"test": request.node.name, **counts}) + "\n")
