"""Clusters of prose: where they lie, and which one is near a paragraph."""

import numpy as np

from cleanwire.pagemodel import characters, clusters, paragraphs

TEXT = "Menu\n" + "Prose.\n" * 3 + "Menu\n" * 9 + "Prose. And more.\nMenu\nProse. And more."


def read(*texts: str) -> clusters.Clusters:
    found = paragraphs.read(texts)
    sentence = np.isin(found.last, [characters.STOP])
    return clusters.read(found, sentence, np.where(sentence, 2, 0).astype(np.float32))


def test_sentences_with_few_lines_between_are_one_cluster() -> None:
    found = read(TEXT)
    assert (found.first.tolist(), found.last.tolist()) == ([1, 13], [3, 15])
    assert found.sentences.tolist() == [3, 2]
    assert found.marks.tolist() == [1, 2]


def test_each_paragraph_belongs_to_the_cluster_that_is_nearest_in_its_document() -> None:
    found = read(TEXT, "Menu\nMenu", TEXT)
    assert found.part.tolist()[:4] == [0, 0, 0, 0]
    assert found.distance.tolist()[:8] == [-1, 0, 0, 0, 1, 2, 3, 4]
    assert found.part[15] == 1
    assert found.distance[16] == found.distance[17] == -clusters._FAR
    assert found.part[18] == 2


def test_joined_documents_measure_as_they_do_alone() -> None:
    joined, alone = read(TEXT, "Menu", TEXT), read(TEXT)
    rows = joined.measure(np.ones(33, np.float32))
    np.testing.assert_allclose(rows[:, :16], alone.measure(np.ones(16, np.float32)))
    np.testing.assert_allclose(rows[:, 17:], rows[:, :16])
    assert not rows[:, 16].any()
    assert not read("Menu").measure(np.ones(1, np.float32)).any()


def test_a_sentence_may_hold_no_word() -> None:
    found = paragraphs.read(["()." * 30])
    rows = clusters.read(found, np.array([True]), np.zeros(1, np.float32)).measure(np.zeros(1, np.float32))
    assert np.isfinite(rows).all()
