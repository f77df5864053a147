"""System calls that Python has no words for, through the C library. Each raises OSError where the system refuses."""

import ctypes
import errno
import os
import sys

NEW_USER, NEW_PID, NEW_NET, NEW_MOUNT, NEW_IPC = 0x10000000, 0x20000000, 0x40000000, 0x00020000, 0x08000000
_DEATH_SIGNAL, _NO_NEW_PRIVILEGES, _CAPABILITY_VERSION = 1, 38, 0x20080522
_PRIVATE, _READ_ONLY_NOTHING, _DETACH = 0x44000, 0x1 | 0x2 | 0x4 | 0x8, 2  # mount flags: rdonly nosuid nodev noexec

LINUX = sys.platform == "linux"
MACHINE = os.uname().machine
# Numbers of calls that libc has no function for; those of Landlock are the same on every machine.
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_RULESET_VERSION, _SILENT = 1, 1
_SET_FILTER, _SPECULATION_ALLOWED = 1, 4

_libc = ctypes.CDLL(None, use_errno=True)


def _done(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _syscall(number: int | None, *args: int | ctypes.Array[ctypes.c_char] | None) -> int:
    if not LINUX or number is None:
        raise OSError(errno.ENOSYS, f"no such system call on {sys.platform} {MACHINE}")
    given = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    return _done(_libc.syscall(ctypes.c_long(number), *given))


def _prctl(option: int, value: int) -> None:
    if not LINUX:
        raise OSError(errno.ENOSYS, f"no prctl on {sys.platform}")
    _done(_libc.prctl(option, *(ctypes.c_ulong(v) for v in (value, 0, 0, 0))))


def die_with_parent(signal: int) -> None:
    """Get this signal when the process that forked us ends."""
    _prctl(_DEATH_SIGNAL, signal)


def no_new_privileges() -> None:
    """Nothing that this process starts can gain rights, by a set-user-id file for example."""
    _prctl(_NO_NEW_PRIVILEGES, 1)


def unshare(flags: int) -> None:
    """Leave some namespaces of the machine for new ones."""
    if not LINUX:
        raise OSError(errno.ENOSYS, f"no namespaces on {sys.platform}")
    _done(_libc.unshare(ctypes.c_int(flags)))


def empty_root() -> None:
    """Make an empty read-only directory in memory the root of this mount namespace, and let the old tree go."""
    _done(_libc.mount(b"none", b"/", None, ctypes.c_ulong(_PRIVATE), None))
    over = next(path for path in (b"/tmp", b"/var", b"/usr", b"/etc") if os.path.isdir(path))
    _done(_libc.mount(b"none", over, b"tmpfs", ctypes.c_ulong(_READ_ONLY_NOTHING), b"nr_inodes=2,size=4k,mode=555"))
    os.chdir(over)
    dot = ctypes.create_string_buffer(b".")
    _syscall(_PIVOT_ROOT.get(MACHINE), dot, dot)
    _done(_libc.umount2(b".", _DETACH))
    os.chdir("/")


def drop_capabilities() -> None:
    """Give up every right of an administrator, also those that a user namespace of one's own brings."""
    head = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if not LINUX:
        raise OSError(errno.ENOSYS, f"no capabilities on {sys.platform}")
    _done(_libc.capset(head, nothing))


def landlock(network: bool) -> int:
    """Refuse every path, and TCP and signals to others where the kernel can; gives the version of its interface."""
    version = _syscall(_CREATE_RULESET, None, 0, _RULESET_VERSION)
    files = (1 << (13 if version < 2 else 14 if version < 3 else 15 if version < 5 else 16)) - 1
    tcp = 0b11 if version >= 4 and not network else 0
    scoped = (0b10 if network else 0b11) if version >= 6 else 0  # signals; sockets with abstract names
    rules = b"".join(part.to_bytes(8, sys.byteorder) for part in (files, tcp, scoped))
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = _syscall(_CREATE_RULESET, ctypes.create_string_buffer(rules[:size], size), size, 0)
    try:
        _syscall(_RESTRICT_SELF, ruleset, _SILENT if version >= 7 else 0)
    finally:
        os.close(ruleset)
    return version


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def install_filter(code: bytes) -> None:
    """Put up a seccomp filter, given as BPF instructions of eight bytes. It cannot be taken off again."""
    program = _Program(len(code) // 8, code)
    number = _SECCOMP.get(MACHINE)
    place = ctypes.addressof(program)
    try:
        _syscall(number, _SET_FILTER, _SPECULATION_ALLOWED, place)
    except OSError as error:
        if error.errno != errno.EINVAL:  # kernels before 4.17 do not know the flag
            raise
        _syscall(number, _SET_FILTER, 0, place)
