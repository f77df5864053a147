"""The checker: told in tests/spec/check, and held against everything the package itself writes.

In a spec a block `nasl context` is the given project of its file; a `nasl` block is checked, its comments
`// error: [rule] words` say what must be found in that line, in order; a `fixed` block is what safe fixes make of it.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from naslforge.lang import Checked, Source, catalogue, check, explain, fix, render, rules
from naslforge.lang.types import Unknown
from naslforge.synth.families import generate

SPECS = Path(__file__).parent / "spec" / "check"
_BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.M | re.S)
_EXPECTED = re.compile(r"// (error|warning|hint): \[([\w-]+)\]([^\n]*?)(?=\s*// (?:error|warning|hint):|$)")


@dataclass(frozen=True)
class Case:
    name: str
    context: str
    text: str
    fixed: str | None

    @property
    def sources(self) -> list[Source]:
        return [Source("context.ts", self.context, context=True), Source("case.ts", self.text)]


def cases() -> Iterator[Case]:
    for path in sorted(SPECS.glob("*.md")):
        text = path.read_text("utf-8")
        blocks = [(m.group(1), m.group(2), m.start()) for m in _BLOCK.finditer(text)]
        context = next((body for kind, body, _ in blocks if kind == "nasl context"), "")
        for (kind, body, at), following in zip(blocks, [*blocks[1:], ("", "", 0)], strict=True):
            if kind == "nasl":
                heading = text[:at].rpartition("\n## ")[2].partition("\n")[0]
                fixed = following[1] if following[0] == "fixed" else None
                yield Case(f"{path.stem}: {heading}", context, body, fixed)


def expected(case: Case) -> list[tuple[int, str, str]]:
    lines = enumerate(case.text.splitlines(), 1)
    return [(number, m[1], m[2]) for number, line in lines for m in _EXPECTED.finditer(line)]


def found(checked: Checked) -> list[tuple[int, str, str]]:
    mine = [d for d in checked.diagnostics if not d.span.source.context]
    return [(d.span.source.position(d.span.start).line, d.rule.severity, d.rule.name) for d in mine]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_spec(case: Case) -> None:
    checked = check(case.sources)
    assert sorted(found(checked)) == sorted(expected(case)), render(checked.diagnostics)
    for number, line in enumerate(case.text.splitlines(), 1):
        said = " ".join(
            d.message + d.message_zh
            for d in checked.diagnostics
            if not d.span.source.context and d.span.source.position(d.span.start).line == number
        )
        for m in _EXPECTED.finditer(line):
            assert m[3].strip() in said
    if case.fixed is not None:
        plain = re.sub(r" *// (?:error|warning|hint): [^\n]*", "", case.text)
        mended = fix([case.sources[0], Source("case.ts", plain)])
        assert mended.texts[1] == case.fixed
        assert not mended.checked.errors


def test_every_rule_of_the_checker_has_a_case() -> None:
    told = {name for case in cases() for _, _, name in expected(case)}
    mine = {rule.name for code, rule in rules().items() if "NF200" <= code < "NF700"}
    assert mine - told == set()


def test_given_context_is_checked_but_not_judged() -> None:
    text = "export namespace app.logics { export function f(a: Long): Long { let x: Long; return 1; } }"
    assert not check([Source("given.ts", text, context=True)]).diagnostics
    assert {d.rule.name for d in check([Source("own.ts", text)]).diagnostics} == {"unused-variable", "unused-parameter"}


TASKS = list(generate(seed=11, count=150))


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_references_of_families_are_right(task) -> None:
    sources = [Source("context.ts", task.context, context=True), Source("reference.ts", task.meta["reference"])]
    checked = check(sources)
    assert not checked.errors, render(checked.errors)
    assert not [e.span.text for e, type_ in checked.types.items() if isinstance(type_, Unknown)]


def test_examples_of_the_library_are_right() -> None:
    context = Source(
        "context.ts",
        """export namespace app.enums { export enum Status { open = 'open', closed = 'closed' } }
        export namespace app.structures { export class Point { x: Long; y: Long; } }
        export namespace app.dataSources.defaultDS.entities {
          export class Order { @Property({ primaryKey: true }) id: Long; orderNo: String; }
        }""",
        context=True,
    )
    for builtin in catalogue():
        for expression, result in builtin.examples:
            if result != "error" and ";" not in expression:
                text = f"export function f() {{ let r; r = {expression}; return r; }}"
                checked = check([context, Source("example.ts", text)])
                assert not checked.errors, render(checked.errors)


_TOKEN = re.compile(r"'[^']*'|\w+|\s+|=>|==|&&|\|\||.", re.S)


@pytest.mark.parametrize("seed", range(60))
def test_nothing_makes_the_checker_fall(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(4):
        task = chance.choice(TASKS)
        tokens = _TOKEN.findall(task.meta["reference"])
        for _ in range(chance.choice([1, 1, 2, 4])):
            at, other = (
                chance.randrange(len(tokens)),
                chance.choice(_TOKEN.findall(task.context + " a = 1 ( ) { } [ ]")),
            )
            tokens[at : at + chance.randint(0, 1)] = [other] if chance.random() < 0.7 else []
        sources = [Source("context.ts", task.context, context=True), Source("mutant.ts", "".join(tokens))]
        checked = check(sources)
        for form in ("text", "json", "feedback"):
            render(checked.diagnostics, form)  # type: ignore[arg-type]
        assert len(fix(sources).checked.errors) <= len(checked.errors)


def test_a_rule_explains_itself() -> None:
    text = explain("NF200")
    assert text is not None and "unknown-name" in text and explain("unknown-name") == text
    assert explain("NF000") is None


def test_what_lowering_leaves_out_without_a_word_is_told() -> None:
    text = "export function f(): Long {\n  let n: Long = 0;\n  n = (lambda: 1)();\n  return n;\n}\n"
    (told,) = check([Source("a.ts", text)]).errors
    assert told.rule.code == "NF100" and told.span.text == "(lambda: 1)"
