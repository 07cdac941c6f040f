"""Libraries that are asked for only where a format needs them."""

import importlib
from typing import Any

from cleanwire.errors import MissingError


def need(module: str, extra: str, what: str) -> Any:
    """Import `module`, which the extra called `extra` brings, in order to do `what`.

    Raises `MissingError`, which says what to install.

    >>> need("json", "none", "read").__name__
    'json'
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise MissingError(f"{what} needs {name}; install it: pip install 'cleanwire[{extra}]'") from error
