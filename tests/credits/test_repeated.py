"""Credits whose form alone says too little, on several lines of one document."""

from cleanwire import Cleaner

STORY = [
    f"The council voted on the {number} of May to close the old bridge for a whole year." for number in range(1, 13)
]
AT_DAWN, BOATS = "The mayor of Larvik leaves the court.", "A crane stands beside the old bridge."


def captions(*lines: str, story: list[str] = STORY) -> list[tuple[str, str | None, str | None]]:
    """Return the captions of lines that stand after the third, sixth and ninth paragraph of a story."""
    paragraphs = list(story)
    for place, line in zip((9, 6, 3), reversed(lines), strict=False):
        paragraphs.insert(place, line)
    result = Cleaner()("\n\n".join(paragraphs))
    return [(caption.text, caption.credit, caption.agency) for caption in result.captions]


def test_two_lines_with_an_agency_in_brackets_are_captions() -> None:
    assert captions(f"{AT_DAWN} (AP)", f"{BOATS} (AFP)") == [(AT_DAWN, None, "AP"), (BOATS, None, "AFP")]


def test_a_name_in_brackets_is_a_credit_beside_two_agencies() -> None:
    museum = "The first ferry leaves the harbour."
    found = captions(f"{AT_DAWN} (AP)", f"{museum} (Harbour Museum)", f"{BOATS} (AP)")
    assert found[1] == (museum, "Harbour Museum", None)
    assert captions(f"{museum} (Harbour Museum)", f"{BOATS} (Ann Lee)") == []


def test_one_line_with_an_agency_in_brackets_may_be_news() -> None:
    assert captions(f"{AT_DAWN} (AP)") == []


def test_a_list_of_news_has_no_captions() -> None:
    assert captions(f"{AT_DAWN} (AP)", f"{BOATS} (AP)", story=STORY[:4]) == []
    assert captions(f"{AT_DAWN} (AP)\n\n{BOATS} (AP)") == []


def test_a_paragraph_of_several_sentences_is_no_caption() -> None:
    assert captions(f"{AT_DAWN} {BOATS} (AP)", f"{BOATS} {AT_DAWN} (AP)") == []


def test_a_name_after_a_slash_on_two_lines_is_a_credit() -> None:
    found = captions("The mayor of Larvik leaves the court / Ann Lee", "A crane stands beside the bridge / Ann Lee")
    assert found == [
        ("The mayor of Larvik leaves the court", "Ann Lee", None),
        ("A crane stands beside the bridge", "Ann Lee", None),
    ]
    assert captions("The mayor of Larvik leaves the court / Ann Lee", "A crane stands by the bridge / Bo Roe") == []


def test_a_name_after_a_sentence_on_two_lines_is_a_credit() -> None:
    assert captions(f"{AT_DAWN} Ann Lee", f"{BOATS} Ann Lee") == [(AT_DAWN, "Ann Lee", None), (BOATS, "Ann Lee", None)]
    assert captions(f"{AT_DAWN} Ann Lee", f"{BOATS} Bo Roe") == []
    assert captions(f"{AT_DAWN} Ann Lee", f"{BOATS} Ann Lee", story=STORY[:5]) == []


def test_a_hard_space_may_stand_before_an_agency() -> None:
    assert captions(f"{AT_DAWN}\u00a0AP") == [(AT_DAWN, None, "AP")]


def test_a_montage_has_no_other_maker() -> None:
    assert captions("Ambrosia kommt eigentlich aus Nordamerika. © Montage")[0][1] == "Montage"
    assert captions("Wer zu spät kommt, den bestraft das Leben. © Oma") == []
