"""Names and agencies with separators between them, and what is neither."""

import pytest

from cleanwire.credits.labels import Labels
from cleanwire.credits.lexicon import Lexicon
from cleanwire.credits.makers import Makers, name_before
from cleanwire.packs.load import builtin_packs

LEXICON = Lexicon(builtin_packs())
SIGNS = {"name": "n", "agency": "a", "note": "-"}
MAKERS = Makers(LEXICON, Labels(LEXICON))


def read(line: str, *, labelled: bool, lower_case: bool = False) -> str | None:
    """Return the mentions of a line, each with a sign of its kind, a dash for a note: "n Ann Lee | a AFP | - File"."""
    mentions = MAKERS.read(line, 0, len(line), labelled=labelled, lower_case=lower_case)
    if mentions is None:
        return None
    return " | ".join(f"{SIGNS[mention.kind]} {line[mention.start : mention.stop].strip()}" for mention in mentions)


AFTER_A_LABEL = {
    "name": ("Ann Lee", "n Ann Lee"),
    "slash": ("Ann Lee/AFP", "n Ann Lee | a AFP"),
    "comma": ("Дмитрий Орлов, ТАСС", "n Дмитрий Орлов | a ТАСС"),
    "Arabic comma": ("أحمد سالم، رويترز", "n أحمد سالم | a رويترز"),
    "middle dot": ("山田花子・ロイター", "n 山田花子・ロイター"),
    "bar": ("dpa | Peter Lang", "a dpa | n Peter Lang"),
    "via": ("Ann Lee via Getty Images", "n Ann Lee | a Getty Images"),
    "für": ("Anna Berg für dpa", "n Anna Berg | a dpa"),
    "auf": ("Anna Berg auf Unsplash", "n Anna Berg | a Unsplash"),
    "dash": ("Ann Lee – AFP", "n Ann Lee | a AFP"),
    "brackets": ("Ann Lee (AP)", "n Ann Lee | a AP"),
    "agency in another case": ("Ann Lee/GETTY IMAGES", "n Ann Lee | a GETTY IMAGES"),
    "agency after a name without a separator": ("Ann Lee AFP", "n Ann Lee | a AFP"),
    "two words before an agency are too few": ("Ann AFP", "n Ann AFP"),
    "licence": ("Ann Lee (CC BY 2.0)", "n Ann Lee | - CC BY 2.0"),
    "number": ("Ann Lee/2", "n Ann Lee | - 2"),
    "year before a name": ("2019 Ann Lee", "n Ann Lee"),
    "range of years before a name": ("2019-2021 Ann Lee", "n Ann Lee"),
    "label within": ("Oslo Harbour/Photo: Ann Lee", "n Oslo Harbour | n Ann Lee"),
    "particles": ("the estate of Ann van der Lee", "n the estate of Ann van der Lee"),
    "maker that is no person": ("Ann Lee and family", "n Ann Lee and family"),
    "last word in small letters": ("Ann Lee and the", "n Ann Lee and the"),
    "paper by its last word": ("Ann Lee/Port Ansel Chronicle", "n Ann Lee | a Port Ansel Chronicle"),
    "account": ("@annlee_", "n @annlee_"),
    "small name beside an agency": ("ann lee/AFP", "n ann lee | a AFP"),
    "note alone is the maker": ("arkivfoto", "n arkivfoto"),
    "no spaces between words": ("山田花子", "n 山田花子"),
    "fourteen words": (
        "Ann / Bo / Cy / Di / Ed / Fay / Gus Hal",
        "n Ann | n Bo | n Cy | n Di | n Ed | n Fay | n Gus Hal",
    ),
    "eight words": ("Ann Bo Cy Di Ed Fay Gus Hal", "n Ann Bo Cy Di Ed Fay Gus Hal"),
}


@pytest.mark.parametrize(("line", "mentions"), AFTER_A_LABEL.values(), ids=AFTER_A_LABEL)
def test_makers_after_a_label(line: str, mentions: str) -> None:
    assert read(line, labelled=True) == mentions


NOT_AFTER_A_LABEL = {
    "words in small letters": "a view of the town",
    "small name without an agency": "ann lee",
    "nine words": "Ann Bo Cy Di Ed Fay Gus Hal Ike",
    "fifteen words": "Ann / Bo / Cy / Di / Ed / Fay / Gus / Hal",
    "question": "Who is Ann?",
    "colon in a small name": "ann: lee/AFP",
    "colon in a name": "Ann: Lee",
    "three small words beside an agency": "a small town/AFP",
    "marks only": " - ",
    "number only": "2019",
    "long word": "a" * 41,
    "nothing": "",
}


@pytest.mark.parametrize("line", NOT_AFTER_A_LABEL.values(), ids=NOT_AFTER_A_LABEL)
def test_words_after_a_label_that_are_no_makers(line: str) -> None:
    assert read(line, labelled=True) is None


def test_small_letters_count_where_the_label_allows_them() -> None:
    assert read("ann lee", labelled=True, lower_case=True) == "n ann lee"


