"""The word lists that packs may hold in ``[words]``, and how the lists of several packs are joined."""

from collections.abc import Iterable, Mapping

import regex

from cleanwire.packs.pack import Pack

WORD_LISTS: Mapping[str, str] = {
    "abbreviations": "Titles and ranks before a name that end in a full stop, which ends no sentence.",
    "agency_suffixes": "Words that follow the name of an agency and belong to it: Images, Europe.",
    "articles": "Definite articles; the name of a newspaper may begin with one.",
    "byline_checkers": "Labels of who checked, edited or translated a story, and did not write it: Reviewed by.",
    "byline_joins": "Words between the names of several authors: and.",
    "byline_particles": "Words in small letters within a person's name, as bylines have them: van, de.",
    "byline_prefixes": "What a name may begin with without a space: Mc, O', al-.",
    "byline_prepositions": "Words between an author and a place or an employer: in, for.",
    "byline_starts": "First words of a byline.",
    "caption_phrases": "Phrases that only captions have: from left.",
    "caption_sides": "Words that captions put in brackets to say who stands where: left, l.",
    "common": "Function words that are common in any text, and letters typical of the language.",
    "copyright": "The word copyright, in each spelling that is met.",
    "credit_openers": "Capitalised words that begin a sentence or a source line and no person's name.",
    "credit_particles": "Words in small letters within a labelled credit: of, the, and.",
    "credit_prepositions": "Words between a person and an agency that also occur in sentences: on, from.",
    "credit_via": "Words between a person and an agency: via, for.",
    "desk_ends": "Words that close the name of a desk or a staff that signs as one: Desk, Team.",
    "desk_starts": "Words that open the name of a desk or a staff: Redaktion.",
    "label_blockers": "Words before a credit label that make it a part of a sentence: your photo.",
    "legal_words": "Words of copyright notices: rights, reserved, Ltd.",
    "licenses": "Phrases of the licenses of programs, to which copyright lines belong.",
    "link_headings": "Headings that text browsers print above a list of links.",
    "mail_headers": "Labels in the head of a mail that nothing else has: To, Subject.",
    "mail_senders": "Labels in the head of a mail that bylines have too: From, Date.",
    "makers": "Words that name the maker of an image without a name: artist, estate.",
    "name_particles": "Words in small letters within a person's name, as credits have them: van, de.",
    "name_suffixes": "What may follow a family name: Jr, III.",
    "not_names": "Words that begin a title, a menu entry or a phrase, and no person's name.",
    "not_places": "Words in capitals before a dash that are not places: UPDATE, VIDEO.",
    "relative_times": "Words of a time that is counted back from now: ago, il y a.",
    "reply_words": "Words of the buttons below a reader's comment: reply, quote, report.",
    "rights_reserved": "Claims of rights in scripts without capitals, which close copyright notices.",
    "role_attributes": "Words before a role that belong to it: Political, Sports.",
    "signoff_continuations": "Words before a label that continue its clause: additional reporting.",
    "signoff_words": "Words in small letters among the names of a sign-off: and, in, bureau.",
    "title_labels": "Labels before a title, with a colon: Title, Headline.",
}
"""All word lists by name, with what each holds.  The parsers that read them join the lists of all packs."""


def joined(packs: Iterable[Pack], name: str) -> frozenset[str]:
    """Return the words of all `packs` in the word list called `name`.

    >>> from cleanwire.packs.load import builtin_packs
    >>> sorted(joined(builtin_packs(), "name_suffixes"))
    ['II', 'III', 'Jr', 'Sr']
    """
    return frozenset(word for pack in packs for word in pack.words.get(name, ()))


def either(words: Iterable[str]) -> str:
    r"""Return a regular expression for one of `words`; without any it matches nothing.

    >>> either({"S.A", "by"}), either(())
    ('(?:S\\.A|by)', '(?!)')
    """
    ordered = sorted(words)
    return f"(?:{'|'.join(map(regex.escape, ordered))})" if ordered else "(?!)"
