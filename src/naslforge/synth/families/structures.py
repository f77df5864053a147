"""Lists of a project's structures: filtering, sorting, totals, grouping, projecting."""

from random import Random

from naslforge.synth.families.context import choose, enums_of
from naslforge.synth.families.frame import Draft, Family, camel, cases, plural
from naslforge.synth.families.values import quotient
from naslforge.synth.families.wording import condition, joined, tempt
from naslforge.synth.vocabulary import Domain


def list_name(rng: Random) -> str:
    """What a parameter that is a list of rows is called."""
    return rng.choice(("list", "items", "records", "rows"))


def filter_rows(rng: Random, domain: Domain) -> Draft:
    shape, (number, other) = choose(rng, domain, ("number", rng.choice(("plain", "when"))))
    conditions = [condition(rng, domain, number, "limit" if rng.random() < 0.4 else None),
                  condition(rng, domain, other)]  # fmt: skip
    rng.shuffle(conditions)
    if rng.random() < 0.3:
        conditions = [c for c in conditions if c.field == number]
    either = len(conditions) == 2 and rng.random() < 0.3
    first = next(c for c in conditions if c.field == number)
    name = list_name(rng)
    said = joined([c.zh for c in conditions], "或" if either else "且")

    def oracle(rows, limit=None):
        results = [[c.holds(row, limit) for c in conditions] for row in rows]
        keep = any if either else all
        return [row for row, held in zip(rows, results, strict=True) if keep(held)]

    inputs = []
    for count in (7, 5, 2):
        rows = tempt(rng, shape.rows(rng, domain, count), conditions)
        inputs.append([rows, first.value] if first.param else [rows])
    inputs.append([[], first.value] if first.param else [[]])
    test = (" || " if either else " && ").join(c.code("item") for c in conditions)
    return Draft(
        zh=(
            f"从{shape.label}列表 {name} 中筛选出{said}的记录",
            f"返回 {name} 里{said}的{shape.label}，保持原有顺序",
            f"筛选{shape.label}（参数 {name}），条件是{said}",
            f"只保留 {name} 中满足“{said}”的{shape.label}并返回".replace("“", "").replace("”", "")
            if "“" in said else f"只保留 {name} 中满足{said}的{shape.label}并返回",
        ),
        en=f"keep the {shape.english} items whose {(' or ' if either else ' and ').join(c.en for c in conditions)}",
        name=camel(rng.choice(("filter", "pick", "select")), plural(shape.name)),
        params=((name, f"List<{shape.type}>"), *((("limit", number.type),) if first.param else ())),
        returns=f"List<{shape.type}>",
        lets=(f"result: List<{shape.type}>",),
        body=(f"result = nasl.util.ListFilter({name}, (item) => {test});",),
        tests=cases(oracle, *inputs),
        declarations=(shape, *enums_of(domain, shape)),
    )  # fmt: skip


def sort_rows(rng: Random, domain: Domain) -> Draft:
    shape, (first, second) = choose(rng, domain, (rng.choice(("word", "flag", "when")), "number"))
    keys = [first, second] if rng.random() < 0.7 else [second]
    ups = [rng.random() < 0.5 for _ in keys]
    name = list_name(rng)
    words = [f"{key.label}{'升序' if up else '降序'}" for key, up in zip(keys, ups, strict=True)]
    said = words[0] if len(words) == 1 else f"{words[0]}，{keys[0].label}相同时按{words[1]}"
    text_key = "（文本按字符编码比较）" if keys[0].type == "String" else ""

    def oracle(rows):
        done = list(rows)
        for key, up in reversed(list(zip(keys, ups, strict=True))):
            done.sort(key=lambda row, k=key.name: row[k], reverse=not up)
        return done

    def tied(count):
        rows = shape.rows(rng, domain, count)
        for row in rows[::2]:
            row[keys[0].name] = rows[0][keys[0].name]
        return rows

    lambdas = ", ".join(f"(item) => ({{ by: item.{key.name}, asc: {'true' if up else 'false'} }})"
                        for key, up in zip(keys, ups, strict=True))  # fmt: skip
    return Draft(
        zh=(
            f"将{shape.label}列表 {name} 按{said}排序后返回{text_key}",
            f"对 {name} 排序：{said}，返回排好的{shape.label}列表{text_key}",
            f"{shape.label}需要按{said}展示，请对 {name} 排序并返回{text_key}",
            f"返回排序后的{shape.label} {name}，规则为{said}{text_key}",
        ),
        en=f"sort the {shape.english} list by "
        + ", then ".join(f"{k.english} {'ascending' if u else 'descending'}" for k, u in zip(keys, ups, strict=True)),
        name=camel("sort", plural(shape.name)),
        params=((name, f"List<{shape.type}>"),),
        returns=f"List<{shape.type}>",
        lets=(f"result: List<{shape.type}>",),
        body=(f"result = nasl.util.ListSort({name}, {lambdas});",),
        tests=cases(oracle, *([tied(n)] for n in (6, 5, 2)), [[]]),
        declarations=(shape, *enums_of(domain, shape)),
    )


def total_if(rng: Random, domain: Domain) -> Draft:
    shape, (number, other) = choose(rng, domain, ("number", rng.choice(("plain", "when"))))
    rule = condition(rng, domain, other)
    name, average = list_name(rng), rng.random() < 0.3
    returns = "Decimal" if average else number.type

    def oracle(rows):
        kept = [row[number.name] for row in rows if rule.holds(row)]
        total = sum(kept[1:], kept[0]) if kept else 0
        return quotient(total, len(kept)) if average and kept else total

    what = "平均值" if average else "合计"
    body: tuple[str, ...] = (
        f"for (const [index, item] of ListEntries({name})) {{",
        f"  if ({rule.code('item')}) {{",
        f"    {'total' if average else 'result'} = {'total' if average else 'result'} + item.{number.name};",
        *(("    count = count + 1;",) if average else ()),
        "  }",
        "}",
    )
    if average:
        body += ("if (count > 0) {", "  result = total / count;", "}")
    lets = ("total: Decimal = 0", "count: Long = 0", "result: Decimal = 0") if average else (f"result: {returns} = 0",)
    return Draft(
        zh=(
            f"计算{shape.label}列表 {name} 中{rule.zh}的{number.label}{what}，没有时返回 0",
            f"{name} 里{rule.zh}的{shape.label}，其{number.label}的{what}是多少？没有符合的返回 0",
            f"对 {name} 中{rule.zh}的记录求{number.label}{what}，一条也没有则返回 0",
            f"返回{rule.zh}的{shape.label}（来自 {name}）的{number.label}{what}，为空时是 0",
        ),
        en=f"the {'mean' if average else 'total'} {number.english} of the {shape.english} items whose {rule.en}, "
        "0 if none",
        name=camel("average" if average else "sum", number.name),
        params=((name, f"List<{shape.type}>"),),
        returns=returns,
        lets=lets,
        body=body,
        tests=cases(oracle, *([tempt(rng, shape.rows(rng, domain, n), [rule])] for n in (6, 4, 1)), [[]]),
        declarations=(shape, *enums_of(domain, shape)),
    )


FAMILIES = (
    Family("struct-filter", "logic", "easy", ("ListFilter", "lambda", "&&", "||"), filter_rows),
    Family("struct-sort", "logic", "easy", ("ListSort", "lambda"), sort_rows),
    Family("struct-total-if", "logic", "easy", ("for", "if", "/"), total_if),
)
