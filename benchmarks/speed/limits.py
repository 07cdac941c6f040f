"""Check the limits of speed and memory that the library aims for: print each figure, and whether it passes.

Run ``python -m benchmarks.speed.limits [--only WORD] [--quick]``.  Start and memory are measured in new
processes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median
from time import perf_counter

from ftfy import fix_text

from benchmarks.speed.inputs import Input, Kind, Origin, Size, as_kind
from benchmarks.speed.making import articles, long_text
from benchmarks.speed.ratios import measure, ratio
from benchmarks.tools.data import folder
from benchmarks.tools.timing import Work, environment, floor, seconds
from cleanwire import Cleaner
from cleanwire.io.parallel import ordered
from cleanwire.packs.pack import Pack
from cleanwire.packs.parse import parse_pack

MB = 1_000_000


@dataclass(frozen=True)
class Limit:
    """One figure, which must be at least (``≥``) or at most (``≤``) `bound`."""

    what: str
    value: float
    sign: str
    bound: float

    @property
    def holds(self) -> bool:
        """Whether the figure is within its bound.

        >>> Limit("ftfy ÷ chain", 11.0, "≥", 12).holds
        False
        """
        return self.value >= self.bound if self.sign == "≥" else self.value <= self.bound


def ratios(quick: bool) -> Iterator[Limit]:
    """Yield the ratios of time of chain to floor, and of ftfy to chain."""
    works: dict[str, Work] = {"floor": floor, "chain": Cleaner(), "ftfy": fix_text}
    wanted: dict[tuple[Size, Kind], tuple[float | None, float | None]] = {
        ("small", "ascii"): (15, 12),
        ("small", "typographic"): (15, 20),
        ("small", "damaged"): (None, 1),
        ("page", "ascii"): (20, None),
        ("page", "typographic"): (20, None),
        ("page", "damaged"): (None, 1),
        ("long", "damaged"): (None, 1),
    }
    origins: list[Origin] = ["seeds", "data"] if folder() else ["seeds"]
    for origin in origins:
        for (size, kind), (most, least) in wanted.items():
            given = Input(origin, size, kind)
            taken, _ = measure(given, works, rounds=3 if quick else 9)
            if most:
                yield Limit(f"{given.name}: chain ÷ floor", ratio(taken, "chain", "floor"), "≤", most)
            if least:
                yield Limit(f"{given.name}: ftfy ÷ chain", ratio(taken, "ftfy", "chain"), "≥", least)


def tiny(quick: bool) -> Iterator[Limit]:
    """Yield the time of a text of 200 characters above 40 times its floor."""
    for kind in ("ascii", "typographic"):
        given = Input("seeds", "tiny", kind)
        count = len(given.texts(0))
        taken, _ = measure(given, {"floor": floor, "chain": Cleaner()}, rounds=5 if quick else 25)
        over = median(chain - 40 * least for chain, least in zip(taken["chain"], taken["floor"], strict=True))
        yield Limit(f"{given.name}: µs a text above 40 × floor", 1e6 * over / count, "≤", 15)


def size(quick: bool) -> Iterator[Limit]:
    """Yield the time of a character of one long text to that of texts of 5 KB."""
    most = (5 if quick else 50) * MB
    for kind in ("ascii", "typographic"):
        cleaner, whole = Cleaner(), as_kind(long_text(most), kind)
        before, after = ([as_kind(text, kind) for text in articles(2 * MB, number)] for number in (1, 2))
        first = seconds(cleaner, before) / sum(map(len, before))
        long = seconds(cleaner, [whole]) / len(whole)
        again = seconds(cleaner, after) / sum(map(len, after))
        yield Limit(f"{kind}: a character of {most // MB} MB ÷ one of 5 KB", long / ((first + again) / 2), "≤", 1.15)


def rules(quick: bool) -> Iterator[Limit]:
    """Yield the time with 10,000 more rules for whole lines to that with 100."""
    del quick
    given = Input("seeds", "small", "typographic")
    works = {str(count): Cleaner().with_packs(synthetic(count)) for count in (100, 10_000)}
    taken, _ = measure(given, works, rounds=9)
    yield Limit("10,000 rules ÷ 100 rules", ratio(taken, "10000", "100"), "≤", 1.3)


def synthetic(count: int) -> Pack:
    """Return a pack of rules for one line each.

    >>> len(synthetic(3).rules)
    3
    """
    words = ["share", "read", "more", "join", "our", "daily", "letter", "sign", "follow", "watch"]
    shapes = (
        f'[[rule]]\nname = "made-{number}"\nkind = "nav"\nwhy = "A line made to be counted."\n'
        f'line = ["{" ".join(words[int(digit)] for digit in str(number))} made{"abcdefghij"[number % 10]}"]\n'
        'examples = ["- x"]\ncounterexamples = ["One.", "Two."]\n'
        for number in range(count)
    )
    return parse_pack(f"made{count}", "\n".join(shapes))


_WORDS = "“She left at noon” – Zoë said.\\n\\nPost a comment"


def start(quick: bool) -> Iterator[Limit]:
    """Yield the time of the import, the first text and the command in a new process."""
    times = 5 if quick else 15
    bare, imported, helped = (
        [_timed([*words]) for _ in range(times)]
        for words in (["-c", ""], ["-c", "import cleanwire"], ["-m", "cleanwire", "--help"])
    )
    yield Limit("import cleanwire, ms above a bare start", 1000 * (median(imported) - median(bare)), "≤", 80)
    for what, text in (("ASCII", "She left at noon.\\n\\nPost a comment"), ("typographic", _WORDS)):
        code = "import cleanwire, time; t = time.perf_counter(); cleanwire.clean('{}'); print(time.perf_counter() - t)"
        first = median(float(_python(["-c", code.format(text)])) for _ in range(times))
        yield Limit(f"first clean, {what}, ms", 1000 * first, "≤", 250)
    yield Limit("cleanwire --help, ms above a bare start", 1000 * (median(helped) - median(bare)), "≤", 150)


_PAGE = """
import sys, time
from cleanwire import Cleaner
from benchmarks.speed.inputs import Input
result = Cleaner()("\\n".join(Input("seeds", "small", "damaged").texts(0))[:10_000])
start = time.process_time()
from cleanwire.report.page import document_page
page = document_page(result, "a.txt")
print(time.process_time() - start, len(page.encode()))
"""


def reports(quick: bool) -> Iterator[Limit]:
    """Yield the time of the processor for the page of a document of 10 KB, the first of its process, and its size."""
    found = [_python(["-c", _PAGE]).split() for _ in range(5 if quick else 15)]
    yield Limit("first page of a document of 10 KB, ms", 1000 * median(float(time) for time, _ in found), "≤", 50)
    yield Limit("its size, KB", float(found[0][1]) / 1000, "≤", 250)


_PEAK = """
import sys
from cleanwire import Cleaner
from benchmarks.speed.inputs import as_kind
from benchmarks.speed.making import long_text
from benchmarks.tools.timing import peak
cleaner = Cleaner()
cleaner(as_kind(long_text(20_000), sys.argv[1]))
path = sys.argv[2]
before = peak()
text = open(path, encoding="utf-8").read()
cleaner(text)
print(peak() - before)
"""


def memory(quick: bool) -> Iterator[Limit]:
    """Yield the peak memory of cleaning one long text, the text included, to its size in bytes."""
    most = (10 if quick else 100) * MB
    for kind in ("ascii", "typographic"):
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "text"
            path.write_text(as_kind(long_text(most), kind), encoding="utf-8")
            peak = float(_python(["-c", _PEAK, kind, str(path)]))
            yield Limit(f"{kind}: peak memory for {most // MB} MB ÷ its size", peak / path.stat().st_size, "≤", 5)


_GROWTH = """
import sys
from pathlib import Path
from cleanwire import Cleaner
from benchmarks.speed.inputs import Input
stops = [int(word) for word in sys.argv[1:]]
given = Input("seeds", "tiny", "typographic")
pieces = [text for number in range(20) for text in given.texts(number)]
texts = (f"{pieces[n % len(pieces)]}\\nStory {n} of Zo\u00eb" for n in range(stops[-1]))
for done, result in enumerate(Cleaner().map(texts), 1):
    if done in stops:
        print(int(Path("/proc/self/statm").read_text().split()[1]) * 4096)
