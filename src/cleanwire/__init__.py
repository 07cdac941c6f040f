r"""Clean scraped news and web text: repair characters, drop boilerplate, extract captions; undo every change.

Three things to know:

1. ``clean(text)`` returns the clean text; ``Cleaner()(text)`` returns a `Result`, which also has the title, authors,
   date and captions, every removed span with its rule, and ``undo()``.
2. A `Cleaner` is a chain of filters and its options, an immutable value: ``Cleaner(PAGE)`` for the full text of pages,
   ``Cleaner(skip=["related"])`` without the rules of that family, ``with_packs``, ``replacing``, ``without``.
3. A filter is a callable with a `name` that takes a `Document` and yields `Edit`s.  It changes nothing itself, so that
   all that is done to a text can be listed and undone.

>>> from cleanwire import Cleaner
>>> result = Cleaner()("She left at noon.\n\nPhoto: Ann Lee/AFP\n\nPost a comment")
>>> result.text, result.captions[0].credit
('She left at noon.', 'Ann Lee')

Names:

- to clean: `clean`, `Cleaner`, `ARTICLE`, `PAGE`, `clean_file`
- what comes back: `Result`, `Span`, `Caption`, `FileReport`
- to extend: `filters`, `Filter`, `Document`, `Edit`, `Step`, `Action`, `Pack`, `load_pack`
- sites: `learn`, `Template`, `filters.SiteFilter`
- errors: `CleanwireError` and its subclasses; one warning: `SyncWarning`

Elsewhere: `cleanwire.arrow` for record batches, `cleanwire.engines` for Ray and Spark, `cleanwire.integrations` for
spaCy and datatrove; the command ``cleanwire`` cleans files and corpora.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleanwire import filters
from cleanwire.cleaner import Cleaner, clean
from cleanwire.document import Document, Filter
from cleanwire.edit import Action, Edit, Step
from cleanwire.errors import (
    CleanwireError,
    ColumnError,
    DecodeError,
    EditError,
    FileError,
    FilterError,
    FormatError,
    InputError,
    MissingError,
    NotationError,
    OffsetError,
    PackError,
    SyncWarning,
    TemplateError,
    UnknownNameError,
)
from cleanwire.filters import ARTICLE, PAGE
from cleanwire.packs.load import load_pack
from cleanwire.packs.pack import Pack
from cleanwire.result import Result
from cleanwire.spans import Caption, Span

if TYPE_CHECKING:
    from cleanwire.inplace import FileReport, clean_file
    from cleanwire.learning import learn
    from cleanwire.sites.template import Template

    __version__: str

__all__ = [
    "ARTICLE",
    "PAGE",
    "Action",
    "Caption",
    "Cleaner",
    "CleanwireError",
    "ColumnError",
    "DecodeError",
    "Document",
    "Edit",
    "EditError",
    "FileError",
    "FileReport",
    "Filter",
    "FilterError",
    "FormatError",
    "InputError",
    "MissingError",
    "NotationError",
    "OffsetError",
    "Pack",
    "PackError",
    "Result",
    "Span",
    "Step",
    "SyncWarning",
    "Template",
    "TemplateError",
    "UnknownNameError",
    "__version__",
    "clean",
    "clean_file",
    "filters",
    "learn",
    "load_pack",
]

_LAZY = {
    "FileReport": "inplace",
    "Template": "sites.template",
    "clean_file": "inplace",
    "learn": "learning",
}
"""Names that few programs use, with the modules that define them; imported when first asked for."""


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("cleanwire")
    elif name in _LAZY:
        value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
