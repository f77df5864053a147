"""The main job on this machine, from instructions to a measured model: no network, no GPU, resumable.

Each step reads files and leaves files in the demo's folder, and is skipped where its result already stands; a killed
demo goes on with the same command. Sizes are chosen for two cores and fifteen minutes, and said in the report.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from naslforge import evals, synth
from naslforge.journal import InputError, read_jsonl, write_text
from naslforge.records import Example, Pair, Solution, Task

STAGES = ("base", "sft", "reject", "dpo")
SUITES = ("heldout-vocabulary", "heldout-families", "untouched")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything. Steps, not minutes: the same sizes give the same work on every machine."""

    families: int = 52  # of those not held out, spread evenly over their list
    train_tasks: int = 6400
    sampled_tasks: int = 300
    samples: int = 4
    vocabulary_tasks: int = 104
    family_tasks: int = 36
    eval_samples: int = 5
    coarse_steps: int = 600
    fine_steps: int = 160
    dpo_steps: int = 30
    batch: int = 16


@dataclass(slots=True)
class Demo:
    """The demo's folder and how it speaks."""

    folder: Path
    sizes: Sizes = field(default_factory=Sizes)
    seed: int = 20261123
    console: Console = field(default_factory=Console)

    def path(self, *parts: str) -> Path:
        return self.folder.joinpath(*parts)

    # --- progress and resume

    def state(self) -> dict[str, Any]:
        file = self.path("state.json")
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"seconds": {}}

    def run_step(self, name: str, title: str, step: "Callable[[Demo, Tell], None]") -> None:
        """Run a step once; its seconds are kept, those of a step that was killed and taken up again add up."""
        state = self.state()
        if name in state["seconds"]:
            self.console.print(f"[green]✓[/] {title} [dim](done before, {state['seconds'][name]:.0f} s)[/]")
            return
        start = time.monotonic()
        with self.progress(title) as tell:
            step(self, tell)
        state["seconds"][name] = round(time.monotonic() - start, 1)
        write_text(self.path("state.json"), json.dumps(state, indent=1) + "\n")
        self.console.print(f"[green]✓[/] {title} [dim]({state['seconds'][name]:.0f} s)[/]")

    @contextmanager
    def progress(self, title: str) -> "Iterator[Tell]":
        columns = (
            SpinnerColumn(), TextColumn(title), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[word]}"),
            TimeElapsedColumn(),
        )  # fmt: skip
        with Progress(*columns, console=self.console, transient=True) as bar:
            line = bar.add_task(title, total=None, word="")
            yield lambda done, total, word="": bar.update(line, completed=done, total=total, word=word)


Tell = Callable[..., None]  # (done, total, word)


def run_demo(folder: Path, console: Console | None = None, sizes: Sizes | None = None) -> Path:
    """Do all of it in order; give the report's path. Raises InputError with the way out for what a user can mend."""
    try:
        from naslforge import train  # noqa: F401
    except ImportError as error:
        raise InputError(
            "the demo trains a model and needs the extra", hint="pip install 'naslforge[train]'"
        ) from error
    demo = Demo(folder, sizes or Sizes(), console=console or Console())
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / "report.html"
    if "report" in demo.state()["seconds"] and report.exists():
        demo.console.print(f"This demo is done. Delete {folder} to run it anew.")
    for name, title, step in STEPS:
        demo.run_step(name, title, step)
    print_result(demo)
    return report


# --- the steps


