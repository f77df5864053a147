"""PostgreSQL: all that we make there is temporary and lives as long as the connection."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL

from naslforge.run import sqlfunctions
from naslforge.run.columns import half_character
from naslforge.run.connection import (
    CHUNK,
    STATEMENT_SECONDS,
    Connection,
    broken_rule,
    duplicate,
    library_fault,
    too_large,
)  # fmt: skip
from naslforge.run.dialects import POSTGRES
from naslforge.run.values import illegal
from naslforge.run.world import Runtime
from naslforge.run.zones import cases, changes

SETTINGS = {
    "client_encoding": "UTF8", "synchronous_commit": "off", "standard_conforming_strings": "on", "jit": "off",
    "search_path": "pg_temp, pg_catalog", "statement_timeout": str(STATEMENT_SECONDS * 1000), "DateStyle": "ISO",
    "client_min_messages": "error",
}  # fmt: skip
LIBRARY = files(__package__).joinpath("sql/postgres.sql").read_bytes()
TOO_LARGE = ("54",)  # class of "program limit exceeded"


class PostgresConnection(Connection):
    """One session."""

    dialect = POSTGRES
    errors = (psycopg.Error, UnicodeEncodeError, OverflowError)

    def __init__(self, url: URL) -> None:
        super().__init__()
        self._zone: ZoneInfo | None = None
        given: dict[str, Any] = dict(url.query)
        given |= {"host": url.host, "port": url.port, "user": url.username, "password": url.password}
        given |= {"dbname": url.database, "application_name": "naslforge", "gssencmode": "disable"}
        self._connection: psycopg.Connection[Any] = psycopg.connect(
            make_conninfo("", **{name: value for name, value in given.items() if value}),
            autocommit=True, cursor_factory=psycopg.ClientCursor, prepare_threshold=None,
        )  # fmt: skip
        for name, value in SETTINGS.items():
            self._connection.execute("SELECT set_config(%s, %s, false)", (name, value))
        self._connection.execute(LIBRARY)
        self._copy("nasl_case", cases())

    def ready(self, runtime: Runtime) -> None:
        super().ready(runtime)
        if runtime.zone is not self._zone:
            self.command("TRUNCATE pg_temp.nasl_zone")
            self._copy("nasl_zone", changes(runtime.zone))
            self._zone = runtime.zone

    def command(self, sql: str) -> None:
        self._connection.execute(sql.encode())

    def fetch(self, sql: str, params: Any, large: bool) -> Iterator[list[tuple[Any, ...]]]:
        self.command("SAVEPOINT nasl_statement")
        try:
            cursor = self._connection.cursor()
            if large:
                cursor.execute(f"DECLARE nasl_rows NO SCROLL CURSOR FOR {sql}".encode(), params)
                while part := cursor.execute(f"FETCH {CHUNK} FROM nasl_rows".encode()).fetchall():
                    yield part
                self.command("CLOSE nasl_rows")
            else:
                yield cursor.execute(sql.encode(), params).fetchall()
        except BaseException:
            self._back()
            raise
        self.command("RELEASE SAVEPOINT nasl_statement")

    def change(self, sql: str, params: Any) -> int:
        self.command("SAVEPOINT nasl_statement")
        try:
            changed = self._connection.execute(sql.encode(), params).rowcount
        except BaseException:
            self._back()
            raise
        self.command("RELEASE SAVEPOINT nasl_statement")
        return changed

    def fill(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self._connection.cursor().executemany(sql.encode(), rows)

    def refused(self, error: BaseException) -> BaseException:
        if isinstance(error, UnicodeEncodeError):
            return half_character()
        state = (error.sqlstate if isinstance(error, psycopg.Error) else None) or ""
        if state == "NA000" and isinstance(error, psycopg.Error):
            return library_fault(error.diag.message_primary or "")
        if state == psycopg.errors.UniqueViolation.sqlstate:
            return duplicate()
        if isinstance(error, psycopg.IntegrityError):
            return broken_rule()
        if state == psycopg.errors.QueryCanceled.sqlstate:
            return self.meter.exhausted()
        if state == psycopg.errors.NumericValueOutOfRange.sqlstate:
            return sqlfunctions.too_many_digits()
        if state.startswith(TOO_LARGE):
            return too_large()
        if "NUL" in str(error) or state == psycopg.errors.UntranslatableCharacter.sqlstate:
            return illegal("PostgreSQL cannot store a text with a zero character", "PostgreSQL 不能存有零字符的文本")
        return error

    def close(self) -> None:
        self._connection.close()

    @property
    def lost(self) -> bool:
        return bool(self._connection.closed)

    def _back(self) -> None:
        """Undo a statement that failed; without this PostgreSQL refuses all that follows."""
        if not self._connection.closed:
            self.command("ROLLBACK TO SAVEPOINT nasl_statement")
            self.command("RELEASE SAVEPOINT nasl_statement")

    def _copy(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._connection.cursor().copy(f"COPY pg_temp.{table} FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)
