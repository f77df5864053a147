# ruff: noqa: E501 - an attack stands on one line
"""Programs and inputs that mean harm, by class, with the verdicts that are right for them.

Whatever a program or a test does, its verdict is one of `statuses` and comes within the limits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from naslforge.records import Task
from naslforge.run import Limits

LIMITS = Limits(steps=300_000, seconds=2.0, memory=96 << 20, output=100_000, length=100_000, rows=2_000)
STOPPED = frozenset({"step_limit", "memory_limit", "output_limit", "time_limit"})
REFUSED = frozenset({"syntax_error", "type_error", "practice_error", "missing_entry", "forbidden"})
HARMLESS = frozenset({"passed", "wrong_answer", "runtime_error", "wrong_state"})
ENTITIES = """export namespace app.dataSources.defaultDS.entities {
  export class Item {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    name: String;
    amount: Long;
  }
  export class Other {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    name: String;
  }
}
export namespace app.structures {
  export class Node { name: String; next: app.structures.Node; all: List<app.structures.Node>; }
}
"""
ITEM, OTHER = (f"app.dataSources.defaultDS.entities.{name}Entity" for name in ("Item", "Other"))
NODE = "app.structures.Node"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One attack. `limits` are those of the run."""

    kind: str
    name: str
    task: Task
    source: str
    statuses: frozenset[str]
    limits: Limits = LIMITS


def hostile() -> Iterator[Hostile]:
    """All attacks, the classes one after the other."""
    makers = (
        _loops, _memory, _floods, _numbers, _texts, _deep, _queries, _python_names, _format_strings, _injections,
        _hostile_tests, _broken_texts,
    )  # fmt: skip
    for make in makers:
        for name, task, source, statuses in make():
            yield Hostile(make.__name__.strip("_").replace("_", " "), name, task, source, frozenset(statuses))


Attack = tuple[str, Task, str, frozenset[str]]


def task(params: str = "", result: str = "Long", **more: Any) -> Task:
    record = {"id": "hostile", "sublanguage": "logic", "instruction": "-", "entry": "app.logics.f", "context": ENTITIES}
    tests = more.pop("tests", [{"args": [], "expect": 0}])
    signature = f"export function f({params}): {result}"
    return Task.from_json({**record, "signature": signature, "tests": tests, **more})


def logic(body: str, params: str = "", result: str = "Long", more: str = "") -> str:
    return f"export namespace app.logics {{\n{more}\n  export function f({params}): {result} {{\n{body}\n  }}\n}}\n"


def simple(name: str, body: str, statuses: frozenset[str] | set[str], more: str = "", result: str = "Long") -> Attack:
    expect = {"Long": 0, "String": "", "List<String>": []}.get(result, {})
    return (
        name,
        task(result=result, tests=[{"args": [], "expect": expect}]),
        logic(body, result=result, more=more),
        frozenset(statuses),
    )


# --- endless work


