"""PostgreSQL and MariaDB for the tests: from Debian's packages, on loopback, in a temporary folder, without privileges.

    python tests/databases.py install          # as an administrator: the packages that are missing
    python tests/databases.py run COMMAND …    # start both, run the command with their URLs, stop them
    python tests/databases.py serve            # start both, print the URLs, stop them at the end of input

The command finds the URLs in NASLFORGE_POSTGRES and NASLFORGE_MARIADB; a server that is not here is left out.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

PACKAGES = {"postgres": "postgresql", "mariadbd": "mariadb-server"}
PATIENCE = 90  # seconds for a server to start on a busy machine


class Server(ABC):
    """One server in a folder of its own."""

    name: str
    program: str
    account: str  # whom it runs as where we are root, which both servers refuse to be

    def __init__(self, folder: Path):
        self.folder, self.port = folder, _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._log = (folder / "log").open("wb")

    @property
    def url(self) -> str:
        return f"{self.name}://naslforge:naslforge@127.0.0.1:{self.port}/{self.database}"

    database = ""

    @abstractmethod
    def command(self) -> list[str]:
        """Make the data, and give the command that serves it."""

    @abstractmethod
    def answers(self) -> bool:
        """Does it take connections? Raises OSError or the driver's error while it does not."""

    def start(self) -> None:
        if os.geteuid() == 0:
            account = pwd.getpwnam(self.account)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._process = self._popen(self.command())
        for _ in range(PATIENCE * 5):
            try:
                if self.answers():
                    return
            except Exception:
                if self._process.poll() is not None:
                    break
                time.sleep(0.2)
        raise RuntimeError(
            f"{self.program} did not start:\n{(self.folder / 'log').read_text(errors='replace')[-2000:]}"
        )

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT if self.program == "postgres" else signal.SIGTERM)
            self._process.wait()
        self._log.close()

    def run(self, *command: str) -> None:
        """A step of the preparation. Raises RuntimeError with what it said."""
        process = self._popen(list(command))
        if process.wait() != 0:
            raise RuntimeError(f"{command[0]} failed:\n{(self.folder / 'log').read_text(errors='replace')[-2000:]}")

    def _popen(self, command: list[str]) -> subprocess.Popen[bytes]:
        user = self.account if os.geteuid() == 0 else None
        return subprocess.Popen(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
            user=user, group=user, extra_groups=[] if user else None, start_new_session=True,
        )  # fmt: skip


class Postgres(Server):
    name, program, account, database = "postgresql", "postgres", "postgres", "postgres"

    def command(self) -> list[str]:
        data, secret = str(self.folder / "data"), self.folder / "secret"
        secret.write_text("naslforge")
        secret.chmod(0o644)
        auth = ["-A", "scram-sha-256", f"--pwfile={secret}"]
        self.run(_program("initdb"), "-D", data, "-U", "naslforge", "-E", "UTF8", "--locale=C", "--no-sync", *auth)
        place = ["-h", "127.0.0.1", "-p", str(self.port), "-k", str(self.folder)]
        return [_program("postgres"), "-D", data, *place, "-c", "fsync=off", "-c", "shared_buffers=32MB"]

    def answers(self) -> bool:
        import psycopg

        psycopg.connect(self.url).close()
        return True


class Maria(Server):
    name, program, account = "mariadb", "mariadbd", "mysql"

    def command(self) -> list[str]:
        data, first = str(self.folder / "data"), self.folder / "first.sql"
        first.write_text(
            "CREATE USER naslforge@'127.0.0.1' IDENTIFIED BY 'naslforge';\n"
            "GRANT ALL ON `naslforge\\_%`.* TO naslforge@'127.0.0.1';\n"
        )
        first.chmod(0o644)
        install = ["--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db"]
        self.run(_program("mariadb-install-db"), *install)
        place = [f"--datadir={data}", f"--socket={self.folder / 'socket'}", f"--pid-file={self.folder / 'pid'}"]
        network = ["--bind-address=127.0.0.1", f"--port={self.port}", "--skip-name-resolve"]
        lightly = ["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--skip-log-bin"]
        return [_program("mariadbd"), "--no-defaults", *place, *network, *lightly, f"--init-file={first}"]

    def answers(self) -> bool:
        import pymysql

        pymysql.connect(host="127.0.0.1", port=self.port, user="naslforge", password="naslforge").close()
        return True


SERVERS: dict[str, Callable[[Path], Server]] = {"NASLFORGE_POSTGRES": Postgres, "NASLFORGE_MARIADB": Maria}
PROGRAMS = {"NASLFORGE_POSTGRES": "postgres", "NASLFORGE_MARIADB": "mariadbd"}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _program(name: str) -> str:
    """The path of a program. Raises FileNotFoundError with the way out."""
    folders = [os.environ.get("PATH", ""), "/usr/sbin", *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin")))]
    found = shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        raise FileNotFoundError(f"{name} is not here: run `make databases` as an administrator, or install its package")
    return found


@contextmanager
def running(variable: str) -> Iterator[str]:
    """The URL of the server while it runs; one that runs already is told by the environment variable.

    Raises FileNotFoundError where its programs are not installed.
    """
    if url := os.environ.get(variable):
        yield url
        return
    _program(PROGRAMS[variable])
    with tempfile.TemporaryDirectory(prefix="naslforge-database-", ignore_cleanup_errors=True) as folder:
        server = SERVERS[variable](Path(folder))
        try:
            server.start()
            yield server.url
        finally:
            server.stop()


def install() -> int:
    """Install what is missing of the Debian packages, without starting the system's own services."""
    missing = []
    for program, package in PACKAGES.items():
        try:
            _program(program)
        except FileNotFoundError:
            missing.append(package)
    if not missing:
        return 0
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"not here and cannot be installed: {', '.join(missing)}; their tests will be skipped", file=sys.stderr)
        return 0
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    return subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL).returncode


def main(arguments: list[str]) -> int:
    match arguments:
        case ["install"]:
            return install()
        case ["run", *command] if command:
            with _all() as urls:
                return subprocess.run(command, env={**os.environ, **urls}, check=False).returncode
        case ["serve"]:
            with _all() as urls:
                for variable, url in urls.items():
                    print(f"{variable}={url}", flush=True)
                sys.stdin.read()
            return 0
    print(__doc__, file=sys.stderr)
    return 2


@contextmanager
def _all() -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        urls = {}
        for variable in SERVERS:
            try:
                urls[variable] = stack.enter_context(running(variable))
            except FileNotFoundError as error:
                print(error, file=sys.stderr)
        yield urls


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
