"""Labels on a line: what stands before and after their words decides whether they are labels."""

import pytest

from cleanwire.credits.labels import Labels
from cleanwire.credits.lexicon import Lexicon
from cleanwire.packs.load import builtin_packs

LABELS = Labels(Lexicon(builtin_packs()))


def find(line: str) -> list[tuple[str, str, bool]]:
    """Return each label of a line, what follows it, and whether it counts before an agency only."""
    return [
        (line[found.start : found.stop], line[found.stop :], found.bare) for found in LABELS.find(line, 0, len(line))
    ]


ALONE = {
    # what follows the label
    "colon": ("Photo: Ann Lee", "Photo: "),
    "colon after a space, French": ("Photo : Anne Morel", "Photo : "),
    "wide colon": ("图片来源：路透社", "图片来源："),
    "wide equals sign": ("写真＝ロイター", "写真＝"),
    "equals sign, Korean": ("사진=연합뉴스", "사진="),
    "three dots": ("Credit...Mia Stone", "Credit..."),
    "ellipsis": ("Credit… Mia Stone", "Credit… "),
    "copyright sign as a mark": ("Bild © dpa", "Bild © "),
    "comma after two words at the start": ("Image source, Getty Images", "Image source, "),
    "comma after a word without case": ("写真， ロイター", "写真， "),
    "slash of a label that is printed with one": ("Ljósmynd/Anna Lind", "Ljósmynd/"),
    "wide slash of a label that is printed with one": ("摄／王敏", "摄／"),
    "space after a label that needs no mark": ("Photo by Ann Lee", "Photo by "),
    "copyright sign glued to the name": ("©Ann Lee", "©"),
    "copyright sign in brackets": ("(c) Ann Lee", "(c) "),
    "stop of an abbreviation": ("Fot. Marek Zielny", "Fot. "),
    # what precedes the label
    "small letter in brackets at the start": ("(photo: Ann Lee)", "photo: "),
    "bullet before": ("• Photo: Ann Lee", "Photo: "),
    "one unmarked word with a stop at the start": ("Dok. Marek Zielny", "Dok. "),
    "small letter in brackets": ("A bridge (photo: Ann Lee)", "photo: "),
    "small letter after a bar": ("A bridge | photo: Ann Lee", "photo: "),
    "after a sentence": ("A bridge. Photo: Ann Lee", "Photo: "),
    "small letter glued to a sentence": ("A bridge.photo by Ann Lee", "photo by "),
    "two marked words in small letters after a sentence": ("A bridge. image source: Ann Lee", "image source: "),
    "after a dash": ("A bridge – Photo: Ann Lee", "Photo: "),
    "after a hyphen with a space": ("A bridge - Photo: Ann Lee", "Photo: "),
    "after a quotation": ("The “bridge” Photo: Ann Lee", "Photo: "),
    "capital after a comma": ("Oslo, Photo: Ann Lee", "Photo: "),
    "glued to a small letter": ("at dawnCredit: Ann Lee", "Credit: "),
    "glued to a number": ("in 2019Photo: Ann Lee", "Photo: "),
    "glued to a word without case": ("市长为新桥剪彩图片来源：路透社", "图片来源："),
    "capital after a longer word": ("at the gate Photo: Ann Lee", "Photo: "),
    "capital after a number": ("in 2019 Photo: Ann Lee", "Photo: "),
    "copyright sign within a sentence": ("at my in © Ann Lee", "© "),
    "short words are no headline": ("At the Gate of Oslo Photo: Ann Lee", "Photo: "),
    "two capitals are no headline": ("Opens Doors Photo: Ann Lee", "Photo: "),
    "small words are no headline": ("City Hall opens Doors Photo: Ann Lee", "Photo: "),
    # labels of other scripts
    "Cyrillic": ("Мост. Фото: Иван Орлов", "Фото: "),
    "Arabic": ("الجسر. تصوير: أحمد سالم", "تصوير: "),
    "Hebrew": ("הגשר. צילום: דנה לוי", "צילום: "),
}


@pytest.mark.parametrize(("line", "label"), ALONE.values(), ids=ALONE)
def test_label_counts_with_any_name(line: str, label: str) -> None:
    found = find(line)
    assert (label, line[line.index(label) + len(label) :], False) in found


