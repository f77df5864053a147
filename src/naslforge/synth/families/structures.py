"""Lists of a project's structures: filtering, sorting, totals, grouping, finding, the best one."""

from operator import itemgetter
from random import Random

from naslforge.synth.families.context import choose, enums_of
from naslforge.synth.families.frame import Draft, Family, camel, cases, plural
from naslforge.synth.families.values import FOLDS, quotient
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
    shape, (first, second) = choose(rng, domain, (rng.choice(("word", "when", "count")), "number"))
    keys = [first, second] if rng.random() < 0.7 else [second]
    ups = [rng.random() < 0.5 for _ in keys]
    name = list_name(rng)
    words = [f"{key.label}{'升序' if up else '降序'}" for key, up in zip(keys, ups, strict=True)]
    said = words[0] if len(words) == 1 else f"{words[0]}，{keys[0].label}相同时按{words[1]}"
    text_key = "（文本按字符编码比较）" if keys[0].type == "String" else ""

    def oracle(rows):
        done = list(rows)
        for key, up in reversed(list(zip(keys, ups, strict=True))):
            done.sort(key=itemgetter(key.name), reverse=not up)
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


def group_total_map(rng: Random, domain: Domain) -> Draft:
    shape, (key, number) = choose(rng, domain, ("group", "number"))
    name, what = list_name(rng), rng.choice(("sum", "count", "max"))
    noun = {"sum": f"{number.label}合计", "count": "数量", "max": f"{number.label}最大值"}[what]
    type_ = "Long" if what == "count" else number.type

    def oracle(rows):
        groups: dict[str, list] = {}
        for row in rows:
            groups.setdefault(row[key.name], []).append(row[number.name])
        fold = FOLDS[what.upper()]
        return {k: fold(v) for k, v in groups.items()}

    def table(count):
        rows = shape.rows(rng, domain, count)
        words = [row[key.name] for row in rows[:3]]
        return [{**row, key.name: rng.choice(words)} for row in rows]

    body = {
        "sum": (
            f"for (const [index, item] of ListEntries({name})) {{",
            f"  nasl.util.MapPut(result, item.{key.name},"
            f" nasl.util.MapGet(result, item.{key.name}) + item.{number.name});",
            "}",
        ),
        "count": (
            f"result = nasl.util.MapTransform(nasl.util.ListGroupBy({name}, (item) => item.{key.name}), "
            "(key, value) => key, (key, value) => nasl.util.Length(value));",
        ),
        "max": (
            f"groups = nasl.util.ListGroupBy({name}, (item) => item.{key.name});",
            "for (const [index, key] of ListEntries(nasl.util.MapKeys(groups))) {",
            "  nasl.util.MapPut(result, key, nasl.util.ListMax(nasl.util.ListTransform(nasl.util.MapGet(groups, key), "
            f"(item) => item.{number.name})));",
            "}",
        ),
    }[what]
    lets = (f"groups: Map<String, List<{shape.type}>>",) if what == "max" else ()
    return Draft(
        zh=(
            f"把{shape.label}列表 {name} 按{key.label}分组，返回各{key.label}的{noun}（Map）",
            f"统计 {name} 中每个{key.label}的{noun}，键是{key.label}",
            f"按{key.label}汇总{shape.label} {name}，得到{key.label}到{noun}的 Map",
            f"返回 Map：键为{key.label}，值为该{key.label}下{shape.label}的{noun}，数据来自 {name}",
        ),
        en=f"{what} per {key.english} of the {shape.english} items, as a map",
        name=camel(what, shape.name, "By", key.name),
        params=((name, f"List<{shape.type}>"),),
        returns=f"Map<String, {type_}>",
        lets=(*lets, f"result: Map<String, {type_}>"),
        body=body,
        tests=cases(oracle, *([table(n)] for n in (7, 4, 2)), [[]]),
        declarations=(shape, *enums_of(domain, shape)),
    )


