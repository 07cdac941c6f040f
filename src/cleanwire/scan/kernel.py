"""The scan: one pass over lines that says which rule matches each, and which parsers may find something in it.

Strings go in and columns of numbers come out.  Most lines of a text match nothing, and one or two look-ups show it.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

import regex

from cleanwire.lazy import deferred
from cleanwire.scan.cues import BYLINE, CREDIT, DATE, EDGES, QUESTION, RULE, SENTENCE, TAIL, YEAR
from cleanwire.scan.patterns import GLUE
from cleanwire.scan.phrases import HEAD_LENGTH, PREFIX_LENGTH
from cleanwire.scan.table import PATTERN, START, VOCABULARY, Columns, Tables
from cleanwire.text.fold import UNSPACED, fold, fold_lines
from cleanwire.text.shape import LETTERS, PROSE, is_sentence

_Rules = tuple[int, ...]
"""The numbers of rules in their order of precedence."""
SHORT = 120
"""Longer lines are paragraphs: rules match their beginning only, and no byline or date is looked for."""
LONG = 800
"""No rule matches a line longer than this."""
HEAD = 64
"""How much of a long line is folded to find the rules that it may begin with."""
_QUOTES = '"“„«‹‚‘「『《'
_OPEN = frozenset(",;，、،")
"""Lines in quotation marks are quoted, and a line that ends in a comma goes on: neither is boilerplate."""
_SPOKEN = frozenset('!?"”’»')
"""A line that ends in one of these cannot end in a credit."""
_CLOSERS = frozenset(")]）］】〕」")
_CLOSED = _CLOSERS | frozenset(" \t\u00a0\u202f\u3000")
"""What stands at the end of a line that a bracket closes, or a space."""
_QUESTIONS = frozenset("?!？！")
_SPACES = frozenset(
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""All characters of which `str.isspace` is true; to look one up is faster than to ask."""
_LETTERS = bytes(code | 0x20 if chr(code).isalpha() and code < 0x80 else 0x20 for code in range(0x100))
_GLUED = deferred(regex.compile, r"\p{Ll}\p{M}*\p{Lu}|\p{Lu}\p{M}*\p{Lu}\p{M}*\p{Ll}")
"""Words without a space between, which the parser of dates splits: "LeePublished"."""
_MARK = re.compile("[:：=＝|/，,…،]")
"""Marks that may part the label of a credit from what follows it, or a maker from an agency."""
_BEFORE = 24
"""How many characters before a mark are looked at: spaces may stand there."""
_UNCASED_FROM = "\u0590"
"""The first character of the scripts without capitals."""
_UNSPACED = re.compile(f"[{UNSPACED}-\U0010ffff]")
"""Letters of scripts that join words, and signs."""
_EVERY = START | PATTERN | VOCABULARY
_UNCASED = deferred(regex.compile, r"[\p{Lo}\p{Lt}\p{Lm}]")
_APOSTROPHES = deferred(re.compile, "['’‘ʼ`´]")
_YEAR = deferred(regex.compile, YEAR)


def scan(lines: Sequence[str], tables: Tables) -> Columns:
    """Return the rules and the flags of each of `lines`, which hold something else than white space.

    >>> from cleanwire.packs.load import builtin_packs
    >>> tables = Tables(builtin_packs())
    >>> columns = scan(["Post a comment", "Rain fell on the town for a third day, and nobody left the house."], tables)
    >>> [len(rules) for rules in columns.rules], [flags == SENTENCE for flags in columns.flags]
    ([1, 0], [False, True])
    """
    lines = [line.lstrip() if line[0] in _SPACES else line for line in lines]
    keys = iter(fold_lines([line for line in lines if len(line) <= SHORT]))
    found, kinds = [], []
    for line in lines:
        rules, flags = _scan_short(line, next(keys), tables) if len(line) <= SHORT else _scan_long(line, tables)
        found.append(rules)
        kinds.append(flags | RULE if rules else flags)
    return Columns(found, kinds)


def _scan_long(line: str, tables: Tables) -> tuple[_Rules, int]:
    """Return the rules and the flags of a paragraph, by its first characters and its last."""
    prefix = line[:PREFIX_LENGTH]
    flags = tables.memory.openings.get(prefix)
    if flags is None:
        flags = _opening(prefix, tables)
        tables.memory.keep_opening(prefix, flags)
    rules: _Rules = ()
    if flags & RULE:
        rules, flags = _match_long(line, tables), flags & ~RULE
    last = line[-1]
    if last not in _SPOKEN if last != "." else _stop_may_end_credit(line[-TAIL:], tables):
        flags |= CREDIT | (_ending(line, tables) if last in tables.end_letters else 0)
    if last == "." or len(line) >= PROSE:
        return rules, flags | SENTENCE
    return rules, flags | _prose(line)


