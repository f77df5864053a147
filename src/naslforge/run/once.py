"""One job of the worker for a person: call a logic of a program once and tell everything that came of it."""

from typing import Any

from naslforge.lang import Checked
from naslforge.lang import nodes as n
from naslforge.lang.scope import nearest
from naslforge.run.execute import Execution, Outcome
from naslforge.run.limits import Limits
from naslforge.run.reading import TOO_DEEP, read_program
from naslforge.run.wire import Reader, WireError
from naslforge.run.world import WorldError

Rows = dict[str, list[Any]]


def run_once(job: dict[str, Any]) -> dict[str, Any]:
    """Do a job of kind `run`: sources, entry, arguments and world to status, result, messages and database changes.

    `bad_task` with a `message` is what the caller got wrong; a program with errors has a `diagnostics` list.
    """
    checked = read_program(job)
    if isinstance(checked, dict):
        return checked
    try:
        function = _function(checked, job["entry"])
        return _call(checked, function, job)
    except (WireError, WorldError, LookupError) as error:
        told = error.args[0] if isinstance(error, LookupError) else str(error)
        return {"status": "bad_task", "message": told}
    except (RecursionError, SyntaxError):  # Python's own limits on the translated program
        return {"status": "syntax_error", "diagnostics": [], "message": TOO_DEEP}


def _function(checked: Checked, entry: str) -> n.Function:
    declared = checked.symbols.by_name.get(entry)
    if declared is not None and isinstance(declared.node, n.Function) and declared.node.body is not None:
        return declared.node
    near = nearest(entry, [d.name for d in checked.symbols.logics()])
    raise LookupError(f"there is no logic {entry}" + (f"; {near} is close" if near else ""))


def _call(checked: Checked, function: n.Function, job: dict[str, Any]) -> dict[str, Any]:
    given = job["args"]
    least = sum(p.default is None for p in function.params)
    if not least <= len(given) <= len(function.params):
        wanted = ", ".join(p.name.name for p in function.params)
        raise LookupError(f"{job['entry']}({wanted}) is called with {len(given)} arguments")
    traced = bool(job.get("trace"))
    execution = Execution(checked, Limits.from_json(job.get("limits", {})), traced)
    with execution.world(job["world"], job.get("own")) as runtime:
        reader = Reader(execution.shapes, runtime.zone)
        pairs = zip(given, function.params, strict=False)
        args = [reader.read(arg, checked.names[p], p.name.name) for arg, p in pairs]
        keys = {t.short: [c.name for c in t.key] for t in execution.database.schema.tables.values()}
        before = execution.rows()
        outcome = execution.call(job["entry"], args)
        told = _told(outcome) | {"changes": _changes(before, execution.rows(), keys)}
        return told | ({"trace": runtime.trace} if traced else {})


def _told(outcome: Outcome) -> dict[str, Any]:
    told = {
        "status": outcome.status, "result": outcome.shown, "error": outcome.error, "message": outcome.message,
        "messages": outcome.messages, "logs": [list(log) for log in outcome.logs], "calls": outcome.calls,
        "downloads": outcome.downloads, "steps": outcome.steps,
    }  # fmt: skip
    return told | ({"diagnostic": outcome.diagnostic.to_json()} if outcome.diagnostic else {})


def _changes(before: Rows, after: Rows, keys: dict[str, list[str]]) -> dict[str, dict[str, list[Any]]]:
    """By entity, the rows that were created, updated and deleted."""
    changes = {}
    for entity, rows in after.items():
        old, new = _by_key(before.get(entity, []), keys[entity]), _by_key(rows, keys[entity])
        change = {
            "created": [row for k, row in new.items() if k not in old],
            "updated": [row for k, row in new.items() if k in old and old[k] != row],
            "deleted": [row for k, row in old.items() if k not in new],
        }
        if any(change.values()):
            changes[entity] = {kind: found for kind, found in change.items() if found}
    return changes


def _by_key(rows: list[dict[str, Any]], names: list[str]) -> dict[tuple[str, ...], dict[str, Any]]:
    return {tuple(repr(row.get(name)) for name in names): row for row in rows}
