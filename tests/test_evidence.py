"""A rule acts where its document backs it: by its languages and by other known lines; prose has neither."""

from pathlib import Path

import pytest

from cleanwire import Cleaner, Document
from cleanwire.compiled import facts
from cleanwire.evidence import Judge
from cleanwire.filters.boilerplate import BoilerplateFilter
from cleanwire.notation import parse, source
from tests.foreign import compiled_for

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
CLEAN = Cleaner()
WITNESSES = "\n\nSkip to main content\nAll rights reserved"
STORY = (
    "The council voted on Monday to close the old bridge for a year.\n"
    "The mayor said the work would cost four million and begin in spring."
)


def why(text: str, line: int) -> str:
    return next(found.why for found in BoilerplateFilter().explain(Document(text)) if found.line == line)


SPEECH = """Ladies and gentlemen, this harbour has fed the town for two hundred years, and it will feed us again.
Thank you.
A member of the audience asked who would pay for the new quay, and when the work would begin.
The speaker answered that the town had saved for ten years and would begin in the autumn."""
PLAY = """FRAU BERG
Wer hat den Brief auf den Tisch gelegt, und warum ist er nicht verschlossen?
OTTO
Ja.
FRAU BERG
Das ist keine Antwort, und du weißt das so gut wie ich, mein Lieber.
OTTO
Nein.
FRAU BERG
Dann geh und frag deinen Bruder, der immer alles weiß, was im Haus geschieht.
OTTO
Danke."""
FINNISH = """Vanha silta on suljettu koko talven ajan, koska sen perustukset ovat heikentyneet.
Ja.
Kaupunki aikoo korjata sen keväällä, mutta rahaa ei ole vielä tarpeeksi, sanoi johtaja."""
MANUAL = """# Dark mode

The editor follows the colours of the system, unless the file of settings says something else about it.

# Related work

Two other editors read the same files, and both were written at the same small university in the north."""
CODE = """The page ends with these two lines, which the reader must not change by hand, since they are made each night.

```
All rights reserved
Sign up for our newsletter
```

After that the server is started again, and the old pages are deleted from the folder of the day before."""
INDENTED = CODE.replace("```\n", "", 1).replace("\n```", "").replace("All r", "    All r").replace("Sign", "    Sign")


@pytest.mark.parametrize("text", [SPEECH, PLAY, FINNISH, MANUAL, CODE, INDENTED])
def test_prose_comes_back_as_it_was(text: str) -> None:
    assert CLEAN(text).text == text


def test_a_brief_phrase_goes_where_two_other_known_lines_stand() -> None:
    assert CLEAN(f"{STORY}\n\nPlay video\n\n{STORY}").text == f"{STORY}\n\nPlay video\n\n{STORY}"
    assert CLEAN(f"{STORY}\n\nPlay video\n\n{STORY}{WITNESSES}").text == f"{STORY}\n\n{STORY}"


def test_repeated_lines_are_one_witness() -> None:
    text = f"{STORY}\n\nPlay video\n\n{STORY}\n\nAll rights reserved\nAll rights reserved"
    assert why(text, 2) == "brief, and 1 witness; no neighbor goes"


def test_an_advertisement_needs_no_witness() -> None:
    assert CLEAN(f"{STORY}\n\nAdvertisement\n\n{STORY}").text == f"{STORY}\n\n{STORY}"


def test_a_line_is_no_witness_of_itself() -> None:
    doc = Document("All rights reserved")
    assert Judge(doc, facts(doc)).witnesses(0) == 0


def test_witnesses_that_are_cut_still_count() -> None:
    doc = Document(f"{STORY}{WITNESSES}")
    left = [line for number, line in enumerate(doc.lines) if number not in {2, 3}]
    assert facts(doc).witnesses == facts(doc).without_lines({2, 3}, left).witnesses != frozenset()


def test_a_paragraph_that_begins_with_a_phrase_needs_witnesses() -> None:
    opening = "If you enjoyed this article, tell the baker. " + STORY.replace("\n", " ")
    assert opening in CLEAN(f"{STORY}\n\n{opening}\n\n{STORY}").text


