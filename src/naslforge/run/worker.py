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
import ctypes
import gc
import importlib
import os
import pkgutil
import resource
import select
import signal
import socket
import sys
import tempfile
import time
import warnings
import zoneinfo
from collections.abc import Callable
from typing import IO, Any, NoReturn, cast

from naslforge.run import guard
from naslforge.run.limits import Limits
from naslforge.run.sandbox import WorkerLost, receive, send

JOBS_PER_CHILD = 5000
GRACE = 60.0  # wall time a child gets, in multiples of its processor time: the machine may be very busy
SPARE = 64 * 1024 * 1024  # address space for reading a job and writing its answer
_CLONE = {"user": 0x10000000, "net": 0x40000000, "mount": 0x00020000, "ipc": 0x08000000}


def serve_forever() -> NoReturn:
    """Be the warden: jobs from standard input, answers to standard output, until the input ends."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    answer: Callable[[dict[str, Any]], dict[str, Any]]
    try:
        answer = Warden(_prepare(), (requests.fileno(), answers.fileno())).answer
    except BaseException as error:
        failure = f"the worker cannot start: {_crash(error)}"
        answer = lambda _: {"status": "sandbox_error", "error": failure}  # noqa: E731
    try:
        while True:
            send(answers, answer(receive(requests)))
    except (WorkerLost, OSError):
        os._exit(0)


def _prepare() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Import and warm up whatever a job may need, then shut the doors."""
    import naslforge.lang
    import naslforge.run

    for package in (naslforge.lang, naslforge.run):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-16", "utf-32", "ascii", "latin-1", "unicode_escape", "idna"):
        codecs.lookup(name)
    from naslforge.run.trial import handle, warm_up

    warm_up()
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


