"""Throws spoilt and extreme inputs at the language: parse, check, render, format, and mend a part of them.

    python benchmarks/fuzz.py --first 0 --count 20000
    python benchmarks/fuzz.py --large 24

Every input comes from its seed, so a run goes on where another stopped (`--first`), and a finding is tried again with
`--first SEED --count 1`. An input that breaks a promise is cut down to little text that still breaks it. Exit code 1
when there is one. An input that takes too long is one, too; a hang in the parser itself kills the run and shows where.
"""

import argparse
import faulthandler
import json
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fuzzing import Input, Result, examine, made

PATIENCE = 2.0  # processor seconds for an input of normal size
PER_MEGABYTE = 60.0
HANG = 300  # seconds of the clock after which a run is given up
EVERY_FIX = 12  # one input in so many is mended, too


@dataclass(slots=True)
class Tally:
    """What a run has seen so far."""

    inputs: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    diagnostics: int = 0
    seconds: float = 0.0
    slowest: tuple[float, int, str] = (0.0, -1, "")
    findings: list[str] = field(default_factory=list)

    def add(self, given: Input, result: Result) -> None:
        self.inputs += 1
        self.kinds[given.kind] += 1
        self.outcomes[result.outcome] += 1
        self.diagnostics += result.diagnostics
        self.seconds += result.all
        self.slowest = max(self.slowest, (result.check, given.seed, given.kind))


def trouble(text: str, fix: bool) -> tuple[str | None, Result | None]:
    """What is wrong with how a text is handled (None for nothing), in words that are the same for the same cause."""
    try:
        result = examine(text, fix)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        words = str(error).split(":")[0].split("`")[0][:60]
        return f"{type(error).__name__} in {Path(last.filename).name}:{last.name}: {words}", None
    allowed = PATIENCE + PER_MEGABYTE * len(text) / 1_000_000
    if result.check > allowed:
        return f"slow: a check takes more than {allowed:.0f} s", result
    return None, result


def smaller(text: str, fix: bool, cause: str, patience: float = 60) -> str:
    """The text with as much left out as can be: first lines, then characters, in ever smaller stretches."""
    ends = time.monotonic() + patience
    for split, join in ((lambda t: t.split("\n"), "\n"), (list, "")):
        parts = split(text)
        size = max(1, len(parts) // 2)
        while True:
            at, changed = 0, False
            while at < len(parts) and time.monotonic() < ends:
                shorter = parts[:at] + parts[at + size :]
                if trouble(join.join(shorter), fix)[0] == cause:
                    parts, changed = shorter, True
                else:
                    at += size
            if (size == 1 and not changed) or time.monotonic() >= ends:
                break
            size = max(1, size // 2) if not changed else size
        text = join.join(parts)
    return text


def run(seeds: range, kind: str | None, tally: Tally) -> None:
    known: set[str] = set()
    for seed in seeds:
        given = made(seed, kind)
        fix = kind is None and seed % EVERY_FIX == 0
        faulthandler.dump_traceback_later(HANG, exit=True)
        cause, result = trouble(given.text, fix)
        faulthandler.cancel_dump_traceback_later()
        if result is not None:
            tally.add(given, result)
        if cause is not None:
            tally.findings.append(f"{cause} (seed {seed}, {given.kind})")
            if cause not in known:
                known.add(cause)
                print(f"{tally.findings[-1]}\n{smaller(given.text, fix, cause)!r}", flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--first", type=int, default=0, metavar="SEED")
    options.add_argument("--count", type=int, default=3000, metavar="N")
    options.add_argument("--large", type=int, metavar="N", help="only inputs of a megabyte, so many")
    options.add_argument("--ledger", type=Path, metavar="FILE", help="append what was done, a line of JSON")
    args = options.parse_args()
    tally = Tally()
    count = args.count if args.large is None else args.large
    seeds = range(args.first, args.first + count)
    run(seeds, None if args.large is None else "large", tally)
    seconds, seed, kind = tally.slowest
    done = {
        "first": seeds.start, "last": seeds.stop - 1, "inputs": tally.inputs, "kinds": dict(tally.kinds),
        "outcomes": dict(tally.outcomes), "diagnostics": tally.diagnostics, "seconds": round(tally.seconds, 1),
        "slowest": {"seconds": round(seconds, 3), "seed": seed, "kind": kind}, "findings": tally.findings,
    }  # fmt: skip
    line = json.dumps(done, ensure_ascii=False)
    print(line)
    if args.ledger is not None:
        with args.ledger.open("a", encoding="utf-8") as ledger:
            ledger.write(line + "\n")
    return 1 if tally.findings else 0


if __name__ == "__main__":
    sys.exit(main())