def _loops() -> Iterator[Attack]:
    let = "let on: Boolean = true; let n: Long = 0; let xs: List<Long>; let s: String = 'a';"
    bodies = {
        "while true": "while (on) { n = n + 1; }",
        "while with an empty body": "while (on) { }",
        "while nested": "while (on) { while (on) { n = n + 1; } }",
        "while on a text": "while (nasl.util.Length(s) >= 0) { n = 1; }",
        "while that counts down for ever": "while (n <= 0) { n = n - 1; }",
        "loops in loops": "xs = nasl.util.ListRange(0, 9999, 1); for (const [i, x] of ListEntries(xs)) { "
        "for (const [j, y] of ListEntries(xs)) { n = n + 1; } }",
        "a list that grows while it is walked": "nasl.util.Add(xs, 1); for (const [i, x] of ListEntries(xs)) { "
        "nasl.util.Add(xs, x); } while (on) { nasl.util.Add(xs, 1); }",
        "filters in filters": "xs = nasl.util.ListRange(0, 3000, 1); n = nasl.util.Length(nasl.util.ListFilter(xs, (x) =>"
        " nasl.util.Length(nasl.util.ListFilter(xs, (y) => x == y)) > 0));",
        "sort by a slow key": "xs = nasl.util.ListRange(0, 3000, 1); nasl.util.ListSort(xs, (x) => "
        "nasl.util.Length(nasl.util.ListFilter(nasl.util.ListRange(0, 3000, 1), (y) => y > x)), true);",
        "many matches": "while (on) { n = nasl.util.Length(nasl.util.Split('a,b,c', ',')); }",
        "many dates": "while (on) { s = nasl.util.ToString(nasl.util.CurrDateTime()); }",
        "distinct of many": "xs = nasl.util.ListRange(0, 90000, 1); while (on) { xs = nasl.util.ListDistinct(xs); }",
        "reverse for ever": "xs = nasl.util.ListRange(0, 90000, 1); while (on) { nasl.util.ListReverse(xs); }",
        "clone for ever": "xs = nasl.util.ListRange(0, 90000, 1); while (on) { xs = nasl.util.Clone(xs); }",
        "JSON for ever": "xs = nasl.util.ListRange(0, 90000, 1); while (on) { s = nasl.util.jsonSerialize(xs); }",
    }
    for name, body in bodies.items():
        yield simple(name, f"{let} {body} return n;", STOPPED | {"practice_error", "type_error"})
    calls = {
        "recursion": "return f() + 1;",
        "recursion by another logic": "return g() + 1;",
        "recursion in a lambda": "return nasl.util.ListSum(nasl.util.ListTransform(nasl.util.ListRange(0, 3, 1), "
        "(x) => f() + x));",
        "recursion twice each": "return f() + f();",
        "recursion in a filter": "return nasl.util.Length(nasl.util.ListFilter(nasl.util.ListRange(0, 9, 1), "
        "(x) => f() > x));",
    }
    for name, body in calls.items():
        yield simple(name, body, STOPPED | {"type_error"}, more="export function g(): Long { return f(); }")


# --- memory


def _memory() -> Iterator[Attack]:
    let = (
        "let on: Boolean = true; let s: String = 'abcdefgh'; let xs: List<Long>; let ss: List<String>; "
        "let m: Map<String, String>; let n: Long;"
    )
    bodies = {
        "text doubled": "while (on) { s = s + s; }",
        "text doubled in a template": "while (on) { s = `${s}${s}`; }",
        "text concatenated": "while (on) { s = nasl.util.Concat(s, s); }",
        "text joined": "while (on) { nasl.util.Add(ss, s); s = nasl.util.Join(ss, s); }",
        "text replaced by itself": "while (on) { s = nasl.util.Replace(s, 'a', s); }",
        "text padded": "s = nasl.util.PadStart(s, 2000000000, 'x'); n = nasl.util.Length(s);",
        "text padded at the end": "s = nasl.util.PadEnd(s, 999999999999, 'xy'); n = nasl.util.Length(s);",
        "list doubled": "nasl.util.Add(xs, 1); while (on) { nasl.util.AddAll(xs, xs); }",
        "list repeated": "xs = nasl.util.ListRepeat(1, 1000000000);",
        "list of a huge range": "xs = nasl.util.ListRange(0, 1000000000000, 1);",
        "list of a range without end": "xs = nasl.util.ListRange(0, 9, 0);",
        "list of texts": "while (on) { nasl.util.Add(ss, s + nasl.util.ToString(nasl.util.Length(ss))); }",
        "map that grows": "while (on) { nasl.util.MapPut(m, nasl.util.ToString(nasl.util.Length(m)), s); }",
        "list inserted at the front": "while (on) { nasl.util.Insert(xs, 0, 1); }",
        "lists of lists": "while (on) { ss = nasl.util.Split(nasl.util.Join(ss, ',') + ',a,b', ','); "
        "nasl.util.AddAll(ss, ss); }",
        "group by everything": "xs = nasl.util.ListRange(0, 99999, 1); while (on) { "
        "n = nasl.util.Length(nasl.util.ListGroupBy(xs, (x) => x)); }",
        "nested transforms": "xs = nasl.util.ListRange(0, 2000, 1); n = nasl.util.Length(nasl.util.ListFlatten("
        "nasl.util.ListTransform(xs, (x) => nasl.util.ListTransform(xs, (y) => x * y))));",
    }
    for name, body in bodies.items():
        yield simple(name, f"{let} {body} return n;", STOPPED | {"runtime_error", "wrong_answer"})
    node = f"let on: Boolean = true; let a: {NODE}; let b: {NODE}; let n: Long; let s: String;"
    cyclic = {
        "a structure that holds itself, as JSON": "a.next = a; s = nasl.util.jsonSerialize(a);",
        "a structure that holds itself, as text": "a.next = a; s = nasl.util.ToString(a);",
        "a structure that holds itself, cloned": "a.next = a; b = nasl.util.Clone(a);",
        "a structure that holds itself, merged": "a.next = a; nasl.util.Merge(a, a);",
        "two structures that hold each other": "a.next = b; b.next = a; s = nasl.util.jsonSerialize(b);",
        "a list that holds its owner": "nasl.util.Add(a.all, a); s = nasl.util.jsonSerialize(a.all);",
        "a list that holds its owner, flattened": "nasl.util.Add(a.all, a); b = nasl.util.Clone(nasl.util.ListHead(a.all));",
        "a chain without end": "while (on) { b = nasl.util.Clone(a); a.next = b; nasl.util.Add(a.all, b); a = b; }",
    }
    for name, body in cyclic.items():
        yield simple(name, f"{node} {body} return n;", STOPPED | HARMLESS | {"type_error", "practice_error"})
    yield simple("a cyclic result", f"let a: {NODE}; a.next = a; return a;", STOPPED | HARMLESS, result=NODE)


