"""Rows for a schema, made from a seed so that a statement finds something: literals are planted, keys join up.

Columns that are compared with each other draw from one pool; primary keys count through it. Number columns hold
different values in every row (so that an order has no ties), text columns few values (so that groups have members).
"""

import random
from collections.abc import Sequence
from typing import Any

from sqlglot import exp

from naslforge.synth.collect.shapes import Inexpressible
from naslforge.synth.collect.sqloracle import Rows
from naslforge.synth.collect.sqlschema import Schema, SqlColumn, SqlTable, link_groups, own_nodes, scope_of

_PARENT_ROWS, _CHILD_ROWS = 6, 9
_MARKS = "甲乙丙丁戊己庚辛壬癸"
_POOLS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("姓名", "名字", "人名", "作者", "导演", "歌手", "负责人"), ("李敏", "王强", "张伟", "陈静", "刘洋", "赵磊")),
    (("城市", "地点", "所在地", "总部", "地区", "籍贯"), ("杭州", "北京", "成都", "广州", "西安", "上海")),
    (("国家", "国籍"), ("中国", "法国", "日本", "巴西", "加拿大", "埃及")),
    (("性别",), ("男", "女")),
    (("电话", "手机"), ("13800000001", "13800000002", "13800000003", "13800000004")),
    (("邮箱", "邮件", "email"), ("a@example.com", "b@example.com", "c@example.com", "d@example.com")),
    (("是否",), ("是", "否")),
    (("日期", "时间", "date"), ("2019-03-02", "2020-07-15", "2021-01-09", "2022-11-30", "2018-05-21")),
)  # fmt: skip

Literals = dict[tuple[str, str], list[tuple[str, Any]]]


def literals_of(schema: Schema, statement: exp.Expr) -> Literals:
    """Per column, the operators and constants that a statement compares it with."""
    found: Literals = {}
    for select in statement.find_all(exp.Select):
        try:
            scope = scope_of(schema, select)
            for node in own_nodes(select):
                for column, op, value in _compared(node, scope):
                    found.setdefault(column.key, []).append((op, value))
        except Inexpressible:
            continue
    return found


def _compared(node: exp.Expr, scope: Any) -> list[tuple[SqlColumn, str, Any]]:
    if not isinstance(node, exp.Predicate) or not isinstance(node.this, exp.Column):
        return []
    column = scope.find(node.this)
    sides: Sequence[exp.Expr]
    match node:
        case exp.In():
            sides = node.expressions
        case exp.Between():
            sides = [node.args["low"], node.args["high"]]
        case exp.Binary():
            sides = [node.expression]
        case _:
            sides = []
    values = [v for side in sides if (v := _constant(side, scope)) is not None]
    return [(column[1], type(node).__name__, v) for v in values] if column else []


def _constant(node: exp.Expr, scope: Any) -> Any:
    if isinstance(node, exp.Literal):
        return node.this
    if isinstance(node, exp.Column) and scope.find(node) is None:
        return node.name
    return None


def make_rows(schema: Schema, statement: exp.Expr, seed: str) -> Rows:
    """One database for a statement; the same seed gives the same rows."""
    chooser = random.Random(seed)
    literals = literals_of(schema, statement)
    groups = link_groups(_links(schema, statement))
    used = {t.name.lower() for t in statement.find_all(exp.Table)}
    pools: dict[int, list[Any]] = {}
    rows: Rows = {}
    for table in sorted(schema.tables, key=lambda t: t.primary is None):
        if table.name.lower() in used:
            rows[table.name] = _table_rows(table, literals, groups, pools, chooser)
    return rows


def _links(schema: Schema, statement: exp.Expr) -> list[tuple[SqlColumn, SqlColumn]]:
    pairs = list(schema.links)
    for select in statement.find_all(exp.Select):
        try:
            scope = scope_of(schema, select)
        except Inexpressible:
            continue
        for node in own_nodes(select):
            if (
                isinstance(node, exp.EQ)
                and isinstance(node.this, exp.Column)
                and isinstance(node.expression, exp.Column)
            ):
                a, b = scope.find(node.this), scope.find(node.expression)
                if a and b:
                    pairs.append((a[1], b[1]))
    return pairs


