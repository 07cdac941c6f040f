"""Stories of every sort, as a table that engines read, and what one process makes of it."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cleanwire import Cleaner, Document, notation
from cleanwire.learning import learn_sites
from cleanwire.packs.pack import Pack
from cleanwire.packs.parse import parse_pack
from cleanwire.sites.files import template_text
from cleanwire.sites.template import PAGES as TEMPLATE
from tests.support import BELL

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def stories() -> list[str | None]:
    """Return the texts of all seeds, with a null, an empty one and what Arrow and engines may trip over."""
    seeds = [notation.source(notation.parse(file.read_text(encoding="utf-8"))) for file in sorted(SEEDS.glob("*.txt"))]
    return [*seeds, None, "", "a\x0bb\x85c\u2028d\r\ne\x00f", "\U0001f600\n\nPost a comment\n"]


@pytest.fixture(scope="session")
def table(stories: list[str | None]) -> Any:
    """Return a table of numbered stories, each many times, in row groups and with a column that must stay."""
    pa = pytest.importorskip("pyarrow")
    texts = stories * 8
    numbers = list(range(len(texts)))
    return pa.table(
        {
            "id": pa.array(numbers, pa.int64()),
            "text": pa.array(texts, pa.string()),
            "other": pa.array([[{"n": n / 3, "s": None}] for n in numbers]),
        }
    )


@pytest.fixture(scope="session")
def alone(table: Any) -> Any:
    """Return what one process makes of the table, row by row."""
    from cleanwire.arrow import EXTRA_COLUMNS, clean_batch

    rows = [row for batch in table.to_batches() for row in clean_batch(batch, keep=list(EXTRA_COLUMNS)).to_pylist()]
    assert [row["text"] for row in rows] == [
        None if text is None else Cleaner()(text).text for text in table["text"].to_pylist()
    ]
    return rows


@pytest.fixture(scope="session")
def spoken(alone: Any) -> dict[tuple[str, str], int]:
    """Return how often each rule spoke in one process, by action and rule."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in alone:
        for edit in row["edits"] or ():
            counts[edit["action"], edit["rule"]] += edit["count"]
    assert len(counts) > 20
    return counts


@pytest.fixture(scope="session")
def visits() -> Any:
    """Return a table of pages of three sites, one of which has more than a template remembers, and of none."""
    pa = pytest.importorskip("pyarrow")
    hosts = ["https://www.one.example/", "two.example", "https://three.example:80/", None]
    rows = [
        {
            "id": n,
            "address": hosts[min(n % 8, 3)],
            "body": None if n == 5 else f"{_page(n)}\n\nFrom {hosts[min(n % 8, 3)]}",
        }
        for n in range(240)
    ]
    return pa.Table.from_pylist([*rows, *rows[:20]])


def _page(number: int) -> str:
    story = [f"The {'x' * number}th ferry left at noon, said the harbour master in the {n}th year." for n in "abc"]
    return "\n\n".join(["Our menu", "Tides and ferries", *story, "Ring us at the mill"])


@pytest.fixture(scope="session")
def known(visits: Any) -> dict[str, str]:
    """Return what one process learns of the pages, by host."""
    rows = [row for row in visits.to_pylist() if row["body"] is not None]
    found = learn_sites(Document(row["body"], row["address"]) for row in rows)
    assert len(found) == 4
    assert max(len(template.pages) for template in found.values()) == TEMPLATE
    return {host: template_text(template) for host, template in found.items()}


@pytest.fixture
def pack() -> Pack:
    """Return a pack that nothing else knows, so that no process has compiled it."""
    return parse_pack("travels", BELL)
