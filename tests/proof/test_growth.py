"""How cost grows with the length of hostile texts: no faster than n^1.15.

Calls and lines of Python are counted, so the speed of the machine does not matter.  What regular expressions do inside
is not counted: in full mode the processor time is measured, too, and compared with that of ordinary text, and every
pattern of the packs is repeated.
"""

import gc
import math
import random
import re
import time
from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest

from benchmarks.speed.growth import UNITS, growth
from benchmarks.tools.counting import cost
from cleanwire import PAGE, Cleaner
from cleanwire.document import SHORT
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Rule
from cleanwire.packs.regexes import compile_patterns
from cleanwire.text.regex_tree import Branch, Chars, Group, Literal, Node, Repeat, parse
from tests.views.test_memory import PIECES

from .conftest import SCALE
from .fuzz import seeds

EXPONENT = 1.15
QUADRATIC = 2.2
WORST = 20
"""Most times of the processor time of ordinary text that any text of its length takes."""
STORIES = 200
"""Number of seeds that are the ordinary text."""
LONG = 2.0
"""Seconds from which one run of a text is enough."""
SMALL, LARGE = {"full": (4000, 32_000), "quick": (1000, 4000)}[SCALE]
"""Sizes of texts, in characters, whose cost is counted."""
TEXTS = {**PIECES, **{f"unit of {name}": unit for name, unit in UNITS.items()}} if SCALE == "full" else PIECES
CHAINS = {"article": Cleaner(), "page": Cleaner(PAGE)}
full = pytest.mark.skipif(SCALE != "full", reason="depends on the speed of the machine")


@pytest.mark.parametrize("piece", TEXTS.values(), ids=TEXTS)
def test_counted_cost(piece: str) -> None:
    copies = SMALL // len(piece), LARGE // len(piece)
    grown = growth(lambda number: sum(cost(lambda: CHAINS["article"](piece * number))), *copies)
    assert grown <= (LARGE / SMALL) ** (EXPONENT - 1)


def seconds(work: Callable[[], object]) -> float:
    """Return the least processor time of three runs; of one, if it is so long that no clock is too coarse.

    The cycles of the garbage collector come by the number of all objects of the process, so it rests meanwhile.
    """
    times: list[float] = []
    gc.collect()
    gc.disable()
    while len(times) < 3 and max(times, default=0) < LONG:
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    gc.enable()
    return max(min(times), 1e-3)


def exponent(short: float, long: float, factor: float) -> float:
    """Return with which power of the size the processor time grows, from that of a text and of one so much longer."""
    return math.log(long / short) / math.log(factor)


@cache
def ordinary(chain: str) -> float:
    """Return the processor time for a character of the seeds, each of which is cleaned alone."""
    texts, cleaner = seeds()[:STORIES], CHAINS[chain]
    list(map(cleaner, texts))  # compiles what is compiled on first use
    return seconds(lambda: list(map(cleaner, texts))) / sum(map(len, texts))


@full
@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("piece", TEXTS.values(), ids=TEXTS)
def test_processor_time(figures: dict[str, float], piece: str, chain: str) -> None:
    clean, small, large = CHAINS[chain], *(piece * (size // len(piece)) for size in (2**16, 2**20))
    short, long = seconds(lambda: clean(small)), seconds(lambda: clean(large))
    figures["exponent"] = round(exponent(short, long, len(large) / len(small)), 2)
    figures["ordinary texts"] = round(long / len(large) / ordinary(chain), 1)
    assert figures["exponent"] <= EXPONENT
    assert figures["ordinary texts"] <= WORST


# Patterns, repeated


PATTERNS = [rule for pack in builtin_packs() for rule in pack.rules if rule.matching == "pattern" and SCALE == "full"]


def sample(nodes: tuple[Node, ...], dice: random.Random) -> str:
    """Return a text that a pattern may match, as far as its tree tells."""
    return "".join(_sample(node, dice) for node in nodes)


def _sample(node: Node, dice: random.Random) -> str:
    match node:
        case Literal(char):
            return char
        case Chars(listed, _, negated):
            return dice.choice(sorted(listed)) if listed and not negated else dice.choice("a1 é-")
        case Group(items, _):
            return sample(items, dice)
        case Branch(options):
            return sample(dice.choice(options), dice)
        case Repeat(items, least, most, _):
            return "".join(sample(items, dice) for _ in range(min(least + dice.randint(0, 2), most or least + 2)))
    return ""


def pumped(rule: Rule, length: int) -> Iterator[str]:
    """Yield lines of repeated pieces of what the patterns of a rule match, which end so that they do not match."""
    dice = random.Random(rule.name)  # noqa: S311 - texts, no secrets
    for pattern in rule.phrases:
        try:
            nodes = parse(pattern)
        except re.error:
            continue  # a property that only `regex` can read
        for _ in range(3):
            text = sample(nodes, dice)
            for piece in {text, text[-4:], text[:4]} - {""}:
                yield (text + piece * length)[: length - 1] + "\x01"


@full
@pytest.mark.parametrize("rule", PATTERNS, ids=lambda rule: rule.name)
def test_repeated_patterns(rule: Rule) -> None:
    """Patterns are tried on short lines only, so they may be quadratic, and no worse."""
    match = compile_patterns(rule).fullmatch
    for short, long in zip(pumped(rule, 8 * SHORT), pumped(rule, 64 * SHORT), strict=True):
        grown = exponent(seconds(partial(match, short)), seconds(partial(match, long)), len(long) / len(short))
        assert grown <= QUADRATIC, long[:80]
