"""The task *lanes*: a labelled page goes in as a dump; which lines leave, by which rule, and what text is lost."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.cuts import WORD, Fate, fates, rule_of
from benchmarks.tools.pages import Choice, Row, dump, host, spread
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire.cleaner import Cleaner

BOILERPLATE = ("nav", "footer", "related", "share", "comment_widget", "newsletter", "cookie", "ad")
ORDER = (*BOILERPLATE, "tags", "comment", "credit", "caption", "byline", "dateline", "title", "body", "other")
NAMES = {"byline": {"byline"}, "dateline": {"date", "dateline"}, "title": {"title"}}
"""By label, the lanes that name such a line."""
FITS = {
    "byline": {"byline"},
    "date": {"dateline"},
    "dateline": {"prose", "body", "dateline"},  # a dateline opens a paragraph of the story
    "title": {"title"},
}
"""By lane that names, the labels of lines that hold such a thing; `prose` is a body line that is text for sure."""
PROSE = 0.6
"""A body line is text for sure where the ground truth holds this share of its words."""


class Cut(NamedTuple):
    """One line that one rule took words from (or named)."""

    rule: str
    lane: str
    label: str
    lost: int
    page: str
    text: str


@dataclass
class Tally:
    """Counts over pages; tallies of the same kind add up."""

    pages: int = 0
    lines: Counter[str] = field(default_factory=Counter)
    out: Counter[tuple[str, str]] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
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
        self.out.update(other.out)
        self.named.update(other.named)
        self.rules.update(other.rules)
        self.rule_words.update(other.rule_words)
        self.losses += other.losses


class Ask(NamedTuple):
    """What to list beside the counts: the cuts of a family of rules, the missed lines of a label."""

    rule: str | None = None
    misses: str | None = None

    def about(self, cut: Cut) -> bool:
        """Whether the rule that cut is of the family that was asked for."""
        return self.rule is not None and f"{cut.rule}.".startswith(self.rule + ".")


class Page(NamedTuple):
    """What one page gives: its counts, and what was asked for."""

    article: bool
    host: str
    tally: Tally
    cuts: list[Cut]
    missed: list[str]


def read_page(cleaner: Cleaner, ask: Ask, row: Row) -> Page:
    """Clean one page and count."""
    text, starts = dump(row)
    tally = Tally(pages=1)
    listed: list[Cut] = []
    missed: list[str] = []
    for line, fate in zip(row["lines"], fates(cleaner(text), text, starts), strict=True):
        label = line["label"]
        if label == "blank":
            continue
        tally.lines[label] += 1
        prose = label == "body" and row["body_src"] == "gt" and (line.get("in_gt") or 0) >= PROSE
        if prose:
            tally.words += len(WORD.findall(fate.text))
        if not fate.cut and not fate.named:
            if label == ask.misses:
                missed.append(fate.text)
            continue
        cuts = list(_count(tally, fate, label, row["id"], prose))
        listed += filter(ask.about, cuts)
        if label == ask.misses and not fate.out and not _named(fate, label):
            missed.append(fate.text)
    return Page(row.get("page_type") == "article", host(row), tally, listed, missed)


def _named(fate: Fate, label: str) -> bool:
    return any(span.lane in NAMES.get(label, ()) for span in [*fate.named, *(span for _, _, span in fate.cut)])


def _count(tally: Tally, fate: Fate, label: str, page: str, prose: bool) -> Iterator[Cut]:
    out = fate.out
    if out:
        tally.out[label, out.lane] += 1
    named = _named(fate, label)
    if named:
        tally.named[label] += 1
    if named or out:
        tally.out[label, "gone or named"] += 1
    lost: Counter[str] = Counter(map(rule_of, fate.lost()))
    for rule, lane in {(rule_of(span), span.lane) for span in [*fate.named, *(span for _, _, span in fate.cut)]}:
        cut = Cut(rule, lane, label, lost[rule], page, fate.text)
        tally.rules[rule, lane, "prose" if prose else label] += 1
        if prose and lost[rule]:
            tally.lost += lost[rule]
            tally.rule_words[rule] += lost[rule]
            tally.losses.append(cut)
        yield cut


@dataclass
class Survey:
    """All pages of a file: counts for the articles and for every page, and what was asked for."""

    articles: Tally = field(default_factory=Tally)
    every: Tally = field(default_factory=Tally)
    cuts: list[Cut] = field(default_factory=list)
    missed: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, page: Page) -> None:
        """Add one page; a missed line counts by what is left of it when case and digits are."""
        self.every.add(page.tally)
        if page.article:
            self.articles.add(page.tally)
        self.cuts += page.cuts
        for text in page.missed:
            self.missed["".join("0" if c.isdigit() else c for c in text.strip().casefold())][page.host] += 1


def survey(path: Path, choice: Choice, ask: Ask, jobs: int = 1) -> Survey:
    """Clean the chosen pages of a file and count; the order of pages never matters."""
    found = Survey()
    for page in spread(partial(read_page, Cleaner(), ask), choice.rows(path), jobs):
        found.add(page)
    return found


def report(path: Path, name: str, choice: Choice, ask: Ask, *, jobs: int = 1, worst: int = 50) -> Report:
    """Return the tables of one file; `name` opens the names of its figures."""
    found = survey(path, choice, ask, jobs)
    made = Report()
    if found.articles.pages:
        made.tables.append(_labels(f"{name}, article pages", found.articles))
        made.figures |= _figures(name, found.articles)
    if found.every.pages > found.articles.pages:
        made.tables.append(_labels(f"{name}, all pages", found.every))
        made.figures |= _figures(f"{name}.all", found.every, only_loss=True)
    made.tables += [_rules(f"{name}: rules, all pages", found.every), _worst(name, found.every, worst)]
    if ask.rule:
        rows = sorted(found.cuts, key=lambda cut: (cut.rule, cut.label, cut.text))
        made.tables.append(Table(f"{name}: cuts by {ask.rule}", Cut._fields, [_short(cut) for cut in rows]))
    if ask.misses:
        made.tables.append(_missed(f"{name}: missed lines of {ask.misses}", found))
    return made


def _labels(title: str, tally: Tally) -> Table:
    rows: list[list[Cell]] = []
    labels = [label for label in (*ORDER, *sorted(set(tally.lines) - set(ORDER))) if tally.lines[label]]
    lanes = ("drop", "caption", "set aside")
    for label in (*labels, "(boilerplate)"):
        group = BOILERPLATE if label == "(boilerplate)" else (label,)
        lines = sum(tally.lines[one] for one in group)
        by = Counter[str]()
        for (of, lane), count in tally.out.items():
            if of in group and lane != "gone or named":
                by[lane if lane in lanes else "set aside"] += count
        either = sum(tally.out[one, "gone or named"] for one in group)
        rows.append(
            [
                label,
                lines,
                share(by.total(), lines),
                *(share(by[lane], lines) for lane in lanes),
                share(sum(tally.named[one] for one in group), lines) if label in NAMES else None,
                share(either, lines) if label in NAMES else None,
            ]
        )
    columns = ("label", "lines", "out %", *(f"{lane} %" for lane in lanes), "named %", "out or named %")
    loss = share(tally.lost, tally.words)
    lost = f"{tally.lost} of {tally.words} body words lost ({'–' if loss is None else f'{loss:.4f}'} %)"
    return Table(f"{title}: {tally.pages} pages, {lost}", columns, list(rows), digits=1)


def _figures(name: str, tally: Tally, *, only_loss: bool = False) -> dict[str, Figure]:
    figures = {f"{name}.body words lost %": Figure(share(tally.lost, tally.words) or 0.0, loss=True)}
    for label in () if only_loss else [label for label in ORDER[:-1] if tally.lines[label]]:
        out = sum(count for (of, lane), count in tally.out.items() if of == label and lane != "gone or named")
        figures[f"{name}.{label} out %"] = Figure(100 * out / tally.lines[label], loss=label in ("title", "body"))
        if label in NAMES:
            figures[f"{name}.{label} named %"] = Figure(100 * tally.named[label] / tally.lines[label])
            either = tally.out[label, "gone or named"]
            figures[f"{name}.{label} out or named %"] = Figure(100 * either / tally.lines[label])
    return figures


def _rules(title: str, tally: Tally) -> Table:
    """By rule: how often it spoke, and how often wrongly: cut text or a title, named what is something else."""
    by_rule: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (rule, lane, label), count in tally.rules.items():
        by_rule[rule, lane][label] += count
    rows: list[list[Cell]] = []
    for (rule, lane), labels in by_rule.items():
        hits = labels.total()
        known = hits - labels["other"]
        if lane in FITS:
            wrong = known - sum(labels[label] for label in FITS[lane])
        else:
            wrong = sum(labels[label] for label in ("prose", "body", "title"))
        common = ", ".join(f"{label} {count}" for label, count in labels.most_common(5))
        rows.append([
            rule, lane, hits, wrong, labels["other"], share(known - wrong, known), tally.rule_words[rule], common
        ])  # fmt: skip
    rows.sort(key=lambda row: (-int(row[6] or 0), -int(row[3] or 0), str(row[0])))
    columns = ("rule", "lane", "hits", "wrong", "unknown", "precision %", "words lost", "labels")
    return Table(title, columns, list(rows), digits=1)


def _worst(name: str, tally: Tally, worst: int) -> Table:
    rows = sorted(tally.losses, key=lambda cut: (-cut.lost, cut.rule, cut.page))[:worst]
    return Table(f"{name}: the {worst} worst cuts, all pages", Cut._fields, [_short(cut) for cut in rows])


def _short(cut: Cut) -> Cut:
    return cut._replace(text=cut.text if len(cut.text) <= 180 else f"{cut.text[:80]} … {cut.text[-97:]}")


def _missed(title: str, found: Survey, most: int = 80) -> Table:
    rows = sorted(found.missed.items(), key=lambda item: (-len(item[1]), -item[1].total(), item[0]))[:most]
    return Table(title, ("hosts", "lines", "text"), [[len(hosts), hosts.total(), text[:160]] for text, hosts in rows])