"""


def growth(quick: bool) -> Iterator[Limit]:
    """Yield the memory of the process after many texts to that after few, and after a tenth of them, or half.

    The few are enough to fill the memory of lines, which is bounded: it is full after some 15,000 of these texts.
    """
    few, some, many = (20_000, 30_000, 60_000) if quick else (20_000, 100_000, 1_000_000)
    first, later, last = map(int, _python(["-c", _GROWTH, str(few), str(some), str(many)]).split())
    yield Limit(f"memory after {many:,} texts ÷ after {few:,} ({first / MB:.0f} MB)", last / first, "≤", 1.02)
    yield Limit(f"memory after {many:,} texts ÷ after {some:,} ({later / MB:.0f} MB)", last / later, "≤", 1.02)


_LEARN = """
import sys
from cleanwire import Document
from cleanwire.learning import learn_corpus
from benchmarks.tools.timing import peak
letters = str.maketrans("0123456789", "ghijklmnop")
pages, hosts = map(int, sys.argv[2:])
def corpus(pages):
    for page in range(pages):
        names = [f"{page * 30 + line:x}".translate(letters) for line in range(30)]
        lines = [f"line {name} of many" for name in names[:27]]
        lines += [f"The ferry of {name} left at noon, and nobody had noticed it." for name in names[27:]]
        yield Document("\\n".join(lines), url=f"{page % hosts}.example")
