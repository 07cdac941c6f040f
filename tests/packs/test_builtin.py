"""The built-in packs: every example passes, every file is in canonical form, and every phrase has one owner."""

import pytest

from cleanwire.pack_check import failures
from cleanwire.packs.canonical import canonical
from cleanwire.packs.kinds import kinds
from cleanwire.packs.load import DATA, alphabets, builtin_names, builtin_packs, load_builtin
from cleanwire.packs.pack import PROTECT
from cleanwire.packs.parse import duplicates, pattern_faults
from cleanwire.packs.words import WORD_LISTS


@pytest.mark.parametrize("name", builtin_names())
def test_examples_pass(name: str) -> None:
    assert list(failures(load_builtin(name))) == []


@pytest.mark.parametrize("name", builtin_names())
def test_a_file_is_in_canonical_form(name: str) -> None:
    text = (DATA / f"{name}.toml").read_text(encoding="utf-8")
    assert canonical(name, text) == text, "run `cleanwire rules fmt`"


def test_no_phrase_is_in_two_rules_of_a_pack() -> None:
    assert list(duplicates(builtin_packs())) == []


@pytest.mark.parametrize("name", builtin_names())
def test_patterns_compile_and_are_linear(name: str) -> None:
    assert list(pattern_faults(load_builtin(name).rules)) == []


def test_every_kind_and_every_word_list_is_used() -> None:
    assert {rule.kind for pack in builtin_packs() for rule in pack.rules} == set(kinds()) - {PROTECT}  # users protect
    assert {name for pack in builtin_packs() for name in pack.words} == set(WORD_LISTS)


def test_letters_are_beyond_ascii_and_there_are_none_twice() -> None:
    for pack in builtin_packs():
        assert not any(map(str.isascii, pack.letters)), pack.name
        assert len(set(pack.letters)) == len(pack.letters), pack.name
    german = next(alphabet for alphabet in alphabets() if alphabet.language == "de")
    assert {*"äöüßé"} <= {*german.letters}


def test_pairs_are_of_letters_with_one_beyond_ascii_and_there_are_none_twice() -> None:
    for pack in builtin_packs():
        pairs = pack.pairs.split()
        assert len(set(pairs)) == len(pairs), pack.name
        for pair in pairs:
            assert len(pair) == 2, (pack.name, pair)
            assert not pair.isascii(), (pack.name, pair)
            assert all(char.isascii() or char in pack.letters for char in pair), (pack.name, pair)
