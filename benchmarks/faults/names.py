"""Faults of names: misspelt, in another case, without their path, declared twice or not at all."""

from collections.abc import Iterator

from faults.view import Change, Kind, View, between, misspelt, places, put, snake
from naslforge.lang import catalogue, nodes
from naslforge.lang import types as t
from naslforge.lang.scope import EnumItem, Local, Row, TableRef


def _variables(view: View) -> Iterator[nodes.Name]:
    for name in view.all(nodes.Name):
        if isinstance(view.checked.refs.get(name), Local) and len(name.name) > 2:
            yield name


def _fields(view: View) -> Iterator[nodes.Member]:
    """Properties of structures, entities and rows."""
    for member in view.all(nodes.Member):
        owner = view.type(member.object)
        if isinstance(owner, t.Structure | t.Entity | t.Anonymous) or isinstance(
            view.checked.refs.get(member.object), Row
        ):
            yield member


def _paths(view: View, *starts: str) -> Iterator[nodes.Member | nodes.TypeName]:
    """Dotted names that start so, whole ones only."""
    inner = {id(m.object) for m in view.all(nodes.Member)}
    for node in [*view.all(nodes.Member), *view.all(nodes.TypeName)]:
        text = node.name if isinstance(node, nodes.TypeName) else view.text(node)
        if text.startswith(starts) and (isinstance(node, nodes.TypeName) or id(node) not in inner):
            yield node


def misspelt_variable(view: View) -> Iterator[Change]:
    for name in _variables(view):
        slip = misspelt(name.name, view.rng)
        if not view.taken(slip):
            yield put(name, slip)


def wrong_case_variable(view: View) -> Iterator[Change]:
    for name in _variables(view):
        other = name.name[0].swapcase() + name.name[1:]
        if other not in view.reference.text:
            yield put(name, other)


def misspelt_function(view: View) -> Iterator[Change]:
    for call in view.library():
        assert isinstance(call.callee, nodes.Member)
        slip = misspelt(call.callee.name.name, view.rng)
        if "nasl.util." + slip not in catalogue():
            yield put(call.callee.name, slip)


def wrong_case_function(view: View) -> Iterator[Change]:
    for call in view.library():
        assert isinstance(call.callee, nodes.Member)
        name = call.callee.name.name
        other = view.rng.choice([name[0].swapcase() + name[1:], name.lower(), name.upper()])
        if "nasl.util." + other not in catalogue():
            yield put(call.callee.name, other)


def misspelt_field(view: View) -> Iterator[Change]:
    for member in _fields(view):
        slip = misspelt(member.name.name, view.rng) if len(member.name.name) > 2 else member.name.name + "s"
        if not view.taken(slip):
            yield put(member.name, slip)


def snake_case_field(view: View) -> Iterator[Change]:
    for member in _fields(view):
        if snake(member.name.name) != member.name.name:
            yield put(member.name, snake(member.name.name))


def invented_field(view: View) -> Iterator[Change]:
    for member in _fields(view):
        yield put(member.name, view.rng.choice(["remarkText", "isDeleted", "operatorCode", "extraInfo"]))


