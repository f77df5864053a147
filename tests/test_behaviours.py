# ruff: noqa: E501 - pages are written as they read best
"""What components do by themselves and what a user can do with them: choosing, folding, sorting, paging, keeping."""

from typing import Any

import pytest

from naslforge.judge import judge
from naslforge.lang.components import components
from naslforge.records import Task, Verdict
from naslforge.run.widgets import CHANGES, CHOICES, FOLDED, ITEMS, MAIN, ONE_SHOWN, OPENED, TYPED, UNFOLDED

E = "app.dataSources.defaultDS.entities"
VIEWS = "app.frontendTypes.pc.frontends.pc.views"
CONTEXT = f"""export namespace app.enums {{ export enum Status {{ /** Open */ open = 'open', /** Done */ done = 'done' }} }}
export namespace {E} {{
  export class Order {{
    @Property({{ primaryKey: true, generationRule: 'auto' }}) id: Long;
    orderNo: String;
    amount: Decimal;
    dueDate: Date;
    status: app.enums.Status;
  }}
}}
export namespace app.frontendTypes.pc.frontends.pc.variables {{
  /** @localCache */
  export let theme: String = 'light';
  /** @localCache */
  export let visits: Long = 0;
  export let session: Long = 1;
}}
export namespace apis.mail.interfaces {{ export declare function send(to: String): Boolean; }}
export namespace app.logics {{
  export function orders(): List<{E}.Order> {{ return FROM({E}.OrderEntity, Order => $); }}
  export function paged(page: Long, size: Long, sort: String, order: String): {{ list: List<{E}.Order>, total: Long }} {{
    let result;
    result = PAGINATE(FROM({E}.OrderEntity, Order => $.ORDER_BY([sort, order])), page, size);
    return result;
  }}
  export function notify(id: Long): Boolean {{
    let order: {E}.Order;
    let sent: Boolean;
    order = {E}.OrderEntity.get(id);
    sent = apis.mail.interfaces.send(order.orderNo);
    return sent;
  }}
  export function stop() {{ abort('not now'); }}
}}
"""
V = "app.frontendTypes.pc.frontends.pc.variables"
ROWS = [
    {"orderNo": "B", "amount": 20, "status": "open", "dueDate": "2026-02-01"},
    {"orderNo": "C", "amount": None, "status": "done"},
    {"orderNo": "A", "amount": 10, "status": "open", "dueDate": "2026-01-01"},
]
TRUE: dict[str, Any] = {"target": "apis.mail.interfaces.send", "result": True}


def visit(head: str, root: str, *tests: dict[str, Any], params: str = "", more: str = "", **world: Any) -> Verdict:
    source = f"export namespace {VIEWS} {{\n  export function main({params}) {{\n{head}\n    return {root};\n  }}\n{more}\n}}\n"
    record = {"id": "page", "sublanguage": "page", "instruction": "-", "entry": f"{VIEWS}.main", "context": CONTEXT}
    full = {"db": {"Order": ROWS}, "calls": [TRUE], **world}
    found = judge(Task.from_json({**record, "tests": list(tests), "world": full}), source)
    assert found.status not in ("syntax_error", "type_error", "practice_error", "sandbox_error"), found.diagnostics
    return found


def told(verdict: Verdict) -> list[str | None]:
    assert verdict.status != "bad_task", verdict.diagnostics
    return [test.difference for test in verdict.tests]


def ui(*steps: dict[str, Any], **seen: Any) -> dict[str, Any]:
    return {"steps": list(steps), "expect_ui": seen}


def step(ref: str, value: Any) -> dict[str, Any]:
    return {"set": [ref, value]}


def fire(ref: str, event: str = "onClick", *args: Any) -> dict[str, Any]:
    return {"fire": [ref, event, list(args)]}


# --- tables of behaviour and of components agree


def test_the_tables_name_components_and_parts_that_there_are() -> None:
    known = components()
    for tag, name in (*OPENED.items(), *MAIN.items(), *((tag, name) for tag, (name, _) in FOLDED.items())):
        assert name in known[tag].properties or tag == "UToastSingle", (tag, name)  # a toast only has methods
    for tag, (item, name) in ITEMS.items():
        assert tag in known and name in known[item].properties
    assert all(tag in known and item in known for tag, item in ONE_SHOWN.items())
    assert all(tag in known for tag in TYPED)
    told = {**CHOICES, **UNFOLDED, **{tag: events for (tag, _), events in CHANGES.items()}}
    missing = {(tag, event) for tag, events in told.items() for event in events if event not in known[tag].events}
    assert not missing, missing


