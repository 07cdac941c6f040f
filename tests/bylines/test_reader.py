"""Short lines that say who wrote a story, and when."""

import pytest

from cleanwire.bylines.marks import BARE, Mark, pieces
from cleanwire.bylines.reader import Bylines
from cleanwire.packs.load import builtin_packs

BYLINES = Bylines(builtin_packs())


def read(line: str) -> str | None:
    """Return the marks of a line, each after its part or action, "sure" or "doubtful" first."""
    reading = BYLINES.read(line)
    if reading is None:
        return None
    marks = [f"{mark.part or mark.action} {line[mark.start : mark.stop]}" for mark in reading.marks]
    return " | ".join(["sure" if reading.sure else "doubtful", *marks])


FOUND = {
    # labels
    "label and name": ("By Ann Lee", "sure | label By | byline Ann Lee"),
    "colon": ("Autor: Anna Berg", "sure | label Autor | byline Anna Berg"),
    "label of two words": ("Written by Lenn", "sure | label Written by | byline Lenn"),
    "glued": ("ByAnn Lee", "sure | label By | byline Ann Lee"),
    "one name after a colon": ("By: Lenn", "sure | label By | byline Lenn"),
    "one name after a plain label": ("By Lenn", "doubtful | label By | byline Lenn"),
    "agency after a plain label": ("By Reuters", "sure | label By | byline Reuters"),
    "agency with its article": ("By The Associated Press", "sure | label By | byline The Associated Press"),
    "paper with an article": ("Par Le Journal", "doubtful | label Par | byline Le Journal"),
    "name without case": ("文：王敏", "sure | label 文： | byline 王敏"),
    "account after a label of two words": ("Written by lenn_r", "sure | label Written by | byline lenn_r"),
    "label alone": ("By", "doubtful | label By"),
    "label and colon alone": ("Written by:", "doubtful | label Written by"),
    "marks around": ("— By Ann Lee |", "sure | label By | byline Ann Lee"),
    "two names": ("By Ann Lee and Bo Roe", "sure | label By | byline Ann Lee and Bo Roe"),
    "particles": ("Von Anna von der Berg", "sure | label Von | byline Anna von der Berg"),
    "hard space": ("By\u00a0Ann Lee", "sure | label By | byline Ann Lee"),
    # roles
    "role": ("By Ann Lee, Staff Writer", "sure | label By | byline Ann Lee | role Staff Writer"),
    "role without a comma": ("By Ann Lee Staff Writer", "sure | label By | byline Ann Lee | role Staff Writer"),
    "role in small letters": ("By Ann Lee, staff writer", "sure | label By | byline Ann Lee | role staff writer"),
    "agency as role": ("By Ann Lee, Associated Press", "sure | label By | byline Ann Lee | agency Associated Press"),
    "one name and its role": ("By Lenn, Staff Writer", "sure | label By | byline Lenn | role Staff Writer"),
    "place": ("By Ann Lee, Berlin", "sure | label By | byline Ann Lee | role Berlin"),
    "two places are names": ("By Ann Lee, New York", "sure | label By | byline Ann Lee, New York"),
    "paper": ("By Ann Lee for the Chronicle", "sure | label By | byline Ann Lee | role the Chronicle"),
    "number": ("By Ann Lee 3 min read", "sure | label By | byline Ann Lee | role 3 min read"),
    "bare role": ("Ann Lee, Staff Writer", "sure | byline Ann Lee | role Staff Writer"),
    "role glued to a name": ("Ann LeighStaff Writer", "sure | byline Ann Leigh | role Staff Writer"),
    "role with attributes": ("Ann Lee, Chief Political Editor", "sure | byline Ann Lee | role Chief Political Editor"),
    "role after a dash": ("Ann Lee – Journaliste", "sure | byline Ann Lee | role Journaliste"),
    "place after a weak label": ("From Ann Lee, Oslo", "sure | label From | byline Ann Lee | role Oslo"),
    "paper with its article": ("By Ann Lee, The Gazette", "sure | label By | byline Ann Lee | role The Gazette"),
    "paper after a capital": ("By Ann Lee For the Gazette", "sure | label By | byline Ann Lee | role the Gazette"),
    "address of mail": ("By Ann Lee ann@town.org", "sure | label By | byline Ann Lee | role ann@town.org"),
    "account": ("By Ann Lee @annlee", "sure | label By | byline Ann Lee | role @annlee"),
    "agency after a word": ("Par Ann Lee avec AFP", "sure | label Par | byline Ann Lee | agency AFP"),
    "name and agency": (
        "By Ann Lee and The Associated Press",
        "sure | label By | byline Ann Lee | agency The Associated Press",
    ),
    "place before a role": (
        "By Ann Lee and Bo Roe, Oslo correspondent",
        "sure | label By | byline Ann Lee and Bo Roe | role Oslo correspondent",
    ),
    "attributes of a role": ("Ann Lee Deputy Political Editor", "sure | byline Ann Lee | role Deputy Political Editor"),
    "role in Cyrillic": ("Анна Ли, корреспондент", "sure | byline Анна Ли | role корреспондент"),
    "roles of several": (
        "Ann Lee and Bo Roe | Guest Columnists",
        "sure | byline Ann Lee and Bo Roe | role Guest Columnists",
    ),
    "paper after a bar": ("Ann Lee | The Oslo Newsroom", "sure | byline Ann Lee | role The Oslo Newsroom"),
    "domain of a paper": ("Ann Lee, town.lt", "sure | byline Ann Lee | role town.lt"),
    "desk after a label": ("By News Desk", "sure | label By | byline News Desk"),
    "desk": ("Harbour Newsroom", "doubtful | byline Harbour Newsroom"),
    "desk in one word": ("TB-Redaktion", "doubtful | byline TB-Redaktion"),
    # no label
    "names with a bar": ("Ann Lee | Bo Roe", "doubtful | byline Ann Lee | Bo Roe"),
    "count after a name": ("Ann Lee 7 hours", "doubtful | byline Ann Lee"),
    "account after a name": ("Ann Lee@annlee", "doubtful | byline Ann Lee"),
    "bare name": ("Ann Lee", "doubtful | byline Ann Lee"),
    "bare names": ("Ann Lee, Bo Roe & Cy Fay", "doubtful | byline Ann Lee, Bo Roe & Cy Fay"),
    "particle first": ("van der Berg", None),
    "particle second": ("Anna von Berg", "doubtful | byline Anna von Berg"),
    "apostrophe": ("Anna d'Oro", "doubtful | byline Anna d'Oro"),
    # dates
    "date": ("May 4, 2021", "sure | date May 4, 2021"),
    "date with a time to read": ("May 4, 2021 | 3 min read", "sure | date May 4, 2021 | 3 min"),
    "name before a date": ("Ann Lee, May 4, 2021", "sure | byline Ann Lee | date May 4, 2021"),
    "name after a date": ("May 4, 2021 | Ann Lee", "sure | date May 4, 2021 | byline Ann Lee"),
    "label before a date": ("By Ann Lee | May 4, 2021", "sure | label By | byline Ann Lee | date May 4, 2021"),
    "name beside a month": ("March 2025 Ann Lee", "sure | other March 2025"),
    "name beside a day": ("Ann Lee, May 4", "doubtful | byline Ann Lee | date May 4"),
    "family name that is a month": (
        "By Ann May on June 4, 2021",
        "sure | label By | byline Ann May | date on June 4, 2021",
    ),
    "weekday before a date": ("Ann Lee Tuesday, May 4, 2021", "sure | byline Ann Lee | date Tuesday, May 4, 2021"),
    "full stop before a date": (
        "By Ann Lee. Updated May 4, 2021",
        "sure | label By | byline Ann Lee | date Updated May 4, 2021",
    ),
    "field with a label": (
        "May 4, 2021 · 3 min read · By Ann Lee",
        "sure | date May 4, 2021 · 3 min | label By | byline Ann Lee",
    ),
    "field with a label in Chinese": (
        "2021-05-04 来源：港口报 作者：王敏",
        "sure | date 2021-05-04 | label 作者： | byline 王敏",
    ),
    "field beside counts": (
        "May 4, 2021 · 3 min read · 60 words · Ann Lee",
        "sure | date May 4, 2021 · 3 min | byline Ann Lee",
    ),
    "label without a name": ("By on May 4, 2021", "sure | date on May 4, 2021"),
    "names on both sides": ("Ann Lee May 4, 2021 Bo Roe", None),
    "name and words": ("Ann Lee May 4, 2021 Troops left it", None),
}


