"""Expressions of queries and entity filters as SQL: columns, operators, functions, aggregates, conditions.

A program value, that is an expression without a row name, is evaluated by the program beforehand and bound.
In WHERE and HAVING a comparison whose program value is null is left out (REFERENCE 5.3); elsewhere null is SQL's null.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from naslforge.lang import Checked
from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.lang.scope import Row
from naslforge.run import sqlfunctions
from naslforge.run.columns import codec_of, decode_decimal, encode_decimal
from naslforge.run.connection import SqlFunction
from naslforge.run.dialects import Given, Joined, ListItems, Truth, is_number
from naslforge.run.schema import EntityTable, Schema
from naslforge.run.sqlvalues import AGGREGATES, ProgramValues

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
FILTERS = ("LIKE", "STARTS_WITH", "ENDS_WITH", "IN", "NOT_IN", "BETWEEN", "CONTAINS")
CONDITIONS = (*FILTERS, "IS_NULL", "IS_NOT_NULL")
DECIMAL_ARGUMENT = ("ROUND", "TRUNCATE", "AVG")
_ZERO: Any = sa.literal_column("0")


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of SQL with the NASL type of its values; `bound` makes it again for another type."""

    sql: Any
    type: t.Type
    bound: Callable[[t.Type], Any] | None = None


@dataclass(frozen=True, slots=True)
class Bind:
    """A parameter of the statement: the constant, or the program value at `index`, encoded; or what is `computed`
    from all program values."""

    name: str
    encode: Callable[[Any], Any]
    index: int | None = None
    constant: Any = None
    computed: Callable[[Sequence[Any]], Any] | None = None


class Source:
    """A row name in scope: its entity, and where its columns are in SQL."""

    def __init__(self, table: EntityTable, alias: Any, rowid: str):
        self.table, self.alias = table, alias
        self._columns = {c.name: alias.c[c.sql] for c in table.columns} | {"": alias.c[rowid]}

    def column(self, name: str) -> Any:
        return self._columns[name]

    def stored(self) -> list[Any]:
        """All columns, the number of the row last."""
        return list(self._columns.values())

    def moved(self, alias: Any, names: Sequence[str]) -> None:
        """From now on the columns are those of another part of the statement."""
        self.alias = alias
        self._columns = {name: alias.c[new] for name, new in zip(self._columns, names, strict=True)}

    @property
    def rowid(self) -> Any:
        """A number that every row has, in the order in which they were made."""
        return self._columns[""]

    @property
    def present(self) -> Any:
        """Something that is null exactly when an outer join found no partner."""
        return self.column(self.table.key[0].name) if self.table.key else self.rowid

    @property
    def order(self) -> list[Any]:
        return [self.column(c.name) for c in self.table.key] or [self.present]


