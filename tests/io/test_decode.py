"""Bytes are read in the charset that they were written in, and data that is no text is refused."""

import pytest

from cleanwire.errors import DecodeError
from cleanwire.io.decode import decode, encode
from cleanwire.packs.load import alphabets

TEXTS = {
    "de": "Die Brücke über den Fluß wurde „größer“ – und schöner, hieß es für die Gäste. Ein Café öffnet.",
    "fr": "Le maire a été réélu hier soir ; à la mairie, on fête déjà l'événement.",
    "pl": "Most został otwarty w środę; źródła mówią, że żółta łódź płynęła pięć godzin.",
    "cs": "Příliš žluťoučký kůň se napil vody a šel pomalu domů přes most.",
    "ru": "Мост открыли в среду утром, и жители города вышли на набережную.",
    "uk": "Міст відкрили в середу вранці, і мешканці міста вийшли на набережну.",
    "bg": "Мостът беше открит в сряда сутринта и хората от града излязоха на брега.",
    "el": "Η γέφυρα άνοιξε το πρωί της Τετάρτης και οι κάτοικοι βγήκαν στην παραλία.",
    "tr": "Köprü çarşamba sabahı açıldı ve şehir halkı kıyıya indi, çünkü hava güzeldi.",
    "he": "הגשר נפתח ביום רביעי בבוקר ותושבי העיר יצאו אל החוף.",
    "ar": "افتتح الجسر يوم الأربعاء وخرج سكان المدينة إلى الشاطئ.",
    "fa": "پل صبح چهارشنبه باز شد و گروهی از مردم به ساحل رفتند.",
    "th": "สะพานเปิดในเช้าวันพุธ และชาวเมืองออกมาที่ริมแม่น้ำ",
    "lv": "Tilts tika atvērts trešdienas rītā, un pilsētas iedzīvotāji izgāja krastā.",
    "ja": "橋は水曜日の朝に開通し、町の人々は川辺に集まりました。コーヒーも出ました。",
    "ko": "다리는 수요일 아침에 열렸고 마을 사람들은 강가에 모였습니다.",
    "zh": "大桥于星期三早上开通，城里的人们都来到了河边。",
    "tw": "大橋於星期三早上開通，城裡的人們都來到了河邊。",
    "hi": "पुल बुधवार की सुबह खुला और शहर के लोग किनारे पर आए।",
}


@pytest.mark.parametrize(
    ("language", "charset"),
    [
        *[("de", charset) for charset in ("cp1252", "mac-roman", "utf-8", "utf-8-sig", "utf-16-be")],
        *[("fr", charset) for charset in ("cp1252", "iso-8859-15", "mac-roman", "utf-32-le")],
        *[(language, charset) for language in ("pl", "cs") for charset in ("cp1250", "iso-8859-2")],
        *[("ru", charset) for charset in ("cp1251", "koi8-r", "iso-8859-5", "cp866", "cp855", "mac-cyrillic")],
        *[("uk", charset) for charset in ("cp1251", "koi8-u", "iso-8859-5")],
        *[("bg", charset) for charset in ("cp1251", "iso-8859-5", "utf-16-le")],
        *[("el", charset) for charset in ("cp1253", "iso-8859-7")],
        *[("tr", charset) for charset in ("cp1254", "iso-8859-9")],
        *[("he", charset) for charset in ("cp1255", "iso-8859-8", "utf-32-be")],
        *[("ar", charset) for charset in ("cp1256", "iso-8859-6")],
        *[("th", charset) for charset in ("cp874", "tis-620", "utf-16-le")],
        *[("lv", charset) for charset in ("cp1257", "iso-8859-13", "iso-8859-4")],
        *[("ja", charset) for charset in ("cp932", "euc-jp", "iso-2022-jp", "utf-16-be")],
        *[("ko", charset) for charset in ("cp949", "euc-kr", "johab", "iso-2022-kr", "utf-16-le")],
        *[("zh", charset) for charset in ("gb18030", "gb2312", "hz", "utf-16-le")],
        *[("tw", charset) for charset in ("big5", "utf-16-be")],
        *[("hi", charset) for charset in ("utf-16-le", "utf-32-be")],
    ],
)
def test_reads_and_writes_back(language: str, charset: str) -> None:
    text = TEXTS[language]
    data = text.encode(charset)
    read = decode(data, alphabets)
    assert read.text == text
    assert encode(read.text, read.charset) == data


@pytest.mark.parametrize(
    ("language", "charset"), [("ru", "koi8-r"), ("he", "cp1255"), ("th", "cp874"), ("el", "cp1253")]
)
def test_a_text_of_some_words_is_certain(language: str, charset: str) -> None:
    assert decode(TEXTS[language].encode(charset), alphabets).certain


def test_one_letter_is_never_certain() -> None:
    assert not decode("Caf\xe9".encode("cp1252"), alphabets).certain


def test_markup_does_not_hide_the_language() -> None:
    row = '<div class="row"><a href="/archive/index.html">'
    page = f"<html><body>{row * 40}{TEXTS['ru']}</body></html>"
    assert decode(page.encode("koi8-r"), alphabets).text == page


HEAD = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head><p>{}</p></html>'


@pytest.mark.parametrize(
    ("text", "label", "charset"),
    [
        ("și", "ISO-8859-16", "iso-8859-16"),
        ("şi", "iso-8859-2", "iso-8859-2"),
        ("Größe", "x-mac-roman", "mac-roman"),
        ("мост", "x-mac-cyrillic", "mac-cyrillic"),
        ("橋", "x-sjis", "cp932"),
    ],
)
def test_a_declaration_decides_where_the_text_is_short(text: str, label: str, charset: str) -> None:
    page = HEAD.format(label, text)
    assert decode(page.encode(charset), alphabets)[:2] == (page, charset)


@pytest.mark.parametrize("label", ["iso-8859-1", "utf-8", "shift_jis", "no-such-charset"])
def test_a_wrong_declaration_is_overruled(label: str) -> None:
    page = HEAD.format(label, TEXTS["ru"])
    assert decode(page.encode("cp1251"), alphabets).text == page


def test_a_byte_that_the_charset_lacks_is_a_control_as_in_browsers() -> None:
    data = TEXTS["ru"].encode("cp1251") + b" \x98"
    read = decode(data, alphabets)
    assert read.text == TEXTS["ru"] + " \x98"
    assert encode(read.text, read.charset) == data


def test_a_character_that_the_charset_lacks_is_named() -> None:
    with pytest.raises(DecodeError, match="'₽'"):
        encode("₽", "cp1251")


def test_a_bom_is_kept_for_the_way_back() -> None:
    data = "\ufeffé".encode("utf-16-be")
    assert decode(data, alphabets) == ("é", "utf-16-be-sig", True)
    assert encode("é", "utf-16-be-sig") == data


def test_a_windows_paragraph_in_utf_8_is_mended() -> None:
    data = "Größe und Schönheit.\n".encode() + "Für „alle“.\n".encode("cp1252") + "Ünd mehr.".encode()
    assert decode(data, alphabets) == ("Größe und Schönheit.\nFür „alle“.\nÜnd mehr.", "utf-8", False)


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(DecodeError):
        decode(data, alphabets)


@pytest.mark.parametrize("text", ["", "plain ~} text ~{", "a \x1b$B in a log"])
def test_ascii_is_utf_8(text: str) -> None:
    assert decode(text.encode(), alphabets) == (text, "utf-8", True)
