"""The tasks *lines* and *news*: which lines of labelled pages are removed, by which rule, and which text is lost."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.cuts import WORD, LineOutcome, line_outcomes
from benchmarks.tools.data import Choice, Row, host, page_text, spread
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire.cleaner import Cleaner

BOILERPLATE = ("nav", "footer", "related", "share", "comment_widget", "newsletter", "cookie", "ad")
ORDER = (*BOILERPLATE, "tags", "comment", "credit", "caption", "byline", "dateline", "title", "body", "other")
NAMES = {"byline": {"byline"}, "dateline": {"date", "dateline"}, "title": {"title"}}
"""By label, the actions that name such a line."""
FITS = {
    "byline": {"byline"},
    "date": {"dateline"},
    "dateline": {"prose", "body", "dateline"},  # a dateline opens a paragraph of the body
    "title": {"title"},
}
"""By naming action, the labels of lines that hold such a name; `prose` is a body line that certainly is text."""
PROSE = 0.6
"""A body line certainly is text if the ground truth holds this share of its words."""


class Cut(NamedTuple):
    """One line of which one rule removed words, or named some."""

    rule: str
    action: str
    label: str
    lost: int
    page: str
    text: str


@dataclass
class Tally:
    """Counts over pages; `removed` is by label and action, `rules` by rule, action and label."""

    pages: int = 0
    lines: Counter[str] = field(default_factory=Counter)
    removed: Counter[tuple[str, str]] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    either: Counter[str] = field(default_factory=Counter)
    words: int = 0
    lost: int = 0
    rules: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    rule_words: Counter[str] = field(default_factory=Counter)
    losses: list[Cut] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add the counts of `other`."""
        self.pages += other.pages
        self.words += other.words
        self.lost += other.lost
        self.lines.update(other.lines)
        self.removed.update(other.removed)
        self.named.update(other.named)
        self.either.update(other.either)
        self.rules.update(other.rules)
        self.rule_words.update(other.rule_words)
        self.losses += other.losses


class Listing(NamedTuple):
    """What to list beside the counts: all cuts of the rules with a prefix, the missed lines of a label."""

    rule: str | None = None
    misses: str | None = None

    def includes(self, cut: Cut) -> bool:
        """Return whether `cut` is by a rule with the prefix."""
        return self.rule is not None and f"{cut.rule}.".startswith(self.rule + ".")


class Page(NamedTuple):
    """The counts of one page, and what is listed of it."""

    article: bool
    host: str
    tally: Tally
    cuts: list[Cut]
    missed: list[str]


def read_page(cleaner: Cleaner, listing: Listing, row: Row) -> Page:
    """Clean one page and count."""
    text, starts = page_text(row)
    tally = Tally(pages=1)
    listed: list[Cut] = []
    missed: list[str] = []
    for line, outcome in zip(row["lines"], line_outcomes(cleaner(text), text, starts), strict=True):
        label = line["label"]
        if label == "blank":
            continue
        tally.lines[label] += 1
        prose = is_prose(row, line)
        if prose:
            tally.words += len(WORD.findall(outcome.text))
        if label == listing.misses and not outcome.remover and not _is_named(outcome, label):
            missed.append(outcome.text)
        listed += filter(listing.includes, _count(tally, outcome, label, row["id"], prose))
    return Page(row.get("page_type") == "article", host(row), tally, listed, missed)


def is_prose(row: Row, line: Row) -> bool:
    """Return whether a line of a page certainly is text of its body."""
    return line["label"] == "body" and row["body_src"] == "gt" and (line.get("in_gt") or 0) >= PROSE


def _is_named(outcome: LineOutcome, label: str) -> bool:
    return any(span.action in NAMES.get(label, ()) for span in outcome.spans)


def _count(tally: Tally, outcome: LineOutcome, label: str, page: str, prose: bool) -> list[Cut]:
    remover, named = outcome.remover, _is_named(outcome, label)
    if remover:
        tally.removed[label, remover.action] += 1
    tally.named[label] += named
    tally.either[label] += named or remover is not None
    lost: Counter[str] = Counter(span.rule for span in outcome.lost_words())
    cuts = []
    for rule, action in {(span.rule, span.action) for span in outcome.spans}:
        cut = Cut(rule, action, label, lost[rule], page, outcome.text)
        cuts.append(cut)
        tally.rules[rule, action, "prose" if prose else label] += 1
        if prose and lost[rule]:
            tally.lost += lost[rule]
            tally.rule_words[rule] += lost[rule]
            tally.losses.append(cut)
    return cuts


@dataclass
class Pages:
    """All pages of a file: the counts of the articles and of every page, and what is listed."""

    articles: Tally = field(default_factory=Tally)
    every: Tally = field(default_factory=Tally)
    cuts: list[Cut] = field(default_factory=list)
    missed: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, page: Page) -> None:
        """Add one page; missed lines that differ in case and digits alone count as one."""
        self.every.add(page.tally)
        if page.article:
            self.articles.add(page.tally)
        self.cuts += page.cuts
        for text in page.missed:
            self.missed["".join("0" if c.isdigit() else c for c in text.strip().casefold())][page.host] += 1


