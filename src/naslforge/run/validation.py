"""The rules of form items (REFERENCE 4.9): does a value keep one? Empty values pass all but the rules of presence."""

import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from naslforge.run import ops, texts
from naslforge.run.library.regex import compile_regex
from naslforge.run.values import NaslError, Regex, Struct, plain_decimal
from naslforge.run.world import Runtime

# A rule as the program made it: its name and arguments; the last may be a structure with a `message`.
Rule = tuple[str, list[Any]]

MESSAGES = {
    "required": "不能为空", "filled": "不能为空", "notEmpty": "不能为空", "empty": "须为空", "email": "邮箱格式不正确",
    "mobile": "手机号格式不正确", "minLength": "长度不能小于 {0}", "maxLength": "长度不能大于 {0}",
    "rangeLength": "长度须在 {0} 到 {1} 之间", "min": "不能小于 {0}", "max": "不能大于 {0}",
    "range": "须在 {0} 到 {1} 之间", "integer": "须为整数", "number": "须为数字", "pattern": "格式不正确",
    "noDuplicates": "不能有重复项", "unique": "已存在", "confirmed": "两次输入不一致",
}  # fmt: skip
PRESENCE = ("required", "filled", "notEmpty", "empty")
ABOUT_LISTS = ("includes", "excludes", "noDuplicates")  # an empty list is a list

# The form of the value's text, as a whole.
FORMS = {
    "numeric": r"[-+]?(\d+\.?\d*|\.\d+)", "decimal": r"[-+]?(\d+\.?\d*|\.\d+)", "integer": r"[-+]?\d+",
    "alpha": r"[A-Za-z]+", "alphaNum": r"[A-Za-z0-9]+", "alphaDash": r"[A-Za-z_]+", "alphaNumDash": r"[A-Za-z0-9_]+",
    "alphaSpaces": r"[A-Za-z\s]+", "chinese": r"[\u4e00-\u9fff]+",
    "email": r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+", "url": r"(https?|ftp)://[^\s/$.?#][^\s]*",
    "ip": r"((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}", "macAddress": r"([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}",
    "mobile": r"(\+?86)?1[3-9]\d{9}", "identityCard": r"\d{17}[\dXx]|\d{15}", "postalCode": r"\d{6}",
    "hexColor": r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", "hex": r"[0-9A-Fa-f]+", "md5": r"[0-9A-Fa-f]{32}",
    "uuid": r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    "base64": r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
}  # fmt: skip


def broken_rule(value: Any, rules: Sequence[Rule], rt: Runtime) -> str | None:
    """The message of the first rule that the value breaks, None where it keeps them all."""
    for name, given in rules:
        message, args = _message_of(given)
        if not keeps(value, name, args, rt):
            return message or MESSAGES.get(name, "格式不正确").format(*map(_text, args), "", "")
    return None


def _message_of(given: list[Any]) -> tuple[str | None, list[Any]]:
    if given and isinstance(given[-1], Struct) and set(given[-1].fields) == {"message"}:
        return given[-1].fields["message"], given[:-1]
    return None, given


def keeps(value: Any, name: str, args: Sequence[Any], rt: Runtime) -> bool:
    """Does the value keep the rule? Empty values keep all but those of presence and of lists (D47)."""
    rt.spend(1 + _size(value) // 20)
    if name in PRESENCE:
        return _is_empty(value) == (name == "empty")
    if _is_empty(value) and not (name in ABOUT_LISTS and isinstance(value, list)):
        return True
    if name == "pattern":
        return _matches(value, *args, rt=rt)
    if name in FORMS:
        return re.fullmatch(FORMS[name], _text(value), re.ASCII) is not None
    return bool(CHECKS[name](value, *args))


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _text(value: Any) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return plain_decimal(value)
    return str(value)


def _size(value: Any) -> int:
    return len(value) if isinstance(value, list | dict) else texts.length(_text(value))


def _number(value: Any) -> Decimal | None:
    """A number, or a text that is one."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    return Decimal(value) if isinstance(value, str) and re.fullmatch(FORMS["numeric"], value, re.ASCII) else None


def _at_least(value: Any, least: Any) -> bool:
    """Not less: numbers by value, texts of numbers too, others as their type compares; null is no bound."""
    if value is None or least is None:
        return True
    left, right = _number(value), _number(least)
    if left is not None and right is not None:
        return left >= right
    return type(value) is type(least) and ops.before("<=", least, value)


def _matches(value: Any, pattern: Any = None, strict: Any = None, match_case: Any = None, *, rt: Runtime) -> bool:
    """The author's own pattern, matched by the matcher that counts its steps; `strict` wants the whole text."""
    regex = pattern if isinstance(pattern, Regex) else Regex(str(pattern or ""))
    source = f"^(?:{regex.pattern})$" if strict else regex.pattern
    flags = regex.flags.replace("g", "") + ("i" if match_case is False and "i" not in regex.flags else "")
    try:
        return compile_regex(Regex(source, flags)).test(_text(value), rt)
    except NaslError:
        return False


def _holds(items: Any, wanted: Any) -> bool:
    return any(ops.same(item, wanted) for item in items or ())


def _is_json(value: Any) -> bool:
    try:
        json.loads(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def _is_card(value: Any) -> bool:
    """13 to 19 digits whose check digit is right (Luhn)."""
    digits = re.sub(r"[ -]", "", _text(value))
    if not re.fullmatch(r"\d{13,19}", digits, re.ASCII):
        return False
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_place(value: Any) -> bool:
    """Latitude and longitude within their ranges."""
    found = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?)\s*", _text(value), re.ASCII)
    return found is not None and abs(Decimal(found[1])) <= 90 and abs(Decimal(found[2])) <= 180


def _is_port(value: Any) -> bool:
    return re.fullmatch(r"\d{1,5}", _text(value), re.ASCII) is not None and int(_text(value)) <= 65535


CHECKS: dict[str, Callable[..., bool]] = {
    "minLength": lambda value, least: _size(value) >= (least or 0),
    "maxLength": lambda value, most: most is None or _size(value) <= most,
    "rangeLength": lambda value, least, most: (least or 0) <= _size(value) and (most is None or _size(value) <= most),
    "min": _at_least,
    "max": lambda value, most: _at_least(most, value),
    "range": lambda value, least, most: _at_least(value, least) and _at_least(most, value),
    "is": ops.same, "equals": ops.same, "confirmed": ops.same,
    "isNot": lambda value, other: not ops.same(value, other),
    "notEquals": lambda value, other: not ops.same(value, other),
    "includes": lambda value, wanted: isinstance(value, list) and all(_holds(value, item) for item in wanted or ()),
    "excludes": lambda value, wanted: isinstance(value, list) and not any(_holds(value, item) for item in wanted or ()),
    "included": lambda value, wanted: _holds(wanted, value),
    "excluded": lambda value, wanted: not _holds(wanted, value),
    "unique": lambda value, others: not _holds(others, value),
    "noDuplicates": lambda value: isinstance(value, list) and not any(
        _holds(value[:i], item) for i, item in enumerate(value)
    ),
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | Decimal) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, Struct | dict),
    "lowerCase": lambda value: _text(value) == _text(value).lower(),
    "upperCase": lambda value: _text(value) == _text(value).upper(),
    "divisibleBy": lambda value, by: not by or ((number := _number(value)) is not None and number % by == 0),
    "creditCard": _is_card, "json": _is_json, "latLong": _is_place, "port": _is_port,
}  # fmt: skip
