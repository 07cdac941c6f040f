"""Captions leave the text whole and become data; what only looks like one stays."""

import pytest

from cleanwire.cleaner import Cleaner
from cleanwire.filters.caption import CaptionFilter
from cleanwire.spans import Caption as Found

BEFORE = "The council voted on Monday to close the old bridge for a year, and the ferry will run at night."
AFTER = "Work on the piers begins in May, the mayor said, and should end before the first snow of the winter falls."

STORY_LINES = """The council of Osthaven voted on Monday to close the old harbour bridge for a year.

Officials said that the work would cost nine million and begin in the first week of May.

Residents had asked for a ferry, but the port authority turned them down once again."""
"""Three sentences."""


def clean(middle: str, take: str = "caption") -> tuple[str, list[tuple[str, str | None, str | None]]]:
    """Return what stays between two sentences, and the captions found there."""
    source = f"{BEFORE}\n\n{middle}\n\n{AFTER}"
    cleaner = Cleaner((CaptionFilter(take=take),))  # type: ignore[arg-type] # any set of names, right or wrong
    result = cleaner(source)
    assert result.undo() == source
    again = cleaner(result.text)
    assert again.text == result.text
    assert result.text.startswith(BEFORE)
    assert result.text.endswith(AFTER)
    left = result.text[len(BEFORE) : -len(AFTER)].strip("\n")
    return left, [(c.text, c.credit, c.agency) for c in result.captions]


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        (
            "Rebel fighters left the hill town on Sunday. They had held it for a year. REUTERS/Lina Harrow",
            ("Rebel fighters left the hill town on Sunday. They had held it for a year.", "Lina Harrow", "REUTERS"),
        ),
        (
            "Image copyright Getty Images Image caption The bridge at dawn",
            ("The bridge at dawn", None, "Getty Images"),
        ),
        ("Image caption, The bridge at noon", ("The bridge at noon", None, None)),
        ("Enlarge this image toggle caption Jim Cole/AP Jim Cole/AP", ("", "Jim Cole", "AP")),
        (
            "The clinic where the patients were treatedCredit: EPA",
            ("The clinic where the patients were treated", None, "EPA"),
        ),
        (
            "Ein Traktor steht auf einem Feld (Symbolbild).",
            ("Ein Traktor steht auf einem Feld (Symbolbild).", None, None),
        ),
        ("La plaza mayor durante la feria del libro. EFE", ("La plaza mayor durante la feria del libro.", None, "EFE")),
        ("© picture alliance/dpa | Peter Lang", ("", "Peter Lang", "picture alliance/dpa")),
        ("Getty Images", ("", None, "Getty Images")),
        ("The mayor (L) at the bridge. (AP)", ("The mayor (L) at the bridge.", None, "AP")),
        ("The bridge at dawn, Aug. 31, 2019. (AP)", ("The bridge at dawn, Aug. 31, 2019.", None, "AP")),
        (
            "A glassblower at work in his small studio.\nDana Fields/Getty Images",
            ("A glassblower at work in his small studio.", "Dana Fields", "Getty Images"),
        ),
        (
            "© Ann Lee\nA glassblower at work in his small studio.",
            ("A glassblower at work in his small studio.", "Ann Lee", None),
        ),
        ("Foto:\nAnna Berg", ("", "Anna Berg", None)),
        ("Image source, Getty Images\nImage caption, The bridge at noon", ("The bridge at noon", None, "Getty Images")),
    ],
)
def test_caption_becomes_data(line: str, caption: tuple[str, str | None, str | None]) -> None:
    assert clean(line) == ("", [caption])


