"""The review of many results: what was changed, by which rules, and where the risk is."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from random import Random
from typing import NamedTuple

from cleanwire.compiled import compiled
from cleanwire.document import Document
from cleanwire.language import home_languages
from cleanwire.report.places import Place, describe_change, places
from cleanwire.report.reasons import language_of, reason
from cleanwire.report.risk import Signs, reads_as_sentence, risk
from cleanwire.report.segments import surroundings
from cleanwire.result import Result
from cleanwire.story.body import body_range
from cleanwire.text.shape import is_sentence, words

SAMPLES = 3
"""Sampled cuts of a rule that show a sign of risk, and as many of those that show none."""
LONGEST = 400
"""Characters of a cut that are shown; the middle of a longer one is left out."""
WORST = 50
"""Documents listed: those that lost the largest share."""
MOST_RULES = 1500
"""Rules listed; those of least risk are left out, and counted."""
SAMPLE_BYTES = 3_000_000
"""Bytes of all samples together, of the riskiest rules first, so that a page stays small however many rules fired."""
_MARKUP = 400
"""Bytes that a page adds to a sample."""
_HOSTS = 25
"""Hosts listed by name; the others are added up."""
OTHERS = "(others)"


class Reviewed(NamedTuple):
    """One document: its name, its result and the host of its address, if known."""

    name: str
    result: Result
    host: str = ""


class Cut(NamedTuple):
    """A change that is shown as a sample, with its context.

    `where` is the offset in the source, in characters; `text` was replaced by `new`.
    """

    document: str
    where: int
    action: str
    before: str
    text: str
    new: str
    after: str
    is_sentence: bool
    in_story: bool


class Bar(NamedTuple):
    """A name with a number, for tables and charts."""

    name: str
    number: int


@dataclass(frozen=True)
class RuleReview:
    """What one rule changed; `signs` say how risky it is, `risk` orders the rules by them."""

    rule: str
    why: str
    language: str
    actions: tuple[str, ...]
    signs: Signs
    risk: float
    samples: tuple[Cut, ...]


class DocumentReview(NamedTuple):
    """What one document lost: its name, the share of its characters that was removed, and how many changes it had."""

    name: str
    removed: float
    changes: int


@dataclass(frozen=True)
class Review:
    """What was changed in many documents; `rules` are ordered by risk, `worst` by what the documents lost.

    `left_out` rules beyond `MOST_RULES` are counted and not listed.
    """

    documents: int
    changed: int
    changes: int
    characters: int
    removed: int
    by_action: tuple[Bar, ...]
    by_kind: tuple[Bar, ...]
    by_language: tuple[Bar, ...]
    by_host: tuple[Bar, ...]
    rules: tuple[RuleReview, ...]
    worst: tuple[DocumentReview, ...]
    left_out: int = 0


def review(documents: Iterable[Reviewed], why: Mapping[str, str], seed: int = 0) -> Review:
    r"""Return the review of results; `why` has the reasons of rules by name.

    The same documents in the same order and the same `seed` give the same samples.  One document is in memory at a
    time.

    >>> from cleanwire import Cleaner
    >>> found = review([Reviewed("a.txt", Cleaner()("She left at noon.\n\nPost a comment"))], {})
    >>> found.rules[0].rule, found.by_kind, found.worst[0].name
    ('comments.en.box', (Bar(name='comments', number=1),), 'a.txt')
    """
    book = _Totals(seed)
    for each in documents:
        book.add(each)
    return book.review(why)


@dataclass
class _Reservoir:
    """A sample of `SAMPLES` items of a stream, each as likely; an item is made only if it is taken."""

    random: Random
    seen: int = 0
    kept: list[Cut] = field(default_factory=list)

    def offer(self, make: Callable[[], Cut]) -> None:
        self.seen += 1
        if len(self.kept) < SAMPLES:
            self.kept.append(make())
            return
        slot = self.random.randrange(self.seen)
        if slot < SAMPLES:
            self.kept[slot] = make()


class _RuleTotals:
    """What is known of one rule so far."""

    def __init__(self, rule: str, seed: int) -> None:
        self.language = language_of(rule)
        self.actions: Counter[str] = Counter()
        self.changes = self.documents = self.sentences = self.words = self.in_story = self.doubtful = 0
        word = f"{seed} {rule}".encode("utf-8", "surrogatepass")
        self.risky, self.others = _Reservoir(Random(word + b" risky")), _Reservoir(Random(word))  # noqa: S311 - a sample

    def signs(self) -> Signs:
        return Signs(
            self.changes, self.documents, self.sentences, self.words, self.in_story, self.doubtful,
            removes=self.actions.keys() != {describe_change("fix")},
        )  # fmt: skip


class _Totals:
    """The totals of a review so far."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.documents = self.changed = self.characters = self.removed = 0
        self.rules: dict[str, _RuleTotals] = {}
        self.hosts: Counter[str] = Counter()
        self.worst: list[DocumentReview] = []

    def add(self, each: Reviewed) -> None:
        """Add one document."""
        result = each.result
        self.documents += 1
        self.changed += result.changed
        source = result.undo()
        self.characters += len(source)
        if not result.changed:
            return
        found = [place for place in places(result) if not place.kept]
        removed = sum(place.end - place.start for place in found if place.action != "fix")
        self.removed += removed
        self.hosts[each.host] += len(found)
        self.worst.append(DocumentReview(each.name, removed / len(source), len(found)))
        if len(self.worst) >= 4 * WORST:
            self.worst = _worst(self.worst)
        first, last = story_range(result)
        home = _Home(result.text)
        met: set[str] = set()
        for place in found:
            inside = place.action != "fix" and first <= place.start < last
            self._add_place(each.name, source, place, inside, home)
            met.add(rule_of(place))
        for rule in met:
            self.rules[rule].documents += 1

    def _add_place(self, name: str, source: str, place: Place, inside: bool, home: "_Home") -> None:
        key = rule_of(place)
        if key not in self.rules:
            self.rules[key] = _RuleTotals(key, self.seed)
        rule = self.rules[key]
        sentence = reads_as_sentence(place)
        rule.changes += 1
        rule.actions[describe_change(place.action)] += 1
        rule.in_story += inside
        rule.doubtful += not home.has(rule.language)
        if sentence:
            rule.sentences += 1
            rule.words += words(place.text)
        pool = rule.risky if sentence or inside else rule.others
        pool.offer(lambda: _cut(name, source, place, sentence, inside))

    def review(self, why: Mapping[str, str]) -> Review:
        """Return what was added up."""
        kinds: Counter[str] = Counter()
        languages: Counter[str] = Counter()
        actions: Counter[str] = Counter()
        rules = []
        for name, rule in self.rules.items():
            signs = rule.signs()
            kinds[name.partition(".")[0]] += rule.changes
            languages[rule.language] += rule.changes
            actions.update(rule.actions)
            samples = (*sorted(rule.risky.kept, key=lambda cut: not cut.is_sentence), *rule.others.kept)
            rules.append(
                RuleReview(name, reason(name, why), rule.language, tuple(rule.actions), signs, risk(signs), samples)
            )
        rules.sort(key=lambda each: (-each.risk, -each.signs.changes, each.rule))
        hosts = self.hosts if any(self.hosts) else Counter[str]()
        return Review(
            self.documents, self.changed, sum(kinds.values()), self.characters, self.removed,
            _bars(actions), _bars(kinds), _bars(languages), _bars(hosts, _HOSTS),
            _within_budget(rules[:MOST_RULES]), tuple(_worst(self.worst)), len(rules[MOST_RULES:]),
        )  # fmt: skip


