"""Broken words, ligatures and pages are joined; what is meant to be apart stays apart."""

import pytest

from benchmarks.speed.growth import growth
from benchmarks.tools.counting import cost
from cleanwire import ARTICLE, Cleaner
from cleanwire.document import Document
from cleanwire.filters import PrintFilter

CLEANER = Cleaner([PrintFilter(), *ARTICLE])


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("The har-\nbour is open.", "The harbour is open."),
        ("The har\u00ac\n  bour is open.", "The harbour is open."),
        ("A har-\nbour-\nmaster left.", "A harbourmaster left."),
        ("A well-known pier, a well-\nknown boat.", "A well-known pier, a well-known boat."),
        ("Our left wing and our left-\nwing press, one wing.", "Our left wing and our left-\nwing press, one wing."),
        ("North-\nSouth, 1914-\n1918, see -\nthis.", "North-\nSouth, 1914-\n1918, see -\nthis."),
        ("Of\ufb01cial \ufb02oods, e\ufb00ects", "Official floods, effects"),
    ],
)
def test_words_are_joined(text: str, clean: str) -> None:
    assert CLEANER(text).text == clean


def pages(*bodies: str) -> str:
    texts = (f"The Osthaven Review, vol. {n}\n{body}\n- {n + 40} -\n" for n, body in enumerate(bodies, 1))
    return "\f".join(texts)


def test_heads_numbers_and_page_breaks_go() -> None:
    text = pages("The ferry left at noon with the old har-", "bour crew on board.", "It came back\nat night.")
    result = CLEANER(text)
    assert result.text == "The ferry left at noon with the old harbour crew on board.\nIt came back\nat night.\n"
    rules = {edit.rule for step in result.steps for edit in step.edits}
    assert rules >= {"print.head", "print.page-number", "print.page-break", "print.hyphen"}
    assert result.undo() == text


def test_a_line_that_goes_is_not_repaired_as_well() -> None:
    page = "The Osthaven Of\ufb01ce re-\nview of\ufb01ce.\nBody {}\nThe of\ufb01cial ending\n"
    text = "\f".join(page.format(number) for number in ("one", "two", "three"))
    result = CLEANER(text)
    assert result.text == "view office.\nBody one\nview office.\nBody two\nview office.\nBody three\n"
    assert result.undo() == text


def test_a_page_has_lines_where_its_text_has_line_ends() -> None:
    text = "\f".join(f"The Osthaven Review\x1cvol. {number}\nBody {number * 7}\nEnd {number}\n" for number in (1, 2, 3))
    heads = [text[edit.start : edit.stop] for edit in PrintFilter()(Document(text)) if edit.rule == "print.head"]
    assert heads[0] == "The Osthaven Review\x1cvol. 1\n"


def test_lines_of_two_pages_and_lines_that_differ_stay() -> None:
    text = pages("The ferry left.", "It came back.")
    assert {edit.rule for edit in PrintFilter()(Document(text))} == {"print.page-break"}
    text = "One pier.\nTwo.\n\fThree boats.\nFour.\n\fFive men.\nSix.\n"
    assert {edit.rule for edit in PrintFilter()(Document(text))} == {"print.page-break"}


def test_no_chain_has_it_and_plain_data_names_it() -> None:
    assert not any(isinstance(each, PrintFilter) for each in ARTICLE)
    assert Cleaner.from_dict(CLEANER.to_dict()) == CLEANER
    assert Cleaner(CLEANER.filters, skip=["print.hyphen"])("The har-\nbour.").text == "The har-\nbour."


@pytest.mark.parametrize("unit", ["har-\nbour ", "a-\n", "\f", "A head\nx\n\f", "\ufb01", "1\nx\n2\n\f"])
def test_hostile_print_costs_linearly(unit: str) -> None:
    def count(copies: int) -> int:
        return sum(cost(lambda: list(PrintFilter()(Document(unit * copies)))))

    assert growth(count, 1_000, 4_000) < 1.25
