"""The worker process: a warden that stays clean, and a child forked from it that does the jobs under limits.

The warden imports everything once, shuts itself off from network and files, and forks. A child that passes a hard
limit dies alone; the warden says so and forks the next one within milliseconds.

What stops a program, from the inside out: it is translated code that can only call our library; steps, call depth and
lengths are counted there; processor time ends it by a signal, address space by MemoryError; an audit hook refuses
files, sockets, processes and imports while it runs; the process has no descriptors, no environment, no network and an
empty root directory where the system allows namespaces. Not stopped: faults of the Python interpreter itself.
"""

import codecs
import contextlib
import gc
import importlib
import importlib.util
import os
import pkgutil
import resource
import signal
import socket
import sys
import time
import warnings
import zoneinfo
from collections import deque
from collections.abc import Callable
from typing import Any, NoReturn

from naslforge.run import guard, isolation, memory
from naslforge.run.channel import (
    AGAIN,
    ALIVE,
    KEEP,
    READY,
    RETIRE,
    Channel,
    Frame,
    Watch,
    WorkerLost,
    decode,
    encode,
    processor_time,
)  # fmt: skip
from naslforge.run.limits import Limits
from naslforge.run.memory import OUT_OF_MEMORY, address_space, at_the_wall
from naslforge.run.probe import probe
from naslforge.run.servers import DRIVERS, VARIABLE, servers
from naslforge.run.timing import OUT_OF_TIME, die_in_time, stop_timers

JOBS_PER_CHILD = 5000
TIMERS = (signal.SIGXCPU, signal.SIGVTALRM)
Handler = Callable[[dict[str, Any]], dict[str, Any]]
SPARE = 64 * 1024 * 1024  # address space for reading a job, for writing its answer, and between two looks


def serve_forever() -> NoReturn:
    """Be the warden: jobs from standard input, answers to standard output, until the input ends."""
    parent = Channel(os.dup(0), os.dup(1))
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    try:
        try:
            warden = Warden(_prepare(), parent)
        except BaseException as error:
            failure = f"the worker cannot start: {_crash(error)}"
            parent.send(Frame(READY, encode({"status": "sandbox_error", "error": failure})))
            os._exit(1)
        parent.send(Frame(READY, encode({"status": "ready"})))
        while True:
            parent.send(warden.answer(parent.receive()))
    except BaseException:
        os._exit(0)


def _prepare() -> Handler:
    """Import and warm up whatever a job may need, then shut the doors."""
    import naslforge.lang
    import naslforge.run

    for package in (naslforge.lang, naslforge.run):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if importlib.util.find_spec(DRIVERS.get(module.name, "sys")):
                importlib.import_module(module.name)
    for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-16", "utf-32", "ascii", "latin-1", "unicode_escape", "idna"):
        codecs.lookup(name)
    from naslforge.run.trial import handle, warm_up

    servers.use(os.environ.pop(VARIABLE, None))
    warm_up()
    servers.release()  # each child opens its own
    warnings.simplefilter("ignore")  # to show one, Python would open the source file
    sys.unraisablehook = lambda _: None
    _keep_zones()
    _shut_off()
    gc.collect()
    gc.freeze()
    return handle


_zones: list[zoneinfo.ZoneInfo] = []
_proc = -1  # held open across the change of root: a child asks there for its own size, then closes it


def _keep_zones() -> None:
    """Time zones are read from files, which a child cannot: read them now, and hold them so that they stay."""
    for name in sorted(zoneinfo.available_timezones()):
        with contextlib.suppress(Exception):
            _zones.append(zoneinfo.ZoneInfo(name))
    zoneinfo.reset_tzpath(to=())  # no others, also where a child could read files


def _shut_off() -> None:
    """Let go of the machine, but for a look at how our child does."""
    global _proc
    with contextlib.suppress(OSError):
        _proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    isolation.of_this_process().separate()


class MemoryWall(WorkerLost):
    """The child turns in circles because there is no memory at all, see run/memory.py."""


