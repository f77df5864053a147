"""A pattern in JavaScript's syntax to the program of regex.py's machine."""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from naslforge.run import texts
from naslforge.run.values import NaslError, illegal

LONGEST = 20_000  # instructions of a program
DEEPEST = 50  # groups inside each other
Code = tuple[str, Any, Any]


@dataclass(frozen=True, slots=True)
class Program:
    """`code` has the operations of regex.py, `fold` makes letters of any case equal where case is ignored.

    A match has two slots for the whole, two for each of the `groups` and, behind them, one for each repeat.
    """

    code: tuple[Code, ...]
    groups: int
    slots: int
    fold: Callable[[str], str] | None


def compile_pattern(pattern: str, ignore_case: bool) -> Program:
    """The program of a pattern. Raises a fault for text that is no pattern."""
    return _Compiler(texts.units(pattern), _fold if ignore_case else None).program()


def _fold(unit: str) -> str:
    """What JavaScript compares: the capital, unless it is longer or would turn a letter beyond ASCII into one of it."""
    upper = unit.upper()
    return upper if len(upper) == 1 and (upper >= "\x80" or unit < "\x80") else unit


class Range:
    """The units from one to another, ends included."""

    __slots__ = ("first", "last")

    def __init__(self, first: str, last: str):
        self.first, self.last = first, last

    def __contains__(self, unit: object) -> bool:
        return self.first <= unit <= self.last  # type: ignore[operator]


class Class:
    """A class of units: single ones, ranges, and classes such as `\\W`, in any number."""

    __slots__ = ("fold", "parts")

    def __init__(self, parts: list[tuple[Container[str], bool]], fold: Callable[[str], str] | None):
        self.parts, self.fold = parts, fold

    def __contains__(self, unit: object) -> bool:
        if self.fold and any((form in part) is not negated for form in _cases(unit) for part, negated in self.parts):
            return True
        return any((unit in part) is not negated for part, negated in self.parts)


def _cases(unit: Any) -> tuple[str, ...]:
    forms = (unit.lower(), unit.upper())
    return tuple(form for form in forms if len(form) == 1 and _fold(form) == _fold(unit))


DIGIT = frozenset("0123456789")
WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
SPACE = frozenset(
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f"
    "\u3000\ufeff"
)
LINE_ENDS = frozenset("\n\r\u2028\u2029")
CLASSES: dict[str, tuple[frozenset[str], bool]] = {
    "d": (DIGIT, False),
    "D": (DIGIT, True),
    "w": (WORD, False),
    "W": (WORD, True),
    "s": (SPACE, False),
    "S": (SPACE, True),
}
CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "v": "\v", "f": "\f", "0": "\0"}
LOOKS = {"=": "=", "!": "!", "<=": "=<", "<!": "!<"}


