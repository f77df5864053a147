"""A family's draft and how it becomes a Task: signature, reference text, chosen phrasing, meta."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from naslforge.records import ABSENT, Task, Test
from naslforge.synth.families.context import Declaration, Unfit, declare
from naslforge.synth.families.values import wire
from naslforge.synth.vocabulary import Domain

OPENINGS = ("", "", "", "请编写一个逻辑：", "实现一个函数：", "写一段逻辑，", "需求：", "请实现：")
TRIES = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """What a generator makes: phrasings, the function in parts, the project and the tests."""

    zh: tuple[str, ...]
    en: str
    name: str
    params: tuple[tuple[str, str], ...]
    returns: str
    lets: tuple[str, ...]
    body: tuple[str, ...]
    tests: tuple[Test, ...]
    declarations: tuple[Declaration, ...] = ()
    world: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    @property
    def signature(self) -> str:
        """The exact function line."""
        params = ", ".join(f"{name}: {type_}" for name, type_ in self.params)
        return f"export function {self.name}({params}): {self.returns}"

    @property
    def reference(self) -> str:
        """The whole program text."""
        lines = [*(f"let {line};" for line in self.lets), *self.body, "return result;"]
        body = "\n".join("    " + line for line in lines)
        return f"export namespace app.logics {{\n  {self.signature} {{\n{body}\n  }}\n}}"


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of task: `draft` makes a new one each time it is called, from a random source and a domain."""

    name: str
    sublanguage: str
    difficulty: str
    covers: tuple[str, ...]
    draft: Callable[[Random, Domain], Draft]

    def make(self, rng: Random, domain: Domain, number: int = 0) -> Task:
        """A task from the random source. Raises Unfit when the domain has nothing that fits."""
        return self._task(self._draft(rng, domain), rng, domain, number)

    def task(self, domain: Domain, number: int) -> Task:
        """The task of that number: always the same one for the same family, domain and number."""
        return self.make(Random(f"{self.name}/{domain.name}/{number}"), domain, number)

    def _draft(self, rng: Random, domain: Domain) -> Draft:
        for _ in range(TRIES):
            with suppress(Unfit):  # an unlucky choice of fields
                draft = self.draft(rng, domain)
                if _tells_apart(draft.tests):
                    return draft
        raise Unfit(f"{self.name} finds no telling tests in {domain.name}")

    def _task(self, draft: Draft, rng: Random, domain: Domain, number: int) -> Task:
        meta = {
            "source": "naslforge families", "license": "Apache-2.0", "difficulty": self.difficulty,
            "tags": [self.sublanguage, *draft.tags], "family": self.name, "domain": domain.name, "seed": number,
            "covers": list(self.covers), "reference": draft.reference,
        }  # fmt: skip
        return Task(
            id=f"{self.name}/{domain.name}-{number:06d}",
            sublanguage=self.sublanguage,
            instruction=spaced(rng.choice(OPENINGS) + rng.choice(draft.zh) + "。"),
            instruction_en=draft.en[0].upper() + draft.en[1:] + ".",
            context=declare(draft.declarations),
            entry=f"app.logics.{draft.name}",
            signature=draft.signature,
            world=wire(draft.world),
            tests=list(draft.tests),
            meta=meta,
        )


def _tells_apart(tests: tuple[Test, ...]) -> bool:
    """True when the tests differ in their arguments and do not all expect the same."""
    inputs = {repr((t.args, t.world)) for t in tests}
    outcomes = {repr((t.expect, t.expect_db, t.raises)) for t in tests}
    return len(tests) >= 3 and len(inputs) == len(tests) and len(outcomes) > 1


def case(args: list[Any], expect: Any = ABSENT, **options: Any) -> Test:
    """A test from Python values."""
    if expect is not ABSENT:
        options["expect"] = wire(expect)
    for name in ("expect_db", "world"):
        if name in options:
            options[name] = wire(options[name])
    return Test(args=wire(args), **options)


def cases(oracle: Callable[..., Any], *inputs: list[Any], **options: Any) -> tuple[Test, ...]:
    """Tests whose expectations the oracle gives; inputs that repeat are left out."""
    seen: dict[str, Test] = {}
    for args in inputs:
        test = case(args, oracle(*args), **options)
        seen.setdefault(repr(test.args), test)
    return tuple(seen.values())


def camel(*parts: str) -> str:
    """Names joined as one camel-case identifier.

    >>> camel("list", "Order", "by", "orderNo")
    'listOrderByOrderNo'
    """
    head, *rest = [part for part in parts if part]
    return head[0].lower() + head[1:] + "".join(part[0].upper() + part[1:] for part in rest)


def plural(name: str) -> str:
    """An English name in the plural, well enough for identifiers.

    >>> plural("leaveType"), plural("city"), plural("restDays")
    ('leaveTypes', 'cities', 'restDaysList')
    """
    if name.endswith("s"):
        return name + "List"
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name[:-1] + "ies"
    return name + ("es" if name.endswith(("x", "ch", "sh")) else "s")


def spaced(text: str) -> str:
    """Chinese text with one space between Chinese and Latin letters or digits; quoted texts stay as they are.

    >>> spaced("金额大于100的list“A区”")
    '金额大于 100 的 list“A区”'
    """
    parts = re.split(r"(“[^”]*”)", text)
    han, latin = "[\u4e00-\u9fff]", "[0-9A-Za-z]"
    border = re.compile(f"(?<={han})(?={latin})|(?<={latin})(?={han})")
    joined = "".join(part if place % 2 else border.sub(" ", part) for place, part in enumerate(parts))
    return re.sub(f"(?<={han}) (?=“)|(?<=”) (?={han})", "", joined)