def report(path: Path, name: str, choice: Choice, listing: Listing, *, jobs: int = 1, worst: int = 50) -> Report:
    """Return the tables of one file; `name` is the prefix of its figures."""
    found = Pages()
    for page in spread(partial(read_page, Cleaner(), listing), choice.rows(path), jobs):
        found.add(page)
    made = Report()
    if found.articles.pages:
        made.tables.append(_labels(f"{name}, article pages", found.articles))
        made.figures |= _figures(name, found.articles)
    if found.every.pages > found.articles.pages:
        made.tables.append(_labels(f"{name}, all pages", found.every))
        made.figures |= _figures(f"{name}.all", found.every, only_loss=True)
    made.tables += [_rules(f"{name}: rules, all pages", found.every), _worst(name, found.every, worst)]
    if listing.rule:
        rows = sorted(found.cuts, key=lambda cut: (cut.rule, cut.label, cut.text))
        made.tables.append(Table(f"{name}: cuts by {listing.rule}", Cut._fields, [_shortened(cut) for cut in rows]))
    if listing.misses:
        made.tables.append(_missed(f"{name}: missed lines of {listing.misses}", found))
    return made


def count_removed(tally: Tally, labels: Iterable[str]) -> Counter[str]:
    """Return how many lines of some labels were removed, by action; `aside` is any of the naming actions."""
    labels, counts = set(labels), Counter[str]()
    for (label, action), count in tally.removed.items():
        if label in labels:
            counts[action if action in ("drop", "caption") else "aside"] += count
    return counts


def _labels(title: str, tally: Tally) -> Table:
    rows: list[list[Cell]] = []
    labels = [label for label in (*ORDER, *sorted(set(tally.lines) - set(ORDER))) if tally.lines[label]]
    for label in (*labels, "(boilerplate)"):
        group = BOILERPLATE if label == "(boilerplate)" else (label,)
        lines = sum(tally.lines[one] for one in group)
        by_action = count_removed(tally, group)
        names = (tally.named[label], tally.either[label]) if label in NAMES else ()
        rows.append([
            label, lines, share(by_action.total(), lines),
            *(share(by_action[action], lines) for action in ("drop", "caption", "aside")),
            *(share(count, lines) for count in names), *(() if names else (None, None)),
        ])  # fmt: skip
    columns = ("label", "lines", "out %", "drop %", "caption %", "set aside %", "named %", "out or named %")
    loss = share(tally.lost, tally.words)
    lost = f"{tally.lost} of {tally.words} body words lost ({'–' if loss is None else f'{loss:.4f}'} %)"
    return Table(f"{title}: {tally.pages} pages, {lost}", columns, list(rows), digits=1)


def _figures(name: str, tally: Tally, *, only_loss: bool = False) -> dict[str, Figure]:
    figures = {f"{name}.body words lost %": Figure(share(tally.lost, tally.words) or 0.0, loss=True)}
    for label in () if only_loss else [label for label in ORDER[:-1] if tally.lines[label]]:
        out = 100 * count_removed(tally, [label]).total() / tally.lines[label]
        figures[f"{name}.{label} out %"] = Figure(out, loss=label in ("title", "body"))
        if label in NAMES:
            figures[f"{name}.{label} named %"] = Figure(100 * tally.named[label] / tally.lines[label])
            figures[f"{name}.{label} out or named %"] = Figure(100 * tally.either[label] / tally.lines[label])
    return figures


def _rules(title: str, tally: Tally) -> Table:
    """Return how often each rule matched, and how often wrongly: removed text or a title, named something else."""
    by_rule: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (rule, action, label), count in tally.rules.items():
        by_rule[rule, action][label] += count
    rows: list[list[Cell]] = []
    for (rule, action), labels in by_rule.items():
        matches = labels.total()
        known = matches - labels["other"]
        if action in FITS:
            wrong = known - sum(labels[label] for label in FITS[action])
        else:
            wrong = sum(labels[label] for label in ("prose", "body", "title"))
        common = ", ".join(f"{label} {count}" for label, count in labels.most_common(5))
        rows.append([
            rule, action, matches, wrong, labels["other"], share(known - wrong, known), tally.rule_words[rule], common
        ])  # fmt: skip
    rows.sort(key=lambda row: (-int(row[6] or 0), -int(row[3] or 0), str(row[0])))
    columns = ("rule", "action", "matches", "wrong", "unknown", "precision %", "words lost", "labels")
    return Table(title, columns, list(rows), digits=1)


def _worst(name: str, tally: Tally, worst: int) -> Table:
    rows = sorted(tally.losses, key=lambda cut: (-cut.lost, cut.rule, cut.page))[:worst]
    return Table(f"{name}: the {worst} worst cuts, all pages", Cut._fields, [_shortened(cut) for cut in rows])


def _shortened(cut: Cut) -> Cut:
    return cut._replace(text=cut.text if len(cut.text) <= 180 else f"{cut.text[:80]} … {cut.text[-97:]}")


def _missed(title: str, found: Pages, most: int = 80) -> Table:
    rows = sorted(found.missed.items(), key=lambda item: (-len(item[1]), -item[1].total(), item[0]))[:most]
    return Table(title, ("hosts", "lines", "text"), [[len(hosts), hosts.total(), text[:160]] for text, hosts in rows])
