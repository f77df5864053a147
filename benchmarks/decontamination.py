"""How many planted copies of benchmark tasks does decontamination find, and what does it take from honest data?

    python benchmarks/decontamination.py [--suites humaneval-zh logic data] [--tasks 100] [--seed 1]

Copies of four kinds are planted: the instruction in other words and the English instruction in place of the Chinese,
both without a program to betray them; the program under other names everywhere with words of its own, and a second
program for the same task (humaneval-zh has two references) in the same way. Honest data are tasks of our families.
"""

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from naslforge.evals import load_suite
from naslforge.records import Task
from naslforge.synth.decontaminate import Evaluation, behaves_alike
from naslforge.synth.families import generate

SECOND = Path(__file__).parent / "suites" / "humaneval_zh"
AIM = 95.0
_OTHER_WORDS = (
    ("返回", "给出"), ("计算", "算出"), ("如果", "要是"), ("否则", "不然"), ("列表", "清单"), ("不存在", "没有"),
    ("按照", "依照"), ("大于", "超过"), ("小于", "低于"), ("全部", "所有"), ("时", "的时候"), ("并", "同时"),
)  # fmt: skip
_NAME = re.compile(r"nasl(?:\.\w+)+|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:\\.|[^`\\])*`|[A-Za-z_]\w*")
_LANGUAGE = frozenset([
    "export", "namespace", "function", "class", "enum", "let", "const", "return", "if", "else", "for", "of", "while",
    "break", "continue", "match", "new", "true", "false", "null", "void", "abort", "String", "Long", "Integer",
    "Decimal", "Double", "Boolean", "Date", "Time", "DateTime", "Text", "List", "Map", "Any", "app", "logics",
    "dataSources", "defaultDS", "entities", "enums", "structures", "variables", "FROM", "WHERE", "SELECT", "ON",
    "JOIN", "LEFT_JOIN", "INNER_JOIN", "RIGHT_JOIN", "OUTER_JOIN", "ORDER_BY", "GROUP_BY", "HAVING", "LIMIT",
    "PAGINATE", "DISTINCT", "COUNT", "SUM", "AVG", "MAX", "MIN", "LIKE", "IN", "BETWEEN", "ListEntries", "ListSlice",
    "ListRange", "MapKeys", "list", "total", "Property", "get", "create", "update", "delete", "batchCreate",
    "batchUpdate",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """A copy of a benchmark task as it might stand in training data."""

    kind: str
    task: Task
    source: str


def main() -> int:
    args = _arguments()
    rng = random.Random(args.seed)
    measured, planted = [], []
    for suite in args.suites:
        loaded = load_suite(suite)
        tasks = [replace(t, meta={**t.meta, "reference": loaded.references[t.id]}) for t in loaded.tasks]
        measured += tasks
        for task in rng.sample(tasks, min(args.tasks, len(tasks))):
            planted += copies(task, rng)
    honest = [(task, str(task.meta["reference"])) for task in generate(seed=args.seed, count=args.honest)]
    found = leaks([(p.task, p.source) for p in planted], measured)
    taken = leaks(honest, measured)
    _show(planted, found, honest, taken, as_json=args.json)
    return 0


def leaks(answers: list[tuple[Task, str]], measured: list[Task]) -> dict[int, str]:
    """By number of the answer, what it shares with a benchmark task."""
    guard = Evaluation(measured)
    found = {i: leak.shares for i, (task, source) in enumerate(answers) if (leak := guard.leak(task, source))}
    rest = [i for i in range(len(answers)) if i not in found]
    alike = behaves_alike([answers[i] for i in rest], measured)
    return found | {rest[i]: leak.shares for i, leak in alike.items()}


def copies(task: Task, rng: random.Random) -> Iterator[Planted]:
    """The planted copies of one task."""
    source = str(task.meta["reference"])
    other_tests = [replace(test, args=[*(test.args or []), None]) for test in task.tests]
    bare = replace(task, id=f"planted/{task.id}", meta={}, tests=other_tests)
    yield Planted("other words", replace(bare, instruction=_reworded(task.instruction, rng), instruction_en=None), "")
    if task.instruction_en:
        yield Planted("in English", replace(bare, instruction=task.instruction_en, instruction_en=None), "")
    yield Planted("other names", *_renamed(bare, source, rng))
    second = SECOND / "b" / f"{task.meta.get('number', -1):03}.ts"
    if second.exists():
        yield Planted("another program", *_renamed(bare, second.read_text(encoding="utf-8"), rng))


def _reworded(text: str, rng: random.Random) -> str:
    """Some words changed, a polite opening, sentences in another order where there are several."""
    for old, new in rng.sample(_OTHER_WORDS, 5):
        text = text.replace(old, new, 1)
    sentences = [s for s in re.split(r"(?<=[。！？；])\s*", text) if s]
    if len(sentences) > 2:
        sentences[-2:] = sentences[:-3:-1]
    return rng.choice(("请帮忙写一个逻辑：", "需求：", "麻烦实现：")) + "".join(sentences)


def _renamed(task: Task, source: str, rng: random.Random) -> tuple[Task, str]:
    """Every own name of context, signature and program replaced, and an instruction that says something else."""
    names: dict[str, str] = {}

    def rename(match: re.Match[str]) -> str:
        word = match[0]
        if word in _LANGUAGE or not re.fullmatch(r"[A-Za-z_]\w*", word):
            return word
        if word not in names:
            made = "".join(rng.choice(("ka", "lo", "mi", "re", "tu", "va")) for _ in range(4))
            names[word] = (made.capitalize() if word[0].isupper() else made) + str(len(names))
        return names[word]

    text = _NAME.sub(rename, source)
    changed = replace(
        task, context=_NAME.sub(rename, task.context), entry=_NAME.sub(rename, task.entry), instruction_en=None,
        signature=_NAME.sub(rename, task.signature) if task.signature else None,
        instruction=f"第 {rng.randrange(10**6)} 号需求，见附件。",
    )  # fmt: skip
    return changed, text


def _show(
    planted: list[Planted], found: dict[int, str], honest: list[tuple[Task, str]], taken: dict[int, str], as_json: bool
) -> None:
    kinds = Counter(p.kind for p in planted)
    hits = Counter(planted[i].kind for i in found)
    rows = [
        {"kind": k, "planted": n, "found": hits[k], "recall": round(100 * hits[k] / n, 1)} for k, n in kinds.items()
    ]
    rows.append({"kind": "all", "planted": len(planted), "found": len(found),
                 "recall": round(100 * len(found) / max(1, len(planted)), 1)})  # fmt: skip
    if as_json:
        print(json.dumps({"rows": rows, "honest": len(honest), "taken": len(taken)}, ensure_ascii=False))
        return
    console = Console()
    table = Table("planted copy", "planted", "found", f"recall % (aim {AIM:.0f})")
    for row in rows:
        table.add_row(*(str(v) for v in row.values()))
    console.print(table)
    for (kind, how), count in sorted(Counter((planted[i].kind, how) for i, how in found.items()).items()):
        console.print(f"  {kind}: {count} by the same {how}")
    for i, p in enumerate(planted):
        if i not in found:
            console.print(f"  missed: {p.kind} of {p.task.id.removeprefix('planted/')}", markup=False)
    console.print(f"of {len(honest)} honest tasks {len(taken)} were taken: {dict(Counter(taken.values()))}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suites", nargs="+", default=["humaneval-zh", "logic", "data"])
    parser.add_argument("--tasks", type=int, default=100, help="of each suite, copied")
    parser.add_argument("--honest", type=int, default=500, help="tasks of families")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