WITHOUT_A_LABEL = {
    "slash": ("REUTERS/Ann Lee", "a REUTERS | n Ann Lee"),
    "via": ("Ann Lee/AFP via Getty Images", "n Ann Lee | a AFP | a Getty Images"),
    "copyright sign": ("Ann Lee © dpa", "n Ann Lee | a dpa"),
    "note after a comma": ("AP Photo/Ann Lee, File", "a AP Photo | n Ann Lee | - File"),
    "wide letters": ("ＡＰ", "a ＡＰ"),
    "article": ("the Associated Press", "a the Associated Press"),
    "address": ("Reuters.com", "a Reuters.com"),
    "agency with a region": ("Getty Images North America", "a Getty Images North America"),
    "files": ("Reuters files", "a Reuters files"),
    "paper": ("Ann Lee/Oslo Herald", "n Ann Lee | a Oslo Herald"),
    "last name with a particle": ("Ann van der Berg/AP", "n Ann van der Berg | a AP"),
    "four words": ("Ann Bo Cy Di/AP", "n Ann Bo Cy Di | a AP"),
}


@pytest.mark.parametrize(("line", "mentions"), WITHOUT_A_LABEL.values(), ids=WITHOUT_A_LABEL)
def test_makers_without_a_label(line: str, mentions: str) -> None:
    assert read(line, labelled=False) == mentions


NOT_WITHOUT_A_LABEL = {
    "agency in another case": "shutterSTOCK and more",
    "comma": "Ann Lee, Bo Roe",
    "comma before words": "Ann Lee, the mayor/AP",
    "byline": "By Ann Lee/AP",
    "five words": "Ann Bo Cy Di Ed/AP",
    "particle of an author only": "Ann and Bo/AP",
    "last word in small letters": "Ann van/AP",
    "small name": "ann lee/AP",
    "note alone": "arkivfoto",
    "three words after an agency": "Getty Images one Two Three",
    "small word after an agency": "Reuters said",
}


@pytest.mark.parametrize("line", NOT_WITHOUT_A_LABEL.values(), ids=NOT_WITHOUT_A_LABEL)
def test_words_without_a_label_that_are_no_makers(line: str) -> None:
    assert read(line, labelled=False) is None


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("REUTERS/Ann Lee", 1),
        ("Getty Images/lenn", 1),
        ("Ann Lee/AFP/Getty Images", 2),
        ("AP/Lenn", 1),
        ("Oslo Herald/Lenn", 0),
        ("AP/2Lenn", 0),
        ("AP/IB", 0),
        ("AP/LENN", 0),
        ("AP/x-Ray", 0),
        ("AP/Story", 0),
        ("AP/APAF Fellows", 0),
        ("AP/OMAR ADEL", 1),
        ("AP/Ann Lee", 1),
        ("Ann Lee/Bo Roe", 0),
    ],
)
def test_agencies_count_beside_names_of_persons(line: str, count: int) -> None:
    mentions = MAKERS.read(line, 0, len(line), labelled=False)
    assert len(MAKERS.agencies(line, mentions or [])) == count


@pytest.mark.parametrize(
    ("text", "loose", "known"),
    [
        ("AFP", False, True),
        ("afp", False, False),
        ("afp", True, True),
        ("The Associated Press", False, True),
        ("A Associated Press", False, False),
        ("Shutterstock.com", False, True),
        ("Shutterstock.org", False, True),
        ("Shutterstock.xyz", False, False),
        ("Ann Lee.com", False, False),
        ("Reuters Pool", False, True),
        ("Reuters Berlin", False, True),
        ("Reuters South Asia", False, True),
        ("Reuters Ann Lee", False, False),
        ("Getty Images Ann Lee", False, True),
        ("Getty Images One Two Three", False, False),
        ("Reuters", False, True),
        ("Lee Reuters", False, False),
    ],
)
def test_agency(text: str, loose: bool, known: bool) -> None:
    assert (MAKERS.agency(text, loose=loose) is not None) is known


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("in Port Ansel Tom Weller", "Tom Weller"),
        ("in Port Ansel Tom J. Weller", "Tom J. Weller"),
        ("in Port Ansel Tom Weller Jr.", "Tom Weller Jr."),
        ("the gate Ann van der Lee", None),
        ("the gate Ann Van Lee", "Ann Van Lee"),
        ("the gate said Lee", None),
        ("in Port 3D Lee", None),
        ("Lee", None),
        ("Ann Lee", "Ann Lee"),
        ("J. Lee", "J. Lee"),
    ],
)
def test_name_before(line: str, name: str | None) -> None:
    start = name_before(line, LEXICON.words, 0, len(line))
    assert (None if start is None else line[start:]) == name


def test_name_before_starts_after_the_low_end() -> None:
    assert name_before("Ann Lee Bo Roe", LEXICON.words, 8, 14) == 8
    assert name_before("Ann Lee Bo Roe", LEXICON.words, 11, 14) is None
