"""HTML, PDF and JSON arrays are recognised, and what merely speaks of them is not."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire.formats.foreign import ARRAY, HTML, OFFICE, OLD_OFFICE, PDF, ZIP, foreign

Run = Callable[..., Result]
PAGE = b"<!DOCTYPE html>\n<html><head><title>Rain</title></head><body><p>She left at noon.</p></body></html>\n"


def zipped(*names: str, first: bytes = b"x") -> bytes:
    """Return an archive with files of these names, the first with a content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, first if name == names[0] else b"She left.")
    return file.getvalue()


LIST = b'[\n {"text": "She left at noon."},\n {"text": "Night."}\n]\n'
FOREIGN = [
    (PAGE, HTML),
    (b"\xef\xbb\xbf\n<HTML lang='en'><BODY>Noon.", HTML),
    (b"<?xml version='1.0'?>\n<!-- saved -->\n<!doctype HTML><meta charset=utf-8>", HTML),
    (b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n", PDF),
    (b"\n%PDF-1.7\n\x00\x01\x02", PDF),
    (LIST, ARRAY),
    (b'["She left.", "Night."]', ARRAY),
    (b"{\\rtf1\\ansi She left.}", OFFICE.format("RTF")),
    (zipped("[Content_Types].xml", "word/document.xml"), OFFICE.format("DOCX")),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), OFFICE.format("XLSX")),
    (
        zipped("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.text"),
        OFFICE.format("OpenDocument"),
    ),
    (zipped("mimetype", "a.xhtml", first=b"application/epub+zip"), OFFICE.format("EPUB")),
    (zipped("story.txt", "other.txt"), ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), OLD_OFFICE),
]


@pytest.mark.parametrize(("data", "what"), FOREIGN)
def test_they_are_recognised(data: bytes, what: str) -> None:
    assert foreign(data) == what


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!DOCTYPE html> is the first line of every page, they say.",
        "<p>She left at noon.</p>\n<p>Night.</p>",
        "# Pages\n\n```\n<html><body></body></html>\n```",
        "The file begins with %PDF-1.4.",
        '["Come in," she said.]\n\nHe did.',
        "[1] She left at noon.",
        '{"text": "She left."}\n{"text": "Night."}',
        "[" * 5000 + '{"',
        '[{"' * 50000,
    ],
)
def test_texts_are_texts(text: str) -> None:
    assert foreign(text.encode()) is None


@pytest.mark.parametrize("command", ["check", "diff", "clean"])
@pytest.mark.parametrize(("data", "what"), [FOREIGN[0], FOREIGN[3], FOREIGN[5], FOREIGN[8]])
def test_every_command_says_what_to_run_first(run: Run, here: Path, command: str, data: bytes, what: str) -> None:
    for name, content in (("story.txt", data), ("story", data), ("story.txt.gz", gzip.compress(data))):
        (here / name).write_bytes(content)
        result = run(command, name)
        assert (result.exit_code, f"{name}: {what}" in result.stderr) == (2, True), result.stderr
        assert "1 file: 0 " in result.stderr
        assert "0 unchanged, 1 failed" in result.stderr
        assert (here / name).read_bytes() == content
    result = run(command, "-", stdin=data)
    assert (result.exit_code, what in result.stderr, result.stdout) == (2, True, "")


@pytest.mark.parametrize("data", [LIST, b'[{"text": "She left."}, {"text": "Night."}]', b"\xef\xbb\xbf" + LIST])
def test_an_array_is_no_json_lines(run: Run, here: Path, data: bytes) -> None:
    (here / "news.jsonl").write_bytes(data)
    result = run("clean", "news.jsonl", "--as", "jsonl")
    assert (result.exit_code, f"news.jsonl: {ARRAY}" in result.stderr) == (2, True), result.stderr
    assert (here / "news.jsonl").read_bytes() == data


def test_rows_that_are_arrays_are_not_one_array(run: Run, here: Path) -> None:
    (here / "news.jsonl").write_bytes(b'["id"]\n{"text": "She left at noon."}\n')
    assert ARRAY not in run("clean", "news.jsonl").stderr
