"""Guard the instructions of the processor that cleaning needs, which valgrind counts, against those that ftfy needs.

What C functions do (patterns, searches, joins) counts here, which `costs` cannot see.  Builds of Python differ, so the
figure is a ratio.  Run ``python -m benchmarks.speed.instructions``.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from benchmarks.speed.inputs import Input
from benchmarks.tools.floors import Judge
from benchmarks.tools.tables import Figure
from benchmarks.tools.timing import environment

PATH = Path(__file__).with_name("instructions.json")
SLACK = 0.25
"""A ratio may exceed its pin by this share, which covers other builds of Python; on one machine it varies by 1 %."""
INPUTS = [Input("seeds", "small", "typographic"), Input("seeds", "small", "damaged"), Input("seeds", "page", "ascii")]

_CODE = """
import sys
from ftfy import fix_text
from benchmarks.speed.inputs import Input
from cleanwire import Cleaner
origin, size, kind, name = sys.argv[1:]
works = {"nothing": len, "chain": Cleaner(), "ftfy": fix_text}
given = Input(origin, size, kind)
for text in given.texts(0):
    for work in works.values():
        work(text)
for text in given.texts(1):
    works[name](text)
"""
_COUNT = re.compile(r"I +refs: +([\d,]+)")


def available() -> bool:
    """Return whether valgrind is installed."""
    return which("valgrind") is not None


def figures(given: Input) -> dict[str, Figure]:
    """Return the ratio of instructions, chain to ftfy, on one round of texts after another that warms up."""
    with TemporaryDirectory() as cache:
        _run(given, "nothing", cache)  # writes the cache of parsed packs
        nothing, chain, ftfy = (_instructions(given, name, cache) for name in ("nothing", "chain", "ftfy"))
    return {"chain_to_ftfy": Figure((chain - nothing) / (ftfy - nothing), loss=True)}


def _instructions(given: Input, name: str, cache: str) -> int:
    counting = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    found = _COUNT.search(said := _run(given, name, cache, counting))
    if found is None:
        raise RuntimeError(f"valgrind gave no count of instructions: {said[-500:]}")
    return int(found[1].replace(",", ""))


def _run(given: Input, name: str, cache: str, under: Sequence[str] = ()) -> str:
    command = [*under, sys.executable, "-c", _CODE, given.origin, given.size, given.kind, name]
    # A cache of its own: other versions of the library on this machine would replace the file in a shared one.
    env = environment(PYTHONHASHSEED="0", XDG_CACHE_HOME=cache)
    return subprocess.run(command, check=True, capture_output=True, text=True, env=env).stderr  # noqa: S603 - a command of our own


def main(words: Sequence[str] | None = None) -> int:
    """Count and print; with --update, pin; return 1 where a ratio exceeds its pin, 2 without valgrind."""
    parser = argparse.ArgumentParser(description="Count instructions of the chain and of ftfy by valgrind.")
    Judge.add_options(parser)
    options = parser.parse_args(words)
    if not available():
        print("valgrind is not installed", file=sys.stderr)
        return 2
    judge = Judge(PATH, options)
    for given in INPUTS:
        found = figures(given)
        print(f"{given.name}: chain ÷ ftfy {found['chain_to_ftfy'].value:.3f}", flush=True)
        judge.add(given.name, found, slack=SLACK)
    return judge.finish()


if __name__ == "__main__":
    sys.exit(main())
