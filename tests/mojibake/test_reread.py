"""Mojibake that ftfy leaves is read again where it is beyond doubt, and nowhere else."""

import pytest

from cleanwire.mojibake.reread import first_letters, reread
from cleanwire.text.runs import character_runs


def misread(text: str, charset: str) -> str:
    return text.encode().decode(charset)


@pytest.mark.parametrize("charset", ["cp1251", "cp1257", "cp437"])
def test_three_characters_of_another_charset_are_no_accident(charset: str) -> None:
    assert reread(misread("Бор", charset)) == "Бор"
    assert reread(misread("Да", charset)) == misread("Да", charset)


def test_a_line_that_was_misread_in_part_stays() -> None:
    line = misread("Нет", "cp1251") + " 中"
    assert reread(line) == line


def test_what_would_read_as_controls_stays() -> None:
    line = misread("Нет \u0081", "cp437")
    assert reread(line) == line
    for blank in "\u00a0\u00ad\u200b\u200c\u200d\ufeff":
        assert reread(misread(f"Нет{blank}", "cp437")) == f"Нет{blank}"


@pytest.mark.parametrize(
    ("damaged", "read"),
    [
        ("StraГџe", "Straße"),  # the first small letter
        ("WaЕїser", "Waſser"),  # and the last one
        ("WaЖЂser", "WaЖЂser"),
        ("GrГњn", "GrГњn"),  # no small letter
        ("aВµb", "aВµb"),
        ("sГёrГёya", "sørøya"),
        ("AГџe", "AГџe"),  # after a capital
    ],
)
def test_a_small_letter_within_a_latin_word_is_read_again(damaged: str, read: str) -> None:
    assert reread(damaged) == read


@pytest.mark.parametrize(
    ("damaged", "read"),
    [
        ("Ã©tat", "état"),
        ("Ã€la", "Àla"),
        ("Ã–sterreich", "Österreich"),
        ("Ã\x96sterreich", "Österreich"),
        ("Å–el", "Å–el"),  # a letter and a dash
        ("Ä—el", "Ä—el"),
        ("Ä\x96el", "Ä\x96el"),
        ("Ã’el", "Ã’el"),  # a letter and an apostrophe
        ("Ã\x92el", "Ã\x92el"),
        ("Ã—x", "Ã—x"),  # a sign, no letter
        ("xÃ©tat", "xÃ©tat"),
        ("Ã© b", "é b"),
        ("xÃ© b", "xÃ© b"),
        ("(Ã©)", "(é)"),
    ],
)
def test_a_letter_that_begins_a_word_is_read_again(damaged: str, read: str) -> None:
    assert reread(damaged) == read


def test_lines_with_such_letters_are_found() -> None:
    text = "Vår.\nÃ©tat\nxÃ©tat\nplain\nÃ© b\nÃ’el"
    assert list(first_letters(text, character_runs(text))) == [(5, "Ã©tat"), (24, "Ã© b"), (29, "Ã’el")]
    assert not list(first_letters("état", character_runs("état")))
