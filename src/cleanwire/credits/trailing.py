"""Read a credit whose label stands after the name: "（山田撮影）", and notes like "Supplied"."""

from cleanwire.credits.boundaries import BOUNDARY, with_marks
from cleanwire.credits.credit import Credit, caption_piece
from cleanwire.credits.lexicon import Lexicon
from cleanwire.credits.makers import STOPS
from cleanwire.document import Piece
from cleanwire.packs.pack import Rule

_BRACKETED = range(1, 26)
"""The characters of a name before its label, in brackets."""
_UNBRACKETED = range(2, 13)
"""The characters of a name before its label, without brackets."""
_AGENCY = 6
"""The most characters of an agency glued to a name: "新华社记者丁山"."""
_ROLES = (3, 2)
"""The characters of a reporter's role between the two."""
_SENTENCE_ENDS = frozenset('.。।۔!?”"！？॥؟')


def read_trailing_label(lexicon: Lexicon, line: str, low: int, stop: int, bracket: int) -> Credit | None:
    """Return the credit at the end of ``line[low:stop]`` whose label stands after the name, or None.

    `bracket` is the offset of the bracket that closes the line, or -1.

    >>> from cleanwire.packs.load import builtin_packs
    >>> line = "市長（山田花子撮影）"
    >>> credit = read_trailing_label(Lexicon(builtin_packs()), line, 0, len(line), 2)
    >>> [(piece.stop, piece.part) for piece in credit.pieces]
    [(3, 'label'), (7, 'name'), (10, 'label')]
    """
    if bracket >= 0:
        return _read_bracketed(lexicon, line, bracket, stop)
    if not (lexicon.may_be_note(line[low:stop]) or line.endswith(lexicon.behind_ends, low, stop)):
        return None
    edge = max((match.end() for match in BOUNDARY.finditer(line, low, stop) if match.end() < stop), default=0)
    if line[:edge].rstrip()[-1:] not in _SENTENCE_ENDS:
        return None
    return _read_last_sentence(lexicon, line, edge, stop) or _read_note(lexicon, line, edge, stop)


def _read_bracketed(lexicon: Lexicon, line: str, bracket: int, stop: int) -> Credit | None:
    """Return the credit in brackets that ends with a label: "（山田花子撮影）"."""
    content = line[bracket + 1 : stop - 1].rstrip()
    if not (found := _label_at_end(lexicon, content)) or STOPS.search(content):
        return None
    word, rule = found
    name = len(content) - len(word)
    if rule.confidence != "alone" or name not in _BRACKETED:
        return None
    return Credit(bracket, rule.name, True, _pieces(lexicon, line, bracket + 1, bracket + 1 + name, rule.name))


def _read_last_sentence(lexicon: Lexicon, line: str, start: int, stop: int) -> Credit | None:
    """Return the doubtful credit that is the last sentence of a line: "… 市長。山田花子撮影"."""
    if not (found := _label_at_end(lexicon, line[start:stop])):
        return None
    word, rule = found
    end = stop - len(word)
    if len(line[start:end].strip()) not in _UNBRACKETED:
        return None
    return Credit(with_marks(line, start), rule.name, False, _pieces(lexicon, line, start, end, rule.name))


def _read_note(lexicon: Lexicon, line: str, start: int, stop: int) -> Credit | None:
    """Return the credit that is a note after a sentence: "The new lobby. Supplied"."""
    if line[start].islower():
        return None
    rule = lexicon.note(line[start:stop])
    if not rule or rule.confidence != "alone":
        return None
    return Credit(with_marks(line, start), rule.name, True, (caption_piece(len(line), "name", rule.name),))


def _label_at_end(lexicon: Lexicon, text: str) -> tuple[str, Rule] | None:
    """Return the label that `text` ends with, and its rule."""
    if not text.endswith(lexicon.behind_ends):
        return None
    return next(entry for entry in lexicon.behind.items() if text.endswith(entry[0]))


def _pieces(lexicon: Lexicon, line: str, start: int, end: int, rule: str) -> tuple[Piece, ...]:
    """Return the pieces of a name from `start` to `end` on a line, an agency before it and its label after it."""
    pieces = [caption_piece(start, "label", rule)]
    sizes = range(min(_AGENCY, end - start - 2), 1, -1)
    agency = next((start + size for size in sizes if line[start : start + size] in lexicon.agencies), start)
    if agency > start:
        pieces.append(caption_piece(agency, "agency", rule))
        name = next((agency + size for size in _ROLES if line[agency : agency + size] in lexicon.bylines), agency)
        if agency < name < end:
            pieces.append(caption_piece(name, "label", rule))
    return *pieces, caption_piece(end, "name", rule), caption_piece(len(line), "label", rule)
