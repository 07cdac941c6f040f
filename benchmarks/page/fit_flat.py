"""Fit the weights of page mode for texts in one line: ``python -m benchmarks.page.fit_flat DATA``.

Needs the dependency group ``fit``.  The examples are pages in one line or with glued words, and clean texts in one
line, of which nothing may go: without them the classifier takes prose for boilerplate that it has not met.  Folds are
by publisher.
"""

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.page import boosting, fit
from benchmarks.page.boosting import Settings
from benchmarks.tools.data import Row, add_folder, digest, file_digest, required_folder, rows
from cleanwire.document import FLAT, Document
from cleanwire.pagemodel import characters, flat
from cleanwire.pagemodel.classifier import Trees
from cleanwire.views.layout import layout_of, maker
from cleanwire.views.phrases import phrases_in

SHAPES, INNOCENCE = "shapes.jsonl.zst", "innocence.jsonl.zst"
PAGES = ("flat", "soup_flat", "soup_raw")
FOLDS = 3
LICENCE = (
    "fitted on fundus (MIT), Universal Dependencies (CC BY-SA and others), ELTeC (CC BY) and DraCor (CC0 and others)"
)
SETTINGS = Settings(150, 6, 0.1, penalty=8, features=0.25, rows=0.6, borders=48)
N = 4
"""Words of the n-grams by which the gold text is found."""
_EVERY = 8
"""Of the clean texts, every so many-th is used."""
_SIZE = 6000
"""Most characters of a clean text."""
_LEAST = 600
_WORD = re.compile(r"[฀-໿぀-ヿ㐀-鿿]|[^\W฀-໿぀-ヿ㐀-鿿]+")


@dataclass(frozen=True, eq=False)
class Example:
    """One text: of a page, its gold text, or a clean text; its features, and which segments the gold text holds."""

    id: str
    group: str
    shape: str
    text: str
    gold: str
    found: flat.Words
    segments: flat.Segments
    held: NDArray[np.float32]


def group(row: Row) -> str:
    """Return what decides on the fold: the publisher of a page, the id of another text."""
    return "-".join(row["id"].split("-")[1:3]) if row["id"].startswith("news-") else str(row["id"])


def texts(data: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield id, group, shape, text and gold text: pages, their golds in one line, clean texts in one line."""
    seen = set()
    for row in rows(data / SHAPES):
        if row["shape"] in PAGES:
            yield row["id"], group(row), row["shape"], row["text"], row["gold"]
            if row["id"] not in seen:
                seen.add(row["id"])
                gold = " ".join(row["gold"].split())
                yield row["id"], group(row), "gold", gold, gold
    for number, row in enumerate(rows(data / INNOCENCE)):
        text = " ".join(row["A"].split())[:_SIZE]
        if number % _EVERY == 0 and len(text) >= _LEAST:
            yield f"{row['src']} {row['id']}", str(row["id"]), "clean", text, text


def viewed(text: str) -> str:
    """Return what `PageFilter` sees of a text: repaired, without captions, a sentence a line."""
    text = fit.BEFORE(text).text
    view = maker(FLAT)(Document(text))
    return view.doc.text if view else text


def prepared(given: Iterable[tuple[str, str, str, str, str]]) -> Iterator[Example]:
    """Yield the examples of texts; of those with line ends only the ones that are read as flat."""
    for name, fold, shape, text, gold in given:
        if shape == "soup_raw" and layout_of(text) != FLAT:
            continue
        seen = viewed(text)
        found = flat.words(seen)
        segments = flat.measure(found, found.phrases(seen, phrases_in))
        yield Example(name, fold, shape, seen, gold, found, segments, held(seen, gold, found, segments))


def held(text: str, gold: str, found: flat.Words, segments: flat.Segments) -> NDArray[np.float32]:
    """Return the share of each segment's words that stand in 4-grams of the gold text; -1 of one without words."""
    known = Counter(ngrams(_WORD.findall(gold)))
    places = [(match.start(), match[0]) for match in _WORD.finditer(text)]
    hit = np.zeros(len(places), bool)
    for start, gram in enumerate(ngrams([word for _, word in places])):
        if known[gram] > 0:
            hit[start : start + N] = True
    owner = np.searchsorted(found.starts, [place for place, _ in places], side="right") - 1
    owner = np.searchsorted(segments.bounds, np.maximum(owner, 0), side="right") - 1
    size = len(segments.bounds) - 1
    every = np.bincount(owner, minlength=size)
    return np.where(every > 0, np.bincount(owner, hit, size) / np.maximum(every, 1), -1).astype(np.float32)


def ngrams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the n-grams of words."""
    return zip(*(words[start:] for start in range(N)), strict=False)


def weights(one: Example) -> NDArray[np.float32]:
    """Return the weight of each segment: its words; each text weighs as much as another, a clean one less."""
    sizes = np.minimum(np.diff(one.segments.bounds), 12) * (one.held >= 0)
    of_text = {"gold": 0.6, "clean": 0.3}.get(one.shape, 1.0)
    made: NDArray[np.float32] = (sizes * (1000 * of_text / max(float(sizes.sum()), 1.0))).astype(np.float32)
    return made


def fitted(given: Sequence[Example]) -> Trees:
    """Fit trees on examples."""
    weight = np.concatenate([weights(one) for one in given])
    used = weight > 0
    matrix = np.concatenate([one.segments.matrix for one in given])[used]
    truth = (np.concatenate([one.held for one in given])[used] >= 0.5).astype(np.int8)
    return boosting.fit(matrix, truth, weight[used], SETTINGS)


def fold(name: str) -> int:
    """Return the fold of a group."""
    return int(digest(name), 16) % FOLDS


def main(words: Sequence[str] | None = None) -> int:
    """Fit, and write the weights."""
    parser = argparse.ArgumentParser(description="Fit the weights of page mode for texts in one line.")
    add_folder(parser)
    parser.add_argument("--out", type=Path, default=fit.TARGET, help="where to write (the package)")
    options = parser.parse_args(words)
    data = required_folder(parser, options.data)
    made = list(prepared(texts(data)))
    code = hashlib.sha256(b"".join(Path(str(one.__file__)).read_bytes() for one in (characters, flat)))
    about = {
        "licence": LICENCE,
        "data": {file: file_digest(data / file) for file in (SHAPES, INNOCENCE)},
        "code": code.hexdigest()[:16],
    }
    text = replace(fitted(made), about=about).pack(flat.NAMES)
    (options.out / "page-flat.json").write_text(text, encoding="utf-8")
    print(f"flat: {len(made)} texts, {sum(len(one.held) for one in made)} segments")
    return 0


if __name__ == "__main__":
    sys.exit(main())
