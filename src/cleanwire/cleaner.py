"""The chain: filters in order, applied until the text is still."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from operator import itemgetter
from typing import Any, Self, cast

from cleanwire.document import Document, Filter
from cleanwire.edit import Edit, Step, apply
from cleanwire.filters.boilerplate import Boilerplate
from cleanwire.filters.byline import Byline
from cleanwire.filters.caption import Caption
from cleanwire.filters.encoding import Encoding
from cleanwire.filters.links import Links
from cleanwire.filters.page import Page
from cleanwire.filters.space import Space
from cleanwire.filters.unicode import Unicode
from cleanwire.packs.pack import Pack
from cleanwire.result import Result

ARTICLE: tuple[Filter, ...] = (Encoding(), Unicode(), Space(), Links(), Caption(), Boilerplate(), Byline())
"""The filters for the text of an article, as an extractor left it."""

PAGE: tuple[Filter, ...] = (Encoding(), Unicode(), Space(), Links(), Caption(), Page(), Boilerplate(), Byline())
"""The filters for all that a news page shows, as a dumper left it; for other kinds of pages see `Page`."""

_RANGE = itemgetter(0, 1)
"""What edits are sorted by: start and stop."""
_ROUNDS = 8
"""How often the chain may run over one text; two rounds settle nearly all, the second being the proof."""


@dataclass(frozen=True)
class Cleaner:
    r"""A chain of filters, which is its own configuration: it compares, prints and pickles.

    `skip` and `only` name what to leave out or what alone to do, by the name of a filter (``space``), of a rule
    (``comments.en.box``), or by the beginning of one (``related``, ``related.de``).

    >>> Cleaner()("She left at noon.\n\nPost a comment").text
    'She left at noon.'
    """

    filters: tuple[Filter, ...] = ARTICLE
    skip: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with sorted names, so that equal cleaners make equal bytes in all processes: caches go by them."""
        return _unpickled, (type(self), self.filters, sorted(self.skip), sorted(self.only))

    def __call__(self, text: str | Document) -> Result:
        """Clean one text.

        The chain runs until a round changes nothing, so that cleaning a result again never does; names are given in
        that last round, when the boilerplate around them is gone.
        """
        doc = text if isinstance(text, Document) else Document(text)
        steps: list[Step] = []
        if doc.claims:
            doc = self._apply(doc, "claims", doc.claims, steps)
        proposed: dict[int, tuple[int, Sequence[Edit]]] = {}  # by filter: how many steps it saw, what it proposed
        acts = [act for act in self.filters if act.name not in self.skip]
        for _ in range(_ROUNDS):
            before = len(steps)
            for place, act in enumerate(acts):
                if place in proposed and proposed[place][0] == len(steps):
                    continue  # nothing has changed since it looked
                edits = self._edits(act, doc)
                changes = [edit for edit in edits if doc.text[edit.start : edit.stop] != edit.new] if edits else ()
                proposed[place] = len(steps), () if changes else edits  # they hold no longer then, and may be many
                if changes:
                    doc = self._apply(doc, act.name, changes, steps)
            if len(steps) == before:
                # What is left of the proposals are names, whose places hold in a text that stays as it is.
                steps += (
                    Step(act.name, tuple(edits), tuple(edit.new for edit in edits))
                    for place, act in enumerate(acts)
                    if (edits := proposed[place][1])
                )
                break
        return Result(doc.text, tuple(steps))

    def _edits(self, act: Filter, doc: Document) -> Sequence[Edit]:
        edits = sorted(act(doc), key=_RANGE)
        if self.skip or self.only:
            return [edit for edit in edits if self._wants(act.name, edit.rule)]
        return edits

    def map(self, texts: Iterable[str | Document]) -> Iterator[Result]:
        """Clean many texts, one after the other; a result never depends on the texts before it.

        >>> [result.text for result in Cleaner().map(["Noon.", "Night."])]
        ['Noon.', 'Night.']
        """
        return map(self, texts)

    def with_packs(self, *packs: Pack) -> Self:
        """Return this cleaner with packs of your own beside the ones that come with the library."""
        return replace(self, filters=tuple(_with_packs(act, packs) for act in self.filters))

    @staticmethod
    def _apply(doc: Document, name: str, edits: Iterable[Edit], steps: list[Step]) -> Document:
        edits = tuple(edits)
        text, lost = apply(doc.text, edits)
        steps.append(Step(name, edits, lost))
        return doc.after(edits, text)

    def _wants(self, name: str, rule: str) -> bool:
        if any(_names(word, rule) for word in self.skip):
            return False
        return not self.only or name in self.only or any(_names(word, rule) for word in self.only)


def _unpickled(kind: type[Cleaner], filters: tuple[Filter, ...], skip: list[str], only: list[str]) -> Cleaner:
    return kind(filters, frozenset(skip), frozenset(only))


def _with_packs(act: Filter, packs: tuple[Pack, ...]) -> Filter:
    """Hand `packs` to a filter that reads packs."""
    if is_dataclass(act) and any(field.name == "packs" for field in fields(act)):
        return cast("Filter", replace(act, packs=packs))
    return act


def _names(word: str, rule: str) -> bool:
    """Whether `word` names `rule` or a family that it belongs to."""
    return rule == word or rule.startswith(word + ".")


def clean(text: str) -> str:
    r"""Clean one text with the default chain and return what is left.

    >>> clean("She left at noon.\n\nFacebook Comments")
    'She left at noon.'
    """
    return Cleaner()(text).text
