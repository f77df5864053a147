"""Faults of our own machinery, by name: what goes wrong, at which point of a job's way, in which process.

A faulty worker runs PRELUDE in front of its own start. How often a fault still has to happen stands in a file that
the test and all worker processes share.
"""

import mmap
from dataclasses import dataclass
from pathlib import Path

from naslforge.run import Sandbox
from naslforge.run.sandbox import START

PRELUDE = """
import mmap, os, signal, time
from dataclasses import replace
from naslforge.run import channel, worker

cell = mmap.mmap(os.open({cell!r}, os.O_RDWR), 16)
generation = cell[8:]
warden = os.getpid()
acts = {{}}
receive, send = channel.Channel.receive, channel.Channel.send
channel.TICK = 0.05
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it runs behind it ignore interrupts

def happens():
    left = int.from_bytes(cell[:8], "little") if cell[8:] == generation else 0
    if left:
        cell[:8] = (left - 1).to_bytes(8, "little")
    return left > 0

def point(self, what, frame=None):
    # The warden's way to its child has a watch; its way to the parent and the child's way to the warden have none.
    who = "child" if os.getpid() != warden else "warden" if self.idle is None else ""
    act = acts.get(who + " " + what)
    if act is None or (frame is not None and frame.number == channel.READY) or not happens():
        return False
    act(self, frame)
    return True

def new_receive(self):
    point(self, "reads")
    frame = receive(self)
    point(self, "has read", frame)
    return frame

def new_send(self, frame):
    if not point(self, "answers", frame):
        send(self, frame)

def end(number=signal.SIGKILL):
    os.kill(os.getpid(), number)

def raw(self, data):
    while data:
        data = data[os.write(self.writes, data):]

def framed(frame, length):
    return channel._HEAD.pack(channel._MARK, length, frame.number, 0.0, 0) + frame.body

def half(self, frame):
    data = framed(frame, len(frame.body))
    raw(self, data[:len(data) // 2])

def silence():
    while True:
        time.sleep(60)

def refuse(*_):
    raise OSError(11, "refused")

channel.Channel.receive, channel.Channel.send = new_receive, new_send
"""

# At a point of the way: before a process reads its job, when it has read it, instead of its answer.
POINTS: dict[str, tuple[str, str]] = {
    "the worker is killed before it reads the job": ("warden reads", "end()"),
    "the worker is killed when it has read the job": ("warden has read", "end()"),
    "the worker is killed while its child works": ("child has read", "os.kill(warden, signal.SIGKILL), silence()"),
    "the worker is killed before it answers": ("warden answers", "end()"),
    "the worker is killed amid its answer": ("warden answers", "half(self, frame), end()"),
    "the worker leaves without a word": ("warden has read", "os._exit(0)"),
    "the worker is interrupted": ("warden has read", "end(signal.SIGINT)"),
    "the worker is asked to end": ("warden has read", "end(signal.SIGTERM)"),
    "the pipe of answers is cut": ("warden answers", "os.close(self.writes), silence()"),
    "the pipe of jobs is cut": ("warden answers", "os.close(self.reads), os.close(self.writes), silence()"),
    "garbage for an answer": ("warden answers", "raw(self, b'garbage ' * 100), silence()"),
    "half an answer, then silence": ("warden answers", "half(self, frame), silence()"),
    "silence": ("warden answers", "silence()"),
    "the worker is stopped by a signal": ("warden has read", "end(signal.SIGSTOP)"),
    "a length beyond all sense": ("warden answers", "raw(self, framed(frame, 4_000_000_000)), silence()"),
    "a length too short": ("warden answers", "raw(self, framed(frame, len(frame.body) // 2)), silence()"),
    "a length too long": ("warden answers", "raw(self, framed(frame, len(frame.body) + 5)), silence()"),
    "broken JSON": ("warden answers", "send(self, replace(frame, body=b'{' + frame.body))"),
    "bytes that are no text": ("warden answers", "send(self, replace(frame, body=bytes(range(128, 256))))"),
    "a list for an answer": ("warden answers", "send(self, replace(frame, body=b'[1, 2]'))"),
    "an answer without a status": ("warden answers", "send(self, replace(frame, body=b'{}'))"),
    "the answer to another job": ("warden answers", "send(self, replace(frame, number=frame.number + 1))"),
    "an answer longer than any": ("child answers", "send(self, replace(frame, body=bytes(channel.LONGEST + 1)))"),
    "the child is killed before it reads the job": ("child reads", "end()"),
    "the child is killed for the machine's memory": ("child has read", "end()"),
    "the child is killed amid its answer": ("child answers", "half(self, frame), end()"),
    "the child crashes": ("child has read", "end(signal.SIGSEGV)"),
    "the child leaves without a word": ("child has read", "os._exit(0)"),
    "the child is stopped by a signal": ("child has read", "end(signal.SIGSTOP)"),
    "the child falls silent": ("child has read", "silence()"),
    "a signal about time that is too early": ("child has read", "end(signal.SIGXCPU)"),
    "a timer's signal that is too early": ("child has read", "end(signal.SIGPROF)"),
    "garbage from the child": ("child answers", "raw(self, b'garbage ' * 100), silence()"),
    "the child's answer to another job": ("child answers", "send(self, replace(frame, number=frame.number - 1))"),
}

