"""Faults of statements: what other languages have and NASL has not, what is missing, what stands in a wrong place."""

import itertools
import re
from collections.abc import Iterator

from faults.view import Change, Kind, View, between, places, put
from naslforge.lang import nodes


def _blocks(view: View) -> Iterator[nodes.Block]:
    for block in view.all(nodes.Block):
        if block.statements:
            yield block


def _plain(view: View) -> Iterator[nodes.Assign | nodes.ExprStmt]:
    """Assignments and calls."""
    for statement in [*view.all(nodes.Assign), *view.all(nodes.ExprStmt)]:
        if "\n" not in view.text(statement):
            yield statement


def compound_assignment(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        value, target = assign.value, view.text(assign.target)
        if isinstance(value, nodes.Binary) and value.op in "+-*/" and view.text(value.left) == target:
            if isinstance(value.right, nodes.Number) and value.right.text == "1":
                yield put(assign, view.rng.choice([f"{target}++;", f"{target} += 1;"]))
            else:
                yield put(assign, f"{target} {value.op}= {view.text(value.right)};")


def ternary(view: View) -> Iterator[Change]:
    """`if` and `else` that assign to the same variable, as one conditional expression."""
    for branch in view.all(nodes.If):
        if isinstance(branch.otherwise, nodes.Block):
            one, two = branch.then.statements, branch.otherwise.statements
            if len(one) == len(two) == 1 and isinstance(one[0], nodes.Assign) and isinstance(two[0], nodes.Assign):
                target = view.text(one[0].target)
                if target == view.text(two[0].target) and not _inside_else(view, branch):
                    test, a, b = view.text(branch.test), view.text(one[0].value), view.text(two[0].value)
                    yield put(branch, f"{target} = {test} ? {a} : {b};")


def _inside_else(view: View, branch: nodes.If) -> bool:
    return any(other.otherwise is branch for other in view.all(nodes.If))


def conditional_value(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        if isinstance(assign.value, nodes.Name | nodes.Member) and isinstance(assign.target, nodes.Name):
            value = view.text(assign.value)
            yield put(assign.value, f"{value} != null ? {value} : {assign.target.name}")


def default_value(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        if isinstance(assign.value, nodes.Name | nodes.Member) and isinstance(assign.target, nodes.Name):
            yield put(assign.value, f"{view.text(assign.value)} {view.rng.choice(['??', '||'])} {assign.target.name}")


def optional_chain(view: View) -> Iterator[Change]:
    for member in view.all(nodes.Member):
        if view.type(member) is not None and view.type(member.object) is not None and member not in _targets(view):
            yield between(member.object.span.end, member.name.span.start, "?.")


def _targets(view: View) -> list[nodes.Expr]:
    return [a.target for a in view.all(nodes.Assign)]


def non_null(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        if isinstance(assign.value, nodes.Name | nodes.Member | nodes.Call):
            yield between(assign.value.span.end, assign.value.span.end, "!")


def cast(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        if isinstance(assign.value, nodes.Name | nodes.Member | nodes.Call):
            end = assign.value.span.end
            yield between(end, end, view.rng.choice([" as any", " as Long", " as String"]))


def switch(view: View) -> Iterator[Change]:
    """A chain of `x == value` as a switch."""
    for branch in view.all(nodes.If):
        test, pad = branch.test, view.indent(branch)
        if isinstance(test, nodes.Binary) and test.op == "==" and not _inside_else(view, branch):
            text, at = f"switch ({view.text(test.left)}) {{\n", branch
            while isinstance(at, nodes.If):
                if (
                    not isinstance(at.test, nodes.Binary)
                    or at.test.op != "=="
                    or view.text(at.test.left) != view.text(test.left)
                ):
                    break
                text += (
                    f"{pad}  case {view.text(at.test.right)}:\n{_lines(view, at.then, pad + '    ')}{pad}    break;\n"
                )
                _last, at = at, at.otherwise  # type: ignore[assignment]
            else:
                if isinstance(at, nodes.Block):
                    text += f"{pad}  default:\n{_lines(view, at, pad + '    ')}"
                yield put(branch, f"{text}{pad}}}")


def _lines(view: View, block: nodes.Block, pad: str) -> str:
    return "".join(f"{pad}{view.text(s)}\n" for s in block.statements)


def _loops(view: View) -> Iterator[tuple[nodes.ForList, tuple[int, int], bool]]:
    """Loops over a whole list, the place of their head, and whether the index is used."""
    for loop in view.all(nodes.ForList):
        if loop.start is None and loop.end is None and loop.index is not None:
            used = bool(view.uses(loop.index.name, loop.body))
            yield loop, (loop.span.start, loop.body.span.start), used


def plain_for_of(view: View) -> Iterator[Change]:
    for loop, (start, end), used in _loops(view):
        if not used:
            word = view.rng.choice(["const", "let"])
            yield between(start, end, f"for ({word} {loop.item.name} of {view.text(loop.list)}) ")


def counting_loop(view: View) -> Iterator[Change]:
    for loop, (start, end), _ in _loops(view):
        if isinstance(loop.list, nodes.Name | nodes.Member) and loop.index is not None:
            i, items = loop.index.name, view.text(loop.list)
            head = (start, end, f"for (let {i} = 0; {i} < {items}.length; {i}++) ")
            uses = view.uses(loop.item.name, loop.body)
            yield Change((head, *((u.span.start, u.span.end, f"nasl.util.Get({items}, {i})") for u in uses)))


def for_in(view: View) -> Iterator[Change]:
    for loop, (start, end), used in _loops(view):
        if not used:
            yield between(start, end, f"for (const {loop.item.name} in {view.text(loop.list)}) ")


def for_each_method(view: View) -> Iterator[Change]:
    for loop, (_start, _end), used in _loops(view):
        if not used and isinstance(loop.list, nodes.Name | nodes.Member):
            body = view.text(loop.body)
            yield put(loop, f"{view.text(loop.list)}.forEach(({loop.item.name}) => {body});")


def java_loop(view: View) -> Iterator[Change]:
    for loop, (start, end), used in _loops(view):
        if not used:
            yield between(
                start, end, f"for ({view.rng.choice(['var', 'String'])} {loop.item.name} : {view.text(loop.list)}) "
            )


def python_loop(view: View) -> Iterator[Change]:
    for loop, (start, end), used in _loops(view):
        if not used:
            yield between(start, end, f"for {loop.item.name} in {view.text(loop.list)} ")


def entries_of_list(view: View) -> Iterator[Change]:
    for loop, (start, end), _ in _loops(view):
        assert loop.index is not None
        names = f"[{loop.index.name}, {loop.item.name}]"
        yield between(start, end, f"for (const {names} of {view.text(loop.list)}.entries()) ")


def loop_without_pair(view: View) -> Iterator[Change]:
    for loop, (start, end), used in _loops(view):
        if not used:
            yield between(start, end, f"for (const {loop.item.name} of ListEntries({view.text(loop.list)})) ")


def loop_jump(view: View) -> Iterator[Change]:
    for loop in [*view.all(nodes.ForList), *view.all(nodes.While)]:
        for branch in loop.body.statements:
            if isinstance(branch, nodes.If) and branch.then.statements:
                last = branch.then.statements[-1]
                word = view.rng.choice(["break", "continue"])
                yield between(last.span.end, last.span.end, f"\n{view.indent(last)}{word};")


def try_catch(view: View) -> Iterator[Change]:
    for statement in _plain(view):
        pad = view.indent(statement)
        text = f"try {{\n{pad}  {view.text(statement)}\n{pad}}} catch (e) {{\n{pad}}}"
        start, end = statement.span.start, statement.span.end
        yield Change(((start, end, text),))


def thrown_error(view: View) -> Iterator[Change]:
    for block in (b.then for b in view.all(nodes.If)):
        if block.statements:
            last = block.statements[-1]
            if not isinstance(last, nodes.Return):
                text = view.rng.choice(["throw new Error('失败');", "throw '失败';"])
                yield between(last.span.end, last.span.end, f"\n{view.indent(last)}{text}")


def constant(view: View) -> Iterator[Change]:
    for let in view.all(nodes.Let):
        if let.init is not None:
            word = view.rng.choice(["const", "var"])
            yield between(let.span.start, let.span.start + 3, word)


def missing_let(view: View) -> Iterator[Change]:
    """`total = 0;` for a variable that is declared nowhere."""
    for function in view.functions:
        for let in function.body.statements if function.body else ():
            if isinstance(let, nodes.Let) and let.init is not None:
                yield Change(
                    ((let.span.start, let.span.end, f"{let.name.name} = {view.text(let.init)};"),),
                    places(view.uses(let.name.name, function)),
                )


def late_let(view: View) -> Iterator[Change]:
    """The declaration stands where the variable gets its first value."""
    for function in view.functions:
        statements = function.body.statements if function.body else ()
        lets = [s for s in statements if isinstance(s, nodes.Let)]
        rest = [s for s in statements if not isinstance(s, nodes.Let | nodes.Comment)]
        for let in lets:
            for at, statement in enumerate(rest[1:], 1):
                earlier = any(view.uses(let.name.name, before) for before in rest[:at])
                if isinstance(statement, nodes.Assign) and view.text(statement.target) == let.name.name and not earlier:
                    if let.init is None and not view.uses(let.name.name, statement.value) and let.type is not None:
                        start, end = view.line(let)
                        text = f"let {let.name.name}: {view.text(let.type)} = {view.text(statement.value)};"
                        yield Change(((start, end, ""), (statement.span.start, statement.span.end, text)))
                    break


def several_lets(view: View) -> Iterator[Change]:
    for function in view.functions:
        lets = [s for s in (function.body.statements if function.body else ()) if isinstance(s, nodes.Let)]
        for first, second in itertools.pairwise(lets):
            text = f"{view.text(first).rstrip(';')}, {view.text(second).removeprefix('let ')}"
            yield between(first.span.start, second.span.end, text)


def missing_return(view: View) -> Iterator[Change]:
    for function in view.functions:
        returns = [n for n in function.walk() if isinstance(n, nodes.Return)]
        if function.result is not None and len(returns) == 1 and returns[0].value is not None:
            start, end = view.line(returns[0])
            name = (function.name.span.start, function.name.span.end)
            yield Change(((start, end, ""),), (name, (function.result.span.start, function.result.span.end)))


def async_logic(view: View) -> Iterator[Change]:
    for function in view.functions:
        at = view.find("function", function)
        if at:
            yield between(at[0], at[0], "async ")


def arrow_logic(view: View) -> Iterator[Change]:
    for function in view.functions:
        at = view.find("function", function)
        if at and function.body is not None and function.result is not None:
            head = f"const {function.name.name} = "
            yield Change(
                ((at[0], function.name.span.end, head), (function.body.span.start, function.body.span.start, "=> "))
            )


def python_logic(view: View) -> Iterator[Change]:
    for function in view.functions:
        at = view.find("function", function)
        if at:
            yield between(function.span.start, at[1], "def")


def missing_function_word(view: View) -> Iterator[Change]:
    for function in view.functions:
        at = view.find("function ", function)
        if at:
            yield between(*at, "")


def arrow_result(view: View) -> Iterator[Change]:
    """`f(a: Long) -> Long`."""
    for function in view.functions:
        if function.result is not None:
            before = view.data.rfind(b":", function.span.start, function.result.span.start)
            yield between(before, before + 1, " ->")


def method_in_class(view: View) -> Iterator[Change]:
    for function in view.functions:
        at = view.find("export function", function) or view.find("function", function)
        if at and at[0] == function.span.start:
            text = view.text(function)[at[1] - at[0] :].lstrip()
            yield put(function, f"export class OrderService {{ {text} }}")


def import_line(view: View) -> Iterator[Change]:
    yield between(
        0,
        0,
        view.rng.choice(["import { nasl } from 'nasl';\n", "import _ from 'lodash';\n", "from nasl import util\n"]),
    )


def default_export(view: View) -> Iterator[Change]:
    for function in view.functions:
        at = view.find("export", function)
        if at and at[0] == function.span.start:
            yield between(*at, "export default")


def statement_outside(view: View) -> Iterator[Change]:
    end = len(view.data)
    for function in view.functions:
        yield between(end, end, f"{function.name.name}();\n")


def destructuring(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        if isinstance(assign.value, nodes.Name) and isinstance(assign.target, nodes.Name):
            yield put(assign, f"const {{ id, name }} = {view.text(assign.value)};")


def spread(view: View) -> Iterator[Change]:
    for call in view.library("Add"):
        items, item = view.text(call.args[0]), view.text(call.args[1])
        if isinstance(call.args[0], nodes.Name):
            yield put(call, f"{items} = [...{items}, {item}]")


def assignment_in_condition(view: View) -> Iterator[Change]:
    for branch in [*view.all(nodes.If), *view.all(nodes.While)]:
        test = branch.test
        if isinstance(test, nodes.Binary) and test.op == "==" and "==" in view.text(test):
            at = view.data.find(b"==", test.left.span.end, test.right.span.start)
            if at >= 0:
                yield between(at, at + 2, "=")


def nested_logic(view: View) -> Iterator[Change]:
    for function in view.functions:
        first = next(
            (s for s in (function.body.statements if function.body else ()) if not isinstance(s, nodes.Let)), None
        )
        if first is not None:
            start, _ = view.line(first)
            pad = view.indent(first)
            yield between(start, start, f"{pad}function helper(a: Long): Long {{\n{pad}  return a;\n{pad}}}\n")


def missing_body_braces(view: View) -> Iterator[Change]:
    for branch in view.all(nodes.If):
        if len(branch.then.statements) == 1 and branch.otherwise is None:
            yield put(branch.then, view.text(branch.then.statements[0]))


def else_if_of_python(view: View) -> Iterator[Change]:
    for branch in view.all(nodes.If):
        if isinstance(branch.otherwise, nodes.If):
            start = view.data.rfind(b"else", branch.then.span.end, branch.otherwise.span.start)
            end = branch.otherwise.span.start + 2
            if start >= 0:
                yield between(start, end, view.rng.choice(["elif", "elseif", "elsif"]))


def bare_condition(view: View) -> Iterator[Change]:
    for branch in [*view.all(nodes.If), *view.all(nodes.While)]:
        found = re.compile(rb"\(").search(view.data, branch.span.start, branch.test.span.start)
        close = view.data.find(b")", branch.test.span.end)
        if found and close >= 0 and found.end() == branch.test.span.start:
            yield Change(((found.start(), found.end(), ""), (close, close + 1, "")))


def do_while(view: View) -> Iterator[Change]:
    for loop in view.all(nodes.While):
        yield put(loop, f"do {view.text(loop.body)} while ({view.text(loop.test)});")


KINDS: tuple[Kind, ...] = (
    compound_assignment, ternary, conditional_value, default_value, optional_chain, non_null, cast, switch,
    plain_for_of, counting_loop, for_in, for_each_method, java_loop, python_loop, entries_of_list, loop_without_pair,
    loop_jump, try_catch, thrown_error, constant, missing_let, late_let, several_lets, missing_return, async_logic,
    arrow_logic, python_logic, missing_function_word, arrow_result, method_in_class, import_line, default_export,
    statement_outside, destructuring, spread, assignment_in_condition, nested_logic, missing_body_braces,
    else_if_of_python, bare_condition, do_while,
)  # fmt: skip
