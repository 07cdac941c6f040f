"""The lines that may hold mojibake are found whatever else a text holds."""

import string

import pytest

from cleanwire.mojibake.lines import charsets, foreign, garbled, may_be_garbled
from cleanwire.mojibake.tables import CHARSETS
from cleanwire.text.runs import character_runs, lines_with_offsets

LETTERS = "áàâäãåæçéèêëíìîïñóòôöõøúùûüýÿßœšžłńśźąęăâîșțčďěňřťůžőűığşđħ“”‘’–—…€£°"
DAMAGED = [f"a{letter.encode().decode(charset, 'replace')}a" for letter in LETTERS for charset in ("latin-1", "cp1252")]
INNOCENT = ["plain", "Zoë’s café – “naïf”…", "Это строка.", "橋が閉鎖された。", string.ascii_letters, ""]


def found_alone(lines: list[str]) -> list[bool]:
    return [any(garbled(line, character_runs(line))) for line in lines]


@pytest.mark.parametrize("number", [1, 2, 20, len(DAMAGED)])
def test_a_line_is_found_among_others_as_it_is_alone(number: int) -> None:
    lines = [line for damaged in DAMAGED[:number] for line in (damaged, *INNOCENT)]
    text = "\n".join(lines)
    runs = character_runs(text)
    wanted = [place for place, hit in zip(lines_with_offsets(text), found_alone(lines), strict=True) if hit]
    assert list(garbled(text, runs)) == wanted
    assert may_be_garbled(runs) == bool(wanted)
    assert not any(found_alone(INNOCENT))
    assert sum(found_alone(DAMAGED)) > len(DAMAGED) / 2


@pytest.mark.parametrize("charset", CHARSETS)
def test_what_was_read_in_another_charset_is_found(charset: str) -> None:
    damaged = "Нет, łódź".encode().decode(charset)
    text = "\n".join(["plain", *INNOCENT, damaged, "Łódź"])
    assert charset in charsets(damaged)
    assert may_be_garbled(character_runs(damaged))
    assert [line for _, line in foreign(text, character_runs(text))] == [damaged]
    assert [text[start:].split("\n")[0] for start, _ in foreign(text, character_runs(text))] == [damaged]


@pytest.mark.parametrize("text", [*INNOCENT, "\n".join(INNOCENT)])
def test_text_without_damage_has_no_such_line(text: str) -> None:
    assert not list(garbled(text, character_runs(text)))
    assert not list(foreign(text, character_runs(text)))


@pytest.mark.parametrize("line", ["xÂ a b", "xÃ a b"])
def test_a_single_letter_before_a_space_is_enough(line: str) -> None:
    text = f"plain\n{line}\nxÅ a b"
    assert list(garbled(text, character_runs(text))) == [(6, line)]
