"""JSON arrays: only the bytes of the strings that change are others, however large the array is."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.errors import FormatError
from cleanwire.formats.json_array import JsonArray, look
from cleanwire.formats.limits import Limits
from cleanwire.formats.record import BLOCK, Block, Sample

Through = Callable[..., bytes]
Run = Callable[..., Result]

DIRTY, CLEAN = json.dumps("The council voted.\n\nPost a comment"), json.dumps("The council voted.")

ARRAYS: dict[str, str] = {
    "one line": '[{"id": 1, "text": DIRTY}, {"id": 2, "text": "Noon."}]',
    "no blanks": '[{"text":DIRTY},{"text":DIRTY}]',
    "a row a line": '[\n{"text": DIRTY},\n{"text": "Noon."}\n]\n',
    "indented": '[\n  {\n    "text": DIRTY,\n    "n": 1e5\n  },\n  {\n    "text": null\n  }\n]\n',
    "commas first": '[ {"text": DIRTY}\n, {"text": DIRTY}\n]',
    "CRLF and tabs": '\ufeff [\r\n\t{"text": DIRTY},\r\n\t{}\r\n]\r\n',
    "nested": '[{"meta": {"text": "Post a comment", "l": [[], [{}]]}, "text": DIRTY}]',
    "marks in strings": '[{"k": "]}],\\"{[\\\\", "text": DIRTY}, {"text": "She left at noon [sic], {he} said."}]',
    "numbers": '[{"a": 12345678901234567890, "b": 1.10, "a": -0.0, "text": DIRTY}]',
    "no ASCII": '[{"k": "ü\u2028", "text": DIRTY}]',
    "empty array": "[]\n",
    "empty array with blanks": "\n[ \n]",
    "blanks": " \n",
    "nothing": "",
}


@pytest.mark.parametrize("name", ARRAYS)
def test_all_that_does_not_change_keeps_its_bytes(through: Through, name: str) -> None:
    came, goes = (ARRAYS[name].replace("DIRTY", text).encode() for text in (DIRTY, CLEAN))
    assert through("news.json", came) == goes


def test_every_compression(through: Through, compression: str) -> None:
    came, goes = (ARRAYS["indented"].replace("DIRTY", text).encode() for text in (DIRTY, CLEAN))
    assert through("news.json", came, compression) == goes


def array(rows: int) -> str:
    return "[\n" + ",\n".join(f'{{"id": {number}, "text": DIRTY}}' for number in range(rows)) + "\n]\n"


def test_a_large_array_is_split_into_blocks(through: Through) -> None:
    text = array(40_000)
    blocks = list(JsonArray().split(io.BytesIO(text.replace("DIRTY", DIRTY).encode())))
    assert len(blocks) > 2
    assert max(map(len, blocks)) < 2 * BLOCK
    assert through("news.json", text.replace("DIRTY", DIRTY).encode()) == text.replace("DIRTY", CLEAN).encode()


class Slow(io.BytesIO):
    """A stream that gives few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, self.step))

    step = 7


@pytest.mark.parametrize("step", [1, 2, 7, 64])
@pytest.mark.parametrize("name", ARRAYS)
def test_blocks_join_to_the_stream_wherever_it_is_split(name: str, step: int) -> None:
    data = ARRAYS[name].replace("DIRTY", DIRTY).encode()
    stream = Slow(data)
    stream.step = step
    blocks = list(JsonArray().split(stream))
    assert b"".join(blocks) == data
    wanted = json.loads(data.decode("utf-8-sig")) if data.strip() else []
    read = [r for n, b in enumerate(blocks) for r in JsonArray().read(Block(b, n == 0)) if r.is_record]
    assert [record.text for record in read] == [row.get("text") for row in wanted]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.lists(st.dictionaries(st.text(), JSON)), st.sampled_from([None, 1]), st.integers(1, 50))
