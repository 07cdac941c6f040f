"""The task harm counts false cuts, and each cut is judged once."""

import json
from pathlib import Path

import pytest
import zstandard

from benchmarks.quality.harm import LABELS, TEXTS, key, report
from benchmarks.tools.data import Choice

SPEECH = "We have come far this year.\n\nFollow us on Facebook\n\nNobody in the hall had a question about the bridge."
ROWS = [
    {"id": "1", "lang": "en", "genre": "speech", "A": SPEECH, "B": SPEECH},
    {"id": "2", "lang": "en", "genre": "news", "A": "Rain fell on the town.", "B": "Rain fell on the town."},
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    packed = zstandard.ZstdCompressor().compress("\n".join(map(json.dumps, ROWS)).encode())
    (tmp_path / TEXTS).write_bytes(packed)
    return tmp_path


def test_an_unread_cut_counts_as_false(data: Path) -> None:
    made = report(data, Choice())
    words = sum(len(row["A"].split()) for row in ROWS)
    assert made.figures["harm.A false cuts"].value == pytest.approx(1e6 / words)
    assert made.figures["harm.B false words"].value == pytest.approx(4e6 / words)
    assert made.figures["harm.A false foreign %"].value == 0
    assert [row[-1] for row in made.tables[-1].rows] == ["Follow us on Facebook"]


def test_a_cut_that_was_read_counts_by_its_label(data: Path) -> None:
    judged = {"key": key("en", "Follow us  on Facebook"), "label": "right"}
    (data / LABELS).write_text(json.dumps(judged), encoding="utf-8")
    made = report(data, Choice())
    assert made.figures["harm.A false cuts"].value == 0
    assert made.tables[-1].rows == []


def test_words_that_page_mode_removes_are_counted_by_genre(data: Path) -> None:
    assert report(data, Choice()).figures["harm.page words lost % news"].value == 0
