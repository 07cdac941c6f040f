"""Texts in a mistaken charset are read again where that is sure, and no other text is."""

import pytest

from cleanwire import Cleaner
from cleanwire.mojibake.charset import mistaken_charset
from cleanwire.mojibake.shapes import SCRIPTS
from cleanwire.text.runs import character_runs

TEXTS = {
    "ru": "Паром ушёл в полдень, и порт был пуст. Все они ждали до вечера, но он так и не вернулся: это было в мае.",
    "uk": "Пором пішов опівдні, і порт був порожній. Усі вони чекали до вечора, але він так і не повернувся.",
    "el": "Το πλοίο έφυγε το μεσημέρι και το λιμάνι άδειασε. Όλοι περίμεναν ως το βράδυ, αλλά εκείνο δεν γύρισε.",
    "ar": "غادرت العبارة الميناء عند الظهر ولم يبق أحد على الرصيف. انتظر الناس حتى المساء لكن لم تعد من البحر.",
    "he": "המעבורת יצאה בצהריים והנמל נשאר ריק. כולם חיכו עד הערב אבל היא לא חזרה מן הים.",
    "th": "เรือข้ามฟากออกจากท่าตอนเที่ยงและท่าเรือก็ว่างเปล่า ทุกคนรอจนถึงเย็นแต่เรือไม่กลับมา",
    "pl": "Prom odpłynął w południe, a port był pusty. Wszyscy czekali, ale już się nie pojawił i było źle.",
    "cs": "Přívoz odplul v poledne a přístav zůstal prázdný. Všichni čekali, ale už se nevrátil, což byla škoda.",
    "hu": "A komp délben elment, és a kikötő üres maradt. Ő még várt, de az idő lejárt, és a fürdő is bezárt.",
    "tr": "Vapur öğle vakti gitti ve liman boş kaldı. Çocuklar akşama kadar bekledi, ama vapur değil, kayık bile yok.",
}
READ = [
    ("ru", "cp1251"),
    ("ru", "koi8-r"),
    ("ru", "iso8859-5"),
    ("uk", "cp1251"),
    ("el", "cp1253"),
    ("el", "iso8859-7"),
    ("ar", "cp1256"),
    ("he", "cp1255"),
    ("th", "cp874"),
    ("pl", "cp1250"),
    ("pl", "iso8859-2"),
    ("cs", "cp1250"),
    ("hu", "iso8859-2"),
    ("tr", "iso8859-9"),
]
RIGHT = [
    *TEXTS.values(),
    "El niño comió piñas y el señor pidió más café, según decía Ångström.",
    "Þór sagði að það væri ýmislegt í boði, ðð og þþ.",
    (
        "Ferjan milli Þórshafnar og Ålesund siglir ekki næstu daga, því að stormurinn er enn úti fyrir ströndinni. "
        "Skipstjórinn Bjørn Ødegård segir að það sé of hættulegt og að hann ætli að bíða þar til veðrið lægir. Ýmsir "
        "íbúar þurftu að gista í skólanum um nóttina. Í gær þurfti Þuríður Guðmundsdóttir að bíða við höfnina með "
        "börnin sín þrjú. Hún sagði að það væri kalt, en að fólkið hefði sýnt þeim mikla góðvild. Þetta var þriðja "
        "óveðrið í þessum mánuði, og ýmsir óttast að það verði ekki það síðasta. Müller og Ångström voru líka um borð."
    ),
    "“ÄÖÜß” – Füße, Größe, Äpfel, Öl: 5 m² für 3 £, ±2 °C, ¿qué?",
    "L’été, où ça? Là-bas, à Ménilmontant, Renée mangea un ñandú près des Açores.",
    "BRASÍLIA: ÃÕÇÁ são letras; a ação não é õ.",
]


def wrong(language: str, charset: str, codec: str) -> str:
    return "".join(bytes((byte,)).decode(codec, "ignore") or chr(byte) for byte in TEXTS[language].encode(charset))


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
@pytest.mark.parametrize(("language", "charset"), READ)
def test_a_mistaken_charset_is_found(language: str, charset: str, codec: str) -> None:
    text = wrong(language, charset, codec)
    result = Cleaner(only=["encoding"])(text)
    assert result.text == TEXTS[language]
    assert result.undo() == text
    assert {edit.rule for step in result.steps for edit in step.edits} == {"encoding.charset"}


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_text_stays(text: str) -> None:
    assert mistaken_charset(text, character_runs(text)) is None


@pytest.mark.parametrize("text", RIGHT)
def test_utf8_is_another_damage(text: str) -> None:
    damaged = text.encode().decode("latin-1")
    assert mistaken_charset(damaged, character_runs(damaged)) is None


@pytest.mark.parametrize("language", ["ru", "pl"])
def test_too_little_is_left(language: str) -> None:
    text = wrong(language, "cp1251" if language == "ru" else "cp1250", "latin-1")[:8]
    assert mistaken_charset(text, character_runs(text)) is None


def test_words_of_scripts_have_their_shape() -> None:
    words = {script.name: script.words for script in SCRIPTS}
    assert words["Greek"]("Όλοι ως ςα Το νερό νεροποντη") == ["Όλοι", "ως", "Το", "νερό"]
    assert words["Hebrew"]("מים םימ") == ["מים"]
    assert words["Cyrillic"]("порт ПОРТ пОРТ порtal") == ["порт", "ПОРТ"]
