"""Read credits whose form alone says too little, where several short lines of one document have it.

"The court on Monday. (AP)" may be an item of news as well as a caption, "The old bridge / Ann Lee" a line of a list,
and "The bridge opens at dawn. Ann Lee" a saying.  Among the paragraphs of a long story, two such lines show how the
page prints its captions.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

import regex

from cleanwire.credits.credit import Credit, caption_piece
from cleanwire.document import Document
from cleanwire.lazy import deferred

REPEATED = "credit.any.repeated"
"""The rule of a name that closes several short lines in one form."""

FILTER_RULES: Mapping[str, str] = {
    REPEATED: "A name in brackets, after a slash or a sentence that closes several short lines of a story.",
}
"""The rules that no pack holds, with what they are for."""

_WORDS = range(5, 36)
"""The words of such a caption before its credit."""
_LEAST = 2
"""The fewest lines that show the form."""
_STORY = 4
"""Least other paragraphs of the story for each credit behind a sentence: in a list of news every line has one."""
_OTHERS = 2
"""Least other paragraphs for each credit behind a slash: a line without a full stop is no item of news."""
_NAME = r"\p{Lu}[\p{L}\p{M}.'’&-]*(?:\s(?:\p{Ll}{2,3}|&))?+"
_BRACKETED = deferred(regex.compile, rf"(?<=[.!?…][\"”’»]?)\s*\((?P<name>{_NAME}(?:\s{_NAME}){{0,3}})\)\s*$")
"""A name in brackets after a sentence."""
_SLASHED = deferred(
    regex.compile,
    r"(?m)(?<=\p{Ll}{2}|\)|[\d\"”»]) / (?P<name>\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){1,2})[ \t\u00a0]*$",
)
"""A full name after a slash."""
_SIGNED = deferred(
    regex.compile,
    r"(?m)(?<=\p{Ll}{3}[.…])[ \u00a0](?P<name>\p{Lu}\p{Ll}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’-]+){1,2})[ \t\u00a0]*$",
)
"""A full name after a sentence."""
_SENTENCE = deferred(regex.compile, r"\p{Ll}{3}[.!?…][\"”’»)]*\s+\p{Lu}")
_SMALL = 2
"""The fewest words in small letters: a heading in capitals has none."""


def read_repeated(doc: Document, found: Mapping[int, Credit], paragraphs: Sequence[int]) -> dict[int, Credit]:
    r"""Return the credits of lines that repeat one form, all sure.

    `found` are the credits that were read by themselves, `paragraphs` the lines that read as prose.

    >>> story = ["Rain fell on the town."] * 9
    >>> lines = ["The old bridge of Oslo at dawn / Ann Lee", *story, "The boats in the old harbour / Ann Lee"]
    >>> sorted(read_repeated(Document("\n".join(lines)), {}, range(1, 10)))
    [0, 10]
    """
    return {
        **_if_rare(_read_bracketed(doc.lines, found) if found else {}, paragraphs, _STORY),
        **_if_rare(_read_alike(doc, found, _SIGNED), paragraphs, _STORY),
        **_if_rare(_read_alike(doc, found, _SLASHED) if " / " in doc.text else {}, paragraphs, _OTHERS),
    }


def _if_rare(credits_: dict[int, Credit], paragraphs: Sequence[int], least: int) -> dict[int, Credit]:
    """Return credits if enough paragraphs stand around them, and no two of them one below the other."""
    if not credits_:
        return {}
    others = sum(line not in credits_ for line in paragraphs)
    apart = all(below - above > 1 for above, below in pairwise(sorted(credits_)))
    return credits_ if apart and others >= least * len(credits_) else {}


def _read_bracketed(lines: Sequence[str], found: Mapping[int, Credit]) -> dict[int, Credit]:
    """Return the credits in brackets, if two lines have a known agency there that alone would not be sure."""
    known = {
        line: credit._replace(sure=True)
        for line, credit in found.items()
        if not credit.sure
        and credit.start
        and lines[line][credit.start :].lstrip()[:1] == "("
        and _is_caption(lines[line][: credit.start])
    }
    if len(known) < _LEAST:
        return {}
    return {**dict(_named(lines, found)), **known}


def _named(lines: Sequence[str], found: Container[int]) -> Iterator[tuple[int, Credit]]:
    """Yield the lines that a name in brackets closes which no pack knows."""
    for line, text in enumerate(lines):
        if line in found or text.rstrip()[-1:] != ")":
            continue
        match = _BRACKETED.search(text)
        if match and _is_caption(text[: match.start()]):
            yield line, _credit(text, match)


def _read_alike(doc: Document, found: Container[int], form: "regex.Pattern[str]") -> dict[int, Credit]:
    """Return the credits in a form that name one maker on two lines or more."""
    names = Counter(match["name"] for match in form.finditer(doc.text))
    if not any(count >= _LEAST for count in names.values()):
        return {}
    matches = {line: form.search(text) for line, text in enumerate(doc.lines) if line not in found}
    captions = {line: match for line, match in matches.items() if match and _is_caption(match.string[: match.start()])}
    names = Counter(match["name"] for match in captions.values())
    return {line: _credit(doc.lines[line], match) for line, match in captions.items() if names[match["name"]] >= _LEAST}


def _credit(line: str, match: "regex.Match[str]") -> Credit:
    """Return the credit that a match of one of the forms is."""
    pieces = caption_piece(match.start("name"), "label", REPEATED), caption_piece(len(line), "name", REPEATED)
    return Credit(match.start(), REPEATED, True, pieces)


def _is_caption(text: str) -> bool:
    """Return True if the words before a credit are one sentence of some words, not all of them with capitals."""
    words = text.split()
    return (
        len(words) in _WORDS
        and sum(word[0].islower() for word in words) >= _SMALL
        and _SENTENCE.search(text) is None
        and "/" not in text
    )
