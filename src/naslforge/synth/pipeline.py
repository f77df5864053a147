"""A recipe to a run folder: attempts, examples, pairs, leaks (.jsonl), report.json. Resumes where it was left.

tasks = ["tasks.jsonl"]            # paths are relative to the recipe
out = "run"
model = "openai:MODEL@URL"         # first rounds
reasoning = "openai:MODEL@URL"     # what is left, optional
evaluation = ["suite.jsonl"]       # tasks that training must not contain
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from naslforge import solve
from naslforge.journal import InputError, write_jsonl, write_text
from naslforge.llm import Chat, open_model
from naslforge.records import Attempt, Example, Pair, Solution, Task
from naslforge.synth.attempts import AskConfig, Ledger, Round, Tell, attempt_all
from naslforge.synth.select import pairs, select


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a synthesis run does."""

    tasks: tuple[str, ...]
    model: str
    out: str = "synth"
    reasoning: str | None = None
    rounds: int = 3
    temperature: float = 0.0
    max_tokens: int = 4096
    workers: int = 2
    prompt: str = solve.MANUAL  # the style that the models are asked in
    style: str = solve.COMPACT  # the style of examples and pairs
    trace: bool = False  # show what an answer did in a failed test
    strength: float = 0.0  # share of the answer's mutants that the task's tests must notice; 0 asks nothing
    evaluation: tuple[str, ...] = ()
    mix: Mapping[str, float] = field(default_factory=dict)
    limit: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        for key in ("prompt", "style"):
            if getattr(self, key) not in solve.STYLES:
                raise InputError(f"{key} = {getattr(self, key)!r} is not one of {', '.join(solve.STYLES)}")
        if not 0 <= self.strength <= 1:
            raise InputError(f"strength is a share from 0 to 1, not {self.strength}")
        if self.rounds < 1:
            raise InputError(f"rounds is at least 1, not {self.rounds}")

    @classmethod
    def read(cls, file: Path) -> Self:
        """A recipe file with its paths made whole. Raises InputError for what is no recipe."""
        try:
            data = tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise InputError("no such file", file) from error
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise InputError(f"is not a TOML file: {error}", file) from error
        known = {f.name: f for f in fields(cls)}
        if unknown := sorted(set(data) - set(known)):
            raise InputError(f"unknown key {unknown[0]!r}", file, hint="known: " + ", ".join(known))
        for name, f in known.items():
            if name not in data and f.default is MISSING and f.default_factory is MISSING:
                raise InputError(f"missing key {name!r}", file)
            declared = getattr(f.type, "__name__", str(f.type))
            if name in data and not _fits(data[name], declared):
                raise InputError(f"{name} = {data[name]!r} is no {declared}", file)
        try:
            return cls(**_beside(data, file.parent))
        except InputError as error:
            raise InputError(error.message, file) from error


def _fits(value: Any, declared: str) -> bool:
    if declared == "bool":
        return isinstance(value, bool)
    kinds: dict[str, tuple[type, ...]] = {"tuple": (list,), "str": (str,), "int": (int,), "float": (float, int)}
    wanted = next((kind for name, kind in kinds.items() if declared.startswith(name)), (dict,))
    if list in wanted:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, wanted) and not isinstance(value, bool)


