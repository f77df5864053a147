"""Pages and projects, checked: what is right stays silent, one fault is told once, and facts are there for who runs."""

import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from naslforge.lang import Checked, Source, check, fix, nodes, render
from naslforge.lang.components import components, is_foreign, plain_names, validations
from naslforge.lang.diagnostics import Rule
from naslforge.lang.scope import ElementCall, ElementRef, ElementState, Local, PageLogicCall, SyncCall
from naslforge.lang.types import DECIMAL, LONG, STRING, Entity, ListOf, Structure, show

SPECS = Path(__file__).parent / "spec" / "pages"
REFERENCE = Path(__file__).parents[2] / "shared" / "nasl" / "REFERENCE.md"
ORDER = "app.dataSources.defaultDS.entities.Order"
VIEWS = "app.frontendTypes.pc.frontends.pc.views"
CONTEXT = """
export namespace app.enums { export enum Status { open = 'open', paid = 'paid' } }
export namespace app.dataSources.defaultDS.entities {
  export class Order {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    orderNo: String; amount: Decimal; status: app.enums.Status; dueDate: Date; createdTime: DateTime; paid: Boolean;
  }
}
export namespace app.logics {
  export declare function orders(): List<app.dataSources.defaultDS.entities.Order>;
  export declare function paged(page: Long, size: Long): { list: List<app.dataSources.defaultDS.entities.Order>, total: Long };
  export declare function one(id: Long): app.dataSources.defaultDS.entities.Order;
  export declare function clean();
}
export namespace app.frontendTypes.pc.frontends.pc.variables { export let theme: String = 'light'; }
export namespace app.frontendTypes.pc.frontends.pc.logics {
  export function money(amount: Decimal): String { return nasl.util.FormatNumber(amount, 2); }
}
export namespace app.frontendTypes.pc.frontends.pc.views {
  export function home() { return <URouterView></URouterView>; }
  export function detail(orderId: Long, tab: String = 'main') { return <UText text={tab + orderId}></UText>; }
}
"""  # noqa: E501


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    expected: str


def cases(name: str) -> list[Case]:
    """The pages of a spec, each with the block that follows it."""
    text = (SPECS / f"{name}.md").read_text("utf-8")
    found = []
    for part in text.split("\n## ")[1:]:
        blocks = re.findall(r"^```(\w+)\n(.*?)^```$", part, re.M | re.S)
        assert blocks[0][0] == "page"
        found.append(Case(part.partition("\n")[0], blocks[0][1], blocks[1][1] if len(blocks) > 1 else ""))
    return found


def page(inside: str) -> str:
    """A page around its head and its root; the root begins at the first line with a tag."""
    head, _, root = f"\n{inside.strip()}".partition("\n<")
    return f"export namespace {VIEWS} {{\nexport function orders() {{\n{head}\nreturn <{root};\n}}\n}}\n"


def checked(text: str) -> Checked:
    return check([Source("context.ts", CONTEXT, context=True), Source("page.ts", text)])


def told(result: Checked) -> list[tuple[str, str]]:
    return [(d.rule.name, d.span.text) for d in result.diagnostics if not d.span.source.context]


def errors(result: Checked) -> list[tuple[str, str]]:
    return [(d.rule.name, d.span.text) for d in result.errors]


# --- what is right


@pytest.mark.parametrize("case", cases("right"), ids=lambda case: case.name)
def test_right_pages_are_silent(case: Case) -> None:
    assert told(checked(page(case.text))) == []


def test_the_examples_of_the_reference_check() -> None:
    if not REFERENCE.exists():
        pytest.skip("the reference is not beside this checkout")
    blocks = re.findall(r"```ts\n(.*?)```", REFERENCE.read_text("utf-8"), re.S)
    enums = next(b for b in blocks if "enum OrderStatus" in b)
    whole = next(b for b in blocks if "export namespace app.dataSources" in b)
    detail = next(b for b in blocks if "page parameters" in b)
    result = check([Source("enums.ts", enums), Source("shop.ts", whole), Source("detail.ts", detail)])
    assert not result.errors, render(result.errors)


