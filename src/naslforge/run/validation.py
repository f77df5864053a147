"""The rules of form items (REFERENCE 4.9): does a value keep one? Empty values pass all but the rules of presence."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from naslforge.run.library.regex import compile_regex
from naslforge.run.values import NaslError, Regex, Struct
from naslforge.run.world import Runtime

# A rule as the program made it: its name and arguments; the last may be a structure with a `message`.
Rule = tuple[str, list[Any]]

MESSAGES = {
    "required": "不能为空", "filled": "不能为空", "notEmpty": "不能为空", "email": "邮箱格式不正确",
    "mobile": "手机号格式不正确", "minLength": "长度不能小于 {0}", "maxLength": "长度不能大于 {0}",
    "rangeLength": "长度须在 {0} 到 {1} 之间", "min": "不能小于 {0}", "max": "不能大于 {0}",
    "range": "须在 {0} 到 {1} 之间", "integer": "须为整数", "number": "须为数字", "pattern": "格式不正确",
}  # fmt: skip
_PATTERNS = {
    "alpha": r"[A-Za-z]+", "alphaNum": r"[A-Za-z0-9]+", "alphaDash": r"[A-Za-z_-]+", "alphaNumDash": r"[A-Za-z0-9_-]+",
    "alphaSpaces": r"[A-Za-z\s]+", "email": r"[^\s@]+@[^\s@]+\.[^\s@.]+", "port": r"\d{1,5}",
    "url": r"(https?|ftp)://[^\s/$.?#][^\s]*", "macAddress": r"([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}",
    "mobile": r"(\+?86)?1[3-9]\d{9}", "identityCard": r"\d{17}[\dXx]|\d{15}", "postalCode": r"\d{6}",
    "chinese": r"[\u4e00-\u9fff]+", "hexColor": r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", "hex": r"[0-9A-Fa-f]+",
    "uuid": r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", "md5": r"[0-9A-Fa-f]{32}",
    "base64": r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
    "ip": r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}", "latLong": r"-?\d+(\.\d+)?,\s*-?\d+(\.\d+)?",
    "integer": r"[-+]?\d+", "decimal": r"[-+]?\d*\.?\d+", "numeric": r"[-+]?\d*\.?\d+",
}  # fmt: skip
_PRESENCE = ("required", "filled", "notEmpty", "empty")


def broken_rule(value: Any, rules: Sequence[Rule], rt: Runtime) -> str | None:
    """The message of the first rule that the value breaks, None where it keeps them all."""
    for name, given in rules:
        message, args = _message_of(given)
        if (name in _PRESENCE or not _is_empty(value)) and not keeps(value, name, args, rt):
            return message or MESSAGES.get(name, "格式不正确").format(*args, "", "")
    return None


def _message_of(given: list[Any]) -> tuple[str | None, list[Any]]:
    if given and isinstance(given[-1], Struct) and set(given[-1].fields) == {"message"}:
        return given[-1].fields["message"], given[:-1]
    return None, given


def keeps(value: Any, name: str, args: Sequence[Any], rt: Runtime) -> bool:
    """Does the value keep the rule? A rule that is not known is kept."""
    rt.spend(1 + _size(value) // 20)
    if name in _PRESENCE:
        return _is_empty(value) == (name == "empty")
    if name == "pattern":
        return _matches(value, args[0] if args else "", rt)
    if name in _PATTERNS:
        return re.fullmatch(_PATTERNS[name], str(value)) is not None
    check = _CHECKS.get(name)
    return check is None or bool(check(value, *args))


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or (isinstance(value, str) and not value.strip())


def _size(value: Any) -> int:
    return len(value) if isinstance(value, str | list | dict) else len(str(value))


def _at_least(value: Any, least: Any) -> bool:
    if least is None:
        return True
    left, right = _number(value), _number(least)
    if left is not None and right is not None:
        return left >= right
    return type(value) is type(least) and bool(value >= least)


def _number(value: Any) -> Decimal | None:
    try:
        return None if isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None


def _matches(value: Any, pattern: Any, rt: Runtime) -> bool:
    """The author's own pattern is matched by the matcher that counts its steps."""
    try:
        matcher = compile_regex(pattern if isinstance(pattern, Regex) else Regex(str(pattern or "")))
    except NaslError:
        return False
    return bool(matcher.texts(str(value), rt))


def _same(value: Any, other: Any) -> bool:
    return bool(value == other)


_CHECKS: dict[str, Callable[..., bool]] = {
    "minLength": lambda value, least: _size(value) >= (least or 0),
    "maxLength": lambda value, most: most is None or _size(value) <= most,
    "rangeLength": lambda value, least, most: (least or 0) <= _size(value) and (most is None or _size(value) <= most),
    "min": _at_least,
    "max": lambda value, most: most is None or _at_least(most, value),
    "range": lambda value, least, most: _at_least(value, least) and (most is None or _at_least(most, value)),
    "is": _same, "equals": _same, "confirmed": _same,
    "isNot": lambda value, other: not _same(value, other), "notEquals": lambda value, other: not _same(value, other),
    "includes": lambda value, wanted: isinstance(value, list) and all(item in value for item in wanted or ()),
    "excludes": lambda value, wanted: not (isinstance(value, list) and any(item in value for item in wanted or ())),
    "included": lambda value, wanted: value in (wanted or ()),
    "excluded": lambda value, wanted: value not in (wanted or ()),
    "unique": lambda value, others: (others or []).count(value) <= 1,
    "noDuplicates": lambda value: not isinstance(value, list) or all(value.count(item) == 1 for item in value),
    "string": lambda value: isinstance(value, str), "number": lambda value: _number(value) is not None,
    "boolean": lambda value: isinstance(value, bool), "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, Struct | dict),
    "lowerCase": lambda value: str(value) == str(value).lower(),
    "upperCase": lambda value: str(value) == str(value).upper(),
    "divisibleBy": lambda value, by: not by or (_number(value) or Decimal(1)) % by == 0,
}  # fmt: skip
