"""What the kernel does for a worker: shown from inside one, with real attempts, and never a part of the verdict."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from naslforge.journal import InputError
from naslforge.run import Sandbox, seccomp
from naslforge.run import isolation as isolated
from naslforge.run.isolation import MEANS, Isolation
from tests.hostile import hostile

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernel isolation is Linux's")

WAYS_OUT = ("file", "write", "folder", "socket", "listen", "process", "fork", "thread", "signal to the parent",
            "signal to all", "memory that runs", "namespaces", "import")  # fmt: skip


@pytest.fixture(scope="module")
def state() -> dict[str, Any]:
    with Sandbox(1, isolation=Isolation()) as sandbox:
        return sandbox.run({"kind": "probe"})


PROGRAM = """
import json, mmap, os, socket, sys, threading, time
from naslforge.run import kernel
from naslforge.run.isolation import Isolation
isolation = Isolation.from_text(sys.argv[1])
victim = os.fork()
if victim == 0:
    time.sleep(600)
    os._exit(0)
attempts = [compile(text, "attempt", "exec") for text in json.loads(sys.argv[2])]

def attempted(code):
    isolation.confine()
    try:
        exec(code)
    except Exception as error:
        return type(error).__name__
    return "possible"

def answer(code):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        told = attempted(code)
        on = [means for means, why in isolation.report().items() if not why]
        os.write(writer, json.dumps([told, on]).encode())
        os._exit(0)
    os.close(writer)
    told = json.loads(os.read(reader, 9999) or '["it is gone", []]')
    os.waitpid(child, 0)
    return told

try:
    isolation.separate()
    os.write(1, json.dumps([answer(code) for code in attempts]).encode())
finally:
    os.kill(victim, 9)
