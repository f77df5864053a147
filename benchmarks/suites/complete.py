"""The suite `complete`: points in the references of the other suites at which the rest is to be written.

    python benchmarks/suites/complete.py            # cut, judge, tell
    python benchmarks/suites/complete.py --write    # and audit the tests and write into the package

Four kinds of points: the end of a line, the rest of a block, the middle of a function, a place within a query. Nothing
in the gap must fail and what was cut must pass; the tests are those of the task the reference answers.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from build import CANARY, DATE, tell, write
from rich.console import Console

from naslforge import lang
from naslforge.evals import Suite, audit, load_suite
from naslforge.infill import Gap
from naslforge.judge import judge_many
from naslforge.lang import nodes as n
from naslforge.records import Solution, Task

FROM = ("humaneval-zh", "logic", "data", "app")
WANTED = {"line": 45, "block": 40, "middle": 35, "query": 30}
_SHORTEST, _LONGEST = 6, 700  # characters of a gap
_BATCH = 48  # points judged together
_INSIDE = ("=", "return", "(", ",", "?", "&&", "||", "+", "-", "*", "/", ">", "<", "==", "=>")


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a reference that is taken out."""

    task: Task
    source: str
    kind: str
    start: int
    end: int

    @property
    def gap(self) -> Gap:
        return Gap(self.source[: self.start], self.source[self.end :])

    def to_task(self) -> Task:
        """The completion task; its id names task and kind."""
        suite, _, name = self.task.id.partition("/")
        gap = self.gap
        meta = {
            "source": f"cut from the reference of {self.task.id}", "license": self.task.meta["license"], "date": DATE,
            "canary": CANARY, "difficulty": self.task.meta["difficulty"], "topic": self.kind,
            "tags": [suite], "completion": {"prefix": gap.prefix, "suffix": gap.suffix, "kind": self.kind},
        }  # fmt: skip
        return replace(self.task, id=f"complete/{self.kind}-{suite}-{name}", signature=None, meta=meta)


def main() -> int:
    args = _arguments()
    console = Console(stderr=True)
    chosen = choose(args.seed)
    wrong = faults(chosen)
    for cut, told in wrong:
        console.print(f"{cut.to_task().id}: {told}", markup=False)
    kinds = Counter(cut.kind for cut in chosen)
    console.print(f"{len(chosen)} points ({', '.join(f'{k} {c}' for k, c in kinds.items())}), {len(wrong)} wrong")
    if args.write and not wrong:
        tasks = tuple(cut.to_task() for cut in chosen)
        suite = Suite("complete", tasks, {task.id: cut.source for task, cut in zip(tasks, chosen, strict=True)})
        rows = audit(suite, 2)
        tell(console, suite.name, rows, survivors=0)
        if any(row.fault is not None for row in rows):
            return 1
        write(suite, rows)
    return 1 if wrong or len(chosen) < sum(WANTED.values()) else 0


def choose(seed: int) -> list[Cut]:
    """As many points of each kind as are wanted, at most one of each kind from one task, spread over the suites."""
    rng = random.Random(seed)
    by_kind: dict[str, dict[str, list[Cut]]] = defaultdict(lambda: defaultdict(list))
    for suite in FROM:
        loaded = load_suite(suite)
        for task in loaded.tasks:
            for kind, cuts in cuts_of(task, loaded.references[task.id]).items():
                if cuts:
                    by_kind[kind][suite].append(rng.choice(cuts))
    chosen, used = [], Counter[str]()
    for kind in ("query", "middle", "block", "line"):  # the rarest first
        taken: list[Cut] = []
        for batch in _batches(by_kind[kind], rng, used):
            wrong = {cut.task.id for cut, _ in faults(batch)}  # one point of a task and kind
            taken += [cut for cut in batch if cut.task.id not in wrong]
            if len(taken) >= WANTED[kind]:
                break
        taken = taken[: WANTED[kind]]
        used.update(cut.task.id for cut in taken)
        chosen += taken
    return sorted(chosen, key=lambda cut: cut.to_task().id)


