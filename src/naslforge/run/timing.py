"""The processor time of one run: a net under the count of steps, which the load of the machine does not move."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from naslforge.run.limits import LimitReached

OUT_OF_TIME = "out of processor time"
TO_END = 0.15  # processor seconds in which a run that was told to end has to end
_deadly = {"on": False}


def die_in_time() -> None:
    """From now on a run that cannot be interrupted, in a long call into C, ends this process."""
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    _deadly["on"] = True


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Raises LimitReached in the block after so much processor time."""
    try:
        before = signal.signal(signal.SIGPROF, _out_of_time)
    except ValueError:  # not the main thread: the steps alone decide
        yield
        return
    if _deadly["on"]:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds + TO_END)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.5)
    try:
        yield
    finally:
        stop_timers()
        signal.signal(signal.SIGPROF, before)


def stop_timers() -> None:
    """No time is measured any more."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    if _deadly["on"]:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _out_of_time(*_: object) -> None:
    raise LimitReached("time_limit", OUT_OF_TIME)
