"""The filters of the library, one per module, and the two chains; a filter takes a `Document` and yields `Edit`s.

A class has the name of its filter with ``Filter`` at the end, so that it clashes with no other public name: a
`cleanwire.Caption` is a caption, a `CaptionFilter` finds captions.

>>> from cleanwire.filters import PageFilter
>>> PageFilter(lean=0.5).name
'page'
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleanwire.document import Filter
from cleanwire.filters.boilerplate import BoilerplateFilter
from cleanwire.filters.byline import BylineFilter
from cleanwire.filters.caption import CaptionFilter
from cleanwire.filters.encoding import EncodingFilter
from cleanwire.filters.escapes import EscapesFilter
from cleanwire.filters.links import LinksFilter
from cleanwire.filters.markup import MarkupFilter
from cleanwire.filters.page import PageFilter
from cleanwire.filters.space import SpaceFilter
from cleanwire.filters.unicode import UnicodeFilter

if TYPE_CHECKING:
    from cleanwire.filters.print import PrintFilter
    from cleanwire.filters.site import SiteFilter

__all__ = [
    "ARTICLE",
    "FILTERS",
    "PAGE",
    "BoilerplateFilter",
    "BylineFilter",
    "CaptionFilter",
    "EncodingFilter",
    "EscapesFilter",
    "LinksFilter",
    "MarkupFilter",
    "PageFilter",
    "PrintFilter",
    "SiteFilter",
    "SpaceFilter",
    "UnicodeFilter",
]

ARTICLE: tuple[Filter, ...] = (
    EncodingFilter(),
    EscapesFilter(),
    UnicodeFilter(),
    SpaceFilter(),
    LinksFilter(),
    CaptionFilter(),
    MarkupFilter(),
    BoilerplateFilter(),
    BylineFilter(),
)
"""The filters for the text of an article, as an extractor returns it."""

PAGE: tuple[Filter, ...] = (
    EncodingFilter(),
    EscapesFilter(),
    UnicodeFilter(),
    SpaceFilter(),
    LinksFilter(),
    CaptionFilter(),
    PageFilter(),
    MarkupFilter(),
    BoilerplateFilter(),
    BylineFilter(),
)
"""The filters for the full text of a page, with menus and teasers; needs numpy: ``pip install 'cleanwire[page]'``."""

_BY_REQUEST = {"print": "PrintFilter", "site": "SiteFilter"}
"""Filters that no chain has by default, and that are imported when asked for."""
FILTERS: Mapping[str, str] = {filter_.name: type(filter_).__name__ for filter_ in PAGE} | _BY_REQUEST
"""The name of the class of each filter by the filter's name, in the order of the chain."""


def __getattr__(name: str) -> Any:
    module = next((module for module, known in _BY_REQUEST.items() if known == name), None)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)


def __dir__() -> list[str]:
    return __all__