for template in learn_corpus(corpus(100), sys.argv[1] + "/first"):
    pass
before = peak()
for template in learn_corpus(corpus(pages), sys.argv[1] + "/all"):
    pass
print(peak() - before)
"""


def learning(quick: bool) -> Iterator[Limit]:
    """Yield the memory that learning the templates of a corpus takes whose lines are all different."""
    pages = 10_000 if quick else 100_000
    for hosts in (1, 1_000, 20_000):
        with tempfile.TemporaryDirectory() as place:
            grown = float(_python(["-c", _LEARN, place, str(pages), str(hosts)]))
            yield Limit(f"learning {30 * pages:,} lines of {hosts:,} sites, MB more", grown / MB, "≤", 120)


def processes(quick: bool) -> Iterator[Limit]:
    """Yield the speed-up by a second process, once both run; beside it, that of a loop that only counts."""
    texts = [text[at : at + 50_000] for text in Input("seeds", "long", "typographic").texts(0) for at in _EVERY]
    once = seconds(Cleaner(), texts)
    pieces = texts * ceil((1 if quick else 5) / once)
    counts = [200_000] * (200 if quick else 1_000)
    worth = _rate(ordered(Cleaner(), pieces, 2)) / _rate(ordered(Cleaner(), pieces, 1))
    counting = _rate(ordered(_count, counts, 2)) / _rate(ordered(_count, counts, 1))
    yield Limit(f"two processes ÷ one (here a loop that only counts gains {counting:.2f})", worth, "≥", 1.7)


_EVERY = range(0, 1_000_000, 50_000)


def _count(most: int) -> int:
    return sum(range(most))


def _rate(results: Iterator[object]) -> float:
    """Return results per second, without the first fifth, in which processes start."""
    stamps = [perf_counter() for _ in results]
    start = len(stamps) // 5
    return (len(stamps) - 1 - start) / (stamps[-1] - stamps[start])


def _timed(words: Sequence[str]) -> float:
    began = perf_counter()
    _python(words)
    return perf_counter() - began


def _python(words: Sequence[str]) -> str:
    """Return the output of a new Python that finds the benchmarks."""
    done = subprocess.run(  # noqa: S603 - a command of our own
        [sys.executable, *words], check=True, capture_output=True, text=True, env=environment()
    )
    return done.stdout


CHECKS: dict[str, Callable[[bool], Iterator[Limit]]] = {
    check.__name__: check for check in (ratios, tiny, size, rules, start, reports, memory, growth, learning, processes)
}


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if a figure is beyond its limit."""
    parser = argparse.ArgumentParser(description="Check the limits of speed and memory.")
    parser.add_argument("--only", action="append", choices=CHECKS, help="only these figures (may be repeated)")
    parser.add_argument("--quick", action="store_true", help="a tenth of the size or less; figures are less exact")
    options = parser.parse_args(words)
    found = []
    for name in options.only or CHECKS:
        for limit in CHECKS[name](options.quick):
            found.append(limit)
            verdict = "pass" if limit.holds else "FAIL"
            print(f"{verdict}  {limit.what}: {limit.value:.2f} ({limit.sign} {limit.bound:g})", flush=True)
    failed = [limit for limit in found if not limit.holds]
    load = os.getloadavg()[0]
    print(f"\n{len(found) - len(failed)} of {len(found)} limits hold on {os.cpu_count()} cores at a load of {load:.1f}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
