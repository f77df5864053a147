"""Faults of types: foreign names of types, values of another type, literals that do not fit."""

from collections.abc import Iterator

from faults.view import Change, Kind, View, between, places, put
from naslforge.lang import nodes
from naslforge.lang import types as t
from naslforge.lang.scope import EnumItem, LogicCall

_FOREIGN = {
    "Long": ["int", "number", "long", "integer", "Int", "bigint", "int64"],
    "Decimal": ["float", "double", "BigDecimal", "number", "Number", "Float"],
    "String": ["str", "varchar", "char", "Str"],
    "Boolean": ["boolean", "bool", "Bool"],
    "Date": ["LocalDate", "date"],
    "DateTime": ["datetime", "Timestamp", "LocalDateTime"],
}
_TEXTS = ("String", "Text", "Email")


def foreign_type(view: View) -> Iterator[Change]:
    for name in view.all(nodes.TypeName):
        if name.name in _FOREIGN:
            yield put(name, view.rng.choice(_FOREIGN[name.name]))


def array_type(view: View) -> Iterator[Change]:
    for name in view.all(nodes.TypeName):
        if name.name == "List" and len(name.args) == 1 and isinstance(name.args[0], nodes.TypeName):
            yield put(name, view.text(name.args[0]) + "[]")


def array_generic(view: View) -> Iterator[Change]:
    for name in view.all(nodes.TypeName):
        if name.name == "List" and name.args:
            head = view.rng.choice(["Array", "ArrayList", "list", "Set", "IEnumerable"])
            yield put(name, head + view.text(name).removeprefix("List"))


def record_type(view: View) -> Iterator[Change]:
    for name in view.all(nodes.TypeName):
        if name.name == "Map" and name.args:
            yield put(name, view.rng.choice(["Record", "HashMap", "Dict", "map"]) + view.text(name).removeprefix("Map"))


def list_without_items(view: View) -> Iterator[Change]:
    for name in view.all(nodes.TypeName):
        if name.name in ("List", "Map") and name.args:
            yield put(name, name.name)


def nullable_type(view: View) -> Iterator[Change]:
    for owner in [*view.all(nodes.Let), *view.all(nodes.Param)]:
        if owner.type is not None:
            yield put(owner.type, view.text(owner.type) + view.rng.choice([" | null", " | undefined", "?"]))


def optional_parameter(view: View) -> Iterator[Change]:
    for param in view.all(nodes.Param):
        if param.default is None:
            yield between(param.name.span.end, param.name.span.end, "?")


def untyped_parameter(view: View) -> Iterator[Change]:
    for param in view.all(nodes.Param):
        if param.type is not None and param.default is None:
            yield between(param.name.span.end, param.type.span.end, "")


def type_before_name(view: View) -> Iterator[Change]:
    """`Long count` as Java has it."""
    for param in view.all(nodes.Param):
        if isinstance(param.type, nodes.TypeName) and param.default is None:
            yield put(param, f"{view.text(param.type)} {param.name.name}")


def wrong_variable_type(view: View) -> Iterator[Change]:
    """A declared type that the values assigned do not have; the uses show it too."""
    for function in view.functions:
        for let in function.body.statements if function.body else ():
            if not isinstance(let, nodes.Let) or let.type is None:
                continue
            declared, uses = view.checked.names.get(let), view.uses(let.name.name, function)
            values = [
                a.value for a in function.walk() if isinstance(a, nodes.Assign) and view.text(a.target) == let.name.name
            ]
            values += [let.init] if let.init is not None else []
            known = [v for v in values if view.type(v) not in (None, t.NULL, t.ANY)]
            if isinstance(declared, t.Primitive) and known:
                other = "Date" if declared.name not in ("Date", "Time", "DateTime") else "Boolean"
                statements = tuple((v.span.start, v.span.end) for v in values)
                yield Change(((let.type.span.start, let.type.span.end, other),), places(uses) + statements)


def wrong_result_type(view: View) -> Iterator[Change]:
    for function in view.functions:
        returned = view.checked.results.get(function)
        values = [r.value for r in function.walk() if isinstance(r, nodes.Return) and r.value is not None]
        if function.result is not None and isinstance(returned, t.Primitive) and values:
            if any(view.type(v) in (t.NULL, t.ANY) for v in values) or _called_in_place(view, function):
                continue
            other = "Boolean" if returned != t.BOOLEAN else "Date"
            edit = (function.result.span.start, function.result.span.end, other)
            yield Change((edit,), tuple((v.span.start, v.span.end) for v in values))


