"""Faults of a second set: written after the checker was made better on the first, to see whether that was general."""

from collections.abc import Iterator

from faults.view import Change, Kind, View, between, put
from naslforge.lang import nodes
from naslforge.lang import types as t
from naslforge.lang.scope import EnumItem


def java_stream(view: View) -> Iterator[Change]:
    words = {"ListFilter": "filter", "ListTransform": "map"}
    for call in view.library(*words):
        assert isinstance(call.callee, nodes.Member)
        items, by = (view.text(arg) for arg in call.args)
        word = words[call.callee.name.name]
        yield put(call, f"{items}.stream().{word}({by}).collect(Collectors.toList())")


def linq_method(view: View) -> Iterator[Change]:
    words = {"ListFilter": "Where", "ListTransform": "Select", "ListFind": "FirstOrDefault", "ListSum": "Sum"}
    for call in view.library(*words):
        assert isinstance(call.callee, nodes.Member)
        rest = ", ".join(view.text(arg) for arg in call.args[1:])
        yield put(call, f"{view.text(call.args[0])}.{words[call.callee.name.name]}({rest})")


def list_comprehension(view: View) -> Iterator[Change]:
    for call in view.library("ListTransform", "ListFilter"):
        by = call.args[1]
        if isinstance(by, nodes.Lambda):
            name, body = by.params[0].name, view.text(by.body)
            kept = call.callee.span.text.endswith("Filter")
            text = f"{name} for {name} in {view.text(call.args[0])} if {body}" if kept else ""
            yield put(call, f"[{text or f'{body} for {name} in {view.text(call.args[0])}'}]")


def slice_brackets(view: View) -> Iterator[Change]:
    for call in view.library("ListSlice", "SubString"):
        if len(call.args) == 3 and isinstance(call.args[0], nodes.Name):
            first, start, end = map(view.text, call.args)
            yield put(call, f"{first}[{start}:{end}]")


def format_string(view: View) -> Iterator[Change]:
    for template in view.all(nodes.Template):
        text = view.text(template)[1:-1].replace("${", "{")
        if "'" not in text:
            yield put(template, f"f'{text}'")


def equals_method(view: View) -> Iterator[Change]:
    for binary in view.all(nodes.Binary):
        texts = view.type(binary.left) in t.TEXTS and view.type(binary.right) in t.TEXTS
        if binary.op == "==" and texts and isinstance(binary.left, nodes.Name | nodes.Member):
            yield put(binary, f"{view.text(binary.left)}.equals({view.text(binary.right)})")


def parsed_number(view: View) -> Iterator[Change]:
    words = {t.LONG: ["parseInt", "int", "Long.parseLong"], t.DECIMAL: ["parseFloat", "Number", "float"]}
    for call in view.library("FromString", "Convert"):
        if view.type(call) in words:
            yield put(call, f"{view.rng.choice(words[view.type(call)])}({view.text(call.args[0])})")  # type: ignore[index]


def date_constructor(view: View) -> Iterator[Change]:
    for call in view.library("FromString"):
        if view.type(call) == t.DATE and isinstance(call.args[0], nodes.Text):
            word = view.rng.choice(["new Date", "LocalDate.parse", "Date"])
            yield put(call, f"{word}({view.text(call.args[0])})")


def collection_constructor(view: View) -> Iterator[Change]:
    for let in view.all(nodes.Let):
        kind = view.checked.names.get(let)
        if let.init is None and isinstance(kind, t.ListOf | t.MapOf) and let.type is not None:
            word = ["new ArrayList<>()", "new Array()", "new List()"] if isinstance(kind, t.ListOf) else ["new Map()"]
            yield between(let.type.span.end, let.type.span.end, f" = {view.rng.choice(word)}")


def structure_without_new(view: View) -> Iterator[Change]:
    for new in view.all(nodes.New):
        if new.type.name.startswith("app."):
            yield between(new.span.start, new.type.span.start, "")


