"""What a result derives from its edits."""

import json
import pickle
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from cleanwire import Caption, Cleaner, Edit, OffsetError, Result, Step
from cleanwire.arrow import result_schema
from cleanwire.result import SCHEMA
from tests.support import check_reversible

STORY = "She left at noon, and nobody in the harbour had noticed it at all."
DIRTY = (
    f"Rain closes the harbour\n\nBy Ann Lee and Bo Roe\nMay 3, 2024\n\nItâ€™s wet.  {STORY}\n\n"
    "Photo: Ann Lee/AFP\n\nPost a comment"
)
TEXTS = [STORY, DIRTY, "", f"{STORY}\n\nPhoto: Ann Lee", f"By Ann Lee\n\n{STORY}", f"OSLO (AP) - {STORY}"]


@pytest.fixture(scope="module")
def dirty() -> Result:
    return Cleaner()(DIRTY)


def test_all_is_found(dirty: Result) -> None:
    assert (dirty.title, dirty.byline, dirty.date) == ("Rain closes the harbour", "Ann Lee and Bo Roe", "May 3, 2024")
    assert dirty.authors == ("Ann Lee", "Bo Roe")
    assert [(caption.credit, caption.agency) for caption in dirty.captions] == [("Ann Lee", "AFP")]
    assert dirty.changed
    assert dirty.undo() == DIRTY


def test_nothing_is_found_where_nothing_is() -> None:
    result = Result(STORY, ())
    assert (result.title, result.byline, result.date, result.date_iso, result.dateline) == (None,) * 5
    assert (result.authors, result.captions, result.spans, result.counts()) == ((), (), (), {})
    assert (result.changed, result.removed_ratio, result.undo()) == (False, 0.0, STORY)


@pytest.mark.parametrize(
    ("result", "shown"),
    [
        (Result("", ()), "<Result 0 chars>"),
        (Cleaner()(STORY), "<Result 66 chars>"),
        (Cleaner()(DIRTY), "<Result 175→136 chars, 2 fixed, 1 removed, 1 caption, title='Rain closes the harb…'>"),
        (Cleaner()("Photo: Ann Lee\n\nShe left.\n\nPhoto: Bo Roe"), "<Result 40→9 chars, 2 captions>"),
        (Cleaner()(f"Rain\n\nBy Ann Lee\nMay 3, 2024\n\n{STORY}"), "<Result 96 chars>"),
    ],
)
def test_repr_is_short(result: Result, shown: str) -> None:
    assert repr(result) == shown


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("By Ann Lee, Bo Roe and Carla Munt", ["Ann Lee", "Bo Roe", "Carla Munt"]),
        ("By Ann de la Paz & Bo van der Roe", ["Ann de la Paz", "Bo van der Roe"]),
        ("By Ann Lee, Jr., and Bo Roe", ["Ann Lee, Jr.", "Bo Roe"]),
        ("Von Jörg Weiß und Bo Roe", ["Jörg Weiß", "Bo Roe"]),
        ("Por Ana Ruiz y Bo Roe", ["Ana Ruiz", "Bo Roe"]),
    ],
)
def test_authors_are_parted(byline: str, authors: list[str]) -> None:
    assert list(Cleaner()(f"{byline}\n\n{STORY}").authors) == authors


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("May 3, 2024", "2024-05-03"),
        ("Published: Jan 29, 2025 at 3:14 pm EST | Updated Feb 1, 2025", "2025-01-29T15:14:00-05:00"),
        ("2024-05-03T10:30:00Z", "2024-05-03T10:30:00+00:00"),
        ("Veröffentlicht am 3. Mai 2024 um 14:30 Uhr", "2024-05-03T14:30:00"),
        ("03.05.2024, 14:30 Uhr", "2024-05-03T14:30:00"),
        ("发布时间：2024年5月3日 10:30", "2024-05-03T10:30:00"),
        ("12/31/2024", "2024-12-31"),
        ("05/03/2024", None),  # March in London, May in New York
        ("Posted Monday, May 3", None),
    ],
)
def test_dates_in_iso_8601(line: str, iso: str | None) -> None:
    pytest.importorskip("dateparser", reason="the extra `dates` is not installed")
    result = Cleaner()(f"Rain closes the harbour\n\nBy Ann Lee\n{line}\n\n{STORY}")
    assert result.date is not None
    assert result.date_iso == iso


