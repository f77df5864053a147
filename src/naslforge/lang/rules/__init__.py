"""Every rule of the language: code, name, severity and its sentence in two languages, one module for each hundred.

Codes: NF0xx syntax of pages, NF1xx syntax and habits of other languages, NF2xx names, NF3xx types, NF4xx calls, NF5xx
queries and entities, NF6xx practice, NF9xx faults when a program runs. A sentence takes {facts} from the place that
reports it.
"""

from naslforge.lang.diagnostics import Rule
from naslforge.lang.rules.calls import *  # noqa: F403
from naslforge.lang.rules.names import *  # noqa: F403
from naslforge.lang.rules.pages import *  # noqa: F403
from naslforge.lang.rules.pages_syntax import *  # noqa: F403
from naslforge.lang.rules.practice import *  # noqa: F403
from naslforge.lang.rules.project import *  # noqa: F403
from naslforge.lang.rules.queries import *  # noqa: F403
from naslforge.lang.rules.running import *  # noqa: F403
from naslforge.lang.rules.syntax import *  # noqa: F403
from naslforge.lang.rules.types import *  # noqa: F403


def rules() -> dict[str, Rule]:
    """All rules by code, in order."""
    found = {rule.code: rule for rule in globals().values() if isinstance(rule, Rule)}
    return dict(sorted(found.items()))