def find_first(rng: Random, domain: Domain) -> Draft:
    shape, (code, text) = choose(rng, domain, ("text", rng.choice(("number", "word"))))
    name, fallback = list_name(rng), rng.choice(("-", "无", "未找到"))
    numeric = text.type != "String"
    said = "0" if numeric else f"“{fallback}”"

    def oracle(rows, wanted):
        return next((r[text.name] for r in rows if r[code.name] == wanted), 0 if numeric else fallback)

    rows = shape.rows(rng, domain, 6)
    rows[4][code.name] = rows[1][code.name]
    literal_ = "0" if numeric else f"'{fallback}'"
    return Draft(
        zh=(
            f"在{shape.label}列表 {name} 中查找第一个{code.label}等于 "
            f"{code.name} 的记录，返回其{text.label}，找不到返回 {said}",
            f"按{code.label} {code.name} 从 {name} 里取{text.label}，以第一条匹配为准，没有匹配时返回 {said}",
            f"返回 {name} 中{code.label}为参数 {code.name} 的首个{shape.label}的{text.label}，不存在则为 {said}",
            f"根据{code.label}查{text.label}：遍历{shape.label} {name}，取最先符合的，未找到返回 {said}",
        ),
        en=f"{text.english} of the first {shape.english} item with that {code.english}, {said} when there is none",
        name=camel("find", text.name),
        params=((name, f"List<{shape.type}>"), (code.name, "String")),
        returns=text.type,
        lets=(f"found: {shape.type}", f"result: {text.type} = {literal_}"),
        body=(
            f"found = nasl.util.ListFind({name}, (item) => item.{code.name} == {code.name});",
            "if (found != null) {",
            f"  result = found.{text.name};",
            "}",
        ),
        tests=cases(oracle, [rows, rows[1][code.name]], [rows, rows[3][code.name]], [rows, "查无此项"],
                    [[], rows[0][code.name]]),
        declarations=(shape, *enums_of(domain, shape)),
    )  # fmt: skip


def best_row(rng: Random, domain: Domain) -> Draft:
    shape, (number, _) = choose(rng, domain, (rng.choice(("number", "when")), "text"))
    most, name = rng.random() < 0.5, list_name(rng)
    last = rng.random() < 0.4
    when = number.type in ("Date", "DateTime")
    word = ("最晚" if most else "最早") if when else ("最大" if most else "最小")
    tie = "并列时取最后一个" if last else "并列时取第一个"
    op = (">" if most else "<") + ("=" if last else "")

    def oracle(rows):
        if not rows:
            return None
        best = rows[0]
        for row in rows[1:]:
            a, b = row[number.name], best[number.name]
            if (a > b if most else a < b) or (last and a == b):
                best = row
        return best

    def table(count):
        rows = shape.rows(rng, domain, count)
        top = (max if most else min)(r[number.name] for r in rows)
        for row in rng.sample(rows, min(2, count)):
            row[number.name] = top
        return rows

    return Draft(
        zh=(
            f"返回{shape.label}列表 {name} 中{number.label}{word}的一条，{tie}，空列表返回 null",
            f"找出 {name} 里{number.label}{word}的{shape.label}，{tie}，没有数据返回 null",
            f"从 {name} 中选出{number.label}{word}的{shape.label}（{tie}），列表为空时结果为 null",
            f"{shape.label}里哪一条{number.label}{word}？数据为 {name}，{tie}；为空返回 null",
        ),
        en=f"the {shape.english} item with the {'greatest' if most else 'least'} {number.english}, the "
        f"{'last' if last else 'first'} of equals, null for an empty list",
        name=camel("most" if most else "least", number.name, shape.name),
        params=((name, f"List<{shape.type}>"),),
        returns=shape.type,
        lets=(f"result: {shape.type} = null",),
        body=(
            f"for (const [index, item] of ListEntries({name})) {{",
            f"  if (result == null || item.{number.name} {op} result.{number.name}) {{",
            "    result = item;",
            "  }",
            "}",
        ),
        tests=cases(oracle, *([table(n)] for n in (6, 4, 1)), [[]]),
        declarations=(shape, *enums_of(domain, shape)),
        tags=("null",),
    )


FAMILIES = (
    Family("struct-filter", "logic", "easy", ("ListFilter", "lambda", "&&", "||", "FromString"), filter_rows),
    Family("struct-sort", "logic", "easy", ("ListSort", "lambda"), sort_rows),
    Family("struct-total-if", "logic", "easy", ("for", "if", "/", "FromString"), total_if),
    Family("struct-group-map", "logic", "medium",
           ("MapPut", "MapGet", "ListGroupBy", "MapTransform", "MapKeys", "ListMax", "ListTransform", "Length", "for",
            "lambda"), group_total_map),
    Family("struct-find-first", "logic", "easy", ("ListFind", "lambda", "if"), find_first),
    Family("struct-best", "logic", "medium", ("for", "if", "||"), best_row),
)  # fmt: skip
