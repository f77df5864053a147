"""Numbers and parentheses behind `<` that mislead the grammar: `a < (-1)` looks to it like the beginning of a type
argument, and so does `f(a < -1, b)`.
"""

from collections.abc import Iterator

from naslforge.lang.lower.prepare import Prepared, Repair
from naslforge.lang.lower.tokens import Token, tokens


def bare_operands(prepared: Prepared) -> list[Repair]:
    """Behind `<`: blanks for the parentheses round one name or number, which mean nothing there, and parentheses for
    the digits behind a minus, which no type has: `-(1)`.
    """
    code = [token for token in tokens(prepared.data) if token.kind != "comment"]
    found: list[Repair] = []
    for index, token in enumerate(code[:-2]):
        if token.data == b"<":
            found += _unparenthesized(prepared, code, index + 1)
            found += _negative(prepared, code, index + 2 if code[index + 1].data == b"(" else index + 1)
    return found


def _unparenthesized(prepared: Prepared, code: list[Token], start: int) -> Iterator[Repair]:
    if code[start].data != b"(":
        return
    end = start + 1
    while end < len(code) and (code[end].kind in ("word", "number") or code[end].data in (b"-", b".")):
        end += 1
    if start + 1 < end < len(code) and code[end].data == b")":
        for paren in (code[start], code[end]):
            yield Repair(prepared.back(paren.start), prepared.back_end(paren.end), " ")


def _negative(prepared: Prepared, code: list[Token], minus: int) -> Iterator[Repair]:
    if minus + 1 < len(code) and code[minus].data == b"-" and code[minus + 1].kind == "number":
        digits = code[minus + 1]
        start, end = prepared.back(digits.start), prepared.back_end(digits.end)
        yield Repair(start, start, "(")
        yield Repair(end, end, ")")