# In the start of a worker, or in what a worker asks of the system.
STARTS: dict[str, str] = {
    "the start fails": "\nif happens(): raise RuntimeError('start')",
    "the start ends at once": "\nif happens(): os._exit(0)",
    "the start hangs": "\nif happens(): silence()",
    "the start talks": "\nif happens(): os.write(1, b'hello, world! ' * 10)",
    "imports fail": "\nif happens(): worker._prepare = lambda: 1 / 0",
    "a fork is refused": "\nfork = os.fork\nos.fork = lambda: refuse() if happens() else fork()",
    "no descriptor for the child": (
        "\nimport socket\npair = socket.socketpair\nsocket.socketpair = lambda: refuse() if happens() else pair()"
    ),
    "a fault in the judge": (
        "\nprepare = worker._prepare\n"
        "def judging(judge):\n    return lambda job: 1 / 0 if happens() else judge(job)\n"
        "worker._prepare = lambda: judging(prepare())"
    ),
}
NAMES = (*POINTS, *STARTS)
# Faults that only a new process has.
AT_STARTS = {name for name in STARTS if name != "a fault in the judge"}
AT_STARTS |= {name for name, (where, _) in POINTS.items() if where.endswith(" reads")}


@dataclass(frozen=True, slots=True)
class Faulty:
    """A sandbox whose workers fail in one way as often as is asked for."""

    sandbox: Sandbox
    cell: mmap.mmap

    def set(self, times: int) -> None:
        self.cell[:8] = times.to_bytes(8, "little")

    def start_anew(self) -> None:
        """Nothing happens any more in processes that are on their way out; the next job needs new ones."""
        self.sandbox.close()
        self.cell[8:] = (int.from_bytes(self.cell[8:], "little") + 1).to_bytes(8, "little")

    @property
    def left(self) -> int:
        return int.from_bytes(self.cell[:8], "little")


def faulty(name: str, folder: Path, workers: int = 1) -> Faulty:
    """A sandbox with the named fault; nothing has happened yet."""
    path = folder / "cell"
    path.write_bytes(bytes(16))
    with path.open("r+b") as handle:
        cell = mmap.mmap(handle.fileno(), 16)
    text = PRELUDE.format(cell=str(path))
    if name in POINTS:
        where, act = POINTS[name]
        text += f"\nacts[{where!r}] = lambda self, frame: ({act})"
    else:
        text += STARTS[name]
    return Faulty(Sandbox(workers, start=f"{text}\n{START}"), cell)
