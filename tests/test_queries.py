"""Queries and entity logics on the in-memory database: section 5 and 6 of the language, statement by statement."""

import json
from typing import Any

import pytest

from naslforge.lang import Source, check
from naslforge.run import CallSpec, Limits, execute

ENTITIES = "app.dataSources.defaultDS.entities"
SHOP = """
export namespace app.enums {
  export enum OrderStatus { /** Open */ open = 'open', /** Paid */ paid = 'paid' }
}
export namespace app.dataSources.defaultDS.entities {
  export class Customer {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ required: true }) name: String;
    city: String;
    since: Date;
    vip: Boolean;
  }
  @Index({ name: 'uni_no', properties: ['orderNo'], unique: true })
  export class Order {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ required: true, databaseType: 'varchar(8)' }) orderNo: String;
    @Property({ relation: { entity: 'Customer', property: 'id', deleteRule: 'protect' } }) customerId: Long;
    @Property({ required: true }) amount: Decimal = 0;
    pieces: Long;
    status: app.enums.OrderStatus = app.enums.OrderStatus.open;
    dueDate: Date;
    at: Time;
    @Property({ generationRule: 'auto' }) createdTime: DateTime;
    @Property({ generationRule: 'auto' }) updatedTime: DateTime;
    @Property({ generationRule: 'auto' }) createdBy: String;
    @Property({ generationRule: 'auto' }) updatedBy: String;
  }
  export class Line {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ relation: { entity: 'Order', property: 'id', deleteRule: 'cascade' } }) orderId: Long;
    text: String;
  }
  export class Stock {
    @Property({ primaryKey: true }) shop: String;
    @Property({ primaryKey: true }) item: String;
    left: Long;
  }
}
"""
WORLD: dict[str, Any] = {
    "now": "2026-03-05T10:00:00+08:00",
    "user": {"userName": "wang"},
    "db": {
        "Customer": [
            {"name": "Ann", "city": "Bath", "since": "2020-01-02", "vip": True},
            {"name": "Bob", "city": "Ayr", "vip": False},
            {"name": "cid", "city": None},
            {"name": "Dee", "city": "Bath"},
        ],
        "Order": [
            {"orderNo": "A1", "customerId": 1, "amount": "10.10", "pieces": 3, "dueDate": "2026-03-01", "at": "08:30"},
            {"orderNo": "A2", "customerId": 1, "amount": 9.9, "pieces": 1, "status": "paid", "dueDate": "2026-02-10"},
            {"orderNo": "B_1", "customerId": 2, "amount": -2, "pieces": 0},
            {"orderNo": "b%2", "customerId": None, "amount": 100, "pieces": None, "status": "paid"},
            {"orderNo": "Z9", "customerId": 9, "amount": "0.30", "pieces": 7},
        ],
        "Line": [{"orderId": 1, "text": "x"}, {"orderId": 1, "text": "y"}, {"orderId": 2, "text": "x"}],
        "Stock": [{"shop": "N", "item": "a", "left": 1}, {"shop": "N", "item": "b", "left": 2}],
    },
}


def outcome(
    body: str, *args: Any, params: str = "", result: str = "", world: dict[str, Any] | None = None, doc: str = ""
):
    """Run the body of one logic `f`; `E.` stands for the namespace of the entities."""
    source = f"export namespace app.logics {{\n{doc}\nexport function f({params}){result} {{\n{body}\n}}\n}}\n"
    source = source.replace("E.", f"{ENTITIES}.")
    checked = check([Source("shop.ts", SHOP, context=True), Source("solution.ts", source)])
    assert not checked.errors, [f"{d.rule.code} {d.message} <{d.span.text}>" for d in checked.errors]
    return execute(checked, [CallSpec("app.logics.f", list(args))], world or WORLD, Limits())[0]


def query(text: str, *args: Any, params: str = "") -> Any:
    """The result of one query as JSON."""
    found = outcome(f"let rows;\nrows = {text};\nreturn rows;", *args, params=params)
    assert found.status == "passed", (found.status, found.error, found.message)
    return found.shown


