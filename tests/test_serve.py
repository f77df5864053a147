"""`sandbox serve`: a real process on a free port, asked as clients do, also rude ones."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

httpx = pytest.importorskip("httpx")
pytest.importorskip("starlette", reason="sandbox serve needs the extra: pip install 'naslforge[serve]'")
pytest.importorskip("uvicorn", reason="sandbox serve needs the extra: pip install 'naslforge[serve]'")

from naslforge.judge import job_of, judge  # noqa: E402
from naslforge.records import Task  # noqa: E402
from naslforge.serve import Settings, application  # noqa: E402
from naslforge.serve.fitting import fault  # noqa: E402

Json = dict[str, Any]
LINE = "export function f(n: Long): Long"
TASK: Json = {"id": "t/next", "sublanguage": "base", "instruction": "n + 1", "entry": "app.logics.f",
              "signature": LINE, "tests": [{"args": [1], "expect": 2}]}  # fmt: skip
LINES = {"content-type": "application/x-ndjson"}


def program(body: str) -> str:
    return f"export namespace app.logics {{ {LINE} {{ {body} }} }}"


GOOD, WRONG, BROKEN = program("return n + 1;"), program("return n;"), program("return m;")
SLOW = program("let i: Long = 0; while (i < 3000000) { i = i + 1; } return n + 1;")
ENDLESS = program("let i: Long = 0; while (i >= 0) { i = 1; } return i;")


def item(source: str = GOOD, sample: int = 0, **more: Any) -> Json:
    return {"task": TASK, "solution": {"task": "t/next", "source": source, "sample": sample}, **more}


class Server:
    """One service as a process of its own."""

    def __init__(self, *args: str, token: str = ""):
        environment = {**os.environ, "NASLFORGE_TOKEN": token}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "naslforge", "sandbox", "serve", "--port", "0", "--json", *args],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        self.address = json.loads(line)["address"]
        self.client = httpx.Client(base_url=self.address, timeout=60)

    def stop(self) -> int:
        self.client.close()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(40)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        return code

    def workers(self) -> list[int]:
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as told:
            children = [int(pid) for pid in told.read().split()]
        for task in os.listdir(f"/proc/{self.process.pid}/task"):
            with open(f"/proc/{self.process.pid}/task/{task}/children") as told:
                children += [int(pid) for pid in told.read().split()]
        return sorted(set(children))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    one = Server("--workers", "2", "--queue", "8", "--max-body", "200000")
    yield one
    assert one.stop() == 0


@pytest.fixture(scope="module")
def small() -> Iterator[Server]:
    """One worker, two places."""
    one = Server("--workers", "1", "--queue", "2", "--deadline", "3", token="秘密".encode().hex())
    one.client.headers["Authorization"] = "Bearer " + "秘密".encode().hex()
    yield one
    assert one.stop() == 0


def problem(response: Any, status: int, kind: str) -> Json:
    """The body of an error: always the one shape."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: Json = response.json()
    assert body["type"] == f"urn:naslforge:problem:{kind}" and body["status"] == status
    assert body["title"] and body["detail"]
    return body


# --- what it does


def test_verdicts_are_those_of_the_gate(server: Server) -> None:
    for source in (GOOD, WRONG, BROKEN, ENDLESS):
        told = server.client.post("/v1/judge", json=item(source, limits={"steps": 100000})).json()
        mine = judge(Task.from_json(TASK), source, limits=Settings().limits).to_json()
        if source is not ENDLESS:  # this one has another limit
            assert told | {"milliseconds": 0} == mine | {"milliseconds": 0}
        else:
            assert told["status"] == "step_limit" and told["steps"] == 100000


def test_a_batch_answers_in_order(server: Server) -> None:
    sources = [GOOD, WRONG, BROKEN, GOOD]
    told = server.client.post("/v1/judge/batch", json=[item(s, i) for i, s in enumerate(sources)]).json()
    assert [(one["sample"], one["status"]) for one in told] == list(
        enumerate(["passed", "wrong_answer", "type_error", "passed"])
    )


