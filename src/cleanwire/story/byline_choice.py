"""Which of the bylines of a page are the article's: who wrote it goes before who checked it, a label before none."""

from collections.abc import Container

from cleanwire.bylines.marks import BARE, Mark, Reading


def without_checkers(found: dict[int, Reading], below_labels: Container[int]) -> dict[int, Reading]:
    """Return what lines say without who checked a story, and did not write it; their dates stay."""
    others = {line: one for line, one in found.items() if not one.checked and line not in below_labels}
    return keep_dates(found, others)


def keep_dates(found: dict[int, Reading], lines: Container[int]) -> dict[int, Reading]:
    """Return what `lines` say, and of all other lines the dates alone."""
    return {
        line: reading if line in lines else reading._replace(marks=_dates(reading))
        for line, reading in found.items()
        if line in lines or reading.has("date")
    }


def _dates(reading: Reading) -> tuple[Mark, ...]:
    return tuple(mark for mark in reading.marks if mark.action == "date")


def without_unlabelled(found: dict[int, Reading], below_labels: Container[int]) -> dict[int, Reading]:
    """Return what lines say without the names that nothing labels, if a label or a role names other authors."""
    named = {line for line, reading in found.items() if line in below_labels or not is_unlabelled(reading)}
    if not any(found[line].has("byline") for line in named):
        return found
    return keep_dates(found, named)


def is_unlabelled(reading: Reading) -> bool:
    """Return True if a line names an author by the shape of a name alone, without a label or a role."""
    names = [mark for mark in reading.marks if mark.action == "byline"]
    return bool(names) and all(mark.rule == BARE and mark.part is None for mark in names)
