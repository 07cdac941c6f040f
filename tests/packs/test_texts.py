"""Joined texts are the sequence that they were joined from."""

from hypothesis import given
from hypothesis import strategies as st

from cleanwire.packs.texts import Texts, join


@given(st.lists(st.text(st.characters(exclude_characters="\0")), min_size=1))
def test_joined_texts_are_the_sequence_that_they_were(texts: list[str]) -> None:
    joined = join(texts)
    assert joined is not None
    whole = Texts(joined)
    assert whole == tuple(texts)
    assert whole == Texts(joined)
    assert hash(whole) == hash(tuple(texts))
    assert [*whole] == texts
    assert (len(whole), whole[-1], whole[1:]) == (len(texts), texts[-1], tuple(texts[1:]))
    assert repr(whole) == repr(tuple(texts))


@given(st.lists(st.text()), st.text(), st.lists(st.text()))
def test_texts_that_could_not_be_told_apart_are_not_joined(before: list[str], text: str, after: list[str]) -> None:
    assert join([*before, text + "\0", *after]) is None


def test_no_text_is_not_joined() -> None:
    assert join([]) is None
