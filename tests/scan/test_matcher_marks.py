"""Lines of marks alone, which fold to nothing; and marks that quote, or point."""

import pytest

from cleanwire.compiled import surveyor
from cleanwire.document import SHORT
from cleanwire.scan.matcher import HEAD


@pytest.mark.parametrize("line", ["—", "* * *", "-" * (SHORT + 1), "." * HEAD + " and so it went on" * 20])
def test_a_line_whose_head_folds_to_nothing_is_no_rules(line: str) -> None:
    assert surveyor().matcher.find(line) is None
    assert surveyor().matcher.begins(line) is None


def test_a_lone_guillemet_points_and_two_quote() -> None:
    find = surveyor().matcher.find
    assert find("« Previous post") is find("Previous post") is not None
    assert find("« Previous post »") is None
