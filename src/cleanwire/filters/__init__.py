"""The filters of the library, one per module; a filter takes a `Document` and yields `Edit`s.

A class has the name of its filter with ``Filter`` at the end, so that it clashes with no other public name: a
`cleanwire.Caption` is a caption, a `CaptionFilter` finds captions.

>>> from cleanwire.filters import PageFilter
>>> PageFilter(lean=0.5).name
'page'
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleanwire.filters.boilerplate import BoilerplateFilter
    from cleanwire.filters.byline import BylineFilter
    from cleanwire.filters.caption import CaptionFilter
    from cleanwire.filters.encoding import EncodingFilter
    from cleanwire.filters.links import LinksFilter
    from cleanwire.filters.page import PageFilter
    from cleanwire.filters.site import SiteFilter
    from cleanwire.filters.space import SpaceFilter
    from cleanwire.filters.unicode import UnicodeFilter

__all__ = [
    "FILTERS",
    "BoilerplateFilter",
    "BylineFilter",
    "CaptionFilter",
    "EncodingFilter",
    "LinksFilter",
    "PageFilter",
    "SiteFilter",
    "SpaceFilter",
    "UnicodeFilter",
]

FILTERS: Mapping[str, str] = {
    "boilerplate": "BoilerplateFilter",
    "byline": "BylineFilter",
    "caption": "CaptionFilter",
    "encoding": "EncodingFilter",
    "links": "LinksFilter",
    "page": "PageFilter",
    "site": "SiteFilter",
    "space": "SpaceFilter",
    "unicode": "UnicodeFilter",
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
