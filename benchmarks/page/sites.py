"""The ablation of page mode on sites: packs, classifier, both, and both with the templates of a site.

A dump counts where its host has another, distinct page; its template is learned of the dumps of all others.  Weights
are those of the fold that has seen no page of its host.  ``python -m benchmarks.page.sites DATA`` prints the tables.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.page import corpus, fit, mode
from benchmarks.page.corpus import Dump
from benchmarks.quality.residue import Score, bag, rate, score, shingles, spelled
from benchmarks.quality.sites import BODY, MEND, distinct
from benchmarks.tools.pages import folder, spread
from benchmarks.tools.tables import Cell, Table
from cleanwire.cleaner import ARTICLE, Cleaner
from cleanwire.document import Document
from cleanwire.filters.page import Page
from cleanwire.filters.site import Site
from cleanwire.sites.template import Template

CHAINS = ("packs", "packs + templates", "classifier", "both", "both + templates", "templates before")
"""The last one cuts by the template before the classifier reads the page, which then sees less of it."""


class Task(NamedTuple):
    """One dump, and the template of all other dumps of its host."""

    dump: Dump
    template: Template


def tasks(given: Iterable[Dump]) -> Iterator[Task]:
    """Yield the dumps whose host has another, distinct page."""
    hosts: dict[str, list[Dump]] = defaultdict(list)
    for one in given:
        hosts[one.host].append(one)
    mend = Cleaner(MEND)
    for host, group in hosts.items():
        bodies = [{line.strip() for line in one.gold.split("\n") if len(line) >= BODY} for one in group]
        apart = [any(distinct(one, other) for other in bodies) for one in bodies]
        if any(apart):
            texts = [Document(mend(one.text).text) for one in group]
            for number, one in enumerate(group):
                if apart[number]:
                    yield Task(one, Template.of(host, texts[:number] + texts[number + 1 :]))


class Scored(NamedTuple):
    """One dump, and what each of `CHAINS` makes of it."""

    dump: Dump
    scores: tuple[Score, ...]


def read(task: Task, weights: Sequence[str], shingled: bool) -> Scored:
    """Clean one dump by each chain, with the weights of its fold, and score what is left."""
    one, template = task
    mine = weights[fit.fold(one.host)]
    site, page = Site((template,), host=one.host), mode.with_page(Page(weights=mine))
    packs, classifier, both = mode.chains(mine)
    early = Cleaner((*page[: len(MEND)], site, *page[len(MEND) :]))
    chains = (packs, Cleaner(site.within(ARTICLE)), classifier, both, Cleaner(site.within(page)), early)
    texts = [cleaner(one.text).text for cleaner in chains]
    return Scored(one, tuple(_score(one.gold, text, shingled) for text in texts))


def _score(gold: str, text: str, shingled: bool) -> Score:
    gold, text = spelled(gold), spelled(text)
    return score(shingles(gold), shingles(text)) if shingled else score(bag(gold), bag(text))


def fitted(data: Path, weights: str, place: Path, jobs: int = 1) -> list[str]:
    """Fit weights by folds, and return the files that they are written to, in `place`."""
    recipe = fit.RECIPES[weights]
    made = fit.prepared(recipe.read(data), recipe, jobs=jobs)
    files = []
    for part, trees in enumerate(fit.folds(made, recipe)):
        files.append(str(place / f"{weights}-{part}.json"))
        Path(files[-1]).write_text(trees.pack(), encoding="utf-8")
    return files


def judge(data: Path, weights: str, files: Sequence[str], jobs: int = 1) -> Table:
    """Return the table of one set of weights: F1 by page type."""
    news = weights == "news"
    given = [one for one in (corpus.news if news else corpus.pages)(data) if one.habit == corpus.DUMPER]
    found = list(spread(partial(read, weights=files, shingled=news), tasks(given), jobs))
    source = "fundus" if news else "wcxb"
    groups: dict[str, Callable[[Dump], bool]] = {"all": lambda _: True}
    kinds = sorted({one.dump.kind for one in found})
    if len(kinds) > 1:
        groups |= {kind: partial(_is_kind, kind) for kind in kinds}
    rows: list[Sequence[Cell]] = []
    for name, wanted in groups.items():
        members = [one for one in found if wanted(one.dump)]
        rows.append([name, len(members), *_cells(source, [one.scores for one in members])])
    columns = ("pages", "number", *CHAINS, "precision", "recall")
    return Table(f"page mode on sites, weights of {weights}, F1", columns, rows, digits=4)


def _is_kind(kind: str, dump: Dump) -> bool:
    return dump.kind == kind


def _cells(source: str, scores: Sequence[tuple[Score, ...]]) -> list[Cell]:
    rates = [rate(source, (one[place] for one in scores)) for place in range(len(CHAINS))]
    both = rates[CHAINS.index("both + templates")]
    return [*(one[0] for one in rates), *both[1:]]


def main() -> int:
    """Print the tables; return 2 where there is no data."""
    data = folder(sys.argv[1] if len(sys.argv) > 1 else None)
    if data is None:
        print("No data: name its folder, or set CLEANWIRE_DATA to it.", file=sys.stderr)
        return 2
    with TemporaryDirectory() as place:
        for weights in fit.RECIPES:
            print(judge(data, weights, fitted(data, weights, Path(place))).show(), end="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