def orders(where: str, *args: Any, params: str = "") -> list[str]:
    """The numbers of the orders that a condition selects."""
    text = f"FROM(E.OrderEntity, Order => $.WHERE({where}).SELECT(Order.orderNo))"
    return query(text, *args, params=params)


ALL = ["A1", "A2", "B_1", "b%2", "Z9"]


@pytest.mark.parametrize(
    ("where", "selected"),
    [
        ("Order.amount == 10.1", ["A1"]),
        ("Order.amount == 100", ["b%2"]),
        ("Order.amount > 9.9", ["A1", "b%2"]),
        ("Order.amount >= 9.90 && Order.amount < 100", ["A1", "A2"]),
        ("Order.amount < 0", ["B_1"]),
        ("Order.amount != 0.3", ["A1", "A2", "B_1", "b%2"]),
        ("Order.pieces > 0", ["A1", "A2", "Z9"]),
        ("!(Order.pieces > 0)", ["B_1"]),
        ("Order.pieces == null", ["b%2"]),
        ("Order.pieces != null && Order.customerId != null", ["A1", "A2", "B_1", "Z9"]),
        ("IS_NULL(Order.customerId)", ["b%2"]),
        ("IS_NOT_NULL(Order.at)", ["A1"]),
        ("Order.status == app.enums.OrderStatus.paid", ["A2", "b%2"]),
        ("Order.dueDate < nasl.util.FromString<Date>('2026-02-28')", ["A2"]),
        ("LIKE(Order.orderNo, 'a')", []),
        ("LIKE(Order.orderNo, 'A')", ["A1", "A2"]),
        ("LIKE(Order.orderNo, '_1')", ["A1", "B_1"]),
        ("LIKE(Order.orderNo, '\\\\_')", ["B_1"]),
        ("LIKE(Order.orderNo, '\\\\%')", ["b%2"]),
        ("LIKE(Order.orderNo, 'B%1')", ["B_1"]),
        ("STARTS_WITH(Order.orderNo, 'b')", ["b%2"]),
        ("ENDS_WITH(Order.orderNo, '1')", ["A1", "B_1"]),
        ("IN(Order.orderNo, ['A1', 'Z9', 'nope'])", ["A1", "Z9"]),
        ("IN(Order.amount, [100, 0.3])", ["b%2", "Z9"]),
        ("NOT_IN(Order.pieces, [0, 1])", ["A1", "Z9"]),
        ("BETWEEN(Order.amount, 0, 10)", ["A2", "Z9"]),
        ("Order.pieces * 2 + 1 == 7", ["A1"]),
        ("Order.amount * 3 == 30.3", ["A1"]),
        ("Order.amount / 3 > 33.3", ["b%2"]),
        ("Order.pieces % 2 == 1", ["A1", "A2", "Z9"]),
        ("-Order.amount == 2", ["B_1"]),
        ("Order.amount > Order.pieces", ["A1", "A2"]),
        ("YEAR(Order.dueDate) == 2026 && MONTH(Order.dueDate) == 3", ["A1"]),
        ("UPPER(Order.orderNo) == 'B%2'", ["b%2"]),
        ("IF(Order.pieces > 2, 'many', 'few') == 'many'", ["A1", "Z9"]),
        ("IFNULL(Order.pieces, 100) == 100", ["b%2"]),
        ("Order.orderNo + '!' == 'A1!'", ["A1"]),
        ("true", ALL),
        ("IN(Order.customerId, FROM(E.CustomerEntity, C => $.WHERE(C.city == 'Bath').SELECT(C.id)))", ["A1", "A2"]),
        ("IN(Order.id, FROM(E.LineEntity, L => $.WHERE(L.orderId == Order.id && L.text == 'y').SELECT(L.orderId)))",
         ["A1"]),
        ("NOT_IN(Order.id, FROM(E.LineEntity, L => $.SELECT(L.orderId)))", ["B_1", "b%2", "Z9"]),
    ],
)  # fmt: skip
def test_where(where: str, selected: list[str]) -> None:
    assert orders(where) == selected


