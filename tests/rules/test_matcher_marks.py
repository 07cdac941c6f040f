"""Lines of marks alone, which fold to nothing."""

import pytest

from cleanwire.document import SHORT
from cleanwire.lines.survey import surveyor
from cleanwire.rules.matcher import HEAD


@pytest.mark.parametrize("line", ["—", "* * *", "-" * (SHORT + 1), "." * HEAD + " and so it went on" * 20])
def test_a_line_whose_head_folds_to_nothing_is_no_rules(line: str) -> None:
    assert surveyor().matcher.find(line) is None
    assert surveyor().matcher.begins(line) is None
