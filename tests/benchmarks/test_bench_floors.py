"""The guard of floors: what trips it, and what it refuses."""

from pathlib import Path

import pytest

from benchmarks.quality import run
from benchmarks.speed import costs, ratios
from benchmarks.tools.floors import EPSILON, Basis, Floors, RegressionError
from benchmarks.tools.tables import Figure

DATA = {"lines.jsonl.zst": "aa"}
BASIS = Basis(DATA, 10)
FIGURES = {"share out %": Figure(80.0), "body words lost %": Figure(0.04, loss=True)}


@pytest.fixture
def floors() -> Floors:
    floors = Floors()
    floors.update("lines", FIGURES, BASIS)
    return floors


def test_nothing_pinned_is_nothing_wrong() -> None:
    assert Floors().check("lines", FIGURES, Basis(DATA)) == []


def test_the_same_figures_hold(floors: Floors) -> None:
    assert floors.check("lines", FIGURES, BASIS) == []


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("share out %", Figure(79.9)),
        ("share out %", Figure(80.0 - 2 * EPSILON)),
        ("body words lost %", Figure(0.05, loss=True)),
        ("body words lost %", Figure(0.04 + 2 * EPSILON, loss=True)),
    ],
)
def test_a_worse_figure_trips(floors: Floors, name: str, figure: Figure) -> None:
    (wrong,) = floors.check("lines", {**FIGURES, name: figure}, BASIS)
    assert name in wrong


@pytest.mark.parametrize(
    ("name", "figure"), [("share out %", Figure(81.0)), ("body words lost %", Figure(0.0, loss=True))]
)
def test_a_better_figure_holds(floors: Floors, name: str, figure: Figure) -> None:
    assert floors.check("lines", {**FIGURES, name: figure}, Basis(DATA, 12)) == []


def test_rounding_alone_does_not_trip() -> None:
    floors = Floors()
    third = {"a": Figure(200 / 3), "b": Figure(100 / 3, loss=True)}
    floors.update("lines", third, Basis(DATA, 1))
    assert floors.check("lines", third, Basis(DATA, 1)) == []


def test_a_figure_that_is_gone_trips(floors: Floors) -> None:
    (wrong,) = floors.check("lines", {"share out %": Figure(80.0)}, BASIS)
    assert "not measured" in wrong


@pytest.mark.parametrize("data", [{"lines.jsonl.zst": "bb"}, {}, {**DATA, "more": "cc"}])
def test_other_data_trips(floors: Floors, data: dict[str, str]) -> None:
    (wrong,) = floors.check("lines", FIGURES, Basis(data, 10))
    assert "changed since" in wrong


def test_fewer_rules_trip(floors: Floors) -> None:
    assert floors.check("lines", FIGURES, Basis(DATA, 9)) == ["lines: 9 rules are left of 10"]


def test_update_raises(floors: Floors) -> None:
    floors.update("lines", {**FIGURES, "share out %": Figure(90.0)}, Basis(DATA, 11))
    assert floors.pinned["lines"].figures["share out %"] == 90.0
    assert floors.pinned["lines"].rules == 11
    assert floors.regressions == []


def test_update_refuses_to_lower(floors: Floors) -> None:
    with pytest.raises(RegressionError, match="share out %"):
        floors.update("lines", {**FIGURES, "share out %": Figure(79.0)}, BASIS)
    assert floors.pinned["lines"].figures["share out %"] == 80.0


@pytest.mark.parametrize(("name", "holds", "trips"), [("ftfy_to_chain", 8.1, 7.9), ("chain_to_floor", 12.4, 12.6)])
def test_slack_forgives_less_than_a_quarter(name: str, holds: float, trips: float) -> None:
    loss = name == "chain_to_floor"
    floors = Floors()
    floors.update("tiny", {name: Figure(10.0, loss)})
    assert floors.check("tiny", {name: Figure(holds, loss)}, slack=0.25) == []
    assert len(floors.check("tiny", {name: Figure(trips, loss)}, slack=0.25)) == 1


def test_floors_do_not_creep_down_by_slack() -> None:
    floors = Floors()
    for value in (10.0, 9.0, 8.1):
        floors.update("tiny", {"ftfy_to_chain": Figure(value)}, slack=0.25)
    assert floors.pinned["tiny"].figures["ftfy_to_chain"] == 10.0


def test_update_refuses_other_data(floors: Floors) -> None:
    with pytest.raises(RegressionError, match="changed since"):
        floors.update("lines", FIGURES, Basis({"lines.jsonl.zst": "bb"}, 10))


def test_update_lowers_for_a_reason_that_it_keeps(floors: Floors) -> None:
    floors.update("lines", {**FIGURES, "share out %": Figure(79.0)}, BASIS, why="the old rule cut prose")
    assert floors.pinned["lines"].figures["share out %"] == 79.0
    (kept,) = floors.regressions
    assert kept["why"] == "the old rule cut prose"
    assert "79" in kept["lowered"][0]


def test_floors_do_not_creep_down_by_what_rounding_may_take(floors: Floors) -> None:
    for _ in range(5):
        held = floors.pinned["lines"].figures["share out %"]
        floors.update("lines", {**FIGURES, "share out %": Figure(held - EPSILON / 2)}, BASIS)
    assert floors.pinned["lines"].figures["share out %"] == 80.0


def test_written_floors_read_the_same(floors: Floors, tmp_path: Path) -> None:
    floors.update("lines", {**FIGURES, "share out %": Figure(70.0)}, BASIS, why="a “reason”")
    floors.write(tmp_path / "floors.json")
    assert Floors.read(tmp_path / "floors.json") == floors


@pytest.mark.parametrize("place", [run.PATH, ratios.PATH, costs.PATH])
def test_the_floors_of_this_repository_can_be_read(place: Path) -> None:
    assert Floors.read(place).pinned
