"""The task *captions*: which captions and credits are found on whole pages, and what else is taken for one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from benchmarks.quality.credits import exact, extents, right
from benchmarks.quality.cuts import PARTS, Fate, fates, rule_of
from benchmarks.quality.labelled import BOILERPLATE, PROSE
from benchmarks.tools.pages import Choice, Row, dump, rows, spread
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire.cleaner import Cleaner
from cleanwire.result import Result, Span

SURE = ("figcaption", "gold")
_LABEL = re.compile(
    r"\s*(?:(?:figure|fig|abb|abbildung|image|bild|photo|foto|listing)\.?\s*\d+(?:[.–-]\d+)*\s*[.:]"
    r"|(?:media caption|image caption|bildunterschrift|video)\s*:)",
    re.IGNORECASE,
)
"""A label that opens a caption."""
_NOTE = re.compile(r"\((?:symbolbild|symbolfoto|archivbild|archivfoto|file photo|screen ?grab)\)", re.IGNORECASE)
"""A note in a caption that says that it is one."""

RIGHT, WRONG, MISFILED, UNKNOWN = "right", "wrong", "misfiled", "unknown"
"""A cut line is a caption or credit, text or a title, boilerplate that belongs to another lane, or nobody knows."""


class Find(NamedTuple):
    """One caption that the page holds for sure or by its class name, and whether it was found."""

    page: str
    certain: str
    cue: str
    found: bool
    whole: bool
    text: str


class Cut(NamedTuple):
    """One line from which the caption lane took something; `story` between the first and the last body line."""

    kind: str
    story: bool
    verdict: str
    label: str
    rule: str
    page: str
    text: str


class Credit(NamedTuple):
    """One credit that the page marks up, and how it was read."""

    by: str
    found: bool
    exact: bool
    right: bool
    page: str
    gold: str
    name: str
    agency: str


class Page(NamedTuple):
    """What one page gives; `prose` counts body lines of the gold that went as a whole."""

    article: bool
    finds: list[Find]
    cuts: list[Cut]
    credits: list[Credit]
    prose: int


def joined(data: Path, choice: Choice) -> Iterator[Row]:
    """Yield the pages of the lines file, with their captions."""
    known = {row["id"]: row for row in rows(data / "captions.jsonl.zst")}
    for page in choice.rows(data / "lines.jsonl.zst"):
        row = known.get(page["id"], {})
        yield {**page, "captions": row.get("captions", []), "credit_lines": row.get("credit_lines", [])}


def read_page(cleaner: Cleaner, row: Row) -> Page:
    """Clean one page and compare its caption lane with its captions."""
    text, starts = dump(row)
    result = cleaner(text)
    page = Page(row.get("page_type") == "article", [], [], [], 0)
    spans: dict[int, list[Span]] = {}
    whole: set[int] = set()
    marked = {caption["line"] for caption in row["captions"]} | {c["line"] for c in row.get("credit_lines", ())}
    prose = 0
    bodies = [number for number, line in enumerate(row["lines"]) if line["label"] == "body"]
    for number, (line, fate) in enumerate(zip(row["lines"], fates(result, text, starts), strict=True)):
        taken = [span for _, _, span in fate.cut if span.lane == "caption"]
        spans[number] = taken + [span for span in fate.named if span.lane == "caption"]
        if not taken:
            continue
        out = fate.out
        if out and out.lane == "caption":
            whole.add(number)
        story = bool(bodies) and bodies[0] <= number <= bodies[-1]
        cut = _cut(row, line, fate, taken, marked=number in marked, whole=number in whole)._replace(story=story)
        page.cuts.append(cut)
        prose += cut.verdict == WRONG and number in whole and _is_prose(row, line)
    for caption in row["captions"]:
        number = caption["line"]
        find = Find(row["id"], caption["certain"], _cue(caption), bool(spans[number]), number in whole, caption["t"])
        page.finds.append(find)
        if caption["credits"]:
            page.credits.append(_credit(row["id"], text, starts[number], caption, spans[number], result))
    return page._replace(prose=prose)


def _is_prose(row: Row, line: Row) -> bool:
    return line["label"] == "body" and row["body_src"] == "gt" and (line.get("in_gt") or 0) >= PROSE


def _cut(row: Row, line: Row, fate: Fate, taken: Sequence[Span], *, marked: bool, whole: bool) -> Cut:
    kind = "credit in a line"
    if whole:
        kind = "credit-only line" if all(span.rule.endswith(PARTS) for span in taken) else "caption line"
    labels = {line["label"], *(label for _, _, label in line.get("spans") or ())}
    verdict = UNKNOWN
    if marked or labels & {"caption", "credit"}:
        verdict = RIGHT
    elif line["label"] in ("body", "title"):
        verdict = WRONG
    elif line["label"] in BOILERPLATE:
        verdict = MISFILED
    return Cut(kind, False, verdict, line["label"], rule_of(taken[0]), row["id"], fate.text)


def _cue(caption: Row) -> str:
    if caption["credits"]:
        return "credit in line"
    if _LABEL.match(caption["t"]) or _NOTE.search(caption["t"]):
        return "label in line"
    return "credit on next line" if caption.get("credit_line") is not None else "none"


def _credit(page: str, text: str, start: int, caption: Row, spans: Sequence[Span], result: Result) -> Credit:
    gold = caption["t"][min(c["start"] for c in caption["credits"]) : max(c["end"] for c in caption["credits"])]
    stop = start + len(caption["t"])
    read = [one for one in result.captions if one.span[0] < stop and start < one.span[1] and (one.credit or one.agency)]
    return Credit(
        caption["credits"][0]["by"], extents(spans) is not None, exact(text, spans, gold),
        any(right(one, gold) for one in read), page, gold,
        " + ".join(one.credit or "" for one in read), " + ".join(one.agency or "" for one in read),
    )  # fmt: skip


def report(given: Iterable[Row], name: str, *, jobs: int = 1, most: int = 150) -> Report:
    """Return the tables of one set of pages; `name` opens the names of its figures."""
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
    for place, chosen in (("all", cuts), ("story", [cut for cut in cuts if cut.story])):
        for kind in ("caption line", "credit-only line", "credit in a line"):
            counts = Counter(cut.verdict for cut in chosen if cut.kind == kind)
            known = counts[RIGHT] + counts[WRONG]
            bounds = [share(counts[RIGHT] + more, counts.total()) for more in (0, counts[UNKNOWN])]
            verdicts = [counts[one] for one in (RIGHT, WRONG, MISFILED, UNKNOWN)]
            table.append([place, kind, *verdicts, share(counts[RIGHT], known), *bounds])
            if known:
                made.figures[f"{name}.{place} {kind} precision %"] = Figure(100 * counts[RIGHT] / known)
    columns = ("place", "cut", RIGHT, WRONG, MISFILED, UNKNOWN, "precision of known %", "at least %", "at most %")
    prose = sum(page.prose for page in pages)
    per = 200 * prose / len(pages) if pages else 0.0
    made.figures[f"{name}.prose lines lost per 200 pages"] = Figure(per, loss=True)
    title = f"{name}: precision, {len(pages)} article pages; {prose} lines of prose lost, {per:.2f} in 200 pages"
    made.tables.append(Table(title, columns, list(table), digits=1))
    for verdict in (WRONG, MISFILED, UNKNOWN):
        listed = sorted((cut for cut in cuts if cut.verdict == verdict), key=lambda c: (c.kind, c.rule, c.page, c.text))
        listing: list[Sequence[Cell]] = [
            [cut.kind, "story" if cut.story else "", cut.label, cut.rule, cut.page, cut.text[-170:]]
            for cut in listed[:most]
        ]
        made.tables.append(
            Table(f"{name}: cuts {verdict} by label", ("cut", "place", "label", "rule", "page", "text"), listing)
        )


def _credits(made: Report, name: str, read: Sequence[Credit], most: int) -> None:
    table: list[list[Cell]] = []
    for by in sorted({credit.by for credit in read}):
        chosen = [credit for credit in read if credit.by == by]
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
    bad = [credit for credit in read if credit.found and credit.by != "pattern" and not (credit.exact and credit.right)]
    made.tables.append(
        Table(f"{name}: credits read wrongly", Credit._fields, [[*map(_plain, credit)] for credit in bad[:most]])
    )


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
