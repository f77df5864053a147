"""Which database this process works with: SQLite in memory, or one server by URL for all its programs."""

import os
from itertools import count

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from naslforge.run.connection import Connection

VARIABLE = "NASLFORGE_DATABASE"
PORTS = {"postgresql": 5432, "mysql": 3306, "mariadb": 3306}
_numbers = count()


class NoDatabase(Exception):
    """The URL names no database that we can use."""


class Servers:
    """The one connection of this process to the server of its URL; opened when it is first needed."""

    def __init__(self) -> None:
        self._url: URL | None = None
        self._socket: str | None = None
        self._open: Connection | None = None

    def use(self, url: str | None, socket: str | None = None) -> None:
        """From now on use the server of this URL, None for SQLite; `socket` leads to it without a network."""
        self.release()
        self._url, self._socket = None if url is None else read_url(url), socket

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

            return PostgresConnection(url, self._socket)
        from naslforge.run.mariadb import MariaConnection

        return MariaConnection(url, self._socket)


servers = Servers()


def prefix() -> str:
    """Begins the names of the next program's tables on a server."""
    return f"d{next(_numbers)}_"


def read_url(text: str) -> URL | None:
    """The URL of a server, None for SQLite. Raises NoDatabase with the way out."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise NoDatabase("the database is no URL: write postgresql://user:password@host:5432/database") from error
    kind = url.get_backend_name()
    if kind == "sqlite":
        return None
    if kind not in PORTS:
        raise NoDatabase(f"no database of kind {kind!r}: use postgresql://, mariadb:// or leave it out for SQLite")
    try:
        __import__("psycopg" if kind == "postgresql" else "pymysql")
    except ImportError as error:
        raise NoDatabase(f"the driver for {kind} is missing: pip install 'naslforge[databases]'") from error
    return url


def chosen() -> str | None:
    """The URL that the environment names."""
    return os.environ.get(VARIABLE) or None