# --- choosing


@pytest.mark.parametrize("root, good, bad", [
    ("<USelect ref='c' dataSource={nasl.util.EnumToList<app.enums.Status>()} value={$sync(v)}></USelect>", "open", "gone"),
    ("<URadios ref='c' value={$sync(v)}><URadio label='open'></URadio><URadio label='done'></URadio></URadios>", "done", "gone"),
    ("<USelect ref='c' value={$sync(v)}><USelectItem value='open' text='O'></USelectItem><USelectItem value='x' disabled={true}></USelectItem></USelect>", "open", "x"),
    ("<UCapsules ref='c' value={$sync(v)}><UCapsule value='open' label='O'></UCapsule></UCapsules>", "open", "done"),
    ("<UTabs ref='c' value={$sync(v)}><UTab value='open' title='O'></UTab></UTabs>", "open", "done"),
    ("<USelect ref='c' multiple={true} converter='join' dataSource={app.logics.orders()} valueField='orderNo' value={$sync(v)}></USelect>", "A,B", "A,D"),
])  # fmt: skip
def test_only_what_is_offered_can_be_chosen(root: str, good: str, bad: str) -> None:
    found = told(visit("let v: String;", root, ui(step("c", good), variables={"v": good}), ui(step("c", bad))))
    assert found[0] is None and found[1] and "does not offer" in found[1]


@pytest.mark.parametrize("declared, root, text, value", [
    ("let v: Long;", "<USelect ref='c' value={$sync(v)}><USelectItem value={3} text='周三'></USelectItem><USelectItem value={5} text='周五'></USelectItem></USelect>", "周五", 5),
    ("let v: Long;", "<USelect ref='c' dataSource={app.logics.orders()} textField='orderNo' valueField='id' value={$sync(v)}></USelect>", "C", 2),
    ("let v: String;", "<UTabs ref='c' value={$sync(v)}><UTab value='one' slotTitle={<UText text='第一'></UText>}></UTab><UTab value='two' slotTitle={<UText text='第二'></UText>}></UTab></UTabs>", "第二", "two"),
    # A text that is also another choice's value means that value.
    ("let v: String;", "<USelect ref='c' value={$sync(v)}><USelectItem value='a' text='b'></USelectItem><USelectItem value='b' text='c'></USelectItem></USelect>", "b", "b"),
])  # fmt: skip
def test_a_choice_is_named_by_its_text_too(declared: str, root: str, text: str, value: object) -> None:
    assert told(visit(declared, root, ui(step("c", text), variables={"v": value}))) == [None]


def test_a_text_that_two_choices_show_names_neither() -> None:
    root = "<USelect ref='c' value={$sync(v)}><USelectItem value={1} text='同'></USelectItem><USelectItem value={2} text='同'></USelectItem></USelect>"
    assert "does not take" in str(told(visit("let v: Long;", root, ui(step("c", "同"))))[0])


def test_several_choices_and_the_rows_that_were_chosen() -> None:
    root = """<ULinearLayout>
      <UCheckboxes ref="many" dataSource={app.logics.orders()} textField="orderNo" valueField="id" value={$sync(ids)}
        onCheck={function check(event) { nasl.ui.showMessage(nasl.util.ToString(nasl.util.Length(ids))); }}></UCheckboxes>
      <UTableView ref="table" dataSource={app.logics.orders()} valueField="id" value={$sync(one)} values={$sync(ids)}
        onSelect={function pick(event) { nasl.ui.showMessage(event.item.orderNo); }}
        onClickRow={function row(event) { nasl.ui.showMessage('row ' + event.item.orderNo); }}>
        <UTableViewColumn field="orderNo"></UTableViewColumn></UTableView>
    </ULinearLayout>"""
    found = visit(
        "let ids: List<Long>; let one: Long;", root,
        ui(step("many", [1, 3]), variables={"ids": [1, 3]}, messages=["2"], visible=["A", "B"]),
        ui(step("many", [1, 9])),
        ui(step("table", 2), variables={"one": 2}, messages=["C"]),
        ui(step("table.values", [2, 3]), variables={"ids": [2, 3]}),
        ui(fire("table", "onClickRow", {"index": 2}), messages=["row A"]),
        ui(fire("table", "onClickRow", {"index": 3})),
    )  # fmt: skip
    parts = told(found)
    assert (
        parts[0] is None
        and parts[2:5] == [None] * 3
        and "does not offer 9" in str(parts[1])
        and "0 to 2" in str(parts[5])
    )


