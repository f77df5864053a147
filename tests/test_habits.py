"""Every row of habits.toml: the habit is recognised, said in both languages, and its safe edit leaves no error."""

import itertools
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from naslforge.lang import Checked, Diagnostic, Source, check, fix
from naslforge.lang.habits import Habit, habits

CONTEXT = """export namespace app.enums { export enum Status { open = 'open', paid = 'paid' } }
export namespace app.dataSources.defaultDS.entities {
  export class Order {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    name: String;
    amount: Decimal;
    status: app.enums.Status;
  }
}
"""
VALUES = {
    "List": ("items", "names", "lists"),
    "Map": ("counts",),
    "String": ("text",),
    "Number": ("number", "amount"),
    "Date": ("day", "instant"),
    "Enum": ("status",),
    "Any": ("text", "items", "number"),
}
HEAD = """export function habit(
  items: List<Long>, names: List<String>, lists: List<List<Long>>, counts: Map<String, Long>, text: String,
  number: Long, amount: Decimal, day: Date, instant: DateTime, clock: Time, status: app.enums.Status, truth: Boolean,
  orders: List<app.dataSources.defaultDS.entities.Order>, order: app.dataSources.defaultDS.entities.Order
) {
"""
ARGUMENTS = (
    "1", "text", "items", "names", "(item) => item", "(item) => item > 1", "(key, value) => value > 1", "day", "truth",
    "(item) => lists", "lists", "counts", "instant", "status", "order", "/a/", "amount", "(item) => text",
)  # fmt: skip
ROWS = tomllib.loads((resources.files("naslforge.lang") / "habits.toml").read_text("utf-8"))
SAID = {"NF110", "NF164", "NF172", "NF406", "NF415", "NF417", "NF211", "NF107", "NF203", "NF400", "NF410", "NF502"}


def programs(calls: list[str]) -> list[str]:
    """The call as a value and as a statement."""
    return [f"{HEAD}  {body}\n}}\n" for call in calls for body in (f"let r;\n  r = {call};\n  return r;", f"{call};")]


def looked_at(text: str) -> tuple[Checked, Checked]:
    """The program checked as it is, and after its safe edits."""
    sources = [Source("context.ts", CONTEXT, context=True), Source("habit.ts", text)]
    return check(sources), fix(sources).checked


def fault_of(habit: Habit, texts: list[str]) -> str | None:
    """None where some program shows the habit: it is told with words that name what does it here, and the safe edit
    leads to a right program. Else what is wrong."""
    told = False
    for text in texts:
        checked, fixed = looked_at(text)
        mine = [d for d in checked.errors if d.rule.code in SAID and names_it(habit, d)]
        if not mine:
            continue
        told = True
        if not all(d.message.strip() and d.message_zh.strip() for d in mine):
            return "no words"
        edits = [f for d in mine for f in d.fixes if f.edits or f.applicability == "display"]
        if not habit.text or (not habit.safe and edits) or (habit.safe and not fixed.errors):
            return None
    return f"the edit {habit.text!r} leads to no right program" if told else "nobody says anything"


def names_it(habit: Habit, told: Diagnostic) -> bool:
    """Does the report name the function that the habit stands for, in its words or its edits?"""
    named = [word for word in re.findall(r"[A-Za-z_]+", habit.text) if word not in ("nasl", "util", "app")]
    edits = (edit.text for fixing in told.fixes for edit in fixing.edits)
    titles = (fixing.title for fixing in told.fixes)
    return not named or any(named[0] in text for text in (told.message, *edits, *titles))


def with_arguments(head: str, count: int | None) -> list[str]:
    """The call with every choice of arguments, likely ones first."""
    wanted = 1 if count is None else count
    if wanted <= 1:
        choices = itertools.product(ARGUMENTS, repeat=wanted)
    elif wanted == 2:
        choices = itertools.product(ARGUMENTS, repeat=2)
    else:
        few = ("items", "1", "text", "counts", "truth", "amount")
        choices = itertools.product(few, repeat=wanted)
    return [f"{head}({', '.join(chosen)})" for chosen in choices]


