"""Every rule of every pack keeps its promises."""

import pytest

from cleanwire.pack_check import prove
from cleanwire.packs.load import builtin_names, load_builtin


@pytest.mark.parametrize("name", builtin_names())
def test_pack_keeps_its_promises(name: str) -> None:
    assert list(prove(load_builtin(name))) == []
