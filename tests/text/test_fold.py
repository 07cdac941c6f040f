"""The keys of lines: several at once have those that each has alone."""

from pathlib import Path

import pytest
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


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("ΠΟΛΙΤΙΚΗ", "Πολιτική"),
        ("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", "Διαβάστε επίσης"),
        ("Αρθρα", "Άρθρα"),
        ("Еще новости", "Ещё новости"),
        ("التالى", "التالي"),
        ("كتاب", "کتاب"),
        ("نظرات کاربران", "نظرات كاربران"),
    ],
)
def test_spellings_of_one_word_have_one_key(written: str, listed: str) -> None:
    assert fold(written) == fold(listed)


def test_accents_that_tell_words_of_other_languages_apart_stay() -> None:
    assert fold("año") != fold("ano")
    assert fold("й") != fold("и")
