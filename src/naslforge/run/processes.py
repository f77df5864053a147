"""The running processes of a test: instances, their tasks and their history (REFERENCE 8.1, decision D44).

Launching stores the data and gives the users of the next node their tasks; what they do with them moves the instance
on, back or to its end. Everything lives as long as the test's world.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from naslforge.run import entities
from naslforge.run.processplans import END, Plan, Step
from naslforge.run.schema import EntityTable
from naslforge.run.values import NaslError, Struct
from naslforge.run.world import Runtime

PENDING, WAITING, CANCELLED = "pending", "waiting", "cancelled"
RUNNING = "running"


@dataclass(slots=True)
class Task:
    """Something that one user, or anyone with a role, is to do at a node. `status` is how it ended."""

    id: str
    instance: "Instance"
    step: Step
    user: str | None
    role: str | None
    created: datetime
    status: str = PENDING
    ended: datetime | None = None
    handler: str | None = None
    added: bool = False  # by addSignTask
    followers: list["Task"] = field(default_factory=list)  # made when this one was done

    @property
    def open(self) -> bool:
        return self.status in (PENDING, WAITING)


@dataclass(frozen=True, slots=True)
class Record:
    """One line of an instance's history."""

    task: Task
    operation: str
    user: str
    comment: str | None
    time: datetime


@dataclass(slots=True)
class Copy:
    """An instance that a user is told of at a node."""

    task: Task
    viewed: bool = False


@dataclass(slots=True)
class Instance:
    id: str
    plan: Plan
    initiator: str
    started: datetime
    status: str = RUNNING
    tasks: list[Task] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)

    def open_tasks(self, step: Step | None = None) -> list[Task]:
        """Tasks that are still to be done, of one node or all."""
        return [task for task in self.tasks if task.open and (step is None or task.step is step)]


