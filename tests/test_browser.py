# ruff: noqa: E501 - pages are written as they read best
"""Pages as they run: variables, life cycle, events, data, forms, dialogs, navigation; a test does what a user would."""

from typing import Any

import pytest

from naslforge.judge import judge
from naslforge.records import Task, Verdict

CONTEXT = """export namespace app.roles { export let Manager: nasl.auth.Role; }
export namespace app.dataSources.defaultDS.entities {
  export class Order {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    orderNo: String;
    amount: Decimal;
    status: String;
  }
}
export namespace app.logics {
  export function loadOrders(status: String, page: Long, size: Long): { list: List<app.dataSources.defaultDS.entities.Order>, total: Long } {
    let result;
    result = PAGINATE(FROM(app.dataSources.defaultDS.entities.OrderEntity, Order => $
      .WHERE(Order.status == status).ORDER_BY([Order.id, 'ASC'])), page, size);
    return result;
  }
  export function allOrders(): List<app.dataSources.defaultDS.entities.Order> {
    return FROM(app.dataSources.defaultDS.entities.OrderEntity, Order => $.ORDER_BY([Order.id, 'ASC']));
  }
}
"""
ROWS = [{"orderNo": f"N{i}", "amount": i * 10, "status": "open" if i % 2 else "done"} for i in range(1, 8)]
VIEWS = "app.frontendTypes.pc.frontends.pc.views"


def page(head: str, root: str, more: str = "", params: str = "") -> str:
    return f"export namespace {VIEWS} {{\n  export function main({params}) {{\n{head}\n    return {root};\n  }}\n{more}\n}}\n"


def visit(source: str, *tests: dict[str, Any], **world: Any) -> Verdict:
    record = {"id": "page", "sublanguage": "page", "instruction": "-", "entry": f"{VIEWS}.main", "context": CONTEXT}
    full = {"db": {"Order": ROWS}, **world}
    return judge(Task.from_json({**record, "tests": list(tests), "world": full}), source)


def seen(verdict: Verdict) -> list[str | None]:
    assert verdict.status not in ("syntax_error", "type_error", "bad_task", "sandbox_error"), verdict.diagnostics
    return [test.difference for test in verdict.tests]


TABLE = """<ULinearLayout>
      <UInput ref="key" value={$sync(filter)}></UInput>
      <UTableView ref="table" dataSource={app.logics.loadOrders(filter, elements.$ce.page, elements.$ce.size)}
        pagination={true} pageSize={2}>
        <UTableViewColumn slotTitle={<UText text="Number"></UText>}
          slotCell={(current) => <UText text={current.item.orderNo}></UText>}></UTableViewColumn>
        <UTableViewColumn slotTitle={<UText text="Remove"></UText>} slotCell={(current) => <UButton ref="remove" text="X"
          onClick={function remove(event) {
            app.dataSources.defaultDS.entities.OrderEntity.delete(current.item.id);
            nasl.ui.showMessage(current.item.orderNo + ' removed');
            $refs.table.reload();
          }}></UButton>}></UTableViewColumn>
      </UTableView>
    </ULinearLayout>"""


def test_a_table_shows_pages_follows_its_filter_and_its_rows_act() -> None:
    left = [{"orderNo": f"N{i}"} for i in (1, 2, 4, 5, 6, 7)]
    verdict = visit(
        page("let filter: String = 'open';", TABLE),
        {"steps": [], "expect_ui": {"visible": ["Number", "N1", "N3"], "hidden": ["N2", "N5"]}},
        {"steps": [{"set": ["key", "done"]}], "expect_ui": {"visible": ["N2", "N4"], "hidden": ["N1"]}},
        {"steps": [{"fire": ["table", "onPage", [{"number": 2, "size": 2}]]}], "expect_ui": {"visible": ["N5", "N7"]}},
        {"steps": [{"fire": ["remove[1]", "onClick"]}], "expect_db": {"Order": left},
         "expect_ui": {"messages": ["N3 removed"], "visible": ["N1", "N5"], "hidden": ["N3"]}},
        {"steps": [], "expect_ui": {"elements": {"table": {"total": 4, "page": 1}, "key": {"value": "open"}}}},
    )  # fmt: skip
    assert seen(verdict) == [None] * 5 and verdict.passed


