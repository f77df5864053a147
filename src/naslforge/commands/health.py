"""What a machine has for naslforge: every finding with a verdict and, where something is missing, the way out."""

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from naslforge import __version__

State = Literal["yes", "no", "broken"]
COLOURS = {"yes": "green", "no": "yellow", "broken": "red"}
EXTRAS = {"train": ("torch", "transformers", "trl", "peft"), "serve": ("starlette", "uvicorn"), "ray": ("ray",)}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SERVERS = {"PostgreSQL": ("postgres", "psycopg"), "MariaDB or MySQL": ("mariadbd", "pymysql")}
LINE = "export function f(n: Long): Long"
GOOD = f"export namespace app.logics {{ {LINE} {{ return n + 1; }} }}"
ENDLESS = f"export namespace app.logics {{ {LINE} {{ let i: Long = 0; while (i >= 0) {{ i = 1; }} return i; }} }}"

Json = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `no` is a lack that one can work with, `broken` one that one cannot."""

    group: str
    name: str
    verdict: State
    told: str

    def to_json(self) -> Json:
        return asdict(self)


def examine() -> list[Finding]:
    """All findings; takes a second or two, for it starts a sandbox."""
    return [*_machine(), *_sandbox(), *_extras(), *_databases(), *_programs(), _gpu()]


def table(findings: Sequence[Finding]) -> None:
    """Print the findings for a person."""
    shown = Table("", "what", "", "told", box=None, pad_edge=False)
    group = ""
    for finding in findings:
        colour = COLOURS[finding.verdict]
        name = "" if finding.group == group else f"[bold]{finding.group}[/bold]"
        shown.add_row(name, finding.name, f"[{colour}]{finding.verdict}[/{colour}]", escape(finding.told))
        group = finding.group
    console = Console()
    console.print(shown)
    broken = [finding.name for finding in findings if finding.verdict == "broken"]
    console.print(f"broken: {', '.join(broken)}" if broken else "naslforge works on this machine")


def _machine() -> Iterator[Finding]:
    new_enough = sys.version_info >= (3, 11)
    told = f"{platform.python_version()} ({platform.python_implementation()}, {sys.executable})"
    yield Finding(
        "machine", "Python", "yes" if new_enough else "broken", told if new_enough else told + ": 3.11 needed"
    )
    yield Finding("machine", "naslforge", "yes", __version__)
    yield Finding("machine", "system", "yes", f"{platform.system()} {platform.release()} {platform.machine()}")
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    yield Finding("machine", "cores", "yes", f"{usable} usable of {os.cpu_count()}")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    enough = memory >= 1
    yield Finding("machine", "memory", "yes" if enough else "no", f"{memory:.1f} GiB" + ("" if enough else ", tight"))


def _sandbox() -> Iterator[Finding]:
    """The means of isolation as a worker found them, and what the sandbox does to good and bad programs."""
    from naslforge.run import Sandbox

    with Sandbox(1) as sandbox:
        state = sandbox.run({"kind": "probe"})
        if state["status"] != "passed":
            yield Finding("sandbox", "worker", "broken", f"does not start: {state.get('error')}")
            return
        yield Finding("sandbox", "worker", "yes", f"started in {state['milliseconds'] / 1000:.1f} s")
        for means, why in state["isolation"].items():
            yield Finding("isolation", means, "no" if why else "yes", why)
        yield from _self_test(sandbox.run, state)


def _self_test(run: Callable[[Json], Json], state: Json) -> Iterator[Finding]:
    answers = {"a right program passes": (GOOD, "passed"), "an endless one is stopped": (ENDLESS, "step_limit")}
    for name, (source, wanted) in answers.items():
        status = run(_job(source))["status"]
        yield Finding("self-test", name, "yes" if status == wanted else "broken", status)
    for name, way in (
        ("a file is out of reach", "file"),
        ("so is the network", "socket"),
        ("so are processes", "fork"),
    ):
        word = state["ways"][way].partition(" / ")[2]
        yield Finding("self-test", name, "yes" if word.startswith("refused") else "broken", word)


def _job(source: str) -> Json:
    return {
        "kind": "judge", "sublanguage": "base", "context": "", "entry": "app.logics.f", "signature": LINE, "world": {},
        "tests": [{"args": [1], "expect": 2}], "source": source, "limits": {"steps": 100_000},
    }  # fmt: skip


def _extras() -> Iterator[Finding]:
    for extra, packages in EXTRAS.items():
        missing = [name for name in packages if find_spec(name) is None]
        if missing:
            yield Finding("extras", extra, "no", f"no {', '.join(missing)}: pip install 'naslforge[{extra}]'")
        else:
            versions = (f"{name} {importlib.metadata.version(name)}" for name in packages)
            yield Finding("extras", extra, "yes", ", ".join(versions))


def _databases() -> Iterator[Finding]:
    import sqlite3

    yield Finding("databases", "SQLite", "yes", f"{sqlite3.sqlite_version}, in memory")
    for name, (program, driver) in SERVERS.items():
        found = _server(program)
        has_driver = find_spec(driver) is not None
        told = f"{found or f'no {program} on this machine'}; {'driver' if has_driver else 'no driver'} {driver}"
        yield Finding("databases", name, "yes" if found and has_driver else "no", told)


def _server(program: str) -> str | None:
    """Where a database server lies; Debian keeps PostgreSQL's out of the way."""
    if found := shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin"):
        return found
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(versions[-1]) if versions else None


def _programs() -> Iterator[Finding]:
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    told = _version(browser) if browser else "the page test of the report is skipped without it"
    yield Finding("programs", "Chromium", "yes" if browser else "no", told)
    node = shutil.which("node")
    told = _version(node) if node else "only the comparison with TypeScript needs it"
    yield Finding("programs", "Node", "yes" if node else "no", told)


def _version(program: str) -> str:
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.SubprocessError) as error:
        return f"{program} does not say its version: {error}"
    return f"{told.stdout.strip() or 'no version told'} ({program})"


def _gpu() -> Finding:
    """Torch is asked in a process of its own, for it takes seconds and may fail in many ways."""
    if find_spec("torch") is None:
        return Finding("GPU", "torch", "no", "torch is not installed")
    code = "import torch; print(torch.cuda.get_device_name() if torch.cuda.is_available() else '')"
    try:
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    except (OSError, subprocess.SubprocessError) as error:
        return Finding("GPU", "torch", "no", f"torch does not answer: {error}")
    if told.returncode:
        return Finding("GPU", "torch", "no", (told.stderr.strip().splitlines() or ["torch cannot be imported"])[-1])
    name = told.stdout.strip()
    return Finding("GPU", "torch", "yes" if name else "no", name or "no GPU: training and local models use the cores")