def write_tasks(demo: Demo, tell: Tell) -> None:
    """Training tasks from our families over the vocabularies that are not held out, each reference judged."""
    from naslforge.synth import families

    sizes = demo.sizes
    known = [f.name for f in families.FAMILIES if f.name not in families.HELD_OUT_FAMILIES]
    known = [known[i * len(known) // sizes.families] for i in range(min(sizes.families, len(known)))]
    domains = [d for d in families.DOMAINS if d not in families.HELD_OUT_DOMAINS]
    plan = {
        "train": (known, domains, sizes.train_tasks + sizes.sampled_tasks, demo.seed),
        "heldout-vocabulary": (known, list(families.HELD_OUT_DOMAINS), sizes.vocabulary_tasks, demo.seed + 1),
        "heldout-families": (list(families.HELD_OUT_FAMILIES), domains, sizes.family_tasks, demo.seed + 2),
    }
    total, done = sum(count for _, _, count, _ in plan.values()), 0
    for name, (names, places, count, seed) in plan.items():
        tasks = []
        for task in families.generate(names, places, seed, count):
            tasks.append(task)
            done += 1
            tell(done, total, task.id)
        Task.write(demo.path("tasks", f"{name}.jsonl"), tasks)


def judge_references(demo: Demo, tell: Tell) -> None:
    """The gate on our own families: a reference that does not pass is no data, in training or in a suite."""
    from naslforge.judge import judge_many

    for name in ("train", "heldout-vocabulary", "heldout-families"):
        tasks = Task.read(demo.path("tasks", f"{name}.jsonl"))
        pairs = ((t, Solution(t.id, t.meta["reference"], "reference", 0)) for t in tasks)
        passed = []
        for i, (task, verdict) in enumerate(zip(tasks, judge_many(pairs, workers=2), strict=True), 1):
            if verdict.passed:
                passed.append(task)
            tell(i, len(tasks), name)
        if len(passed) < 0.9 * len(tasks):
            raise RuntimeError(f"only {len(passed)} of {len(tasks)} references in {name} pass")
        Task.write(demo.path("suites" if name != "train" else "judged", f"{name}.jsonl"), passed)


def synthesize(demo: Demo, tell: Tell) -> None:
    """Replay the recorded answers of a real model round by round: the yield of synthesis with feedback."""
    with resources.as_file(resources.files("naslforge.synth") / "recorded") as packaged:
        synth.run(packaged / "recipe.toml", out=demo.path("synth"), progress=tell)


def select_examples(demo: Demo, tell: Tell) -> None:
    """What the gate let through becomes training examples, without duplicates and without evaluation tasks.

    The held-out sets of the demo are of the families trained on, over other words: only copies are kept away of these,
    of the packaged suites also what is reworded, renamed or behaves alike.
    """
    tasks = Task.read(demo.path("judged", "train.jsonl"))
    held_out = [t for name in SUITES for t in evals.load_suite(suite_path(demo, name)).tasks]
    solutions = [Solution(t.id, t.meta["reference"], "family", 0) for t in tasks]
    selected = synth.select(
        tasks, solutions, measured=evals.evaluation_tasks(), held_out=held_out, style="compact", seed=demo.seed,
        workers=2, progress=tell,
    )  # fmt: skip
    count = demo.sizes.train_tasks
    Example.write(demo.path("examples", "coarse.jsonl"), selected.examples[:count])
    chosen = {example.id.split("#")[0] for example in selected.examples[:count]}
    rest = [t for t in tasks if t.id not in chosen][: demo.sizes.sampled_tasks]
    Task.write(demo.path("tasks", "sampled.jsonl"), rest)
    write_text(demo.path("examples", "dropped.json"), json.dumps(selected.dropped, ensure_ascii=False) + "\n")


def train_coarse(demo: Demo, tell: Tell) -> None:
    from naslforge import train

    train.sft(_recipe(demo, "coarse", "embedded", "examples/coarse.jsonl", demo.sizes.coarse_steps), tell)


def sample_and_keep(demo: Demo, tell: Tell) -> None:
    from naslforge import train

    recipe = train.RejectRecipe.read(_packaged("reject"), model=str(demo.path("models", "sft")))
    recipe = replace(
        recipe, out=str(demo.path("reject")), seed=demo.seed, tasks=(str(demo.path("tasks", "sampled.jsonl")),),
        samples=demo.sizes.samples,
    )  # fmt: skip
    train.reject(recipe, tell)


def train_fine(demo: Demo, tell: Tell) -> None:
    from naslforge import train

    recipe = _recipe(demo, "fine", str(demo.path("models", "sft")), "reject/examples.jsonl", demo.sizes.fine_steps)
    train.sft(replace(recipe, data=(*recipe.data, str(demo.path("examples", "coarse.jsonl")))), tell)


def train_preferences(demo: Demo, tell: Tell) -> None:
    from naslforge import train

    recipe = train.DpoRecipe.read(_packaged("dpo"), model=str(demo.path("models", "reject")))
    recipe = replace(
        recipe, out=str(demo.path("models", "dpo")), data=(str(demo.path("reject", "pairs.jsonl")),), seed=demo.seed,
        max_steps=demo.sizes.dpo_steps, batch=demo.sizes.batch,
    )  # fmt: skip
    train.dpo(recipe, tell)


def evaluate_stage(stage: str) -> Callable[[Demo, Tell], None]:
    def evaluate(demo: Demo, tell: Tell) -> None:
        model = "local:embedded" if stage == "base" else f"local:{demo.path('models', stage)}"
        config = evals.EvalConfig(samples=demo.sizes.eval_samples, style="compact", max_tokens=256, seed=demo.seed)
        for name in SUITES:
            suite = replace(evals.load_suite(suite_path(demo, name)), name=name)

            def progress(phase: str, done: int, of: int, suite_name: str = name) -> None:
                tell(done, of, f"{suite_name} {phase}")

            evals.evaluate(suite, model, demo.path("runs", name, stage), config, progress)

    return evaluate


def report(demo: Demo, tell: Tell) -> None:
    from naslforge import train

    runs = [evals.read_run(demo.path("runs", suite, stage), stage) for suite in SUITES for stage in STAGES]
    curves = {}
    for stage in STAGES[1:]:
        points = train.read_curve(demo.path("models", stage, "curve.jsonl"))
        curves[stage] = [(p["step"], p["loss"]) for p in points]
    extras = evals.Extras(
        title="naslforge demo: from instructions to a measured model",
        notes=NOTES,
        curves=curves,
        tables={
            "Synthesis with feedback 带反馈的合成": synth.yield_rows(demo.path("synth")),
            "Data 数据": _data_rows(demo),
            "Seconds a step 各步用时（秒）": [{"step": k, "seconds": v} for k, v in demo.state()["seconds"].items()],
        },
    )
    evals.write_report(runs, demo.path("report.html"), extras)


NOTES = (
    "The embedded base is a model of a few million parameters that knows plain TypeScript and no NASL; it proves that "
    "every stage works and gains, and replaces no real run. Its prompts use name slots: declared names are linked to "
    "the words of the instruction before the model sees them.",
    "heldout-vocabulary: known task families over business domains never trained on. heldout-families: task families "
    "never trained on. untouched: tasks written by hand, from no family.",
    "内置基座只有几百万参数，只懂普通 TypeScript，不懂 NASL；它用来证明每个阶段都真实可用且有增益，不能代替真实训练。",
)


def _recipe(demo: Demo, kind: str, model: str, data: str, steps: int) -> Any:
    """The packaged SFT recipe of the embedded model, with the demo's paths and sizes."""
    from naslforge import train

    recipe = train.SftRecipe.read(_packaged(kind), model=model)
    out = demo.path("models", "sft" if kind == "coarse" else "reject")
    return replace(
        recipe, model=model, out=str(out), data=(str(demo.path(data)),), seed=demo.seed, max_steps=steps,
        batch=demo.sizes.batch,
    )  # fmt: skip


def _packaged(name: str) -> Path:
    return Path(str(resources.files("naslforge.train"))) / "recipes" / f"embedded-{name}.toml"


def suite_path(demo: Demo, name: str) -> str:
    """A packaged suite by name, a generated one by its file."""
    return name if name == "untouched" else str(demo.path("suites", f"{name}.jsonl"))


def _data_rows(demo: Demo) -> list[dict[str, Any]]:
    def lines(*parts: str) -> int:
        return sum(1 for _ in read_jsonl(demo.path(*parts), dict))

    rows = [
        {"what": "family tasks for training, reference judged passed", "number": lines("judged", "train.jsonl")},
        {"what": "examples for coarse SFT", "number": lines("examples", "coarse.jsonl")},
        {"what": "tasks sampled for rejection", "number": lines("tasks", "sampled.jsonl")},
        {"what": "examples kept by rejection sampling", "number": lines("reject", "examples.jsonl")},
        {"what": "preference pairs", "number": sum(1 for _ in Pair.read(demo.path("reject", "pairs.jsonl")))},
    ]
    dropped = json.loads(demo.path("examples", "dropped.json").read_text(encoding="utf-8"))
    return rows + [{"what": f"dropped: {reason}", "number": count} for reason, count in dropped.items()]


STEPS: tuple[tuple[str, str, Callable[[Demo, Tell], None]], ...] = (
    ("tasks", "tasks from families 生成任务", write_tasks),
    ("judge", "judge the references 校验参考答案", judge_references),
    ("synth", "synthesis with feedback 带反馈的合成", synthesize),
    ("select", "select examples 筛选样本", select_examples),
    ("eval-base", "evaluate the base 评测基座", evaluate_stage("base")),
    ("sft", "LoRA SFT, coarse 粗调", train_coarse),
    ("eval-sft", "evaluate SFT 评测粗调", evaluate_stage("sft")),
    ("reject", "rejection sampling 拒绝采样", sample_and_keep),
    ("fine", "LoRA SFT, fine 精调", train_fine),
    ("eval-reject", "evaluate rejection 评测精调", evaluate_stage("reject")),
    ("dpo", "DPO 偏好优化", train_preferences),
    ("eval-dpo", "evaluate DPO 评测偏好优化", evaluate_stage("dpo")),
    ("report", "report 报告", report),
)


def print_result(demo: Demo) -> None:
    """The stage table and where the report is."""
    table = Table(title="pass@1 over 5 samples, 95 % interval")
    table.add_column("suite", no_wrap=True)
    for column in STAGES:
        table.add_column(column)
    for suite in SUITES:
        runs = [evals.read_run(demo.path("runs", suite, stage), stage) for stage in STAGES]
        table.add_row(suite, *(run.scores.pass_at["pass@1"].percent() for run in runs))
    demo.console.print(table)
    total = sum(demo.state()["seconds"].values())
    demo.console.print(f"{total / 60:.1f} minutes. Report 报告: {demo.path('report.html').resolve()}")
