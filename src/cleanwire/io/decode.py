"""Decode bytes of unknown charset to text, and encode them again.

A BOM or valid UTF-8 decides.  Otherwise the bytes are decoded in each charset of the web, and the best reading wins:
its letters belong to one language and have their usual case, and its punctuation stands between words.
"""

import codecs
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from cleanwire.errors import DecodeError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNED = "-sig"  # marks a charset with a BOM
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
# Of two equally good readings the first wins.
_NARROW = ("cp1252", "iso-8859-15", "cp1250", "iso-8859-2", "cp1251", "koi8-r", "cp1256", "cp1253", "cp1254", "cp1257")
_DOUBLE = ("euc-jp", "cp932", "cp949", "gb18030", "big5")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\f\r\x1b"})
_SAMPLE = 100_000
"""Number of characters by which readings are compared."""
_MARGIN = 0.1
"""A guess is certain if no other score comes this close."""
_MARKS = frozenset("“”‘’„‚–—…«»•·€£©®°§¡¿№™´،؛؟\u00a0\u200c")

Alphabets = Callable[[], Collection[frozenset[str]]]
"""Returns the letters beyond ASCII of each known language; called only if the charset must be guessed."""


class Decoded(NamedTuple):
    """A text, its charset (ending in ``-sig`` if there was a BOM), and whether the charset is certain."""

    text: str
    charset: str
    certain: bool


def decode(data: bytes, alphabets: Alphabets) -> Decoded:
    r"""Decode `data`.

    UTF-8 that contains lines in windows-1252 is decoded line by line; its charset is ``utf-8``.  Raises `DecodeError`
    for data that is not text.

    >>> from cleanwire.packs.load import alphabets
    >>> decode("Café – open".encode("cp1252"), alphabets)
    Decoded(text='Café – open', charset='cp1252', certain=True)
    """
    for bom, charset in _BOMS:
        if data.startswith(bom):
            try:
                return Decoded(data[len(bom) :].decode(charset), charset + _SIGNED, certain=True)
            except UnicodeDecodeError as error:
                if charset != "utf-8":
                    raise DecodeError(
                        f"begins with the BOM of {charset}, but byte {error.start + len(bom)} is invalid in it; "
                        "repair the file or convert it to UTF-8"
                    ) from error
                mixed = _mixed(data[len(bom) :])
                if mixed:
                    return mixed._replace(charset=charset + _SIGNED)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls * 20 > len(data):
        if wide := _wide(data):
            return wide
        raise DecodeError(f"looks binary ({controls:,} of {len(data):,} bytes are control characters); skipped")
    try:
        return Decoded(data.decode(), "utf-8", certain=True)
    except UnicodeDecodeError:
        return _mixed(data) or _guess(data, alphabets())


def encode(text: str, charset: str) -> bytes:
    r"""Encode `text` in a charset that `decode` returned, with its BOM.

    Raises `DecodeError` if the charset lacks a character of the text.

    >>> encode("é", "utf-16-le-sig")
    b'\xff\xfe\xe9\x00'
    """
    name = charset.removesuffix(_SIGNED)
    bom = next(bom for bom, known in _BOMS if known == name) if name != charset else b""
    try:
        return bom + text.encode(name)
    except UnicodeEncodeError as error:
        raise DecodeError(
            f"its clean text contains {text[error.start]!r} (character {error.start}), which {charset} cannot encode; "
            "convert the file to UTF-8"
        ) from error


def _wide(data: bytes) -> Decoded | None:
    """Decode UTF-16 or UTF-32 without a BOM: only in the right one nearly all characters are printable."""
    for charset in _WIDE:
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if sample and sum(c.isprintable() or c in "\t\n\r" for c in sample) >= 0.98 * len(sample):
            spaces = sum(c in " \n,.0123456789" for c in sample)
            if spaces:
                return Decoded(text, charset, certain=True)
    return None