# --- the table of components

KNOWN = {"nasl.ui.MouseEvent", "nasl.ui.FocusEvent", "nasl.ui.KeyboardEvent", "nasl.ui.ValidateEvent", "Rules"}
NO_NAMES = {
    "place", "where", "child", "pages", "appear", "process", "accordion", "as", "columns", "free", "and", "split",
    "placement", "electItem",
}  # fmt: skip


def test_every_row_of_the_table_reads() -> None:
    for component in components().values():
        types = [*component.states.values(), *component.events.values()]
        types += [part.type for method in component.methods.values() for part in method.params]
        assert not [show(t) for t in types if isinstance(t, Structure) and t.name not in KNOWN], component.name
        for known in component.properties.values():
            assert known.default is None or not known.choices or known.default.strip("'") in known.choices
    assert len(components()) > 100 and len(validations()) > 50
    assert "Button" in plain_names() and is_foreign("VanButton") and not is_foreign("UButton")


def test_the_table_has_all_that_the_reference_names() -> None:
    if not REFERENCE.exists():
        pytest.skip("the reference is not beside this checkout")
    text = REFERENCE.read_text("utf-8")
    table = text[text.index("| Component | Main properties") : text.index("Element UI (`El")]
    missing = []
    for line in table.splitlines()[2:]:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        names = [name for name in re.split(r" / |, ", cells[0] if len(cells) == 5 else "") if name[:1] != "…"]
        rows = [components()[name] for name in names if name]
        known = {word for row in rows for word in (*row.properties, *row.events, *row.slots, *row.methods)}
        plain = re.sub(r"\{[^}]*\}|\([^)]*\)|: [^,/]*|= ?[^,/]*", "", " , ".join(cells[1:]))
        words = set(re.findall(r"\b[a-z]\w+", plain)) - NO_NAMES - known
        missing += [f"{cells[0]}: {word}" for word in words if "…" not in cells[0] and names]
    assert missing == []


# --- what is wrong: each fault once, nothing of its consequences


@pytest.mark.parametrize("case", cases("wrong"), ids=lambda case: case.name)
def test_faults_are_told_once(case: Case) -> None:
    result = checked(page(case.text))
    found = sorted(f"{d.rule.name} {d.span.text}" for d in result.errors)
    assert found == sorted(case.expected.splitlines()), render(result.diagnostics)


@pytest.mark.parametrize("case", cases("mended"), ids=lambda case: case.name)
def test_safe_fixes_mend_pages(case: Case) -> None:
    mended = fix([Source("context.ts", CONTEXT, context=True), Source("page.ts", page(case.text))])
    assert mended.texts[1] == page(case.expected)
    assert not mended.checked.errors


# --- facts for who runs pages


def one(result: Checked, text: str, kind: type[nodes.Node]) -> nodes.Node:
    found = [node for node in result.units[1].walk() if isinstance(node, kind) and node.span.text == text]
    assert len(found) == 1, text
    return found[0]


