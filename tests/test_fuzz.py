"""A sample of the fuzzed inputs of benchmarks/fuzz.py: nothing escapes, every place and edit is in order."""

import sys
from pathlib import Path

import pytest

from naslforge.lang import Source, catalogue, check, nodes
from naslforge.lang.check.fitting import Fitting
from naslforge.lang.habits import habits
from naslforge.lang.types import Type

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from fuzzing import Broken, examine, made

COUNT, PARTS = 3000, 12
DEEP = "export namespace app.logics {{ export function f(): Any {{ let x; x = {0}; return x; }} }}"


@pytest.mark.parametrize("part", range(PARTS))
def test_sample(part: int) -> None:
    """Three thousand inputs, always the same ones."""
    for seed in range(part, COUNT, PARTS):
        given = made(seed)
        try:
            result = examine(given.text, fix=seed % 20 == 0)
        except Broken as broken:
            pytest.fail(f"seed {seed} ({given.kind}): {broken}")
        assert result.check < 10, f"seed {seed} ({given.kind}) takes {result.check:.1f} s"


@pytest.mark.parametrize(
    "text", ["", "\n", "\0", "\ufeff", "\ud800", "\r\r\n", "，", "```", "(", "/*", "'", "`${", "<a", "<", "😀"]
)
def test_little_or_nothing(text: str) -> None:
    nothing = not text.strip("\ufeff\r\n")
    assert examine(text, fix=True).outcome == ("clean" if nothing else "errors")


@pytest.mark.parametrize("text", [
    "namespace a{export class f{@r({n:{y:'',y:''}})\x7f:L}}", "export class F { a\u202e\u200d\x7f: Long; }",
    "export namespace a{/**@t@h*/export function f(/**/){}}", "/** @a@b @c@d@e x@y */ export function f() {}",
    "export f(ines:List<m{\n ines.forEach(;", "export namespace a{export class P{/*****/t:g}}",
    "namespace a{export function n(){d=e<e>(s:e)\nif(l){}}}", "(t);nasl.util.MapGet()==0=L", "\u0ad3<（一）e",
    "function f():n{//\u2028return 🚀&&''==''}",
    "namespace p{export function d():\u0301\xa0{}}", "namespace t//\n.W{export function l(){}}",
    "namespace t/*a*/.W{export function l(a: nasl/*x*/.util.Regex){}}", "export f{\n a:A=FROM('ordny = FROM(",
    "function f(s:t<g>){for(const[x,m]of ListEntries(s)){s=FROM(y,r=>$.WHERE(({n})))//\n}}",
])  # fmt: skip
def test_what_the_fuzzer_found_once(text: str) -> None:
    examine(text, fix=True)


@pytest.mark.parametrize("depth", [99, 100, 101, 5000])
@pytest.mark.parametrize("around", ["(1)", "!a", "[1]", "-1", "f(1)"])
def test_depth(depth: int, around: str) -> None:
    opening, closing = around[:-2] if around[-1] in ")]" else around[:-1], around[-1] if around[-1] in ")]" else ""
    inner = around[len(opening)]
    assert examine(DEEP.format(opening * depth + inner + closing * depth)).outcome == "errors" or depth < 100


def _nested(around: str, depth: int) -> str:
    text = "x"
    for _ in range(depth):
        text = around.replace("@", text)
    return DEEP.format(text).replace("f()", "f(x: String, xs: List<String>)")


NESTED = [
    *(f"@.{name}({', '.join('x' * count)})" for name in habits().methods for count in range(3)),
    *(f"{name}({args})" for name in habits().calls for args in ("@", "@, x", "x, @")),
    *(f"{b.full_name}({', '.join(['@'] + ['x'] * (len(o.params) - 1))})" for b in catalogue() for o in b.overloads),
    "nasl.util.ListTransform(xs, (it) => @)", "xs.map((it) => @)", "nasl.util.ListSort(xs, (it) => @)", "[@]", "`${@}`",
    "{ a: @ }", "(@ ?? x)", "(x ?? @)", "x ? @ : x", "nasl.util.Foo(@)", "nasl.util.NewMap<String, String>({ 'a': @ })",
]  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
def test_work_grows_with_the_depth(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many calls in one another, at most four times as many looks at expressions: not 3 ** depth."""
    looks = 0
    look = Fitting.expr

    def counted(self: Fitting, e: nodes.Expr, expected: Type | None = None) -> Type:
        nonlocal looks
        looks += 1
        assert looks < 10_000, "too many looks"
        return look(self, e, expected)

    monkeypatch.setattr(Fitting, "expr", counted)
    for around in NESTED[part::PARTS]:
        taken = []
        for depth in (5, 10):
            looks = 0
            check([Source("deep", _nested(around, depth))])
            taken.append(looks)
        assert taken[1] <= 4 * taken[0] + 40, around


def test_time_grows_with_the_text() -> None:
    """Ten times the text takes about ten times the time; benchmarks/fuzz.py --large tries megabytes."""
    line = "namespace app.logics {{ export function f{0}(a: Long): Long {{ let b: Long; b = a + {0}; return b; }} }}\n"
    small, large = ("".join(line.format(i) for i in range(count)) for count in (250, 2500))
    few, many = examine(small).check, examine(large).check
    assert many < 30 * few + 1, f"{few:.2f} s and {many:.2f} s"
