r"""Return the characters of a text that are not plain, at the speed of C: damage is looked for among them alone."""

from cleanwire.text.lines import blocks

_PLAIN = bytes(range(0x20, 0x7F)).replace(b"&", b"") + b"\n"
"""The characters that no repair begins with; runs of spaces and of line ends are looked for in the text itself."""
_WHITE = (b"\t", b"\r", b"\x0b", b"\x0c")
_TO_SPACES = bytes.maketrans(_PLAIN + b"".join(_WHITE), b" " * (len(_PLAIN) + len(_WHITE)))
"""Turns plain characters into spaces, so that what is left between them are the runs."""


def character_runs(text: str) -> str:
    r"""Return the runs of characters of `text` that are neither printable ASCII nor ``\n``, each different run once.

    ``&`` counts as one of them, since it opens a character reference.  A character that is not in the result is not in
    the text.

    >>> character_runs("R&D at the caf\u00e9 of Zo\u00eb's caf\u00e9")
    '& é ë'
    """
    if text.isascii():
        return text.encode().translate(None, _PLAIN).decode()
    found: set[bytes] = set()
    for block in blocks(text):
        data = block.encode("utf-8", "surrogatepass")
        found.update(data.translate(_TO_SPACES).split())
        found.update(white for white in _WHITE if white in data)
    return b" ".join(sorted(found)).decode("utf-8", "surrogatepass")


def lines_with_offsets(text: str) -> list[tuple[int, str]]:
    r"""Return each line of `text`, the empty ones too, after the offset at which it starts.

    >>> lines_with_offsets("one\n\ntwo")
    [(0, 'one'), (4, ''), (5, 'two')]
    """
    start, found = 0, []
    for line in text.split("\n"):
        found.append((start, line))
        start += len(line) + 1
    return found