"""


def confined(means: str, attempts: Iterable[str]) -> list[str]:
    """What attempts come to, each in an isolated process of its own; they answer through a pipe, for no file opens."""
    command = [sys.executable, "-c", PROGRAM, means, json.dumps(list(attempts))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    missing = {name for name in means.split(",") if name in MEANS} - set(told[0][1])
    if missing:
        pytest.skip(f"this kernel or container has no {missing}")
    return [word for word, _ in told]


NEW_FILE = Path("/dev/shm/naslforge-test")
X86 = os.uname().machine == "x86_64"

ATTEMPTS = {
    "seccomp": {
        "os.open('/etc/passwd', os.O_RDONLY)": "FileNotFoundError",
        "os.open('/dev/shm/naslforge-test', os.O_CREAT | os.O_WRONLY)": "FileNotFoundError",
        "os.stat('/etc')": "FileNotFoundError",
        "os.readlink('/proc/self/exe')": "FileNotFoundError",
        "socket.socket()": "PermissionError",
        "socket.socketpair()": "PermissionError",
        "os.execv('/bin/true', ['true'])": "PermissionError",
        "os.fork() or os._exit(0)": "PermissionError",
        "threading.Thread(target=int).start()": "RuntimeError",
        "os.kill(os.getppid(), 0)": "PermissionError",
        "os.kill(os.getpid(), 0)": "PermissionError",
        "os.pidfd_open(os.getppid())": "PermissionError",
        "kernel._syscall(101, 16, victim, 0, 0)": "PermissionError",  # ptrace: attach
        "kernel._syscall(310, victim, 0, 0, 0, 0, 0)": "PermissionError",  # process_vm_readv
        "kernel._syscall(425, 8, 0)": "PermissionError",  # io_uring_setup, which opens files on its own
        "kernel._syscall(321, 0, 0, 0)": "PermissionError",  # bpf
        "kernel._syscall(0x40000000 + 39)": "PermissionError",  # getpid by the numbers of x32
        "kernel.unshare(kernel.NEW_USER)": "PermissionError",
        "mmap.mmap(-1, 4096, prot=7)": "PermissionError",
        "mmap.mmap(-1, 4096)": "possible",
        "os.getpid()": "possible",
    },
    "no new privileges,landlock": {
        "os.open('/etc/passwd', os.O_RDONLY)": "PermissionError",
        "os.listdir('/')": "PermissionError",
        "os.open('/dev/shm/naslforge-test', os.O_CREAT | os.O_WRONLY)": "PermissionError",
        "os.execv('/bin/true', ['true'])": "PermissionError",
        "os.kill(victim, 0)": "PermissionError",
        "socket.create_connection(('127.0.0.1', 9), 1)": "PermissionError",
    },
    "rlimits": {
        "os.write(os.open('/dev/shm/naslforge-test', os.O_CREAT | os.O_WRONLY), b'x')": "OSError",
        "[os.pipe() for _ in range(16)]": "OSError",
    },
    "user namespace,pid namespace": {"os.kill(victim, 0)": "ProcessLookupError"},
    "user namespace,network namespace": {"socket.create_connection(('127.0.0.1', 9), 1)": "OSError"},
    "user namespace,mount namespace,empty root": {
        "os.listdir('/etc')": "FileNotFoundError",
        "assert os.listdir('/') == []; os.open('/x', os.O_CREAT | os.O_WRONLY)": "OSError",
    },
    "user namespace,no capabilities": {"os.chroot('/tmp')": "PermissionError"},
}


@pytest.mark.parametrize("means", ATTEMPTS)
def test_each_means_alone_refuses_what_it_is_for(means: str) -> None:
    wanted = {text: answer for text, answer in ATTEMPTS[means].items() if X86 or "_syscall(" not in text}
    try:
        assert dict(zip(wanted, confined(means, wanted), strict=True)) == wanted
    finally:
        NEW_FILE.unlink(missing_ok=True)


def test_without_means_the_attempts_succeed() -> None:
    """So that a refusal above is the kernel's doing and not a fault of the attempt."""
    harmless = [text for found in ATTEMPTS.values() for text in found
                if text.startswith(("os.open", "os.stat", "os.listdir('/etc", "socket.", "os.fork", "os.kill(victim",
                                    "os.pidfd", "mmap", "threading"))]  # fmt: skip
    try:
        told = dict(zip(harmless, confined("none", harmless), strict=True))
    finally:
        NEW_FILE.unlink(missing_ok=True)
    refused = {text: word for text, word in told.items() if word != "possible"}
    assert all(text.startswith("socket.create_connection") for text in refused), refused
    assert set(refused.values()) <= {"ConnectionRefusedError"}


def test_a_worker_uses_every_means_that_there_is(state: dict[str, Any]) -> None:
    assert list(state["isolation"]) == list(MEANS)
    off = {name: why for name, why in state["isolation"].items() if why}
    if off:
        pytest.skip(f"not here: {off}")
    for name, word in state["ways"].items():
        assert "possible" not in word, (name, word)


def test_a_worker_reaches_nothing_whatever_the_kernel_has(state: dict[str, Any]) -> None:
    assert set(state["ways"]) == set(WAYS_OUT)
    with Sandbox(1, isolation=Isolation.from_text("none")) as sandbox:
        bare = sandbox.run({"kind": "probe"})
    for name in ("file", "write", "folder", "socket", "listen", "process", "fork"):
        assert bare["ways"][name].endswith("refused by the guard"), name
        assert state["ways"][name].endswith("refused by the guard"), name


def test_a_worker_has_no_environment_and_no_descriptors_but_its_own(state: dict[str, Any]) -> None:
    reader, writer = os.pipe()
    os.set_inheritable(reader, True)
    try:
        with Sandbox(1) as sandbox:
            mine = sandbox.run({"kind": "probe"})
    finally:
        os.close(reader)
        os.close(writer)
    for seen in (state, mine):
        assert len(seen["descriptors"]) == 5, "three of nothing, the way to the warden, the size of the process"
        assert isolated.SETTING not in seen["environment"]


