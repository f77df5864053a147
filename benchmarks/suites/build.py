"""The sources of our suites (SUITE/*.toml) to the package's JSONL, every task judged, mutated and posed to impostors.

    python benchmarks/suites/build.py logic data            # judge and audit, tell what is wrong
    python benchmarks/suites/build.py logic --only prices   # one source file
    python benchmarks/suites/build.py logic --write         # and write into the package what is in order

Exit 1 where a task is wrong. The format of a source file is told in README.md.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from naslforge.evals import Audited, Suite, audit, audit_summary, from_tasks
from naslforge.journal import InputError, write_jsonl
from naslforge.judge import judge_many
from naslforge.records import DIFFICULTIES, Solution, Task

HERE = Path(__file__).parent
PACKAGE = HERE.parent.parent / "src" / "naslforge" / "evals" / "suites"
DATE = "2026-11-23"
CANARY = "naslforge-canary-6f2d1c0e-3a57-4e0b-9d5c-b1a8e3f47c92"
_KEYS = {
    "name", "sublanguage", "difficulty", "instruction", "instruction_en", "context", "world", "entry", "signature",
    "tags", "tests", "reference", "readings",
}  # fmt: skip


def main() -> int:
    args = _arguments()
    console, faulty = Console(stderr=True), 0
    for name in args.suites:
        tasks = list(tasks_of(name, args.only))
        suite = from_tasks(name, tasks)
        faulty += _tell_references(console, suite)
        if args.quick:
            continue
        rows = audit(suite, args.workers, progress=lambda *_: None)
        tell(console, name, rows, args.survivors)
        faulty += sum(row.fault is not None for row in rows)
        if args.write and not args.only and not faulty:
            write(suite, rows)
            console.print(f"{name}: written")
    return 1 if faulty else 0


def tasks_of(suite: str, only: str | None = None) -> Iterator[Task]:
    """The tasks of a suite, references in their meta. Raises InputError that names file and task."""
    seen: set[str] = set()
    for path in sorted((HERE / suite).glob(f"{only or '*'}.toml")):
        try:
            book = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise InputError(str(error), path) from error
        for row in book.get("task", []):
            try:
                task = _task(suite, path.stem, row, book)
            except (InputError, KeyError, ValueError) as error:
                raise InputError(f"{row.get('name')}: {error!r}", path) from error
            if task.id in seen:
                raise InputError(f"{task.id} stands twice", path)
            seen.add(task.id)
            yield task


def _task(suite: str, topic: str, row: dict[str, Any], book: dict[str, Any]) -> Task:
    if unknown := set(row) - _KEYS:
        raise InputError(f"unknown key {sorted(unknown)[0]!r}")
    if row["difficulty"] not in DIFFICULTIES:
        raise InputError(f"difficulty is one of {', '.join(DIFFICULTIES)}")
    meta = {
        "source": f"written for naslforge, benchmarks/suites/{suite}", "license": "Apache-2.0", "date": DATE,
        "canary": CANARY, "difficulty": row["difficulty"], "topic": topic, "tags": row.get("tags", []),
        "reference": row["reference"].strip() + "\n",
    }  # fmt: skip
    if "readings" in row:
        meta["readings"] = row["readings"]
    return Task.from_json({
        "id": f"{suite}/{row['name']}",
        "sublanguage": row["sublanguage"],
        "instruction": row["instruction"].strip(),
        "instruction_en": row["instruction_en"].strip(),
        "context": book["contexts"][row["context"]].strip() + "\n" if row.get("context") else "",
        "entry": row["entry"],
        "signature": row.get("signature"),
        "world": json.loads(book["worlds"][row["world"]]) if row.get("world") else {},
        "tests": [json.loads(line) for line in row["tests"].strip().splitlines() if line.strip()],
        "meta": meta,
    })  # fmt: skip


def write(suite: Suite, rows: list[Audited]) -> None:
    """The package's three files of a suite: tasks, references, audit."""
    Task.write(PACKAGE / f"{suite.name}.jsonl", suite.tasks)
    references = ({"task": task.id, "source": suite.references[task.id]} for task in suite.tasks)
    write_jsonl(PACKAGE / f"{suite.name}.references.jsonl", references)
    write_jsonl(PACKAGE / f"{suite.name}.audit.jsonl", (row.to_json() for row in rows))


def _tell_references(console: Console, suite: Suite) -> int:
    """Judge the references and tell what is wrong with them; gives their number."""
    solutions = ((task, Solution(task.id, suite.references[task.id])) for task in suite.tasks)
    wrong = 0
    for verdict in judge_many(solutions, 1):
        if verdict.passed:
            continue
        wrong += 1
        console.print(f"[red]{verdict.task}[/]: {verdict.status}")
        for found in verdict.diagnostics[:4]:
            start = found["span"]["start"]
            console.print(f"  {start['line']}:{start['column']} {found['code']} {found['message']}", markup=False)
        for number, test in enumerate(verdict.tests):
            told = test if isinstance(test, dict) else test.to_json()
            if told["status"] != "passed":
                shown = {k: told[k] for k in ("status", "args", "expected", "actual", "difference")}
                console.print(f"  test {number}: {json.dumps(shown, ensure_ascii=False)[:600]}", markup=False)
    console.print(f"{suite.name}: {len(suite.tasks) - wrong} of {len(suite.tasks)} references pass")
    return wrong


def tell(console: Console, name: str, rows: list[Audited], survivors: int) -> None:
    """What an audit found: faults, some mutants that live, the figures."""
    for row in rows:
        if row.fault:
            console.print(f"[red]{row.task}[/]: {row.fault}")
        for fate in row.survivors[:survivors]:
            what = f"line {fate['line']} {fate['kind']}: {fate['before']!r} -> {fate['after']!r}"
            witness = json.dumps(fate["witness"], ensure_ascii=False)[:400]
            console.print(f"  {row.task} {what}, told apart by {witness}", markup=False, highlight=False)
    console.print(f"{name}: {json.dumps({k: v for k, v in audit_summary(rows).items() if k != 'faulty'})}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suites", nargs="+")
    parser.add_argument("--only", metavar="FILE", help="the stem of one source file")
    parser.add_argument("--quick", action="store_true", help="only judge the references")
    parser.add_argument("--write", action="store_true", help="write into the package where all is in order")
    parser.add_argument("--survivors", type=int, default=3, help="of each task to show")
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except InputError as error:
        sys.exit(f"{error}")
