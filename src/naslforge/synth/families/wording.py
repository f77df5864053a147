"""Conditions over fields, said three ways at once: in Chinese and English, as NASL, and as a Python test."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from naslforge.synth.families.values import STEPS, coded, draw, round_draw, spoken
from naslforge.synth.vocabulary import Domain, Field

NUMBER_WORDS: dict[str, tuple[str, ...]] = {
    ">": ("大于", "超过", "高于"), ">=": ("大于等于", "不低于", "不小于"), "<": ("小于", "低于", "少于"),
    "<=": ("小于等于", "不超过", "不大于"), "==": ("等于",), "!=": ("不等于",),
}  # fmt: skip
DATE_WORDS: dict[str, tuple[str, ...]] = {">": ("晚于",), ">=": ("不早于",), "<": ("早于",), "<=": ("不晚于",)}
TEXT_WORDS: dict[str, tuple[str, ...]] = {"==": ("为", "是", "等于"), "!=": ("不是", "不为", "不等于")}
ENGLISH = {
    ">": "is greater than", ">=": "is at least", "<": "is less than", "<=": "is at most", "==": "is", "!=": "is not",
}  # fmt: skip
TESTS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
NUMBERS = ("money", "measure", "ratio", "count")
DATES = ("date", "datetime")


@dataclass(frozen=True, slots=True)
class Condition:
    """`field op value`; with `param` the value is that parameter's and `value` only an example of it."""

    field: Field
    op: str
    value: Any
    word: str
    said: str
    other: Any = None
    param: str | None = None

    @property
    def zh(self) -> str:
        """As an instruction says it."""
        return f"{self.field.label}{self.word}" + (f"参数 {self.param}" if self.param else _spaced(self.said))

    @property
    def en(self) -> str:
        """In English."""
        value = self.param or self.said.strip("“”").replace("是", "true").replace("否", "false")
        return f"{self.field.english} {ENGLISH[self.op]} {value}"

    def code(self, subject: str) -> str:
        """As NASL, over a row of that name."""
        right = self.param or coded(self.field, self.value)
        if isinstance(self.value, bool) and not self.param:
            name = f"{subject}.{self.field.name}"
            return name if self.value == (self.op == "==") else f"!{name}"
        return f"{subject}.{self.field.name} {self.op} {right}"

    def holds(self, row: dict[str, Any], value: Any = None) -> bool:
        """True for a row that fits; `value` is the parameter's."""
        right = value if self.param else self.value
        return TESTS[self.op](row[self.field.name], right)

    def near(self) -> list[Any]:
        """Field values at and round the boundary, on both sides of it where the kind allows."""
        match self.field.kind:
            case "money" | "measure" | "ratio":
                step = STEPS[self.field.kind]
                return [self.value, self.value - step, self.value + step, self.value + Decimal("0.5")]
            case "count":
                return [self.value, self.value - 1, self.value + 1]
            case "date":
                return [self.value, self.value - timedelta(days=1), self.value + timedelta(days=1)]
            case "datetime":
                return [self.value, self.value - timedelta(minutes=1), self.value + timedelta(minutes=1)]
        return [self.value, self.other]

    def fitting(self, rng: Random) -> Any:
        """A field value that fits, as near to the boundary as can be."""
        return rng.choice([v for v in self.near() if TESTS[self.op](v, self.value)])

    def failing(self, rng: Random) -> Any:
        """A field value that just does not fit."""
        return rng.choice([v for v in self.near() if not TESTS[self.op](v, self.value)])


def _spaced(said: str) -> str:
    return f" {said}" if said[:1].isdigit() else said


def condition(rng: Random, domain: Domain, field: Field, param: str | None = None,
              ops: tuple[str, ...] | None = None) -> Condition:  # fmt: skip
    """A random condition on a field, against a literal or against a parameter."""
    words = words_for(field)
    op = rng.choice([o for o in words if ops is None or o in ops])
    if field.kind in NUMBERS:
        value = round_draw(field, rng)
    else:
        value = draw(field, rng, domain)
        if isinstance(value, datetime):
            value = value.replace(second=0)
    other = not value if field.kind == "flag" else _other_than(value, field, rng, domain)
    return Condition(field, op, value, rng.choice(words[op]), spoken(field, value, domain), other, param)


def _other_than(value: Any, field: Field, rng: Random, domain: Domain) -> Any:
    while (other := draw(field, rng, domain)) == value:
        pass
    return other


def words_for(field: Field) -> dict[str, tuple[str, ...]]:
    """The comparisons that fit a field, with their words."""
    if field.kind in ("money", "measure", "ratio"):
        return {op: NUMBER_WORDS[op] for op in (">", ">=", "<", "<=")}
    if field.kind == "count":
        return NUMBER_WORDS
    if field.kind in DATES:
        return DATE_WORDS
    if field.kind == "flag":
        return {"==": ("为", "是")} if field.label.startswith("是否") is False else {"==": ("为",)}
    return TEXT_WORDS


def tempt(rng: Random, rows: list[dict[str, Any]], conditions: list[Condition]) -> list[dict[str, Any]]:
    """The rows with values pushed to the conditions' boundaries.

    The first row has the boundary values themselves; the next ones each try one value near the boundary of one
    condition while the other conditions hold; the rest mix. So a wrong operator or a condition left out shows.
    """
    plans = [
        {c.field.name: value, **{o.field.name: o.fitting(rng) for o in conditions if o is not c}}
        for c in conditions
        for value in c.near()
    ]
    rng.shuffle(plans)
    plans.insert(0, {c.field.name: c.value for c in conditions})
    return [{**row, **(plans[n] if n < len(plans) else _mixed(rng, conditions))} for n, row in enumerate(rows)]


def _mixed(rng: Random, conditions: list[Condition]) -> dict[str, Any]:
    return {c.field.name: rng.choice(c.near()) for c in conditions if rng.random() < 0.5}


def joined(words: list[str], last: str = "且") -> str:
    """Phrases joined the Chinese way.

    >>> joined(["甲", "乙"])
    '甲且乙'
    """
    return last.join(words)
