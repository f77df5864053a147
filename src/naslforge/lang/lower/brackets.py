"""Braces that do not match: where one is missing, indentation tells better than any grammar."""

from dataclasses import dataclass
from itertools import pairwise

from naslforge.lang import rules
from naslforge.lang.diagnostics import Applicability, Edit, Fix, Report
from naslforge.lang.grammar import looks_like_page
from naslforge.lang.lower.prepare import Prepared, Repair
from naslforge.lang.lower.tokens import Token, tokens

_MOST = 20  # more braces than this without a partner are no slip
_CLOSING = {b"(": ")", b"(f": ")", b"[": "]"}  # `(f` opens the parameters of a function
_HEADERS = {b"export", b"function", b"namespace", b"class", b"enum", b"if", b"else", b"for", b"while"}


@dataclass(slots=True)
class _Open:
    token: Token
    indent: int  # of its line


@dataclass(frozen=True, slots=True)
class Missing:
    """A `}` that belongs at `at` (an offset of the prepared text) for the block opened by `opener`."""

    opener: Token
    at: int
    indent: int


def mend_braces(prepared: Prepared, data: bytes, report: Report) -> list[Repair]:
    """Repairs for braces without a partner, each reported; none where all have one. `data` is the code alone."""
    code = [token for token in tokens(data) if token.kind != "comment"]
    braces = [token for token in code if token.data in (b"{", b"}")]
    surplus = sum(1 if token.data == b"{" else -1 for token in braces)
    if abs(surplus) > _MOST:
        return []
    if surplus > 0:
        odd = [] if looks_like_page(prepared.data) else _odd_openers(code)[:surplus]  # `={{` is right in elements
        if odd:
            return [_drop(prepared, report, token) for token in odd]
        return [_insert(prepared, report, missing) for missing in _missing(prepared.data, code, surplus)]
    if surplus < 0:
        headers = _bare_headers(prepared.data, code)[:-surplus]
        if headers:
            return [_open(prepared, report, token) for token in headers]
        return [_drop(prepared, report, token) for token in _stray(prepared.data, braces)]
    return []


def _indents(data: bytes) -> list[int]:
    """The depth of the first character of each line; -1 for a blank one."""
    return [len(line) - len(line.lstrip()) if line.strip() else -1 for line in data.split(b"\n")]


def _missing(data: bytes, code: list[Token], count: int) -> list[Missing]:
    """The blocks that end by their indentation before their brace comes."""
    indents = _indents(data)
    found: list[Missing] = []
    stack: list[_Open] = []
    last = None  # the last token before the present line
    first_of_line = -1
    for token in code:
        starts = token.line != first_of_line
        first_of_line = token.line
        if starts:
            here = indents[token.line]
            while stack and len(found) < count and token.line != stack[-1].token.line and last is not None:
                top = stack[-1]
                leaves = here < top.indent or (here == top.indent and token.data not in (b"}", b")", b"]"))
                closes_outer = token.data == b"}" and here < top.indent
                if not leaves or (token.data == b"}" and not closes_outer):
                    break
                if token.data == b"}" and not any(o.indent == here for o in stack[:-1]):
                    break
                found.append(Missing(top.token, last.end, top.indent))
                stack.pop()
        if token.data == b"{":
            stack.append(_Open(token, indents[token.line]))
        elif token.data == b"}" and stack:
            stack.pop()
        last = token
    end = last.end if last is not None else len(data)
    while len(found) < count and stack:
        top = stack.pop()
        found.append(Missing(top.token, end, top.indent))
    return found


def _odd_openers(code: list[Token]) -> list[Token]:
    """`{ {`, `.{`, and a `{` that begins a line of other code: these open no block."""
    found = []
    for before, token, after in zip(code, code[1:], code[2:], strict=False):
        if token.data != b"{":
            continue
        doubled = before.data in (b"{", b".") and before.line == token.line
        loose = before.line < token.line == after.line and before.data in (b";", b"}", b"{") and after.kind == "word"
        if doubled or loose:
            found.append(token)
    if len(code) > 1 and code[0].data == b"{" and code[0].line == code[1].line:
        found.insert(0, code[0])
    return found