def constructor_arguments(view: View) -> Iterator[Change]:
    for new in view.all(nodes.New):
        if new.type.name.startswith("app.") and len(new.object.entries) > 1:
            yield put(new.object, ", ".join(view.text(entry.value) for entry in new.object.entries))


def access_word(view: View) -> Iterator[Change]:
    for function in view.functions:
        at = view.find("function", function)
        if at:
            yield between(
                function.span.start, at[0], view.rng.choice(["public ", "private ", "public static ", "export static "])
            )


def word_in(view: View) -> Iterator[Change]:
    for call in view.library("Contains"):
        if isinstance(call.args[0], nodes.Name) and isinstance(call.args[1], nodes.Name | nodes.Member):
            yield put(call, f"{view.text(call.args[1])} in {view.text(call.args[0])}")


def printed(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        word = view.rng.choice(["console.log", "print", "System.out.println"])
        pad = view.indent(assign)
        if isinstance(assign.target, nodes.Name):
            yield between(assign.span.end, assign.span.end, f"\n{pad}{word}({assign.target.name});")


def enum_value(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        if isinstance(view.checked.refs.get(member), EnumItem):
            yield put(member, view.text(member) + view.rng.choice([".value", ".toString()", ".name()"]))


def enum_in_brackets(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        item = view.checked.refs.get(member)
        if isinstance(item, EnumItem):
            yield put(member, f"{item.enum}['{item.member}']")


def emptiness(view: View) -> Iterator[Change]:
    for call in view.library("HasValue"):
        if len(call.args) == 1:
            word = view.rng.choice(["StringUtils.isNotEmpty", "nasl.util.IsNotEmpty", "isNotBlank", "!isEmpty"])
            yield put(call, f"{word}({view.text(call.args[0])})")


def none_test(view: View) -> Iterator[Change]:
    for binary in view.all(nodes.Binary):
        if binary.op in ("==", "!=") and isinstance(binary.right, nodes.Null):
            text = "is None" if binary.op == "==" else "is not None"
            yield put(binary, f"{view.text(binary.left)} {text}")


def find_all(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        if isinstance(assign.value, nodes.Query):
            yield put(
                assign.value, f"{view.text(assign.value.entity)}.{view.rng.choice(['findAll', 'list', 'query'])}()"
            )


def where_object(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        where = query.where
        if isinstance(where, nodes.Binary) and where.op == "==" and isinstance(where.left, nodes.Member):
            yield put(where, f"{{ {where.left.name.name}: {view.text(where.right)} }}")


def where_text(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        where = query.where
        if isinstance(where, nodes.Binary) and isinstance(where.left, nodes.Member):
            yield put(where, f"'{where.left.name.name} {where.op.replace('==', '=')} ?', {view.text(where.right)}")


def order_text(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        for key in query.order_by:
            if isinstance(key.key, nodes.Member) and view.text(key).startswith("["):
                yield put(key, f"'{key.key.name.name} DESC'")


def missing_page_size(view: View) -> Iterator[Change]:
    for call in view.all(nodes.Call):
        if view.text(call.callee) == "PAGINATE" and len(call.args) == 3:
            yield between(call.args[1].span.end, call.args[2].span.end, "")


def thin_arrow(view: View) -> Iterator[Change]:
    for call in view.library("ListFilter", "ListTransform", "ListFind", "ListSum", "ListGroupBy"):
        for by in call.args[1:]:
            if isinstance(by, nodes.Lambda):
                yield put(by, f"({', '.join(p.name for p in by.params)}) -> {view.text(by.body)}")


def python_lambda(view: View) -> Iterator[Change]:
    for call in view.library("ListFilter", "ListTransform", "ListFind"):
        by = call.args[1]
        if isinstance(by, nodes.Lambda):
            yield put(by, f"lambda {by.params[0].name}: {view.text(by.body)}")


def then_word(view: View) -> Iterator[Change]:
    for branch in view.all(nodes.If):
        yield between(branch.then.span.start, branch.then.span.start, "then ")


def loop_of_positions(view: View) -> Iterator[Change]:
    for loop in view.all(nodes.ForList):
        if loop.index is not None and loop.start is None and isinstance(loop.list, nodes.Name):
            i, items = loop.index.name, loop.list.name
            head = (loop.span.start, loop.body.span.start, f"for {i} in range(len({items})) ")
            uses = view.uses(loop.item.name, loop.body)
            yield Change((head, *((u.span.start, u.span.end, f"{items}[{i}]") for u in uses)))


def chained_assignment(view: View) -> Iterator[Change]:
    for function in view.functions:
        for assign in (s for s in (function.body.statements if function.body else ()) if isinstance(s, nodes.Assign)):
            alike = [p for p in function.params if view.checked.names.get(p) == view.type(assign.value)]
            if alike and isinstance(assign.target, nodes.Name):
                yield between(assign.value.span.start, assign.value.span.start, f"{alike[0].name.name} = ")


def mixed_quotes(view: View) -> Iterator[Change]:
    for text in view.texts():
        if text.span.text.startswith("'") and '"' not in text.value:
            yield between(text.span.end - 1, text.span.end, '"')


def chinese_quotes(view: View) -> Iterator[Change]:
    for text in view.texts():
        if "'" not in text.value and '"' not in text.value and "\\" not in text.span.text:
            yield put(text, f"“{text.value}”")


def digits_of_round(view: View) -> Iterator[Change]:
    for call in view.library("Round"):
        if len(call.args) == 1:
            yield between(call.args[0].span.end, call.args[0].span.end, ", 2")


def sort_by_text(view: View) -> Iterator[Change]:
    for call in view.library("ListSort"):
        by = call.args[1] if len(call.args) == 2 else None
        if isinstance(by, nodes.Lambda) and isinstance(by.body, nodes.ObjectLiteral):
            key = view.text(by.body.entries[0].value).rpartition(".")[2]
            yield put(by, f"'{key}', {view.rng.choice(['true', chr(39) + 'desc' + chr(39)])}")


def difference_of_dates(view: View) -> Iterator[Change]:
    for call in view.library("DateDiff"):
        if all(isinstance(arg, nodes.Name | nodes.Member) for arg in call.args[:2]):
            yield put(call, f"({view.text(call.args[1])} - {view.text(call.args[0])})")


def size_property(view: View) -> Iterator[Change]:
    for call in view.library("Length"):
        if isinstance(call.args[0], nodes.Name | nodes.Member):
            yield put(call, f"{view.text(call.args[0])}.{view.rng.choice(['size', 'count', 'Length', 'Count'])}")


def braced_result(view: View) -> Iterator[Change]:
    for function in view.functions:
        for back in (node for node in function.walk() if isinstance(node, nodes.Return)):
            if back.value is not None:
                yield put(back.value, f"{view.text(back.value)}, true")


def tables_of_others(view: View) -> Iterator[Change]:
    """`OrderRepository`, `OrderMapper`, `Orders`, `OrderTable` for the table object."""
    for query in view.all(nodes.Query):
        name = view.text(query.entity).rpartition(".")[2].removesuffix("Entity")
        yield put(query.entity, name + view.rng.choice(["Repository", "Mapper", "s", "Table"]))


KINDS: tuple[Kind, ...] = (
    java_stream, linq_method, list_comprehension, slice_brackets, format_string, equals_method, parsed_number,
    date_constructor, collection_constructor, structure_without_new, constructor_arguments, access_word, word_in,
    printed, enum_value, enum_in_brackets, emptiness, none_test, find_all, where_object, where_text, order_text,
    missing_page_size, thin_arrow, python_lambda, then_word, loop_of_positions, chained_assignment, mixed_quotes,
    chinese_quotes, digits_of_round, sort_by_text, difference_of_dates, size_property, braced_result,
    tables_of_others,
)  # fmt: skip