@dataclass(slots=True)
class SqlWriter:
    """Writes the SQL of expressions for one shape of a statement: which program values are null is known."""

    values: ProgramValues
    schema: Schema
    nulls: frozenset[int] = frozenset()
    aliases: int = 0
    rows: dict[str, Source] = field(default_factory=dict)
    binds: list[Bind] = field(default_factory=list)
    functions: dict[str, SqlFunction] = field(default_factory=dict)
    subquery: Callable[["SqlWriter", n.Query], Any] | None = None

    @property
    def checked(self) -> Checked:
        return self.values.checked

    def open(self, row: str, entity: str) -> Source:
        """A new source of rows of an entity under a row name."""
        table = self.schema.tables[entity]
        self.aliases += 1
        self.rows[row] = Source(table, table.table.alias(f"r{self.aliases}"), self.schema.dialect.rowid)
        return self.rows[row]

    # --- values

    def term(self, expr: n.Expr) -> Term:
        """The SQL of a value."""
        if expr in self.values.index or isinstance(expr, n.Null | n.Bool | n.Number | n.Text):
            return self._program(expr)
        match expr:
            case n.Member(object=owner, name=name):
                source = self.source(owner)
                return Term(source.column(name.name), source.table.by_name[name.name].type)
            case n.Name():
                return Term(self.source(expr).present, t.LONG)
            case n.Unary(op="-", operand=operand):
                return self._arithmetic("-", self._constant(0, t.LONG), self.term(operand))
            case n.Binary(op="+", left=left, right=right) if self._is_text(expr):
                return self._joined([left, right])
            case n.Binary(op=("+" | "-" | "*" | "/" | "%") as op, left=left, right=right):
                return self._arithmetic(op, self.term(left), self.term(right))
            case n.Template(parts=parts):
                return self._joined(parts)
            case n.Call() if self._name(expr) not in CONDITIONS:
                return self._call(expr)
            case _:
                condition = self.condition(expr, skip=False)
                return Term(sa.null() if condition is None else Truth(condition), t.BOOLEAN)

    def source(self, expr: n.Expr) -> Source:
        """The row that a name stands for."""
        row = self.checked.refs[expr]
        assert isinstance(row, Row)
        return self.rows[row.name]

    def cast(self, term: Term, wanted: t.Type) -> Any:
        """The SQL of a term where a value of type `wanted` is stored or compared."""
        if term.bound is not None:
            return term.bound(wanted)
        if term.type == t.LONG and wanted == t.DECIMAL:
            return self._function("WIDEN", lambda value: Decimal(value), [(term.sql, t.LONG)], t.DECIMAL)
        return term.sql

    def _program(self, expr: n.Expr) -> Term:
        index = self.values.index.get(expr)
        type_ = t.DECIMAL if expr in self.checked.widened else self.checked.types.get(expr, t.ANY)
        if index is None:
            return self._constant(_literal(expr), type_)
        return Term(None, type_, lambda wanted: self.bind(index, None, wanted if wanted != t.ANY else type_))

    def _constant(self, value: Any, type_: t.Type) -> Term:
        return Term(None, type_, lambda wanted: self.bind(None, value, wanted if wanted != t.ANY else type_))

    def bind(self, index: int | None, constant: Any, type_: t.Type, encode: Callable[[Any], Any] | None = None) -> Any:
        """A parameter that holds a value of `type_`."""
        bind = Bind(f"p{len(self.binds)}", encode or encoder(type_), index, constant)
        self.binds.append(bind)
        return Given(bind.name, None if type_ in (t.ANY, t.NULL) else is_number(type_))

    def computed(self, compute: Callable[[Sequence[Any]], Any]) -> Any:
        """A parameter that is computed from the program values."""
        bind = Bind(f"p{len(self.binds)}", lambda value: value, computed=compute)
        self.binds.append(bind)
        return sa.bindparam(bind.name, type_=sa.types.NullType())

    def _sql(self, term: Term) -> Any:
        return self.cast(term, term.type)

    def _is_text(self, expr: n.Expr) -> bool:
        return self.checked.types.get(expr) in t.TEXTS

    def _arithmetic(self, op: str, left: Term, right: Term) -> Term:
        type_ = t.LONG if op != "/" and left.type == right.type == t.LONG else t.DECIMAL
        arguments = [(self.cast(term, type_), type_) for term in (left, right)]
        return Term(self._function(op, sqlfunctions.PLAIN[op], arguments, type_), type_)

    def _joined(self, parts: Sequence[n.Expr]) -> Term:
        texts = [self._text(self.term(part)) for part in parts]
        joined = texts[0]
        for text in texts[1:]:
            pair = [(joined, t.STRING), (text, t.STRING)]
            joined = self._function("CONCAT", lambda a, b: (a or "") + (b or ""), pair, t.STRING, nulls=True)
        return Term(joined, t.STRING)

    def _text(self, term: Term) -> Any:
        """The term as it is joined to a text; null is ''."""
        if term.type in t.TEXTS:
            return self._sql(term)
        if isinstance(term.type, t.EnumType):
            return self._label(term, {stored: label for _, stored, label in self.checked.enums.get(term.type.name, ())})
        return self._function("TEXT", sqlfunctions.text_of, [(self._sql(term), term.type)], t.STRING, zoned=True)

    def _label(self, term: Term, labels: dict[Any, str]) -> Any:
        sql = self._sql(term)
        if not self.schema.dialect.library:
            name = f"LABEL{zlib.crc32(repr(labels).encode())}"
            return self._function(name, lambda value: labels.get(value, value), [(sql, term.type)], t.STRING)
        texts = self._function("TEXT", sqlfunctions.text_of, [(sql, term.type)], t.STRING)
        whens = [
            (sql == self.bind(None, v, term.type), self.bind(None, label, t.STRING)) for v, label in labels.items()
        ]
        return sa.case(*whens, else_=texts) if whens else texts

    # --- functions

    def _name(self, call: n.Call) -> str:
        return call.callee.name if isinstance(call.callee, n.Name) else ""

    def _call(self, call: n.Call) -> Term:
        name, declared = self._name(call), self.checked.types.get(call, t.ANY)
        if name in AGGREGATES:
            return self._aggregate(name, call)
        if name in ("IF", "CASE_WHEN", "IFNULL", "COALESCE"):
            return self._choice(name, call.args, declared)
        if name == "CONCAT":
            return self._joined(call.args)
        if any(isinstance(arg, n.Null) for arg in call.args):
            return Term(sa.null(), declared)
        arguments = [self.term(arg) for arg in call.args]
        if name in DECIMAL_ARGUMENT:
            arguments[0] = Term(self.cast(arguments[0], t.DECIMAL), t.DECIMAL)
        pairs = [(self._sql(term), term.type) for term in arguments]
        zoned = name in sqlfunctions.ZONED
        function = (sqlfunctions.ZONED if zoned else sqlfunctions.PLAIN)[name]
        result = pairs[0][1] if name in ("DATE_ADD", "DATE_SUB") else declared
        return Term(self._function(name, function, pairs, result, zoned=zoned), result)

    def _function(
        self, name: str, function: Callable[..., Any], arguments: Sequence[tuple[Any, t.Type]], result: t.Type,
        *, zoned: bool = False, nulls: bool = False,
    ) -> Any:  # fmt: skip
        """A call of a Python function from SQL; its name there tells the types, so each is registered once."""
        word = {"+": "plus", "-": "minus", "*": "times", "/": "divide", "%": "remainder"}.get(name, name.lower())
        sql_name = f"nasl_{word}_{''.join(_letter(type_) for _, type_ in arguments)}_{_letter(result)}"
        if sql_name not in self.functions:
            codecs = tuple(codec_of(type_) for _, type_ in arguments)
            spec = SqlFunction(sql_name, len(arguments), function, codecs, codec_of(result), zoned=zoned, nulls=nulls)
            self.functions[sql_name] = spec
        dialect = self.schema.dialect
        call = dialect.function(sql_name)(*(sql for sql, _ in arguments))
        return call if is_number(result) else dialect.stored_text(call)

    def _choice(self, name: str, args: Sequence[n.Expr], declared: t.Type) -> Term:
        if name in ("IFNULL", "COALESCE"):
            terms = [self.term(arg) for arg in args]
            type_ = _common(terms, declared)
            return Term(sa.func.coalesce(*(self.cast(term, type_) for term in terms)), type_)
        pairs, rest = ([(args[0], args[1])], args[2:]) if name == "IF" else _pairs(args)
        terms = [self.term(value) for _, value in pairs] + [self.term(value) for value in rest]
        type_ = _common(terms, declared)
        whens = [(self._required(test), self.cast(term, type_)) for (test, _), term in zip(pairs, terms, strict=False)]
        otherwise = self.cast(terms[-1], type_) if rest else sa.null()
        return Term(sa.case(*whens, else_=otherwise), type_)

    def _aggregate(self, name: str, call: n.Call) -> Term:
        if not call.args:
            return Term(sa.func.count(), t.LONG)
        term = self.term(call.args[0])
        sql = self._sql(term)
        if name == "COUNT":
            return Term(sa.func.count(sql), t.LONG)
        if name == "COUNT_DISTINCT":
            return Term(sa.func.count(sql.distinct()), t.LONG)
        if name in ("MAX", "MIN"):
            return Term(getattr(sa.func, name.lower())(sql), term.type)
        if name == "GROUP_CONCAT":
            return Term(self._concatenated(self._text(term)), t.STRING)
        if name == "SUM" and term.type == t.LONG:
            return Term(self._long_sum(sql), t.LONG)
        cls = sqlfunctions.DecimalSum if name == "SUM" else sqlfunctions.DecimalMean
        function = self._own_aggregate(
            f"nasl_{name.lower()}", 1, lambda: cls(decode_decimal), self.cast(term, t.DECIMAL)
        )
        return Term(self.schema.dialect.stored_text(function), t.DECIMAL)

    def _own_aggregate(self, name: str, arity: int, function: Callable[..., Any], *sql: Any) -> Any:
        self.functions.setdefault(name, SqlFunction(name, arity, function, aggregate=True))
        return self.schema.dialect.function(name)(*sql)

    def _concatenated(self, text: Any) -> Any:
        keys = [key for source in self.rows.values() for key in source.order]
        name = f"nasl_joined_{len(keys)}"
        self.functions.setdefault(name, SqlFunction(name, 1 + len(keys), sqlfunctions.Joined, aggregate=True))
        return Joined(text, keys)

    def _long_sum(self, sql: Any) -> Any:
        """The exact sum, a fault where it is no Long."""
        if self.schema.dialect.library:
            return self.schema.dialect.function("nasl_long")(sa.func.sum(sql))
        codecs = (codec_of(t.LONG),) * 2
        self.functions.setdefault("nasl_whole", SqlFunction("nasl_whole", 2, sqlfunctions.whole, codecs, codecs[0]))
        high, low = sql.op(">>")(sa.literal_column("32")), sql.op("&")(sa.literal_column("4294967295"))
        return sa.func.nasl_whole(sa.func.sum(high), sa.func.sum(low))

    # --- conditions

    def condition(self, expr: n.Expr, skip: bool) -> Any | None:
        """The SQL of a condition, None for one that is left out."""
        match expr:
            case _ if expr in self.values.index or isinstance(expr, n.Bool | n.Null):
                return self._sql(self._program(expr)) != _ZERO
            case n.Binary(op="&&" | "||" as op, left=left, right=right):
                parts = [c for c in (self.condition(left, skip), self.condition(right, skip)) if c is not None]
                return None if not parts else sa.and_(*parts) if op == "&&" else sa.or_(*parts)
            case n.Unary(op="!", operand=operand):
                inner = self.condition(operand, skip)
                return None if inner is None else sa.not_(inner)
            case n.Binary(op=op, left=left, right=right) if op in COMPARISONS:
                return None if skip and self._missing(expr) else self._comparison(op, left, right)
            case n.Call() if self._name(expr) in CONDITIONS:
                return self._filter(self._name(expr), expr, skip)
            case _:
                return self._sql(self.term(expr)) != _ZERO

    def _required(self, expr: n.Expr) -> Any:
        condition = self.condition(expr, skip=False)
        return sa.true() if condition is None else condition

    def _missing(self, expr: n.Node) -> bool:
        return any(index in self.nulls for index in self.values.below(expr))

    def _comparison(self, op: str, left: n.Expr, right: n.Expr) -> Any:
        for one, other in ((left, right), (right, left)):
            if isinstance(one, n.Null):
                sql = self._sql(self.term(other))
                return sql.is_(None) if op == "==" else sql.is_not(None) if op == "!=" else sa.null()
        a, b = self.term(left), self.term(right)
        type_ = _common([a, b], a.type if a.bound is None else b.type)
        x, y = self.cast(a, type_), self.cast(b, type_)
        return {
            "==": x == y, "!=": x != y, "<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y,
        }[op]  # fmt: skip

    def _filter(self, name: str, call: n.Call, skip: bool) -> Any | None:
        args = call.args
        if name in ("IS_NULL", "IS_NOT_NULL"):
            return self._comparison("==" if name == "IS_NULL" else "!=", args[0], n.Null(call.span))
        if name == "BETWEEN":
            return self._between(args, skip)
        if skip and (self._missing(call) or (name in ("IN", "NOT_IN") and isinstance(args[1], n.Null))):
            return None
        if name in ("IN", "NOT_IN"):
            return self._membership(args[0], args[1], name == "NOT_IN")
        if name == "CONTAINS" and not self._is_text(args[0]):
            return self._membership(args[1], args[0], False)
        pairs = [(self.cast(self.term(arg), t.STRING), t.STRING) for arg in args]
        return self._function(name, sqlfunctions.PLAIN[name], pairs, t.BOOLEAN) != _ZERO

    def _between(self, args: Sequence[n.Expr], skip: bool) -> Any | None:
        value, *bounds = args
        if skip and self._missing(value):
            return None
        parts = [
            self._comparison(op, value, bound)
            for op, bound in zip((">=", "<="), bounds, strict=True)
            if not (skip and self._missing(bound))
        ]
        return sa.and_(*parts) if parts else None

    def _membership(self, value: n.Expr, among: n.Expr, negated: bool) -> Any:
        term = self.term(value)
        if isinstance(among, n.Query):
            assert self.subquery is not None
            return self._in(self._sql(term), self.subquery(self, among), negated)
        if isinstance(among, n.ListLiteral) and among not in self.values.index:
            items = [self.term(item) for item in among.items]
            type_ = _common([term, *items], term.type)
            return self._in(self.cast(term, type_), [self.cast(item, type_) for item in items], negated)
        if isinstance(among, n.Null):
            return self._in(self._sql(term), [], negated)
        given = self.checked.types.get(among)
        item = given.item if isinstance(given, t.ListOf) else term.type
        type_ = t.DECIMAL if t.DECIMAL in (term.type, item) else term.type if term.bound is None else item
        encode = encoder(type_)
        listed = self.bind(
            self.values.index[among], None, t.ANY,
            lambda items: json.dumps([None if v is None else encode(v) for v in items]),
        )  # fmt: skip
        rows: Any = sa.select(sa.literal_column("value")).select_from(ListItems(listed, is_number(type_)))
        return self._in(self.cast(term, type_), rows, negated)

    def _in(self, sql: Any, among: Any, negated: bool) -> Any:
        return sql.not_in(among) if negated else sql.in_(among)