@pytest.mark.parametrize(
    ("where", "value", "selected"),
    [
        ("Order.orderNo == p", None, ALL),
        ("Order.orderNo == p", "", []),
        ("Order.orderNo == p", "A1", ["A1"]),
        ("Order.orderNo == p && Order.pieces > 2", None, ["A1", "Z9"]),
        ("Order.orderNo == p || Order.pieces > 2", None, ["A1", "Z9"]),
        ("!(Order.orderNo == p)", None, ALL),
        ("!(Order.orderNo == p && Order.pieces > 2)", None, ["A2", "B_1"]),
        ("LIKE(Order.orderNo, p)", None, ALL),
        ("LIKE(Order.orderNo, p) && Order.amount > 50", None, ["b%2"]),
        ("STARTS_WITH(Order.orderNo, p)", None, ALL),
        ("p == null || Order.orderNo == p", None, ALL),
        ("p == null || Order.orderNo == p", "Z9", ["Z9"]),
        ("BETWEEN(Order.orderNo, p, 'A9')", None, ["A1", "A2"]),
        ("BETWEEN(Order.orderNo, 'B', p)", None, ["B_1", "b%2", "Z9"]),
        ("UPPER(Order.orderNo) == nasl.util.ToUpper(p)", "z9", ["Z9"]),
    ],
)
def test_null_program_values_leave_conditions_out(where: str, value: Any, selected: list[str]) -> None:
    assert orders(where, value, params="p: String") == selected


def test_empty_lists_and_paths_through_null_are_left_out() -> None:
    assert orders("IN(Order.orderNo, p)", [], params="p: List<String>") == ALL
    assert orders("NOT_IN(Order.orderNo, p)", None, params="p: List<String>") == ALL
    assert orders("IN(Order.orderNo, p)", ["Z9"], params="p: List<String>") == ["Z9"]
    filtered = f"p: {ENTITIES}.Order"
    assert orders("Order.orderNo == p.orderNo && Order.status == p.status", None, params=filtered) == ALL
    assert orders("Order.orderNo == p.orderNo && Order.status == p.status", {"status": "paid"}, params=filtered) == [
        "A2",
        "b%2",
    ]


def test_long_and_decimal_values_compare_exactly() -> None:
    assert orders("Order.amount == p", 100, params="p: Long") == ["b%2"]
    assert orders("Order.pieces == p", "3.0", params="p: Decimal") == ["A1"]
    assert orders("Order.pieces < p", "0.5", params="p: Decimal") == ["B_1"]
    assert orders("IN(Order.amount, p)", [100], params="p: List<Long>") == ["b%2"]


JOIN = "FROM(E.OrderEntity, Order => $.{}_JOIN(E.CustomerEntity, Customer => ON(Order.customerId == Customer.id))"


@pytest.mark.parametrize(
    ("kind", "pairs"),
    [
        ("INNER", [["A1", "Ann"], ["A2", "Ann"], ["B_1", "Bob"]]),
        ("LEFT", [["A1", "Ann"], ["A2", "Ann"], ["B_1", "Bob"], ["b%2", None], ["Z9", None]]),
        ("RIGHT", [[None, "cid"], [None, "Dee"], ["A1", "Ann"], ["A2", "Ann"], ["B_1", "Bob"]]),
        ("OUTER", [[None, "cid"], [None, "Dee"], ["A1", "Ann"], ["A2", "Ann"], ["B_1", "Bob"], ["b%2", None],
                   ["Z9", None]]),
    ],
)  # fmt: skip
def test_joins(kind: str, pairs: list[list[Any]]) -> None:
    rows = query(JOIN.format(kind) + ".SELECT({ no: Order.orderNo, name: Customer.name }))")
    assert [[row["no"], row["name"]] for row in rows] == pairs


