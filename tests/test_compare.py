"""What counts as the right result: a table of cases, and properties over values of any declared type."""

import json
from collections.abc import Callable
from datetime import UTC, timedelta, timezone
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naslforge.lang import types as t
from naslforge.run.compare import Comparison
from naslforge.run.values import Shapes
from naslforge.run.wire import Reader, Writer
from naslforge.run.world import find_zone

DEPT = "app.structures.Dept"
PERSON = "app.structures.Person"
SHAPES = Shapes(
    {DEPT: (("name", t.STRING), ("size", t.LONG)),
     PERSON: (("name", t.STRING), ("dept", t.Structure(DEPT)), ("pay", t.DECIMAL), ("tags", t.ListOf(t.STRING)))},
    {"app.enums.E": (("a", "a", "A"), ("b", "b", "B"))},
)  # fmt: skip
P, D = t.Structure(PERSON), t.Structure(DEPT)
ZONE = find_zone("Asia/Shanghai")
assert ZONE is not None


def read(value: Any, type_: t.Type) -> Any:
    return Reader(SHAPES, ZONE).read(value, type_)


def difference(actual: Any, expected: Any, type_: t.Type, tolerance: str | None = None, ordered: bool = True) -> Any:
    compare = Comparison(Decimal(tolerance) if tolerance else None, ZONE)
    compared = compare.difference if ordered else compare.unordered
    return compared(read(actual, type_), read(expected, type_))


def person(name: str, dept: str | None, pay: Any = None) -> dict[str, Any]:
    return {"name": name, "dept": {"name": dept}, "pay": pay}


SAME = [
    (1, 1, t.LONG), ("9007199254740993", 9007199254740993, t.LONG), (1, "1.00", t.DECIMAL), (0.1, "0.1", t.DECIMAL),
    ("a", "a", t.STRING), (None, None, t.DATE), ("09:30", "09:30:00", t.TIME), ("a", "a", t.EnumType("app.enums.E")),
    ("2026-01-31T09:30:00+08:00", "2026-01-31T01:30:00Z", t.DATETIME),
    ("2026-01-31T09:30:00", "2026-01-31T01:30:00+00:00", t.DATETIME),  # no offset: in the zone of the world
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}, t.MapOf(t.STRING, t.LONG)),
    ({"1.50": 1}, {"1.5": 1}, t.MapOf(t.DECIMAL, t.LONG)),
    ({"name": "x"}, {"name": "x", "dept": None, "pay": None, "tags": []}, P), ([], [], t.ListOf(t.LONG)),
    ([None], [None], t.ListOf(t.LONG)), (person("a", "b", "3.0"), person("a", "b", 3), P),
]  # fmt: skip
OTHER = [
    (1, 2, t.LONG, "result: expected 2, got 1"), (None, 0, t.LONG, "result: expected 0, got null"),
    ("", None, t.STRING, 'result: expected null, got ""'), (False, None, t.BOOLEAN, "result: expected null, got false"),
    ("0.1", "0.10000000000000000001", t.DECIMAL, 'result: expected "0.10000000000000000001", got 0.1'),
    ("2026-01-31", "2026-02-01", t.DATE, 'result: expected "2026-02-01", got "2026-01-31"'),
    ("2026-01-31T01:30:00Z", "2026-01-31T01:30:01Z", t.DATETIME,
     'result: expected "2026-01-31T09:30:01+08:00", got "2026-01-31T09:30:00+08:00"'),
    ({"a": 1}, {"a": 1, "b": None}, t.MapOf(t.STRING, t.LONG), "b: expected null, got nothing"),
    ({"a": None}, {}, t.MapOf(t.STRING, t.LONG), "a: expected nothing, got null"),
    ([person("a", "x"), person("b", "y"), person("c", None)],
     [person("a", "x"), person("b", "y"), person("c", "财务部")], t.ListOf(P),
     '[2].dept.name: expected "财务部", got null'),
    ([1, 2], [1], t.ListOf(t.LONG), "[1]: expected nothing, got 2 (2 items, not 1)"),
    ([1], [1, 2], t.ListOf(t.LONG), "[1]: expected 2, got nothing (1 of 2 items)"),
    ([[1, 2], [3]], [[1, 2], [4]], t.ListOf(t.ListOf(t.LONG)), "[1][0]: expected 4, got 3"),
    ([1, 2], [2, 1], t.ListOf(t.LONG), "[0]: expected 2, got 1"),
    ({"x": {"name": "a"}}, {"x": {"name": "b"}}, t.MapOf(t.STRING, D), 'x.name: expected "b", got "a"'),
    (None, [], t.ListOf(t.LONG), "result: expected [], got null"),
]  # fmt: skip


