"""One table says what the suffixes of file names mean; the documentation lists it."""

import re
from pathlib import Path

import pytest

from cleanwire.formats.compression import detect, packed
from cleanwire.io.suffixes import FORMATS, TABLES, compression_suffix, format_of, format_suffix, suffixes_of

DOCS = Path(__file__).parents[2] / "docs" / "corpora.md"


def test_every_format_has_suffixes_of_its_own() -> None:
    suffixes = [suffix for name in FORMATS for suffix in suffixes_of(name)]
    assert len(set(suffixes)) == len(suffixes)
    assert {name: {format_of(f"a{suffix}") for suffix in suffixes_of(name)} for name in FORMATS} == {
        name: {name} for name in FORMATS
    }
    assert set(TABLES) < set(FORMATS)


def test_the_documentation_lists_them() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for name in FORMATS:
        row = next(line for line in text.split("\n") if line.startswith("- ") and f"`{name}` (" in line)
        assert set(suffixes_of(name)) <= set(re.findall(r"`(\.\w+)`", row)), name


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst"])
def test_a_compression_is_known_by_suffix_and_by_content(suffix: str) -> None:
    assert compression_suffix(f"news.jsonl.{suffix.upper()}") == suffix
    assert format_of(f"news.jsonl.{suffix}") == "jsonl"
    assert format_of(f"news.{suffix}") is None
    if suffix == "zst":
        pytest.importorskip("zstandard")
    assert detect(packed(b"noon", compression_suffix(f"a.{suffix}"))) == suffix


def test_other_names_say_nothing() -> None:
    for name in ("news", ".txt", "news.gz.html", "archive.tar.gz"):
        assert format_of(name) is None
    assert format_suffix("news.json.gz") == ".json"
    assert compression_suffix("news") == "plain"
