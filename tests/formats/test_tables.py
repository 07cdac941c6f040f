"""Parquet and Arrow: schema, metadata, row groups, batches and compression stay, and so do all other columns."""

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cleanwire.errors import FormatError
from cleanwire.formats import table_parts
from cleanwire.formats.ipc import Ipc, _compression
from cleanwire.formats.limits import Limits
from cleanwire.formats.parquet import Parquet

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

Run = Callable[..., Result]

DIRTY, CLEAN = "The council voted.\n\nPost a comment", "The council voted."
KINDS = ["string", "large_string", "string_view"]


def table(kind: Any, *, clean: bool = False) -> Any:
    rows = 40
    texts = [None if n % 7 == 3 else "" if n % 7 == 4 else (CLEAN if clean or n % 2 else DIRTY) for n in range(rows)]
    return pa.table(
        [
            pa.array(range(rows), pa.int32()),
            pa.array(texts, pa.string()).cast(kind),
            pa.array([[{"a": 1.5, "text": DIRTY}]] * rows),
            pa.array(["x", None] * (rows // 2)).dictionary_encode(),
            pa.array([12345678901234567890] * rows, pa.uint64()),
        ],
        pa.schema(
            [
                pa.field("id", pa.int32(), metadata={"unit": "one"}),
                pa.field("text", kind),
                pa.field("nested", pa.list_(pa.struct([("a", pa.float64()), ("text", pa.string())]))),
                pa.field("coded", pa.dictionary(pa.int32(), pa.string())),
                pa.field("big", pa.uint64()),
            ],
            metadata={"made": "by us", "pandas": "{}"},
        ),
    )


def kind_of(name: str) -> Any:
    return pa.dictionary(pa.int16(), pa.string()) if name == "dictionary" else getattr(pa, name)()


def described(path: Path) -> Any:
    """What of a Parquet file must stay."""
    about = pq.ParquetFile(path).metadata
    groups = [about.row_group(n) for n in range(about.num_row_groups)]
    return (
        pq.read_schema(path).to_string(show_field_metadata=True),
        pq.read_schema(path).metadata,
        about.schema,
        about.format_version,
        [group.num_rows for group in groups],
        [
            [(c.path_in_schema, c.compression, c.is_stats_set, "RLE_DICTIONARY" in c.encodings) for c in columns]
            for group in groups
            for columns in [[group.column(n) for n in range(group.num_columns)]]
        ],
    )


@pytest.mark.parametrize("kind", [*KINDS, "dictionary"])
@pytest.mark.parametrize(
    "settings",
    [
        {"compression": "zstd", "row_group_size": 15},
        {"compression": {"id": "snappy", "text": "gzip"}, "use_dictionary": ["coded"], "row_group_size": 40},
        {"compression": "none", "write_statistics": ["id"], "version": "1.0"},
    ],
    ids=["zstd", "mixed", "none"],
)
def test_parquet(run: Run, here: Path, kind: str, settings: dict[str, Any]) -> None:
    path = here / "news.parquet"
    pq.write_table(table(kind_of(kind)), path, **settings)
    before, data = described(path), path.read_bytes()
    result = run("clean", "news.parquet")
    assert result.exit_code == 0, result.output
    assert described(path) == before
    assert pq.read_table(path).to_pylist() == table(kind_of(kind), clean=True).to_pylist()
    assert pq.read_table(path).schema.equals(pq.read_schema(path), check_metadata=True)
    assert run("undo", "news.parquet").exit_code == 0
    assert path.read_bytes() == data


def test_a_clean_table_is_not_written(run: Run, here: Path) -> None:
    path = here / "news.parquet"
    pq.write_table(table(pa.string(), clean=True), path)
    data, before = path.read_bytes(), path.stat().st_mtime_ns
    assert run("clean", "news.parquet").exit_code == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (data, before)
    assert run("clean", "news.parquet", "-o", "copy.parquet").exit_code == 0
    assert (here / "copy.parquet").read_bytes() == data


def test_a_table_without_rows(run: Run, here: Path) -> None:
    pq.write_table(table(pa.string()).slice(0, 0), here / "news.parquet")
    result = run("clean", "news.parquet", "--add", "title", "-o", "out.parquet")
    assert result.exit_code == 0, result.output
    assert pq.read_table(here / "out.parquet").num_rows == 0
    assert pq.read_schema(here / "out.parquet").names[-1] == "title"


def test_added_columns_have_their_types(run: Run, here: Path) -> None:
    texts = ["Photo: Ann Lee/AFP\n\nShe left at noon.\n\nPost a comment", None, "x"]
    pq.write_table(pa.table({"body": texts, "n": [1, 2, 3]}), here / "news.parquet", row_group_size=2)
    assert run("clean", "news.parquet", "--add", "captions,byline,removed").exit_code == 0
    after = pq.read_table(here / "news.parquet")
    assert after.schema.names == ["body", "n", "captions", "byline", "removed"]
    assert str(after.schema.field("byline").type) == "string"
    assert after["captions"].to_pylist()[:2] == [
        [{"text": "", "credit": "Ann Lee", "agency": "AFP", "start": 0, "end": 18}],
        None,
    ]
    assert [cut["rule"] for cut in after["removed"].to_pylist()[0]][-1] == "comments.en.box"
    again = run("clean", "news.parquet", "--add", "byline")
    assert again.exit_code == 2
    assert "already has a column 'byline'" in again.stderr


def test_a_value_that_is_no_utf_8_stays_or_is_left_out(run: Run, here: Path) -> None:
    bad = pa.array([DIRTY.encode(), b"caf\xe9", b"x"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": bad, "n": [1, 2, 3]}), here / "news.parquet")
    result = run("clean", "news.parquet", "-o", "kept.parquet")
    assert "1 record could not be read" in result.stderr
    kept = pq.read_table(here / "kept.parquet")
    assert kept["text"].combine_chunks().view(pa.binary()).to_pylist() == [CLEAN.encode(), b"caf\xe9", b"x"]
    run("clean", "news.parquet", "-o", "left.parquet", "--on-error", "skip")
    assert pq.read_table(here / "left.parquet").to_pydict() == {"text": [CLEAN, "x"], "n": [1, 3]}


@pytest.mark.parametrize("kind", [*KINDS, "dictionary"])
@pytest.mark.parametrize("codec", [None, "lz4", "zstd"])
@pytest.mark.parametrize("form", ["file", "stream"])
def test_arrow(run: Run, here: Path, kind: str, codec: str | None, form: str) -> None:
    path = here / "news.arrow"
    options = pa.ipc.IpcWriteOptions(compression=codec)
    new = pa.ipc.new_file if form == "file" else pa.ipc.new_stream
    came = table(kind_of(kind))
    with new(path, came.schema, options=options) as writer:
        for n, batch in enumerate(came.to_batches(max_chunksize=12)):
            writer.write_batch(batch, custom_metadata={"n": str(n)})
    result = run("clean", "news.arrow", "--report", "run.json")
    assert result.exit_code == 0, result.output
    with open(path, "rb") as file:
        assert _compression(file) == codec
        if form == "file":
            reader = pa.ipc.open_file(file)
            found = [reader.get_batch_with_custom_metadata(n) for n in range(reader.num_record_batches)]
        else:
            found = list(pa.ipc.open_stream(file).iter_batches_with_custom_metadata())
        assert [each.batch.num_rows for each in found] == [12, 12, 12, 4]
        assert [each.custom_metadata[b"n"] for each in found] == [b"0", b"1", b"2", b"3"]
        after = pa.Table.from_batches([each.batch for each in found])
        assert after.schema.equals(came.schema, check_metadata=True)
        assert after.to_pylist() == table(kind_of(kind), clean=True).to_pylist()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.parquet", b"", "is not a Parquet file"),
        ("a.parquet", b"PAR1nonsense", "is not a Parquet file"),
        ("a.parquet", b"hello", "has the suffix .parquet but isn't a Parquet file"),
        ("a.arrow", b"ARROW1\0\0nonsense", "is not an Arrow file"),
        ("a.feather", b"FEA1", "is Feather version 1"),
    ],
)
def test_what_is_no_table_is_said(run: Run, here: Path, name: str, data: bytes, says: str) -> None:
    (here / name).write_bytes(data)
    result = run("clean", name)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 2
    assert (here / name).read_bytes() == data


def test_columns_that_hold_no_text_are_refused(run: Run, here: Path) -> None:
    pq.write_table(pa.table({"text": [1, 2], "words": ["x", "y"]}), here / "a.parquet")
    assert "column 'text' has the type int64, not text" in run("clean", "a.parquet").stderr
    assert "has no column 'nope', only text, words" in run("clean", "a.parquet", "--column", "nope").stderr


def test_an_arrow_file_has_one_dictionary_for_all_its_batches(run: Run, here: Path) -> None:
    kind = pa.dictionary(pa.int8(), pa.string())
    texts = [f"{CLEAN}\n\nPost a comment", CLEAN, None, *(f"Noon {n}." for n in range(40))] * 3
    column = pa.array(texts).dictionary_encode().cast(kind)
    coded = pa.table({"text": column, "n": range(len(texts))})
    with pa.ipc.new_file(here / "a.arrow", coded.schema) as writer:
        writer.write_table(coded, max_chunksize=25)
    assert run("clean", "a.arrow", "--add", "title", "-o", "b.arrow").exit_code == 0
    after = pa.ipc.open_file(here / "b.arrow").read_all()
    assert after.schema.field("text").type == kind
    assert after["text"].to_pylist() == [CLEAN if text and "Post" in text else text for text in texts]
    assert after["n"].to_pylist() == list(range(len(texts)))
    assert len(after["text"].chunk(0).dictionary) == 41


def test_tables_are_not_packed_again(run: Run, here: Path) -> None:
    import gzip

    (here / "a.parquet.gz").write_bytes(gzip.compress(b"PAR1"))
    assert (
        "is parquet inside gz, which can't be read in parts; decompress it first" in run("clean", "a.parquet.gz").stderr
    )


class Watched(io.BytesIO):
    """A file that counts how often its end, where the metadata of Parquet lies, is read."""

    ends = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.ends += bool(data) and self.tell() == len(self.getvalue())
        return data


@pytest.mark.parametrize("groups", [1, 8])
def test_metadata_is_read_once_however_many_row_groups_there_are(groups: int) -> None:
    file = Watched()
    pq.write_table(pa.table({"text": [DIRTY] * 64}), file, row_group_size=64 // groups)
    size, file.ends = len(file.getvalue()), 0
    blocks = list(Parquet("text").split(file))
    assert (len(blocks), size) == (groups, len(file.getvalue()))
    assert file.ends == 1


@pytest.mark.parametrize("name", ["long.parquet", "long.arrow"])
@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "dictionary"])
def test_a_text_longer_than_a_record_may_be_is_refused(run: Run, here: Path, name: str, kind: str) -> None:
    texts = pa.array(["She left at noon.", None, "word " * 300_000])
    column = texts.dictionary_encode() if kind == "dictionary" else texts.cast(getattr(pa, kind)())
    table = pa.table({"text": column})
    if name.endswith("parquet"):
        pq.write_table(table, here / name)
    else:
        with pa.OSFile(str(here / name), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)
    before = (here / name).read_bytes()
    refused = run("clean", "--max-record", "1", name)
    assert refused.exit_code == 2
    assert f"{name}: has a record of more than 1 MB; raise the limit with --max-record" in refused.stderr
    assert (here / name).read_bytes() == before
    assert run("clean", "--max-record", "2", name, "-o", f"out-{name}").exit_code == 0


BIG = DIRTY.ljust(2**20 - 8, "\n")


def shared(kind: str, rows: int) -> Any:
    """Return a column all of whose rows share one text of a MB."""
    if kind == "dictionary":
        return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int8()), pa.array(["", BIG]).take([1]))
    view = struct.pack("<i4sii", len(BIG), BIG[:4].encode(), 0, 0)
    return pa.Array.from_buffers(pa.string_view(), rows, [None, pa.py_buffer(view * rows), pa.py_buffer(BIG.encode())])


