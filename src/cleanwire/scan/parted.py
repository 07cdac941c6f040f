"""A mapping in parts, of which only those are made that are asked for: most texts ask for few of the phrases known."""

import marshal
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, overload

V = TypeVar("V")
D = TypeVar("D")

_HEAD = 2
"""Characters that the keys of one part have in common."""


def part(values: Mapping[str, Any]) -> dict[str, bytes]:
    """Return a mapping of plain data as parts: by how their keys begin, what `marshal` makes of each.

    >>> sorted(part({"post a comment": 1, "post": 2, "share": 3}))
    ['po', 'sh']
    """
    parts: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, value in values.items():
        parts[key[:_HEAD]][key] = value
    return {head: marshal.dumps(each) for head, each in parts.items()}


class Parted(Mapping[str, V]):
    """What `part` returned, as the mapping that it was; a part is read when one of its keys is first asked for.

    The data must be trusted: `marshal` reads them.

    >>> words = Parted(part({"post": 2, "share": 3}))
    >>> words.get("post"), words.get("comment"), len(words)
    (2, None, 2)
    """

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self._packed, self._made = packed, dict[str, dict[str, V]]()

    @overload
    def get(self, key: str, /) -> V | None: ...

    @overload
    def get(self, key: str, /, default: V | D) -> V | D: ...

    def get(self, key: str, /, default: V | D | None = None) -> V | D | None:
        """Return the value of a key, or `default`."""
        known = self._made.get(key[:_HEAD])
        return (self._part(key[:_HEAD]) if known is None else known).get(key, default)

    def __getitem__(self, key: str) -> V:
        return self._part(key[:_HEAD])[key]

    def __iter__(self) -> Iterator[str]:
        for head in self._packed:
            yield from self._part(head)

    def __len__(self) -> int:
        return sum(len(self._part(head)) for head in self._packed)

    def _part(self, head: str) -> dict[str, V]:
        """Return the part whose keys begin so; an empty one, which is not kept, where there is none."""
        known = self._made.get(head)
        if known is None:
            data = self._packed.get(head)
            if data is None:
                return {}
            known = self._made[head] = marshal.loads(data)  # noqa: S302 - who made this trusts the data
        return known
