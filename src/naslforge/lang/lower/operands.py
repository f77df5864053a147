"""Parentheses behind `<` that mislead the grammar: `a < (-1)` looks to it like the beginning of a type argument."""

from naslforge.lang.lower.prepare import Prepared, Repair
from naslforge.lang.lower.tokens import tokens


def bare_operands(prepared: Prepared) -> list[Repair]:
    """Blanks for the parentheses round one name or number behind `<`: they mean nothing there."""
    code = [token for token in tokens(prepared.data) if token.kind != "comment"]
    found: list[Repair] = []
    for index, token in enumerate(code[:-2]):
        if token.data != b"<" or code[index + 1].data != b"(":
            continue
        end = index + 2
        while end < len(code) and (code[end].kind in ("word", "number") or code[end].data in (b"-", b".")):
            end += 1
        if index + 2 < end < len(code) and code[end].data == b")":
            for paren in (code[index + 1], code[end]):
                start = prepared.back(paren.start)
                found.append(Repair(start, start + 1, " "))
    return found
