"""What the unicode filter takes for settled is settled."""

import sys
from unicodedata import combining, decomposition, is_normalized, normalize

import pytest

from benchmarks.speed.growth import growth
from benchmarks.tools.counting import cost
from cleanwire.document import Document
from cleanwire.filters.unicode import _SECOND, _UNSETTLED, _WHOLE, UnicodeFilter, _in_order


def test_what_is_not_looked_at_never_changes_under_nfc() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if not _UNSETTLED.match(char):
            assert combining(char) == 0, hex(code)
            assert is_normalized("NFC", f"a{char}"), hex(code)
            assert is_normalized("NFC", f"\u1100{char}\u1161"), hex(code)


def test_every_character_that_combines_with_the_one_before_it_is_a_mark_or_listed() -> None:
    pairs = {chr(code): decomposition(chr(code)) for code in range(sys.maxunicode + 1)}
    parts = {char: [chr(int(part, 16)) for part in each.split()] for char, each in pairs.items() if each[:1] != "<"}
    seconds = {each[1] for char, each in parts.items() if len(each) == 2 and normalize("NFC", char) == char}
    assert all(combining(second) or _SECOND.match(second) for second in seconds)
    for char, each in parts.items():
        begins_apart = not each or (each[0] not in seconds and not combining(each[0]))
        assert begins_apart or combining(char) or _SECOND.match(char), hex(ord(char))
    assert normalize("NFC", "\u1100\u1161\u11a8") == "\uac01"
    assert all(_SECOND.match(chr(code)) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)))


def test_letters_that_stay_whole_are_those_that_nfc_takes_apart() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        apart = normalize("NFC", char)
        assert bool(_WHOLE.match(char)) == (len(apart) > 1 and combining(apart[0]) == 0), hex(code)


@pytest.mark.parametrize(
    "unit", ["\u0301\u0327", "a\u200e", "a\ufeff", "\ufeff\n", "\u0627\u0301\u200d", "\u1100\u1161", "\u212b"]
)
def test_marks_and_hidden_characters_cost_linearly(unit: str) -> None:
    def count(copies: int) -> int:
        return sum(cost(lambda: list(UnicodeFilter()(Document(f"a{unit * copies}\u0301")))))

    assert growth(count, 2_000, 8_000) < 1.25


def test_marks_are_in_order_before_they_are_composed() -> None:
    marks = "\u0301\u0327" * 40
    assert _in_order(f"a{marks}b\u0301") == "a" + "\u0327" * 40 + "\u0301" * 40 + "b\u0301"
    edits = list(UnicodeFilter()(Document(f"a{marks}")))
    assert [edit.new for edit in edits] == [normalize("NFC", f"a{marks}")]