class _Compiler:
    """Recursive descent that writes instructions as it reads; `look` instructions hold their part inline."""

    def __init__(self, text: str, fold: Callable[[str], str] | None):
        self.text, self.fold, self.at = text, fold, 0
        self.groups, self.names = 0, dict[str, int]()
        self.loops = 0
        self.total = _capturing(text)
        self.depth = 0

    def program(self) -> Program:
        code = [("save", 0, None), *self.alternatives()]
        if self.at < len(self.text):
            raise self.bad("unmatched )")
        code = _shifted([*code, ("done", None, None)])
        first_loop = 2 * (self.total + 1)
        code = [(op, x + first_loop if op == "moved" else x, y) for op, x, y in code]
        code = [(op, x[1] + first_loop if op == "save" and isinstance(x, tuple) else x, y) for op, x, y in code]
        return Program(tuple(code), self.total, first_loop + self.loops, self.fold)

    def alternatives(self) -> list[Code]:
        first = self.sequence()
        if self.peek() != "|":
            return first
        self.at += 1
        second = self.alternatives()
        # Targets are relative to the instruction until _shifted makes them absolute.
        return [("split", 1, len(first) + 2), *first, ("jump", len(second) + 1, None), *second]

    def sequence(self) -> list[Code]:
        code: list[Code] = []
        while self.at < len(self.text) and self.peek() not in ("|", ")"):
            code += self.term()
            if len(code) > LONGEST:
                raise self.bad("it is too large")
        return code

    def term(self) -> list[Code]:
        before = self.groups
        sign = self.take()
        if sign in "^$":
            return self.alone([("check", sign, None)])
        if sign == "\\" and self.peek() in ("b", "B"):
            return self.alone([("check", self.take(), None)])
        if sign == "(":
            code, repeats = self.group()
            if not repeats:
                return self.alone(code)
        elif sign in "*+?":
            raise self.bad("nothing to repeat")
        else:
            code = self.single(sign)
        return self.repeated(code, before)

    def alone(self, code: list[Code]) -> list[Code]:
        """The code of what cannot be repeated: anchors, borders, look-behind."""
        if self.counts() is not None:
            raise self.bad("nothing to repeat")
        return code

    def single(self, sign: str) -> list[Code]:
        if sign == ".":
            return [("one", LINE_ENDS, True)]
        if sign == "[":
            return [self.unit_class()]
        if sign != "\\":
            return [self.literal(sign)]
        escape = self.peek()
        if escape in CLASSES:
            self.at += 1
            return [("one", *CLASSES[escape])]
        if escape == "k" and self.text[self.at + 1 : self.at + 2] == "<":
            self.at += 2
            name = self.until(">")
            if name not in self.names:
                raise self.bad(f"no group {name!r}")
            return [("back", 2 * self.names[name], None)]
        if escape.isdecimal() and escape != "0":
            start, digits = self.at, self.digits()
            if int(digits) <= self.total:
                return [("back", 2 * int(digits), None)]
            self.at = start
            return [self.literal(self.octal())]
        return [self.literal(self.escaped())]

    def octal(self) -> str:
        """The unit of an old octal escape; where there is no such group, `\\1` is one, and `\\8` is an 8."""
        found = re.match(r"[0-3][0-7]{0,2}|[4-7][0-7]?", self.text[self.at :])
        if not found:
            return self.take()
        self.at += found.end()
        return chr(int(found.group(), 8))

    def literal(self, unit: str) -> Code:
        return "one", frozenset((self.fold(unit) if self.fold else unit,)), False

    def group(self) -> tuple[list[Code], bool]:
        """The code of a group, and whether it may be repeated."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.bad("groups are nested too deeply")
        look = name = None
        capture = self.peek() != "?"
        if not capture:
            self.at += 1
            look = next((s for s in ("<=", "<!", "=", "!") if self.text.startswith(s, self.at)), None)
            if look:
                self.at += len(look)
            elif self.peek() == "<":
                self.at += 1
                name, capture = self.until(">"), True
            elif self.take() != ":":
                raise self.bad("unknown group")
        number = 0
        if capture:
            self.groups += 1
            number = self.groups
            if name in self.names:
                raise self.bad(f"two groups named {name!r}")
            if name:
                self.names[name] = number
        code = self.alternatives()
        if self.take() != ")":
            raise self.bad("missing )")
        self.depth -= 1
        if look:
            code = [("look", (LOOKS[look], None, len(code) + 2), None), *code, ("done", None, None)]
            return code, "<" not in look
        if capture:
            code = [("save", 2 * number, None), *code, ("save", 2 * number + 1, None)]
        return code, True

    def repeated(self, code: list[Code], groups_before: int) -> list[Code]:
        counts = self.counts()
        if counts is None:
            return code
        least, most = counts
        lazy = self.peek() == "?"
        self.at += lazy
        if self.peek() and self.peek() in "*+?":
            raise self.bad("nothing to repeat")
        if len(code) * max(least, most or 1, 1) > LONGEST:
            raise self.bad("it is too large")
        clear: list[Code] = []
        if self.groups > groups_before:
            clear = [("clear", 2 * groups_before + 2, 2 * self.groups + 2)]
        turn = [*clear, *code]
        result = turn * least
        if most is None:
            loop, self.loops = self.loops, self.loops + 1
            body = [("save", ("loop", loop), None), *turn, ("moved", loop, None)]
            split: Code = ("split", len(body) + 2, 1) if lazy else ("split", 1, len(body) + 2)
            return [*result, split, *body, ("jump", -len(body) - 1, None)]
        if len(code) > 1:  # what may match nothing; a single unit never does
            loop, self.loops = self.loops, self.loops + 1
            turn = [("save", ("loop", loop), None), *turn, ("moved", loop, None)]
        for left in range(most - least, 0, -1):
            past = (len(turn) + 1) * left
            result += [("split", past, 1) if lazy else ("split", 1, past), *turn]
        return result

    def counts(self) -> tuple[int, int | None] | None:
        sign = self.peek()
        if sign in ("*", "+", "?"):
            self.at += 1
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        if sign != "{":
            return None
        end = self.text.find("}", self.at)
        low, comma, high = self.text[self.at + 1 : max(end, 0)].partition(",")
        if end < 0 or not low.isdecimal() or not (high.isdecimal() or high == "") or len(low + high) > 12:
            return None  # a brace that counts nothing is a character
        self.at = end + 1
        least, most = int(low), int(high) if high else None if comma else int(low)
        if most is not None and most < least:
            raise self.bad("numbers out of order in {}")
        return least, most

    def unit_class(self) -> Code:
        negated = self.peek() == "^"
        self.at += negated
        singles: set[str] = set()
        parts: list[tuple[Container[str], bool]] = []
        while self.peek() != "]":
            low = self.class_atom()
            if isinstance(low, tuple) or self.peek() != "-" or self.text[self.at + 1 : self.at + 2] in ("]", ""):
                singles.add(low) if isinstance(low, str) else parts.append(low)
                continue
            self.at += 1
            high = self.class_atom()
            if isinstance(high, tuple):
                singles |= {low, "-"}
                parts.append(high)
            elif high < low:
                raise self.bad("range out of order")
            else:
                parts.append((Range(low, high), False))
        self.at += 1
        if not parts and not self.fold:
            return "one", frozenset(singles), negated
        singles |= set(map(self.fold, singles)) if self.fold else set()
        return "one", Class([(frozenset(singles), False), *parts], self.fold), negated

    def class_atom(self) -> str | tuple[frozenset[str], bool]:
        sign = self.take()
        if sign != "\\":
            return sign
        if self.peek() in CLASSES:
            return CLASSES[self.take()]
        if self.peek() == "b":
            self.at += 1
            return "\b"
        return self.escaped()

    def escaped(self) -> str:
        """The unit of an escape; the backslash is read already."""
        sign = self.take()
        width = {"x": 2, "u": 4}.get(sign)
        digits = self.text[self.at : self.at + (width or 0)]
        if width and len(digits) == width and all(d in "0123456789abcdefABCDEF" for d in digits):
            self.at += width
            return chr(int(digits, 16))
        if sign == "c" and self.peek().isalpha() and self.peek().isascii():
            return chr(ord(self.take()) % 32)
        return CONTROLS.get(sign, sign)

    def digits(self) -> str:
        start = self.at
        while self.peek().isdecimal() and self.at - start < 3:
            self.at += 1
        return self.text[start : self.at]

    def until(self, end: str) -> str:
        found = self.text.find(end, self.at)
        if found < 0:
            raise self.bad(f"missing {end}")
        name, self.at = self.text[self.at : found], found + 1
        return name

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        if self.at >= len(self.text):
            raise self.bad("it ends too early")
        self.at += 1
        return self.text[self.at - 1]

    def bad(self, why: str) -> NaslError:
        return illegal(f"invalid regular expression at {self.at}: {why}", f"正则表达式有误（位置 {self.at}）：{why}")


def _shifted(code: list[Code]) -> list[Code]:
    """Relative targets to absolute ones."""
    result: list[Code] = []
    for i, (op, x, y) in enumerate(code):
        if op == "split":
            result.append((op, i + x, i + y))
        elif op == "jump":
            result.append((op, i + x, None))
        elif op == "look":
            result.append((op, (x[0], None, i + x[2]), None))
        else:
            result.append((op, x, y))
    return result


def _capturing(text: str) -> int:
    """How many groups capture."""
    count, at, inside = 0, 0, False
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            inside = True
        elif sign == "]":
            inside = False
        elif sign == "(" and not inside:
            named = text.startswith("(?<", at) and text[at + 3 : at + 4] not in ("=", "!")
            count += named or not text.startswith("(?", at)
        at += 1
    return count
