"""A cleaner is a value, checks what it is given, and calls its filters to account."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cleanwire import ARTICLE, PAGE, Cleaner, Document, Edit, clean, load_pack
from cleanwire.chain import unsettled
from cleanwire.errors import CleanwireError, FilterError, InputError, UnknownNameError
from cleanwire.filters.boilerplate import BoilerplateFilter
from cleanwire.filters.byline import BylineFilter
from cleanwire.filters.page import PageFilter
from cleanwire.filters.site import SiteFilter
from cleanwire.filters.space import SpaceFilter
from cleanwire.sites.template import Template
from tests.support import BELL

STORY = (
    "Rain in the harbour\n\nBy Ann Lee\nMay 3, 2024\n\n"
    "She left at noon, and nobody in the harbour saw it.\n\nPost a comment"
)
_CODE = """
import pickle, cleanwire
names = {"share", "space", "tags"}
print(pickle.dumps(cleanwire.Cleaner(skip=names, take={"date", "byline"}, languages={"de", "en", "fr"})).hex())
"""


class Own:
    """A filter of one's own, which does what it is given."""

    def __init__(self, propose: Callable[[Document], Any], name: str = "own") -> None:
        self.propose, self.name = propose, name

    def __call__(self, doc: Document, /) -> Iterable[Edit]:
        found: Iterable[Edit] = self.propose(doc)
        return found


def make(options: dict[str, Any]) -> Cleaner:
    """Return a cleaner with options that a type checker may refuse."""
    return Cleaner(**options)


def shout(doc: Document) -> Iterator[Edit]:
    """Propose capitals."""
    if doc.text != doc.text.upper():
        yield Edit(0, len(doc.text), doc.text.upper(), "fix", "own.capitals")


class TestOptions:
    @pytest.mark.parametrize("option", ["skip", "only", "take", "languages"])
    @pytest.mark.parametrize("kind", [list, tuple, set, frozenset, iter, dict.fromkeys])
    def test_any_collection_of_strings_will_do(self, option: str, kind: Callable[[list[str]], Any]) -> None:
        names = {"take": ["title", "date"], "languages": ["de", "en"]}.get(option, ["space", "share"])
        values: dict[str, Any] = {option: kind([*names, names[0]])}
        assert getattr(make(values), option) == frozenset(names)

    @pytest.mark.parametrize("option", ["skip", "only", "take", "languages"])
    @pytest.mark.parametrize(
        ("value", "message"), [("caption", r"\['caption'\]"), (3, "3"), ([3], "not a str"), (None, "None")]
    )
    def test_other_types_are_refused(self, option: str, value: Any, message: str) -> None:
        with pytest.raises(InputError, match=message) as error:
            make({option: value})
        assert isinstance(error.value, TypeError)

    @pytest.mark.parametrize(
        ("option", "name", "nearest"),
        [
            ("skip", "captoin", "caption"),
            ("only", "boilerplat", "boilerplate"),
            ("skip", "comments.en.bx", "comments.en.box"),
            ("skip", "relatd", "related"),
            ("only", "space.betwen-words", "space.between-words"),
            ("take", "titel", "title"),
            ("languages", "dee", "de"),
        ],
    )
    def test_an_unknown_name_is_refused_with_the_nearest(self, option: str, name: str, nearest: str) -> None:
        with pytest.raises(UnknownNameError, match=f"{name}.*did you mean '{nearest}'"):
            make({option: [name]})

    @pytest.mark.parametrize(
        "name",
        ["space", "comments.en.box", "related", "related.de", "encoding.mojibake", "title", "title.any.headline",
         "byline.any.name", "dateline.any.place", "tail"],
    )  # fmt: skip
    def test_filters_rules_and_families_have_names(self, name: str) -> None:
        assert Cleaner(skip=[name]) != Cleaner(only=[name])

    def test_names_of_a_filter_need_the_filter(self) -> None:
        assert Cleaner(PAGE, skip=["page.score"]).skip
        with pytest.raises(UnknownNameError):
            Cleaner(skip=["page.score"])
        with pytest.raises(UnknownNameError):
            Cleaner(skip=["site.example.org"])
        assert Cleaner(SiteFilter().within(ARTICLE), skip=["site.example.org", "site.example.org.menu"]).skip

    def test_rules_of_packs_and_filters_of_ones_own_have_names(self, tmp_path: Path) -> None:
        (tmp_path / "mine.toml").write_text(BELL)
        cleaner = Cleaner((*ARTICLE, Own(shout))).with_packs(load_pack(tmp_path / "mine.toml"))
        text = "She left.\n\nRing the harbour bell"
        assert cleaner(text).text == "SHE LEFT."
        assert replace(cleaner, skip=frozenset({"share.mine"}))(text).text == text.upper()
        assert replace(cleaner, skip=frozenset({"own.capitals"}))(text).text == "She left."
        assert replace(cleaner, languages=frozenset({"mine"})).languages == {"mine"}

    def test_names_of_filters_load_no_packs(self) -> None:
        code = "import cleanwire.packs.pack as p; p.builtin_packs = None\nfrom cleanwire import Cleaner\n"
        subprocess.run([sys.executable, "-c", code + "Cleaner(skip=['space'], only=['caption'])"], check=True)

    def test_skip_and_only_choose_edits(self) -> None:
        assert Cleaner(skip=["comments"])(STORY).text == STORY
        assert Cleaner(only=["caption"])(STORY).steps == ()
        assert Cleaner(only=["comments.en"])(STORY).text == Cleaner()(STORY).text

    def test_take_removes_what_it_names(self) -> None:
        result = Cleaner(take=["byline", "date"])(STORY)
        assert result.text == "Rain in the harbour\n\nShe left at noon, and nobody in the harbour saw it."
        assert (result.byline, result.date, result.undo()) == ("Ann Lee", "May 3, 2024", STORY)
        with pytest.raises(UnknownNameError, match="byline"):
            Cleaner((SpaceFilter(),), take=["byline"])


