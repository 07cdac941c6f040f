"""Repairs are small, and a line never changes what happens to another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.document import Document
from cleanwire.filters.encoding import EncodingFilter, _decode_again, _ftfy, settle
from cleanwire.mojibake.tables import suspicion


def test_an_edit_holds_the_damaged_characters_alone() -> None:
    text = "Zoë’s caf\u00c3\u00a9 – “naïf” – and R&amp;D."
    assert [(text[e.start : e.stop], e.new) for e in EncodingFilter()(Document(text))] == [
        ("\u00c3\u00a9", "é"),
        ("&amp;", "&"),
    ]


def test_a_long_line_of_another_script_is_mended() -> None:
    line = "Это длинная строка, в которой всё испорчено. " * 200
    text = line.encode().decode("latin-1")
    edits = list(EncodingFilter()(Document(text)))
    assert "".join(edit.new for edit in edits).count("Э") == 200
    assert {edit.rule for edit in edits} == {"encoding.mojibake"}


WORDS = st.text(st.sampled_from("aé’“” –ñöß…€£Жд中\u00a0\n"), max_size=12)
SUSPECTS = st.text(st.sampled_from([*sorted(suspicion().firsts | suspicion().seconds), *"aZ .\x85\xad"]), max_size=12)
CHARSETS = st.sampled_from(["latin-1", "sloppy-windows-1252", "sloppy-windows-1251", "macroman", "cp437"])


@given(words=st.lists(WORDS, max_size=4), charsets=st.lists(CHARSETS, max_size=3), tail=st.one_of(SUSPECTS, st.text()))
def test_our_steps_lead_where_those_of_ftfy_do(words: list[str], charsets: list[str], tail: str) -> None:
    line = " ".join(words)
    for charset in charsets:
        line = line.encode("utf-8", "surrogatepass").decode(charset, "replace")
    module, config = _ftfy()
    for text in (line, line + tail):
        assert _decode_again(text) == module.fix_encoding(text, config)


@pytest.mark.parametrize(
    ("text", "repairs"),
    [
        ("A \ud83d\ude00 b", [("\U0001f600", "surrogate")]),
        ("A \ud800 b \udfff c", [("\ufffd", "surrogate")] * 2),
        ("It cost 5 \x80, a \x9f.", [("\u20ac", "mojibake"), ("\u0178", "mojibake")]),
        ("one\x01 two \x7f", [("", "control")] * 2),
        ("o\x0bne \x01two", [("", "control")] * 2),
        ("caf\u00c3\u00a9 one\x01 two", [("\u00e9", "mojibake"), ("", "control")]),
        ("caf\u00c3\u00a9 o\x0bne \x01two", [("\u00e9", "mojibake"), ("", "control"), ("", "control")]),
        ("R&amp;D is an art.", [("&", "entity")]),
        ("It didn#39;t rain.", [("'", "entity")]),
        ("one\x0btwo caf\u00c3\u00a9", [("\u00e9", "mojibake")]),
        ("one\x0btwo", []),  # it may separate words, and nothing else is damaged
        ("a \x1b[31mred", [("", "escape")]),
        ("<b>R&amp;D</b>", []),
        ("<b>R&amp;D</b> caf\u00c3\u00a9", [("\u00e9", "mojibake")]),
    ],
)
def test_each_damage_has_its_repair_and_its_rule(text: str, repairs: list[tuple[str, str]]) -> None:
    assert [(edit.new, edit.rule) for edit in EncodingFilter()(Document(text))] == [
        (new, f"encoding.{rule}") for new, rule in repairs
    ]


@pytest.mark.parametrize(("times", "left"), [(6, "R&D"), (7, "R&amp;D")])
def test_damage_within_damage_is_repaired_eight_times(times: int, left: str) -> None:
    assert settle(f"R&a{'&#' * (times + 1)}{'1;' * (times + 1)}mp;D") == left


def test_filters_are_values() -> None:
    assert {EncodingFilter(): 1}[EncodingFilter()] == 1
