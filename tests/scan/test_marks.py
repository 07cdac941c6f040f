"""Lines of marks alone, which fold to nothing; and marks that quote, or point."""

import pytest

from cleanwire.compiled import facts
from cleanwire.document import Document
from cleanwire.scan.kernel import HEAD, SHORT


@pytest.mark.parametrize("line", ["—", "* * *", "-" * (SHORT + 1), "." * HEAD + " and so it went on" * 20])
def test_a_line_whose_head_folds_to_nothing_is_no_rules(line: str) -> None:
    assert facts(Document(line)).rules == {}


def test_a_lone_guillemet_points_and_two_quote() -> None:
    rules = facts(Document("« Previous post\nPrevious post\n« Previous post »")).rules
    assert list(rules) == [0, 1]
    assert rules[0] is rules[1]