def _shut_off() -> None:
    """No new privileges; own namespaces without network and an empty root, as far as the system lets us."""
    global _proc
    with contextlib.suppress(OSError):
        _proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    if libc.unshare(sum(_CLONE.values())) != 0:
        libc.unshare(_CLONE["user"] | _CLONE["net"])
    with contextlib.suppress(OSError):
        empty = tempfile.mkdtemp(prefix="naslforge-root-")
        at = os.open(os.path.dirname(empty), os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.chroot(empty)
            os.chdir("/")
        finally:
            os.rmdir(os.path.basename(empty), dir_fd=at)
            os.close(at)


class Warden:
    """Keeps one child alive and passes jobs to it."""

    def __init__(self, handle: Callable[[dict[str, Any]], dict[str, Any]], private: tuple[int, ...]):
        self.handle, self.private = handle, private
        self.child: int | None = None
        self.jobs = 0
        self.channel: socket.socket | None = None
        self.stream: IO[bytes] | None = None

    def answer(self, job: dict[str, Any]) -> dict[str, Any]:
        """The child's answer, or what its death says."""
        if self.child is None or self.jobs >= JOBS_PER_CHILD:
            self._end()
            self._fork()
        self.jobs += 1
        limits = Limits.from_json(job.get("limits", {}))
        assert self.stream is not None and self.channel is not None
        try:
            send(self.stream, job)
            if not select.select([self.channel], [], [], self._patience(limits, job))[0]:
                self._end()
                return {"status": "time_limit", "message": f"no end after {limits.seconds} seconds"}
            answer = receive(self.stream)
        except (WorkerLost, OSError):
            return self._obituary()
        if answer.pop("retire", False):
            self._end()
        return answer

    def _patience(self, limits: Limits, job: dict[str, Any]) -> float:
        return limits.seconds * GRACE * max(1, len(job.get("tests", ())))

    def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            ours.close()
            for fd in self.private:
                os.close(fd)
            _be_child(theirs, self.handle)
        theirs.close()
        self.child, self.jobs = child, 0
        self.channel, self.stream = ours, cast(IO[bytes], ours.makefile("rwb"))

    def _end(self) -> int:
        """Kill the child; gives its wait status."""
        if self.child is None:
            return 0
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.child, signal.SIGKILL)
        return self._wait()

    def _wait(self) -> int:
        assert self.child is not None and self.stream is not None and self.channel is not None
        _, status = os.waitpid(self.child, 0)
        self.child = None
        with contextlib.suppress(OSError):
            self.stream.close()
        self.channel.close()
        return status

    def _obituary(self) -> dict[str, Any]:
        assert self.child is not None
        for _ in range(100):
            if os.waitid(os.P_PID, self.child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                break
            time.sleep(0.02)
        else:
            self._end()
            return {"status": "sandbox_error", "error": "the worker stopped answering"}
        status = self._wait()
        killer = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if killer in (signal.SIGXCPU, signal.SIGPROF):
            return {"status": "time_limit", "message": "out of processor time"}
        if killer == signal.SIGKILL:
            return {"status": "memory_limit", "message": "stopped by the system for its memory"}
        return {"status": "sandbox_error", "error": f"the worker died (wait status {status})"}


def _be_child(channel: socket.socket, handle: Callable[[dict[str, Any]], dict[str, Any]]) -> NoReturn:
    """Do jobs until the channel closes or a job spoils the process."""
    stream = cast(IO[bytes], channel.makefile("rwb"))
    statm = -1
    with contextlib.suppress(OSError):
        statm = os.open("self/statm", os.O_RDONLY, dir_fd=_proc)
        os.close(_proc)
    _drop_rights()
    guard.install()
    try:
        while True:
            job = receive(stream)
            send(stream, _under_limits(job, handle, statm))
    except BaseException:
        os._exit(1)


def _drop_rights() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG: no orphan outlives its warden
    for what in (resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(what, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))


def _under_limits(
    job: dict[str, Any], handle: Callable[[dict[str, Any]], dict[str, Any]], statm: int
) -> dict[str, Any]:
    limits = Limits.from_json(job.get("limits", {}))
    base = _address_space(statm)
    if base:
        resource.setrlimit(resource.RLIMIT_AS, (base + limits.memory + SPARE, resource.RLIM_INFINITY))
    # For what a signal cannot interrupt: the system ends the process some time after its own timer should have.
    enough = time.process_time() + limits.seconds * (len(job.get("tests", ())) + 2) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (int(enough), resource.RLIM_INFINITY))
    try:
        return probe() if job.get("kind") == "probe" else handle(job)
    except MemoryError:
        return {"status": "memory_limit", "message": "out of memory", "retire": True}
    except BaseException as error:
        return {"status": "sandbox_error", "error": _crash(error), "retire": True}
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _crash(error: BaseException) -> str:
    """A fault of ours in one line: what, and where in which file."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}: {error}{place}"


def _address_space(statm: int) -> int:
    if statm < 0:
        return 0
    return int(os.pread(statm, 64, 0).split()[0]) * resource.getpagesize()


def probe() -> dict[str, Any]:
    """What code in the child could reach, for tests and for the curious: a word for each way out."""
    ways: dict[str, Callable[[], Any]] = {
        "file": lambda: os.open("/etc/passwd", os.O_RDONLY),
        "write": lambda: os.open("/naslforge-probe", os.O_CREAT | os.O_WRONLY),
        "socket": lambda: socket.create_connection(("127.0.0.1", 22), 1),
        "process": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "fork": _forked,
        "import": lambda: importlib.import_module("this"),
    }
    seen: dict[str, Any] = {"environment": sorted(os.environ)}
    for name, way in ways.items():
        seen[name] = " / ".join((_tried(way, False), _tried(way, True)))
    return seen


def _forked() -> None:
    if os.fork() == 0:
        os._exit(0)


def _tried(way: Callable[[], Any], guarded: bool) -> str:
    try:
        with guard.guarded() if guarded else contextlib.nullcontext():
            way()
    except BaseException as error:
        return f"refused by {type(error).__name__}"
    return "possible"
