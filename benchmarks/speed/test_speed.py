"""The guards of cost and speed, and the table of speeds."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.speed import costs, instructions, ratios
from benchmarks.speed.costs import CASES, Case
from benchmarks.speed.growth import UNITS, growth
from benchmarks.speed.inputs import Input, inputs, warm
from benchmarks.tools.floors import Floors
from benchmarks.tools.timing import seconds
from cleanwire import Cleaner

WORKS = ratios.contestants(Cleaner())


@pytest.mark.parametrize("case", CASES, ids=[case.task for case in CASES])
def test_no_cost_exceeds_its_pin(case: Case) -> None:
    if case.chain == "page":
        pytest.importorskip("numpy", reason="page mode needs numpy")
    floors = Floors.read(costs.PATH)
    if case.task not in floors.pinned:
        pytest.skip(f"no costs are pinned for Python {costs.PYTHON}: python -m benchmarks.speed.costs --update does")
    assert not costs.guard(case, floors)


@pytest.mark.slow
@pytest.mark.skipif(not instructions.available(), reason="valgrind is not installed")
@pytest.mark.parametrize("given", instructions.INPUTS, ids=[given.name for given in instructions.INPUTS])
def test_no_count_of_instructions_exceeds_its_pin(given: Input) -> None:
    floors, figures = Floors.read(instructions.PATH), instructions.figures(given)
    assert given.name in floors.pinned
    assert not floors.check(given.name, figures, slack=instructions.SLACK)


@pytest.mark.slow
@pytest.mark.parametrize("given", inputs(), ids=[given.name for given in inputs()])
def test_no_ratio_of_time_is_twice_as_bad_as_pinned(given: Input) -> None:
    floors = Floors.read(ratios.PATH)
    if given.name not in floors.pinned:
        pytest.skip(f"nothing is pinned for {given.name}: python -m benchmarks.speed.ratios --update does")
    assert not ratios.guard(given, floors, Cleaner())


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
@pytest.mark.parametrize("chain", costs.CHAINS)
def test_time_grows_linearly(chain: str, unit: str) -> None:
    """What C functions do in quadratic time, no count of calls and lines shows."""
    cleaner = costs.CHAINS[chain]

    def spent(copies: int) -> float:
        return min(seconds(cleaner, [unit * copies]) for _ in range(ratios.TRIES))

    assert min(growth(spent, 1_000, 10_000) for _ in range(ratios.TRIES)) < 3


@pytest.mark.slow
@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("given", inputs(), ids=[given.name for given in inputs()])
def test_speed(benchmark: BenchmarkFixture, given: Input, work: str) -> None:
    texts = given.texts(0)
    benchmark.group = given.name
    benchmark.extra_info["bytes"] = sum(len(text.encode()) for text in texts)
    warm(Cleaner(), given.script)
    seconds(WORKS[work], texts)
    numbers = iter(range(1, 100))
    benchmark.pedantic(  # type: ignore[no-untyped-call] # the plugin has no annotations
        seconds,
        setup=lambda: ((WORKS[work], given.texts(next(numbers))), {}),
        rounds=2 if given.size == "long" else 3,
    )
