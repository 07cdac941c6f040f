"""Page mode: keep the story of a full-page text, drop the page around it.

A classifier scores every paragraph in its place (`cleanwire.pagemodel.features` has the features, `classifier` the
trees); rules of packs are among the features.  numpy is needed, and imported only when a text is looked at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Literal, NamedTuple, Self, get_args

from cleanwire.compiled import Facts, facts
from cleanwire.document import FLAT, LINES, MARKDOWN, Document
from cleanwire.edit import Edit
from cleanwire.errors import CleanwireError
from cleanwire.packs.pack import Pack
from cleanwire.pagemodel import series, signs
from cleanwire.pagemodel.signs import Signs
from cleanwire.view import PAGE_METADATA, line_marks

if TYPE_CHECKING:
    from cleanwire.pagemodel.classifier import Trees
    from cleanwire.pagemodel.paragraphs import Flags, Floats, Paragraphs

Weights = Literal["news", "any"]
_OF_MARKDOWN: Mapping[str, str] = {"news": "markdown"}
"""The weights that score Markdown in place of others: links and headings say there what lines alone do not."""

BOILERPLATE = "page.score"
"""The rule of a line that the classifier rejects."""
METADATA = "page.metadata"
"""The rule of what a converter wrote above a page: the ``meta`` elements of its head."""
COMMENTS = "page.comments"
"""The rule of a rejected line below a heading or button of readers' comments."""

FILTER_RULES: Mapping[str, str] = {
    BOILERPLATE: "The classifier rejects the line as part of the story; `PageFilter().explain` says why.",
    METADATA: "The `meta` elements of the page, which a converter wrote above it.",
    COMMENTS: "The same, below a heading or button of readers' comments.",
}
"""The rules that no pack holds, with what they are for."""

_FEW = 8
"""A text of fewer paragraphs is not the text of a full page."""
_DUMP = 0.12
"""Least share of the paragraphs to drop; a text with less boilerplate was extracted already, and stays."""
_LEAN = 2.0
"""What a preference of 1 adds to the score, in log-odds."""
_HOPE = 0.7
"""If no paragraph reaches the border, but the best is at most this below it, the page may have a story nevertheless."""
_BESIDE = 0.5
"""The best of such a page stays, and paragraphs whose score is less than this below it."""
_REASONS = 4
"""How many features are named as reasons."""


class Verdict(NamedTuple):
    """How likely a text has a story, from 0 to 1, whether it is the text of a full page, and the signs of one.

    `dump` is False for a text that page mode leaves alone: because it has too few signs of a page, or because hardly a
    paragraph would be dropped.
    """

    story: float
    dump: bool
    signs: Signs


class Score(NamedTuple):
    """The verdict on a line: how likely it is part of the story, whether it stays, and why.

    `why` are the features that weighed most, with their weight in log-odds: above 0 for the story, below against it.
    """

    line: int
    story: float
    kept: bool
    why: tuple[tuple[str, float], ...]


@dataclass(frozen=True, eq=False)
class _Reading:
    """One look at one document, by `trees`."""

    trees: "Trees"
    found: "Paragraphs"
    matrix: "Floats"
    words: "Floats"
    scores: "Floats"
    facts: Facts
    signs: Signs
    marked: bool

    def is_dump(self, stays: "Flags") -> bool:
        """Whether the paragraphs, of which these stay, are those of a whole page."""
        size = len(stays)
        return int((~stays).sum()) >= _DUMP * size and _vouches(self.signs, size, marked=self.marked)


def _vouches(found: Signs, size: int, *, marked: bool) -> bool:
    """Return whether a text of `size` paragraphs with these signs is long enough for a page, and one."""
    return size >= _FEW and found.vouch(size, marked=marked)