def _called_in_place(view: View, function: nodes.Function) -> bool:
    return any(isinstance(c, LogicCall) and c.declared is function for c in view.checked.calls.values())


def wrong_parameter_type(view: View) -> Iterator[Change]:
    """A text parameter that the body uses as a number, and the other way round: the places of use show it."""
    for function in view.functions:
        for param in function.params:
            declared = view.checked.names.get(param)
            uses = view.uses(param.name.name, function)
            loops = [
                n for n in function.walk() if isinstance(n, nodes.ForList) and view.text(n.list) == param.name.name
            ]
            if isinstance(declared, t.ListOf) and loops and param.type is not None:
                yield Change(((param.type.span.start, param.type.span.end, "Boolean"),), places(uses))


def enum_as_text(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        item = view.checked.refs.get(member)
        if isinstance(item, EnumItem):
            yield put(member, f"'{item.member}'")


def enum_label_as_text(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        item = view.checked.refs.get(member)
        if isinstance(item, EnumItem):
            label = next((label for name, _, label in view.checked.enums[item.enum] if name == item.member), "")
            if label:
                yield put(member, f"'{label}'")


def _wanted(view: View, e: nodes.Node) -> t.Type | None:
    """The type that the parameter of a library function asks for."""
    for call in view.library():
        found = view.callee(call)
        if found is not None and e in call.args:
            params = found.builtin.overloads[found.overload].params
            at = call.args.index(e)  # type: ignore[arg-type]
            if at < len(params) and len(found.builtin.overloads) == 1:
                return params[at].type
    return None


def _operands(view: View, *ops: str) -> Iterator[tuple[nodes.Binary, nodes.Expr, nodes.Expr]]:
    """Each operand of such operators with the other one."""
    for binary in view.all(nodes.Binary):
        if binary.op in ops:
            yield binary, binary.left, binary.right
            yield binary, binary.right, binary.left


def number_as_text(view: View) -> Iterator[Change]:
    """`'5'` where a number is wanted."""
    for _, operand, other in _operands(view, "-", "*", "/", "%", "<", ">", "<=", ">=", "==", "!="):
        if isinstance(operand, nodes.Number) and view.type(other) in t.NUMBERS:
            yield put(operand, f"'{operand.text}'")
    for number in view.all(nodes.Number):
        if _wanted(view, number) in t.NUMBERS:
            yield put(number, f"'{number.text}'")


def text_as_number(view: View) -> Iterator[Change]:
    for _, operand, other in _operands(view, "==", "!=", "<", ">"):
        if isinstance(operand, nodes.Text) and view.type(other) in t.TEXTS:
            yield put(operand, view.rng.choice(["0", "7", "true"]))
    for text in view.texts():
        if _wanted(view, text) == t.STRING:
            yield put(text, view.rng.choice(["0", "12"]))


def text_as_date(view: View) -> Iterator[Change]:
    for call in view.library("FromString"):
        if len(call.args) == 1 and isinstance(call.args[0], nodes.Text) and view.type(call) in (t.DATE, t.TIME):
            yield put(call, view.text(call.args[0]))


def fraction_for_whole(view: View) -> Iterator[Change]:
    for number in view.all(nodes.Number):
        if number.is_long and _wanted(view, number) == t.LONG:
            yield put(number, number.text + ".5")
    for let in view.all(nodes.Let):
        if isinstance(let.init, nodes.Number) and let.init.is_long and view.checked.names.get(let) == t.LONG:
            yield put(let.init, let.init.text + ".5")


def quotient_for_whole(view: View) -> Iterator[Change]:
    """`/` gives a Decimal, where a Long is wanted."""
    for call in view.library("TruncDivide"):
        yield put(call, f"{view.text(call.args[0])} / {view.text(call.args[1])}")


def untyped_sum(view: View) -> Iterator[Change]:
    """`let total = 0;` is a Long; a Decimal assigned later does not fit."""
    for function in view.functions:
        for let in function.body.statements if function.body else ():
            if isinstance(let, nodes.Let) and let.type is not None and isinstance(let.init, nodes.Number):
                assigned = [
                    a for a in function.walk() if isinstance(a, nodes.Assign) and view.text(a.target) == let.name.name
                ]  # fmt: skip
                clear = [a for a in assigned if _decimal_anyway(view, a.value, let.name.name)]
                if let.init.is_long and view.checked.names.get(let) == t.DECIMAL and clear:
                    spots = places(view.uses(let.name.name, function)) + tuple(
                        (a.span.start, a.span.end) for a in assigned
                    )
                    yield Change(((let.name.span.end, let.type.span.end, ""),), spots)


def _decimal_anyway(view: View, e: nodes.Expr, name: str) -> bool:
    others = [n for n in e.walk() if isinstance(n, nodes.Member | nodes.Name) and view.type(n) == t.DECIMAL]
    return any(not view.text(n).startswith(name) for n in others)


def number_as_condition(view: View) -> Iterator[Change]:
    """`if (count)`, `if (!name)`: a value that is no Boolean."""
    for branch in [*view.all(nodes.If), *view.all(nodes.While)]:
        test = branch.test
        if isinstance(test, nodes.Binary) and test.op in ("==", "!=", ">", "<", ">=", "<="):
            sign = view.rng.choice(["", "!"])
            if view.type(test.left) not in (None, t.BOOLEAN, t.ANY, t.NULL):
                yield put(test, sign + _grouped(view, test.left))


def _grouped(view: View, e: nodes.Expr) -> str:
    return f"({view.text(e)})" if isinstance(e, nodes.Binary) else view.text(e)


def list_for_item(view: View) -> Iterator[Change]:
    """A number where a list is wanted."""
    for call in view.library("ListFilter", "ListTransform", "ListSum", "ListFind", "ListSort", "Add", "Get", "ListMax"):
        if isinstance(call.args[0], nodes.Name):
            yield put(call.args[0], "0")


def field_of_list(view: View) -> Iterator[Change]:
    """`rows.name` where `rows` is a list of things with a name."""
    for loop in view.all(nodes.ForList):
        for member in loop.body.walk():
            if isinstance(member, nodes.Member) and view.text(member.object) == loop.item.name:
                yield put(member.object, view.text(loop.list))


def field_of_text(view: View) -> Iterator[Change]:
    for name in view.all(nodes.Name):
        if view.type(name) in (*t.TEXTS, *t.NUMBERS, t.DATE) and not _assigned(view, name):
            yield put(name, f"{name.name}.value")


def _assigned(view: View, name: nodes.Name) -> bool:
    return any(a.target is name for a in view.all(nodes.Assign))


def result_of_nothing(view: View) -> Iterator[Change]:
    """`result = nasl.util.Add(list, x)`: Add has no result."""
    for statement in view.all(nodes.ExprStmt):
        if isinstance(statement.expr, nodes.Call) and view.type(statement.expr) == t.VOID and statement.expr.args:
            first = statement.expr.args[0]
            if isinstance(first, nodes.Name):
                yield between(statement.span.start, statement.span.start, f"{first.name} = ")


def arithmetic_with_date(view: View) -> Iterator[Change]:
    for call in view.library("AddDays"):
        if len(call.args) == 2:
            yield put(call, f"{view.text(call.args[0])} + {_grouped(view, call.args[1])}")


def unknown_key(view: View) -> Iterator[Change]:
    """A property that the structure does not have, in its literal."""
    for new in view.all(nodes.New):
        if new.object is not None and new.object.entries:
            key = view.rng.choice(new.object.entries).key
            if isinstance(key, nodes.Ident):
                yield put(key, view.rng.choice(["displayName", "extra_info", "kindOfThing"]))


def null_result(view: View) -> Iterator[Change]:
    """`let x;` that only gets null."""
    for let in view.all(nodes.Let):
        if let.type is not None and let.init is None:
            users = [u for f in view.functions for u in view.uses(let.name.name, f)]
            assigned = any(view.text(a.target) == let.name.name for a in view.all(nodes.Assign))
            if not assigned and users:
                yield Change(((let.name.span.end, let.type.span.end, ""),), places(users))


KINDS: tuple[Kind, ...] = (
    foreign_type, array_type, array_generic, record_type, list_without_items, nullable_type, optional_parameter,
    untyped_parameter, type_before_name, wrong_variable_type, wrong_result_type, wrong_parameter_type, enum_as_text,
    enum_label_as_text, number_as_text, text_as_number, text_as_date, fraction_for_whole, quotient_for_whole,
    untyped_sum, number_as_condition, list_for_item, field_of_list, field_of_text, result_of_nothing,
    arithmetic_with_date, unknown_key, null_result,
)  # fmt: skip