def _bare_headers(data: bytes, code: list[Token]) -> list[Token]:
    """The last tokens of lines such as `export function f(): Long` that a deeper line follows without a `{`."""
    indents = _indents(data)
    lines: dict[int, list[Token]] = {}
    for token in code:
        lines.setdefault(token.line, []).append(token)
    numbers = list(lines)
    found = []
    for number, following in pairwise(numbers):
        line = lines[number]
        words = [token.data for token in line if token.data != b"}"]
        ends = line[-1].kind == "word" or line[-1].data in (b")", b">", b"}")
        if words and words[0] in _HEADERS and ends and b"{" not in words and indents[following] > indents[number]:
            found.append(line[-1])
    return found


def _open(prepared: Prepared, report: Report, last: Token) -> Repair:
    at = prepared.back_end(last.end)
    place = prepared.source.span(at, at)
    report.add(rules.MISSING_TOKEN, place, fixes=[Fix("write `{`", (Edit(place, " {"),), "safe")], token="{")
    return Repair(at, at, " {")


def _stray(data: bytes, braces: list[Token]) -> list[Token]:
    """Closing braces with nothing open, or on a line less or more indented than what they would close."""
    indents = _indents(data)
    surplus = sum(1 if token.data == b"}" else -1 for token in braces)
    stack: list[Token] = []
    odd: list[Token] = []
    for token in braces:
        if token.data == b"{":
            stack.append(token)
        elif not stack:
            odd.append(token)
        else:
            opener = stack[-1]
            deeper = indents[token.line] > indents[opener.line] and opener.line != token.line
            if deeper and len(odd) < surplus:
                odd.append(token)
            else:
                stack.pop()
    return odd[:surplus] if len(odd) >= surplus else odd


def _insert(prepared: Prepared, report: Report, missing: Missing) -> Repair:
    at = prepared.back_end(missing.at)
    place = prepared.source.span(at, at)
    line = prepared.source.position(prepared.back(missing.opener.start)).line
    text = "\n" + " " * missing.indent + "}"
    sure: Applicability = "unsafe" if looks_like_page(prepared.data) else "safe"
    fix = Fix("write `}`", (Edit(place, text),), sure)
    report.add(rules.MISSING_BRACE, place, fixes=[fix], line=line)
    return Repair(at, at, text)


def _drop(prepared: Prepared, report: Report, token: Token) -> Repair:
    span = prepared.span(token.start, token.end)
    sure: Applicability = "unsafe" if looks_like_page(prepared.data) else "safe"
    report.add(rules.STRAY_BRACKET, span, fixes=[Fix("leave it out", (Edit(span, ""),), sure)], token="}")
    return Repair(span.start, span.end, "")


def mend_parens(data: bytes) -> list[tuple[int, str]]:
    """Places and closing marks for `(` and `[` that are open where a statement or block ends; `data` is code alone."""
    found: list[tuple[int, str]] = []
    stack: list[tuple[bytes, bool]] = []  # marks, and whether they are open for good: those of `for (…; …)`
    row: list[Token] = []  # the last tokens
    for token in tokens(data):
        if token.kind == "comment":
            continue
        mark = token.data if token.kind == "mark" else b""
        ends = mark in (b";", b"}") or (mark == b"{" and _opens_body(stack, row))
        while ends and stack and stack[-1][0] in _CLOSING and not stack[-1][1]:
            found.append((row[-1].end, _CLOSING[stack.pop()[0]]))
        if mark == b")" and len(stack) > 1 and stack[-1][0] == b"[" and stack[-2][0] in (b"(", b"(f"):
            found.append((row[-1].end, _CLOSING[stack.pop()[0]]))
        if mark in (b"(", b"[", b"{"):
            params = len(row) > 1 and row[-2].data == b"function"
            loop = bool(row) and row[-1].data == b"for"
            stack.append((b"(f" if params and mark == b"(" else mark, loop))
        elif mark in (b")", b"]", b"}") and stack:
            stack.pop()
        row = [*row[-2:], token]
    return found


def _opens_body(stack: list[tuple[bytes, bool]], row: list[Token]) -> bool:
    """Does a `{` here begin the body of a function whose parameters are still open?"""
    return bool(stack) and stack[-1][0] == b"(f" and row[-1].data not in (b"(", b",", b":", b"=")
