"""collect and synth: open data to tasks, tasks to examples."""

import itertools
from argparse import Namespace
from pathlib import Path
from typing import Any

from naslforge.cli import FINE
from naslforge.commands.files import show
from naslforge.journal import write_jsonl


def collect(args: Namespace) -> int:
    """Tasks to a file; what was kept and dropped, with reasons, to the terminal."""
    from naslforge.synth.collect import collect as read

    collected = read(args.source, args.path)
    tasks = itertools.islice(collected, args.limit) if args.limit else collected
    count = write_jsonl(args.out, (task.to_json() for task in tasks))
    if args.json:
        show({"source": args.source, "tasks": count, "dropped": dict(collected.dropped.most_common())})
        return FINE
    print(f"{count} tasks in {args.out}")
    for reason, number in collected.dropped.most_common():
        print(f"  dropped {number}: {reason}, e.g. {', '.join(collected.examples[reason])}")
    return FINE


def synth(args: Namespace) -> int:
    """Run a recipe, or take it up where it was left; print what came of every round."""
    from rich.console import Console

    from naslforge import synth as room
    from naslforge.commands.progress import bars

    with bars(Console(stderr=True)) as tell:
        report: dict[str, Any] = room.run(args.recipe, Path(args.out) if args.out else None, progress=tell)
    if args.json:
        show(report)
    else:
        _show_yield(room.yield_rows(Path(report["out"])), report)
    return FINE


def _show_yield(rows: list[dict[str, Any]], report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*rows[0])
    for row in rows:
        table.add_row(*map(str, row.values()))
    console = Console()
    console.print(table)
    for reason, count in report["dropped"].items():
        console.print(f"  {count} dropped: {reason}")
    console.print(f"{report['examples']} examples and {report['pairs']} pairs in {report['out']}")
