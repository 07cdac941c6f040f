"""What several test modules check or need, and no fixture can give."""

from cleanwire.edit import apply, revert
from cleanwire.result import Result

BELL = '''
[[rule]]
name = "bell"
kind = "share"
line = ["Ring the harbour bell"]
why = "The button of a harbour's page."
examples = ["""
  She left at noon.
- Ring the harbour bell
"""]
counterexamples = ["Ring the harbour bell at noon, she said.", "They ring the harbour bell in fog."]
'''
"""A pack of one rule that no pack of cleanwire has."""


def check_reversible(result: Result, source: str) -> None:
    """Check that the steps replay and revert, that nothing vanishes unnamed, and that the spans are of the source."""
    replayed = source
    for step in result.steps:
        before = replayed
        replayed, lost = apply(before, step.edits)
        assert lost == step.removed
        assert revert(replayed, step) == before
        kept = len(before) - sum(map(len, step.removed))
        assert kept + sum(len(edit.new) for edit in step.edits) == len(replayed)
    assert replayed == result.text
    assert result.undo() == source
    reached = 0
    for span in result.spans:
        assert source[span.start : span.end] == span.text
        assert reached <= span.start < span.end
        reached = span.end
