"""The table of speeds, the guard of the ratios, and the guard of the guard."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.speed import ratios
from benchmarks.speed.inputs import Input, inputs
from benchmarks.tools.floors import Floors
from benchmarks.tools.timing import seconds
from cleanwire import ARTICLE, Cleaner, Document, Edit

WORKS = ratios.contestants(Cleaner())
SLOW = pytest.mark.slow
INPUTS = [
    pytest.param(given, id=given.name, marks=SLOW if given.size == "long" or given.origin == "data" else ())
    for given in inputs()
]


@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("given", INPUTS)
def test_speed(benchmark: BenchmarkFixture, given: Input, work: str) -> None:
    texts = given.texts(0)
    benchmark.group = given.name
    benchmark.extra_info["bytes"] = sum(len(text.encode()) for text in texts)
    ratios.warm()
    seconds(WORKS[work], texts)
    numbers = iter(range(1, 100))
    benchmark.pedantic(  # type: ignore[no-untyped-call]
        seconds,
        setup=lambda: ((WORKS[work], given.texts(next(numbers))), {}),
        rounds=2 if given.size == "long" else 3,
    )


@pytest.mark.parametrize("given", INPUTS)
def test_no_ratio_is_worse_than_pinned_by_a_quarter(given: Input) -> None:
    floors = Floors.read(ratios.PLACE)
    if given.name not in floors.pinned:
        pytest.skip(f"nothing is pinned for {given.name}: python -m benchmarks.speed.ratios --update pins it")
    assert not ratios.guard(given, floors, Cleaner())


@dataclass(frozen=True)
class Burn:
    """A filter that does nothing, slowly."""

    nanoseconds: float
    """For each character of the text."""
    name: str = "burn"

    def __call__(self, doc: Document) -> Iterator[Edit]:
        until = process_time() + self.nanoseconds * len(doc.text) / 1e9
        while process_time() < until:
            pass
        return iter(())


def test_a_planted_slow_down_trips_the_guard() -> None:
    given = Input("seeds", "small", "ascii")
    floors = Floors()
    figures = ratios.figures(given, Cleaner())
    floors.update(given.name, figures, {}, 0)
    taken, size = ratios.measure(given, {"chain": Cleaner()}, rounds=3)
    burn = Burn(2e9 * sum(taken["chain"]) / size)  # twice the chain, which no noise of the machine hides
    assert not ratios.guard(given, floors, Cleaner())
    assert ratios.guard(given, floors, Cleaner(filters=(*ARTICLE, burn)))
