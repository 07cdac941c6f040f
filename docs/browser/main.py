"""What the worker of the page calls, in Pyodide."""

from cleanwire import Cleaner
from cleanwire.report.page import document_page
from cleanwire.report.places import places

_CLEANER = Cleaner()


def clean(text: str) -> tuple[str, str, int]:
    r"""Return the clean text, the page of its report, and how many edits changed it.

    >>> clean("She left at noon.\n\nPost a comment")[::2]
    ('She left at noon.', 1)
    """
    result = _CLEANER(text)
    edits = sum(not place.kept for place in places(result))
    return result.text, document_page(result, "Pasted text"), edits