def test_whole_rows_of_joins() -> None:
    rows = query(JOIN.format("LEFT") + ".WHERE(Order.amount > 10))")
    assert [(row["order"]["orderNo"], row["customer"] and row["customer"]["name"]) for row in rows] == [
        ("A1", "Ann"),
        ("b%2", None),
    ]
    rows = query(JOIN.format("RIGHT") + ".WHERE(Customer.name == 'Dee').SELECT({ order: Order, customer: Customer }))")
    assert rows[0]["order"] is None and rows[0]["customer"]["city"] == "Bath"


def test_two_joins_and_the_same_entity_twice() -> None:
    text = """FROM(E.LineEntity, Line => $
      .INNER_JOIN(E.OrderEntity, Order => ON(Line.orderId == Order.id))
      .LEFT_JOIN(E.OrderEntity, Other => ON(Other.customerId == Order.customerId && Other.id != Order.id))
      .SELECT({ line: Line.text, no: Order.orderNo, other: Other.orderNo }))"""
    assert [list(row.values()) for row in query(text)] == [["x", "A1", "A2"], ["y", "A1", "A2"], ["x", "A2", "A1"]]


def test_null_in_on_is_not_left_out() -> None:
    text = """FROM(E.CustomerEntity, C => $
      .LEFT_JOIN(E.OrderEntity, Order => ON(Order.customerId == C.id && Order.orderNo == p))
      .SELECT({ name: C.name, no: Order.orderNo }))"""
    assert [row["no"] for row in query(text, None, params="p: String")] == [None] * 4
    assert [row["no"] for row in query(text, "A1", params="p: String")] == ["A1", None, None, None]


@pytest.mark.parametrize(
    ("select", "value"),
    [
        ("COUNT()", 5),
        ("COUNT(Order.pieces)", 4),
        ("COUNT_DISTINCT(Order.status)", 2),
        ("SUM(Order.pieces)", 11),
        ("SUM(Order.amount)", 118.3),
        ("SUM(Order.amount * Order.pieces)", 42.3),
        ("AVG(Order.pieces)", 2.75),
        ("AVG(Order.amount)", 23.66),
        ("MAX(Order.amount)", 100),
        ("MIN(Order.amount)", -2),
        ("MAX(Order.orderNo)", "b%2"),
        ("MIN(Order.dueDate)", "2026-02-10"),
        ("GROUP_CONCAT(Order.orderNo)", "A1,A2,B_1,b%2,Z9"),
        ("GROUP_CONCAT(Order.amount)", "10.1,9.9,-2,100,0.3"),
        ("SUM(Order.amount) / COUNT()", 23.66),
        ("MAX(Order.pieces) - MIN(Order.pieces)", 7),
    ],
)
def test_aggregates(select: str, value: Any) -> None:
    assert query(f"FROM(E.OrderEntity, Order => $.SELECT({{ v: {select} }}))") == [{"v": value}]
    assert query(f"FROM(E.OrderEntity, Order => $.SELECT({select}))") == [value]


def test_aggregates_over_no_rows() -> None:
    text = """FROM(E.OrderEntity, O => $.WHERE(O.id > 99)
      .SELECT({ n: COUNT(), s: SUM(O.amount), a: AVG(O.amount), m: MAX(O.orderNo), g: GROUP_CONCAT(O.orderNo) }))"""
    assert query(text) == [{"n": 0, "s": None, "a": None, "m": None, "g": None}]