@pytest.mark.parametrize(
    "line",
    [
        '"We were never asked," the mayor told Reuters.',
        "LONDON (Reuters) - Two ferries were delayed on Friday.",
        "By Ana Petrov, Associated Press",
        "Der Konzern will im Mai Zahlen vorlegen. (dpa/mk)",
        "Voters go to the polls in three states today. (Reuters)",
        "Source: National Statistics Office, 2021",
        "The chart, courtesy of a friend at the bank, shows how the statement changed.",
        "Best for trails: Kestrel Runner 4 (Men's/Women's)",
        "Then she came back with a new plan.",
        "A photo of Ann Lee by the Reuters desk hung in the hall.",
        "Reuters",
        "I came, I saw, I forgot! © Ann Lee",
        "“Never trust a ferry.” © Ann Lee",
        "Never trust a ferry... © Ann Lee",
        "La vita è bella. © Nonna",
        "She signed the letter © Anna.",
        "Что же мне теперь делать?... © В. Е. Туринов.",
        "Synopsis (FILES)",
        "ferry [options] [file ..]",
        "Figure 3 shows how the queue grows under load.",
    ],
)
def test_look_alike_stays(line: str) -> None:
    assert clean(line) == (line, [])


def test_the_name_after_a_sentence_is_a_credit_on_a_page() -> None:
    line, menu = "The ferry leaves the quay. © Hafenbote", "Skip to main content"
    assert Cleaner()(f"{BEFORE}\n\n{line}\n\n{AFTER}").text == f"{BEFORE}\n\n{line}\n\n{AFTER}"
    assert Cleaner()(f"{menu}\n\n{BEFORE}\n\n{line}\n\n{AFTER}").text == f"{BEFORE}\n\n{AFTER}"


def test_credit_at_the_end_of_a_paragraph_goes_alone() -> None:
    body = " ".join(f"The office rules on merger number {n} and hears both sides in the hall." for n in "123456")
    assert clean(f"{body} Photo: photocase.de") == (body, [("", None, "photocase.de")])


def test_a_line_parted_by_a_blank_one_is_no_caption() -> None:
    line = "The council will vote again on Monday."
    assert clean(f"{line}\n\nPhoto: Ed Marsh") == (line, [("", "Ed Marsh", None)])


def test_a_heading_over_a_credit_stays() -> None:
    assert clean("Best Travel Kettle: Vextra Pro\nCredit: Vextra") == (
        "Best Travel Kettle: Vextra Pro",
        [("", "Vextra", None)],
    )


def test_without_blank_lines_nearness_means_nothing() -> None:
    source = f"{BEFORE}\n{AFTER}\nThe council will vote again on Monday.\nPhoto: Ed Marsh\n{AFTER}"
    result = Cleaner((CaptionFilter(),))(source)
    assert result.text == f"{BEFORE}\n{AFTER}\nThe council will vote again on Monday.\n{AFTER}"


def test_take_the_credit_alone() -> None:
    line = "The bridge at dawn. Photo: Ann Lee"
    assert clean(line, "credit") == ("The bridge at dawn.", [("", "Ann Lee", None)])


def test_take_the_credit_alone_of_a_line_that_is_one() -> None:
    assert clean("Photo: Bo Roe", "credit") == ("", [("", "Bo Roe", None)])


def test_take_nothing_but_name_it() -> None:
    line = "The bridge at dawn. Photo: Ann Lee"
    assert clean(line, "nothing") == (line, [("The bridge at dawn.", "Ann Lee", None)])


def test_span_lies_in_the_source() -> None:
    source = f"{BEFORE}\n\nThe bridge at dawn. Photo: Ann Lee\n\n{AFTER}"
    (caption,) = Cleaner((CaptionFilter(),))(source).captions
    assert source[caption.start : caption.end] == "The bridge at dawn. Photo: Ann Lee"
    assert caption == Found("The bridge at dawn.", "Ann Lee", None, caption.start, caption.end)


def test_two_captions_stay_apart() -> None:
    left, captions = clean("The bridge at dawn. Photo: Ann Lee\nThe bridge at noon. Photo: Bo Roe")
    assert left == ""
    assert captions == [("The bridge at dawn.", "Ann Lee", None), ("The bridge at noon.", "Bo Roe", None)]


def test_a_label_calls_for_the_line_below() -> None:
    left, captions = clean("Image copyright\nGetty Images\nImage caption\nThe bridge on the day it was closed")
    assert left == ""
    assert captions == [("The bridge on the day it was closed", None, "Getty Images")]
    assert clean("Photo credit:\nAnn Lee") == ("", [("", "Ann Lee", None)])


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("老桥从港口看去。新华社记者 李望舒 摄", "老桥从港口看去。"),
        ("पुराना पुल। फाइल फोटो", "पुराना पुल।"),
        ("পুরোনো সেতু। ফাইল ছবি", "পুরোনো সেতু।"),
    ],
)
def test_a_credit_behind_a_sentence_of_any_script(line: str, caption: str) -> None:
    left, [(words, *_)] = clean(line)
    assert (left, words) == ("", caption)