# --- output


def _floods() -> Iterator[Attack]:
    let = "let on: Boolean = true; let s: String; let n: Long = 0;"
    for level in ("DEBUG", "INFO", "WARN", "ERROR"):
        yield simple(f"log flood {level}", f"{let} while (on) {{ nasl.logging.{level}('x'); }} return n;", STOPPED)
    yield simple("log of long texts", f"{let} s = nasl.util.PadStart('x', 99999, 'x'); while (on) {{ "
                 "nasl.logging.INFO(s); } return n;", STOPPED)  # fmt: skip
    yield simple("console flood", f"{let} while (on) {{ nasl.util.consoleLog(n); }} return n;", STOPPED)
    yield simple("a long result", f"{let} s = nasl.util.PadStart('x', 99999, 'x'); return s + s;",
                 STOPPED | {"wrong_answer"}, result="String")  # fmt: skip
    many = "xs = nasl.util.ListTransform(nasl.util.ListRange(0, 9999, 1), (i) => 'abcdefghijklmnop'); return xs;"
    yield simple(
        "a result of many items", f"let xs: List<String>; {many}", STOPPED | {"wrong_answer"}, result="List<String>"
    )
    yield simple(
        "a result of control characters", "return '\\u0000\\u0001\\u001b[2J\\u202e';", HARMLESS, result="String"
    )
    yield simple("a result with half a surrogate", "return nasl.util.SubString('😀', 0, 1);", HARMLESS | {"type_error"},
                 result="String")  # fmt: skip
    yield simple("a result of markup", "return '<script>alert(1)</script>';", {"wrong_answer"}, result="String")
    yield simple("a log of markup", "nasl.logging.INFO('</script><img src=x onerror=alert(1)>'); return 0;", {"passed"})


# --- numbers


