"""Captions and credits against gold ones, with a filter that extracts given parts."""

from typing import Any

import pytest

from benchmarks.quality.captions import MISFILED, RIGHT, UNKNOWN, WRONG, Page, read_page
from benchmarks.quality.credits import right
from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.edit import Action, Edit, Part
from cleanwire.spans import Caption

PROSE = "The ferry left at noon and the harbour was empty."
RULE = "credit.any.slash"


class Spans:
    """Cut each part once, as a caption by default."""

    name = "spans"

    def __init__(self, *parts: tuple[str, Part | None], action: Action = "caption") -> None:
        self.parts, self.action = parts, action

    def __call__(self, doc: Document, /) -> list[Edit]:
        found = []
        for words, part in self.parts:
            start = doc.text.find(words)
            if start >= 0:
                found.append(Edit(start, start + len(words), "", self.action, RULE, part))
        return found


def row(*lines: tuple[str, str], **caption: Any) -> dict[str, Any]:
    texts = [{"t": text, "label": label, "in_gt": 1.0 if label == "body" else 0.0} for text, label in lines]
    captions = [{"line": 0, "t": lines[0][0], "certain": "gold", "credits": [], **caption}] if caption else []
    return {"id": "p", "page_type": "article", "body_src": "gt", "lines": texts, "captions": captions}


def read(page: dict[str, Any], *parts: tuple[str, Part | None], action: Action = "caption") -> Page:
    return read_page(Cleaner(filters=(Spans(*parts, action=action),)), page)


LINE = "A bridge at dawn. Ann Lee/Reuters"
GOLD = [{"start": 18, "end": 33, "text": "Ann Lee/Reuters", "by": "gold"}]
PARTS: tuple[tuple[str, Part | None], ...] = (("A bridge at dawn. ", None), ("Ann Lee/", "name"), ("Reuters", "agency"))


def test_a_caption_with_its_credit_is_found_exact_and_right() -> None:
    found = read(row((LINE, "caption"), (PROSE, "body"), credits=GOLD), *PARTS)
    (find,), (cut,), (credit,) = found.finds, found.cuts, found.credits
    assert (find.cue, find.found, find.whole) == ("credit in line", True, True)
    assert (cut.kind, cut.verdict) == ("caption line", RIGHT)
    assert (credit.found, credit.exact, credit.right) == (True, True, True)
    assert found.prose == 0


def test_a_caption_that_stays_or_is_dropped_is_not_found() -> None:
    page = row((LINE, "caption"), (PROSE, "body"), credits=GOLD)
    assert not read(page).finds[0].found
    assert not read(page, (LINE, None), action="drop").finds[0].found


def test_names_in_the_wrong_place_are_found_but_not_right() -> None:
    swapped: tuple[tuple[str, Part | None], ...] = (PARTS[0], ("Ann Lee/", "agency"), ("Reuters", "name"))
    (credit,) = read(row((LINE, "caption"), credits=GOLD), *swapped).credits
    assert (credit.found, credit.exact, credit.right) == (True, True, False)


def test_half_a_credit_is_not_exact() -> None:
    (credit,) = read(row((LINE, "caption"), credits=GOLD), PARTS[0], PARTS[2]).credits
    assert (credit.found, credit.exact, credit.right) == (True, False, False)


@pytest.mark.parametrize(
    ("label", "verdict"),
    [("credit", RIGHT), ("body", WRONG), ("title", WRONG), ("footer", MISFILED), ("other", UNKNOWN)],
)
def test_a_line_that_goes_is_judged_by_its_label(label: str, verdict: str) -> None:
    found = read(row(("Ann Lee/Reuters", label), (PROSE, "other")), *PARTS[1:])
    (cut,) = found.cuts
    assert (cut.kind, cut.verdict) == ("credit-only line", verdict)
    assert found.prose == (label == "body")


def test_a_credit_taken_off_a_paragraph_is_no_line_of_prose_lost() -> None:
    found = read(row((f"{PROSE} Ann Lee/Reuters", "body")), *PARTS[1:])
    assert found.cuts[0].kind == "credit in a line"
    assert found.prose == 0


@pytest.mark.parametrize(
    ("caption", "cue"),
    [
        ({"t": "Figure 2. A queue", "certain": "figcaption"}, "label in line"),
        ({"t": "Ein Feld (Symbolbild)", "certain": "figcaption"}, "label in line"),
        ({"t": "Figure skating", "certain": "figcaption"}, "none"),
        ({"t": "A bridge", "certain": "figcaption", "credit_line": 1}, "credit on next line"),
    ],
)
def test_a_cue_is_told_from_the_caption(caption: dict[str, Any], cue: str) -> None:
    assert read(row((caption["t"], "caption"), ("Ann Lee", "credit"), **caption)).finds[0].cue == cue


@pytest.mark.parametrize(
    ("gold", "name", "agency", "verdict"),
    [
        ("Foto: Jan Reuter/dpa", "Jan Reuter", "dpa", True),
        ("© dpa | Jens Kern", "Jens Kern", "dpa", True),
        ("AFP via Getty Images", None, "AFP / Getty Images", True),
        ("AFP via Getty Images", "AFP", "Getty Images", False),
        ("Foto: Privat", "Privat", None, True),
        ("Foto: Privat", None, "Privat", True),
        ("Ann Lee/Reuters", "Ann", "Reuters", False),
        ("Ann Lee/Reuters", "Ann Lee Reuters", None, False),
        ("Handout/Coast Guard/AFP", "Coast Guard", "AFP", True),
    ],
)
def test_name_and_agency_are_right(gold: str, name: str | None, agency: str | None, verdict: bool) -> None:
    assert right(Caption("", name, agency, 0, 1), gold) is verdict
