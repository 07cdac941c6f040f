"""Digests of outputs: what changes them, and how two runs are compared."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.tools import digest
from benchmarks.tools.digest import COLUMNS, Hashes, Key, differences, hashes, read, texts, write

SPAN = {"start": 4, "end": 9, "action": "drop", "rule": "share.en.tweet", "kept": False}
CAPTION = {"text": "A bridge.", "credit": "Ann Lee", "agency": None, "start": 0, "end": 9}


def result(text: str = "Noon.", spans: tuple[dict[str, Any], ...] = (SPAN,), caption: Any = CAPTION) -> Any:
    return SimpleNamespace(
        text=text, spans=[SimpleNamespace(**span) for span in spans], captions=[SimpleNamespace(**caption)]
    )


@pytest.mark.parametrize(
    ("other", "columns"),
    [
        (result(), set()),
        (result(text="Night."), {"output"}),
        (result(caption={**CAPTION, "credit": None}), {"output"}),
        (result(spans=({**SPAN, "end": 8},)), {"output"}),
        (result(spans=({**SPAN, "rule": "share.en.post"},)), {"rules"}),
        (result(spans=(SPAN, {**SPAN, "start": 20, "end": 22, "kept": True})), {"names", "rules"}),
    ],
)
def test_a_change_shows_in_its_column(other: Any, columns: set[str]) -> None:
    both = zip(COLUMNS, hashes(result()), hashes(other), strict=True)
    assert {name for name, old, new in both if old != new} == columns


def test_each_distinct_text_is_read_once_and_a_sample_is_a_part_of_all(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"text": "one", "gold": "two", "id": "not a text"},
        {"lines": [{"t": "one"}], "A": "three"},
        {"bytes_b64": "w6k="},
        *({"text": f"text {number}"} for number in range(60)),
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = list(texts(path))
    assert [(text.row, text.field, text.text) for text in found[:4]] == [
        (0, "text", "one"), (0, "gold", "two"), (1, "A", "three"), (2, "bytes", "é"),
    ]  # fmt: skip
    assert len(found) == 64
    sample = list(texts(path, every=4))
    assert 4 < len(sample) < 32
    assert set(sample) <= set(found)


def test_a_run_is_written_and_compared_text_by_text(tmp_path: Path) -> None:
    old: dict[Key, Hashes] = {Key("a.jsonl", row, "text", "page"): ("x", "y", "z") for row in range(3)}
    write(tmp_path / "old.tsv", old)
    assert read(tmp_path / "old.tsv") == old
    new = {key: ("x", "y", "z" if key.row else "w") for key in list(old)[:2]}
    assert differences(old, new) == [
        "a.jsonl row 0 text page: rules",
        "2 texts compared; output differs in 0, names in 0, rules in 1",
    ]


def test_the_command_fails_where_an_output_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Noon."}\n', encoding="utf-8")
    run = [str(tmp_path), "--jobs", "1"]
    monkeypatch.setattr(digest, "CHAINS", {"article": lambda text: result(text)})
    assert digest.main([*run, "--out", str(tmp_path / "old.tsv")]) == 0
    assert "a.jsonl article: 1 texts" in capsys.readouterr().out
    assert digest.main([*run, "--against", str(tmp_path / "old.tsv")]) == 0
    monkeypatch.setattr(digest, "CHAINS", {"article": lambda text: result(text + "!")})
    assert digest.main([*run, "--against", str(tmp_path / "old.tsv")]) == 1
    assert "row 0 text article: output" in capsys.readouterr().out
