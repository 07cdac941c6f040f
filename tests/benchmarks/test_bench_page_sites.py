"""The ablation of page mode on sites: which pages count, and by which template each is cleaned."""

import pytest

pytest.importorskip("numpy", reason="page mode needs numpy")

from benchmarks.page.corpus import PageText
from benchmarks.page.sites import tasks


def page(number: int, host: str, about: str) -> PageText:
    gold = "\n".join(f"The {about} was the {n} thing that people in the town talked about." for n in "abc")
    return PageText(str(number), host, "en", "article", "ours", "as it is", f"Our menu {number}\n{gold}", gold)


def test_a_page_counts_beside_a_distinct_one_and_its_template_is_of_the_others() -> None:
    given = [
        page(1, "a.example", "ferry"), page(2, "a.example", "bridge"), page(3, "b.example", "mill"),
        page(4, "c.example", "pub"), page(5, "c.example", "pub"),
    ]  # fmt: skip
    found = {task.page.id: task.template for task in tasks(given)}
    assert sorted(found) == ["1", "2"]
    assert found["1"].host == "a.example"
    assert ["our menu 0" in one.keys for one in found["1"].pages] == [True]
    assert found["1"].pages[0].story.keys().isdisjoint(found["2"].pages[0].story)
