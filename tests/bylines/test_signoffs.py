"""Agency sign-offs: who else worked on a story, at the end of a line or on a line of its own."""

import pytest

from cleanwire.bylines.signoffs import Signoffs
from cleanwire.packs.load import builtin_packs

SIGNOFFS = Signoffs(builtin_packs())
STORY = "The road is open."


def read(line: str) -> tuple[str, bool] | None:
    """Return what stands before a sign-off, and whether it is sure."""
    found = SIGNOFFS.read(line)
    return found and (line[: found.start], found.sure)


FOUND = {
    "button behind the story": (f"{STORY} E-mail to a friend", STORY, True),
    "button with a stop of its own": (f"{STORY} E-mail to a friend .", STORY, True),
    "button behind speech": ("“We left.” Share this story", "“We left.”", True),
    "brackets": (f"{STORY} (Reporting by Ann Lee; Editing by Bo Roe)", STORY, True),
    "one clause in brackets": (f"{STORY} (Reporting by Ann Lee)", STORY, True),
    "stop after brackets": (f"{STORY} (Reporting by Ann Lee).", STORY, True),
    "comma after square brackets": (f"{STORY} [Reporting by Ann Lee],", STORY, True),
    "square brackets": (f"{STORY} [Reporting by Ann Lee]", STORY, True),
    "wide brackets": (f"{STORY}（Reporting by Ann Lee）", STORY, True),
    "clause without a label in brackets": ("(Reporting by Ann Lee; Bo Roe in Berlin)", "", True),
    "comma before a label": ("(Reporting by Ann Lee in Oslo, editing by Bo Roe)", "", True),
    "name with a particle": ("(Reporting by al-Amin)", "", True),
    "indented, in brackets": (f"  {STORY} (Reporting by Ann Lee)", f"  {STORY}", True),
    "indented": ("  Reporting by Ann Lee", "", False),
    "one clause": ("Reporting by Ann Lee", "", False),
    "two clauses": ("Reporting by Ann Lee; Editing by Bo Roe", "", True),
    "two sentences": ("Reporting by Ann Lee. Editing by Bo Roe.", "", True),
    "additional": ("Reporting by Ann Lee; additional reporting by Bo Roe", "", True),
    "one label of two words": ("Additional reporting by Ann Lee", "", False),
    "joining words": ("Reporting by Ann Lee and Bo Roe in the Oslo newsroom", "", False),
    "colon": ("Reporting by: Ann Lee", "", False),
    "capitals": ("REPORTING BY ANN LEE", "", False),
    "German": ("(Bericht von Anna Lehmann, redigiert von Bo Röhl)", "", True),
}


@pytest.mark.parametrize(("line", "before", "sure"), FOUND.values(), ids=FOUND)
def test_signoff(line: str, before: str, sure: bool) -> None:
    assert read(line) == (before, sure)


NONE = {
    "sentence": "Reporting by night is hard, she said.",
    "button within a sentence": "She sent it by E-mail to a friend",
    "sentence in brackets": f"{STORY} (Reporting by night)",
    "name in brackets": f"{STORY} (Ann Lee)",
    "label not first": "(Ann Lee; reporting by Bo Roe)",
    "clause without a label": "Reporting by Ann Lee; Bo Roe",
    "second clause of words": "(Reporting by Ann Lee; editing by night)",
    "label alone": "Reporting by",
    "label and colon alone": "Reporting by:",
    "label alone in brackets": "(Reporting by)",
    "longer word": "Reporting bylaws",
    "closing bracket only": "Reporting by Ann Lee)",
    "too long": "Reporting by " + "Ann Lee, " * 70,
    "too long in brackets": "(Reporting by " + "Ann Lee, " * 70 + "Bo)",
    "after a story without brackets": f"{STORY} Reporting by Ann Lee",
    "nothing": "",
    "spaces": "   ",
}


@pytest.mark.parametrize("line", NONE.values(), ids=NONE)
def test_no_signoff(line: str) -> None:
    assert read(line) is None


def test_the_first_label_names_the_rule() -> None:
    found = SIGNOFFS.read("(Bericht von Anna Lehmann; Editing by Bo Roe)")
    assert found is not None
    assert found.rule == "tail.de.desk"


def test_without_labels_nothing_is_a_signoff() -> None:
    assert Signoffs([]).read(f"{STORY} (Reporting by Ann Lee)") is None