def test_a_stream_answers_as_things_are_finished(server: Server) -> None:
    """More lines than the queue has places; a bad line costs itself only; an empty one does not count."""
    lines = [json.dumps(item(WRONG if i % 5 == 0 else GOOD, i)) for i in range(40)]
    lines[7:7] = ["", "{", json.dumps({"task": TASK})]
    response = server.client.post("/v1/judge/stream", content="\n".join(lines), headers=LINES)
    found = {one["index"]: one for one in map(json.loads, response.text.splitlines())}
    assert response.status_code == 200 and sorted(found) == list(range(42))
    assert found[7]["problem"]["status"] == 400 and found[8]["problem"]["status"] == 422
    samples = {one["verdict"]["sample"]: one["verdict"]["status"] for one in found.values() if "verdict" in one}
    assert samples == {i: "wrong_answer" if i % 5 == 0 else "passed" for i in range(40)}


def test_a_stream_answers_before_it_has_been_read_to_its_end(server: Server) -> None:
    first_answer = threading.Event()

    def body() -> Iterator[bytes]:
        yield json.dumps(item()).encode() + b"\n"
        assert first_answer.wait(20)
        yield json.dumps(item(WRONG)).encode()

    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as raw:
        raw.sendall(b"POST /v1/judge/stream HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                    b"Transfer-Encoding: chunked\r\n\r\n")  # fmt: skip
        parts, seen = body(), b""
        raw.sendall(chunk(next(parts)))
        while b'"passed"' not in seen:
            seen += raw.recv(65536)
        first_answer.set()
        raw.sendall(chunk(next(parts)) + b"0\r\n\r\n")
        while b'"wrong_answer"' not in seen:
            seen += raw.recv(65536)
    assert seen.startswith(b"HTTP/1.1 200")


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def test_check_format_and_run(server: Server) -> None:
    files = [{"name": "a.ts", "text": GOOD}]
    assert server.client.post("/v1/check", json={"files": files}).json()["errors"] == 0
    broken = server.client.post("/v1/check", json={"files": [{"name": "a.ts", "text": BROKEN}]}).json()
    assert (broken["status"], broken["errors"]) == ("type_error", 1)
    assert broken["diagnostics"][0]["span"]["file"] == "a.ts"
    done = server.client.post("/v1/format", json={"text": GOOD}).json()
    assert done["changed"] and server.client.post("/v1/format", json={"text": done["text"]}).json() == {
        "status": "passed", "text": done["text"], "changed": False}  # fmt: skip
    ran = server.client.post("/v1/run", json={"files": files, "entry": "app.logics.f", "args": [4]}).json()
    assert (ran["status"], ran["result"]) == ("passed", 5)
    told = server.client.post("/v1/format", json={"text": "export {{{"}).json()
    assert told["status"] == "syntax_error" and told["diagnostics"] and "text" not in told
    told = server.client.post("/v1/run", json={"files": files, "entry": "app.logics.g"}).json()
    assert told["status"] == "bad_task" and "app.logics.f is close" in told["message"]
    problem(server.client.post("/v1/check", json={"files": files * 2}), 409, "same-name")


# --- what it refuses


def test_every_refusal_has_the_one_shape(server: Server) -> None:
    post, headers = server.client.post, {"content-type": "application/json"}
    problem(server.client.get("/nothing"), 404, "not-found")
    assert "POST" in server.client.get("/v1/judge").headers["allow"]
    problem(server.client.get("/v1/judge"), 405, "method-not-allowed")
    problem(post("/v1/judge", content=json.dumps(item())), 415, "media-type")
    for text in (b"{", b"\xff", b'{"task": NaN}', b'{"n": 1e999}', b"[" * 100_000, b"9" * 10_000):
        problem(post("/v1/judge", content=text, headers=headers), 400, "not-json")
    problem(post("/v1/judge", json=item(source="x" * 300_000)), 413, "too-large")
    problem(post("/v1/judge/batch", json=[item()] * 9), 422, "invalid")
    other = item() | {"solution": {"task": "t/other", "source": ""}}
    problem(post("/v1/judge", json=other), 409, "other-task")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"task": {**TASK, "tests": [{"args": 3}]}}, "/task/tests/0/args"),
        ({"task": {**TASK, "sublanguage": "c"}}, "/task/sublanguage"),
        ({"task": {**TASK, "a/b": 1}}, "/task/a~1b"),
        ({"solution": {"task": "t/next"}}, "/solution"),
        ({"limits": {"steps": 10**9}}, "/limits/steps"),
        ({"limits": {"steps": True}}, "/limits/steps"),
        ({"more": 1}, "/more"),
    ],
)
def test_a_misfit_is_told_with_its_place(server: Server, change: Json, pointer: str) -> None:
    told = problem(server.client.post("/v1/judge", json=item() | change), 422, "invalid")
    assert told["pointer"] == pointer and pointer in told["detail"]


