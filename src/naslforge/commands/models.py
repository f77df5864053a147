"""train, eval, report, demo: recipes to adapters, models to scores, runs to a page."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from naslforge.cli import FINE, PROBLEMS
from naslforge.commands.files import show
from naslforge.commands.progress import bars
from naslforge.journal import InputError


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

    with bars(Console(stderr=True)) as tell:

        def progress(phase: str, done: int, of: int) -> None:
            tell(done, of, phase)

        if args.rejudge:
            scores = evals.rejudge(Path(args.rejudge), args.workers, progress)
        else:
            missing = [f"--{name}" for name in ("suite", "model", "out") if not getattr(args, name)]
            if missing:
                raise InputError(f"{', '.join(missing)} missing", hint="or --rejudge RUN")
            style = args.style or _style(args.model)
            config = evals.EvalConfig(
                samples=args.samples, temperature=args.temperature, style=style, workers=args.workers
            )
            suite = evals.load_suite(args.suite)
            scores = evals.evaluate(suite, args.model, Path(args.out), config, progress)
    if args.json:
        show(scores.to_json())
    else:
        for name, estimate in scores.pass_at.items():
            print(f"{name}: {estimate.percent()}")
        print("  ".join(f"{status} {count}" for status, count in scores.statuses.items()))
        if scores.invalid:
            print(f"INVALID: {scores.invalid}")
    return PROBLEMS if scores.invalid else FINE


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
