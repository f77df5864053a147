"""Builds the suite humaneval-zh: sources, two references and the original cases to the tasks of the package.

    python benchmarks/suites/humaneval.py --only 000,017    # build a few and tell what is found
    python benchmarks/suites/humaneval.py --write           # all, audited, into the package

Inputs come from the original cases, HumanEval+, the examples of the instruction and the generators of the source. Kept
are those on which both references agree; a source case that they contradict is told, as are all other disagreements.
Of these inputs the tests are chosen that tell most mutants of both references apart. Exit 1 where something is wrong.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from build import CANARY, DATE, write
from humaneval_cases import SUITE, Cases, Problem, adapted, known_cases, near, read_problems, same, source_cases
from humaneval_generators import generators, inputs
from humaneval_original import opinions
from rich.console import Console

from naslforge.evals import Audited, audit, audit_summary, from_tasks
from naslforge.journal import InputError
from naslforge.judge import judge_many, observe_many
from naslforge.lang import Mutant, Source, mutants
from naslforge.records import Solution, Task
from naslforge.run import Limits

FUZZED = 140  # inputs of the generators
TAKEN = 60  # source cases, the shortest
LEAST, USUAL, MOST = 20, 24, 30  # tests of a task
_FIRST, _BATCH = 48, 64  # inputs that all mutants meet; more only for those that survive
_LIMITS = Limits(steps=20_000)
_SHOWN = 6  # faults of a task
_DIGITS = 9  # of an expected Decimal that is compared with a tolerance


@dataclass(slots=True)
class Candidate:
    """An input, what both references give, and what became of it."""

    args: list[Any]
    origin: str  # example, original, plus, fuzzed
    source_result: Any = None
    result: Any = None
    prey: set[int] = field(default_factory=set)

    @property
    def length(self) -> int:
        return len(json.dumps([self.args, self.result], ensure_ascii=False))


@dataclass(slots=True)
class Built:
    """What came of one problem: the task, and what is wrong or worth a look."""

    problem: Problem
    task: Task | None = None
    faults: list[str] = field(default_factory=list)
    origins: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    mutants: int = 0
    alive: list[str] = field(default_factory=list)


def main() -> int:
    args = _arguments()
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    problems = read_problems(set(args.only.split(",")) if args.only else None)
    known = known_cases()
    found = []
    for problem in problems:
        found.append(build(problem, known))
        _tell(console, found[-1], args.survivors)
    faulty = sum(bool(one.faults) for one in found)
    suite = from_tasks(SUITE, [one.task for one in found if one.task])
    tests = sum(len(task.tests) for task in suite.tasks)
    console.print(f"{len(suite.tasks)} of {len(problems)} tasks, {tests} tests, {faulty} with faults")
    if args.audit or args.write:
        rows = audit(suite, args.workers)
        _tell_audit(console, rows, args.survivors)
        faulty += sum(row.fault is not None for row in rows)
        if args.write and not args.only and not faulty:
            write(suite, rows)
            console.print("written")
    return 1 if faulty else 0


def build(problem: Problem, known: dict[int, list[dict[str, Any]]]) -> Built:
    """The task of a problem with its chosen tests."""
    built = Built(problem)
    if not problem.a:
        built.faults.append("reference a is missing")
        return built
    if not problem.b:
        built.faults.append("reference b is missing")
    cases = source_cases(problem, known)
    built.left_out = dict(cases.left_out)
    candidates = list(_candidates(problem, cases, built))
    agreed = _agreed(problem, candidates, built)
    chosen = _chosen(problem, agreed, built) if agreed else []
    built.origins = {o: sum(c.origin == o for c in chosen) for o in ("example", "original", "plus", "fuzzed")}
    if len(chosen) < LEAST:
        built.faults.append(f"only {len(chosen)} tests")
    built.task = problem.task([_test(problem, one) for one in chosen], {"date": DATE, "canary": CANARY})
    for verdict in judge_many(((built.task, Solution(name, text)) for name, text in _references(problem)), 1):
        if not verdict.passed:
            told = verdict.diagnostics[0]["message"] if verdict.diagnostics else ""
            built.faults.append(f"reference {verdict.task}: {verdict.status} {told}")
    return built


def _references(problem: Problem) -> list[tuple[str, str]]:
    return [("a", problem.a)] + ([("b", problem.b)] if problem.b else [])


def _candidates(problem: Problem, cases: Cases, built: Built) -> Iterator[Candidate]:
    seen: set[str] = set()

    def fresh(candidate: Candidate) -> Iterator[Candidate]:
        key = json.dumps(candidate.args)
        if key not in seen:
            seen.add(key)
            yield candidate

    for line in problem.row.get("examples", []):
        args, _, result = line.partition("=>")
        example = Candidate(json.loads(args), "example", json.loads(result) if result else None)
        if not problem.fulfils(example.args):
            built.faults.append(f"example {line} breaks a precondition")
        yield from fresh(example)
    for args, out, original in sorted(cases.found, key=lambda case: (not case[2], len(json.dumps(case[:2]))))[:TAKEN]:
        yield from fresh(Candidate(args, "original" if original else "plus", out))
    made = generators(problem.row["generate"])
    for args in inputs(made, problem.row["name"], FUZZED, problem.fulfils):
        yield from fresh(Candidate(args, "fuzzed"))


def _agreed(problem: Problem, candidates: list[Candidate], built: Built) -> list[Candidate]:
    """The candidates on which all that know the answer agree; what contradicts is told."""
    given = [{"args": one.args, "world": {}} for one in candidates]
    bare = problem.task([], {})
    seen = observe_many([(bare, text) for _, text in _references(problem)], given, _LIMITS)
    tolerance = problem.tolerance or 0
    found = []
    said = _original(problem, candidates)
    for one, opinion, *all_seen in zip(candidates, said, *seen, strict=True):
        results = [what["result"] if what and what["status"] == "passed" else "failed" for what in all_seen]
        failed = [what is None or what["status"] != "passed" for what in all_seen]
        told = f"{one.origin} {json.dumps(one.args, ensure_ascii=False)}: {results}, source {one.source_result!r}"
        if any(failed) or not all(same(results[0], other, tolerance, problem.ordered) for other in results[1:]):
            built.faults.append(f"disagree on {told[:300]}")
        elif one.origin != "fuzzed" and not near(results[0], one.source_result):
            built.faults.append(f"contradicts {told[:300]}")
        elif opinion is not None and not near(results[0], opinion[0]) and _fractions(one.args):
            continue  # the original program computes with rounded fractions
        elif opinion is not None and not near(results[0], opinion[0]):
            built.faults.append(f"the original program gives {opinion[0]!r} for {told[:300]}")
        else:
            one.result = results[0]
            found.append(one)
    return found


def _original(problem: Problem, candidates: list[Candidate]) -> list[list[Any] | None]:
    """What the original program says about the generated inputs, in our form; None where it cannot be asked."""
    fuzzed = [i for i, one in enumerate(candidates) if one.origin == "fuzzed"]
    said: list[list[Any] | None] = [None] * len(candidates)
    if "args" not in problem.row.get("adapt", {}):
        for i, opinion in zip(fuzzed, opinions(problem.number, [candidates[i].args for i in fuzzed]), strict=True):
            said[i] = opinion and adapted(problem, candidates[i].args, opinion[0])
    return said


def _fractions(value: Any) -> bool:
    return any(map(_fractions, value)) if isinstance(value, list) else isinstance(value, float)


def _chosen(problem: Problem, agreed: list[Candidate], built: Built) -> list[Candidate]:
    """Few and short tests that tell the mutants apart, and some more of each origin."""
    programs = _mutants(problem)
    built.mutants = len(programs)
    ranked = _mixed(agreed)
    pool = ranked[:_FIRST]
    alive = _hunt(problem, programs, range(len(programs)), pool)
    for start in range(_FIRST, len(ranked), _BATCH):
        if not alive:
            break
        batch = ranked[start : start + _BATCH]
        alive = _hunt(problem, programs, sorted(alive), batch)
        pool += [one for one in batch if one.prey]
    built.alive = [f"{m.kind} {m.before!r} -> {m.after!r}" for i, m in enumerate(programs) if i in alive]
    chosen = [one for one in pool if one.origin == "example"]
    chosen += _cover(pool, chosen)
    return _filled(pool, agreed, chosen)


def _mutants(problem: Problem) -> list[Mutant]:
    return [mutant for name, text in _references(problem) for mutant in mutants(Source(f"{name}.ts", text))]


def _mixed(agreed: list[Candidate]) -> list[Candidate]:
    """Examples first, then source cases, from short to long, and fuzzed inputs by turns."""
    examples, sources, fuzzed = (
        [one for one in agreed if one.origin in kinds] for kinds in (("example",), ("original", "plus"), ("fuzzed",))
    )
    turns = [one for pair in zip(sources, fuzzed, strict=False) for one in pair]
    return examples + turns + sources[len(fuzzed) :] + fuzzed[len(sources) :]


def _hunt(problem: Problem, programs: list[Mutant], numbers: Iterable[int], candidates: list[Candidate]) -> set[int]:
    """Notes in each candidate which mutants it tells apart; gives those that none did."""
    given = [{"args": one.args, "world": {}} for one in candidates]
    bare, alive = problem.task([], {}), set()
    for number in numbers:
        (seen,) = observe_many([(bare, programs[number].text)], given, _LIMITS)
        caught = [one for one, what in zip(candidates, seen, strict=True) if not _as_expected(problem, one, what)]
        for one in caught:
            one.prey.add(number)
        if not caught:
            alive.add(number)
    return alive


def _as_expected(problem: Problem, one: Candidate, seen: dict[str, Any] | None) -> bool:
    if seen is None or seen["status"] != "passed":
        return False
    return same(seen["result"], one.result, problem.tolerance or 0, problem.ordered)


def _cover(pool: list[Candidate], chosen: list[Candidate]) -> list[Candidate]:
    """Tests that together tell apart every mutant that the pool can, each twice where it can."""
    found: list[Candidate] = []
    for _ in range(2):
        done = set().union(*(one.prey for one in chosen)) if found == [] else set()
        left = set().union(*(one.prey for one in pool)) - done
        again = [one for one in pool if one not in chosen and one not in found]
        while left and again and len(found) + len(chosen) < MOST:
            best = max(again, key=lambda one: (len(one.prey & left) / (20 + one.length), -one.length))
            if not best.prey & left:
                break
            found.append(best)
            again.remove(best)
            left -= best.prey
    return found


def _filled(pool: list[Candidate], agreed: list[Candidate], chosen: list[Candidate]) -> list[Candidate]:
    """More tests up to the usual number, those with new results first; the pool has its origins mixed."""
    results = {json.dumps(one.result) for one in chosen}
    for fresh in (True, False):
        for one in [*pool, *_mixed(agreed)]:
            new = json.dumps(one.result) not in results
            if len(chosen) < USUAL and all(one is not other for other in chosen) and (new or not fresh):
                chosen.append(one)
                results.add(json.dumps(one.result))
    order = {id(one): at for at, one in enumerate(agreed)}
    return sorted(chosen, key=lambda one: order[id(one)])


def _test(problem: Problem, one: Candidate) -> dict[str, Any]:
    told: dict[str, Any] = {"args": one.args, "expect": one.result}
    if problem.tolerance is not None:
        told |= {"expect": _rounded(one.result), "tolerance": problem.tolerance}
    if not problem.ordered:
        told["ordered"] = False
    return told


def _rounded(value: Any) -> Any:
    """An exact Decimal, which may be text, as a number that people can read."""
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    number = round(float(value), _DIGITS)
    return int(number) if number == int(number) else number


def _tell(console: Console, built: Built, survivors: int) -> None:
    problem = built.problem
    tests = len(built.task.tests) if built.task else 0
    found = f"{tests} tests {built.origins}, {built.mutants} mutants, {len(built.alive)} alive"
    console.print(f"{problem.number:03d} {problem.row['name']}: {found}, left out {built.left_out}", markup=False)
    for fault in built.faults[:_SHOWN]:
        console.print(f"  {fault}", markup=False, style="red")
    if len(built.faults) > _SHOWN:
        console.print(f"  and {len(built.faults) - _SHOWN} more")
    for text in built.alive[:survivors]:
        console.print(f"  alive: {text}", markup=False)


def _tell_audit(console: Console, rows: list[Audited], survivors: int) -> None:
    for row in rows:
        if row.fault:
            console.print(f"{row.task}: {row.fault}", markup=False, style="red")
        for fate in row.survivors[:survivors]:
            what = f"line {fate['line']} {fate['kind']}: {fate['before']!r} -> {fate['after']!r}"
            witness = json.dumps(fate["witness"], ensure_ascii=False)[:200]
            console.print(f"  {row.task} {what}, told apart by {witness}", markup=False)
    console.print(f"{audit_summary(rows)}", markup=False)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="NUMBERS", help="as 000,017")
    parser.add_argument("--audit", action="store_true", help="measure the tests as eval --audit does")
    parser.add_argument("--write", action="store_true", help="write into the package where all is in order")
    parser.add_argument("--survivors", type=int, default=0, help="of each task to show")
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except InputError as error:
        sys.exit(f"{error}")
