"""Open data to tasks: MBPP, WikiSQL, one's own JSON Lines, and what must be refused."""

import ast
import gzip
import json
from pathlib import Path

import pytest

from naslforge.journal import InputError
from naslforge.records import Task
from naslforge.synth.collect import SOURCES, collect
from naslforge.synth.collect.asserts import read_assert
from naslforge.synth.collect.literals import constant
from naslforge.synth.collect.logical import letters_and_digits, matches, number
from naslforge.synth.collect.mbpp import untag
from naslforge.synth.collect.names import camel_case, distinct, pascal_case
from naslforge.synth.collect.shapes import Inexpressible, join, settle, shape_of, to_wire, type_text

SHARED = Path(__file__).parents[2] / "shared" / "data"


def needs(name: str) -> Path:
    if not (SHARED / name).exists():
        pytest.skip(f"shared data {name} is not beside this checkout")
    return SHARED / name


def write(path: Path, *rows: object) -> Path:
    text = "".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


# --- Python tests to cases -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "args", "expect", "ordered", "tolerance"),
    [
        ("assert f(1, -2) == 3", (1, -2), 3, True, None),
        ("assert 3 == f([1, 2])", ([1, 2],), 3, True, None),
        ("assert f('a')", ("a",), True, True, None),
        ("assert not f('a')", ("a",), False, True, None),
        ("assert f(1) is None", (1,), None, True, None),
        ("assert f(2 * 3) is True", (6,), True, True, None),
        ("assert set(f(1)) == set((4, 5))", (1,), [4, 5], False, None),
        ("assert sorted(f(1)) == sorted([2, 1])", (1,), [1, 2], False, None),
        ("assert f(1) == {3, 2}", (1,), [2, 3], False, None),
        ("assert tuple(f(1)) == (1, 2)", (1,), (1, 2), True, None),
        ("assert math.isclose(f(1), 2.0, rel_tol=0.001)", (1,), 2.0, True, 0.002),
        ("assert abs(f(1) - 2.5) < 1e-3", (1,), 2.5, True, 0.001),
        ("assert round(f(1), 2) == 2.35", (1,), 2.35, True, 0.005),
        ("assert f([0] * 3, 'ab' + 'c') == 10**3", ([0, 0, 0], "abc"), 1000, True, None),
    ],
)
def test_asserts_become_cases(line: str, args: tuple, expect: object, ordered: bool, tolerance: float | None) -> None:
    case = read_assert(line, "f")
    assert (case.args, case.expect, case.ordered) == (args, expect, ordered)
    assert case.tolerance == pytest.approx(tolerance) if tolerance else case.tolerance is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("assert len(f(1)) == 2", "part of the result"),
        ("assert f(1)[0] == 2", "part of the result"),
        ("assert f(lambda x: x) == 2", "function as argument"),
        ("assert f(1) == 2 + 3j", "complex"),
        ("assert f(b'x') == 1", "bytes"),
        ("assert f(root) == 1", "no constant"),
        ("assert f(1) == f(2)", "both sides"),
        ("assert f(1) > 3", "no equation"),
        ("print(f(1))", "single assert"),
        ("assert f(1) ==", "no Python"),
        ("assert f(*[1, 2]) == 1", "spread"),
        ("assert f(9**9**9) == 1", "power"),
        ("assert f([0] * 10**9) == 1", "too long"),
        ("assert f(open('x')) == 1", "other Python code"),
    ],
)
def test_what_cannot_be_said_has_a_reason(line: str, reason: str) -> None:
    with pytest.raises(Inexpressible, match=reason):
        read_assert(line, "f")


def test_constants_never_run_code() -> None:
    assert constant(expression("-(2 + 3) // 2")) == -3
    assert constant(expression("list(range(3))")) == [0, 1, 2]
    with pytest.raises(Inexpressible):
        constant(expression("__import__('os').getcwd()"))
    with pytest.raises(Inexpressible):
        constant(expression("1 / 0"))


# --- values to types -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([1, 2], "Long"),
        ([1, 2.5], "Decimal"),
        ([True, False], "Boolean"),
        (["a", None], "String"),
        ([[1], []], "List<Long>"),
        ([(1, 2), (3, 4, 5)], "List<Long>"),
        ([("a", 1)], "{ first: String, second: Long }"),
        ([[("a", 1)], [("b", 2.5)]], "List<{ first: String, second: Decimal }>"),
        ([{"a": [1]}, {}], "Map<String, List<Long>>"),
        ([{1: True}], "Map<Long, Boolean>"),
        ([{"name": "x", "price": 1.5}], "{ name: String, price: Decimal }"),
        ([{2, 1}], "List<Long>"),
    ],
)
def test_types_are_inferred_over_all_values(values: list, text: str) -> None:
    shape = shape_of(values[0])
    for value in values[1:]:
        shape = join(shape, shape_of(value))
    assert type_text(settle(shape)) == text


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([1, "a"], "mixed types"),
        ([True, 2], "mixed types"),
        (2**63, "64 bits"),
        (float("inf"), "infinite"),
        ({(1, 2): 3}, "map key"),
        (1j, "complex"),
        (b"x", "bytes"),
    ],
)
def test_values_without_a_type(value: object, reason: str) -> None:
    with pytest.raises(Inexpressible, match=reason):
        settle(shape_of(value))