@pytest.mark.parametrize(
    "block", ["Image credits\nRECOMMENDS", "Feature image\nAnn Lee", "Image caption\n" + "so " * 80]
)
def test_a_heading_calls_for_nothing(block: str) -> None:
    assert clean(block.strip()) == (block.strip(), [])


def test_clean_prose_is_left_alone() -> None:
    source = f"{BEFORE}\n\n{AFTER}"
    assert Cleaner((CaptionFilter(),))(source).text is source


NOTES = {
    "en": "Trade reached 120 million in 2024, and imports grew (sources: Ministry of Ports, Reuters).",
    "de": "Der Handel wuchs um drei Prozent, so stark wie lange nicht (Quellen: Hafenamt, dpa).",
    "fr": "La hausse des loyers atteint 3 % sur un an (source : Insee, AFP).",
    "tr": "Enflasyon mayısta yüzde 3 arttı (Kaynak: TÜİK, AA).",
    "ru": "Цены выросли на 3 % за год (источник: Росстат, ТАСС).",
    "time": "The first ferry leaves the north quay at 7.30 pm (IST).",
}


@pytest.mark.parametrize("line", NOTES.values(), ids=NOTES)
def test_the_source_of_a_figure_or_initials_are_no_credit(line: str) -> None:
    assert clean(line)[1] == []


ONE_SENTENCE = "The council of Larvik voted on Monday to close the old harbour bridge for a whole year."
STORIES = {
    "one": f"{ONE_SENTENCE} (AP Photo/Ann Lee)",
    "three": f"{ONE_SENTENCE} Two ferries will carry the children. The bus goes around. Photo: Ann Lee/AFP",
    "german": "Der Rat von Larvik stimmte am Montag für die Sperrung der alten Hafenbrücke. Foto: dpa",
    "korean": "라르비크 시의회는 월요일 낡은 항구 다리를 1년 동안 닫기로 의결했다. (사진=연합뉴스)",
    "short": "Rain fell on Oslo. Photo: Ann Lee/AFP",
}


@pytest.mark.parametrize("line", STORIES.values(), ids=STORIES)
def test_a_record_of_one_paragraph_keeps_it(line: str) -> None:
    result = Cleaner(filters=(CaptionFilter(),))(line)
    assert result.text
    assert line.startswith(result.text)
    assert [caption.text for caption in result.captions] == [""]


@pytest.mark.parametrize(
    "story",
    [
        "OSLO, April 3 (Reuters) - The council voted on Monday to close the bridge. Work begins in May.",
        "“We will not wait,” the mayor said on Tuesday. He told reporters that the state had let them down.",
        "„Wir warten nicht“, sagte die Bürgermeisterin. Der Staat habe die Stadt im Stich gelassen.",
    ],
)
def test_a_paragraph_with_a_dateline_or_a_speaker_loses_the_credit_alone(story: str) -> None:
    text, captions = clean(f"{story} (Photo: Ann Lee/AFP)")
    assert story in text
    assert captions == [("", "Ann Lee", "AFP")]


def test_credits_in_a_row_go_at_once() -> None:
    story = "Rain fell. " * 12
    signed = " ".join(f"Photo: {name} Lee/AFP." for name in ("Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida"))
    result = Cleaner(filters=(CaptionFilter(),))(story + signed)
    assert result.text == story.strip()
    assert len(result.steps) == 1


def test_markup_is_no_credit() -> None:
    line = '<div class="item">[Photo: AP]</div>'
    text, captions = clean(line)
    assert line in text
    assert captions == []


def test_a_dated_caption_stands_over_a_blank_line_and_its_credit() -> None:
    caption = "The bridge is seen at dawn in Larvik, Friday, March 22, 2024."
    text, captions = clean(f"{caption}\n\nAnn Lee / AP")
    assert captions == [(caption, "Ann Lee", "AP")]
    assert "at dawn" not in text
    assert clean("The bridge was closed at dawn in the spring of 2024.\n\nAnn Lee / AP")[1] == [("", "Ann Lee", "AP")]


