"""collect and synth: open data to tasks, tasks to examples."""

import itertools
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from naslforge.cli import FINE, PROBLEMS
from naslforge.commands.files import show
from naslforge.commands.progress import Tell, bars
from naslforge.journal import Journal, write_jsonl
from naslforge.records import Task

if TYPE_CHECKING:
    from naslforge.synth.collect import Collected


def collect(args: Namespace) -> int:
    """Tasks whose references pass, worded and scored, to a file; what was dropped, with reasons, to the terminal."""
    from naslforge.synth.collect import collect as read

    collected = read(args.source, args.path)
    tasks: Iterable[Task] = collected
    if not args.unjudged:
        from naslforge.synth.verify import verified

        tasks = verified(collected, args.workers)
    with bars(Console(stderr=True)) as tell:
        chosen = itertools.islice(_worded(tasks, collected, args), args.limit)
        count = write_jsonl(args.out, (task.to_json() for task in _told(chosen, tell)))
    unanswered = collected.dropped["no answer"]
    if args.json:
        show({"source": args.source, "tasks": count, "dropped": dict(collected.dropped.most_common())})
        return PROBLEMS if unanswered else FINE
    print(f"{count} tasks in {args.out}")
    for reason, number in collected.dropped.most_common():
        print(f"  dropped {number}: {reason}, e.g. {', '.join(collected.examples[reason])}")
    if unanswered:
        print("Some requests had no answer; the same command asks for those again and pays for no answer twice.")
    return PROBLEMS if unanswered else FINE


def _worded(tasks: Iterable[Task], collected: "Collected", args: Namespace) -> Iterator[Task]:
    """The tasks above the bar, with scores: in the model's wording where one is given, else in their own."""
    from naslforge.llm import open_model
    from naslforge.synth.rewrite import Bar, reworded_all

    def drop(reason: str, task: str) -> None:
        collected.kept -= 1
        collected.drop(reason, task)

    bar = Bar(args.least_clarity, args.least_relevance)
    if not args.model:
        yield from reworded_all(tasks, None, None, bar, drop)
        return
    with Journal(args.wordings or f"{args.out}.wordings.jsonl") as answers:
        yield from reworded_all(tasks, open_model(args.model), answers, bar, drop)


def _told(tasks: Iterable[Task], tell: Tell) -> Iterator[Task]:
    for number, task in enumerate(tasks, 1):
        tell(number, None, task.id)
        yield task


def synth(args: Namespace) -> int:
    """Run a recipe, or take it up where it was left; print what came of every round."""
    from naslforge import evals
    from naslforge import synth as room

    measured = list(evals.evaluation_tasks())
    with bars(Console(stderr=True)) as tell:
        report: dict[str, Any] = room.run(
            args.recipe, Path(args.out) if args.out else None, measured=measured, progress=tell
        )
    if args.json:
        show(report)
    else:
        _show_yield(room.yield_rows(Path(report["out"])), report)
    return FINE


def _show_yield(rows: list[dict[str, Any]], report: dict[str, Any]) -> None:
    from rich.table import Table

    table = Table(*rows[0])
    for row in rows:
        table.add_row(*map(str, row.values()))
    console = Console()
    console.print(table)
    for reason, count in report["dropped"].items():
        console.print(f"  {count} dropped: {reason}")
    console.print(f"{report['examples']} examples and {report['pairs']} pairs in {report['out']}")
