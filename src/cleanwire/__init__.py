"""Turn scraped news and web text into clean text; every change has a rule, a reason and a place, and can be undone."""

from cleanwire.cleaner import ARTICLE, PAGE, Cleaner, clean
from cleanwire.document import Document, Filter
from cleanwire.edit import Edit, Step
from cleanwire.filters.site import Site
from cleanwire.inplace import clean_file
from cleanwire.learning import learn
from cleanwire.result import Caption, Result, Span
from cleanwire.rules.pack import load_pack
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
