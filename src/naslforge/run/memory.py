"""The memory of a run: looked at every thousand steps, so that a run ends while there is still room to say so.

Python itself may turn in circles where not even a small number can be had, so the system's own limit lies higher.
"""

import os
import resource

from naslforge.run.limits import LimitReached

OUT_OF_MEMORY = "out of memory"
LOOK = 1000  # steps from one look to the next
_watched = {"statm": -1, "most": 0}


def watch(statm: int, most: int) -> None:
    """From now on `look` ends a run in a process larger than `most` bytes; `statm` is the system's word on its size."""
    _watched.update(statm=statm, most=most)


def look() -> None:
    """Raises LimitReached where this process is watched and too large."""
    if _watched["most"] and address_space(_watched["statm"]) > _watched["most"]:
        raise LimitReached("memory_limit", OUT_OF_MEMORY)


def address_space(statm: int) -> int:
    """Bytes of address space by an open file statm of /proc; 0 without one."""
    return int(os.pread(statm, 64, 0).split()[0]) * resource.getpagesize() if statm >= 0 else 0


def at_the_wall(pid: int, proc: int) -> bool:
    """Has another process all the address space that the system lets it have? `proc` is a descriptor of /proc."""
    try:
        most = resource.prlimit(pid, resource.RLIMIT_AS)[0]
        statm = os.open(f"{pid}/statm", os.O_RDONLY, dir_fd=proc)
    except OSError:
        return False
    try:
        return most != resource.RLIM_INFINITY and address_space(statm) > most - 2**20
    finally:
        os.close(statm)
