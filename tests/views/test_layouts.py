"""The laws in every layout: the same story in another layout, and odd texts that a layout is forced on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanwire import ARTICLE, Cleaner, Document, UnknownNameError
from cleanwire.document import LINES
from cleanwire.views.layout import AUTO, LAYOUTS, layout_of, maker
from tests.support import check_reversible

VIEWS = [name for name in LAYOUTS if name != LINES]
STORY = [
    "The council of Osthaven voted on Monday to close the old harbour bridge for a year.",
    "Officials said that the work would cost nine million and begin in the first week of May.",
    "“We knew,” the mayor told reporters, “that the money would not last the winter.”",
]
MARKUP = [
    "", "# Bridge to close", "[Read more](https://osthaven.example/a)", "**Post a comment**", "```", "    indented",
    "x = 1  # Share this story", "* item", "> quoted", "| a | 1 |", "|---|---|", "![A bridge at dawn](b.jpg)", "---",
    "<br>", "<p>Noon</p>", "Post a comment", "Facebook Comments", r"Noon.\nNight.\n", "By Ann Lee", "Advertisement",
    "A bridge at dawn. Photo: Ann Lee/AFP", "[1]: https://osthaven.example", "harbour and the bridge", *STORY,
]  # fmt: skip
texts = st.lists(st.sampled_from(MARKUP), max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", " ", "<br>", r"\n", "\r\n"]).map(lambda joint: joint.join(lines))
)


@pytest.mark.parametrize("layout", [AUTO, *LAYOUTS])
@given(text=texts)
def test_the_laws_hold(layout: str, text: str) -> None:
    cleaner = Cleaner(ARTICLE, layout=layout)
    result = cleaner(text)
    check_reversible(result, text)
    assert cleaner(result.text).text == result.text


@pytest.mark.parametrize("layout", VIEWS)
@given(text=texts)
def test_a_view_only_folds(layout: str, text: str) -> None:
    view = maker(layout)(Document(text))
    if view is None:
        return
    assert view.doc.layout == layout
    whole = view.to_source(view.doc.cut({}))
    assert whole == []


def test_a_layout_is_recognised_or_stated() -> None:
    assert Cleaner()("\n\n".join(STORY)).layout == LINES
    assert layout_of("") == LINES
    with pytest.raises(UnknownNameError, match="did you mean 'escaped'"):
        Cleaner(layout="escape")


@pytest.mark.parametrize("joint", ["\n", " ", "<br>", r"\n", "\n\n"])
@pytest.mark.parametrize("tail", [["Post a comment"], ["Share this story", "Facebook Twitter", "Post a comment"]])
@pytest.mark.parametrize("end", ["\n", ""])
def test_a_cut_at_the_end_keeps_the_final_line_end(joint: str, tail: list[str], end: str) -> None:
    result = Cleaner(ARTICLE)(joint.join([*STORY, *tail]) + end)
    assert result.text.endswith(STORY[-1] + end)
    assert result.removed_ratio