class TestValue:
    def test_equal_cleaners_are_one_key(self) -> None:
        cleaner = Cleaner(skip={"caption", "share"}, only={"space"}, take=["date"], languages=["de"])
        same = Cleaner(skip=["share", "caption"], only=("space",), take={"date"}, languages={"de"})
        assert {cleaner: 1}[same] == 1
        assert cleaner != Cleaner(skip=["caption"])
        assert pickle.loads(pickle.dumps(cleaner)) == cleaner  # noqa: S301 - our own bytes

    def test_equal_cleaners_pickle_alike_in_all_processes(self) -> None:
        seen = {
            subprocess.run(
                [sys.executable, "-c", _CODE],
                env={**os.environ, "PYTHONHASHSEED": seed},
                check=True,
                capture_output=True,
            ).stdout
            for seed in ("1", "2", "3")
        }
        assert len(seen) == 1

    def test_a_call_leaves_nothing_in_the_pickle(self) -> None:
        cleaner = Cleaner()
        before = pickle.dumps(cleaner)
        cleaner(STORY)
        assert pickle.dumps(cleaner) == before

    @pytest.mark.parametrize(
        ("cleaner", "shown"),
        [
            (Cleaner(), "Cleaner()"),
            (Cleaner(PAGE, skip=["share", "comments"]), "Cleaner(filters=PAGE, skip={'comments', 'share'})"),
            (Cleaner([SpaceFilter()], languages=["de"]), "Cleaner(filters=[SpaceFilter()], languages={'de'})"),
            (Cleaner([PageFilter(lean=0.5), Own(shout)]), "Cleaner(filters=[PageFilter(lean=0.5), 'own'])"),
        ],
    )
    def test_repr_shows_what_differs(self, cleaner: Cleaner, shown: str) -> None:
        assert repr(cleaner) == shown

    def test_repr_names_packs(self, tmp_path: Path) -> None:
        (tmp_path / "mine.toml").write_text(BELL)
        assert "BylineFilter(packs=[mine])" in repr(Cleaner().with_packs(load_pack(tmp_path / "mine.toml")))

    def test_a_filter_is_replaced_or_left_out(self) -> None:
        cleaner = Cleaner(PAGE, skip=["caption"]).replacing(PageFilter(lean=0.5))
        assert [f.name for f in cleaner.filters] == [f.name for f in PAGE]
        assert PageFilter(lean=0.5) in cleaner.filters
        assert cleaner.without("caption").skip == frozenset()
        with pytest.raises(UnknownNameError, match="page"):
            Cleaner().replacing(PageFilter())
        with pytest.raises(UnknownNameError, match="page"):
            Cleaner().without("page")
        with pytest.raises(UnknownNameError, match="boilerplate"):
            Cleaner(only=["boilerplate"]).without("boilerplate")  # an empty `only` would mean everything

    def test_packs_are_added(self, tmp_path: Path) -> None:
        paths = [tmp_path / name for name in ("one.toml", "two.toml")]
        for path, phrase in zip(paths, ("harbour bell", "church bell"), strict=True):
            path.write_text(BELL.replace("harbour bell", phrase))
        one, two = map(load_pack, paths)
        cleaner = Cleaner().with_packs(one).with_packs(two, one)
        assert cleaner.replacing(BoilerplateFilter((one, two))) == cleaner
        with pytest.raises(InputError, match="load_pack"):
            Cleaner().with_packs(str(paths[0]))  # type: ignore[arg-type] # what callers without a type checker pass