METHODS = [habit for known in habits().methods.values() for habit in known]
CALLS = [habit for known in habits().calls.values() for habit in known]
RECEIVERS = [habit for known in habits().receivers.values() for habit in known]
NEWS = [habit for known in habits().news.values() for habit in known]


def test_there_are_enough_rows() -> None:
    assert sum(map(len, ROWS.values())) >= 150


@pytest.mark.parametrize("habit", [h for h in METHODS if h.kind != "Row"], ids=lambda h: f"{h.kind}.{h.name}/{h.count}")
def test_method(habit: Habit) -> None:
    calls = [p for v in VALUES[habit.kind] for p in programs(with_arguments(f"{v}.{habit.name}", habit.count))]
    assert fault_of(habit, calls) is None


@pytest.mark.parametrize("habit", [h for h in METHODS if h.kind == "Row"], ids=lambda h: f"row.{h.name}/{h.count}")
def test_method_of_a_column(habit: Habit) -> None:
    table = "app.dataSources.defaultDS.entities.OrderEntity"
    calls = [
        call.replace("Order.COLUMN", f"Order.{column}")
        for column in ("name", "amount")
        for call in with_arguments(f"Order.COLUMN.{habit.name}", habit.count)
    ]
    where = [f"FROM({table}, Order => $.WHERE({call}))" for call in calls]
    select = [f"FROM({table}, Order => $.SELECT({{ value: {call} }}))" for call in calls]
    assert fault_of(habit, programs([*where, *select])) is None


@pytest.mark.parametrize("habit", CALLS, ids=lambda h: f"{h.name}/{h.count}")
def test_call(habit: Habit) -> None:
    assert fault_of(habit, programs(with_arguments(habit.name, habit.count))) is None


@pytest.mark.parametrize("habit", RECEIVERS, ids=lambda h: f"{h.name}/{h.kind}/{h.count}")
def test_receiver(habit: Habit) -> None:
    firsts = {**VALUES, "DateTime": ("instant",)}[habit.kind]
    count = 1 if habit.count is None else habit.count
    rest = with_arguments("", count - 1) if count > 1 else ["()"]
    calls = [f"{habit.name}({first}, {args[1:]}".replace(", )", ")") for first in firsts for args in rest]
    assert fault_of(habit, programs(calls)) is None


@pytest.mark.parametrize("habit", NEWS, ids=lambda h: f"new {h.name}/{h.count}")
def test_new(habit: Habit) -> None:
    assert fault_of(habit, programs(with_arguments(f"new {habit.name}", habit.count))) is None


@pytest.mark.parametrize("habit", habits().names.values(), ids=lambda h: h.name)
def test_name(habit: Habit) -> None:
    checked, fixed = looked_at(f"{HEAD}  let r: Any;\n  r = {habit.name};\n  return r;\n}}\n")
    said = [d for d in checked.errors if d.rule.code in SAID]
    assert said, f"nobody says anything of {habit.name}"
    if habit.text in ("null", "true", "false"):
        assert not fixed.errors


@pytest.mark.parametrize("method", habits().tables)
def test_table(method: str) -> None:
    logic, sure = habits().tables[method]
    given = {"get": "1", "delete": "1", "create": "order", "update": "order", "createOrUpdate": "order"}
    args = given.get(logic, "Order => Order.id == 1")
    if logic.startswith("batch"):
        args = "[1, 2]" if logic == "batchDelete" else "orders"
    extra = ", order" if logic == "updateBy" else ""
    text = f"{HEAD}  app.dataSources.defaultDS.entities.OrderEntity.{method}({args}{extra});\n}}\n"
    checked, fixed = looked_at(text)
    (said,) = [d for d in checked.errors if d.rule.code == "NF511"]
    assert logic in said.message and logic in said.message_zh
    if sure:
        assert not fixed.errors or args == "Order => Order.id == 1"


def test_the_rows_are_data() -> None:
    """Nothing beside the table: a name that no row holds is not told as a habit."""
    checked, _ = looked_at(f"{HEAD}  text.zzzUnheardOf();\n}}\n")
    assert {d.rule.code for d in checked.errors} == {"NF407"}
    assert Path(str(resources.files("naslforge.lang") / "habits.toml")).name == "habits.toml"
