"""The heads of mail: lines with a label each, who wrote to whom, when and on what.

"From: Ann Lee" is a byline on a page, and "Topic: Boats" a tag.  Beside "To:" or "Subject:" both are part of a mail, in
which nothing may be named or cut.
"""

from collections.abc import Iterable, Iterator, Sequence

import regex

from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack
from cleanwire.packs.words import joined

_FIELD = deferred(regex.compile, r"[>\s*_|-]*(\p{L}[\p{L}\p{M} .'’-]{0,24}?)[\s*_]*[:：]")
"""A label, whatever marks of quoted mail and emphasis stand around it."""
_LEAST = 2
"""Least number of labels in the head of a mail."""
_LABEL = 40
"""In how many characters the colon of a label is looked for."""


class MailHeads:
    """Finds the heads of mails, by the labels that packs list."""

    def __init__(self, packs: tuple[Pack, ...]) -> None:
        self._own = _folded(joined(packs, "mail_headers"))
        self._known = self._own | _folded(joined(packs, "mail_senders"))

    def find(self, lines: Sequence[str]) -> frozenset[int]:
        """Return the lines that make the heads of mails: labels one below the other, one of them only a mail's.

        >>> from cleanwire.packs.load import builtin_packs
        >>> heads = MailHeads(builtin_packs())
        >>> sorted(heads.find(["From: Ann Lee", "Subject: The boat", "Dear all,"])), heads.find(["From: Ann Lee"])
        ([0, 1], frozenset())
        """
        marked = [number for number, line in enumerate(lines) if ":" in line or "：" in line]
        beside = {number + step for number in marked for step in (-1, 1)}
        marked = [number for number in marked if number in beside]
        if not marked:
            return frozenset()
        found: set[int] = set()
        for run in _runs([(number, _label(lines[number])) for number in marked], self._known):
            labels = {label for _, label in run}
            if len(labels) >= _LEAST and labels & self._own:
                found.update(line for line, _ in run)
        return frozenset(found)


def _label(line: str) -> str:
    found = _FIELD.match(line) if ":" in line[:_LABEL] or "：" in line[:_LABEL] else None
    return found[1].casefold() if found else ""


def _runs(labels: Iterable[tuple[int, str]], known: frozenset[str]) -> Iterator[list[tuple[int, str]]]:
    """Yield the runs of lines, one below the other, whose labels are known."""
    run: list[tuple[int, str]] = []
    for line, label in labels:
        if label not in known:
            continue
        if run and line > run[-1][0] + 1:
            yield run
            run = []
        run.append((line, label))
    if run:
        yield run


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(str.casefold, words))
