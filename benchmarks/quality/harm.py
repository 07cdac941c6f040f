"""The task *harm*: true prose of many genres goes in; every cut is listed, and judged once by a reader.

A cut is a span that left the text.  ``innocence_labels.jsonl`` in the data and ``harm_labels.jsonl`` beside this module
hold what a reader said of cuts: *right* (boilerplate that the source holds), *defensible*, *artefact* (of how the
document was made) or *false*.  A cut that nobody has read counts as false.  The titles and bylines of texts that are
not news are judged in the same files: *right*, as a heading or a signature of the text itself, or *false*.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.tools.data import Choice, Row, rows, spread
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire import PAGE, Cleaner

TEXTS, LABELS = "innocence.jsonl.zst", "innocence_labels.jsonl"
OWN_LABELS = Path(__file__).with_name("harm_labels.jsonl")
LAYOUTS = {"A": "a paragraph a line", "B": "a sentence a line"}
UNREAD = "unread"
HARMFUL = ("false", UNREAD)
HOME = ("en", "any")
"""Packs whose rules are of use in every language."""
NEWS = "news"
NAMES = ("title", "byline")
MILLION = 1_000_000


class Cut(NamedTuple):
    """What one rule removed from one document in one layout, with the label of a reader."""

    layout: str
    lang: str
    genre: str
    rule: str
    text: str
    label: str

    @property
    def is_harmful(self) -> bool:
        """Whether the cut is false, or was not read."""
        return self.label in HARMFUL

    @property
    def is_foreign(self) -> bool:
        """Whether the rule is of the pack of another language than the document's, English aside."""
        return self.rule.split(".")[1] not in (self.lang, *HOME)


class Name(NamedTuple):
    """A title or byline that was named in one document in one layout, with the label of a reader."""

    layout: str
    lang: str
    genre: str
    action: str
    text: str
    label: str


class Outcome(NamedTuple):
    """What happened to one document: its cuts in all layouts, its titles and bylines, the words that `PAGE` loses."""

    lang: str
    genre: str
    words: int
    cuts: list[Cut]
    named: list[Name]
    page_lost: int


def key(lang: str, text: str) -> str:
    """Return the key of a cut in the file of labels: a hash of the language and the text, its white space folded.

    >>> key("de", "Ja. ") == key("de", "Ja.")
    True
    """
    return hashlib.sha1(f"{lang}\n{' '.join(text.split())}".encode(), usedforsecurity=False).hexdigest()[:16]


def labels(folder: Path) -> dict[str, str]:
    """Return the labels of cuts by key, from the folder of the data and from this one, which wins."""
    files = filter(Path.is_file, (folder / LABELS, OWN_LABELS))
    return {row["key"]: row["label"] for path in files for row in rows(path)}


def clean(cleaner: Cleaner, page: Cleaner, judged: Mapping[str, str], row: Row) -> Outcome:
    """Clean one document in all layouts, and in layout A as a page."""
    cuts: list[Cut] = []
    named: list[Name] = []
    lang, genre, words = row["lang"], row["genre"], len(row["A"].split())
    for layout in LAYOUTS:
        for span in cleaner(row[layout]).spans:
            if not span.kept:
                label = judged.get(key(lang, span.text), UNREAD)
                cuts.append(Cut(layout, lang, genre, span.rule, span.text.strip(), label))
            elif genre != NEWS and span.part is None and span.action in NAMES:
                label = judged.get(key(lang, f"{span.action}: {span.text}"), UNREAD)
                named.append(Name(layout, lang, genre, span.action, span.text, label))
    removed = [span.text for span in page(row["A"]).spans if not span.kept]
    lost = [text for text in removed if judged.get(key(lang, text), UNREAD) in HARMFUL]
    return Outcome(lang, genre, words, cuts, named, sum(len(text.split()) for text in lost))


def report(data: Path, choice: Choice, *, jobs: int = 1) -> Report:
    """Return harm per million words by layout, rule, language and genre, the names, and each cut to read."""
    work = partial(clean, Cleaner(), Cleaner(PAGE), labels(data))
    outcomes = list(spread(work, choice.rows(data / TEXTS), jobs))
    cuts = [cut for outcome in outcomes for cut in outcome.cuts if cut.is_harmful]
    made = Report()
    made.tables.append(_totals(outcomes, cuts, made.figures))
    for field in ("rule", "lang", "genre"):
        made.tables.append(_by(field, cuts))
    made.tables += _names(outcomes, made.figures)
    made.tables.append(_pages(outcomes, made.figures))
    made.tables.append(_listed(cuts))
    return made


