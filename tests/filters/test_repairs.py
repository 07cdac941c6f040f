"""What the three repairing filters keep to, whatever the text: the laws, and gates that never say no wrongly."""

import json
import os
import random
from pathlib import Path

import pytest
from ftfy.badness import is_bad
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.cleaner import Cleaner
from cleanwire.document import Document, Filter
from cleanwire.edit import Step, apply, revert
from cleanwire.filters.encoding import NOISE, EncodingFilter, repaired
from cleanwire.filters.space import SpaceFilter
from cleanwire.filters.unicode import UnicodeFilter
from cleanwire.mojibake.lines import garbled
from cleanwire.mojibake.tables import suspicion
from cleanwire.text.runs import character_runs

FILTERS: tuple[Filter, ...] = (EncodingFilter(), UnicodeFilter(), SpaceFilter())
CLEANER = Cleaner(FILTERS)

MOJIBAKE = "".join(sorted(frozenset[str]().union(*(a | b for a, b, _ in suspicion().tight))))
ALPHABETS = (
    list(MOJIBAKE),
    [*MOJIBAKE, *("abzAZ .,?!1\n&;<" * 9)],
    list("ÂÃŒœ°²³à×√≈‚ÄвЂГўВ abcZ\n\u00a0\u00ad©"),
    [
        "&amp;",
        "&lt;",
        "&#x1b;",
        "&#10;",
        "&am",
        "p;",
        "\x85",
        "É",
        "a",
        "<b>",
        "\x1b[0m",
        "\x00",
        "Ã",
        "©",
        "â€™",
        " ",
        "\n",
    ],
    ["\ud83d", "\ude00", "\ufeff", "Ã", "©", "a", "\n", "\x80", "\x1e", "\x1f"],
    list("aA \n\r\t\x0b\x0c\x85\u2028\u2029\u00a0\u2009\u3000.|"),
    list("ae\u0301\u0327\u200b\u200c\u200d\ufeff\u00ad\u200e\u1100\u1161\u11a8\uac00\n "),
    list("\u09c7\u09be\u0e01\u0e32\u0627\u0915\u094d\u0301\u200b\u200c\u200d👨\ufe0f\n "),
)
texts = st.one_of(st.text(), *(st.lists(st.sampled_from(a), max_size=20).map("".join) for a in ALPHABETS))


def nasty(count: int) -> list[str]:
    rnd = random.Random(7)  # noqa: S311 - the same texts each time
    return ["".join(rnd.choices(rnd.choice(ALPHABETS), k=rnd.randint(1, 12))) for _ in range(count)]


def ungated(text: str) -> str:
    noisy = NOISE.search(text) is not None
    return "\n".join(repaired(line, noisy) for line in text.split("\n"))


def mended(act: Filter, text: str) -> str:
    return apply(text, tuple(act(Document(text))))[0]


@pytest.mark.parametrize("act", FILTERS, ids=lambda act: act.name)
@given(text=texts)
def test_a_filter_replays_reverts_and_is_still(act: Filter, text: str) -> None:
    edits = tuple(act(Document(text)))
    after, lost = apply(text, edits)
    assert revert(after, Step(act.name, edits, lost)) == text
    assert all(edit.new != words for edit, words in zip(edits, lost, strict=True))
    assert list(act(Document(after))) == []


@given(text=texts)
def test_the_three_together_are_still(text: str) -> None:
    result = CLEANER(text)
    assert result.undo() == text
    assert not CLEANER(result.text).changed
    assert result.changed or result.text is text


@given(text=texts)
def test_the_gate_changes_nothing(text: str) -> None:
    assert mended(EncodingFilter(), text) == ungated(text)


def test_the_gate_changes_nothing_on_many_nasty_texts() -> None:
    for text in nasty(20_000):
        found = {line for _, line in garbled(text, character_runs(text))}
        assert {line for line in text.split("\n") if is_bad(line)} <= found, repr(text)


def test_the_gate_changes_nothing_on_real_texts() -> None:
    folder = os.environ.get("CLEANWIRE_DATA")
    if not folder:
        pytest.skip("set CLEANWIRE_DATA to the folder of the data")
    for row in (Path(folder) / "ftfy_cases.jsonl").read_text(encoding="utf-8").split("\n"):
        if row:
            text = json.loads(row)["original"]
            assert mended(EncodingFilter(), text) == ungated(text)


@pytest.mark.parametrize("name", ["encoding", "unicode", "space"])
def test_cases(name: str) -> None:
    act = next(act for act in FILTERS if act.name == name)
    for case in json.loads((Path(__file__).parent / "cases" / f"{name}.json").read_text(encoding="ascii")):
        edits = tuple(act(Document(case["text"])))
        assert apply(case["text"], edits)[0] == case["clean"], repr(case["text"])
        assert [edit.rule for edit in edits] == case["rules"], repr(case["text"])
