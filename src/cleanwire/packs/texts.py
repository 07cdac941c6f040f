"""Sequences of texts that are kept joined: the built-in packs hold a hundred thousand, and most are never read."""

from collections.abc import Iterator, Sequence
from typing import overload

from cleanwire.lazy import lazy

_BETWEEN = "\0"


class Texts(Sequence[str]):
    """A sequence of texts in one string, which is split when one of them is first asked for; equal to their tuple.

    >>> texts = Texts(join(("Post a comment", "Share")))
    >>> texts[1], len(texts), texts == ("Post a comment", "Share")
    ('Share', 2, True)
    """

    def __init__(self, joined: str) -> None:
        self._joined = joined

    @lazy
    def _each(self) -> tuple[str, ...]:
        return tuple(self._joined.split(_BETWEEN))

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return self._each[place]

    def __len__(self) -> int:
        return len(self._each)

    def __iter__(self) -> Iterator[str]:
        return iter(self._each)

    def __eq__(self, other: object) -> bool:
        return self._each == (other._each if isinstance(other, Texts) else other)

    def __hash__(self) -> int:
        return hash(self._each)

    def __repr__(self) -> str:
        return repr(self._each)


def join(texts: Sequence[str]) -> str | None:
    r"""Return texts as the one string that `Texts` takes; None where it could not tell them apart.

    >>> join(("Share", "Tweet")), join(()), join(("\0",))
    ('Share\x00Tweet', None, None)
    """
    joined = _BETWEEN.join(texts)
    return joined if texts and joined.count(_BETWEEN) == len(texts) - 1 else None