def test_without_the_token_there_is_no_work(small: Server) -> None:
    bare = httpx.Client(base_url=small.address)
    for wrong in ({}, {"Authorization": "Bearer x"}, {"Authorization": b"Bearer \xff"}):
        response = bare.post("/v1/judge", json=item(), headers=wrong)
        problem(response, 401, "token-missing")
        assert response.headers["www-authenticate"] == "Bearer"
    problem(bare.get("/metrics"), 401, "token-missing")
    assert bare.get("/health").status_code == bare.get("/ready").status_code == 200
    assert small.client.post("/v1/judge", json=item()).json()["status"] == "passed"


# --- load, time and death


def test_a_full_queue_refuses_with_a_time_to_come_back(small: Server) -> None:
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(small.client.post, "/v1/judge", json=item(SLOW)) for _ in range(8)]
        answers = [one.result() for one in asked]
    refused = [one for one in answers if one.status_code == 429]
    assert refused and all(int(one.headers["retry-after"]) >= 1 for one in refused)
    problem(refused[0], 429, "queue-full")
    served = [one for one in answers if one.status_code != 429]
    assert served and all(one.status_code in (200, 504) for one in served)
    assert any(one.json().get("status") == "passed" for one in served)


def test_what_takes_too_long_is_given_up_and_its_worker_replaced(small: Server) -> None:
    slow = item(SLOW) | {"task": {**TASK, "tests": [{"args": [i], "expect": i + 1} for i in range(80)]}}
    started = time.monotonic()
    problem(small.client.post("/v1/judge", json=slow), 504, "deadline")
    assert time.monotonic() - started < 15
    while (after := small.client.post("/v1/judge", json=item())).status_code == 504:  # a busy machine starts it slowly
        assert time.monotonic() - started < 60
    assert after.json()["status"] == "passed"
    assert 'naslforge_refused_total{reason="deadline"}' in small.client.get("/metrics").text


def test_a_body_that_never_ends_is_let_go() -> None:
    """In memory: the settings are not the command line's."""

    async def ask() -> list[Json]:
        app = application(Settings(workers=1, body_seconds=0.2))
        async with app.router.lifespan_context(app):
            return await raw_request(app, "/v1/judge", b"application/json", first=b"{")

    start, body = asyncio.run(ask())
    assert start["status"] == 408 and json.loads(body["body"])["type"].endswith("too-slow")


async def raw_request(app: Any, path: str, media: bytes, first: bytes, gone: bool = False) -> list[Json]:
    """A request that stalls after its first part, or whose client goes away then."""
    sent: list[Json] = []
    messages = [{"type": "http.request", "body": first, "more_body": not gone}]

    async def receive() -> Json:
        if messages:
            return messages.pop()
        if gone:
            await asyncio.sleep(0.3)
            return {"type": "http.disconnect"}
        await asyncio.sleep(30)
        raise AssertionError("nobody gave up")

    async def send(message: Json) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
             "headers": [(b"content-type", media)], "http_version": "1.1", "scheme": "http", "root_path": "",
             "server": ("x", 1), "client": ("x", 2), "asgi": {"version": "3.0"}}  # fmt: skip
    await app(scope, receive, send)
    return sent


