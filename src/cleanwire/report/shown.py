"""Text of others, made visible: characters that a page or a terminal would obey are shown by name."""

import regex

from cleanwire.lazy import deferred

_HIDDEN = deferred(
    regex.compile, r"[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_PLAIN = "\t\n"


def shown(text: str) -> str:
    r"""Return a text with controls, marks of direction and lone surrogates replaced by their names.

    Tabs and line ends stay, and so do joiners, which many scripts need.

    >>> shown("a\0b\u202ec\ud800")
    'a␀b⟨U+202E⟩c⟨U+D800⟩'
    """
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub(_name, text)


def _name(match: "regex.Match[str]") -> str:
    character = match[0]
    code = ord(character)
    if character in _PLAIN:
        return character
    return chr(0x2400 + code) if code < 0x20 else f"⟨U+{code:04X}⟩"


def shown_spaces(text: str) -> str:
    r"""Return white space as signs that can be seen, where a repair changes nothing else.

    >>> shown_spaces("  \n")
    '··⏎\n'
    """
    return text.replace(" ", "·").replace("\u00a0", "⍽").replace("\t", "→").replace("\n", "⏎\n")
