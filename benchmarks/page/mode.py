"""The tasks *page_news* and *page_any*: how near page mode brings the full text of a page to its gold text.

Every page is cleaned with weights that have seen no page of its host: they are fitted here, by folds.  News pages are
scored by 4-grams, pages of all kinds by words (see `benchmarks.quality.residue`); beside those of the packs alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.page import corpus, fit, styles
from benchmarks.page.corpus import PageText
from benchmarks.quality.residue import BY_NGRAMS, Score, bag, ngrams, rate, score, spelled
from benchmarks.tools.data import spread
from benchmarks.tools.tables import Cell, Figure, Report, Table
from cleanwire.cleaner import Cleaner
from cleanwire.document import Filter
from cleanwire.filters import ARTICLE, PAGE
from cleanwire.filters.page import PageFilter

GROUPS = {lang: group for group in ("de", "en", "fr es it", "ja ko zh") for lang in group.split()}
"""Languages that have few pages are counted in groups; the rest is *other*."""
SOURCES = {"news": "fundus", "any": "wcxb"}
"""By weights, the source of the pages, which decides on the measure."""


class Scored(NamedTuple):
    """One page and the scores of its texts: as extracted, by the packs, by the classifier, by the whole chain."""

    page: PageText
    scores: tuple[Score, ...]


def chains(weights: str) -> tuple[Cleaner, ...]:
    """Return the chains that are compared: packs alone, the classifier alone, both."""
    page = PageFilter(weights=weights)
    return Cleaner(ARTICLE), Cleaner((*PAGE[:3], page)), Cleaner(with_page(page))


def with_page(page: PageFilter) -> tuple[Filter, ...]:
    """Return the filters of page mode with `page` in place of the default one."""
    return tuple(page if isinstance(one, PageFilter) else one for one in PAGE)


def read(page: PageText, weights: Sequence[str], source: str) -> Scored:
    """Clean one page by each chain, with the weights of its fold, and score the results."""
    texts = [page.text, *(cleaner(page.text).text for cleaner in chains(weights[fit.fold(page.host)]))]
    return Scored(page, tuple(score_text(page.gold, text, source) for text in texts))


def score_text(gold: str, text: str, source: str) -> Score:
    """Return the score of a text by the measure of its source."""
    gold, text = spelled(gold), spelled(text)
    return score(ngrams(gold), ngrams(text)) if source in BY_NGRAMS else score(bag(gold), bag(text))


def fitted(data: Path, weights: str, place: Path, jobs: int = 1) -> list[str]:
    """Fit weights by folds and return the files in `place` that they are written to, one a fold."""
    recipe = fit.RECIPES[weights]
    examples = fit.prepared(recipe.read(data), recipe, jobs=jobs)
    files = []
    for part, trees in enumerate(fit.folds(examples, recipe)):
        files.append(str(place / f"{weights}-{part}.json"))
        Path(files[-1]).write_text(trees.pack(), encoding="utf-8")
    return files


def report(data: Path, weights: str, *, jobs: int = 1, sample: Callable[[PageText], bool] = lambda _: True) -> Report:
    """Fit one set of weights by folds and return its tables; `sample` chooses the pages that are scored."""
    with TemporaryDirectory() as place:
        files = fitted(data, weights, Path(place), jobs)
        news = weights == "news"
        pages = [page for page in (corpus.news if news else corpus.pages)(data) if sample(page)]
        if news:
            pages = [other for page in pages for other in styles.written(page) if other.style in _STYLES]
        scored = list(spread(partial(read, weights=files, source=SOURCES[weights]), pages, jobs))
    return tables(f"page_{weights}", SOURCES[weights], scored)


_STYLES = ("lines", corpus.EXTRACTOR, "dense", "listed", "split", "wrapped")


def tables(name: str, source: str, scored: Sequence[Scored]) -> Report:
    """Return F1 by page type, by language, and by extractor and style."""
    made = Report()
    native = [one for one in scored if one.page.style == corpus.EXTRACTOR]
    by_kind = _group(native, lambda page: page.kind) if source == SOURCES["any"] else {}
    by_lang = _group(native, lambda page: GROUPS.get(page.lang, "other"))
    by_style = _group(scored, lambda page: f"{page.source} {page.style}")
    for title, groups in (("page type", by_kind), ("language", by_lang), ("extractor and style", by_style)):
        if not groups:
            continue
        rows: list[Sequence[Cell]] = []
        for group, members in sorted(groups.items()):
            rates = [rate(source, (one.scores[column] for one in members)) for column in range(4)]
            rows.append([group, len(members), *(one[0] for one in rates), rates[3][1], rates[3][2]])
            made.figures[f"{name}.{title} {group} F1"] = Figure(rates[3][0])
        columns = (title, "texts", "F1 before", "packs", "classifier", "both", "precision", "recall")
        made.tables.append(Table(f"{name} by {title}, folds by host", columns, rows, digits=4))
    made.figures[f"{name}.F1"] = Figure(rate(source, (one.scores[3] for one in native))[0])
    return made


def _group(scored: Iterable[Scored], key: Callable[[PageText], str]) -> dict[str, list[Scored]]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[key(one.page)].append(one)
    return groups
