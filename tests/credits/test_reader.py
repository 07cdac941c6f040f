"""The end of a line, read for a credit: label, name and agency, each in its place."""

from pathlib import Path

import pytest

from benchmarks.tools.counting import cost
from cleanwire.compiled import compiled
from cleanwire.credits.reader import CreditReader
from cleanwire.packs.load import builtin_packs
from cleanwire.packs.parse import parse_pack

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
MARKS = " /|,;:()[]\u00a0-–—=＝·.。（）"


def read(line: str) -> tuple[str, str, str] | None:
    """Return the words before the credit of `line`, the name and the agency."""
    credit = compiled().credits.read(line)
    if credit is None:
        return None
    found = {"name": "", "agency": "", "label": "", None: ""}
    begin = credit.start
    for piece in credit.pieces:
        found[piece.part] += line[begin : piece.stop]
        begin = piece.stop
    return line[: credit.start].strip(), found["name"].strip(MARKS), found["agency"].strip(MARKS)


@pytest.mark.parametrize(
    ("line", "name", "agency"),
    [
        ("Rebel fighters left the hill town of Marbeh. REUTERS/Lina Harrow", "Lina Harrow", "REUTERS"),
        ("A ferry leaves the harbour, March 3, 2019. (AP Photo/Tom Weller, File)", "Tom Weller", "AP Photo"),
        ("Ines Kolb (links) eröffnet die neue Brücke. Foto: Jan Reuter/dpa", "Jan Reuter", "dpa"),
        ("Le ministre à son arrivée au sommet. Crédit photo : Anne Morel / AFP", "Anne Morel", "AFP"),
        ("Protesters gather outside the mill [Omar Adel/Anadolu Agency]", "Omar Adel", "Anadolu Agency"),
        ("Prezydent miasta podczas konferencji. Fot. Marek Zielny / PAP", "Marek Zielny", "PAP"),
        (
            "Shoppers wait at a bakery last week.Credit...Mia Stone/The New York Times",
            "Mia Stone",
            "The New York Times",
        ),
        ("The clinic where the patients were treatedCredit: EPA", "", "EPA"),
        ("Nurses at the gate.CreditMia S. Stone/The New York Times", "Mia S. Stone", "The New York Times"),
        ("Flooded fields near Lowtown. Photograph: Dana Fields/Getty Images", "Dana Fields", "Getty Images"),
        (
            "Troops on the bridge, May 7, 2025. Photo by OMAR ADEL /AFP via Getty Images",
            "OMAR ADEL",
            "AFP via Getty Images",
        ),
        ("Die Brücke am Morgen. © dpa | Peter Lang", "Peter Lang", "dpa"),
        ("Strażacy przed remizą (fot. Jan Zielny)", "Jan Zielny", ""),
        ("Most o świcie (Fot. Jan Zielny / PAP)", "Jan Zielny", "PAP"),
        ("Die Brücke am Morgen (Foto: Anna Berg/Pixabay)", "Anna Berg", "Pixabay"),
        ("Passengers leave a plane in Port Ansel Tom Weller/AP", "Tom Weller", "AP"),
        ("El ministro a su llegada a la plaza mayor EFE/ J.J. Robles", "J.J. Robles", "EFE"),
        ("Nurses wait at the gate. (Tom Weller / Port Ansel Chronicle)", "Tom Weller", "Port Ansel Chronicle"),
        ("The rice bowl of the day. | Photo by Dana Fields", "Dana Fields", ""),
        ("Vieraat kävelevät rannalla. Kuva: Aino Virta / Lehtikuva", "Aino Virta", "Lehtikuva"),
        ("Brannmenn på vei inn i huset. Foto: Privat", "Privat", ""),
        ("Röken stiger över staden. Foto: Anna Lind/TTVisa mer", "Anna Lind", "TT"),
        ("Мэр открывает мост. Фото: Иван Орлов / ТАСС", "Иван Орлов", "ТАСС"),
        ("رئيس البلدية يفتتح الجسر. تصوير: أحمد سالم / رويترز", "أحمد سالم", "رويترز"),
        ("新しい橋で手を振る市長＝13日、港町で（山田花子撮影）", "山田花子", ""),
        ("テレビを見る人々（港町で、３日）＝ＡＰ", "", "ＡＰ"),
        ("시장이 인사하고 있다. [사진 = 연합뉴스]", "", "연합뉴스"),
        ("市长为新桥剪彩。图片来源：路透社", "", "路透社"),
        ("ראש העיר חונך את הגשר. צילום: דנה לוי", "דנה לוי", ""),
        ("The new lobby has been rebuilt from the ground up. Supplied", "Supplied", ""),
        ("A heron at dusk. Photo: Ann Lee (CC BY 2.0)", "Ann Lee", ""),
        ("A man walks his dog on the pier. Dana Fields/Getty Images hide caption", "Dana Fields", "Getty Images"),
    ],
)
def test_credit_behind_a_caption(line: str, name: str, agency: str) -> None:
    found = read(line)
    assert found is not None
    assert found[1:] == (name, agency)
    assert found[0], "the caption itself is no part of the credit"


