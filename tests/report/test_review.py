"""The values of a review: counts, risk, samples."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cleanwire import Cleaner, Edit, Result, Step
from cleanwire.edit import apply
from cleanwire.report.model import LONGEST, OTHERS, SAMPLES, WORST, Bar, Reviewed, RuleReview, review, story_range
from cleanwire.report.reasons import reasons
from cleanwire.report.risk import Signs, risk
from cleanwire.report.segments import CONTEXT, surroundings

STORY = "The council voted on Monday to close the old bridge for a whole year."
MENU = "Post a comment"


def cut(*parts: tuple[str, str | None]) -> Result:
    """Return a result of lines, of which those with a rule are cut."""
    text, edits, start = "", [], 0
    for line, rule in parts:
        text += line + "\n"
        if rule:
            edits.append(Edit(start, len(text), "", "drop", rule))
        start = len(text)
    clean, removed = apply(text, edits)
    return Result(clean, (Step("boilerplate", tuple(edits), removed),))


def rule(documents: list[Result], name: str) -> RuleReview:
    found = review([Reviewed(f"{number}", result) for number, result in enumerate(documents)], {})
    (one,) = [each for each in found.rules if each.rule == name]
    return one


def test_counts_of_a_review() -> None:
    documents = [
        Reviewed("a", Cleaner()(f"{STORY}\n\nPhoto: Ann Lee/AFP\n\n{STORY}  Noon.\n\n{MENU}"), "example.org"),
        Reviewed("b", Cleaner()(STORY), "example.com"),
    ]
    found = review(documents, reasons())
    assert (found.documents, found.changed, found.changes) == (2, 1, 5)
    assert found.by_action == (Bar("extracted caption", 3), Bar("dropped", 1), Bar("fixed", 1))
    assert found.by_kind == (Bar("credit", 3), Bar("comments", 1), Bar("space", 1))
    assert found.by_language == (Bar("en", 4), Bar("any", 1))
    assert found.by_host == (Bar("example.org", 5),)
    assert found.removed == len("Photo:Ann Lee/AFP" + MENU)
    assert [each.name for each in found.worst] == ["a"]
    assert all(each.why for each in found.rules)


def test_names_that_stay_are_no_changes() -> None:
    found = review([Reviewed("a", Cleaner()(f"By Ann Lee\n\n{STORY}"))], {})
    assert (found.changed, found.changes, found.rules) == (0, 0, ())


def test_what_is_taken_is_a_change() -> None:
    found = review([Reviewed("a", Cleaner(take=["byline"])(f"By Ann Lee\n\n{STORY}"))], {})
    assert [bar.name for bar in found.by_action] == ["taken as byline"]


def test_signs_of_risk_are_counted() -> None:
    inside = [cut((STORY, None), (STORY, "nav.en.x"), (MENU, "nav.en.x"), (STORY, None))]
    signs = rule(inside, "nav.en.x").signs
    assert (signs.changes, signs.documents, signs.sentences, signs.words, signs.in_story) == (2, 1, 1, 14, 2)
    after = [cut((STORY, None), (STORY, None), (MENU, "nav.en.x"))] * 3
    assert rule(after, "nav.en.x").signs.told() == ()
    assert risk(rule(after, "nav.en.x").signs) == 0


def test_a_rule_of_a_language_that_the_text_is_not_in_is_doubtful() -> None:
    assert rule([cut((STORY, None), (MENU, "nav.de.x"))], "nav.de.x").signs.doubtful == 1
    german = "Der Hafen bleibt im Winter für alle Schiffe offen, weil der Rat es am Montag so beschlossen hat."
    assert rule([cut((german, None), (MENU, "nav.de.x"))], "nav.de.x").signs.doubtful == 0


def test_rules_are_ordered_by_risk() -> None:
    documents = [
        cut((STORY, None), (STORY, None), (MENU, "nav.en.safe")),
        cut((STORY, None), (MENU, "nav.en.inside"), (STORY, None), (MENU, "nav.en.safe")),
        cut((STORY, None), (STORY, "nav.en.sentence"), (STORY, None), (MENU, "nav.en.safe")),
    ]
    found = review([Reviewed("x", each) for each in documents], {})
    assert [each.rule for each in found.rules] == ["nav.en.sentence", "nav.en.inside", "nav.en.safe"]


@pytest.mark.parametrize(
    "signs",
    [Signs(9, 9, sentences=3), Signs(9, 9, words=3), Signs(9, 9, in_story=3), Signs(9, 9, doubtful=3)],
    ids=["sentences", "words", "in_story", "doubtful"],
)
def test_every_sign_raises_the_risk(signs: Signs) -> None:
    assert risk(signs) > risk(Signs(9, 9)) == 0


def test_a_repair_is_never_rare() -> None:
    assert risk(Signs(1, 1, removes=False)) == 0 < risk(Signs(1, 1))


def test_samples_are_few_and_always_the_same_and_risky_ones_are_among_them() -> None:
    def documents() -> Iterator[Reviewed]:
        for number in range(200):
            line = STORY if number == 150 else f"{MENU} {number}"
            yield Reviewed(f"{number}", cut((STORY, None), (STORY, None), (line, "nav.en.x")))

    (found,) = review(documents(), {}).rules
    assert len(found.samples) == SAMPLES + 1
    assert [each.text.strip() for each in found.samples if each.is_sentence] == [STORY]
    assert review(documents(), {}).rules == (found,)
    assert review(documents(), {}, seed=1).rules != (found,)


def test_the_context_of_a_cut_has_whole_words() -> None:
    before, after = surroundings(f"{STORY} {STORY}{MENU} {STORY} {STORY}", 139, 153)
    assert before == "…old bridge for a whole year. " + STORY
    assert after == f" {STORY} The council voted on Monday…"
    assert surroundings("字" * 300, 150, 151) == ("…" + "字" * CONTEXT, "字" * CONTEXT + "…")


def test_a_long_cut_is_shortened_and_has_context() -> None:
    (sample,) = rule([cut((MENU, None), ("x" * 5000, "nav.en.x"), ("y" * 500, None))], "nav.en.x").samples
    assert len(sample.text) < LONGEST + 10
    assert sample.before == f"{MENU}\n"
    assert sample.after == "\n" + "y" * (CONTEXT - 1) + "…"


def test_lines_of_a_template_are_counted_under_their_site() -> None:
    parts = [(STORY, None), *((f"Menu {n}", f"site.example.org.menu-{n}") for n in range(50))]
    found = rule([cut(*parts)], "site.example.org")
    assert found.signs.changes == 50


def test_there_are_bounds_to_what_is_listed() -> None:
    documents = [
        Reviewed(f"{n:03}", cut((STORY, None), (MENU, "nav.en.x")), f"host{n}.example") for n in range(WORST * 5)
    ]
    found = review(documents, {})
    assert [each.name for each in found.worst] == [f"{n:03}" for n in range(WORST)]
    assert found.by_host[-1].name == OTHERS
    assert sum(bar.number for bar in found.by_host) == WORST * 5


def test_the_story_lies_from_its_first_sentence_to_its_last() -> None:
    result = cut((MENU, "nav.en.x"), (STORY, None), ("Short.", None), (STORY, None), (MENU, None))
    source = result.undo()
    start, end = story_range(result)
    assert source[start:end] == f"{STORY}\nShort.\n{STORY}"
    assert story_range(cut((MENU, "nav.en.x"))) == (0, 0)


def test_the_guide_to_reviews_runs() -> None:
    import doctest

    guide = Path(__file__).parents[2] / "docs" / "review.md"
    failed, tried = doctest.testfile(str(guide), module_relative=False)
    assert (failed, tried) == (0, 6)
