"""White space costs no more than the text is long."""

import pytest

from benchmarks.speed.growth import growth
from benchmarks.tools.counting import cost
from cleanwire.document import Document
from cleanwire.filters.space import SpaceFilter


@pytest.mark.parametrize("unit", [" ", "\r", "\u00a0", " \n", "\r\n \t"])
def test_hostile_spaces_cost_linearly(unit: str) -> None:
    def count(copies: int) -> int:
        return sum(cost(lambda: list(SpaceFilter()(Document(f"a{unit * copies}b\u00a0 c\r")))))

    assert growth(count, 2_000, 8_000) < 1.25
