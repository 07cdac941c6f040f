"""What a pack file may hold, and what it is refused for."""

from pathlib import Path

import pytest

from cleanwire import Cleaner, load_pack
from cleanwire.errors import PackError
from cleanwire.packs.parse import parse_pack
from cleanwire.packs.regexes import is_linear

EXAMPLES = """
examples = ["- Ring the bell"]
counterexamples = ["They ring the bell for bread.", "Ring the bell and wait, he said."]
"""


def rule(body: str, name: str = "bell", kind: str = "comments") -> str:
    return f'[[rule]]\nname = "{name}"\nkind = "{kind}"\n{body}\n{EXAMPLES}'


def test_a_rule_takes_what_it_does_not_say_from_its_kind() -> None:
    label, menu = parse_pack(
        "mine", rule('label = ["Bild:"]', kind="credit") + rule('line = ["A b"]', "m", "nav")
    ).rules
    assert (label.action, label.position) == ("caption", "any")
    assert (menu.action, menu.position) == ("drop", "edges")
    assert menu.why.startswith("Navigation")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[[rule]", "not a TOML file"),
        ("rules = []", "unknown key 'rules'; did you mean 'rule'?"),
        ("letters = 1", "`letters` must be a str"),
        ("keep_accents = 'é'", "`keep_accents` must be a list of strings"),
        ("[words]\narticle = ['the']", "unknown word list 'article'; did you mean 'articles'?"),
        ("[words]\narticles = 'the'", "`words.articles` must be a list of strings"),
        ("[[rule]]\nname = 'a'", "rule 1 needs a `name` and a `kind`"),
        (rule('line = ["A"]', kind="comment"), "unknown kind 'comment'; did you mean 'comments'?"),
        (rule('lines = ["A"]'), "unknown key 'lines'; did you mean 'line'?"),
        (rule('line = ["A"]\nends = ["B"]'), "needs exactly one matcher"),
        (rule('line = "A"'), "`line` must be a list of strings"),
        (rule('line = ["A"]\nwhy = " "'), "`why` must be a string"),
        (rule('line = ["A"]\nscope = "page"'), "`scope` must be one of line, block, list, rest, not 'page'"),
        (rule('line = ["…"]'), "phrase '…' has no letter or number"),
        (rule('words = ["a"]'), "need `needs`"),
        (rule('line = ["A"]') * 2, "duplicate rule names: comments.mine.bell"),
        (
            rule('line = ["A b"]') + rule('line = ["• a B!"]', "b"),
            "duplicate phrase '• a B!' (already in comments.mine",
        ),
        (rule("pattern = ['(a']\nneeds = ['a']"), "rule comments.mine.bell: a pattern does not compile"),
        (rule("pattern = ['(?:a+)+b']\nneeds = ['a']"), "could take exponential time"),
        ("[[rule]]\nname = 'a'\nkind = 'ad'\nline = ['a']", "needs at least one of `examples`"),
        (rule('line = ["A"]\nscope = "rest"', kind="nav"), "`scope` cannot be rest in kind nav"),
        (rule('starts = ["A b"]', kind="credit"), "`starts` needs a `longest` of 1 to 800, not 0"),
        (rule('starts = ["A b"]\nlongest = 801'), "`starts` needs a `longest` of 1 to 800, not 801"),
        (rule('starts = ["A b"]\nlongest = true'), "`starts` needs a `longest` of 1 to 800, not True"),
        (rule('line = ["A b"]\nlongest = 90'), "`longest` is for rules with `starts`"),
        (rule('pattern = ["a b"]\nneeds = ["^a"]\nlongest = 801'), "`pattern` needs a `longest` of 1 to 800, not 801"),
        (rule('pattern = ["a b"]\nneeds = ["a"]\nlongest = 300'), "each of `needs` begins with ^"),
        (rule('line = ["A b"]\nuntil = []'), "`until` must be a list of strings"),
        (rule('line = ["A b"]\nbelow = "x"'), "`below` must be a list of strings"),
    ],
)
def test_a_fault_is_refused_when_the_pack_is_loaded(tmp_path: Path, toml: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load_pack(path)
    assert message in str(raised.value)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("pattern", "linear"),
    [
        (r"(?:a+)+", False),
        (r"(?:a*b?)*", False),
        (r"(?:(?:a+)|b)*", False),
        (r"(?:\p{Lu}+)+", False),
        (r"(?:a+){2,20}", False),
        (r"(?:a++)+", True),
        (r"(?>a+)+", True),
        (r"(?:a+,)+", True),
        (r"(?:\d+\W+)+", True),
        (r"(?:ab)+", True),
        (r"(?:a+){1,3}", True),
        (r"(?:a|a)*b", False),
        (r"(?:ab|[a-c]b)+c", False),
        (r"(?:\d\d|\w1)*;", False),
        (r"(?:x(?:ab|.b|AB))+c", False),
        (r"(?:ab|cb)+c", True),
        (r"(?:ab|a)+c", True),
        (r"(?:\d|\s)+c", True),
    ],
)
def test_nested_repetition(pattern: str, linear: bool) -> None:
    assert is_linear(pattern) is linear


