"""The task layouts scores what a reader sees, and counts the words that clean texts lose."""

import json
from pathlib import Path

import pytest
import zstandard

from benchmarks.quality.harm import TEXTS
from benchmarks.quality.layouts import SHAPES, WRITERS, ngrams, report, words
from benchmarks.tools.data import Choice

GOLD = "The council of Osthaven voted on Monday to close the old harbour bridge for a year."
ROWS = [
    {"id": "1", "shape": "article_escaped", "text": rf"{GOLD}\n\nPost a comment", "gold": GOLD},
    {"id": "1", "shape": "article", "text": f"{GOLD}\n\nPost a comment", "gold": GOLD},
]
CLEAN = {"id": "1", "lang": "en", "genre": "speech", "A": f"{GOLD}\nFollow us on Facebook\nNobody had a question."}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[The bridge](https://osthaven.example/a_(b) \"A title\") is open", "The bridge is open"),
        ("open<br>soon<br />now\\nlate", "open soon now late"),
        ("A [bridge][1]\n\n[1]: https://osthaven.example/b", "A bridge 1"),
        ("![A bridge\nat dawn](https://osthaven.example/\nb.jpg)", "A bridge at dawn"),
        ("橋は開", "橋 は 開"),
    ],
)  # fmt: skip
def test_words_are_those_that_a_reader_sees(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_a_short_text_is_one_run() -> None:
    assert ngrams("a b") == {("a", "b"): 1}
    assert ngrams("") == {}


def test_every_writer_keeps_the_words() -> None:
    lines = [f"{GOLD} {GOLD}", GOLD]
    kept = {name: words(write(lines)) for name, write in WRITERS.items()}
    assert kept.pop("markdown") == ["Osthaven", *words(" ".join(lines))]
    assert set(map(tuple, kept.values())) == {tuple(words(" ".join(lines)))}


def test_shapes_and_clean_texts_are_measured(tmp_path: Path) -> None:
    for name, rows in ((SHAPES, ROWS), (TEXTS, [CLEAN])):
        packed = zstandard.ZstdCompressor().compress("\n".join(map(json.dumps, rows)).encode())
        (tmp_path / name).write_bytes(packed)
    made = report(tmp_path, Choice())
    assert made.figures["layouts.article_escaped F1"].value == 1
    escaped = next(row for row in made.tables[0].rows if row[0] == "article_escaped")
    assert escaped[4] == 1
    assert made.figures["layouts.clean words lost % lines"].value == pytest.approx(100 * 4 / 24)
