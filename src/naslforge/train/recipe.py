"""Recipes: one frozen record a method, read from TOML. Paths are relative to the recipe's folder."""

import tomllib
from dataclasses import MISSING, asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Self, get_type_hints

from naslforge.journal import InputError
from naslforge.llm import EMBEDDED


@dataclass(frozen=True, slots=True)
class Recipe:
    """What every method needs. `out` is the folder that is made; `model` a folder, hub name or `embedded`."""

    model: str
    out: str
    seed: int = 0

    @classmethod
    def read(cls, file: str | Path, **changes: Any) -> Self:
        """A recipe file as its record. Raises InputError for broken TOML, an unknown key or a value of a wrong type."""
        file = Path(file)
        try:
            data = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", file) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"is not TOML: {error}", file) from error
        data.pop("method", None)
        data |= changes
        hints = get_type_hints(cls)
        if unknown := sorted(set(data) - set(hints)):
            raise InputError(f"unknown key {unknown[0]!r}", file, hint="known: " + ", ".join(hints))
        for f in fields(cls):
            if f.name not in data and f.default is MISSING and f.default_factory is MISSING:
                raise InputError(f"missing key {f.name!r}", file)
        values = {key: _fitting(key, value, hints[key], file) for key, value in data.items()}
        return cls(**values).beside(file.parent)

    def beside(self, folder: Path) -> Self:
        """The recipe with its relative paths taken from `folder`."""
        changes: dict[str, Any] = {"out": _beside(folder, self.out)}
        if self.model != EMBEDDED and (folder / self.model).is_dir():
            changes["model"] = _beside(folder, self.model)
        for f in fields(self):
            if f.name in ("data", "tasks"):
                changes[f.name] = tuple(_beside(folder, name) for name in getattr(self, f.name))
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class TrainRecipe(Recipe):
    """What SFT and DPO share. `model` may be an adapter folder: its adapter is then trained on."""

    data: tuple[str, ...] = ()
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0
    targets: str | tuple[str, ...] = "all-linear"
    modules_to_save: tuple[str, ...] = ()
    learning_rate: float = 2e-4
    schedule: str = "cosine"
    warmup: float = 0.03  # share of all steps
    weight_decay: float = 0.0
    batch: int = 8
    accumulate: int = 1
    epochs: float = 1.0
    max_steps: int = -1  # overrides epochs where positive
    max_minutes: float | None = None  # a safety stop; the adapter of that moment is kept
    max_length: int = 2048
    dtype: str | None = None  # of the frozen weights; bfloat16 on a GPU, float32 elsewhere
    gradient_checkpointing: bool = False
    log_steps: int = 10
    save_steps: int = 200


@dataclass(frozen=True, slots=True)
class SftRecipe(TrainRecipe):
    """Supervised fine-tuning on Example records."""

    packing: bool = False


@dataclass(frozen=True, slots=True)
class DpoRecipe(TrainRecipe):
    """Preference optimisation on Pair records; the starting model is the reference."""

    learning_rate: float = 5e-6
    beta: float = 0.1
    sft_weight: float = 0.0  # weight of the plain loss on the chosen answers, keeps them likely


@dataclass(frozen=True, slots=True)
class RejectRecipe(Recipe):
    """Rejection sampling: sample `samples` answers a task, judge them, keep what passes.

    Writes examples.jsonl, pairs.jsonl and attempts.jsonl to `out`.
    """

    tasks: tuple[str, ...] = ()
    samples: int = 4
    temperature: float = 0.8
    max_tokens: int = 512
    batch: int = 64
    keep: int = 2  # distinct passing answers a task that become examples
    pairs: int = 2  # preference pairs a task
    references: bool = True  # a task's reference is the good side of a pair where no answer passed
    workers: int = 1
    limit: int | None = None  # of tasks


def _beside(folder: Path, name: str) -> str:
    return name if Path(name).is_absolute() else str(folder / name)


def _fitting(key: str, value: Any, hint: Any, file: Path) -> Any:
    """The value in the record's own type: lists become tuples, whole numbers fit where a float is wanted."""
    if isinstance(value, list) and "tuple" in str(hint):
        return tuple(value)
    kinds = [kind for kind in (str, bool, int, float) if kind is hint or kind.__name__ in str(hint)]
    if float in kinds:
        kinds.append(int)
    if kinds and type(value) not in kinds:
        raise InputError(f"{key} = {value!r} is not a {' or '.join(kind.__name__ for kind in kinds)}", file)
    return value
