"""A component for spaCy that cleans the text and maps spans back to its source."""

from collections.abc import Sequence

from cleanwire.cleaner import Cleaner
from cleanwire.edit import Edit, Route, Step, revert
from cleanwire.errors import MissingError

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
except ImportError as error:
    raise MissingError("this component needs spaCy; install it: pip install spacy") from error

_STEPS = "cleanwire"


@Language.factory("cleanwire", default_config={"skip": [], "only": []})
class CleanwireComponent:
    """The component "cleanwire": add it first, so that the components after it get the clean text.

    `skip` and `only` are those of `Cleaner`.  A doc gets ``doc._.source``, the text before cleaning, and a span gets
    ``span._.source_span``, its start and end there, in characters.
    """

    def __init__(self, nlp: Language, name: str, skip: Sequence[str], only: Sequence[str]) -> None:
        self.make_doc, self.name = nlp.make_doc, name
        self.cleaner = Cleaner(skip=skip, only=only)

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc`, or a new doc if cleaning changes its text."""
        result = self.cleaner(doc.text)
        if result.changed:
            user_data, doc = doc.user_data, self.make_doc(result.text)
            # Plain data, so that the doc can be written to disk.
            steps = [(step.filter, [tuple(edit) for edit in step.edits], list(step.removed)) for step in result.steps]
            doc.user_data = {**user_data, _STEPS: steps}
        return doc


def _steps(doc: Doc) -> list[Step]:
    return [
        Step(name, tuple(Edit(*edit) for edit in edits), tuple(removed))
        for name, edits, removed in doc.user_data.get(_STEPS, ())
    ]


def _source(doc: Doc) -> str:
    text: str = doc.text
    for step in reversed(_steps(doc)):
        text = revert(text, step)
    return text


def _source_span(span: Span) -> tuple[int, int]:
    route = Route(_steps(span.doc))
    return route.back(span.start_char), route.back(span.end_char, end=True)


Doc.set_extension("source", getter=_source, force=True)
Span.set_extension("source_span", getter=_source_span, force=True)
