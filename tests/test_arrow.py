"""Batches come back whole, with one column cleaned as `Cleaner` cleans it."""

import subprocess
import sys
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire import ARTICLE, Cleaner, Document, learn
from cleanwire.arrow import EXTRA_COLUMNS, clean_batch, clean_schema
from cleanwire.errors import ColumnError
from cleanwire.filters.site import SiteFilter
from cleanwire.formats.columns import column_type

STORY = "Harbour Bridge Closes\n\nBy Carla Munt\n\nThe council voted on Monday to close it, she said.\n\n"
DIRTY = STORY + "The bridge at dawn. REUTERS/Ann Lee\n\nThe vote was close, and nobody cheered.\n\nFacebook Comments"
CLEAN = "The ferry left at noon, and the quay was empty again."
MANGLED = "The council didnâ€™t wait for spring."
TEXTS = [DIRTY, None, CLEAN, "", MANGLED, DIRTY, "Post a comment", CLEAN]

KINDS = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.uint32(), pa.large_string()),
    pa.dictionary(pa.int16(), pa.string(), ordered=True),
]


def cleaned(texts: list[str | None]) -> list[str | None]:
    return [None if text is None else Cleaner()(text).text for text in texts]


def invalid(values: list[bytes | None], kind: Any = None, raw: Any = None) -> Any:
    return pa.array(values, raw or pa.binary()).view(kind or pa.string())


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_kind_of_text_column_is_cleaned_as_the_cleaner_does(kind: Any) -> None:
    batch = pa.record_batch({"text": pa.array(TEXTS, kind)})
    done = clean_batch(batch)
    done.validate(full=True)
    assert done.schema == batch.schema
    assert done["text"].to_pylist() == cleaned(TEXTS)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_slice_is_cleaned_as_the_slice_it_is(kind: Any) -> None:
    batch = pa.record_batch({"text": pa.array(TEXTS, kind)}).slice(1, 4)
    done = clean_batch(batch, keep=["removed"])
    assert done["text"].to_pylist() == cleaned(TEXTS[1:5])
    assert [row is None for row in done["removed"].to_pylist()] == [True, False, False, False]


def test_what_is_not_the_column_stays_and_so_does_the_schema() -> None:
    schema = pa.schema(
        [
            pa.field("id", pa.int64(), nullable=False, metadata={"unit": "one"}),
            pa.field("text", pa.string(), nullable=False, metadata={"lang": "en"}),
            pa.field("nested", pa.list_(pa.struct({"a": pa.float32()}))),
        ],
        metadata={"made": "by hand"},
    )
    batch = pa.RecordBatch.from_arrays(
        [pa.array([7, 8], pa.int64()), pa.array([DIRTY, CLEAN]), pa.array([[{"a": 1e5}], None], schema.field(2).type)],
        schema=schema,
    )
    done = clean_batch(batch, keep=["byline"])
    assert done.schema.names == ["id", "text", "nested", "byline"]
    for place in range(3):
        assert done.schema.field(place).equals(schema.field(place), check_metadata=True)
    assert done.schema.metadata == schema.metadata
    assert done.column(0).equals(batch.column(0))
    assert done.column(2).equals(batch.column(2))


def test_a_column_in_which_nothing_changes_is_not_written_anew() -> None:
    batch = pa.record_batch({"text": pa.array([CLEAN, None, ""])})
    assert clean_batch(batch)["text"].buffers()[2].address == batch["text"].buffers()[2].address


def test_what_was_found_can_be_kept_beside_the_text() -> None:
    batch = pa.record_batch({"text": [DIRTY, None, CLEAN]})
    done = clean_batch(batch, keep=list(EXTRA_COLUMNS))
    for name in EXTRA_COLUMNS:
        assert done.schema.field(name).type == column_type(name)
        assert done[name].to_pylist()[1] is None
    result = Cleaner()(DIRTY)
    first = done.to_pylist()[0]
    assert first["title"] == result.title
    assert first["byline"] == result.byline == "Carla Munt"
    assert [tuple(c.values()) for c in first["captions"]] == [
        tuple(vars(caption).values()) for caption in result.captions
    ]
    assert {(s["action"], s["rule"]) for s in first["removed"]} == {
        (s.action, s.rule) for s in result.spans if not s.kept
    }
    assert [DIRTY[s["start"] : s["end"]] for s in first["removed"]] == [s["text"] for s in first["removed"]]
    assert done.to_pylist()[2]["removed"] == []


