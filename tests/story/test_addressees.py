"""To whom a letter is."""

import pytest

from cleanwire.document import Document
from cleanwire.story.addressees import is_addressee


@pytest.mark.parametrize(
    ("first", "below", "expected"),
    [
        ("Ann Lee, Mayor", ["Dear Ms. Lee,"], True),
        ("Иван Петров", ["Портовая улица, 4", "Уважаемый господин Петров!"], True),
        ("Ann Lee", ["Ann Lee: What will you do now, without the bridge and the ferry?"], False),
        ("Ann Lee", ["Lee:"], False),
        ("An open letter to the mayor Ann Lee", ["Dear Ms. Lee,"], False),
        ("Bo Roe", ["Dear Ms. Lee,"], False),
    ],
)
def test_a_salutation_with_a_word_before_the_name_shows_the_addressee(
    first: str, below: list[str], expected: bool
) -> None:
    assert is_addressee(Document("\n".join([first, *below])), 0) is expected