def ipc(column: Any) -> io.BytesIO:
    sink = io.BytesIO()
    data = pa.table({"text": column})
    with pa.ipc.new_file(sink, data.schema) as writer:
        writer.write_table(data)
    sink.seek(0)
    return sink


@pytest.mark.parametrize("kind", ["dictionary", "view"])
def test_rows_that_share_a_text_count_it_each(kind: str) -> None:
    blocks = list(Ipc("text").split(ipc(shared(kind, 5))))
    assert [len(block) >> 20 for block in blocks] == [1] * 5
    with pytest.raises(FormatError, match="expands to more than 50 times its compressed size"):
        list(Ipc("text", limits=Limits(expansion=50)).split(ipc(shared(kind, 70))))


def test_rows_without_text_are_cut_into_blocks_too() -> None:
    assert len(list(Ipc("text").split(ipc(pa.array([""] * 2**15))))) == 2


def test_the_dictionaries_of_many_parts_become_one(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_parts, "_HELD", 1)
    (here / "a.arrow").write_bytes(ipc(shared("dictionary", 5)).getvalue())
    assert run("clean", "-q", "--jobs", "1", "a.arrow").exit_code == 0
    after = pa.ipc.open_file(here / "a.arrow").read_all()["text"]
    assert after.to_pylist() == [f"{CLEAN}\n"] * 5
    assert [len(chunk.dictionary) for chunk in after.chunks] == [1]


