"""The credit that closes a line: its label, names and agencies, and what only looks like one."""

import pytest

from cleanwire.credits.boundaries import opening_bracket, with_marks
from cleanwire.credits.credit import Credit, Mention, partition, strongest_rule
from cleanwire.credits.cues import CreditCues
from cleanwire.credits.grammar import Grammar
from cleanwire.credits.labels import Labels
from cleanwire.credits.lexicon import Lexicon
from cleanwire.credits.makers import Makers
from cleanwire.packs.load import builtin_packs

LEXICON = Lexicon(builtin_packs())
LABELS = Labels(LEXICON)
GRAMMAR = Grammar(LEXICON, CreditCues(LEXICON), LABELS, Makers(LEXICON, LABELS))


def read(line: str) -> str | None:
    """Return the pieces of the credit of a line, after a question mark if it is doubtful."""
    credit = GRAMMAR.read(line)
    return credit and " | ".join(["sure" if credit.sure else "doubtful", *pieces(line, credit)])


def pieces(line: str, credit: Credit) -> list[str]:
    """Return the pieces of a credit, each after its part; spaces around it are left out."""
    starts = [credit.start, *(piece.stop for piece in credit.pieces)]
    return [
        f"{piece.part} {line[start : piece.stop].strip()}"
        for start, piece in zip(starts, credit.pieces, strict=False)
        if line[start : piece.stop].strip()
    ]


SURE = {
    # a label and the names after it
    "label and name": ("A bridge. Photo: Ann Lee", "label Photo: | name Ann Lee"),
    "stop after the name": ("A bridge. Photo: Ann Lee.", "label Photo: | name Ann Lee."),
    "label in brackets": ("A bridge (Photo: Ann Lee/AP)", "label (Photo: | name Ann Lee | agency /AP)"),
    "stop after brackets": ("A bridge (Photo: Ann Lee/AP).", "label (Photo: | name Ann Lee | agency /AP)."),
    "source of an archive": ("A bridge. Source: Getty Images", "label Source: | agency Getty Images"),
    "source in brackets": ("A bridge (Source: Ann Lee/AP)", "label (Source: | name Ann Lee | agency /AP)"),
    "source outside brackets": ("A bridge. Source: Ann Lee/AP", "name Ann Lee | agency /AP"),
    "three words after a plural": ("Photos: Ann Bo Cy", "label Photos: | name Ann Bo Cy"),
    "four words after a plural in brackets": ("(Photos: Ann Bo Cy Di)", "label (Photos: | name Ann Bo Cy Di)"),
    "four words after a plural and a caption": ("A bridge. Photos: Ann Bo Cy Di", "label Photos: | name Ann Bo Cy Di"),
    "seven words after a label": ("Photo: Ann Bo Cy Di Ed Fay Gus", "label Photo: | name Ann Bo Cy Di Ed Fay Gus"),
    "eight words and an agency": (
        "Photo: Ann Bo Cy Di Ed Fay Gus Hal/AP",
        "label Photo: | name Ann Bo Cy Di Ed Fay Gus Hal | agency /AP",
    ),
    "second label": ("Photo: a town. Graphic: Ann Lee", "label Graphic: | name Ann Lee"),
    "bare label with an agency": ("at dawn.CreditMia Stone/AP", "label Credit | name Mia Stone | agency /AP"),
    "copyright sign after a caption": ("A bridge. © Ann Lee", "label © | name Ann Lee"),
    "copyright sign after words": ("A bridge © privat", "label © | name privat"),
    "copyright sign with a colon": ("A bridge! ©: Ann Lee", "label ©: | name Ann Lee"),
    "copyright of an archive": ("© Getty Images", "label © | agency Getty Images"),
    "name joined by a slash": ("A bridge. Ann Lee/© AP", "name Ann Lee | agency /© AP"),
    "slash without a name": ("A bridge. lee/© AP", "label /© | agency AP"),
    "small letters after two marked words": ("A bridge. Image credit: ann lee", "label Image credit: | name ann lee"),
    # an agency in brackets
    "archive in brackets": ("A bridge (Getty Images)", "label ( | agency Getty Images)"),
    "archive and a bar": ("A bridge (Getty Images | Ann Lee)", "label ( | agency Getty Images | name | Ann Lee)"),
    "agency and name": ("A bridge [AP/Ann Lee]", "label [ | agency AP | name /Ann Lee]"),
    "note after a comma": (
        "A bridge (AP Photo/Ann Lee, File)",
        "label ( | agency AP Photo | name /Ann Lee | label , File)",
    ),
    # after a boundary
    "after a sentence": ("A bridge. REUTERS/Ann Lee", "agency REUTERS | name /Ann Lee"),
    "after an Arabic sentence": ("الجسر؟ أحمد سالم/رويترز", "name أحمد سالم | agency /رويترز"),
    "after a wide equals sign": ("テレビを見る人々＝ＡＰ", "label ＝ | agency ＡＰ"),
    "after two spaces": ("The town hall  AP/Ann Lee", "agency AP | name /Ann Lee"),
    "after a bar": ("The town hall | AP/Ann Lee", "label | | agency AP | name /Ann Lee"),
    "glued to a word": ("The town hallAnn Lee/AP", "name Ann Lee | agency /AP"),
    "glued to a sentence": ("The gate at dawn.AP/Reuters", "agency AP/Reuters"),
    "title of a person": ("A bridge by Dr. Ann Lee/AP", "name Ann Lee | agency /AP"),
    "whole line, agency first": ("REUTERS/Ann Lee", "agency REUTERS | name /Ann Lee"),
    "whole line, archive last": ("Ann Lee/Getty Images", "name Ann Lee | agency /Getty Images"),
    "whole line, two agencies": ("Getty Images/AP", "agency Getty Images/AP"),
    "one name after a caption": ("A bridge. Lenn/Reuters", "name Lenn | agency /Reuters"),
    # no boundary but capitals
    "name and slash": ("in Washington Stefan Rousseau/AP", "name Stefan Rousseau | agency /AP"),
    "agency, slash and name": ("a la plaza mayor EFE/ J.J. Robles", "agency EFE | name / J.J. Robles"),
    "archive of two words": ("a la plaza Getty Images/ J.J. Robles", "agency Getty Images | name / J.J. Robles"),
    "agency after a mark": ("The gate” Reuters/ J.J. Robles", "agency Reuters | name / J.J. Robles"),
    "second slash": ("on 3/4 with Ann Lee/AP", "name Ann Lee | agency /AP"),
    # a label or a note after the name
    "label after the name": ("橋（山田花子撮影）", "label （ | name 山田花子 | label 撮影）"),
    "note after a sentence": ("The new lobby has been rebuilt. Supplied", "name Supplied"),
}


