"""How long it takes to put a test's database into its state: 3 entities, 30 rows, SQLite in memory.

    python benchmarks/database.py

- *reset*: the next test of the same task, after one that changed rows; the task's rows are there again;
- *own rows*: the same, where the test brings rows of its own for one entity;
- *next task*: other rows in tables that exist already;
- *first task*: a program with entities never seen before: connection, tables and rows.

Each figure is the median of many rounds on one core, in milliseconds, with the slowest of a hundred beside it.
"""

import copy
import statistics
import time
from collections.abc import Callable
from typing import Any

from naslforge.lang import Checked, Source, check
from naslforge.run import Limits
from naslforge.run.database import Database
from naslforge.run.entities import create
from naslforge.run.execute import Execution
from naslforge.run.schema import read_schema
from naslforge.run.world import make_runtime

ROUNDS = 400
SOURCE = """
export namespace app.dataSources.defaultDS.entities {
  export class Customer {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ required: true }) name: String;
    city: String;
    since: Date;
    vip: Boolean;
    @Property({ generationRule: 'auto' }) createdTime: DateTime;
  }
  @Index({ name: 'uni_no', properties: ['orderNo'], unique: true })
  export class Order {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ required: true, databaseType: 'varchar(32)' }) orderNo: String;
    @Property({ relation: { entity: 'Customer', property: 'id', deleteRule: 'protect' } }) customerId: Long;
    amount: Decimal = 0;
    dueDate: Date;
    @Property({ generationRule: 'auto' }) createdTime: DateTime;
    @Property({ generationRule: 'auto' }) createdBy: String;
  }
  export class Line {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ relation: { entity: 'Order', property: 'id', deleteRule: 'cascade' } }) orderId: Long;
    text: String;
    pieces: Long;
    price: Decimal;
  }
}
export namespace app.logics { export function f(): Long { return 1; } }
"""


def rows(salt: int) -> dict[str, list[dict[str, Any]]]:
    """Thirty rows that differ from salt to salt."""
    return {
        "Customer": [
            {"name": f"客户{i}-{salt}", "city": "杭州", "since": "2024-05-06", "vip": i % 2 == 0} for i in range(10)
        ],
        "Order": [
            {"orderNo": f"SO{salt}-{i}", "customerId": i + 1, "amount": f"{i * 17 + salt}.50", "dueDate": "2026-02-03"}
            for i in range(10)
        ],
        "Line": [{"orderId": i + 1, "text": f"行{i}", "pieces": i, "price": f"{i}.{salt % 97:02d}"} for i in range(10)],
    }


class Bench:
    """One program, as a worker holds it."""

    def __init__(self) -> None:
        self.checked: Checked = check([Source("app.ts", SOURCE)])
        assert not self.checked.errors, [d.message for d in self.checked.errors]
        self.execution = Execution(self.checked, Limits())

    def run_test(self, given: dict[str, Any], own: dict[str, Any] | None = None) -> float:
        """Seconds from the end of the last test to the start of this one; the test itself changes a row."""
        database, world = self.execution.database, {"db": given}
        start = time.perf_counter()
        runtime = make_runtime(world, Limits())
        database.begin(runtime, self.execution.shapes, given, own)
        begun = time.perf_counter() - start
        table = database.schema.find("Line")
        assert table is not None
        value = self.execution.shapes.start(table_type(table))
        create(database, table, [value])
        assert sum(database.sizes.values()) == (31 if own is None else 32)
        start = time.perf_counter()
        database.end()
        return begun + time.perf_counter() - start


def table_type(table: Any) -> Any:
    """The type of an entity's rows."""
    from naslforge.lang import types as t

    return t.Entity(table.name)


def measured(name: str, once: Callable[[int], float], rounds: int = ROUNDS) -> float:
    """Print and give the median of one figure in milliseconds."""
    found = sorted(once(i) * 1000 for i in range(rounds))
    median = statistics.median(found)
    print(f"{name:<12} {median:7.3f} ms   slowest of a hundred {found[int(len(found) * 0.99) - 1]:7.3f} ms")
    return median


def main() -> None:
    bench = Bench()
    given = rows(0)
    given_each = [rows(i) for i in range(ROUNDS)]
    own = {"Line": [*copy.deepcopy(given["Line"]), {"text": "x"}]}

    def fresh(i: int) -> float:
        start = time.perf_counter()
        database = Database(read_schema(bench.checked))
        runtime = make_runtime({}, Limits())
        database.begin(runtime, bench.execution.shapes, given_each[i], None)
        took = time.perf_counter() - start
        database.end()
        database.close()
        return took

    measured("reset", lambda i: bench.run_test(given))
    measured("own rows", lambda i: bench.run_test(given, own))
    measured("next task", lambda i: bench.run_test(given_each[i]))
    measured("first task", fresh)


if __name__ == "__main__":
    main()