def test_the_network_alone_can_be_opened() -> None:
    with Sandbox(1, isolation=Isolation(network=True)) as sandbox:
        seen = sandbox.run({"kind": "probe"})["ways"]
    assert "ConnectionRefusedError" in seen["socket"] or "possible" in seen["socket"]
    for name in ("file", "write", "folder", "process", "fork", "signal to the parent"):
        assert "possible" not in seen[name], name


def test_verdicts_are_the_same_without_any_means() -> None:
    attacks = list(hostile())[::4]
    assert len({attack.kind for attack in attacks}) >= 10

    def verdicts(how: Isolation) -> list[str]:
        found = []
        with Sandbox(1, isolation=how) as sandbox:
            for attack in attacks:
                task = attack.task
                answer = sandbox.run({
                    "kind": "judge", "sublanguage": task.sublanguage, "context": task.context, "entry": task.entry,
                    "signature": task.signature, "world": task.world, "source": attack.source,
                    "tests": [test.to_json() for test in task.tests], "limits": attack.limits.to_json(),
                })  # fmt: skip
                answer = {key: value for key, value in answer.items() if "milliseconds" not in key}
                found.append(json.dumps(answer, sort_keys=True))
        return found

    assert verdicts(Isolation()) == verdicts(Isolation.from_text("none"))


def test_a_worker_whose_namespace_dies_is_replaced() -> None:
    with Sandbox(1) as sandbox:
        assert sandbox.run({"kind": "probe"})["status"] == "passed"
        process = sandbox._all[0]._process
        assert process is not None
        for child in children(process.pid):
            os.kill(child, signal.SIGKILL)
        assert sandbox.run({"kind": "probe"})["status"] == "passed"


def test_no_process_outlives_its_sandbox() -> None:
    sandbox = Sandbox(1)
    sandbox.run({"kind": "probe"})
    process = sandbox._all[0]._process
    assert process is not None
    below = children(process.pid)
    assert below
    sandbox.close()
    deadline = time.monotonic() + 10
    while any(os.path.exists(f"/proc/{child}") for child in below) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not [child for child in below if os.path.exists(f"/proc/{child}")]


def children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as told:
        return [int(word) for word in told.read().split()]


def test_the_setting_is_read_strictly(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Isolation.from_text("") == Isolation.from_text("full") == Isolation()
    assert Isolation.from_text("none").means == frozenset()
    assert Isolation.from_text("landlock, seccomp,network") == Isolation(frozenset({"landlock", "seccomp"}), True)
    for text in ("full", "none", "none,network", "landlock,seccomp", "full,network"):
        assert Isolation.from_text(text).to_text() == text
    monkeypatch.setenv(isolated.SETTING, "seccompp")
    with pytest.raises(InputError, match="seccompp"):
        Sandbox(1)


def test_the_filter_fits_every_machine_in_its_table() -> None:
    for machine in ("x86_64", "aarch64"):
        for network in (False, True):
            code = seccomp.program(machine, network)
            assert len(code) % 8 == 0 and len(code) // 8 < 4096
    assert len(seccomp.program("x86_64", True)) > len(seccomp.program("x86_64", False))
    with pytest.raises(LookupError, match="riscv64"):
        seccomp.program("riscv64", False)


def test_isolation_costs_milliseconds() -> None:
    program = """
import os, time
from naslforge.run.isolation import Isolation
isolation = Isolation()
times = [time.process_time()]
isolation.separate()
times.append(time.process_time())
if os.fork() == 0:
    start = time.process_time()
    isolation.confine()
    os.write(1, f"{times[1] - times[0]} {time.process_time() - start}".encode())
    os._exit(0)
os.wait()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    separate, confine = (float(word) for word in done.stdout.split())
    assert separate < 0.1 and confine < 0.05, "processor seconds"
