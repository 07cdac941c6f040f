"""The ablation of page mode on sites: which dumps count, and by what template each is cleaned."""

import pytest

pytest.importorskip("numpy", reason="page mode needs numpy")

from benchmarks.page.corpus import Dump
from benchmarks.page.sites import tasks


def dump(number: int, host: str, about: str) -> Dump:
    gold = "\n".join(f"The {about} was the {n} thing that people in the town talked about." for n in "abc")
    return Dump(str(number), host, "en", "article", "ours", "as it is", f"Our menu {number}\n{gold}", gold)


def test_a_dump_counts_beside_a_distinct_one_and_is_no_witness_of_itself() -> None:
    given = [
        dump(1, "a.example", "ferry"), dump(2, "a.example", "bridge"), dump(3, "b.example", "mill"),
        dump(4, "c.example", "pub"), dump(5, "c.example", "pub"),
    ]  # fmt: skip
    found = {task.dump.id: task.template for task in tasks(given)}
    assert sorted(found) == ["1", "2"]
    assert found["1"].host == "a.example"
    assert ["our menu 0" in page.rows for page in found["1"].pages] == [True]
    assert found["1"].pages[0].story.keys().isdisjoint(found["2"].pages[0].story)
