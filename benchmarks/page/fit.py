"""Fit the weights of page mode: ``python -m benchmarks.page.fit DATA`` writes them into the package.

Needs the dependency group ``fit``.  The same data, code and version of CatBoost give the same weights.  Folds are by
host: all pages of one are in the same fold.  A paragraph weighs the square root of its words, and each page as much as
another.
"""

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress, takewhile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.page import boosting, corpus, styles
from benchmarks.page.boosting import Settings
from benchmarks.page.corpus import PageText
from benchmarks.tools.data import (
    LINES,
    NEWS,
    NEWS_RESIDUE,
    RESIDUE,
    add_folder,
    digest,
    file_digest,
    required_folder,
    spread,
)
from cleanwire.cleaner import Cleaner
from cleanwire.compiled import facts
from cleanwire.document import FLAT, MARKDOWN, Document
from cleanwire.filters import PAGE
from cleanwire.filters.page import PageFilter
from cleanwire.pagemodel import characters, classifier, clusters, features, headlines, paragraphs, words
from cleanwire.pagemodel.classifier import Trees, signs_of_story
from cleanwire.view import line_marks
from cleanwire.views.layout import maker

FOLDS = 5
BEFORE = Cleaner(tuple(takewhile(lambda one: not isinstance(one, PageFilter), PAGE)))
"""The filters before `PageFilter` in the chain: the classifier only sees texts that they have cleaned."""
_VIEW = maker()
TARGET = Path(classifier.__file__).with_name("data")
_RENDERED = 4
"""In the text of how many renderers each news page is."""
_MOST = 80.0
"""Words of a paragraph beyond these add nothing to its weight."""


@dataclass(frozen=True)
class Recipe:
    """What one set of weights is fitted on, and how: each page in `each` of the `styles`, chosen by its hash.

    With `copies`, also with its body shortened, and as if in another script (see `copied`).
    """

    name: str
    files: tuple[str, ...]
    read: Callable[[Path], list[PageText]]
    styles: tuple[str, ...]
    each: int
    copies: bool
    trees: int
    depth: int
    rate: float
    border: float
    licence: str


def _news(data: Path) -> list[PageText]:
    return [
        *corpus.news(data), *corpus.early_news(data), *corpus.rendered(data, _RENDERED), *_some(corpus.articles(data))
    ]  # fmt: skip


def _marked(data: Path) -> list[PageText]:
    return [one for one in _news(data) if one.style not in corpus.MARKDOWN] + corpus.marked(data)


def _pages(data: Path) -> list[PageText]:
    return corpus.one_each(corpus.pages(data))


