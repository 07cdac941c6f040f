"""Find the common words of each language, and measure how well languages are recognised by them.

    python -m benchmarks.tools.common_words list DATA              # candidates, to be chosen from by eye
    python -m benchmarks.tools.common_words measure DATA           # by the words in the built-in packs
    python -m benchmarks.tools.common_words measure DATA --words common_words.json

A digest of each text of `innocence.jsonl.zst` decides on its half: words are listed from one half and measured on the
other.  Pages have no halves, since no word is taken from them.  A table of words is JSON, language -> list.

*Missed* are texts whose own language is not home while another but English is, *undecided* are those where only
English is; neither can happen to an English text.  *Others* counts the home languages that are wrong.
"""

import argparse
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.tools.data import Row, add_folder, page_text, required_folder, rows
from benchmarks.tools.tables import Cell, Table
from benchmarks.tools.timing import Work, floor, seconds
from cleanwire.language import CommonWords, KnownLanguages, home_languages
from cleanwire.packs.load import builtin_packs

LENGTHS = (60, 200, 1_000, 10_000)
PARTS = ((5_000, 0.5), (5_000, 0.25), (5_000, 0.15), (1_000, 0.25), (300, 0.5))
"""Characters of a text in two languages, and the share of the second."""
SIZES = (200, 5_000, 100_000)
"""Characters of the texts that are timed."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_OF_SOURCE, _OF_LANGUAGE, _OF_PAGES = 12, 60, 40


class Text(NamedTuple):
    """A text and its language."""

    lang: str
    text: str


def half(text: str) -> int:
    """Return the half, 0 or 1, that a text belongs to."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).digest()[0] % 2


def prose(data: Path, wanted: int) -> dict[tuple[str, str], list[str]]:
    """Return some documents of one half by language and source; code and lists of links are left out."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows(data / "innocence.jsonl.zst"):
        text, key = row["A"], (row["lang"], row["src"])
        if half(text) == wanted and not row["genre"].endswith("-markdown") and len(found[key]) < _OF_SOURCE:
            found[key].append(text)
    return found


def candidates(documents: Mapping[tuple[str, str], list[str]]) -> Table:
    """Return the 100 commonest words of each language; each source counts the same, and a word must be in two."""
    shares: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    sources = Counter[tuple[str, str]]()
    for (lang, _), texts in documents.items():
        counts = Counter(word for text in texts for word in _WORD.findall(text[:20_000].lower()))
        sources.update((lang, word) for word in counts)
        for word, count in counts.items():
            shares[lang][word] += count / counts.total()
    listed: list[Sequence[Cell]] = []
    for lang, words in sorted(shares.items()):
        common = [word for word in sorted(words, key=words.__getitem__, reverse=True) if sources[lang, word] > 1]
        listed.append([lang, " ".join(common[:100])])
    return Table("common words", ["language", "words"], listed)


def pack_words() -> CommonWords:
    """Return the common words of each built-in pack that has rules."""
    packs = [pack for pack in builtin_packs() if pack.rules and pack.name != "any"]
    return {pack.name: frozenset(pack.words.get("common", ())) for pack in packs}


def pieces(documents: Mapping[tuple[str, str], list[str]], length: int) -> list[Text]:
    """Return a piece of `length` characters from each document that is long enough, at most 60 of a language."""
    found = []
    counts = Counter[str]()
    for (lang, _), texts in documents.items():
        for text in texts:
            if len(text) >= length and counts[lang] < _OF_LANGUAGE:
                counts[lang] += 1
                start = text.find(" ", (len(text) - length) // 3) + 1
                found.append(Text(lang, text[start : start + length]))
    return found


def score(title: str, texts: Iterable[Text], known: KnownLanguages) -> Sequence[Cell]:
    """Return a row: texts, missed, undecided, others a text, and which languages these are."""
    languages = known.always | {language for language, _, _ in known.varieties} | set(known.alone.values())
    total = 0
    missed, undecided, others = Counter[str](), Counter[str](), Counter[str]()
    for lang, text in texts:
        if lang not in languages or not text.strip():
            continue
        total += 1
        home = home_languages(text, known).home - known.always
        others.update(f"{lang}→{other}" for other in home - {lang})
        if lang != "en" and lang not in home:
            (missed if home else undecided)[lang] += 1
    names = [_most(missed), _most(undecided), _most(others)]
    return [title, total, missed.total(), undecided.total(), others.total() / max(total, 1), *names]


def _most(counts: Counter[str]) -> str:
    return " ".join(
        f"{name} {count}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:5]
    )


def prose_table(documents: Mapping[tuple[str, str], list[str]], known: KnownLanguages, layout: str = "") -> Table:
    """Return how well pieces of prose are recognised, by length."""
    made = [score(f"{length}{layout}", pieces(documents, length), known) for length in LENGTHS]
    return Table("prose, by characters", _COLUMNS, made, digits=3)


def language_table(documents: Mapping[tuple[str, str], list[str]], known: KnownLanguages) -> Table:
    """Return how well pieces of 200 characters are recognised, by language."""
    texts = pieces(documents, LENGTHS[1])
    made = [
        score(lang, [text for text in texts if text.lang == lang], known) for lang in sorted({t.lang for t in texts})
    ]
    return Table("prose of 200 characters, by language", _COLUMNS, made, digits=3)


def mixed_table(documents: Mapping[tuple[str, str], list[str]], known: KnownLanguages) -> Table:
    """Return how often the first and the second language of a text in two languages are not home."""
    made: list[Sequence[Cell]] = []
    for length, part in PARTS:
        texts = [text for text in pieces(documents, length) if text.lang != "en"]
        chance, missed, others, total = random.Random(length), [0, 0], 0, 0  # noqa: S311 - the same each time
        while total < 300:
            first, second = chance.choice(texts), chance.choice(texts)
            if first.lang == second.lang:
                continue
            total += 1
            size = int(length * part)
            home = home_languages(f"{first.text[:-size]}\n{second.text[:size]}", known).home - known.always
            missed[0] += first.lang not in home
            missed[1] += second.lang not in home
            others += len(home - {first.lang, second.lang})
        made.append([f"{length}, {part:.0%} of it", total, *missed, others / total])
    return Table("two languages", ["characters", "texts", "first missed", "second missed", "others"], made, digits=3)


def page_table(data: Path, known: KnownLanguages) -> Table:
    """Return how well pages are recognised: whole, as one line, only headline and three menu lines, and extracted."""
    made: list[Sequence[Cell]] = []
    langs: dict[str, str] = {}
    for name in ("news", "daniel", "lines"):
        pages = list(_some(rows(data / f"{name}.jsonl.zst"), langs))
        whole = [Text(row["lang"], page_text(row)[0]) for row in pages]
        made.append(score(name, whole, known))
        made.append(score(f"{name}, one line", [Text(lang, text.replace("\n", " ")) for lang, text in whole], known))
        made.append(score(f"{name}, headline and menu", [Text(row["lang"], _top(row)) for row in pages], known))
    for name in ("news_residue", "daniel_residue", "residue", "shapes"):
        chosen = _some(rows(data / f"{name}.jsonl.zst"), langs)
        made.append(score(name, [Text(row["lang"], row["text"]) for row in chosen], known))
    return Table("pages", _COLUMNS, made, digits=3)


def _some(given: Iterable[Row], langs: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield up to 40 rows of a language and extractor or shape; `langs` keeps the language of each page."""
    counts = Counter[tuple[str, str]]()
    for row in given:
        lang = row.get("lang") or langs.get(row["id"]) or langs.get(row.get("source", ""))
        if lang is None:
            continue
        langs.setdefault(row["id"], lang)
        key = (lang, row.get("extractor") or row.get("shape") or "")
        counts[key] += 1
        if counts[key] <= _OF_PAGES:
            yield {**row, "lang": lang}


