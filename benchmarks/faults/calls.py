"""Faults of calls: methods and functions of other languages, invented functions, arguments that do not fit."""

from collections.abc import Iterator

from faults.view import Change, Kind, View, between, put
from naslforge.lang import catalogue, nodes
from naslforge.lang import types as t
from naslforge.lang.scope import EntityCall

# What models write instead of a function of nasl.util; $0 is the first argument, $1 the second …
_METHODS = {
    "Length": ["$0.length()", "$0.size()", "$0.count()"],
    "ToUpper": ["$0.toUpperCase()", "$0.upper()"],
    "ToLower": ["$0.toLowerCase()", "$0.lower()"],
    "Trim": ["$0.trim()", "$0.strip()"],
    "Split": ["$0.split($1)"],
    "Join": ["$0.join($1)"],
    "Replace": ["$0.replaceAll($1, $2)", "$0.replace($1, $2)"],
    "SubString": ["$0.substr($1, $2)"],
    "IndexOf": ["$0.indexOf($1)"],
    "ListFilter": ["$0.filter($1)"],
    "ListTransform": ["$0.map($1)"],
    "ListFind": ["$0.find($1)"],
    "ListSum": ["$0.sum()"],
    "ListMax": ["$0.max()"],
    "ListMin": ["$0.min()"],
    "ListHead": ["$0.first()"],
    "ListLast": ["$0.last()"],
    "ListGroupBy": ["$0.groupBy($1)"],
    "ListReverse": ["$0.reverse()"],
    "Contains": ["$0.includes($1)", "$0.contains($1)"],
    "Add": ["$0.push($1)", "$0.add($1)", "$0.append($1)"],
    "AddAll": ["$0.addAll($1)"],
    "Get": ["$0.get($1)", "$0.at($1)"],
    "MapGet": ["$0.get($1)"],
    "MapPut": ["$0.set($1, $2)", "$0.put($1, $2)"],
    "MapContains": ["$0.has($1)", "$0.containsKey($1)"],
    "MapKeys": ["$0.keys()", "$0.keySet()"],
    "MapValues": ["$0.values()"],
    "ToString": ["$0.toString()"],
    "PadStart": ["$0.padStart($1, $2)"],
    "AddDays": ["$0.plusDays($1)", "$0.addDays($1)"],
    "FormatDate": ["$0.format($1)"],
    "HasValue": ["$0.isNotEmpty()"],
}
_FUNCTIONS = {
    "Length": ["len($0)"],
    "ToString": ["String($0)", "str($0)"],
    "Floor": ["Math.floor($0)"],
    "Ceil": ["Math.ceil($0)"],
    "Round": ["Math.round($0)"],
    "Abs": ["Math.abs($0)", "abs($0)"],
    "Pow": ["Math.pow($0, $1)"],
    "Sqrt": ["Math.sqrt($0)"],
    "ListMax": ["Math.max(...$0)", "max($0)"],
    "ListMin": ["min($0)"],
    "ListSum": ["sum($0)", "_.sum($0)"],
    "ListFilter": ["_.filter($0, $1)"],
    "ListTransform": ["_.map($0, $1)"],
    "ListGroupBy": ["_.groupBy($0, $1)"],
    "jsonSerialize": ["JSON.stringify($0)"],
    "CurrDateTime": ["new Date()", "Date.now()"],
    "CurrDate": ["LocalDate.now()"],
    "FormatDate": ["moment($0).format($1)"],
    "FormatDateTime": ["dayjs($0).format($1)"],
    "AddDays": ["moment($0).add($1, 'days')"],
    "Clone": ["structuredClone($0)"],
}
_INVENTED = {
    "Length": ["Size", "GetLength", "Len", "StringLength", "ListLength", "Count"],
    "Add": ["ListAdd", "Push", "Append", "AddItem"],
    "AddAll": ["ListAddAll", "Extend"],
    "Get": ["ListGet", "GetItem", "At"],
    "ListSum": ["Sum", "SumList", "ListTotal"],
    "ListFilter": ["Filter", "ListWhere", "FilterList"],
    "ListTransform": ["ListMap", "Map", "Transform"],
    "ListFind": ["Find", "ListFindFirst"],
    "ListGroupBy": ["GroupBy", "ListGroup"],
    "ListMax": ["Max", "MaxOf"],
    "Contains": ["ListContains", "Includes", "ListHas"],
    "MapGet": ["GetMapValue", "MapGetValue"],
    "MapPut": ["MapSet", "PutMap", "MapAdd"],
    "MapContains": ["MapHas", "MapContainsKey"],
    "SubString": ["Substring", "SubStr"],
    "IndexOf": ["Find", "StringIndexOf"],
    "Split": ["SplitString", "StringSplit"],
    "Join": ["ListJoin", "JoinList"],
    "ToUpper": ["ToUpperCase", "UpperCase"],
    "Replace": ["ReplaceAll", "StringReplace"],
    "AddDays": ["DateAdd", "PlusDays"],
    "DateDiff": ["DaysBetween", "DiffDays"],
    "FormatDate": ["DateFormat", "DateToString"],
    "CurrDate": ["Today", "GetCurrentDate"],
    "CurrDateTime": ["Now", "GetNow"],
    "Round": ["RoundTo", "ToFixed"],
    "HasValue": ["IsNotEmpty", "IsNotNull"],
    "PadStart": ["PadLeft", "LeftPad"],
    "ToString": ["NumberToString", "ConvertToString"],
}


