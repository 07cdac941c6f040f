"""Files that are not text: HTML, PDF, word processors, books, JSON; and what to run first."""

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
ARRAY = "is a JSON array; clean its objects with --as json"
OBJECT = "is a JSON object, not an array; take the list out first, for example with jq '.articles', and clean that"
OFFICE = "is {}, not text; extract its text first, for example with pandoc, and clean that"
ZIP = "is a ZIP archive, not text; unpack it first, and clean what is in it"
OLD_OFFICE = "is a file of Microsoft Office 97, not text; extract its text first, for example with LibreOffice"
_ZIPPED = (
    (b"mimetypeapplication/epub", "EPUB"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "OpenDocument"),
    (b"word/", "DOCX"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
)
"""What the first bytes of a ZIP archive hold, and the format that it tells."""


def foreign(data: bytes) -> str | None:
    """Return what the whole of a file is and what to run first, if it is not text; else None.

    HTML, PDF, JSON arrays, files of word processors, books and archives are recognised.

    >>> foreign(b"%PDF-1.7")
    'is PDF, not text; extract its text first, for example with pdftotext, and clean that'
    >>> foreign(b"<html> is the first tag of a page.")
    """
    data = data.removeprefix(_UTF8_BOM)
    if data.lstrip()[:5] == b"%PDF-":
        return PDF
    if data.startswith((b"PK\x03\x04", b"{\\rtf1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        return _document(data)
    if _HTML.match(data, 0, _HEAD) and _ELEMENT.search(data):
        return HTML
    return ARRAY if begins_array(data) and _is_json(data) else None


def _document(data: bytes) -> str:
    """Return what to run first for a ZIP archive, RTF, or a file of old Office programs."""
    if data.startswith(b"{"):
        return OFFICE.format("RTF")
    if not data.startswith(b"PK"):
        return OLD_OFFICE
    head = data[:_HEAD]
    if b"[Content_Types].xml" in head or b"mimetype" in head:
        known = next((name for sign, name in _ZIPPED if sign in data), "")
        return OFFICE.format(known) if known else ZIP
    return ZIP


def begins_array(data: bytes) -> bool:
    """Return True if data begins as a JSON array of objects or strings does.

    >>> begins_array(b'[{"text": "She left."}'), begins_array(b"[1] She left.")
    (True, False)
    """
    return _ARRAY.match(data.removeprefix(_UTF8_BOM)) is not None


def is_array_of_rows(head: bytes) -> bool:
    r"""Return True if the head of a file is of one JSON array and not of JSON Lines.

    >>> is_array_of_rows(b'[\n{"text": "She left."}\n]'), is_array_of_rows(b'["a"]\n["b"]')
    (True, False)
    """
    first, _, others = head.removeprefix(_UTF8_BOM).strip().partition(b"\n")
    return begins_array(head) and (not others or not _is_json(first))


def is_object_a_line(head: bytes) -> bool:
    r"""Return True if the head of a file begins with a line that is a JSON object, as JSON Lines do.

    >>> is_object_a_line(b'{"text": "She left."}\n{}'), is_object_a_line(b'{\n "text": "She left."\n}')
    (True, False)
    """
    first = head.removeprefix(_UTF8_BOM).lstrip().partition(b"\n")[0]
    return first.startswith(b"{") and _is_json(first)


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
