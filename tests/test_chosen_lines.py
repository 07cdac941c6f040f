"""Lines that the caller has chosen: `keep` and `drop`."""

import pickle
from typing import Any

import pytest

from cleanwire import PAGE, Cleaner, Document, Edit
from cleanwire.errors import InputError

BODY = "She left at noon, and nobody in the harbour saw her go."
TAIL = f"{BODY}\n\nShare on Facebook\nTweet\nPost a comment"


@pytest.mark.parametrize(
    ("keep", "clean"),
    [
        (["Post a comment"], f"{BODY}\n\nPost a comment"),
        (["POST A COMMENT!"], f"{BODY}\n\nPost a comment"),
        (["Tweet"], f"{BODY}\n\nTweet\n"),
        (["Share on Facebook\n\nTweet"], f"{BODY}\n\nShare on Facebook\nTweet\n"),
        (["Post"], BODY),
    ],
)
def test_a_kept_line_is_never_cut(keep: list[str], clean: str) -> None:
    cleaner = Cleaner(keep=keep)
    result = cleaner(TAIL)
    assert result.text == clean
    assert cleaner(clean).text == clean
    assert result.undo() == TAIL


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n \n"])
@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("cleaner", [Cleaner(skip=["comments"]), Cleaner(keep=["Post a comment"])])
def test_a_line_that_stays_is_never_joined_to_the_text_above(cleaner: Cleaner, gap: str, end: str) -> None:
    lines = cleaner(f"{BODY}{gap}Tweet{gap}Post a comment{end}").text.split("\n")
    assert [line for line in lines if line] == [BODY, "Post a comment"]
    assert len(lines) - len(end) == (2 if gap == "\n" else 3)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{BODY}\n\nPhoto: Ann Lee/AFP\n\n{BODY}", "Photo: Ann Lee/AFP"),
        (f"Rain in the harbour\n\nBy Ann Lee\n\n{BODY}", "By Ann Lee"),
        (
            f"# Rain\n\n{BODY} [More](https://example.org)\n\n- Post a comment\n- [Tweet](https://example.org)",
            "Tweet",
        ),
    ],
)
def test_no_filter_cuts_a_kept_line(text: str, line: str) -> None:
    assert line not in Cleaner(take=["byline"])(text).text
    assert line in Cleaner(take=["byline"], keep=[line])(text).text


def test_page_mode_keeps_the_line() -> None:
    pytest.importorskip("numpy")
    menu = "Home\nNews\nSport\nWeather\nHarbour watch\nContact\n\n"
    text = menu + "\n\n".join([BODY] * 8) + "\n\nPost a comment\nPrivacy policy\nTerms of use\n"
    assert "Harbour watch" not in Cleaner(PAGE)(text).text
    assert "Harbour watch\n" in Cleaner(PAGE, keep=["Harbour watch"])(text).text


def test_a_kept_line_is_repaired() -> None:
    assert Cleaner(keep=["Post a café comment"])("Post a cafÃ© comment  \n").text == "Post a café comment\n"


def test_a_filter_of_ones_own_may_not_cut_a_kept_line() -> None:
    class Own:
        name = "own"

        def __call__(self, doc: Document, /) -> list[Edit]:
            return [Edit(0, len(doc.text), "", "drop", "own.all")] if doc.text else []

    assert Cleaner([Own()])("Noon.\nNight.").text == ""
    assert Cleaner([Own()], keep=["night"])("Noon.\nNight.").text == "Noon.\nNight."


@pytest.mark.parametrize("options", [{}, {"only": ["space"]}, {"filters": []}, {"languages": ["de"]}])
def test_a_dropped_line_always_goes(options: dict[str, Any]) -> None:
    cleaner = Cleaner(drop=["Harbour news, every day"], **options)
    text = f"Harbour News every day!\n\n{BODY}\n\n- Harbour news: every day\n"
    result = cleaner(text)
    assert result.text == f"{BODY}\n"
    assert {span.rule for span in result.spans} == {"drop.chosen"}
    assert result.undo() == text


def test_a_dropped_line_is_a_whole_line() -> None:
    text = f"{BODY} Harbour news, every day.\n"
    assert Cleaner(drop=["Harbour news, every day"])(text).text == text


def test_a_dropped_paragraph_of_markdown_takes_its_markup_along() -> None:
    text = f"# Rain\n\n{BODY} [More](https://example.org)\n\n**Harbour *news***\n\n{BODY}\n"
    assert "arbour *" not in Cleaner(drop=["Harbour news"])(text).text


def test_the_lines_belong_to_the_value() -> None:
    cleaner = Cleaner(keep=["B", "A"], drop=["C\nD"])
    assert [sorted(cleaner.keep), sorted(cleaner.drop)] == [["A", "B"], ["C", "D"]]
    assert cleaner != Cleaner(keep=["A", "B"])
    assert Cleaner.from_dict(cleaner.to_dict()) == cleaner
    assert pickle.loads(pickle.dumps(cleaner)) == cleaner  # noqa: S301 - our own bytes
    assert repr(cleaner) == "Cleaner(keep={'A', 'B'}, drop={'C', 'D'})"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"keep": "A line"}, r"keep is the str 'A line'; give a collection of lines of text: keep=\['A line'\]"),
        ({"drop": [1]}, "drop contains 1, which is not a str"),
        ({"drop": ["***"]}, r"drop: '\*\*\*' has no letter or digit"),
        ({"keep": ["Post a comment"], "drop": ["post a comment!"]}, "'post a comment!' is in both keep and drop"),
    ],
)
def test_wrong_lines_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Cleaner(**options)
