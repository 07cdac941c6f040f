"""What is compiled from a tuple of packs, once a process, and what it says of the lines of a document.

The scan says which rule matches a line, and which parsers may find something in it.  What a parser then reads is kept
with the line: a line is parsed once, however many filters and rounds ask for it.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import cast

import regex

from cleanwire.bylines.datelines import Dateline, Datelines, may_open
from cleanwire.bylines.headlines import Headlines
from cleanwire.bylines.mail import MailHeads
from cleanwire.bylines.marks import Reading
from cleanwire.bylines.reader import Bylines
from cleanwire.bylines.signoffs import Signoff, Signoffs
from cleanwire.credits.credit import Credit
from cleanwire.credits.reader import CreditReader
from cleanwire.document import SHORT, Document
from cleanwire.language import Evidence, KnownLanguages, home_languages, known_languages, stated
from cleanwire.lazy import lazy
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.pack import Pack, Rule
from cleanwire.packs.words import either, joined
from cleanwire.scan.cues import CREDIT, QUESTION, RULE, SENTENCE
from cleanwire.scan.kernel import LONG, scan
from cleanwire.scan.table import Tables
from cleanwire.text.fold import fold, is_brief, is_unspaced
from cleanwire.text.lines import as_text, batches

_STOPS = tuple(".!?…。！？।۔؟")
"""What ends a sentence."""


class LineFacts:
    """What is known of one line; what a parser says of it is read when it is asked for, and kept.

    `rules` are the numbers of the rules that match the line, `flags` those of the scan.
    """

    def __init__(self, line: str, rules: tuple[int, ...], flags: int, known: "CompiledRules") -> None:
        self.line, self.rules, self.flags, self._known = line, rules, flags, known

    @lazy
    def key(self) -> str:
        """The folded line."""
        return fold(self.line)

    @lazy
    def is_brief(self) -> bool:
        """Whether the line has at most two words."""
        return is_brief(self.key)

    @lazy
    def credit(self) -> Credit | None:
        """The credit that closes the line."""
        return self._known.credits.read_held(self.line) if self.flags & CREDIT else None

    @lazy
    def label(self) -> Rule | None:
        """The rule of a line that is a label alone, whose credit or caption is the next line."""
        return self._known.credits.calls(self.line)

    @lazy
    def signoff(self) -> Signoff | None:
        """The agency's sign-off at the end of the line."""
        return self._known.signoffs.read(self.line)

    @lazy
    def reading(self) -> Reading | None:
        """What the line says of author and date."""
        return self._known.bylines.read(self.line)

    @lazy
    def bare_reading(self) -> Reading | None:
        """What the line says of its author where it has neither a label nor a date."""
        return self._known.bylines.read_bare(self.line)

    @lazy
    def first_dateline(self) -> Dateline | None:
        """The dateline that begins the line, if it is the first of a story: there its shape may suffice."""
        return self._known.datelines.read(self.line, lead=True)

    @lazy
    def dateline(self) -> Dateline | None:
        """The dateline that begins the line."""
        return self._known.datelines.read(self.line, lead=False)

    @lazy
    def is_headline(self) -> bool:
        """Whether the line could be a headline by its shape."""
        return self._known.headlines.may_be(self.line, self.flags)