def _filled(view: View, call: nodes.Call, table: dict[str, list[str]]) -> Iterator[Change]:
    assert isinstance(call.callee, nodes.Member)
    for text in table.get(call.callee.name.name, ()):
        holes = text.count("$")
        if holes == len(call.args) and not isinstance(call.args[0] if call.args else None, nodes.Lambda):
            for index, arg in enumerate(call.args):
                loose = index == 0 and isinstance(arg, nodes.Binary | nodes.Unary | nodes.Number)
                text = text.replace(f"${index}", f"({view.text(arg)})" if loose else view.text(arg))
            yield put(call, text)


def foreign_method(view: View) -> Iterator[Change]:
    for call in view.library():
        yield from _filled(view, call, _METHODS)


def foreign_function(view: View) -> Iterator[Change]:
    for call in view.library():
        yield from _filled(view, call, _FUNCTIONS)


def invented_function(view: View) -> Iterator[Change]:
    for call in view.library():
        assert isinstance(call.callee, nodes.Member)
        for name in _INVENTED.get(call.callee.name.name, ()):
            if "nasl.util." + name not in catalogue():
                yield put(call.callee.name, name)


def index_brackets(view: View) -> Iterator[Change]:
    for call in view.library("Get", "MapGet"):
        if isinstance(call.args[0], nodes.Name | nodes.Member | nodes.Call):
            yield put(call, f"{view.text(call.args[0])}[{view.text(call.args[1])}]")


def missing_argument(view: View) -> Iterator[Change]:
    for call in view.library():
        found = view.callee(call)
        assert found is not None
        if len(call.args) > 1 and all(len(call.args) - 1 < overload.least for overload in found.builtin.overloads):
            yield between(call.args[-2].span.end, call.args[-1].span.end, "")


def extra_argument(view: View) -> Iterator[Change]:
    for call in view.library():
        found = view.callee(call)
        assert found is not None
        most = [overload.most for overload in found.builtin.overloads]
        if call.args and all(m is not None and m <= len(call.args) for m in most):
            end = call.args[-1].span.end
            yield between(end, end, view.rng.choice([", true", ", 'utf8'", ", 0"]))


def swapped_arguments(view: View) -> Iterator[Change]:
    """The first two arguments turned round, where neither fits the other's place."""
    named = "Join Add Contains MapGet MapContains ListFilter ListTransform AddDays AddMonths PadStart Get FormatDate"
    for call in view.library(*named.split(), "ListSlice", "ListFind"):
        first, second = call.args[0], call.args[1]
        one, two = view.type(first), view.type(second)
        clear = isinstance(second, nodes.Lambda) or (one != two and not {one, two} & {None, t.ANY, t.NULL})
        if clear and not (isinstance(one, t.ListOf) and isinstance(two, t.ListOf)):
            turned = (first.span, view.text(second)), (second.span, view.text(first))
            yield Change(tuple((span.start, span.end, text) for span, text in turned))


def wrong_argument(view: View) -> Iterator[Change]:
    """A Boolean where a text, number, list or date is wanted."""
    for call in view.library():
        found = view.callee(call)
        assert found is not None
        if len(found.builtin.overloads) == 1 and not found.builtin.overloads[0].type_params:
            for arg, param in zip(call.args, found.builtin.overloads[0].params, strict=False):
                if param.type in (t.STRING, t.LONG, t.DATE) and not param.variadic and not param.choices:
                    yield put(arg, "true")


def missing_type_argument(view: View) -> Iterator[Change]:
    for call in view.library("FromString", "Convert", "ToEnumItem", "jsonDeserialize", "EnumToList"):
        if call.type_args:
            yield between(call.callee.span.end, call.type_args[-1].span.end + 1, "")


def foreign_type_argument(view: View) -> Iterator[Change]:
    for call in view.library("FromString", "Convert", "jsonDeserialize"):
        if call.type_args and view.text(call.type_args[0]) in ("Long", "Decimal", "Boolean"):
            yield put(call.type_args[0], view.rng.choice(["int", "number", "float", "bool"]))


