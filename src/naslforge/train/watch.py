"""What a running training leaves behind and tells: the loss curve as JSON Lines, progress, the last checkpoint."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from transformers import TrainerCallback
from transformers.trainer_utils import get_last_checkpoint

from naslforge.journal import dump_line
from naslforge.llm import settings
from naslforge.train.recipe import TrainRecipe

OnProgress = Callable[[int, int, str], None]  # steps done, steps in all, a word on how it goes


class Watch(TrainerCallback):
    """Writes curve.jsonl, reports progress, and stops a run that takes too long."""

    def __init__(self, recipe: TrainRecipe, on_progress: OnProgress | None):
        self._curve = Path(recipe.out) / "curve.jsonl"
        self._limit, self._on_progress = recipe.max_minutes, on_progress
        self._start, self._word = time.monotonic(), ""

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """A resumed run drops the points past its checkpoint: it will write them again."""
        kept = [line for line in read_curve(self._curve) if line["step"] <= state.global_step]
        self._curve.parent.mkdir(parents=True, exist_ok=True)
        self._curve.write_text("".join(dump_line(line) + "\n" for line in kept), encoding="utf-8")

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any) -> None:
        if not logs or "loss" not in logs:
            return
        point = {"step": state.global_step, "seconds": round(time.monotonic() - self._start, 1)}
        point |= {k: round(v, 6) for k, v in logs.items() if isinstance(v, int | float)}
        with self._curve.open("a", encoding="utf-8") as handle:
            handle.write(dump_line(point) + "\n")
        self._word = f"loss {logs['loss']:.3f}"

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if self._on_progress:
            self._on_progress(state.global_step, state.max_steps, self._word)
        if self._limit and time.monotonic() - self._start > self._limit * 60:
            control.should_training_stop = True


def read_curve(file: str | Path) -> list[dict[str, Any]]:
    """The points of a loss curve; a line cut by a kill is left out."""
    points = []
    for line in Path(file).read_text(encoding="utf-8").splitlines() if Path(file).exists() else []:
        try:
            points.append(json.loads(line))
        except ValueError:
            continue
    return points


def checkpoint(recipe: TrainRecipe) -> str | None:
    """The last complete checkpoint of this recipe."""
    folder = Path(recipe.out) / "checkpoints"
    return get_last_checkpoint(str(folder)) if folder.is_dir() else None


def finished(recipe: TrainRecipe) -> bool:
    """Whether the recipe's folder holds the adapter that exactly this recipe makes."""
    made = settings(recipe.out).made or {} if (Path(recipe.out) / "naslforge.json").exists() else {}
    return made.get("recipe") == json.loads(json.dumps(recipe.to_json()))
