"""What the unicode filter takes for settled is settled."""

import sys
from unicodedata import combining, is_normalized

from cleanwire.filters.unicode import _UNSETTLED


def test_what_is_not_looked_at_never_changes_under_nfc() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if not _UNSETTLED.match(char):
            assert combining(char) == 0, hex(code)
            assert is_normalized("NFC", f"a{char}"), hex(code)
            assert is_normalized("NFC", f"\u1100{char}\u1161"), hex(code)
