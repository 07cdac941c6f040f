"""The cleaner: a chain of filters with its configuration, and the chains that come with the library."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Self, cast

from cleanwire.chain import run
from cleanwire.document import Document, Filter
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
        """Clean one text; see `cleanwire.chain.run`."""
        doc = text if isinstance(text, Document) else Document(text)
        filters = [filter_ for filter_ in self.filters if filter_.name not in self.skip]
        return run(doc, filters, self._wants if self.skip or self.only else None)

    def map(self, texts: Iterable[str | Document]) -> Iterator[Result]:
        """Clean many texts, one after the other; a result never depends on the texts before it.

        >>> [result.text for result in Cleaner().map(["Noon.", "Night."])]
        ['Noon.', 'Night.']
        """
        return map(self, texts)

    def with_packs(self, *packs: Pack) -> Self:
        """Return this cleaner with packs of your own beside the ones that come with the library."""
        return replace(self, filters=tuple(_with_packs(act, packs) for act in self.filters))

    def _wants(self, name: str, rule: str) -> bool:
        """Return True if the edits of `rule` by the filter called `name` are wanted."""
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