WITH_AGENCY = {
    "slash": ("Photo/AP", "Photo/"),
    "wide slash": ("图／路透社", "图／"),
    "wide slash after a small letter": ("(foto／AP)", "foto／"),
    "bar": ("Photo | AP", "Photo | "),
    "em dash": ("Photo — AP", "Photo — "),
    "en dash": ("Photo – AP", "Photo – "),
    "bar of a label that is printed with a slash": ("Ljósmynd | AP", "Ljósmynd | "),
    "no mark after a label that needs one": ("Photo iStock", "Photo "),
    "glued on both sides": ("at dawn.CreditMia Stone/AP", "Credit"),
    "glued to a number and a name": ("in 2019CreditMia Stone/AP", "Credit"),
    "one unmarked word at the start": ("Courtesy Ann Lee", "Courtesy "),
    "small letter after a comma": ("Oslo, photo: AP", "photo: "),
    "plural within a sentence": ("at the gate Photos: AP", "Photos: "),
    "unmarked within a sentence": ("at the gate Photo by AP", "Photo by "),
    "headline with a short word before": ("City Hall Opens the Doors Photo: AP", "Photo: "),
    "headline before": ("City Hall Opens Doors Photo: AP", "Photo: "),
}


@pytest.mark.parametrize(("line", "label"), WITH_AGENCY.values(), ids=WITH_AGENCY)
def test_label_counts_before_an_agency_only(line: str, label: str) -> None:
    assert find(line) == [(label, line[line.index(label) + len(label) :], True)]


NONE = {
    "one word before a comma": "Photo, 1990",
    "comma within a line": "Oslo. Image source, Getty Images",
    "small letter before a comma": "(image source, Getty Images)",
    "small letter before a slash": "(photo/AP)",
    "small letter before a bar": "(photo | AP)",
    "unmarked word at the end": "A bridge. Photo by",
    "unmarked word glued to a number": "Photo by2019",
    "marked word glued to a small letter": "at dawn.Credit4",
    "glued on both sides in small letters": "at dawn.creditMia Stone/AP",
    "glued after a bracket": "at dawn)CreditMia Stone/AP",
    "glued name at the start": "CreditMia Stone/AP",
    "small letter at the start": "photo: Ann Lee",
    "small letter after a sentence": "At dawn. photo by Ann Lee",
    "glued to a capital": "TVPhoto: AP",
    "glued to a hyphen": "bridge-Photo: AP",
    "small letter glued to a word": "dawnphoto: AP",
    "small letter within a sentence": "at the gate photo: Ann Lee",
    "after a word of three letters": "see the Photo: Ann Lee",
    "after an owner": "Send us your Photo: Ann Lee",
    "bar within a sentence": "at the gate Photo | AP",
    "no mark within a sentence": "at the gate Photo iStock",
    "stop after a label that needs a mark": "Foto. Ann Lee",
    "words that are no label": "Nice: a bridge",
}


@pytest.mark.parametrize("line", NONE.values(), ids=NONE)
def test_words_are_no_label(line: str) -> None:
    assert find(line) == []


@pytest.mark.parametrize(
    ("line", "heading"),
    [("Photos: Ann Lee", True), ("Photo: Ann Lee", False), ("Source: AP", True), ("Quelle: dpa", True)],
)
def test_plurals_and_sources_are_headings_as_often(line: str, heading: bool) -> None:
    found = LABELS.at(line, 0)
    assert found is not None
    assert found.heading is heading


def test_a_bare_label_that_goes_on_is_the_longer_one() -> None:
    assert find("at the gate Photo courtesy of AP") == [("Photo courtesy of ", "AP", True)]


def test_the_longest_label_at_a_word_wins() -> None:
    assert find("Photo Credit: Ann Lee") == [("Photo Credit: ", "Ann Lee", False)]


def test_labels_come_from_the_left() -> None:
    line = "Photo: Ann Lee. Graphic: Bo Roe"
    assert [line[found.start : found.stop] for found in LABELS.find(line, 0, len(line))] == ["Photo: ", "Graphic: "]


def test_only_the_range_asked_for_is_read() -> None:
    line = "Photo: Ann Lee. Graphic: Bo Roe"
    assert [found.start for found in LABELS.find(line, 10, len(line))] == [16]
    assert [found.start for found in LABELS.find(line, 0, 12)] == [0]


@pytest.mark.parametrize(("start", "found"), [(0, True), (7, False), (16, True)])
def test_label_at_an_offset(start: int, found: bool) -> None:
    assert (LABELS.at("Photo: Ann Lee. Graphic: Bo Roe", start) is not None) is found