@pytest.mark.parametrize(
    ("line", "name", "agency"),
    [
        ("Photo: Dana Fields / Shutterstock", "Dana Fields", "Shutterstock"),
        ("(Image credit: Northern Observatory)", "Northern Observatory", ""),
        ("© picture alliance/dpa | Peter Lang", "Peter Lang", "picture alliance/dpa"),
        ("(AP Photo/Ann Lee)", "Ann Lee", "AP Photo"),
        ("Photo: Ann Lee/AFP", "Ann Lee", "AFP"),
        ("Image source, Getty Images", "", "Getty Images"),
        ("Enlarge this image toggle caption Jim Cole/AP Jim Cole/AP", "Jim Cole", "AP"),
        ("Photo by Ann Lee on Unsplash", "Ann Lee", "Unsplash"),
        ("Фото: Дмитрий Орлов, Коммерсантъ", "Дмитрий Орлов", "Коммерсантъ"),
    ],
)
def test_line_that_is_a_credit(line: str, name: str, agency: str) -> None:
    assert read(line) == ("", name, agency)


@pytest.mark.parametrize(
    "line",
    [
        '"We were never asked," the mayor told Reuters.',
        "LONDON (Reuters) - Two ferries were delayed on Friday.",
        "By Ana Petrov, Associated Press",
        "By Ana Petrov / AFP",
        "Von: det/dpa",
        "Der Konzern will im Mai Zahlen vorlegen. (dpa/mk)",
        "Source: National Statistics Office, 2021",
        "The rate fell to two percent. Source: National Statistics Office",
        "Die Einführung der elektronischen Akte (ePA)",
        "Best for trails: Kestrel Runner 4 (Men's/Women's)",
        "The chart, courtesy of a friend at the bank, shows how the statement changed.",
        "Graphics: Vextra G40 | Video: 4K/30p",
        "Das Gericht sah Fotos von Zeugen und Berichte von Anwohnern.",
        "Figure 3 shows how the queue grows under load.",
        "© 2021 Port Ansel Media Ltd. All rights reserved.",
        "Copyright © 2026 Northern Harbour Inc.",
        "image: mailhog/mailhog",
        "Photos: Ten bridges through the years",
        "Freezing Your Credit: How It Works",
        "Hardened Images: Security Checked by Vextra Labs",
        "Mentorship for AP/IB Physics",
        "EPA-rated range of the new car",
        "She sold the picture to Getty Images.",
        "Los Angeles Times. Retrieved 2014",
        "Auf dem Bild: eine Frau, die ihren Koffer packt.",
        "    n = len(pool)",
        "![Photo: a bridge](https://example.org/a.jpg)",
    ],
)
def test_look_alikes_are_no_credit(line: str) -> None:
    credit = compiled().credits.read(line)
    assert credit is None or not credit.sure


@pytest.mark.parametrize(
    "line", ["Voters go to the polls in three states today. (Reuters)", "Getty Images", "La feria. EFE"]
)
def test_doubtful_credit_says_so(line: str) -> None:
    credit = compiled().credits.read(line)
    assert credit is not None
    assert not credit.sure


@pytest.mark.parametrize(("unit", "end"), [("Photo: ", ""), ("(", ")"), ("A/", "AP"), (". ", "AP Photo/X"), (":", "")])
def test_hostile_lines_cost_no_more_than_their_end(unit: str, end: str) -> None:
    def count(copies: int) -> int:
        return sum(cost(lambda: compiled().credits.read(unit * copies + end)))

    count(1_000)
    assert count(40_000) <= count(5_000)


def test_the_first_pack_that_has_a_label_keeps_it() -> None:
    rule = (
        '[[rule]]\nname="x"\nkind="credit"\naction="caption"\nlabel=["Photo:"]\nwhy="w"\n'
        'examples=["x"]\ncounterexamples=["a","b"]'
    )
    mine, builtin = parse_pack("mine", rule), builtin_packs()
    found = [CreditReader(packs).read("A bridge. Photo: Ann Lee") for packs in ((mine, *builtin), (*builtin, mine))]
    assert [credit and credit.rule for credit in found] == ["credit.mine.x", "credit.en.photo"]


_SEED_LINES = sorted({line for path in SEEDS for line in path.read_text(encoding="utf-8").split("\n") if line.strip()})


def test_a_line_that_need_not_be_read_holds_no_credit() -> None:
    reader = compiled().credits
    assert [line for line in _SEED_LINES if not reader.may_hold(line) and reader.read_held(line)] == []
