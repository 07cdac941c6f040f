"""Phrases that mix Latin letters with an unspaced script end where the script does."""

from cleanwire.packs.parse import parse_pack
from cleanwire.scan.kernel import scan
from cleanwire.scan.table import Tables

PACK = parse_pack(
    "mixed",
    """
[[rule]]
name = "begins"
kind = "player"
starts = ["JavaScriptを有効に", "当サイトではCookie", "Cookie policy"]
why = "A page that wants JavaScript."
examples = ["- JavaScriptを有効にしてください"]
counterexamples = ["一つ", "二つ"]

[[rule]]
name = "closes"
kind = "player"
ends = ["をダウンロードGET", "のApp", "the app"]
why = "A request to install an app."
examples = ["- 公式のApp"]
counterexamples = ["一つ", "二つ"]
""",
)


def find(line: str) -> tuple[int, ...]:
    return scan([line], Tables([PACK])).rules[0]


def test_a_phrase_may_begin_in_latin_and_go_on_in_japanese() -> None:
    assert find("JavaScriptを有効にしてください") == (0,)


def test_a_phrase_may_end_in_latin_before_japanese() -> None:
    assert find("当サイトではCookieを使用しています。") == (0,)


def test_a_phrase_may_close_a_line_in_latin() -> None:
    assert find("公式のApp") == (1,)


def test_latin_words_still_end_at_a_word() -> None:
    assert find("Cookie policyholders met on Monday") == ()
    assert find("当サイトではCookiesheetを売ります") == ()
    assert find("bathe app") == ()