def test_each_batch_of_a_stream_may_have_a_dictionary_of_its_own(run: Run, here: Path) -> None:
    kind = pa.dictionary(pa.int8(), pa.string())
    texts = [[f"Noon {n}, {batch}." for n in range(100)] for batch in "ab"]
    column = pa.chunked_array([pa.array(each).dictionary_encode().cast(kind) for each in texts])
    data = pa.table({"text": column})
    with pa.ipc.new_stream(here / "a.arrow", data.schema) as writer:
        writer.write_table(data)
    assert run("clean", "a.arrow", "--add", "title", "-o", "b.arrow").exit_code == 0
    assert pa.ipc.open_stream(here / "b.arrow").read_all()["text"].to_pylist() == [*texts[0], *texts[1]]


def test_texts_that_no_row_has_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = pa.dictionary(pa.int8(), pa.string())
    texts = [f"{n} {word}" for word in ("old", "new") for n in range(60)]
    data = pa.table({"text": pa.array(texts[:60]).dictionary_encode().cast(kind)})
    changed = pa.record_batch({"text": pa.array(texts[90:]).dictionary_encode().cast(kind)})
    for held in (1, 2**22):
        monkeypatch.setattr(table_parts, "_HELD", held)
        merged = table_parts.merge_parts(data, iter([(30, None), (30, changed)]), "text", ())["text"]
        assert merged.to_pylist() == [*texts[:30], *texts[90:]]
        assert [len(chunk.dictionary) for chunk in merged.chunks] == [60]
    many = pa.record_batch({"text": pa.array([f"new {n}" for n in range(100)]).dictionary_encode().cast(kind)})
    data = pa.table({"text": pa.array(["old"] * 40 + texts[:60]).dictionary_encode().cast(kind)})
    with pytest.raises(FormatError, match="more texts than a dictionary with indices of int8 can have"):
        table_parts.merge_parts(pa.concat_tables([data, data]), iter([(100, None), (100, many)]), "text", ())
