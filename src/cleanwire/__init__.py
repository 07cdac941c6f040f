"""Turn scraped news and web text into clean text; every change has a rule, a reason and a place, and can be undone."""

from cleanwire.cleaner import ARTICLE, PAGE, Cleaner, clean
from cleanwire.document import Caption, Document, Filter, Result, Span
from cleanwire.edit import Edit, Step
from cleanwire.inplace import clean_file
from cleanwire.rules.pack import load_pack

__all__ = [
    "ARTICLE",
    "PAGE",
    "Caption",
    "Cleaner",
    "Document",
    "Edit",
    "Filter",
    "Result",
    "Span",
    "Step",
    "clean",
    "clean_file",
    "load_pack",
]
