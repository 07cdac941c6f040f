"""Leaving a page out: which pages count, and what they are cleaned by."""

from typing import Any

from benchmarks.quality.sites import CHAINS, Task, read, tasks
from benchmarks.tools.data import page_text

FOOT = "Ring us at the mill"


def row(number: int, about: str, host: str = "a.example") -> dict[str, Any]:
    story = [
        f"The {about} was the {n} thing that people talked about, said the mayor." for n in ("1st", "2nd", "3rd", "4th")
    ]
    lines = [{"t": text, "label": "body", "in_gt": 1.0} for text in story] + [
        {"t": FOOT, "label": "footer", "in_gt": 0.0}
    ]
    return {
        "id": f"{host}{number}", "url": f"https://{host}/{number}", "source": "wcxb", "body_src": "gt",
        "page_type": "article", "lines": lines,
    }  # fmt: skip


def found(*rows: dict[str, Any]) -> list[Task]:
    def body(row: dict[str, Any]) -> set[str]:
        return {line["t"] for line in row["lines"] if line["label"] == "body"}

    return list(tasks(rows, lambda row: page_text(row)[0], body))


def test_a_page_counts_where_its_host_has_another_story() -> None:
    rows = [
        row(1, "bridge"),
        row(2, "ferry"),
        row(3, "ferry"),
        row(4, "mill", "b.example"),
        row(5, "ferry", "c.example"),
    ]
    assert [(task.row["id"], len(task.others)) for task in found(*rows, row(6, "ferry", "c.example"))] == [
        ("a.example1", 2), ("a.example2", 2), ("a.example3", 2)
    ]  # fmt: skip


def test_no_page_is_cleaned_by_itself() -> None:
    one, two = found(row(1, "bridge"), row(2, "ferry"))
    assert all("ferry" in key or "mill" in key for key in one.others[0].keys)
    assert all("bridge" in key or "mill" in key for key in two.others[0].keys)


def test_the_chains_are_scored_side_by_side() -> None:
    scored = read(found(row(1, "bridge"), row(2, "ferry"))[0])
    assert scored.others == 1
    out = {name: scored.tallies[name].removed["footer", "drop"] for name in CHAINS}
    assert out == {"packs": 0, "templates": 1, "both": 1}
    assert all(tally.lost == 0 for tally in scored.tallies.values())
