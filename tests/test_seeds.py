"""Every seed comes out as marked: `seeds/` and the demo hold documents in annotated-diff notation."""

import re
from pathlib import Path

import pytest

from cleanwire import notation
from cleanwire.cleaner import Cleaner
from cleanwire.packs.load import builtin_packs
from cleanwire.result import Result
from tests.foreign import acting, clean_without_foreign_packs, found

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt")) + sorted((ROOT / "src/cleanwire/cli/data").glob("*.txt"))


def seed(name: str) -> list[notation.AnnotatedLine]:
    return read(ROOT / "seeds" / f"{name}.txt")


def read(path: Path) -> list[notation.AnnotatedLine]:
    return notation.parse(path.read_bytes().decode())


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_chain_reads_a_seed_as_its_editor_did(path: Path, cleaner: Cleaner) -> None:
    wanted = read(path)
    got = notation.annotate(cleaner(notation.source(wanted)))
    assert notation.render(notation.verdicts(got)) == notation.render(notation.verdicts(wanted))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_packs_of_other_languages_change_nothing_in_a_seed_of_a_clear_language(
    path: Path, cleaner: Cleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = notation.source(read(path))
    result = cleaner(source)
    if acting(source) != acting(result.text):
        pytest.skip("in several languages, of which one alone is left")
    assert found(clean_without_foreign_packs(source, monkeypatch)) == found(result)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_cleaned_seed_can_be_undone_and_is_still(path: Path, cleaner: Cleaner) -> None:
    source = notation.source(read(path))
    result = cleaner(source)
    assert result.undo() == source
    again = cleaner(result.text)
    assert again.text == result.text
    assert not again.changed


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_an_indent_changes_nothing(path: Path, cleaner: Cleaner) -> None:
    lines = [line.strip(" ") for line in notation.source(read(path)).split("\n")]
    flush, indented = (cleaner("\n".join(f"{lead}{line}" if line else "" for line in lines)) for lead in ("", " " * 24))
    assert [line.strip() for line in indented.text.split("\n")] == flush.text.split("\n")
    assert [span.rule for span in indented.spans] == [span.rule for span in flush.spans]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_seed_is_well_formed(path: Path) -> None:
    lines = read(path)
    assert notation.render(lines) + "\n" == path.read_bytes().decode()
    assert not any(line.text != line.text.rstrip() or "\r" in line.text for line in lines)
    for line, following in zip(lines, [*lines[1:], notation.AnnotatedLine(notation.KEPT, "")], strict=True):
        assert line.mark != notation.BEFORE or following.mark == notation.AFTER, f"nothing went out for {line.text!r}"


def test_the_seeds_hold_enough_to_lose() -> None:
    documents = {path.stem: notation.verdicts(read(path)) for path in SEEDS}
    untouched = [name for name, lines in documents.items() if all(line.mark in " @" for line in lines)]
    kept = sum(len(line.text.split()) for lines in documents.values() for line in lines if line.mark == notation.KEPT)
    assert len(documents) >= 90
    assert 2 * len(untouched) >= len(documents)
    assert kept >= 10_000


def test_a_page_of_widgets_leaves_nothing(cleaner: Cleaner) -> None:
    assert cleaner(notation.source(seed("only-widgets"))).text == ""


def test_thirteen_lines_leave_two_sentences_a_blank_line_apart(cleaner: Cleaner) -> None:
    lines = seed("thirteen-lines")
    first, last = (line.text for line in lines if line.mark == notation.KEPT and line.text)
    assert cleaner(notation.source(lines)).text == f"{first}\n\n{last}"


@pytest.fixture(scope="module")
def source() -> str:
    return notation.source(seed("agency-reuters-comment-box"))


@pytest.fixture(scope="module")
def result(source: str, cleaner: Cleaner) -> Result:
    return cleaner(source)


class TestAgencyStory:
    """The story that the project began with, in words of our own: all that is in it comes out as data."""

    def test_title(self, result: Result) -> None:
        assert result.title == "Rescue Crews Reach Cut-Off Valley Near Port Ansel"

    def test_byline(self, result: Result) -> None:
        assert result.byline == "Tomas Weller"

    def test_dateline(self, result: Result) -> None:
        assert result.dateline is not None
        assert re.fullmatch(r"VELLMAR, April 3( –)?", result.dateline)

    def test_caption(self, source: str, result: Result) -> None:
        (caption,) = result.captions
        assert caption.text.startswith("Volunteers carried flour")
        assert caption.text.endswith("after five days of rain.")
        assert (caption.credit, caption.agency) == ("Lina Harrow", "REUTERS")
        line = next(line for line in source.split("\n") if line.startswith("Volunteers"))
        assert source[caption.start : caption.end] == line

    def test_each_dropped_line_names_a_rule_of_a_pack(self, result: Result) -> None:
        rules = {rule.name for pack in builtin_packs() for rule in pack.rules}
        dropped = {span.text: span.rule for span in result.spans if span.action == "drop"}
        assert list(dropped) == ["Social Streams", "Facebook Comments", "Post a comment"]
        assert set(dropped.values()) <= rules

    def test_the_caption_is_three_spans_of_one_rule_each_of_its_part(self, result: Result) -> None:
        found = [span for span in result.spans if span.action == "caption"]
        assert {span.rule for span in found} == {"credit.any.wire"}
        assert [span.part for span in found] == [None, "agency", "name"]

    def test_spans_hold_the_words_of_the_source(self, source: str, result: Result) -> None:
        assert result.spans
        assert all(source[span.start : span.end] == span.text for span in result.spans)
        assert {span.action for span in result.spans if span.kept} == {"title", "byline", "dateline"}

    def test_text_is_the_lines_that_stay(self, result: Result) -> None:
        kept = [line for line in seed("agency-reuters-comment-box") if line.mark in " @" and line.text]
        assert result.text == "\n\n".join(line.text for line in kept)

    def test_a_hard_blank_beside_a_blank_is_mended(self, source: str, result: Result, cleaner: Cleaner) -> None:
        damaged = source.replace("smell of spilled", "smell of\u00a0 spilled")
        assert damaged != source
        mended = cleaner(damaged)
        assert mended.text == result.text
        assert mended.undo() == damaged
