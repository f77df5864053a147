"""train, eval, report, demo: recipes to adapters, models to scores, runs to a page."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from naslforge.cli import FINE, PROBLEMS
from naslforge.commands.files import show
from naslforge.commands.progress import bars
from naslforge.journal import InputError

if TYPE_CHECKING:
    from naslforge.evals import EvalConfig, Scores


def train(args: Namespace) -> int:
    """One method by its recipe; gives the folder that was made."""
    from naslforge import train as room

    with bars(Console(stderr=True)) as tell:
        made = room.run(args.method, args.recipe, tell)
    told = {"out": str(made)} if isinstance(made, Path) else asdict(made)
    show({"method": args.method, **told}) if args.json else print(*(f"{k}: {v}" for k, v in told.items()), sep="\n")
    return FINE


def evaluate(args: Namespace) -> int:
    """A suite and a model to a run folder and its scores, or the stored answers of a run judged again."""
    from naslforge import evals

    if args.audit:
        return _audit(args)
    price = _price(args.price)
    with bars(Console(stderr=True)) as tell:

        def progress(phase: str, done: int, of: int) -> None:
            tell(done, of, phase)

        if args.rejudge:
            scores = evals.rejudge(Path(args.rejudge), args.workers, progress)
        else:
            missing = [f"--{name}" for name in ("suite", "model", "out") if not getattr(args, name)]
            if missing:
                raise InputError(f"{', '.join(missing)} missing", hint="or --rejudge RUN, --audit NAME")
            suite = evals.load_suite(args.suite)
            if args.tasks is not None:
                by_number = args.tasks.isdecimal()
                suite = evals.part(suite, int(args.tasks)) if by_number else evals.named(suite, Path(args.tasks))
            scores = evals.evaluate(suite, args.model, Path(args.out), _config(args), progress)
    if args.json:
        show(scores.to_json() | ({"cost": round(_cost(scores.usage, price), 4)} if price else {}))
    else:
        _show_scores(Console(), scores, price)
    return PROBLEMS if scores.invalid else FINE


def _config(args: Namespace) -> "EvalConfig":
    from naslforge.evals import EvalConfig

    return EvalConfig(
        samples=args.samples, temperature=args.temperature, max_tokens=args.max_tokens, rounds=args.rounds,
        feedback=args.feedback, style=args.style or _style(args.model), workers=args.workers,
    )  # fmt: skip


def _show_scores(console: Console, scores: "Scores", price: tuple[float, float] | None) -> None:
    for name, estimate in scores.pass_at.items():
        print(f"{name}: {estimate.percent()}")
    if len(scores.rounds) > 2 or any(c.name != "wrong logic" for c in scores.causes):
        for name, estimate in scores.rounds.items():
            print(f"  {name}: {estimate.percent()}")
    print("  ".join(f"{status} {count}" for status, count in scores.statuses.items()))
    for group, title in (("sublanguage", "sublanguage"), ("difficulty", "difficulty")):
        if len(scores.groups[group]) > 1:
            print(f"{title}: " + ", ".join(f"{k} {e.percent()}" for k, e in scores.groups[group].items()))
    if scores.causes:
        table = Table("cause of failure", "samples", "tasks", "for example", title_justify="left")
        for cause in scores.causes:
            example = cause.examples[0]
            table.add_row(cause.name, str(cause.samples), str(cause.tasks), f"{example['task']}: {example['what']}")
        console.print(table)
    if tokens := {k: v for k, v in scores.usage.items() if k.endswith("tokens")}:
        cost = f", cost {_cost(scores.usage, price):.2f}" if price else ""
        print(", ".join(f"{k} {v:,}" for k, v in tokens.items()) + cost)
    if scores.invalid:
        print(f"INVALID: {scores.invalid}")


def _price(text: str | None) -> tuple[float, float] | None:
    """IN,OUT of a million tokens. Raises InputError for anything else."""
    if text is None:
        return None
    try:
        put, got = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(f"--price {text!r} is no pair of numbers", hint="write --price 2.5,10") from error
    return put, got


def _cost(usage: dict[str, int], price: tuple[float, float]) -> float:
    put, got = usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0)
    return (put * price[0] + got * price[1]) / 1e6


def _audit(args: Namespace) -> int:
    """Every task of a suite: its reference, its mutants, impostors."""
    from naslforge import evals

    suite = evals.load_suite(args.audit)
    with bars(Console(stderr=True)) as tell:
        rows = evals.audit(suite, args.workers, progress=lambda phase, done, of: tell(done, of, phase))
    faulty = [row for row in rows if row.fault]
    if args.json:
        for row in rows:
            show(row.to_json())
    else:
        found = evals.audit_summary(rows)
        for row in faulty:
            print(f"{row.task}: {row.fault}")
        print(", ".join(f"{key.replace('_', ' ')} {value}" for key, value in found.items() if key != "faulty"))
    return PROBLEMS if faulty else FINE


def leaderboard(args: Namespace) -> int:
    """One page for runs of several models."""
    from naslforge import evals

    evals.leaderboard([Path(run) for run in args.runs], Path(args.out), args.title)
    print(args.out)
    return FINE


def _style(model: str) -> str:
    """The style of prompt that a model was trained on: a local folder says so itself."""
    kind, _, path = model.partition(":")
    if kind != "local":
        return "manual"
    from naslforge.llm import settings

    return "compact" if settings(path).style == "compact" else "manual"


def report(args: Namespace) -> int:
    """One page for some runs."""
    from naslforge import evals

    evals.write_report([Path(run) for run in args.runs], Path(args.out))
    print(args.out)
    return FINE


def demo(args: Namespace) -> int:
    """The main job from start to end."""
    from naslforge.demo import run_demo

    run_demo(Path(args.folder))
    return FINE
