"""Processes of a test's world: launching, tasks, and what users do with them (REFERENCE 4.7 and 8.1, D44)."""

from typing import Any

import pytest

from naslforge.lang import Source, check
from naslforge.run import CallSpec, Outcome, execute

PROJECT = """
export namespace app.dataSources.defaultDS.entities {
  @Entity({}) export class Order {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    name: String;
  }
  @Entity({}) export class Line {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ relation: { entity: 'Order', property: 'id' } }) orderId: Long;
    count: Long;
  }
}
export namespace app.processV2s {
  @Process({ key: 'Approval', title: 'Order approval', start: 'submit', nodes: [%s] })
  export class OrderApproval {
    data: app.dataSources.defaultDS.entities.Order;
    relation_data: List<app.dataSources.defaultDS.entities.Line>;
  }
}
export namespace app.logics {
  function launch(): String {
    let order = new app.dataSources.defaultDS.entities.Order({ name: 'A' });
    let lines = nasl.util.NewList<app.dataSources.defaultDS.entities.Line>([
      new app.dataSources.defaultDS.entities.Line({ count: 3 })]);
    return nasl.processV2.launchProcess(nasl.util.NewAnonymousStructure({ data: order, relation_data: lines }),
      'Approval');
  }
  function mine(): List<Any> {
    let page = nasl.processV2.getMyPendingTasks(null, null, null, null, null, null, null);
    return nasl.util.ListTransform(page.list, (item) => item.taskId);
  }
  function first(): String { let id: String; id = nasl.util.ListHead(app.logics.mine()); return id; }
  function status(taskId: String): Any {
    let info = nasl.processV2.getProcInstInfo(taskId);
    return info.procInstStatus;
  }
  %s
}
"""
ONE = "{ name: 'submit', to: ['boss'] }, { name: 'boss', kind: 'approve', users: ['boss'], to: ['end'] }"


def run(body: str, nodes: str = ONE, user: dict[str, Any] | None = None) -> Outcome:
    """The outcome of `body` as a logic; the user of the session is the boss."""
    checked = check([Source("process.ts", PROJECT % (nodes, f"export function test() {{ {body} }}"))])
    assert not checked.errors, [d.message for d in checked.errors]
    world = {"user": user or {"userName": "boss", "roles": ["Manager"]}}
    return execute(checked, [CallSpec("app.logics.test")], world)[0]


def result(body: str, nodes: str = ONE) -> Any:
    outcome = run(body, nodes)
    assert outcome.status == "passed", outcome.message
    return outcome.shown


def refused(body: str, nodes: str = ONE) -> str:
    outcome = run(body, nodes)
    assert outcome.error == "nasl.error.ProcessError", outcome
    return outcome.message


def approve(task: str = "app.logics.first()") -> str:
    return f"nasl.processV2.approveTask({task});"


def test_launching_stores_the_data_and_makes_tasks() -> None:
    outcome = run("app.logics.launch(); return nasl.util.Length(app.logics.mine());")
    assert outcome.shown == 1
    assert outcome.database["Order"] == [{"id": 1, "name": "A"}]
    assert outcome.database["Line"] == [{"id": 1, "orderId": 1, "count": 3}]  # linked to its order


def test_an_unknown_process_is_refused_and_nothing_is_stored() -> None:
    launch = "return nasl.processV2.launchProcess(nasl.util.NewAnonymousStructure({ data: null }), key);"
    assert "Nothing" in refused(f"let key = 'Noth' + 'ing'; {launch}")


def test_approving_the_last_task_ends_the_instance() -> None:
    body = f"let t = ''; app.logics.launch(); t = app.logics.first(); {approve('t')} return app.logics.status(t);"
    assert result(body) == "approved"


def test_rejecting_ends_the_instance_and_cancels_what_is_open() -> None:
    nodes = "{ name: 'submit', to: ['a', 'b'] }, { name: 'a', kind: 'approve', users: ['boss'], to: ['end'] }, "
    nodes += "{ name: 'b', kind: 'approve', users: ['boss'], to: ['end'] }"
    body = "let t = ''; app.logics.launch(); t = app.logics.first(); nasl.processV2.rejectTask(t, 'no');"
    assert result(f"{body} return app.logics.status(t);", nodes) == "rejected"
    assert result(f"{body} return nasl.util.Length(app.logics.mine());", nodes) == 0


def test_somebody_elses_task_is_refused() -> None:
    nodes = ONE.replace("['boss'], to", "['clerk'], to")
    assert "does not wait for boss" in refused(f"app.logics.launch(); {approve(repr('task-2'))}", nodes)


def test_a_task_is_done_once() -> None:
    body = f"let t = ''; app.logics.launch(); t = app.logics.first(); {approve('t')} {approve('t')}"
    assert "does not wait" in refused(body)


POLICY = "{ name: 'submit', to: ['all'] }, "
POLICY += "{ name: 'all', kind: 'approve', users: ['boss', 'boss', 'boss'], policy: '%s', to: ['end'] }"


@pytest.mark.parametrize(
    ("policy", "open_at_first", "needed"), [("OrSign", 3, 1), ("Countersign", 3, 3), ("Sequential", 1, 3)]
)
def test_policies(policy: str, open_at_first: int, needed: int) -> None:
    assert result("app.logics.launch(); return nasl.util.Length(app.logics.mine());", POLICY % policy) == open_at_first
    for approvals in range(1, needed + 1):
        body = f"app.logics.launch(); {approve() * approvals} return app.logics.status('task-2');"
        assert result(body, POLICY % policy) == ("approved" if approvals == needed else "running")


