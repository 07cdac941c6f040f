"""Letters without their accents, as texts are written where a keyboard lacks them."""

import unicodedata

_FIRST, _LAST = "\u0300", "\u036f"
"""The combining accents of Latin letters; the vowel signs of other scripts are letters in their own right."""


def without_accents(text: str) -> str:
    """Return `text` with its accented letters as plain ones.

    >>> without_accents("Écrire une réponse"), without_accents("știri")
    ('Ecrire une reponse', 'stiri')
    """
    if text.isascii():
        return text
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not _FIRST <= char <= _LAST)
    return unicodedata.normalize("NFC", plain)
