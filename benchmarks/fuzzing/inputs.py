"""Inputs from seeds: programs of the task families and of the specification, spoilt in one of many ways.

The same seed always makes the same input. `KINDS` names the ways, from single bytes to whole trees.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from naslforge import lang
from naslforge.lang import nodes
from naslforge.synth import families

ROOT = Path(__file__).parent.parent.parent
_BLOCK = re.compile(r"```(?:nasl|tsx?)\n(.*?)```", re.S)
_TOKEN = re.compile(r"\s+|[\w$]+|'[^'\n]*'|\"[^\"\n]*\"|=>|[=!<>]=+|&&|\|\||.", re.S)
_CHARS = (
    "的一是数据，。；：（）【】“”‘’！？、　《》…—￥＝＋－＊／％＆｜０９Ａｚ"  # Chinese and full-width
    "😀🚀👩‍👩‍👧🇨🇳e\u0301\u200b\u200d\ufeff\u2028\u2029\u00a0\u0000\u0001\u001b\u007f\u0085\u202e"  # emoji, controls
    "\r\n\t\v\f \\'\"`${}[]()<>;:,.?!@#%^&*-+=|/~\ud800\udfff\U0010ffff\U000e0001ßİıſK"
)
_WORDS = (  # noqa: SIM905
    "export namespace function let const var if else while for of in return abort new class enum declare type null "
    "undefined true false this super async await yield switch case default break continue try catch throw typeof "
    "instanceof void delete import from as extends implements interface public static get set readonly abstract "
    "FROM WHERE SELECT GROUP_BY HAVING ORDER_BY LIMIT LEFT_JOIN INNER_JOIN ON PAGINATE LIKE IN COUNT SUM "
    "ListEntries ForEach match _value nasl.util.Get nasl.util.ListSort nasl.util.NewMap nasl.util.NewList app.logics "
    "app.dataSources.defaultDS.entities app.enums app.structures $refs elements $lifecycles $sync List<Long> "
    "Map<String,Long> String Long Decimal Any 0 -1 1.5 1e9 0x10 9223372036854775808 '' 'a' `a${b}` /a+/g => == === != "
    "<= >= && || ?? ?. ... ++ += ** => { } ( ) [ ] < > </ /> <view> </view> <> </> {...a} @Entity @Property /** "
    "*/ // /* -- # def elif and or not None True lambda self print"
).split()


@dataclass(frozen=True, slots=True)
class Input:
    """One text to read, where it comes from, and whether it is a large one."""

    seed: int
    kind: str
    text: str


# --- where inputs start from


@cache
def corpus() -> tuple[str, ...]:
    """Right and nearly right programs: references of tasks with their projects, blocks of the specification."""
    found = [task.meta["reference"] for task in families.generate(seed=5, count=140)]
    found += [f"{task.context}\n{task.meta['reference']}" for task in families.generate(seed=9, count=60)]
    for file in sorted((ROOT / "tests" / "spec").rglob("*.md")):
        found += _BLOCK.findall(file.read_text("utf-8"))
    for file in sorted((ROOT / "benchmarks" / "speed").glob("*.nasl.ts")):
        found.append(file.read_text("utf-8"))
    return tuple(text for text in found if text.strip())


@cache
def _stretches(text: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and kind of the expressions, statements, types and items of a text, in characters."""
    source = lang.Source("corpus.ts", text)
    unit = lang.parse([source]).units[0]
    ends = {0: 0}
    at = 0
    for index, char in enumerate(source.text, 1):
        at += len(char.encode())
        ends[at] = index
    spans = ((node.span, type(node).__name__) for node in unit.walk() if not isinstance(node, nodes.Unit))
    return tuple((ends[s.start], ends[s.end], kind) for s, kind in spans if s.start in ends and s.end in ends)


def _program(rng: Random) -> str:
    return rng.choice(corpus())


def _short(rng: Random) -> str:
    """A program of some 60 lines at most, so that many can be tried."""
    return next((text for _ in range(20) if (text := _program(rng)).count("\n") < 60), corpus()[0])


# --- ways to spoil one


def right(rng: Random) -> str:
    return _program(rng)


def some_bytes(rng: Random) -> str:
    data = bytearray(_short(rng).encode("utf-8", "replace"))
    for _ in range(rng.choice((1, 1, 2, 3, 8, 40))):
        at = rng.randrange(len(data) + 1)
        change = rng.randrange(4)
        if change == 0:
            data[at:at] = bytes([rng.randrange(256)])
        elif change == 1:
            del data[at : at + rng.choice((1, 1, 2, 5, 30))]
        elif change == 2 and at < len(data):
            data[at] ^= 1 << rng.randrange(8)
        else:
            end = min(len(data), at + rng.randrange(1, 20))
            data[at:at] = data[at:end]
    return data.decode("utf-8", rng.choice(("replace", "ignore", "surrogateescape")))