def test_values_go_on_the_wire_by_their_shape() -> None:
    shape = settle(shape_of([("a", 1)]))
    assert to_wire([("a", 1)], shape) == [{"first": "a", "second": 1}]
    assert to_wire({3, 1}, settle(shape_of({3, 1}))) == [1, 3]
    assert to_wire({1: "x", 2: "y"}, settle(shape_of({1: "x"}))) == {"1": "x", "2": "y"}


def test_names_are_legal_and_distinct() -> None:
    assert camel_case("find_Max_Val") == "findMaxVal"
    assert camel_case("class") == "classValue"
    assert camel_case("São Paulo (2004)") == "saoPaulo2004"
    assert camel_case("屏幕使用量（kb）") == "屏幕使用量Kb"
    assert pascal_case("date") == "DateRecord"
    assert distinct(["a", "A", "b"], taken=["b"]) == ["a", "A2", "b2"]


# --- MBPP ------------------------------------------------------------------------------------------------------------

SHARED_ELEMENTS = {
    "task_id": 2,
    "text": "Write a function to find the similar elements from the given two tuple lists.",
    "code": "def similar_elements(test_tup1, test_tup2):\r\n  return tuple(set(test_tup1) & set(test_tup2))",
    "test_list": ["assert similar_elements((3, 4), (4, 10)) == (4,)"],
}
CHECKED = {
    "task_id": 2,
    "prompt": "Write a function to find the shared elements from the given two lists.",
    "code": SHARED_ELEMENTS["code"],
    "test_list": [
        "assert set(similar_elements((3, 4, 5, 6),(5, 7, 4, 10))) == set((4, 5))",
        "assert set(similar_elements((1, 2, 3, 4),(5, 4, 3, 7))) == set((3, 4))",
        "assert set(similar_elements((11, 12, 14, 13),(17, 15, 14, 13))) == set((13, 14))",
    ],
}
PLUS = {
    "task_id": 2,
    "atol": 0,
    "cases": [
        {"in": [{"$tuple": [3, 4, 5, 6]}, {"$tuple": [5, 7, 4, 10]}], "out": {"$tuple": [4, 5]}, "base": 1},
        {"in": [{"$tuple": []}, {"$tuple": []}], "out": {"$tuple": []}},
        {"in": [{"$tuple": ["a"]}, {"$tuple": ["a"]}], "out": {"$tuple": ["a"]}},
    ],
}


def test_mbpp_prefers_the_checked_wording_and_adds_cases(tmp_path: Path) -> None:
    write(tmp_path / "mbpp.jsonl", SHARED_ELEMENTS)
    write(tmp_path / "mbpp_sanitized.jsonl.gz", CHECKED)
    write(tmp_path / "mbpp_plus_io.jsonl", PLUS)
    found = collect("mbpp", tmp_path)
    (task,) = found
    assert task.signature == ("export function similarElements(testTup1: List<Long>, testTup2: List<Long>): List<Long>")
    assert (task.id, task.entry, task.sublanguage) == ("mbpp/2", "app.logics.similarElements", "base")
    assert task.instruction == CHECKED["prompt"] and task.meta["license"] == "CC-BY-4.0"
    assert [t.expect for t in task.tests] == [[4, 5], [3, 4], [13, 14], []]
    assert not any(t.ordered for t in task.tests)
    assert found.dropped == {"plus case: of another type": 1} and found.kept == 1


def test_mbpp_drops_with_reasons(tmp_path: Path) -> None:
    tree = {"task_id": 3, "text": "t", "code": "def f(a): pass", "test_list": ["assert f(root)"] * 3}
    held = SHARED_ELEMENTS | {"task_id": 50}
    path = write(tmp_path / "mbpp.jsonl", tree, held, SHARED_ELEMENTS, "{broken", {"task_id": 9}, [1])
    found = collect("mbpp", path)
    assert list(found) == []
    assert found.dropped["held out for evaluation"] == 1
    assert found.dropped["broken line"] == 2
    assert f"{path}:4: broken JSON" in found.examples["broken line"][0]
    assert found.dropped["task: fewer than 3 different tests"] == 1
    assert any(
        "missing column code, test_list (needed: task_id, code, test_list)" in reason for reason in found.dropped
    )


