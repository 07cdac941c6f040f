"""Learn site templates on many machines: pages as rows of batches, which an engine groups by host.

The map step is `page_rows`; the engine groups the pages by host, and `template_rows` or `joined` make its template.
At most the pages of two templates of a host are in memory at a time, however many there are.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from cleanwire.arrow import text_column
from cleanwire.document import Document
from cleanwire.learning import learn_sites
from cleanwire.sites.files import extend_site, parse_template, template_text
from cleanwire.sites.page import dump_page, load_page
from cleanwire.sites.template import Template, gather

PAGES = pa.schema({"host": pa.string(), "page": pa.string()})
"""The schema of `page_rows`: a row for each page that a template may keep."""
TEMPLATES = pa.schema({"host": pa.string(), "template": pa.string()})
"""The schema of the result: a row for each host, with its template as the text of its file."""


def page_rows(batch: pa.RecordBatch, column: str = "text", url: str = "url") -> pa.RecordBatch:
    """Return the pages of a batch, each with its host; of each host at most as many as a template keeps.

    Rows without a text are skipped.  Raises `ColumnError` for a column that is missing or not text.

    >>> batch = pa.record_batch({"text": ["Our menu", None], "url": ["https://example.org/a", "https://example.org/b"]})
    >>> page_rows(batch)["host"].to_pylist()
    ['example.org']
    """
    rows = zip(text_column(batch, column), text_column(batch, url), strict=True)
    found = learn_sites(Document(text, address) for text, address in rows if text is not None)
    pages = [(host, dump_page(page)) for host, template in found.items() for page in template.pages]
    return pa.RecordBatch.from_arrays(
        [pa.array([row[index] for row in pages], pa.string()) for index in (0, 1)], schema=PAGES
    )


def template_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the template of each host, from batches of `PAGES` that are sorted by host."""
    rows = (row for batch in batches for row in zip(*(column.to_pylist() for column in batch.columns), strict=True))
    for host, pages in groupby(rows, key=lambda row: row[0]):
        template = gather((host, load_page(text)) for _, text in pages)[host]
        yield pa.RecordBatch.from_pylist([{"host": host, "template": template_text(template)}], TEMPLATES)


def joined(pages: Iterable[str]) -> list[str]:
    """Return those pages of one host, as texts, that its template keeps: the same for any order and grouping.

    >>> pages = page_rows(pa.record_batch({"text": ["Our menu"], "url": ["example.org"]}))["page"].to_pylist()
    >>> joined(pages * 2) == pages
    True
    """
    found = gather(("", load_page(text)) for text in pages)
    return [dump_page(page) for page in found[""].pages] if found else []


def template_of(host: str, pages: Iterable[str]) -> str:
    """Return the template of a host as text, from the pages that `joined` returned."""
    return template_text(Template(host, tuple(map(load_page, pages))))


def write_templates(rows: Iterable[Mapping[str, Any]], folder: str | Path) -> int:
    """Write rows of `TEMPLATES` into a folder of templates, and return the number of hosts.

    Existing templates are updated, as by `cleanwire.learning.learn_corpus`.  Raises `TemplateError`.
    """
    Path(folder).mkdir(parents=True, exist_ok=True)
    hosts = 0
    for row in rows:
        extend_site(parse_template(row["template"], f"the template of {row['host']}"), folder)
        hosts += 1
    return hosts