def _some(given: list[PageText]) -> list[PageText]:
    """Return a quarter of the pages, half of them chosen by hash, each in the style of one extractor."""
    chosen = [one for one in given if int(digest(one.id), 16) % 2][::2]
    return [list(styles.written(one))[int(digest(one.id), 16) // 2 % 5] for one in chosen]


NATIVE = "as it is"
"""The style that a page has already."""
COPY = "copy"
"""The source of a page that is a copy of another one, made only for fitting."""
_NEWS = Recipe(
    "news",
    (NEWS, NEWS_RESIDUE, corpus.DANIEL, corpus.DANIEL_RESIDUE, corpus.SHAPES, LINES),
    _news,
    (NATIVE, "merged", "split"), 3, True, 250, 6, 0.1, -0.2,
    "fitted on fundus (MIT), DAnIEL 2.1 (Lejeune & Zhu), WCXB (CC-BY-4.0, Murrough Foley) and trafilatura's "
    "evaluation pages (Apache-2.0)",
)  # fmt: skip
RECIPES = {
    "news": _NEWS,
    "markdown": replace(_NEWS, name="markdown", read=_marked, trees=300),
    "any": Recipe(
        "any",
        (LINES, RESIDUE),
        _pages,
        (NATIVE, NATIVE, "dense", "merged", "split"), 1, False, 300, 6, 0.1, -0.4,
        "fitted on WCXB (CC-BY-4.0, Murrough Foley)",
    ),
}  # fmt: skip
SOURCE_WEIGHTS = {"articles": 0.5, COPY: 0.6, corpus.RENDERED: 0.6, corpus.MARKED: 1.8}
"""The weight of a page by its source, where it is not 1."""
_STORIES = 4
"""One in this number of the pages shows what a page without its article body is like."""
_EARLY = 0.35
"""The weight of a page of early news: there are eight times as many as of today's."""
_GOLDS = 4
"""One in this number of the gold texts of early news is used, and weighs twice as much."""
_ROWS = 150
"""Paragraphs of a text that are used, about: of a longer text they are chosen at random, and weigh more."""
_ONCE = ("articles", corpus.RENDERED, corpus.MARKED)
"""The sources of pages that are used in one style, and whose gold texts are those of other pages."""
_SEEDS = ("", "again")
"""How a page is shortened: a copy for each."""
SCRIPTS: Mapping[str, Callable[[str], str]] = {"ideographs": styles.ideographs, "uncased": styles.uncased}
_UNSPACED = ("ja", "zh", "th")
"""Languages that are written without spaces anyway."""


@dataclass(frozen=True, eq=False)
class Example:
    """The features of a page of n paragraphs, and for each whether the gold text holds it (-1: it has no words)."""

    page: PageText
    text: str
    owner: NDArray[np.int64]
    """For each content line of the text its paragraph, -1 for none."""
    matrix: NDArray[np.float32]
    words: NDArray[np.float32]
    held: NDArray[np.float32]

    def kept(self, scores: NDArray[np.float32], border: float) -> str:
        """Return the text that is left when paragraphs below `border` are removed."""
        kept = (scores >= border)[self.owner] & (self.owner >= 0)
        return "\n".join(compress(Document(self.text).lines, kept))


def fold(host: str, folds: int = FOLDS) -> int:
    """Return the fold that the pages of a host belong to."""
    return int(digest(host), 16) % folds


def viewed(text: str) -> Document:
    """Return what `PageFilter` sees of a text: the view of it after the filters before."""
    doc = Document(BEFORE(text).text)
    view = _VIEW(doc)
    return view.doc if view else doc


def example(page: PageText, script: str = "") -> Example | None:
    """Return the features of one page; None if it is blank.

    With a `script`, its lines are measured as if written in that one, and half of the rules match nothing, as in a
    language that the packs hardly cover.
    """
    doc = viewed(page.text)
    if doc.layout == FLAT:
        return None
    text = doc.text
    lines, hits = doc.lines, facts(doc).rules
    if script:
        hits = {line: rule for line, rule in hits.items() if int(digest(page.id + rule.name), 16) % 2}
    found = paragraphs.read(["\n".join(map(SCRIPTS[script], lines)) if script else text])
    if not len(found):
        return None
    measured = features.measure(found, [hits], [line_marks(doc) if doc.layout == MARKDOWN and not script else None])
    known = corpus.shares(lines, page.gold)
    pairs = zip(lines, known, strict=True)
    share = np.array([-1.0 if value is None or line.strip() in page.unsure else value for line, value in pairs])
    owned = found.owner >= 0
    owner, share = found.owner[owned], share[owned]
    size = np.array(list(map(len, lines)))[owned] * (share >= 0)
    sizes = np.bincount(owner, size, len(found))
    part = np.bincount(owner, size * np.maximum(share, 0), len(found)) / np.maximum(sizes, 1)
    held = np.where(sizes > 0, part >= 0.5, -1).astype(np.float32)
    return Example(page, text, found.owner, measured.matrix, measured.words, held)


def prepared(given: Iterable[PageText], recipe: Recipe, jobs: int = 1) -> list[Example]:
    """Return examples of pages, each in some of the styles of a recipe, and of the gold texts alone."""
    given = list(given)
    work = partial(_examples, recipe=recipe)
    golds = enumerate(corpus.gold_texts(one for one in given if one.source not in _ONCE))
    gold = [one for number, one in golds if one.kind != corpus.EARLY or number % _GOLDS == 0]
    return [made for several in spread(work, [*given, *gold], jobs) for made in several]


def _examples(page: PageText, recipe: Recipe) -> list[Example]:
    if page.source in _ONCE or page.kind == corpus.EARLY:
        copies = [styles.shortened(page, seed) for seed in _SEEDS if page.source == corpus.MARKED]
        return [made for one in (page, *copies) if (made := example(one))]
    by_style = {NATIVE if one.style == page.style else one.style: one for one in styles.written(page)}
    start = int(digest(page.id + page.source), 16)
    chosen = {recipe.styles[(start + step) % len(recipe.styles)] for step in range(recipe.each)}
    written = [example(by_style[style]) for style in sorted(chosen & by_style.keys())]
    return [one for one in (*written, *(copied(page) if recipe.copies else ())) if one]


def copied(page: PageText) -> Iterator[Example | None]:
    """Yield a page with its body shortened, in two ways, and as if written in another script."""
    if page.style == corpus.GOLD:
        return
    for seed in _SEEDS:
        yield example(replace(styles.shortened(page, seed), source=COPY))
    script = tuple(SCRIPTS)[int(digest(f"{page.source} {page.id}"), 16) % len(SCRIPTS)]
    if page.lang not in _UNSPACED:
        yield example(replace(page, source=COPY), script)


def fit(given: Sequence[Example], recipe: Recipe) -> Trees:
    """Fit trees on examples."""
    weights = np.concatenate([_sampled(one, _weights(one, _weight(one.page))) for one in given])
    used = weights > 0
    matrix = np.concatenate([one.matrix for one in given])[used]
    held = np.concatenate([one.held for one in given])[used]
    settings = Settings(recipe.trees, recipe.depth, recipe.rate, penalty=5, features=0.3, rows=0.7, borders=64)
    made = boosting.fit(matrix, held, weights[used], settings)
    return replace(made, about={"border": recipe.border, "story": [0.0, 0.0, 0.0]})


def _weight(page: PageText) -> float:
    """Return how much a page weighs."""
    if page.kind == corpus.EARLY:
        return _EARLY * (2 if page.source == corpus.GOLD else 1)
    return SOURCE_WEIGHTS.get(page.source, 1.0)


def _sampled(one: Example, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the weights of a page of which about `_ROWS` paragraphs are used, the same ones each time."""
    share = min(1.0, _ROWS / max(int((weights > 0).sum()), 1))
    random = np.random.default_rng(int(digest(f"{one.page.id} {one.page.source} {one.page.style}"), 16))
    sampled: NDArray[np.float32] = np.where(random.random(len(weights)) < share, weights / share, 0).astype(np.float32)
    return sampled


def _weights(one: Example, weight: float) -> NDArray[np.float32]:
    """Return the weight of each paragraph; 0 if it has no words."""
    weights = np.where(one.held >= 0, np.sqrt(np.minimum(one.words, _MOST)) + 0.5, 0)
    weighed: NDArray[np.float32] = (weights * (200 * weight / max(float(weights.sum()), 1.0))).astype(np.float32)
    return weighed


def folds(given: Sequence[Example], recipe: Recipe) -> Iterator[Trees]:
    """Yield for each fold the trees that were fitted on the other folds."""
    for part in range(FOLDS):
        yield fit([one for one in given if fold(one.page.host) != part], recipe)


def story_weights(given: Sequence[Example], trees: Trees) -> list[float]:
    """Fit the probability that a page has an article body: pages with the body, whole and shortened, against without.

    The weights of `signs_of_story` are fitted to the scores of `trees` on both, by Newton's method.
    """
    rows, truth = [], []
    for one in given:
        if one.page.style != one.page.source or not (one.held > 0).any() or int(digest(one.page.id), 16) % _STORIES:
            continue
        without = example(replace(one.page, text=one.kept(-one.held, 0.0)))
        for page, holds in ((one, 1.0), (example(styles.shortened(one.page)), 1.0), (without, 0.0)):
            if page is not None:
                rows.append(signs_of_story(page.words, trees.score(page.matrix)))
                truth.append(holds)
    matrix, wanted = np.array(rows), np.array(truth)
    weights = np.zeros(matrix.shape[1])
    for _ in range(30):
        sure = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (wanted - sure) - 0.01 * weights
        curve = (matrix * (sure * (1 - sure))[:, None]).T @ matrix + 0.01 * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return [round(float(weight), 4) for weight in weights]


def fitted(made: Sequence[Example], recipe: Recipe, data: Path) -> Trees:
    """Fit trees on all examples, and return them with their provenance."""
    trees = fit(made, recipe)
    about = {
        "licence": recipe.licence,
        "data": {file: file_digest(data / file) for file in recipe.files},
        "code": code_digest(recipe),
        "border": recipe.border,
        "story": story_weights(made, trees),
    }
    return replace(trees, about=about)


def code_digest(recipe: Recipe) -> str:
    """Return a digest of the recipe and of the modules that define features and labels."""
    made = hashlib.sha256(
        repr((recipe.styles, recipe.each, recipe.copies, recipe.trees, recipe.depth, recipe.rate)).encode()
    )
    for module in (characters, paragraphs, words, clusters, headlines, features, corpus, styles):
        made.update(Path(str(module.__file__)).read_bytes())
    return made.hexdigest()[:16]


def main(words: Sequence[str] | None = None) -> int:
    """Fit, and write the weights."""
    parser = argparse.ArgumentParser(description="Fit the weights of page mode.")
    add_folder(parser)
    parser.add_argument("--weights", choices=sorted(RECIPES), action="append", help="only these")
    parser.add_argument("--out", type=Path, default=TARGET, help="where to write (the package)")
    options = parser.parse_args(words)
    data = required_folder(parser, options.data)
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.weights or RECIPES:
        recipe = RECIPES[name]
        made = prepared(recipe.read(data), recipe, jobs=2)
        (options.out / f"page-{name}.json").write_text(fitted(made, recipe, data).pack(), encoding="utf-8")
        print(f"{name}: {len(made)} texts, {sum(len(one.words) for one in made)} paragraphs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
