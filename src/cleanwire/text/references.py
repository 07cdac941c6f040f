r"""Character references of HTML in a text: whole ones, those that were escaped again, and broken ones where sure."""

import re
from collections.abc import Iterator

from cleanwire.lazy import deferred

# Names that are no words, so that they are references though a sign is missing or a blank stands between.
_SURE = (
    "(?:amp|quot|apos|nbsp|lt|gt|hellip|[mn]dash|[lrb][ds]quo|sbquo|[lr]aquo|middot|szlig|(?:ae|oe|AE|OE)lig"
    "|[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|caron|slash|ring))"
)
_AMPERSAND = "(?:amp|AMP|#0{0,5}38|#[xX]0{0,4}26)"
_WHOLE = f"&(?:{_AMPERSAND};)*(?:#?[0-9A-Za-z]{{1,24}};)"
_SPACED = f"& (?:{_SURE}|#\\d{{2,7}}) ?;|&(?:{_SURE}|#\\d{{2,7}}) ;"
# Without its semicolon: a sign, not an ASCII letter or digit, whose number could be anything else.
_OPEN = f"&{_SURE}(?![a-z0-9;=])|&#(?:3[349]|0?39|38|1[3-5]\\d|1[6-9]\\d|2\\d\\d|8[1-4]\\d\\d)(?![\\d;])"
# Without its ampersand.
_LEFT = "(?<![&\\w])nbsp;|(?<=[^\\W\\d_])#(?:0?39|821[67]);(?=[^\\W\\d_])"
_REFERENCE = deferred(re.compile, f"{_WHOLE}|{_SPACED}|{_OPEN}|{_LEFT}")
_QUOTED = deferred(
    re.compile, f"{_WHOLE}|{_SPACED}|{_OPEN}|{_LEFT}|(?<![&\\w])quot;(?=\\w)|(?<=[\\w.,!?…])quot;(?!\\w)"
)
_WITH_AMPERSAND = deferred(re.compile, f"&(?:#|[0-9A-Za-z]{{1,24}};| ?{_SURE}| #)")
_WITHOUT = deferred(re.compile, _LEFT + "|quot;")
_OPENING_QUOTE = deferred(re.compile, "(?<![&\\w])quot;(?=\\w)")
_CHAIN = deferred(re.compile, f"&(?:{_AMPERSAND};)+")
_NAME = deferred(re.compile, "#?[0-9A-Za-z]+(?= ?;?$)")


def may_hold_references(text: str) -> bool:
    """Return True if a text may hold a character reference, whole or broken; never False where it does.

    >>> may_hold_references("Q & A; AT&T"), may_hold_references("R&amp;D"), may_hold_references("didn#39;t")
    (False, True, True)
    """
    if "&" in text and _WITH_AMPERSAND.search(text):
        return True
    if ";" in text and ("quot;" in text or "nbsp;" in text or "39;" in text or "821" in text):
        return _WITHOUT.search(text) is not None
    return False


def references(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield the character references of a line: start, stop, and the characters.

    >>> list(references("Fish &amp;amp; chips &lt; R& amp;D, isn&#39t it?"))
    [(5, 14, '&'), (21, 25, '<'), (27, 33, '&'), (39, 43, "'")]
    """
    pattern = _QUOTED if _OPENING_QUOTE.search(line) and line.count("quot;") > 1 else _REFERENCE
    for match in pattern.finditer(line):
        found = match[0]
        if (new := _character(found)) != found:
            yield *match.span(), new


def _character(reference: str) -> str:
    from ftfy.fixes import unescape_html  # an import of 90 ms, which most texts never need

    chain = _CHAIN.match(reference)
    name = _NAME.search(reference)
    if name and not (chain and chain.end() == len(reference)):
        canonical = f"&{name[0]};"
        new: str = unescape_html(canonical)
        if new != canonical:
            return new
    return f"&{reference[chain.end() :]}" if chain else reference
