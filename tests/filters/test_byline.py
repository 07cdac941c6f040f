"""Title, byline, dateline, date and agency tail: named where they stand, left alone where they only seem to."""

import pytest

from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.filters.byline import BylineFilter
from cleanwire.result import Result

STORY = (
    "The council voted on Monday to close the old bridge for a year.\n\n"
    "Two ferries will carry the traffic until the new pillars stand, the mayor said."
)
TITLE = "Council closes the old bridge for a year"


def read(head: str = "", tail: str = "", story: str = STORY) -> Result:
    return Cleaner(filters=(BylineFilter(),))("\n\n".join(filter(None, (TITLE, head, story, tail))))


def test_the_headline_is_the_title() -> None:
    assert read().title == TITLE


def test_no_title_without_a_story() -> None:
    assert Cleaner(filters=(BylineFilter(),))("Home\nNews\nAll our stories of the week").title is None


def test_a_story_without_a_headline_has_no_title() -> None:
    assert Cleaner(filters=(BylineFilter(),))(STORY).spans == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("BY ANN LEE", "ANN LEE"),
        ("by Ann Lee", "Ann Lee"),
        ("ByAnn Lee", "Ann Lee"),
        ("By: Ann Lee", "Ann Lee"),
        ("By\u00a0Ann Lee", "Ann Lee"),
        ("Written by Ann Lee", "Ann Lee"),
        ("By Ann Lee and Bo Roe", "Ann Lee and Bo Roe"),
        ("By Ann Lee, Bo Roe and Cy Dee", "Ann Lee, Bo Roe and Cy Dee"),
        ("By Ann Lee, Reuters", "Ann Lee"),
        ("By Ann Lee, Oslo", "Ann Lee"),
        ("By Ann Lee | Special to the Harbour Post", "Ann Lee"),
        ("By Ann Lee Staff Writer", "Ann Lee"),
        ("By Ann de la Cruz-O'Neil Jr.", "Ann de la Cruz-O'Neil Jr."),
        ("By J. R. van der Berg", "J. R. van der Berg"),
        ("By Omar al-Amin", "Omar al-Amin"),
        ("By The Associated Press", "The Associated Press"),
        ("By AP", "AP"),
        ("By Ann LeePublished: Jan 29, 2025", "Ann Lee"),
        ("By Ann Lee Updated Nov 13, 2019, 10:28am EST", "Ann Lee"),
        ("May 3, 2017 By Ann Lee 4 Comments", "Ann Lee"),
        ("Posted by annlee on May 3, 2017 at 9:30 am", "annlee"),
        ("Ann Lee · March 3, 2026", "Ann Lee"),
        ("Ann LeeMarch 12, 2026", "Ann Lee"),
    ],
)
def test_bylines(line: str, names: str) -> None:
    result = read(line)
    assert result.byline == names
    assert result.text.count(line) == 1
    assert not result.changed


@pytest.mark.parametrize("head", ["By\nAnn Lee", "Written by\n\nAnn Lee", "Ann Lee\nMay 3, 2017", "Ann Lee"])
def test_names_that_the_lines_around_vouch_for(head: str) -> None:
    assert read(head).byline == "Ann Lee"


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday the water had gone.",
        "By George!",
        "By Tuesday",
        "By far the best",
        "By the numbers",
        "Byron Bay",
        "Von Anfang an war alles nass",
        "Author and reader meet",
        "By signing up you agree to our terms",
    ],
)
def test_lines_that_only_seem_to_be_bylines(line: str) -> None:
    story = f"{STORY}\n\n{line}\n\n{STORY}"
    assert read(story=story).byline is None


def test_a_teasers_byline_is_not_the_storys() -> None:
    teasers = "\n".join(f"Another story of the town\nBy Bo Roe\n{day} May 2016" for day in range(1, 9))
    result = read("By Ann Lee\n3 May 2017", teasers)
    assert (result.byline, result.date) == ("Ann Lee", "3 May 2017")
    assert any((span.text, span.rule, span.part) == ("Bo Roe", "byline.en.by", "other") for span in result.spans)


@pytest.mark.parametrize(
    "line",
    [
        "May 3, 2017",
        "3 May 2017",
        "Published: Jan 29, 2025, 9:30 am",
        "PUBLISHED: January 16, 2023 at 4:30 p.m. | UPDATED: January 17, 2023 at 3:58 a.m.",
        "Thursday, May 3rd, 2017 4:22am EDT",
        "12/03/2018",
        "2018-03-12T09:30:00Z",
        "12.03.2018",
    ],
)
def test_dates(line: str) -> None:
    result = read(line)
    assert result.date is not None
    assert result.date.rstrip(".") == line.rstrip(".")


