"""The task *sites*: what the other pages of a site add; each page is cleaned by a template of all pages but itself.

A page counts if its host has another, distinct one: two pages are the same if half of the smaller one's body occurs in
the other.  The labels decide on that, not the library, whose own idea of a body is judged too.  Run alone, ``python -m
benchmarks.quality.sites DATA`` prints the tables.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality import labelled, residue
from benchmarks.tools.data import Choice, Row, add_folder, host, page_text, required_folder, spread
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire.chain import REPAIRS as REPAIR_NAMES
from cleanwire.cleaner import Cleaner
from cleanwire.document import Document, Filter
from cleanwire.filters import ARTICLE
from cleanwire.filters.site import SiteFilter
from cleanwire.sites.page import Page, read_page
from cleanwire.sites.template import gather

BODY = 40
"""Least characters of the body lines that decide whether two pages are the same."""
CHAINS = ("packs", "templates", "both")
GROUPS = {"1": (1, 1), "2": (2, 2), "3 to 5": (3, 5), "6 or more": (6, 10**9)}
"""Numbers of other pages of the host, least and most."""
KINDS: dict[str, Callable[["Scored"], bool]] = {
    "article": lambda page: page.kind == "article",
    "all": lambda _: True,
    "news": lambda page: page.source == "fundus",
}
REPAIRS: tuple[Filter, ...] = tuple(one for one in ARTICLE if one.name in REPAIR_NAMES)
"""The filters that come before a template."""


class Task(NamedTuple):
    """One page, and the other pages of its host as templates read them."""

    row: Row
    others: tuple[Page, ...]

    def cleaners(self) -> dict[str, Cleaner]:
        """Return the cleaner of each of `CHAINS`."""
        name = host(self.row)
        site = SiteFilter((gather((name, page) for page in self.others)[name],), host=name)
        chains: dict[str, Sequence[Filter]] = {
            "packs": ARTICLE, "templates": site.within(REPAIRS), "both": site.within(ARTICLE)
        }  # fmt: skip
        return {name: Cleaner(tuple(filters)) for name, filters in chains.items()}


def tasks(rows: Iterable[Row], text: Callable[[Row], str], body: Callable[[Row], set[str]]) -> Iterator[Task]:
    """Yield the pages that have another, distinct page of their host, with all other pages of the host."""
    hosts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        hosts[host(row)].append(row)
    repair = Cleaner(REPAIRS)
    for group in hosts.values():
        bodies = list(map(body, group))
        distinct = [any(is_distinct(one, other) for other in bodies) for one in bodies]
        if any(distinct):
            pages = [read_page(Document(repair(text(row)).text)) for row in group]
            for number, row in enumerate(group):
                if distinct[number]:
                    yield Task(row, (*pages[:number], *pages[number + 1 :]))


def is_distinct(one: set[str], two: set[str]) -> bool:
    """Return whether two bodies, as sets of lines, are those of two pages."""
    return one is not two and 2 * len(one & two) < max(1, min(len(one), len(two)))


def _labelled(row: Row) -> set[str]:
    return {line["t"].strip() for line in row["lines"] if line["label"] == "body" and len(line["t"]) >= BODY}


def _gold(row: Row) -> set[str]:
    return {line.strip() for line in row["gold"].split("\n") if len(line) >= BODY}


class Scored(NamedTuple):
    """The counts of one page, by chain."""

    kind: str
    source: str
    others: int
    tallies: dict[str, labelled.Tally]


def read(task: Task) -> Scored:
    """Clean one page by each chain and count."""
    none = labelled.Listing()
    tallies = {name: labelled.read_page(cleaner, none, task.row).tally for name, cleaner in task.cleaners().items()}
    return Scored(task.row.get("page_type", "article"), task.row["source"], len(task.others), tallies)


def report(data: Path, choice: Choice, *, jobs: int = 1) -> Report:
    """Return the tables and figures of pages and of the outputs of extractors."""
    rows = (row for name in ("lines", "news") for row in choice.rows(data / f"{name}.jsonl.zst"))
    scored = list(spread(read, tasks(rows, lambda row: page_text(row)[0], _labelled), jobs))
    made = Report()
    for kind, wanted in KINDS.items():
        pages = list(filter(wanted, scored))
        if not pages:
            continue
        totals = {name: _total(page.tallies[name] for page in pages) for name in CHAINS}
        made.tables.append(_by_label(f"sites, {kind} pages", totals))
        made.tables.append(_by_others(f"sites, {kind} pages, by the number of other pages", pages))
        for name in CHAINS[1:]:  # the packs alone are pinned by the tasks of their own
            made.figures |= _figures(f"sites.{kind}.{name}", totals[name])
    for name in ("residue", "news_residue"):
        more = _residue(data / f"{name}.jsonl.zst", name, choice, jobs)
        made.tables += more.tables
        made.figures |= more.figures
    return made


def _total(tallies: Iterable[labelled.Tally]) -> labelled.Tally:
    total = labelled.Tally()
    for tally in tallies:
        total.add(tally)
    return total


def _out(tally: labelled.Tally, labels: Iterable[str]) -> float | None:
    labels = set(labels)
    return share(labelled.count_removed(tally, labels).total(), sum(tally.lines[label] for label in labels))


def _by_label(title: str, totals: dict[str, labelled.Tally]) -> Table:
    some = totals["both"]
    rows: list[list[Cell]] = [
        ["(boilerplate)", sum(some.lines[label] for label in labelled.BOILERPLATE),
         *(_out(totals[name], labelled.BOILERPLATE) for name in CHAINS)],
        *([label, some.lines[label], *(_out(totals[name], [label]) for name in CHAINS)]
          for label in labelled.ORDER if some.lines[label]),
        ["words lost, %", some.words, *(share(totals[name].lost, some.words) for name in CHAINS)],
    ]  # fmt: skip
    columns = ("label", "lines", *(f"{name}, out %" for name in CHAINS))
    return Table(f"{title}: {some.pages} pages", columns, list(rows), digits=3)


def _by_others(title: str, pages: Sequence[Scored]) -> Table:
    rows: list[list[Cell]] = []
    for name, (least, most) in GROUPS.items():
        group = [page for page in pages if least <= page.others <= most]
        totals = {chain: _total(page.tallies[chain] for page in group) for chain in CHAINS}
        rows.append([
            name, len(group), *(_out(totals[chain], labelled.BOILERPLATE) for chain in CHAINS),
            *(share(totals[chain].lost, totals[chain].words) for chain in CHAINS),
        ])  # fmt: skip
    columns = ("others", "pages", *(f"{chain}, out %" for chain in CHAINS), *(f"{chain}, lost %" for chain in CHAINS))
    return Table(title, columns, list(rows), digits=3)


def _figures(name: str, tally: labelled.Tally) -> dict[str, Figure]:
    return {
        f"{name}.boilerplate out %": Figure(_out(tally, labelled.BOILERPLATE) or 0.0),
        f"{name}.body words lost %": Figure(share(tally.lost, tally.words) or 0.0, loss=True),
        f"{name}.title out %": Figure(_out(tally, ["title"]) or 0.0, loss=True),
    }


def _residue(path: Path, name: str, choice: Choice, jobs: int) -> Report:
    """Score the outputs of extractors; templates are learned from the outputs of the same one for the other pages."""
    given: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in residue.articles(path, choice):
        given[row["source"], row["extractor"]].append(row)
    made, rows = Report(), list[list[Cell]]()
    for (source, extractor), texts in sorted(given.items()):
        found = list(spread(_read_pairs, tasks(texts, lambda row: str(row["text"]), _gold), jobs))
        if not found:
            continue
        before = residue.rate(source, (pairs["packs"].before for pairs in found))
        after = {chain: residue.rate(source, (pairs[chain].after for pairs in found)) for chain in CHAINS}
        lost = 100 * (after["packs"][2] - after["both"][2])
        rows.append([
            source, extractor, len(found), before[0], *(after[chain][0] - before[0] for chain in CHAINS), lost
        ])  # fmt: skip
        key = f"sites.{name}.{source}.{extractor}"
        made.figures[f"{key} F1 gain over packs"] = Figure(after["both"][0] - after["packs"][0])
        made.figures[f"{key} recall lost pp"] = Figure(lost, loss=True)
    columns = ("source", "extractor", "texts", "F1", *(f"gain, {chain}" for chain in CHAINS), "recall lost pp")
    made.tables.append(Table(f"sites, {name}, article pages", columns, list(rows), digits=4))
    return made


def _read_pairs(task: Task) -> dict[str, residue.Pair]:
    return {name: residue.read_pair(cleaner, task.row) for name, cleaner in task.cleaners().items()}


def main(words: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Measure what templates of sites add to the packs.")
    add_folder(parser)
    for table in report(required_folder(parser, parser.parse_args(words).data), Choice()).tables:
        print(table.show(), end="\n\n")


if __name__ == "__main__":
    main()
