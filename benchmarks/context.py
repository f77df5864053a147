"""How well the declarations that a task needs are found in a large project.

    python benchmarks/context.py [--tasks 400] [--declarations 250] [--budget 2000]

A project is made for every task, shuffled: its own context, near doubles of it (an archive of each entity, a draft
of each structure …), and declarations of other tasks' contexts, of its own domain first, until there are enough.
Prints, by sublanguage, the share of the declarations used by the task's reference that were selected, the share of
tasks with all of them, the share of references that check without errors in the selected context, and the sizes.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from naslforge import context, lang
from naslforge.records import Task
from naslforge.synth.families import generate

DOUBLES = (("Archive", "归档"), ("Draft", "草稿"), ("Template", "模板"), ("Summary", "汇总"))


@dataclass(frozen=True)
class Result:
    task: Task
    used: frozenset[str]
    found: frozenset[str]
    checks: bool
    declarations: int
    before: int
    after: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tasks", type=int, default=400)
    options.add_argument("--declarations", type=int, default=250)
    options.add_argument("--budget", type=int, default=context.BUDGET)
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--words-only", action="store_true", help="without the signature, which names most types")
    options.add_argument("--english", action="store_true", help="with the English instruction, in the Chinese project")
    options.add_argument("--misses", action="store_true", help="name the tasks that miss something")
    args = options.parse_args()
    results = list(measure(args))
    for name, rows in by_sublanguage(results).items():
        print(line(name, rows))
    if args.misses:
        for r in results:
            if r.used - r.found:
                print(r.task.id, r.task.instruction, sorted(r.used - r.found), sep="\n  ")


def measure(args: argparse.Namespace) -> Iterator[Result]:
    """A selection for every task that has a context."""
    tasks = generate(seed=args.seed, count=max(1600, 4 * args.tasks))
    pool = [(task, context.split(task.context)) for task in tasks if task.context]
    rng = Random(args.seed)
    for task, own in rng.sample(pool, min(args.tasks, len(pool))):
        pieces = project(task, own, pool, args.declarations, rng)
        text = context.render(pieces)
        asked = (task.instruction_en or "") if args.english else task.instruction
        selected = context.select(text, asked, "" if args.words_only else task.signature or "", args.budget)
        yield result(task, own, len(pieces), text, selected)


def result(task: Task, own: list[context.Piece], declarations: int, text: str, selected: str) -> Result:
    used = context.named(task.meta["reference"], {piece.name: piece for piece in own})
    found = {piece.name for piece in context.split(selected)}
    sources = [lang.Source("context.ts", selected, context=True), lang.Source("a.ts", task.meta["reference"])]
    checks = not lang.check(sources).errors
    return Result(
        task, frozenset(used), frozenset(found), checks, declarations, lang.tokens(text), lang.tokens(selected)
    )


def project(task: Task, own: list[context.Piece], pool: list[tuple[Task, list[context.Piece]]], size: int,
            rng: Random) -> list[context.Piece]:  # fmt: skip
    """The task's declarations among those of others: no name twice, the task's own domain first."""
    pieces = {piece.name: piece for piece in [*own, *doubles(own)]}
    others = rng.sample(pool, len(pool))
    others.sort(key=lambda pair: pair[0].meta["domain"] != task.meta["domain"])
    for _, more in others:
        for piece in more:
            if len(pieces) < size and piece.name != task.entry:
                pieces.setdefault(piece.name, piece)
    return sorted(rng.sample(list(pieces.values()), len(pieces)), key=lambda piece: piece.namespace)


def doubles(own: list[context.Piece]) -> Iterator[context.Piece]:
    """Declarations that only their names and labels tell from the task's own."""
    for piece in own:
        short = piece.name.rpartition(".")[2]
        for word, label in DOUBLES:
            text = re.sub(rf"\b{short}\b", short + word, piece.text)
            for own_label in piece.labels:
                text = text.replace(own_label, own_label + label)
            yield context.Piece(piece.name + word, piece.namespace, text)


def by_sublanguage(results: list[Result]) -> dict[str, list[Result]]:
    rows: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        rows[result.task.sublanguage].append(result)
        rows["all"].append(result)
    return dict(sorted(rows.items(), key=lambda item: (item[0] == "all", item[0])))


def line(name: str, rows: list[Result]) -> str:
    used = sum(len(r.used) for r in rows)
    found = sum(len(r.used & r.found) for r in rows)
    whole = sum(r.used <= r.found for r in rows)
    checks = sum(r.checks for r in rows)
    declared = sum(r.declarations for r in rows) / len(rows)
    chosen = sum(len(r.found) for r in rows) / len(rows)
    before, after = (sum(tokens) / len(rows) for tokens in zip(*((r.before, r.after) for r in rows), strict=True))
    return (
        f"{name:<8} {len(rows):4} tasks  recall {100 * found / used:6.2f} % of {used:5}  "
        f"whole tasks {100 * whole / len(rows):6.2f} %  check {100 * checks / len(rows):6.2f} %  "
        f"{declared:.0f} declarations of {before:.0f} tokens -> {chosen:.0f} of {after:.0f}"
    )


if __name__ == "__main__":
    main()
