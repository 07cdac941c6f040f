"""Datelines: where and when an agency filed, at the beginning of a paragraph."""

import pytest

from cleanwire.bylines.datelines import Datelines
from cleanwire.bylines.dates import Dates
from cleanwire.packs.load import builtin_packs

DATELINES = Datelines(builtin_packs(), Dates(builtin_packs()))


def read(line: str, *, lead: bool = False) -> tuple[str, str, str] | None:
    """Return the words of a dateline, what stands between them and the story, and the last part of the rule's name."""
    found = DATELINES.read(line, lead=lead)
    return found and (line[: found.stop], line[found.stop : found.story], found.rule.rpartition(".")[2])


FOUND = {
    "city and date": ("BEIRUT, April 3 - Troops left.", "BEIRUT, April 3", " - ", "cities"),
    "city, date, agency": ("BEIRUT, April 3 (Reuters) - Troops left.", "BEIRUT, April 3 (Reuters)", " - ", "wires"),
    "city and agency": ("Beirut (Reuters) - Troops left.", "Beirut (Reuters)", " - ", "wires"),
    "agency with a region": ("Berlin (dpa/lno) - Truppen ziehen ab.", "Berlin (dpa/lno)", " - ", "wires"),
    "two cities": ("PARIS/LONDON (Reuters) - Troops left.", "PARIS/LONDON (Reuters)", " - ", "wires"),
    "country": ("SAN JOSÉ, Costa Rica (AP) — Troops left.", "SAN JOSÉ, Costa Rica (AP)", " — ", "wires"),
    "city alone": ("OSLO — Troops left.", "OSLO", " — ", "cities"),
    "city and colon": ("OSLO: Troops left.", "OSLO", ": ", "cities"),
    "equals sign and quotation": ("NEW YORK, April 3 = “Troops left.", "NEW YORK, April 3", " = ", "cities"),
    "stop after the date": ("Athens, Feb. 3. - Troops left.", "Athens, Feb. 3.", " - ", "cities"),
    "unknown place and date": ("Hamburgo, April 3 — Troops left.", "Hamburgo, April 3", " — ", "place"),
    "unknown place, date, colon": ("HAMBURGO, April 3: Troops left.", "HAMBURGO, April 3", ": ", "place"),
    "indented": ("  BEIRUT, April 3 - Troops left.", "  BEIRUT, April 3", " - ", "cities"),
    "agency and place": ("(ANSA) - ROMA, 03 APR - Il governo", "(ANSA) - ROMA, 03 APR", " - ", "wires"),
    "agency in brackets": ("(ANSA) - Il governo", "(ANSA)", " - ", "wires"),
    "agency before a word that is no place": ("(ANSA) - MERCATO - Il governo", "(ANSA)", " - ", "wires"),
    "agency in square brackets": ("[AFP] Troops left.", "[AFP]", " ", "wires"),
    "agency between slashes": (
        "OSLO, April 3 /PRNewswire/ -- Troops left.",
        "OSLO, April 3 /PRNewswire/",
        " ",
        "wires",
    ),
    "agency after the dash": (
        "МОСКВА, 3 апр - РИА Новости. Правительство решило.",
        "МОСКВА, 3 апр - РИА Новости",
        ". ",
        "wires",
    ),
    "name after the dash": ("МОСКВА, 3 апр - Иван Орлов. Правительство.", "МОСКВА, 3 апр", " - ", "cities"),
    "form of a language": ("新华社北京4月3日电 市长说", "新华社北京4月3日电", " ", "east-asian"),
}


@pytest.mark.parametrize(("line", "words", "mark", "rule"), FOUND.values(), ids=FOUND)
def test_dateline(line: str, words: str, mark: str, rule: str) -> None:
    assert read(line) == (words, mark, rule)


LEAD_ONLY = {
    "place in capitals": "HAMBURGO — Troops left.",
    "four letters": "ABCD — Troops left.",
    "three words": "AB CD EF — Troops left.",
    "words after a comma": "HAMBURGO, the town — Troops left.",
}


@pytest.mark.parametrize("line", LEAD_ONLY.values(), ids=LEAD_ONLY)
def test_the_shape_counts_on_the_first_line_only(line: str) -> None:
    found = read(line, lead=True)
    assert found is not None
    assert found[1:] == (" — ", "place")
    assert read(line) is None


NONE = {
    "unknown agency": "BEIRUT (Ann Lee) - Troops left.",
    "place in small letters": "beirut (Reuters) - Troops left.",
    "city in small letters": "Beirut - Troops left.",
    "unknown place and colon": "HAMBURGO: Troops left.",
    "date and colon": "Hamburgo, April 3: Troops left.",
    "words after the date": "Hamburgo, April 3 so far — Troops left.",
    "word that is no place": "WATCH — Troops left.",
    "three letters": "ABC — Troops left.",
    "four words": "AB CD EF GH — Troops left.",
    "unknown agency in brackets": "(Ann Lee) - OSLO, April 3 - Il governo",
    "unknown agency between slashes": "OSLO, April 3 /Ann Lee/ -- Troops left.",
    "small letter after the dash": "BEIRUT, April 3 - troops left.",
    "nothing after the dash": "BEIRUT, April 3 -",
    "place alone": "BEIRUT",
    "too far from the beginning": "SAN JOSÉ, " + "Costa Rica, " * 10 + "April 3 (AP) — Troops left.",
    "nothing": "",
    "spaces": "   ",
}


@pytest.mark.parametrize("line", NONE.values(), ids=NONE)
def test_no_dateline(line: str) -> None:
    assert read(line, lead=True) is None


@pytest.mark.parametrize(
    "line",
    [
        "M.T. -- The disc is nearly gold.",
        "J.-P. – And then we will see.",
        "AMAZING EVENING- Great little spot! We went there twice.",
        "GRAND PRIX - WHAT A DAY in Larvik, and nobody slept.",
        "LARVIKFJORD - What a day! Nobody slept.",
    ],
)
def test_initials_and_shouts_are_no_places(line: str) -> None:
    assert read(line, lead=True) is None


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("OSLO (May 3) - The council voted on Monday.", "OSLO (May 3)"),
        ("Berlin (3. Mai 2024) – Der Rat hat getagt.", "Berlin (3. Mai 2024)"),
        ("PARIS (3 avril) — Le conseil a voté lundi.", "PARIS (3 avril)"),
        ("ROMA / MILANO (ANSA) - Il governo ha deciso lunedì.", "ROMA / MILANO (ANSA)"),
        ("BERLIN und PARIS (dpa) - Die Minister trafen sich.", "BERLIN und PARIS (dpa)"),
    ],
)
def test_two_places_and_a_date_in_brackets(line: str, dateline: str) -> None:
    found = DATELINES.read(line, lead=True)
    assert found
    assert line[: found.stop] == dateline


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee (3 May 1950) – She was the first woman who sailed alone.",
        "LARVIK (founded 3 May 1671) – A town with a harbour.",
        "OSLO (the harbour) - The council voted on Monday.",
    ],
)
def test_what_else_stands_in_brackets_is_no_dateline(line: str) -> None:
    assert DATELINES.read(line, lead=True) is None


def test_a_date_in_brackets_opens_only_the_first_paragraph() -> None:
    assert DATELINES.read("OSLO (May 3) - The council voted on Monday.", lead=False) is None
