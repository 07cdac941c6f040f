"""The manual pages are those of the command as it is, and `groff` reads them without a warning."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from docs.manual import TARGET, pages

PAGES = pages()


def test_the_pages_are_made_from_the_command_as_it_is() -> None:
    written = {file.name: file.read_text(encoding="ascii") for file in TARGET.iterdir()}
    assert written == PAGES, "run `make man`"


def test_a_page_names_the_options_and_the_commands() -> None:
    clean = PAGES["cleanwire-clean.1"]
    assert "\\fB\\-o\\fR, \\fB\\-\\-output\\fR \\fIPATH\\fR\n" in clean
    assert "\\fB\\-\\-on\\-error\\fR \\fI[keep|skip|stop]\\fR\n" in clean
    assert "\\fB\\-\\-dry\\-run\\fR\nList the files" in clean  # a flag has no value
    assert "\\fBcleanwire\\-rules\\-import\\fR(1)\n" in PAGES["cleanwire-rules.1"]
    assert "Folder of templates; existing templates are updated. Required." in PAGES["cleanwire-learn.1"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_set_without_a_warning(name: str, tmp_path: Path) -> None:
    if (groff := shutil.which("groff")) is None:
        pytest.skip("no groff; install it with the package of your system")
    (tmp_path / name).write_text(PAGES[name], encoding="ascii")
    done = subprocess.run(
        [groff, "-man", "-Tutf8", "-ww", tmp_path / name], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == ""
    shown = re.sub(".\b", "", done.stdout)  # a letter is printed twice to be bold
    assert f"\n       {name.removesuffix('.1')} - " in shown
