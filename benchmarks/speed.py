"""How fast is a check? NASL programs of about 100 lines beside the same programs in TypeScript, on this machine.

Every round takes each program once through every contender, the order turned round from round to round, so that a
machine that slows down slows all of them: the ratios are made inside a round, and their median is what to quote. The
text is another one each time (a comment at its end says which), so nobody can answer from memory.

Set up and run by `make bench`. Exits with 1 when an aim of the project is missed and --strict is given.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from naslforge import lang

HERE = Path(__file__).parent
PROGRAMS = ("texts", "invoices", "rentals", "sales")
MODULES = HERE / "typescript" / "node_modules"
NASLFORGE = Path(sys.executable).parent / "naslforge"
LEAN = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--skipLibCheck", "--lib", "es2023", "--target", "es2023",
        "--module", "esnext", "--moduleResolution", "bundler"]  # fmt: skip
PLAIN = [option for option in LEAN if option not in ("--lib", "--skipLibCheck")]
PLAIN.remove("es2023")


@dataclass(frozen=True, slots=True)
class Aim:
    """What a row of the table is held against: `most` milliseconds or `least` times as fast."""

    most: float | None = None
    least: float | None = None


class Kept:
    """The TypeScript compiler in a process of its own that stays alive, with its library files and old program."""

    def __init__(self, *options: str) -> None:
        words = ["node", str(HERE / "typescript" / "kept.mjs"), *options]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def check(self, mode: str, name: str, text: str) -> float:
        """Milliseconds of one check, as the process itself measures them."""
        assert self.process.stdin is not None and self.process.stdout is not None
        file = str(HERE / "speed" / f"{name}.ts")
        self.process.stdin.write(json.dumps({"mode": mode, "file": file, "text": text}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if answer["problems"]:
            raise SystemExit(f"{name}.ts is no right TypeScript program: {answer['problems'][0]}")
        return float(answer["ms"])

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def our_check(name: str, text: str) -> float:
    """Milliseconds of `lang.check` on a new text, in this process."""
    started = time.perf_counter()
    checked = lang.check([lang.Source(name, text)])
    spent = (time.perf_counter() - started) * 1000
    if checked.diagnostics:
        raise SystemExit(f"{name}.nasl.ts is no right program: {lang.render(checked.diagnostics)}")
    return spent


def command(words: Sequence[str], **environment: str) -> float:
    """Wall milliseconds of a whole command that must end well."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    done = subprocess.run(words, capture_output=True, text=True, env=known | environment)
    spent = (time.perf_counter() - started) * 1000
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return spent


def texts(suffix: str) -> dict[str, str]:
    return {name: (HERE / "speed" / f"{name}{suffix}").read_text("utf-8") for name in PROGRAMS}


def warm_rounds(rounds: int, warm_up: int) -> dict[str, list[float]]:
    """Milliseconds per check, a list for each contender, one entry for each round and program."""
    ours, theirs, kept, lean = texts(".nasl.ts"), texts(".ts"), Kept(), Kept("lean")
    contenders: dict[str, Callable[[str, int], float]] = {
        "ours": lambda name, turn: our_check(name, f"{ours[name]}// {turn}\n"),
        "service": lambda name, turn: kept.check("service", name, f"{theirs[name]}// {turn}\n"),
        "program": lambda name, turn: kept.check("program", name, f"{theirs[name]}// {turn}\n"),
        "lean": lambda name, turn: lean.check("program", name, f"{theirs[name]}// {turn}\n"),
    }
    found: dict[str, list[float]] = {who: [] for who in contenders}
    for turn in range(-warm_up, rounds):
        order = list(contenders) if turn % 2 else list(reversed(contenders))
        for name in PROGRAMS:
            for who in order:
                spent = contenders[who](name, turn)
                if turn >= 0:
                    found[who].append(spent)
    kept.close()
    lean.close()
    return found


def cold_rounds(rounds: int) -> dict[str, list[float]]:
    """Milliseconds per command, programs taking turns; our warm check beside them for the ratio.

    A first round that is not counted lets Python compile the package, as an installed one is.
    """
    sources = texts(".nasl.ts")
    found: dict[str, list[float]] = defaultdict(list)
    tsc = ["node", str(MODULES / "typescript" / "bin" / "tsc")]
    native = ["node", str(MODULES / "typescript-native" / "bin" / "tsc")]
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(-1, rounds):
            name = PROGRAMS[turn % len(PROGRAMS)]
            file = Path(folder, f"{name}.ts")
            file.write_text(sources[name], "utf-8")
            twin = str(HERE / "speed" / f"{name}.ts")
            spent = {
                "check": command([str(NASLFORGE), "check", str(file)], PYTHONPYCACHEPREFIX=folder),
                "tsc": command([*tsc, *PLAIN, twin]),
                "tsc, lean": command([*tsc, *LEAN, twin]),
                "native": command([*native, *PLAIN, twin]),
                "native, lean": command([*native, *LEAN, twin]),
                "ours": statistics.median(our_check(name, f"{sources[name]}// cold {turn}.{i}\n") for i in range(5)),
            }
            for who, ms in spent.items():
                if turn >= 0:
                    found[who].append(ms)
    return found