def test_a_transfer_list_moves_its_rows() -> None:
    root = """<UTransfer ref="move" source={$sync(left)} target={$sync(right)} textField="text" valueField="value"
      onTransfer={function moved(event) { nasl.ui.showMessage(nasl.util.ToString(nasl.util.Length(event.transfer))); }}></UTransfer>"""
    head = """let left: List<{ text: String, value: String }> = [{ text: 'One', value: '1' }, { text: 'Two', value: '2' }];
    let right: List<{ text: String, value: String }>;"""
    found = visit(head, root, ui(step("move", ["2"]), messages=["1"], variables={
        "left": [{"text": "One", "value": "1"}], "right": [{"text": "Two", "value": "2"}]}))  # fmt: skip
    assert told(found) == [None]


def test_typing_ends_at_the_longest_text_and_dates_make_periods() -> None:
    root = """<ULinearLayout><UInput ref="name" maxlength={3} value={$sync(name)}></UInput>
      <UDatePicker ref="days" range={true} startDate={$sync(from)} endDate={$sync(until)}
        onChange={function changed(event) { nasl.ui.showMessage('changed'); }}></UDatePicker></ULinearLayout>"""
    found = visit(
        "let name: String; let from: Date; let until: Date;", root, ui(step("name", "abc"), variables={"name": "abc"}),
        ui(step("name", "abcd")),
        ui(step("days.startDate", "2026-01-02"), step("days.endDate", "2026-01-09"), messages=["changed", "changed"],
           variables={"from": "2026-01-02", "until": "2026-01-09"}),
        ui(step("days.startDate", "soon")),
    )  # fmt: skip
    first, long, period, bad = told(found)
    assert first is None and period is None and "no more than 3" in str(long) and "does not take 'soon'" in str(bad)


# --- folding, tabs, dialogs


def test_folded_content_and_other_tabs_are_not_seen() -> None:
    root = """<ULinearLayout>
      <UCollapse><UCollapseItem ref="more" title="More"><UText text="inside"></UText></UCollapseItem></UCollapse>
      <UFormGroup ref="group" title="Group" collapsible={true}><UText text="grouped"></UText></UFormGroup>
      <UTabs ref="tabs" value={$sync(tab)}>
        <UTab title="First" value="a"><UText text="content a"></UText></UTab>
        <UTab title="Second" value="b"><UText text="content b"></UText></UTab>
      </UTabs></ULinearLayout>"""
    found = visit(
        "let tab: String;", root,
        ui(visible=["More", "Group", "grouped", "First", "Second", "content a"], hidden=["inside", "content b"]),
        ui(step("more", True), step("group", False), visible=["inside", "Group"], hidden=["grouped"]),
        ui(step("tabs", "b"), visible=["First", "content b"], hidden=["content a"], variables={"tab": "b"}),
    )  # fmt: skip
    assert told(found) == [None] * 3


def test_dialogs_follow_their_variable_and_tell_how_they_were_closed() -> None:
    root = """<ULinearLayout><UButton ref="ask" text="Ask" onClick={function ask(event) { shown = true; }}></UButton>
      <UModal ref="dialog" title="Sure?" visible={$sync(shown)} okButton="Yes" slotBody={<UText text="All of it"></UText>}
        onClose={function closed(event) { if (event.ok) { nasl.ui.showMessage('done'); } }}></UModal>
      <UPopupCombination ref="popup" slotReference={<UText text="hint"></UText>}></UPopupCombination></ULinearLayout>"""
    found = visit(
        "let shown: Boolean = false;", root, ui(hidden=["All of it"]),
        ui(fire("ask"), visible=["Sure?", "All of it", "Yes"], variables={"shown": True}),
        ui(fire("ask"), fire("dialog", "onClose", {"ok": True}), hidden=["All of it"], variables={"shown": False}, messages=["done"]),
        ui(fire("ask"), fire("dialog", "onClose", {"ok": False}), messages=[]),
    )  # fmt: skip
    assert told(found) == [None] * 4