def test_any_array_is_read_as_json_reads_it(rows: list[dict[str, object]], indent: int | None, step: int) -> None:
    data = json.dumps(rows, indent=indent, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream = Slow(data)
    stream.step = step
    blocks = list(JsonArray().split(stream))
    assert b"".join(blocks) == data
    records = [r for n, b in enumerate(blocks) for r in JsonArray().read(Block(b, n == 0)) if r.is_record]
    assert len(records) == len(rows)


@pytest.mark.parametrize(
    "data",
    [
        b'[{"text": "x"}', b'[{"text": "x"},', b'[{"text": "x"', b'[{"text": "x', b"[",
        b'[{"text": "x"} {"text": "y"}]',
        b'[{"text": "x"}] x', b'[{"text": "x"}],', b'[,{"text": "x"}]', b'{"text": "x"}', b'[{"text": "x"},]',
    ],
)  # fmt: skip
def test_what_is_no_array_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        list(JsonArray().split(io.BytesIO(data)))


def test_a_broken_array_is_left_unchanged(run: Run, here: Path) -> None:
    data = array(3).replace("DIRTY", DIRTY).rstrip("\n]").encode()
    (here / "news.json").write_bytes(data)
    result = run("clean", "news.json")
    assert result.exit_code == 2
    assert "news.json: ends within the array: the file is truncated" in result.stderr
    assert (here / "news.json").read_bytes() == data


@pytest.mark.parametrize(
    ("array", "kept"),
    [
        ('[1, {"text": "Noon."}, "x", {"text": "Night."}, [2]]', '[{"text": "Noon."}, {"text": "Night."}]'),
        ('[ {"text": 3}\n, {"text": "Noon."} ]', '[ {"text": "Noon."} ]'),
        ('[{"text": "Noon."}, {"text": 3}]', '[{"text": "Noon."}]'),
    ],
)
def test_records_that_cannot_be_read_are_left_out(run: Run, here: Path, array: str, kept: str) -> None:
    (here / "news.json").write_text(array)
    assert run("clean", "news.json", "--on-error", "skip").exit_code == 0
    assert (here / "news.json").read_text() == kept
    json.loads(kept)


def test_a_block_of_which_nothing_is_kept_is_refused() -> None:
    with pytest.raises(FormatError, match="--on-error keep"):
        JsonArray().write(Block(b'[{"text": 1}', True), [])


def test_columns_are_added(run: Run, here: Path) -> None:
    (here / "news.json").write_text('[{"text": "By Ann Lee\\n\\nThe council voted on Monday."}, {}]')
    assert run("clean", "news.json", "--add", "byline").exit_code == 0
    rows = json.loads((here / "news.json").read_text())
    assert [row["byline"] for row in rows] == ["Ann Lee", None]


def test_a_long_record_is_refused() -> None:
    form = JsonArray(limits=Limits(record=10_000))
    data = json.dumps([{"text": "x" * 2 * BLOCK}]).encode()
    with pytest.raises(FormatError, match="raise the limit"):
        list(form.split(io.BytesIO(data)))


def test_one_long_record_is_read_in_time_that_grows_with_its_length() -> None:
    data = json.dumps([{"text": "x" * 20 * BLOCK, "marks": "[{" * BLOCK}]).encode()

    class Counted(io.BytesIO):
        reads = 0

        def read(self, size: int | None = -1, /) -> bytes:
            Counted.reads += 1
            return super().read(size)

    assert b"".join(JsonArray().split(Counted(data))) == data
    assert Counted.reads < 10


def test_lines_of_json_may_have_its_suffix(run: Run, here: Path) -> None:
    (here / "news.json").write_text(f'{{"text": {DIRTY}}}\n{{"text": "Noon."}}\n')
    assert run("clean", "news.json", "-o", "out.json").exit_code == 0
    assert (here / "out.json").read_text() == f'{{"text": {CLEAN}}}\n{{"text": "Noon."}}\n'


@pytest.mark.parametrize("name", ["news.jsonl", "news.data"])
def test_an_array_is_read_under_any_name(run: Run, here: Path, name: str) -> None:
    (here / name).write_text(ARRAYS["indented"].replace("DIRTY", DIRTY))
    args = ["--as", "json"] if name == "news.data" else []
    assert run("clean", name, *args).exit_code == 0
    assert (here / name).read_text() == ARRAYS["indented"].replace("DIRTY", CLEAN)


def test_an_array_through_a_pipe(run: Run) -> None:
    came = ARRAYS["indented"].replace("DIRTY", DIRTY).encode()
    assert run("clean", "-q", "-", "--as", "json", stdin=came).stdout == ARRAYS["indented"].replace("DIRTY", CLEAN)


def test_searches_of_folders_leave_it_out(run: Run, here: Path) -> None:
    (here / "a").mkdir()
    (here / "a/package.json").write_text('[{"text": ' + DIRTY + "}]")
    assert run("check", "a").exit_code == 0
    assert run("check", "a", "--as", "json").exit_code == 1
    assert run("check", "a/package.json").exit_code == 1


@pytest.mark.parametrize("data", [b'{\n"articles": [{"text": "x"}]\n}', b"3", b'"x"', b"[1, 2]"])
def test_other_json_has_a_word(run: Run, here: Path, data: bytes) -> None:
    (here / "news.json").write_bytes(data)
    result = run("clean", "news.json")
    assert result.exit_code == 2
    assert "JSON" in result.stderr
    assert (here / "news.json").read_bytes() == data


def test_the_column_is_found_and_missed() -> None:
    assert look(Sample(b'[{"id": 1, "content": "x"}]')).column == "content"
    assert look(Sample(b'[{"a": {"b": "x"}}', column="a.b")).column == "a.b"
    with pytest.raises(FormatError, match="only id, story; choose one with --column"):
        look(Sample(b'[{"id": 1, "story": "x"}]'))
