"""Examples to adapter: LoRA SFT, rejection sampling, DPO. Opening this door needs the extra `train`."""

from pathlib import Path
from typing import Any

from naslforge.journal import InputError

try:
    from naslforge.train.dpo import dpo
    from naslforge.train.lora import Parity, merge, parity
    from naslforge.train.recipe import DpoRecipe, RejectRecipe, SftRecipe
    from naslforge.train.reject import Rejected, reject
    from naslforge.train.sft import sft
    from naslforge.train.watch import OnProgress, finished, read_curve
except ModuleNotFoundError as error:
    if (error.name or "").startswith("naslforge"):
        raise
    raise InputError(f"training needs {error.name}", hint="pip install 'naslforge[train]'") from error

__all__ = [
    "METHODS", "DpoRecipe", "Parity", "RejectRecipe", "Rejected", "SftRecipe", "dpo", "finished", "merge", "parity",
    "read_curve", "reject", "run", "sft",
]  # fmt: skip

METHODS = ("sft", "reject", "dpo")


def run(method: str, file: str | Path, on_progress: OnProgress | None = None) -> Any:
    """Read a recipe file and run it: what `naslforge train METHOD RECIPE` does."""
    if method == "sft":
        return sft(SftRecipe.read(file), on_progress)
    if method == "reject":
        return reject(RejectRecipe.read(file), on_progress)
    if method == "dpo":
        return dpo(DpoRecipe.read(file), on_progress)
    raise InputError(f"no method {method!r}", hint=", ".join(METHODS))
