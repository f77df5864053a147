"""Does the generator of small databases tell a right query from its neighbours? Shares of mutants noticed.

    python benchmarks/neighbours.py [--tasks 66] [--seed 5] [--suite FILE]

Three shares, of the mutants that some test or some generated world tells apart: by the tasks' own tests, by the tests
that `naslforge mutate --strengthen` adds to them, and by what it finds from one test alone (`from one`: of the mutants
that the full tests notice). The last share says how good the generator is where nobody wrote tests.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from naslforge.judge import judge
from naslforge.records import Task
from naslforge.run import Limits
from naslforge.strength import mutants_of, strengthen
from naslforge.synth import families

LIMITS = Limits(steps=200_000)


def main() -> None:
    args = _arguments()
    tasks = Task.read(args.suite) if args.suite else _family_tasks(args.tasks, args.seed)
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * 7)
    for task in tasks:
        row = _measured(task, args.seed)
        for name in (task.sublanguage, "all"):
            sums[name] = [a + b for a, b in zip(sums[name], row, strict=True)]
    table = Table("tasks of", "tasks", "mutants", "own tests", "strengthened", "tests added", "from one test")
    for name, (count, real, before, after, added, wanted, found) in sorted(sums.items()):
        table.add_row(name, str(count), str(real), _share(before, real), _share(after, real), str(added),
                      f"{_share(found, wanted)} of {wanted}")  # fmt: skip
    Console().print(table)


def _family_tasks(count: int, seed: int) -> Iterable[Task]:
    names = [family.name for family in families.FAMILIES if family.sublanguage in ("query", "entity")]
    return families.generate(names, None, seed, count)


def _measured(task: Task, seed: int) -> list[int]:
    found = strengthen(task, seed)
    noticed = [m.text for m in mutants_of(task) if not judge(task, m.text, limits=LIMITS).passed]
    alone = strengthen(replace(task, tests=task.tests[:1]), seed).task
    told = sum(not judge(alone, text, limits=LIMITS).passed for text in noticed)
    return [1, found.real, found.before, found.after, found.added, len(noticed), told]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=66, metavar="N", help="of the families")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--suite", type=Path, metavar="FILE", help="tasks with references instead of the families'")
    return parser.parse_args()


if __name__ == "__main__":
    main()
