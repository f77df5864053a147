"""What the service counts, as the text that Prometheus reads."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds


class Histogram:
    """Seconds in buckets."""

    def __init__(self) -> None:
        self.buckets = [0] * len(BOUNDS)
        self.count, self.sum = 0, 0.0

    def add(self, seconds: float) -> None:
        self.count, self.sum = self.count + 1, self.sum + seconds
        for index, bound in enumerate(BOUNDS):
            self.buckets[index] += seconds <= bound

    def lines(self, name: str) -> Iterator[str]:
        for bound, count in zip(BOUNDS, self.buckets, strict=True):
            yield f'{name}_bucket{{le="{bound}"}} {count}'
        yield f'{name}_bucket{{le="+Inf"}} {self.count}'
        yield f"{name}_sum {self.sum:.6f}"
        yield f"{name}_count {self.count}"


class Metrics:
    """Counts of one service since its start. Used from its event loop only."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._statuses: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._request_seconds, self._job_seconds, self._wait_seconds = Histogram(), Histogram(), Histogram()

    def answered(self, method: str, path: str, status: int, seconds: float) -> None:
        """A request has got its whole answer; `path` is that of a route, so that their number is bounded."""
        self._requests[method, path, status] += 1
        self._request_seconds.add(seconds)

    def judged(self, status: str, seconds: float) -> None:
        """A worker has done a job."""
        self._statuses[status] += 1
        self._job_seconds.add(seconds)

    def waited(self, seconds: float) -> None:
        """A job has found its worker."""
        self._wait_seconds.add(seconds)

    def refused(self, why: str) -> None:
        """A request was not served for want of room or time."""
        self._refused[why] += 1

    def text(self, gauges: Mapping[str, tuple[str, float]]) -> str:
        """All figures; `gauges` adds those of the moment: name to help and value."""
        parts: list[str] = []
        requests = (f'{{method="{m}",path="{p}",status="{s}"}} {n}' for (m, p, s), n in sorted(self._requests.items()))
        parts += _counter("requests", "Answered requests.", requests)
        parts += _counter("jobs", "Jobs done, by status.", _labelled("status", self._statuses))
        parts += _counter("refused", "Jobs refused or given up.", _labelled("reason", self._refused))
        for name, help, histogram in (
            ("request_seconds", "From a request to the end of its answer.", self._request_seconds),
            ("job_seconds", "A job in its worker.", self._job_seconds),
            ("wait_seconds", "A job in the queue.", self._wait_seconds),
        ):
            parts += _head(f"naslforge_{name}", help, "histogram")
            parts += histogram.lines(f"naslforge_{name}")
        for name, (help, value) in gauges.items():
            parts += [*_head(f"naslforge_{name}", help, "gauge"), f"naslforge_{name} {value:g}"]
        return "\n".join(parts) + "\n"


def _labelled(label: str, counts: Counter[str]) -> Iterable[str]:
    return (f'{{{label}="{name}"}} {count}' for name, count in sorted(counts.items()))


def _counter(name: str, help: str, samples: Iterable[str]) -> Iterator[str]:
    yield from _head(f"naslforge_{name}_total", help, "counter")
    for sample in samples:
        yield f"naslforge_{name}_total{sample}"


def _head(name: str, help: str, kind: str) -> tuple[str, str]:
    return f"# HELP {name} {help}", f"# TYPE {name} {kind}"
