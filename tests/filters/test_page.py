"""Page mode keeps the story of a dump, says why it drops the rest, and leaves alone what is no dump."""

import builtins
import pickle
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cleanwire import PAGE, Cleaner, Document, notation
from cleanwire.errors import CleanwireError
from cleanwire.filters import page
from cleanwire.filters.page import BOILERPLATE, COMMENTS, METADATA, PageFilter
from cleanwire.pagemodel.signs import Signs

SEEDS = Path(__file__).parents[2] / "seeds"
SEED = SEEDS / "whole-page.txt"
MARKED = SEED.read_text(encoding="utf-8").split("\n")
DUMP = "\n".join(line[2:] for line in MARKED)
STORY = [line[2:] for line in MARKED if line.startswith("  ")]
MENU = "Home\nNews\nSport\nWeather\nJobs\nSign in\nSubscribe\nContact us\nPrivacy policy\nTerms of use"
REMARKS = [
    "Post a comment",
    "Ole Vik",
    "3 hours ago",
    "I was on that boat last year and it was a fine day out, thank you to all who made it.",
    "Reply",
    "Kari Lund",
    "2 hours ago",
    "They should have asked the islanders first, but nobody ever does, do they?",
    "Reply",
]


@pytest.mark.parametrize("weights", ["news", "any"])
def test_the_story_stays_and_the_page_around_it_goes(weights: str) -> None:
    kept = Cleaner((PageFilter(weights),))(DUMP).text
    assert all(line in kept for line in (STORY if weights == "news" else STORY[:3]))
    assert not any(line in kept.split("\n") for line in ("Menu", "Subscribe", "Follow us", "Privacy policy"))


def test_every_dropped_line_is_an_edit_with_a_rule_and_comments_are_told_from_the_rest() -> None:
    result = Cleaner((PageFilter(),))("\n".join([DUMP, *REMARKS]))
    assert {span.action for span in result.spans} == {"drop", "title", "byline", "date"}
    rules = {span.text: span.rule for span in result.spans}
    assert rules["Menu"] == BOILERPLATE
    assert rules["Kari Lund"] == COMMENTS
    assert all("\n" not in span.text for span in result.spans)


def test_the_head_of_the_story_leaves_the_text_for_its_lanes() -> None:
    result = Cleaner(PAGE)("\n".join([DUMP, *REMARKS]))
    assert result.title == "Library boat makes its last round of the Lorne islands"
    assert (result.byline, result.date) == ("Nell Ashdown", "Published 9 November 2019")
    assert result.title not in result.text
    assert result.undo() == "\n".join([DUMP, *REMARKS])


def test_what_it_leaves_is_left_alone() -> None:
    for weights in ("news", "any"):
        once = Cleaner((PageFilter(weights),))(DUMP).text
        assert list(PageFilter(weights)(Document(once))) == []


@pytest.mark.parametrize("text", ["", " \n\t\n", "Menu", "\n".join(STORY), "\n\n".join(STORY[:2] * 6)])
def test_what_is_no_dump_is_left_alone(text: str) -> None:
    assert list(PageFilter()(Document(text))) == []


def test_the_verdict_tells_a_story_from_a_list_of_links() -> None:
    story, links = PageFilter().verdict(Document(DUMP)), PageFilter().verdict(Document(MENU))
    assert story.story > 0.7
    assert story.dump
    assert links.story < 0.1
    assert not PageFilter().verdict(Document("\n".join(STORY))).dump
    assert PageFilter().verdict(Document("")) == (0.0, False, Signs())


def test_it_explains_each_line_by_the_features_that_weighed_most() -> None:
    scores = {DUMP.split("\n")[score.line]: score for score in PageFilter().explain(Document(DUMP))}
    assert scores["Menu"].story < 0.5
    assert not scores["Menu"].kept
    assert scores[STORY[1]].kept
    assert scores[STORY[1]].story > 0.5
    weights = [abs(weight) for _, weight in scores["Menu"].why]
    assert weights == sorted(weights, reverse=True)
    assert PageFilter().explain(Document(" ")) == []
    assert all(score.kept for score in PageFilter().explain(Document("\n".join(STORY))))


