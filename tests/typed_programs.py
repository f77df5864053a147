"""Whole programs that must be right, and what becomes of them: they are accepted, and nothing of types or names fails.

python tests/typed_programs.py --first 0 --count 2000
"""

import argparse
import sys
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typed_expressions import (
    COLOR,
    FIELDS,
    ITEM,
    LEVEL,
    MEMBERS,
    ORDERED,
    OWNER,
    Choices,
    FromSeed,
    Logic,
    Maker,
    bound,
    fields_of,
    functions,
    matches,
)

from naslforge import lang
from naslforge.lang.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    LONG,
    NUMBERS,
    STRING,
    Anonymous,
    Entity,
    ListOf,
    MapOf,
    Type,
    Union,
    show,
)
from naslforge.lang.types import TypeVar as Variable
from naslforge.run import CallSpec, Limits, execute

PROJECT = """
export namespace app.enums {
  export enum Color { /** 红 */ red, /** 绿 */ green = 'g', /** 蓝 */ blue }
  export enum Level { /** 低 */ low = 1, /** 高 */ high = 20 }
}
export namespace app.structures {
  export class Line {
    name: String;
    price: Decimal = 0;
    count: Long;
    tags: List<String>;
    color: app.enums.Color;
    day: Date;
    next: app.structures.Line;
  }
  export class Box<T> { content: T; items: List<T>; }
}
export namespace app.dataSources.defaultDS.entities {
  @Entity({ tableName: 'item' })
  export class Item {
    @Property({ primaryKey: true, rules: ['auto'] }) id: Long;
    name: String;
    amount: Decimal = 1;
    stock: Long;
    active: Boolean;
    color: app.enums.Color;
    day: Date;
    at: DateTime;
    ownerId: Long;
  }
  @Entity({ tableName: 'owner' })
  export class Owner {
    @Property({ primaryKey: true, rules: ['auto'] }) id: Long;
    title: String;
    since: Date;
    rank: Long;
  }
}
export namespace app.backend.variables {
  export let counter: Long = 10;
  export let words: List<String>;
}
"""
WORLD = {
    "db": {
        "Item": [
            {"id": 1, "name": "ab", "amount": "2.50", "stock": 3, "active": True, "color": "red", "day": "2024-02-29",
             "at": "2024-02-29T10:00:00.000Z", "ownerId": 1},
            {"id": 2, "name": "b%", "amount": "0", "stock": 0, "active": False, "color": "g", "day": "2023-12-31",
             "at": "2023-12-31T23:59:59.000Z", "ownerId": 2},
            {"id": 3, "name": None, "amount": None, "stock": None, "active": None, "color": None, "day": None,
             "at": None, "ownerId": None},
        ],
        "Owner": [{"id": 1, "title": "Ann", "since": "2020-01-01", "rank": 5}, {"id": 2, "title": "", "rank": None}],
    },
    "now": "2024-05-06T07:08:09Z",
}  # fmt: skip
CALLS: tuple[tuple[Any, ...], ...] = (
    (3, "2.5", "a1,b2", True, "2024-02-29", "2024-02-29T10:00:00.000Z"),
    (0, "0", "", False, "1999-12-31", "1999-12-31T23:59:59.999Z"),
    (None, None, None, None, None, None),
)

# What may go wrong in a right program: a value, never a type or a name (REFERENCE 3.5, decisions D13 to D20).
LEGITIMATE = {
    "SystemArithmeticError",  # division by 0, overflow, a root that does not exist
    "SystemIllegalArgumentError",  # a text that is no number, a count below 0, an empty list without a maximum
    "SystemArrayIndexOutOfBoundsError",  # a position outside a list or text
    "SystemNullPointerError",  # writing through null
    "SystemResourceNotFoundError",  # a row that is not there
    "DatabaseDuplicateKeyError", "DatabaseConstraintViolationError", "Aborted",
}  # fmt: skip
CERTAIN = {"division-by-zero", "negative-position", "unreadable-text"}  # refused: a literal that is sure to fail
LIMITS = {"step_limit", "memory_limit", "time_limit", "output_limit"}
CAST = "SystemClassCastError"  # only where a value of type Any is read, from JSON for one
PARAMS: tuple[tuple[str, Type], ...] = (
    ("n", LONG), ("d", DECIMAL), ("s", STRING), ("b", BOOLEAN), ("day", DATE), ("at", DATETIME),
)  # fmt: skip
_AGGREGATES = ("COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MAX", "MIN")
_NO_COLUMNS = {"ON", "CASE_WHEN", "CONTAINS", "IN", "NOT_IN", "BETWEEN", "GROUP_CONCAT", "STR_TO_DATE", *_AGGREGATES}