def test_groups() -> None:
    text = """FROM(E.CustomerEntity, C => $.LEFT_JOIN(E.OrderEntity, O => ON(O.customerId == C.id))
      .GROUP_BY(C.city).SELECT({ city: C.city, n: COUNT(O.id), total: SUM(O.amount) }))"""
    assert query(text) == [
        {"city": "Bath", "n": 2, "total": 20},
        {"city": "Ayr", "n": 1, "total": -2},
        {"city": None, "n": 0, "total": None},
    ]
    having = text.replace(".SELECT", ".HAVING(COUNT(O.id) >= p).ORDER_BY([SUM(O.amount)]).SELECT")
    assert [row["city"] for row in query(having, 1, params="p: Long")] == ["Ayr", "Bath"]
    assert [row["city"] for row in query(having, None, params="p: Long")] == [None, "Ayr", "Bath"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("[Order.pieces]", ["b%2", "B_1", "A2", "A1", "Z9"]),
        ("[Order.pieces, 'DESC']", ["Z9", "A1", "A2", "B_1", "b%2"]),
        ("[Order.status, 'desc'], [Order.amount, 'asc']", ["A2", "b%2", "B_1", "Z9", "A1"]),
        ("[Order.orderNo]", ["A1", "A2", "B_1", "Z9", "b%2"]),
        ("[Order.amount * -1]", ["b%2", "A1", "A2", "Z9", "B_1"]),
        ("[Order.status]", ["A1", "B_1", "Z9", "A2", "b%2"]),
    ],
)
def test_order(order: str, expected: list[str]) -> None:
    assert query(f"FROM(E.OrderEntity, Order => $.ORDER_BY({order}).SELECT(Order.orderNo))") == expected


def test_order_by_path() -> None:
    text = "FROM(E.OrderEntity, Order => $.ORDER_BY([sort, dir]).SELECT({ order: Order, no: Order.orderNo }))"
    params = "sort: String, dir: String"

    def numbers(sort: str | None, direction: str | None) -> list[str]:
        return [row["no"] for row in query(text, sort, direction, params=params)]

    assert numbers("order.pieces", "DESC") == ["Z9", "A1", "A2", "B_1", "b%2"]
    assert numbers("no", None) == ["A1", "A2", "B_1", "Z9", "b%2"]
    assert numbers(None, "DESC") == numbers("", None) == ALL
    body = f"let rows;\nrows = {text};\nreturn rows;"
    for sort, direction in (("nope", "ASC"), ("no", "sideways")):
        assert outcome(body, sort, direction, params=params).error == "nasl.error.SystemIllegalArgumentError"


def test_select_shapes() -> None:
    assert query("FROM(E.StockEntity, S => $)") == [
        {"shop": "N", "item": "a", "left": 1},
        {"shop": "N", "item": "b", "left": 2},
    ]
    assert query("FROM(E.StockEntity, S => $.SELECT(S))") == query("FROM(E.StockEntity, S => $)")
    assert query("FROM(E.StockEntity, S => $.SELECT({ big: S.left > 1, p: p }))", "hi", params="p: String") == [
        {"big": False, "p": "hi"},
        {"big": True, "p": "hi"},
    ]
    assert query("FROM(E.OrderEntity, O => $.SELECT_DISTINCT({ s: O.status }))") == [{"s": "open"}, {"s": "paid"}]
    assert query("FROM(E.LineEntity, L => $.ORDER_BY([L.text, 'DESC']).SELECT_DISTINCT({ t: L.text }))") == [
        {"t": "y"},
        {"t": "x"},
    ]


def test_limit_and_paginate() -> None:
    text = "FROM(E.OrderEntity, O => $.SELECT(O.orderNo){})"
    assert query(text.format(".LIMIT(2)")) == ["A1", "A2"]
    assert query(text.format(".LIMIT(2, 2)")) == ["B_1", "b%2"]
    page = f"PAGINATE({text.format('')}, page, size)"
    params = "page: Long, size: Long"
    assert query(page, 2, 2, params=params) == {"list": ["B_1", "b%2"], "total": 5}
    assert query(page, 0, 2, params=params) == {"list": ["A1", "A2"], "total": 5}
    assert query(page, 9, 2, params=params) == {"list": [], "total": 5}
    assert query(page, None, 2, params=params) == query(page, 1, None, params=params) == {"list": ALL, "total": 5}
    limited = f"PAGINATE({text.format('.LIMIT(3)')}, 2, 2)"
    assert query(limited) == {"list": ["B_1"], "total": 3}
    body = f"let rows;\nrows = {page};\nreturn rows;"
    assert outcome(body, 1, 0, params=params).error == "nasl.error.SystemIllegalArgumentError"


