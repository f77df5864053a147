"""The filter of system calls for a process that only computes, as a BPF program: a list of what is allowed."""

import errno
import struct
from collections.abc import Iterator

# Names with their numbers on x86_64 and aarch64 (None: not there). The frequent ones come first.
_COMPUTING: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63), "write": (1, 64), "futex": (202, 98), "munmap": (11, 215), "mremap": (25, 216), "brk": (12, 214),
    "madvise": (28, 233), "setitimer": (38, 103), "clock_gettime": (228, 113), "getrusage": (98, 165),
    "rt_sigprocmask": (14, 135), "rt_sigaction": (13, 134), "rt_sigreturn": (15, 139), "poll": (7, None),
    "ppoll": (271, 73), "readv": (19, 65), "writev": (20, 66), "sendto": (44, 206), "recvfrom": (45, 207),
    "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62), "pread64": (17, 67), "getitimer": (36, 102),
    "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153), "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115), "nanosleep": (35, 101), "sched_yield": (24, 124), "sched_getaffinity": (204, 123),
    "getcpu": (309, 168), "sysinfo": (99, 179), "getrandom": (318, 278), "getpid": (39, 172), "getppid": (110, 173),
    "gettid": (186, 178), "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177),
    "getrlimit": (97, 163), "setrlimit": (160, 164), "sigaltstack": (131, 132), "set_robust_list": (273, 99),
    "rseq": (334, 293), "membarrier": (324, 283), "restart_syscall": (219, 128), "exit": (60, 93),
    "exit_group": (231, 94),
}  # fmt: skip
_TALKING: dict[str, tuple[int | None, int | None]] = {
    "connect": (42, 203), "sendmsg": (46, 211), "recvmsg": (47, 212), "shutdown": (48, 210), "getsockname": (51, 204),
    "getpeername": (52, 205), "setsockopt": (54, 208), "getsockopt": (55, 209), "fcntl": (72, 25), "ioctl": (16, 29),
    "select": (23, None), "pselect6": (270, 72), "epoll_create1": (291, 20), "epoll_ctl": (233, 21),
    "epoll_wait": (232, None), "epoll_pwait": (281, 22), "eventfd2": (290, 19),
}  # fmt: skip
# Refused as if nothing were there, which is what a process with an empty root directory hears.
_LOOKING: dict[str, tuple[int | None, int | None]] = {
    "open": (2, None), "openat": (257, 56), "openat2": (437, 437), "stat": (4, None), "lstat": (6, None),
    "newfstatat": (262, 79), "statx": (332, 291), "access": (21, None), "faccessat": (269, 48),
    "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78), "chdir": (80, 49),
    "getdents64": (217, 61),
}  # fmt: skip
_MEMORY = {"mmap": (9, 222), "mprotect": (10, 226)}  # allowed unless it asks for memory that can be run
_PRLIMIT, _SOCKET = (302, 261), (41, 198)
_FAMILIES = (1, 2, 10)  # of sockets: local, IPv4, IPv6

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_RUN = 4  # PROT_EXEC

Instruction = tuple[int, int, int, int]  # code, how many to skip if true, if false, operand


def program(machine: str, network: bool, connected: bool = False) -> bytes:
    """The filter for a machine. LookupError: no table.

    With `network`, sockets to other machines are let through; `connected`, only those that are open already.
    """
    if machine not in _ARCHITECTURES:
        raise LookupError(f"no table of system calls for {machine}")
    column = list(_ARCHITECTURES).index(machine)
    return b"".join(struct.pack("=HBBI", *each) for each in _instructions(machine, column, network, connected))


def _instructions(machine: str, column: int, network: bool, connected: bool) -> Iterator[Instruction]:
    yield (_LOAD, 0, 0, _ARCHITECTURE)
    yield (_EQUAL, 1, 0, _ARCHITECTURES[machine])
    yield (_RETURN, 0, 0, _KILL)
    yield (_LOAD, 0, 0, _NUMBER)
    talking = [numbers for name, numbers in _TALKING.items() if network or (connected and name != "connect")]
    for numbers in (*_COMPUTING.values(), *talking):
        yield from _answer(numbers[column], _ALLOW)
    for numbers in _LOOKING.values():
        yield from _answer(numbers[column], _REFUSE | errno.ENOENT)
    for memory in _MEMORY.values():
        yield (_EQUAL, 0, 4, memory[column])
        yield (_LOAD, 0, 0, _FIRST_ARGUMENT + 2 * 8)
        yield (_ANY_BIT, 0, 1, _RUN)
        yield (_RETURN, 0, 0, _REFUSE | errno.EPERM)
        yield (_RETURN, 0, 0, _ALLOW)
    yield from _answer_for_first(_PRLIMIT[column], (0,))  # 0 is the process itself
    if network:
        yield from _answer_for_first(_SOCKET[column], _FAMILIES)
    yield (_RETURN, 0, 0, _REFUSE | errno.EPERM)


def _answer(number: int | None, what: int) -> Iterator[Instruction]:
    if number is not None:
        yield (_EQUAL, 0, 1, number)
        yield (_RETURN, 0, 0, what)


def _answer_for_first(number: int, allowed: tuple[int, ...]) -> Iterator[Instruction]:
    """Allow a call only with one of these values as its first argument."""
    yield (_EQUAL, 0, 2 + 2 * len(allowed), number)
    yield (_LOAD, 0, 0, _FIRST_ARGUMENT)
    for value in allowed:
        yield from _answer(value, _ALLOW)
    yield (_RETURN, 0, 0, _REFUSE | errno.EPERM)