def _mixed(data: bytes) -> Decoded | None:
    """Decode UTF-8 with some lines in windows-1252; None unless enough of the non-ASCII bytes are UTF-8."""
    lines: list[str] = []
    good = bad = 0
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode())
            good += sum(byte > 0x7F for byte in line)
        except UnicodeDecodeError:
            lines.append("".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in line))
            bad += sum(byte > 0x7F for byte in line)
    return Decoded("\n".join(lines), "utf-8", certain=False) if good >= 4 and good * 4 >= bad else None


def _guess(data: bytes, alphabets: Collection[frozenset[str]]) -> Decoded:
    readings = sorted(_readings(data, alphabets), key=lambda reading: -reading[0])
    if not readings:
        raise DecodeError("is in no known charset; convert the file to UTF-8")
    score, charset, text = readings[0]
    rival = next((other for other, _, words in readings if words != text), score - 1)
    return Decoded(text, charset, certain=score - rival >= _MARGIN)


def _readings(data: bytes, alphabets: Collection[frozenset[str]]) -> Iterator[tuple[float, str, str]]:
    for charset in (*_NARROW, *_DOUBLE):
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            if charset != "cp1252":
                continue
            text = data.decode("latin-1")
        sample = text[:_SAMPLE]
        yield _double(sample) if charset in _DOUBLE else _narrow(sample, alphabets), charset, text


def _narrow(text: str, alphabets: Collection[frozenset[str]]) -> float:
    """Return the score of a reading in an alphabet, from about -1 to 1."""
    letters: dict[str, int] = {}
    total = 0.0
    count = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char.isascii():
            continue
        count += 1
        if char.isalpha() and char not in "ªºƒˆ":
            letters[char] = letters.get(char, 0) + 1
            total += _letter(before, char)
        else:
            total += _mark(before, char, after)
    known = max((sum(n for char, n in letters.items() if char in alphabet) for alphabet in alphabets), default=0)
    return (total + known) / max(count, 1)


def _letter(before: str, char: str) -> float:
    """Return the penalty of a letter: upper case after lower case, or another script within a word."""
    wrong_case = char.isupper() and before.islower()
    wrong_script = before.isalpha() and before.isascii() and char > "\u024f"
    return -(wrong_case + wrong_script + 0.3 * (char.isupper() and before.isupper()))


def _mark(before: str, char: str, after: str) -> float:
    """Return the score of a punctuation mark, which usually does not stand within a word."""
    if char not in _MARKS:
        return -1
    return -1 if before.isalpha() and after.isalpha() and char not in "’´\u00a0–—·\u200c" else 0.5


def _double(text: str) -> float:
    """Return the score of a reading in Chinese, Japanese or Korean, from about -1 to 1."""
    total = 0.0
    kana = hangul = count = 0
    for char in text:
        if char.isascii():
            continue
        count += 1
        if "\u3040" <= char <= "\u30ff":
            kana += 1
            total += 1
        elif "\uac00" <= char <= "\ud7a3":
            hangul += 1
            total += 1 if char.encode("cp949") >= b"\xb0\xa1" and char.encode("cp949")[1] >= 0xA1 else 0
        elif "\u4e00" <= char <= "\u9fff":
            total += _common_ideograph(char)
        elif char in _MARKS or "\u3000" <= char <= "\u3020" or "\uff01" <= char <= "\uff5e":
            total += 0.9
        elif char.isalpha() and char < "\u0500":
            total += 0.3
        else:
            total -= 1
    score = total / max(count, 1)
    if hangul:
        return score + 0.02
    return score + 0.04 if kana * 20 > count else score - 0.05


def _common_ideograph(char: str) -> float:
    """Return 1 for a common Chinese character, else 0: the first half of each national set has the common ones."""
    for charset, last in (("gb2312", 0xD7), ("shift_jis", 0x98), ("big5", 0xC6)):
        try:
            if char.encode(charset)[0] <= last:
                return 1
        except UnicodeEncodeError:
            continue
    return 0
