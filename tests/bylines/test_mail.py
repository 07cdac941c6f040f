"""The heads of mail name no author and lose no line, in any language."""

import pytest

from cleanwire import Cleaner
from cleanwire.bylines.mail import MailHeads
from cleanwire.packs.load import builtin_packs

HEADS = [
    "From: Ann Lee\nTo: The rowers\nSubject: The boat on Sunday",
    "Von: Anna Berg\nGesendet: Montag, 3. Mai 2021\nAn: Ruderverein\nBetreff: Boot am Sonntag",
    "De : Anne Berger\nÀ : Les rameurs\nObjet : Le bateau",
    "De: Ana Montes\nPara: Los remeros\nAsunto: La barca",
    "Da: Anna Monti\nA: I rematori\nOggetto: La barca",
    "От: Анна Берг\nКому: Гребцы\nТема: Лодка",
    "Van: Anna Berg\nAan: De roeiers\nOnderwerp: De boot",
    "Od: Anna Berg\nDo: Wioślarze\nTemat: Łódź",
    "Från: Anna Berg\nTill: Roddarna\nÄmne: Båten",
    "Από: Άννα Μπεργκ\nΠρος: Κωπηλάτες\nΘέμα: Η βάρκα",
    "差出人: 山田花子\n宛先: 漕艇部\n件名: 日曜日の船",
    "发件人：王敏\n收件人：划船队\n主题：星期天的船",
    "من: آن لي\nإلى: المجدفون\nالموضوع: القارب",
    "> *From:* Ann Lee\n> *Subject:* The boat",
]
STORY = "The boat to the island leaves at nine from the north pier, and nobody knows who is going to row it back."


@pytest.mark.parametrize("head", HEADS)
def test_a_head_of_mail_is_neither_named_nor_cut(head: str) -> None:
    text = f"{head}\n\n{STORY}\n{STORY}"
    assert MailHeads(builtin_packs()).find(head.split("\n")) == set(range(head.count("\n") + 1))
    result = Cleaner()(text)
    assert (result.text, result.title, result.byline, result.date) == (text, None, None, None)


@pytest.mark.parametrize("lines", [["From: Ann Lee"], ["From: Ann Lee", "Date: 3 May 2021"], ["Subject: The boat"], []])
def test_labels_that_bylines_have_too_make_no_head(lines: list[str]) -> None:
    assert MailHeads(builtin_packs()).find(lines) == frozenset()
