"""Neighbours of queries, small databases that tell them apart, and the tests that a task lacks."""

import json
import random
from dataclasses import replace

import pytest

from naslforge import cli
from naslforge.judge import judge
from naslforge.lang import Source, check, mutants, turned_ties
from naslforge.records import Task
from naslforge.strength import mutants_of, strengthen, strengthened
from naslforge.strength.databases import Databases

ENTITIES = """export namespace app.enums {
  export enum Status { open = 'open', paid = 'paid', gone = 'gone' }
}
export namespace app.dataSources.defaultDS.entities {
  export class Customer {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ required: true }) name: String;
    city: String;
  }
  @Index({ name: 'uni_no', properties: ['orderNo'], unique: true })
  export class Order {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ required: true, databaseType: 'varchar(6)' }) orderNo: String;
    @Property({ relation: { entity: 'Customer', property: 'id', deleteRule: 'protect' } }) customerId: Long;
    @Property({ required: true }) amount: Decimal;
    cost: Decimal;
    status: app.enums.Status;
    dueDate: Date;
  }
}
"""
E = "app.dataSources.defaultDS.entities"
ROWS = {
    "Customer": [{"id": 1, "name": "A", "city": "X"}, {"id": 2, "name": "B", "city": "Y"}],
    "Order": [
        {"id": 1, "orderNo": "N1", "customerId": 1, "amount": 10, "status": "open", "dueDate": "2026-01-05"},
        {"id": 2, "orderNo": "N2", "customerId": 2, "amount": 30, "status": "paid", "dueDate": "2026-01-09"},
    ],
}


def logic(head: str, body: str) -> str:
    return f"export namespace app.logics {{\n  export function {head} {{\n    {body}\n  }}\n}}\n"


def task(head: str, body: str, *tests: dict, **more: object) -> Task:
    return Task.from_json(
        {"id": f"t/{head.split('(')[0]}", "sublanguage": "query", "instruction": "-", "context": ENTITIES,
         "entry": f"app.logics.{head.split('(')[0]}", "signature": f"export function {head}", "tests": list(tests),
         "world": {"db": ROWS, "now": "2026-01-05T08:00:00+08:00"}, "meta": {"reference": logic(head, body)}, **more}
    )  # fmt: skip


EXPENSIVE = task(
    "expensive(least: Decimal): List<String>",
    f"return FROM({E}.OrderEntity, Order => $.LEFT_JOIN({E}.CustomerEntity, Customer => "
    "ON(Order.customerId == Customer.id)).WHERE(Order.amount >= least && Order.status != app.enums.Status.gone)"
    ".ORDER_BY([Order.amount, 'DESC'], [Order.orderNo, 'ASC']).SELECT(Order.orderNo).LIMIT(3));",
    {"args": [20], "expect": ["N2"]},
)
TOTALS = task(
    "totals(): List<{city: String, orders: Long}>",
    f"return FROM({E}.OrderEntity, Order => $.INNER_JOIN({E}.CustomerEntity, Customer => "
    "ON(Order.customerId == Customer.id)).GROUP_BY(Customer.city).HAVING(COUNT(Order.id) > 1)"
    ".SELECT({ city: Customer.city, orders: COUNT(Order.cost) }));",
    {"args": [], "expect": []},
)


def kinds(found: Task) -> set[tuple[str, str]]:
    return {(mutant.kind, mutant.after) for mutant in mutants_of(found)}


def test_neighbours_of_a_query_change_one_clause_column_or_null_rule() -> None:
    found = kinds(EXPENSIVE)
    assert {("kind of join", "INNER_JOIN"), ("kind of join", "OUTER_JOIN"), ("DISTINCT", ".SELECT_DISTINCT")} <= found
    assert ("column", "Order.cost") in found and ("key of the order", "") in found and ("no LIMIT", "") in found
    assert any(kind == "nulls" and "IS_NULL(Order.status)" in after for kind, after in found)
    assert ("nulls", "COUNT()") in kinds(TOTALS) and ("no HAVING", "") in kinds(TOTALS)


@pytest.mark.parametrize("function, after", [
    ("BETWEEN(Order.amount, 1, 5)", "(Order.amount > 1 && Order.amount <= 5)"),
    ("LIKE(Order.orderNo, 'a')", "STARTS_WITH"), ("IN(Order.amount, [1])", "NOT_IN"),
    ("IS_NULL(Order.cost)", "IS_NOT_NULL"), ("IFNULL(Order.cost, 0) > 1", "Order.cost"),
])  # fmt: skip
def test_functions_of_queries_have_neighbours(function: str, after: str) -> None:
    source = logic("f(): List<Long>", f"return FROM({E}.OrderEntity, Order => $.WHERE({function}).SELECT(Order.id));")
    given = (Source("context.ts", ENTITIES, context=True),)
    assert after in {mutant.after for mutant in mutants(Source("a.ts", source), given)}


def test_ties_are_turned_for_rows_groups_and_distinct_values() -> None:
    def turned(body: str) -> str | None:
        return turned_ties(Source("a.ts", logic("f(): List<String>", body)), (Source("c.ts", ENTITIES, context=True),))

    rows = turned(f"return FROM({E}.OrderEntity, Order => $.ORDER_BY([Order.amount, 'ASC']).SELECT(Order.orderNo));")
    assert rows is not None and "[Order.amount, 'ASC'], [Order.id, 'DESC']" in rows
    distinct = turned(f"return FROM({E}.OrderEntity, Order => $.SELECT_DISTINCT(Order.orderNo));")
    assert distinct is not None and "[Order.orderNo, 'DESC']" in distinct
    assert turned("return ['a'];") is None