@pytest.mark.parametrize(("line", "expected"), FOUND.values(), ids=FOUND)
def test_reading(line: str, expected: str) -> None:
    assert read(line) == expected


NONE = {
    "weak label and a name": "From Ann Lee",
    "preposition first": "In Local News",
    "one bare name": "Lenn",
    "sentence": "Ann Lee said so",
    "verb second": "He said Ann",
    "small letters": "ann lee",
    "title": "The Bridge",
    "word of a menu": "Read More",
    "date word": "May Day",
    "credit": "Ann Lee/Reuters",
    "sentence after a label": "By Ann Lee said so.",
    "words after a label": "By the end of the day",
    "ten words after a name": "By Ann Lee, one of the ten who stood on this old bridge",
    "bare name and words": "Ann Lee, who stood there",
    "two sections with a bar": "Home | Harbour News",
    "words with a bar": "Ann Lee | and more",
    "letter": "A",
    "nothing": "",
    "date in a sentence": "They left the town on May 4, 2021.",
    "date and a comma": "On May 4, 2021, troops",
    "day among words": "See you May 4",
}


@pytest.mark.parametrize("line", NONE.values(), ids=NONE)
def test_no_reading(line: str) -> None:
    assert read(line) is None


def test_label_alone_has_the_scope_of_its_rule() -> None:
    by, authors = BYLINES.read("By"), BYLINES.read("Authors")
    assert by is not None
    assert authors is not None
    assert (by.label, authors.label) == ("line", "block")


def test_bare_name_has_a_rule_of_its_own() -> None:
    reading = BYLINES.read("Ann Lee")
    assert reading is not None
    assert {mark.rule for mark in reading.marks} == {BARE}
    assert reading.has("byline")
    assert not reading.has("date")


def test_lines_without_cues_read_alike() -> None:
    assert BYLINES.read_bare("Ann Lee") == BYLINES.read("Ann Lee")


def test_pieces_leave_no_gap() -> None:
    marks = [Mark(0, 2, "byline", "by", "label"), Mark(3, 10, "byline", "by")]
    assert [piece.stop for piece in pieces(marks, 12)] == [3, 12]


def test_a_time_of_day_is_not_the_date_of_the_article() -> None:
    reading = BYLINES.read("Published at 10:30")
    assert reading is not None
    assert [mark.part for mark in reading.marks] == ["other"]


def test_the_story_shows_a_name_and_the_place_where_its_owner_writes() -> None:
    story = "the council of oslo closed the bridge after a long winter."
    found = BYLINES.read_located("Ann Lee in Oslo", story)
    assert found is not None
    assert [(mark.start, mark.stop, mark.part) for mark in found.marks] == [(0, 7, None), (11, 15, "role")]
    assert BYLINES.read_located("Long Winter in Oslo", story) is None
    assert BYLINES.read_located("Ann Lee in Bergen", story) is None
