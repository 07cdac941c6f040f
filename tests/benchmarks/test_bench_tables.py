"""Tables as text, and the blocks of pages that commands write."""

from pathlib import Path

from benchmarks.tools.tables import write_block


def test_a_block_is_replaced_and_the_rest_of_the_page_stays(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Above.\n<!-- speed: written by `make speed` -->\nold\n<!-- /speed -->\nBelow.\n", encoding="utf-8")
    write_block(page, "speed", "new: 5 µs")
    assert page.read_text(encoding="utf-8") == (
        "Above.\n<!-- speed: written by `make speed` -->\nnew: 5 µs\n<!-- /speed -->\nBelow.\n"
    )
