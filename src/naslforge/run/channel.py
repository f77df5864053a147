"""Messages between the sandbox, its wardens and their children: a head that can be recognised, then a body of bytes."""

import json
import os
import select
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

LONGEST = 256 * 1024 * 1024  # bytes of a body; a longer one is nothing that a healthy process would send
TICK = 1.0  # seconds of waiting after which someone looks whether the other side is still well
STOPPED, SILENCE = 3, 20  # ticks after which a stopped process, and one that does nothing, is given up
READY, ALIVE = 0, 1  # numbers of messages by which a worker says that it has started, that it still waits; then jobs
KEEP, RETIRE, AGAIN = range(3)  # what an answer says of the process that gave it, see Frame.fate
_HEAD = struct.Struct(">4sIQdB")
_MARK = b"NFm1"


class WorkerLost(Exception):
    """The process at the other end died, fell silent, or sent what is no message."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message. An answer carries the number of its job."""

    number: int
    body: bytes
    seconds: float = (
        0.0  # of a job: processor time of one run, before which no signal about time is the program's doing
    )
    fate: int = KEEP  # of an answer: may its process go on, should it end, should a fresh one do the job again?


class Channel:
    """Two descriptors, one to read from and one to write to.

    Where `idle` is given it is called with 1, 2, 3 … for every TICK spent waiting for one message; it may raise.
    """

    def __init__(self, reads: int, writes: int, idle: Callable[[int], None] | None = None):
        self.reads, self.writes, self.idle = reads, writes, idle
        if idle is not None:
            os.set_blocking(reads, False)
            os.set_blocking(writes, False)

    def send(self, frame: Frame) -> None:
        """Write one message. Raises WorkerLost or OSError when nobody takes it."""
        if len(frame.body) > LONGEST:
            raise WorkerLost(f"a message of {len(frame.body)} bytes")
        data = memoryview(_HEAD.pack(_MARK, len(frame.body), frame.number, frame.seconds, frame.fate) + frame.body)
        ticks = 0
        while data:
            try:
                data = data[os.write(self.writes, data) :]
            except BlockingIOError:
                ticks = self._wait(self.writes, select.POLLOUT, ticks)

    def receive(self) -> Frame:
        """Read one message. Raises WorkerLost at the end of the stream and for what is no message."""
        mark, length, number, seconds, fate = _HEAD.unpack(self._read(_HEAD.size))
        if mark != _MARK or length > LONGEST or fate > AGAIN:
            raise WorkerLost("what came is no message")
        return Frame(number, self._read(length), seconds, fate)

    def _read(self, length: int) -> bytes:
        data = bytearray()
        ticks = 0
        while len(data) < length:
            try:
                part = os.read(self.reads, min(length - len(data), 1 << 20))
            except BlockingIOError:
                ticks = self._wait(self.reads, select.POLLIN, ticks)
                continue
            if not part:
                raise WorkerLost("the stream ended")
            data += part
        return bytes(data)

    def _wait(self, fd: int, what: int, ticks: int) -> int:
        poll = select.poll()
        poll.register(fd, what)
        if not poll.poll(TICK * 1000) and self.idle is not None:
            ticks += 1
            self.idle(ticks)
        return ticks

    def close(self) -> None:
        """Close both descriptors."""
        for fd in {self.reads, self.writes}:
            with suppress(OSError):
                os.close(fd)


def encode(message: Any) -> bytes:
    """A message as the body of a frame."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def decode(body: bytes) -> dict[str, Any]:
    """The message of a body. Raises WorkerLost where it is none."""
    try:
        message = json.loads(body.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise WorkerLost(f"the message cannot be read: {error}") from error
    if not isinstance(message, dict):
        raise WorkerLost("the message is no object")
    return message


class Watch:
    """Looks after a process while nothing comes from it: raises WorkerLost when it does nothing.

    One that computes, or waits for a processor or a disk, is waited for: the machine may be very busy.
    """

    def __init__(self, pid: int, proc: int | None = None):
        self.pid, self.proc = pid, proc
        self._used, self._since = 0.0, 0

    def __call__(self, ticks: int) -> None:
        state, used = state_of(self.pid, self.proc), processor_time(self.pid)
        if ticks == 1 or used > self._used or state in "RD":
            self._used, self._since = used, ticks
        if ticks - self._since >= (STOPPED if state == "T" else SILENCE):
            raise WorkerLost("the worker was stopped" if state == "T" else "the worker fell silent")


def processor_time(pid: int) -> float:
    """The processor time of a process since it was born; where the system does not tell, time that passes for all."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # how Linux numbers the clocks of processes
    except OSError:
        return time.monotonic()


def state_of(pid: int, proc: int | None = None) -> str:
    """What a process does, in the system's letter (R runs, S sleeps, T stopped …); `?` where nobody says.

    `proc` is a descriptor of /proc for those who have no files any more.
    """
    try:
        fd = os.open(f"/proc/{pid}/stat" if proc is None else f"{pid}/stat", os.O_RDONLY, dir_fd=proc)
    except OSError:
        return "?"
    try:
        return os.read(fd, 512).rpartition(b") ")[2][:1].decode("ascii", "replace") or "?"
    except OSError:
        return "?"
    finally:
        os.close(fd)
