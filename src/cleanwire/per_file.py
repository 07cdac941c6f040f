"""Cleaners that differ by file, as the settings for some globs say."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from dataclasses import replace as replaced
from pathlib import Path

from cleanwire.cleaner import Cleaner
from cleanwire.document import Document
from cleanwire.errors import InputError, UnknownNameError
from cleanwire.io.location import Location
from cleanwire.lazy import lazy
from cleanwire.names import packs_of
from cleanwire.packs.pack import Pack
from cleanwire.result import Result
from cleanwire.settings import Override, changed
from cleanwire.time_limit import Clean, TimeLimited


@dataclass(frozen=True)
class PerFile:
    """A cleaner for the texts of any file, and `overrides` for some; each text has `seconds` if that is not None.

    Raises `InputError` and `UnknownNameError` for overrides that are wrong, with their glob.

    >>> settings = PerFile(Cleaner(), (Override("/news", "mail/**", {"skip": ["comments"]}),))
    >>> settings.of("/news/mail/a.txt")("Post a comment").text, settings.of("/news/b.txt")("Post a comment").text
    ('Post a comment', '')
    """

    cleaner: Cleaner
    overrides: tuple[Override, ...] = ()
    seconds: float | None = None

    def __post_init__(self) -> None:
        for index, override in enumerate(self.overrides):
            try:
                self._cleaner((index,))
            except (InputError, UnknownNameError) as error:
                raise type(error)(f"per-file {override.glob!r}: {error}") from error

    def __call__(self, text: str | Document) -> Result:
        """Clean a text of a file that no override is for."""
        return self._of(())(text)

    def of(self, path: str | Path) -> Clean:
        """Return what cleans the texts of a file; overrides are for local files only."""
        if not self.overrides or not Location(str(path)).is_local:
            return self._of(())
        return self._of(tuple(index for index, each in enumerate(self.overrides) if each.matches(path)))

    def without(self, keys: Collection[str]) -> "PerFile":
        """Return the same with overrides that leave these arguments of the cleaner alone.

        >>> settings = PerFile(Cleaner(), (Override("/", "*.md", {"layout": "markdown"}),))
        >>> settings.without(["layout"]).overrides[0].changes
        {}
        """
        return replaced(
            self,
            overrides=tuple(
                each._replace(changes={key: value for key, value in each.changes.items() if key not in keys})
                for each in self.overrides
            ),
        )

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs of all cleaners beside the built-in ones."""
        added = (pack for each in self.overrides for pack in each.changes.get("packs", ()))
        return tuple(dict.fromkeys((*packs_of(self.cleaner.filters), *added)))

    def _of(self, matched: tuple[int, ...]) -> Clean:
        if matched not in self._known:
            cleaner = self._cleaner(matched)
            self._known[matched] = cleaner if self.seconds is None else TimeLimited(cleaner, self.seconds, alarm=True)
        return self._known[matched]

    def _cleaner(self, matched: tuple[int, ...]) -> Cleaner:
        if not matched:
            return self.cleaner
        options = {field.name: getattr(self.cleaner, field.name) for field in fields(Cleaner)}
        for index in matched:
            options = changed(options, self.overrides[index].changes)
        return Cleaner(**options)

    @lazy
    def _known(self) -> dict[tuple[int, ...], Clean]:
        return {}