@pytest.mark.parametrize(("line", "expected"), SURE.values(), ids=SURE)
def test_credit(line: str, expected: str) -> None:
    assert read(line) == f"sure | {expected}"


DOUBTFUL = {
    "agency alone in brackets": ("A bridge (AP)", "label ( | agency AP)"),
    "agency and a bar in brackets": ("A bridge (AP | Oslo Bridge)", "label ( | agency AP | name | Oslo Bridge)"),
    "agency after a sentence": ("A bridge. REUTERS", "agency REUTERS"),
    "two agencies after a sentence": ("The gate at dawn. AP/Reuters", "agency AP/Reuters"),
    "agency alone": ("REUTERS", "agency REUTERS"),
    "archive alone": ("Getty Images", "agency Getty Images"),
    "title of a page": ("Bridges of Oslo | Reuters", "label | | agency Reuters"),
    "name and bar": ("in Washington Stefan Rousseau | AP", "label | | agency AP"),
    "one name alone": ("Reuters/Lenn", "agency Reuters | name /Lenn"),
    "saying that asks": ("What shall I do with my life? © Ann Lee", "label © | name Ann Lee"),
    "saying that breaks off": ("Never trust a ferry... © Ann Lee", "label © | name Ann Lee"),
    "saying in quotation marks": ("“Never trust a ferry.” © Ann Lee", "label © | name Ann Lee"),
    "saying with one name": ("La vita è bella. © Nonna", "label © | name Nonna"),
    "one name that a stop ends": ("She signed the letter © Anna.", "label © | name Anna."),
    "copyright alone": ("© Ann Lee", "label © | name Ann Lee"),
    "copyright with a year": ("A bridge. © 2021 Ann Lee", "label © 2021 | name Ann Lee"),
    "copyright with its word": ("A bridge. Copyright © Ann Lee", "label Copyright © | name Ann Lee"),
    "archive alone with a year": ("© 2021 Getty Images", "label © 2021 | agency Getty Images"),
    "company with an agency": ("A bridge. © 2021 AP Ltd", "label © 2021 | agency AP Ltd"),
    "label after the name, no brackets": ("橋を渡る市長。山田花子撮影", "name 山田花子 | label 撮影"),
    "reporter after a caption": ("다리를 건너는 시장. 김민수 기자", "name 김민수 | label 기자"),
}


