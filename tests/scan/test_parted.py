"""A mapping in parts is the mapping that it was made of, and reads only the parts that are asked for."""

from hypothesis import given
from hypothesis import strategies as st

from cleanwire.scan.parted import Parted, part

VALUES = st.dictionaries(st.text(max_size=4), st.integers())


@given(VALUES, st.text(max_size=4))
def test_a_parted_mapping_is_the_one_that_it_was_made_of(values: dict[str, int], other: str) -> None:
    parted: Parted[int] = Parted(part(values))
    for key in (*values, other):
        assert parted.get(key) == values.get(key)
        assert parted.get(key, -1) == values.get(key, -1)
    assert dict(parted) == values
    assert len(parted) == len(values)
    assert parted == values


def test_parts_that_nobody_asks_for_are_not_read() -> None:
    parted: Parted[int] = Parted({**part({"post": 1}), "sh": b"no data"})
    assert parted.get("post") == 1
    assert parted.get("poster") is None
    assert parted.get("tweet") is None