def test_a_lean_to_recall_never_drops_more() -> None:
    dropped = [len(list(PageFilter(lean=lean)(Document(DUMP)))) for lean in (-1.0, 0.0, 1.0)]
    assert dropped == sorted(dropped, reverse=True)


@pytest.mark.parametrize("wrong", [{"weights": "old"}, {"lean": 2.0}, {"lean": float("nan")}])
def test_what_is_no_choice_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(CleanwireError, match=r"choose news or any|from -1"):
        PageFilter(**wrong)


def test_it_compares_prints_and_pickles() -> None:
    act = PageFilter("any", lean=0.5)
    assert pickle.loads(pickle.dumps(act)) == act != PageFilter("any")  # noqa: S301 - our own bytes
    assert "weights='any'" in repr(act)


def test_without_numpy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **others: Any) -> Any:
        if name.partition(".")[0] == "numpy":
            raise ModuleNotFoundError("No module named 'numpy'", name="numpy")
        return real(name, *rest, **others)

    for name in [name for name in sys.modules if name.startswith("cleanwire.pagemodel.")]:
        if name.rpartition(".")[2] in ("classifier", "features", "paragraphs", "characters"):
            monkeypatch.delitem(sys.modules, name)
            monkeypatch.delattr(sys.modules["cleanwire.pagemodel"], name.rpartition(".")[2], raising=False)
    page._classifier.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    try:
        with pytest.raises(CleanwireError, match=r"pip install 'cleanwire\[page\]'"):
            Cleaner(PAGE)(DUMP)
    finally:
        page._classifier.cache_clear()


def test_the_library_starts_without_numpy() -> None:
    import subprocess

    code = "import sys, cleanwire; cleanwire.Cleaner()('Noon.'); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("above", "stays"),
    [
        ([-3.0, 2.0, 0.5, -0.1], [False, True, True, False]),
        ([-3.0, -0.2, -0.6, -0.8], [False, True, True, False]),  # below the border, but a page may hold a story
        ([-3.0, -1.2, -1.3, -4.0], [False, False, False, False]),
    ],
)
def test_of_a_page_that_may_hold_a_story_the_best_stays(above: list[float], stays: list[bool]) -> None:
    border = -0.4
    assert PageFilter._stays(np.array(above, np.float32) + np.float32(border), border).tolist() == stays


def test_in_markdown_paragraphs_that_are_links_go() -> None:
    story = [
        "The council voted on Monday, after a long debate, to close the old harbour bridge for a year.",
        "Two ferries will carry the children to school, the mayor said, and the bus will go around the bay.",
        "“We have known about the rust since the spring,” said the engineer Hanne Lund, who wrote the report.",
        "The work will cost nine million crowns, of which the state pays a third. It begins on the first of March.",
    ]
    cards = [
        "A tug waits in the lock. Harbour What the pilots earn Two of them have left, and nobody wants their place.",
        "The bakery on the square. Prices Bread costs more than fuel The baker says that he will close in summer.",
        "Children at the old school. Education Forty pupils, one teacher The school in the hills seeks a second one.",
        "The ice rink at night. Sport They lost again, and still the hall was full The coach has an idea why.",
        "The keeper on his tower. Portrait A man who counts ships For thirty years he has written down what passes.",
    ]
    names = ("Home", "News", "Sport", "Weather", "Culture", "Opinion", "Subscribe", "Sign in")
    text = "\n\n".join(
        [
            "\n".join(f"* [{name}](/{name[:3]})" for name in names), "# Harbour bridge to close for a year", *story,
            "Share on Facebook", "You may also be interested in", *(f"[{card}](/card.html)\n\n---" for card in cards),
            "Privacy policy", "Contact us", "Terms of use", "All rights reserved",
        ]
    )  # fmt: skip
    cleaned = Cleaner(PAGE)(text)
    assert cleaned.layout == "markdown"
    assert all(line in cleaned.text for line in story)
    assert not any(card in cleaned.text for card in cards)


