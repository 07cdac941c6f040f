"""Labels of pages, styles of extractors, and the model of CatBoost as arrays."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.page import boosting, corpus, fit, mode, styles
from benchmarks.page.corpus import PageText, shares
from benchmarks.quality.residue import Score
from benchmarks.tools.data import NEWS
from cleanwire.pagemodel.features import NAMES

GOLD = "The ferry left the harbour at noon. Why It was full of sailors, and nobody had told the harbour master."
MENU = "Home\nNews\nSport\nWeather\nSign in\nSubscribe"
PAGE = (
    MENU + "\nThe ferry left the harbour at noon.\nWhy\nIt was full of sailors, and nobody had told the harbour master."
    "\nNews\nTen recipes with pumpkin for a long weekend at home."
)
PAGE_TEXT = PageText("a", "example.org", "en", "article", corpus.EXTRACTOR, corpus.EXTRACTOR, PAGE, GOLD)


def test_a_short_line_belongs_to_the_body_only_between_its_neighbours() -> None:
    found = dict(zip(PAGE.split("\n"), shares(PAGE.split("\n"), GOLD), strict=True))
    assert found["Why"] == 1
    assert found["News"] == 0
    assert found["Ten recipes with pumpkin for a long weekend at home."] == 0
    assert shares(["–", "Why"], "") == [None, 0.0]


def test_styles_change_the_lines_and_not_the_words() -> None:
    long = replace(PAGE_TEXT, text=f"{PAGE}\n" * 5)
    written = list(styles.written(long))
    assert len({one.style for one in written}) == len(written) == 7
    assert len({one.text for one in written}) > 3
    for one in written:
        assert one.text.replace("*", " ").replace("|", " ").split() == long.text.split()
    assert [one.text for one in styles.written(long)] == [one.text for one in written]
    assert len(list(styles.written(next(corpus.gold_texts([PAGE_TEXT]))))) == 1


def test_an_example_knows_which_paragraphs_the_gold_text_holds() -> None:
    one = fit.example(PAGE_TEXT)
    assert one is not None
    assert one.kept(one.held, 0.5).split("\n")[0].startswith("The ferry")
    assert one.held.sum() == 3
    unsure = fit.example(replace(PAGE_TEXT, unsure=frozenset({"Why"})))
    assert unsure is not None
    assert (unsure.held == -1).sum() == 1
    assert fit.example(replace(PAGE_TEXT, text=" \n")) is None


def test_all_pages_of_a_host_are_in_one_fold() -> None:
    assert len({fit.fold("example.org") for _ in range(3)}) == 1
    assert {fit.fold(f"{number}.org") for number in range(50)} == set(range(fit.FOLDS))


def test_the_model_of_catboost_reads_as_arrays() -> None:
    split = {"float_feature_index": 0, "border": 5.0}
    model = {
        "oblivious_trees": [
            {"splits": [split, {"float_feature_index": 1, "border": 1.0}], "leaf_values": [0.0, 1.0, 2.0, 3.0]},
            {"splits": [split], "leaf_values": [-1.0, 1.0]},
        ],
        "scale_and_bias": [1.0, [0.5]],
    }
    trees = boosting.trees(model, 2)
    matrix = np.array([[4, 0], [6, 0], [4, 2], [6, 2]], np.float32)
    assert trees.score(matrix).tolist() == [-0.5, 2.5, 1.5, 4.5]


def test_tables_hold_a_figure_for_each_group() -> None:
    four = (Score(0.5, 1.0), Score(0.6, 1.0), Score(0.7, 1.0), Score(1.0, 0.5))
    report = mode.tables("page_news", "fundus", [mode.Scored(PAGE_TEXT, four)])
    assert abs(report.figures["page_news.F1"].value - 2 / 3) < 1e-9
    assert {table.title.split(",")[0] for table in report.tables} == {
        "page_news by language", "page_news by extractor and style",
    }  # fmt: skip


def test_a_shortened_page_keeps_the_boilerplate_and_little_of_the_body() -> None:
    story = [f"Paragraph {word} tells of the ferry, and of all who left the harbour on it." for word in "abcdefgh"]
    whole = replace(PAGE_TEXT, text="\n".join([MENU, *story, "Ten recipes with pumpkin"]), gold="\n".join(story))
    written = {styles.shortened(whole, str(seed)).text for seed in range(20)}
    assert len(written) == 4
    for text in written:
        assert text.startswith(f"{MENU}\n{story[0]}")
        assert text.endswith("Ten recipes with pumpkin")
        assert story[4] not in text


def test_another_script_changes_the_features_and_not_the_labels() -> None:
    plain = fit.example(PAGE_TEXT)
    for script in fit.SCRIPTS:
        other = fit.example(PAGE_TEXT, script)
        assert plain is not None
        assert other is not None
        assert other.held.tolist() == plain.held.tolist()
        assert other.matrix.tolist() != plain.matrix.tolist()
    assert [one.page.source for one in fit.copied(PAGE_TEXT) if one] == [fit.COPY] * 3
    assert not list(fit.copied(next(corpus.gold_texts([PAGE_TEXT]))))


def write(path: Path, *rows: dict[str, Any]) -> None:
    import zstandard

    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(zstandard.compress(text.encode()))


def row(lines: str, **others: Any) -> dict[str, Any]:
    return {
        "id": "a", "lang": "en", "page_type": "article", "url": "https://www.example.org/a", "text": lines,
        "gold": GOLD, "lines": [{"t": line} for line in lines.split("\n")], "extractor": corpus.EXTRACTOR, **others,
    }  # fmt: skip


def test_rendered_pages_have_the_host_of_their_page(tmp_path: Path) -> None:
    write(tmp_path / NEWS, row(PAGE))
    write(tmp_path / corpus.SHAPES, *(row(PAGE, shape=shape) for shape in (*corpus.RENDERERS, "flat", "article")))
    found = corpus.rendered(tmp_path)
    assert [one.style for one in found] == list(corpus.RENDERERS)
    assert {(one.host, one.source, one.lang) for one in found} == {("example.org", corpus.RENDERED, "en")}
    assert len(corpus.rendered(tmp_path, 4)) == 4


def test_the_headline_of_early_news_may_or_may_not_belong_to_the_body(tmp_path: Path) -> None:
    gold = f"Ferry leaves\n\n{GOLD}"
    write(tmp_path / corpus.DANIEL, row(PAGE, gold=gold), row(PAGE, id="b", gold=gold))
    write(tmp_path / corpus.DANIEL_RESIDUE, row(PAGE, gold=gold), row(PAGE, id="b", gold=gold))
    found = corpus.early_news(tmp_path)
    assert sorted(one.id for one in found) == ["a", "b"]
    assert {(one.kind, one.unsure) for one in found} == {(corpus.EARLY, frozenset({"Ferry leaves"}))}


def test_an_example_is_measured_as_the_filter_sees_it() -> None:
    menu = "\n".join(f"* [{word}](https://example.org/{word})" for word in ("Home", "News", "Sport"))
    story = "The ferry [left](https://example.org/b) the harbour at noon."
    one = fit.example(replace(PAGE_TEXT, text=f"{menu}\n\n# Ferry\n\n{story}", gold=story))
    assert one is not None
    assert one.text.endswith("The ferry left the harbour at noon.")
    columns = one.matrix[:, [NAMES.index("links"), NAMES.index("heading")]]
    assert (columns[:3, 0] > 0.6).all()  # the rest is the bullet
    assert columns[:4, 1].tolist() == [0, 0, 0, 1]
    assert 0 < columns[4, 0] < 0.2
    plain = fit.example(PAGE_TEXT)
    assert plain is not None
    assert set(plain.matrix[:, NAMES.index("links")].tolist()) == {-1}