# --- tables


LOCAL = """<UTableView ref="table" dataSource={app.logics.orders()} pagination={true} pageSize={2}>
  <UTableViewColumn field="orderNo" sortable={true}></UTableViewColumn>
  <UTableViewColumn field="amount" sortable={true}></UTableViewColumn>
  <UTableViewColumn field="status"></UTableViewColumn></UTableView>"""
SERVED = """<ULinearLayout><UTableView ref="table" pagination={true} pageSize={2} pageNumber={1} sorting={{ field: 'orderNo', order: 'desc' }}
    dataSource={app.logics.paged(elements.$ce.page, elements.$ce.size, elements.$ce.sort, elements.$ce.order)}>
  <UTableViewColumn field="orderNo" sortable={true}></UTableViewColumn></UTableView>
  <UButton ref="second" text="2" onClick={function second(event) { $refs.table.loadTo(2); }}></UButton></ULinearLayout>"""
SORT, DOWN = {"field": "amount", "order": "asc"}, {"field": "amount", "order": "desc"}


def test_a_whole_list_is_sorted_and_cut_into_pages_by_the_table() -> None:
    page2 = fire("table", "onPage", {"number": 2, "size": 2})
    found = visit(
        "", LOCAL, ui(visible=["B", "C"], hidden=["A"], elements={"table": {"total": 3}}),
        ui(page2, visible=["A"], hidden=["B", "C"]),
        ui(fire("table", "onSort", SORT), visible=["C", "A"], hidden=["B"]),
        ui(fire("table", "onSort", DOWN), visible=["B", "A"], hidden=["C"]),
        ui(fire("table", "onSort", DOWN), page2, visible=["C"], hidden=["A", "B"]),
        ui(fire("table", "onSort", {"field": "status", "order": "asc"})),
    )  # fmt: skip
    parts = told(found)
    assert parts[:5] == [None] * 5 and "no sortable column" in str(parts[5])


def test_a_page_may_turn_its_table_back() -> None:
    table = LOCAL.replace(
        "pageSize={2}>", "pageSize={2} pageNumber={at} onPage={function turned(event) { at = event.number; }}>"
    )
    back = '<UButton ref="back" text="1" onClick={function back(event) { at = 1; }}></UButton>'
    page2 = fire("table", "onPage", {"number": 2, "size": 2})
    found = visit(
        "let at: Long = 1;", f"<ULinearLayout>{table}{back}</ULinearLayout>", ui(page2, visible=["A"], hidden=["B", "C"]),
        ui(page2, fire("back"), visible=["B", "C"], hidden=["A"]),
        ui(page2, fire("back"), page2, visible=["A"], hidden=["B"]),
    )  # fmt: skip
    assert told(found) == [None] * 3


def test_a_served_table_asks_with_its_page_and_order() -> None:
    found = visit(
        "", SERVED, ui(visible=["C", "B"], hidden=["A"], elements={"table": {"total": 3, "page": 1, "sort": "orderNo"}}),
        ui(fire("second"), visible=["A"], hidden=["C"]),
        ui(fire("table", "onSort", {"field": "orderNo", "order": "asc"}), visible=["A", "B"], hidden=["C"]),
    )  # fmt: skip
    assert told(found) == [None] * 3


def test_a_pager_moves_its_page() -> None:
    root = """<ULinearLayout><UPagination ref="pager" page={$sync(page)} pageSize={$sync(size)} totalItems={50}
      onChange={function turned(event) { nasl.ui.showMessage(`${event.page}`); }}></UPagination></ULinearLayout>"""
    found = visit(
        "let page: Long = 1; let size: Long = 20;", root, ui(step("pager", 2), variables={"page": 2}, messages=["2"]),
        ui(step("pager.pageSize", 50), variables={"size": 50, "page": 1}),
    )  # fmt: skip
    assert told(found) == [None] * 2


# --- what the browser keeps and hands over, events of the page, the server