def _numbers() -> Iterator[Attack]:
    let = "let on: Boolean = true; let n: Long = 1; let d: Decimal = 1.5; let s: String;"
    bodies = {
        "Long beyond 64 bits": "while (on) { n = n * 1000; }",
        "Long literal beyond 64 bits": "n = 99999999999999999999999;",
        "Long at the edge": "n = 9223372036854775807; n = n + 1;",
        "least Long divided": "n = -9223372036854775807; n = n - 2;",
        "Decimal squared for ever": "while (on) { d = d * d; }",
        "Decimal divided for ever": "while (on) { d = d / 3; }",
        "power tower": "d = nasl.util.Pow(9999999, 9999999);",
        "power of a tiny number": "d = nasl.util.Pow(0.0000001, 999999999);",
        "root of a negative number": "d = nasl.util.Sqrt(-1);",
        "logarithm of nothing": "d = nasl.util.Log(0);",
        "division by nothing": "d = 1 / (d - 1.5);",
        "remainder by nothing": "n = n % (n - 1);",
        "digits without end": "s = nasl.util.FormatNumber(d, 2000000000);",
        "digits below nothing": "s = nasl.util.FormatNumber(d, -2000000000);",
        "rounded far from nothing": "n = nasl.util.Round(d * 1000000000000000000000, 'HalfUp');",
        "number of a million digits": "d = nasl.util.FromString<Decimal>(nasl.util.PadEnd('1', 90000, '9')); "
        "while (on) { d = d * d; }",
        "exponent without end": "d = nasl.util.FromString<Decimal>(nasl.util.Concat('1e999999999', '')); d = d * d;",
        "exponent in text": "n = nasl.util.FromString<Long>(nasl.util.Concat('1e400000000', ''));",
        "infinity in text": "d = nasl.util.FromString<Decimal>(nasl.util.Concat('Infinity', '')); d = d - d;",
        "no number in text": "d = nasl.util.FromString<Decimal>(nasl.util.Concat('NaN', '')); n = nasl.util.Length(nasl.util.ToString(d));",
        "random without room": "n = nasl.util.RandomInt(9223372036854775807, -9223372036854775807);",
        "days beyond the calendar": "s = nasl.util.ToString(nasl.util.AddDays(nasl.util.CurrDate(), 999999999999));",
        "months beyond the calendar": "s = nasl.util.ToString(nasl.util.AddMonths(nasl.util.CurrDate(), 99999999999));",
        "position beyond the list": "n = nasl.util.Get(nasl.util.ListRange(0, 3, 1), 9223372036854775807);",
        "page beyond the list": "n = nasl.util.Length(nasl.util.ListSlice(nasl.util.ListRange(0, 3, 1), -99999999999, "
        "99999999999));",
    }
    allowed = STOPPED | HARMLESS | {"type_error", "practice_error", "syntax_error"}
    for name, body in bodies.items():
        yield simple(name, f"{let} {body} return n;", allowed)


# --- texts and patterns


def _texts() -> Iterator[Attack]:
    patterns = (
        "(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}$", "([a-zA-Z]+)*$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y",
        "(.*)*b", "((a*)*)*b", "(?:a?){30}a{30}", "(a{1,30}){1,30}b", "a{99999999}", "(?=(a+))\\1+b", "(\\w+\\s?)*$",
    )  # fmt: skip
    for pattern in patterns:
        body = (
            "let s: String; let n: Long = 0; s = nasl.util.PadEnd('a', 4000, 'a') + '!'; "
            f"n = nasl.util.Length(nasl.util.MatchRegex(s, new nasl.util.Regex({{ pattern: '{_escaped(pattern)}', "
            "flags: 'g' }))); return n;"
        )
        yield simple(f"pattern {pattern}", body, STOPPED | HARMLESS | {"type_error", "practice_error"})
    for pattern in ("(", "[", "a**", "(?<n", "\\\\", "(?P<x>a)", "\\p{Lu}", "[z-a]", "a{2,1}", "(?#x)", "\x00"):
        body = (
            "let n: Long = 0; n = nasl.util.Length(nasl.util.MatchRegex('aaa', new nasl.util.Regex({ pattern: "
            f"'{_escaped(pattern)}', flags: 'g' }}))); return n;"
        )
        yield simple(f"broken pattern {pattern!r}", body, HARMLESS | REFUSED)
    let = "let on: Boolean = true; let s: String; let n: Long = 0; s = nasl.util.PadEnd('ab', 99000, 'ab');"
    slow = {
        "search in a long text for ever": "while (on) { n = nasl.util.IndexOf(s, 'bb'); }",
        "split a long text for ever": "while (on) { n = nasl.util.Length(nasl.util.Split(s, 'a')); }",
        "upper case for ever": "while (on) { s = nasl.util.ToUpper(s); }",
        "trim for ever": "while (on) { s = nasl.util.Trim(s); }",
        "compare long texts for ever": "while (on) { if (s == nasl.util.ToLower(s)) { n = 1; } }",
        "replace nothing for ever": "while (on) { s = nasl.util.Replace(s, 'zz', 'y'); }",
        "read the JSON of a long text": "n = nasl.util.Length(nasl.util.jsonDeserialize<List<String>>(s));",
    }
    for name, body in slow.items():
        yield simple(name, f"{let} {body} return n;", STOPPED | HARMLESS | {"type_error", "practice_error"})


