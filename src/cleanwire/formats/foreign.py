"""Files that are no text and no records yet: pages in HTML, PDF documents, JSON arrays; and what to run first."""

import json
import re

_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_ELEMENT = re.compile(rb"<(?:head|title|meta|body|script|div|p)\b", re.IGNORECASE)
_ARRAY = re.compile(rb"\s*\[\s*[{\"]")
_HEAD = 4096
"""Where the first bytes end that an HTML page begins in; its first element may stand later."""
_UTF8_BOM = b"\xef\xbb\xbf"

HTML = "is HTML, not text; extract its text first, for example with trafilatura, and clean that"
PDF = "is PDF, not text; extract its text first, for example with pdftotext, and clean that"
ARRAY = "is a JSON array; write it as JSON Lines first, for example with jq -c '.[]', and clean that with --as jsonl"


def foreign(data: bytes) -> str | None:
    """Return what the whole of a file is and what to run first, if it is HTML, PDF or a JSON array; else None.

    >>> foreign(b"%PDF-1.7")
    'is PDF, not text; extract its text first, for example with pdftotext, and clean that'
    >>> foreign(b"<html> is the first tag of a page.")
    """
    data = data.removeprefix(_UTF8_BOM)
    if data.lstrip()[:5] == b"%PDF-":
        return PDF
    if _HTML.match(data, 0, _HEAD) and _ELEMENT.search(data):
        return HTML
    return ARRAY if begins_array(data) and _is_json(data) else None


def begins_array(data: bytes) -> bool:
    """Return True if data begins as a JSON array of objects or strings does.

    >>> begins_array(b'[{"text": "She left."}'), begins_array(b"[1] She left.")
    (True, False)
    """
    return _ARRAY.match(data.removeprefix(_UTF8_BOM)) is not None


def is_array_of_rows(head: bytes, lines: int) -> bool:
    r"""Return True if the head of a file, which has some lines, is of one JSON array and not of JSON Lines.

    >>> is_array_of_rows(b'[\n{"text": "She left."}\n]', 3), is_array_of_rows(b'["a"]\n["b"]', 2)
    (True, False)
    """
    first = head.removeprefix(_UTF8_BOM).lstrip().partition(b"\n")[0]
    return begins_array(head) and (lines < 2 or not _is_json(first))


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