class ProgramMaker(Maker):
    """Statements, queries, logics."""

    def program(self) -> str:
        texts = [self.logic(self.fresh("f")) for _ in range(self.choices.below(3))]
        self.scope, self.lets = list(PARAMS), []
        texts.append(self.logic("main", [(name, type_, None) for name, type_ in PARAMS]))
        return "export namespace app.logics {\n" + "\n".join(texts) + "\n}\n"

    def logic(self, name: str, params: list[tuple[str, Type, str | None]] | None = None) -> str:
        if params is None:
            params = [(self.fresh("a"), self.type(1), None) for _ in range(self.choices.below(3))]
            if self.one_in(3):
                params.append((self.fresh("a"), LONG, "3"))
        result = self.type(2)
        self.scope, self.fixed, self.lets, self.queries = [(n, t) for n, t, _ in params], set(), [], 0
        for _ in range(1 + self.choices.below(4)):
            self.variable(self.type(2))
        body = self.block(3)
        self.lets.append(f"let result: {show(result)};")
        body.append(f"result = {self.expr(result)};")
        self.logics.append(Logic(name, params, result))
        head = ", ".join(f"{n}: {show(t)}" + (f" = {d}" if d else "") for n, t, d in params)
        lines = "\n".join("    " + line for line in [*self.lets, *body, "return result;"])
        return f"  export function {name}({head}): {show(result)} {{\n{lines}\n  }}"

    def variable(self, type_: Type) -> str:
        name = self.fresh()
        init = "" if self.one_in(2) else f" = {self.simple(type_)}"
        self.lets.append(f"let {name}: {show(type_)}{init};")
        self.scope.append((name, type_))
        return name

    # --- statements

    def block(self, depth: int) -> list[str]:
        return [line for _ in range(1 + self.choices.below(3)) for line in self.statement(depth)]

    def statement(self, depth: int) -> list[str]:
        ways = [self.assign, self.assign, self.assign_property, self.effect, self.change, self.query_statement]
        ways += [self.if_, self.for_, self.while_, self.match_statement] if depth else []
        return self.pick(ways)(depth)

    def target(self) -> tuple[str, Type] | None:
        found = [(name, type_) for name, type_ in self.scope if name not in self.fixed]
        return self.pick(found) if found else None

    def assign(self, depth: int) -> list[str]:
        target = self.target()
        return [f"{target[0]} = {self.expr(target[1])};"] if target else []

    def assign_property(self, depth: int) -> list[str]:
        found = [(f"{name}.{key}", t) for name, type_ in self.scope for key, t in fields_of(type_)]
        if not found:
            return ["app.backend.variables.counter = app.backend.variables.counter + 1;"]
        name, type_ = self.pick(found)
        return [f"{name} = {self.expr(type_)};"]

    def effect(self, depth: int) -> list[str]:
        """A function of the library that changes what it is given."""
        able = [
            (b, o) for b in functions() if not b.pure for o in b.overloads if b.name not in ("Merge", "ClearObject")
        ]
        builtin, overload = self.pick(able)
        to: dict[str, Type] = {}
        known = [type_ for _, type_ in self.scope if isinstance(type_, ListOf | MapOf)]
        if overload.type_params and known and not matches(overload.params[0].type, self.pick(known), to):
            to = {}
        return [self.call(builtin, overload, to) + ";"]

    def change(self, depth: int) -> list[str]:
        """A logic of an entity."""
        entity = self.pick((ITEM, OWNER))
        table = f"{entity.name}Entity"
        way = self.choices.below(8)
        row, rows, count = self.variable_of(entity), self.variable_of(ListOf(entity)), self.variable_of(LONG)
        name, type_ = self.pick(FIELDS[entity.name])
        properties = f", (r) => [r.{name}]" if self.one_in(2) else ""
        return [[
            f"{row} = {table}.get({self.expr(LONG)});",
            f"{row} = {table}.create({self.expr(entity)});",
            f"{row} = {table}.update({row}{properties});",
            f"{row} = {table}.createOrUpdate({self.expr(entity)});",
            f"{count} = {table}.updateBy({row}, (r) => r.{name} == {self.plain(type_)}, (r) => [r.{name}]);",
            f"{count} = {table}.delete({self.expr(LONG)});",
            f"{count} = {table}.deleteBy((r) => r.{name} == {self.plain(type_)} && r.id > {self.plain(LONG)});",
            f"{rows} = {table}.batchCreate({self.expr(ListOf(entity))});",
        ][way]]  # fmt: skip

    def variable_of(self, type_: Type) -> str:
        known = [name for name, t in self.scope if t == type_ and name not in self.fixed]
        if known:
            return self.pick(known)
        name = self.fresh("r")
        self.lets.append(f"let {name}: {show(type_)};")
        self.scope.insert(0, (name, type_))
        return name

    def plain(self, type_: Type) -> str:
        """A program value in a query or filter: a variable or a simple value."""
        known = [name for name, t in self.scope if t == type_]
        return self.pick(known) if known and not self.one_in(3) else self.simple(type_)

    def if_(self, depth: int) -> list[str]:
        lines = [f"if ({self.expr(BOOLEAN)}) {{", *self.indented(depth)]
        if self.one_in(2):
            lines += [f"}} else if ({self.expr(BOOLEAN)}) {{", *self.indented(depth)]
        return [*lines, "} else {", *self.indented(depth), "}"] if self.one_in(2) else [*lines, "}"]

    def indented(self, depth: int) -> list[str]:
        return ["  " + line for line in self.block(depth - 1)]

    def for_(self, depth: int) -> list[str]:
        lists = [(name, t.item) for name, t in self.scope if isinstance(t, ListOf)]
        list_, item = self.pick(lists) if lists else (self.firm(ListOf(LONG)), LONG)
        index, name = self.fresh("i"), self.fresh("x")
        bounds = self.pick(("", ", 0, 2", f", {self.expr(LONG)}"))
        head = f"for (const [{index}, {name}] of ListEntries({list_}{bounds})) {{"
        with self.names((index, LONG), (name, item)):
            return [head, *self.indented(depth), "}"]

    def while_(self, depth: int) -> list[str]:
        turns = self.fresh("t")
        self.lets.append(f"let {turns}: Long = 0;")
        with self.names((turns, LONG)):
            body = self.indented(depth)
            return [f"while ({turns} < {self.choices.below(4)} && {self.inner(BOOLEAN)}) {{", *body,
                    f"  {turns} = {turns} + 1;", "}"]  # fmt: skip

    def match_statement(self, depth: int) -> list[str]:
        enum = self.pick((COLOR, LEVEL))
        first = MEMBERS[enum.name][0]
        subject = self.fresh("_value")
        head = [f"(function match({subject}) {{", f"  if ({subject} === {enum.name}.{first}) {{"]
        tail = f"  }}}})({self.expr(enum)});"
        return [*head, *self.indented(depth), "  } else {", *self.indented(depth), tail]

    # --- queries

    def query_statement(self, depth: int) -> list[str]:
        text, row = self.query()
        name = self.fresh("q")
        if self.one_in(3):
            page = Anonymous((("list", ListOf(row)), ("total", LONG)))
            text, type_ = f"PAGINATE({text}, {self.plain(LONG)}, {self.pick(('10', self.plain(LONG)))})", page
        else:
            type_ = ListOf(row)
        self.lets.append(f"let {name}{self.pick(('', f': {show(type_)}'))};")
        self.scope.insert(0, (name, type_))
        self.fixed.add(name)  # before it is assigned nothing is known of its rows
        return [f"{name} = {text};"]

    def query(self) -> tuple[str, Type]:
        rows = [("Item", ITEM)]
        text = f"FROM({ITEM.name}Entity, Item => $"
        if self.one_in(2):
            rows.append(("Owner", OWNER))
            kind = self.pick(("LEFT_JOIN", "INNER_JOIN", "RIGHT_JOIN", "OUTER_JOIN"))
            text += f".{kind}({OWNER.name}Entity, Owner => ON(Item.ownerId == Owner.id))"
        self.quiet += 1
        columns = [(f"{row}.{name}", t) for row, entity in rows for name, t in FIELDS[entity.name]]
        if self.one_in(2):
            text += f".WHERE({self.filter(columns)})"
        grouped = [self.pick(columns)] if self.one_in(3) else []
        select, result = self.grouped(columns, grouped) if grouped else self.selected(columns, rows)
        if grouped:
            text += f".GROUP_BY({grouped[0][0]})" + (".HAVING(COUNT(Item.id) > 0)" if self.one_in(2) else "")
            text += f".ORDER_BY([{grouped[0][0]}, 'DESC'])" if self.one_in(2) else ""
        elif self.one_in(2):
            text += f".ORDER_BY([{self.pick(columns)[0]}, 'ASC'], [Item.id, 'DESC'])"
        text += select + (f".LIMIT({self.plain(LONG)})" if self.one_in(4) else "")
        self.quiet -= 1
        return text + ")", result

    def selected(self, columns: list[tuple[str, Type]], rows: list[tuple[str, Entity]]) -> tuple[str, Type]:
        way = self.choices.below(4)
        if way == 0:
            return "", (
                rows[0][1] if len(rows) == 1 else Anonymous(tuple((row.lower(), entity) for row, entity in rows))
            )
        if way == 1:
            name, type_ = self.pick(columns)
            return f".SELECT({name})", type_
        chosen = [(f"c{i}", *self.column(columns, self.pick(columns)[1])) for i in range(1 + self.choices.below(3))]
        verb = self.pick(("SELECT", "SELECT_DISTINCT"))
        fields = ", ".join(f"{name}: {text}" for name, text, _ in chosen)
        return f".{verb}({{ {fields} }})", Anonymous(tuple((name, t) for name, _, t in chosen))

    def grouped(self, columns: list[tuple[str, Type]], keys: list[tuple[str, Type]]) -> tuple[str, Type]:
        numbers = [c for c in columns if c[1] in NUMBERS]
        name, type_ = self.pick(numbers)
        any_, any_type = self.pick([c for c in columns if c[1] in ORDERED])
        aggregate = self.pick((
            ("COUNT()", LONG), (f"COUNT({any_})", LONG), (f"SUM({name})", type_), (f"AVG({name})", DECIMAL),
            (f"MAX({any_})", any_type), (f"MIN({any_})", any_type), (f"COUNT_DISTINCT({any_})", LONG),
        ))  # fmt: skip
        text = f".SELECT({{ key: {keys[0][0]}, value: {aggregate[0]} }})"
        return text, Anonymous((("key", keys[0][1]), ("value", aggregate[1])))

    def column(self, columns: list[tuple[str, Type]], wanted: Type) -> tuple[str, Type]:
        """A column, or a function of the database over columns."""
        own = [name for name, t in columns if t == wanted]
        if self.one_in(2) or self.depth > 2:
            return (self.pick(own) if own else self.simple(wanted)), wanted
        able = []
        for builtin in lang.catalogue():
            to: dict[str, Type] = {}
            usable = builtin.kind == "query" and builtin.name not in _NO_COLUMNS and wanted != ANY
            if usable and matches(builtin.overloads[0].result, wanted, to):
                able.append((builtin, to))
        if not able:
            return (self.pick(own) if own else self.simple(wanted)), wanted
        builtin, to = self.pick(able)
        self.depth += 1
        args = []
        for param in builtin.overloads[0].params:
            for _ in range(2 if param.variadic else 1):
                if param.choices:
                    args.append(self.pick(param.choices).join("''"))
                else:
                    args.append(self.query_argument(columns, bound(param.type, to), param.name))
        self.depth -= 1
        return f"{builtin.name}({', '.join(args)})", wanted

    def query_argument(self, columns: list[tuple[str, Type]], type_: Type, name: str) -> str:
        if name == "format":
            return self.pick(("'%Y-%m-%d'", "'%Y'"))
        if name == "digits":
            return self.pick(("0", "2"))
        if isinstance(type_, Union):
            type_ = self.pick(type_.members)
        if type_ == ANY:
            return self.pick(columns)[0]
        if type_ == BOOLEAN:
            return self.filter(columns)
        if isinstance(type_, Variable):
            type_ = LONG
        return self.column(columns, type_)[0] if self.one_in(2) else self.plain(type_)

    def filter(self, columns: list[tuple[str, Type]]) -> str:
        self.depth += 1
        try:
            way = self.choices.below(9) if self.depth < 4 else 0
            name, type_ = self.pick(columns)
            if way == 1:
                return f"{self.filter(columns)} && {self.filter(columns)}"
            if way == 2:
                return f"({self.filter(columns)} || {self.filter(columns)})"
            if way == 3:
                return f"!({self.filter(columns)})"
            if way == 4:
                return self.pick((f"IS_NULL({name})", f"IS_NOT_NULL({name})", f"{name} != null"))
            if way == 5:
                text = self.pick([n for n, t in columns if t == STRING])
                return f"{self.pick(('LIKE', 'STARTS_WITH', 'ENDS_WITH'))}({text}, {self.plain(STRING)})"
            if way == 6 and type_ in ORDERED:
                return f"BETWEEN({name}, {self.plain(type_)}, {self.plain(type_)})"
            if way == 7:
                return f"{self.pick(('IN', 'NOT_IN'))}({name}, {self.plain(ListOf(type_))})"
            if way == 8 and type_ in ORDERED:
                return f"{self.column(columns, type_)[0]} {self.pick(('<', '>='))} {self.plain(type_)}"
            return f"{name} {self.pick(('==', '!='))} {self.plain(type_)}"
        finally:
            self.depth -= 1


