"""Which lines have the shape of a headline."""

import pytest

from cleanwire.compiled import facts
from cleanwire.document import Document


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("Harbour Bridge Closes for a Year", True),
        ("Мост через гавань закрыт на год", True),
        ("Harbour: the bridge closes", True),
        ("Bridge", False),
        ("the bridge closes for a year", False),
        ("Harbour Bridge Closes for a Year,", False),
        ("Home » News » Harbour Bridge", False),
        ("Workers on the bridge Photo: Ann Lee", False),
        ("Osthaven, May 4, 2021", False),
        ("4 May 2021 10:15", False),
        ("12 345 678 9", False),
    ],
)
def test_shapes(line: str, fits: bool) -> None:
    assert facts(Document(line)).line(0).is_headline is fits
