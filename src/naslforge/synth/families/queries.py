"""Queries over one entity: filters, keywords, ranges, paging, order, projections, counts."""

from random import Random
from typing import Any

from naslforge.synth.families.context import Shape, Unfit, choose, enums_of
from naslforge.synth.families.frame import Draft, Family, camel, case, plural
from naslforge.synth.families.values import FOLDS, draw
from naslforge.synth.families.wording import Condition, condition, joined, tempt
from naslforge.synth.vocabulary import Domain, Field


def stored_rows(rng: Random, domain: Domain, shape: Shape, count: int,
                unique: tuple[Field, ...] = ()) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of a table; the `unique` fields never tie, so that an order by them is complete."""
    rows = shape.rows(rng, domain, count)
    for field in unique:
        make_unique(rng, domain, rows, field)
    return rows


def make_unique(rng: Random, domain: Domain, rows: list[dict[str, Any]], field: Field) -> None:
    """Draw a field of new rows again where it repeats. Raises Unfit when it has too few values."""
    seen: set[Any] = set()
    for row in rows:
        for _ in range(50):
            if row[field.name] not in seen:
                break
            row[field.name] = draw(field, rng, domain)
        else:
            raise Unfit(f"{field.name} has too few values")
        seen.add(row[field.name])


def ordered(rows: list[dict[str, Any]], field: Field, up: bool) -> list[dict[str, Any]]:
    """Rows by one field."""
    return sorted(rows, key=lambda row: row[field.name], reverse=not up)


def page_by_fields(rng: Random, domain: Domain) -> Draft:
    needs = (rng.choice(("enum", "plain", "enum")), rng.choice(("datetime", "date", "number")))
    shape, (rule, key) = choose(rng, domain, needs, stored=True)
    up, row = rng.random() < 0.5, shape.name
    rows = stored_rows(rng, domain, shape, rng.randint(8, 12), (key,))
    way = "升序" if up else "降序"
    wanted = rows[0][rule.name]
    for other in rows[:: rng.choice((2, 3))]:
        other[rule.name] = wanted

    def test(value, page, size):
        kept = [r for r in rows if value is None or r[rule.name] == value]
        kept = ordered(kept, key, up)
        return case([value, page, size], {"list": kept[(page - 1) * size : page * size], "total": len(kept)})

    unmatched = draw(rule, rng, domain)
    type_ = f"{{ list: List<{shape.type}>, total: Long }}"
    return Draft(
        zh=(
            f"根据{rule.label}查询{shape.label.removesuffix('记录')}记录，支持分页，按{key.label}{way}排列",
            f"分页查询{shape.label}：按{rule.label}筛选（为空时不筛选），结果按{key.label}{way}",
            f"查询{rule.label}等于 {rule.name} 的{shape.label}，按{key.label}{way}排序并分页返回",
            f"实现{shape.label}列表页的查询，{rule.label}作为筛选条件，"
            f"不传则查全部，{key.label}{way}，返回 page 页的 size 条和总数",
            f"按{key.label}{way}分页列出{shape.label}，可用{rule.label}过滤",
        ),
        en=f"query {shape.english} records by {rule.english}, paged, ordered by {key.english} "
        f"{'ascending' if up else 'descending'}",
        name=camel(rng.choice(("load", "query", "page", "list")), plural(shape.name)),
        params=((rule.name, rule.type), ("page", "Long"), ("size", "Long")),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(
            f"result = PAGINATE(FROM({shape.table}, {row} => $",
            f"  .WHERE({row}.{rule.name} == {rule.name})",
            f"  .ORDER_BY([{row}.{key.name}, '{'ASC' if up else 'DESC'}'])), page, size);",
        ),
        tests=(test(wanted, 1, 3), test(wanted, 2, 2), test(None, 1, 20), test(unmatched, 1, 5), test(wanted, 9, 4)),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
    )


def list_where(rng: Random, domain: Domain) -> Draft:
    shape, (first, second) = choose(rng, domain, ("number", rng.choice(("plain", "when", "enum"))), stored=True)
    rules = [condition(rng, domain, first, "limit" if rng.random() < 0.5 else None), condition(rng, domain, second)]
    if rng.random() < 0.25:
        rules = rules[:1]
    either = len(rules) == 2 and rng.random() < 0.3
    rows = tempt(rng, stored_rows(rng, domain, shape, rng.randint(7, 11)), rules)
    row, param = shape.name, rules[0].param

    def test(rows, limit):
        keep = any if either else all
        kept = [r for r in rows if keep(c.holds(r, limit) for c in rules)]
        return case([limit] if param else [], kept, **({} if param else {"world": {"db": {shape.name: rows}}}))

    said = joined([c.zh for c in rules], "或者" if either else "并且")
    if param:
        tests = [test(rows, v) for v in dict.fromkeys((rules[0].value, *(r[first.name] for r in rows[1:5])))]
    else:
        tests = [test(some, None) for some in (rows, rows[:4], rows[3:], [])]
    code = (" || " if either else " && ").join(c.code(row) for c in rules)
    return Draft(
        zh=(
            f"查询{said}的{shape.label}，按主键顺序返回",
            f"从数据库中查出所有{said}的{shape.label}",
            f"返回{said}的{shape.label}列表",
            f"列出{shape.label}，只要{said}的数据",
        ),
        en=f"query the {shape.english} rows whose {(' or ' if either else ' and ').join(c.en for c in rules)}",
        name=camel(rng.choice(("find", "query", "list")), plural(shape.name)),
        params=(("limit", first.type),) if param else (),
        returns=f"List<{shape.type}>",
        lets=(f"result: List<{shape.type}>",),
        body=(f"result = FROM({shape.table}, {row} => $", f"  .WHERE({code}));"),
        tests=tuple(tests[:5]),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
    )


def count_where(rng: Random, domain: Domain) -> Draft:
    shape, (first, second) = choose(rng, domain, (rng.choice(("enum", "plain")), "number"), stored=True)
    rule: Condition = condition(rng, domain, second)
    what = rng.choice(("SUM", "MAX", "MIN", "COUNT"))
    noun = {"SUM": "合计", "MAX": "最大值", "MIN": "最小值", "COUNT": "数量"}[what]
    if what == "COUNT":
        column, asked, returns = "id", f"{shape.label}的{noun}", "Long"
    else:
        column, asked, returns = second.name, f"{shape.label}的{second.label}{noun}", second.type
    rows = tempt(rng, stored_rows(rng, domain, shape, rng.randint(7, 10)), [rule])
    row = shape.name
    fold = FOLDS[what]

    def test(value):
        kept = [r[second.name] for r in rows if r[first.name] == value and rule.holds(r)]
        return case([value], fold(kept) if kept else 0)

    values = list(dict.fromkeys([*(r[first.name] for r in rows[:4]), *(draw(first, rng, domain) for _ in range(6))]))
    expr = f"{what}({row}.{column})"
    guard = () if what == "COUNT" else ("if (result == null) {", "  result = 0;", "}")
    none = "" if what == "COUNT" else "，没有数据时返回 0"
    return Draft(
        zh=(
            f"统计{first.label}等于 {first.name} 且{rule.zh}的{asked}{none}",
            f"查询{asked}，条件是{first.label}为参数 {first.name}、{rule.zh}{none}",
            f"给定{first.label} {first.name}，返回其中{rule.zh}的{asked}{none}",
            f"在数据库里计算{asked}：{first.label}为给定值 {first.name}，并且{rule.zh}{none}",
        ),
        en=f"the {what.lower()} over {shape.english} rows of that {first.english} whose {rule.en}",
        name=camel(what.lower(), shape.name if what == "COUNT" else second.name),
        params=((first.name, first.type),),
        returns=returns,
        lets=(f"rows: List<{returns}>", f"result: {returns}"),
        body=(
            f"rows = FROM({shape.table}, {row} => $",
            f"  .WHERE({row}.{first.name} == {first.name} && {rule.code(row)})",
            f"  .SELECT({expr}));",
            "result = nasl.util.ListHead(rows);",
            *guard,
        ),
        tests=tuple(test(v) for v in values[:5]),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
    )


FAMILIES = (
    Family("query-page-by-field", "query", "easy", ("FROM", "WHERE", "ORDER_BY", "PAGINATE"), page_by_fields),
    Family("query-list-where", "query", "easy", ("FROM", "WHERE", "&&", "||", "FromString"), list_where),
    Family("query-total-where", "query", "medium",
           ("FROM", "WHERE", "SELECT", "COUNT", "SUM", "MAX", "MIN", "ListHead", "if"), count_where),
)  # fmt: skip
