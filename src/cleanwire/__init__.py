"""Turn scraped news and web text into clean text; every change has a rule, a reason and a place, and can be undone."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleanwire.cleaner import ARTICLE, PAGE, Cleaner, clean
from cleanwire.document import Document, Filter
from cleanwire.edit import Edit, Step
from cleanwire.packs.load import load_pack
from cleanwire.result import Caption, Result, Span

if TYPE_CHECKING:
    from cleanwire.filters.site import Site
    from cleanwire.inplace import clean_file
    from cleanwire.learning import learn
    from cleanwire.sites.template import Template

__all__ = [
    "ARTICLE",
    "PAGE",
    "Caption",
    "Cleaner",
    "Document",
    "Edit",
    "Filter",
    "Result",
    "Site",
    "Span",
    "Step",
    "Template",
    "clean",
    "clean_file",
    "learn",
    "load_pack",
]

_ASKED_FOR = {
    "Site": "filters.site",
    "Template": "sites.template",
    "clean_file": "inplace",
    "learn": "learning",
}
"""Names of rooms that few programs enter, which are opened when one is asked for."""


def __getattr__(name: str) -> Any:
    if name not in _ASKED_FOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_ASKED_FOR[name]}"), name)
    return value
