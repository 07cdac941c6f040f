"""Fit the weights of page mode: ``python -m benchmarks.page.fit DATA`` writes ``src/cleanwire/lines/data``.

Needs the extra ``fit``.  The same data, code and version of CatBoost give the same weights.  Folds are by publisher:
all pages of a host stand on one side.  Each paragraph counts by the root of its words, each page as much as any other.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.page import corpus
from benchmarks.page.corpus import Dump
from benchmarks.tools.pages import digest, file_digest, folder, spread
from cleanwire.cleaner import PAGE, Cleaner
from cleanwire.document import Document
from cleanwire.filters.page import Page
from cleanwire.lines import characters, classifier, features, paragraphs, stretches, words
from cleanwire.lines.classifier import Trees, signs_of_story
from cleanwire.lines.survey import surveyor

FOLDS = 5
BEFORE = Cleaner(tuple(takewhile(lambda act: not isinstance(act, Page), PAGE)))
"""What stands before `Page` in the chain: the classifier never sees a text without it."""
TARGET = Path(classifier.__file__).with_name("data")
_MOST = 80.0
"""A paragraph counts as if it had so many words at most."""


@dataclass(frozen=True)
class Recipe:
    """What one set of weights is fitted on, and how: each dump in so many of the `habits`, by its hash.

    With `copies`, also with its story cut short, and written as if in another script (see `copied`).
    """

    name: str
    files: tuple[str, ...]
    read: Callable[[Path], list[Dump]]
    habits: tuple[str, ...]
    each: int
    copies: bool
    trees: int
    depth: int
    rate: float
    border: float
    licence: str


def _news(data: Path) -> list[Dump]:
    return [*corpus.news(data), *_some(corpus.articles(data))]


def _pages(data: Path) -> list[Dump]:
    return _one_each(corpus.pages(data))


def _some(given: list[Dump]) -> list[Dump]:
    """Return every other page, told by its hash, each as one dumper would write it."""
    chosen = [one for one in given if int(digest(one.id), 16) % 2]
    return [list(corpus.habits(one))[int(digest(one.id), 16) // 2 % 5] for one in chosen]


def _one_each(given: list[Dump]) -> list[Dump]:
    """Return each page by one of its dumpers."""
    sources = ("lines", corpus.DUMPER)
    return [one for one in given if one.source == sources[int(digest(one.id), 16) % 2]]


NATIVE = "as it is"
COPY = "copy"
"""The source of a dump that is a copy of another one, made to be fitted on alone."""
NEWS = Recipe(
    "news",
    (corpus.NEWS, corpus.NEWS_RESIDUE, corpus.LINES),
    _news,
    (NATIVE, "merged", "split"), 3, True, 300, 6, 0.08, 0.2,
    "fitted on fundus (MIT), WCXB (CC-BY-4.0, Murrough Foley) and trafilatura's evaluation pages (Apache-2.0)",
)  # fmt: skip
ANY = Recipe(
    "any",
    (corpus.LINES, corpus.RESIDUE),
    _pages,
    (NATIVE, NATIVE, "dense", "merged", "split"), 1, False, 300, 6, 0.1, -0.4,
    "fitted on WCXB (CC-BY-4.0, Murrough Foley)",
)  # fmt: skip
RECIPES = {"news": NEWS, "any": ANY}
WORTH = {"articles": 0.25, COPY: 0.5}
"""What a page counts by its source, where that is not one page."""
SCRIPTS: Mapping[str, Callable[[str], str]] = {"ideographs": corpus.ideographs, "uncased": corpus.uncased}
_UNSPACED = ("ja", "zh", "th")
"""Languages that are written without blanks as it is."""


@dataclass(frozen=True, eq=False)
class Example:
    """A dump, measured: n paragraphs, and for each whether the gold text holds it (-1: it has no words)."""

    dump: Dump
    text: str
    lines: NDArray[np.int64]
    owner: NDArray[np.int64]
    matrix: NDArray[np.float32]
    words: NDArray[np.float32]
    held: NDArray[np.float32]

    def kept(self, scores: NDArray[np.float32], border: float) -> str:
        """Return the text that is left where paragraphs below `border` go."""
        lines = self.text.split("\n")
        stays = (scores >= border)[self.owner]
        return "\n".join(lines[line] for line in self.lines[stays])


def fold(host: str, folds: int = FOLDS) -> int:
    """Return the fold that the pages of a host belong to."""
    return int(digest(host), 16) % folds


def example(dump: Dump, script: str = "") -> Example | None:
    """Measure one dump; None of a blank one.

    With a `script`, all its lines are measured as if written in that one, and half of the rules know none of them, as
    in a language that the packs speak little of.
    """
    text = BEFORE(dump.text).text
    lines = text.split("\n")
    hits = surveyor().survey(Document(text)).hits
    if script:
        hits = {line: rule for line, rule in hits.items() if int(digest(dump.id + rule.name), 16) % 2}
    found = paragraphs.read(["\n".join(map(SCRIPTS[script], lines)) if script else text])
    if not len(found):
        return None
    measured = features.measure(found, [hits])
    known = corpus.shares(lines, dump.gold)
    share = np.array([
        -1.0 if (value := known[line]) is None or lines[line].strip() in dump.unsure else value for line in found.lines
    ])  # fmt: skip
    size = np.array([len(lines[line]) for line in found.lines]) * (share >= 0)
    sizes = np.bincount(found.owner, size)
    part = np.bincount(found.owner, size * np.maximum(share, 0)) / np.maximum(sizes, 1)
    held = np.where(sizes > 0, part >= 0.5, -1).astype(np.float32)
    return Example(dump, text, found.lines, found.owner, measured.matrix, measured.words, held)


def prepared(given: Iterable[Dump], recipe: Recipe, jobs: int = 1) -> list[Example]:
    """Measure dumps, each written with some of the habits of a recipe, and the gold texts by themselves."""
    given = list(given)
    work = partial(_examples, recipe=recipe)
    return [
        made
        for several in spread(
            work, [*given, *corpus.gold_texts(one for one in given if one.source != "articles")], jobs
        )
        for made in several
    ]


def _examples(dump: Dump, recipe: Recipe) -> list[Example]:
    if dump.source == "articles":
        return [made] if (made := example(dump)) else []
    by_habit = {NATIVE if one.habit == dump.habit else one.habit: one for one in corpus.habits(dump)}
    start = int(digest(dump.id + dump.source), 16)
    chosen = {recipe.habits[(start + step) % len(recipe.habits)] for step in range(recipe.each)}
    written = [example(by_habit[habit]) for habit in sorted(chosen & by_habit.keys())]
    return [one for one in (*written, *(copied(dump) if recipe.copies else ())) if one]


def copied(dump: Dump) -> Iterator[Example | None]:
    """Yield a dump with its story cut short, two ways, and as if written in another script."""
    if dump.habit == corpus.GOLD:
        return
    for seed in ("", "again"):
        yield example(replace(corpus.brief(dump, seed), source=COPY))
    script = tuple(SCRIPTS)[int(digest(f"{dump.source} {dump.id}"), 16) % len(SCRIPTS)]
    if dump.lang not in _UNSPACED:
        yield example(replace(dump, source=COPY), script)


def fit(given: Sequence[Example], recipe: Recipe) -> Trees:
    """Fit trees on examples."""
    from catboost import CatBoostClassifier

    weights = np.concatenate([_weights(one, WORTH.get(one.dump.source, 1.0)) for one in given])
    used = weights > 0
    model = CatBoostClassifier(
        iterations=recipe.trees, depth=recipe.depth, learning_rate=recipe.rate, l2_leaf_reg=5, rsm=0.3,
        bootstrap_type="Bernoulli", subsample=0.7, border_count=64, random_seed=1, thread_count=2, verbose=0,
        allow_writing_files=False,
    )  # fmt: skip
    matrix = np.concatenate([one.matrix for one in given])[used]
    held = np.concatenate([one.held for one in given])[used]
    model.fit(matrix, held, sample_weight=weights[used])
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "model.json"
        model.save_model(str(path), format="json")
        trees = _trees(json.loads(path.read_text(encoding="utf-8")), recipe.depth)
    return replace(trees, about={"border": recipe.border, "story": [0.0, 0.0, 0.0]})


def _weights(one: Example, worth: float) -> NDArray[np.float32]:
    """Return what each paragraph counts; one without words counts nothing."""
    weights = np.where(one.held >= 0, np.sqrt(np.minimum(one.words, _MOST)) + 0.5, 0)
    weighed: NDArray[np.float32] = (weights * (200 * worth / max(float(weights.sum()), 1.0))).astype(np.float32)
    return weighed


def _trees(model: dict[str, Any], depth: int) -> Trees:
    """Read what CatBoost wrote; a tree that asks less is filled up with a question that none answers with yes."""
    asked, borders, leaves = [], [], []
    for tree in model["oblivious_trees"]:
        splits = [(split["float_feature_index"], split["border"]) for split in tree.get("splits") or ()]
        splits += [(0, 1e30)] * (depth - len(splits))
        asked.append([feature for feature, _ in splits])
        borders.append([border for _, border in splits])
        values = tree["leaf_values"]
        leaves.append(values + [0.0] * ((1 << depth) - len(values)))
    scale, (bias,) = model["scale_and_bias"]
    return Trees(
        np.array(asked, np.int16), np.array(borders, np.float32), np.array(leaves, np.float32) * np.float32(scale), bias
    )


def folds(given: Sequence[Example], recipe: Recipe) -> Iterator[Trees]:
    """Yield for each fold the trees that have seen no page of its hosts."""
    for part in range(FOLDS):
        yield fit([one for one in given if fold(one.dump.host) != part], recipe)


def by_folds(given: Sequence[Example], judged: Sequence[Example], recipe: Recipe) -> list[NDArray[np.float32]]:
    """Return the scores of `judged`, each from trees that have seen no page of its host."""
    trees = list(folds(given, recipe))
    return [trees[fold(one.dump.host)].score(one.matrix) for one in judged]


def story_weights(given: Sequence[Example], trees: Trees) -> list[float]:
    """Fit how surely a page holds a story: pages as they are, and with a brief one, against the same pages without.

    The weights of `signs_of_story` are fitted to what `trees` say of both, by Newton's method.
    """
    rows, truth = [], []
    for one in given:
        if one.dump.habit != one.dump.source or not (one.held > 0).any():
            continue
        without = example(replace(one.dump, text=one.kept(-one.held, 0.0)))
        for page, holds in ((one, 1.0), (example(corpus.brief(one.dump)), 1.0), (without, 0.0)):
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
    """Fit trees on all examples, with all that is told about them."""
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
    """Return a digest of the recipe and of the modules that say what is measured and labelled."""
    made = hashlib.sha256(
        repr((recipe.habits, recipe.each, recipe.copies, recipe.trees, recipe.depth, recipe.rate)).encode()
    )
    for module in (characters, paragraphs, words, stretches, features, corpus):
        made.update(Path(str(module.__file__)).read_bytes())
    return made.hexdigest()[:16]


def main(words: Sequence[str] | None = None) -> int:
    """Fit, and write the weights."""
    parser = argparse.ArgumentParser(description="Fit the weights of page mode.")
    parser.add_argument("data", nargs="?", help="folder of the data; CLEANWIRE_DATA where it is left out")
    parser.add_argument("--weights", choices=sorted(RECIPES), action="append", help="only these")
    parser.add_argument("--out", type=Path, default=TARGET, help="where to write (the package)")
    options = parser.parse_args(words)
    data = folder(options.data)
    if data is None:
        print("No data: name its folder, or set CLEANWIRE_DATA to it.", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.weights or RECIPES:
        recipe = RECIPES[name]
        made = prepared(recipe.read(data), recipe, jobs=2)
        (options.out / f"page-{name}.json").write_text(fitted(made, recipe, data).pack(), encoding="utf-8")
        print(f"{name}: {len(made)} texts, {sum(len(one.words) for one in made)} paragraphs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