def _escaped(pattern: str) -> str:
    return pattern.replace("\\", "\\\\")


# --- depth


def _deep() -> Iterator[Attack]:
    allowed = HARMLESS | STOPPED | {"syntax_error", "type_error", "practice_error"}
    for depth in (100, 1_000, 20_000):
        yield simple(f"{depth} parentheses", f"return {'(' * depth}0{')' * depth};", allowed)
        yield simple(f"{depth} signs", f"let b: Boolean = true; b = {'!' * depth}b; return 0;", allowed)
        yield simple(f"{depth} sums", f"return 0{' + 0' * depth};", allowed)
        yield simple(f"{depth} conditions", f"let b: Boolean; b = true{' && true' * depth}; return 0;", allowed)
        ifs = "if (true) { " * depth + "n = 0; " + "}" * depth
        yield simple(f"{depth} ifs", f"let n: Long = 0; {ifs} return n;", allowed)
        yield simple(f"{depth} lists", f"let n: Long = 0; n = nasl.util.Length({'[' * depth}{']' * depth}); return n;",
                     allowed)  # fmt: skip
        nested = "nasl.util.Abs(" * depth + "0" + ")" * depth
        yield simple(f"{depth} calls", f"return {nested};", allowed)
        text = "[" * depth + "]" * depth
        yield simple(f"{depth} lists in JSON", f"return nasl.util.Length(nasl.util.jsonDeserialize<List<Any>>('{text}'));",
                     allowed)  # fmt: skip
    chain = "a" + ".next" * 3_000
    yield simple("a long path", f"let a: {NODE}; if ({chain} == null) {{ return 0; }} return 1;", allowed)
    types = "List<" * 300 + "Long" + ">" * 300
    yield simple("a deep type", f"let xs: {types}; return nasl.util.Length(xs);", allowed)
    yield simple("many variables", " ".join(f"let v{i}: Long = {i};" for i in range(5_000)) + " return v0;", allowed)
    yield simple("many statements", "let n: Long = 0; " + "n = n + 0; " * 20_000 + "return n;", allowed)
    tests = [{"args": [_nested(500)], "expect": 0}]
    given = task("xs: List<Any>", tests=tests)
    yield "a deep argument", given, logic("return nasl.util.Length(xs);", "xs: List<Any>"), allowed | {"bad_task"}


def _nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


# --- the database