@pytest.mark.parametrize("label", ["Featured image via", "Image courtesy of"])
def test_all_words_of_a_label_are_read(label: str) -> None:
    captions = clean(f"The bridge at dawn. {label} Ann Lee/Getty Images")[1]
    assert captions == [("The bridge at dawn.", "Ann Lee", "Getty Images")]


def test_an_agency_glued_to_a_name_is_told_from_it() -> None:
    caption = "这是拉维克旧桥（4月16日摄）。"
    assert clean(f"{caption}新华社记者丁山摄")[1] == [(caption, "丁山", "新华社")]


def test_a_chemical_sign_is_no_copyright() -> None:
    assert clean("Oil holds carbon (C) and Hydrogen (H).")[1] == []


@pytest.mark.parametrize(
    ("line", "text", "credit"),
    [
        (
            "Workers and port officials announcing the deal Source: OPA",
            "Workers and port officials announcing the deal",
            "OPA",
        ),
        ("Die neue Brücke am alten Hafen Quelle: Hafenamt", "Die neue Brücke am alten Hafen", "Hafenamt"),
    ],
)
def test_a_caption_above_the_story_may_be_glued_to_its_credit(line: str, text: str, credit: str) -> None:
    result = Cleaner(languages=["en", "de"])(f"{line}\n\n{STORY_LINES}")
    assert [(caption.text, caption.credit) for caption in result.captions] == [(text, credit)]
    assert result.title is None


@pytest.mark.parametrize(
    "line",
    [
        "Four towns, one bridge and a long winter: Osthaven",  # no label
        "Bridge Source: OPA",  # hardly a caption
        "Workers announcing the deal at last, Source: OPA",  # a mark stands between
        "What the port office told this paper in its Source: of all things that it says",  # no name
    ],
)
def test_other_lines_above_the_story_are_no_glued_captions(line: str) -> None:
    assert not Cleaner()(f"{line}\n\n{STORY_LINES}").captions


def test_a_glued_source_within_the_story_stays() -> None:
    line = "Ferries that left on time in the last ten years Source: OPA"
    assert line in clean(line)[0]


PORT = "The port listened with great care"


@pytest.mark.parametrize(
    ("above", "credit", "texts"),
    [
        ("Bo Roe (left) opens the bridge for the guests", "\nPhoto: AFP", 1),
        ("From left, the mayor and his guests on the quay", "\nPhoto: AFP", 1),
        (PORT, f"\nPhoto: AFP\n\n{PORT}", 2),
        ("Harbour plan.", "Photo: AFP", 1),
        ("The mayor left the club early.", "\nPhoto: AFP", 0),
        ("The mayor left the club in 2024.", "\nPhoto: AFP", 0),
        ("Harbour plan.", "\nPhoto: AFP", 0),
    ],
)
def test_a_caption_over_its_credit_shows_by_sides_or_by_its_copy(above: str, credit: str, texts: int) -> None:
    left, captions = clean(f"{above}\n{credit}")
    assert [text for text, _, _ in captions] == ([above] * texts or [""])
    assert left == ("" if texts else above)


def test_far_copies_and_sentences_of_the_story_are_no_captions() -> None:
    caption = "The port listened with great care"
    left, captions = clean(f"{caption}. Photo: AFP\n\n" + "The ferry left.\n\n" * 8 + caption)
    assert len(captions) == 1
    assert left.endswith(caption)


def test_the_copy_of_a_caption_above_the_story_is_its_title() -> None:
    result = Cleaner()(f"{PORT}. Photo: AFP\n\n{PORT}\n\n{STORY_LINES}")
    assert [caption.text for caption in result.captions] == [f"{PORT}."]
    assert result.text.startswith(PORT)


def test_a_source_beside_a_date_above_the_story_is_no_caption() -> None:
    line = "Published: 9:58AM Thursday January 12, 2012 Source: Reuters"
    assert not Cleaner()(f"Bridge closes\n\n{line}\n\n{STORY_LINES}").captions