def some_chars(rng: Random) -> str:
    text = _short(rng)
    for _ in range(rng.choice((1, 1, 2, 4, 15))):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(_CHARS) * rng.choice((1, 1, 1, 3)) + text[at + rng.choice((0, 0, 1)) :]
    return text


def some_tokens(rng: Random) -> str:
    found = _TOKEN.findall(_short(rng))
    for _ in range(rng.choice((1, 1, 2, 3, 6, 20))):
        at, other = rng.randrange(len(found) + 1), rng.randrange(len(found) + 1)
        change = rng.randrange(5)
        if change == 0:
            del found[at : at + rng.choice((1, 1, 2, 4))]
        elif change == 1:
            found.insert(at, rng.choice(_WORDS))
        elif change == 2 and at < len(found) and other < len(found):
            found[at], found[other] = found[other], found[at]
        elif change == 3:
            found[at:at] = found[other : other + rng.randrange(1, 12)]
        elif at < len(found):
            found[at] = rng.choice(_WORDS)
    return "".join(found)


def some_lines(rng: Random) -> str:
    lines = _short(rng).split("\n")
    for _ in range(rng.choice((1, 1, 2, 4, 10))):
        at, other = rng.randrange(len(lines) + 1), rng.randrange(len(lines) + 1)
        change = rng.randrange(4)
        if change == 0:
            del lines[at : at + rng.choice((1, 1, 2, 6))]
        elif change == 1:
            lines[at:at] = lines[other : other + rng.randrange(1, 6)]
        elif change == 2:
            lines[at:at] = _short(rng).split("\n")[: rng.randrange(1, 12)]
        else:
            lines[at:] = [line[rng.choice((0, 1, 2, 4)) :] for line in lines[at:]]
    return rng.choice(("\n", "\n", "\r\n", "\r")).join(lines)


def some_trees(rng: Random) -> str:
    """Whole expressions, statements, types or items in the place of others, of the same kind or not."""
    text = _short(rng)
    for _ in range(rng.choice((1, 1, 2, 3, 5))):
        donor = text if rng.random() < 0.3 else _short(rng)
        try:
            places, given = _stretches(text), _stretches(donor)
        except Exception:
            return text  # the trial will meet the same exception, and tell
        if not places or not given:
            return text
        start, end, kind = rng.choice(places)
        alike = [piece for piece in given if piece[2] == kind] if rng.random() < 0.6 else []
        first, last, _ = rng.choice(alike or given)
        piece = donor[first:last]
        instead = rng.choice((piece, piece, piece, "", f"({piece})", f"{text[start:end]} {piece}"))
        text = text[:start] + instead + text[end:]
    return text


def cut(rng: Random) -> str:
    """The first part of a program, perhaps with the last part of another: what a stopped model leaves."""
    text = _short(rng)
    head = text[: rng.randrange(len(text) + 1)]
    other = _short(rng)
    return head + (other[rng.randrange(len(other) + 1) :] if rng.random() < 0.5 else "")


def words(rng: Random) -> str:
    return rng.choice((" ", "", "\n", " ")).join(rng.choice(_WORDS) for _ in range(rng.randrange(1, 120)))


def noise(rng: Random) -> str:
    return "".join(
        chr(rng.choice((rng.randrange(32, 127), rng.randrange(0x3000), rng.randrange(0x110000)))) if rng.random() < 0.5
        else rng.choice(_CHARS)
        for _ in range(rng.randrange(0, 400))
    )  # fmt: skip


_NESTS = (
    ("(", "1", ")"), ("!", "a", ""), ("-", "1", ""), ("[", "1", "]"), ("{ a: ", "1", " }"), ("f(", "1", ")"),
    ("1 + ", "2", ""), ("a.", "b", ""), ("a ? ", "b", " : c"), ("`${", "1", "}`"), ("(x) => ", "x", ""),
    ("nasl.util.Abs(", "1", ")"), ("nasl.util.ListTransform(xs, (x) => ", "x", ")"), ("new app.S({ a: ", "1", " })"),
    ("a[", "0", "]"), ("a?.", "b", ""), ("'a' + (", "1", ")"), ("a == b && (", "c", ")"), ("typeof ", "a", ""),
    ("nasl.util.NewMap<String, Long>({ a: ", "1", " })"), ("FROM(app.E, A => $.WHERE(IN(A.id, ", "1", ")))"),
    ("(function match(_value) { if (_value === 1) { return ", "1", "; } })(a)"), ("await ", "a", ""), ("...", "a", ""),
    ("<a>", "1", "</a>"), ("<a b={", "1", "} />"),
)  # fmt: skip
_BLOCKS = (
    ("if (a) {", "x = 1;", "}"), ("while (a) {", "x = 1;", "}"), ("{", "x = 1;", "}"), ("if (a) { } else ", "{ }", ""),
    ("for (const [i, x] of ListEntries(xs)) {", "x = 1;", "}"), ("function f() {", "x = 1;", "}"),
    ("switch (a) { case 1:", "x = 1;", "}"), ("try {", "x = 1;", "} catch (e) { }"), ("xs.forEach((x) => {", "", "});"),
)  # fmt: skip
_DEPTHS = (2, 5, 20, 60, 97, 98, 99, 100, 101, 102, 130, 300, 1200)