@pytest.mark.parametrize(
    "row",
    [
        {"task_id": 3, "code": None, "test_list": []},
        {"task_id": 3, "code": "def f(): pass", "test_list": "assert f()"},
        {"task_id": [3], "code": "x", "test_list": []},
        {"task_id": 3, "code": "x", "test_list": [7]},
    ],
)
def test_columns_of_the_wrong_kind_are_told_not_raised(tmp_path: Path, row: dict) -> None:
    found = collect("mbpp", write(tmp_path / "mbpp.jsonl", row))
    assert list(found) == [] and sum(found.dropped.values()) == 1


def test_tagged_values_are_read() -> None:
    assert untag({"$dict": [[{"$tuple": [1]}, {"$bigint": "7"}]]}) == {(1,): 7}
    assert untag([{"$set": [2, 1]}, {"$float": "inf"}, {"a": 1}]) == [[1, 2], float("inf"), {"a": 1}]


def test_shared_mbpp_yields_most_problems() -> None:
    found = collect("mbpp", needs("mbpp"))
    tasks = list(found)
    assert len(tasks) > 750 and len({t.id for t in tasks}) == len(tasks)
    assert all(3 <= len(t.tests) <= 20 for t in tasks)
    assert all(not 11 <= t.meta["original"]["id"] <= 130 for t in tasks)
    assert len(tasks) + sum(n for reason, n in found.dropped.items() if reason.startswith("task:")) == 853


# --- WikiSQL ---------------------------------------------------------------------------------------------------------

TABLE = {
    "id": "t1",
    "title": "list of office lunch (2020)",
    "header": ["Name", "no.", "price (usd)", "date", "name"],
    "types": ["text", "real", "real", "text", "text"],
    "rows": [
        ["rice & egg", "1", "1,200", "may 1", "a"],
        ["rice  egg", "2", "3.5", "may 2", "b"],
        ["noodles", "3", "n / a", "may 3", "c"],
        ["soup", "4", "12%", "may 3", "d"],
    ],
}


def question(**given: object) -> dict:
    return {"id": "wikisql-train-1", "question": "?", "table_id": "t1", "agg": "", "sel": "date", "sel_idx": 3,
            "conds": [["name", "=", "Soup"]], "cond_idx": [0], "status": "ok", "answer": ["may 3"],
            **given}  # fmt: skip


def one(tmp_path: Path, **given: object) -> Task:
    write(tmp_path / "train.jsonl", question(**given))
    write(tmp_path / "train.tables.jsonl", TABLE)
    found = collect("wikisql", tmp_path)
    tasks = list(found)
    assert tasks, found.dropped
    return tasks[0]


def test_wikisql_table_becomes_an_entity(tmp_path: Path) -> None:
    task = one(tmp_path)
    assert "export class OfficeLunch2020 {" in task.context
    for line in ("id: Long;", "name: String;", "no: Long;", "priceUsd: Decimal;", "name2: String;"):
        assert line in task.context
    rows = task.world["db"]["OfficeLunch2020"]
    assert rows[0] == {"id": 1, "name": "rice & egg", "no": 1, "priceUsd": 1200, "date": "may 1", "name2": "a"}
    assert [row["priceUsd"] for row in rows] == [1200, 3.5, None, 12]
    assert task.signature == "export function findDate(name: String): List<String>"
    assert "OfficeLunch2020.name == name" in task.meta["reference"]
    assert len(task.tests) == 3 and task.tests[0].args == ["soup"] and task.tests[0].expect == ["may 3"]
    assert task.instruction_en == "?" and "`name`" in task.instruction


def test_wikisql_several_spellings_become_a_list(tmp_path: Path) -> None:
    task = one(tmp_path, conds=[["name", "=", "Rice-Egg"]], answer=["may 1", "may 2"])
    assert task.signature == "export function findDate(nameValues: List<String>): List<String>"
    assert "IN(OfficeLunch2020.name, nameValues)" in task.meta["reference"]
    assert task.tests[0].args == [["rice  egg", "rice & egg"]]


def test_wikisql_aggregates_and_ranges(tmp_path: Path) -> None:
    task = one(tmp_path, agg="MAX", sel_idx=2, conds=[["no.", "<", "4"]], cond_idx=[1], answer=[1200.0])
    assert task.signature == "export function maxPriceUsd(noBelow: Long): Decimal"
    assert "SELECT(MAX(OfficeLunch2020.priceUsd))" in task.meta["reference"]
    assert task.tests[0].args == [4] and task.tests[0].expect == 1200
    count = one(tmp_path, agg="COUNT", conds=[], cond_idx=[], answer=[4])
    assert count.signature == "export function countDate(): Long"
    assert [t.expect for t in count.tests] == [4, 2, 2] and count.tests[1].world is not None