def _scan_short(line: str, key: str, tables: Tables) -> tuple[_Rules, int]:
    """Return the rules and the flags of a short line, folded to `key`."""
    words = key.split(" ")
    has_cue = not tables.cues.isdisjoint(words)
    rules = _match_short(line, key, words, has_cue, tables)
    flags = _cue_starts(line, tables) if line[:2] in tables.start_heads else 0
    last = line[-1]
    if flags & CREDIT or (last not in _SPOKEN if last != "." else _stop_may_end_credit(line, tables)):
        flags |= _short_ending(line, words, has_cue, tables)
    if "0" in key and _may_hold_date(line, tables):
        flags |= DATE
    if key[:2] in tables.label_pairs and _may_open_byline(line, key, tables):
        flags |= BYLINE
    if len(line) >= LETTERS or not line.isascii():
        flags |= _prose(line)
    return rules, flags


def _short_ending(line: str, words: list[str], has_cue: bool, tables: Tables) -> int:
    """Return the flags of what the words and the end of a short line declare, which may end in a credit."""
    flags = _ending(line, tables) if line[-1] in tables.end_letters else 0
    if has_cue:
        flags |= tables.last_words.get(words[-1], 0) | (0 if tables.any_words.isdisjoint(words) else CREDIT)
    if not flags & CREDIT and (line[-1] == "." or _may_end_credit(line, words, tables)):
        flags |= CREDIT
    return flags


def _may_end_credit(line: str, words: list[str], tables: Tables) -> bool:
    """Return True if a short line has a sign of a credit beside its words: a mark, or a capital in its last word."""
    if line[-1] in _CLOSED or any(map(line.__contains__, tables.inside)):
        return True
    if _ends_before_mark(line, tables) or _stands_beside_slash(line, words, tables):
        return True
    return line[-1].islower() and not line[line.rfind(" ") + 2 :].islower() and line[-2:-1] != " "  # "dawnReuters"


def _ends_before_mark(line: str, tables: Tables) -> bool:
    """Return True if a word of a cue may end before a mark, by its last letters; scripts without capitals may."""
    for mark in _MARK.finditer(line):
        before = line[max(mark.start() - _BEFORE, 0) : mark.start()].rstrip()
        if before[-3:].casefold() in tables.mark_ends or before[-1:] >= _UNCASED_FROM:
            return True
    return False


def _stands_beside_slash(line: str, words: list[str], tables: Tables) -> bool:
    """Return True if a slash or bar may stand beside a word that ends a line of some parser."""
    if "/" not in line and "|" not in line:
        return False
    return not tables.last_words.keys().isdisjoint(words) or any(map(line.__contains__, tables.end_numbers))


def _prose(line: str) -> int:
    """Return whether a line is a sentence, and whether it is a question or a cry, as flags."""
    if not is_sentence(line):
        return 0
    if len(line) >= PROSE or line[-1] == "." or line.rstrip("\"'”’»“ ")[-1] not in _QUESTIONS:
        return SENTENCE
    return SENTENCE | QUESTION


def _opening(prefix: str, tables: Tables) -> int:
    """Return the flags of what may begin a long line that begins so; `RULE` for a phrase."""
    flags = _cue_starts(prefix, tables)
    head = prefix[:HEAD_LENGTH].lower()
    if head.isascii() and head.isalpha() and head not in tables.heads:
        return flags  # no phrase has these letters, and a shorter one would end at the end of a word
    key = fold(prefix)
    return flags | (RULE if tables.starts.may_begin(key) or tables.patterns.may_begin(key) else 0)


def _cue_starts(line: str, tables: Tables) -> int:
    flags = 0
    for size in tables.start_sizes:
        flags |= tables.cue_starts.get(line[:size], 0)
    return flags


def _ending(line: str, tables: Tables) -> int:
    """Return the flags of what the end of a line declares."""
    flags = 0
    for words, flag in tables.cue_ends:
        if line.endswith(words):
            flags |= flag
    return flags


