"""Exact repairs by kind, with a filter that repairs one kind of damage."""

import base64
from collections.abc import Iterable
from json import dumps
from pathlib import Path
from typing import Any

import pytest
import zstandard

from benchmarks.quality.repairs import report
from benchmarks.tools.data import Choice
from benchmarks.tools.tables import Cell
from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.edit import Edit


class Quotes:
    """Repair one kind of damage."""

    name = "encoding"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        start = doc.text.find("â€™")
        if start >= 0:
            yield Edit(start, start + 3, "’", "fix", "encoding.any.mojibake")


def row(kind: str, original: str, *, reversible: bool = True, **more: Any) -> dict[str, Any]:
    return {"id": kind, "kind": kind, "original": original, "reversible": reversible, **more}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = [
        row("clean", "It’s noon."),
        row("utf8_as_cp1252", "It’s noon.", damaged="Itâ€™s noon."),
        row("utf8_as_cp1251", "It’s noon.", damaged="Itв’s noon."),
        row("lossy", "It’s noon.", reversible=False, damaged="It?s noon."),
        row("bytes", "Noon", bytes_b64=base64.b64encode(b"Noon").decode(), encoding="utf-8"),
    ]
    path = tmp_path / "encodings.jsonl.zst"
    path.write_bytes(zstandard.ZstdCompressor().compress("\n".join(map(dumps, rows)).encode()))
    return path


def test_a_text_is_repaired_exactly_or_not(path: Path) -> None:
    made = report(path, Choice(), Cleaner(filters=(Quotes(),)))
    found: dict[Cell, Cell] = {kind: share for kind, _, _, share, _ in made.tables[0].rows}
    assert found["clean"] == found["utf8_as_cp1252"] == found["bytes"] == 100
    assert found["utf8_as_cp1251"] == found["lossy"] == 0
    assert found["(reversible text)"] == made.figures["encodings.reversible text exact %"].value == 50