@pytest.mark.parametrize("weights", ["news", "any"])
def test_what_nothing_vouches_for_is_kept_whole_and_said_so(weights: str) -> None:
    verse = "The ferry goes\nWith empty rows\nThe rope is wet\nNo sun is set\n\n"
    doc = Document(
        "Ballad of the quay\n\n" + verse * 6 + "Old Hanne took the oars, and sang the song again until the dawn.\n"
    )
    assert list(PageFilter(weights)(doc)) == []
    verdict = PageFilter(weights).verdict(doc)
    assert not verdict.dump
    assert verdict.signs == Signs(menu=verdict.signs.menu)
    assert all(score.kept for score in PageFilter(weights).explain(doc))


@pytest.mark.parametrize("weights", ["news", "any"])
def test_seeds_in_which_nothing_goes_are_kept_whole(weights: str) -> None:
    documents = {path.stem: notation.parse(path.read_text(encoding="utf-8")) for path in SEEDS.glob("*.txt")}
    prose = {
        name: notation.source(lines) for name, lines in documents.items() if {line.mark for line in lines} <= set(" @")
    }
    assert len(prose) >= 100
    assert [name for name, text in prose.items() if list(PageFilter(weights)(Document(text)))] == []


HEAD = """---
canonical: https://gazette.example/boat
meta-description: "The boat made its last round."
meta-og:title: The last round
meta-twitter:card: summary
meta-viewport: width=device-width, initial-scale=1
title: The last round
---
"""
OWN = "---\ntitle: The last round\nauthor: Nell Ashdown\ntags: [boats, books]\n---\n"
ROUND = """# The last round

The boat left the quay at nine, with all its books on board and a cat in the wheelhouse.

At the second island nobody was waiting, so the crew drank their tea and left for the third.
"""


def test_the_meta_elements_of_a_page_go() -> None:
    result = Cleaner(PAGE)(HEAD + ROUND)
    assert result.text.endswith(ROUND.partition("\n\n")[2])
    assert "meta-" not in result.text
    assert {span.rule for span in result.spans if span.action == "drop"} == {METADATA}
    assert result.undo() == HEAD + ROUND


@pytest.mark.parametrize("text", [OWN + ROUND, HEAD])
def test_the_front_matter_of_an_author_stays_and_so_does_a_text_of_nothing_else(text: str) -> None:
    result = Cleaner(PAGE)(text)
    assert not any(span.action == "drop" for span in result.spans)
    assert result.text.startswith("---\n")


def test_the_article_chain_leaves_the_meta_elements_of_a_page_to_page_mode() -> None:
    assert Cleaner()(HEAD + ROUND).text == HEAD + ROUND


def test_meta_elements_vouch_for_a_page_of_a_language_that_no_pack_knows() -> None:
    menu = "\n\n".join(f"- {first}ixo {second}umi" for first in "BDFG" for second in "klmn")
    result = Cleaner(PAGE)(f"{HEAD}{menu}\n\n{ROUND}\n\n{menu.swapcase()}")
    assert "The boat left the quay" in result.text
    assert "ixo" not in result.text.lower()


def test_numbered_headings_of_a_story_stay_together() -> None:
    menu = "Home\nNews\nWorld\nSport\nWeather\nPodcasts\nSign in\nSubscribe\nMost read\n"
    story = "The council voted on Monday, after a long debate, to close the old bridge for a year, and nobody was glad."
    titles = [
        f"{number}. {title}" for number, title in enumerate(("SHOPS ARE LEAVING", "A PLAN", "FERRIES", "RENTS"), 1)
    ]
    text = menu + "\n".join(line for title in titles for line in (title, story, story)) + "\nContact\nPrivacy policy\n"
    cleaned = Cleaner(PAGE)(text).text.split("\n")
    assert [line for line in cleaned if line in titles] == titles
    assert not {"World", "Podcasts", "Contact"} & {*cleaned}