class Processes:
    """All instances of a test; `rt.processes`."""

    def __init__(self, plans: dict[str, Plan], runtime: Runtime):
        self.plans, self.rt = plans, runtime
        self.instances: list[Instance] = []
        self.made = 0

    # --- what users do

    def launch(self, data: Struct | None, key: str | None) -> Instance:
        """Start a process: the start node is done by who launches it."""
        plan, user = self.plans.get(key or ""), self.user()
        if plan is None or plan.start not in plan.steps:
            raise _refused(f"there is no process with the key {key!r}", f"没有键为 {key!r} 的流程")
        if data is None:
            raise _refused("a process is launched with its data", "发起流程需要数据")
        instance = Instance(f"process-{len(self.instances) + 1}", plan, user, self.rt.now)
        with self.rt.db.unit():
            self._store(instance, data)
        self.instances.append(instance)
        first = self._task(instance, plan.steps[plan.start], user=user)
        self._finish(first, "submitted", None)
        self._advance(first)
        return instance

    def complete(
        self, task_id: str | None, status: str, comment: str | None = None, data: Struct | None = None
    ) -> None:
        """Submit or approve a task; the node's policy says whether the instance moves on."""
        task = self._mine(task_id)
        if data is not None:
            with self.rt.db.unit():
                self._store(task.instance, data)
        self._finish(task, status, comment)
        others = task.instance.open_tasks(task.step)
        if task.step.policy == "OrSign" and not task.added:
            for other in (o for o in others if not o.added):
                other.status = CANCELLED
        waiting = next((o for o in others if o.status == WAITING), None)
        if waiting is not None and not any(o.status == PENDING for o in others):
            waiting.status = PENDING
        if not task.instance.open_tasks(task.step):
            self._advance(task)

    def reject(self, task_id: str | None, comment: str | None) -> None:
        """Refuse, which ends the instance."""
        task = self._mine(task_id)
        self._finish(task, "rejected", comment)
        self._end(task.instance, "rejected")

    def reassign(self, task_id: str | None, user: str | None, comment: str | None) -> None:
        """Hand a task to another user."""
        task = self._mine(task_id)
        self._need_user(user)
        task.instance.records.append(Record(task, "reassigned", self.user(), comment, self.rt.now))
        task.user, task.role = user, None

    def add_sign(self, task_id: str | None, user: str | None, comment: str | None) -> Task:
        """Give one more user a task at the same node, which then waits for it."""
        task = self._mine(task_id)
        self._need_user(user)
        task.instance.records.append(Record(task, "signerAdded", self.user(), comment, self.rt.now))
        added = self._task(task.instance, task.step, user=user)
        added.added = True
        return added

    def revert(self, task_id: str | None, step: str | None, comment: str | None) -> None:
        """Send back to an earlier node."""
        task = self._mine(task_id)
        target = task.instance.plan.steps.get(step or "")
        if target is None:
            raise _refused(f"the process has no node {step!r}", f"流程没有节点 {step!r}")
        self._finish(task, "reverted", comment)
        self._cancel(task.instance)
        self._enter(target, task)

    def withdraw(self, task_id: str | None) -> None:
        """Take a task back that was submitted, as long as nobody has handled what followed."""
        task, user = self.find(task_id), self.user()
        if task.handler != user or task.status not in ("submitted", "approved"):
            raise _refused("only a task that you submitted can be withdrawn", "只能撤回自己提交的任务")
        if task.instance.status != RUNNING or any(not follower.open for follower in task.followers):
            raise _refused("what follows the task has been handled already", "后续任务已处理，不能撤回")
        for follower in task.followers:
            follower.status = CANCELLED
        task.instance.records.append(Record(task, "withdrawn", user, None, self.rt.now))
        task.status, task.ended, task.handler, task.followers = PENDING, None, None, []

    def terminate(self, instance_id: str | None) -> None:
        """Stop an instance."""
        instance = next((i for i in self.instances if i.id == instance_id), None)
        if instance is None or instance.status != RUNNING:
            raise _refused(f"no running process instance {instance_id!r}", f"没有运行中的流程实例 {instance_id!r}")
        self._end(instance, "terminated")

    # --- what users see

    def user(self) -> str:
        """The name of who is logged in. Raises a fault when nobody is."""
        name = self.rt.user_name
        if name is None:
            raise NaslError("AuthUnAuthorizedError", "nobody is logged in", "用户未登录")
        return name

    def find(self, task_id: str | None) -> Task:
        """The task of an id. Raises a fault when there is none."""
        found = next((task for task in self.tasks() if task.id == task_id), None)
        if found is None:
            raise _refused(f"there is no task {task_id!r}", f"没有任务 {task_id!r}")
        return found

    def tasks(self) -> Iterator[Task]:
        for instance in self.instances:
            self.rt.spend(1 + len(instance.tasks))
            yield from instance.tasks

    def may_handle(self, task: Task) -> bool:
        """Is the task waiting for the user of the session?"""
        roles = (self.rt.user or {}).get("roles") or ()
        return task.status == PENDING and (task.user == self.user() if task.user is not None else task.role in roles)

    def known_users(self) -> list[str]:
        """Everyone that the world or a process names."""
        named = [u for plan in self.plans.values() for step in plan.steps.values() for u in (*step.users, *step.copies)]
        return list(dict.fromkeys([*([self.rt.user_name] if self.rt.user_name else []), *named]))

    # --- inside

    def _mine(self, task_id: str | None) -> Task:
        task = self.find(task_id)
        if not self.may_handle(task):
            raise _refused(f"the task {task_id} does not wait for {self.user()}", f"任务 {task_id} 不由当前用户处理")
        return task

    def _need_user(self, user: str | None) -> None:
        if not user:
            raise _refused("the user is missing", "缺少用户")

    def _task(self, instance: Instance, step: Step, user: str | None = None, role: str | None = None) -> Task:
        self.rt.spend(1)
        self.made += 1
        task = Task(f"task-{self.made}", instance, step, user, role, self.rt.now)
        instance.tasks.append(task)
        return task

    def _finish(self, task: Task, status: str, comment: str | None) -> None:
        task.status, task.ended, task.handler = status, self.rt.now, self.user()
        task.instance.records.append(Record(task, status, self.user(), comment, self.rt.now))

    def _advance(self, task: Task) -> None:
        """To every node that follows; the instance ends when nothing is left to do."""
        reached: set[str] = set()
        todo = list(task.step.to) or [END]
        while todo:
            name = todo.pop(0)
            step = task.instance.plan.steps.get(name)
            if step is None or name in reached:
                continue
            reached.add(name)
            if not self._enter(step, task):
                todo += step.to
        if not task.instance.open_tasks():
            self._end(task.instance, "approved")

    def _enter(self, step: Step, after: Task) -> bool:
        """Make the tasks of a node; False for a node that nobody handles."""
        instance = after.instance
        if instance.open_tasks(step):
            return True  # another way has led here before
        holders = [{"user": user} for user in step.users] + [{"role": role} for role in step.roles]
        if step.kind == "submit" and not holders:
            holders = [{"user": instance.initiator}]
        made = [self._task(instance, step, **holder) for holder in holders]
        for user in step.copies:
            copy = Task(f"{instance.id}-copy-{len(instance.copies) + 1}", instance, step, user, None, self.rt.now)
            instance.copies.append(Copy(copy))
        if step.policy == "Sequential":
            for task in made[1:]:
                task.status = WAITING
        after.followers += made
        return bool(made)

    def _cancel(self, instance: Instance) -> None:
        for task in instance.open_tasks():
            task.status = CANCELLED

    def _end(self, instance: Instance, status: str) -> None:
        self._cancel(instance)
        instance.status = status

    # --- data

    def _store(self, instance: Instance, given: Struct) -> None:
        """Store the main entity and the sub-entities, these with the key of the main one."""
        fields = given.fields if isinstance(given, Struct) else {}
        tables = self.rt.db.schema.tables
        stored = {name: tables[entity] for name, entity in instance.plan.data.items() if entity in tables}
        for name in sorted(stored, key=lambda name: name != "data"):
            value = fields.get(name)
            if isinstance(value, list):
                instance.data[name] = [self._save(stored[name], item, instance) for item in value if item is not None]
            elif value is not None:
                instance.data[name] = self._save(stored[name], value, None)

    def _save(self, table: EntityTable, value: Struct, instance: Instance | None) -> Struct:
        main = instance.data.get("data") if instance is not None else None
        if isinstance(main, Struct):
            owner = self.rt.db.schema.tables[getattr(main.type, "name", "")]
            links = {r.column: main.fields[r.target] for r in owner.referrers if r.table == table.name}
            missing = {column: key for column, key in links.items() if value.fields.get(column) is None}
            value = Struct(value.type, {**value.fields, **missing})
        return entities.create_or_update(self.rt.db, table, [value], None)


def _refused(message: str, message_zh: str) -> NaslError:
    return NaslError("ProcessError", message, message_zh)