def encoder(type_: t.Type) -> Callable[[Any], Any]:
    """Encodes a non-null value for a place of `type_`; a Long may stand where a Decimal is stored."""
    if type_ == t.DECIMAL:
        return lambda value: encode_decimal(value if isinstance(value, Decimal) else Decimal(value))
    return codec_of(type_).encode


def parameters(binds: Iterable[Bind], values: Sequence[Any]) -> dict[str, Any]:
    """The parameters of a statement for the program values of one run."""
    found: dict[str, Any] = {}
    for bind in binds:
        if bind.computed is not None:
            found[bind.name] = bind.computed(values)
            continue
        value = bind.constant if bind.index is None else values[bind.index]
        found[bind.name] = None if value is None else bind.encode(value)
    return found


def _literal(expr: n.Expr) -> Any:
    match expr:
        case n.Bool(value=value) | n.Text(value=value):
            return value
        case n.Number(text=text):
            return int(text) if expr.is_long else Decimal(text)
        case _:
            return None


def _common(terms: Sequence[Term], otherwise: t.Type) -> t.Type:
    types = [term.type for term in terms if term.type not in (t.NULL, t.ANY, t.UNKNOWN)]
    if t.DECIMAL in types:
        return t.DECIMAL
    return types[0] if types else otherwise


def _pairs(args: Sequence[n.Expr]) -> tuple[list[tuple[n.Expr, n.Expr]], Sequence[n.Expr]]:
    """CASE_WHEN(c1, v1, c2, v2, …, otherwise)."""
    even = len(args) // 2 * 2
    return [(args[i], args[i + 1]) for i in range(0, even, 2)], args[even:]


_LETTERS: Mapping[str, str] = {
    "Boolean": "b", "Long": "l", "Decimal": "d", "Date": "a", "Time": "t", "DateTime": "i",
}  # fmt: skip


def _letter(type_: t.Type) -> str:
    if isinstance(type_, t.EnumType):
        return "l" if type_.of == "Long" else "s"
    return _LETTERS.get(type_.name, "s") if isinstance(type_, t.Primitive) else "s"
