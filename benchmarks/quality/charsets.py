"""The task *charsets*: texts of all languages are written in their charsets, and the charset is guessed.

A guess is right if it gives the same text; the name does not matter.  The texts are those of the seeds and the
counterexamples of the packs, from 60 bytes to 20 KB, each plain and in the paragraphs of an HTML page that declares
nothing.  Run ``python -m benchmarks.quality.charsets`` to measure the other detectors that are installed as well.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from time import process_time
from typing import Any, NamedTuple

from benchmarks.speed.making import SEEDS
from benchmarks.tools.common_words import pack_words
from benchmarks.tools.letter_pairs import spellings
from benchmarks.tools.tables import Cell, Figure, Report, Table, share
from cleanwire import notation
from cleanwire.errors import DecodeError
from cleanwire.io.charsets import known_name
from cleanwire.io.decode import decode
from cleanwire.language import KnownLanguages, home_languages
from cleanwire.packs.load import alphabets, builtin_packs

LENGTHS = (60, 200, 1_000, 5_000, 20_000)
"""Bytes of the texts."""
_UNICODE = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_WESTERN = ("cp1252", "iso-8859-1", "iso-8859-15", "mac-roman")
_CENTRAL = ("cp1250", "iso-8859-2")
_BALTIC = ("cp1257", "iso-8859-4", "iso-8859-13")
_CYRILLIC = ("cp1251", "iso-8859-5", "mac-cyrillic", "cp855")
CHARSETS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("da", "de", "en", "es", "fi", "fr", "id", "is", "it", "nl", "no", "pt", "sv", "sw"), _WESTERN),
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk"), _CENTRAL),
    **dict.fromkeys(("lt", "lv"), _BALTIC),
    **dict.fromkeys(("bn", "hi", "ta"), ()),
    **dict.fromkeys(("fa", "ur"), ("cp1256",)),
    "ar": ("cp1256", "iso-8859-6"),
    "bg": (*_CYRILLIC, "koi8-r", "cp866"),
    "el": ("cp1253", "iso-8859-7"),
    "et": (*_BALTIC, "iso-8859-15"),
    "he": ("cp1255", "iso-8859-8"),
    "ja": ("cp932", "euc-jp", "iso-2022-jp"),
    "ko": ("cp949", "euc-kr", "johab", "iso-2022-kr"),
    "ru": (*_CYRILLIC, "koi8-r", "cp866"),
    "sr": ("cp1251", "iso-8859-5", "cp855"),
    "th": ("cp874", "tis-620"),
    "tr": ("cp1254", "iso-8859-9"),
    "uk": ("cp1251", "iso-8859-5", "mac-cyrillic", "koi8-u"),
    "vi": ("cp1258",),
    "zh": ("gb18030", "gb2312", "big5", "hz"),
}
"""Language -> the charsets other than Unicode that its texts are found in."""

_MOJIBAKE = re.compile("Ã.|â€")

Detector = Callable[[bytes], str | None]
"""Returns the text of bytes, or None."""


class Case(NamedTuple):
    """Bytes, and the text that they are."""

    language: str
    charset: str
    length: int
    html: bool
    data: bytes
    text: str


@cache
def paragraphs() -> Mapping[str, list[str]]:
    """Return the paragraphs of each language."""
    found: dict[str, list[str]] = defaultdict(list)
    for pack in builtin_packs():
        for rule in pack.rules:
            for text in rule.counterexamples:
                found[pack.name] += _lines(text)
    known = KnownLanguages(pack_words())
    for path in sorted(SEEDS.glob("*.txt")):
        text = notation.source(notation.parse(path.read_text(encoding="utf-8")))
        shares = {name: each.share for name, each in home_languages(text, known).found.items() if each.by != "always"}
        found[max(shares, key=shares.__getitem__, default="en")] += _lines(text)
    return found


def _lines(text: str) -> list[str]:
    """Return the lines that hold something, but mojibake: in its charset it is right to read it as UTF-8."""
    return [line for line in text.split("\n") if line.strip() and not _MOJIBAKE.search(line)]


def cases() -> Iterator[Case]:
    """Yield the cases, the same on every machine; a charset is used only for lines that it can encode."""
    for language, charsets in sorted(CHARSETS.items()):
        for charset in (*charsets, *_UNICODE):
            lines = [line for line in map(_spelling(language, charset), paragraphs()[language]) if _fits(line, charset)]
            beyond = [line for line in lines if not line.isascii()]
            if not beyond:
                continue
            for length in LENGTHS:
                for html in (False, True):
                    chance = random.Random(f"{language} {charset} {length} {html}")  # noqa: S311 - the same each time
                    yield _case(Case(language, charset, length, html, b"", ""), lines, beyond, chance)


def _spelling(language: str, charset: str) -> Callable[[str], str]:
    """Return how a text is spelled in a charset that lacks some of its letters."""
    if charset == "cp1258":
        return lambda text: spellings("vi", text)[0]
    if language == "ro" and charset in _CENTRAL:
        return lambda text: spellings("ro", text)[1]
    return str


def _fits(text: str, charset: str) -> bool:
    try:
        return text.encode(charset).decode(charset) == text and b"\xa4\xd4" not in text.encode(charset)
    except UnicodeEncodeError:
        return False


def _case(case: Case, lines: list[str], beyond: list[str], chance: random.Random) -> Case:
    """Return the case with text: a line that is not ASCII, and others up to its length."""
    chosen = [chance.choice(beyond)]
    size = 0
    while size < case.length:
        chosen.append(chance.choice(lines))
        size += len(chosen[-1].encode(case.charset))
    first = chosen[0]
    place = next(index for index, char in enumerate(first) if not char.isascii())
    chosen[0] = first[max(place - case.length // 4, 0) :]
    text = "\n".join(chosen)
    if case.html:
        text = "\n".join(f'<div class="row"><p id="p{number}">{line}</p></div>' for number, line in enumerate(chosen))
    while len(data := text.encode(case.charset)) > case.length:
        text = text[: -max(1, (len(data) - case.length) // 4)]
    return case._replace(data=data, text=text)


def own(data: bytes) -> tuple[str | None, bool]:
    """Return the text, and whether its charset is called certain."""
    try:
        text, _, certain = decode(data, alphabets)
    except DecodeError:
        return None, False
    return text, certain


def report() -> Report:
    """Return how many texts are right, by charset, language and length, and how many wrong ones are called certain."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    failed: list[Sequence[Cell]] = []
    for case in cases():
        text, certain = own(case.data)
        right = text == case.text
        for group in (("", "all"), ("length", str(case.length)), ("form", "html" if case.html else "plain"),
                      ("charset", case.charset), ("language", case.language)):  # fmt: skip
            row = counts[group]
            row[0] += 1
            row[1] += right
            row[2] += certain
            row[3] += certain and not right
        if not right:
            failed.append([case.language, case.charset, case.length, certain, *_difference(case.text, text or "")])
    rows: list[Sequence[Cell]] = [
        [group, name, total, share(right, total), share(certain, total), wrong]
        for (group, name), (total, right, certain, wrong) in sorted(counts.items())
    ]
    made = Report()
    made.tables.append(
        Table(
            "charsets: texts read right",
            ("by", "name", "texts", "right %", "certain %", "wrong but certain"),
            rows,
            digits=1,
        )
    )
    columns = ("language", "charset", "bytes", "certain", "want", "got")
    made.tables.append(Table("charsets: wrong", columns, failed[:60]))
    total, read, sure, wrong = counts["", "all"]
    # Whole percents: new seeds change the texts, and with them a few answers.
    made.figures["charsets.right %"] = Figure(100 * read // total)
    made.figures["charsets.certain %"] = Figure(100 * sure // total)
    made.figures["charsets.wrong but certain"] = Figure(wrong, loss=True)
    return made


def _difference(want: str, got: str) -> tuple[str, str]:
    """Return both texts around the first difference."""
    first = next((i for i, (a, b) in enumerate(zip(want, got, strict=False)) if a != b), min(len(want), len(got)))
    part = slice(max(first - 15, 0), first + 15)
    return want[part].replace("\n", " "), got[part].replace("\n", " ")


def _decoded(data: bytes, label: str | None) -> str | None:
    """Decode by the name that a detector gives, as generously as browsers do."""
    charset = known_name(label.lower().removesuffix("-sig")) if label else None
    try:
        return data.decode(charset) if charset else None
    except UnicodeDecodeError:
        return None


def _rivals() -> Mapping[str, Detector]:
    """Return the other detectors that are installed."""

    def loaded(name: str, use: Callable[[Any, bytes], str | None]) -> Detector:
        module = import_module(name)
        return lambda data: _decoded(data, use(module, data))

    def best(module: Any, data: bytes) -> str | None:
        found = module.from_bytes(data).best()
        return found.encoding if found else None

    uses: dict[str, tuple[str, Callable[[Any, bytes], str | None]]] = {
        "charset-normalizer": ("charset_normalizer", best),
        "chardet": ("chardet", lambda module, data: module.detect(data)["encoding"]),
        "faust-cchardet": ("cchardet", lambda module, data: module.detect(data)["encoding"]),
        "resiliparse": ("resiliparse.parse.encoding", lambda module, data: module.detect_encoding(data)),
    }
    return {name: loaded(*use) for name, use in uses.items() if find_spec(use[0].split(".")[0])}


def rivals_table() -> Table:
    """Return the share of texts that each detector reads right, by length, and its milliseconds for 20 KB."""
    given = list(cases())
    rows: list[Sequence[Cell]] = []
    for name, detect in {"cleanwire": lambda data: own(data)[0], **_rivals()}.items():
        right: dict[object, list[bool]] = defaultdict(list)
        longest = 0.0
        for case in given:
            begun = process_time()
            text = detect(case.data)
            longest += (process_time() - begun) * (case.length == LENGTHS[-1])
            for key in ("all", case.length, "unicode" if case.charset in _UNICODE else "other"):
                right[key].append(text == case.text)
        shares = [share(sum(right[key]), len(right[key])) for key in ("all", "unicode", "other", *LENGTHS)]
        rows.append([name, *shares, 1_000 * longest / max(len(right[LENGTHS[-1]]), 1)])
    columns = ("detector", "right %", "Unicode", "others", *(f"{length} bytes" for length in LENGTHS), "ms of 20 KB")
    return Table(f"charsets: detectors on {len(given)} texts", columns, rows, digits=1)


if __name__ == "__main__":
    print(rivals_table().show())
