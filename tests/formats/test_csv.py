"""CSV and TSV: only the bytes of the fields that change are others."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import example, given
from hypothesis import strategies as st

from cleanwire.errors import FormatError
from cleanwire.formats.csv import Csv, look
from cleanwire.formats.record import BLOCK, Block, Change, Sample

Through = Callable[..., bytes]
Run = Callable[..., Result]

D, C = "The council voted.\n\nPost a comment", "The council voted."

FILES: dict[str, tuple[str, str]] = {
    "quoted": (f'id,text,n\n1,"{D}",1e5\n', f'id,text,n\n1,"{C}",1e5\n'),
    "first and last": (f'text,id,words\n"{D}",1,"{D}"\n', f'text,id,words\n"{C}",1,"{D}"\n'),
    "the last field": (f'id,text\n1,"{D}"', f'id,text\n1,"{C}"'),
    "CRLF": (f'id,text\r\n1,"{D.replace(chr(10), chr(13) + chr(10))}"\r\n2,x\r\n', f'id,text\r\n1,"{C}"\r\n2,x\r\n'),
    "CRLF in a text": (
        'id,text\r\n1,"One.\r\n\r\nTwo.\r\n\r\nPost a comment"\r\n',
        'id,text\r\n1,"One.\r\n\r\nTwo."\r\n',
    ),
    "BOM": (f'\ufefftext\n"{D}"\n', f'\ufefftext\n"{C}"\n'),
    "quotes within": ('text\n"He said ""no"".\n\nPost a comment"\n', 'text\n"He said ""no""."\n'),
    "others keep theirs": (
        f'"id" ,text,"a ""b""\nc"\n"x",y"","12345678901234567890"\n,"{D}","q,""\n"\n',
        f'"id" ,text,"a ""b""\nc"\n"x",y"","12345678901234567890"\n,"{C}","q,""\n"\n',
    ),
    "unquoted": ("id,text\n1,A &amp; B\n2,5\" disk\n3,\n", "id,text\n1,A & B\n2,5\" disk\n3,\n"),
    "quoted when it must be": ("text,n\nA&#44; B,1\n\"x\",2\n", 'text,n\n"A, B",1\n"x",2\n'),
    "blank lines and zero rows": ("text\n\n\n", "text\n\n\n"),
    "nothing but a header": ("id,text", "id,text"),
    "empty": ("", ""),
    "semicolons": (f'id;text;a,b\n1;"{D}";2,5\n', f'id;text;a,b\n1;"{C}";2,5\n'),
    "other line ends": (f'text,k\n"{D}",\u2028\x0b\x85\n', f'text,k\n"{C}",\u2028\x0b\x85\n'),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_all_that_does_not_change_keeps_its_bytes(through: Through, name: str) -> None:
    came, goes = FILES[name]
    assert through("news.csv", came.encode()) == goes.encode()


def test_every_compression(through: Through, compression: str) -> None:
    for name in ("others keep theirs", "CRLF in a text", "empty", "nothing but a header"):
        came, goes = FILES[name]
        assert through("news.csv", came.encode(), compression) == goes.encode()


def test_tabs(through: Through, compression: str) -> None:
    came = f'id\ttext\ta,b\n1\t"{D}"\t"x\ty"\n'.encode()
    assert through("news.tsv", came, compression) == came.replace(D.encode(), C.encode())


def test_bad_rows_stay_and_are_listed(through: Through, run: Run) -> None:
    came = f'id,text\n1,"{D}"\n2\n3,caf'.encode() + b'\xe9\n4,"x"y\n5,"' + D.encode() + b'"\n6,"open\n7,x\n'
    assert through("news.csv", came) == came.replace(D.encode(), C.encode())
    run("clean", "news.csv", "-o", "out.csv", "--errors", "errors.jsonl")
    listed = list(map(json.loads, Path("errors.jsonl").read_text(encoding="utf-8").split("\n")[:-1]))
    assert [(each["record"], each["reason"]) for each in listed] == [
        (3, "has fewer fields than the header: 'text' is missing"),
        (4, "byte 5 of the row is not UTF-8"),
        (5, "the field 'text' continues after its closing quote"),
        (7, "a quote is never closed"),
    ]


def test_added_columns(through: Through) -> None:
    came = 'id,text\r\n1,"Photo: Ann Lee/AFP\r\n\r\nShe left at noon."\r\n2,\r\n3'
    after = through("news.csv", came.encode(), "plain", "--add", "captions,title").decode()
    rows = list(csv.reader(io.StringIO(after, newline="")))
    assert rows[0] == ["id", "text", "captions", "title"]
    assert rows[1][:2] == ["1", "She left at noon."]
    assert json.loads(rows[1][2])[0]["credit"] == "Ann Lee"
    assert rows[2] == ["2", "", "[]", ""]
    assert rows[3] == ["3"]  # a bad row, kept as it was


def test_the_column_must_be_there() -> None:
    with pytest.raises(FormatError, match="no column 'words', only id, body; choose one with --column"):
        look(Sample(b"id,body\n", "csv", column="words"))
    with pytest.raises(FormatError, match="none of the columns text, article"):
        look(Sample(b"id,words\n", "csv"))
    with pytest.raises(FormatError, match="already has a column 'title'"):
        look(Sample(b"title,text\n", "csv", add=("title",)))
    with pytest.raises(FormatError, match="not UTF-8"):
        look(Sample("text\n".encode("utf-16"), "csv"))


@pytest.mark.parametrize(
    "row",
    ["1,She left at noon.", "https://example.org/a,x", "2024-01-02,x", "a,,b", "x,x", f"a,{'long ' * 20}"],
)
def test_a_file_without_a_header_is_told_so(row: str) -> None:
    for column in (None, "words"):
        with pytest.raises(FormatError, match="has no header: its first row looks like data; add a row"):
            look(Sample(f"{row}\n".encode(), "csv", column=column))


@pytest.mark.parametrize("header", ["id,words", "Ünï code,Nr. of words", "a-b;c/d", "1st,2nd"])
def test_a_header_is_none_of_these(header: str) -> None:
    with pytest.raises(FormatError, match="none of the columns"):
        look(Sample(f"{header}\n".encode(), "csv"))


@pytest.mark.parametrize(
    "name", ["Text", "ARTICLE", "MainText", "document", "Content", "BODY", "articlebody", "raw_content"]
)
def test_a_usual_name_is_found_in_any_case(name: str) -> None:
    assert look(Sample(f"id,{name},words\n".encode(), "csv")).column == name


def test_several_usual_names_are_listed() -> None:
    with pytest.raises(FormatError, match="several columns that may hold the text: Body, text; choose with --column"):
        look(Sample(b"id,Body,text\n", "csv"))
    assert look(Sample(b"id,Body,text\n", "csv", column="text")).index == 2
    assert look(Sample(b"id,raw_content,text\n", "csv")).column == "text"


def test_blocks_are_whole_rows_and_make_up_the_file() -> None:
    row = b'1,"' + b"a\n" * 20_000 + b'"\n'
    huge = b'2,"' + b'""\n' * BLOCK + b'"\n'
    data = b"id,text\n" + row * 60 + huge + row * 60 + b"3,end"
    form = Csv("text", 1, 2)
    blocks = list(form.split(io.BytesIO(data)))
    assert b"".join(blocks) == data
    assert len(blocks) >= 4
    counted = [
        record for n, block in enumerate(blocks) for record in form.read(Block(block, n == 0)) if record.is_record
    ]
    assert len(counted) == 122
    assert not any(record.error for record in counted)


FIELD = st.text(st.sampled_from('ab,"\n\r é'), max_size=6)


@given(st.lists(st.tuples(FIELD, FIELD, FIELD), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]), FIELD)
@example([("", "\r\n", "")], "\r\n", "\r\n")
def test_what_the_csv_module_writes_is_read_and_written(rows: list[tuple[str, str, str]], end: str, new: str) -> None:
    if end == "\n":  # the csv module writes a lone \r unquoted then, and reads it as a line end
        rows = [(first.replace("\r", ""), text.replace("\r", ""), last.replace("\r", "")) for first, text, last in rows]
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=end).writerows([("id", "text", "more"), *rows])
    data = file.getvalue().encode()
    form = look(Sample(data, "csv"))
    block = Block(b"".join(form.split(io.BytesIO(data))), True)
    assert block.data == data
    records = list(form.read(block))
    texts = [record.text for record in records if record.is_record]
    assert [text.replace("\r\n", "\n") for text in texts if text is not None] == [
        text.replace("\r\n", "\n") for _, text, _ in rows
    ]
    assert b"".join(form.write(block, [Change(record) for record in records])) == data
    changed = form.write(block, [Change(record, new if record.is_record else None) for record in records])
    again = list(csv.reader(io.StringIO(b"".join(changed).decode(), newline="")))
    assert [(row[0], row[2]) for row in again[1:]] == [(first, last) for first, _, last in rows]
    assert {row[1].replace("\r\n", "\n") for row in again[1:]} == {new.replace("\r\n", "\n")}