def _stop_may_end_credit(line: str, tables: Tables) -> bool:
    """Return True if a line that a full stop closes may end in a credit.

    It holds a sign of one then, or its last sentence begins with a word like "Photo"; most sentences do neither.
    """
    if "/" in line or line[-2:-1] in _CLOSERS or (":" in line and _ends_before_mark(line, tables)):
        return True
    place = line.rfind(". ", 0, -1)
    begin = place + 2 if place >= 0 else 0
    if line[begin : begin + 3].lower() in tables.sentence_heads:
        word = line[begin : line.find(" ", begin)].lower()
        if word in tables.sentences:
            return True
    return not line.isascii() and ("\u00a0" in line or "\u202f" in line or "©" in line)


def _may_open_byline(line: str, key: str, tables: Tables) -> bool:
    heads = tables.label_heads
    if key[:3] not in heads and key[:2] not in heads and key[:1] not in heads:
        return False
    low = line.lstrip(EDGES)[: tables.label_size].replace("\u00a0", " ").casefold()
    return low.startswith(tables.labels.get(low[:2], ()))


def _may_hold_date(line: str, tables: Tables) -> bool:
    """Return True if there may be a date in a line that has digits."""
    if line.isascii():
        words = line.encode().translate(_LETTERS).decode().split()
    elif _UNCASED.search(line):
        return True  # letters without case are words of their own, however they stand
    else:
        words = fold(_APOSTROPHES.sub(" ", line)).replace("0", " ").split()
    return (
        not tables.date_words.isdisjoint(words)
        or (not tables.year_words.isdisjoint(words) and _YEAR.search(line) is not None)
        or any(pattern.search(line) for pattern in tables.date_patterns)
        or _GLUED.search(line) is not None
    )


def _match_short(line: str, key: str, words: list[str], has_cue: bool, tables: Tables) -> _Rules:
    """Return the rules that match a short line, folded to `key` and split into `words`, up to one that always counts.

    A phrase that is the whole line goes before one at its start, that before one at its end, before patterns and
    vocabularies; among phrases of one kind the longest wins.  Each is looked up by one of the line's words, so that a
    line costs the same however many rules there are.
    """
    if not key or (line[0] in _QUOTES and _is_quoted(line)) or line[-1] in _OPEN:
        return ()
    rules = tables.lines.get(key, ())
    if rules and not tables.always.isdisjoint(rules):
        return rules
    found = _matches(line, key, words, has_cue, tables)
    return _until_one_counts(chain(rules, *found), tables) if found else rules


def _matches(line: str, key: str, words: list[str], has_cue: bool, tables: Tables) -> list[Iterable[int]]:
    """Return what each table that knows a word of a short line where it stands finds there."""
    first, second = words[0], words[len(words) > 1]
    joined = not key.isascii() and _UNSPACED.search(key) is not None
    opened = _EVERY if joined else tables.openings.get(first, 0) | tables.openings.get(f"{first} {second}", 0)
    found: list[Iterable[int]] = []
    if opened & START:
        found.append(tables.starts.find(key, first))
    if joined or (has_cue and words[-1] in tables.ends.edges):
        found.append(tables.ends.find(key, words[-1]))
    if opened & PATTERN or (has_cue and not tables.patterns.needed.isdisjoint(words)):
        found.append(tables.patterns.find(key, words, line))
    if opened & VOCABULARY or _may_be_glued(second if first == "0" else first, tables):
        found.append(tables.vocabularies.find(key, words))
    return found


def _may_be_glued(word: str, tables: Tables) -> bool:
    """Return True if the first word of a line may be several words of a vocabulary."""
    return len(word) > 2 * GLUE and word[:GLUE] in tables.glues


def _match_long(line: str, tables: Tables) -> _Rules:
    """Return the rules that match the beginning of a long line, up to one that always counts."""
    if len(line) > LONG or _is_quoted(line) or line[-1] in _OPEN:
        return ()
    head = fold(line[:HEAD])
    if not head:
        return ()
    word = head.partition(" ")[0]
    known = (rule for rule in tables.starts.find(head, word) if len(line) <= tables.longest[rule])
    return _until_one_counts(chain(known, tables.patterns.find_long(word, line)), tables)


def _until_one_counts(found: Iterable[int], tables: Tables) -> _Rules:
    """Return the rules up to one that counts in every document: those behind it never matter."""
    rules: list[int] = []
    for rule in found:
        rules.append(rule)
        if rule in tables.always:
            break
    return tuple(rules)


def _is_quoted(line: str) -> bool:
    """Return True if a line begins with a quotation; a lone « is an arrow back."""
    return line[0] in _QUOTES and (line[0] != "«" or "»" in line)
