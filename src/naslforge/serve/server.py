"""The service as a process: one port, a clean end on SIGTERM or Ctrl-C."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from naslforge.journal import InputError
from naslforge.serve.app import Settings, application

LAST_SECONDS = 30  # for requests that are at work when the service is told to stop


class _Server(uvicorn.Server):
    """Ends like any program that was asked to: with code 0, when the last answer is sent."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        signals = (signal.SIGTERM, signal.SIGINT)
        for number in signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)


def serve(settings: Settings, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve until told to stop; `tell` gets the address when all workers are ready. Port 0 takes a free one."""
    listener = _listen(host, port)
    shown = listener.getsockname()[:2]
    config = uvicorn.Config(
        application(settings), log_level="warning", access_log=False, lifespan="on", server_header=False,
        timeout_graceful_shutdown=LAST_SECONDS,
    )  # fmt: skip
    server = _Server(config)

    async def run() -> None:
        running = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started and not running.done():
            await asyncio.sleep(0.02)
        if server.started:
            tell(f"http://{'[' + shown[0] + ']' if ':' in shown[0] else shown[0]}:{shown[1]}")
        await running

    asyncio.run(run())
    if not server.started:
        raise RuntimeError("the service could not start; the lines above say why")


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise InputError(f"cannot listen: {error.strerror or error}", f"{host}:{port}") from error