def spread(values: Sequence[float], unit: str) -> str:
    """Median and the middle eight tenths."""
    tenths = statistics.quantiles(values, n=10)
    digits = 1 if statistics.median(values) < 100 else 0
    return f"{statistics.median(values):9.{digits}f} {unit:<2} ({tenths[0]:.{digits}f} to {tenths[-1]:.{digits}f})"


class Table:
    """Prints its rows as they come and remembers the aims that were missed."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def row(self, label: str, values: Sequence[float], unit: str, aim: Aim | None = None) -> None:
        middle, told = statistics.median(values), ""
        if aim is not None:
            met = middle <= aim.most if aim.most is not None else middle >= (aim.least or 0)
            told = f"  aim: {'at most' if aim.most is not None else 'at least'} {aim.most or aim.least:g}"
            told += "" if met else "  MISSED"
            self.missed += [] if met else [label]
        print(f"{label:<58}{spread(values, unit)}{told}", flush=True)

    def ratio(self, label: str, theirs: Sequence[float], ours: Sequence[float], aim: Aim | None = None) -> None:
        self.row(label, [a / b for a, b in zip(theirs, ours, strict=True)], "x", aim)


def versions() -> str:
    def version(package: str) -> str:
        return str(json.loads((MODULES / package / "package.json").read_text("utf-8"))["version"])

    node = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
    python = sys.version.split()[0]
    return f"Python {python}, Node {node}, TypeScript {version('typescript')}, native {version('typescript-native')}"


def main() -> int:
    """Measure and print the table."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rounds", type=int, default=40, help="of the warm part")
    options.add_argument("--warm-up", type=int, default=25, help="rounds that are not counted")
    options.add_argument("--cold", type=int, default=8, help="rounds of the cold part")
    options.add_argument("--strict", action="store_true", help="exit with 1 when an aim is missed")
    args = options.parse_args()

    lines = [text.count("\n") for text in texts(".nasl.ts").values()] * args.rounds
    print(f"{versions()}\n{len(PROGRAMS)} programs of {min(lines)} to {max(lines)} lines, {args.rounds} rounds; "
          "median (and the middle eight tenths)\n", flush=True)  # fmt: skip
    table = Table()
    warm = warm_rounds(args.rounds, args.warm_up)
    per_100 = [ms * 100 / n for ms, n in zip(warm["ours"], lines, strict=True)]
    table.row("lang.check, warm, for 100 lines", per_100, "ms", Aim(most=5))
    table.row("TypeScript kept, language service, for a program", warm["service"], "ms")
    table.row("TypeScript kept, createProgram with the old program", warm["program"], "ms")
    table.row("TypeScript kept, the same without the DOM's types", warm["lean"], "ms")
    faster = [min(pair) for pair in zip(warm["service"], warm["program"], strict=True)]
    table.ratio("  TypeScript kept (the faster of the first two) / ours", faster, warm["ours"], Aim(least=8))
    table.ratio("  language service / ours", warm["service"], warm["ours"])
    table.ratio("  without the DOM's types / ours", warm["lean"], warm["ours"])
    cold = cold_rounds(args.cold)
    table.row("naslforge check FILE, cold", cold["check"], "ms", Aim(most=250))
    table.row("tsc --noEmit FILE, cold", cold["tsc"], "ms")
    table.ratio("  cold tsc / our warm check", cold["tsc"], cold["ours"], Aim(least=300))
    table.row("tsc --noEmit FILE, cold, no DOM, libraries unchecked", cold["tsc, lean"], "ms")
    table.ratio("  lean cold tsc / our warm check", cold["tsc, lean"], cold["ours"])
    table.row("native tsc (TypeScript 7), cold", cold["native"], "ms")
    table.ratio("  cold native tsc / our warm check", cold["native"], cold["ours"])
    table.row("native tsc, cold, no DOM, libraries unchecked", cold["native, lean"], "ms")
    return 1 if args.strict and table.missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
