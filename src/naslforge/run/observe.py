"""One job of the worker: run a logic on many inputs and tell all that can be seen of it, without a judgement."""

import json
from typing import Any

from naslforge.lang import Source, check
from naslforge.lang import nodes as n
from naslforge.run.execute import Execution
from naslforge.run.limits import LimitReached, Limits
from naslforge.run.wire import Reader, WireError
from naslforge.run.world import WorldError


def observe(job: dict[str, Any]) -> dict[str, Any]:
    """Do a job of kind `observe`: context, source, entry, world and `inputs` (args, world) to `seen`, one for each.

    What is seen is null for an input that the logic cannot be called with. `bad_task` where there is nothing to run.
    """
    checked = check([Source("context.ts", job.get("context") or "", context=True), Source("program.ts", job["source"])])
    declared = checked.symbols.by_name.get(job["entry"])
    if checked.errors or declared is None or not isinstance(declared.node, n.Function):
        return {"status": "bad_task", "message": "the program does not check, or has no such logic"}
    execution = Execution(checked, Limits.from_json(job.get("limits", {})))
    world = job.get("world") or {}
    seen = [_seen(execution, declared.node, job["entry"], world, one) for one in job["inputs"]]
    return {"status": "passed", "seen": seen}


def _seen(
    execution: Execution, function: n.Function, entry: str, world: dict[str, Any], one: dict[str, Any]
) -> dict[str, Any] | None:
    given = one.get("args") or []
    try:
        with execution.world(world, one.get("world")) as runtime:
            reader = Reader(execution.shapes, runtime.zone)
            pairs = zip(given, function.params, strict=False)
            args = [reader.read(arg, execution.checked.names[p], p.name.name) for arg, p in pairs]
            outcome = execution.call(entry, args)
            seen = {"status": outcome.status, "result": outcome.shown, "error": outcome.error}
            return seen | {"calls": outcome.calls, "db": execution.rows()}
    except (WireError, WorldError, LimitReached):
        return None


def canonical(seen: dict[str, Any], ordered: bool = True) -> str:
    """What was seen as one text: equal texts are equal behaviour. Unordered results are compared as multisets."""
    result = seen["result"]
    if not ordered and isinstance(result, list):
        result = sorted(result, key=lambda item: json.dumps(item, sort_keys=True))
    return json.dumps({**seen, "result": result}, sort_keys=True, ensure_ascii=False)