def test_why_says_what_silenced_a_foreign_rule() -> None:
    text = f"{STORY}\n\nDas könnte Sie auch interessieren"
    (found,) = BoilerplateFilter().explain(Document(text, languages=frozenset({"fi"})))
    assert (found.line, found.goes, found.why) == (2, False, "de: no evidence")


def test_stated_languages_are_those_of_the_text() -> None:
    text = f"{STORY}\n\nDas könnte Sie auch interessieren"
    assert Cleaner(languages=["fi"])(text).text == text
    assert Cleaner(languages=["de"])(text).text == STORY
    assert CLEAN(Document(text, languages=frozenset({"fi"}))).text == text


STORIES = {
    "en": STORY,
    "de": "Der Rat will die alte Brücke für ein Jahr schließen, sagte der Bürgermeister der Stadt am Montag.",
    "fr": "Le conseil a décidé lundi de fermer le vieux pont pendant un an, a dit le maire de la ville.",
    "es": "El consejo decidió el lunes cerrar el viejo puente durante un año, según dijo el alcalde de la ciudad.",
    "it": "Il consiglio ha deciso lunedì di chiudere il vecchio ponte per un anno, ha detto il sindaco della città.",
    "ru": "Городской совет решил в понедельник закрыть старый мост на целый год, сказал мэр этого города.",
    "pl": "Rada miasta zdecydowała w poniedziałek, że stary most będzie zamknięty przez rok, powiedział burmistrz.",
    "nl": "De raad heeft maandag besloten de oude brug een jaar lang te sluiten, zei de burgemeester van de stad.",
    "el": "Το δημοτικό συμβούλιο αποφάσισε τη Δευτέρα να κλείσει την παλιά γέφυρα για έναν χρόνο, είπε ο δήμαρχος.",
    "tr": "Meclis pazartesi günü eski köprünün bir yıl kapatılmasına karar verdi, dedi kentin belediye başkanı.",
    "zh": "市议会星期一投票决定，将这座旧桥关闭一年，以便进行全面的维修工程，市长说。",
    "ar": "قرر المجلس يوم الاثنين إغلاق الجسر القديم لمدة عام كامل، كما قال رئيس بلدية المدينة للسكان.",
}
"""A sentence or two in each language."""


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "All rights reserved to the seller pass to the buyer on the day of payment."),
        ("en", "All rights reserved by the tenant end with this agreement."),
        ("en", "I am not a robot, said the old clerk."),
        ("de", "Alle Rechte vorbehalten bleiben dem Verkäufer."),
        ("de", "Vervielfältigung, auch auszugsweise, bedarf der Zustimmung des Rates."),
        ("fr", "Toute reproduction des clés est interdite."),
        ("fr", "Tous les droits sont réservés."),
        ("es", "Queda prohibida la reproducción de las llaves."),
        ("it", "Art. 3. È vietata la riproduzione delle opere esposte nel museo."),
        ("ru", "Все права защищены законом и договором."),
        ("pl", "Wszelkie prawa zastrzeżone dla sprzedawcy przechodzą na kupującego."),
        ("nl", "Alle rechten voorbehouden aan de verkoper gaan over op de koper."),
        ("el", "Βρείτε με στο facebook, αν θέλετε, είπε η γριά."),
        ("tr", "Tüm hakları saklıdır, dedi yaşlı adam."),
        ("zh", "版权所有，翻印必究，老板常说。"),
        ("ar", "جميع الحقوق محفوظة للبائع حتى يوم الدفع."),
    ],
)
def test_known_words_in_a_sentence_stay_where_no_page_vouches(language: str, sentence: str) -> None:
    story = STORIES[language]
    for text in (f"{sentence}\n\n{story}", f"{story}\n\n{sentence}\n\n{story}", f"{story}\n\n{sentence}"):
        assert CLEAN(text).text == text
    assert sentence not in CLEAN(f"{story}\n\n{sentence}\n\nSkip to main content\nAll rights reserved").text


