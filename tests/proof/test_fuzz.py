"""Mutated texts under all chains and layouts: undo gives the source, cleaning again changes nothing, spans are true.

What is found becomes a named case in ``tests/cases/laws.json``.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cleanwire import ARTICLE, PAGE, Cleaner, Filter
from cleanwire.packs.load import builtin_packs
from cleanwire.views.layout import AUTO, LAYOUTS

from .conftest import SCALE

TEXTS = int(os.environ.get("PROOF_TEXTS", {"full": 100_000, "quick": 150}[SCALE]))
"""Number of texts."""
SECONDS = float(os.environ.get("PROOF_SECONDS", "inf"))
"""When to stop before all texts are done; only the number of texts that are tried depends on it."""
SEED = os.environ.get("PROOF_SEED", "0")
LONGEST = 4000
NASTY = (
    "\x00", "\x1b[31m", "\x85", "\x1e", "\x0b", "\x0c", "\r", "\r\n", "\t", "\xa0", "\u2028", "\u200b", "\u200d",
    "\ufeff", "\u00ad", "\u202e", "\u2066", "\ud83d", "\ude00", "\U0001f468\u200d\U0001f469", "&", "&amp;", "&amp;amp;",
    "&#x26;", "&#0;", "&lt;b&gt;", "<b>", "</p>", "<br>", "[", "]", "[1]", "](/a)", "[1]: http://a.example",
    "(", ")", "“", "”", "’", "â€™", "Ã©", "Ã", "Â\xa0", "ï»¿", "\u0301", "\u0308\u0323", "ﬁ", "１", "\u0645\u0308",
    "/AFP", "Photo: ", "By ", "(Reuters)", " - ", " | ", "…", "   ", "\n", "\n\n", "\n \n", "€ 3,20", "12:30",
    "April 3, 2018", "@x", "#", "**", "_", "`", "```\n", "> ", "\\n", "\\", "\u3000", "ſ", "İ", "ß", "\uffff", "\x9d",
)  # fmt: skip
CHARSETS = ("latin-1", "cp1252", "cp1251", "cp1250", "cp437", "koi8-r", "mac-roman")
JOINERS = ("\n", "\n\n", " ", "", "<br>", "\\n", "\n\n* ", "\n> ", "\n    ")
MUTATIONS = 6
"""Most mutations of a text."""


def seeds() -> list[str]:
    """Return the texts of the project: the seeds, and the examples of all rules."""
    folder = Path(__file__).parents[2] / "seeds"
    found = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    found += [show for pack in builtin_packs() for rule in pack.rules for show in rule.examples]
    return ["\n".join(line[2:] for line in text.split("\n")) for text in found]


class Mutator:
    """Makes texts of others; the same from the same seed."""

    def __init__(self, seed: str, texts: list[str]) -> None:
        self.dice, self.texts = random.Random(seed), texts  # noqa: S311 - texts, no secrets
        self.ways: list[Callable[[str], str]] = [self.insert, self.insert, self.delete, self.repeat, self.splice]
        self.ways += [self.join, self.swap, self.garble]

    def made(self) -> Iterator[tuple[str, str]]:
        """Yield layouts and texts without end."""
        while True:
            text = self.dice.choice(self.texts)[:LONGEST]
            for _ in range(self.dice.randint(1, MUTATIONS)):
                text = self.dice.choice(self.ways)(text)[:LONGEST]
            yield self.dice.choice((AUTO, AUTO, *LAYOUTS)), text

    def place(self, text: str) -> int:
        return self.dice.randint(0, len(text))

    def insert(self, text: str) -> str:
        place = self.place(text)
        return text[:place] + self.dice.choice(NASTY) * self.dice.choice((1, 1, 1, 2, 9)) + text[place:]

    def delete(self, text: str) -> str:
        place = self.place(text)
        return text[:place] + text[place + self.dice.choice((1, 2, 10, 100)) :]

    def repeat(self, text: str) -> str:
        start = self.place(text)
        piece = text[start : start + self.dice.choice((1, 5, 40, 200))]
        return text[:start] + piece * self.dice.randint(2, 6) + text[start:]

    def splice(self, text: str) -> str:
        other = self.dice.choice(self.texts)
        return text[: self.place(text)] + other[self.place(other) :]

    def join(self, text: str) -> str:
        return self.dice.choice(JOINERS).join(text.split("\n"))

    def swap(self, text: str) -> str:
        lines = text.split("\n")
        self.dice.shuffle(lines)
        return "\n".join(lines)

    def garble(self, text: str) -> str:
        return text.encode("utf-8", "surrogatepass").decode(self.dice.choice(CHARSETS), "replace")


def broken_laws(cleaner: Cleaner, text: str) -> list[str]:
    """Return what is wrong with how a text is cleaned."""
    found = []
    result = cleaner(text)
    if result.undo() != text:
        found.append("undo does not give the source")
    if cleaner(result.text).text != result.text:
        found.append("cleaning again changes the text")
    reached = 0
    for span in result.spans:
        if text[span.start : span.end] != span.text or not reached <= span.start < span.end:
            found.append(f"the span {span.start}:{span.end} is not what it says")
        reached = span.end
    if result.to_dict()["text"] != result.text:
        found.append("the row has another text")
    return found


@pytest.mark.parametrize("filters", [ARTICLE, PAGE], ids=["article", "page"])
def test_laws_on_mutated_texts(figures: dict[str, int], filters: tuple[Filter, ...]) -> None:
    cleaners = {
        layout: Cleaner(layout=layout) if filters is None else Cleaner(PAGE, layout=layout)
        for layout in (AUTO, *LAYOUTS)
    }
    wrong: list[str] = []
    end = time.monotonic() + SECONDS
    for number, (layout, text) in zip(range(TEXTS), Mutator(SEED, seeds()).made(), strict=False):
        try:
            found = broken_laws(cleaners[layout], text)
        except Exception as error:  # whatever it is, it is a fault, and others may follow
            found = [f"{type(error).__name__}: {error}"]
        for kind in {" ".join(fault.split(" ", 2)[:2]) for fault in found}:  # the first two words tell the law
            figures[kind] = figures.get(kind, 0) + 1
        wrong += [f"text {number} in layout {layout}: {fault}: {text!r}" for fault in found]
        figures["texts"] = number + 1
        if time.monotonic() > end:
            break
    assert not wrong, "\n".join(wrong[:20])