def test_filtered_page_counts_what_was_selected() -> None:
    text = """PAGINATE(FROM(E.OrderEntity, O => $.WHERE(O.status == s && O.amount > least)
      .ORDER_BY([O.createdTime, 'ASC']).SELECT({ order: O })), 1, 1)"""
    found = query(text, "paid", None, params="s: app.enums.OrderStatus, least: Decimal")
    assert found["total"] == 2 and found["list"][0]["order"]["orderNo"] == "A2"
    grouped = "PAGINATE(FROM(E.OrderEntity, O => $.GROUP_BY(O.status).SELECT({ s: O.status, n: COUNT() })), 1, 1)"
    assert query(grouped) == {"list": [{"s": "open", "n": 3}], "total": 2}


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("CONCAT(O.orderNo, '-', O.pieces, O.dueDate)", "A1-32026-03-01"),
        ("LOWER(O.orderNo)", "a1"),
        ("SUBSTR(O.orderNo, 2, 5)", "1"),
        ("REPLACE(O.orderNo, 'A', 'xx')", "xx1"),
        ("LEFT(O.orderNo, 1)", "A"),
        ("RIGHT(O.orderNo, 1)", "1"),
        ("CHAR_LENGTH(O.orderNo)", 2),
        ("LENGTH(O.orderNo)", 2),
        ("ASCII(O.orderNo)", 65),
        ("ROUND(O.amount)", 10),
        ("ROUND(O.amount / 3, 2)", 3.37),
        ("TRUNCATE(O.amount / 3, 2)", 3.36),
        ("COALESCE(O.updatedBy, O.orderNo, 'x')", "wang"),
        ("CASE_WHEN(O.pieces > 5, 'a', O.pieces > 2, 'b', 'c')", "b"),
        ("IF(O.status == app.enums.OrderStatus.open, 1, 2)", 1),
        ("QUARTER(O.dueDate)", 1),
        ("DAY(O.dueDate)", 1),
        ("HOUR(O.createdTime)", 10),
        ("HOUR(O.at)", 8),
        ("MINUTE(O.at)", 30),
        ("DATE(O.createdTime)", "2026-03-05"),
        ("TO_DAYS(O.dueDate)", 740041),
        ("DATE_ADD(O.dueDate, 1, 'month')", "2026-04-01"),
        ("DATE_SUB(O.dueDate, 1, 'day')", "2026-02-28"),
        ("DATE_FORMAT(O.createdTime, '%Y/%m/%d %H:%i:%s')", "2026/03/05 10:00:00"),
        ("O.createdTime == NOW()", True),
        ("O.amount + O.pieces", 13.1),
        ("O.pieces + 1", 4),
        ("O.pieces / 2", 1.5),
        ("`${O.orderNo}:${O.amount}:${O.status}`", "A1:10.1:Open"),
    ],
)  # fmt: skip
def test_query_functions(call: str, value: Any) -> None:
    assert query(f"FROM(E.OrderEntity, O => $.WHERE(O.id == 1).SELECT({{ v: {call} }}))") == [{"v": value}]


def test_faults_inside_queries() -> None:
    body = "let rows;\nrows = FROM(E.OrderEntity, O => $.SELECT({{ v: {} }}));\nreturn rows;"
    assert outcome(body.format("O.amount / O.pieces")).error == "nasl.error.SystemArithmeticError"
    assert outcome(body.format("O.pieces * 9223372036854775807")).error == "nasl.error.SystemArithmeticError"
    assert outcome(body.format("SUM(O.pieces + 9223372036854775700)")).error == "nasl.error.SystemArithmeticError"


# --- entity logics


def rows_after(body: str, entity: str = "Order", params: str = "", *args: Any) -> list[dict[str, Any]]:
    """All rows of an entity as they stand after the body."""
    text = f"let rows;\nlet o: E.Order;\nlet n: Long;\n{body}\nrows = FROM(E.{entity}Entity, X => $);\nreturn rows;"
    found = outcome(text, *args, params=params)
    assert found.status == "passed", (found.error, found.message)
    return found.shown


