"""The task *page*: whole pages as dumpers leave them go in; how near what page mode leaves is to the gold text.

Every page is scored by weights that have seen no page of its host: they are fitted here, by folds.  News pages are
measured by shingles, pages of all kinds by words (see `residue`), and both beside what the packs do alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.page import corpus, fit
from benchmarks.page.corpus import Dump
from benchmarks.quality.residue import Score, bag, rate, score, shingles, spelled
from benchmarks.tools.pages import spread
from benchmarks.tools.tables import Cell, Figure, Report, Table
from cleanwire.cleaner import ARTICLE, PAGE, Cleaner
from cleanwire.document import Filter
from cleanwire.filters.page import Page

GROUPS = {lang: group for group in ("de", "en", "fr es it", "ja ko zh") for lang in group.split()}
"""Languages are few pages each, so they are counted in groups; what is in none is *other*."""


class Scored(NamedTuple):
    """One dump: as it came, as the packs leave it, as the classifier leaves it, as the whole chain does."""

    dump: Dump
    scores: tuple[Score, ...]


def chains(weights: str) -> tuple[Cleaner, ...]:
    """Return the chains that are compared: packs alone, the classifier alone, both."""
    page = Page(weights=weights)
    return Cleaner(ARTICLE), Cleaner((*PAGE[:3], page)), Cleaner(with_page(page))


def with_page(page: Page) -> tuple[Filter, ...]:
    """Return the filters of page mode with `page` among them."""
    return tuple(page if isinstance(act, Page) else act for act in PAGE)


def read(one: Dump, weights: Sequence[str], shingled: bool) -> Scored:
    """Clean one dump by each chain, with the weights of its fold, and score what is left."""
    texts = [one.text, *(cleaner(one.text).text for cleaner in chains(weights[fit.fold(one.host)]))]
    return Scored(one, tuple(_score(one.gold, text, shingled) for text in texts))


def _score(gold: str, text: str, shingled: bool) -> Score:
    gold, text = spelled(gold), spelled(text)
    return score(shingles(gold), shingles(text)) if shingled else score(bag(gold), bag(text))


def report(data: Path, weights: str, *, jobs: int = 1, sample: Callable[[Dump], bool] = lambda _: True) -> Report:
    """Fit one set of weights by folds and return its tables; `sample` chooses the pages that are scored."""
    recipe = fit.RECIPES[weights]
    made = fit.prepared(recipe.read(data), recipe, jobs=jobs)
    with TemporaryDirectory() as place:
        files = []
        for part, trees in enumerate(fit.folds(made, recipe)):
            files.append(str(Path(place) / f"{part}.json"))
            Path(files[-1]).write_text(trees.pack(), encoding="utf-8")
        return judge(data, weights, files, jobs=jobs, sample=sample)


def judge(
    data: Path, weights: str, files: Sequence[str], *, jobs: int = 1, sample: Callable[[Dump], bool] = lambda _: True
) -> Report:
    """Return the tables of weights that were fitted by folds, one file a fold."""
    news = weights == "news"
    judged = [one for one in (corpus.news if news else corpus.pages)(data) if sample(one)]
    if news:
        judged = [other for one in judged for other in corpus.habits(one) if other.habit in _HABITS]
    scored = list(spread(partial(read, weights=files, shingled=news), judged, jobs))
    return _tables(f"page_{weights}", "fundus" if news else "wcxb", scored)


_HABITS = ("lines", corpus.DUMPER, "dense", "listed", "split", "wrapped")


def _tables(name: str, source: str, scored: Sequence[Scored]) -> Report:
    made = Report()
    native = [one for one in scored if one.dump.habit == corpus.DUMPER]
    by_kind = _group(native, lambda one: one.dump.kind) if source == "wcxb" else {}
    by_lang = _group(native, lambda one: GROUPS.get(one.dump.lang, "other"))
    by_habit = _group(scored, lambda one: f"{one.dump.source} {one.dump.habit}")
    for title, groups in (("page type", by_kind), ("language", by_lang), ("dumper and habit", by_habit)):
        if not groups:
            continue
        rows: list[Sequence[Cell]] = []
        for group, members in sorted(groups.items()):
            rates = [rate(source, (one.scores[place] for one in members)) for place in range(4)]
            rows.append([group, len(members), *(one[0] for one in rates), rates[3][1], rates[3][2]])
            made.figures[f"{name}.{title} {group} F1"] = Figure(rates[3][0])
        columns = (title, "texts", "F1 before", "packs", "classifier", "both", "precision", "recall")
        made.tables.append(Table(f"{name} by {title}, folds by host", columns, rows, digits=4))
    made.figures[f"{name}.F1"] = Figure(rate(source, (one.scores[3] for one in native))[0])
    return made


def _group(scored: Iterable[Scored], key: Callable[[Scored], str]) -> dict[str, list[Scored]]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[key(one)].append(one)
    return groups
