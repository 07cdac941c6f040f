"""Pages as rows: whatever is grouped with whatever, a template is the same, and no more is held than it needs."""

from typing import Any

import pytest

pa = pytest.importorskip("pyarrow")

from cleanwire.engines.sites import joined, page_rows, template_of, template_rows  # noqa: E402 - it needs pyarrow
from cleanwire.errors import ColumnError, TemplateError  # noqa: E402 - it needs pyarrow
from cleanwire.sites.template import PAGES  # noqa: E402 - it needs pyarrow


def test_rows_sorted_by_host_give_what_one_process_learns(visits: Any, known: dict[str, str]) -> None:
    parts = [page_rows(batch, "body", "address") for batch in visits.to_batches(max_chunksize=30)]
    together = pa.Table.from_batches(parts).sort_by("host")
    rows = [row for batch in template_rows(together.to_batches(max_chunksize=7)) for row in batch.to_pylist()]
    assert {row["host"]: row["template"] for row in rows} == known
    assert len(rows) == len(known)
    assert list(template_rows([])) == []


@pytest.mark.parametrize("size", [1, 3, 100])
def test_pages_join_in_any_grouping(visits: Any, known: dict[str, str], size: int) -> None:
    rows = pa.Table.from_batches([page_rows(batch, "body", "address") for batch in visits.to_batches(max_chunksize=50)])
    for host, template in known.items():
        pages = [row["page"] for row in rows.to_pylist() if row["host"] == host]
        held: list[str] = []
        for start in range(0, len(pages), size):
            held = joined([*held, *pages[start : start + size]])
            assert len(held) <= PAGES
        assert template_of(host, held) == template


def test_a_column_that_is_absent_is_named(visits: Any) -> None:
    with pytest.raises(ColumnError, match="'url'"):
        page_rows(visits.to_batches()[0], "body")


def test_a_row_that_is_no_template_is_refused(tmp_path: Any) -> None:
    from cleanwire.engines.sites import write_templates

    with pytest.raises(TemplateError, match=r"the template of a\.example:1: not JSON"):
        write_templates([{"host": "a.example", "template": "nonsense"}], tmp_path)