def _batches(by_suite: dict[str, list[Cut]], rng: random.Random, used: Counter[str]) -> Iterator[list[Cut]]:
    """All points, by turns from the suites, those of tasks not cut yet first."""
    pools = [sorted(rng.sample(cuts, len(cuts)), key=lambda cut: used[cut.task.id]) for cuts in by_suite.values()]
    turns = [cut for cut in chain.from_iterable(zip_longest(*pools)) if cut is not None]
    for start in range(0, len(turns), _BATCH):
        yield turns[start : start + _BATCH]


def faults(cuts: list[Cut]) -> list[tuple[Cut, str]]:
    """Points whose gap need not be filled, or whose own text does not fill it."""
    pairs = []
    for cut in cuts:
        task, gap = cut.to_task(), cut.gap
        for text in ("", cut.source[cut.start : cut.end]):
            pairs.append((task, Solution(task.id, gap.filled(text))))
    verdicts = list(judge_many(pairs, 2))
    found = []
    for i, cut in enumerate(cuts):
        empty, whole = verdicts[2 * i], verdicts[2 * i + 1]
        if empty.passed:
            found.append((cut, "passes with nothing in the gap"))
        elif not whole.passed:
            found.append((cut, f"what was cut gives {whole.status}"))
    return found


def cuts_of(task: Task, source: str) -> dict[str, list[Cut]]:
    """Every point of every kind in a reference."""
    unit = lang.parse([lang.Source("reference.ts", source)]).units[0]
    makers: dict[str, Callable[[n.Node, str], Iterator[tuple[int, int]]]] = {
        "line": _line, "block": _block, "middle": _middle, "query": _query,
    }  # fmt: skip
    found = {}
    for kind, make in makers.items():
        places = {place for node in unit.walk() for place in make(node, source)}
        fitting = [p for p in sorted(places) if _SHORTEST <= len(source[slice(*p)].strip()) <= _LONGEST]
        found[kind] = [Cut(task, source, kind, start, end) for start, end in fitting]
    return found


def _line(node: n.Node, source: str) -> Iterator[tuple[int, int]]:
    """From behind a token of a statement's first line to the end of that line."""
    if not isinstance(node, n.Let | n.Assign | n.Return | n.If | n.ExprStmt):
        return
    start = node.span.start
    end = source.find("\n", start)
    line = source[start:end]
    for token in _INSIDE:
        at = line.find(token)
        if at > 0 or (token == "return" and at == 0):
            behind = start + at + len(token)
            yield behind + (source[behind] == " "), end


def _block(node: n.Node, source: str) -> Iterator[tuple[int, int]]:
    """From a statement of a block to the end of its last."""
    if isinstance(node, n.Block):
        found = _statements(node)
        for first in found[-4:]:
            yield first.span.start, found[-1].span.end


def _middle(node: n.Node, source: str) -> Iterator[tuple[int, int]]:
    """Some statements of a function's body, not its first and not its last."""
    if isinstance(node, n.Function) and node.body is not None:
        inner = _statements(node.body)[1:-1]
        for i, first in enumerate(inner):
            for last in inner[i : i + 4]:
                yield first.span.start, last.span.end


def _query(node: n.Node, source: str) -> Iterator[tuple[int, int]]:
    """The argument of a clause, or a clause and all that follows in its query."""
    if not isinstance(node, n.Query):
        return
    clauses = [part for part in (node.where, node.having, node.select) if part is not None]
    clauses += [*node.group_by, *(join.on for join in node.joins)]
    for part in clauses:
        yield part.span.start, part.span.end
    for part in (node.where, *node.group_by[:1], node.select):
        if part is not None and (dot := source.rfind("\n", 0, part.span.start)) > node.span.start:
            yield dot + 1 + len(source[dot + 1 :]) - len(source[dot + 1 :].lstrip()), node.span.end


def _statements(block: n.Block) -> list[n.Node]:
    return [s for s in block.statements if not isinstance(s, n.Comment | n.Hole)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