@dataclass(frozen=True)
class PageFilter:
    r"""Propose to drop the lines that are not part of the story.

    A text in which nothing speaks for a page around a story stays whole; see `cleanwire.pagemodel.signs`.  A page in
    one line has no lines to judge: weights of its own score its words, whatever `weights` says, and ranges of it go.

    `weights` are ``"news"``, for news pages, ``"any"``, for pages of other kinds too, or the path of a ``.json`` file
    that ``benchmarks/page/fit.py`` wrote; news pages in Markdown are scored by weights of their own.  `lean` prefers
    precision (down to -1) or recall (up to 1).  `packs` are packs of your own.  Needs numpy:
    ``pip install 'cleanwire[page]'``.

    >>> menu = "Home\nNews\nSport\nWeather\nSign in\nSubscribe\nContact us\nPrivacy policy\n"
    >>> story = "The council voted on Monday, after a long debate, to close the old bridge for a year.\n"
    >>> more = "Two ferries will carry the children to school, the mayor said, and the bus will go around.\n"
    >>> doc = Document(menu + story + more)
    >>> [(edit.rule, doc.text[edit.start : edit.stop].split("\n")[0]) for edit in PageFilter()(doc)][:2]
    [('page.score', 'Home'), ('page.score', 'News')]
    """

    weights: str = "news"
    lean: float = 0.0
    packs: tuple[Pack, ...] = ()
    name: str = "page"

    def __post_init__(self) -> None:
        """Refuse a value that is not a choice."""
        if self.weights not in get_args(Weights) and not self.weights.endswith(".json"):
            raise CleanwireError(
                f"page mode has no weights called {self.weights!r}; choose news or any, or give a .json file of yours"
            )
        if not -1 <= self.lean <= 1:
            raise CleanwireError(f"lean is {self.lean}; give a number from -1 (precision) to 1 (recall)")

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        """Return the cut of the lines that are not of the article, and of its title, byline and date."""
        if doc.layout == FLAT:
            return self._cut_flat(doc)
        head = {0: METADATA} if _has_metadata(doc) and len(doc.lines) > 1 else {}
        reading = self._read(doc, pages_only=True)
        if reading is None or not reading.is_dump(stays := self._kept(reading, doc)):
            return doc.cut(head)
        from cleanwire.story import page_header

        rules = _rules(reading, ~stays) | head
        kept = [line for line in range(len(doc.lines)) if line not in rules]
        return doc.cut({**rules, **page_header.read(doc, reading.facts, kept)})

    def _cut_flat(self, doc: Document) -> Iterable[Edit]:
        """Yield the cuts of a text without line ends: of ranges that begin and end where sentences or phrases do."""
        _classifier()
        from cleanwire.pagemodel import flat_cut
        from cleanwire.views.phrases import phrases_in

        for start, stop in flat_cut.read(doc.text, phrases_in, _LEAN * self.lean):
            yield Edit(start, stop, "", "drop", BOILERPLATE)

    def ready(self) -> Self:
        """Load the weights now, not with the first text; raise `MissingError` if numpy is not installed.

        >>> PageFilter(weights="any").ready().weights
        'any'
        """
        self._trees()
        self._trees(MARKDOWN)
        return self

    def verdict(self, doc: Document) -> Verdict:
        r"""Return how likely `doc` has a story, and whether it is the text of a full page.

        A list of links, an error page or a cookie wall holds none.

        >>> menu = Document("Home\nNews\nSport\nWeather\nSign in\nSubscribe\nContact us\nLegal")
        >>> PageFilter().verdict(menu).story < 0.5
        True
        """
        reading = self._read(doc)
        if reading is None:
            return Verdict(0.0, False, Signs())
        of_story = _classifier().signs_of_story(reading.words, reading.scores)
        odds = sum(weight * sign for weight, sign in zip(reading.trees.about["story"], of_story, strict=True))
        return Verdict(_logistic(odds), reading.is_dump(self._kept(reading, doc)), reading.signs)

    def explain(self, doc: Document) -> list[Score]:
        r"""Return for each content line how likely it is story, and which features weighed most.

        A text that page mode leaves alone keeps every line, whatever the scores.

        >>> menu = "Home\nNews\nSport\nWeather\nSign in\nSubscribe\nContact us\nPrivacy policy\n"
        >>> score = PageFilter().explain(Document(menu))[0]
        >>> score.line, score.story < 0.5, len(score.why)
        (0, True, 4)
        """
        reading = self._read(doc)
        if reading is None:
            return []
        from cleanwire.pagemodel.features import NAMES, PAGE

        kept = self._kept(reading, doc)
        if not reading.is_dump(kept):
            kept[:] = True
        weights = reading.trees.weigh(reading.matrix)
        weights[:, PAGE] = 0  # what a page is like weighs the same for all of its lines
        order = abs(weights).argsort(axis=1)[:, : -_REASONS - 1 : -1]
        scores = []
        for line, owner in reading.found.owned_lines():
            why = tuple((NAMES[place], round(float(weights[owner, place]), 3)) for place in order[owner])
            scores.append(Score(line, _logistic(float(reading.scores[owner])), bool(kept[owner]), why))
        return scores

    def _trees(self, layout: str = LINES) -> "Trees":
        weights = _OF_MARKDOWN.get(self.weights, self.weights) if layout == MARKDOWN else self.weights
        trees: Trees = _classifier().load(weights)
        return trees

    def _read(self, doc: Document, *, pages_only: bool = False) -> _Reading | None:
        """Return what is known of `doc`; None of a text without content lines.

        With `pages_only`, None of a text that is too short for a page or has too few signs of one, before it is
        measured: so that looking again at what is left of a page costs little.
        """
        if not doc.lines:
            return None
        _classifier()
        from cleanwire.pagemodel import features, paragraphs

        known, marked = facts(doc, self.packs), doc.layout == MARKDOWN
        found_signs = signs.read(doc.lines, known.rules, lambda line: known.line(line).key, metadata=_has_metadata(doc))
        if pages_only and not found_signs.vouch(_FEW, marked=marked):
            return None  # nor would they for more paragraphs
        found = paragraphs.read([doc.text])
        if not len(found) or (pages_only and not _vouches(found_signs, len(found), marked=marked)):
            return None
        measured = features.measure(found, [known.rules], [line_marks(doc) if marked else None])
        trees = self._trees(doc.layout)
        scores = trees.score(measured.matrix)
        return _Reading(
            trees,
            found,
            measured.matrix,
            measured.words,
            scores,
            known,
            found_signs,
            marked,
        )

    def _border(self, trees: "Trees") -> float:
        return float(trees.about["border"]) - _LEAN * self.lean

    def _kept(self, reading: _Reading, doc: Document) -> "Flags":
        """Return for each paragraph whether it stays; numbered headings of one story stay together."""
        stays = self._stays(reading.scores, self._border(reading.trees))
        if not series.may_be_in(doc.text):
            return stays
        owners = dict(reading.found.owned_lines())
        kept = [line in owners and bool(stays[owners[line]]) for line in range(len(doc.lines))]
        for line in filter(owners.__contains__, series.headings(doc.lines, kept)):
            stays[owners[line]] = True
        return stays

    @staticmethod
    def _stays(scores: "Floats", border: float) -> "Flags":
        """Return for each paragraph whether its score is enough; of a page that may hold a story, one is."""
        best = float(scores.max())
        if border - _HOPE < best < border:
            border = best - _BESIDE
        return scores >= border


def _has_metadata(doc: Document) -> bool:
    """Return whether a text begins with the ``meta`` elements of a page."""
    return bool(doc.folds) and doc.folds[0].rule == PAGE_METADATA


def _rules(reading: _Reading, gone: "Flags") -> dict[int, str]:
    """Return the lines that go, each with its rule."""
    rules = {}
    below = False
    for line, owner in reading.found.owned_lines():
        rule = reading.facts.rules.get(line)
        if rule is not None and rule.action == "drop":
            below = rule.kind == "comments" or (below and rule.confidence == "needs_neighbor")
        if gone[owner]:
            rules[line] = COMMENTS if below else BOILERPLATE
        else:
            below = False
    return rules


def _logistic(odds: float) -> float:
    from math import exp

    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


@cache
def _classifier() -> ModuleType:
    """Import what needs numpy; raises `CleanwireError` where it is not installed."""
    try:
        from cleanwire.pagemodel import classifier
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        raise CleanwireError("page mode needs numpy: pip install 'cleanwire[page]'") from error
    return classifier
