"""What `rules test` says of the counterexamples of a pack."""

from cleanwire.pack_check import failures
from cleanwire.packs.parse import parse_pack

RULE = """
[[rule]]
name = "bell"
kind = "comments"
line = ["Ring the harbour bell"]
examples = ['''
  She left at noon.
- Ring the harbour bell
''']
counterexamples = [
    "They ring the harbour bell for bread.",
    '''
{story}''',
]
"""


def test_a_story_passes_if_all_its_lines_stay() -> None:
    story = "  She left at noon.\n  Ring the harbour bell twice.\n  Nobody came.\n"
    assert list(failures(parse_pack("mine", RULE.format(story=story)))) == []


def test_a_story_fails_if_its_phrase_goes() -> None:
    story = "  She left at noon.\n  Ring the harbour bell.\n  Nobody came to the pier.\n"
    [message] = failures(parse_pack("mine", RULE.format(story=story)))
    assert "comments.mine.bell removes 'Ring the harbour bell.'" in message


def test_a_story_without_marks_is_a_fault() -> None:
    [message] = failures(parse_pack("mine", RULE.format(story="She left at noon.\nNobody came.\n")))
    assert "has no mark" in message