def test_a_notice_with_a_year_or_an_address_is_no_sentence() -> None:
    for notice in ("© 2021 Harbour News. All rights reserved.", "Copyright © Harbour News. All rights reserved."):
        assert CLEAN(f"{STORY}\n\n{notice}").text == STORY


@pytest.mark.parametrize(
    "piece",
    [
        "The old register is\nused to store the output of the cranes that the town has\nbought in spring.",
        "Lea también el periódico, le dijo su madre, que ya no veía las\nletras.",
    ],
)
def test_a_sentence_over_two_lines_stays(piece: str) -> None:
    assert CLEAN(piece).text == piece
    assert CLEAN(f"{piece}\n\nAll rights reserved").text.startswith(piece)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Lesen Sie auch?", "Ja, am Abend."),
        ("Do you have a question?", "Keep it for the autumn."),
        ("Έχετε ερωτήσεις;", "Κρατήστε τις για το φθινόπωρο."),
        ("هل لديك سؤال؟", "احتفظ به إلى الخريف."),
        ("ご質問はありますか？", "秋まで取っておいてください。"),
    ],
)
def test_a_question_that_is_answered_stays(question: str, answer: str) -> None:
    text = f"{question}\n\n{answer}\n\n{question}\n\n{answer}"
    assert CLEAN(text).text == text


def test_the_manual_of_a_command_keeps_its_headings() -> None:
    text = (
        f"NOM\n       pompe\n\n{STORIES['fr']}\n\nVOIR AUSSI\n       bassin(1), vanne(8)\n\nAUTEUR\n       Le gardien."
    )
    assert CLEAN(text).text == text


@pytest.mark.parametrize(
    "note",
    [
        "Note: All times are those of the port.",
        "Hinweis: Alle Zeiten sind die des Hafens.",
        "Remarque : la clé tourne à gauche.",
        "Примечание: все часы идут по времени порта.",
        "Uwaga: woda jest zimna.",
        "注意：水は冷たいです。",
        "ملاحظة: الماء بارد.",
    ],
)
def test_a_note_of_a_manual_stays(note: str) -> None:
    for text in (f"{note}\n\n{STORY}", f"{STORY}\n\n{note}\n\n{STORY}", f"{STORY}\n\n{note}"):
        assert CLEAN(text).text == text


def test_a_verse_stays_in_its_stanza() -> None:
    stanza = "Lire la suite dans tes yeux,\nFermer la porte, ouvrir les cieux,\nVoir aussi l'ombre du bateau\nQui part."
    assert CLEAN(f"{stanza}\n\n{stanza}").text == f"{stanza}\n\n{stanza}"


def test_an_address_is_no_witness() -> None:
    doc = Document(f"{STORY}\n\nChicago, IL 60622\n\nEmail Us")
    assert facts(doc).witnesses == frozenset()
    assert CLEAN(doc.text).text == doc.text


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_packs_of_other_languages_change_no_rule(path: Path) -> None:
    doc = Document(source(parse(path.read_text(encoding="utf-8"))))
    known = facts(doc)
    few = compiled_for(known.languages.acting).read(doc)
    assert {line: rule.name for line, rule in few.rules.items()} == {n: rule.name for n, rule in known.rules.items()}


def test_neighbors_below_the_story_of_a_page_may_be_farther_apart() -> None:
    between = "\n".join(f"Harbour {name}" for name in ("Quay", "Crane", "Lock", "Light", "Gate"))
    text = f"{STORY}\n\nAll rights reserved\n{between}\nPodcasts"
    assert CLEAN(text).text.endswith("Podcasts")
    more = "Skip to main content\nSign up for our newsletter\nTerms of use\nFollow us on Facebook"
    assert not CLEAN(f"{more}\n\n{text}").text.endswith("Podcasts")


