"""Learn what sites repeat on many machines: pages as rows of batches, which an engine groups by host.

The map is `page_rows`; an engine brings the pages of a host together, and `template_rows` or `joined` make its template
of them.  Of a host no more than the pages of two templates are ever in memory, however many an engine hands over.
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
"""What `page_rows` gives: a row for each page that is worth remembering."""
TEMPLATES = pa.schema({"host": pa.string(), "template": pa.string()})
"""What is learned: a row for each host, with the text of the file of its template."""


def page_rows(batch: pa.RecordBatch, column: str = "text", url: str = "url") -> pa.RecordBatch:
    """Return the pages of a batch, each with its host; of more pages of one host than a template holds, those of one.

    Rows without a text are passed over.  Raises `ColumnError` for a column that is absent or no text.

    >>> batch = pa.record_batch({"text": ["Our menu", None], "url": ["https://example.org/a", "https://example.org/b"]})
    >>> page_rows(batch)["host"].to_pylist()
    ['example.org']
    """
    rows = zip(text_column(batch, column), text_column(batch, url), strict=True)
    found = learn_sites(Document(text, address) for text, address in rows if text is not None)
    pages = [(host, dump_page(page)) for host, template in found.items() for page in template.pages]
    return pa.RecordBatch.from_arrays(
        [pa.array([row[place] for row in pages], pa.string()) for place in (0, 1)], schema=PAGES
    )


def template_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the template of each host, from batches of `PAGES`, in which the pages of a host stand together."""
    rows = (row for batch in batches for row in zip(*(column.to_pylist() for column in batch.columns), strict=True))
    for host, pages in groupby(rows, key=lambda row: row[0]):
        template = gather((host, load_page(text)) for _, text in pages)[host]
        yield pa.RecordBatch.from_pylist([{"host": host, "template": template_text(template)}], TEMPLATES)


def joined(pages: Iterable[str]) -> list[str]:
    """Join pages of one host, as texts, into those that its template holds: the same for any order and grouping.

    >>> pages = page_rows(pa.record_batch({"text": ["Our menu"], "url": ["example.org"]}))["page"].to_pylist()
    >>> joined(pages * 2) == pages
    True
    """
    found = gather(("", load_page(text)) for text in pages)
    return [dump_page(page) for page in found[""].pages] if found else []


def template_of(host: str, pages: Iterable[str]) -> str:
    """Return the text of the template of a host, of what `joined` gave."""
    return template_text(Template(host, tuple(map(load_page, pages))))


def write_templates(rows: Iterable[Mapping[str, Any]], folder: str | Path) -> int:
    """Write what was learned, rows of `TEMPLATES`, into a folder of templates, and return of how many hosts.

    What the folder holds already is learned on, as `cleanwire.learning.learn_corpus` does.  Raises `TemplateError`.
    """
    Path(folder).mkdir(parents=True, exist_ok=True)
    hosts = 0
    for row in rows:
        extend_site(parse_template(row["template"], f"the template of {row['host']}"), folder)
        hosts += 1
    return hosts