@pytest.mark.parametrize(("line", "expected"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_doubtful_credit(line: str, expected: str) -> None:
    assert read(line) == f"doubtful | {expected}"


NONE = {
    "address after a label": "A bridge. Photo: https://example.org/Ann",
    "label at the end": "A bridge. Photo:",
    "words after a label": "A bridge. Photo: a view of the town",
    "bare label without an agency": "City Hall Opens Doors Photo: Ann Lee",
    "source without an archive": "A bridge. Source: AP",
    "source in brackets without a name": "A bridge (Source: AP)",
    "source in brackets without an agency": "A bridge (Source: Ann Lee)",
    "four words after a plural": "Photos: Ann Bo Cy Di",
    "eight words after a label": "Photo: Ann Bo Cy Di Ed Fay Gus Hal",
    "company": "© Ann Lee Inc",
    "company with a year after a caption": "A bridge. © 2021 Ann Lee Ltd",
    "year": "© 2021 Ann Lee",
    "word and sign": "Copyright © Ann Lee",
    "argument of a command": "bridge [options] [file ...]",
    "company after a bare label": "Courtesy AP Inc",
    "name in brackets": "A bridge (Ann Lee)",
    "brackets in brackets": "A bridge ((AP))",
    "agency within": "Reuters was there at dawn",
    "term beside an agency": "REUTERS/Lee",
    "one short word after an agency": "a la plaza mayor EFE/ X",
    "agency in small words": "a la plaza the Associated Press/ J.J. Robles",
    "byline": "By Stefan Rousseau/AP",
    "byline in another language": "Von Stefan Rousseau/dpa",
    "small name": "walks to rousseau/AP",
    "agency glued to a word": "bridge closedAP/Ann Lee",
    "sentence in brackets with a label at its end": "橋（山田花子が話した。港町で撮影）",
    "long name before a label": "橋（山田花子が港町の新しい橋の開通式の日の朝早くに一人で撮影）",
    "label without a name": "다리를 건너는 시장. 기자",
    "one letter before a label": "橋を渡る市長。花撮影",
    "thirteen letters before a label": "橋を渡る市長。山田花子が港町で開通式の日撮影",
    "label after a name, no sentence before": "橋を渡る市長 山田花子撮影",
    "reporter in brackets": "橋（김민수 기자）",
    "note in small letters": "The new lobby has been rebuilt. supplied",
    "note without a sentence": "The new lobby has been rebuilt Supplied",
    "note alone": "Supplied",
    "note in brackets alone": "(file photo)",
    "note glued to a word": "bridge(file photo)",
    "nothing": "",
}


@pytest.mark.parametrize("line", NONE.values(), ids=NONE)
def test_no_credit(line: str) -> None:
    assert read(line) is None


@pytest.mark.parametrize("line", ["A bridge at dawn (file photo)", "A bridge at dawn (File photo).", "橋（資料写真）"])
def test_note_in_brackets_shows_a_caption_and_stays(line: str) -> None:
    credit = GRAMMAR.read(line)
    assert credit is not None
    assert (credit.start, credit.sure, credit.pieces) == (len(line), True, ())


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("A bridge at dawn. Photo: Ann Lee (file photo)", "Ann Lee"),
        ("Eine Brücke am Abend. Foto: dpa (Symbolbild)", "dpa"),
    ],
)
def test_a_credit_before_a_note_in_brackets_is_read(line: str, name: str) -> None:
    credit = GRAMMAR.read(line)
    assert credit is not None
    label, maker, note = credit.pieces
    assert (line[label.stop : maker.stop].strip(), note.stop) == (name, len(line))


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("A bridge. Photo: Ann Lee", "A bridge."),
        ("A bridge – (AP/Ann Lee)", "A bridge"),
        ("A bridge, at dawn. — REUTERS/Ann Lee", "A bridge, at dawn."),
        ("One. Two. Three. Four. Ann Lee/AP", "One. Two. Three. Four."),
        ("in Washington Stefan Rousseau/AP", "in Washington"),
    ],
)
def test_the_credit_takes_the_marks_before_it(line: str, caption: str) -> None:
    credit = GRAMMAR.read(line)
    assert credit is not None
    assert line[: credit.start] == caption
    assert credit.pieces[-1].stop == len(line)


