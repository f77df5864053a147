"""Pages as trees: whatever page tree is printed reads back as the same tree, and printing that changes nothing."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_syntax import cases, shape

from naslforge.lang import Source, format_source, normalise, print_node, print_unit
from naslforge.lang import nodes as n
from naslforge.lang.diagnostics import apply_edits
from naslforge.lang.lower import lower
from naslforge.lang.lower.tags import markup
from naslforge.lang.lower.tokens import tokens

SOURCE = Source("tree.ts", "")
AT = SOURCE.span(0, 0)
WORDS = st.sampled_from(["a", "order", "名称", "x1", "$item", "very_long_name_of_something_that_is_shown"])
TEXTS = st.text(
    st.sampled_from("aé中 '\"&<>{}`$\\;=/1\n") | st.characters(min_codepoint=32, max_codepoint=0x2FFF), max_size=30
)
TAGS = st.sampled_from(["UText", "UButton", "ULinearLayout", "UTableViewColumn", "ElTable", "VanCell"])


def ident(name: str) -> n.Ident:
    return n.Ident(AT, name)


def member(names: list[str]) -> n.Expr:
    found: n.Expr = n.Name(AT, names[0])
    for name in names[1:]:
        found = n.Member(AT, found, ident(name))
    return found


CONCAT = member(["nasl", "util", "Concat"])
PATHS = st.lists(WORDS, min_size=1, max_size=4).map(member)
VALUES = st.recursive(
    PATHS | st.builds(lambda text: n.Text(AT, text), TEXTS) | st.integers(0, 99).map(lambda i: n.Number(AT, str(i)))
    | st.booleans().map(lambda value: n.Bool(AT, value)),
    lambda inner: st.lists(inner, max_size=3).map(lambda args: n.Call(AT, CONCAT, (), tuple(args)))
    | st.builds(lambda left, right: n.Binary(AT, "+", left, right), inner, inner)
    | st.builds(lambda items: n.ListLiteral(AT, tuple(items)), st.lists(inner, max_size=3))
    | inner.map(lambda value: n.Call(AT, n.Name(AT, "$sync"), (), (value,)))
    | st.builds(lambda value: n.Unary(AT, "!", value), PATHS),
    max_leaves=6,
)  # fmt: skip
STATEMENTS = st.builds(lambda target, value: n.Assign(AT, target, value), PATHS, VALUES) | st.builds(
    lambda test, value: n.If(AT, test, n.Block(AT, (n.Assign(AT, n.Name(AT, "x"), value),)), None), PATHS, VALUES
)
COMMENTS = st.sampled_from(["/* said */", "/* two\n   lines */"]).map(lambda text: n.Comment(AT, text))


@st.composite
def functions(draw: Any) -> n.Function:
    body = n.Block(AT, tuple(draw(st.lists(STATEMENTS, max_size=3))))
    params = tuple(n.Param(AT, ident(name), None) for name in draw(st.sampled_from([(), ("event",)])))
    return n.Function(AT, ident(draw(st.sampled_from(["save", "load", "onAll"]))), None, (), params, None, body)


def handlers() -> st.SearchStrategy[Any]:
    return (
        functions()
        | PATHS
        | st.lists(functions() | PATHS, max_size=3).map(lambda items: n.HandlerList(AT, tuple(items)))
    )


def attributes(elements: st.SearchStrategy[Any]) -> st.SearchStrategy[n.Attribute]:
    def attribute(names: list[str], values: st.SearchStrategy[Any], braced: bool = True) -> Any:
        return st.builds(
            lambda name, value: n.Attribute(AT, ident(name), value, braced), st.sampled_from(names), values
        )

    fragments = st.lists(elements | COMMENTS, max_size=3).map(lambda items: n.Fragment(AT, tuple(items)))
    content = elements | fragments
    slots = content | st.builds(
        lambda params, body: n.SlotTemplate(AT, params, body), st.sampled_from([(), (ident("current"),)]), content
    )
    return (
        attribute(["text", "value", "_if", "$dynamicStyle"], VALUES)
        | attribute(["title", "class"], TEXTS.map(lambda text: n.Text(AT, text)), braced=False)
        | attribute(["clearable", "disabled"], st.none())
        | attribute(["onClick", "onChange"], handlers())
        | attribute(["slotTitle", "slotCell"], slots)
        | attribute(["textField"], VALUES.map(lambda value: n.Lambda(AT, (ident("item"),), value)))
    )


def element(children: st.SearchStrategy[Any]) -> st.SearchStrategy[n.Element]:
    parts = st.lists(children | COMMENTS, max_size=3).map(tuple)
    return st.builds(
        lambda tag, given, content: n.Element(AT, ident(tag), tuple(given), content),
        TAGS, st.lists(attributes(children), max_size=4), parts,
    )  # fmt: skip


LEAVES = st.builds(lambda tag: n.Element(AT, ident(tag), (), ()), TAGS)
ELEMENTS = st.recursive(LEAVES, element, max_leaves=8)


@st.composite
def views(draw: Any) -> n.Unit:
    lets = [n.Let(AT, ident(name), n.TypeName(AT, "String"), None) for name in draw(st.lists(WORDS, max_size=3))]
    entries = tuple(
        n.LifecycleEntry(AT, ident(event), tuple(draw(st.lists(functions() | PATHS, max_size=2))))
        for event in draw(st.lists(st.sampled_from(["onCreated", "onMounted"]), unique=True, max_size=2))
    )
    life = [n.Lifecycles(AT, entries)] if draw(st.booleans()) else []
    logics = draw(st.lists(functions(), max_size=2))
    params = tuple(n.Param(AT, ident(name), n.TypeName(AT, "Long"), None) for name in draw(st.lists(WORDS, max_size=3)))
    page = n.View(AT, ident("page"), None, params, (*lets, *logics, *life), draw(ELEMENTS))
    name = ident("app.frontendTypes.pc.frontends.pc.views")
    return n.Unit(AT, SOURCE, (n.Namespace(AT, name, (page,)),))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(views())
def test_a_printed_page_reads_back_as_the_same_tree(unit: n.Unit) -> None:
    printed = print_unit(unit)
    again, found = lower(Source("again.ts", printed))
    assert [d.message for d in found] == []
    assert shape(again.items) == shape(unit.items)
    assert print_unit(again) == printed
    normalise(again)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(views())
def test_the_scanner_of_tags_finds_nothing_odd_in_a_right_page(unit: n.Unit) -> None:
    data = print_unit(unit).encode()
    found = markup(data)
    assert all(len(place) == 1 for place in found.places)
    assert found.texts == [] and found.comments == []
    assert not any(
        tag.open or tag.odd or any(a.missing or a.kind == "bare" for a in tag.attributes) for tag in found.tags
    )
    assert sum(1 for tag in found.tags if tag.kind == "open") == sum(1 for tag in found.tags if tag.kind == "close")


def test_parts_of_a_page_print_alone() -> None:
    unit, _ = lower(
        Source("a.ts", "export function view() { let a: Long; const $lifecycles = {}; return <A b={<B/>} c='d'/>; }")
    )
    page = unit.items[0]
    assert isinstance(page, n.View)
    assert isinstance(page.root, n.Element)
    assert print_node(page.root) == '<A b={<B></B>} c="d"></A>'
    assert print_node(page.root.attributes[1]) == 'c="d"'
    assert print_node(page.members[1]) == "const $lifecycles = {};"
    assert print_node(page).startswith("export function view() {\n")


def test_equal_pages_are_told_by_their_normal_text() -> None:
    one = """/** @title A */ export function view() { let a: Long; /* c */ function f(e) { a = 1; }
      return <A b={a} c={f} s={(x) => <B t={x.a}/>}>{/* d */}</A>; }"""
    other = """export function view() { let v: Long; function g(event) { v = 1; }
      return <A b={v} c={g} s={(y) => <B t={y.a}></B>}></A>; }"""
    third = other.replace("y.a", "y.b")
    texts = [normalise(lower(Source("a.ts", text))[0]) for text in (one, other, third)]
    assert texts[0] == texts[1] != texts[2]


@pytest.mark.parametrize("width", [40, 80, 119, 121, 200])
def test_long_attributes_keep_their_tree(width: int) -> None:
    text = (
        f'export function view() {{ return <UText text="{"x" * width}" color={{{"a" * width}}} onClick={{save}}/>; }}'
    )
    printed = format_source(text)
    assert format_source(printed) == printed
    assert max(map(len, printed.split("\n"))) <= max(120, width + 20)


def spoilt(rng: Random, texts: list[str]) -> tuple[str, int]:
    """A page with one wrong token, and the line of that."""
    data = rng.choice(texts).encode()
    token = rng.choice(list(tokens(data)))
    more = rng.choice([b"", token.data, b"@@", b") ", b"= ", b"< ", b"}"])
    wrong = more + b" " * (more == token.data) + token.data if more else b""
    text = data[: token.start] + wrong + data[token.end :]
    return text.decode("utf-8", "replace"), data[: token.start].count(b"\n") + 1


def test_one_wrong_token_in_a_page_is_found_at_its_line() -> None:
    rng = Random(11)
    texts = [case.text for case in cases() if case.path.stem == "pages"]
    near = silent = alone = 0
    for _ in range(200):
        text, at = spoilt(rng, texts)
        lines = [d.span.source.position(d.span.start).line for d in lower(Source("a.ts", text))[1]]
        silent += not lines
        near += bool(lines) and min(abs(one - at) for one in lines) <= 1
        alone += bool(lines) and all(abs(one - at) <= 2 for one in lines)
    assert near + silent >= 0.95 * 200
    assert alone + silent >= 0.88 * 200


def test_safe_fixes_of_spoilt_pages_bring_no_new_faults() -> None:
    rng = Random(5)
    texts = [case.text for case in cases() if case.path.stem in ("pages", "page_habits")]
    applied = worse = 0
    for _ in range(60):
        source = Source("a.ts", spoilt(rng, texts)[0])
        found = lower(source)[1]
        for fix in (fix for d in found for fix in d.fixes if fix.applicability == "safe" and fix.edits):
            applied += 1
            worse += len(lower(Source("b.ts", apply_edits(source, fix.edits)))[1]) > len(found)
    assert applied > 100
    assert worse <= 0.01 * applied