def test_wikisql_number_column_compared_as_text_stays_text(tmp_path: Path) -> None:
    task = one(tmp_path, conds=[["price", "=", "n/a"]], cond_idx=[2])
    assert "priceUsd: String" in task.signature and task.tests[0].args == ["n / a"]


def test_wikisql_drops(tmp_path: Path) -> None:
    rows = [question(status="no_rows"), question(answer=["june"]), question(table_id="t9"), question(agg="MAX")]
    write(tmp_path / "train.jsonl", *rows)
    write(tmp_path / "train.tables.jsonl", TABLE)
    found = collect("wikisql", tmp_path)
    assert list(found) == []
    assert set(found.dropped) == {
        "question without answer: no_rows", "task: answer does not follow from the rows", "task: table not found",
        "task: aggregate of a text column",
    }  # fmt: skip


def test_wikisql_equality_is_by_letters_digits_or_number() -> None:
    assert matches("- 9.50", "=", "-9.5") and matches("Straße 1", "=", "STRASSE 1") is False
    assert letters_and_digits("Carlos Moyà!") == "carlosmoya"
    assert number("1 , 234.5 %") is not None and number("2005-06") is None
    assert matches("12", ">", "9") and not matches("x", ">", "9")


def test_shared_wikisql_compiles_nearly_all() -> None:
    found = collect("wikisql", needs("wikisql"))
    for task in found:
        assert len(task.tests) == 3
        if found.kept >= 2000:  # the whole file takes half a minute; the release run does all of it
            break
    lost = sum(n for reason, n in found.dropped.items() if reason.startswith("task:"))
    assert lost <= found.kept / 100 and "row of an unexpected shape" not in found.dropped


# --- one's own JSON Lines, refusals ----------------------------------------------------------------------------------


def test_jsonl_takes_tasks_and_plain_rows(tmp_path: Path) -> None:
    full = Task("own/1", "base", "加一", "app.logics.f", [], signature="export function f(a: Long): Long").to_json()
    plain = {
        "instruction": "求和", "signature": "export function add(a: Long, b: Long): Long",
        "tests": [{"input": [1, 2], "output": 3}], "owner": "me",
    }  # fmt: skip
    wish = {"instruction": "查询请假记录", "context": "export namespace app.dataSources.defaultDS.entities {}"}
    found = collect("jsonl", write(tmp_path / "mine.jsonl", full, plain, wish), license="CC0-1.0")
    first, second, third = found
    assert first.id == "own/1" and first.meta["needs"] == ["tests"]
    assert second.entry == "app.logics.add" and second.tests[0].args == [1, 2] and second.tests[0].expect == 3
    assert second.meta["extra"] == {"owner": "me"} and second.meta["license"] == "CC0-1.0"
    assert third.sublanguage == "query" and third.meta["needs"] == ["tests", "entry"]
    assert second.id.startswith("mine/") and not found.dropped


def test_jsonl_reports_every_broken_line(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mine.jsonl", "{", {"tests": []}, {"instruction": "x", "tests": [{"args": [1], "expect": 1}]},
        {"instruction": "x", "sublanguage": "cobol"}, {"instruction": "x", "signature": "def f()"}, "[]",
        {"instruction": "x", "tests": [{"arg": 1}], "entry": "app.logics.f"},
        {"instruction": "好"}, {"instruction": "好"},
    )  # fmt: skip
    found = collect("jsonl", path)
    assert [t.instruction for t in found] == ["好"]
    told = "\n".join(line for lines in found.examples.values() for line in lines)
    for place in range(1, 8):
        assert f"{path}:{place}: " in told
    assert "missing column 'instruction'" in told and "needed: instruction" in told
    assert "unknown key 'arg'" in told and "second task with the same id" in told
    assert sum(found.dropped.values()) == 8


def test_unknown_source_and_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="known: mbpp"):
        collect("humaneval", tmp_path)
    for source in SOURCES:
        with pytest.raises(InputError, match="no such file"):
            list(collect(source, tmp_path / "nothing"))
        with pytest.raises(InputError, match=r"in this folder"):
            list(collect(source, tmp_path))


@pytest.mark.parametrize("source", ["mbpp", "jsonl"])
@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("HumanEval.jsonl", {"task_id": 1}),
        ("mine.jsonl", {"task_id": "HumanEval/3", "prompt": "x", "instruction": "y"}),
        ("mine.jsonl", {"task_id": 1, "entry_point": "below_zero", "prompt": "def below_zero(operations):"}),
        ("mine.jsonl", {"task_id": "typescript/0", "entry_point": "below_zero", "prompt": "银行账户"}),
    ],
)
def test_humaneval_is_refused(tmp_path: Path, source: str, name: str, row: dict) -> None:
    path = write(tmp_path / name, row)
    with pytest.raises(InputError, match="for evaluation only"):
        list(collect(source, path))