@pytest.mark.parametrize(
    "line",
    [
        "Updated 3 hours ago",
        "vor 14 Minuten",
        "Hace 13 horas",
        "3 ore fa",
        "5 godz. temu",
        "5分钟前",
        "3시간전",
        "3 час. назад",
    ],
)
def test_a_time_counted_back_from_now_is_no_date_of_an_article(line: str) -> None:
    assert read(f"By Ann Lee\n{line}").date is None
    assert read(f"By Ann Lee\n{line}\n3 May 2017").date == "3 May 2017"


@pytest.mark.parametrize(
    "line",
    [
        "May 2018 was warm.",
        "Won 3-2 at home",
        "Call 555 1234",
        "Chapter 3",
        "May the best man win",
        "https://example.com/2018/03/12/bridge",
    ],
)
def test_lines_that_only_seem_to_be_dates(line: str) -> None:
    assert read(story=f"{STORY}\n\n{line}\n\n{STORY}").date is None


@pytest.mark.parametrize(
    ("head", "dateline"),
    [
        ("BEIRUT, April 3 – ", "BEIRUT, April 3"),
        ("BEIRUT, April 3 (Reuters) - ", "BEIRUT, April 3 (Reuters)"),
        ("LONDON (AP) — ", "LONDON (AP)"),
        ("HANOI, Vietnam (AP) — ", "HANOI, Vietnam (AP)"),
        ("(AP) — ", "(AP)"),
        ("WASHINGTON, D.C. — ", "WASHINGTON, D.C."),
        ("SIOUX FALLS, S.D. – ", "SIOUX FALLS, S.D."),
        ("NEW DELHI: ", "NEW DELHI"),
        ("Beirut, Apr 3 (PTI): ", "Beirut, Apr 3 (PTI)"),
        ("Madrid, 3 abr (EFE).- ", "Madrid, 3 abr (EFE)"),
        ("(ANSA) - ROMA, 03 APR - ", "(ANSA) - ROMA, 03 APR"),
        ("Berlin (dpa) - ", "Berlin (dpa)"),
        ("Berlin/Hamburg (dpa/lno) - ", "Berlin/Hamburg (dpa/lno)"),
    ],
)
def test_datelines(head: str, dateline: str) -> None:
    result = read(story=head + STORY)
    assert result.dateline == dateline
    assert not result.changed


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        (
            "新华社北京4月3日电（记者李明）暴雨过后，市中心的三座桥梁已经关闭，居民正在等待河水退去。",
            "新华社北京4月3日电（记者李明）",
        ),
        ("【ソウル共同】大雨のため市内の三つの橋が閉鎖され、住民は川の水が引くのを待っている。", "【ソウル共同】"),
        (
            "(서울=연합뉴스) 홍길동 기자 = 폭우로 시내의 다리 세 곳이 폐쇄되었고 주민들은 기다리고 있다.",
            "(서울=연합뉴스) 홍길동 기자",
        ),
        ("بيروت (رويترز) - صوّت المجلس يوم الاثنين لصالح إغلاق الجسر لمدة عام كامل بسبب الأضرار.", "بيروت (رويترز)"),
    ],
)
def test_datelines_of_other_scripts(line: str, dateline: str) -> None:
    assert read(story=line).dateline == dateline


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT – Harbour Homes sells its last flats by the river this week.",
        "AS – Business Administration takes two years and ends with an exam in June.",
        "WATCH: The bridge falls into the river while the mayor is still talking about it.",
        "NATO – so the general said – would not have come for a bridge of this size anyway.",
        "Paris – she wrote – was too loud for a man who had only come to count birds.",
        "Reuters (the agency) was founded by a man who had kept pigeons in Aachen before.",
    ],
)
def test_paragraphs_that_only_seem_to_have_a_dateline(line: str) -> None:
    assert read(story=f"{STORY}\n\n{line}\n\n{STORY}").dateline is None


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Ann Lee; Editing by Bo Roe)",
        "(Reporting by Ann Lee and Cy Dee in Oslo; Additional reporting by Ed Fox; Editing by Bo Roe)",
        "Reporting by Ann Lee, writing by Bo Roe, editing by Cy Dee",
        "Reporting by Ann Lee in Oslo. Editing by Bo Roe.",
        "Reporting by Ann Lee",
        "Additional reporting by Ann Lee in Oslo",
    ],
)
def test_tails_go(line: str) -> None:
    result = read(tail=line)
    assert result.text == f"{TITLE}\n\n{STORY}"
    assert [(span.text, span.action, span.rule) for span in result.spans if not span.kept] == [
        (line, "drop", "tail.en.desk")
    ]


