"""Texts that are whole files, compressed or not."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Through = Callable[..., bytes]
Run = Callable[..., Result]

DIRTY = "The café closed on Monday.\n\nPost a comment\n"
CLEAN = "The café closed on Monday.\n"

FORMS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "BOM": lambda text: text.encode("utf-8-sig"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "no last line end": lambda text: text[:-1].encode(),
    "windows-1252": lambda text: text.encode("cp1252"),
    "UTF-16": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of_a_text_stays(through: Through, compression: str, form: str) -> None:
    assert through("story.txt", FORMS[form](DIRTY), compression) == FORMS[form](CLEAN)
    assert through("story.txt", FORMS[form](CLEAN), compression) == FORMS[form](CLEAN)


def test_an_empty_text(through: Through, compression: str) -> None:
    assert through("story.md", b"", compression) == b""


def test_a_folder_by_as_text_means_all_files(run: Run, here: Path) -> None:
    (here / "tree").mkdir()
    for name in ("a.story", "b", "c.jsonl"):
        (here / "tree" / name).write_text(DIRTY)
    assert run("clean", "tree", "--as", "text").exit_code == 0
    assert {path.read_text() for path in (here / "tree").iterdir()} == {CLEAN}


@pytest.mark.parametrize(("name", "data"), [("story.txt", DIRTY), ("rows.jsonl", '{"text": "A &amp; B"}\n')])
def test_the_name_of_a_target_says_how_it_is_compressed(run: Run, here: Path, name: str, data: str) -> None:
    clean = CLEAN if data is DIRTY else '{"text": "A & B"}\n'
    (here / name).write_text(data)
    (here / f"{name}.gz").write_bytes(gzip.compress(data.encode()))
    assert run("clean", f"{name}.gz", "-o", f"plain.{name}").exit_code == 0
    assert (here / f"plain.{name}").read_text() == clean
    assert run("clean", name, "-o", f"packed.{name}.gz").exit_code == 0
    assert gzip.decompress((here / f"packed.{name}.gz").read_bytes()).decode() == clean
