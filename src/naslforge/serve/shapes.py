"""What requests and answers look like, as JSON Schemas. The ones that are published are the ones that are enforced."""

from dataclasses import fields
from typing import Any

from naslforge.records import DIFFICULTIES, STATUSES, SUBLANGUAGES
from naslforge.run import Limits

Schema = dict[str, Any]
PREFIX = "#/components/schemas/"
ANYTHING: Schema = {}
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
FREE: Schema = {"type": "object"}  # its keys are the reader's affair


def ref(name: str) -> Schema:
    return {"$ref": PREFIX + name}


def listed(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def closed(required: dict[str, Schema], optional: dict[str, Schema] | None = None, **more: Any) -> Schema:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def limits_schema(most: Limits) -> Schema:
    """Limits that a request may ask for, none above the service's own."""
    kinds = {f.name: "number" if f.name == "seconds" else "integer" for f in fields(Limits)}
    least = {"seconds": 0.01, "memory": 16 * 1024 * 1024}
    return closed({}, {
        name: {"type": kind, "minimum": least.get(name, 1), "maximum": getattr(most, name)}
        for name, kind in kinds.items()
    }, description="Limits of one run; what is left out is the service's own limit.")  # fmt: skip


def schemas(most: Limits, tests: int, batch: int) -> dict[str, Schema]:
    """All schemas by name; `tests` of a task and `batch` items are the most that one request may hold."""
    return _records(tests) | _diagnostics() | _answers() | {
        "Limits": limits_schema(most),
        "JudgeRequest": closed({"task": ref("Task"), "solution": ref("Solution")}, {"limits": ref("Limits")}),
        "BatchRequest": listed(ref("JudgeRequest"), minItems=1, maxItems=batch),
        "File": closed(
            {"name": TEXT | {"minLength": 1}, "text": TEXT},
            {"context": {"type": "boolean", "default": False, "description": "declarations that are given"}},
        ),
        "CheckRequest": closed(
            {"files": ref("Files")},
            {"fix": {"type": "boolean", "default": False, "description": "apply the safe fixes"},
             "limits": ref("Limits")},
        ),
        "Files": listed(ref("File"), minItems=1, maxItems=100),
        "FormatRequest": closed({"text": TEXT}, {"name": TEXT | {"minLength": 1}, "limits": ref("Limits")}),
        "RunRequest": closed(
            {"files": ref("Files"), "entry": TEXT | {"description": "full name of the logic to call"}},
            {"args": listed(ANYTHING), "world": FREE, "trace": {"type": "boolean", "default": False},
             "limits": ref("Limits")},
        ),
    }  # fmt: skip


def _records(tests: int) -> dict[str, Schema]:
    rows = {"type": "object", "additionalProperties": listed(FREE)}
    test = closed({}, {
        "args": or_null(listed(ANYTHING)), "expect": ANYTHING,
        "raises": {"anyOf": [TEXT, {"type": "boolean"}, {"type": "null"}]},
        "expect_db": or_null(rows), "expect_calls": or_null(listed(FREE)), "expect_ui": or_null(FREE),
        "ordered": {"type": "boolean", "default": True},
        "tolerance": {"anyOf": [{"type": "number"}, TEXT, {"type": "null"}]},
        "world": or_null(FREE), "steps": or_null(listed(FREE)),
    })  # fmt: skip
    task = closed(
        {"id": TEXT, "sublanguage": {"type": "string", "enum": list(SUBLANGUAGES)}, "instruction": TEXT, "entry": TEXT,
         "tests": listed(ref("Test"), maxItems=tests)},
        {"instruction_en": or_null(TEXT), "context": TEXT, "signature": or_null(TEXT), "world": FREE, "meta": FREE},
        description=f"A task; `meta.difficulty` is one of {', '.join(DIFFICULTIES)}.",
    )  # fmt: skip
    solution = closed({"task": TEXT, "source": TEXT}, {"model": TEXT, "sample": WHOLE})
    return {"Test": test, "Task": task, "Solution": solution}


def _diagnostics() -> dict[str, Schema]:
    place = closed({"line": WHOLE, "column": WHOLE})
    span = closed({"file": TEXT, "start": ref("Position"), "end": ref("Position")})
    fix = closed({
        "title": TEXT,
        "applicability": {"type": "string", "enum": ["safe", "unsafe", "display"]},
        "edits": listed(closed({"span": ref("Span"), "text": TEXT})),
    })  # fmt: skip
    label = closed({"span": ref("Span"), "message": TEXT, "message_zh": TEXT})
    diagnostic = closed({
        "code": TEXT, "name": TEXT, "severity": TEXT, "message": TEXT, "message_zh": TEXT, "span": ref("Span"),
        "labels": listed(ref("Label")), "fixes": listed(ref("Fix")),
    })  # fmt: skip
    return {"Position": place, "Span": span, "Fix": fix, "Label": label, "Diagnostic": diagnostic}


def _answers() -> dict[str, Schema]:
    status = {"type": "string", "enum": list(STATUSES)}
    milliseconds = {"type": "number", "minimum": 0}
    shown = listed(ref("Diagnostic"))
    test = closed({
        "status": ref("Status"), "args": or_null(listed(ANYTHING)), "expected": ANYTHING, "actual": ANYTHING,
        "difference": or_null(TEXT),
    })  # fmt: skip
    verdict = closed({
        "task": TEXT, "sample": WHOLE, "status": ref("Status"), "diagnostics": shown,
        "tests": listed(ref("TestVerdict")), "steps": WHOLE, "milliseconds": milliseconds,
    })  # fmt: skip
    run = closed({"status": ref("Status"), "milliseconds": milliseconds}, {
        "result": ANYTHING, "error": or_null(TEXT), "message": or_null(TEXT), "messages": listed(ANYTHING),
        "logs": listed(listed(TEXT)), "calls": listed(FREE), "downloads": listed(ANYTHING), "steps": WHOLE,
        "changes": FREE, "trace": listed(FREE), "diagnostic": ref("Diagnostic"), "diagnostics": shown,
    })  # fmt: skip
    return {
        "Status": status, "TestVerdict": test, "Verdict": verdict, "RunAnswer": run,
        "BatchAnswer": listed(ref("Verdict")),
        "StreamAnswer": closed({"index": WHOLE}, {"verdict": ref("Verdict"), "problem": ref("Problem")}),
        "CheckAnswer": closed(
            {"status": ref("Status"), "errors": WHOLE, "diagnostics": shown},
            {"message": TEXT, "applied": WHOLE, "texts": {"type": "object", "additionalProperties": TEXT}},
        ),
        "FormatAnswer": closed(
            {"status": ref("Status")},
            {"text": TEXT, "changed": {"type": "boolean"}, "diagnostics": shown, "message": TEXT},
        ),
        "Health": closed({"status": {"const": "ok"}, "version": TEXT}),
        "Ready": closed({"status": {"const": "ready"}, "workers": WHOLE, "waiting": WHOLE, "capacity": WHOLE}),
        "Problem": {
            "type": "object",
            "properties": {
                "type": {"type": "string", "format": "uri"}, "title": TEXT, "status": {"type": "integer"},
                "detail": TEXT, "pointer": TEXT | {"description": "JSON pointer to the fault"},
            },
            "required": ["type", "title", "status", "detail"],
        },
    }  # fmt: skip
