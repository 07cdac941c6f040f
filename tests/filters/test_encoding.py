"""Repairs are small, and a line never changes what happens to another."""

from hypothesis import given
from hypothesis import strategies as st

from cleanwire.document import Document
from cleanwire.filters.encoding import EncodingFilter, _decode_again, _ftfy
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