def test_create_fills_what_the_platform_fills() -> None:
    body = "let made: E.Order;\nlet o: E.Order;\no.orderNo = 'N1';\nmade = E.OrderEntity.create(o);\nreturn made;"
    made = outcome(body).shown
    assert made["id"] == 6 and made["amount"] == 0 and made["status"] == "open" and made["customerId"] is None
    assert made["createdTime"] == made["updatedTime"] == "2026-03-05T10:00:00+08:00"
    assert made["createdBy"] == made["updatedBy"] == "wang"


def test_values_are_copied_in_and_out() -> None:
    body = "o.orderNo = 'N1';\nE.OrderEntity.create(o);\no.orderNo = 'N2';\no = E.OrderEntity.get(1);\no.orderNo = 'q';"
    assert [row["orderNo"] for row in rows_after(body)] == [*ALL, "N1"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("o = E.OrderEntity.get(99);", "SystemResourceNotFoundError"),
        ("o = E.OrderEntity.get(null);", "SystemIllegalArgumentError"),
        ("E.OrderEntity.create(null);", "SystemIllegalArgumentError"),
        ("E.OrderEntity.create(o);", "SystemIllegalArgumentError"),
        ("o.orderNo = 'A1';\nE.OrderEntity.create(o);", "DatabaseDuplicateKeyError"),
        ("o.orderNo = 'N';\no.id = 1;\nE.OrderEntity.create(o);", "DatabaseDuplicateKeyError"),
        ("o.orderNo = 'much too long';\nE.OrderEntity.create(o);", "DatabaseConstraintViolationError"),
        ("o.orderNo = 'N';\nE.OrderEntity.update(o);", "SystemIllegalArgumentError"),
        ("o.id = 77;\no.orderNo = 'N';\nE.OrderEntity.update(o);", "SystemResourceNotFoundError"),
        ("o.id = 1;\nE.OrderEntity.update(o);", "SystemIllegalArgumentError"),
        ("o.id = 1;\no.orderNo = 'A2';\nE.OrderEntity.update(o);", "DatabaseDuplicateKeyError"),
        ("n = E.OrderEntity.delete(77);", "SystemResourceNotFoundError"),
        ("n = E.CustomerEntity.delete(1);", "DatabaseConstraintViolationError"),
        ("n = E.CustomerEntity.deleteBy(c => c.id > 0);", "DatabaseConstraintViolationError"),
        ("E.OrderEntity.batchCreate([]);", "SystemIllegalArgumentError"),
        ("n = E.OrderEntity.batchDelete(null);", "SystemIllegalArgumentError"),
    ],
)
def test_refused_writes(body: str, error: str) -> None:
    found = outcome(f"let o: E.Order;\nlet n: Long;\n{body}\nreturn n;")
    assert (found.status, found.error) == ("runtime_error", f"nasl.error.{error}")


def test_update_writes_all_or_the_named_properties() -> None:
    rows = rows_after("o = E.OrderEntity.get(1);\no.orderNo = 'X';\no.pieces = null;\nE.OrderEntity.update(o);")
    assert (rows[0]["orderNo"], rows[0]["pieces"], rows[0]["amount"]) == ("X", None, 10.1)
    rows = rows_after("o.id = 1;\no.pieces = 8;\nE.OrderEntity.update(o, _ => [_.pieces]);")
    assert (rows[0]["orderNo"], rows[0]["pieces"]) == ("A1", 8)


def test_create_or_update() -> None:
    assert len(rows_after("o.orderNo = 'N';\nE.OrderEntity.createOrUpdate(o);")) == 6
    rows = rows_after("o = E.OrderEntity.get(2);\no.orderNo = 'N';\nE.OrderEntity.createOrUpdate(o);")
    assert [row["orderNo"] for row in rows] == ["A1", "N", "B_1", "b%2", "Z9"]


