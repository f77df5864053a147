"""From the bytes of a request to the job of a worker, and from a worker's answer to the body of a response."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from naslforge.journal import InputError
from naslforge.judge import job_of, verdict_of
from naslforge.records import Solution, Task
from naslforge.run import Limits
from naslforge.serve.fitting import fault
from naslforge.serve.problems import Problem, invalid
from naslforge.serve.shapes import Schema

Json = dict[str, Any]
NAME = "program.ts"  # of a text that came without one
RUN_KEYS = {
    "status", "result", "error", "message", "messages", "logs", "calls", "downloads", "steps", "changes", "trace",
    "diagnostic", "diagnostics", "milliseconds",
}  # fmt: skip


def parse(body: bytes) -> Any:
    """The JSON value of a body. Raises Problem `not-json`."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        told = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise Problem("not-json", f"JSON in UTF-8 is needed: {told}") from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]} is too large a number")
    return value


def fit(value: Any, schema: str, schemas: dict[str, Schema]) -> None:
    """Raises Problem `invalid` where a value is not what the named schema says."""
    found = fault(value, schemas[schema], schemas)
    if found is not None:
        raise invalid(found[0], f"{found[0] or 'the body'} {found[1]}")


@dataclass(frozen=True)
class Judging:
    """A solution to judge."""

    task: Task
    solution: Solution
    limits: Limits

    @classmethod
    def read(cls, value: Json, most: Limits) -> "Judging":
        """Raises Problem `other-task` or `invalid`."""
        try:
            task, solution = Task.from_json(value["task"]), Solution.from_json(value["solution"])
        except InputError as error:
            raise invalid("", error.message) from error
        if solution.task != task.id:
            raise Problem("other-task", f"the solution is for {solution.task!r}, the task is {task.id!r}")
        return cls(task, solution, limits_of(value, most))

    def job(self) -> Json:
        return job_of(self.task, self.solution.source, self.limits)

    def verdict(self, answer: Json) -> Json:
        return verdict_of(self.task, self.solution.sample, answer).to_json()


def limits_of(value: Json, most: Limits) -> Limits:
    """The service's limits, with those that the request sets."""
    given = value.get("limits", {})
    whole = {name: number if name == "seconds" else int(number) for name, number in given.items()}
    return Limits.from_json(most.to_json() | whole)


def program_job(kind: str, value: Json, most: Limits) -> Json:
    """The job of a `check`, `format` or `run` request. Raises Problem `same-name`."""
    files = value.get("files") or [{"name": value.get("name", NAME), "text": value["text"]}]
    names = [file["name"] for file in files]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise Problem("same-name", f"two files are called {name!r}", {"pointer": f"/files/{index}/name"})
    job = {"kind": kind, "sources": files, "limits": limits_of(value, most).to_json()}
    if kind == "run":
        job |= {"entry": value["entry"], "args": value.get("args", []), "world": value.get("world", {})}
    return job | {key: value[key] for key in ("fix", "trace") if key in value}


def check_answer(answer: Json) -> Json:
    """Diagnostics, and after fixes the new texts. Raises Problem where our own machinery failed."""
    _ours(answer)
    shown = {key: answer[key] for key in ("status", "diagnostics", "message", "applied", "texts") if key in answer}
    return shown | {"errors": sum(one["severity"] == "error" for one in answer["diagnostics"])}


def format_answer(answer: Json, before: str) -> Json:
    """The canonical text, or the diagnostics of one that does not parse. Raises Problem where we failed."""
    _ours(answer)
    shown = {key: answer[key] for key in ("status", "diagnostics", "message", "text") if key in answer}
    return shown | ({"changed": answer["text"] != before} if "text" in answer else {})


def run_answer(answer: Json) -> Json:
    """What came of a call; `bad_task` where the call or its world is wrong. Raises Problem where we failed."""
    _ours(answer)
    return {key: value for key, value in answer.items() if key in RUN_KEYS}


def _ours(answer: Json) -> None:
    if answer["status"] == "sandbox_error":
        raise Problem("our-failure", answer.get("error", "a worker failed twice"))


def lines_of(data: bytearray) -> Iterator[bytes]:
    """Take the complete lines off the front of a buffer."""
    while (end := data.find(b"\n")) >= 0:
        line = bytes(data[:end])
        del data[: end + 1]
        yield line
