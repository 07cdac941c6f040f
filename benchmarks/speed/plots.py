"""Plot the cost of cleaning by size of the text and by number of rules: docs/speed-size.svg, docs/speed-rules.svg.

Run ``make bench-plots``.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from ftfy import fix_text

from benchmarks.speed.inputs import Input, Kind, as_kind
from benchmarks.speed.limits import synthetic
from benchmarks.speed.making import long_text
from benchmarks.speed.ratios import measure
from benchmarks.tools.timing import Work, floor, seconds
from cleanwire import Cleaner

DOCS = Path(__file__).parents[2] / "docs"
SIZES = (200, 1_000, 5_000, 50_000, 500_000, 5_000_000, 50_000_000)
RULES = (100, 300, 1_000, 3_000, 10_000)
FTFY_MOST = 5_000_000
"""Longer texts would take ftfy minutes, and its cost per byte is constant."""

Points = list[tuple[float, float]]
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 400, 70, 50, 170, 60
COLOURS = ("#0b6e4f", "#c8553d", "#3d5a80", "#8d6a9f")


def by_size(most: int) -> dict[str, Points]:
    """Return nanoseconds per byte of the floor, the chain and ftfy on texts of growing size."""
    chain = Cleaner()
    lines: dict[str, Points] = {}
    for size in (size for size in SIZES if size <= most):
        for kind in ("ascii", "typographic"):
            works: dict[str, Work | None] = {
                f"chain, {kind}": chain,
                f"ftfy, {kind}": fix_text if size <= FTFY_MOST else None,
            }
            works |= {"floor": floor} if kind == "ascii" else {}
            texts = _texts(size, kind)
            for name, work in works.items():
                if work:
                    lines.setdefault(name, []).append((size, _cost(work, texts)))
        print(f"{size:,} characters: done", file=sys.stderr, flush=True)
    return lines


def _texts(size: int, kind: Kind) -> list[list[str]]:
    """Return three rounds of texts of about `size` characters; one round if they are long."""
    rounds = 3 if size <= 1_000_000 else 1
    count = max(1, min(200, 200_000 // size))
    given = [[long_text(size, number * count + n) for n in range(count)] for number in range(rounds)]
    return [[as_kind(text[:size], kind) for text in texts] for texts in given]


def _cost(work: Work, texts: list[list[str]]) -> float:
    work(texts[0][0])
    return median(1e9 * seconds(work, turn) / sum(len(text.encode()) for text in turn) for turn in texts)


def by_rules() -> dict[str, Points]:
    """Return nanoseconds per byte with a growing number of rules beside the built-in ones."""
    lines: dict[str, Points] = {}
    works: dict[str, Work] = {str(count): Cleaner().with_packs(synthetic(count)) for count in RULES}
    for kind in ("ascii", "typographic"):
        taken, size = measure(Input("seeds", "small", kind), works)
        rounds = len(taken[str(RULES[0])])
        lines[f"chain, {kind}"] = [(count, 1e9 * median(taken[str(count)]) * rounds / size) for count in RULES]
    return lines


def draw(lines: dict[str, Points], title: str, below: str) -> str:
    """Return an SVG of lines of points on logarithmic axes.

    >>> draw({"chain": [(100, 5.0), (1000, 6.0)]}, "Cost", "size").count("<circle")
    2
    """
    xs = [x for points in lines.values() for x, _ in points]
    ys = [y for points in lines.values() for _, y in points]
    low_x, high_x = math.log10(min(xs)), math.log10(max(xs))
    low_y, high_y = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def across(x: float) -> float:
        return LEFT + wide * (math.log10(x) - low_x) / (high_x - low_x)

    def down(y: float) -> float:
        return TOP + high * (high_y - math.log10(y)) / max(high_y - low_y, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">',
        "<style>text { font: 12px sans-serif } .title { font-size: 15px }</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="26" class="title">{title}</text>',
        f'<text x="{LEFT + wide / 2:.0f}" y="{HEIGHT - 14}" text-anchor="middle">{below}</text>',
    ]
    for power in range(low_y, high_y + 1):
        y = down(10.0**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{LEFT + wide}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    marks = f'y="{HEIGHT - 38}" text-anchor="middle"'
    parts += [f'<text x="{across(x):.1f}" {marks}>{_short(x)}</text>' for x in sorted(set(xs))]
    for colour, (name, points) in zip(COLOURS * 2, lines.items(), strict=False):
        places = [(across(x), down(y)) for x, y in points]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        x, y = places[-1]
        parts.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{name}: {points[-1][1]:.3g}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _short(number: float) -> str:
    for unit, name in ((1e6, " M"), (1e3, " k")):
        if number >= unit:
            return f"{number / unit:g}{name}"
    return f"{number:g}"


def main(words: Sequence[str] | None = None) -> int:
    """Measure and draw both plots."""
    parser = argparse.ArgumentParser(description="Draw cost against size and against the number of rules.")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="length of the longest text in characters")
    options = parser.parse_args(words)
    plots = {
        "speed-size": (by_size(options.most), "characters of the text", "size of the text"),
        "speed-rules": (by_rules(), "rules beside the built-in ones", "number of rules"),
    }
    for name, (lines, below, what) in plots.items():
        title = f"Nanoseconds per byte of UTF-8, by {what}"
        (DOCS / f"{name}.svg").write_text(draw(lines, title, below), encoding="utf-8")
        for line, points in lines.items():
            print(f"{name}: {line}: {', '.join(f'{_short(x)} {y:.3g}' for x, y in points)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