class Facts:
    """What is known of the content lines of a document, by their numbers; `stated` are its languages, if stated."""

    def __init__(
        self, lines: list[LineFacts], known: "CompiledRules", texts: Sequence[str], stated: frozenset[str] = frozenset()
    ) -> None:
        self._lines, self._known, self._texts, self._stated = lines, known, texts, stated
        self._gone: tuple[dict[LineFacts, Rule], ...] = ()
        self._flags = bytes([line.flags for line in lines])
        self._kinds = frozenset(self._flags)

    @lazy
    def rules(self) -> dict[int, Rule]:
        """The rules that match lines, in the order of the lines: of each line the first of a home language."""
        known, found = self._known.tables, {}
        for line in self.having(RULE):
            for rule in self._lines[line].rules:
                if rule in known.always or known.languages[rule] in self.languages.acting:
                    found[line] = known.rules[rule]
                    break
        return found

    def is_own(self, rule: Rule) -> bool:
        """Return True if a rule is of a pack of the user, who decides what it needs."""
        return rule.name in self._known.own

    @property
    def bylines(self) -> Bylines:
        """The reader of bylines, for lines whose neighbours show what they are."""
        return self._known.bylines

    @property
    def title_labels(self) -> frozenset[str]:
        """The labels before a title, in small letters."""
        return self._known.title_labels

    def is_reply_button(self, line: int) -> bool:
        """Return True if a line contains a word of the buttons below a reader's comment."""
        return self._known.reply_words.search(self.line(line).key) is not None

    @lazy
    def mail(self) -> frozenset[int]:
        """The lines of the heads of mails."""
        return self._known.mail.find(self._texts)

    @lazy
    def foreign(self) -> dict[int, Rule]:
        """The rules of other languages that match lines which no rule of a home language matches."""
        known = self._known.tables.rules
        return {line: known[self._lines[line].rules[0]] for line in self.having(RULE) if line not in self.rules}

    @lazy
    def languages(self) -> Evidence:
        """The evidence of languages; read only where a rule or a credit of one that is not always home matches."""
        return stated(self._stated) if self._stated else home_languages(as_text(self._texts), self._known.languages)

    @lazy
    def sentences(self) -> list[int]:
        """The lines that read as prose."""
        return self.having(SENTENCE)

    @lazy
    def prose(self) -> list[int]:
        """The sentences that are not questions or cries: those are headlines as likely."""
        questions = set(self.having(QUESTION))
        return [line for line in self.sentences if line not in questions] if questions else self.sentences

    @lazy
    def _dropped(self) -> "dict[LineFacts, Rule]":
        """The different lines that rules drop, each with its rule."""
        return {self._lines[line]: rule for line, rule in self.rules.items() if rule.action == "drop"}

    @lazy
    def witnesses(self) -> frozenset[str]:
        """The known lines of three words or more, folded; those too that a cut has taken from the document."""
        return frozenset(chain.from_iterable(map(_witnesses, filter(None, (*self._gone, self._dropped)))))

    def having(self, flag: int) -> list[int]:
        """Return the lines that have a flag of the scan, or one of several flags."""
        for kind in self._kinds:
            if kind & flag:
                return [number for number, flags in enumerate(self._flags) if flags & flag]
        return []

    def line(self, number: int) -> LineFacts:
        """Return what is known of one line."""
        known = self._lines[number]
        if not known.line:
            known = self._lines[number] = self._known.remember(self._texts[number], (), known.flags)
        return known

    def dateline(self, number: int, *, lead: bool) -> Dateline | None:
        """Return the dateline that begins a line; with `lead` it is the first line of the story."""
        line = self.line(number) if may_open(self._texts[number]) else None
        return (line.first_dateline if lead else line.dateline) if line else None

    def without_lines(self, cut: Collection[int], left: Sequence[str]) -> "Facts":
        """Return the facts of the document without the lines `cut`; `left` are the other ones."""
        known = [line for number, line in enumerate(self._lines) if number not in cut]
        facts = Facts(known, self._known, left, self._stated)
        facts._gone = (*self._gone, self._dropped)
        return facts


def _witnesses(dropped: Mapping[LineFacts, Rule]) -> list[str]:
    """Return the keys of known lines of three words or more; none where all are such as prose holds, too."""
    found = [line for line in dropped if not line.is_brief]
    return [] if all(_is_fact(line, dropped[line]) for line in found) else [line.key for line in found]


def _is_fact(line: LineFacts, rule: Rule) -> bool:
    """Return True for a known line that prose holds too, a number or a sentence: "Chicago, IL 60622"."""
    is_sentence = line.line.rstrip().endswith(_STOPS)
    if rule.confidence == "needs_neighbor":
        return is_sentence or "0" in line.key
    return is_sentence and rule.matching != "line"


