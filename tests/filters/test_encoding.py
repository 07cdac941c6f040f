"""Repairs are small, and a line never changes what happens to another."""

from cleanwire.document import Document
from cleanwire.filters.encoding import Encoding


def test_an_edit_holds_the_damaged_characters_alone() -> None:
    text = "Zoë’s caf\u00c3\u00a9 – “naïf” – and R&amp;D."
    assert [(text[e.start : e.stop], e.new) for e in Encoding()(Document(text))] == [
        ("\u00c3\u00a9", "é"),
        ("&amp;", "&"),
    ]


def test_a_long_line_of_another_script_is_mended() -> None:
    line = "Это длинная строка, в которой всё испорчено. " * 200
    text = line.encode().decode("latin-1")
    edits = list(Encoding()(Document(text)))
    assert "".join(edit.new for edit in edits).count("Э") == 200
    assert {edit.rule for edit in edits} == {"encoding.mojibake"}
