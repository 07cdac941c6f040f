"""Ablation of page mode on sites: packs, classifier, both, and both with the template of the site.

A page counts if its host has another, distinct page; its template is learned from all other pages of the host.  Weights
are those of the fold that has seen no page of its host.  ``python -m benchmarks.page.sites DATA`` prints the tables.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.page import corpus, fit, mode
from benchmarks.page.corpus import PageText
from benchmarks.page.mode import Scored
from benchmarks.quality.residue import rate
from benchmarks.quality.sites import BODY, REPAIRS, is_distinct
from benchmarks.tools.data import add_folder, required_folder, spread
from benchmarks.tools.tables import Cell, Table
from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.filters import ARTICLE
from cleanwire.filters.page import PageFilter
from cleanwire.filters.site import SiteFilter
from cleanwire.sites.template import Template

CHAINS = ("packs", "packs + templates", "classifier", "both", "both + templates", "templates before")
"""The last one cuts by the template before the classifier, which then sees less of the page."""


class Task(NamedTuple):
    """One page, and the template of all other pages of its host."""

    page: PageText
    template: Template


def tasks(given: Iterable[PageText]) -> Iterator[Task]:
    """Yield the pages whose host has another, distinct page."""
    hosts: dict[str, list[PageText]] = defaultdict(list)
    for page in given:
        hosts[page.host].append(page)
    repair = Cleaner(REPAIRS)
    for host, group in hosts.items():
        bodies = [{line.strip() for line in page.gold.split("\n") if len(line) >= BODY} for page in group]
        distinct = [any(is_distinct(one, other) for other in bodies) for one in bodies]
        if any(distinct):
            documents = [Document(repair(page.text).text) for page in group]
            for number, page in enumerate(group):
                if distinct[number]:
                    yield Task(page, Template.of(host, documents[:number] + documents[number + 1 :]))


def read(task: Task, weights: Sequence[str], source: str) -> Scored:
    """Clean one page by each of `CHAINS`, with the weights of its fold, and score the results."""
    page, template = task
    own = weights[fit.fold(page.host)]
    site, filters = SiteFilter((template,), host=page.host), mode.with_page(PageFilter(weights=own))
    packs, classifier, both = mode.chains(own)
    before = Cleaner((*filters[: len(REPAIRS)], site, *filters[len(REPAIRS) :]))
    chains = (packs, Cleaner(site.within(ARTICLE)), classifier, both, Cleaner(site.within(filters)), before)
    return Scored(page, tuple(mode.score_text(page.gold, cleaner(page.text).text, source) for cleaner in chains))


def table(data: Path, weights: str, files: Sequence[str], jobs: int = 1) -> Table:
    """Return the table of one set of weights, whose folds are in `files`: F1 by page type."""
    pages = (corpus.news if weights == "news" else corpus.pages)(data)
    given = tasks(page for page in pages if page.style == corpus.EXTRACTOR)
    source = mode.SOURCES[weights]
    scored = list(spread(partial(read, weights=files, source=source), given, jobs))
    kinds = sorted({one.page.kind for one in scored})
    groups = {"all": scored}
    if len(kinds) > 1:
        groups |= {kind: [one for one in scored if one.page.kind == kind] for kind in kinds}
    rows = [[name, len(members), *_cells(source, members)] for name, members in groups.items()]
    columns = ("pages", "number", *CHAINS, "precision", "recall")
    return Table(f"page mode on sites, weights of {weights}, F1", columns, list(rows), digits=4)


def _cells(source: str, scored: Sequence[Scored]) -> list[Cell]:
    rates = [rate(source, (one.scores[column] for one in scored)) for column in range(len(CHAINS))]
    both = rates[CHAINS.index("both + templates")]
    return [*(one[0] for one in rates), *both[1:]]


def main(words: Sequence[str] | None = None) -> None:
    """Fit both sets of weights and print their tables."""
    parser = argparse.ArgumentParser(description="Measure page mode on sites, with templates and without.")
    add_folder(parser)
    data = required_folder(parser, parser.parse_args(words).data)
    with TemporaryDirectory() as place:
        for weights in fit.RECIPES:
            print(table(data, weights, mode.fitted(data, weights, Path(place))).show(), end="\n\n")


if __name__ == "__main__":
    main()