_CHOICES = {
    "'d'": ["'day'", "'days'", "'D'"],
    "'m'": ["'minute'", "'min'"],
    "'h'": ["'hour'", "'hours'"],
    "'M'": ["'month'"],
    "'y'": ["'year'"],
    "'day'": ["'days'", "'d'"],
    "'minute'": ["'minutes'", "'m'"],
    "'hour'": ["'hours'"],
    "'month'": ["'months'"],
    "'Increase'": ["'Add'", "'add'"],
    "'Decrease'": ["'Subtract'"],
    "'HalfUp'": ["'up'", "'round'"],
    "'TowardsZero'": ["'floor'", "'down'"],
    "'prefix'": ["'left'"],
    "'suffix'": ["'right'"],
}


def bad_choice(view: View) -> Iterator[Change]:
    for call in view.library("DateDiff", "Round", "AlterDateTime", "FormatNumber"):
        for arg in call.args:
            if view.text(arg) in _CHOICES:
                yield put(arg, view.rng.choice(_CHOICES[view.text(arg)]))


def block_lambda(view: View) -> Iterator[Change]:
    for by in view.all(nodes.Lambda):
        inside = any(q.span.contains(by.span) for q in view.all(nodes.Query))
        if isinstance(by.body, nodes.Binary | nodes.Member | nodes.Call) and len(by.params) == 1 and not inside:
            yield put(by.body, f"{{ return {view.text(by.body)}; }}")


def function_for_lambda(view: View) -> Iterator[Change]:
    for by in view.all(nodes.Lambda):
        if isinstance(by.body, nodes.Binary | nodes.Member | nodes.Call) and len(by.params) == 1:
            yield put(by, f"function ({by.params[0].name}) {{ return {view.text(by.body)}; }}")


def typed_lambda(view: View) -> Iterator[Change]:
    for by in view.all(nodes.Lambda):
        if len(by.params) == 1 and view.text(by).startswith("("):
            yield put(by.params[0], by.params[0].name + view.rng.choice([": Long", ": any", ": String"]))


def lambda_with_index(view: View) -> Iterator[Change]:
    for call in view.library("ListFilter", "ListTransform", "ListFind"):
        by = call.args[1]
        if isinstance(by, nodes.Lambda) and view.text(by).startswith("("):
            yield put(by.params[0], f"{by.params[0].name}, index")


def sort_by_comparison(view: View) -> Iterator[Change]:
    for call in view.library("ListSort"):
        by = call.args[1] if len(call.args) > 1 else None
        if isinstance(by, nodes.Lambda) and isinstance(by.body, nodes.ObjectLiteral) and len(call.args) == 2:
            key = view.text(by.body.entries[0].value)
            name = by.params[0].name
            if key.startswith(name):
                rest = key.removeprefix(name)
                yield put(by, view.rng.choice([f"(a, b) => a{rest} - b{rest}", f"(a) => a{rest}"]))
                yield Change(((by.span.start, call.span.end - 1, f"(x) => x{rest}, 'desc'"),))


def entity_logic_of_others(view: View) -> Iterator[Change]:
    other = {
        "create": ["insert", "save", "add"], "get": ["findById", "getById", "find"], "update": ["updateById", "modify"],
        "delete": ["deleteById", "remove"], "batchCreate": ["createMany", "insertBatch"], "updateBy": ["updateWhere"],
        "deleteBy": ["deleteWhere"], "createOrUpdate": ["upsert"],
    }  # fmt: skip
    for call in view.all(nodes.Call):
        found, callee = view.checked.calls.get(call), call.callee
        if isinstance(found, EntityCall) and isinstance(callee, nodes.Member) and found.method in other:
            yield put(callee.name, view.rng.choice(other[found.method]))


def entity_logic_without_value(view: View) -> Iterator[Change]:
    for call in view.all(nodes.Call):
        if isinstance(view.checked.calls.get(call), EntityCall) and len(call.args) == 1:
            yield put(call.args[0], "")


def awaited_call(view: View) -> Iterator[Change]:
    for call in view.all(nodes.Call):
        if isinstance(view.checked.calls.get(call), EntityCall):
            yield between(call.span.start, call.span.start, "await ")


KINDS: tuple[Kind, ...] = (
    foreign_method, foreign_function, invented_function, index_brackets, missing_argument, extra_argument,
    swapped_arguments, wrong_argument, missing_type_argument, foreign_type_argument, bad_choice, block_lambda,
    function_for_lambda, typed_lambda, lambda_with_index, sort_by_comparison, entity_logic_of_others,
    entity_logic_without_value, awaited_call,
)  # fmt: skip