@pytest.mark.parametrize("actual, expected, type_", SAME)
def test_the_same_value_in_another_form(actual: Any, expected: Any, type_: t.Type) -> None:
    assert difference(actual, expected, type_) is None
    assert difference([actual], [expected], t.ListOf(type_), ordered=False) is None


@pytest.mark.parametrize("actual, expected, type_, told", OTHER)
def test_the_smallest_path_that_differs_is_told(actual: Any, expected: Any, type_: t.Type, told: str) -> None:
    assert difference(actual, expected, type_) == told


def test_values_of_no_declared_type_keep_their_kind() -> None:
    compare = Comparison(None, ZONE)
    for one, other in ((True, 1), ("1", 1), ("2026-01-01", read("2026-01-01", t.DATE)), ([], {}), ({}, None)):
        assert compare.difference(one, other) and compare.difference(other, one)
    assert compare.difference(Decimal("1.0"), 1) is None
    assert compare.unordered([Decimal("12345678901234567890.5")], ["12345678901234567890.5"])


def test_a_declared_property_that_is_not_named_is_null() -> None:
    """A result of a type that only its author knows is compared with plain JSON."""
    compare = Comparison(None, ZONE)
    assert compare.difference(read({"name": "x"}, D), {"name": "x"}) is None
    assert compare.difference(read({"name": "x", "size": 2}, D), {"name": "x"}) == "size: expected nothing, got 2"


@pytest.mark.parametrize("actual, expected, told", [
    ([1, 2, 2], [2, 1, 2], None), ([1, 2, 2], [1, 1, 2], "[*]: expected an item 1, got none such"),
    ([1, 2], [1], "[1]: expected no such item, got 2"), ([1], [1, 2], "[*]: expected an item 2, got none such"),
    ([], [1], "[*]: expected an item 1, got none such"), (None, [1], "result: expected [1], got null"),
])  # fmt: skip
def test_without_order_lists_are_multisets(actual: Any, expected: Any, told: str | None) -> None:
    assert difference(actual, expected, t.ListOf(t.LONG), ordered=False) == told


def test_only_the_outermost_list_is_without_order() -> None:
    lists = t.ListOf(t.ListOf(t.LONG))
    assert difference([[1, 2], [3]], [[3], [1, 2]], lists, ordered=False) is None
    assert difference([[1, 2], [3]], [[3], [2, 1]], lists, ordered=False)


def test_without_order_the_item_most_alike_says_what_differs() -> None:
    actual = [person("b", None, 5), person("a", "x", 1)]
    expected = [person("a", "x", 1), person("b", "财务部", 5)]
    assert difference(actual, expected, t.ListOf(P), ordered=False) == '[0].dept.name: expected "财务部", got null'


@pytest.mark.parametrize("actual, expected, fits", [
    ("1.004", 1, True), ("1.006", 1, False), ("0.995", 1, True), (None, 0, False), (1, "1.005", True),
])  # fmt: skip
def test_tolerance_is_for_decimals_wherever_they_stand(actual: Any, expected: Any, fits: bool) -> None:
    nested = t.MapOf(t.STRING, t.ListOf(P))
    for type_, wrap in ((t.DECIMAL, lambda v: v), (nested, lambda v: {"k": [person("a", "b", v)]})):
        assert (difference(wrap(actual), wrap(expected), type_, "0.005") is None) is fits
    assert difference(2, 3, t.LONG, "5") and difference("a", "b", t.STRING, "5")