def test_a_label_that_lost_its_value_goes_as_the_last_line() -> None:
    assert CLEAN(f"{STORY}\n\nAuthors:").text == STORY
    for kept in (f"{STORY}\n\nAuthors", f"Authors:\n\n{STORY}", f"{STORY}\n\nAuthors:\n\nAnn Lee"):
        assert "Authors" in CLEAN(kept).text


def test_a_marker_of_a_data_set_needs_no_witness() -> None:
    assert CLEAN(f"{STORY}\n\n@highlight").text == STORY


def test_a_related_heading_takes_the_rest_sooner_above_a_footer() -> None:
    story = "\n\n".join([STORY.replace("\n", "\n\n")] * 5)
    teaser = "The ferry of Osthaven sails again, and the town has gone to the pier."
    footer = ["Skip to main content", "All rights reserved", "Terms of use", "Privacy policy", "Contact us", "About us"]
    page = [story, "More on this story", "A ferry", teaser, *footer]
    assert CLEAN("\n\n".join(page)).text == story
    assert teaser in CLEAN("\n\n".join(page[:4])).text


def test_fields_of_a_comment_section_go_however_far_apart_they_stand() -> None:
    remark = "I have crossed that bridge on each day of my life, and it was never closed."
    comment = ["Ann Lee", "Reply", "12", *[remark] * 9]
    head = ["Skip to main content", "All rights reserved", "Terms of use", "Privacy policy", "Post a comment"]
    page = [STORY, *head, "Leave a comment", "Your comment", *comment * 3]
    text = CLEAN("\n\n".join(page)).text.split("\n\n")
    assert "Reply" not in text
    assert "12" not in text
    assert text.count(remark) == 27
    prose = [STORY, *comment * 3]
    assert CLEAN("\n\n".join(prose)).text.count("Reply") == 3


@pytest.mark.parametrize(
    ("line", "stays"), [("Comments 0", False), ("기사 댓글 0", False), ("Comments", True), ("Chapter 3", True)]
)
def test_a_counter_of_comments_goes_as_the_last_line(line: str, *, stays: bool) -> None:
    story = "The council voted on Monday to close the bridge for a year."
    assert (line in Cleaner(languages=["en", "ko"])(f"{story}\n\n{line}").text) is stays
    assert line in Cleaner(languages=["en", "ko"])(f"{line}\n\n{story}").text


@pytest.mark.parametrize(
    "line",
    [
        "Get a letter from our reporters on what the town talks about. Sign up for the weekly newsletter here.",
        "Add your name to thousands demanding that the council take action on the bridge. SAVE THE FERRY!",
        "NEWYou can now listen to Harbour News articles!",
        "Die Redaktion des HAFENBOTEN braucht Ihre Unterstützung. Wenn Sie sie schätzen, unterstützen Sie uns.",
        "Im Interesse unserer User behalten wir uns vor, jeden Beitrag vor der Veröffentlichung zu prüfen.",
    ],
)
def test_a_pattern_that_knows_a_sentence_of_a_widget_needs_no_witness(line: str) -> None:
    story = "\n\n".join([STORY.replace("\n", "\n\n")] * 3)
    assert CLEAN(f"{story}\n\n{line}").text == story


def test_addresses_in_a_row_are_the_sources_of_a_text_and_one_alone_is_a_link() -> None:
    addresses = [f"https://www.harbour-{name}.example/papers/{name}" for name in ("crane", "quay", "lock")]
    sources = "\n".join(addresses)
    page = "Skip to main content\nFollow us on Facebook\nAll rights reserved\nSign up for our newsletter"
    assert CLEAN(f"{STORY}\n\nSources\n{sources}\n{page}").text.endswith(sources)
    assert addresses[0] not in CLEAN(f"{STORY}\n\n{page}\n{addresses[0]}").text


