"""How many words of a line recur in the story below it."""

from cleanwire.story.recurrence import content_words, recurring


def test_short_words_say_nothing() -> None:
    assert content_words("The bus to Oslo is late") == ["oslo", "late"]
    assert recurring("To be or not", "to be or not to be") == (0, 0)


def test_a_word_recurs_in_longer_ones_and_in_any_case() -> None:
    assert recurring("Bridge CLOSED in Larvik", "the bridges of larvik are open.") == (2, 3)


def test_in_a_script_without_blanks_each_pair_of_letters_is_a_word() -> None:
    assert recurring("旧桥关闭", "这座旧桥很老。") == (1, 2)
