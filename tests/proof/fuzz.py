"""Texts made of others by mutation, guided by what the cleaner does with them, and the laws that it must keep."""

import random
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from cleanwire import ARTICLE, PAGE, Cleaner, Document, Filter
from cleanwire.filters.print import PrintFilter
from cleanwire.filters.site import SiteFilter
from cleanwire.learning import learn
from cleanwire.packs.load import builtin_packs
from cleanwire.result import Result
from cleanwire.views.layout import AUTO, LAYOUTS

LENGTHS = (100, 200, 400, 800, 4000)
"""Most characters of a text, drawn for each: short texts are quick, long ones have a story."""
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
KEPT = 20_000
"""Most texts that are kept since they showed something new; later ones replace others."""
PAGES = 40
"""Number of seeds that are the pages of a site."""


def chains() -> dict[str, tuple[Filter, ...]]:
    """Return the chains by their names."""
    pages = learn(Document(text, url="https://example.org/") for text in seeds()[:PAGES])
    site = SiteFilter((pages,), host="example.org")
    return {"article": ARTICLE, "page": PAGE, "site": site.within(ARTICLE), "print": (PrintFilter(), *ARTICLE)}


def seeds() -> list[str]:
    """Return the texts of the project: the seeds, and the examples of all rules."""
    folder = Path(__file__).parents[2] / "seeds"
    found = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    found += [show for pack in builtin_packs() for rule in pack.rules for show in rule.examples]
    return ["\n".join(line[2:] for line in text.split("\n")) for text in found]


def behaviour(result: Result) -> Iterator[tuple[object, ...]]:
    """Yield what a text made the filters do: in each step, each rule after each; the layout and the number of steps."""
    yield result.layout, len(result.steps)
    for step in result.steps:
        rules = [(edit.rule, edit.action, edit.part) for edit in step.edits]
        yield from pairwise(rules)
        yield from rules


class Mutator:
    """Makes texts of others; the same from the same seed, if the cleaner does the same.

    A text by which the filters do what they have not done before is kept, and changed further.
    """

    def __init__(self, seed: str, texts: list[str]) -> None:
        self.dice, self.texts = random.Random(seed), texts  # noqa: S311 - texts, no secrets
        self.kept: list[str] = []
        self.known: set[int] = set()
        self.ways: list[Callable[[str], str]] = [self.insert, self.insert, self.delete, self.repeat, self.splice]
        self.ways += [self.join, self.swap, self.garble]

    def made(self) -> Iterator[tuple[str, str]]:
        """Yield layouts and texts without end."""
        while True:
            text = self.dice.choice(self.dice.choice((self.texts, self.kept)) or self.texts)
            longest = self.dice.choice(LENGTHS)
            if len(text) > longest:
                start = self.dice.randint(0, len(text) - longest)
                text = text[start : start + longest]
            for _ in range(self.dice.randint(1, MUTATIONS)):
                text = self.dice.choice(self.ways)(text)[:longest]
            yield self.dice.choice((AUTO, AUTO, *LAYOUTS)), text

    def learn(self, text: str, result: Result) -> None:
        """Keep a text if its result shows what no result before has shown."""
        new = {hash(each) for each in behaviour(result)} - self.known
        if not new:
            return
        self.known |= new
        if len(self.kept) < KEPT:
            self.kept.append(text)
        else:
            self.kept[self.dice.randrange(KEPT)] = text

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


def broken_laws(cleaner: Cleaner, text: str, result: Result) -> list[str]:
    """Return what is wrong with the result of a text."""
    found = []
    if result.undo() != text:
        found.append("undo does not give the source")
    if result.text != text and cleaner(result.text).text != result.text:
        found.append("cleaning again changes the text")
    reached = 0
    for span in result.spans:
        if text[span.start : span.end] != span.text or not reached <= span.start < span.end:
            found.append(f"the span {span.start}:{span.end} is not what it says")
        reached = span.end
    if result.to_dict()["text"] != result.text:
        found.append("the row has another text")
    return found
