"""CHASE and RETQA to tasks: SQL compiled to NASL, rows made or taken, SQLite as the oracle."""

import json
from pathlib import Path

import pytest
import sqlglot

from naslforge.synth.collect import collect
from naslforge.synth.collect.chase import read_schema
from naslforge.synth.collect.shapes import Inexpressible
from naslforge.synth.collect.sqlcompile import compile_select
from naslforge.synth.collect.sqloracle import answer
from naslforge.synth.collect.sqlschema import Schema, learn_types
from naslforge.synth.collect.sqlworlds import make_rows

SHARED = Path(__file__).parents[2] / "shared" / "data"
SCHEMA = {
    "db_id": "学校",
    "table_names_original": ["班级", "学生"],
    "column_names_original": [[-1, "*"], [0, "班级id"], [0, "名称"], [0, "人数"], [1, "姓名"], [1, "所属班级"],
                              [1, "身高（cm）"], [1, "城市"]],
    "column_types": ["text", "number", "text", "number", "text", "number", "number", "text"],
    "primary_keys": [1],
    "foreign_keys": [[5, 1]],
}  # fmt: skip


def schema_for(*statements: str) -> Schema:
    schema = read_schema(SCHEMA)
    learn_types(schema, [sqlglot.parse_one(s, read="sqlite") for s in statements])
    return schema


def compiled(sql: str) -> str:
    return compile_select(schema_for(sql), sqlglot.parse_one(sql, read="sqlite")).reference("f")


def body(sql: str) -> str:
    """The statements of the reference on one line, without what all of them share."""
    text = " ".join(compiled(sql).split()).replace("app.dataSources.defaultDS.entities.", "")
    return text.partition("{ let ")[2].removesuffix(" return result; } }")


