"""The task *sites*: what a site's other pages add; each page is cleaned by a template of all pages but itself.

Run alone, ``python benchmarks/site_templates.py DATA`` prints all tables; `quality.py` pins the figures.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import lanes
from cleanwire.cleaner import ARTICLE, Cleaner
from cleanwire.document import Document
from cleanwire.filters.site import Site
from cleanwire.sites.page import Page, read_page
from cleanwire.sites.template import gather
from pages import Choice, Row, dump, folder, host, spread
from tables import Cell, Figure, Report, Table, share

BODY = 40
"""Body lines of so many characters tell whether two pages hold one story."""
CHAINS = ("packs", "templates", "both")
GROUPS = {"1": (1, 1), "2": (2, 2), "3 to 5": (3, 5), "6 or more": (6, 10**9)}
"""How many other pages of its host a page is cleaned by."""


class Task(NamedTuple):
    """One page, and the other pages of its host."""

    row: Row
    others: tuple[Page, ...]


class Scored(NamedTuple):
    """What one page gives: by chain, the counts."""

    article: bool
    others: int
    tallies: dict[str, lanes.Tally]


def tasks(rows: Iterable[Row]) -> Iterator[Task]:
    """Yield the pages that have another, distinct page of their host, with all other pages of the host."""
    hosts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        hosts[host(row)].append(row)
    for group in hosts.values():
        if len(group) < 2:
            continue
        pages = [MEND_AND_READ(row) for row in group]
        bodies = [_body(row) for row in group]
        for number, row in enumerate(group):
            apart = [other for other in range(len(group)) if other != number]
            if any(_distinct(bodies[number], bodies[other]) for other in apart):
                yield Task(row, tuple(pages[other] for other in apart))


def MEND_AND_READ(row: Row) -> Page:
    return read_page(Document(Cleaner(ARTICLE[:3])(dump(row)[0]).text))


def _body(row: Row) -> set[str]:
    return {line["t"].strip() for line in row["lines"] if line["label"] == "body" and len(line["t"]) >= BODY}


def _distinct(one: set[str], two: set[str]) -> bool:
    return 2 * len(one & two) < max(1, min(len(one), len(two)))


def read(task: Task) -> Scored:
    """Clean one page by each chain and count."""
    name = host(task.row)
    template = gather((name, page) for page in task.others)[name]
    site = Site((template,), host=name)
    cleaners = {
        "packs": Cleaner(),
        "templates": Cleaner(site.within(ARTICLE[:3])),
        "both": Cleaner(site.within(ARTICLE)),
    }
    return Scored(
        task.row.get("page_type") == "article",
        len(task.others),
        {chain: lanes.read_page(cleaner, lanes.Ask(), task.row).tally for chain, cleaner in cleaners.items()},
    )