class TestPlainData:
    def test_a_cleaner_comes_back(self, tmp_path: Path) -> None:
        cleaner = Cleaner(
            SiteFilter(folder="sites", host="example.org").within(PAGE),
            skip=["related"],
            take=["date"],
            languages=["de"],
        )
        (tmp_path / "mine.toml").write_text(f"letters = 'ø'\n[words]\narticles = ['the']\n{BELL}")
        cleaner = cleaner.replacing(PageFilter(lean=0.5)).replacing(BylineFilter(take=frozenset({"title", "date"})))
        for given in (Cleaner(), Cleaner(PAGE), cleaner, cleaner.with_packs(load_pack(tmp_path / "mine.toml"))):
            assert Cleaner.from_dict(json.loads(json.dumps(given.to_dict()))) == given
        assert Cleaner.from_dict({}) == Cleaner()

    def test_it_is_short(self) -> None:
        assert Cleaner([PageFilter(lean=0.5)], only=["page"]).to_dict() == {
            "filters": [{"filter": "page", "lean": 0.5}], "skip": [], "only": ["page"], "take": [], "languages": [],
            "layout": "auto", "keep": [], "drop": [],
        }  # fmt: skip

    @pytest.mark.parametrize("filter_", [Own(shout), SiteFilter((Template("example.org"),))])
    def test_what_has_no_plain_form_is_named(self, filter_: Any) -> None:
        with pytest.raises(FilterError, match=filter_.name):
            Cleaner([filter_]).to_dict()

    @pytest.mark.parametrize(
        ("data", "error"),
        [
            ({"skipp": []}, InputError),
            ({"filters": [{"filter": "paeg"}]}, UnknownNameError),
            ({"filters": [{}]}, UnknownNameError),
            ({"filters": [{"filter": "page", "lien": 1}]}, InputError),
            ({"skip": "space"}, InputError),
        ],
    )
    def test_wrong_data_is_refused(self, data: dict[str, Any], error: type[CleanwireError]) -> None:
        with pytest.raises(error):
            Cleaner.from_dict(data)


class TestTexts:
    @pytest.mark.parametrize("text", [None, b"She left.", bytearray(b"x"), 3, ["She left."], Document(None)])  # type: ignore[arg-type] # what callers without a type checker pass
    def test_only_text_is_cleaned(self, text: Any) -> None:
        for call in (clean, Cleaner(), lambda text: list(Cleaner().map(["Noon.", "Night.", text]))):
            with pytest.raises(InputError, match="not str") as error:
                call(text)
            assert isinstance(error.value, TypeError)
        assert "text 2 is" in str(error.value)

    def test_bytes_must_be_decoded(self) -> None:
        with pytest.raises(InputError, match=r"decode it first.*data\.decode\(\)"):
            Cleaner()(b"She left.")  # type: ignore[arg-type] # what callers without a type checker pass

    def test_map_takes_many_texts(self) -> None:
        for wrong in ("She left.", b"x", Document("x"), 3, None):
            with pytest.raises(InputError, match="many texts"):
                Cleaner().map(wrong)  # type: ignore[arg-type] # what callers without a type checker pass

    def test_map_is_lazy_and_bounded(self) -> None:
        read = []

        def texts() -> Iterator[str]:
            for number in range(100_000):
                read.append(number)
                yield f"Noon {number}. "

        results = Cleaner().map(texts())
        assert next(results).text == "Noon 0."
        assert len(read) == 1

    def test_processes_change_nothing(self) -> None:
        texts: list[str | Document] = [f"{STORY}\n{number}" for number in range(100)]
        texts[7] = Document(STORY, url="https://example.org/")
        cleaner = Cleaner(skip=["related"])
        assert list(cleaner.map(iter(texts), jobs=2)) == list(cleaner.map(texts)) == list(map(cleaner, texts))

    def test_processes_name_the_text_that_is_none(self) -> None:
        texts: list[Any] = [*(["Noon."] * 40), None]
        with pytest.raises(InputError, match="text 40"):
            list(Cleaner().map(texts, jobs=2))