def test_a_tail_goes_from_the_end_of_a_paragraph() -> None:
    result = read(story=f"{STORY} (Reporting by Ann Lee; Editing by Bo Roe)")
    assert result.text == f"{TITLE}\n\n{STORY}"
    assert result.undo().endswith("Bo Roe)")


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by night is hard, she said.",
        "She left. (Reporting by night is hard.)",
        "Reporting by Ann Lee was what had brought the mayor down, said the council.",
        "Editing by hand",
        "(Editing)",
        "Writing by Ann Lee is on show until May; editing by anyone is welcome.",
    ],
)
def test_sentences_about_reporting_stay(line: str) -> None:
    assert not read(tail=line).changed


def test_what_is_taken_leaves_the_text() -> None:
    chain = Cleaner(filters=(BylineFilter(take=frozenset({"title", "byline", "dateline", "date"})),))
    source = f"{TITLE}\n\nBy Ann Lee\nMay 3, 2017\n\nOSLO, May 3 (AP) — {STORY}\n"
    result = chain(source)
    assert result.text == f"{STORY}\n"
    assert (result.title, result.byline, result.date) == (TITLE, "Ann Lee", "May 3, 2017")
    assert result.dateline == "OSLO, May 3 (AP)"
    assert result.undo() == source
    assert not chain(result.text).changed


def test_a_byline_is_taken_from_a_line_whose_date_stays() -> None:
    result = Cleaner(filters=(BylineFilter(take=frozenset({"byline"})),))(
        f"{TITLE}\n\nMay 3, 2017 By Ann Lee\n\n{STORY}"
    )
    assert "Ann Lee" not in result.text
    assert "May 3, 2017" in result.text


def test_naming_changes_nothing() -> None:
    result = read("By Ann Lee\nMay 3, 2017", story=f"OSLO (AP) — {STORY}")
    assert not result.changed
    assert result.text == result.undo()


@pytest.mark.parametrize(
    "text", ["", "\n", "By", "By ", " \n \n", "(", "()", "1", "–", "By\n\nBy\n", "(Reporting by )", ").", "A\n" * 50]
)
def test_odd_texts(text: str) -> None:
    edits = list(BylineFilter()(Document(text)))
    assert all(0 <= edit.start <= edit.stop <= len(text) for edit in edits)
    assert Cleaner(filters=(BylineFilter(),))(text).undo() == text


def test_the_time_grows_with_the_text() -> None:
    for line in (
        "A " * 59,
        "By " + "A, " * 38,
        "A" * 119,
        "(" * 119,
        "1 " * 59,
        "A-" * 59,
        "Reporting by " * 9,
        "A. " * 39,
    ):
        assert Cleaner(filters=(BylineFilter(),))(f"{TITLE}\n\n" + f"{line}\n" * 40 + STORY).undo()


@pytest.mark.parametrize("line", ["03:04", "1:12:30", "[ 12:34 ]"])
def test_the_length_of_a_video_is_no_date(line: str) -> None:
    assert read(line).date is None


def test_a_range_of_days_is_no_date() -> None:
    assert read("Fri May 3 2017 - Sat May 12 2018").date is None


@pytest.mark.parametrize(
    "text",
    [
        "They say the bridge upon the water is now held\nBy Barrow and his company,\nThe weeds of all the land.",
        "They say the bridge upon the water is now held\nBy Ann Barrow\nThe weeds of all the land.",
        "Io non ebbi mai sete del sangue\ndi Telefante, né lo cerco;\ne se lo vedi, digli ch'io l'aspetto.",
        "Es war die alte Brücke über dem Wasser\nvon Anna Stein,\ndie niemand mehr betrat.",
        "CAPITOLO IV\n\nI PESCATORI\n\nLa prima barca tornò all'alba con le reti vuote, e nessuno parlò al vecchio.",
        "ATTO SECONDO\n\nSCENA PRIMA\n\nLa piazza davanti al mercato, di notte. Due guardie dormono.",
        f"{STORY}\n\n기사 댓글 0",
        f"14 May 2021\nPRESS RELEASE\n\n{STORY}",
    ],
)
def test_verses_headings_and_counters_name_nobody(text: str) -> None:
    assert Cleaner(filters=(BylineFilter(),))(text).byline is None


def test_the_length_of_a_video_below_the_title_is_cut_and_no_date() -> None:
    result = read("03:04")
    assert (result.date, "03:04" in result.text) == (None, False)
    assert "03:04" in read("May 3, 2024\n\n03:04").text


def test_a_name_and_a_place_above_a_story_are_a_byline_and_no_title() -> None:
    result = Cleaner(filters=(BylineFilter(),))(f"Ann Lee in Larvik\n\n{STORY} Larvik has no other bridge.")
    assert (result.title, result.byline) == (None, "Ann Lee")
