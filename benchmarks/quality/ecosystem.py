"""What a change cuts otherwise: ``python -m benchmarks.quality.ecosystem [REVISION]`` compares two states.

A revision and the working tree clean the same texts: the seeds as they are and in each layout, the counterexamples of
the packs and, with ``CLEANWIRE_DATA``, pages of the data, always the same ones.  The old revision runs in a process of
its own.
"""

import argparse
import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.layouts import WRITERS
from benchmarks.tools.data import folder as data_folder
from benchmarks.tools.data import page_text, rows
from cleanwire import notation
from cleanwire.packs.load import builtin_packs
from cleanwire.report.compare import Comparison, Pair, Removed, RuleDifferences, compare
from cleanwire.report.page import comparison_page

ROOT = Path(__file__).parents[2]
OUTPUT = ROOT / "build" / "ecosystem"
PAGES = 400
"""Pages of each file of the data, evenly spread."""
SHOWN = 3
"""Differences of a rule that the terminal shows."""
_WIDTH = 100
_CLEAN = """
import json, sys
from cleanwire import Cleaner
clean = Cleaner()
for line in sys.stdin:
    result = clean(json.loads(line)["text"])
    cuts = [(span.start, span.end, span.rule) for span in result.spans if not span.kept]
    print(json.dumps({"cuts": cuts, "text": result.text}))
"""
"""Cleans JSON Lines by names that every revision has."""


class Text(NamedTuple):
    """A text and its name."""

    name: str
    text: str


class Cleaned(NamedTuple):
    """What a revision removed from a text, and what it left."""

    cuts: list[Removed]
    text: str


def shipped() -> Iterator[Text]:
    """Yield the texts that are in the repository: seeds in all layouts, and counterexamples.

    >>> any(text.name.endswith(" as markdown") for text in shipped())
    True
    """
    for file in sorted((ROOT / "seeds").glob("*.txt")):
        source = notation.source(notation.parse(file.read_text(encoding="utf-8")))
        yield Text(f"seeds/{file.name}", source)
        lines = [line for line in source.split("\n") if line.strip()]
        for layout, write in WRITERS.items():
            yield Text(f"seeds/{file.name} as {layout}", write(lines))
    for pack in builtin_packs():
        for rule in pack.rules:
            for number, text in enumerate(rule.counterexamples):
                yield Text(f"counterexample {number} of {rule.name}", text)


def given(data: Path | None) -> Iterator[Text]:
    """Yield pages of a data folder, at most `PAGES` of each file and evenly spread."""
    for name in ("lines", "news"):
        path = data / f"{name}.jsonl.zst" if data else None
        if path and path.exists():
            pages = list(rows(path))
            for page in pages[:: max(len(pages) // PAGES, 1)]:
                yield Text(f"{name} {page['id']}", page_text(page)[0])


def cleaned(texts: Iterable[Text], source: Path) -> list[Cleaned]:
    """Return what the package in `source` makes of texts, in a process of its own."""
    lines = "".join(f"{json.dumps({'text': text.text})}\n" for text in texts)
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(source)!r})\n{_CLEAN}"],
        input=lines, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True, cwd=source,
    )  # fmt: skip
    found = [json.loads(line) for line in run.stdout.split("\n") if line]
    return [Cleaned([Removed(*cut) for cut in each["cuts"]], each["text"]) for each in found]


def checkout(revision: str, target: Path) -> Path:
    """Write the package as it was at a revision into `target`, and return the folder to import it from."""
    archive = subprocess.run(
        ["git", "-C", str(ROOT), "archive", revision, "src"], check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(target, filter="data")
    return target / "src"


def summary(found: Comparison, repaired: int) -> Iterator[str]:
    """Yield the lines that the terminal shows."""
    yield f"{found.documents} texts, {found.different} with other cuts, {repaired} with the same cuts but another text"
    for title, rules in (("cut now and was not", found.now), ("was cut and is not now", found.before)):
        yield f"\n{title}: {sum(rule.number for rule in rules)}"
        for rule in rules:
            yield from _rule(rule)


def _rule(rule: RuleDifferences) -> Iterator[str]:
    yield f"  {rule.number:6}  {rule.rule}"
    for sample in rule.samples[:SHOWN]:
        words = " ".join(sample.text.split())
        yield f"          {words[:_WIDTH]}{'…' * (len(words) > _WIDTH)}   ({sample.document})"


def main(arguments: list[str] | None = None) -> int:
    """Compare, print the counts, and write the page; return an exit code, which is 0 however many cuts differ."""
    parser = argparse.ArgumentParser(prog="make ecosystem", description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("revision", nargs="?", default="HEAD", help="the revision to compare with; default: HEAD")
    revision = parser.parse_args(arguments).revision
    texts = [*shipped(), *given(data_folder())]
    old = cleaned(texts, checkout(revision, OUTPUT / "old"))
    new = cleaned(texts, ROOT / "src")
    pairs = list(zip(texts, old, new, strict=True))
    found = compare(Pair(*text, before.cuts, after.cuts) for text, before, after in pairs)
    repaired = sum(
        before.text != after.text
        for _, before, after in pairs
        if [*map(_place, before.cuts)] == [*map(_place, after.cuts)]
    )
    print(*summary(found, repaired), sep="\n")
    page = OUTPUT / "changes.html"
    page.write_text(comparison_page(found, f"the working tree against {revision}"), encoding="utf-8")
    print(f"\nthe page: {page.relative_to(ROOT)}")
    return 0


def _place(cut: Removed) -> tuple[int, int]:
    return cut.start, cut.end


if __name__ == "__main__":
    sys.exit(main())
