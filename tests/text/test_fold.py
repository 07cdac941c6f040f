"""The keys of lines: several at once have those that each has alone."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cleanwire.text.fold import fold, fold_lines

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
_odd = st.sampled_from("ab Éß\u00a0’'“0٣9.,@#•–\t\x85\u2028\u200b\u0301\ud800ﬁＡ中ไĳ€")
_chars = _odd | st.characters(exclude_characters="\n")


@given(st.lists(st.text(_chars, max_size=40), max_size=12))
def test_keys_of_several_lines_are_those_of_each(lines: list[str]) -> None:
    assert fold_lines(lines) == (list(map(fold, lines)) or [""])


def test_the_seeds_have_the_same_keys_in_lines_and_together() -> None:
    for path in SEEDS:
        lines = path.read_text(encoding="utf-8").split("\n")
        assert fold_lines(lines) == list(map(fold, lines)), path.name