def test_a_time_counted_back_from_now_is_no_date() -> None:
    assert Cleaner()(f"Rain closes the harbour\n\nBy Ann Lee\n2 hours ago\n\n{STORY}").date is None


@pytest.mark.parametrize(
    ("language", "iso"), [("fr", "2024-03-05"), ("hu", "2024-03-05"), ("no", "2024-03-05"), ("en", None), ("any", None)]
)
def test_the_language_decides_the_order_of_day_and_month(language: str, iso: str | None) -> None:
    pytest.importorskip("dateparser", reason="the extra `dates` is not installed")
    step = Step("byline", (Edit(0, 10, "05/03/2024", "date", f"date.{language}.date-line"),), ("05/03/2024",))
    assert Result("05/03/2024", (step,)).date_iso == iso


def test_counts(dirty: Result) -> None:
    counts = dirty.counts()
    assert list(counts) == sorted(counts)
    assert (counts["drop"], counts["title"], counts["fix"]) == (1, 1, 2)
    assert dirty.counts("rule")["comments.en.box"] == 1
    assert sum(counts.values()) == sum(dirty.counts("rule").values()) == sum(len(step.edits) for step in dirty.steps)


def test_removed_ratio_counts_what_left(dirty: Result) -> None:
    gone = sum(len(span.text) for span in dirty.spans if not span.kept)
    assert dirty.removed_ratio == gone / len(DIRTY)
    assert Cleaner()("Post a comment").removed_ratio == 1.0
    assert Cleaner()(f"{STORY}  ").removed_ratio == 0.0


def test_offsets_lead_there_and_back(dirty: Result) -> None:
    for word in ("Rain", "wet", "noticed"):
        source, clean = DIRTY.index(word), dirty.text.index(word)
        assert (dirty.to_source(clean), dirty.to_clean(source)) == (source, clean)
    assert dirty.to_clean(len(DIRTY)) == len(dirty.text)


@pytest.mark.parametrize("offset", [-1, 10_000])
def test_offsets_outside_are_refused(dirty: Result, offset: int) -> None:
    for map_offset in (dirty.to_source, dirty.to_clean):
        with pytest.raises(OffsetError, match=f"{offset} is outside") as error:
            map_offset(offset)
        assert isinstance(error.value, IndexError)


def test_values_are_derived_once(dirty: Result) -> None:
    for name in ("spans", "captions", "authors"):
        assert getattr(dirty, name) is getattr(dirty, name)
    assert dirty.undo() is dirty.undo()


def test_a_result_is_a_value(dirty: Result) -> None:
    again = Cleaner()(DIRTY)
    assert {dirty: 1}[again] == 1
    assert pickle.dumps(dirty) == pickle.dumps(pickle.loads(pickle.dumps(dirty)))  # noqa: S301 - our own bytes
    assert dirty != Cleaner()(STORY)


