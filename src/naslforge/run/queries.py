"""FROM queries as SQL: compiled once a program, written once a shape, run as often as wanted (REFERENCE section 5).

The shape of a run is what changes the SQL's text: which program values are null, directions and sort paths.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from naslforge.lang import Checked
from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.lang.scope import Row, TableRef
from naslforge.run.columns import codec_of
from naslforge.run.connection import SqlFunction
from naslforge.run.database import Database
from naslforge.run.dialects import Truth
from naslforge.run.schema import EntityTable, Schema
from naslforge.run.sqlcost import products
from naslforge.run.sqlexprs import Bind, Source, SqlWriter, parameters
from naslforge.run.sqlvalues import AGGREGATES, ProgramValues
from naslforge.run.values import Struct, illegal
from naslforge.run.world import WorldError

MOST_SHAPES = 64
EVERYTHING = 2**62  # more rows than there can be


def compile_query(checked: Checked, node: n.Query) -> "CompiledQuery":
    """A query ready to run; the program evaluates its `program_values` in their order and hands them to `run`."""
    return CompiledQuery(checked, node)


class Shape(NamedTuple):
    nulls: frozenset[int]
    orders: tuple[tuple[str, bool], ...]  # (sort path or '', descending) of each ORDER_BY pair


@dataclass(frozen=True, slots=True)
class Output:
    """Some columns of the result that make one value."""

    width: int
    read: Callable[[tuple[Any, ...]], Any]


@dataclass(slots=True)
class Statement:
    """A shape written out."""

    sql: str
    counted: Any  # the statement that counts the rows; text once it was asked for
    binds: tuple[Bind, ...]
    functions: tuple[SqlFunction, ...]
    read: Callable[[tuple[Any, ...]], Any]


class CompiledQuery:
    """One FROM of a program."""

    def __init__(self, checked: Checked, node: n.Query):
        self.checked, self.node = checked, node
        type_ = checked.types.get(node)
        self.item: t.Type = type_.item if isinstance(type_, t.ListOf) else t.ANY
        values = ProgramValues(checked)
        values.add(node)
        self._values = values
        self.program_values: tuple[n.Expr, ...] = tuple(values.found)
        self._statements: dict[tuple[Any, ...], Statement] = {}
        limit = node.limit
        self._reads = products(checked, node)
        self._page = None if limit is None or limit.page is None else limit.page
        self._size = None if limit is None else limit.size

    def run(self, database: Database, values: Sequence[Any]) -> list[Any]:
        """All rows of the result, or those that LIMIT keeps."""
        if self._size is None:
            return self._fetch(database, values, EVERYTHING, 0)
        size = self._number(self._size, values)
        if self._page is None:
            return self._fetch(database, values, *_window(1, size, least=0))
        return self._fetch(database, values, *_window(self._number(self._page, values), size, least=1))

    def paginate(self, database: Database, values: Sequence[Any], page: int | None, size: int | None) -> Struct:
        """PAGINATE: one page and the number of all rows."""
        type_ = t.Anonymous((("list", t.ListOf(self.item)), ("total", t.LONG)))
        if page is None or size is None or self._size is not None:
            rows = self.run(database, values)
            limit, offset = _window(page, size, least=1)
            kept = rows[offset : offset + limit]
            return Struct(type_, {"list": kept, "total": len(rows)})
        limit, offset = _window(page, size, least=1)
        statement = self._statement(database, values)
        database.register(statement.functions)
        if not isinstance(statement.counted, str):
            statement.counted = database.dialect.write(statement.counted)
        total = database.fetch(statement.counted, parameters(statement.binds, values), self._reads)[0][0]
        return Struct(type_, {"list": self._fetch(database, values, limit, offset), "total": total})

    def _fetch(self, database: Database, values: Sequence[Any], limit: int, offset: int) -> list[Any]:
        statement = self._statement(database, values)
        database.register(statement.functions)
        params = parameters(statement.binds, values) | {"nasl_limit": limit, "nasl_offset": offset}
        return [statement.read(row) for row in database.fetch(statement.sql, params, self._reads)]

    def _number(self, expr: n.Expr, values: Sequence[Any]) -> int | None:
        return _value(self._values, expr, values)

    def _statement(self, database: Database, values: Sequence[Any]) -> Statement:
        shape = self._shape(values)
        key = (id(database.schema), shape)
        statement = self._statements.get(key)
        if statement is None:
            if len(self._statements) >= MOST_SHAPES:
                self._statements.clear()
            statement = self._statements[key] = self._write(database.schema, shape)
        return statement

    def _shape(self, values: Sequence[Any]) -> Shape:
        nulls = frozenset(i for i, value in enumerate(values) if value is None or value == [])
        orders = tuple(self._order(key, values) for key in self.node.order_by)
        return Shape(nulls, orders)

    def _order(self, key: n.OrderKey, values: Sequence[Any]) -> tuple[str, bool]:
        given = None if key.direction is None else _value(self._values, key.direction, values)
        word = "ASC" if given is None else str(given).upper()
        if word not in ("ASC", "DESC"):
            raise illegal(f"{given!r} is no direction: ASC or DESC", f"{given!r} 不是排序方向，应为 ASC 或 DESC")
        path = "" if self._values.over_rows(key.key) else _value(self._values, key.key, values) or ""
        return str(path), word == "DESC"

    def _write(self, schema: Schema, shape: Shape) -> Statement:
        writer = SqlWriter(self._values, schema, shape.nulls, subquery=select_in)
        select = _Select(writer, self.node, self.item)
        statement = select.ordered(shape.orders)
        counted = sa.select(sa.func.count()).select_from(select.body.subquery("counted"))
        dialect = schema.dialect
        limit, offset = dialect.named.format("nasl_limit"), dialect.named.format("nasl_offset")
        limited = f"{dialect.write(statement)} LIMIT {limit} OFFSET {offset}"
        functions = tuple(writer.functions.values())
        return Statement(limited, counted, tuple(writer.binds), functions, select.reader())


def select_in(writer: SqlWriter, node: n.Query) -> Any:
    """The one column of a sub-query in IN; outer rows stay visible to it."""
    outer = dict(writer.rows)
    type_ = writer.checked.types.get(node)
    select = _Select(writer, node, type_.item if isinstance(type_, t.ListOf) else t.ANY)
    statement: Any = select.body
    if node.limit is not None:
        statement = select.ordered([("", _descends(key)) for key in node.order_by])
        limit, offset = (writer.computed(_part_of_window(writer.values, node.limit, i)) for i in (0, 1))
        statement = statement.limit(limit).offset(offset)
    writer.rows = outer  # only now: the order may still name rows of the sub-query
    statement = statement.correlate(*(source.alias for source in outer.values()))
    limited = node.limit is not None and not writer.schema.dialect.limit_in_subquery
    if not limited and not select.named:
        return statement
    if _mentions(writer, node, outer):
        raise WorldError(
            "MariaDB cannot run a sub-query with LIMIT or HAVING that refers to outer rows: use SQLite or PostgreSQL"
        )
    return sa.select(statement.subquery("inner_rows").c["o0"])


def _mentions(writer: SqlWriter, node: n.Query, outer: Mapping[str, Source]) -> bool:
    """Does the sub-query name a row from outside?"""
    own = {node.row.name, *(join.row.name for join in node.joins)}
    rows = (writer.checked.refs.get(part) for part in node.walk())
    return any(isinstance(row, Row) and row.name in outer and row.name not in own for row in rows)


def _part_of_window(values: ProgramValues, limit: n.Limit, part: int) -> Callable[[Sequence[Any]], int]:
    """LIMIT or OFFSET of a sub-query when it is run."""

    def computed(given: Sequence[Any]) -> int:
        size = _value(values, limit.size, given)
        page = 1 if limit.page is None else _value(values, limit.page, given)
        return _window(page, size, least=0 if limit.page is None else 1)[part]

    return computed


def _value(values: ProgramValues, expr: n.Expr, given: Sequence[Any]) -> Any:
    """A program value or a constant at run time."""
    if expr in values.index:
        return given[values.index[expr]]
    return int(expr.text) if isinstance(expr, n.Number) else getattr(expr, "value", None)


def _window(page: int | None, size: int | None, least: int) -> tuple[int, int]:
    """LIMIT and OFFSET of a page; null means everything (D33)."""
    if page is None or size is None:
        return EVERYTHING, 0
    if size < least:
        raise illegal(f"page size {size} is below {least}", f"每页行数 {size} 小于 {least}")
    return size, min((max(page, 1) - 1) * size, 2**62)


def _descends(key: n.OrderKey) -> bool:
    """The direction of a sub-query's order, where only a constant one counts."""
    return isinstance(key.direction, n.Text) and key.direction.value.upper() == "DESC"