def test_work_of_a_client_that_has_gone_leaves_the_queue() -> None:
    async def ask() -> tuple[int, int, Json]:
        app = application(Settings(workers=1, queue=4))
        async with app.router.lifespan_context(app):
            pool = app.state.service.pool
            tests = [{"args": [i], "expect": i + 1} for i in range(12)]
            blocker = asyncio.create_task(pool.run(judging_job(SLOW, tests)))
            request = raw_request(app, "/v1/judge", b"application/json", json.dumps(item()).encode(), gone=True)
            asked, most = asyncio.create_task(request), 0
            while not asked.done():
                await asyncio.sleep(0.01)
                most = max(most, pool.waiting)
            assert await asked == [] and not blocker.done()
            return most, pool.waiting, await blocker

    before, after, answer = asyncio.run(ask())
    assert (before, after, answer["status"]) == (1, 0, "passed")


def judging_job(source: str, tests: list[Json]) -> Json:
    return job_of(Task.from_json({**TASK, "tests": tests}), source)


def test_a_killed_worker_costs_nobody_a_verdict(server: Server) -> None:
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(server.client.post, "/v1/judge", json=item(SLOW)) for _ in range(4)]
        time.sleep(0.4)
        workers = server.workers()
        assert len(workers) == 2
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        answers = [one.result() for one in asked]
    assert [one.json()["status"] for one in answers] == ["passed"] * 4


def test_a_termination_lets_the_last_answers_out() -> None:
    server = Server("--workers", "1")
    workers = server.workers()
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(server.client.post, "/v1/judge", json=item(SLOW)) for _ in range(2)]
        time.sleep(0.4)
        server.process.send_signal(signal.SIGTERM)
        answers = [one.result() for one in asked]
        assert [one.json()["status"] for one in answers] == ["passed"] * 2
        assert server.stop() == 0
    assert workers and not any(os.path.exists(f"/proc/{pid}") for pid in workers)
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.address + "/health")


def test_a_taken_port_is_the_users_affair(server: Server) -> None:
    port = server.address.rpartition(":")[2]
    command = [sys.executable, "-m", "naslforge", "sandbox", "serve", "--port", port]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert told.returncode == 2 and f"127.0.0.1:{port}" in told.stderr and "Traceback" not in told.stderr


def test_figures_add_up(server: Server) -> None:
    def figure(name: str) -> float:
        lines = server.client.get("/metrics").text.splitlines()
        return float(next(line.rpartition(" ")[2] for line in lines if line.startswith(name)))

    before = figure('naslforge_jobs_total{status="passed"}')
    server.client.post("/v1/judge/batch", json=[item()] * 5)
    assert figure('naslforge_jobs_total{status="passed"}') == before + 5
    assert figure("naslforge_queue_waiting") == 0 and figure("naslforge_workers ") == 2
    assert server.client.get("/ready").json() == {"status": "ready", "workers": 2, "waiting": 0, "capacity": 8}


# --- the fitting of values to schemas


@pytest.mark.parametrize(
    ("value", "schema", "told"),
    [
        (1.0, {"type": "integer"}, None),
        (1.5, {"type": "integer"}, ("", "is an integer, not number")),
        (True, {"type": "number"}, ("", "is a number, not boolean")),
        ({}, {"type": "object", "required": ["a"]}, ("", "misses the key 'a'")),
        ([1, "x"], {"type": "array", "items": {"type": "integer"}}, ("/1", "is an integer, not string")),
        (None, {"anyOf": [{"type": "string"}, {"type": "null"}]}, None),
        ({"a": {"b": 1}}, {"type": "object", "additionalProperties": {"type": "object",
         "additionalProperties": {"type": "string"}}}, ("/a/b", "is a string, not integer")),
        ("", {"type": "string", "minLength": 1}, ("", "is not empty")),
        (3, {"anyOf": [{"type": "string"}, {"type": "null"}]}, ("", "is a string or null")),
    ],
)  # fmt: skip
def test_fitting(value: Any, schema: Json, told: tuple[str, str] | None) -> None:
    assert fault(value, schema, {}) == told
