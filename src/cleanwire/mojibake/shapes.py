r"""What well-formed words look like in scripts other than Latin, and the charsets of one byte that they have."""

import re
from functools import cache
from typing import NamedTuple


class Script(NamedTuple):
    """A script: its charsets, the pattern of a well-formed word, its marks beyond ASCII, and if spaces part words.

    >>> SCRIPTS[0].words("Совет СОВЕТ, сОВЕТ №€совет")
    ['Совет', 'СОВЕТ']
    """

    name: str
    charsets: tuple[str, ...]
    word: str
    marks: str
    spaced: bool = True

    def words(self, text: str) -> list[str]:
        """Return the well-formed words of a text."""
        pattern = _compiled(self.word)
        if not self.spaced:
            return pattern.findall(text)
        words = _compiled(f"[{_ASCII}{self.marks}]+").split(text)
        return [word for word in words if not word.isascii() and pattern.fullmatch(word)]

    def punctuation(self, text: str) -> int:
        """Return how many of the marks stand where marks do: not within a word, but for apostrophes."""
        return len(re.findall(f"(?<!\\w)[{self.marks}]|[{self.marks}](?!\\w)|’", text))


_compiled = cache(re.compile)
_ASCII = r"\x00-@\[-`{-\x7f"
"""ASCII but its letters: a word of letters of two scripts is not well-formed."""
_MARKS = "\u00a0«»“”„‘’–—…"


def _cased(upper: str, lower: str) -> str:
    return f"[{upper}]?[{lower}]+|[{upper}]+"


_CYRILLIC = _cased("А-ЯЁЂЃЄЅІЇЈЉЊЋЌЎЏҐ", "а-яёђѓєѕіїјљњћќўџґ")
# A small word of more than two letters has one accent, and ends in the final sigma if in any.
_ACCENTED = "άέήίόύώΐΰΆΈΉΊΌΎΏ"
_PLAIN = "α-ωϊϋΑ-ΡΣ-ΩΪΫ"
_GREEK = rf"(?!\w*ς\B)(?!\w*σ\b)(?:[{_PLAIN}]{{1,3}}|[{_PLAIN}]*[{_ACCENTED}][{_PLAIN}]*|[Α-ΡΣ-ΩΪΫ]+)"
_ARABIC = "(?!\\w*[ةى]\\B)[ء-غف-يپچژگکھہےٹڈڑں\u064b-\u0652ـ]+"
_HEBREW = r"(?!\w*[ךםןףץ]\B)[א-ת]{2,}"
# A vowel that is written first stands before a consonant, and a sign above or below stands on one.
_THAI = "(?<![A-Za-z])(?:[เ-ไ]?[ก-ฮ][\u0e34-\u0e3a]?[\u0e47-\u0e4e]?[ะาำๅ]?|[ฯๆ๐-๙ฤฦ])+(?![A-Za-z])"

SCRIPTS: tuple[Script, ...] = (
    Script("Cyrillic", ("cp1251", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic"), _CYRILLIC, _MARKS),
    Script("Greek", ("cp1253", "iso8859-7"), _GREEK, _MARKS + "·΄"),
    Script("Arabic", ("cp1256", "iso8859-6"), _ARABIC, _MARKS + "،؛؟\u200c\u200d"),
    Script("Hebrew", ("cp1255", "iso8859-8"), _HEBREW, _MARKS + "\u200e\u200f"),
    Script("Thai", ("cp874",), _THAI, _MARKS, spaced=False),
)
"""The scripts, with the charsets of each in the order of how often they are met."""
