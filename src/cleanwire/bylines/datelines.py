"""Read datelines: "BEIRUT, April 3 (Reuters) - ", where and when an agency filed, at the head of a paragraph.

Agencies come from rules of kind ``dateline`` with `agency`, cities that stand alone from those with `label`, and forms
of one language ("新华社北京4月3日电") from those with `pattern`, which here matches the beginning of a line.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import regex

from cleanwire.bylines.dates import Dates
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule
from cleanwire.packs.words import joined

_HEAD = 110
"""The most characters of a dateline."""
_PIECE = r"\p{L}[\p{L}\p{M}.'’]*+"
_PLACE = rf"{_PIECE}(?:[ /\u00a0-]{{1,3}}{_PIECE}){{0,4}}"
_DATE = r"[\p{L}\p{M}\d.]++(?:[ \u00a0][\p{L}\p{M}\d.]++){0,4}"
_AFTER = r"(?=[\"'“„«»‘’(\[]{0,2}[\p{Lu}\p{Lo}\d])"
_MARK = r"(?:\.?\s*[–—]{1,2}|\s?\.?--?(?=\s)|\s?--|:-?(?=\s)|\s?=(?=\s))\s*"
_FORM = deferred(
    regex.compile,
    rf"(?P<place>{_PLACE})(?P<more>(?:,[ \u00a0](?:{_DATE})){{0,3}})"
    rf"(?:[ \u00a0]?\((?P<agency>[^()]{{2,40}})\))?(?P<mark>{_MARK}){_AFTER}",
)
_OPEN = deferred(regex.compile, rf"[(\[](?P<agency>[^()\[\]]{{2,30}})[)\]](?P<mark>{_MARK}|\s(?=\p{{Lu}})){_AFTER}")
_SIGNED = deferred(regex.compile, r"(?P<agency>\p{Lu}[\p{L} ]{1,24}+)\.\s+(?=\p{Lu})")
_SLASHED = deferred(regex.compile, rf"(?P<place>{_PLACE}),\s(?P<more>{_DATE})\s?/(?P<agency>[^/]{{2,20}})/[.,]?\s*")
_SPLIT = deferred(regex.compile, r"[/\s,|-]")
_BRACKETS = frozenset("([（［【")
_DATED = deferred(regex.compile, r"\d[^–—:-]*[–—:-]|[–—-].{0,4}/")
_SHOUT = deferred(regex.compile, r"-\s|\W*\p{Lu}{2,}\W+\p{Lu}+\W|[^.?!]{1,60}!")
"""What follows words in capitals that are no place: a hyphen glued to them, more capitals, a cry."""
_INITIALS = deferred(regex.compile, r"(?:\p{Lu}\.[ -]?)+\p{Lu}?")
_CAPITALS = deferred(regex.compile, r"\p{Lu}[\p{Lu}\p{M}.'’/ \u00a0-]{2,}")


class Dateline(NamedTuple):
    """The dateline of a paragraph: its words end at `stop`, the story begins at `story`."""

    stop: int
    story: int
    rule: str


PLACE = "dateline.any.place"
"""The rule of a dateline without a known agency or city, recognised by its shape."""

FILTER_RULES: Mapping[str, str] = {
    PLACE: "A place in capitals, and a date or a dash, at the beginning of a paragraph.",
}
"""The rules that no pack holds, with what they are for."""


class Datelines:
    """Reads the datelines that some packs know.

    >>> from cleanwire.packs.load import builtin_packs
    >>> read = Datelines(builtin_packs(), Dates(builtin_packs())).read
    >>> read("BEIRUT, April 3 - Troops left the town on Sunday.", lead=True)
    Dateline(stop=15, story=18, rule='dateline.any.cities')
    """

    def __init__(self, packs: Iterable[Pack], dates: Dates) -> None:
        packs = tuple(packs)
        self._dates = dates
        self._not_places = joined(packs, "not_places")
        self._agencies: dict[str, str] = {}
        self._cities: dict[str, str] = {}
        self._patterns: list[tuple[Rule, regex.Pattern[str]]] = []
        for rule in (rule for pack in packs for rule in pack.rules if rule.kind == "dateline"):
            if rule.matching == "agency":
                _add(self._agencies, rule)
            elif rule.matching == "label":
                _add(self._cities, rule)
            elif rule.matching == "pattern":
                self._patterns += ((rule, regex.compile(pattern)) for pattern in rule.phrases)

    def read(self, line: str, *, lead: bool) -> Dateline | None:
        """Return the dateline at the head of `line`; its shape suffices on the first line of a story (`lead`)."""
        indent = len(line) - len(line.lstrip()) if line[:1].isspace() else 0
        head = line[indent : indent + _HEAD]
        found = self._read(head, lead) if head else None
        return found._replace(stop=found.stop + indent, story=found.story + indent) if found and indent else found

    def _read(self, head: str, lead: bool) -> Dateline | None:
        """Return the dateline that `head`, the first characters of a line, begins with."""
        if (head[0] in _BRACKETS or head[0] >= "\u0590") and (found := self._read_pattern(head)):
            return found
        if head[0] in _BRACKETS and (opening := _OPEN.match(head)):
            return self._read_bracketed(head, opening)
        slashed = self._read_slashed(head) if "/" in head else None
        return slashed or self._read_place(head, lead=lead)

    def _read_pattern(self, head: str) -> Dateline | None:
        """Read a form of one language: "新华社北京4月3日电"."""
        for rule, pattern in self._patterns:
            if found := pattern.match(head):
                return Dateline(len(found[0].rstrip(" :：=-")), found.end(), rule.name)
        return None

    def _read_bracketed(self, head: str, opening: "regex.Match[str]") -> Dateline | None:
        """Read an agency in brackets, and the place after it: "(ANSA) - ROMA, 03 APR - "."""
        if not (rule := self._agency(opening["agency"])):
            return None
        place = _FORM.match(head, opening.end())
        last = place if place and self._place_rule(place, lead=False) else opening
        return Dateline(last.start("mark"), last.end(), rule)

    def _read_slashed(self, head: str) -> Dateline | None:
        """Read an agency between slashes: "OSLO, April 3 /PRNewswire/"."""
        found = _SLASHED.match(head)
        rule = self._agency(found["agency"]) if found else None
        return Dateline(found.end("agency") + 1, found.end(), rule) if found and rule else None

    def _read_place(self, head: str, *, lead: bool) -> Dateline | None:
        """Read a place and a dash: "OSLO, 3 April (AP) - "."""
        found = _FORM.match(head)
        rule = self._place_rule(found, lead=lead) if found else None
        if not found or not rule:
            return None
        signed = _SIGNED.match(head, found.end())  # "МОСКВА, 3 апр - РИА Новости. "
        if signed and (agency := self._agency(signed["agency"])):
            return Dateline(signed.end("agency"), signed.end(), agency)
        return Dateline(found.start("mark"), found.end(), rule)

    def _place_rule(self, form: "regex.Match[str]", *, lead: bool) -> str | None:
        """Return the rule that knows the place of a form, or None if it is not one."""
        place, tight = form["place"], form["mark"].startswith((":", "="))
        if not place[0].isupper() and place[0] < "\u0590":
            return None
        if form["agency"]:
            return self._bracketed(form["agency"], place, lead=lead)
        city, capitals = self._cities.get(place.casefold()), _CAPITALS.fullmatch(place) is not None
        if (capitals or not tight) and self._is_date(form["more"]):
            return city or PLACE
        if not capitals or city:
            return city if capitals else None
        shaped = lead and not tight and not _SHOUT.match(form.string, form.start("mark"))
        return PLACE if shaped and self._is_place(place) else None

    def _bracketed(self, words: str, place: str, *, lead: bool) -> str | None:
        """Return the rule of what stands in brackets after a place: an agency, or in the first paragraph a date."""
        shown = PLACE if _CAPITALS.fullmatch(place) else self._cities.get(place.casefold())
        return shown if lead and shown and self._is_date(words, alone=True) else self._agency(words)

    def _is_place(self, name: str) -> bool:
        """Return True if words in capitals could be a place: up to three, not "WATCH" or "UPDATE"."""
        words = name.split()
        short = len(name) <= 3 or len(words) > 3 or _INITIALS.fullmatch(name)
        return not short and self._not_places.isdisjoint(words)

    def _is_date(self, text: str, *, alone: bool = False) -> bool:
        """Return True if `text` ends with a date, and with `alone` also begins with it: "3 May", not "born 3 May"."""
        date = self._dates.find(text) if text else None
        if date is None or text[date.stop :].strip(" .\u00a0"):
            return False
        return not (alone and date.start)

    def _agency(self, name: str) -> str | None:
        """Return the rule that knows an agency: "Reuters", "dpa/lno", "AP Photo"."""
        low = name.casefold().strip()
        return self._agencies.get(low) or self._agencies.get(_SPLIT.split(low, 1)[0])


def _add(names: dict[str, str], rule: Rule) -> None:
    """Add the names of a rule in lower case, but those that another rule has already."""
    for name in rule.all_phrases:
        names.setdefault(name.casefold(), rule.name)


def may_open(line: str) -> bool:
    """Return True if a line may begin with a dateline: with capitals, a bracket, or a date and a dash."""
    indent = len(line) - len(line.lstrip()) if line[:1].isspace() else 0
    head = line[indent : indent + _HEAD]
    first = head[0]
    if head[1:3].isupper() or first in _BRACKETS or first >= "\u0590" or "(" in head[2:60]:
        return True
    return (
        "," in head[2:50]
        and ("–" in head or "—" in head or "- " in head or ":" in head)
        and _DATED.search(head) is not None
    )
