"""True prose of many genres and languages keeps every sentence: documents outside the repository, if they are there.

The task `harm` of the benchmarks counts all cuts; here a sample must lose nothing that a reader has not called right.
"""

from pathlib import Path

import pytest

from benchmarks.quality.harm import LAYOUTS, TEXTS, clean, labels
from benchmarks.tools import data
from benchmarks.tools.data import Choice, Row
from cleanwire import PAGE, Cleaner, Document
from cleanwire.compiled import facts
from tests.foreign import clean_without_foreign_packs, compiled_for, found

SAMPLE = 200


@pytest.fixture(scope="module")
def documents() -> list[Row]:
    folder = data.folder()
    if folder is None or not (folder / TEXTS).is_file():
        pytest.skip("set CLEANWIRE_DATA to the folder of the data")
    return list(Choice(sample=SAMPLE).rows(folder / TEXTS))


def test_true_prose_loses_nothing(documents: list[Row]) -> None:
    judged = labels(data.folder() or Path())
    outcomes = [clean(Cleaner(), Cleaner(PAGE), judged, row) for row in documents]
    assert [cut for outcome in outcomes for cut in outcome.cuts if cut.is_harmful] == []


def test_text_without_a_fault_comes_back_as_the_same_object(documents: list[Row]) -> None:
    cleaner = Cleaner()
    for row in documents:
        for layout in LAYOUTS:
            result = cleaner(row[layout])
            assert result.changed or result.text is row[layout]


def test_packs_of_other_languages_change_no_rule(documents: list[Row]) -> None:
    for row in documents:
        doc = Document(row["A"])
        known = facts(doc)
        few = compiled_for(known.languages.acting).read(doc)
        assert [rule.name for rule in few.rules.values()] == [rule.name for rule in known.rules.values()]


def test_packs_of_other_languages_change_no_caption_and_no_name(
    documents: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    for row in documents:
        assert found(clean_without_foreign_packs(row["A"], monkeypatch)) == found(Cleaner()(row["A"]))
