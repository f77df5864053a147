"""The rules of form items: values that keep each rule, and values that break it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from naslforge.lang import types as t
from naslforge.lang import validation_rules
from naslforge.run.validation import CHECKS, FORMS, PRESENCE, broken_rule, keeps
from naslforge.run.values import Regex, Struct
from naslforge.run.world import Runtime

D = Decimal
LONG_ID = "11010119900307123"
CASES: dict[str, tuple[list[Any], list[Any], list[Any]]] = {  # arguments, values that keep it, values that break it
    "required": ([], ["a", 0, False, [1]], [None, "", "  ", []]),
    "filled": ([], ["a"], [""]),
    "notEmpty": ([], ["a"], [None]),
    "empty": ([], [None, "", []], ["a", 0]),
    "minLength": ([3], ["abc", "a😀", [1, 2, 3], 123, ""], ["ab", [1]]),
    "maxLength": ([3], ["abc", [1]], ["abcd", "a😀b"]),
    "rangeLength": ([2, 3], ["ab", "abc"], ["a", "abcd"]),
    "min": ([D("1.5")], [2, D("1.50"), "2", "10"], [1, "1.4", "x"]),
    "max": ([5], [5, D("4.9"), "5.0"], [6, "5.1"]),
    "range": ([1, 3], [1, 3, "2"], [0, 4]),
    "pattern": ([Regex("^a+$")], ["aa"], ["ab"]),
    "is": ([1], [1, D("1.0")], [2, True, "1"]),
    "isNot": ([1], [2], [1]),
    "equals": (["a"], ["a"], ["b"]),
    "notEquals": (["a"], ["b"], ["a"]),
    "confirmed": (["secret"], ["secret"], ["Secret"]),
    "includes": ([[1, 2]], [[2, 1, 3]], [[1], []]),
    "excludes": ([[1, 2]], [[3], []], [[3, 1]]),
    "included": ([["a", "b"]], ["a", None], ["c"]),
    "excluded": ([["a", "b"]], ["c"], ["a"]),
    "unique": ([["a"]], ["b"], ["a"]),
    "noDuplicates": ([], [[1, 2], [1, True], []], [[1, 1], [1, D("1.0")]]),
    "string": ([], ["a"], [1]),
    "number": ([], [1, D("1.5")], ["1", True]),
    "numeric": ([], ["1", "-1.5", ".5", 3], ["1e3", "1_0", "Infinity", "１", "a"]),
    "integer": ([], ["12", -3, D("2.0")], ["1.5", D("2.5")]),
    "decimal": ([], ["1.5", "2"], ["1.5.2"]),
    "boolean": ([], [True, False], ["true", 1]),
    "array": ([], [[1]], ["a"]),
    "object": ([], [Struct(t.Anonymous(()), {}), {"a": 1}], ["a"]),
    "alpha": ([], ["abC"], ["ab1", "é"]),
    "alphaNum": ([], ["ab1"], ["a_b"]),
    "alphaDash": ([], ["a_b"], ["a1", "a-b"]),
    "alphaNumDash": ([], ["a_1"], ["a-1"]),
    "alphaSpaces": ([], ["a b"], ["a1"]),
    "lowerCase": ([], ["ab1é"], ["aB"]),
    "upperCase": ([], ["AB1"], ["aB"]),
    "email": ([], ["a.b@c.cn", "a@b.co.uk"], ["a@b", "a b@c.cn", "a@.cn", "@c.cn"]),
    "ip": ([], ["10.0.0.255"], ["256.0.0.1", "1.2.3", "1.2.3.4."]),
    "port": ([], ["80", 65535], ["65536", "-1"]),
    "url": ([], ["https://example.org/x?y=1"], ["example.org", "https://"]),
    "macAddress": ([], ["00:1A:2b:3c:4d:5e"], ["00:1A:2b:3c:4d"]),
    "mobile": ([], ["13800138000", "+8613800138000"], ["12800138000", "1380013800"]),
    "identityCard": ([], [LONG_ID + "X", LONG_ID + "4"], [LONG_ID, "abc"]),
    "creditCard": ([], ["4111 1111 1111 1111"], ["4111111111111112", "411"]),
    "postalCode": ([], ["310000"], ["31000"]),
    "chinese": ([], ["中文"], ["中文a"]),
    "hexColor": ([], ["#fff", "A0B1C2"], ["#ffff"]),
    "hex": ([], ["0aF"], ["0g"]),
    "json": ([], ['{"a": 1}', "1"], ["{a: 1}"]),
    "uuid": ([], ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567"]),
    "md5": ([], ["d41d8cd98f00b204e9800998ecf8427e"], ["d41d8cd9"]),
    "base64": ([], ["QUJD", "QQ=="], ["QQ=", "?"]),
    "latLong": ([], ["30.2, 120.1"], ["91,0", "30"]),
    "divisibleBy": ([3], [9, "12", D("3.0")], [10, "x"]),
}


def test_every_rule_of_the_table_has_a_check_and_cases() -> None:
    names = {rule.name for rule in validation_rules().values()}
    assert names == CASES.keys() == {*CHECKS, *FORMS, *PRESENCE, "pattern"}


@pytest.mark.parametrize("name", CASES)
def test_rule(name: str) -> None:
    args, good, bad = CASES[name]
    for value in good:
        assert keeps(value, name, args, Runtime()), value
    for value in bad:
        assert not keeps(value, name, args, Runtime()), value


@pytest.mark.parametrize("name", sorted(CASES.keys() - set(PRESENCE)))
def test_an_empty_value_passes_all_but_presence(name: str) -> None:
    args = CASES[name][0]
    assert keeps(None, name, args, Runtime()) and keeps("", name, args, Runtime())


def test_dates_have_bounds() -> None:
    assert keeps(date(2024, 2, 1), "min", [date(2024, 1, 31)], Runtime())
    assert not keeps(date(2024, 2, 1), "max", [date(2024, 1, 31)], Runtime())


def test_pattern_strict_and_case() -> None:
    assert keeps("xaB", "pattern", ["ab", False, False], Runtime())
    assert not keeps("xab", "pattern", ["ab", True], Runtime())
    assert not keeps("aB", "pattern", ["ab"], Runtime())
    assert not keeps("a", "pattern", ["("], Runtime())


def test_the_first_broken_rule_speaks_with_its_own_message() -> None:
    own = Struct(t.Anonymous((("message", t.STRING),)), {"message": "太短"})
    assert broken_rule("a", [("required", []), ("minLength", [2, own])], Runtime()) == "太短"
    assert broken_rule("abc", [("maxLength", [2]), ("email", [])], Runtime()) == "长度不能大于 2"
    assert broken_rule("a@b.cn", [("email", [])], Runtime()) is None