def test_the_strongest_agency_names_the_rule() -> None:
    credit = GRAMMAR.read("A bridge. Ann Lee/AFP via Getty Images")
    assert credit is not None
    assert credit.rule == "credit.any.archive"


def test_only_the_end_of_a_line_is_read() -> None:
    assert read("Photo: Ann Lee " + "x" * 200) is None
    assert read("y" * 500 + ". REUTERS/Ann Lee") == "sure | agency REUTERS | name /Ann Lee"


@pytest.mark.parametrize(
    ("line", "low", "stop", "offset"),
    [
        ("A bridge (AP)", 0, 13, 9),
        ("A bridge (Ann (AP))", 0, 19, 9),
        ("橋（AP)", 0, 5, 1),
        ("A bridge AP)", 0, 12, -1),
        ("A bridge (AP)", 10, 13, -1),
        ("A bridge (AP) x", 0, 15, -1),
        ("", 0, 0, -1),
    ],
)
def test_opening_bracket(line: str, low: int, stop: int, offset: int) -> None:
    assert opening_bracket(line, low, stop) == offset


@pytest.mark.parametrize(
    ("line", "start", "begin"), [("A – (AP)", 5, 1), ("A.AP", 2, 2), (" (AP)", 2, 0), ("AP", 0, 0)]
)
def test_with_marks(line: str, start: int, begin: int) -> None:
    assert with_marks(line, start) == begin


NOTE, WIRE, ARCHIVE = (LEXICON.notes["file"], LEXICON.agencies["AFP"], LEXICON.agencies["Getty Images"])


@pytest.mark.parametrize(
    ("line", "mentions", "expected"),
    [
        ("Ann", [Mention(0, 3, "name", None)], [(3, "name", "x")]),
        ("By Ann", [Mention(3, 6, "name", None)], [(3, "label", "x"), (6, "name", "x")]),
        (
            "Ann/AFP",
            [Mention(0, 3, "name", None), Mention(4, 7, "agency", WIRE)],
            [(3, "name", "x"), (7, "agency", "x")],
        ),
        ("Ann/Bo", [Mention(0, 3, "name", None), Mention(4, 6, "name", None)], [(6, "name", "x")]),
        (
            "Ann, via AFP",
            [Mention(0, 3, "name", None), Mention(9, 12, "agency", WIRE)],
            [(3, "name", "x"), (9, "label", "x"), (12, "agency", "x")],
        ),
        (
            "AFP/Ann/AFP",
            [Mention(0, 3, "agency", WIRE), Mention(4, 7, "name", None), Mention(8, 11, "agency", WIRE)],
            [(3, "agency", "x"), (7, "name", "x"), (8, "label", "x"), (11, "agency", "x")],
        ),
        (
            "Ann, File",
            [Mention(0, 3, "name", None), Mention(5, 9, "note", NOTE)],
            [(3, "name", "x"), (9, "label", NOTE.name)],
        ),
        ("Ann, 2", [Mention(0, 3, "name", None), Mention(5, 6, "note", None)], [(3, "name", "x"), (6, "label", "x")]),
    ],
)
def test_partition(line: str, mentions: list[Mention], expected: list[tuple[int, str, str]]) -> None:
    assert [(piece.stop, piece.part, piece.rule) for piece in partition(line, "x", mentions, len(line))] == expected


def test_strongest_rule() -> None:
    wire, archive = Mention(0, 3, "agency", WIRE), Mention(4, 16, "agency", ARCHIVE)
    assert strongest_rule([wire, archive]) is ARCHIVE
    assert strongest_rule([wire, wire]) is WIRE