def test_roles_hold_tasks() -> None:
    nodes = ONE.replace("users: ['boss']", "roles: ['Manager']")
    assert result("app.logics.launch(); return nasl.util.Length(app.logics.mine());", nodes) == 1
    other = ONE.replace("users: ['boss']", "roles: ['Auditor']")
    assert result("app.logics.launch(); return nasl.util.Length(app.logics.mine());", other) == 0


def test_a_node_that_nobody_handles_is_passed() -> None:
    nodes = "{ name: 'submit', to: ['book'] }, { name: 'book', kind: 'service', to: ['boss'] }, "
    nodes += "{ name: 'boss', kind: 'approve', users: ['boss'], to: ['end'] }"
    assert result("app.logics.launch(); return nasl.util.Length(app.logics.mine());", nodes) == 1


def test_reverting_gives_the_start_back_to_the_initiator() -> None:
    body = "let t = ''; app.logics.launch(); nasl.processV2.revertTask(app.logics.first(), 'submit', 'again'); "
    body += "t = app.logics.first(); nasl.processV2.submitTask(t, null); "
    assert result(f"{body} return nasl.util.Length(app.logics.mine());") == 1
    assert "no node 'nowhere'" in refused(
        "app.logics.launch(); nasl.processV2.revertTask(app.logics.first(), 'nowhere');"
    )


def test_reassigning_hands_the_task_over() -> None:
    body = "app.logics.launch(); nasl.processV2.reassignTask(app.logics.first(), 'clerk', 'please'); "
    assert result(f"{body} return nasl.util.Length(app.logics.mine());") == 0


def test_an_added_signer_is_waited_for() -> None:
    body = "app.logics.launch(); nasl.processV2.addSignTask(app.logics.first(), 'boss', 'after'); "
    assert result(f"{body} {approve()} return app.logics.status('task-2');") == "running"
    assert result(f"{body} {approve()} {approve()} return app.logics.status('task-2');") == "approved"


def test_withdrawing_takes_back_what_nobody_handled() -> None:
    body = "app.logics.launch(); nasl.processV2.withdrawTask('task-1'); return app.logics.mine();"
    assert result(body) == ["task-1"]
    assert "handled already" in refused(f"app.logics.launch(); {approve()} nasl.processV2.withdrawTask('task-1');")


def test_terminating_stops_an_instance_once() -> None:
    body = "let id = ''; id = app.logics.launch(); nasl.processV2.terminateProcess(id); "
    assert result(f"{body} return app.logics.status('task-1');") == "terminated"
    assert "no running process" in refused(f"{body} nasl.processV2.terminateProcess(id);")


def test_approving_may_change_the_data() -> None:
    body = "app.logics.launch(); nasl.processV2.approveTask(app.logics.first(), 'ok', nasl.util.NewAnonymousStructure("
    body += "{ data: new app.dataSources.defaultDS.entities.Order({ id: 1, name: 'B' }) }));"
    assert run(body).database["Order"] == [{"id": 1, "name": "B"}]


def test_history_and_lists() -> None:
    body = "let history: { list: List<Any>, total: Long }; app.logics.launch(); app.logics.launch(); "
    body += (
        "nasl.processV2.approveTask('task-2', 'fine'); history = nasl.processV2.getProcInstRecords('task-2', 1, 10); "
    )
    told = "nasl.util.ListTransform(history.list, (item) => item.operation)"
    assert result(f"{body} return {told};") == ["submitted", "approved"]
    for name, total in {"getMyPendingTasks": 1, "getMyCompletedTasks": 3, "getMyInitiatedTasks": 2}.items():
        page = f"nasl.processV2.{name}('Approval', null, null, 'boss', 1, 1, 'Order')"
        assert result(f"{body} return {page}.total;") == total
        assert result(f"{body} return nasl.util.Length({page}.list);") == 1
        assert result(f"{body} return {page.replace('Approval', 'Other')}.total;") == 0


def test_copies_are_seen_once() -> None:
    nodes = ONE.replace("kind: 'approve'", "kind: 'approve', cc: ['boss']")
    page = "nasl.processV2.getMyCCTasks(null, null, null, null, %s, 1, 10, null)"
    body = f"let item: Any; app.logics.launch(); item = nasl.util.ListHead({page % 'false'}.list); "
    assert result(f"{body} nasl.processV2.getTaskInfo(item.taskId); return {page % 'true'}.total;", nodes) == 1


def test_operations_candidates_and_the_page() -> None:
    allowed = "let all: List<Any>; app.logics.launch(); all = nasl.processV2.getTaskOperationPermissions(%s); "
    allowed += "return nasl.util.ListTransform(nasl.util.ListFilter(all, (item) => item.operationEnabled == true), "
    allowed += "(item) => item.name);"
    assert result(allowed % "'task-2'") == [
        "approveTask", "rejectTask", "reassignTask", "addSignTask", "revertTask", "terminateProcess",
    ]  # fmt: skip
    assert result(allowed % "'task-1'") == ["withdrawTask", "terminateProcess"]
    nodes = ONE.replace("['boss'], to", "['boss', 'clerk'], to")
    users = "nasl.processV2.getUsersForReassign('task-2', 1, 10, '').list"
    assert result(f"app.logics.launch(); return nasl.util.ListTransform({users}, (item) => item.userName);", nodes) == [
        "clerk"
    ]
    assert result("app.logics.launch(); return nasl.processV2.getTaskDestinationUrl('task-2');") == (
        "/OrderApproval?taskId=task-2"
    )
    assert result("return nasl.util.Length(nasl.processV2.getProcDefInfos('approval'));") == 1


def test_nobody_is_no_user() -> None:
    checked = check([Source("process.ts", PROJECT % (ONE, "export function test() { app.logics.launch(); }"))])
    outcome = execute(checked, [CallSpec("app.logics.test")], {})[0]
    assert outcome.error == "nasl.error.AuthUnAuthorizedError"