def test_databases_are_valid_and_the_same_for_the_same_seed() -> None:
    databases = Databases(EXPENSIVE)
    made = [databases.one([20], {}, random.Random(seed)) for seed in range(120)]
    assert made[7] == databases.one([20], {}, random.Random(7)) and made[7] != made[8]
    orders = [row for rows in made for row in rows["Order"]]
    for rows in made:
        numbers = [row["orderNo"] for row in rows["Order"]]
        assert len(numbers) == len(set(numbers))
    assert all(row["orderNo"] is not None and row["amount"] is not None for row in orders)
    assert all(len(row["orderNo"]) <= 6 for row in orders)
    assert {row["status"] for row in orders} == {"open", "paid", "gone", None}
    assert {20, 19, 21} <= {row["amount"] for row in orders}  # at and beside the bound
    keys = {id(rows): {row["id"] for row in rows["Customer"]} for rows in made}
    refer = [row["customerId"] in keys[id(rows)] for rows in made for row in rows["Order"] if row["customerId"]]
    assert any(refer) and not all(refer)  # most refer to a row, a few to none
    assert len({(row["amount"], row["status"]) for row in orders}) < len(orders)  # ties


@pytest.mark.parametrize("weak", [EXPENSIVE, TOTALS], ids=lambda found: found.id)
def test_a_weak_task_gets_the_tests_that_it_lacks(weak: Task) -> None:
    found = strengthen(weak, seed=1)
    assert found.before < found.real == found.after and not found.left
    assert judge(found.task, weak.meta["reference"]).passed
    assert found.task.tests[: len(weak.tests)] == weak.tests and 0 < found.added <= 8
    survived = [m for m in mutants_of(weak) if judge(weak, m.text).passed]
    noticed = [m for m in survived if not judge(found.task, m.text).passed]
    assert len(noticed) == found.after - found.before
    rows = [sum(map(len, test.world["db"].values())) for test in found.task.tests[len(weak.tests) :]]
    assert max(rows) <= 9 and not strengthen(found.task, seed=1).added


def test_no_added_test_hangs_on_the_order_of_ties() -> None:
    """A right answer that leaves ties in another order passes the strengthened task."""
    weak = task(
        "byAmount(): List<String>",
        f"return FROM({E}.OrderEntity, Order => $.ORDER_BY([Order.amount, 'ASC']).SELECT(Order.orderNo));",
        {"args": [], "expect": ["N1", "N2"]},
    )
    found = strengthen(weak, seed=3)
    other = weak.meta["reference"].replace("[Order.amount, 'ASC']", "[Order.amount, 'ASC'], [Order.id, 'DESC']")
    assert found.added and judge(found.task, other).passed
    wrong = weak.meta["reference"].replace("'ASC'", "'DESC'")
    assert not judge(found.task, wrong).passed


def test_writes_are_tested_by_the_rows_that_they_leave() -> None:
    weak = task(
        "close(until: Date): Long",
        f"return {E}.OrderEntity.deleteBy((row) => row.dueDate <= until && row.status == app.enums.Status.paid);",
        {"args": ["2026-01-01"], "expect": 0},
    )
    found = strengthen(weak, seed=2)
    assert found.after == found.real > found.before
    assert all(test.expect_db and set(test.expect_db) == {"Order"} for test in found.task.tests[1:])


def test_plain_functions_get_arguments() -> None:
    weak = Task.from_json(
        {"id": "t/f", "sublanguage": "base", "instruction": "-", "entry": "app.logics.f",
         "signature": "export function f(n: Long): Boolean", "tests": [{"args": [9], "expect": True}],
         "meta": {"reference": logic("f(n: Long): Boolean", "return n > 3;")}}
    )  # fmt: skip
    (found,) = strengthened([weak])
    assert found.after == found.real and found.task.tests[1].world in (None, {})


def test_a_wrong_reference_is_refused_and_pages_stay_as_they_are() -> None:
    with pytest.raises(ValueError, match="does not pass"):
        strengthen(replace(EXPENSIVE, tests=[replace(EXPENSIVE.tests[0], expect=["N1"])]))
    paged = replace(EXPENSIVE, tests=[replace(EXPENSIVE.tests[0], args=None, steps=[])])
    assert strengthen(paged).task == paged


def test_strengthen_at_the_terminal(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Task.write("weak.jsonl", [TOTALS])
    assert cli.main(["mutate", "weak.jsonl", "--workers", "1", "--strengthen", "strong.jsonl", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (strong,) = Task.read("strong.jsonl")
    assert told["added"] == len(strong.tests) - 1 > 0 and told["after"] == told["real"]
    assert cli.main(["mutate", "strong.jsonl", "--workers", "1"]) == 0


def test_what_is_added_checks_in_the_context_of_the_task() -> None:
    given = Source("context.ts", ENTITIES, context=True)
    for mutant in mutants_of(EXPENSIVE):
        assert not check([given, Source("a.ts", mutant.text)]).errors
