"""Faults of the text itself: brackets, quotes, commas, operators and signs of other languages."""

from collections.abc import Iterator

from faults.view import Change, Kind, View, between, put
from naslforge.lang import nodes


def _gap(view: View, start: int, end: int, what: bytes) -> int:
    return view.data.find(what, start, end)


def missing_closing_bracket(view: View) -> Iterator[Change]:
    for call in view.all(nodes.Call):
        if view.data[call.span.end - 1 : call.span.end] == b")" and "\n" not in view.text(call):
            yield between(call.span.end - 1, call.span.end, "")


def missing_opening_bracket(view: View) -> Iterator[Change]:
    for call in view.library():
        if not call.type_args:
            at = call.callee.span.end
            yield between(at, at + 1, "")


def extra_closing_bracket(view: View) -> Iterator[Change]:
    for call in view.all(nodes.Call):
        if view.data[call.span.end - 1 : call.span.end] == b")" and "\n" not in view.text(call):
            yield between(call.span.end, call.span.end, ")")


def missing_closing_brace(view: View) -> Iterator[Change]:
    """The line with the brace is gone; the end of the block and the line of its start both show it."""
    for block in [b.then for b in view.all(nodes.If)] + [loop.body for loop in view.all(nodes.ForList)]:
        end = block.span.end
        line = view.data[view.data.rfind(b"\n", 0, end) + 1 : view.data.find(b"\n", end)]
        if line.strip() == b"}":
            start = view.data.rfind(b"\n", 0, end) + 1
            tail = len(view.data.rstrip())
            yield Change(
                ((start, start + len(line) + 1, ""),), ((block.span.start, block.span.start + 1), (tail - 1, tail))
            )


def extra_closing_brace(view: View) -> Iterator[Change]:
    for branch in [*view.all(nodes.If), *view.all(nodes.ForList)]:
        end = branch.span.end
        tail = len(view.data.rstrip())
        yield Change(((end, end, "}"),), ((tail - 1, tail),))


def missing_opening_brace(view: View) -> Iterator[Change]:
    for block in [b.then for b in view.all(nodes.If)] + [loop.body for loop in view.all(nodes.ForList)]:
        yield between(block.span.start, block.span.start + 1, "")


def missing_quote(view: View) -> Iterator[Change]:
    for text in view.texts():
        yield between(text.span.end - 1, text.span.end, "")


def unquoted_text(view: View) -> Iterator[Change]:
    for text in view.texts():
        if text.value.isidentifier() and not view.taken(f" {text.value} "):
            yield put(text, text.value)


def missing_comma(view: View) -> Iterator[Change]:
    for call in view.all(nodes.Call):
        for one, two in zip(call.args, call.args[1:], strict=False):
            at = _gap(view, one.span.end, two.span.start, b",")
            if at >= 0:
                yield between(at, at + 1, "")


def missing_operand(view: View) -> Iterator[Change]:
    for binary in view.all(nodes.Binary):
        if isinstance(binary.right, nodes.Name | nodes.Member | nodes.Number | nodes.Text):
            yield put(binary.right, "")


def full_width_sign(view: View) -> Iterator[Change]:
    signs = {b",": "，", b";": "；", b"(": "（", b")": "）", b":": "："}
    quoted = [(s.span.start, s.span.end) for s in view.texts()]
    quoted += [(s.span.start, s.span.end) for s in view.all(nodes.Template)]
    for at in range(len(view.data)):
        sign = view.data[at : at + 1]
        if sign in signs and not any(start <= at < end for start, end in quoted):
            yield between(at, at + 1, signs[sign])


