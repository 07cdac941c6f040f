"""JSON lines: only the bytes of the strings that change are others."""

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result

from cleanwire.errors import FormatError
from cleanwire.formats.jsonl import Jsonl, look
from cleanwire.formats.record import BLOCK, Block, Change, Sample

Through = Callable[..., bytes]
Run = Callable[..., Result]

DIRTY, CLEAN = json.dumps("The council voted.\n\nPost a comment"), json.dumps("The council voted.")

ROWS: dict[str, tuple[str, str]] = {
    "plain": ('{"id": 1, "text": DIRTY}\n', '{"id": 1, "text": CLEAN}\n'),
    "no blanks": ('{"text":DIRTY,"id":1}\n', '{"text":CLEAN,"id":1}\n'),
    "odd blanks": ('  {"text"\t:  DIRTY , "id" : 1 }  \n', '  {"text"\t:  CLEAN , "id" : 1 }  \n'),
    "no last line end": ('{"id": 1}\n{"text": DIRTY}', '{"id": 1}\n{"text": CLEAN}'),
    "CRLF": ('{"text": DIRTY}\r\n{"text": "x"}\r\n', '{"text": CLEAN}\r\n{"text": "x"}\r\n'),
    "BOM": ('\ufeff{"text": DIRTY}\n', '\ufeff{"text": CLEAN}\n'),
    "numbers": (
        '{"a": 1e5, "b": 12345678901234567890, "c": 1.10, "d": -0.0, "text": DIRTY, "e": [1E+2, 0.1e-7]}\n',
        '{"a": 1e5, "b": 12345678901234567890, "c": 1.10, "d": -0.0, "text": CLEAN, "e": [1E+2, 0.1e-7]}\n',
    ),
    "a number that Python refuses": (
        f'{{"a": {"9" * 5000}, "text": DIRTY}}\n',
        f'{{"a": {"9" * 5000}, "text": CLEAN}}\n',
    ),
    "a key twice": ('{"a": 1, "a": 2, "text": "first", "text": DIRTY}\n',
                    '{"a": 1, "a": 2, "text": "first", "text": CLEAN}\n'),
    "nested": ('{"meta": {"text": DIRTY}, "text": DIRTY, "l": [{"text": DIRTY}]}\n',
               '{"meta": {"text": DIRTY}, "text": CLEAN, "l": [{"text": DIRTY}]}\n'),
    "escapes of others": ('{"u": "a\\/b\\u00e9", "text": DIRTY}\n', '{"u": "a\\/b\\u00e9", "text": CLEAN}\n'),
    "null, none, and blank lines": ('{"text": DIRTY}\n\n{"text": null}\n{"id": 2}\n \n{}\n',
                                    '{"text": CLEAN}\n\n{"text": null}\n{"id": 2}\n \n{}\n'),
    "unchanged escapes": ('{"text": "caf\\u00e9 \\/ \\ud83d\\ude00", "n": 1e5}\n',) * 2,
    "no ASCII": ('{"k": "ü", "text": "Café. \\n\\nPost a comment"}\n', '{"k": "ü", "text": "Café."}\n'),
    "only ASCII": ('{"text": "Caf\\u00e9.\\n\\nPost a comment"}\n', '{"text": "Caf\\u00e9."}\n'),
    "half a pair": ('{"text": "\\ud800 é.\\n\\nPost a comment"}\n', '{"text": "\ufffd é."}\n'),
    "other line ends": ('{"k": "\u2028\x85", "text": DIRTY}\n', '{"k": "\u2028\x85", "text": CLEAN}\n'),
    "empty": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_all_that_does_not_change_keeps_its_bytes(through: Through, name: str) -> None:
    came, goes = (text.replace("DIRTY", DIRTY).replace("CLEAN", CLEAN).encode() for text in ROWS[name])
    assert through("news.jsonl", came) == goes


def test_every_compression(through: Through, compression: str) -> None:
    came, goes = b"", b""
    for row in ROWS.values():
        if "\ufeff" not in row[0] and row[0].endswith("\n"):
            came += row[0].replace("DIRTY", DIRTY).encode()
            goes += row[1].replace("DIRTY", DIRTY).replace("CLEAN", CLEAN).encode()
    assert through("news.jsonl", came, compression) == goes
    assert through("empty.jsonl", b"", compression) == b""
    assert through("zero.ndjson", b"\n", compression) == b"\n"


def test_bad_rows_stay_and_are_listed(through: Through, run: Run) -> None:
    rows = [
        f'{{"text": {DIRTY}}}'.encode(),
        b'{"text": "caf\xe9"}',
        b'{"text": "x"',
        b"[1]",
        b'{"text": 5}',
        b'{"text": "x"} {"text": "y"}',
        b'{"a" 1}',
        b'{"a": tru}',
        b"{a: 1}",
        b'{"a": 1 "b": 2}',
        b'{"a":' * 100_000,
        f'{{"text": {DIRTY}}}'.encode(),
    ]
    came = b"\n".join(rows)
    assert through("news.jsonl", came) == came.replace(DIRTY.encode(), CLEAN.encode())
    run("clean", "news.jsonl", "-o", "out.jsonl", "--errors", "list.jsonl")
    listed = list(map(json.loads, Path("list.jsonl").read_text(encoding="utf-8").split("\n")[:-1]))
    assert [error["record"] for error in listed] == list(range(2, 12))
    assert listed[0] == {"file": "news.jsonl", "record": 2, "reason": "byte 13 of the row is not UTF-8"}
    assert listed[3]["reason"] == "the column 'text' is not a string"


def test_a_dotted_column(through: Through) -> None:
    came = f'{{"meta": {{"body": {DIRTY}, "n": 1e5}}, "body": {DIRTY}}}\n{{"meta": [1]}}\n{{"meta": {{}}}}\n'
    goes = came.replace(DIRTY, CLEAN, 1)
    assert through("news.jsonl", came.encode(), "plain", "--column", "meta.body") == goes.encode()


def test_a_column_whose_name_holds_a_dot(through: Through) -> None:
    came = f'{{"meta.body": {DIRTY}, "meta": {{}}}}\n'
    assert through("news.jsonl", came.encode(), "plain", "--column", "meta.body") == came.replace(DIRTY, CLEAN).encode()


def test_the_first_column_there_is_is_taken_and_said(run: Run, through: Through) -> None:
    came = f'{{"raw_content": "x", "articleBody": {DIRTY}}}\n'
    assert through("news.jsonl", came.encode()) == came.replace(DIRTY, CLEAN).encode()
    assert "news.jsonl: cleaning column 'articleBody'\n" in run("clean", "news.jsonl").stderr


def test_a_column_with_a_usual_name_is_found(run: Run, here: Path) -> None:
    assert look(Sample(b'{"id": 1, "MainText": "x"}\n')).column == "MainText"
    assert (
        look(Sample(b'{"article": {"id": 1}, "document": 3, "Body": "x"}\n')).column == "Body"
    )  # the one with strings
    huge = b'{"id": 1, "Article": "' + b"x" * BLOCK + b'"}'
    assert look(Sample(huge[:BLOCK])).column == "Article"
    (here / "news.jsonl").write_text('{"text": "x", "body": "y"}\n')
    result = run("clean", "news.jsonl")
    assert result.exit_code == 2
    told = "news.jsonl: has several columns that may hold the text: text, body; choose with --column"
    assert told in result.stderr


def test_added_columns(run: Run, through: Through) -> None:
    text = json.dumps("By Carla Munt\n\nThe council voted on Monday.\n\nPhoto: Ann Lee/AFP\n\nPost a comment")
    came = f'{{"text": {text}}}\r\n{{}}\n{{"text": null, "n": 1e5 }}\n{{"byline": 1, "text": "x"}}\n'.encode()
    after = through("news.jsonl", came, "plain", "--add", "byline,captions,removed").split(b"\n")
    row = json.loads(after[0])
    assert row["byline"] == "Carla Munt"
    assert row["captions"] == [{"text": "", "credit": "Ann Lee", "agency": "AFP", "start": 45, "end": 63}]
    source = json.loads(text)
    assert [source[cut["start"] : cut["end"]] for cut in row["removed"]] == [cut["text"] for cut in row["removed"]]
    assert row["removed"][-1]["rule"] == "comments.en.box"
    assert after[0].endswith(b"\r")
    assert after[1] == b'{"byline": null, "captions": null, "removed": null}'
    assert after[2] == b'{"text": null, "n": 1e5 , "byline": null, "captions": null, "removed": null}'
    assert after[3] == b'{"byline": 1, "text": "x"}'  # which has one already: a bad row
    run("clean", "news.jsonl", "-o", "out.jsonl", "--add", "byline", "--errors", "errors.jsonl")
    assert "already has a column 'byline'" in Path("errors.jsonl").read_text(encoding="utf-8")


def test_the_column_must_be_there() -> None:
    with pytest.raises(FormatError, match=r"no column 'words' in its first row, only a, b; choose one with --column"):
        look(Sample(b'{"a": 1, "b": 2}', column="words"))
    with pytest.raises(
        FormatError, match="none of the columns text, article, maintext, document, content, body, articleBody in"
    ):
        look(Sample(b'{"a": 1, "b": 2}'))
    with pytest.raises(FormatError, match="no record that is a JSON object"):
        look(Sample(b"hello\n"))
    with pytest.raises(FormatError, match="not UTF-8"):
        look(Sample('{"text": "x"}'.encode("utf-16")))


def test_blocks_are_whole_rows_and_make_up_the_file() -> None:
    row = json.dumps({"text": "x" * 50_000}).encode() + b"\n"
    huge = json.dumps({"text": "y" * (3 * BLOCK)}).encode() + b"\n"
    data = row * 30 + huge + row * 30 + b'{"text": "end"}'
    blocks = list(Jsonl().split(io.BytesIO(data)))
    assert b"".join(blocks) == data
    assert all(block.endswith(b"\n") for block in blocks[:-1])
    assert len(blocks) == 4
    assert sum(len(list(Jsonl().read(Block(block, False)))) for block in blocks) == 62


@pytest.mark.slow
def test_a_row_of_50_mb(through: Through) -> None:
    text = "The council voted on Monday to close the bridge.\n\n" * 1_000_000 + "Post a comment"
    came = json.dumps({"n": 1, "text": text}).encode() + b"\n"
    goes = json.dumps({"n": 1, "text": text.removesuffix("\n\nPost a comment")}).encode() + b"\n"
    assert through("news.jsonl", came) == goes


def _changed(form: Jsonl, data: bytes, texts: Sequence[str | None]) -> bytes:
    block = Block(data, True)
    changes = [Change(record, text) for record, text in zip(form.read(block), texts, strict=True)]
    return b"".join(form.write(block, changes))


def test_what_is_written_reads_as_what_was_meant() -> None:
    for text in ('"', "\\", "\n\t\x00", "é\u2028", "\ud800", "😀", ""):
        for came in (b'{"text": "x"}', '{"text": "é"}'.encode()):
            assert json.loads(_changed(Jsonl(), came, [text]))["text"] == text