def _table_rows(
    table: SqlTable, literals: Literals, groups: dict[tuple[str, str], list[SqlColumn]], pools: dict[int, list[Any]],
    chooser: random.Random,
) -> list[tuple[Any, ...]]:  # fmt: skip
    count = _PARENT_ROWS if table.primary else _CHILD_ROWS
    count += chooser.randrange(3)
    planted = [chooser.random() < 0.45 for _ in range(count)]
    columns = []
    for column in table.columns:
        group = groups.get(column.key)
        key = column.name == table.primary
        if group:
            pool = pools.setdefault(id(group), _key_pool(group, literals, chooser))
            values = _keys(pool, count, planted, chooser, key)
        elif key:
            values = _distinct_values(column, literals.get(column.key, []), count, chooser)
        else:
            values = _values(column, literals.get(column.key, []), planted, chooser)
        columns.append(values)
    rows = list(zip(*columns, strict=True))
    index = next((i for i, c in enumerate(table.columns) if c.name == table.primary), None)
    if index is not None:
        rows = sorted({row[index]: row for row in rows}.values(), key=lambda row: row[index])
    return rows


def _key_pool(group: list[SqlColumn], literals: Literals, chooser: random.Random) -> list[Any]:
    """The values that a group of linked columns shares, literals first."""
    kind = group[0].type
    wanted = [_cast(v, kind) for c in group for op, v in literals.get(c.key, []) if op in ("EQ", "In")]
    if kind == "String":
        made: list[Any] = [f"{_stem(group[0])}{mark}" for mark in _MARKS]
    else:
        made = [chooser.randrange(1, 4) + 3 * i for i in range(len(_MARKS))]
    return list(dict.fromkeys([w for w in wanted if w is not None] + made))


def _stem(column: SqlColumn) -> str:
    name = column.name.lower().removesuffix("id").removesuffix("编号").strip("_ ")
    return name or "编号"


def _keys(pool: list[Any], count: int, planted: list[bool], chooser: random.Random, key: bool) -> list[Any]:
    if key:
        return [pool[i] if i < len(pool) else None for i in range(min(count, len(pool)))] + [
            pool[-1] for _ in range(count - len(pool))
        ]
    near = pool[: max(3, len(pool) // 2)]
    return [near[0] if plant and chooser.random() < 0.5 else chooser.choice(near) for plant in planted]


def _distinct_values(
    column: SqlColumn, literals: list[tuple[str, Any]], count: int, chooser: random.Random
) -> list[Any]:
    wanted = [v for op, text in literals if (v := _fitting(column, op, text)) is not None]
    if column.type == "String":
        made: list[Any] = [f"{_stem(column)}{mark}" for mark in _MARKS]
    else:
        made = chooser.sample(range(1, 60), 20)
    return list(dict.fromkeys(wanted + made))[:count]


def _values(
    column: SqlColumn, literals: list[tuple[str, Any]], planted: list[bool], chooser: random.Random
) -> list[Any]:
    wanted = [v for op, text in literals if (v := _fitting(column, op, text)) is not None]
    pool = _pool(column, literals, len(planted), chooser)
    return [chooser.choice(wanted) if wanted and plant else pool[i % len(pool)] for i, plant in enumerate(planted)]


def _pool(column: SqlColumn, literals: list[tuple[str, Any]], count: int, chooser: random.Random) -> list[Any]:
    if column.type != "String":
        return _numbers(column, literals, count, chooser)
    named = next((values for words, values in _POOLS if any(w in column.name.lower() for w in words)), None)
    values = list(named or [f"{column.name}{mark}" for mark in _MARKS[:5]])
    chooser.shuffle(values)
    few = values[: max(2, chooser.randrange(2, 6))]
    return [chooser.choice(few) for _ in range(count)]


def _numbers(column: SqlColumn, literals: list[tuple[str, Any]], count: int, chooser: random.Random) -> list[Any]:
    """Different numbers round the constants of the statement, else of a size that fits the name."""
    known = [float(v) for _, text in literals if (v := _cast(text, column.type)) is not None]
    if "年" in column.name and not known:
        low, high = 1990, 2024
    elif known:
        spread = count + 2.0 if "年" in column.name else max(abs(known[0]) * 0.6, count + 2.0)
        low, high = int(min(known) - spread), int(max(known) + spread)
        low = max(low, 0) if min(known) >= 0 else low
    else:
        low, high = 1, chooser.choice((60, 500, 9000))
    numbers: list[Any] = chooser.sample(range(low, high + count), count)
    return [n + chooser.randrange(4) / 4 for n in numbers] if column.type == "Decimal" else numbers


def _fitting(column: SqlColumn, op: str, text: Any) -> Any:
    """A value of the column that satisfies a comparison with a constant."""
    value = _cast(text, column.type)
    if value is None:
        return None
    if column.type == "String":
        return (
            str(text).replace("%", "")
            if op == "Like"
            else text
            if op in ("EQ", "In", "Between", "GTE", "LTE")
            else None
        )
    step = {"GT": 1, "LT": -1, "NEQ": 2}.get(op, 0)
    return value + step


def _cast(text: Any, kind: str) -> Any:
    if kind == "String":
        return str(text)
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if kind == "Long" else number
