"""Programs to judge, as many as wanted and always the same ones: right, faulty, spoilt, endless, greedy, ill-tested.

Tasks are those of our families. Their references are taken as they are, with one small fault (lang.mutants), with one
word spoilt, and as answers to another task; every 50th program is one that ends in a verdict of its own kind.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from naslforge.records import Task
from naslforge.run import Limits
from naslforge.strength import mutants_of
from naslforge.synth import families

LIMITS = Limits(steps=20_000, length=20_000, output=20_000)
_WORD = re.compile(r"[\w$.]+|'[^']*'|[^\s\w]")
_LINE = "export function f(n: Long): Long"
_BODIES = {
    "step_limit": "let i: Long = %d; while (i >= 0) { i = i + 1; } return i;",
    "memory_limit": "let s: String = 'x%d'; let i: Long = 0; while (i < 99) { s = s + s; i = i + 1; } return 1;",
    "runtime_error": "let xs: List<Long>; nasl.util.Add(xs, %d); return nasl.util.Get(xs, n);",
    "random": "return nasl.util.RandomInt(0, 1000000) + %d;",
    "practice_error": "let r: Decimal; r = %d / 0; return nasl.util.Convert<Long>(r);",
    "clock": "let now: DateTime = nasl.util.CurrDateTime(); return nasl.util.Length(nasl.util.ToString(now)) + %d;",
    "deep": "return f(n + %d);",
}
_FLOOD = "export function f(n: Long): List<Long>"
_FLOODED = "return nasl.util.ListRange(%d, 15000, 1);"


def programs(count: int, seed: int = 0) -> Iterator[tuple[Task, str]]:
    """So many tasks with a source, in an order without order."""
    rng = Random(seed)
    pool: list[tuple[Task, str]] = []
    tasks = families.generate(seed=seed, count=count)
    made, last = 0, None
    while made < count:
        if len(pool) < 200:
            for task in (next(tasks) for _ in range(10)):
                pool += _from_one(task, last, rng)
                last = task
        if made % 50 == 0:
            yield _special(made // 50)
        else:
            yield pool.pop(rng.randrange(len(pool)))
        made += 1


def _from_one(task: Task, other: Task | None, rng: Random) -> Iterator[tuple[Task, str]]:
    reference = task.meta["reference"]
    yield task, reference
    for mutant in mutants_of(task):
        yield task, mutant.text
    for _ in range(4):
        yield task, _spoilt(reference, rng)
    if other is not None:
        yield task, other.meta["reference"]
    yield replace(task, world={**task.world, "seed": rng.randrange(1000)}), reference
    yield replace(task, tests=[replace(test, args=test.args and test.args[1:]) for test in task.tests]), reference


def _spoilt(text: str, rng: Random) -> str:
    """The text with one word left out, doubled or replaced by another of its words."""
    words = list(_WORD.finditer(text))
    word, other = rng.choice(words), rng.choice(words)
    new = rng.choice(("", word.group() * 2, other.group(), f"{other.group()} {word.group()}"))
    return text[: word.start()] + new + text[word.end() :]


def _special(number: int) -> tuple[Task, str]:
    kinds = [*_BODIES, "output_limit"]
    kind = kinds[number % len(kinds)]
    line, body = (_FLOOD, _FLOODED) if kind == "output_limit" else (_LINE, _BODIES[kind])
    task = Task.from_json(
        {"id": f"special/{kind}-{number}", "sublanguage": "logic", "instruction": "-", "entry": "app.logics.f",
         "signature": line, "tests": [{"args": [3], "expect": None}, {"args": [0], "expect": None}]}
    )  # fmt: skip
    return task, f"export namespace app.logics {{\n{line} {{\n{body % number}\n}}\n}}\n"
