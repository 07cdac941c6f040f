"""A component for spaCy that cleans the text and keeps the places of its source."""

from collections.abc import Sequence

from cleanwire.cleaner import Cleaner
from cleanwire.edit import Edit, Route, Step, revert
from cleanwire.errors import MissingError

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
except ImportError as error:
    raise MissingError("this component needs spaCy, which is not installed; do: pip install spacy") from error

_STEPS = "cleanwire"


@Language.factory("cleanwire", default_config={"skip": [], "only": []})
class CleanwireComponent:
    """The component "cleanwire": it stands first, and what follows it sees the clean text.

    `skip` and `only` are those of `Cleaner`.  A doc gets ``doc._.source``, the text as it came, and a span
    ``span._.source_place``, its start and stop there, in characters.
    """

    def __init__(self, nlp: Language, name: str, skip: Sequence[str], only: Sequence[str]) -> None:
        self.make_doc, self.name = nlp.make_doc, name
        self.cleaner = Cleaner(skip=skip, only=only)

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc`, or where cleaning changes it the doc of its clean text."""
        result = self.cleaner(doc.text)
        if result.changed:
            user_data, doc = doc.user_data, self.make_doc(result.text)
            # As plain data, which a doc can be written to disk with.
            steps = [(step.filter, [tuple(edit) for edit in step.edits], list(step.removed)) for step in result.steps]
            doc.user_data = {**user_data, _STEPS: steps}
        return doc


def _steps(doc: Doc) -> list[Step]:
    return [
        Step(name, tuple(Edit(*edit) for edit in edits), tuple(lost))
        for name, edits, lost in doc.user_data.get(_STEPS, ())
    ]


def _source(doc: Doc) -> str:
    text: str = doc.text
    for step in reversed(_steps(doc)):
        text = revert(text, step)
    return text


def _source_place(span: Span) -> tuple[int, int]:
    route = Route(_steps(span.doc))
    return route.back(span.start_char), route.back(span.end_char, end=True)


Doc.set_extension("source", getter=_source, force=True)
Span.set_extension("source_place", getter=_source_place, force=True)