def _queries() -> Iterator[Attack]:
    rows = {"db": {"Item": [{"name": f"n{i}", "amount": i} for i in range(400)],
                   "Other": [{"name": f"n{i}"} for i in range(400)]}}  # fmt: skip
    joins = "".join(f".INNER_JOIN({ITEM if i % 2 else OTHER}, J{i} => ON(J{i}.id > 0))" for i in range(6))
    queries = {
        "six joins on everything": f"FROM({ITEM}, Item => $ {joins}.SELECT(Item.id))",
        "a count of six joins": f"FROM({ITEM}, Item => $ {joins}.SELECT({{ n: COUNT(Item.id) }}))",
        "six joins in order": f"FROM({ITEM}, Item => $ {joins}.ORDER_BY([Item.name, 'DESC'], [J5.name, 'ASC'])"
        ".SELECT(Item.id))",
        "one group of six joins": f"FROM({ITEM}, Item => $ {joins}.GROUP_BY(Item.name).SELECT({{ n: SUM(Item.amount) }}))",
        "distinct of six joins": f"FROM({ITEM}, Item => $ {joins}.SELECT_DISTINCT({{ a: Item.name, b: J4.name }}))",
        "patterns on six joins": f"FROM({ITEM}, Item => $ {joins}.WHERE(LIKE(Item.name, '%n%n%n%n%')).SELECT(Item.id))",
        "a query inside of six joins": f"FROM({ITEM}, Item => $ {joins}.WHERE(IN(J5.id, FROM({OTHER}, O => $"
        ".SELECT(O.id)))).SELECT(Item.id))",
        "all names in one text": f"FROM({ITEM}, Item => $ {joins}.SELECT({{ s: GROUP_CONCAT(Item.name) }}))",
    }
    for name, query in queries.items():
        body = f"let n: Long; n = nasl.util.Length({query}); return n;"
        yield name, task(world=rows), logic(body), STOPPED | HARMLESS | {"type_error"}
    writes = {
        "rows without end": f"while (on) {{ {ITEM}.create(nasl.util.NewEntity<{ITEM[:-6]}>({{ name: 'x' }})); }}",
        "updates without end": f"while (on) {{ {ITEM}.updateBy(nasl.util.NewEntity<{ITEM[:-6]}>({{ name: 'y' }}), "
        "(Item) => Item.id > 0); }",
        "deletes without end": f"while (on) {{ {ITEM}.deleteBy((Item) => Item.id > 0); }}",
        "queries without end": f"while (on) {{ n = nasl.util.Length(FROM({ITEM}, Item => $)); }}",
        "pages without end": f"while (on) {{ n = PAGINATE(FROM({ITEM}, Item => $), 1, 1000000000).total; }}",
        "a page of no size": f"n = PAGINATE(FROM({ITEM}, Item => $), 0, 0).total;",
        "long names": f"{ITEM}.create(nasl.util.NewEntity<{ITEM[:-6]}>({{ name: nasl.util.PadEnd('x', 99999, 'x') }})); "
        f"while (on) {{ nasl.util.Add(xs, nasl.util.ListHead(FROM({ITEM}, Item => $.SELECT(Item.name)))); }}",
    }
    for name, body in writes.items():
        body = f"let on: Boolean = true; let n: Long = 0; let xs: List<String>; {body} return n;"
        yield name, task(world=rows), logic(body), STOPPED | HARMLESS | {"type_error", "practice_error"}


# --- names of Python


def _python_names() -> Iterator[Attack]:
    calls = (
        "__import__('os').system('true')", "eval('1')", "exec('1')", "open('/etc/passwd')", "globals()", "locals()",
        "vars()", "dir()", "getattr(n, '__class__')", "type(n)", "print(n)", "input()", "compile('1', '', 'eval')",
        "breakpoint()", "super()", "memoryview(n)", "os.system('true')", "sys.exit(1)", "rt.spend(1)", "db.run(1)",
        "k0()", "f0()", "enter(1)", "leave(1, 2)", "shapes.start(1)", "nasl.__class__", "app.__dict__",
        "nasl.util.__globals__", "nasl.util.eval('1')", "nasl.js.block('process.exit()')", "self.n", "(lambda: 1)()",
        "[].constructor.constructor('return process')()", "process.env.HOME", "require('fs')", "globalThis", "this",
        "import('os')", "Function('return 1')()", "new Function('return 1')()", "window.location",
    )  # fmt: skip
    for call in calls:
        yield simple(f"call {call}", f"let n: Long = 0; n = {call}; return n;", REFUSED)
    members = ("__class__", "__dict__", "__init__", "__globals__", "__subclasses__", "fields", "type", "constructor",
               "prototype", "__proto__", "toString", "mro", "func_globals", "gi_frame", "f_back")  # fmt: skip
    for member in members:
        body = f"let a: {NODE}; let n: Long = 0; if (a.{member} == null) {{ n = 0; }} return n;"
        yield simple(f"member {member}", body, REFUSED)
    names = ("lambda", "None", "True", "def", "pass", "global", "nonlocal", "del", "raise", "yield_", "__builtins__",
             "__name__", "rt", "db", "k0", "f0", "n", "v_n", "t1", "variables", "shapes", "cat", "ｎ", "ﬁ", "名字",
             "x\\u0061")  # fmt: skip
    for name in names:
        body = f"let {name}: Long = 0; {name} = {name} + 0; return {name};"
        yield simple(f"variable {name}", body, HARMLESS | REFUSED)
        yield (f"logic {name}", task(), logic("return 0;", more=f"export function {name}(): Long {{ return 1; }}"),
               HARMLESS | REFUSED)  # fmt: skip


