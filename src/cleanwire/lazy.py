"""What is made when it is first needed: values of an object, patterns of a module, optional libraries."""

import importlib
from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, cast, overload

from cleanwire.errors import MissingError

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - used as a decorator, as `property` is
    """An attribute that an object computes when it is first read, and keeps.

    `functools.cached_property` does the same, but before Python 3.12 takes a lock, which costs more than most values.

    >>> class Text(str):
    ...     @lazy
    ...     def words(self):
    ...         return self.split()
    >>> text = Text("a b")
    >>> text.words is text.words
    True
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__
        self.__module__ = compute.__module__  # by which doctest finds the examples

    @overload
    def __get__(self, holder: None, owner: type) -> Self: ...

    @overload
    def __get__(self, holder: object, owner: type) -> T: ...

    def __get__(self, holder: object | None, owner: type) -> Self | T:
        """Compute the value and store it in the object itself, so that this is not called again."""
        if holder is None:
            return self
        value = holder.__dict__[self._compute.__name__] = self._compute(holder)
        return value


class _Deferred:
    """Stands for what `make` makes of `source`; copies each attribute when it is first read."""

    def __init__(self, make: Callable[[str], Any], source: str) -> None:
        self._make, self._source = make, source

    def __getattr__(self, name: str) -> Any:
        if "_made" not in self.__dict__:
            self._made = self._make(self._source)
        value = self.__dict__[name] = getattr(self._made, name)
        return value


def deferred(make: Callable[[str], T], source: str) -> T:
    """Return a stand-in for ``make(source)``, which is made when an attribute is first read.

    Compiling patterns takes longer than the rest of an import, and most patterns are for lines that few texts have.

    >>> import re
    >>> word = deferred(re.compile, "[a-z]+")
    >>> word.findall("a bridge")
    ['a', 'bridge']
    """
    return cast("T", _Deferred(make, source))


def need(module: str, extra: str, what: str) -> Any:
    """Import an optional library and return it; `extra` is the extra that installs it, `what` needs it.

    Raises `MissingError`, which says what to install.

    >>> need("json", "none", "reading").__name__
    'json'
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        verb = "need" if " and " in what else "needs"
        name = module.partition(".")[0]
        raise MissingError(f"{what} {verb} {name}; install it: pip install 'cleanwire[{extra}]'") from error
