"""The values of rule packs: `Rule` and `Pack`.

A pack is a TOML file, one per language; ``any.toml`` holds what belongs to none.  A rule has exactly one matcher:

=========  ==========================================================================================================
`line`     phrases that are a whole line; case, whitespace, bullets, numbers and punctuation are folded (see `fold`)
`starts`   phrases that a line begins with, up to the end of a word; for lines of any length
`ends`     phrases that a short line ends with, from the beginning of a word
`words`    a vocabulary: a short line made only of these words, separate or joined, with one of `needs` among them
`pattern`  regular expressions that match a whole short line, tried only if it holds one of the words in `needs`
           (``^word``: if it begins with that word)
`label`    words in front of a name: "Photo:" (a mark must follow), "Photo by" (no mark); "…撮影" stands after the name
`agency`   names of agencies and archives, case-sensitive; "…Times" is the last word of such a name
`note`     words in brackets, or after a sentence, at the end of a caption: "(file photo)", "Supplied"
=========  ==========================================================================================================

`cleanwire.scan` compiles the first five; `cleanwire.credits` and `cleanwire.bylines` compile the last three.
Bylines use their kinds as follows: ``byline`` `label` before a name, `note` for a role after it; ``date`` `words` and
`pattern` anywhere in a line, where `needs` are the words that make a number a date; ``dateline`` `agency`, `label` for
cities that need no country, `pattern` for the beginning of a line; ``tail`` `label` for the clauses of a sign-off.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from cleanwire.edit import Action

Matching = Literal["line", "starts", "ends", "words", "pattern", "label", "agency", "note"]
Scope = Literal["line", "block", "list", "rest"]
Position = Literal["any", "top", "end", "edges"]
Confidence = Literal["alone", "needs_neighbor"]

MATCHERS: tuple[str, ...] = get_args(Matching)


@dataclass(frozen=True, slots=True)
class Rule:
    """What identifies a line, with the reason for it, examples and counterexamples.

    `phrases` are the texts of the matcher; `unaccented` are the same without their accents, where the pack folds them.
    `needs` and `unaccented_needs` are the words that `words` and `pattern` ask for.
    `scope` says how far a match removes: its line, up to the next empty line, the list that it heads, or to the end of
    the text (only late in it).  `until` are the phrases of which one closes the widget that the line opens; `below` are
    phrases that show that the next lines belong to it.  `position` limits a rule to the lines before the first
    sentence, after the last one, or both.
    `confidence` is ``alone`` for a rule that fires without support, ``needs_neighbor`` for one that fires only near
    other boilerplate.  `examples` are documents in annotated-diff notation that must come out as marked;
    `counterexamples` are texts that must come out unchanged.
    `longest` is how many characters a line may have that ``starts`` knows by its beginning, and ``pattern``, if it is
    not 0, by its first word.
    `literals` are texts of which one occurs in whatever its patterns match, if any are known.
    """

    name: str
    kind: str
    action: Action
    matching: Matching
    phrases: Sequence[str]
    needs: tuple[str, ...]
    scope: Scope
    position: Position
    confidence: Confidence
    why: str
    examples: Sequence[str]
    counterexamples: Sequence[str]
    longest: int = 0
    until: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    unaccented: Sequence[str] = ()
    unaccented_needs: tuple[str, ...] = ()

    @property
    def all_phrases(self) -> tuple[str, ...]:
        """The phrases in all their spellings."""
        return *self.phrases, *self.unaccented

    @property
    def all_needs(self) -> tuple[str, ...]:
        """The needed words in all their spellings."""
        return self.needs + self.unaccented_needs


@dataclass(frozen=True, slots=True)
class Pack:
    r"""A named set of rules, with the word lists and the letters of its language.

    `words` are word lists by name; `cleanwire.packs.words` lists the names.  `letters` are the letters beyond ASCII
    that the language is written in, in lower case, and `pairs` its commonest pairs; both tell charsets apart.
    `builtin` packs come with the library; other packs win over them.

    >>> from cleanwire.packs.parse import parse_pack
    >>> parse_pack("mine", "[words]\narticles = ['the']").words["articles"]
    ('the',)
    """

    name: str
    rules: tuple[Rule, ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    letters: str = ""
    pairs: str = ""
    builtin: bool = False

    def __hash__(self) -> int:
        """Hash by name and size: packs are keys of caches, and their rules are long."""
        return hash((self.name, len(self.rules)))


PROTECT = "protect"
"""The kind of the rules whose lines are never cut."""


def by_precedence(packs: Iterable[Pack]) -> Iterator[tuple[Rule, Sequence[str]]]:
    """Yield every rule with its phrases, then again with the spellings without accents.

    Tables of phrases are filled in this order, and the first rule that has a phrase keeps it: so the first pack wins,
    and a phrase as it is written wins over one that lost its accents.
    """
    rules = [rule for pack in packs for rule in pack.rules]
    yield from ((rule, rule.phrases) for rule in rules)
    yield from ((rule, rule.unaccented) for rule in rules if rule.unaccented)
