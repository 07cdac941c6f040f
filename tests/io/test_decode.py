"""Bytes are read in the charset that they were written in, and data that is no text is refused."""

import pytest

from cleanwire.errors import DecodeError
from cleanwire.io.decode import decode, encode
from cleanwire.packs.load import alphabets

GERMAN = "Die Brücke über den Fluß wurde „größer“ – und schöner, hieß es für die Gäste. Ein Café öffnet."
POLISH = "Most został otwarty w środę; źródła mówią, że żółta łódź płynęła pięć godzin."
RUSSIAN = "Мост открыли в среду утром, и жители города вышли на набережную."
ARABIC = "افتتح الجسر يوم الأربعاء وخرج سكان المدينة إلى الشاطئ."
JAPANESE = "橋は水曜日の朝に開通し、町の人々は川辺に集まりました。コーヒーも出ました。"
KOREAN = "다리는 수요일 아침에 열렸고 마을 사람들은 강가에 모였습니다."
CHINESE = "大桥于星期三早上开通，城里的人们都来到了河边。"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (GERMAN, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso-8859-2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (ARABIC, "cp1256"),
        (JAPANESE, "euc-jp"),
        (JAPANESE, "cp932"),
        (KOREAN, "cp949"),
        (CHINESE, "gb18030"),
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (RUSSIAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
    ],
)
def test_reads_and_writes_back(text: str, charset: str) -> None:
    data = text.encode(charset)
    read = decode(data, alphabets)
    assert read.text == text
    assert encode(read.text, read.charset) == data


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


def test_nothing_is_utf_8() -> None:
    assert decode(b"", alphabets) == ("", "utf-8", True)
