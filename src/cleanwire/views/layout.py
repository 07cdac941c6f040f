r"""Recognise the layout of a text, and make the view of it that the filters see.

Each module of this package that is named after a layout has a function ``view(text, *, forced=False)``.  It returns the
step of fold edits that shows one block a line; None of a text that has not this layout, or shows one already.  It
begins with searches that take next to no time in other texts.  With `forced`, any text is read so.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from cleanwire.document import ESCAPED, FLAT, LINES, MARKDOWN, NODES, TAGS, WRAPPED, Document
from cleanwire.edit import Step
from cleanwire.view import View
from cleanwire.views import escaped, flat, markdown, nodes, tags, wrapped

AUTO = "auto"
"""The choice to recognise the layout of each text."""


class _Reader(Protocol):
    def __call__(self, text: str, *, forced: bool = False) -> Step | None: ...


_VIEWS: Mapping[str, _Reader] = {
    ESCAPED: escaped.view,
    TAGS: tags.view,
    MARKDOWN: markdown.view,
    FLAT: flat.view,
    WRAPPED: wrapped.view,
    NODES: nodes.view,
}
"""The layouts that have a view, in the order in which they are tried."""
LAYOUTS = (LINES, *_VIEWS)
"""The names of all layouts."""


def read(text: str) -> Step | None:
    r"""Return the step that shows a text in its layout; None if the text itself is what a reader sees.

    >>> read("The bridge is open.<br><br>Post a comment").filter
    'tags'
    """
    return next(filter(None, (view(text) for view in _VIEWS.values())), None)


def layout_of(text: str) -> str:
    r"""Return the name of the layout of a text.

    >>> layout_of("The bridge is open.\n\nPost a comment")
    'lines'
    """
    step = read(text)
    return step.filter if step else LINES


def maker(layout: str = AUTO) -> Callable[[Document], View | None]:
    """Return the function that makes the view of a document in a layout; it returns None where the text is the view.

    >>> maker()(Document("The bridge is open.")) is None
    True
    """

    def make(doc: Document) -> View | None:
        if layout == LINES:
            return None
        step = read(doc.text) if layout == AUTO else _VIEWS[layout](doc.text, forced=True)
        return View(doc, step) if step else None

    return make


def visible(text: str, layout: str) -> str:
    r"""Return what a reader sees of a piece of a text in a layout, in one line.

    >>> visible("**Noon**", "lines")
    '**Noon**'
    """
    view = maker(layout)(Document(text)) if layout in _VIEWS else None  # a filter may be run with a view of one's own
    shown = " ".join((view.doc.text if view else text).split())
    return markdown.without_halves(shown) if layout == MARKDOWN else shown