def _totals(outcomes: Sequence[Outcome], cuts: Sequence[Cut], figures: dict[str, Figure]) -> Table:
    words = sum(outcome.words for outcome in outcomes) or 1
    table: list[Sequence[Cell]] = []
    for layout, meaning in LAYOUTS.items():
        here = [cut for cut in cuts if cut.layout == layout]
        values = {
            "cuts": MILLION * len(here) / words,
            "words": MILLION * sum(len(cut.text.split()) for cut in here) / words,
            "foreign %": share(sum(cut.is_foreign for cut in here), len(here)) or 0.0,
        }
        table.append([f"{layout}: {meaning}", len(here), *values.values()])
        figures.update((f"harm.{layout} false {name}", Figure(value, loss=True)) for name, value in values.items())
    columns = ("layout", "false cuts", "a million words", "words a million", "by foreign rules %")
    return Table(f"harm: {len(outcomes)} documents, {words:,} words", columns, table)


def _by(field: str, cuts: Iterable[Cut]) -> Table:
    """Return the number of cuts by one field of theirs."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for cut in cuts:
        counts[getattr(cut, field)][cut.layout] += 1
    order = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    return Table(f"harm: false cuts by {field}", (field, *LAYOUTS), [[name, n["A"], n["B"]] for name, n in order])


def _names(outcomes: Iterable[Outcome], figures: dict[str, Figure]) -> list[Table]:
    """Return how many titles and bylines were named in texts that are not news and how many are wrong, and these."""
    others = [outcome for outcome in outcomes if outcome.genre != NEWS]
    names = [name for outcome in others for name in outcome.named]
    table: list[Sequence[Cell]] = []
    for action in NAMES:
        for layout, meaning in LAYOUTS.items():
            labels_met = Counter(name.label for name in names if (name.action, name.layout) == (action, layout))
            wrong = sum(labels_met[label] for label in HARMFUL)
            rate = 1000 * labels_met.total() / max(len(others), 1)
            part = share(wrong, labels_met.total()) or 0.0
            table.append([action, f"{layout}: {meaning}", labels_met.total(), wrong, labels_met[UNREAD], rate, part])
            figures[f"harm.{layout} {action}s wrong of named %"] = Figure(part, loss=True)
            if layout == "A":
                figures[f"harm.{action}s named in 1,000 texts that are not news"] = Figure(rate, loss=True)
    columns = ("what", "layout", "named", "wrong or unread", "unread", "in 1,000 texts", "wrong or unread %")
    listed = [
        [key(name.lang, f"{name.action}: {name.text}"), *name[:4], name.label, name.text[:100]]
        for name in names
        if name.label in HARMFUL
    ]
    fields = ("key", "layout", "lang", "genre", "what", "label", "text")
    return [
        Table(f"harm: names in {len(others)} texts that are not news", columns, table),
        Table("harm: names that are wrong or unread", fields, list(listed)),
    ]


def _pages(outcomes: Iterable[Outcome], figures: dict[str, Figure]) -> Table:
    """Return the share of the words of each genre that `PAGE` removes and no reader has called boilerplate."""
    words: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for one in outcomes:
        words[one.genre] += one.words
        lost[one.genre] += one.page_lost
    table = [[genre, words[genre], lost[genre], share(lost[genre], words[genre])] for genre in sorted(words)]
    for genre in words:
        figures[f"harm.page words lost % {genre}"] = Figure(share(lost[genre], words[genre]) or 0.0, loss=True)
    return Table("harm: words that PAGE removes and should keep", ("genre", "words", "lost", "lost %"), list(table))


def _listed(cuts: Iterable[Cut]) -> Table:
    """Return each cut once, with its key in the file of labels."""
    met: dict[str, Cut] = {}
    for cut in cuts:
        met.setdefault(key(cut.lang, cut.text), cut)
    order = sorted(met.items(), key=lambda item: (item[1].rule, item[1].lang, item[0]))
    table = [[name, cut.label, cut.lang, cut.genre, cut.layout, cut.rule, cut.text[:160]] for name, cut in order]
    return Table("harm: false cuts", ("key", "label", "lang", "genre", "layout", "rule", "text"), list(table))
