"""Without the host, a class that is for it says what to install."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("host", ["datatrove", "spacy"])
def test_the_message_says_what_to_install(host: str) -> None:
    code = f"import sys; sys.modules['{host}'] = None\nimport cleanwire.integrations.{host}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    last = run.stderr.rstrip("\n").split("\n")[-1]
    assert last.startswith("cleanwire.errors.MissingError: this ")
    assert last.endswith(f"; install it: pip install {host}")