def test_what_differs_is_told_by_its_smallest_path() -> None:
    verdict = visit(
        page("let filter: String = 'open';", TABLE),
        {"steps": [], "expect_ui": {"visible": ["N2"]}},
        {"steps": [], "expect_ui": {"variables": {"filter": "done"}}},
        {"steps": [{"fire": ["remove[0]", "onClick"]}], "expect_ui": {"messages": ["gone"]}},
        {"steps": [{"fire": ["nothing", "onClick"]}], "expect_ui": {}},
        {"steps": [{"fire": ["remove[7]", "onClick"]}], "expect_ui": {}},
    )  # fmt: skip
    told = seen(verdict)
    assert verdict.status == "wrong_state"
    assert told[0] and told[0].startswith('ui.visible: expected the text "N2"')
    assert told[1] == 'ui.variables.filter: expected "done", got "open"'
    assert told[2] == 'ui.messages[0]: expected "gone", got "N1 removed"'
    assert told[3] == "steps[0]: the element 'nothing' is not on the page"
    assert told[4] == "steps[0]: the element 'remove[7]' cannot be seen now"


def test_life_cycle_page_logics_and_conditions() -> None:
    head = """    let log: String = '';
    let n: Long = 0;
    function add(step: Long): Long { n = n + step; return n; }
    const $lifecycles = {
      onCreated: [function first() { log = log + 'c'; }, function second() { log = log + 'd'; }],
      onMounted: [function third() { log = log + 'm'; }],
    };"""
    root = """<ULinearLayout>
      <UText text={`${log} ${n}`}></UText>
      <UText text="many" _if={n > 2}></UText>
      <UText text="secret" _show={n > 100}></UText>
      <UButton ref="plus" text="+" disabled={n > 2} onClick={function plus(event) { add(2); }}></UButton>
    </ULinearLayout>"""
    click = {"fire": ["plus", "click"]}
    verdict = visit(
        page(head, root),
        {"steps": [], "expect_ui": {"texts": ["cdm 0", "+"]}},
        {"steps": [click, click], "expect_ui": {"texts": ["cdm 4", "many", "+"], "variables": {"n": 4}}},
        {"steps": [{"call": ["add", [5]]}], "expect": 5, "expect_ui": {"hidden": ["secret"]}},
        {"steps": [click, click, click], "expect_ui": {}},
        {"steps": [{"fire": ["text=+", "onClick"]}], "expect_ui": {"variables": {"n": 2}}},
    )
    assert seen(verdict) == [None, None, None, "steps[2]: the element 'plus' is disabled", None]


def test_forms_check_their_fields() -> None:
    root = """<UForm ref="form">
      <UFormItem required={true} rules={[nasl.validation.maxLength(5)]} slotLabel={<UText text="Name"></UText>}>
        <UInput ref="name" value={$sync(name)} emptyValueIsNull={true}></UInput>
      </UFormItem>
      <UFormItem rules={[nasl.validation.email()]}><UInput ref="mail" value={$sync(mail)}></UInput></UFormItem>
      <UButton ref="save" text="Save" onClick={function save(event) {
        if ($refs.form.validate().valid) { nasl.ui.showMessage('saved'); } else { nasl.ui.showMessage('wrong'); }
      }}></UButton>
    </UForm>"""
    save = {"fire": ["save", "onClick"]}
    verdict = visit(
        page("let name: String; let mail: String;", root),
        {"steps": [save], "expect_ui": {"messages": ["wrong"], "visible": ["不能为空"]}},
        {"steps": [{"set": ["name", "Ann"]}, save], "expect_ui": {"messages": ["saved"], "hidden": ["不能为空"]}},
        {
            "steps": [{"set": ["name", "Annabel"]}, save],
            "expect_ui": {"messages": ["wrong"], "visible": ["长度不能大于 5"]},
        },
        {"steps": [{"set": ["name", "Ann"]}, {"set": ["mail", "x"]}, save], "expect_ui": {"messages": ["wrong"]}},
        {"steps": [{"set": ["name", "Ann"]}, {"set": ["mail", "a@b.cn"]}, save], "expect_ui": {"messages": ["saved"]}},
        {"steps": [{"set": ["name", "Ann"]}, {"set": ["name", ""]}], "expect_ui": {"variables": {"name": None}}},
    )
    assert seen(verdict) == [None] * 6


def test_dialogs_open_and_close() -> None:
    root = """<ULinearLayout>
      <UButton ref="ask" text="Ask" onClick={function ask(event) { $refs.dialog.open(); }}></UButton>
      <UModal ref="dialog" slotBody={<UText text="Sure?"></UText>}></UModal>
    </ULinearLayout>"""
    ask = {"fire": ["ask", "onClick"]}
    verdict = visit(
        page("", root),
        {"steps": [], "expect_ui": {"hidden": ["Sure?"]}},
        {"steps": [ask], "expect_ui": {"visible": ["Sure?"]}},
        {"steps": [ask, {"fire": ["dialog", "onClose"]}], "expect_ui": {"hidden": ["Sure?"]}},
    )
    assert seen(verdict) == [None] * 3