@pytest.mark.parametrize(
    "line",
    [
        "Save my name, email, and website in this browser for the next time I comment.",
        "Notify me of new posts by email.",
        "Benachrichtige mich über nachfolgende Kommentare via E-Mail.",
        "Enregistrer mon nom, mon e-mail et mon site dans le navigateur pour mon prochain commentaire.",
        "Guarda mi nombre, correo electrónico y web en este navegador para la próxima vez que comente.",
        "Salva il mio nome, email e sito web in questo browser per la prossima volta che commento.",
        "Mijn naam, e-mail en site opslaan in deze browser voor de volgende keer wanneer ik een reactie plaats.",
    ],
)
def test_a_sentence_that_begins_with_many_known_words_needs_no_witness(line: str) -> None:
    stories = {"Benachrichtige": GERMAN, "Enregistrer": FRENCH, "Guarda": SPANISH, "Salva": ITALIAN, "Mijn": DUTCH}
    story = stories.get(line.split()[0], STORY)
    assert CLEAN(f"{story}\n\n{line}").text == story


@pytest.mark.parametrize(
    "line",
    [
        "Save my name from the fire, he wrote on the last page of the book.",
        "Notify me when the ferry is back, said the captain to the boy on the quay.",
        "This site uses less water than the old one, the engineers of the harbour said.",
    ],
)
def test_a_sentence_that_begins_with_few_known_words_stays(line: str) -> None:
    assert CLEAN(f"{STORY}\n\n{line}").text == f"{STORY}\n\n{line}"


GERMAN = (
    "Der Stadtrat hat am Montag beschlossen, die alte Brücke für ein Jahr zu schließen, und zwei Fähren fahren.\n"
    "Die Arbeiten kosten neun Millionen Euro und beginnen in der ersten Maiwoche, wenn der Fluss wenig Wasser führt."
)
FRENCH = (
    "Le conseil municipal a décidé lundi de fermer le vieux pont pendant un an, et deux bacs conduiront les enfants.\n"
    "Les travaux coûteront neuf millions d'euros et commenceront la première semaine de mai, quand l'eau est basse."
)
SPANISH = (
    "El ayuntamiento decidió el lunes cerrar el viejo puente durante un año, y dos barcas llevarán a los niños.\n"
    "Las obras costarán nueve millones de euros y empezarán la primera semana de mayo, cuando el río baja seco."
)
ITALIAN = (
    "Il consiglio comunale ha deciso lunedì di chiudere il vecchio ponte per un anno, e due traghetti partiranno.\n"
    "I lavori costeranno nove milioni di euro e cominceranno nella prima settimana di maggio, quando il fiume è basso."
)
DUTCH = (
    "De gemeenteraad besloot maandag om de oude brug een jaar te sluiten, en twee veerponten brengen de kinderen.\n"
    "Het werk kost negen miljoen euro en begint in de eerste week van mei, wanneer het water in de rivier laag staat."
)


def test_a_link_within_a_broken_sentence_is_no_boilerplate() -> None:
    text = (
        "The council of the town voted late on Monday to close the\nold harbour bridge\nfor a year, and the\n"
        "ferry company\nwill run two boats until the work is done.\n"
        "The gates of the yard have been open since spring, said the master, and they stay open\nfor you\n"
        "and for all who want to see it.\nPart of the American\nfleet left at noon.\nThe rest waits\nfor everyone.\n"
        "The council of the bay, which met at noon, and the\nferry company\nhave agreed on it.\n"
    )
    cleaned = Cleaner()(f"{text}Copyright 2024 Osthaven Post\n")
    assert cleaned.layout == "nodes"
    assert cleaned.text == text


def test_the_end_of_an_item_is_no_heading_of_the_rest() -> None:
    crews = "The crews of the harbour keep lists of all that they have learned, so that the next ones need not ask."
    text = (
        f"{crews}\n\n" * 14 + "* [Knots for beginners](https://osthaven.example/knots) - Ann Lee\n"
        "* [Sails and ropes](https://osthaven.example/sails) -\n  Hanne Lund\n(email address *required*)\n"
        "* [Charts of the bay](https://osthaven.example/charts) - Per Moss\n"
        "* [Lights and bells](https://osthaven.example/lights) - Per Moss"
    )
    assert Cleaner()(text).text == text
