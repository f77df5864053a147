"""nasl.processV2: what a logic asks of the running processes, as structures (REFERENCE 4.7)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from naslforge.lang import types as t
from naslforge.run.values import Struct
from naslforge.run.world import Runtime

if TYPE_CHECKING:
    from naslforge.run.processes import Copy, Instance, Record, Task

OPERATIONS = {
    "submit": ("submitTask", "提交", False),
    "approve": ("approveTask", "同意", False),
    "reject": ("rejectTask", "拒绝", True),
    "reassign": ("reassignTask", "转派", False),
    "addSign": ("addSignTask", "加签", False),
    "revert": ("revertTask", "退回", True),
    "withdraw": ("withdrawTask", "撤回", False),
    "terminate": ("terminateProcess", "终止", False),
}


def _structure(**fields: Any) -> Struct:
    return Struct(t.Anonymous(tuple((name, t.ANY) for name in fields)), fields)


def _page(items: Iterable[Struct], page: int | None, size: int | None) -> Struct:
    """One page, counted from 1; without page or size everything."""
    found = list(items)
    start = (max(page, 1) - 1) * max(size, 0) if page is not None and size is not None else 0
    shown = found if page is None or size is None else found[start : start + max(size, 0)]
    return Struct(t.Anonymous((("list", t.ListOf(t.ANY)), ("total", t.LONG))), {"list": shown, "total": len(found)})


def _named(names: Iterable[str], filter_text: str | None, page: int | None, size: int | None) -> Struct:
    users = (_structure(userName=name, displayName=name) for name in names if (filter_text or "") in name)
    return _page(users, page, size)


# --- what is done


def launch_process(data: Any, key: str | None, *, rt: Runtime) -> str:
    return rt.processes.launch(data, key).id


def submit_task(task: str | None, data: Any = None, *, rt: Runtime) -> None:
    rt.processes.complete(task, "submitted", None, data)


def approve_task(task: str | None, comment: str | None = None, data: Any = None, *, rt: Runtime) -> None:
    rt.processes.complete(task, "approved", comment, data)


def reject_task(task: str | None, comment: str | None = None, *_: Any, rt: Runtime) -> None:
    rt.processes.reject(task, comment)


def reassign_task(task: str | None, user: str | None, comment: str | None = None, *, rt: Runtime) -> None:
    rt.processes.reassign(task, user, comment)


def add_sign_task(task: str | None, user: str | None, _: Any, comment: str | None = None, *, rt: Runtime) -> None:
    rt.processes.add_sign(task, user, comment)


def revert_task(task: str | None, node: str | None, comment: str | None = None, *, rt: Runtime) -> None:
    rt.processes.revert(task, node, comment)


def withdraw_task(task: str | None, *, rt: Runtime) -> None:
    rt.processes.withdraw(task)


def terminate_process(instance: str | None, *, rt: Runtime) -> None:
    rt.processes.terminate(instance)


# --- what is seen


def _instance(instance: "Instance") -> dict[str, Any]:
    return {
        "procInstId": instance.id,
        "procInstStatus": instance.status,
        "procInstInitiator": instance.initiator,
        "procInstStartTime": instance.started,
        "procDefKey": instance.plan.key,
        "procDefTitle": instance.plan.title,
    }


def _task(task: "Task") -> Struct:
    return _structure(
        taskId=task.id,
        taskTitle=task.step.title,
        taskStatus=task.status,
        nodeId=task.step.name,
        createdTime=task.created,
        completedTime=task.ended,
        **_instance(task.instance),
    )


def _record(record: "Record") -> Struct:
    return _structure(
        taskId=record.task.id,
        taskTitle=record.task.step.title,
        nodeId=record.task.step.name,
        operation=record.operation,
        userName=record.user,
        comment=record.comment,
        createdTime=record.time,
    )


def get_task_info(task: str | None, *, rt: Runtime) -> Struct:
    """Facts of a task; a copy that its user looks at is then viewed."""
    copy = next((c for i in rt.processes.instances for c in i.copies if c.task.id == task), None)
    if copy is None:
        return _task(rt.processes.find(task))
    copy.viewed = copy.viewed or copy.task.user == rt.processes.user()
    return _task(copy.task)


def get_proc_inst_info(task: str | None, *, rt: Runtime) -> Struct:
    instance = rt.processes.find(task).instance
    return _structure(**_instance(instance), **instance.data)


def get_proc_inst_records(task: str | None, page: int | None, size: int | None, *, rt: Runtime) -> Struct:
    return _page(map(_record, rt.processes.find(task).instance.records), page, size)


def _fits(instance: "Instance", title: str, chosen: tuple[Any, ...]) -> bool:
    """Does an instance fit the key, the time of its start, its initiator and the words looked for?"""
    key, after, before, initiator, search = chosen
    return (
        (not key or instance.plan.key == key)
        and _within(instance.started, after, before)
        and (not initiator or instance.initiator == initiator)
        and (not search or search in instance.plan.title or search in title)
    )


def _within(when: datetime, after: datetime | None, before: datetime | None) -> bool:
    return (after is None or when >= after) and (before is None or when <= before)


def _listed(choose: Callable[[Runtime], Iterable["Task"]]) -> Callable[..., Struct]:
    """A list of tasks, newest first, by the arguments that all such lists share."""

    def function(
        key: Any, after: Any, before: Any, initiator: Any, page: Any, size: Any, search: Any, *, rt: Runtime
    ) -> Struct:
        chosen = (key, after, before, initiator, search)
        found = [task for task in choose(rt) if _fits(task.instance, task.step.title, chosen)]
        return _page(map(_task, reversed(found)), page, size)

    return function


def _pending(rt: Runtime) -> list["Task"]:
    rt.processes.user()
    return [task for task in rt.processes.tasks() if rt.processes.may_handle(task)]


def _completed(rt: Runtime) -> list["Task"]:
    user = rt.processes.user()
    return [task for task in rt.processes.tasks() if task.handler == user and not task.open]


def _initiated(rt: Runtime) -> list["Task"]:
    """The last task of every instance that the user started."""
    user = rt.processes.user()
    return [instance.tasks[-1] for instance in rt.processes.instances if instance.initiator == user]


def get_my_cc_tasks(
    key: Any, after: Any, before: Any, initiator: Any, viewed: Any, page: Any, size: Any, search: Any, *, rt: Runtime
) -> Struct:
    user, chosen = rt.processes.user(), (key, after, before, initiator, search)

    def wanted(copy: "Copy") -> bool:
        fits = _fits(copy.task.instance, copy.task.step.title, chosen)
        return copy.task.user == user and (viewed is None or copy.viewed is viewed) and fits

    copies = [copy for instance in rt.processes.instances for copy in instance.copies if wanted(copy)]
    return _page((_task(copy.task) for copy in reversed(copies)), page, size)


def get_task_operation_permissions(task: str | None, *, rt: Runtime) -> list[Struct]:
    """What the user may do with a task, and what not."""
    found = rt.processes.find(task)
    mine, running = rt.processes.may_handle(found), found.instance.status == "running"
    done = found.handler == rt.processes.user() and found.status in ("submitted", "approved")
    allowed = {
        "submit": mine and found.step.kind == "submit",
        "approve": mine and found.step.kind != "submit",
        "reject": mine and found.step.kind != "submit",
        "reassign": mine,
        "addSign": mine and found.step.kind != "submit",
        "revert": mine and found.step.name != found.instance.plan.start,
        "withdraw": running and done and all(follower.open for follower in found.followers),
        "terminate": running and found.instance.initiator == rt.processes.user(),
    }
    return [
        _structure(name=name, displayText=text, operationEnabled=allowed[key], commentRequired=comment)
        for key, (name, text, comment) in OPERATIONS.items()
    ]


def get_users(task: str | None, page: int | None, size: int | None, text: str | None, *, rt: Runtime) -> Struct:
    """Who may be given the task: everyone known but its present user."""
    present = rt.processes.find(task).user
    return _named((name for name in rt.processes.known_users() if name != present), text, page, size)


def get_proc_def_infos(search: str | None, *, rt: Runtime) -> list[Struct]:
    plans = (p for p in rt.processes.plans.values() if (search or "") in p.title or (search or "") in p.key)
    return [_structure(procDefKey=plan.key, procDefTitle=plan.title) for plan in plans]


def get_proc_inst_initiators(page: int | None, size: int | None, text: str | None, *, rt: Runtime) -> Struct:
    return _named(dict.fromkeys(instance.initiator for instance in rt.processes.instances), text, page, size)


def get_task_destination_url(task: str | None, view: str | None = None, *, rt: Runtime) -> str:
    """The page that handles a task: the one named, else the one called like the process."""
    found = rt.processes.find(task)
    return f"/{view or found.instance.plan.name}?taskId={found.id}"


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "nasl.processV2.launchProcess": launch_process,
    "nasl.processV2.submitTask": submit_task,
    "nasl.processV2.approveTask": approve_task,
    "nasl.processV2.rejectTask": reject_task,
    "nasl.processV2.reassignTask": reassign_task,
    "nasl.processV2.addSignTask": add_sign_task,
    "nasl.processV2.revertTask": revert_task,
    "nasl.processV2.withdrawTask": withdraw_task,
    "nasl.processV2.terminateProcess": terminate_process,
    "nasl.processV2.getTaskInfo": get_task_info,
    "nasl.processV2.getProcInstInfo": get_proc_inst_info,
    "nasl.processV2.getProcInstRecords": get_proc_inst_records,
    "nasl.processV2.getMyPendingTasks": _listed(_pending),
    "nasl.processV2.getMyCompletedTasks": _listed(_completed),
    "nasl.processV2.getMyInitiatedTasks": _listed(_initiated),
    "nasl.processV2.getMyCCTasks": get_my_cc_tasks,
    "nasl.processV2.getTaskOperationPermissions": get_task_operation_permissions,
    "nasl.processV2.getUsersForReassign": get_users,
    "nasl.processV2.getUsersForAddSign": get_users,
    "nasl.processV2.getProcDefInfos": get_proc_def_infos,
    "nasl.processV2.getProcInstInitiators": get_proc_inst_initiators,
    "nasl.processV2.getTaskDestinationUrl": get_task_destination_url,
}