# --- what becomes of a program


@dataclass(frozen=True, slots=True)
class Trial:
    """A program; the errors of its check, else what its calls came to; `fault` is what must not be."""

    text: str
    errors: tuple[str, ...]
    outcomes: tuple[str, ...] = ()
    fault: str = ""

    def refused_for(self, rules: set[str]) -> bool:
        return bool(self.errors) and all(error.split(":")[0] in rules for error in self.errors)


def tried(text: str) -> Trial:
    """Check a program and, where it is accepted, call its `main` with each of the arguments."""
    checked = lang.check([lang.Source("project.ts", PROJECT, context=True), lang.Source("program.ts", text)])
    if checked.errors:
        return Trial(text, tuple(f"{d.rule.name}: {d.message} [{d.span.text[:80]}]" for d in checked.errors))
    try:
        limits = Limits(steps=200_000, seconds=5, length=100_000)
        found = execute(checked, [CallSpec("app.logics.main", call) for call in CALLS], WORLD, limits)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.name}"
        return Trial(text, (), fault=f"{type(error).__name__} in {place}: {error}")
    told, fault = [], ""
    for outcome in found:
        name = (outcome.error or "").rpartition(".")[2]
        told.append(name or outcome.status)
        fine = outcome.status == "passed" or outcome.status in LIMITS or name in LEGITIMATE
        if not fine and not (name == CAST and "jsonDeserialize" in text):
            line = outcome.diagnostic.span.text[:100] if outcome.diagnostic else ""
            fault = f"{outcome.status} {outcome.error}: {outcome.message} [{line}]"
    return Trial(text, (), tuple(told), fault)


def made(choices: Choices) -> str:
    """One program."""
    return ProgramMaker(choices).program()


def main() -> int:
    """Make and try many programs from seeds; print what was refused and what failed, by cause."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--show", action="store_true", help="whole programs of faults")
    args = options.parse_args()
    accepted, certain, outcomes, refused, faults = 0, 0, Counter[str](), Counter[str](), Counter[str]()
    for seed in range(args.first, args.first + args.count):
        trial = tried(made(FromSeed(seed)))
        accepted += not trial.errors
        certain += trial.refused_for(CERTAIN)
        if trial.refused_for(CERTAIN):
            continue
        outcomes.update(trial.outcomes)
        for error in trial.errors[:1]:
            refused[error.split(":")[0]] += 1
            if refused[error.split(":")[0]] <= 3:
                print(f"refused, seed {seed}: {error}")
        if trial.fault:
            faults[trial.fault.split(":")[0]] += 1
            print(f"FAULT, seed {seed}: {trial.fault}")
            print(trial.text if args.show else "", end="")
    print(f"{accepted} of {args.count} accepted, {certain} refused for literals that are sure to fail")
    print(f"outcomes {dict(outcomes)}; refused {dict(refused)}; faults {dict(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
