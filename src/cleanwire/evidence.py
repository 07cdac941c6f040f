"""Whether a document backs a rule that matches one of its lines: yes, only beside other boilerplate, or no; and why.

A page contains dozens of known lines, prose contains none.  So the witnesses of a match are the other known lines of
three words or more, anywhere in the document.  A rule whose phrase is ordinary language too needs them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import regex

from cleanwire.compiled import Facts
from cleanwire.document import FLAT, MARKDOWN, NODES, Document
from cleanwire.lazy import deferred, lazy
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Rule
from cleanwire.packs.words import joined
from cleanwire.text.fold import fold
from cleanwire.text.shape import asks, is_closed
from cleanwire.text.shape import words as count_words
from cleanwire.view import LineMarks, line_marks
from cleanwire.views.around import goes_on, is_fragment, is_source, is_verse
from cleanwire.views.code_lines import code_lines
from cleanwire.views.joints import without_margins

WITNESSES = 2
"""How many witnesses back a brief phrase or the opening of a paragraph.  One may be chance; a third adds nothing.

At the edges of a text, where a rule is made for them, one is enough for a brief phrase."""
DOCUMENTED = 4
"""How many witnesses show that a page stands around a text about software."""
PARAGRAPH = 160
"""Notices are as long as paragraphs, so a longer line that begins with a phrase needs witnesses."""
SPEAKER = 30
"""The name of a speaker, on a line of its own above the speech, is no longer than this."""
TURNS = 3
"""From how many occurrences a line may be the name of a speaker, and how many witnesses show that it is not."""
_SENTENCE = 4
"""Least words of a sentence."""
_PLAIN = 6
"""Least known words at the beginning of a line that show that it is a notice and no sentence of a story."""
BUTTON = 0.9
"""Least share of a line that a link takes, so that the line is a button: prose has no such lines."""
POINTER = 0.5
"""The same for a line that points to another story, and begins with the words that say so."""
_BROKEN = (NODES, MARKDOWN)
"""The layouts in which lines that follow one another may be parts of a sentence, however short."""
_HEADED = frozenset({"related", "comments", "newsletter"})
"""The kinds of boilerplate that have headings of their own."""
PLAIN = ("ad", "dataset", "tail")
"""Kinds whose brief phrases are no ordinary language."""
_PARTIAL = ("starts", "ends", "pattern")
"""How a rule may match words that are part of a line."""
WIDGETS = frozenset({"comments", "newsletter", "paywall", "player", "wall"})
"""Kinds whose sentences speak to a reader about the page, so that a pattern that knows one knows what it is."""
_STRETCH, _OVERLAP = 1 << 16, 1 << 8
"""How many characters of a text are looked at at once, and how far into the next ones: a phrase is much shorter."""
_SIGNS = deferred(regex.compile, r"[©®™@|»›→]|\(c\)|https?|www\.|\d{4}")
"""What sentences of a story hold seldom, and notices often."""
_PAGES = deferred(regex.compile, r"(?<=[\w.+-])\([1-9]\p{Ll}{0,2}\)")
_REFERENCES = 2
"""Least references of a manual."""
_SENTENCES = deferred(regex.compile, r"[.!?…][\"”’»)]*\s+\p{Lu}|[。！？।۔]\s*\w")
_QUOTES = "\"'“„«‘’”»‹「『("
_GLUED = deferred(regex.compile, r"\p{Ll}(?=\p{Lu})")
_BULLET = deferred(regex.compile, r"\s*(?:[-*+•·–]|\d+[.)])\s")


class Verdict(NamedTuple):
    """How far a rule is trusted with a line, and why: it fires alone, near other boilerplate, or not at all."""

    trust: Literal["alone", "needs_neighbor", "silent"]
    why: str


_ALONE = Verdict("alone", "the rule fires alone")
"""The verdict on most lines, which they share."""


@dataclass(frozen=True)
class Judge:
    r"""Decides for the matches of one document.

    >>> from cleanwire.compiled import facts
    >>> doc = Document("She thanked the crew.\nPlay video\nThe ferry left at noon.")
    >>> known = facts(doc)
    >>> Judge(doc, known).verdict(1, known.rules[1]).why
    'brief, and 0 witnesses'
    """

    doc: Document
    facts: Facts

    def verdict(self, line: int, rule: Rule) -> Verdict:
        """Return how far `rule` is trusted with a line that it matches."""
        if line in self.code:
            return Verdict("silent", "in code")
        if silenced := self._silenced(line, rule):
            return Verdict("silent", silenced)
        if rule.confidence == "needs_neighbor" and not self._is_left_over(line):
            if self.doc.folds and rule.kind == "related" and self._link_share(line) >= POINTER:
                return Verdict("alone", "a link to another story")
            return Verdict("needs_neighbor", "the rule needs a neighbor")
        if not self.facts.is_own(rule) and (doubt := self._doubt(line, rule) or self._doubt_in_flow(line, rule)):
            return Verdict("needs_neighbor", doubt)
        return _ALONE

    def _silenced(self, line: int, rule: Rule) -> str:
        """Return why a rule does not act on a line at all; nothing if it may."""
        if line in self.facts.mail:
            return "in the head of a mail"
        if self._is_manual and (witnesses := self.witnesses(line)) < DOCUMENTED:
            return f"in a manual, and {_count(witnesses)}"
        if self.doc.layout == FLAT and self._in_flow(line, rule) and self._may_hold_sentence(line, rule):
            return "a sentence of the story may stand behind it"
        if goes_on(self.doc, line) and (witnesses := self.witnesses(line)) < WITNESSES:
            return f"a sentence over two lines, and {_count(witnesses)}"
        if rule.kind == "related" and is_source(self.doc, line):
            return "among the sources of a text"
        return self._not_of_a_page(line, rule) if self.doc.folds or rule.kind == "legal" else ""

    def reaches_rest(self, line: int, rule: Rule) -> bool:
        """Return True if a rule for the rest of the text may reach there: some need a witness."""
        if self.witnesses(line):
            return True
        return not self._is_brief(line) and not (self._doubt_in_sentence(line, rule) and not self.facts.is_own(rule))

    def witnesses(self, line: int) -> int:
        """Return how many other known lines of three words or more the document contains."""
        known = self._phrases if self.doc.layout == FLAT else self.facts.witnesses
        return len(known) - (self.facts.line(line).key in known)

    @lazy
    def _phrases(self) -> frozenset[str]:
        """The witnesses in running text, of which what a pattern matches may be sentences."""
        lines = [
            line for line, rule in self.facts.rules.items() if rule.action == "drop" and not self._in_flow(line, rule)
        ]
        return self.facts.witnesses.intersection(self.facts.line(line).key for line in lines)

    def _in_flow(self, line: int, rule: Rule) -> bool:
        return rule.matching != "line" and is_closed(self.doc.lines[line])

    def _may_hold_sentence(self, line: int, rule: Rule) -> bool:
        """Return True if a line of running text may be known words, no stop, and a sentence, which needs a capital."""
        if rule.matching != "starts":
            return rule.position == "any"
        words = self.doc.lines[line].split()
        firsts = (word.lstrip(_QUOTES)[:1] for word in words[self._known_words(line, rule) :])
        return any(first.isalpha() and not first.islower() for first in firsts)

    def _known_words(self, line: int, rule: Rule) -> int:
        """Return how many words of a line the longest phrase of a rule has that it begins with."""
        key = self.facts.line(line).key
        return max((phrase.count(" ") + 1 for phrase in _keys(rule) if key.startswith(phrase)), default=0)

    def _opens_plainly(self, line: int, rule: Rule) -> bool:
        """Return True if a line begins with at least `_PLAIN` words that a rule knows, as no sentence does."""
        return rule.matching == "starts" and self._known_words(line, rule) >= _PLAIN

    @lazy
    def code(self) -> frozenset[int]:
        """The content lines in fenced or indented code."""
        return frozenset(code_lines(self.doc))

    @lazy
    def _is_manual(self) -> bool:
        """Whether the text is the manual of a command, which refers to others: "ls(1)"."""
        return "(" in self.doc.text and len(_PAGES.findall(self.doc.text)) >= _REFERENCES

    @lazy
    def _sentences(self) -> frozenset[int]:
        return frozenset(self.facts.sentences)

    @lazy
    def _times(self) -> Counter[str]:
        return Counter(map(str.strip, self.doc.lines))

    def is_button(self, line: int, rule: Rule) -> bool:
        """Return True if a line is nothing but a link with a known phrase: it is boilerplate within the body, too."""
        return rule.matching == "line" and self._link_share(line) >= BUTTON

    def _not_of_a_page(self, line: int, rule: Rule) -> str:
        """Return what shows that a line belongs to a sentence, documentation, a license or the headings of a text."""
        if self._may_be_broken and is_fragment(self.doc, line):
            return "a part of a broken sentence"
        if self.doc.is_documentation and (witnesses := self.witnesses(line)) < DOCUMENTED:
            return f"in documentation, and {_count(witnesses)}"
        if rule.kind == "legal" and self._is_license:
            return "in a license"
        if rule.kind == "nav" and self.doc.layout == MARKDOWN and _BULLET.match(self.doc.lines[line]):
            return "" if (witnesses := self.witnesses(line)) >= DOCUMENTED else f"an item, and {_count(witnesses)}"
        if rule.scope == "line" and rule.kind not in _HEADED and self.doc.folds and self._marks.headings[line]:
            return "a heading of the document"
        return ""

    @lazy
    def _may_be_broken(self) -> bool:
        """Whether lines may be parts of a sentence, however short, and nothing shows that a page stands around them."""
        return self.doc.layout in _BROKEN and len(self.facts.witnesses) < DOCUMENTED

    @lazy
    def _is_license(self) -> bool:
        """Whether the text is or holds the license of a program, to which copyright lines belong."""
        text = self.doc.text
        pieces = (text[start : start + _STRETCH + _OVERLAP] for start in range(0, len(text), _STRETCH))
        return any(map(_holds_license, pieces))

    @lazy
    def _marks(self) -> LineMarks:
        return line_marks(self.doc)

    @lazy
    def _links(self) -> Sequence[float]:
        """For each line the share of it that is a link; nothing of documentation, whose links are its own."""
        return self._marks.links if self.doc.folds and not self.doc.is_documentation else ()

    def _link_share(self, line: int) -> float:
        """Return the share of a line that is a link; 0 of an item of a list."""
        return self._links[line] if self._links and not _BULLET.match(self.doc.lines[line]) else 0.0

    def _doubt(self, line: int, rule: Rule) -> str:
        """Return why a rule that fires alone is not trusted to here; nothing if it is."""
        text = self.doc.lines[line].strip()
        if text[0] == "#" or (self.doc.folds and self._marks.headings[line]):
            return "a heading of the document"
        witnesses = self.witnesses(line)
        if self._is_doubtful_phrase(line, rule, witnesses):
            return f"brief, and {_count(witnesses)}"
        opens = rule.matching == "starts" and (len(text) > PARAGRAPH or _SENTENCES.search(text) is not None)
        if witnesses < WITNESSES and opens and not self._opens_plainly(line, rule):
            return f"the opening of a paragraph, and {_count(witnesses)}"
        if not witnesses and (doubt := self._doubt_in_sentence(line, rule) or self._doubt_among_lines(line, rule)):
            return f"{doubt}, and 0 witnesses"
        if witnesses < TURNS and self._is_spoken(line):
            return f"below the name of a speaker, and {_count(witnesses)}"
        return ""

    def _doubt_in_sentence(self, line: int, rule: Rule) -> str:
        """Return how the words that a rule knows are part of a sentence; nothing if they are not."""
        if rule.matching not in _PARTIAL or rule.kind in PLAIN or not is_closed(without_margins(self.doc.lines[line])):
            return ""
        if self._opens_plainly(line, rule):
            return ""
        if rule.matching == "starts" and line in self._sentences:
            return "the opening of a sentence"
        if rule.matching == "pattern" and rule.kind in WIDGETS:
            return ""
        return "part of a sentence" if self._is_sentence(line) else ""

    def _doubt_among_lines(self, line: int, rule: Rule) -> str:
        """Return what the lines around show a line to be: a question that is answered, or a verse."""
        lines, below = self.doc.lines, line + 1
        if rule.kind in PLAIN:
            return ""
        if below < len(lines) and below not in self.facts.rules and asks(lines[line]) and is_closed(lines[below]):
            return "a question that is answered"
        return "a verse" if rule.matching in _PARTIAL and is_verse(self.doc, line, self.facts.rules) else ""

    def _is_sentence(self, line: int) -> bool:
        """Return True if a line that ends as a sentence holds what sentences do: no sign, address or number."""
        text = self.doc.lines[line]
        return count_words(text) >= _SENTENCE and not _SIGNS.search(text)

    def _is_doubtful_phrase(self, line: int, rule: Rule, witnesses: int) -> bool:
        """Return True if a line is a brief phrase that has too few witnesses, and is no button."""
        least = WITNESSES if rule.position == "any" else 1
        if witnesses >= least or rule.kind in PLAIN or not self._is_brief(line) or self._is_left_over(line):
            return False
        return not (self.doc.folds and self.is_button(line, rule))

    def _doubt_in_flow(self, line: int, rule: Rule) -> str:
        """Return why a rule is not trusted to in running text: what it matches may be the words of a sentence."""
        if self.doc.layout != FLAT:
            return ""
        witnesses = self.witnesses(line)
        if not witnesses and self._is_brief(line) and is_closed(self.doc.lines[line]):
            return "brief, in running text, and 0 witnesses"
        if witnesses < WITNESSES and rule.position == "any" and self._in_flow(line, rule):
            return f"a sentence in running text, and {_count(witnesses)}"
        return ""

    def _is_brief(self, line: int) -> bool:
        """Return True if a line is a brief phrase, and not several that stand glued: "FacebookTwitter"."""
        return self.facts.line(line).is_brief and len(_GLUED.findall(self.doc.lines[line])) < 2

    def _is_left_over(self, line: int) -> bool:
        """Return True for a label or a counter of a word or two as the last line: what it announces is gone."""
        if line != len(self.doc.lines) - 1 or not self.facts.line(line).is_brief:
            return False
        counts = self.facts.rules[line].kind == "comments" and "0" in self.facts.line(line).key.split()
        return counts or self.doc.lines[line].rstrip().endswith((":", "："))

    def _is_spoken(self, line: int) -> bool:
        """Return True if the line above may be the name of who speaks: short, unknown, and there again and again."""
        if not line or line - 1 in self.facts.rules:
            return False
        above = self.doc.lines[line - 1].strip()
        return len(above) <= SPEAKER and self._times[above] >= TURNS


def _holds_license(text: str) -> bool:
    """Return True if a text has a phrase of a license."""
    words = " ".join(text.casefold().split())
    return any(map(words.__contains__, joined(builtin_packs(), "licenses")))


@cache
def _keys(rule: Rule) -> tuple[str, ...]:
    """Return the phrases of a rule, folded."""
    return tuple(map(fold, rule.all_phrases))


def _count(witnesses: int) -> str:
    return "1 witness" if witnesses == 1 else f"{witnesses} witnesses"
