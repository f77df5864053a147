"""MariaDB: each connection takes a database of its own, `naslforge_0` and so on, which the next one takes over."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pymysql
from pymysql.cursors import SSCursor
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
from naslforge.run.dialects import MARIADB
from naslforge.run.world import Runtime
from naslforge.run.zones import cases, changes

COLLATION = "utf8mb4_nopad_bin"
SETTINGS = (
    f"SET NAMES utf8mb4 COLLATE {COLLATION}",
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES,NO_ENGINE_SUBSTITUTION', "
    f"max_statement_time = {STATEMENT_SECONDS}, group_concat_max_len = 1073741824, max_sp_recursion_depth = 0",
)
LIBRARY = files(__package__).joinpath("sql/mariadb.sql").read_text(encoding="utf-8")
MARK = sha256(LIBRARY.encode()).hexdigest()
MOST_DATABASES = 1000
DUPLICATE, SIGNALLED, TIMED_OUT = 1062, 1644, 1969
OUT_OF_RANGE = (1264, 1690)
TOO_LARGE = (1116, 1117, 1118, 1436, 1137)  # tables, columns, size of a row, stack


class MariaConnection(Connection):
    """One session."""

    dialect = MARIADB
    errors = (pymysql.MySQLError, UnicodeEncodeError, OverflowError)

    def __init__(self, url: URL) -> None:
        super().__init__()
        self._zone: ZoneInfo | None = None
        self._connection = pymysql.connect(
            host=url.host, port=url.port or 3306, user=url.username, password=url.password or "",
            charset="utf8mb4", autocommit=True,
        )  # fmt: skip
        if "MariaDB" not in self._connection.get_server_info():
            raise RuntimeError(f"the server is {self._connection.get_server_info()}: MariaDB from 10.6 on is needed")
        for statement in SETTINGS:
            self.command(statement)
        self._take_database()

    def ready(self, runtime: Runtime) -> None:
        super().ready(runtime)
        if runtime.zone is not self._zone:
            self.command("DELETE FROM nasl_zone")
            self.fill("INSERT INTO nasl_zone VALUES (%s, %s, %s, %s)", changes(runtime.zone))
            self._zone = runtime.zone

    def command(self, sql: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(sql)

    def fetch(self, sql: str, params: Any, large: bool) -> Iterator[list[tuple[Any, ...]]]:
        with self._connection.cursor(SSCursor if large else None) as cursor:
            cursor.execute(sql, params)
            while part := cursor.fetchmany(CHUNK):
                yield list(part)

    def change(self, sql: str, params: Any) -> int:
        with self._connection.cursor() as cursor:
            return int(cursor.execute(sql, params))

    def fill(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(sql, rows)

    def refused(self, error: BaseException) -> BaseException:
        if isinstance(error, UnicodeEncodeError):
            return half_character()
        code = error.args[0] if error.args else 0
        if code == SIGNALLED:
            return library_fault(error.args[1])
        if code == DUPLICATE:
            return duplicate()
        if isinstance(error, pymysql.IntegrityError):
            return broken_rule()
        if code == TIMED_OUT:
            return self.meter.exhausted()
        if code in OUT_OF_RANGE:
            return sqlfunctions.too_many_digits()
        return too_large() if code in TOO_LARGE else error

    def close(self) -> None:
        self._connection.close()

    @property
    def lost(self) -> bool:
        return not self._connection.open

    # --- the database

    def _take_database(self) -> None:
        """Take the first database that no living connection holds; its library stays if it is ours."""
        for number in range(MOST_DATABASES):
            name = f"naslforge_{number}"
            if self._value(f"SELECT GET_LOCK('{name}', 0)") == 1:
                break
        else:
            raise RuntimeError(f"{MOST_DATABASES} connections hold a database already")
        if self._mark(name) != MARK:
            self._make_database(name)
        self.command(f"USE {name}")
        with self._connection.cursor() as cursor:
            cursor.execute("SHOW TABLES")
            left = [table for (table,) in cursor.fetchall() if not table.startswith("nasl_")]
        if left:
            self.command(f"DROP TABLE {', '.join(left)}")

    def _make_database(self, name: str) -> None:
        self.command(f"DROP DATABASE IF EXISTS {name}")
        self.command(f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE {COLLATION}")
        self.command(f"USE {name}")
        for statement in LIBRARY.split("\n$$\n"):
            self.command(statement)
        self.fill("INSERT INTO nasl_case VALUES (%s, %s, %s)", cases())
        self.command("CREATE TABLE nasl_mark (mark varchar(64) NOT NULL)")
        self.fill("INSERT INTO nasl_mark VALUES (%s)", [(MARK,)])

    def _mark(self, name: str) -> Any:
        """Which library the database has; it is written last."""
        known = "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'nasl_mark' AND table_schema = "
        return self._value(f"SELECT mark FROM {name}.nasl_mark") if self._value(f"{known}'{name}'") else None

    def _value(self, sql: str) -> Any:
        with self._connection.cursor() as cursor:
            cursor.execute(sql)
            row = cursor.fetchone()
        return row[0] if row else None
