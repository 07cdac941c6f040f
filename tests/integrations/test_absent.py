"""Without the host, a class that is for it says what to install."""

import subprocess
import sys
from pathlib import Path

import pytest

from cleanwire import integrations

PACKAGES = {
    "datatrove": "datatrove",
    "langchain": "langchain-core",
    "llama_index": "llama-index-core",
    "nemo_curator": "nemo-curator",
    "pandas": "pandas",
    "polars": "polars",
    "spacy": "spacy",
}
"""The package of each module of `cleanwire.integrations`."""
ROOTS = {"langchain": "langchain_core"}
"""The module of a host, where it differs from ours."""


@pytest.mark.parametrize("module", PACKAGES)
def test_the_message_says_what_to_install(module: str) -> None:
    code = f"import sys; sys.modules[{ROOTS.get(module, module)!r}] = None\nimport cleanwire.integrations.{module}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    last = run.stderr.rstrip("\n").split("\n")[-1]
    assert last.startswith("cleanwire.errors.MissingError: this ")
    assert last.endswith(f"; install it: pip install {PACKAGES[module]}")


def test_every_integration_is_asked() -> None:
    modules = {file.stem for file in Path(integrations.__path__[0]).glob("*.py")}
    assert modules == {*PACKAGES, "__init__", "fields"}
