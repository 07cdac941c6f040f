"""Blanks cost no more than the text is long."""

from time import process_time

from cleanwire.document import Document
from cleanwire.filters.space import SpaceFilter


def test_hostile_blanks_take_linear_time() -> None:
    def cost(text: str) -> float:
        begin = process_time()
        list(SpaceFilter()(Document(text)))
        return process_time() - begin

    for unit in (" ", "\r", "\u00a0", " \n", "\r\n \t"):
        cost(unit * 1000)
        assert cost(f"a{unit * 40_000}b\u00a0 c\r") < 20 * cost(f"a{unit * 10_000}b\u00a0 c\r") + 0.05
