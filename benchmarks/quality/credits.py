"""Judge how a credit was parsed: its span, the photographer and the agency."""

import re
from collections.abc import Sequence

from cleanwire.spans import Caption, Span

_MARKS = " \t\n\xa0/|,;:()[]{}<>-–—=·•.…*\"'’“”©"
_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"\s*[/|,;()\[\]]\s*|\s+[-–—]\s+|\b(?:via|für|for)\b")
_NO_NAME = frozenset(
    _WORD.findall(
        """
        photo photos foto fotos bild bilder image images picture pictures photograph photography photographer credit
        credits crédit crédits courtesy copyright c by via from of the on von für for source quelle bildquelle fot
        fotó фото 사진 기자 출처 写真 記者 摄影 file archiv archivbild archivfoto handout stringer symbolbild symbolfoto
        all rights reserved hide caption
        """
    )
)
"""Words of labels and notices that belong to no name."""

AGENCIES = frozenset(
    re.findall(
        r"\S+(?: \S+)*",
        """
        reuters  ap  ap photo  afp  getty images  getty  epa  efe  epa-efe  dpa  pa  pa images  press association
        ansa  tass  тасс  риа новости  коммерсантъ  xinhua  kyodo  yonhap  연합뉴스  anadolu  anadolu agency  apa
        pap  ntb  tt  ritzau  belga  anp  aap  pti  keystone  keystone-sda  imago  imago images  shutterstock
        istock  istockphoto  unsplash  pixabay  pexels  adobe stock  adobestock  alamy  picture alliance
        picture-alliance  bloomberg  associated press  the associated press  zuma press  nurphoto  lehtikuva  cbc
        funke foto services  lat images  gc images  ddp  epd  kna  rex  sipa  wireimage  corbis  scanpix
        """,
    )
)
"""Known agencies and picture banks: a list of the benchmark's own, since packs must not judge themselves."""


def extents(spans: Sequence[Span]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the ranges of a line's credit, with its label and without; None if no part of a credit was parsed."""
    parts = [span for span in spans if span.part]
    if not parts:
        return None
    names = [span for span in parts if span.part != "label"] or parts
    return (
        (min(span.start for span in parts), max(span.end for span in parts)),
        (min(span.start for span in names), max(span.end for span in names)),
    )


def exact(source: str, spans: Sequence[Span], gold: str) -> bool:
    """Return whether the parsed credit is the gold one, up to punctuation at its ends, with its label or without."""
    wanted = " ".join(gold.split()).strip(_MARKS)
    found = extents(spans)
    return found is not None and any(
        " ".join(source[start:stop].split()).strip(_MARKS) in (wanted, _unlabelled(wanted)) for start, stop in found
    )


def right(caption: Caption, gold: str) -> bool:
    """Return whether name and agency are those of the gold credit.

    Both together must hold the words of its names and no others; a part that is a known agency must be in the agency,
    and a single part beside one in the name.

    >>> right(Caption("A bridge.", "Ann Lee", "REUTERS", 0, 9), "REUTERS/Ann Lee")
    True
    >>> right(Caption("A bridge.", "REUTERS", "Ann Lee", 0, 9), "REUTERS/Ann Lee")
    False
    """
    name, agency = _words(caption.credit or ""), _words(caption.agency or "")
    if set(name) | set(agency) != set(_words(gold)):
        return False
    parts = [part.strip(_MARKS) for part in _BETWEEN.split(_unlabelled(gold))]
    parts = [part for part in parts if _words(part)]
    known = [part for part in parts if part.casefold() in AGENCIES]
    others = [part for part in parts if part.casefold() not in AGENCIES]
    if not all(set(_words(part)) <= set(agency) for part in known):
        return False
    return not known or len(others) != 1 or set(_words(others[0])) <= set(name)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _NO_NAME]


def _unlabelled(text: str) -> str:
    """Return `text` from the first word of a name on."""
    for word in _WORD.finditer(text):
        if word.group().casefold() not in _NO_NAME:
            return text[word.start() :].strip(_MARKS)
    return text