def hash_comment(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        yield between(assign.span.start, assign.span.start, f"# 计算结果\n{view.indent(assign)}")


def sql_comment(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        yield between(assign.span.start, assign.span.start, f"-- 计算结果\n{view.indent(assign)}")


def word_operator(view: View) -> Iterator[Change]:
    words = {"&&": ["and", "AND"], "||": ["or", "OR"], "==": ["is", "eq"], "!=": ["<>"]}
    for binary in view.all(nodes.Binary):
        if binary.op in words:
            start, end = binary.left.span.end, binary.right.span.start
            at = _gap(view, start, end, binary.op.encode())
            if at >= 0:
                yield between(at, at + 2, view.rng.choice(words[binary.op]))


def word_not(view: View) -> Iterator[Change]:
    for unary in view.all(nodes.Unary):
        if unary.op == "!":
            yield between(unary.span.start, unary.span.start + 1, view.rng.choice(["not ", "NOT "]))


def bit_operator(view: View) -> Iterator[Change]:
    for binary in view.all(nodes.Binary):
        if binary.op in ("&&", "||"):
            at = _gap(view, binary.left.span.end, binary.right.span.start, binary.op.encode())
            if at >= 0:
                yield between(at, at + 2, binary.op[0])


def one_equals_sign(view: View) -> Iterator[Change]:
    for binary in view.all(nodes.Binary):
        if binary.op == "==":
            at = _gap(view, binary.left.span.end, binary.right.span.start, b"==")
            if at >= 0:
                yield between(at, at + 2, "=")


def null_of_others(view: View) -> Iterator[Change]:
    for null in view.all(nodes.Null):
        yield put(null, view.rng.choice(["None", "nil", "NULL"]))


def truth_of_python(view: View) -> Iterator[Change]:
    for value in view.all(nodes.Bool):
        yield put(value, "True" if value.value else "False")


def number_with_marks(view: View) -> Iterator[Change]:
    for number in view.all(nodes.Number):
        if number.is_long and number.text.isdigit() and len(number.text) > 1:
            yield put(
                number,
                view.rng.choice(
                    [
                        f"{number.text}L",
                        f"{number.text}n",
                        f"0x{int(number.text):x}",
                        f"{number.text[:1]}_{number.text[1:]}",
                    ]
                ),
            )


def power_sign(view: View) -> Iterator[Change]:
    for call in view.library("Pow"):
        yield put(call, f"{view.text(call.args[0])} ** {view.text(call.args[1])}")


def integer_division(view: View) -> Iterator[Change]:
    for call in view.library("TruncDivide"):
        if all(isinstance(a, nodes.Name | nodes.Number | nodes.Member) for a in call.args):
            yield put(call, f"~~({view.text(call.args[0])} / {view.text(call.args[1])})")


def type_test(view: View) -> Iterator[Change]:
    for branch in view.all(nodes.If):
        names = [n for n in branch.test.walk() if isinstance(n, nodes.Name) and view.type(n) is not None]
        if names:
            name = names[0].name
            yield between(branch.test.span.start, branch.test.span.start, f"typeof {name} !== 'undefined' && ")


def markdown_fence(view: View) -> Iterator[Change]:
    end = len(view.data)
    yield Change(((0, 0, "```typescript\n"), (end, end, "\n```\n")))


def words_before_the_program(view: View) -> Iterator[Change]:
    yield between(0, 0, view.rng.choice(["下面是实现：\n", "Here is the code you asked for:\n"]))


def missing_assignment_sign(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        at = _gap(view, assign.target.span.end, assign.value.span.start, b"=")
        if at >= 0 and "\n" not in view.text(assign):
            yield between(at, at + 1, view.rng.choice(["", ":="]))


def doubled_operator(view: View) -> Iterator[Change]:
    for binary in view.all(nodes.Binary):
        if binary.op in ("*", "/", ">", "<"):
            at = _gap(view, binary.left.span.end, binary.right.span.start, binary.op.encode())
            yield between(at, at, binary.op + " ")


KINDS: tuple[Kind, ...] = (
    missing_closing_bracket, missing_opening_bracket, extra_closing_bracket, missing_closing_brace,
    extra_closing_brace, missing_opening_brace, missing_quote, unquoted_text, missing_comma, missing_operand,
    full_width_sign, hash_comment, sql_comment, word_operator, word_not, bit_operator, one_equals_sign,
    null_of_others, truth_of_python, number_with_marks, power_sign, integer_division, type_test, markdown_fence,
    words_before_the_program, missing_assignment_sign, doubled_operator,
)  # fmt: skip
