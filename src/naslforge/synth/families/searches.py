"""Searches in one table: keywords, ranges, lists of values, missing values, first rows, projections, means."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from naslforge.synth.families.context import choose, enums_of
from naslforge.synth.families.frame import Draft, Family, camel, case, plural
from naslforge.synth.families.queries import make_unique, ordered, stored_rows
from naslforge.synth.families.values import draw
from naslforge.synth.families.wording import condition, tempt
from naslforge.synth.vocabulary import Domain


def keyword_search(rng: Random, domain: Domain) -> Draft:
    shape, (text, key) = choose(rng, domain, ("text", rng.choice(("number", "when"))), stored=True)
    tool, word = rng.choice((("LIKE", "包含"), ("STARTS_WITH", "开头是"), ("ENDS_WITH", "结尾是")))
    fits = {"LIKE": lambda a, b: b in a, "STARTS_WITH": str.startswith, "ENDS_WITH": str.endswith}[tool]
    up, row = rng.random() < 0.5, shape.name
    rows = stored_rows(rng, domain, shape, 9, (key,))
    way = "升序" if up else "降序"

    def test(keyword):
        kept = [r for r in rows if keyword is None or fits(r[text.name], keyword)]
        return case([keyword], ordered(kept, key, up))

    first = rows[0][text.name]
    words = [first[:1], first[-1:], first, rows[1][text.name][1:2] or first, "@"]
    tests = {w: test(w) for w in (*words, None)}
    return Draft(
        zh=(
            f"按关键词 keyword 查询{shape.label}，{text.label}{word} "
            f"keyword 的都要，keyword 为空则不过滤，按{key.label}{way}",
            f"搜索{text.label}{word} keyword 的{shape.label}，结果按{key.label}{way}，不传 keyword 返回全部",
            f"查询{shape.label}：{text.label}{word}给定的 keyword（null 时忽略该条件），{key.label}{way}排列",
            f"实现{shape.label}搜索，条件是{text.label}{word} keyword，没有关键词就查全部，{key.label}{way}",
        ),
        en=f"the {shape.english} rows whose {text.english} {tool} keyword, all without a keyword, by {key.english} "
        f"{'ascending' if up else 'descending'}",
        name=camel("search", plural(shape.name)),
        params=(("keyword", "String"),),
        returns=f"List<{shape.type}>",
        lets=(f"result: List<{shape.type}>",),
        body=(
            f"result = FROM({shape.table}, {row} => $",
            f"  .WHERE({tool}({row}.{text.name}, keyword))",
            f"  .ORDER_BY([{row}.{key.name}, '{'ASC' if up else 'DESC'}']));",
        ),
        tests=tuple(tests.values())[:6],
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
        tags=("null",),
    )


def range_search(rng: Random, domain: Domain) -> Draft:
    shape, (field, _) = choose(rng, domain, (rng.choice(("date", "number", "datetime")), "text"), stored=True)
    between, row = rng.random() < 0.5, shape.name
    numeric = field.type in ("Long", "Decimal")
    pairs = (("low", "high"), ("minimum", "maximum")) if numeric else (("start", "finish"), ("begin", "until"))
    low, high = rng.choice(pairs)
    rows = stored_rows(rng, domain, shape, 9)
    step: Any = timedelta(days=1) if field.kind in ("date", "datetime") else \
        Decimal("0.1") if field.type == "Decimal" else 1  # fmt: skip
    a, b = sorted((rows[0][field.name], rows[1][field.name]))
    rows[2][field.name], rows[3][field.name] = a - step, b + step
    open_end = not between and rng.random() < 0.5

    def test(left, right):
        kept = []
        for r in rows:
            v = r[field.name]
            if (left is None or v >= left) and (right is None or (v < right if open_end else v <= right)):
                kept.append(r)
        return case([left, right], kept)

    name = f"{row}.{field.name}"
    code = (
        f"BETWEEN({name}, {low}, {high})"
        if between
        else f"{name} >= {low} && {name} {'<' if open_end else '<='} {high}"
    )
    ends = "含开始、不含结束" if open_end else "两端都包含"
    return Draft(
        zh=(
            f"查询{field.label}在 {low} 到 {high} 之间的{shape.label}（{ends}），某一端为空则不限制该端，按主键排序",
            f"按{field.label}范围筛选{shape.label}：从 {low} 到 {high}，{ends}，null 表示该方向不限，按主键升序",
            f"返回{field.label}落在 {low} 与 {high} 之间的{shape.label}，"
            f"{ends}；{low} 或 {high} 为 null 时忽略对应条件，主键升序",
            f"{shape.label}区间查询，{field.label}取值范围由 {low}、"
            f"{high} 给出，{ends}，空值不参与过滤，按主键顺序返回",
        ),
        en=f"the {shape.english} rows whose {field.english} lies from {low} to {high}, "
        f"{'end excluded' if open_end else 'both included'}; a null bound is open",
        name=camel("find", plural(shape.name), "By", field.name),
        params=((low, field.type), (high, field.type)),
        returns=f"List<{shape.type}>",
        lets=(f"result: List<{shape.type}>",),
        body=(f"result = FROM({shape.table}, {row} => $", f"  .WHERE({code})", f"  .ORDER_BY([{row}.id, 'ASC']));"),
        tests=(test(a, b), test(a, None), test(None, b), test(None, None), test(b + step, b + step)),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
        tags=("null",),
    )


def list_search(rng: Random, domain: Domain) -> Draft:
    shape, (field, number) = choose(rng, domain, (rng.choice(("word", "enum", "code")), "number"), stored=True)
    out, row = rng.random() < 0.4, shape.name
    rule = condition(rng, domain, number)
    rows = tempt(rng, stored_rows(rng, domain, shape, 9), [rule])
    name = plural(field.name)

    def test(values):
        kept = [r for r in rows if rule.holds(r) and (not values or (r[field.name] in values) != out)]
        return case([values], kept)

    known = list(dict.fromkeys(r[field.name] for r in rows))
    word, tool = ("不在", "NOT_IN") if out else ("在", "IN")
    return Draft(
        zh=(
            f"查询{field.label}{word}列表 {name} 中且{rule.zh}的{shape.label}，"
            f"列表为空时不按{field.label}过滤，按主键排序",
            f"{field.label}{word} {name} 之内、"
            f"并且{rule.zh}的{shape.label}有哪些？{name} 为空列表则忽略这个条件，主键升序",
            f"根据多选的{field.label} {name} 筛选{shape.label}（{word}其中），"
            f"同时要求{rule.zh}，没有选择则不限，按主键顺序",
            f"返回{shape.label}：{rule.zh}，{field.label}{word} {name} 里，空列表表示全部，按主键升序",
        ),
        en=f"the {shape.english} rows whose {rule.en} and whose {field.english} is {'not ' if out else ''}in {name}",
        name=camel("pick", plural(shape.name), "By", name),
        params=((name, f"List<{field.type}>"),),
        returns=f"List<{shape.type}>",
        lets=(f"result: List<{shape.type}>",),
        body=(
            f"result = FROM({shape.table}, {row} => $",
            f"  .WHERE({tool}({row}.{field.name}, {name}) && {rule.code(row)})",
            f"  .ORDER_BY([{row}.id, 'ASC']));",
        ),
        tests=(test(known[:1]), test(known[:2]), test([]), test(known[1:])),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
    )


def missing_values(rng: Random, domain: Domain) -> Draft:
    shape, (field, other) = choose(
        rng, domain, (rng.choice(("date", "text", "number")), rng.choice(("enum", "plain"))), stored=True
    )
    empty, row = rng.random() < 0.6, shape.name
    rows = stored_rows(rng, domain, shape, 9)
    for r in rows:
        if rng.random() < 0.5:
            r[field.name] = None
    rows[0][field.name], rows[1][field.name] = None, draw(field, rng, domain)
    rows[1][other.name] = rows[0][other.name]

    def test(value):
        kept = [r["id"] for r in rows if (r[field.name] is None) == empty and (value is None or r[other.name] == value)]
        return case([value], kept)

    said = f"{field.label}为空（未填写）" if empty else f"{field.label}不为空（已填写）"
    tool = "IS_NULL" if empty else "IS_NOT_NULL"
    values = list(dict.fromkeys(r[other.name] for r in rows))[:3]
    return Draft(
        zh=(
            f"查询{said}的{shape.label}的主键列表，可按{other.label} {other.name} 过滤（null 表示不过滤），按主键升序",
            f"找出{said}的{shape.label}，{other.label}等于 {other.name}，"
            f"{other.name} 为 null 时不限，返回主键列表（升序）",
            f"返回{shape.label}主键列表：{said}，并且{other.label}为 {other.name}（不传则忽略），从小到大",
            f"{said}的{shape.label}有哪些？{other.label}由参数 {other.name} 指定，为 null 就查所有，结果为升序的主键",
        ),
        en=f"the keys of the {shape.english} rows of that {other.english} whose {field.english} is "
        f"{'missing' if empty else 'present'}",
        name=camel("list", "Without" if empty else "With", field.name),
        params=((other.name, other.type),),
        returns="List<Long>",
        lets=("result: List<Long>",),
        body=(
            f"result = FROM({shape.table}, {row} => $",
            f"  .WHERE({tool}({row}.{field.name}) && {row}.{other.name} == {other.name})",
            f"  .ORDER_BY([{row}.id, 'ASC'])",
            f"  .SELECT({row}.id));",
        ),
        tests=(*(test(v) for v in values), test(None)),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
        tags=("null",),
    )


def first_rows(rng: Random, domain: Domain) -> Draft:
    shape, (key, text, other) = choose(rng, domain, (rng.choice(("number", "when")), "text", "plain"), stored=True)
    rule = condition(rng, domain, other)
    up, count, row = rng.random() < 0.4, rng.randint(2, 5), shape.name
    fixed = rng.random() < 0.5
    size = str(count) if fixed else "count"
    when = key.type in ("Date", "DateTime")
    word = ("最早" if up else "最晚") if when else ("最小" if up else "最大")

    def table(amount):
        rows = tempt(rng, stored_rows(rng, domain, shape, amount), [rule])
        make_unique(rng, domain, rows, key)
        return rows

    def test(rows, limit):
        kept = ordered([r for r in rows if rule.holds(r)], key, up)[:limit]
        return case([] if fixed else [limit], [r[text.name] for r in kept], world={"db": {row: rows}})

    big = table(9)
    limits = [count] * 4 if fixed else [2, 1, 20, count]
    return Draft(
        zh=(
            f"取{rule.zh}的{shape.label}中{key.label}{word}的 {size} 条，"
            f"返回它们的{text.label}，按{key.label}{'升序' if up else '降序'}",
            f"查询{rule.zh}的{shape.label}，按{key.label}{'升序' if up else '降序'}取前 {size} 条的{text.label}",
            f"返回{text.label}列表：{rule.zh}，{key.label}{'升序' if up else '降序'}排列的前 {size} 条{shape.label}",
            f"{shape.label}排行：{key.label}{word}的前 {size} 名，"
            f"只统计{rule.zh}的，给出{text.label}，{'升序' if up else '降序'}",
        ),
        en=f"{text.english} of the first {size} {shape.english} rows whose {rule.en}, by {key.english} "
        f"{'ascending' if up else 'descending'}",
        name=camel("top", plural(text.name)),
        params=() if fixed else (("count", "Long"),),
        returns="List<String>",
        lets=("result: List<String>",),
        body=(
            f"result = FROM({shape.table}, {row} => $",
            f"  .WHERE({rule.code(row)})",
            f"  .ORDER_BY([{row}.{key.name}, '{'ASC' if up else 'DESC'}'])",
            f"  .SELECT({row}.{text.name})",
            f"  .LIMIT({size}));",
        ),
        tests=(test(big, limits[0]), test(table(8), limits[1]), test(table(6), limits[2]), test([], limits[3])),
        declarations=(shape, *enums_of(domain, shape)),
    )


def projected_rows(rng: Random, domain: Domain) -> Draft:
    shape, (text, first, second) = choose(rng, domain, ("text", "number", "number"), stored=True)
    rule = condition(rng, domain, first)
    op, word = rng.choice((("+", "加"), ("*", "乘"), ("-", "减")))
    out_type = "Decimal" if "Decimal" in (first.type, second.type) else "Long"
    out, row = rng.choice(("total", "result", "score", "computed")), shape.name
    out = "computed" if out == "result" else out

    def compute(r):
        a, b = r[first.name], r[second.name]
        return a + b if op == "+" else a * b if op == "*" else a - b

    def table(count):
        return tempt(rng, stored_rows(rng, domain, shape, count), [rule])

    def test(rows):
        kept = [{text.name: r[text.name], out: compute(r)} for r in rows if rule.holds(r)]
        return case([], kept, world={"db": {row: rows}})

    type_ = f"List<{{ {text.name}: String, {out}: {out_type} }}>"
    return Draft(
        zh=(
            f"查询{rule.zh}的{shape.label}，只返回{text.label}和 "
            f"{out}（{first.label}{word}{second.label}），按主键排序",
            f"列出{rule.zh}的{shape.label}的{text.label}，同时计算 {out} 为{first.label}{word}{second.label}，主键升序",
            f"返回每条{rule.zh}的{shape.label}的{text.label}以及 {out}，"
            f"后者等于{first.label}{word}{second.label}，按主键升序",
            f"投影查询{shape.label}：字段{text.label}、"
            f"{out}（{first.label}{word}{second.label}的结果），条件{rule.zh}，按主键升序",
        ),
        en=f"{text.english} and {first.english} {op} {second.english} "
        f"as {out} of the {shape.english} rows whose {rule.en}",
        name=camel("list", plural(shape.name), out),
        params=(),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(
            f"result = FROM({shape.table}, {row} => $",
            f"  .WHERE({rule.code(row)})",
            f"  .ORDER_BY([{row}.id, 'ASC'])",
            f"  .SELECT({{ {text.name}: {row}.{text.name}, {out}: {row}.{first.name} {op} {row}.{second.name} }}));",
        ),
        tests=(test(table(8)), test(table(4)), test(table(2)), test([])),
        declarations=(shape, *enums_of(domain, shape)),
    )


def distinct_values(rng: Random, domain: Domain) -> Draft:
    shape, (field, other) = choose(rng, domain, ("word", rng.choice(("number", "enum", "when"))), stored=True)
    rule = condition(rng, domain, other)
    row, up = shape.name, rng.random() < 0.6

    def table(count):
        rows = tempt(rng, stored_rows(rng, domain, shape, count), [rule])
        words = [r[field.name] for r in rows[:3]]
        return [{**r, field.name: rng.choice(words)} for r in rows]

    def test(rows):
        kept = sorted({r[field.name] for r in rows if rule.holds(r)}, reverse=not up)
        return case([], [{field.name: v} for v in kept], world={"db": {row: rows}})

    type_ = f"List<{{ {field.name}: String }}>"
    way = "升序" if up else "降序"
    return Draft(
        zh=(
            f"查询{rule.zh}的{shape.label}中出现过的{field.label}，"
            f"去重后按{field.label}{way}，每个元素含字段 {field.name}",
            f"返回不重复的{field.label}（字段 {field.name}），来自{rule.zh}的{shape.label}，{way}排列",
            f"{rule.zh}的{shape.label}涉及哪些{field.label}？去重，按{field.label}{way}返回，元素字段为 {field.name}",
            f"列出{shape.label}里{rule.zh}时的全部不同{field.label}，结果元素为 {{ {field.name} }}，{way}",
        ),
        en=f"the different {field.english} values of the {shape.english} rows whose {rule.en}, "
        f"{'ascending' if up else 'descending'}",
        name=camel("distinct", plural(field.name)),
        params=(),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(
            f"result = FROM({shape.table}, {row} => $",
            f"  .WHERE({rule.code(row)})",
            f"  .ORDER_BY([{row}.{field.name}, '{'ASC' if up else 'DESC'}'])",
            f"  .SELECT_DISTINCT({{ {field.name}: {row}.{field.name} }}));",
        ),
        tests=(test(table(9)), test(table(5)), test(table(2)), test([])),
        declarations=(shape, *enums_of(domain, shape)),
    )


def filter_object(rng: Random, domain: Domain) -> Draft:
    shape, (first, second, key) = choose(rng, domain, ("enum", "text", rng.choice(("number", "when"))), stored=True)
    up, row = rng.random() < 0.5, shape.name
    rows = stored_rows(rng, domain, shape, 10, (key,))
    way = "升序" if up else "降序"
    blank = {f.name: None for f in shape.fields}

    def test(page, size, **wanted):
        kept = [
            r for r in rows
            if wanted.get(first.name) in (None, r[first.name]) and (wanted.get(second.name) or "") in r[second.name]
        ]  # fmt: skip
        kept = ordered(kept, key, up)
        return case([{"id": None, **blank, **wanted}, page, size],
                    {"list": [{shape.variable: r} for r in kept[(page - 1) * size : page * size]],
                        "total": len(kept)})  # fmt: skip

    inner = f"{{ {shape.variable}: {shape.type} }}"
    type_ = f"{{ list: List<{inner}>, total: Long }}"
    status, text = rows[0][first.name], rows[1][second.name]
    return Draft(
        zh=(
            f"分页查询{shape.label}，条件对象 filter 的{first.label}精确匹配、"
            f"{second.label}模糊匹配，空值不过滤，按{key.label}{way}",
            f"{shape.label}列表查询：filter 中{first.label}相等、{second.label}包含，"
            f"未填的条件忽略，{key.label}{way}，返回第 page 页每页 size 条",
            f"根据 filter（{shape.label}）分页查询，{first.label}等值、"
            f"{second.label}模糊查询，按{key.label}{way}排列，空条件跳过",
            f"支持按{first.label}和{second.label}（模糊）过滤{shape.label}并分页，"
            f"条件放在 filter 里，为空的忽略，{key.label}{way}",
        ),
        en=f"page the {shape.english} rows by filter: equal {first.english},"
        f" {second.english} contained, nulls ignored, "
        f"by {key.english} {'ascending' if up else 'descending'}",
        name=camel("load", shape.name, rng.choice(("TableView", "Page", "List"))),
        params=(("filter", shape.type), ("page", "Long"), ("size", "Long")),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(
            f"result = PAGINATE(FROM({shape.table}, {row} => $",
            f"  .WHERE({row}.{first.name} == filter.{first.name} && LIKE({row}.{second.name}, filter.{second.name}))",
            f"  .ORDER_BY([{row}.{key.name}, '{'ASC' if up else 'DESC'}'])",
            f"  .SELECT({{ {shape.variable}: {row} }})), page, size);",
        ),
        tests=(
            test(1, 3), test(1, 5, **{first.name: status}), test(1, 5, **{second.name: text[-1:]}),
            test(2, 2, **{first.name: status}), test(1, 9, **{first.name: status, second.name: text}),
        ),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
        tags=("null",),
    )  # fmt: skip


def average_by(rng: Random, domain: Domain) -> Draft:
    shape, (key, number) = choose(rng, domain, ("word", "number"), stored=True)
    row, out = shape.name, f"average{number.name[0].upper()}{number.name[1:]}"
    type_ = f"List<{{ {key.name}: String, {out}: Decimal }}>"

    def table(count):
        rows = stored_rows(rng, domain, shape, count)
        words = [r[key.name] for r in rows[:3]]
        return [{**r, key.name: rng.choice(words)} for r in rows]

    def test(rows):
        groups: dict[str, list] = {}
        for r in rows:
            groups.setdefault(r[key.name], []).append(Decimal(r[number.name]))
        done = [{key.name: k, out: sum(v) / len(v)} for k, v in sorted(groups.items())]
        return case([], done, world={"db": {row: rows}}, tolerance="0.0001")

    return Draft(
        zh=(
            f"查询每个{key.label}的{shape.label}平均{number.label}（{out}），按{key.label}升序",
            f"按{key.label}分组计算{shape.label}{number.label}的平均值，"
            f"字段为 {key.name} 和 {out}，{key.label}升序排列",
            f"统计各{key.label}下{shape.label}的{number.label}均值 {out}，结果按{key.label}升序",
            f"{shape.label}的{number.label}按{key.label}求平均，返回 {key.name}、{out}，以{key.label}升序",
        ),
        en=f"the mean {number.english} of the {shape.english} rows per {key.english}, ascending",
        name=camel("average", number.name, "By", key.name),
        params=(),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(
            f"result = FROM({shape.table}, {row} => $",
            f"  .GROUP_BY({row}.{key.name})",
            f"  .ORDER_BY([{row}.{key.name}, 'ASC'])",
            f"  .SELECT({{ {key.name}: {row}.{key.name}, {out}: AVG({row}.{number.name}) }}));",
        ),
        tests=(test(table(8)), test(table(5)), test(table(3)), test([])),
        declarations=(shape, *enums_of(domain, shape)),
    )


FAMILIES = (
    Family("query-keyword", "query", "easy",
           ("FROM", "WHERE", "LIKE", "STARTS_WITH", "ENDS_WITH", "ORDER_BY"), keyword_search),
    Family("query-range", "query", "easy", ("FROM", "WHERE", "BETWEEN", "ORDER_BY", "&&"), range_search),
    Family("query-in-list", "query", "easy", ("FROM", "WHERE", "IN", "NOT_IN", "ORDER_BY", "&&"), list_search),
    Family("query-missing", "query", "easy",
           ("FROM", "WHERE", "IS_NULL", "IS_NOT_NULL", "ORDER_BY", "SELECT"), missing_values),
    Family("query-first-rows", "query", "medium", ("FROM", "WHERE", "ORDER_BY", "SELECT", "LIMIT"), first_rows),
    Family("query-projection", "query", "medium", ("FROM", "WHERE", "ORDER_BY", "SELECT"), projected_rows),
    Family("query-distinct", "query", "medium", ("FROM", "WHERE", "ORDER_BY", "SELECT_DISTINCT", "FromString"),
        distinct_values),
    Family("query-filter-object", "query", "medium",
           ("FROM", "WHERE", "LIKE", "ORDER_BY", "SELECT", "PAGINATE"), filter_object),
    Family("group-average", "query", "medium", ("FROM", "GROUP_BY", "ORDER_BY", "SELECT", "AVG"), average_by),
)  # fmt: skip