class TestFilters:
    @pytest.mark.parametrize(
        ("filters", "message"),
        [
            ([print], "no `name`"),
            ([SpaceFilter], r"SpaceFilter\(\)"),
            ([type("Mute", (), {"name": "mute"})()], "'mute' cannot be called"),
            ([SpaceFilter(), SpaceFilter()], "two filters are called 'space'"),
        ],
    )
    def test_what_is_no_filter_is_refused(self, filters: Any, message: str) -> None:
        with pytest.raises(FilterError, match=message):
            Cleaner(filters)

    @pytest.mark.parametrize("filters", [SpaceFilter(), "space", None, 3])
    def test_a_chain_is_a_collection(self, filters: Any) -> None:
        with pytest.raises(InputError, match="collection of filters"):
            Cleaner(filters)

    @pytest.mark.parametrize(
        "edits",
        [
            [Edit(0, 1, "x", "fixx", "own")],  # type: ignore[arg-type] # what callers without a type checker pass
            [Edit(0, 3, "Sie", "fixx", "own")],  # type: ignore[arg-type] # what callers without a type checker pass
            [Edit(0, 3, "", "drop", "own"), Edit(2, 4, "", "drop", "own")],
            [Edit(0, 3, "She", "title", "own"), Edit(2, 4, "e ", "title", "own")],
            [Edit(-1, 3, "", "drop", "own")],
            [Edit(3, 1, "", "drop", "own")],
            [Edit(0, 99, "", "drop", "own")],
            [(0, 1, "x", "fix", "own", None)],
            None,
            3,
        ],
    )  # fmt: skip
    def test_wrong_edits_are_an_error_of_their_filter(self, edits: Any) -> None:
        with pytest.raises(FilterError, match="'own'"):
            Cleaner([Own(lambda _: edits)])("She left.")

    @pytest.mark.parametrize(
        "propose",
        [
            lambda doc: [Edit(len(doc.text), len(doc.text), "!", "fix", "own")],
            lambda doc: [Edit(0, len(doc.text), doc.text * 2, "fix", "own")],
            lambda doc: [Edit(0, len(doc.text), doc.text.swapcase(), "fix", "own")],
        ],
    )
    def test_a_text_that_never_settles_comes_back_unchanged_and_marked(
        self, propose: Callable[[Document], list[Edit]]
    ) -> None:
        result = Cleaner([SpaceFilter(), Own(propose)], layout="lines")("She  left. ")
        assert (result.text, result.changed, result.undo()) == ("She  left. ", False, "She  left. ")
        assert unsettled(result)
        assert [edit.rule for step in result.steps for edit in step.edits] == ["unsettled.own"]
        assert not unsettled(Cleaner()("She  left. "))

    def test_two_filters_that_undo_each_other_are_both_named(self) -> None:
        lower = Own(lambda doc: [Edit(0, len(doc.text), doc.text.lower(), "fix", "lower")], "lower")
        upper = Own(lambda doc: [Edit(0, len(doc.text), doc.text.upper(), "fix", "upper")], "upper")
        result = Cleaner([lower, upper])("She left.")
        assert [edit.rule for step in result.steps for edit in step.edits] == ["unsettled.lower", "unsettled.upper"]

    def test_a_text_that_gets_shorter_has_more_rounds(self) -> None:
        shorter = Own(lambda doc: [Edit(0, 1, "", "drop", "own")] if doc.text else [])
        assert Cleaner([shorter])("x" * 60).text == ""
