"""The description of the service in OpenAPI 3.1, made of the schemas that requests are held against."""

from typing import Any

from naslforge import __version__
from naslforge.serve.problems import KINDS, MEDIA_TYPE
from naslforge.serve.shapes import Schema, ref

Json = dict[str, Any]
LINES = "application/x-ndjson"
WORK = ("not-json", "too-slow", "too-large", "media-type", "invalid", "our-failure", "closing")
QUEUED = (*WORK, "queue-full", "deadline")


def document(schemas: dict[str, Schema], token: bool) -> Json:
    """The whole document; with `token`, the places that want one say so."""
    paths = {
        "/v1/judge": _post("judge", "Judge one solution", "JudgeRequest", "Verdict", (*QUEUED, "other-task")),
        "/v1/judge/batch": _post(
            "judgeBatch", "Judge a list of solutions: all are taken on or none; verdicts come in their order",
            "BatchRequest", "BatchAnswer", (*QUEUED, "other-task"),
        ),
        "/v1/judge/stream": _stream(),
        "/v1/check": _post(
            "check", "Tell what is wrong in a program", "CheckRequest", "CheckAnswer", (*QUEUED, "same-name")
        ),
        "/v1/format": _post(
            "format", "Write a program in canonical form", "FormatRequest", "FormatAnswer", QUEUED
        ),
        "/v1/run": _post(
            "run", "Call one logic of a program", "RunRequest", "RunAnswer", (*QUEUED, "same-name")
        ),
        "/health": _get("health", "Is the process alive?", "Health"),
        "/ready": _get("ready", "May requests be sent?", "Ready", ("closing",)),
        "/metrics": {"get": {
            "operationId": "metrics", "summary": "Figures for Prometheus",
            "responses": {"200": _answer("The figures.", "text/plain", {"type": "string"})} | _problems(()),
        }},
        "/openapi.json": _get("describe", "This document", None),
    }  # fmt: skip
    components: Json = {"schemas": schemas}
    if token:
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        for path, methods in paths.items():
            if path.startswith("/v1/") or path == "/metrics":
                for operation in methods.values():
                    operation["security"] = [{"token": []}]
                    operation["responses"] |= _problems(("token-missing",))
    info = {"title": "naslforge sandbox", "version": __version__, "description": _ABOUT, "license": _LICENSE}
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": "/"}], "paths": paths, "components": components}


_ABOUT = "Checks, formats, runs and judges NASL programs in isolated workers. Every error is a problem of RFC 9457."
_LICENSE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}


def _get(name: str, summary: str, answer: str | None, problems: tuple[str, ...] = ()) -> Json:
    schema = ref(answer) if answer else {"type": "object"}
    responses = {"200": _answer("The answer.", "application/json", schema)} | _problems(problems)
    return {"get": {"operationId": name, "summary": summary, "responses": responses}}


def _post(name: str, summary: str, request: str, answer: str, problems: tuple[str, ...]) -> Json:
    return {"post": {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": {"application/json": {"schema": ref(request)}}},
        "responses": {"200": _answer("The answer.", "application/json", ref(answer))} | _problems(problems),
    }}  # fmt: skip


def _stream() -> Json:
    line = {"type": "string", "description": "One JudgeRequest a line."}
    answer = {"type": "string", "description": "One StreamAnswer a line, as they are finished."}
    return {"post": {
        "operationId": "judgeStream",
        "summary": "Judge solutions as they come; `index` is the number of a line that is not empty, from 0",
        "requestBody": {"required": True, "content": {LINES: {"schema": line, "itemSchema": ref("JudgeRequest")}}},
        "responses": {"200": _answer("Verdicts and problems.", LINES, answer | {"itemSchema": ref("StreamAnswer")})}
        | _problems(("media-type", "closing")),
    }}  # fmt: skip


def _answer(description: str, media: str, schema: Schema) -> Json:
    items = {"itemSchema": schema.pop("itemSchema")} if "itemSchema" in schema else {}
    return {"description": description, "content": {media: {"schema": schema, **items}}}


def _problems(kinds: tuple[str, ...]) -> Json:
    """The answers that end in a problem, by status; several kinds may share one."""
    found: dict[str, list[str]] = {}
    for kind in (*kinds, "method-not-allowed"):
        status, title = KINDS[kind]
        found.setdefault(str(status), []).append(title)
    answers = {s: _answer("; or: ".join(titles) + ".", MEDIA_TYPE, ref("Problem")) for s, titles in found.items()}
    for number, header in (("429", "Retry-After"), ("405", "Allow"), ("401", "WWW-Authenticate")):
        if number in answers:
            form = {"type": "integer"} if header == "Retry-After" else {"type": "string"}
            answers[number]["headers"] = {header: {"schema": form, "required": True}}
    return answers
