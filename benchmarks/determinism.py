"""The same programs judged with one worker, with two, with eight, backwards, and on a machine that is overloaded.

    python benchmarks/determinism.py [--count 50000] [--seed 0] [--overloaded 5000]

Verdicts are compared byte by byte, but for the milliseconds. Exit code 1 when one differs.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from judged import LIMITS, programs

from naslforge.journal import dump_line
from naslforge.judge import judge_many
from naslforge.records import Solution, Task, Verdict

Pairs = Sequence[tuple[Task, str]]
BUSY = "while True: pass"
OVERLOAD = 8  # busy processes for every processor


def told(verdict: Verdict) -> str:
    """A verdict without its time."""
    return dump_line(verdict.to_json() | {"milliseconds": 0})


def judged(pairs: Pairs, workers: int, backwards: bool = False) -> list[str]:
    """The verdicts on the programs, each as text, in the order of the programs."""
    order = pairs[::-1] if backwards else pairs
    solutions = ((task, Solution(task.id, source)) for task, source in order)
    found = [told(verdict) for verdict in judge_many(solutions, workers, limits=LIMITS)]
    return found[::-1] if backwards else found


@contextmanager
def overloaded() -> Iterator[None]:
    """Within the block every processor has eight more processes that want all of it."""
    count = OVERLOAD * len(os.sched_getaffinity(0))
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(count)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
        for process in busy:
            process.wait()


def differences(pairs: Pairs, first: list[str], second: list[str]) -> list[str]:
    """The programs whose verdicts differ, with both."""
    return [
        f"{task.id}\n  {a}\n  {b}\n  {source!r}"
        for (task, source), a, b in zip(pairs, first, second, strict=True)
        if a != b
    ]


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--overloaded", type=int, default=5_000, help="programs judged on the overloaded machine")
    options = parser.parse_args()
    pairs = list(programs(options.count, options.seed))
    runs = (("1 worker", 1, False), ("2 workers", 2, False), ("8 workers, backwards", 8, True))
    first: list[str] = []
    wrong = 0
    for name, workers, backwards in runs:
        started = time.perf_counter()
        found = judged(pairs, workers, backwards)
        first = first or found
        wrong += _tell(name, pairs, first, found, started)
    some = pairs[: options.overloaded]
    started = time.perf_counter()
    with overloaded():
        found = judged(some, 2)
    wrong += _tell(f"2 workers, {OVERLOAD} busy processes a processor", some, first[: len(some)], found, started)
    statuses = Counter(text.partition('"status": "')[2].partition('"')[0] for text in first)
    print(", ".join(f"{status} {count:,}" for status, count in statuses.most_common()))
    return 1 if wrong else 0


def _tell(name: str, pairs: Pairs, first: list[str], found: list[str], started: float) -> int:
    seconds = time.perf_counter() - started
    differ = differences(pairs, first, found)
    rate = f"{len(found) / seconds:.0f} a second"
    digest = hashlib.sha256(b"".join(map(_digest, found))).hexdigest()[:16]
    print(f"{name}: {len(found):,} verdicts, {rate}, {len(differ)} differ, digest {digest}", flush=True)
    for line in differ[:5]:
        print(line)
    return len(differ)


if __name__ == "__main__":
    sys.exit(main())
