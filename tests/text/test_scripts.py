import pytest

from cleanwire.text.scripts import script_shares, thinned


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("مرحبا", "Arabic"),
        ("সেতু", "Bengali"),
        ("Мостґї", "Cyrillic"),
        ("पुल", "Devanagari"),
        ("γέφυρα", "Greek"),
        ("ᾧᾤ", "Greek"),
        ("渡轮鿿", "Han"),
        ("다리가힣", "Hangul"),
        ("גשר", "Hebrew"),
        ("はしハシー", "Kana"),
        ("பாலம்", "Tamil"),
        ("สะพาน", "Thai"),
    ],
)
def test_each_character_is_of_its_script(text: str, script: str) -> None:
    assert script_shares(text) == pytest.approx({script: 1})


@pytest.mark.parametrize("text", ["", "Brücke żółć", "ấn ệ", "“—…” 12 ©", "\ud800"])
def test_latin_letters_digits_and_marks_have_no_share(text: str) -> None:
    assert script_shares(text) == {}


def test_shares_are_of_all_characters() -> None:
    assert script_shares("abcд") == {"Cyrillic": 0.25}


def test_of_a_long_text_characters_are_taken_evenly() -> None:
    text = "a" * 5_000 + "д" * 5_000
    assert len(thinned(text)) <= 400
    assert script_shares(text)["Cyrillic"] == pytest.approx(0.5, abs=0.01)