def test_a_dictionary_is_cleaned_once_a_value_and_holds_no_value_twice() -> None:
    seen = []

    class Spy(Cleaner):
        def __call__(self, text: Any) -> Any:
            seen.append(text)
            return super().__call__(text)

    words = pa.array([CLEAN, "unused", CLEAN + "\n\nPost a comment", None])
    column = pa.DictionaryArray.from_arrays(pa.array([2, 0, 3, None, 2], pa.int8()), words)
    done = clean_batch(pa.record_batch({"text": column}), cleaner=Spy(), keep=["removed"])
    assert seen == [CLEAN, CLEAN + "\n\nPost a comment"]
    assert done["text"].to_pylist() == [CLEAN, CLEAN, None, None, CLEAN]
    assert done["text"].dictionary.to_pylist() == [CLEAN]
    removed = done["removed"].to_pylist()
    assert removed[0] == removed[4]
    assert [None if row is None else len(row) for row in removed] == [1, 0, None, None, 1]


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (pa.string(), pa.binary()),
        (pa.large_string(), pa.large_binary()),
        (pa.string_view(), pa.binary_view()),
    ],
    ids=str,
)
def test_bytes_that_are_no_utf_8_stay_as_they_are(kind: Any, raw: Any) -> None:
    values = [b"caf\xe9 \x81\xff", DIRTY.encode(), None, b"Post a comment"]
    batch = pa.record_batch({"text": invalid(values, kind, raw)})
    done = clean_batch(batch, keep=["removed"])
    wanted = [values[0], Cleaner()(DIRTY).text.encode(), None, b""]
    assert done["text"].view(raw).to_pylist() == wanted
    assert [row is None for row in done["removed"].to_pylist()] == [True, False, True, False]


def test_zero_rows() -> None:
    for kind in KINDS:
        batch = pa.record_batch({"text": pa.array([], kind)})
        done = clean_batch(batch, keep=["captions"])
        assert (done.num_rows, done.schema) == (0, clean_schema(batch.schema, keep=["captions"]))


def test_a_table_goes_through_in_batches() -> None:
    table = pa.table({"text": pa.chunked_array([[DIRTY], [], [None, CLEAN]])})
    done = pa.Table.from_batches(map(clean_batch, table.to_batches()), clean_schema(table.schema))
    assert done["text"].to_pylist() == cleaned([DIRTY, None, CLEAN])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"column": "body"}, "no columns are named 'body'; choose one that exists once: text, date, n"),
        ({"column": "n"}, "column 'n' has the type int64, not text"),
        ({"keep": ["colour"]}, "unknown extra column 'colour'; choose from: captions, byline"),
        ({"keep": ["date"]}, "column 'date' exists already"),
        ({"keep": ["byline", "byline"]}, "column 'byline' exists already"),
    ],
)
def test_what_cannot_be_is_said(arguments: dict[str, Any], words: str) -> None:
    batch = pa.record_batch({"text": ["a"], "date": ["b"], "n": [1]})
    with pytest.raises(ColumnError, match=words):
        clean_batch(batch, **arguments)


def test_a_name_that_two_columns_bear_is_refused() -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
    with pytest.raises(ColumnError, match="2 columns are named 'text'"):
        clean_batch(batch)


@given(st.lists(st.none() | st.text() | st.sampled_from([DIRTY, MANGLED, CLEAN])), st.integers(0, 4))
def test_parity_for_any_texts_and_any_cut_into_batches(texts: list[str | None], at: int) -> None:
    column = pa.array(texts, pa.string())
    batch = pa.record_batch({"text": column})
    done = [clean_batch(part)["text"].to_pylist() for part in (batch.slice(0, at), batch.slice(at))]
    assert done[0] + done[1] == cleaned(texts)


def test_without_pyarrow_the_message_says_what_to_install() -> None:
    code = "import sys; sys.modules['pyarrow'] = None\nimport cleanwire\nimport cleanwire.arrow"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stderr.rstrip("\n").split("\n")[-1] == (
        "cleanwire.errors.MissingError: Arrow batches need pyarrow; install it: pip install 'cleanwire[arrow]'"
    )


def test_cleanwire_alone_reads_no_pyarrow() -> None:
    code = "import sys, cleanwire, cleanwire.cli; sys.exit('pyarrow' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("coded", [False, True])
def test_the_address_of_a_row_tells_its_site(coded: bool) -> None:
    def page(about: str) -> str:
        story = [f"The {about} was the {n}th thing that people talked about, said the mayor." for n in "abc"]
        return "\n\n".join(["Tides and times", *story])

    site = SiteFilter((learn([Document(page("bridge"), url="https://example.org/bridge")]),))
    urls = ["https://example.org/ferry", "https://example.com/ferry", None]
    batch = pa.record_batch({"text": [page("ferry")] * 3, "url": urls})
    if coded:
        columns = [column.dictionary_encode() for column in batch.columns]
        batch = pa.RecordBatch.from_arrays(columns, names=["text", "url"])
    cleaner = Cleaner(site.within(ARTICLE))
    cleaned = clean_batch(batch, cleaner=cleaner, keep=["removed"], url="url")
    assert cleaned.schema.field("text") == batch.schema.field("text")
    assert [text.startswith("Tides") for text in cleaned["text"].to_pylist()] == [False, True, True]
    assert [len(removed) for removed in cleaned["removed"].to_pylist()] == [1, 0, 0]
    assert clean_batch(batch, cleaner=cleaner)["text"].to_pylist() == [page("ferry")] * 3
    with pytest.raises(ColumnError, match="'address'"):
        clean_batch(batch, cleaner=cleaner, url="address")