def test_cached_variables_stay_and_others_start_again() -> None:
    head = f"""const $lifecycles = {{ onCreated: [function count() {{ {V}.visits = {V}.visits + 1; {V}.session = {V}.session + 1; }}] }};"""
    root = (
        f"""<ULinearLayout><UText text={{`${{{V}.visits}} ${{{V}.session}} ${{{V}.theme}}`}}></UText></ULinearLayout>"""
    )
    stored = {"browser": {"localStorage": {"visits": "4", "theme": "dark"}}}
    found = visit(
        head, root, ui(visible=["1 2 light"], localStorage={"visits": 1}),
        {**ui({"reload": []}, {"reload": []}, visible=["7 2 dark"], localStorage={"visits": 7, "theme": "dark"}), "world": stored},
        ui(localStorage={"session": 1}), ui(localStorage={"visits": 2}),
    )  # fmt: skip
    first, again, none, wrong = told(found)
    assert first is None and again is None and "no variable with @localCache" in str(none)
    assert wrong == "ui.localStorage.visits: expected 2, got 1"
    bad = visit(head, root, ui(), browser={"localStorage": {"visits": "many"}})
    assert bad.status == "bad_task" and "localStorage" in bad.diagnostics[-1]["message"]


def test_reloading_keeps_what_the_address_says() -> None:
    root = "<UText text={`${id} ${n}`}></UText>"
    head = "let n: Long = 0; const $lifecycles = { onCreated: [function more() { n = n + id; }] };"
    found = visit(head, root, ui({"reload": []}, visible=["7 7"]), params="id: Long", browser={"query": {"id": "7"}})
    assert told(found) == [None]


def test_downloads_and_keys_and_leaving() -> None:
    root = """<UButton ref="save" text="Save" onClick={function save(event) { nasl.io.downloadFile('/f/1.pdf', 'one.pdf'); }}></UButton>"""
    head = """const $lifecycles = {
      onKeydown: [function key(event) { nasl.ui.showMessage(event.code); }],
      onDestroyed: [function gone() { nasl.ui.showMessage('gone'); }],
    };"""
    more = "export function other() { return <UText text='other'></UText>; }"
    found = visit(
        head, root, ui(fire("save"), downloads=[{"fileName": "one.pdf"}]), ui(fire("save"), downloads=["/f/1.pdf"]),
        ui(downloads=["/f/1.pdf"]), ui(fire("save"), downloads=[]),
        ui(fire("$page", "onKeydown", {"code": "Enter"}), messages=["Enter"]),
        ui({"open": ["pc.other"]}, messages=["gone"], texts=["other"]), more=more,
    )  # fmt: skip
    parts = told(found)
    assert parts[:2] == [None, None] and parts[4:] == [None, None]
    assert "expected" in str(parts[2]) and "got none" in str(parts[2]) and "expected none" in str(parts[3])


def test_pages_call_the_server_and_its_calls_and_errors_reach_them() -> None:
    root = """<ULinearLayout><UButton ref="go" text="Go" onClick={function go(event) {
        if (app.logics.notify(id)) { nasl.ui.showMessage('sent'); } done = true; }}></UButton>
      <UButton ref="stop" text="Stop" onClick={function halt(event) { app.logics.stop(); done = true; }}></UButton></ULinearLayout>"""
    sent = [{"target": TRUE["target"], "args": ["A"]}]
    found = visit(
        "let done: Boolean = false;", root,
        {**ui(fire("go"), messages=["sent"], variables={"done": True}), "expect_calls": sent, "world": {"browser": {"query": {"id": "3"}}}},
        {**ui(fire("go")), "raises": "SystemResourceNotFoundError", "world": {"browser": {"query": {"id": "9"}}}},
        ui(fire("stop"), messages=["not now"], variables={"done": False}),
        {**ui(fire("go")), "world": {"calls": [], "browser": {"query": {"id": "3"}}}},
        params="id: Long",
    )  # fmt: skip
    parts = told(found)
    assert parts[:3] == [None] * 3 and found.tests[3].status == "runtime_error"


def test_conditions_hide_elements_and_their_methods() -> None:
    root = """<ULinearLayout><UModal ref="dialog" _if={there}></UModal><UText text="x" _if={missing}></UText>
      <UButton ref="open" text="Open" onClick={function open(event) { $refs.dialog.open(); }}></UButton></ULinearLayout>"""
    found = visit("let there: Boolean = false; let missing: Boolean;", root, ui(fire("open")), ui(hidden=["x"]))
    assert found.tests[0].status == "runtime_error" and found.tests[1].status == "passed"
