"""Syntax: told in tests/spec/syntax, held against everything the package writes, and against noise.

In a spec a `nasl` block is read; `diagnostics` are all that must be said about it (`line:column code name`), `fixed`
is what its safe fixes make of it, `printed` its canonical text. `SNAP=1 pytest tests/test_syntax.py` writes the
expected blocks anew: read the difference before it is committed.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from random import Random

import pytest

from naslforge.lang import Source, format_source, normalise, print_unit
from naslforge.lang import nodes as n
from naslforge.lang.diagnostics import Diagnostic, apply_edits
from naslforge.lang.lower import lower
from naslforge.lang.lower.tokens import tokens
from naslforge.synth.families import generate

SPECS = Path(__file__).parent / "spec" / "syntax"
REFERENCE = Path(__file__).parents[2] / "shared" / "nasl" / "REFERENCE.md"
_CASE = re.compile(r"^## (?P<name>[^\n]+)\n(?P<rest>.*?)(?=^## |\Z)", re.M | re.S)
_BLOCK = re.compile(r"^(?P<fence>````?)(?P<kind>\w+)\n(?P<body>.*?)^(?P=fence)\n", re.M | re.S)
_KINDS = {
    "printing": ("printed",), "pages": ("printed",), "recovery": ("diagnostics",), "habits": ("diagnostics", "fixed"),
    "page_habits": ("diagnostics", "fixed"),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    path: Path
    name: str
    text: str
    expected: dict[str, str]


def cases() -> Iterator[Case]:
    for path in sorted(SPECS.glob("*.md")):
        for found in _CASE.finditer(path.read_text("utf-8")):
            blocks = {block["kind"]: block["body"] for block in _BLOCK.finditer(found["rest"])}
            yield Case(path, found["name"], blocks.pop("nasl"), blocks)


def said(text: str) -> list[str]:
    _, diagnostics = lower(Source("case.ts", text))
    return [line(d) for d in diagnostics]


def line(d: Diagnostic) -> str:
    at = d.span.source.position(d.span.start)
    return f"{at.line}:{at.column} {d.rule.code} {d.rule.name}"


def mended(text: str) -> str:
    """The text after its safe fixes, one after the other."""
    for _ in range(60):
        source = Source("case.ts", text)
        safe = [fix for d in lower(source)[1] for fix in d.fixes if fix.applicability == "safe"]
        if not safe:
            break
        text = apply_edits(source, min(safe, key=lambda fix: sum(e.span.end - e.span.start for e in fix.edits)).edits)
    return text


def actual(case: Case) -> dict[str, str]:
    """What the blocks of a case should hold."""
    found = {"diagnostics": "".join(f"{one}\n" for one in said(case.text))}
    fixed = mended(case.text)
    if fixed != case.text:
        found["fixed"] = fixed
    if not found["diagnostics"]:
        found["printed"] = format_source(case.text)
    return found


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.path.stem}: {case.name}")
def test_spec(case: Case) -> None:
    found = actual(case)
    if os.environ.get("SNAP"):
        _rewrite(case, {kind: found[kind] for kind in _KINDS[case.path.stem] if kind in found})
        return
    assert case.expected, "run once with SNAP=1"
    assert {kind: found.get(kind) for kind in case.expected} == case.expected


def _rewrite(case: Case, blocks: dict[str, str]) -> None:
    text = case.path.read_text("utf-8")
    at = text.index(f"## {case.name}\n")
    block = next(b for b in _BLOCK.finditer(text, at) if b["kind"] == "nasl")
    end = text.find("\n## ", block.end())
    new = "".join(f"```{kind}\n{body}```\n" for kind, body in blocks.items())
    case.path.write_text(text[: block.end()] + new + (text[end:] if end >= 0 else ""), "utf-8")


def test_every_rule_of_syntax_has_a_case() -> None:
    from naslforge.lang import rules

    told = {code for case in cases() for code in re.findall(r"NF[01]\d\d", case.expected.get("diagnostics", ""))}
    assert {code for code in rules() if code < "NF200"} - told == set()


def shape(value: object) -> object:
    """A tree without its places."""
    if isinstance(value, n.Node):
        return type(value).__name__, [
            shape(getattr(value, f.name)) for f in fields(value) if f.name not in ("span", "source")
        ]
    return [shape(item) for item in value] if isinstance(value, tuple) else value


def assert_prints(text: str) -> None:
    """A right text: printing keeps its tree, and printing again changes nothing."""
    unit, found = lower(Source("a.ts", text))
    assert found == []
    printed = print_unit(unit)
    again, found = lower(Source("b.ts", printed))
    assert found == []
    assert shape(again.items) == shape(unit.items)
    assert print_unit(again) == printed


@pytest.mark.parametrize(
    "case", [c for c in cases() if c.path.stem in ("printing", "pages")], ids=lambda case: case.name
)
def test_printing_keeps_the_tree(case: Case) -> None:
    assert_prints(case.text)


def test_families_print_and_keep_their_tree() -> None:
    for task in generate(count=120):
        assert_prints(task.context)
        assert_prints(task.meta["reference"])


@pytest.mark.skipif(not REFERENCE.exists(), reason="the shared language reference is not here")
def test_the_reference_has_no_faults_and_keeps_its_tree() -> None:
    blocks = re.findall(r"```ts\n(.*?)```", REFERENCE.read_text("utf-8"), re.S)
    assert len(blocks) > 8
    for block in blocks:
        bare = "namespace" not in block and "export function" not in block
        text = f"export function f() {{\n{block}\n}}" if bare else block
        assert_prints(text)


def test_equal_programs_are_told_by_their_normal_text() -> None:
    one = "/** Adds */ export function f(a: Long): Long { let b: Long = a; /* c */ b = b + a.b; return b; }"
    other = "export function f(x: Long): Long { let y: Long = x; y = (y + x.b); return y; }"
    third = "export function f(x: Long): Long { let y: Long = x; y = (x + x.b); return y; }"
    texts = [normalise(lower(Source("a.ts", text))[0]) for text in (one, other, third)]
    assert texts[0] == texts[1] != texts[2]


def test_one_wrong_token_is_found_at_its_line() -> None:
    """Most single slips give one report, at their own line or the next."""
    rng = Random(7)
    texts = [task.meta["reference"] for task in generate(count=60)]
    near = silent = alone = 0
    for _ in range(300):
        data = "\n".join(rng.sample(texts, 3)).encode()
        token = rng.choice(list(tokens(data)))
        junk = rng.choice(
            [b"", token.data + b" " + token.data, b"@@" + token.data, b") " + token.data, b"= " + token.data]
        )
        source = Source("a.ts", (data[: token.start] + junk + data[token.end :]).decode())
        found = lower(source)[1]
        at = source.position(token.start).line
        lines = [source.position(d.span.start).line for d in found]
        silent += not lines
        near += bool(lines) and min(abs(one - at) for one in lines) <= 1
        alone += bool(lines) and all(abs(one - at) <= 2 for one in lines)
    assert near + silent >= 0.97 * 300
    assert alone + silent >= 0.94 * 300


@pytest.mark.parametrize("seed", range(4))
def test_noise_is_reported_and_never_raises(seed: int) -> None:
    rng = Random(seed)
    pieces = [token.data for case in cases() for token in tokens(case.text.encode())]
    for _ in range(60):
        if rng.random() < 0.3:
            data = rng.randbytes(rng.randrange(300))
        else:
            data = b" ".join(rng.choices(pieces, k=rng.randrange(80)))
        unit, found = lower(Source("a.ts", data.decode("utf-8", "surrogateescape")))
        for d in found:
            d.to_json()
        normalise(unit)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "1" + ")" * 10_000,
        "export function f() { let x = " + "[" * 3000 + "]" * 3000 + "; }",
        "export function f() { x = " + "1 + " * 5000 + "1; }",
        "export function f() { " + "if (a) {} else " * 2000 + "{} }",
        "namespace a { " * 2000,
        "{" * 20_000,
        "<a {{b:>c:d(e f)",  # the TSX grammar alone would never come back from this
    ],
    ids=["parentheses", "lists", "sum", "else-if", "namespaces", "braces", "element"],
)
def test_deep_text_is_refused(text: str) -> None:
    unit, found = lower(Source("a.ts", text))
    assert found
    list(unit.walk())
    print_unit(unit)
