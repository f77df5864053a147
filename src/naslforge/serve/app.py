"""The routes of `sandbox serve`: one small function each. Everything that blocks happens in the pool's threads."""

import asyncio
import hmac
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from naslforge import __version__
from naslforge.journal import dump_line
from naslforge.run import Limits
from naslforge.serve import metrics, problems
from naslforge.serve.openapi import LINES, document
from naslforge.serve.pool import Pool
from naslforge.serve.problems import Problem
from naslforge.serve.requests import (
    Judging,
    check_answer,
    fit,
    format_answer,
    parse,
    program_job,
    run_answer,
)
from naslforge.serve.shapes import schemas
from naslforge.serve.streaming import LinesResponse, Stream

Json = dict[str, Any]
GONE = 499  # the status, in figures only, of a request whose client did not wait


@dataclass(frozen=True)
class Settings:
    """What one service allows; sizes in bytes, times in seconds."""

    workers: int = 2
    queue: int = 256
    max_body: int = 16 * 1024 * 1024
    max_batch: int = 256
    max_tests: int = 1000
    deadline: float = 120.0
    body_seconds: float = 30.0
    token: str = field(default="", repr=False)
    limits: Limits = field(default_factory=Limits)


class Service:
    """The routes, and what they share."""

    def __init__(self, settings: Settings):
        self.settings, self.metrics = settings, metrics.Metrics()
        self.schemas = schemas(settings.limits, settings.max_tests, min(settings.max_batch, settings.queue))
        self.pool = Pool(settings.workers, settings.queue, settings.deadline, settings.limits, self.metrics)
        self.document = document(self.schemas, bool(settings.token))
        self.is_open = False

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self.pool.open()
        self.is_open = True
        try:
            yield
        finally:
            self.is_open = False
            await self.pool.close()

    # --- the work

    async def judge(self, request: Request) -> Response:
        judging = await self._read(request, "JudgeRequest", lambda value: Judging.read(value, self.settings.limits))
        return _json(judging.verdict(await self.pool.run(judging.job())))

    async def judge_batch(self, request: Request) -> Response:
        all_ = await self._read(
            request, "BatchRequest", lambda values: [Judging.read(value, self.settings.limits) for value in values]
        )
        answers = await self.pool.run_all([judging.job() for judging in all_])
        pairs = zip(all_, answers, strict=True)
        return await asyncio.to_thread(lambda: _json([judging.verdict(answer) for judging, answer in pairs]))

    async def judge_stream(self, request: Request) -> Response:
        _expect(request, LINES)
        stream = Stream(self.pool, self._judging, self.settings.max_body, self.settings.body_seconds)
        return LinesResponse(stream.answers(request))

    async def check(self, request: Request) -> Response:
        job = await self._read(request, "CheckRequest", lambda v: program_job("check", v, self.settings.limits))
        return _json(check_answer(await self.pool.run(job)))

    async def format(self, request: Request) -> Response:
        job = await self._read(request, "FormatRequest", lambda v: program_job("format", v, self.settings.limits))
        return _json(format_answer(await self.pool.run(job), job["sources"][0]["text"]))

    async def run(self, request: Request) -> Response:
        job = await self._read(request, "RunRequest", lambda v: program_job("run", v, self.settings.limits))
        return _json(run_answer(await self.pool.run(job)))

    # --- about the service

    async def health(self, _: Request) -> Response:
        return _json({"status": "ok", "version": __version__})

    async def ready(self, _: Request) -> Response:
        if not self.is_open:
            raise Problem("closing", "the service starts, or was told to stop")
        pool = self.pool
        return _json({"status": "ready", "workers": pool.workers, "waiting": pool.waiting, "capacity": pool.capacity})

    async def figures(self, _: Request) -> Response:
        pool = self.pool
        gauges = {
            "workers": ("Worker processes.", pool.workers),
            "workers_busy": ("Workers with a job.", pool.busy),
            "queue_waiting": ("Jobs that wait for a worker.", pool.waiting),
            "queue_capacity": ("Jobs that may wait.", pool.capacity),
        }
        return Response(self.metrics.text(gauges), headers={"content-type": metrics.MEDIA_TYPE})

    async def describe(self, _: Request) -> Response:
        return _json(self.document)

    # --- reading

    async def _read(self, request: Request, schema: str, make: Callable[[Any], Any]) -> Any:
        """The body of a request, held against its schema and made into what is wanted. Raises Problem."""
        _expect(request, "application/json")
        body = await self._body(request)

        def read() -> Any:
            value = parse(body)
            fit(value, schema, self.schemas)
            return make(value)

        return await asyncio.to_thread(read)

    def _judging(self, line: bytes) -> Judging:
        value = parse(line)
        fit(value, "JudgeRequest", self.schemas)
        return Judging.read(value, self.settings.limits)

    async def _body(self, request: Request) -> bytes:
        most, length = self.settings.max_body, request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > most:
            raise Problem("too-large", f"a body of {length} bytes; {most} are allowed (--max-body)")
        data = bytearray()
        try:
            async with asyncio.timeout(self.settings.body_seconds):
                async for part in request.stream():
                    data += part
                    if len(data) > most:
                        raise Problem("too-large", f"the body is larger than {most} bytes (--max-body)")
        except TimeoutError as error:
            told = f"the body did not arrive within {self.settings.body_seconds:g} s"
            raise Problem("too-slow", told, headers={"Connection": "close"}) from error
        return bytes(data)


