"""collect and synth: open data to tasks, tasks to examples."""

import itertools
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from naslforge.cli import FINE
from naslforge.commands.files import show
from naslforge.commands.progress import Tell, bars
from naslforge.journal import write_jsonl
from naslforge.records import Task


def collect(args: Namespace) -> int:
    """Tasks whose references pass to a file; what was dropped, with reasons, to the terminal."""
    from naslforge.synth.collect import collect as read

    collected = read(args.source, args.path)
    tasks: Iterable[Task] = collected
    if not args.unjudged:
        from naslforge.synth.verify import verified

        tasks = verified(collected, args.workers)
    with bars(Console(stderr=True)) as tell:
        count = write_jsonl(args.out, (task.to_json() for task in _told(itertools.islice(tasks, args.limit), tell)))
    if args.json:
        show({"source": args.source, "tasks": count, "dropped": dict(collected.dropped.most_common())})
        return FINE
    print(f"{count} tasks in {args.out}")
    for reason, number in collected.dropped.most_common():
        print(f"  dropped {number}: {reason}, e.g. {', '.join(collected.examples[reason])}")
    return FINE


def _told(tasks: Iterable[Task], tell: Tell) -> Iterator[Task]:
    for number, task in enumerate(tasks, 1):
        tell(number, None, task.id)
        yield task


def synth(args: Namespace) -> int:
    """Run a recipe, or take it up where it was left; print what came of every round."""
    from naslforge import synth as room

    with bars(Console(stderr=True)) as tell:
        report: dict[str, Any] = room.run(args.recipe, Path(args.out) if args.out else None, progress=tell)
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