def test_lists_repeat_their_content_and_choices_tell_what_was_chosen() -> None:
    root = """<ULinearLayout>
      <UListComponents dataSource={app.logics.allOrders()}
        slotDefault={(current) => <UText text={`${current.index}:${current.item.orderNo}`}></UText>}></UListComponents>
      <USelect ref="order" dataSource={app.logics.allOrders()} textField="orderNo" valueField="id" value={$sync(chosen)}
        onSelect={function pick(event) { nasl.ui.showMessage(event.item.orderNo); }}></USelect>
    </ULinearLayout>"""
    verdict = visit(
        page("let chosen: Long;", root),
        {"steps": [], "expect_ui": {"visible": ["0:N1", "6:N7", "N3"]}},
        {"steps": [{"set": ["order", 3]}], "expect_ui": {"messages": ["N3"], "variables": {"chosen": 3}}},
    )
    assert seen(verdict) == [None] * 2


def test_navigation_address_and_guards() -> None:
    more = """  export function detail(id: Long, tab: String = 'main') { return <UText text={`${id} ${tab}`}></UText>; }
  /** @auth @roles Manager */
  export function secret() { return <UText text="secret"></UText>; }"""
    root = """<ULinearLayout>
      <UText text={`${at}`}></UText>
      <UButton ref="go" text="Go" onClick={function go(event) { nasl.ui.destination('pc.detail', { id: 7 }); at = at + 1; }}></UButton>
      <ULink ref="link" text="Link" hrefAndTo={nasl.ui.destination('pc.secret', {})}></ULink>
      <UButton ref="out" text="Out" onClick={function out(event) { nasl.ui.gotoLink('https://example.org/x', '_blank'); }}></UButton>
    </ULinearLayout>"""
    source = page("", root, more, params="at: Long = 1")
    go, link = {"fire": ["go", "onClick"]}, {"fire": ["link", "onClick"]}
    verdict = visit(
        source,
        {
            "steps": [go],
            "expect_ui": {
                "page": "pc.detail",
                "texts": ["7 main"],
                "navigations": [{"page": "pc.detail", "params": {"id": 7}}],
            },
        },
        {"steps": [], "world": {"browser": {"query": {"at": "5"}}}, "expect_ui": {"visible": ["5"]}},
        {"steps": [], "world": {"browser": {"query": {"at": "five"}}}, "expect_ui": {"visible": ["1"]}},
        {
            "steps": [{"fire": ["out", "onClick"]}],
            "expect_ui": {"navigations": ["https://example.org/x"], "page": "pc.main"},
        },
        {"steps": [link], "expect_ui": {"page": None, "navigations": ["pc.secret", "noAuth"]}},
        {
            "steps": [link],
            "world": {"user": {"userName": "a", "roles": ["Manager"]}},
            "expect_ui": {"texts": ["secret"]},
        },
        {
            "steps": [go, {"open": ["pc.main"]}, {"open": ["pc.detail", {"id": "3", "tab": "x"}]}],
            "expect_ui": {"texts": ["3 x"]},
        },
    )
    assert seen(verdict) == [None] * 7


@pytest.mark.parametrize("test", [
    {"steps": [{"jump": 1}]}, {"steps": ["click"]}, {"steps": [{"set": ["a"]}]}, {"steps": [], "expect_ui": {"look": 1}},
])  # fmt: skip
def test_a_wrong_test_is_a_bad_task(test: dict[str, Any]) -> None:
    assert visit(page("", '<UInput ref="a"></UInput>'), {"expect_ui": {}, **test}).status == "bad_task"


def test_a_page_that_never_rests_ends() -> None:
    head = "let n: Long = 0; const $lifecycles = { onUpdated: [function again() { n = n + 1; }] };"
    root = '<UButton ref="b" text="b" onClick={function go(event) { n = n + 1; }}></UButton>'
    verdict = visit(page(head, root), {"steps": [{"fire": ["b", "onClick"]}], "expect_ui": {}})
    assert verdict.status == "runtime_error"


def test_verdicts_of_pages_are_the_same_every_time() -> None:
    test = {"steps": [{"set": ["key", "done"]}], "expect_ui": {"visible": ["N2"]}}
    first, second = (visit(page("let filter: String = 'open';", TABLE), test) for _ in range(2))
    assert first.steps == second.steps > 0 and first.status == second.status == "passed"
