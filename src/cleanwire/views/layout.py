r"""Recognise the layout of a text, and make the view of it that the filters see.

Each module of this package that is named after a layout has two functions.  ``fits(text)`` returns True if a text has
the layout; it begins with searches that take no time in other texts.  ``view(text)`` returns the step of fold edits
that shows one block a line; None if the text shows them already.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from cleanwire.document import Document
from cleanwire.edit import Step
from cleanwire.view import View
from cleanwire.views import escaped, flat, markdown, nodes, tags, wrapped

AUTO = "auto"
"""The choice to recognise the layout of each text."""
LINES = "lines"
"""One block a line: the text itself is what a reader sees."""


class _Layout(NamedTuple):
    fits: Callable[[str], bool]
    view: Callable[[str], Step | None]


_VIEWS: Mapping[str, _Layout] = {
    "escaped": _Layout(escaped.fits, escaped.view),
    "tags": _Layout(tags.fits, tags.view),
    "markdown": _Layout(markdown.fits, markdown.view),
    "flat": _Layout(flat.fits, flat.view),
    "wrapped": _Layout(wrapped.fits, wrapped.view),
    "nodes": _Layout(nodes.fits, nodes.view),
}
"""The layouts that have a view, in the order in which they are tried."""
LAYOUTS = (LINES, *_VIEWS)
"""The names of all layouts."""


def layout_of(text: str) -> str:
    r"""Return the name of the layout of a text.

    >>> layout_of("The bridge is open.\n\nPost a comment")
    'lines'
    """
    for name, layout in _VIEWS.items():
        if layout.fits(text):
            return name
    return LINES


def maker(layout: str = AUTO) -> Callable[[Document], View | None]:
    """Return the function that makes the view of a document in a layout; it returns None where the text is the view.

    >>> maker()(Document("The bridge is open.")) is None
    True
    """

    def make(doc: Document) -> View | None:
        name = layout_of(doc.text) if layout == AUTO else layout
        step = _VIEWS[name].view(doc.text) if name != LINES else None
        return View(doc, step) if step else None

    return make


def visible(text: str, layout: str) -> str:
    r"""Return what a reader sees of a piece of a text in a layout, in one line.

    >>> visible("**Noon**", "lines")
    '**Noon**'
    """
    view = maker(layout)(Document(text)) if layout in _VIEWS else None  # a filter may be run with a view of one's own
    shown = " ".join((view.doc.text if view else text).split())
    return markdown.without_halves(shown) if layout == "markdown" else shown
