"""Checked program to outcome: translation to Python, the library, the database, worlds, worker processes."""

from naslforge.run.execute import CallSpec, Execution, Outcome, execute
from naslforge.run.limits import LimitReached, Limits
from naslforge.run.observe import canonical
from naslforge.run.sandbox import Sandbox
from naslforge.run.schema import Column, EntityTable, read_schema
from naslforge.run.servers import choose as choose_database
from naslforge.run.wire import WireError
from naslforge.run.world import WorldError

__all__ = [
    "CallSpec",
    "Column",
    "EntityTable",
    "Execution",
    "LimitReached",
    "Limits",
    "Outcome",
    "Sandbox",
    "WireError",
    "WorldError",
    "canonical",
    "choose_database",
    "execute",
    "read_schema",
]
