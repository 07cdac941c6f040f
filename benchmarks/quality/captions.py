"""The tasks *captions*, *news_captions*: captions and credits found on whole pages, and what else is taken for one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from benchmarks.quality.credits import exact, extents, right
from benchmarks.quality.cuts import LineOutcome, line_outcomes
from benchmarks.quality.labelled import BOILERPLATE, is_prose
from benchmarks.tools.data import CAPTIONS, LINES, Choice, Row, page_text, rows, spread
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire.cleaner import Cleaner
from cleanwire.result import Result
from cleanwire.spans import Span

SURE = ("figcaption", "gold")
_LABEL = re.compile(
    r"\s*(?:(?:figure|fig|abb|abbildung|image|bild|photo|foto|listing)\.?\s*\d+(?:[.–-]\d+)*\s*[.:]"
    r"|(?:media caption|image caption|bildunterschrift|video)\s*:)",
    re.IGNORECASE,
)
"""A label that opens a caption."""
_NOTE = re.compile(r"\((?:symbolbild|symbolfoto|archivbild|archivfoto|file photo|screen ?grab)\)", re.IGNORECASE)
"""A note that only captions have."""

RIGHT, WRONG, MISFILED, UNKNOWN = "right", "wrong", "misfiled", "unknown"
"""A line that was extracted: is a caption or credit; is text or a title; is boilerplate; has no certain label."""


class Find(NamedTuple):
    """One caption of a page, and whether it was found; `certain` says how its label was obtained."""

    page: str
    certain: str
    cue: str
    found: bool
    whole: bool
    text: str


class Cut(NamedTuple):
    """One line of which something was extracted as a caption; `inside`: between the first and the last body line."""

    kind: str
    inside: bool
    verdict: str
    label: str
    rule: str
    page: str
    text: str


class Credit(NamedTuple):
    """One credit that the page marks up, and how it was parsed."""

    by: str
    found: bool
    exact: bool
    right: bool
    page: str
    gold: str
    name: str
    agency: str


class Page(NamedTuple):
    """The captions, cuts and credits of one page; `prose` counts the certain body lines that were removed whole."""

    article: bool
    finds: list[Find]
    cuts: list[Cut]
    credits: list[Credit]
    prose: int


def joined(data: Path, choice: Choice) -> Iterator[Row]:
    """Yield the pages of the lines file, with their captions."""
    known = {row["id"]: row for row in rows(data / CAPTIONS)}
    for page in choice.rows(data / LINES):
        row = known.get(page["id"], {})
        yield {**page, "captions": row.get("captions", []), "credit_lines": row.get("credit_lines", [])}


def read_page(cleaner: Cleaner, row: Row) -> Page:
    """Clean one page and compare what was extracted with its captions."""
    text, starts = page_text(row)
    result = cleaner(text)
    page = Page(row.get("page_type") == "article", [], [], [], 0)
    spans: dict[int, list[Span]] = {}
    whole: set[int] = set()
    marked = {caption["line"] for caption in row["captions"]} | {c["line"] for c in row.get("credit_lines", ())}
    prose = 0
    bodies = [number for number, line in enumerate(row["lines"]) if line["label"] == "body"]
    for number, (line, outcome) in enumerate(zip(row["lines"], line_outcomes(result, text, starts), strict=True)):
        extracted = [span for _, _, span in outcome.removed if span.action == "caption"]
        spans[number] = extracted + [span for span in outcome.kept if span.action == "caption"]
        if not extracted:
            continue
        if (remover := outcome.remover) and remover.action == "caption":
            whole.add(number)
        inside = bool(bodies) and bodies[0] <= number <= bodies[-1]
        cut = _cut(row, line, outcome, extracted, marked=number in marked, whole=number in whole)
        page.cuts.append(cut._replace(inside=inside))
        prose += cut.verdict == WRONG and number in whole and is_prose(row, line)
    for caption in row["captions"]:
        number = caption["line"]
        find = Find(row["id"], caption["certain"], _cue(caption), bool(spans[number]), number in whole, caption["t"])
        page.finds.append(find)
        if caption["credits"]:
            page.credits.append(_credit(row["id"], text, starts[number], caption, spans[number], result))
    return page._replace(prose=prose)


def _cut(row: Row, line: Row, outcome: LineOutcome, extracted: Sequence[Span], *, marked: bool, whole: bool) -> Cut:
    kind = "credit in a line"
    if whole:
        kind = "credit-only line" if all(span.part for span in extracted) else "caption line"
    labels = {line["label"], *(label for _, _, label in line.get("spans") or ())}
    verdict = UNKNOWN
    if marked or labels & {"caption", "credit"}:
        verdict = RIGHT
    elif line["label"] in ("body", "title"):
        verdict = WRONG
    elif line["label"] in BOILERPLATE:
        verdict = MISFILED
    return Cut(kind, False, verdict, line["label"], extracted[0].rule, row["id"], outcome.text)


def _cue(caption: Row) -> str:
    if caption["credits"]:
        return "credit in line"
    if _LABEL.match(caption["t"]) or _NOTE.search(caption["t"]):
        return "label in line"
    return "credit on next line" if caption.get("credit_line") is not None else "none"


def _credit(page: str, text: str, start: int, caption: Row, spans: Sequence[Span], result: Result) -> Credit:
    gold = caption["t"][min(c["start"] for c in caption["credits"]) : max(c["end"] for c in caption["credits"])]
    stop = start + len(caption["t"])
    parsed = [one for one in result.captions if one.start < stop and start < one.end and (one.credit or one.agency)]
    return Credit(
        caption["credits"][0]["by"], extents(spans) is not None, exact(text, spans, gold),
        any(right(one, gold) for one in parsed), page, gold,
        " + ".join(one.credit or "" for one in parsed), " + ".join(one.agency or "" for one in parsed),
    )  # fmt: skip


def report(given: Iterable[Row], name: str, *, jobs: int = 1, most: int = 150) -> Report:
    """Return the tables of one set of pages; `name` is the prefix of its figures."""
    pages = list(spread(partial(read_page, Cleaner()), given, jobs))
    made = Report()
    _recall(made, name, [find for page in pages for find in page.finds], most)
    _precision(made, name, [page for page in pages if page.article], most)
    _credits(made, name, [credit for page in pages for credit in page.credits], most)
    return made


def _recall(made: Report, name: str, finds: Sequence[Find], most: int) -> None:
    sets = {
        "all": [],
        "credit in line": ["credit in line"],
        "credit or label in line": ["credit in line", "label in line"],
        "credit in line or next": ["credit in line", "credit on next line"],
        "no cue": ["none"],
    }
    table: list[list[Cell]] = []
    for certain in sorted({find.certain for find in finds}):
        for title, cues in sets.items():
            chosen = [find for find in finds if find.certain == certain and (not cues or find.cue in cues)]
            if not chosen:
                continue
            by_page: dict[str, list[bool]] = defaultdict(list)
            for find in chosen:
                by_page[find.page].append(find.found)
            found = sum(find.found for find in chosen)
            one_a_page = 100 * fmean(map(fmean, by_page.values()))
            whole = share(sum(find.whole for find in chosen), len(chosen))
            table.append([certain, title, len(chosen), found, share(found, len(chosen)), one_a_page, whole])
            if certain in SURE:
                made.figures[f"{name}.{certain} {title} found %"] = Figure(100 * found / len(chosen))
    columns = ("certain", "captions", "lines", "found", "found %", "mean of pages %", "whole line %")
    made.tables.append(Table(f"{name}: recall", columns, list(table), digits=1))
    missed = [find for find in finds if find.certain in SURE and find.cue != "none" and not find.found][:most]
    made.tables.append(
        Table(f"{name}: missed with a cue", ("cue", "page", "text"), [[f.cue, f.page, f.text[-150:]] for f in missed])
    )


def _precision(made: Report, name: str, pages: Sequence[Page], most: int) -> None:
    cuts = [cut for page in pages for cut in page.cuts]
    table: list[list[Cell]] = []
    for position, chosen in (("all", cuts), ("story", [cut for cut in cuts if cut.inside])):
        for kind in ("caption line", "credit-only line", "credit in a line"):
            counts = Counter(cut.verdict for cut in chosen if cut.kind == kind)
            known = counts[RIGHT] + counts[WRONG]
            bounds = [share(counts[RIGHT] + more, counts.total()) for more in (0, counts[UNKNOWN])]
            verdicts = [counts[one] for one in (RIGHT, WRONG, MISFILED, UNKNOWN)]
            table.append([position, kind, *verdicts, share(counts[RIGHT], known), *bounds])
            if known:
                made.figures[f"{name}.{position} {kind} precision %"] = Figure(100 * counts[RIGHT] / known)
    columns = ("position", "cut", RIGHT, WRONG, MISFILED, UNKNOWN, "precision of known %", "at least %", "at most %")
    prose = sum(page.prose for page in pages)
    per = 200 * prose / len(pages) if pages else 0.0
    made.figures[f"{name}.prose lines lost per 200 pages"] = Figure(per, loss=True)
    title = f"{name}: precision, {len(pages)} article pages; {prose} body lines lost, {per:.2f} in 200 pages"
    made.tables.append(Table(title, columns, list(table), digits=1))
    for verdict in (WRONG, MISFILED, UNKNOWN):
        listed = sorted((cut for cut in cuts if cut.verdict == verdict), key=lambda c: (c.kind, c.rule, c.page, c.text))
        listing: list[Sequence[Cell]] = [
            [cut.kind, "inside" if cut.inside else "", cut.label, cut.rule, cut.page, cut.text[-170:]]
            for cut in listed[:most]
        ]
        made.tables.append(
            Table(f"{name}: cuts {verdict} by label", ("cut", "position", "label", "rule", "page", "text"), listing)
        )


def _credits(made: Report, name: str, credits_: Sequence[Credit], most: int) -> None:
    table: list[list[Cell]] = []
    for by in sorted({credit.by for credit in credits_}):
        chosen = [credit for credit in credits_ if credit.by == by]
        found = [credit for credit in chosen if credit.found]
        spans, names = sum(credit.exact for credit in found), sum(credit.right for credit in found)
        table.append([
            by, len(chosen), len(found), share(len(found), len(chosen)), share(spans, len(found)),
            share(names, len(found)),
        ])  # fmt: skip
        made.figures[f"{name}.credits by {by} found %"] = Figure(100 * len(found) / len(chosen))
        if found:
            made.figures[f"{name}.credits by {by} exact %"] = Figure(100 * spans / len(found))
            made.figures[f"{name}.credits by {by} name and agency %"] = Figure(100 * names / len(found))
    columns = ("marked by", "credits", "found", "found %", "span exact % of found", "name and agency % of found")
    made.tables.append(Table(f"{name}: credits", columns, list(table), digits=1))
    bad = [
        credit for credit in credits_ if credit.found and credit.by != "pattern" and not (credit.exact and credit.right)
    ]
    made.tables.append(
        Table(f"{name}: credits parsed wrongly", Credit._fields, [[*map(_plain, credit)] for credit in bad[:most]])
    )


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
