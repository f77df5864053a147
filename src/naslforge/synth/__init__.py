"""Seeds to examples: tasks, attempts with feedback, selection."""

from naslforge.synth.attempts import AskConfig, Ledger, Round, attempt_all
from naslforge.synth.pipeline import Recipe, run, yield_rows
from naslforge.synth.select import Selected, example, pairs, select

__all__ = [
    "AskConfig", "Ledger", "Recipe", "Round", "Selected", "attempt_all", "example", "pairs", "run", "select",
    "yield_rows",
]  # fmt: skip