def application(settings: Settings) -> Starlette:
    """The service as an ASGI application."""
    service = Service(settings)
    post, get = ["POST"], ["GET"]
    routes = [
        Route("/v1/judge", service.judge, methods=post),
        Route("/v1/judge/batch", service.judge_batch, methods=post),
        Route("/v1/judge/stream", service.judge_stream, methods=post),
        Route("/v1/check", service.check, methods=post),
        Route("/v1/format", service.format, methods=post),
        Route("/v1/run", service.run, methods=post),
        Route("/health", service.health, methods=get),
        Route("/ready", service.ready, methods=get),
        Route("/metrics", service.figures, methods=get),
        Route("/openapi.json", service.describe, methods=get),
    ]
    handlers: dict[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
        Problem: problems.told, HTTPException: problems.told, Exception: problems.told,
    }  # fmt: skip
    app = Starlette(routes=routes, lifespan=service.lifespan, exception_handlers=handlers)
    app.router.redirect_slashes = False
    app.state.service = service
    app.add_middleware(_Guard, service=service)
    return app


class _Guard:
    """Asks for the token, lets go of work whose client has gone, and counts requests."""

    def __init__(self, app: ASGIApp, service: Service):
        self.app, self.service = app, service
        self.paths = set(service.document["paths"])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.monotonic(), GONE

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            if self._allowed(scope):
                await self._unless_gone(scope, receive, sending)
            else:
                told = Problem("token-missing", "send the header Authorization: Bearer TOKEN",
                               headers={"WWW-Authenticate": "Bearer"})  # fmt: skip
                await told.response()(scope, receive, sending)
        except Exception:
            status = 500
            raise
        finally:
            path = scope["path"] if scope["path"] in self.paths else "other"
            method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other"
            self.service.metrics.answered(method, path, status, time.monotonic() - started)

    def _allowed(self, scope: Scope) -> bool:
        token = self.service.settings.token
        if not token or not (scope["path"].startswith("/v1/") or scope["path"] == "/metrics"):
            return True
        given = dict(scope["headers"]).get(b"authorization", b"")
        return hmac.compare_digest(given, b"Bearer " + token.encode())

    async def _unless_gone(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application; when the client goes away, cancel it, so that its jobs leave the queue."""
        inbox: asyncio.Queue[Message] = asyncio.Queue(1)  # one part at a time: who does not read is not sent more
        task = asyncio.ensure_future(self.app(scope, inbox.get, send))

        async def listen() -> None:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    task.cancel()
                await inbox.put(message)
                if message["type"] == "http.disconnect":
                    return

        listening = asyncio.create_task(listen())
        try:
            await task
        except (asyncio.CancelledError, ClientDisconnect):
            if not listening.done():  # it is we who are told to stop
                task.cancel()
                raise
        finally:
            listening.cancel()


def _expect(request: Request, media_type: str) -> None:
    """Raises Problem `media-type`. A page in a browser cannot send these types to us unasked."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != media_type:
        raise Problem("media-type", f"send {media_type}, not {given or 'nothing'}")


def _json(value: Any) -> Response:
    return Response(dump_line(value).encode(), media_type="application/json")