def _top(row: Row) -> str:
    lines = {label: [line["t"] for line in row["lines"] if line["label"] == label] for label in ("title", "nav")}
    return "\n".join([*lines["title"][:1], *lines["nav"][5:8]]) if lines["title"] else ""


def time_table(documents: Mapping[tuple[str, str], list[str]], known: KnownLanguages) -> Table:
    """Return the median microseconds a text, and how many times as long that is as a loop over its lines."""

    def work(text: str) -> object:
        return home_languages(text, known)

    made: list[Sequence[Cell]] = []
    for size in SIZES:
        texts = [(text * (size // len(text) + 1))[:size] for texts in documents.values() for text in texts[:1] if text]
        took = [_best(work, text) for text in texts]
        loops = [_best(floor, text) for text in texts]
        ratios = [one / other for one, other in zip(took, loops, strict=True)]
        made.append([size, len(texts), 1e6 * median(took), 1e6 * max(took), 1e6 * median(loops), median(ratios)])
    return Table("time", ["characters", "texts", "µs", "most", "loop µs", "ratio"], made, digits=1)


def _best(work: Work, text: str) -> float:
    return min(seconds(work, [text] * 20) / 20 for _ in range(5))


_COLUMNS = ["texts of", "texts", "missed", "undecided", "others", "which missed", "undecided", "others"]


def main() -> None:
    """Print what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("list", "measure"))
    add_folder(parser)
    parser.add_argument("--words", type=Path, metavar="FILE", help="JSON, language -> words (default: the packs')")
    given = parser.parse_args()
    data = required_folder(parser, given.data)
    if given.action == "list":
        print(candidates(prose(data, 0)).show())
        return
    table = json.loads(given.words.read_text(encoding="utf-8")) if given.words else pack_words()
    known = KnownLanguages({language: frozenset(words) for language, words in table.items()})
    documents = prose(data, 1)
    flat = {key: [text.replace("\n", " ") for text in texts] for key, texts in documents.items()}
    tables = [prose_table(documents, known), prose_table(flat, known, ", one line"), language_table(documents, known)]
    for made in (*tables, mixed_table(documents, known), page_table(data, known), time_table(documents, known)):
        print(made.show(), end="\n\n")


if __name__ == "__main__":
    main()