class CompiledRules:
    r"""The rules of some packs, compiled: the tables of the scan, and the parsers.

    >>> facts = CompiledRules(builtin_packs()).read(Document("By Ann Lee\n\nThe bridge at dawn. REUTERS/Ann Lee"))
    >>> facts.line(0).reading.sure, facts.line(1).credit.rule
    (True, 'credit.any.wire')
    """

    def __init__(self, packs: tuple[Pack, ...]) -> None:
        self._packs = packs
        self.credits, self.bylines, self.signoffs = CreditReader(packs), Bylines(packs), Signoffs(packs)
        cues = chain(self.credits.cues(), self.bylines.cues(), self.signoffs.cues())
        self.tables = Tables(packs, cues)
        self.own = frozenset(rule.name for pack in packs if not pack.builtin for rule in pack.rules)
        self._plain = [LineFacts("", (), flags, self) for flags in range(2 * RULE)]
        """Facts by flags, which the lines that no rule matches share as long as no parser is asked for more."""

    @lazy
    def languages(self) -> KnownLanguages:
        """The languages of the built-in packs, as a text is recognised by them."""
        return known_languages(tuple(pack for pack in self._packs if pack.builtin))

    @lazy
    def datelines(self) -> Datelines:
        """The parser of datelines."""
        return Datelines(self._packs, self.bylines.dates)

    @lazy
    def headlines(self) -> Headlines:
        """The judge of the shape of headlines."""
        return Headlines(self.bylines.dates, self.credits.read)

    @lazy
    def title_labels(self) -> frozenset[str]:
        """The labels before a title, in small letters."""
        return frozenset(map(str.casefold, joined(self._packs, "title_labels")))

    @lazy
    def mail(self) -> MailHeads:
        """The finder of heads of mails."""
        return MailHeads(self._packs)

    @lazy
    def reply_words(self) -> "regex.Pattern[str]":
        """A word of the buttons below a comment in a folded line; in scripts without spaces within a run of letters."""
        words = set(map(fold, joined(self._packs, "reply_words")))
        apart = {word for word in words if not is_unspaced(word)}
        return regex.compile(rf"(?<!\w){either(apart)}(?![^\W\d])|{either(words - apart)}")

    def read(self, doc: Document) -> Facts:
        """Return the facts of `doc`, whose lines are scanned but for those that were met before."""
        found = list(chain.from_iterable(map(self._read, batches(doc.lines))))
        return Facts(found, self, doc.lines, doc.languages)

    def _read(self, lines: Sequence[str]) -> list[LineFacts]:
        memory = self.tables.memory
        known, keep, may_hold = memory.lines.get, memory.keep, self.credits.may_hold
        found = [known(line) if len(line) <= SHORT else None for line in lines]
        new = [number for number, facts in enumerate(found) if facts is None]
        for number, rules, flags in zip(new, *scan([lines[number] for number in new], self.tables), strict=True):
            line = lines[number]
            asked = flags & CREDIT
            if asked:
                if len(line) <= LONG and (met := known(line)):
                    found[number] = met  # of a paragraph, whose memory is not asked before it is scanned
                    continue
                if not may_hold(line):
                    flags ^= CREDIT
            if rules:
                found[number] = self.remember(line, rules, flags)
                continue
            found[number] = facts = self._plain[flags]
            if len(line) <= (LONG if asked else SHORT):
                keep(line, facts)
        return cast("list[LineFacts]", found)

    def remember(self, line: str, rules: tuple[int, ...], flags: int) -> LineFacts:
        """Return facts of one line alone, and keep them if it is not very long."""
        memory = self.tables.memory
        known: LineFacts | None = memory.lines.get(line)
        if known and known.line:
            return known
        facts = LineFacts(line, rules, flags, self)
        if len(line) <= LONG:
            memory.keep(line, facts)
        return facts


@cache
def compiled(packs: tuple[Pack, ...] = ()) -> CompiledRules:
    """Return what is compiled from `packs`, which come first, and the built-in packs; once a process."""
    return CompiledRules(packs + builtin_packs())


def facts(doc: Document, packs: tuple[Pack, ...] = ()) -> Facts:
    """Return what is known of the lines of `doc` by the built-in packs and `packs`, scanned once.

    >>> doc = Document("Post a comment")
    >>> facts(doc) is facts(doc)
    True
    """
    if packs not in doc.facts:
        doc.facts[packs] = compiled(packs).read(doc)
    return cast("Facts", doc.facts[packs])