@pytest.mark.parametrize(
    ("sql", "part"),
    [
        ("select 姓名 from 学生", "result = FROM(学生Entity, 学生 => $.SELECT(学生.姓名));"),
        ("select 姓名, 城市 from 学生", ".SELECT({ 姓名: 学生.姓名, 城市: 学生.城市 })"),
        ("select * from 班级", ".SELECT(班级)"),
        ("select * from 学生",
         ".SELECT({ 姓名: 学生.姓名, 所属班级: 学生.所属班级, 身高Cm: 学生.身高Cm, 城市: 学生.城市 })"),
        ("select distinct 城市 from 学生", ".SELECT_DISTINCT(学生.城市)"),
        ('select 姓名 from 学生 where 城市 = "杭州"', ".WHERE(学生.城市 == '杭州')"),
        ("select 姓名 from 学生 where `身高（cm）` between 150 and 170", "BETWEEN(学生.身高Cm, 150, 170)"),
        ('select 姓名 from 学生 where 城市 like "%州"', "ENDS_WITH(学生.城市, '州')"),
        ('select 姓名 from 学生 where 城市 like "%州%"', "LIKE(学生.城市, '州')"),
        ('select 姓名 from 学生 where 城市 like "杭州"', "学生.城市 == '杭州'"),
        ('select 姓名 from 学生 where 城市 = "a" and (姓名 = "b" or 姓名 = "c")',
         "学生.城市 == 'a' && (学生.姓名 == 'b' || 学生.姓名 == 'c')"),
        ('select 姓名 from 学生 where 城市 in ("a", "b")', "IN(学生.城市, ['a', 'b'])"),
        ("select count(*) from 学生",
         "rows = FROM(学生Entity, 学生 => $.SELECT(COUNT())); result = nasl.util.Get(rows, 0);"),
        ("select count(distinct 城市) from 学生", "COUNT_DISTINCT(学生.城市)"),
        ("select 城市, count(*) from 学生 group by 城市 having count(*) > 1 order by count(*) desc limit 2",
         ".GROUP_BY(学生.城市) .HAVING(COUNT() > 1) .ORDER_BY([COUNT(), 'DESC']) "
         ".SELECT({ 城市: 学生.城市, count: COUNT() }) .LIMIT(2)"),
        ("select t1.名称 from 班级 as t1 join 学生 as t2 on t1.班级id = t2.所属班级 group by t2.所属班级",
         ".INNER_JOIN(学生Entity, 学生 => ON(班级.班级Id == 学生.所属班级)) .GROUP_BY(学生.所属班级, 班级.名称)"),
        ("select 姓名 from 学生 where 所属班级 in (select 班级id from 班级 where 人数 > 30)",
         "IN(学生.所属班级, FROM(班级Entity, 班级 => $.WHERE(班级.人数 > 30).SELECT(班级.班级Id)))"),
        ("select 名称 from 班级 where 班级id not in (select 所属班级 from 学生)", "!IN(班级.班级Id, FROM(学生Entity"),
        ("select 名称 from 班级 where 人数 = (select max(人数) from 班级)",
         "IN(班级.人数, FROM(班级Entity, 班级2 => $.SELECT(MAX(班级2.人数))))"),
        ("select 名称 from 班级 where 人数 > (select avg(人数) from 班级)",
         "found = FROM(班级Entity, 班级2 => $.SELECT(AVG(班级2.人数))); bound = nasl.util.Get(found, 0); result"),
        ('select 城市 from 学生 where 姓名 = "a" except select 城市 from 学生 where 姓名 = "b"',
         ".WHERE(学生.姓名 == 'a' && !IN(学生.城市, FROM(学生Entity, 学生2 => "),
        ("select 名称 from 班级 union select 姓名 from 学生",
         "nasl.util.AddAll(result, more); nasl.util.ListDistinct(result);"),
        ("select 姓名 from (select * from 学生 order by 所属班级 desc limit 3) order by 姓名 limit 1",
         "IN(学生.id, FROM(学生Entity, 学生2 => $.ORDER_BY([学生2.所属班级, 'DESC']).SELECT(学生2.id).LIMIT(3)))"),
        ("select abs((select 人数 from 班级 where 班级id = 1) - (select 人数 from 班级 where 班级id = 2))",
         "result = nasl.util.Abs(bound - bound2);"),
    ],
)  # fmt: skip
def test_sql_compiles(sql: str, part: str) -> None:
    assert part in body(sql.replace("`", '"'))


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("select * from 班级 join 学生 on 班级id = 所属班级", "all columns of a join"),
        ("select 姓名 from 班级 join 学生", "join without a condition"),
        ("select 姓名, count(*) from 学生", "beside an aggregate"),
        ('select 姓名 from 学生 where 城市 like "a%b"', "wildcards"),
        ("select 姓名, 城市 from 学生 intersect select 姓名, 城市 from 学生", "more than one plain column"),
        ("select x from 学生", "not in the schema"),
        ("select 姓名 from 老师", "not in the schema"),
        ("select case when 人数 > 1 then 1 else 2 end from 班级", "value of kind"),
        ("select 姓名 from 学生 s where exists (select 1 from 班级)", "condition of kind"),
        ("select 姓名 from (select 姓名 from 学生 group by 姓名)", "changes its rows"),
        ("select 1 + 1", "without a table"),
    ],
)
def test_what_nasl_cannot_say_has_a_reason(sql: str, reason: str) -> None:
    with pytest.raises(Inexpressible, match=reason):
        compiled(sql)


def test_types_follow_from_use() -> None:
    schema = schema_for(
        'select 姓名 from 学生 where 所属班级 = 3 and 城市 > "a"', "select avg(人数) from 班级 where 人数 < 2.5"
    )
    kinds = {c.name: c.type for t in schema.tables for c in t.columns}
    assert kinds == {"班级id": "Long", "名称": "String", "人数": "Decimal", "姓名": "String", "所属班级": "Long",
                     "身高（cm）": "Decimal", "城市": "String"} or kinds["身高（cm）"] == "Long"  # fmt: skip


def test_rows_meet_the_statement_and_repeat() -> None:
    sql = 'select 姓名 from 班级 join 学生 on 班级id = 所属班级 where 名称 = "三班" and 城市 = "杭州"'
    schema, statement = schema_for(sql), sqlglot.parse_one(sql, read="sqlite")
    assert make_rows(schema, statement, "a") == make_rows(schema, statement, "a")
    hits = [answer(schema, make_rows(schema, statement, str(n)), sql, False) for n in range(12)]
    assert sum(bool(h) for h in hits) >= 3