# --- texts that look like programs


def _format_strings() -> Iterator[Attack]:
    texts = (
        "{0.__class__}", "%s%s%s%n", "{x!r}", "${n}", "#{n}", "{{7*7}}", "\\\\x41", "\\'; import os; \\'", "''' + 1 + '''",
        '\\" + os + \\"', "\\u0027 + 1", "%(n)s", "f{n}", "\\n    import os\\n", "\\r\\nfoo", "{0:>99999999}",
        "yyyy{0}", "$.__class__", "*/ 1 /*", "-- drop", "\\u2028import os",
    )  # fmt: skip
    uses = {
        "text": "s = '{}';", "template": "s = `{}`;", "date format": "s = nasl.util.FormatDate(nasl.util.CurrDate(), '{}');",
        "number unit": "s = nasl.util.FormatNumber(1.5, 2, false, false, 'suffix', '{}');",
        "JSON": "s = nasl.util.jsonSerialize('{}');", "map key": "nasl.util.MapPut(m, '{}', 1); s = nasl.util.jsonSerialize(m);",
    }  # fmt: skip
    for text in texts:
        for use, code in uses.items():
            body = (
                f"let s: String; let m: Map<String, Long>; let n: Long = 0; {code.format(text)} return n;"
                if ("{}" in code and "{" not in code.replace("{}", ""))
                else f"let s: String; let n: Long = 0; {code.replace('{}', text)} return n;"
            )
            yield simple(f"{use} {text}", body, HARMLESS | REFUSED)


# --- SQL


def _injections() -> Iterator[Attack]:
    rows = {"db": {"Item": [{"name": "a", "amount": 1}, {"name": "b", "amount": 2}]}}
    texts = ("' OR '1'='1", "'; DROP TABLE Item; --", "\" OR 1=1 --", "a' UNION SELECT sql FROM sqlite_master --", "%", "_",
             "\\", "\x00", "'||(SELECT name FROM sqlite_master)||'", "name); DELETE FROM Item; --", "ATTACH DATABASE 'x'")  # fmt: skip
    for text in texts:
        tests = [{"args": [text], "expect": 0 if text not in ("%", "_") else 2}]
        given = task("key: String", tests=tests, world=rows)
        equal = tests[0] | {"expect": 0}
        body = f"return nasl.util.Length(FROM({ITEM}, Item => $.WHERE(Item.name == key)));"
        exact = task("key: String", tests=[equal], world=rows)
        yield f"value {text!r}", exact, logic(body, "key: String"), frozenset({"passed"})
        body = f"return nasl.util.Length(FROM({ITEM}, Item => $.WHERE(LIKE(Item.name, key))));"
        yield f"pattern {text!r}", given, logic(body, "key: String"), frozenset({"passed", "wrong_answer"})
        order = f"return nasl.util.Length(FROM({ITEM}, Item => $.ORDER_BY([key, 'ASC'])));"
        yield f"order {text!r}", given, logic(order, "key: String"), HARMLESS | {"type_error"}
        made = (
            f"{ITEM}.create(nasl.util.NewEntity<{ITEM[:-6]}>({{ name: key }})); return nasl.util.Length(FROM({ITEM}, "
        )
        made += "Item => $.WHERE(Item.name == key))) - 1;"
        yield f"stored {text!r}", exact, logic(made, "key: String"), frozenset({"passed"})


# --- tests that mean harm


