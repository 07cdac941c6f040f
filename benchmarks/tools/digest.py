"""Print digests of the outputs for every text of the data, to show that a change leaves them the same.

    python -m benchmarks.tools.digest DATA --out before.tsv       # before the change
    python -m benchmarks.tools.digest DATA --against before.tsv   # after it: which texts differ, and in which hash

A text is cleaned by `ARTICLE` and by `PAGE`.  Each gives three short hashes: *output* (text, captions, and the start,
end and action of each span that was removed or set aside), *names* (title, byline, dateline and date spans that stay),
and *rules* (the rule of every span).  A file's digest covers the hashes of its texts, in order.
"""

import argparse
import base64
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from benchmarks.tools.data import Row, add_folder, page_text, required_folder, rows, spread
from cleanwire import ARTICLE, PAGE, Cleaner
from cleanwire.io.decode import decode
from cleanwire.packs.load import alphabets

CHAINS = {"article": Cleaner(ARTICLE), "page": Cleaner(PAGE)}
FIELDS = ("text", "gold", "A", "B", "original", "damaged", "fixed")
"""The fields of a row that hold a text."""
COLUMNS = ("output", "names", "rules")

_CAPTION = attrgetter("text", "credit", "agency", "start", "end")
_SPAN = attrgetter("start", "end", "action")

Hashes = tuple[str, ...]
"""One hash for each of `COLUMNS`."""


class Text(NamedTuple):
    """A text of the data, by file, number of its row (from 0) and field."""

    file: str
    row: int
    field: str
    text: str


class Key(NamedTuple):
    """A text and the chain that cleaned it."""

    file: str
    row: int
    field: str
    chain: str


def texts(path: Path, every: int = 1) -> Iterator[Text]:
    """Yield the texts of a file, each distinct text once; of about one row in `every`, chosen by number."""
    seen = set()
    for number, row in enumerate(rows(path)):
        chosen = crc32(str(number).encode()) % every == 0
        for field, text in _fields(row):
            if (key := sha256(text.encode("utf-8", "surrogatepass")).digest()) in seen:
                continue
            seen.add(key)
            if chosen:
                yield Text(path.name, number, field, text)


def _fields(row: Row) -> Iterator[tuple[str, str]]:
    if lines := row.get("lines"):
        yield "lines", page_text({"lines": lines})[0]
    if encoded := row.get("bytes_b64"):
        yield "bytes", decode(base64.b64decode(encoded), alphabets).text
    for field in FIELDS:
        if isinstance(text := row.get(field), str):
            yield field, text


def hashes(result: Any) -> Hashes:
    """Return the hashes of a `Result`, one for each of `COLUMNS`."""
    cut = [_SPAN(span) for span in result.spans if not span.kept]
    named = [_SPAN(span) for span in result.spans if span.kept]
    return (
        short([result.text, [_CAPTION(caption) for caption in result.captions], cut]),
        short(named),
        short([span.rule for span in result.spans]),
    )


def short(value: Any) -> str:
    """Return a short hash of plain data that is the same on every machine.

    >>> short(["a", 1]) == short(("a", 1)) != short(["a", 2])
    True
    """
    return sha256(json.dumps(value).encode()).hexdigest()[:12]


def measure(given: Text) -> list[tuple[Key, Hashes]]:
    """Clean one text by each chain and return the hashes."""
    file, row, field, text = given
    return [(Key(file, row, field, chain), hashes(cleaner(text))) for chain, cleaner in CHAINS.items()]


def write(path: Path, found: Mapping[Key, Hashes]) -> None:
    """Write one line a text and chain: file, row, field, chain and the hashes, separated by tabs."""
    path.write_text("".join("\t".join(map(str, (*key, *made))) + "\n" for key, made in found.items()))


def read(path: Path) -> dict[Key, Hashes]:
    """Read what `write` wrote."""
    found = {}
    for line in path.read_text().split("\n")[:-1]:
        file, row, field, chain, *made = line.split("\t")
        found[Key(file, int(row), field, chain)] = tuple(made)
    return found


def summary(found: Mapping[Key, Hashes]) -> list[str]:
    """Return one line a file and chain: how many texts, and a digest of each column."""
    groups = defaultdict(list)
    for key, made in found.items():
        groups[key.file, key.chain].append(made)
    return [
        f"{file} {chain}: {len(group)} texts"
        + "".join(f"  {name} {short(column)}" for name, column in zip(COLUMNS, zip(*group, strict=True), strict=True))
        for (file, chain), group in sorted(groups.items())
    ]


def differences(old: Mapping[Key, Hashes], new: Mapping[Key, Hashes]) -> list[str]:
    """Return one line for each text of both runs whose hashes differ, naming the columns; then the counts of columns.

    >>> key = Key("a.jsonl", 0, "text", "page")
    >>> differences({key: ("x", "y", "z")}, {key: ("x", "y", "w")})
    ['a.jsonl row 0 text page: rules', '1 texts compared; output differs in 0, names in 0, rules in 1']
    """
    both = [key for key in new if key in old]
    lines, counts = [], dict.fromkeys(COLUMNS, 0)
    for key in both:
        changed = [name for name, a, b in zip(COLUMNS, old[key], new[key], strict=True) if a != b]
        for name in changed:
            counts[name] += 1
        if changed:
            lines.append(f"{key.file} row {key.row} {key.field} {key.chain}: {', '.join(changed)}")
    output, names, rules = counts.values()
    total = f"{len(both)} texts compared; output differs in {output}, names in {names}, rules in {rules}"
    return [*lines, total]


def main(words: Sequence[str] | None = None) -> int:
    """Print the digests; with --against, what differs; return 1 where an output or a name does."""
    parser = argparse.ArgumentParser(description="Digest what the library makes of every text of the data.")
    add_folder(parser)
    parser.add_argument("--only", default="", help="only files whose name holds this")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="about one row in N (default: all)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (2)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write one line a text to FILE")
    parser.add_argument("--against", type=Path, metavar="FILE", help="compare with FILE, written by --out")
    options = parser.parse_args(words)
    files = [
        path for path in sorted(required_folder(parser, options.data).glob("*.jsonl*")) if options.only in path.name
    ]
    given = (text for path in files for text in texts(path, options.every))
    found = dict(pair for pairs in spread(measure, given, options.jobs) for pair in pairs)
    if options.out:
        write(options.out, found)
    print(*summary(found), sep="\n")
    if not options.against:
        return 0
    old = read(options.against)
    print(*differences(old, found), sep="\n")
    return int(any(old[key][:2] != made[:2] for key, made in found.items() if key in old))


if __name__ == "__main__":
    sys.exit(main())
