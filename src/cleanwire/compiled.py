"""The survey of a text: one pass over its lines, which says to each reader the few that it must look at.

Nearly all lines of a story say nothing to any of them, and a look-up or two shows that: of a paragraph by its first
letters and by how it ends, of a short line by what was found when it was first met.  The filters share the survey
through `Document.once`.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from cleanwire.bylines.reader import Bylines
from cleanwire.bylines.signoffs import Signoffs
from cleanwire.credits.reader import CreditReader
from cleanwire.document import SHORT, Document, Thinning
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Pack, Rule
from cleanwire.scan.matcher import Matcher, Matches
from cleanwire.scan.phrases import GLANCE
from cleanwire.text.fold import fold
from cleanwire.text.shape import PROSE, is_sentence

V = TypeVar("V")

_RULE, _TAIL, _CAPTION = 1, 2, 4
"""What the first letters of a paragraph may open: a phrase of a rule, an agency's tail, the label of a caption."""
_BLANKS = frozenset(
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""All that `str.isspace` says yes to; to look it up is faster than to ask."""
_ASKS = "?!？！"
_MEMORY = 1 << 13
"""So many short lines, and heads of paragraphs, are remembered: sites, and the rounds of a chain, repeat them."""


class Survey(NamedTuple):
    """What the rows of a text, its lines that are not blank, may hold; in order, by the index of the line or by row.

    `hits` are the rules that know lines.  The lines in `credits`, `tails` and `telling` (the label or the date of a
    byline) are worth a reader's while; no other is.  `sentences` are the rows that read as prose, and `asking` those of
    them that are a short question or cry: a headline as likely.
    """

    hits: Matches
    credits: list[int]
    tails: list[int]
    telling: list[int]
    sentences: list[int]
    asking: list[int]

    @property
    def prose(self) -> list[int]:
        """The sentences that are no headline."""
        if not self.asking:
            return self.sentences
        asking = frozenset(self.asking)
        return [row for row in self.sentences if row not in asking]

    def note(self, index: int, fact: "_Fact") -> None:
        """Add what is known of the line at `index`, but whether it is a sentence."""
        if fact.rule:
            self.hits[index] = fact.rule
        if fact.credit:
            self.credits.append(index)
        if fact.tail:
            self.tails.append(index)
        if fact.telling:
            self.telling.append(index)

    def thinned(self, thinning: Thinning) -> "Survey":
        """Return the survey of the text when lines are cut, which is known: it speaks of each line by itself."""
        return Survey(
            {thinning.places[index] - 1: rule for index, rule in self.hits.items() if thinning.lines[index]},
            thinning.indices(self.credits),
            thinning.indices(self.tails),
            thinning.indices(self.telling),
            thinning.of_rows(self.sentences),
            thinning.of_rows(self.asking) if self.asking else [],
        )


class _Fact(NamedTuple):
    """The same of one short line."""

    rule: Rule | None
    credit: bool
    tail: bool
    telling: bool
    sentence: bool
    asking: bool


_PLAIN = _Fact(None, credit=False, tail=False, telling=False, sentence=False, asking=False)
_SENTENCE = _PLAIN._replace(sentence=True)


class _Memory(dict[str, V]):
    """What was worked out of lines, or of their heads, until there are too many of them."""

    def __init__(self, work_out: Callable[[str], V]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: str) -> V:
        if len(self) >= _MEMORY:
            self.clear()
        value = self[key] = self._work_out(key)
        return value


class Surveyor:
    r"""Surveys texts for the readers of some packs, which it holds.

    >>> survey = Surveyor(builtin_packs()).survey(Document("By Ann Lee\n\nThe bridge at dawn. REUTERS/Ann Lee"))
    >>> survey.telling, survey.credits
    ([0], [2])
    """

    def __init__(self, packs: tuple[Pack, ...]) -> None:
        self.matcher, self.credits = Matcher(packs), CreditReader(packs)
        self.bylines, self.tails = Bylines(packs), Signoffs(packs)
        self._facts = _Memory(self._fact)
        self._heads = _Memory(self._head)

    def survey(self, doc: Document) -> Survey:
        """Look at every line of `doc` once."""
        found = Survey({}, [], [], [], [], [])
        sentences, note = found.sentences, found.note
        lines, facts, heads, settles = doc.lines, self._facts, self._heads, self.credits.settles
        for row, index in enumerate(doc.rows):
            line = lines[index]
            if line[0] in _BLANKS:
                line = line.lstrip()  # indents are the page's, and say nothing of a line
            if len(line) <= SHORT:
                if (fact := facts[line]) is _PLAIN:
                    continue
                if fact is not _SENTENCE:
                    note(index, fact)
                    if fact.asking:
                        found.asking.append(row)
                if fact.sentence:
                    sentences.append(row)
                continue
            head, settled = heads[line[:GLANCE]], settles(line)
            if head or not settled:
                note(index, self._long_fact(line, head, settled))
            if len(line) >= PROSE or line[-1] == ".":
                sentences.append(row)
            elif is_sentence(line):
                sentences.append(row)
                if _asks(line):
                    found.asking.append(row)
        return found

    def _fact(self, line: str) -> _Fact:
        key = fold(line)
        words = key.split(" ")
        rule = self.matcher.find_folded(line, key, words)
        credit = self.credits.may_read(line, words)
        tail = (self.tails.may_open(line) or self.tails.may_close(line)) and self.tails.read(line) is not None
        telling = self.bylines.tells(line, key)
        sentence = is_sentence(line)
        asking = sentence and line[-1] != "." and _asks(line)
        if rule is None and not credit and not tail and not telling and not asking:
            return _SENTENCE if sentence else _PLAIN
        return _Fact(rule, credit, tail, telling, sentence, asking)

    def _long_fact(self, line: str, head: int, settled: bool) -> _Fact:
        """Say what a paragraph may hold by its first letters or its end; no bracket closes one that is settled."""
        return _Fact(
            self.matcher.begins(line) if head & _RULE else None,
            credit=not settled or head & _CAPTION != 0,
            tail=head & _TAIL != 0 or (not settled and self.tails.may_close(line)),
            telling=False,
            sentence=True,
            asking=False,
        )

    def _head(self, head: str) -> int:
        return (
            _RULE * self.matcher.may_begin(head)
            | _TAIL * self.tails.may_open(head)
            | _CAPTION * self.credits.may_open(head)
        )


def _asks(line: str) -> bool:
    """Whether a sentence is a question or a cry."""
    return line.rstrip("\"'”’»“ ")[-1] in _ASKS


@lru_cache(maxsize=32)
def surveyor(packs: tuple[Pack, ...] = ()) -> Surveyor:
    """Return the surveyor for `packs`, which come first, and the built-in ones; made once a process."""
    return Surveyor(packs + builtin_packs())
