"""Annotated-diff notation: what is parsed, rendered and shown of a result."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire import Cleaner
from cleanwire.errors import NotationError
from cleanwire.notation import AnnotatedLine, annotate, parse, render, source, verdicts

STORY = "She left at noon, and nobody in the harbour had noticed it at all."
_lines = st.lists(
    st.builds(AnnotatedLine, st.sampled_from(" -^@<>"), st.text("ab -^\t", min_size=1).filter(str.strip))
    | st.just(AnnotatedLine(" ", ""))
)


def shown(text: str) -> str:
    return render(annotate(Cleaner()(text)))


@given(_lines.filter(lambda lines: not lines or bool(lines[0].text and lines[-1].text)))
def test_parse_reads_what_render_writes(lines: list[AnnotatedLine]) -> None:
    assert parse(render(lines)) == (lines or [AnnotatedLine(" ", "")])


@pytest.mark.parametrize("text", ["She left.", "* a list", "--- a rule", "\tindented"])
def test_a_line_needs_a_mark(text: str) -> None:
    with pytest.raises(NotationError, match="line 2"):
        parse(f"  Noon.\n{text}")


def test_a_line_keeps_its_indent_and_a_mark_may_stand_alone() -> None:
    assert parse("-   two\n-") == [AnnotatedLine("-", "  two"), AnnotatedLine("-", "")]


def test_the_source_is_what_came() -> None:
    lines = parse("\n- Tweet\n\n< Cafe,noon\n> Cafe, noon\n  It rained.\n")
    assert source(lines) == "Tweet\n\nCafe,noon\nIt rained."
    assert [line.mark for line in verdicts(lines)] == ["-", "<", ">", " "]


def test_each_line_has_the_mark_of_its_action() -> None:
    text = f"Rain closes the harbour\n\nBy Ann Lee\n\n{STORY}\n\nPhoto: Ann Lee/AFP\n\nPost a comment"
    assert shown(text).split("\n") == [
        "@ Rain closes the harbour", "", "@ By Ann Lee", "", f"  {STORY}", "", "^ Photo: Ann Lee/AFP", "",
        "- Post a comment",
    ]  # fmt: skip


def test_a_line_that_changed_is_shown_twice() -> None:
    assert shown(f"Itâ€™s wet.\n\n{STORY}") == f"< Itâ€™s wet.\n> It’s wet.\n\n  {STORY}"


@given(st.lists(st.sampled_from([STORY, "Post a comment", "Photo: Ann Lee/AFP", "By Ann Lee", "", "Itâ€™s wet."])))
def test_the_source_of_a_shown_result_is_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert source(annotate(Cleaner()(text))) == text