def nested(rng: Random) -> str:
    """One construct inside itself, up to far beyond the limit of depth; sometimes its ends do not match."""
    depth = rng.choice(_DEPTHS)
    closing = depth if rng.random() < 0.7 else rng.randrange(depth + 1)
    place = rng.randrange(5)
    if place == 0:
        opening, inner, end = rng.choice(_BLOCKS)
        body = f"{opening * depth}{inner}{end * closing}"
        return f"export namespace app.logics {{ export function f() {{ let x; {body} }} }}"
    if place == 1:
        type_ = rng.choice(("List<", "Map<String, ", "{ a: ", "(", "app.structures.A<"))
        end = {"{ a: ": " }", "(": ") => Long"}.get(type_, ">")
        return f"export namespace app.logics {{ export function f(a: {type_ * depth}Long{end * closing}) {{ }} }}"
    if place == 2:
        return "namespace a { " * depth + "function f() { }" + "}" * closing
    if place == 3:
        tag = rng.choice(("ElFlex", "div", "a.b", "ULinearLayout"))
        return f"export function view() {{ return {f'<{tag}>' * depth}{'text'}{f'</{tag}>' * closing} }}"
    pieces = [rng.choice(_NESTS)] * depth if rng.random() < 0.6 else [rng.choice(_NESTS) for _ in range(depth)]
    text = "".join(p[0] for p in pieces) + pieces[-1][1] + "".join(p[2] for p in reversed(pieces[:closing]))
    return f"export namespace app.logics {{ export function f(): Any {{ let x; x = {text}; return x; }} }}"


def brackets(rng: Random) -> str:
    return "".join(rng.choice("(){}[]<>`'\"/;,.=") for _ in range(rng.randrange(1, 3000)))


_PIECES = (
    "(", "[", "{", "{\n", "a.", "!", "'", "`", "/*", "//", "<a>", "=> ", "1 + ", "，", "的", "\n", "\0", "if (a) ",
)  # fmt: skip


def large(rng: Random) -> str:
    """A megabyte: of programs, of one token, of one line, of broken text."""
    size = 1_000_000
    way = rng.randrange(8)
    if way == 0:
        text = _short(rng) + "\n"
        return text * (size // len(text))
    if way == 1:
        piece = rng.choice(_PIECES)
        return piece * (size // len(piece))
    if way == 2:
        return f"export namespace app.logics {{ export function f() {{ let s: String = '{'x' * size}'; return s; }} }}"
    if way == 3:
        terms = " + ".join(["a"] * (size // 4))
        return f"export namespace app.logics {{ export function f(a: Long) {{ let s: Long; s = {terms}; return s; }} }}"
    if way == 4:
        lines = "\n".join(f"    x = nasl.util.Foo({i}, y{i});" for i in range(size // 32))
        return f"export namespace app.logics {{\n  export function f() {{\n    let x;\n{lines}\n  }}\n}}"
    if way == 5:
        text = some_tokens(rng) + "\n"
        return text * (size // len(text))
    if way == 6:
        return "".join(rng.choice(_WORDS) + " " for _ in range(size // 6))
    items = ", ".join(str(i) for i in range(size // 8))
    return f"export namespace app.logics {{ export function f() {{ let s: List<Long> = [{items}]; return s; }} }}"


KINDS: dict[str, tuple[Callable[[Random], str], int]] = {
    "right": (right, 2), "bytes": (some_bytes, 16), "chars": (some_chars, 16), "tokens": (some_tokens, 24),
    "lines": (some_lines, 12), "trees": (some_trees, 24), "cut": (cut, 8), "words": (words, 8), "noise": (noise, 6),
    "nested": (nested, 4), "brackets": (brackets, 2),
}  # fmt: skip


def made(seed: int, kind: str | None = None) -> Input:
    """The input of a seed; `kind` only for large ones, which no seed makes by chance."""
    rng = Random(seed)
    names = list(KINDS)
    chosen = kind or rng.choices(names, [KINDS[name][1] for name in names])[0]
    text = large(rng) if chosen == "large" else KINDS[chosen][0](rng)
    if rng.random() < 0.03:
        text = "\ufeff" + text
    return Input(seed, chosen, text)