class _Home:
    """The home languages of a clean text, found when first asked for."""

    def __init__(self, text: str) -> None:
        self._text, self._found = text, frozenset[str]()

    def has(self, language: str) -> bool:
        """Return True if the clean text alone gives evidence of a language, or of a relative."""
        if language in ("any", "en"):
            return True
        if not self._found:
            self._found = home_languages(self._text, compiled().languages).acting
        return language in self._found


def story_range(result: Result) -> tuple[int, int]:
    r"""Return where the article's body lies in the source, from its first sentence to its last; (0, 0) without one.

    >>> from cleanwire import Cleaner
    >>> story_range(Cleaner()("Share\nThe council voted on Monday to close the old bridge for a year."))
    (6, 69)
    """
    doc = Document(result.text)
    sentences = [number for number, line in enumerate(doc.lines) if is_sentence(line)]
    if not sentences:
        return 0, 0
    body = body_range(doc, sentences)
    end = doc.start(body.last) + len(doc.lines[body.last])
    return result.to_source(doc.start(body.first)), result.to_source(end)


def rule_of(place: Place) -> str:
    """Return the rule that a review counts an edit under: of a site's template, whose every line is a rule, the site.

    >>> rule_of(Place(0, 4, "Menu", "drop", "site.example.org.menu", None, kept=False, new=""))
    'site.example.org'
    """
    return place.rule.rpartition(".")[0] if place.rule.startswith("site.") else place.rule


def _within_budget(rules: list[RuleReview]) -> tuple[RuleReview, ...]:
    """Return the rules without the samples that exceed `SAMPLE_BYTES`."""
    left, found = SAMPLE_BYTES, []
    for rule in rules:
        kept = []
        for cut in rule.samples:
            left -= _MARKUP + sum(len(text.encode("utf-8", "replace")) for text in cut[:7] if isinstance(text, str))
            if left > 0:
                kept.append(cut)
        found.append(replace(rule, samples=tuple(kept)))
    return tuple(found)


def _cut(name: str, source: str, place: Place, sentence: bool, inside: bool) -> Cut:
    before, after = surroundings(source, place.start, place.end)
    text, new = _shortened(place.text), _shortened(place.new)
    return Cut(name, place.start, describe_change(place.action), before, text, new, after, sentence, inside)


def _shortened(text: str) -> str:
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]} […] {text[-half:]}"


def _worst(documents: list[DocumentReview]) -> list[DocumentReview]:
    return nsmallest(WORST, documents, key=lambda each: (-each.removed, each.name))


def _bars(counts: Counter[str], most: int | None = None) -> tuple[Bar, ...]:
    found = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rest = sum(number for _, number in found[most:]) if most else 0
    return (*(Bar(name, number) for name, number in found[:most]), *([Bar(OTHERS, rest)] if rest else ()))
