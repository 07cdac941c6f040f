"""The filters of the library, one per module; a filter takes a `Document` and yields `Edit`s.

>>> from cleanwire.filters import Page
>>> Page(lean=0.5).name
'page'
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleanwire.filters.boilerplate import Boilerplate
    from cleanwire.filters.byline import Byline
    from cleanwire.filters.caption import Caption
    from cleanwire.filters.encoding import Encoding
    from cleanwire.filters.links import Links
    from cleanwire.filters.page import Page
    from cleanwire.filters.site import Site
    from cleanwire.filters.space import Space
    from cleanwire.filters.unicode import Unicode

__all__ = ["FILTERS", "Boilerplate", "Byline", "Caption", "Encoding", "Links", "Page", "Site", "Space", "Unicode"]

FILTERS: Mapping[str, str] = {
    "boilerplate": "Boilerplate",
    "byline": "Byline",
    "caption": "Caption",
    "encoding": "Encoding",
    "links": "Links",
    "page": "Page",
    "site": "Site",
    "space": "Space",
    "unicode": "Unicode",
}
"""The name of each filter, which is also the name of its module, and of its class, which is imported when asked for."""

_MODULES = {kind: name for name, kind in FILTERS.items()}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return __all__
