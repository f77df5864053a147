"""mutate: how many small faults in the references of tasks their tests notice, and the tests that are missing."""

from argparse import Namespace

from rich.console import Console
from rich.table import Table

from naslforge.cli import FINE, PROBLEMS
from naslforge.commands.files import show
from naslforge.commands.progress import bars
from naslforge.journal import InputError, write_jsonl
from naslforge.records import Task


def mutate(args: Namespace) -> int:
    """The strength of every task's tests; the mutants that survive, with an input that would tell them apart."""
    from naslforge.strength import Strength, strengths

    tasks = [task for task in Task.read(args.tasks) if task.meta.get("reference")]
    if not tasks:
        raise InputError("no task has a reference in its meta", args.tasks)
    if args.strengthen:
        return _strengthen(tasks, args)
    found: list[Strength] = []
    with bars(Console(stderr=True)) as tell:
        for strength in strengths(tasks, args.workers, args.seed, args.inputs):
            found.append(strength)
            tell(len(found), len(tasks), strength.task)
    if args.out:
        write_jsonl(args.out, (strength.to_json() for strength in found))
    if args.json:
        for strength in found:
            show(strength.to_json())
    else:
        _show(found)
    return PROBLEMS if any(strength.score < args.least for strength in found) else FINE


def _strengthen(tasks: list[Task], args: Namespace) -> int:
    """Write the tasks with the tests that they lack."""
    from naslforge.strength import Strengthened, strengthened

    found: list[Strengthened] = []
    with bars(Console(stderr=True)) as tell:
        for one in strengthened(tasks, args.workers, args.seed, args.inputs):
            found.append(one)
            tell(len(found), len(tasks), one.task.id)
    Task.write(args.strengthen, [one.task for one in found])
    if args.out:
        write_jsonl(args.out, (one.to_json() for one in found))
    if args.json:
        for one in found:
            show(one.to_json())
    else:
        real, before, after = (sum(getattr(s, name) for s in found) for name in ("real", "before", "after"))
        print(f"{sum(s.added for s in found)} tests added to {sum(s.added > 0 for s in found)} of {len(found)} tasks")
        share = f"{before / max(1, real):.1%} before, {after / max(1, real):.1%} now"
        print(f"of {real} mutants that can be told apart they kill {share}; the tasks are in {args.strengthen}")
    return PROBLEMS if any(one.after < args.least * one.real for one in found) else FINE


def _show(found: list) -> None:
    console = Console()
    table = Table("task", "score", "mutants", "killed", "survived", "equivalent")
    for s in found:
        counts = (s.count(status) for status in ("killed", "survived", "equivalent"))
        table.add_row(s.task, f"{s.score:.0%}", str(len(s.fates)), *map(str, counts))
    console.print(table)
    for s in found:
        for fate in (fate for fate in s.fates if fate.status == "survived"):
            place = fate.mutant.span.source.position(fate.mutant.span.start)
            console.print(f"{s.task}:{place.line}: {fate.mutant.kind}: ", end="", highlight=False)
            console.print(f"{fate.mutant.before or '(nothing)'} → {fate.mutant.after or '(nothing)'}", markup=False)
            console.print(f"  told apart by {fate.witness}", markup=False, highlight=False)
    killed, real = sum(s.count("killed") for s in found), sum(len(s.fates) - s.count("equivalent") for s in found)
    console.print(f"{killed} of {real} mutants killed ({killed / max(1, real):.1%}), equivalent ones apart")
