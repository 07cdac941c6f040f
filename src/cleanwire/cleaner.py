"""The cleaner: a chain of filters with its configuration."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain as chained
from itertools import islice
from pathlib import Path
from typing import Any, Self

from cleanwire.chain import REPAIRS, MakeView, run
from cleanwire.document import Document, Filter, as_document
from cleanwire.edit import Action
from cleanwire.errors import InputError, UnknownNameError
from cleanwire.filters import ARTICLE, PAGE, BylineFilter
from cleanwire.filters.drop import DropFilter
from cleanwire.filters.escapes import DAMAGED, EscapesFilter
from cleanwire.lazy import lazy
from cleanwire.names import (
    check_actions,
    check_chosen,
    check_languages,
    check_layout,
    check_rules,
    checked_filters,
    covers,
    keys_of,
    packs_of,
    selection,
    strings,
    unknown,
    whole_lines,
)
from cleanwire.packs.pack import Pack
from cleanwire.protection import Protection
from cleanwire.result import Result
from cleanwire.views.layout import AUTO, maker

_BATCH = 32
"""Texts that a process of `Cleaner.map` gets at once: the cost of sending them stays small beside cleaning them."""


@dataclass(frozen=True, init=False, repr=False)
class Cleaner:
    r"""A chain of filters and its configuration; call it with a text to get a `Result`.

    A cleaner is an immutable value: it can be compared, hashed and pickled, and equal cleaners pickle to equal bytes.

    Arguments:
        filters: the chain, in order: `ARTICLE`, `PAGE`, or any filters.
        skip: what to leave out: names of filters (``space``), of rules (``comments.en.box``), or of families of rules
            (``related``, ``related.de``).
        only: the same names; nothing else is applied.
        take: the actions ``title``, ``byline``, ``dateline``, ``date`` whose text is removed from the text and
            returned as data only, instead of being named in place.
        languages: codes of the languages that the texts are in (``de``); empty to recognise those of each text.
        layout: how the texts are written: ``auto`` to recognise it in each text, or one of `LAYOUTS`
            (``lines``, ``markdown``, …).
        keep: whole lines of text that are never cut, whatever a rule says; they may be repaired.
        drop: whole lines of text that are always dropped.  Lines are compared without case and punctuation, and with
            all numbers alike.

    Raises `InputError` for a bare `str` and other wrong types, `UnknownNameError` for an unknown name, and
    `FilterError` for what is not a filter.

    >>> cleaner = Cleaner(skip=["related"])
    >>> cleaner("She left at noon.\n\nPost a comment").text
    'She left at noon.'
    >>> cleaner
    Cleaner(skip={'related'})

    """

    filters: tuple[Filter, ...]
    skip: frozenset[str]
    only: frozenset[str]
    take: frozenset[Action]
    languages: frozenset[str]
    layout: str
    keep: frozenset[str]
    drop: frozenset[str]

    def __init__(
        self,
        filters: Iterable[Filter] = ARTICLE,
        skip: Iterable[str] = (),
        only: Iterable[str] = (),
        take: Iterable[str] = (),
        languages: Iterable[str] = (),
        layout: str = AUTO,
        keep: Iterable[str] = (),
        drop: Iterable[str] = (),
    ) -> None:
        chain = checked_filters(filters)
        values: dict[str, Any] = {"filters": chain}
        for option, names in (("skip", skip), ("only", only), ("take", take), ("languages", languages)):
            values[option] = strings(option, names)
        check_actions(values["take"])
        if values["take"] and not any(isinstance(filter_, BylineFilter) for filter_ in chain):
            raise UnknownNameError("take needs the filter 'byline', which the chain does not contain; add it")
        check_languages(values["languages"], chain)
        for option in ("skip", "only"):
            check_rules(option, values[option], chain)
        values["layout"] = check_layout(layout)
        values["keep"], values["drop"] = whole_lines("keep", keep), whole_lines("drop", drop)
        check_chosen(values["keep"], values["drop"])
        for option, value in values.items():
            object.__setattr__(self, option, value)

    def __call__(self, text: str | Document) -> Result:
        """Clean one text.

        Raises `InputError` for what is neither a `str` nor a `Document`, and `FilterError` where a filter of one's own
        proposes edits that cannot be applied.  A text that does not settle comes back unchanged; see `unsettled`.

        >>> Cleaner()("Photo: Ann Lee/AFP").captions[0].credit
        'Ann Lee'
        """
        return self.apply(self.chain, self.document(text))

    def apply(self, filters: Sequence[Filter], doc: Document) -> Result:
        """Apply other filters than the cleaner's to a document, with all its other choices; raises as a call does.

        >>> Cleaner(keep=["Post a comment"]).apply(ARTICLE, Document("Post a comment")).text
        'Post a comment'
        """
        return run(doc, filters, self.wanted, self.view, self.protection)

    def document(self, text: str | Document) -> Document:
        """Return a text as a document, with the cleaner's languages if it has none; raises `InputError` as a call does.

        >>> Cleaner(languages=["de"]).document("Mehr zum Thema").languages
        frozenset({'de'})
        """
        doc = Document(text, None, self.languages) if isinstance(text, str) else as_document(text)
        return replace(doc, languages=self.languages) if self.languages and not doc.languages else doc

    def map(self, texts: Iterable[str | Document], jobs: int = 1) -> Iterator[Result]:
        """Yield the result of each text, in order, worked out by `jobs` processes.

        Texts are read lazily, a bounded number ahead; no result depends on another text.  With more than one process,
        the cleaner must pickle, and a script must start from ``if __name__ == "__main__":``.  Raises `InputError`, with
        the index, for what is neither a `str` nor a `Document`.

        >>> [result.text for result in Cleaner().map(["Noon.", "Night."])]
        ['Noon.', 'Night.']
        """
        if isinstance(texts, str | bytes | Document) or not isinstance(texts, Iterable):
            raise InputError(f"map takes many texts, not {type(texts).__name__}; call the cleaner to clean one text")
        documents = (as_document(text, f"text {index}") for index, text in enumerate(texts))
        if jobs < 2:
            return map(self, documents)
        from cleanwire.io.parallel import ordered

        return chained.from_iterable(
            ordered(self._clean_batch, iter(lambda: list(islice(documents, _BATCH)), []), jobs)
        )

    def replacing(self, filter_: Filter) -> Self:
        """Return this cleaner with `filter_` in place of the filter of the same name.

        Raises `UnknownNameError` if the chain has no such filter.

        >>> from cleanwire.filters.page import PageFilter
        >>> Cleaner(PAGE).replacing(PageFilter(lean=0.5)).filters[6].lean
        0.5
        """
        (filter_,) = checked_filters([filter_])
        self._demand("replacing", filter_.name)
        return replace(self, filters=tuple(filter_ if old.name == filter_.name else old for old in self.filters))

    def without(self, name: str) -> Self:
        """Return this cleaner without the filter called `name`.

        Raises `UnknownNameError` if the chain has no such filter.

        >>> [filter_.name for filter_ in Cleaner().without("caption").filters]
        ['encoding', 'escapes', 'unicode', 'space', 'links', 'markup', 'boilerplate', 'byline']
        """
        self._demand("without", name)
        filters = tuple(filter_ for filter_ in self.filters if filter_.name != name)
        return replace(self, filters=filters, skip=self.skip - {name})

    def with_packs(self, *packs: Pack) -> Self:
        """Return this cleaner with further rule packs beside the built-in ones; see `load_pack`.

        >>> from cleanwire.packs.pack import Pack
        >>> Cleaner().with_packs(Pack("mine", ())).filters[-1].packs[0].name
        'mine'
        """
        from cleanwire.config import with_packs

        for pack in packs:
            if not isinstance(pack, Pack):
                raise InputError(f"with_packs takes packs, not {pack!r:.80}; read a file with load_pack(path)")
        return replace(self, filters=with_packs(self.filters, packs))

    def to_dict(self) -> dict[str, Any]:
        """Return the configuration as plain data for JSON or TOML; `from_dict` reads it.

        Raises `FilterError` for a filter of one's own.

        >>> Cleaner(skip=["related"]).without("byline").to_dict()["skip"]
        ['related']
        """
        from cleanwire.config import to_plain

        filters = [to_plain(filter_) for filter_ in self.filters]
        return {"filters": filters, **self._names(), "layout": self.layout, **self._lines()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the cleaner for plain data that `to_dict` returned; keys that are missing have their defaults.

        Raises as the constructor does, and `InputError` for an unknown key.

        >>> Cleaner.from_dict(Cleaner(PAGE).to_dict()) == Cleaner(PAGE)
        True
        """
        from cleanwire.config import from_plain

        values = dict(data)
        if unread := sorted(set(values) - {field.name for field in fields(cls)}):
            raise InputError(f"a cleaner has no {unread[0]!r}; it has: {', '.join(f.name for f in fields(cls))}")
        if "filters" in values:
            values["filters"] = tuple(map(from_plain, values["filters"]))
        return cls(**values)

    @classmethod
    def from_config(cls, path: str | Path, file: str | Path | None = None) -> Self:
        """Return the cleaner that a configuration file describes: a ``cleanwire.toml`` or a ``pyproject.toml``.

        With `file`, settings for that file count, too.  Raises as the constructor does, and `FileError` if the
        configuration cannot be read or has no settings.

        >>> path = getfixture("tmp_path") / "cleanwire.toml"
        >>> path.write_text('skip = ["related"]') and Cleaner.from_config(path)
        Cleaner(skip={'related'})
        """
        from cleanwire.settings import read

        settings = read(path)
        try:
            return cls(**(settings.options if file is None else settings.options_for(file)))
        except (InputError, UnknownNameError) as error:
            raise type(error)(f"{path}: {error}") from error

    @lazy
    def chain(self) -> tuple[Filter, ...]:
        """The filters that run: without those that `skip` names or the stated layout rules out, set to `take`.

        With `drop`, one more comes after the repairs.
        """
        silent = self.skip if self.layout in (AUTO, *DAMAGED) else self.skip | {EscapesFilter.name}
        chain = [_taking(filter_, self.take) for filter_ in self.filters if filter_.name not in silent]
        if self.drop:
            repairs = sum(filter_.name in REPAIRS for filter_ in chain)
            chain.insert(repairs, DropFilter(keys_of(self.drop)))
        return tuple(chain)

    @lazy
    def wanted(self) -> Callable[[str, str], bool] | None:
        """The function that says whether edits of a filter by a rule are applied; None if all are."""
        return selection(self.skip, self.only) if self.skip or self.only else None

    @lazy
    def view(self) -> MakeView:
        """The function that makes the view which the filters see of a document."""
        return maker(self.layout)

    @lazy
    def protection(self) -> Protection:
        """The lines that are never cut: those of `keep`, and those of rules that protect lines."""
        return Protection(keys_of(self.keep), packs_of(self.filters), lambda rule: not covers(self.skip, rule))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle sorted names, so that equal cleaners pickle to equal bytes in all processes: keys of caches."""
        return type(self), (self.filters, *self._names().values(), self.layout, *self._lines().values())

    def __repr__(self) -> str:
        from cleanwire.config import shown_chain

        chain = "PAGE" if self.filters == PAGE else shown_chain(self.filters)
        shown = [f"filters={chain}"] if self.filters != ARTICLE else []
        shown += [f"{option}={{{', '.join(map(repr, names))}}}" for option, names in self._names().items() if names]
        shown += [f"layout={self.layout!r}"] if self.layout != AUTO else []
        shown += [f"{option}={{{', '.join(map(repr, lines))}}}" for option, lines in self._lines().items() if lines]
        return f"{type(self).__name__}({', '.join(shown)})"

    def _lines(self) -> dict[str, list[str]]:
        return {"keep": sorted(self.keep), "drop": sorted(self.drop)}

    def _names(self) -> dict[str, list[str]]:
        return {
            "skip": sorted(self.skip),
            "only": sorted(self.only),
            "take": sorted(self.take),
            "languages": sorted(self.languages),
        }

    def _clean_batch(self, documents: list[Document]) -> list[Result]:
        return list(map(self, documents))

    def _demand(self, method: str, name: str) -> None:
        known = [filter_.name for filter_ in self.filters]
        if name not in known:
            raise unknown(method, name, known, "a filter of the chain")


def clean(text: str) -> str:
    r"""Return one text, cleaned by the default chain.

    >>> clean("She left at noon.\n\nPost a comment")
    'She left at noon.'
    """
    return Cleaner()(text).text


def _taking(filter_: Filter, take: frozenset[Action]) -> Filter:
    return replace(filter_, take=filter_.take | take) if take and isinstance(filter_, BylineFilter) else filter_