def misspelt_enum_member(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        if isinstance(view.checked.refs.get(member), EnumItem):
            slip = misspelt(member.name.name, view.rng)
            if not view.taken(slip):
                yield put(member.name, slip)


def invented_enum_member(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        if isinstance(view.checked.refs.get(member), EnumItem):
            yield put(member.name, view.rng.choice(["UNKNOWN", "waitingForReview", "reopened"]))


def enum_member_in_capitals(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        if isinstance(view.checked.refs.get(member), EnumItem):
            other = snake(member.name.name).upper()
            if other != member.name.name:
                yield put(member.name, other)


def misspelt_entity(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        if isinstance(view.checked.refs.get(member), TableRef):
            slip = misspelt(member.name.name.removesuffix("Entity"), view.rng) + "Entity"
            if not view.taken(slip):
                yield put(member.name, slip)


def misspelt_type(view: View) -> Iterator[Change]:
    for name in view.all(nodes.TypeName):
        if not name.args and name.name.startswith(("app.structures", "app.enums", "app.dataSources")):
            head, _, last = name.name.rpartition(".")
            slip = misspelt(last, view.rng)
            if not view.taken(slip):
                yield put(name, f"{head}.{slip}")


def enum_without_path(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        if isinstance(view.checked.refs.get(member), EnumItem):
            yield put(member, ".".join(view.text(member).split(".")[-2:]))


def table_without_path(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        if isinstance(view.checked.refs.get(member), TableRef):
            yield put(member, member.name.name)


def type_without_path(view: View) -> Iterator[Change]:
    for name in view.all(nodes.TypeName):
        if not name.args and name.name.startswith(("app.structures", "app.enums", "app.dataSources")):
            yield put(name, name.name.rpartition(".")[2])


def entity_for_table(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        if isinstance(view.checked.refs.get(member), TableRef):
            yield put(member, view.text(member).removesuffix("Entity"))


def table_for_entity(view: View) -> Iterator[Change]:
    for name in view.all(nodes.TypeName):
        if not name.args and name.name.startswith("app.dataSources"):
            yield put(name, name.name + "Entity")


def wrong_namespace_of_project(view: View) -> Iterator[Change]:
    wrong = {
        "app.enums.": ["app.enum.", "app.enumerations.", "enums."],
        "app.structures.": ["app.structure.", "app.structs.", "app.types."],
        "app.dataSources.defaultDS.entities.": ["app.entities.", "app.dataSource.defaultDS.entities.", "entities."],
    }
    for node in _paths(view, *wrong):
        text = node.name if isinstance(node, nodes.TypeName) else view.text(node)
        start = next(s for s in wrong if text.startswith(s))
        if not (isinstance(node, nodes.TypeName) and node.args):
            yield put(node, view.rng.choice(wrong[start]) + text.removeprefix(start))


def missing_prefix(view: View) -> Iterator[Change]:
    for call in view.library():
        assert isinstance(call.callee, nodes.Member)
        yield put(call.callee, call.callee.name.name)


def wrong_namespace(view: View) -> Iterator[Change]:
    for call in view.library():
        assert isinstance(call.callee, nodes.Member)
        head = view.rng.choice(["nasl.utils", "nasl.list", "nasl.string", "nasl.lists", "util", "nasl", "app.util"])
        yield put(call.callee, f"{head}.{call.callee.name.name}")


def undeclared_variable(view: View) -> Iterator[Change]:
    """The declaration is gone; every use shows it."""
    for function in view.functions:
        for let in function.body.statements if function.body else ():
            if isinstance(let, nodes.Let) and (uses := view.uses(let.name.name, function)):
                start, end = view.line(let)
                yield Change(((start, end, ""),), places(uses), elsewhere=True)


def declared_twice(view: View) -> Iterator[Change]:
    for let in view.all(nodes.Let):
        start, end = view.line(let)
        yield between(end, end, view.data[start:end].decode())


def variable_named_like_parameter(view: View) -> Iterator[Change]:
    for function in view.functions:
        lets = [s for s in (function.body.statements if function.body else ()) if isinstance(s, nodes.Let)]
        if lets and function.params:
            start, _ = view.line(lets[0])
            name = view.rng.choice(function.params).name.name
            yield between(start, start, f"{view.indent(lets[0])}let {name}: Long = 0;\n")


def loop_name_taken(view: View) -> Iterator[Change]:
    """The item of a loop gets the name of a parameter, in the head and in the body."""
    for function in view.functions:
        for loop in (node for node in function.walk() if isinstance(node, nodes.ForList)):
            used = {name.name for name in loop.body.walk() if isinstance(name, nodes.Name)}
            free = [p.name.name for p in function.params if p.name.name not in used]
            if free and loop.item.name not in free:
                name = view.rng.choice(free)
                spots = [loop.item, *view.uses(loop.item.name, loop.body)]
                edits = tuple((s.span.start, s.span.end, name) for s in spots)
                yield Change(edits)


def assigned_loop_name(view: View) -> Iterator[Change]:
    for loop in view.all(nodes.ForList):
        if loop.body.statements and loop.index is not None:
            first = loop.body.statements[0]
            yield between(
                first.span.start, first.span.start, f"{loop.index.name} = {loop.index.name} + 1;\n{view.indent(first)}"
            )


def lower_case_row(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        row = view.checked.refs.get(member.object)
        if isinstance(row, Row) and isinstance(member.object, nodes.Name):
            other = member.object.name[0].lower() + member.object.name[1:]
            declared = any(param.name.name == other for f in view.functions for param in f.params)
            if other != member.object.name and not declared and f"let {other}" not in view.reference.text:
                yield put(member.object, other)


def column_without_row(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        if isinstance(view.checked.refs.get(member.object), Row):
            name = member.name.name
            declared = any(param.name.name == name for f in view.functions for param in f.params)
            if not declared and f"let {name}:" not in view.reference.text:
                yield put(member, name)


KINDS: tuple[Kind, ...] = (
    misspelt_variable, wrong_case_variable, misspelt_function, wrong_case_function, misspelt_field, snake_case_field,
    invented_field, misspelt_enum_member, invented_enum_member, enum_member_in_capitals, misspelt_entity,
    misspelt_type, enum_without_path, table_without_path, type_without_path, entity_for_table, table_for_entity,
    wrong_namespace_of_project, missing_prefix, wrong_namespace, undeclared_variable, declared_twice,
    variable_named_like_parameter, loop_name_taken, assigned_loop_name, lower_case_row, column_without_row,
)  # fmt: skip
