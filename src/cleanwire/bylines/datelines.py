"""Datelines: "BEIRUT, April 3 (Reuters) - ", where and when an agency filed, at the head of a story's paragraph.

Agencies come from rules of kind ``dateline`` with `agency`, cities that stand alone from those with `label`, and forms
of their own ("新华社北京4月3日电") from those with `pattern`, which here is the beginning of a line.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import regex

from cleanwire.bylines.dates import Dates
from cleanwire.lazy import deferred
from cleanwire.packs.pack import Pack, Rule

_HEAD = 110
"""A dateline ends within so many characters."""
_PIECE = r"\p{L}[\p{L}\p{M}.'’]*+"
_PLACE = rf"{_PIECE}(?:[ /\u00a0-]{{1,2}}{_PIECE}){{0,4}}"
_DATE = r"[\p{L}\p{M}\d.]++(?:[ \u00a0][\p{L}\p{M}\d.]++){0,4}"
_AFTER = r"(?=[\"'“„«»‘’(\[]{0,2}[\p{Lu}\p{Lo}\d])"
_MARK = r"(?:\.?\s*[–—]{1,2}|\s?\.?--?(?=\s)|\s?--|:-?(?=\s)|\s?=(?=\s))\s*"
_FORM = deferred(
    regex.compile,
    rf"(?P<place>{_PLACE})(?P<more>(?:,[ \u00a0](?:{_DATE})){{0,3}})"
    rf"(?:[ \u00a0]?\((?P<agency>[^()]{{2,40}})\))?(?P<mark>{_MARK}){_AFTER}",
)
_OPEN = deferred(regex.compile, rf"[(\[](?P<agency>[^()\[\]]{{2,30}})[)\]](?P<mark>{_MARK}|\s(?=\p{{Lu}})){_AFTER}")
_SIGNED = deferred(regex.compile, r"(?P<agency>\p{Lu}[\p{L} ]{1,24}+)\.\s+(?=\p{Lu})|/(?P<slash>[^/]{2,20})/[.,]?\s*")
_SLASHED = deferred(regex.compile, rf"(?P<place>{_PLACE}),\s(?P<more>{_DATE})\s?/(?P<agency>[^/]{{2,20}})/[.,]?\s*")
_SPLIT = deferred(regex.compile, r"[/\s,|-]")
_BRACKETS = frozenset("([（［【")
_DATED = deferred(regex.compile, r"\d[^–—:-]*[–—:-]|[–—-].{0,4}/")
_CAPITALS = deferred(regex.compile, r"\p{Lu}[\p{Lu}\p{M}.'’/ \u00a0-]{2,}")
_LABELS = frozenset(
    [
        "ADVERTISEMENT",
        "ADVERTORIAL",
        "ALERT",
        "ANALYSIS",
        "BREAKING",
        "COMMENT",
        "CORRECTION",
        "DISCLAIMER",
        "EDITORIAL",
        "EXCLUSIVE",
        "EXPLAINED",
        "EXPLAINER",
        "FACTBOX",
        "FEATURE",
        "FILE",
        "GALLERY",
        "IMPORTANT",
        "INTERVIEW",
        "LIVE",
        "MORE",
        "NEW",
        "NEWS",
        "NOTE",
        "NOTICE",
        "OPINION",
        "PHOTO",
        "PHOTOS",
        "PICTURED",
        "PODCAST",
        "POLL",
        "PREVIEW",
        "QUIZ",
        "READ",
        "RELATED",
        "REPORT",
        "REVIEW",
        "SEE",
        "SPOILER",
        "SPONSORED",
        "TIP",
        "TIPS",
        "UPDATE",
        "UPDATED",
        "VIDEO",
        "WARNING",
        "WATCH",
        "WHAT",
        "WHO",
        "WHY",
        "WHEN",
        "WHERE",
        "HOW",
        "YES",
        "FAQ",
        "DIY",
        "ANZEIGE",
        "WERBUNG",
        "EILMELDUNG",
        "KOMMENTAR",
        "HINWEIS",
        "ACHTUNG",
    ]
)  # what else stands in capitals before a dash


class Dateline(NamedTuple):
    """The head of a paragraph: its words end at `stop`, the story begins at `story`."""

    stop: int
    story: int
    rule: str


PLACE = "dateline.any.place"
"""The rule of a dateline that names no known agency or city, known by its shape."""

FILTER_RULES: Mapping[str, str] = {
    PLACE: "A place in capitals, and a date or a dash, at the head of a paragraph.",
}
"""The rules that no pack holds, with what they are for."""


class Datelines:
    """The datelines that some packs know.

    >>> from cleanwire.packs.pack import builtin_packs
    >>> read = Datelines(builtin_packs(), Dates(builtin_packs())).read
    >>> read("BEIRUT, April 3 - Troops left the town on Sunday.", lead=True)
    Dateline(stop=15, story=18, rule='dateline.any.cities')
    """

    def __init__(self, packs: Iterable[Pack], dates: Dates) -> None:
        self._dates = dates
        self._agencies: dict[str, str] = {}
        self._cities: dict[str, str] = {}
        self._patterns: list[tuple[Rule, regex.Pattern[str]]] = []
        for rule in (rule for pack in packs for rule in pack.rules if rule.kind == "dateline"):
            if rule.matching == "agency":
                self._agencies.update((agency.casefold(), rule.name) for agency in rule.phrases)
            elif rule.matching == "label":
                self._cities.update((city.casefold(), rule.name) for city in rule.phrases)
            elif rule.matching == "pattern":
                self._patterns += ((rule, regex.compile(pattern)) for pattern in rule.phrases)

    def read(self, line: str, *, lead: bool) -> Dateline | None:
        """Return the dateline at the head of `line`; with `lead`, the first line of a story, its shape may suffice."""
        indent = len(line) - len(line.lstrip()) if line[:1].isspace() else 0
        head = line[indent : indent + _HEAD + 1]
        found = self._read(head, lead) if head else None
        return found._replace(stop=found.stop + indent, story=found.story + indent) if found and indent else found

    def _read(self, line: str, lead: bool) -> Dateline | None:
        head = line[:_HEAD]
        for form, pattern in self._patterns if head[0] in _BRACKETS or head[0] >= "\u0590" else ():
            if found := pattern.match(head):
                return Dateline(len(found[0].rstrip(" :：=-")), found.end(), form.name)
        if head[0] in _BRACKETS and (found := _OPEN.match(head)):
            if rule := self._agency(found["agency"]):
                inner = _FORM.match(head, found.end())  # "(ANSA) - ROMA, 03 APR - "
                if inner and self._place(inner, lead=False):
                    found = inner
                return Dateline(found.start("mark"), found.end(), rule)
            return None
        found = _SLASHED.match(head) if "/" in head else None
        if found and (rule := self._agency(found["agency"])):
            return Dateline(found.end("agency") + 1, found.end(), rule)
        found = _FORM.match(head)
        if not found or found.end() >= len(line) or not (rule := self._place(found, lead=lead)):
            return None
        stop, story = found.start("mark"), found.end()
        signed = _SIGNED.match(head, story)  # "МОСКВА, 3 апр - РИА Новости. "
        if signed and (agency := self._agency(signed["agency"] or signed["slash"])):
            return Dateline(signed.end("agency") if signed["agency"] else signed.end("slash") + 1, signed.end(), agency)
        return Dateline(stop, story, rule)

    def _place(self, form: regex.Match[str], *, lead: bool) -> str | None:
        """Return the rule by which a form names a place, or None."""
        place, more, tight = form["place"], form["more"], form["mark"].startswith((":", "="))
        if not place[0].isupper() and place[0] < "\u0590":
            return None
        if form["agency"]:
            return self._agency(form["agency"])
        city = self._cities.get(place.casefold())
        capitals = _CAPITALS.fullmatch(place) is not None
        if more:
            date = self._dates.find(more)
            if date and more[date.stop :].strip(" .\u00a0") == "" and (capitals or not tight):
                return city or PLACE
        if not capitals or city:
            return city if capitals else None
        words = place.split()
        if tight or not lead or len(place) < 4 or len(words) > 3 or not _LABELS.isdisjoint(words):
            return None
        return PLACE

    def _agency(self, name: str | None) -> str | None:
        """Return the rule that knows an agency: "Reuters", "dpa/lno", "AP Photo"."""
        if not name:
            return None
        low = name.casefold().strip()
        return self._agencies.get(low) or self._agencies.get(_SPLIT.split(low, 1)[0])


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