class Warden:
    """Keeps one child alive and passes jobs to it, unread."""

    def __init__(self, handle: Handler, parent: Channel):
        self.handle, self.parent = handle, parent
        self.child: int | None = None
        self.channel: Channel | None = None
        self.jobs = 0  # of this child

    def answer(self, job: Frame) -> Frame:
        """The child's answer, or what its death says."""
        answer = self._ask(job)
        if answer.fate == AGAIN and self.jobs > 1:  # what others left behind took of its memory
            self._end()
            answer = self._ask(job)
        if answer.fate != KEEP:
            self._end()
        return answer

    def _ask(self, job: Frame) -> Frame:
        before = 0.0
        try:
            channel = self._child()
            before = processor_time(self.child or 0)
            channel.send(job)
            answer = channel.receive()
            if answer.number != job.number:
                raise WorkerLost(f"an answer to job {answer.number} instead of {job.number}")
            return answer
        except (WorkerLost, OSError) as lost:
            if isinstance(lost, MemoryWall):
                self._end()
                return Frame(job.number, encode({"status": "memory_limit", "message": OUT_OF_MEMORY}), fate=AGAIN)
            told = self._obituary(before + job.seconds, str(lost))
            if told["status"] == "sandbox_error" and not isolation.of_this_process().stands():
                raise SystemExit("no more children can be had here") from lost
            return Frame(job.number, encode(told))

    def _child(self) -> Channel:
        """The way to a child that may do one more job."""
        if self.child is None or self.channel is None or self.jobs >= JOBS_PER_CHILD:
            self._end()
            self.channel = self._fork()
            self.jobs = 0
        self.jobs += 1
        return self.channel

    def _fork(self) -> Channel:
        ours, theirs = socket.socketpair()
        try:
            child = os.fork()
        except OSError as error:
            raise SystemExit("no child can be forked") from error  # a fresh warden is the sandbox's affair
        if child == 0:
            ours.close()
            self.parent.close()
            _be_child(theirs.detach(), self.handle)
        theirs.close()
        self.child = child
        fd, watch, walled = ours.detach(), Watch(child, _proc), deque([False], maxlen=2)

        def waiting(ticks: int) -> None:
            watch(ticks)
            walled.append(at_the_wall(child, _proc))
            if all(walled) and len(walled) == walled.maxlen:
                raise MemoryWall(OUT_OF_MEMORY)
            self.parent.send(Frame(ALIVE, b""))

        return Channel(fd, fd, waiting)

    def _end(self) -> None:
        """Kill the child."""
        if self.child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        self._forget()

    def _forget(self) -> None:
        if self.channel is not None:
            self.channel.close()
        self.child = self.channel = None

    def _obituary(self, earliest: float, why: str) -> dict[str, Any]:
        """What became of a child that gave no answer. `earliest` is its processor time when time may have ended it."""
        failed = {"status": "sandbox_error", "error": why}
        if self.child is None:
            return failed
        for _ in range(100):  # its end of the channel closes a moment before it is dead
            if os.waitid(os.P_PID, self.child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                break
            time.sleep(0.01)
        else:
            self._end()
            return failed
        _, status, used = os.wait4(self.child, 0)
        self._forget()
        killer = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if killer in TIMERS and used.ru_utime + used.ru_stime >= earliest:
            spent = round((used.ru_utime + used.ru_stime - earliest) * 1000, 2)
            return {"status": "time_limit", "message": OUT_OF_TIME, "processor_milliseconds": spent}
        return failed | {"error": f"the worker died (wait status {status})"}


def _be_child(fd: int, handle: Handler) -> NoReturn:
    """Do jobs until the channel closes or a job spoils the process."""
    try:
        channel, statm = Channel(fd, fd), -1
        with contextlib.suppress(OSError):
            statm = os.open("self/statm", os.O_RDONLY, dir_fd=_proc)
        isolation.close_all_but({0, 1, 2, fd, statm} - {-1})
        isolation.of_this_process().confine(connected=servers.connection() is not None)
        guard.install()
        die_in_time()
        born = address_space(statm)
        while True:
            job = channel.receive()
            answer = _under_limits(decode(job.body), handle, statm, born)
            fate = answer.pop("fate", KEEP)
            channel.send(Frame(job.number, encode(answer), fate=fate))
    except BaseException:
        os._exit(1)


def _under_limits(job: dict[str, Any], handle: Handler, statm: int, born: int) -> dict[str, Any]:
    """The answer to a job; `born` is the address space of a new child, the same for every program."""
    limits = Limits.from_json(job.get("limits", {}))
    if born:
        memory.watch(statm, born + limits.memory)
        resource.setrlimit(resource.RLIMIT_AS, (born + limits.memory + SPARE, resource.RLIM_INFINITY))
    started = time.process_time()
    enough = started + limits.seconds * (_runs(job) + 1) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (int(enough), resource.RLIM_INFINITY))
    try:
        answer = probe() if job.get("kind") == "probe" else handle(job)
    except MemoryError:
        answer = {"status": "memory_limit", "message": OUT_OF_MEMORY, "fate": AGAIN}
    except BaseException as error:
        answer = {"status": "sandbox_error", "error": _crash(error), "fate": RETIRE}
    finally:
        stop_timers()
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return answer | {"processor_milliseconds": round((time.process_time() - started) * 1000, 2)}


def _runs(job: dict[str, Any]) -> int:
    """How many runs a job asks for, each of which may take its processor time."""
    runs = job.get("tests") or job.get("inputs")
    return len(runs) if isinstance(runs, list) else 1


def _crash(error: BaseException) -> str:
    """A fault of ours in one line: what, and where in which file."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}: {error}{place}"
