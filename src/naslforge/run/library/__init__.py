"""The standard library: one Python function per row of the catalogue, by full name.

Arguments are positional and None where left out or null. A function that needs more than them says so by
keyword-only parameters, which emitted code fills in: `rt`, the Runtime of the test; `types`, the type arguments of the
call; `shapes`, the structures and enums of the program.
"""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

from naslforge.run.library import (
    client,
    conversion,
    dates,
    lists,
    maps,
    numbers,
    objects,
    process,
    server,
    strings,
    words,
)

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **strings.FUNCTIONS,
    **lists.FUNCTIONS,
    **maps.FUNCTIONS,
    **dates.FUNCTIONS,
    **numbers.FUNCTIONS,
    **objects.FUNCTIONS,
    **conversion.FUNCTIONS,
    **server.FUNCTIONS,
    **client.FUNCTIONS,
    **process.FUNCTIONS,
    **words.FUNCTIONS,
}


@cache
def needs(name: str) -> frozenset[str]:
    """Which of `rt`, `types` and `shapes` the function asks for."""
    parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    return frozenset(p.name for p in parameters if p.kind is p.KEYWORD_ONLY)