def test_within_a_tolerance_items_are_paired_as_well_as_can_be() -> None:
    actual, expected = ["1.0", "1.1"], ["1.05", "0.97"]
    for one in permutations(actual):
        for other in permutations(expected):
            assert difference(list(one), list(other), t.ListOf(t.DECIMAL), "0.06", ordered=False) is None
    assert difference(["1.0", "1.1", "1.2"], ["1.05", "0.97", "0.98"], t.ListOf(t.DECIMAL), "0.06", ordered=False)


# --- properties

steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # however busy the machine is

ZONES = (UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-5)))
PLAIN: dict[t.Type, st.SearchStrategy[Any]] = {
    t.BOOLEAN: st.booleans(), t.LONG: st.integers(-(2**63) + 1, 2**63 - 1), t.STRING: st.text(max_size=4),
    t.DECIMAL: st.decimals(-1000, 1000, places=2).map(str), t.DATE: st.dates().map(lambda d: d.isoformat()),
    t.DATETIME: st.datetimes(timezones=st.sampled_from(ZONES)).filter(lambda d: 2 < d.year < 9998).map(
        lambda d: d.isoformat()
    ),
    t.EnumType("app.enums.E"): st.sampled_from(["a", "b"]),
}  # fmt: skip


def of(type_: t.Type, depth: int = 2) -> st.SearchStrategy[Any]:
    """JSON of a type, nulls among it."""
    match type_:
        case t.ListOf(item):
            found = st.lists(of(item, depth - 1), max_size=4)
        case t.MapOf(_, item):
            found = st.dictionaries(st.text(max_size=3), of(item, depth - 1), max_size=3)
        case t.Structure():
            names = SHAPES.fields_of(type_)
            found = st.fixed_dictionaries({}, optional={name: of(ft, depth - 1) for name, ft in names})
        case _:
            found = PLAIN[type_]
    return st.none() | found


TYPES = st.recursive(
    st.sampled_from([*PLAIN, D, P]), lambda inner: inner.map(t.ListOf) | inner.map(lambda i: t.MapOf(t.STRING, i)),
    max_leaves=3,
)  # fmt: skip
PAIRS = TYPES.flatmap(lambda type_: st.tuples(st.just(type_), of(type_), of(type_)))


def canonical(value: Any) -> str:
    return json.dumps(Writer(UTC).write(value), sort_keys=True)


@steady
@given(PAIRS)
def test_equal_exactly_where_the_typed_values_are(pair: tuple[t.Type, Any, Any]) -> None:
    type_, one, other = pair
    assert difference(one, one, type_) is None
    same = canonical(read(one, type_)) == canonical(read(other, type_))
    assert (difference(one, other, type_) is None) is same
    assert (difference(other, one, type_) is None) is same


@steady
@given(PAIRS)
def test_what_a_run_writes_reads_back_as_the_same_value(pair: tuple[t.Type, Any, Any]) -> None:
    type_, one, _ = pair
    value = read(one, type_)
    shown: Callable[[Any], Any] = Writer(ZONE).write
    assert Comparison(None, ZONE).difference(read(shown(value), type_), value) is None


@steady
@given(TYPES.flatmap(lambda type_: st.tuples(st.just(type_), st.lists(of(type_), max_size=4))), st.randoms())
def test_a_shuffled_list_is_the_same_multiset(given_: tuple[t.Type, list[Any]], rng: Any) -> None:
    type_, items = given_
    other = list(items)
    rng.shuffle(other)
    assert difference(items, other, t.ListOf(type_), ordered=False) is None
    assert difference(items, other, t.ListOf(type_), "0.5", ordered=False) is None
    if items:
        assert difference(items[1:], other, t.ListOf(type_), ordered=False)
        assert difference(items, other[1:], t.ListOf(type_), ordered=False)


@steady
@given(st.lists(st.integers(0, 12), max_size=5), st.lists(st.integers(0, 12), max_size=5))
def test_pairs_within_a_tolerance_are_those_of_a_search_over_all(one: list[int], other: list[int]) -> None:
    fits = len(one) == len(other) and any(
        all(abs(a - b) <= 1 for a, b in zip(one, order, strict=True)) for order in permutations(other)
    )
    assert (difference(one, other, t.ListOf(t.DECIMAL), "1", ordered=False) is None) is fits