def test_update_by_does_not_skip_nulls() -> None:
    params = "p: String"
    body = "o.pieces = 50;\no.status = null;\nn = E.OrderEntity.updateBy(o, x => x.orderNo == p);"
    assert [row["pieces"] for row in rows_after(body, "Order", params, None)] == [3, 1, 0, None, 7]
    rows = rows_after(body, "Order", params, "A1")
    assert (rows[0]["pieces"], rows[0]["orderNo"], rows[0]["amount"]) == (50, "A1", 0)
    body = "o.pieces = 50;\nn = E.OrderEntity.updateBy(o, x => x.pieces > 0, _ => [_.pieces]);"
    assert [(row["pieces"], row["amount"]) for row in rows_after(body)][:2] == [(50, 10.1), (50, 9.9)]


def test_deletes_cascade() -> None:
    assert [row["id"] for row in rows_after("n = E.OrderEntity.delete(1);", "Line")] == [3]
    assert rows_after("n = E.OrderEntity.deleteBy(x => x.amount > 0);", "Line") == []
    assert [row["orderNo"] for row in rows_after("n = E.OrderEntity.batchDelete([1, 2, 99]);")] == ["B_1", "b%2", "Z9"]


def test_joint_keys() -> None:
    body = "let s: E.Stock;\ns = E.StockEntity.get('N', 'b');\ns.left = 5;\nE.StockEntity.update(s);\nreturn s.left;"
    assert outcome(body).shown == 5
    body = "let s: E.Stock;\ns.shop = 'N';\ns.item = 'a';\nE.StockEntity.create(s);\nreturn s.left;"
    assert outcome(body).error == "nasl.error.DatabaseDuplicateKeyError"


def test_transactional_undoes_everything() -> None:
    body = """let o: E.Order;
    o.orderNo = 'N1';
    E.OrderEntity.create(o);
    E.OrderEntity.create(o);"""
    source = """
export namespace app.logics {
  /** %s */
  export function f() {
    BODY
  }
}
""".replace("BODY", body).replace("E.", f"{ENTITIES}.")
    for tag, rows in (("@title plain", 6), ("@transactional", 5)):
        checked = check([Source("shop.ts", SHOP, context=True), Source("solution.ts", source % tag)])
        assert not checked.errors
        found = execute(checked, [CallSpec("app.logics.f", [])], WORLD, Limits())[0]
        assert found.error == "nasl.error.DatabaseDuplicateKeyError"
        assert len(found.database["Order"]) == rows, tag


def test_tests_do_not_see_each_other() -> None:
    source = """export namespace app.logics { export function f(): Long {
      let o: E.Order;
      let n: Long = 0;
      o.orderNo = 'N';
      E.OrderEntity.create(o);
      n = nasl.util.Length(FROM(E.OrderEntity, X => $));
      return n;
    } }""".replace("E.", f"{ENTITIES}.")
    checked = check([Source("shop.ts", SHOP, context=True), Source("solution.ts", source)])
    assert not checked.errors, [d.message for d in checked.errors]
    calls = [
        CallSpec("app.logics.f", []),
        CallSpec("app.logics.f", [], {"db": {"Order": []}}),
        CallSpec("app.logics.f", []),
    ]
    assert [found.shown for found in execute(checked, calls, WORLD, Limits())] == [6, 1, 6]


def test_long_query_ends_by_steps() -> None:
    text = """let rows;
    rows = FROM(E.OrderEntity, A => $.INNER_JOIN(E.OrderEntity, B => ON(true)).INNER_JOIN(E.OrderEntity, C => ON(true))
      .INNER_JOIN(E.OrderEntity, D => ON(true)).SELECT({ n: COUNT(A.id) }));
    return rows;"""
    many = {"db": {"Order": [{"orderNo": f"N{i}"} for i in range(120)]}}
    found = outcome(text, world=many)
    assert found.status == "step_limit", json.dumps(found.shown)


def test_filters_without_rows_and_dates_of_defaults() -> None:
    assert rows_after("n = E.LineEntity.deleteBy(x => true);", "Line") == []
    assert len(rows_after("n = E.LineEntity.deleteBy(x => x.orderId == null);", "Line")) == 3
    assert len(rows_after("n = E.LineEntity.deleteBy(x => IN(x.text, ['x', 'q']));", "Line")) == 1
