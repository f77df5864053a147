"""Queries over two entities and with groups: joins, totals by key, HAVING, sub-queries, months."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from naslforge.synth.families.context import Shape, Unfit, choose, enums_of, parent_of
from naslforge.synth.families.frame import Draft, Family, camel, case, plural
from naslforge.synth.families.queries import make_unique, ordered, stored_rows
from naslforge.synth.families.values import FOLDS, spoken
from naslforge.synth.families.wording import condition, tempt
from naslforge.synth.vocabulary import Domain, Field

Rows = list[dict[str, Any]]
NOUNS = {"SUM": "合计", "MAX": "最大值", "MIN": "最小值", "COUNT": "数量"}


def two_tables(rng: Random, domain: Domain, needs: tuple[str, ...],
               above: tuple[str, ...]) -> tuple[Shape, list[Field], Shape, list[Field], Field]:  # fmt: skip
    """A child entity with its fields, its parent with its fields, and the key field between them.

    Raises Unfit when the domain has no such pair.
    """
    for _ in range(20):
        child, found = choose(rng, domain, needs, stored=True, linked=True, extra=0)
        try:
            parent, over = parent_of(rng, domain, child, above)
        except Unfit:
            continue
        link = domain.entity(child.name).link
        names = {f.name for f in child.fields} & {f.name for f in parent.fields}
        if link is not None and not names:
            return child, found, parent, over, link
    raise Unfit(f"{domain.name} has no such pair of entities")


def fill_tables(rng: Random, domain: Domain, child: Shape, parent: Shape, link: Field,
    count: int = 9) -> tuple[Rows, Rows]:  # fmt: skip
    """Rows of both tables; one child points to nobody and one parent has no children."""
    above = stored_rows(rng, domain, parent, 4)
    below = stored_rows(rng, domain, child, count)
    for place, row in enumerate(below):
        row[link.name] = 99 if place == count - 2 else rng.choice((1, 2, 3))
    return below, above


def join_list(rng: Random, domain: Domain) -> Draft:
    child, (text, number), parent, (name,), link = two_tables(rng, domain, ("text", "number"), ("text",))
    left = rng.random() < 0.5
    rule = condition(rng, domain, number)
    below, above = fill_tables(rng, domain, child, parent, link)
    below = tempt(rng, below, [rule])
    below[-1] |= {number.name: rule.fitting(rng), link.name: 99}
    a, b = child.name, parent.name
    kind = "LEFT_JOIN" if left else "INNER_JOIN"

    def test(below):
        rows = []
        for row in below:
            other = next((p for p in above if p["id"] == row[link.name]), None)
            if rule.holds(row) and (other or left):
                rows.append({text.name: row[text.name], name.name: other[name.name] if other else None})
        return case([], rows, world={"db": {a: below, b: above}})

    type_ = f"List<{{ {text.name}: {text.type}, {name.name}: {name.type} }}>"
    missing = f"没有对应{parent.label}时{name.label}为空" if left else f"没有对应{parent.label}的不返回"
    return Draft(
        zh=(
            f"查询{rule.zh}的{child.label}，返回{text.label}以及所属{parent.label}的{name.label}，"
            f"{missing}，按{child.label}主键排序",
            f"关联{child.label}与{parent.label}（{link.label}对应{parent.label}主键），"
            f"列出{rule.zh}的{text.label}和{name.label}，{missing}，按{child.label}主键升序",
            f"返回{child.label}的{text.label}和对应{parent.label}的{name.label}，"
            f"条件是{rule.zh}，{missing}，结果按{child.label}主键升序",
            f"{child.label}通过{link.label}关联{parent.label}，"
            f"请查出{rule.zh}的记录的{text.label}、{name.label}，{missing}，顺序按{child.label}主键",
        ),
        en=f"{text.english} of the {child.english} rows whose {rule.en}, with {name.english} of their {parent.english}"
        + (", null when missing" if left else ", only where it exists"),
        name=camel("list", plural(child.name), "With", name.name),
        params=(),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(
            f"result = FROM({child.table}, {a} => $",
            f"  .{kind}({parent.table}, {b} => ON({a}.{link.name} == {b}.id))",
            f"  .WHERE({rule.code(a)})",
            f"  .ORDER_BY([{a}.id, 'ASC'])",
            f"  .SELECT({{ {text.name}: {a}.{text.name}, {name.name}: {b}.{name.name} }}));",
        ),
        tests=(test(below), test(below[:4]), test(below[3:]), test([])),
        declarations=(child, parent, *enums_of(domain, child, parent)),
    )


def filter_by_parent(rng: Random, domain: Domain) -> Draft:
    child, (number,), parent, (name,), link = two_tables(rng, domain, ("number",), (rng.choice(("word", "plain")),))
    below, above = fill_tables(rng, domain, child, parent, link)
    make_unique(rng, domain, below, number)
    above[1][name.name] = above[0][name.name]
    up, sub = rng.random() < 0.5, rng.random() < 0.4
    a, b = child.name, parent.name
    way = "升序" if up else "降序"
    type_ = f"{{ list: List<{child.type}>, total: Long }}"

    def test(value, page, size):
        keys = [p["id"] for p in above if value is None or p[name.name] == value]
        kept = ordered([r for r in below if r[link.name] in keys], number, up)
        return case([value, page, size], {"list": kept[(page - 1) * size : page * size], "total": len(kept)})

    order = f"  .ORDER_BY([{a}.{number.name}, '{'ASC' if up else 'DESC'}'])"
    if sub:
        query = (
            f"  .WHERE(IN({a}.{link.name}, FROM({parent.table}, {b} => $",
            f"    .WHERE({b}.{name.name} == {name.name})",
            f"    .SELECT({b}.id))))",
            f"{order}), page, size);",
        )
    else:
        query = (
            f"  .INNER_JOIN({parent.table}, {b} => ON({a}.{link.name} == {b}.id))",
            f"  .WHERE({b}.{name.name} == {name.name})",
            order,
            f"  .SELECT({a})), page, size);",
        )
    values = list(dict.fromkeys([above[0][name.name], *(p[name.name] for p in above)]))
    tests = [
        test(values[0], 1, 2),
        test(values[0], 2, 3),
        test(None, 1, 20),
        test(values[-1], 1, 5),
        test(values[0], 5, 5),
    ]
    how = "用子查询" if sub else "用关联查询"
    return Draft(
        zh=(
            f"分页查询所属{parent.label}的{name.label}等于 {name.name} "
            f"的{child.label}（{name.name} 为空时不限），按{number.label}{way}，{how}实现",
            f"{how}：按{parent.label}的{name.label}筛选{child.label}，"
            f"不传则全部，但只要有对应{parent.label}的，按{number.label}{way}分页",
            f"查询{child.label}，条件是其{parent.label}{name.label}为参数 {name.name}，"
            f"空值表示不筛选，{number.label}{way}排列，分页返回，{how}",
            f"根据{parent.label}的{name.label}找出它名下的{child.label}，"
            f"支持分页，按{number.label}{way}排列，{name.name} 为空则不过滤，{how}",
        ),
        en=f"page the {child.english} rows whose {parent.english} has that {name.english}, by {number.english} "
        f"{'ascending' if up else 'descending'}, with a {'sub-query' if sub else 'join'}",
        name=camel("page", plural(child.name), "By", name.name),
        params=((name.name, name.type), ("page", "Long"), ("size", "Long")),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(f"result = PAGINATE(FROM({child.table}, {a} => $", *query),
        tests=tuple(tests),
        declarations=(child, parent, *enums_of(domain, child, parent)),
        world={"db": {a: below, b: above}},
    )


def group_total(rng: Random, domain: Domain) -> Draft:
    shape, (key, number) = choose(rng, domain, ("word", "number"), stored=True)
    what = rng.choice(tuple(NOUNS))
    noun, fold = NOUNS[what], FOLDS[what]
    out = f"{what.lower()}{number.name[0].upper()}{number.name[1:]}" if what != "COUNT" else "rowCount"
    out_type = "Long" if what == "COUNT" else number.type
    least = rng.random() < 0.4
    limit = rng.randint(2, 3)
    row = shape.name

    def table(count):
        rows = stored_rows(rng, domain, shape, count)
        words = list(dict.fromkeys(r[key.name] for r in rows))[:3]
        for r in rows:
            r[key.name] = rng.choice(words)
        return rows

    def test(rows):
        groups: dict[Any, list] = {}
        for r in rows:
            groups.setdefault(r[key.name], []).append(r[number.name])
        done = [{key.name: k, out: fold(vs)} for k, vs in groups.items() if not least or len(vs) >= limit]
        return case([], sorted(done, key=lambda r: r[key.name]), world={"db": {row: rows}})

    asked = f"{shape.label}{noun}（{out}）" if what == "COUNT" else f"{number.label}{noun}（{out}）"
    short = asked.removeprefix(shape.label) if what == "COUNT" else asked
    extra = f"，只要记录数不少于 {limit} 的组" if least else ""
    type_ = f"List<{{ {key.name}: {key.type}, {out}: {out_type} }}>"
    target = f"{row}.id" if what == "COUNT" else f"{row}.{number.name}"
    having = (f"  .HAVING(COUNT({row}.id) >= {limit})",) if least else ()
    return Draft(
        zh=(
            f"按{key.label}分组统计{shape.label}的{short}{extra}，"
            f"结果按{key.label}升序",
            f"查询每个{key.label}的{asked}{extra}，按{key.label}升序返回，数据来自{shape.label}",
            f"{shape.label}按{key.label}汇总，返回{key.label}与{asked}{extra}，以{key.label}升序排列",
            f"统计各{key.label}下{asked}{extra}，数据表是{shape.label}，按{key.label}升序",
        ),
        en=f"{what.lower()} per {key.english} of the {shape.english} rows"
        + (f", groups of at least {limit} rows" if least else "") + f", ordered by {key.english}",
        name=camel(what.lower(), plural(shape.name), "By", key.name),
        params=(),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(
            f"result = FROM({shape.table}, {row} => $",
            f"  .GROUP_BY({row}.{key.name})",
            *having,
            f"  .ORDER_BY([{row}.{key.name}, 'ASC'])",
            f"  .SELECT({{ {key.name}: {row}.{key.name}, {out}: {what}({target}) }}));",
        ),
        tests=(test(table(9)), test(table(5)), test(table(2)), test([])),
        declarations=(shape, *enums_of(domain, shape)),
    )  # fmt: skip


def group_by_parent(rng: Random, domain: Domain) -> Draft:
    child, (number,), parent, (name,), link = two_tables(rng, domain, ("number",), ("word",))
    below, above = fill_tables(rng, domain, child, parent, link)
    above[2][name.name] = above[0][name.name]
    total, count = f"total{number.name[0].upper()}{number.name[1:]}", "rowCount"
    a, b = child.name, parent.name
    down = rng.random() < 0.5
    type_ = f"List<{{ {name.name}: {name.type}, {count}: Long, {total}: {number.type} }}>"

    def test(below):
        groups: dict[Any, list] = {}
        for row in below:
            other = next((p for p in above if p["id"] == row[link.name]), None)
            if other:
                groups.setdefault(other[name.name], []).append(row[number.name])
        done = [{name.name: k, count: len(v), total: sum(v[1:], v[0])} for k, v in groups.items()]
        return case([], sorted(done, key=lambda r: r[name.name], reverse=down), world={"db": {a: below, b: above}})

    way = "降序" if down else "升序"
    return Draft(
        zh=(
            f"统计每个{name.label}（{parent.label}）下{child.label}的条数 "
            f"{count} 和{number.label}合计 {total}，按{name.label}{way}",
            f"关联{parent.label}，按{name.label}汇总{child.label}：返回{name.label}、"
            f"条数 {count}、{number.label}之和 {total}，{name.label}{way}排列",
            f"{child.label}按所属{parent.label}的{name.label}分组，"
            f"给出 {count}（记录数）与 {total}（{number.label}合计），以{name.label}{way}",
            f"按{parent.label}的{name.label}统计{child.label}数量 {count}、"
            f"{number.label}总和 {total}，结果按{name.label}{way}，没有{parent.label}的不统计",
        ),
        en=f"rows and total {number.english} of {child.english} per {name.english} of the {parent.english}, "
        f"{'descending' if down else 'ascending'}",
        name=camel("sum", number.name, "By", name.name),
        params=(),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(
            f"result = FROM({child.table}, {a} => $",
            f"  .INNER_JOIN({parent.table}, {b} => ON({a}.{link.name} == {b}.id))",
            f"  .GROUP_BY({b}.{name.name})",
            f"  .ORDER_BY([{b}.{name.name}, '{'DESC' if down else 'ASC'}'])",
            f"  .SELECT({{ {name.name}: {b}.{name.name}, {count}: COUNT({a}.id), {total}: SUM({a}.{number.name}) }}));",
        ),
        tests=(test(below), test(below[:4]), test(below[2:]), test([])),
        declarations=(child, parent, *enums_of(domain, child, parent)),
    )


def month_report(rng: Random, domain: Domain) -> Draft:
    shape, (on, number) = choose(rng, domain, ("date", "number"), stored=True)
    row = shape.name
    rows = stored_rows(rng, domain, shape, 11)
    year = rows[0][on.name].year
    for r in rows:
        r[on.name] = r[on.name].replace(year=rng.choice((year, year, year + 1)), month=rng.choice((1, 3, 4,
            12)), day=rng.randint(1, 28))  # fmt: skip
    rows[1][on.name], rows[2][on.name] = date(year, 12, 31), date(year + 1, 1, 1)
    part, said, cut = rng.choice(
        (("MONTH", "月份", lambda d: d.month), ("QUARTER", "季度", lambda d: (d.month + 2) // 3))
    )
    name, total = part.lower(), f"total{number.name[0].upper()}{number.name[1:]}"
    type_ = f"List<{{ {name}: Long, {total}: {number.type} }}>"

    def test(year):
        groups: dict[int, list] = {}
        for r in rows:
            if r[on.name].year == year:
                groups.setdefault(cut(r[on.name]), []).append(r[number.name])
        return case([year], [{name: k, total: sum(v[1:], v[0])} for k, v in sorted(groups.items())])

    return Draft(
        zh=(
            f"统计 year 年{shape.label}每个{said}的{number.label}合计，"
            f"按{on.label}归属，返回 {name} 和 {total}，{said}升序",
            f"按{on.label}的{said}汇总 year 年的{number.label}，"
            f"输出{said} {name} 与合计 {total}，按{said}升序，数据是{shape.label}",
            f"{shape.label}{said}报表：{on.label}在 year 年内，"
            f"分{said}求{number.label}之和，字段为 {name}、{total}，从小到大",
            f"返回 year 年各{said}（{on.label}）的{number.label}总和，"
            f"元素含 {name} 和 {total}，没有数据的{said}不出现，升序，来源{shape.label}",
        ),
        en=f"total {number.english} of the {shape.english} rows per {name} of {on.english} in that year, ascending",
        name=camel(name, number.name, "Report"),
        params=(("year", "Long"),),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(
            f"result = FROM({shape.table}, {row} => $",
            f"  .WHERE(YEAR({row}.{on.name}) == year)",
            f"  .GROUP_BY({part}({row}.{on.name}))",
            f"  .ORDER_BY([{part}({row}.{on.name}), 'ASC'])",
            f"  .SELECT({{ {name}: {part}({row}.{on.name}), {total}: SUM({row}.{number.name}) }}));",
        ),
        tests=(test(year), test(year + 1), test(year - 5)),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {row: rows}},
    )


def parents_without(rng: Random, domain: Domain) -> Draft:
    child, (number,), parent, (name,), link = two_tables(rng, domain, ("number",), ("text",))
    rule = condition(rng, domain, number)
    below, above = fill_tables(rng, domain, child, parent, link)
    below = tempt(rng, below, [rule])
    without = rng.random() < 0.5
    a, b = child.name, parent.name

    def test(below):
        keys = {r[link.name] for r in below if rule.holds(r)}
        kept = [p[name.name] for p in above if (p["id"] in keys) != without]
        return case([], kept, world={"db": {a: below, b: above}})

    word, call = ("没有", "NOT_IN") if without else ("有", "IN")
    inner = f"FROM({child.table}, {a} => $.WHERE({rule.code(a)}).SELECT({a}.{link.name}))"
    return Draft(
        zh=(
            f"查询{word}任何{rule.zh}的{child.label}的{parent.label}，返回{name.label}列表，按主键升序" if without else
            f"查询有{rule.zh}的{child.label}的{parent.label}，"
            f"返回{name.label}列表（同一{parent.label}只出现一次），按主键升序",
            f"用子查询找出{word}{rule.zh}的{child.label}的{parent.label}，"
            f"每个{parent.label}返回一次{name.label}，按{parent.label}主键升序",
            f"哪些{parent.label}名下{word}{rule.zh}的{child.label}？返回它们的{name.label}，按主键升序",
            f"列出{parent.label}的{name.label}，要求其{child.label}（通过{link.label}关联）"
            f"中{word}{rule.zh}的记录，按{parent.label}主键升序",
        ),
        en=f"{name.english} of the {parent.english} rows {'without' if without else 'with'} a {child.english} "
        f"whose {rule.en}",
        name=camel("list", plural(parent.name), "Without" if without else "With", child.name),
        params=(),
        returns="List<String>",
        lets=("result: List<String>",),
        body=(
            f"result = FROM({parent.table}, {b} => $",
            f"  .WHERE({call}({b}.id, {inner}))",
            f"  .ORDER_BY([{b}.id, 'ASC'])",
            f"  .SELECT({b}.{name.name}));",
        ),
        tests=(test(below), test(below[:3]), test(below[4:]), test(below[:1])),
        declarations=(child, parent, *enums_of(domain, child, parent)),
    )  # fmt: skip


def children_count(rng: Random, domain: Domain) -> Draft:
    child, (number,), parent, (name,), link = two_tables(rng, domain, ("number",), ("text",))
    below, above = fill_tables(rng, domain, child, parent, link)
    a, b = child.name, parent.name
    what = f"{child.variable}Count"
    total = f"total{number.name[0].upper()}{number.name[1:]}"
    type_ = f"List<{{ {name.name}: {name.type}, {what}: Long, {total}: {number.type} }}>"
    zero = Decimal(0) if number.type == "Decimal" else 0

    def test(below):
        rows = []
        for p in above:
            values = [r[number.name] for r in below if r[link.name] == p["id"]]
            rows.append({name.name: p[name.name], what: len(values), total: sum(values, zero)})
        return case([], rows, world={"db": {a: below, b: above}})

    return Draft(
        zh=(
            f"列出全部{parent.label}的{name.label}、{child.label}条数 {what} "
            f"和{number.label}合计 {total}，没有{child.label}的合计为 0，按{parent.label}主键升序",
            f"每个{parent.label}一行，包含{name.label}、其{child.label}数量 {what}、"
            f"{number.label}之和 {total}（没有则都为 0），按{parent.label}主键升序",
            f"统计所有{parent.label}的{child.label}：字段{name.label}、"
            f"{what}（条数）、{total}（{number.label}合计，空按 0），按主键升序",
            f"{parent.label}左关联{child.label}，返回{name.label}以及 {what}、{total}，"
            f"分别为条数与{number.label}合计，缺少时为 0，按{parent.label}主键升序",
        ),
        en=f"for every {parent.english}: {name.english}, the number of its {child.english} rows and their total "
        f"{number.english}, 0 when none",
        name=camel("summarize", plural(parent.name)),
        params=(),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(
            f"result = FROM({parent.table}, {b} => $",
            f"  .LEFT_JOIN({child.table}, {a} => ON({a}.{link.name} == {b}.id))",
            f"  .GROUP_BY({b}.id, {b}.{name.name})",
            f"  .ORDER_BY([{b}.id, 'ASC'])",
            f"  .SELECT({{ {name.name}: {b}.{name.name}, {what}: COUNT({a}.id),"
            f" {total}: IFNULL(SUM({a}.{number.name}), 0) }}));",
        ),
        tests=(test(below), test(below[:4]), test([])),
        declarations=(parent, child, *enums_of(domain, child, parent)),
    )


def grouped_structures(rng: Random, domain: Domain) -> Draft:
    shape, (key, number) = choose(rng, domain, ("word", "number"), stored=True, extra=1)
    total_field = Field(f"sum{number.name[0].upper()}{number.name[1:]}", f"{number.label}总和", "money"
                        if number.type == "Decimal" else "count", number.limits)  # fmt: skip
    level = Field("level", "等级", "word", (), ("A",))
    summary = Shape(
        f"{shape.name}{rng.choice(('Summary', 'Stat', 'Report'))}", f"{shape.label}汇总", (key, total_field, level)
    )
    row = shape.name
    rows = stored_rows(rng, domain, shape, 8)
    limit = sum((r[number.name] for r in rows[:3]), rows[0][number.name] * 0)
    good, bad = rng.choice((("A", "B"), ("高", "低"), ("达标", "未达标"), ("优", "良")))

    def test(rows):
        groups: dict[str, list] = {}
        for r in rows:
            groups.setdefault(r[key.name], []).append(r[number.name])
        done = []
        for k, values in sorted(groups.items()):
            total = sum(values[1:], values[0])
            done.append({key.name: k, total_field.name: total, level.name: good if total >= limit else bad})
        return case([], done, world={"db": {row: rows}})

    for r in rows[:3]:
        r[key.name] = rows[0][key.name]
    said = spoken(number, limit, domain)
    return Draft(
        zh=(
            f"按{key.label}汇总{shape.label}的{number.label}，组装成{summary.label}列表（按{key.label}升序），"
            f"{total_field.label}不低于 {said} 时等级为“{good}”，否则“{bad}”",
            f"返回{summary.label}列表：每个{key.label}一项，{total_field.label}是{shape.label}{number.label}的合计，"
            f"大于等于 {said} 等级“{good}”，其余“{bad}”，按{key.label}升序",
            f"查询{shape.label}，分{key.label}求{number.label}合计并填入{summary.label}，"
            f"等级规则：不小于 {said} 为“{good}”，小于为“{bad}”，按{key.label}升序",
            f"生成{summary.label}：{key.label}、{total_field.label}、等级（合计达到 "
            f"{said} 为“{good}”，没达到为“{bad}”），数据表{shape.label}，按{key.label}升序",
        ),
        en=f"total {number.english} per {key.english} as {summary.english} items,"
        f" level {good} from {said} on, else {bad}",
        name=camel("build", plural(summary.name)),
        params=(),
        returns=f"List<{summary.type}>",
        lets=(f"rows: List<{{ {key.name}: String, total: {number.type} }}>", "level: String",
            f"result: List<{summary.type}>"),
        body=(
            f"rows = FROM({shape.table}, {row} => $",
            f"  .GROUP_BY({row}.{key.name})",
            f"  .ORDER_BY([{row}.{key.name}, 'ASC'])",
            f"  .SELECT({{ {key.name}: {row}.{key.name}, total: SUM({row}.{number.name}) }}));",
            "for (const [index, item] of ListEntries(rows)) {",
            f"  level = '{bad}';",
            f"  if (item.total >= {said}) {{",
            f"    level = '{good}';",
            "  }",
            f"  nasl.util.Add(result, new {summary.type}({{ {key.name}: item.{key.name},"
            f" {total_field.name}: item.total, level: level }}));",
            "}",
        ),
        tests=(test(rows), test(rows[:3]), test(rows[3:]), test(rows[1:3])),
        declarations=(shape, summary, *enums_of(domain, shape)),
    )  # fmt: skip


FAMILIES = (
    Family("join-list", "query", "medium",
           ("FROM", "LEFT_JOIN", "INNER_JOIN", "ON", "WHERE", "ORDER_BY", "SELECT"), join_list),
    Family("join-page-by-parent", "query", "hard",
           ("FROM", "INNER_JOIN", "ON", "IN", "WHERE", "ORDER_BY", "SELECT", "PAGINATE"), filter_by_parent),
    Family("group-total", "query", "medium",
           ("FROM", "GROUP_BY", "HAVING", "ORDER_BY", "SELECT", "COUNT", "SUM", "MAX", "MIN"), group_total),
    Family("group-by-parent", "query", "hard",
           ("FROM", "INNER_JOIN", "ON", "GROUP_BY", "ORDER_BY", "SELECT", "COUNT", "SUM"), group_by_parent),
    Family("group-month-report", "query", "hard",
           ("FROM", "WHERE", "YEAR", "MONTH", "QUARTER", "GROUP_BY", "ORDER_BY", "SELECT", "SUM"), month_report),
    Family("join-parents-with", "query", "hard", ("FROM", "WHERE", "IN", "NOT_IN", "ORDER_BY", "SELECT"),
        parents_without),
    Family("group-all-parents", "query", "hard",
           ("FROM", "LEFT_JOIN", "ON", "GROUP_BY", "ORDER_BY", "SELECT", "COUNT", "SUM", "IFNULL"), children_count),
    Family("group-structures", "query", "hard",
           ("FROM", "GROUP_BY", "ORDER_BY", "SELECT", "SUM", "for", "if", "Add", "new"), grouped_structures),
)  # fmt: skip
