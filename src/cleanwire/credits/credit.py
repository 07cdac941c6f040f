"""The values of a parsed credit: the mentions in it, its pieces, and the `Credit` itself."""

from typing import Literal, NamedTuple

from cleanwire.document import Piece
from cleanwire.edit import Part
from cleanwire.packs.pack import Rule

COPYRIGHT = "credit.any.copyright"
"""The rule of the copyright sign, which stands before legal lines too."""


class Credit(NamedTuple):
    """The credit on a line: it begins at `start`; `pieces` partition the line from there to its end.

    `sure` is False where something else must show that this is a caption: "… three states today. (Reuters)".
    """

    start: int
    rule: str
    sure: bool
    pieces: tuple[Piece, ...]


class Mention(NamedTuple):
    """A name, an agency or a note ("file photo"): ``line[start:stop]``, with the rule that knows it, if one does."""

    start: int
    stop: int
    kind: Literal["name", "agency", "note"]
    rule: Rule | None


def caption_piece(stop: int, part: Part | None, rule: str) -> Piece:
    """Return a piece of a caption that ends at `stop`: its text (None), or a label, a name or an agency."""
    return Piece(stop, "caption", rule, part)


def strongest_rule(agencies: list[Mention]) -> Rule:
    """Return the first rule of an agency that counts alone (a picture archive), else the first of all."""
    rules = [mention.rule for mention in agencies if mention.rule]
    return next((rule for rule in rules if rule.confidence == "alone"), rules[0])


def partition(line: str, rule: str, mentions: list[Mention], end: int) -> tuple[Piece, ...]:
    """Return pieces that partition a credit up to `end`: names, agencies and, for all else, the label of `rule`.

    >>> [(piece.stop, piece.part) for piece in partition("Photo: Ann Lee", "photo", [Mention(7, 14, "name", None)], 14)]
    [(7, 'label'), (14, 'name')]
    """
    pieces: list[Piece] = []
    if mentions[0].start:
        pieces.append(caption_piece(mentions[0].start, "label", rule))
    for mention in mentions:
        part: Part = "label" if mention.kind == "note" else mention.kind
        owner = mention.rule.name if mention.kind == "note" and mention.rule else rule
        if pieces and (pieces[-1].part, pieces[-1].rule) == (part, owner):
            pieces[-1] = caption_piece(mention.stop, part, owner)
            continue
        between = line[pieces[-1].stop : mention.start] if pieces else ""
        worded = any(map(str.isalnum, between)) or any(piece.part == part for piece in pieces)
        if part != "label" and between and worded:
            pieces.append(caption_piece(mention.start, "label", rule))
        pieces.append(caption_piece(mention.stop, part, owner))
    pieces[-1] = pieces[-1]._replace(stop=end)
    return tuple(pieces)
