"""Shutting a worker off with what the kernel offers to everybody; no privileges are needed, and no means is required.

In two steps: `separate` once in the warden, when everything is imported; `confine` in every child, before its first
job. What a means cannot do here is kept as a sentence for `naslforge doctor`, and the others do without it: a program
can reach nothing through our own code either, so the verdicts are the same.
"""

import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NoReturn

from naslforge.journal import InputError
from naslforge.run import kernel, seccomp

SETTING = "NASLFORGE_ISOLATION"
NAMESPACES = {
    "user namespace": kernel.NEW_USER, "pid namespace": kernel.NEW_PID, "mount namespace": kernel.NEW_MOUNT,
    "ipc namespace": kernel.NEW_IPC, "network namespace": kernel.NEW_NET,
}  # fmt: skip
MEANS = ("no new privileges", *NAMESPACES, "empty root", "no capabilities", "landlock", "rlimits", "seccomp")
NETWORK = "network"
ON, NOT_ASKED, UNREACHED = "", "not asked for", "not tried"
FILES_OPEN = 16
DYING = 20  # milliseconds
SLEEP = "/bin/sleep"


@dataclass
class Isolation:
    """The means that are asked for, and of each what came of it: nothing (it is on), or why not.

    `network` lets a worker talk to other machines, for a database by URL; all else stays shut.
    """

    means: frozenset[str] = frozenset(MEANS)
    network: bool = False
    found: dict[str, str] = field(default_factory=dict, compare=False)
    anchor: int | None = field(default=None, compare=False)  # the process that a PID namespace stands and falls with

    @classmethod
    def from_text(cls, text: str) -> "Isolation":
        """Read the setting: `full`, `none`, or names of means with commas; `network` beside them opens the network.

        Raises InputError for an unknown word.
        """
        words = {word.strip() for word in text.split(",")} - {""}
        network = NETWORK in words
        words -= {NETWORK}
        if words <= {"full"}:
            return cls(network=network)
        if unknown := sorted(words - {"none"} - set(MEANS)):
            raise InputError(f"no means of isolation {unknown[0]!r}", SETTING, hint="full, none, " + ", ".join(MEANS))
        return cls(frozenset(words - {"none"}), network)

    def to_text(self) -> str:
        words = [means for means in MEANS if means in self.means]
        chosen = ["full"] if len(words) == len(MEANS) else words or ["none"]
        return ",".join(chosen + [NETWORK] * self.network)

    def separate(self) -> None:
        """No new privileges, namespaces of its own, an empty root directory, no capabilities."""
        self._try("no new privileges", kernel.no_new_privileges)
        self._leave_namespaces()
        self._try("empty root", self._empty_root)
        self._try("no capabilities", kernel.drop_capabilities)

    def confine(self, connected: bool = False) -> None:
        """For a process that only computes from here on: no files, processes, sockets or signals to others.

        One that is `connected` goes on talking over the sockets it has and opens no others.
        """
        network = self.network and not connected
        with suppress(OSError):
            kernel.die_with_parent(signal.SIGKILL)
        self._try("landlock", lambda: kernel.landlock(network))
        self._try("rlimits", _limit)
        self._try("seccomp", lambda: kernel.install_filter(seccomp.program(kernel.MACHINE, network, connected)))

    def report(self) -> dict[str, str]:
        """Of every means: empty where it is on, otherwise why it is not."""
        return {means: self.found.get(means, UNREACHED) for means in MEANS}

    def _try(self, means: str, use: Callable[[], object]) -> bool:
        self.found[means] = NOT_ASKED
        if means in self.means:
            try:
                use()
                self.found[means] = ON
            except (OSError, LookupError, AttributeError) as error:
                self.found[means] = str(getattr(error, "strerror", None) or error)
        return self.found[means] == ON

    def _leave_namespaces(self) -> None:
        """Each for itself where they are not to be had together; first the one that gives the right to the others."""
        for means, flag in NAMESPACES.items():
            if means == "network namespace" and self.network:
                self.found[means] = "the network is needed for a database"
            elif self._try(means, partial(kernel.unshare, flag)) and means == "pid namespace":
                self._try(means, self._fork_anchor)

    def _fork_anchor(self) -> None:
        """All later children of ours live in the anchor's namespace and see neither us nor the machine."""
        self.anchor = os.fork()
        if self.anchor == 0:
            _be_anchor()

    def stands(self) -> bool:
        """Can more children be made? Not when somebody has killed the first process of their namespace."""
        for _ in range(DYING if self.anchor else 0):  # it is gone a moment after all the others
            if os.waitid(os.P_PID, self.anchor or 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                return False
            time.sleep(0.001)
        return True

    def _empty_root(self) -> None:
        if self.found.get("mount namespace") == ON:
            with suppress(OSError):
                kernel.empty_root()
                return
        _change_root()


def wanted(environment: Mapping[str, str] = os.environ) -> Isolation:
    """What the environment asks for; everything, where it says nothing. Raises InputError for an unknown word."""
    return Isolation.from_text(environment.get(SETTING, ""))


@cache
def of_this_process() -> Isolation:
    """The isolation of a worker, told by its environment, which is empty from then on."""
    own = wanted()
    os.environ.pop(SETTING, None)
    return own


def _limit() -> None:
    for what in (resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(what, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES_OPEN, FILES_OPEN))


def _change_root() -> None:
    """The older way to an empty root, for an administrator in a container without namespaces."""
    empty = tempfile.mkdtemp(prefix="naslforge-root-")
    at = os.open(os.path.dirname(empty), os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.chroot(empty)
        os.chdir("/")
    finally:
        os.rmdir(os.path.basename(empty), dir_fd=at)
        os.close(at)


def _be_anchor() -> NoReturn:
    try:
        kernel.die_with_parent(signal.SIGKILL)
        close_all_but(())
        with suppress(OSError):  # so that it does not keep alive the memory that we shall change
            os.execve(SLEEP, ["sleep", str(2**31 - 1)], {})
        while True:
            signal.pause()
    finally:
        os._exit(0)


def close_all_but(kept: Iterable[int], highest: int = 4096) -> None:
    """Close every descriptor except these."""
    below = 0
    for fd in (*sorted(kept), highest):
        if below < fd:  # an empty range from 0 would close them all
            os.closerange(below, fd)
        below = fd + 1
