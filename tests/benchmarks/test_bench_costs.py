"""The guard of costs: the same work costs the same each time, and a call more a line trips the guard."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.speed import costs
from benchmarks.speed.costs import SLACK, Case, figures
from benchmarks.speed.inputs import SCRIPTS, Input
from benchmarks.tools.counting import cost
from benchmarks.tools.floors import Floors
from benchmarks.tools.tables import Figure
from cleanwire import ARTICLE, Cleaner, Document, Edit
from cleanwire.edit import apply

TEXTS = Input("seeds", "small", "ascii").texts(0)


@dataclass(frozen=True)
class Planted:
    """A filter that does nothing but one call of the library a line."""

    name: str = "planted"

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        for line in doc.text.split("\n"):
            apply(line, ())
        return ()


def test_a_planted_call_a_line_trips_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    case, floors = Case("article", Input("seeds", "small", "ascii")), Floors()
    floors.update(case.task, costs.measure(Cleaner(), case), case.basis())
    assert not costs.guard(case, floors)
    monkeypatch.setitem(costs.CHAINS, "article", Cleaner((*ARTICLE, Planted())))
    wrong = costs.guard(case, floors)
    assert [message.split(" is ")[0].partition(": ")[2] for message in wrong] == [
        "calls again", "calls first time", "lines again", "lines first time",
    ]  # fmt: skip


def test_lines_that_were_seen_before_cost_less() -> None:
    found = figures(Cleaner(), Case("article", Input("seeds", "small", "ascii")))
    assert found["calls again"].value < found["calls first time"].value
    assert found["lines again"].value < found["lines first time"].value


def test_a_stream_is_of_more_texts_none_of_which_was_seen_before() -> None:
    given = Input("seeds", "small", "ascii")
    once, stream = Case("article", given), Case("article", given, stream=True)
    assert stream.texts()[: len(once.texts())] == once.texts()
    assert len(set(stream.texts())) == len(stream.texts()) > len(once.texts())
    assert stream.task != once.task
    found = costs.measure(Cleaner(), stream)
    assert {name.split()[0] for name in found} == {"calls", "lines"}
    assert not any(name.endswith("again") for name in found)


@pytest.mark.parametrize("given", SCRIPTS, ids=[given.kind for given in SCRIPTS])
def test_texts_of_other_scripts_are_mostly_of_these(given: Input) -> None:
    text = "".join(given.texts(0))
    assert sum(character.isascii() for character in text) < len(text) / 2
    assert given.texts(0) != given.texts(1)


def test_what_the_library_does_is_counted_and_nothing_else() -> None:
    text = "She left at noon."
    Cleaner()(text)  # whose line is cached from here on
    once = cost(lambda: Cleaner()(text))
    assert once == cost(lambda: Cleaner()(text))
    assert cost(lambda: [Cleaner()(text), Cleaner()(text)]) == (2 * once.calls, 2 * once.lines)
    assert cost(lambda: sorted(map(str.upper, TEXTS))) == (0, 0)


def test_other_texts_must_be_pinned_again() -> None:
    case, floors = Case("article", Input("seeds", "tiny", "ascii")), Floors()
    floors.update(case.task, found := figures(Cleaner(), case), case.basis())
    other = Case("article", Input("seeds", "tiny", "damaged"))
    assert "texts changed" in floors.check(case.task, found, other.basis(), SLACK)[0]


def test_the_command_pins_and_refuses_to_lower(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, calls = tmp_path / "costs.json", [1000]
    Floors().write(path)
    monkeypatch.setattr(costs, "PATH", path)
    monkeypatch.setattr(costs, "measure", lambda *_: {"calls again": Figure(calls[0], loss=True)})
    run = ["--only", "tiny typographic"]
    assert costs.main([*run, "--update"]) == 0
    calls[0] = 1029
    assert costs.main(run) == 0
    calls[0] = 1031
    assert costs.main(run) == 1
    assert "calls again is 1031" in capsys.readouterr().err
    assert costs.main([*run, "--update"]) == 1
    assert costs.main([*run, "--update", "--allow-regression", "a filter more"]) == 0
    assert [why["why"] for why in Floors.read(path).regressions] == ["a filter more"]
    assert costs.main(run) == 0
