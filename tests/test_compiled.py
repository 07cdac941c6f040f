"""Facts of the lines of a document: parsed once, the same whatever was seen before, and kept when lines are cut."""

from hypothesis import given
from hypothesis import strategies as st

from cleanwire.compiled import Facts, compiled, facts
from cleanwire.document import Document, Piece
from cleanwire.edit import apply
from cleanwire.packs.parse import parse_pack
from cleanwire.scan.cues import BYLINE, CREDIT, DATE, LABEL, QUESTION, SIGNOFF

LONG = "The council voted on Monday to close the bridge for a year, and the ferries began to run at dawn on Tuesday. "
_lines = st.sampled_from(
    [
        "",
        " ",
        "\u00a0",
        "Menu",
        "Post a comment",
        "  By Ann Lee",
        "May 4, 2021",
        "The bridge at dawn. REUTERS/Ann Lee",
        "Photo: Ann Lee/AFP",
        "Photo credit",
        "(Reporting by Ann Lee; Editing by Bo Roe)",
        "Who will pay for the bridge, the ferries and the road around the harbour?",
        "Read more about the bridge, the ferries and the year in which both of them were closed, and its price to us",
        LONG * 2,
        f"{LONG * 2}(Reporting by Ann Lee; Editing by Bo Roe)",
    ]
)
texts = st.lists(_lines, min_size=1, max_size=12).map("\n".join)


def known(found: Facts, size: int) -> list[object]:
    flags = [found.having(flag) for flag in (CREDIT, LABEL, SIGNOFF, BYLINE, DATE, QUESTION)]
    lines = [found.line(number) for number in range(size)]
    parsed = [(line.credit, line.label, line.signoff, line.reading, line.is_headline) for line in lines]
    return [found.rules, found.sentences, found.prose, *flags, *parsed]


@given(texts)
def test_what_was_scanned_before_never_matters(text: str) -> None:
    doc = Document(text)
    fresh = known(facts(doc), len(doc.lines))
    compiled().tables.memory.lines.clear()
    compiled().tables.memory.openings.clear()
    assert known(facts(Document(text)), len(doc.lines)) == fresh


@given(texts, st.data())
def test_a_cut_keeps_what_is_known_of_the_other_lines(text: str, data: st.DataObject) -> None:
    doc = Document(text)
    facts(doc)
    runs = doc.runs
    gone = data.draw(st.sets(st.sampled_from(range(len(doc.lines))))) if doc.lines else set()
    cut = doc.cut({line: [Piece(len(doc.lines[line]), "drop", "nav")] for line in gone})
    left, _ = apply(text, cut.edits)
    after, fresh = doc.after(left, cut.lines), Document(left)
    assert after.facts
    assert after.runs is runs
    assert after.lines == fresh.lines
    assert known(facts(after), len(after.lines)) == known(facts(fresh), len(fresh.lines))


def test_a_line_is_parsed_once() -> None:
    one, two = (facts(Document(f"{start}\n  The bridge at dawn. REUTERS/Ann Lee")) for start in ("Home", "News"))
    credit = one.line(1).credit
    assert credit is not None
    assert credit.start == len("  The bridge at dawn.")
    assert two.line(1).credit is credit


def test_facts_are_those_of_the_packs() -> None:
    rule = 'name="x"\nkind="nav"\nline=["Zum Hafen"]\nwhy="w"\nexamples=["- Zum Hafen"]\ncounterexamples=["a","b"]'
    mine = parse_pack("mine", f"[[rule]]\n{rule}")
    doc = Document("Zum Hafen")
    assert facts(doc, (mine,)).rules[0] is mine.rules[0]
    assert facts(doc).rules == {}
    assert compiled((mine,)) is compiled((mine,))


def test_a_dateline_of_the_first_line_may_be_known_by_its_shape() -> None:
    found = facts(Document("HARSTAD - Two ferries were late on Friday because of the fog over the sound."))
    assert found.dateline(0, lead=True) is not None
    assert found.dateline(0, lead=False) is None
