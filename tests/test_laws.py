"""The laws of the house, over the whole chain, on texts that are made to break them.

``make laws`` runs them deep.  Whatever Hypothesis finds is kept in ``cases/laws.json`` and runs for ever after.
"""

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.speed.growth import UNITS, growth
from benchmarks.tools.counting import cost
from cleanwire import PAGE, Cleaner, Document, clean
from cleanwire.edit import Route, trace
from cleanwire.packs.load import builtin_packs
from tests.support import check_reversible

CASES = json.loads((Path(__file__).parent / "cases" / "laws.json").read_text(encoding="utf-8"))
CLEANER = Cleaner()
chains = pytest.mark.parametrize("cleaner", [CLEANER, Cleaner(PAGE)], ids=["article", "page"])

_PHRASES = sorted(
    {
        phrase
        for pack in builtin_packs()
        for rule in pack.rules
        if rule.matching in ("line", "starts", "ends", "label")
        for phrase in rule.phrases[:12]
    }
)
_SHOWN = sorted(
    {
        line[2:]
        for pack in builtin_packs()
        for rule in pack.rules
        for show in rule.examples
        for line in show.split("\n")
        if line.strip()
    }
)
_PROSE = [
    "The council voted on Monday to close the old bridge for a year.",
    "“We knew,” the mayor told Reuters, “that the money would not last the winter.”",
    "Die Brücke bleibt bis zum Frühjahr gesperrt, sagte der Bürgermeister am Montag.",
    "Les habitants ont appris la nouvelle lundi matin, en ouvrant leur journal.",
    "市议会星期一投票决定，将这座旧桥关闭一年，以便进行全面的维修工程。",
    "LONDON (Reuters) - Two ferries were late on Friday because of the fog.",
    "She left at noon.",
    "BEIRUT, April 3 – Two ferries were late on Friday because of the fog.",
    "By Ann Lee",
    "April 3, 2018",
    "A bridge at dawn. REUTERS/Ann Lee",
    "Photo: Ann Lee/AFP",
    "(Reporting by Ann Lee; Editing by Bo Roe)",
]
_NASTY = "\x80\x85\x1e\x1f\x0b\x0c\x1c\r\n\t \xa0\u2028\u2029\u200b\u200d\u200c\ufeff\u00ad\u202e\u2066&<>;#\"'"
_nasty = st.text(
    st.sampled_from(_NASTY + "aÃ©â€™œ\u0301ﬁ１\U0001f468\u0645\u0308¼Â½ï¿½amp;lt;#39;") | st.characters(), max_size=40
)
_RENDERED = [
    "The [bridge][1] is open, the [mayor [sic] said][2].",
    "[[A red bridge, seen from the north]][1]",
    "* [A red bridge]",
    "The [1]bridge is [2]open.",
    "References",
    "[1]: https://example.org/bridge",
    "[2]: https://example.org/2020/03/04/an-address-that-goes-on-beyond-the-width",
    "1. https://example.org/bridge",
    "Image caption",
    "Photo credit",
]
_line = (
    st.sampled_from(_PHRASES)
    | st.sampled_from(_RENDERED)
    | st.sampled_from(_SHOWN)
    | st.sampled_from(_PROSE)
    | st.just("")
    | _nasty
    | st.builds("{}{}{}".format, st.sampled_from(_PROSE), st.sampled_from(["", " ", "\xa0 ", " – "]), _nasty)
    | st.builds(str.upper, st.sampled_from(_PHRASES))
    | st.builds("{}{}".format, st.integers(0, 400).map(" ".__mul__), st.sampled_from(_PROSE))
    | st.builds("".join, st.lists(st.sampled_from(_PHRASES + _SHOWN + _PROSE), min_size=2, max_size=6))
)
_dump = st.lists(st.sampled_from(_PHRASES) | st.sampled_from(_PROSE) | st.just(""), min_size=10, max_size=80)
_rendered = st.lists(st.sampled_from(_RENDERED) | st.sampled_from(_PROSE) | st.just(""), min_size=4, max_size=30)
texts = (st.lists(_line, max_size=40) | _dump | _rendered).map("\n".join)


@chains
@given(text=texts)
def test_replay_revert_nothing_vanishes_unnamed_and_spans_are_in_order(cleaner: Cleaner, text: str) -> None:
    check_reversible(cleaner(text), text)


@chains
@given(text=texts)
def test_stillness(cleaner: Cleaner, text: str) -> None:
    once = cleaner(text).text
    assert cleaner(once).text == once


@chains
@given(text=texts)
def test_places_lead_back_into_the_source(cleaner: Cleaner, text: str) -> None:
    result = cleaner(text)
    route = Route(result.steps)
    places = [trace(result.steps, place) for place in range(len(result.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
    assert all(0 <= route.forth(place) <= len(result.text) for place in range(len(text) + 1))


@chains
@given(text=st.lists(st.sampled_from(_PROSE[:6]), min_size=1, max_size=30).map("\n\n".join))
def test_innocence(cleaner: Cleaner, text: str) -> None:
    assert cleaner(text).text is text


@chains
@given(documents=st.lists(texts, max_size=4))
def test_no_memory(cleaner: Cleaner, documents: list[str]) -> None:
    alone = [cleaner(text).text for text in documents]
    assert [result.text for result in cleaner.map(documents)] == alone
    assert [result.text for result in cleaner.map(reversed(documents))] == alone[::-1]


@given(texts)
def test_parity(text: str) -> None:
    result = CLEANER(text)
    assert clean(text) == result.text == CLEANER(Document(text)).text
    assert pickle.loads(pickle.dumps(CLEANER))(text) == result  # noqa: S301 - our own bytes
    assert json.loads(json.dumps(result.to_dict()))["text"] == result.text


@chains
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_bounded_cost(cleaner: Cleaner, unit: str) -> None:
    assert growth(lambda copies: sum(cost(lambda: cleaner(unit * copies))), 400, 1600) < 1.25


@chains
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_was_found_stays_found(cleaner: Cleaner, case: dict[str, str]) -> None:
    result = cleaner(case["text"])
    assert result.undo() == case["text"]
    assert cleaner(result.text).text == result.text
    assert all(case["text"][s.start : s.end] == s.text for s in result.spans)
