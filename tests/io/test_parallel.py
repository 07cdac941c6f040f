"""Any number of processes gives the same results in the same order."""

import os
from collections.abc import Iterator

import pytest

from cleanwire.errors import CleanwireError
from cleanwire.io.parallel import ordered


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_order_stays(jobs: int) -> None:
    items = ["x" * length for length in range(40, 0, -1)]
    assert list(ordered(len, items, jobs)) == list(range(40, 0, -1))


def test_items_are_read_only_a_little_ahead() -> None:
    read = 0

    def items() -> Iterator[str]:
        nonlocal read
        for _ in range(1000):
            read += 1
            yield "x"

    results = ordered(len, items(), 2)
    assert next(results) == 1
    assert read <= 8
    results.close()  # type: ignore[attr-defined] # it is a generator
    assert read <= 8


def test_an_error_comes_out() -> None:
    with pytest.raises(FileNotFoundError):
        list(ordered(os.stat, ["/", "/nowhere-at-all"], 2))


def test_a_killed_process_is_said() -> None:
    with pytest.raises(CleanwireError, match="one of 2 worker processes was killed"):
        list(ordered(os._exit, [3, 3], 2))
