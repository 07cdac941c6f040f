"""Features are the same for one document and for a window of joined ones, and see through a dumper's habits."""

from pathlib import Path

import numpy as np
import pytest

from cleanwire.compiled import facts
from cleanwire.document import Document
from cleanwire.pagemodel import features, paragraphs

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
TEXTS = ["\n".join(line[2:] for line in seed.read_text(encoding="utf-8").split("\n")) for seed in SEEDS]


def measure(*texts: str) -> features.Measured:
    return features.measure(paragraphs.read(texts), [facts(Document(text)).rules for text in texts])


def column(measured: features.Measured, name: str) -> list[float]:
    values: list[float] = measured.matrix[:, features.NAMES.index(name)].tolist()
    return values


def test_joined_documents_measure_as_they_do_alone() -> None:
    joined = measure(*TEXTS, "", TEXTS[0])
    alone = [measure(text).matrix for text in (*TEXTS, TEXTS[0])]
    np.testing.assert_allclose(joined.matrix, np.concatenate(alone), rtol=1e-4, atol=1e-4)


def test_every_feature_is_a_number() -> None:
    assert np.isfinite(measure(*TEXTS, "x", "。", "\ud800\n–").matrix).all()
    assert len(set(features.NAMES)) == len(features.NAMES) == measure("x").matrix.shape[1]


def test_indents_and_blank_lines_change_nothing_but_what_speaks_of_them() -> None:
    text = (
        "Home\nNews\nThe council voted on Monday, after a long debate, to close the old bridge.\nShare\n© 2019 Larvik"
    )
    spaced = "\n\n".join(f"  {line}" for line in text.split("\n"))
    speaks = [any(word in name for word in ("gap", "indent")) for name in features.NAMES]
    plain, other = measure(text).matrix, measure(spaced).matrix
    np.testing.assert_allclose(plain[:, ~np.array(speaks)], other[:, ~np.array(speaks)], rtol=1e-4, atol=1e-4)


def test_a_line_of_the_story_shares_its_words_and_a_teaser_does_not() -> None:
    story = [
        "The council of Larvik voted on Monday to close the old bridge across the harbour for a whole year.",
        "The bridge carries the school bus of Larvik, so that the council will pay for a ferry in the harbour.",
    ]
    measured = measure("\n".join([*story, "Council closes bridge", "Ten recipes with pumpkin"]))
    topic = column(measured, "topic")
    assert topic[2] > 0.6 > topic[3] == 0


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Post a comment", "comments"),
        ("Related articles", "related"),
        ("Home", "capitals"),
        ("12 April 2019", "stamp"),
        ("who left?", "questions"),
    ],
)
def test_a_feature_says_what_it_is_called(line: str, name: str) -> None:
    assert column(measure(f"{line}\n\nThe ferry."), name)[0] > 0