def test_ties_are_refused() -> None:
    sql = "select 姓名 from 学生 order by 城市 limit 1"
    schema = schema_for(sql)
    rows = {"学生": [("a", 1, 150, "x"), ("b", 1, 160, "x")]}
    with pytest.raises(Inexpressible, match="order of stored rows"):
        answer(schema, rows, sql, True)
    with pytest.raises(Inexpressible, match="refuses"):
        answer(schema, rows, "select nothing from 学生", True)


def chase_files(folder: Path) -> Path:
    turns = [
        {"question_id": "q1", "utterance": "有哪些学生？", "query": "select 姓名 from 学生",
         "context": ["Context Independent"]},
        {"question_id": "q2", "utterance": "来自杭州的呢？", "query": 'select 姓名 from 学生 where 城市 = "杭州"',
         "context": ["Ellipsis Continuation"]},
    ]  # fmt: skip
    dialogue = {"db_id": "学校", "turns": turns, "final": {}}
    (folder / "train.jsonl").write_text(json.dumps(dialogue, ensure_ascii=False) + "\n")
    (folder / "tables.jsonl").write_text(json.dumps(SCHEMA, ensure_ascii=False) + "\n")
    return folder


def test_chase_questions_become_tasks(tmp_path: Path) -> None:
    alone, last = collect("chase", chase_files(tmp_path))
    assert alone.instruction == "有哪些学生？" and alone.entry == "app.logics.findRecords"
    assert "1. 有哪些学生？\n2. 来自杭州的呢？" in last.instruction
    assert "export class 学生 {" in last.context and "班级" not in last.world["db"]
    assert len(last.tests) == 3 and last.tests[1].world is not None and not last.tests[0].ordered
    rows = last.world["db"]["学生"]
    assert sorted(last.tests[0].expect) == sorted(r["姓名"] for r in rows if r["城市"] == "杭州")
    assert last.meta["license"].startswith("MIT") and last.meta["original"]["id"] == "q2"


def test_chase_without_tables_is_told(tmp_path: Path) -> None:
    chase_files(tmp_path)
    (tmp_path / "tables.jsonl").unlink()
    found = collect("chase", tmp_path)
    assert list(found) == [] and found.dropped == {"task: no schema or statement": 2}


def test_retqa_question_becomes_a_task(tmp_path: Path) -> None:
    table = {"db": "价格", "name": "房价表", "header": ["小区", "均价", "月份"],
             "rows": [[f"小区{n}", str(9000 + 7 * n), "2020年01月"] for n in range(20)]}  # fmt: skip
    row = {"query": "哪个小区最贵？", "SQL": 'SELECT "小区" FROM "房价表" ORDER BY "均价" DESC LIMIT 1;'}
    rows = [row | {"SQL_result": [["小区19"]]}, row | {"SQL_result": [["小区1"]]}]
    (tmp_path / "train.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows))
    (tmp_path / "tables.jsonl").write_text(json.dumps(table, ensure_ascii=False) + "\n")
    found = collect("retqa", tmp_path)
    (task,) = found
    assert found.dropped == {"task: SQL that does not give the data's own result": 1}
    assert task.tests[0].expect == ["小区19"] and len(task.world["db"]["房价表"]) <= 12
    assert len({str(t.expect) for t in task.tests}) > 1 and task.tests[0].ordered


@pytest.mark.parametrize("name", ["chase", "retqa"])
def test_shared_sets_give_tasks(name: str) -> None:
    if not (SHARED / name).exists():
        pytest.skip(f"shared data {name} is not beside this checkout")
    found = collect(name, SHARED / name)
    for task in found:
        assert len(task.tests) == 3 and task.meta["reference"]
        if found.kept >= 150:
            break
    assert sum(found.dropped.values()) < found.kept and "row of an unexpected shape" not in found.dropped


def test_broken_dialogues_and_schemas_are_told(tmp_path: Path) -> None:
    good = (chase_files(tmp_path) / "train.jsonl").read_text()
    (tmp_path / "train.jsonl").write_text('{"db_id": "学校", "turns": [{}]}\n{"db_id": 1}\n' + good)
    (tmp_path / "tables.jsonl").write_text(json.dumps(SCHEMA | {"column_types": []}, ensure_ascii=False) + "\n")
    found = collect("chase", tmp_path)
    assert list(found) == [] and found.dropped["row of an unexpected shape"] == 1
    assert found.dropped["schema of an unexpected shape"] == 1
