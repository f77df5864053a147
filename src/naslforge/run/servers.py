"""Which database this process works with: SQLite in memory, or one server by URL for all its programs."""

import os
import socket
from importlib.util import find_spec
from itertools import count

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from naslforge.journal import InputError
from naslforge.run.connection import Connection

VARIABLE = "NASLFORGE_DATABASE"
PORTS = {"postgresql": 5432, "mysql": 3306, "mariadb": 3306}
DRIVERS = {"naslforge.run.postgres": "psycopg", "naslforge.run.mariadb": "pymysql"}  # what only these modules need
_numbers = count()


class NoDatabase(InputError):
    """The URL names no database that we can use."""

    def __init__(self, message: str, hint: str):
        super().__init__(message, VARIABLE, hint=hint)


class Servers:
    """The one connection of this process to the server of its URL; opened when it is first needed."""

    def __init__(self) -> None:
        self._url: URL | None = None
        self._open: Connection | None = None

    def use(self, url: str | None) -> None:
        """From now on use the server of this URL, None for SQLite. Raises NoDatabase."""
        self.release()
        self._url = read_url(url) if url else None

    def connection(self) -> Connection | None:
        """The connection to the server, None for SQLite."""
        if self._url is None:
            return None
        if self._open is None or self._open.lost:
            self._open = self._connect(self._url)
        return self._open

    def release(self) -> None:
        """Close the connection; the next use opens another."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _connect(self, url: URL) -> Connection:
        if url.get_backend_name() == "postgresql":
            from naslforge.run.postgres import PostgresConnection

            return PostgresConnection(url)
        from naslforge.run.mariadb import MariaConnection

        return MariaConnection(url)


servers = Servers()


def prefix() -> str:
    """Begins the names of the next program's tables on a server."""
    return f"d{next(_numbers)}_"


def read_url(text: str) -> URL | None:
    """The URL of a server, None for SQLite. Raises NoDatabase with the way out."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise NoDatabase("the database is no URL", "postgresql://user:password@host:5432/database") from error
    kind = url.get_backend_name()
    if kind == "sqlite":
        return None
    if kind not in PORTS:
        raise NoDatabase(f"no database of kind {kind!r}", "postgresql:// or mariadb://; SQLite where none is named")
    driver = DRIVERS["naslforge.run.postgres" if kind == "postgresql" else "naslforge.run.mariadb"]
    if find_spec(driver) is None:
        raise NoDatabase(f"the driver for {kind} is missing", "pip install 'naslforge[databases]'")
    return _with_address(url)


def _with_address(url: URL) -> URL:
    """The host as an address: where a worker connects there is no file to look names up in."""
    port = url.port or PORTS[url.get_backend_name()]
    try:
        found = socket.getaddrinfo(url.host or "127.0.0.1", port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NoDatabase(f"the database's host {url.host} is not known here", str(error)) from error
    return url.set(host=str(found[0][4][0]), port=port)


def chosen() -> str | None:
    """The URL of the server that the environment names, None for SQLite. Raises NoDatabase."""
    text = os.environ.get(VARIABLE)
    return text if text and read_url(text) is not None else None


def choose(url: str | None) -> None:
    """Let all workers that start from now on use the database of this URL; None leaves what the environment says."""
    if url is not None:
        read_url(url)
        os.environ[VARIABLE] = url