def _hostile_tests() -> Iterator[Attack]:
    body, params = logic("return a;", "a: Long"), "a: Long"
    bad = HARMLESS | {"bad_task"}
    worlds: dict[str, Any] = {
        "unknown key": {"files": {"/etc/passwd": "x"}}, "zone as a path": {"timezone": "../../../etc/passwd"},
        "zone without end": {"timezone": "A" * 100_000}, "now as a number": {"now": 1e300}, "now far away": {"now": "9999-12-31T23:59:59+00:00"},
        "seed as text": {"seed": "x"}, "rows of no entity": {"db": {"sqlite_master": [{"name": "x"}]}},
        "rows with no property": {"db": {"Item": [{"__class__": 1}]}}, "rows as text": {"db": {"Item": "x"}},
        "rows without end": {"db": {"Item": [{"name": "x"}] * 5_000}}, "keys that are equal": {"db": {"Item": [{"id": 1}, {"id": 1}]}},
        "row too long": {"db": {"Item": [{"name": "x" * 3_000_000}]}}, "calls as text": {"calls": "x"},
        "calls without end": {"calls": [{"target": "a", "result": 1}] * 20_000}, "config as list": {"config": [1]},
        "user as number": {"user": 5}, "deep user": {"user": {"roles": _nested(300)}}, "locale": {"locale": "../../x"},
        "browser": {"browser": {"url": "file:///etc/passwd"}},
    }  # fmt: skip
    for name, world in worlds.items():
        given = task(params, tests=[{"args": [0], "expect": 0}], world=world)
        yield f"world: {name}", given, body, bad
    arguments: dict[str, Any] = {
        "text for a number": "x", "list for a number": [1], "huge number": 10**400, "fraction": 1.5, "not finite": "1e999",
        "object": {"__class__": "x"}, "null": None, "true": True,
    }  # fmt: skip
    for name, value in arguments.items():
        yield f"argument: {name}", task(params, tests=[{"args": [value], "expect": 0}]), body, bad
    expectations: dict[str, Any] = {
        "text": "x",
        "deep": _nested(300),
        "huge": 10**400,
        "object": {"a": {"b": 1}},
        "long": "x" * 1_000_000,
    }
    for name, value in expectations.items():
        yield f"expected: {name}", task(params, tests=[{"args": [0], "expect": value}]), body, bad
    others: dict[str, dict[str, Any]] = {
        "no arguments": {"expect": 0}, "many arguments": {"args": list(range(1_000)), "expect": 0},
        "rows of no entity": {"args": [0], "expect_db": {"Nothing": []}}, "tolerance as text": {"args": [0], "expect": 0, "tolerance": "x"},
        "tolerance without end": {"args": [0], "expect": 0, "tolerance": "Infinity"}, "error of no name": {"args": [0], "raises": "../x"},
    }  # fmt: skip
    for name, test in others.items():
        yield f"test: {name}", task(params, tests=[test]), body, bad


# --- texts that are no programs


def _broken_texts() -> Iterator[Attack]:
    texts = {
        "nothing": "", "blanks": " \n" * 1_000, "NUL": "\x00" * 1_000, "byte order mark": "\ufeff", "half a surrogate": "\ud800",
        "brackets": "{[(<" * 5_000, "closing brackets": ")]}>" * 5_000, "quotes": "'\"`" * 3_000, "templates": "${`" * 2_000,
        "comments": "/*" * 5_000, "markup": "<a><b>" * 2_000, "generics": "a<" * 3_000, "arrows": "=> " * 3_000,
        "Python": "import os\nos.system('true')\n", "a shell": "; rm -rf / #", "JSON": '{"concept": "App", "logics": []}',
        "forged JSON AST": '{"concept": "Logic", "body": [{"concept": "JSBlock", "code": "process.exit()"}]}',
        "right to left": "\u202eexport\u202c", "one long line": "a" * 300_000, "one long name": "let " + "名" * 50_000,
        "words": "export " * 5_000, "numbers": "1" * 100_000, "dots": "a" + ".b" * 20_000, "regex": "/" + "(" * 5_000 + "/g",
    }  # fmt: skip
    for name, text in texts.items():
        yield name, task(), text, REFUSED