class _Select:
    """The SQL of one FROM, main query or sub-query."""

    def __init__(self, writer: SqlWriter, node: n.Query, item: t.Type):
        self.writer, self.node, self.item = writer, node, item
        self.sources: list[Source] = []
        self.paths: dict[str, Any] = {}  # sort path -> SQL
        self.named = False  # is there a column more at the end, for HAVING?
        joined = self._from()
        self.outputs: list[tuple[str, Output]] = []
        self.columns: list[Any] = []
        where = None if node.where is None else writer.condition(node.where, skip=True)
        groups = [writer.cast(term, term.type) for term in map(writer.term, node.group_by)]
        having = None if node.having is None else writer.condition(node.having, skip=True)
        self._select()
        labelled = [column.label(f"o{i}") for i, column in enumerate(self.columns)]
        body = sa.select(*labelled).select_from(joined)
        body = body if where is None else body.where(where)
        body = body.group_by(*groups) if groups else body
        body = body if having is None else self._having(body, having)
        self.grouped = bool(groups) or self._aggregated()
        self.body = body.distinct() if node.distinct else body
        self._undistinct = body

    def _having(self, body: Any, having: Any) -> Any:
        if not self.writer.schema.dialect.having_by_name:
            return body.having(having)
        self.named = True
        return body.add_columns(Truth(having).label("kept")).having(sa.literal_column("kept"))

    # --- sources

    def _from(self) -> Any:
        joined = self._source(self.node.entity, self.node.row).alias
        for join in self.node.joins:
            source = self._source(join.entity, join.row)
            alias = source.alias
            on = self.writer.condition(join.on, skip=False)
            on = sa.true() if on is None else on
            match join.kind:
                case "LEFT":
                    joined = sa.outerjoin(joined, alias, on)
                case "RIGHT":
                    joined = sa.outerjoin(alias, joined, on)
                case "OUTER" if self.writer.schema.dialect.full_join:
                    joined = sa.outerjoin(joined, alias, on, full=True)
                case "OUTER":
                    joined = self._both_sides(joined, source, on)
                case _:
                    joined = sa.join(joined, alias, on)
        return joined

    def _both_sides(self, joined: Any, source: Source, on: Any) -> Any:
        """A full join in two halves: a left join, and the rows of the right side that it left over."""
        sides = [(s, column) for s in self.sources for column in s.stored()]
        names = [f"f{i}" for i in range(len(sides))]
        left = sa.select(*(c.label(n) for (_, c), n in zip(sides, names, strict=True)))
        partner = sa.exists(sa.select(sa.literal_column("1")).select_from(joined).where(on).correlate(source.alias))
        nulls = [c if s is source else sa.null() for s, c in sides]
        right = sa.select(*(c.label(n) for c, n in zip(nulls, names, strict=True)))
        halves = sa.union_all(
            left.select_from(sa.outerjoin(joined, source.alias, on)), right.select_from(source.alias).where(~partner)
        ).subquery(f"both{len(self.sources)}")
        at = 0
        for one in self.sources:
            width = len(one.stored())
            one.moved(halves, names[at : at + width])
            at += width
        return halves

    def _source(self, entity: n.Expr, row: n.Ident) -> Source:
        reference = self.writer.checked.refs[entity]
        assert isinstance(reference, TableRef)
        source = self.writer.open(row.name, reference.entity)
        self.sources.append(source)
        return source

    # --- SELECT

    def _select(self) -> None:
        node, select = self.node, self.node.select
        declared = dict(self.item.fields) if isinstance(self.item, t.Anonymous) else {}
        if isinstance(select, n.ObjectLiteral):
            for entry in select.entries:
                name = entry.key.name if isinstance(entry.key, n.Ident) else ""
                self._output(name, entry.value, declared.get(name))
        elif select is not None:
            self._output("", select, self.item)
        elif not node.joins:
            self._row("", self.sources[0])
        else:
            names = [node.row.name, *(join.row.name for join in node.joins)]
            for name, source in zip(names, self.sources, strict=True):
                self._row(name[:1].lower() + name[1:], source)

    def _output(self, name: str, expr: n.Expr, declared: t.Type | None) -> None:
        reference = self.writer.checked.refs.get(expr)
        if isinstance(expr, n.Name) and isinstance(reference, Row):
            self._row(name, self.writer.rows[reference.name])
            return
        term = self.writer.term(expr)
        type_ = t.DECIMAL if declared == t.DECIMAL else term.type
        sql = self.writer.cast(term, type_)
        decode = codec_of(type_).decode
        self.paths[name] = sql
        self.columns.append(sql)
        self.outputs.append((name, Output(1, lambda row: None if row[0] is None else decode(row[0]))))

    def _row(self, name: str, source: Source) -> None:
        table: EntityTable = source.table
        width = len(table.columns)
        for column in table.columns:
            path = f"{name}.{column.name}" if name else column.name
            self.paths[path] = source.column(column.name)
            self.columns.append(source.column(column.name))
        self.columns.append(source.present)
        self.outputs.append((name, Output(width + 1, lambda row: None if row[-1] is None else table.struct(row[:-1]))))

    def reader(self) -> Callable[[tuple[Any, ...]], Any]:
        """Makes one item of the result from one row of the database."""
        outputs, item = self.outputs, self.item
        if len(outputs) == 1 and not outputs[0][0]:
            only = outputs[0][1]
            return lambda row: only.read(row[: only.width])
        if all(output.width == 1 for _, output in outputs):
            reads = [(name, output.read) for name, output in outputs]
            return lambda row: Struct(item, {name: read(row[i : i + 1]) for i, (name, read) in enumerate(reads)})
        return self._wide_reader()

    def _wide_reader(self) -> Callable[[tuple[Any, ...]], Any]:
        outputs, item = self.outputs, self.item

        def read(row: tuple[Any, ...]) -> Struct:
            fields, at = {}, 0
            for name, output in outputs:
                fields[name] = output.read(row[at : at + output.width])
                at += output.width
            return Struct(item, fields)

        return read

    # --- ORDER_BY

    def ordered(self, orders: Sequence[tuple[str, bool]]) -> Any:
        """The statement in its order; what is left open goes by the keys of the rows."""
        keys = []
        for key, (path, descending) in zip(self.node.order_by, orders, strict=True):
            sql = self._order_key(key, path)
            if sql is not None:
                keys.append((sql, descending))
        ordered = self.writer.schema.dialect.ordered
        if self.node.distinct:
            return self._distinct_ordered(keys)
        return self.body.order_by(
            *(ordered(sql, descending) for sql, descending in keys), *(ordered(sql, False) for sql in self._by_key())
        )

    def _distinct_ordered(self, keys: Sequence[tuple[Any, bool]]) -> Any:
        """Equal rows become one, which stands where the first of them would."""
        ordered, outputs = self.writer.schema.dialect.ordered, len(self.columns)
        ties = self._by_key()
        inner = self._undistinct.add_columns(
            *(sql.label(f"k{i}") for i, (sql, _) in enumerate(keys)),
            *(sql.label(f"t{i}") for i, sql in enumerate(ties)),
        ).subquery("equal_rows")
        shown = [inner.c[f"o{i}"] for i in range(outputs)]
        firsts = [
            ordered((sa.func.max if descending else sa.func.min)(inner.c[f"k{i}"]), descending)
            for i, (_, descending) in enumerate(keys)
        ]
        by_key = [ordered(sa.func.min(inner.c[f"t{i}"]), False) for i in range(len(ties))]
        return sa.select(*shown).group_by(*shown).order_by(*firsts, *by_key)

    def _order_key(self, key: n.OrderKey, path: str) -> Any | None:
        if self.writer.values.over_rows(key.key):
            term = self.writer.term(key.key)
            return self.writer.cast(term, term.type)
        if path and path not in self.paths:
            known = ", ".join(self.paths)
            raise illegal(f"unknown sort path {path!r}; known: {known}", f"没有排序字段 {path!r}，可用的有：{known}")
        return self.paths.get(path) if path else None

    def _by_key(self) -> list[Any]:
        if self.grouped:
            return [sa.func.min(column) for column in self.sources[0].order]
        return [column for source in self.sources for column in source.order]

    def _aggregated(self) -> bool:
        parts = [self.node.having, self.node.select, *(key.key for key in self.node.order_by)]
        return any(
            isinstance(node, n.Call) and isinstance(node.callee, n.Name) and node.callee.name in AGGREGATES
            for part in parts
            if part is not None
            for node in part.walk()
        )