STORY = "The council will close the old harbour bridge for a year, the mayor said on Monday.\n\n"


def test_a_pack_of_your_own_wins_over_the_built_in_ones() -> None:
    text = f"{STORY}Post a comment\n"
    (known,) = {span.rule for span in Cleaner()(text).spans}
    assert known != "ad.mine.bell"
    mine = parse_pack("mine", rule('line = ["Post a comment"]', kind="ad"))
    assert {span.rule for span in Cleaner().with_packs(mine)(text).spans} == {"ad.mine.bell"}


def test_a_label_of_your_own_wins_over_the_built_in_ones() -> None:
    text = "A bridge at dawn. Photo: Ann Lee"
    mine = parse_pack("mine", rule('label = ["Photo:"]', kind="credit"))
    assert "credit.mine.bell" not in {span.rule for span in Cleaner()(text).spans}
    assert "credit.mine.bell" in {span.rule for span in Cleaner().with_packs(mine)(text).spans}


FOLDING = 'fold_accents = true\nkeep_accents = ["año"]\n'


def test_accents_are_folded_where_a_pack_says_so() -> None:
    (bell,) = parse_pack("mine", FOLDING + rule('line = ["Écrire un mot", "Año", "Plain"]')).rules
    assert bell.unaccented == ("Ecrire un mot",)
    (bell,) = parse_pack("mine", rule('line = ["Écrire un mot"]')).rules
    assert bell.unaccented == ()


def test_a_folded_phrase_is_found_and_one_that_keeps_its_accents_is_not() -> None:
    mine = Cleaner().with_packs(parse_pack("mine", FOLDING + rule('line = ["Sönnez la clöche", "Año"]')))
    assert mine(f"{STORY}Sonnez la cloche").text == STORY.strip()
    assert mine(f"{STORY}Año").text == STORY.strip()
    assert mine(f"{STORY}Ano").text.endswith("Ano")


def test_a_phrase_as_it_is_written_wins_over_one_without_accents() -> None:
    toml = FOLDING + rule('line = ["Sönnez la clöche"]') + rule('line = ["Sonnez la cloche"]', "plain", "ad")
    result = Cleaner().with_packs(parse_pack("mine", toml))(f"{STORY}Sonnez la cloche")
    assert {span.rule for span in result.spans} == {"ad.mine.plain"}


def test_the_words_of_a_pack_reach_the_parsers() -> None:
    text = f"Bridge to close\n\nBy Ann Lee plus Bo Roe\n\n{STORY}It will open again in May, after a year of work.\n"
    mine = parse_pack("mine", '[words]\nbyline_joins = ["plus"]')
    assert "Ann Lee plus Bo Roe" not in {span.text for span in Cleaner()(text).spans}
    assert "Ann Lee plus Bo Roe" in {span.text for span in Cleaner().with_packs(mine)(text).spans}


def test_a_rule_knows_no_longer_line_by_its_beginning_than_it_says() -> None:
    pack = parse_pack("mine", rule('starts = ["Ring the harbour bell"]\nlongest = 140\nposition = "any"'))
    cleaner = Cleaner().with_packs(pack)
    notice = (
        "Ring the harbour bell for more from our newsroom, every day at noon and in the evening, while the ferry runs"
    )
    below = "She left at noon with the last of the crew.\n{}\nRain fell on the town for a third day."
    short, long = below.format(f"{notice} here."), below.format(f"{notice} to the far side of the bay and back.")
    assert cleaner(short).text == below.format("").replace("\n\n", "\n")
    assert cleaner(long).text == long