class TestPlainData:
    def test_all_keys_are_always_there(self) -> None:
        for text in TEXTS:
            row = Cleaner()(text).to_dict()
            assert list(row) == list(SCHEMA)
            assert json.loads(json.dumps(row)) == row
            _check(row, SCHEMA)

    def test_arrow_infers_the_schema_from_rows_of_all_kinds(self) -> None:
        assert pa.Table.from_pylist([Cleaner()(text).to_dict() for text in TEXTS]).schema == result_schema()

    def test_tables_of_single_rows_join(self) -> None:
        rows = [Cleaner()(text).to_dict() for text in TEXTS]
        tables = [pa.Table.from_pylist([row], schema=result_schema()) for row in rows]
        assert pa.concat_tables(tables).to_pylist() == rows
        inferred = [pa.Table.from_pylist([row]) for row in rows]
        assert pa.concat_tables(inferred, promote_options="permissive").cast(result_schema()).to_pylist() == rows

    def test_no_value_of_a_row_is_null(self) -> None:
        for text in TEXTS:
            kinds = [field.type for field in pa.Table.from_pylist([Cleaner()(text).to_dict()]).schema]
            assert pa.null() not in kinds  # only the items of an empty list have no type

    def test_pandas_has_no_missing_values(self) -> None:
        frame = pd.DataFrame([Cleaner()(text).to_dict() for text in TEXTS])
        assert not frame.isna().any(axis=None)
        assert list(frame["title"] != "") == [False, True, False, False, False, False]


def _check(value: Any, kind: Any) -> None:
    if isinstance(kind, list):
        for item in value:
            _check(item, kind[0])
    elif isinstance(kind, dict):
        assert list(value) == list(kind)
        for key, inner in kind.items():
            _check(value[key], inner)
    else:
        assert type(value) is {"string": str, "int64": int, "float64": float, "bool": bool}[kind]


class TestCaptions:
    @pytest.mark.parametrize(
        ("text", "captions"),
        [
            ("The bridge at dawn. Photo: Ann Lee/AFP", [("The bridge at dawn.", "Ann Lee", "AFP")]),
            ("Photo: Ann Lee", [("", "Ann Lee", None)]),
            (
                "The bridge. REUTERS/Ann Lee\n\nThe ferry. REUTERS/Bo Roe",
                [("The bridge.", "Ann Lee", "REUTERS"), ("The ferry.", "Bo Roe", "REUTERS")],
            ),
        ],
    )  # fmt: skip
    def test_parts_are_joined_by_caption(self, text: str, captions: list[tuple[str, str | None, str | None]]) -> None:
        result = Cleaner()(f"{text}\n\n{STORY}")
        assert [(c.text, c.credit, c.agency) for c in result.captions] == captions
        assert all(result.undo()[c.start : c.end].strip() for c in result.captions)

    def test_a_caption_is_a_value(self) -> None:
        assert {Caption("", "Ann Lee", None, 0, 14), Caption("", "Ann Lee", None, 0, 14)} == {
            Caption("", "Ann Lee", None, 0, 14)
        }


def test_what_is_taken_as_data_is_repaired_and_spans_are_of_the_source() -> None:
    story = "The council voted on Monday to close the bridge, said AndrÃ© Lee, for a year.\n\nThe ferry runs."
    source = (
        f"Bridge closes â€“ for a year\n\nBy AndrÃ© Lee\n\n{story}\n\nThe cafÃ©. Photo: AndrÃ© Lee &amp; Bo Roe/AFP"
    )
    result = Cleaner()(source)
    assert result.authors == ("André Lee",)
    assert result.title in (None, "Bridge closes – for a year")
    assert [(each.text, each.credit, each.agency) for each in result.captions] == [
        ("The café.", "André Lee & Bo Roe", "AFP")
    ]
    check_reversible(result, source)


@pytest.mark.parametrize(
    "text", ["\x80©º\x1b", "&copy;&amp;copy; Ann Lee/AFP", "A bridge. Photo: Ann&nbsp;Lee&#47;AFP"]
)
def test_cuts_within_one_repair_have_spans_of_their_own(text: str) -> None:
    check_reversible(Cleaner()(text), text)


def test_the_title_is_the_one_that_the_first_filter_names() -> None:
    text = "Home of news\nRain in Oslo"
    page = Step("page", (Edit(13, 25, "Rain in Oslo", "title", "title.any.page"),), ("Rain in Oslo",))
    byline = Step("byline", (Edit(0, 12, "Home of news", "title", "title.any.headline"),), ("Home of news",))
    assert Result(text, (page, byline)).title == "Rain in Oslo"
    assert Result(text, (byline,)).title == "Home of news"