def test_facts_of_a_page() -> None:
    root = (
        '<ULinearLayout><UTableView ref="t" pagination={true} dataSource={paged(elements.$ce.page, elements.$ce.size)}'
        " onClickRow={function choose(event) { picked = event.item; save(); }}>"
        "<UTableViewColumn slotCell={(row) => <UText text={row.item.amount}></UText>}></UTableViewColumn></UTableView>"
        "<UNumberInput value={$sync(picked.amount)}></UNumberInput><UText text={total()}></UText></ULinearLayout>"
    )
    head = (
        f"let picked: {ORDER};\nlet count = 0;\n"
        "function save() { count = count + 1; $refs.t.reload(); }\n"
        "function total() { let result; result = count + $refs.t.data.length; return result; }"
    )
    result = checked(page(f"{head}\n{root}"))
    assert told(result) == []
    assert result.types[one(result, "row.item", nodes.Member)] == Entity(ORDER)
    assert result.types[one(result, "event.item", nodes.Member)] == Entity(ORDER)
    assert result.types[one(result, "$refs.t.data", nodes.Member)] == ListOf(Entity(ORDER))
    assert result.types[one(result, "$sync(picked.amount)", nodes.Call)] == DECIMAL
    assert isinstance(result.calls[one(result, "$sync(picked.amount)", nodes.Call)], SyncCall)
    assert isinstance(result.calls[one(result, "$refs.t.reload()", nodes.Call)], ElementCall)
    called = result.calls[one(result, "save()", nodes.Call)]
    assert isinstance(called, PageLogicCall) and (called.page, called.name) == (f"{VIEWS}.orders", "save")
    state = result.refs[one(result, "elements.$ce.page", nodes.Member)]
    assert isinstance(state, ElementState) and state.name == "page" and state.element.tag.name == "UTableView"
    owner = one(result, "elements.$ce.page", nodes.Member).object  # type: ignore[attr-defined]
    assert isinstance(result.refs[owner], ElementRef)
    view = next(item for item in result.units[1].walk() if isinstance(item, nodes.View))
    assert [show(result.names[let]) for let in view.variables] == [ORDER, "Long"]
    assert [show(result.results[logic]) for logic in view.logics] == ["void", "Long"]
    slot = next(node for node in view.walk() if isinstance(node, nodes.SlotTemplate))
    assert result.names[slot.params[0]] == Structure("nasl.ui.Current", (Entity(ORDER),))
    refs = [result.refs.get(node) for node in view.walk() if isinstance(node, nodes.Name) and node.name == "count"]
    assert refs and all(isinstance(ref, Local) and ref.kind == "page" for ref in refs)


def test_variables_without_a_type_take_the_first_assignment() -> None:
    head = "let rows;\nlet name;\n"
    head += "const $lifecycles = { onCreated: [function load() { rows = orders(); name = rows.length; }] };"
    root = (
        "<ULinearLayout><UText text={name}></UText><UListComponents dataSource={rows}"
        " slotDefault={(row) => <UText text={row.item.orderNo}></UText>}></UListComponents></ULinearLayout>"
    )
    result = checked(page(f"{head}\n{root}"))
    assert told(result) == []
    view = next(item for item in result.units[1].walk() if isinstance(item, nodes.View))
    assert [result.names[let] for let in view.variables] == [ListOf(Entity(ORDER)), LONG]


def test_variables_bound_only_two_way_take_the_type_of_the_component() -> None:
    result = checked(page("let name;\n<UInput value={$sync(name)}></UInput>"))
    assert told(result) == []
    view = next(item for item in result.units[1].walk() if isinstance(item, nodes.View))
    assert result.names[view.variables[0]] == STRING


def test_pages_know_each_other_and_the_server_knows_none() -> None:
    text = "export namespace app.logics { export function f() { nasl.ui.showMessage('a'); } }"
    assert told(checked(page('<UText text="a"></UText>') + text)) == [("client-only", "nasl.ui.showMessage")]


# --- robust

_TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|[\w$]+|\s+|=>|.", re.S)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_makes_the_checker_of_pages_fall(seed: int) -> None:
    chance = random.Random(seed)
    sources = [page(case.text) for case in cases("right")]
    for _ in range(6):
        tokens = _TOKEN.findall(chance.choice(sources))
        for _ in range(chance.choice([1, 2, 4])):
            at = chance.randrange(len(tokens))
            other = chance.choice([*tokens, "$refs", "elements", ".", "{", "}", "<", "/>", "event", "current", "null"])
            tokens[at : at + chance.randint(0, 1)] = [other] if chance.random() < 0.7 else []
        result = checked("".join(tokens))
        for form in ("text", "json", "feedback"):
            render(result.diagnostics, form)  # type: ignore[arg-type]


def test_no_rule_hides_another() -> None:
    """The modules of rules share one room of names: the same name twice would lose a rule."""
    check([])
    owners: dict[str, set[str]] = {}
    for name, module in sys.modules.items():
        if name.startswith("naslforge.lang.rules."):
            for key, value in vars(module).items():
                if isinstance(value, Rule):
                    owners.setdefault(key, set()).add(value.code)
    assert {key: codes for key, codes in owners.items() if len(codes) > 1} == {}