def _beside(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The values with paths taken from the recipe's folder."""
    data = dict(data)
    for key in ("tasks", "evaluation"):
        if key in data:
            data[key] = tuple(str(folder / name) for name in data[key])
    for key in ("model", "reasoning"):
        kind, _, rest = data.get(key, "").partition(":")
        if kind in ("recorded", "local") and (folder / rest).exists():
            data[key] = f"{kind}:{folder / rest}"
    data["out"] = str(folder / data.get("out", "synth"))
    return data


def run(
    recipe: Recipe | str | Path, out: Path | None = None, *, chat: Chat | None = None, second: Chat | None = None,
    measured: Iterable[Task] = (), progress: Tell = lambda *_: None,
) -> dict[str, Any]:  # fmt: skip
    """Do a recipe, or the rest of it; gives the report. `chat` and `second` stand in for the recipe's models.

    `measured` are tasks of benchmarks: beside what the recipe's `evaluation` keeps out, no example behaves like them.
    """
    if not isinstance(recipe, Recipe):
        recipe = Recipe.read(Path(recipe))
    folder = out or Path(recipe.out)
    tasks = _tasks(recipe)
    _same_recipe(recipe, folder)
    chat = chat or open_model(recipe.model)
    if second is None and recipe.reasoning:
        second = open_model(recipe.reasoning)
    config = AskConfig(
        recipe.rounds, recipe.temperature, recipe.max_tokens, recipe.workers, recipe.prompt, recipe.trace
    )
    with Ledger(folder) as ledger:
        rounds = attempt_all(tasks, chat, ledger, config, second, progress)
        attempts = ledger.attempts
    return _finish(recipe, folder, tasks, attempts, rounds, measured, progress)


def _tasks(recipe: Recipe) -> list[Task]:
    tasks: dict[str, Task] = {}
    for name in recipe.tasks:
        for task in Task.read(name):
            if task.id in tasks:
                raise InputError(f"task id {task.id!r} stands twice", name)
            if "humaneval" in f"{task.id} {task.meta.get('source', '')}".lower():
                raise InputError(f"{task.id} is from HumanEval, which is for evaluation only", name)
            tasks[task.id] = task
    if not tasks:
        raise InputError("there are no tasks", ", ".join(recipe.tasks))
    return list(tasks.values())


def _same_recipe(recipe: Recipe, folder: Path) -> None:
    """Refuse to go on in a folder that was begun with other questions."""
    asked = {k: v for k, v in asdict(recipe).items() if k in ("tasks", "prompt", "temperature", "max_tokens")}
    asked["tasks"] = [Path(name).name for name in recipe.tasks]
    file = folder / "recipe.json"
    if file.exists():
        before = json.loads(file.read_text(encoding="utf-8"))
        if changed := [key for key in asked if before.get(key) != asked[key]]:
            raise InputError(f"holds a run with other {', '.join(changed)}", folder, hint="choose another folder")
        return
    write_text(file, json.dumps(asked, ensure_ascii=False, indent=1) + "\n")


def _finish(
    recipe: Recipe,
    folder: Path,
    tasks: list[Task],
    attempts: dict[str, list[Attempt]],
    rounds: list[Round],
    measured: Iterable[Task],
    tell: Tell,
) -> dict[str, Any]:
    """Select, and write examples, pairs and the report."""
    passed = {id: next((a for a in found if _passed(a)), None) for id, found in attempts.items()}
    solutions = [Solution(a.task, a.source, a.model) for a in passed.values() if a is not None]
    evaluation = [task for name in recipe.evaluation for task in Task.read(name)]
    selected = select(
        tasks, solutions, evaluation=evaluation, measured=measured, workers=recipe.workers, style=recipe.style,
        mix=recipe.mix, limit=recipe.limit, seed=recipe.seed, strength=recipe.strength, progress=tell,
    )  # fmt: skip
    by_id = {task.id: task for task in tasks}
    chosen = dict.fromkeys(e.meta["task"] for e in selected.examples)
    preferences = [pair for id in chosen for pair in pairs(by_id[id], attempts[id], recipe.style)]
    Example.write(folder / "examples.jsonl", selected.examples)
    Pair.write(folder / "pairs.jsonl", preferences)
    write_jsonl(folder / "leaks.jsonl", selected.leaks)
    report = {
        "out": str(folder),
        "tasks": len(tasks),
        "rounds": [done.to_json() for done in rounds],
        "passed": len(solutions),
        "examples": len(selected.examples),
        "pairs": len(preferences),
        "dropped": dict((_unsolved(tasks, attempts) + selected.dropped).most_common()),
        "usage": dict(_usage(attempts)),
        "prompts": solve.prompt_versions(),
    }
    write_text(folder / "report.json", json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return report


def _passed(attempt: Attempt) -> bool:
    return (attempt.verdict or {}).get("status") == "passed"


def _unsolved(tasks: list[Task], attempts: dict[str, list[Attempt]]) -> Counter[str]:
    """Why tasks have no solution: the status of their last attempt."""
    found: Counter[str] = Counter()
    for task in tasks:
        mine = attempts.get(task.id, [])
        if not any(map(_passed, mine)):
            found[f"not solved: {(mine[-1].verdict or {}).get('status')}" if mine else "no answer"] += 1
    return found


def _usage(attempts: dict[str, list[Attempt]]) -> Counter[str]:
    """Tokens over all answers."""
    total: Counter[str] = Counter()
    for attempt in (a for found in attempts.values() for a in found):
        total.update({k: v for k, v in attempt.usage.items() if isinstance(v, int) and k.endswith("tokens")})
    return total


def yield_rows(folder: Path) -> list[dict[str, Any]]:
    """The yield of a finished run by round, as rows of a table: answers as they came and safe fixes counted apart."""
    file = folder / "report.json"
    if not file.exists():
        raise InputError("has no synthesis report", folder)
    report = json.loads(file.read_text(encoding="utf-8"))
    rows, solved = [], 0
    for done in report["rounds"]:
        solved += done["passed"] + done["fixed"]
        rows.append(
            {
                "round": done["name"],
                "asked": done["asked"],
                "answered": done["answered"],
                "passed": done["passed"],
                "passed after safe fixes": done["fixed"],
                "solved so far": solved,
                "yield": f"{100 * solved / report['tasks']:.1f} %",
            }
        )
    return rows
