"""Lists of plain values: statistics, tops, merging, paging, positions, running totals."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from naslforge.synth.families.frame import Draft, Family, camel, cases, plural
from naslforge.synth.families.texts import field_of, sample_words
from naslforge.synth.families.values import STEPS, draw, literal, quotient, round_draw, spoken
from naslforge.synth.families.wording import NUMBER_WORDS, TESTS
from naslforge.synth.vocabulary import Domain, Field


def draws(rng: Random, field: Field, domain: Domain, count: int) -> list[Any]:
    """Random values of a field."""
    return [draw(field, rng, domain) for _ in range(count)]


def compared(rng: Random, field: Field, limit: Any, count: int) -> list[Any]:
    """Numbers round a limit: the limit itself, its neighbours and others."""
    step = STEPS[field.kind]
    return [limit, limit + step, limit - step, *(limit + step * rng.randint(-500, 500) for _ in range(count))]


def total_over(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "number")
    op = rng.choice((">", ">=", "<", "<="))
    word, limit, name = rng.choice(NUMBER_WORDS[op]), round_draw(field, rng), plural(field.name)
    said = spoken(field, limit, domain)
    test = TESTS[op]
    kinds: dict[str, tuple[str, str, Callable[[list], Any]]] = {
        "合计": ("Sum", "sum", lambda xs: sum(xs[1:], xs[0])), "最大值": ("Max", "maximum", max),
        "最小值": ("Min", "minimum", min),
        "平均值": ("Average", "mean", lambda xs: quotient(sum(xs[1:], xs[0]), len(xs))),
    }  # fmt: skip
    what = rng.choice(tuple(kinds))
    tool, english, fold = kinds[what]
    empty = rng.choice(("0", "null"))

    def oracle(values):
        kept = [v for v in values if test(v, limit)]
        return fold(kept) if kept else (None if empty == "null" else 0)

    returns = "Decimal" if what == "平均值" else field.type
    guard = ("if (result == null) {", "  result = 0;", "}") if empty == "0" else ()
    return Draft(
        zh=(
            f"返回{field.label}列表 {name} 中{word} {said} 的数据的{what}，没有符合的数据时返回 {empty}",
            f"从 {name}（{field.label}列表）里挑出{word} {said} 的值，求它们的{what}；一个都没有则返回 {empty}",
            f"统计{field.label}（参数 {name}）：只看{word} {said} 的，给出{what}，若不存在返回 {empty}",
            f"给定一组{field.label} {name}，计算其中{word} {said} 部分的{what}，为空时返回 {empty}",
        ),
        en=f"the {english} of the {name} that are {op} {said}, {empty} when there is none",
        name=camel(english, plural(field.name), rng.choice(("Kept", "Within", "Filtered"))),
        params=((name, f"List<{field.type}>"),),
        returns=returns,
        lets=(f"result: {returns}",),
        body=(
            f"result = nasl.util.List{tool}(nasl.util.ListFilter({name}, (item) => item {op} {literal(limit)}));",
            *guard,
        ),
        tests=cases(oracle, [compared(rng, field, limit, 3)], [compared(rng, field, limit, 1)], [[]],
                    [[limit]], [draws(rng, field, domain, 5)]),
    )  # fmt: skip


def top_values(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "number")
    name, fixed = plural(field.name), rng.random() < 0.5
    count, descending = rng.randint(2, 5), rng.random() < 0.5
    size = str(count) if fixed else "count"
    which, order = ("最大", "从大到小") if descending else ("最小", "从小到大")

    def oracle(values, limit=count):
        return sorted(values, reverse=descending)[:limit]

    pools = [draws(rng, field, domain, n) for n in (7, count, count - 1, 6)]
    pools[0][1] = pools[0][0]
    given = ("给定", "返回", "取出")
    said = f"{size} 个" if fixed else "count 个"
    return Draft(
        zh=(
            f"{rng.choice(given[1:])}{field.label}列表 {name} 中{which}的 {said}值，按{order}排列，不足时全部返回",
            f"对 {name}（{field.label}）{order}排序后取前 {said}，数量不够就返回全部",
            f"给出 {name} 里{which}的 {said}{field.label}，结果{order}，元素不足则全部返回",
            f"{field.label} {name} 需要排名：{order}排序，只保留前 {said}，少于这个数量时原样全部给出",
        ),
        en=f"the {size} {'greatest' if descending else 'least'} {name}, {'descending' if descending else 'ascending'}",
        name=camel("top" if descending else "lowest", plural(field.name)),
        params=((name, f"List<{field.type}>"), *(() if fixed else (("count", "Long"),))),
        returns=f"List<{field.type}>",
        lets=(f"result: List<{field.type}>",),
        body=(
            f"nasl.util.ListSort({name}, (item) => ({{ by: item, asc: {'false' if descending else 'true'} }}));",
            f"result = nasl.util.ListSlice({name}, 0, {size});",
        ),
        tests=cases(oracle, *([pool] if fixed else [pool, rng.randint(1, 8)] for pool in pools),
                    [[]] if fixed else [[], 3]),
    )  # fmt: skip


def merge_distinct(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "group")
    words = sample_words(rng, field, domain, 6)
    order = rng.choice(("", "asc", "desc"))
    said = {"": "保持首次出现的顺序", "asc": "按字符编码升序排列", "desc": "按字符编码降序排列"}[order]

    def oracle(first, second):
        merged = list(dict.fromkeys([*first, *second]))
        return sorted(merged, reverse=order == "desc") if order else merged

    def some(count):
        return [rng.choice(words) for _ in range(count)]

    flag = "true" if order == "asc" else "false"
    sort = (f"nasl.util.ListSort(result, (item) => ({{ by: item, asc: {flag} }}));",) if order else ()
    return Draft(
        zh=(
            f"合并两个{field.label}列表 first 和 second 并去重，结果{said}",
            f"first 与 second 都是{field.label}列表，请先接上再去掉重复项，{said}",
            f"返回 first、second 中出现过的全部{field.label}，每个只保留一次，{said}",
            f"把 second 追加到 first 之后，去除重复的{field.label}，{said}后返回",
        ),
        en=f"merge first and second without duplicates, {order or 'in order of first appearance'}",
        name=camel("merge", plural(field.name)),
        params=(("first", "List<String>"), ("second", "List<String>")),
        returns="List<String>",
        lets=("result: List<String>",),
        body=(
            "nasl.util.AddAll(result, first);",
            "nasl.util.AddAll(result, second);",
            "nasl.util.ListDistinct(result);",
            *sort,
        ),
        tests=cases(oracle, [some(4), some(3)], [some(3), []], [[], some(4)], [words[:3][::-1], words[1:4]]),
    )


def page_of_list(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "text")
    name = plural(field.name)
    start = rng.choice(("", rng.choice([w[0] for w in sample_words(rng, field, domain, 4)])))
    words = sample_words(rng, field, domain, 4)
    keep = f"先保留包含“{start}”的{field.label}，再" if start else ""

    def oracle(values, page, size):
        kept = [v for v in values if start in v]
        return {"list": kept[(page - 1) * size : page * size], "total": len(kept)}

    pool = [rng.choice(words) for _ in range(8)]
    source = f"nasl.util.ListFilter({name}, (item) => CONTAINS(item, '{start}'))" if start else name
    return Draft(
        zh=(
            f"对{field.label}列表 {name} {keep}分页，返回第 page 页（从 1 开始，每页 size 条）及总数",
            f"{keep}把 {name}（{field.label}）按每页 size 条切分，给出第 page 页的 list 和总条数 total，页码从 1 起",
            f"内存分页：{name} 是{field.label}列表，{keep}取第 page 页，每页 size 个，total 为分页前的数量，首页为 1",
            f"返回分页结构 list 与 total：{keep}对{field.label} {name} 取第 page 页，每页 size 条，页码从 1 计",
        ),
        en=f"page {name}{f' that hold {start}' if start else ''}: page counts from 1, with the total",
        name=camel("page", plural(field.name)),
        params=((name, "List<String>"), ("page", "Long"), ("size", "Long")),
        returns="{ list: List<String>, total: Long }",
        lets=("result: { list: List<String>, total: Long }",),
        body=(f"result = nasl.util.SliceToListPage({source}, page, size);",),
        tests=cases(oracle, [pool, 1, 3], [pool, 2, 3], [pool, 9, 5], [pool[:2], 1, 5], [[], 1, 5]),
    )


def first_position(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "number")
    op = rng.choice((">", ">=", "<", "<="))
    word, limit, name = rng.choice(NUMBER_WORDS[op]), round_draw(field, rng), plural(field.name)
    said, test, base = spoken(field, limit, domain), TESTS[op], rng.choice((0, 1))
    what = "位置（从 1 开始）" if base else "下标（从 0 开始）"
    missing = 0 if base else -1

    def oracle(values):
        return next((place + base for place, v in enumerate(values) if test(v, limit)), missing)

    call = f"nasl.util.ListFindIndex({name}, (item) => item {op} {literal(limit)})"
    far = limit - STEPS[field.kind] if ">" in op else limit + STEPS[field.kind]
    return Draft(
        zh=(
            f"返回{field.label}列表 {name} 中第一个{word} {said} 的{what}，找不到返回 {missing}",
            f"在 {name}（{field.label}）里找第一个{word} {said} 的值，返回其{what}，没有则为 {missing}",
            f"{name} 按时间先后记录{field.label}，首次出现{word} {said} 是在哪个{what}？不存在返回 {missing}",
            f"查找 {name} 中首个{word} {said} 的{field.label}的{what}；若没有，返回 {missing}",
        ),
        en=f"the {'1-based' if base else '0-based'} position of the first of {name} {op} {said}, {missing} if none",
        name=camel("first", field.name, rng.choice(("Position", "Place", "Index"))),
        params=((name, f"List<{field.type}>"),),
        returns="Long",
        lets=("result: Long",),
        body=(f"result = {call}{' + 1' if base else ''};",),
        tests=cases(oracle, [[far, limit, *draws(rng, field, domain, 2)]], [[far, far]], [[]],
                    [compared(rng, field, limit, 2)], [draws(rng, field, domain, 5)]),
    )  # fmt: skip


def running_total(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "number")
    name, down = plural(field.name), rng.random() < 0.5
    start = Decimal(round_draw(field, rng)) if field.type == "Decimal" else int(round_draw(field, rng))
    said = spoken(field, start, domain)

    def oracle(values):
        left, result = start, []
        for value in values:
            left = left - value if down else left + value
            result.append(left)
        return result

    how = f"从 {said} 开始逐个减去" if down else f"从 {said} 开始逐个累加"
    variable = rng.choice(("balance", "current", "running"))
    return Draft(
        zh=(
            f"{how}{field.label}列表 {name} 的每一项，返回每一步之后的数值列表",
            f"初始值为 {said}，依次{'扣减' if down else '加上'} "
            f"{name} 中的{field.label}，把每次的结果按顺序放进列表返回",
            f"计算{field.label} {name} 的{'逐项余额' if down else '逐项累计'}：{how}，返回各步结果，空列表返回空列表",
            f"请{how} {name}（{field.label}），并返回由中间结果组成的列表",
        ),
        en=f"start at {said} and {'subtract' if down else 'add'} each of {name}; give the list of results",
        name=camel("running", field.name, "Left" if down else "Total"),
        params=((name, f"List<{field.type}>"),),
        returns=f"List<{field.type}>",
        lets=(f"{variable}: {field.type} = {literal(start)}", f"result: List<{field.type}>"),
        body=(
            f"for (const [index, item] of ListEntries({name})) {{",
            f"  {variable} = {variable} {'-' if down else '+'} item;",
            f"  nasl.util.Add(result, {variable});",
            "}",
        ),
        tests=cases(oracle, *([draws(rng, field, domain, n)] for n in (3, 1, 5)), [[]]),
    )


def set_operation(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "group")
    words = sample_words(rng, field, domain, 7)
    common = rng.random() < 0.5
    said = "同时出现在 second 中" if common else "没有出现在 second 中"

    def oracle(first, second):
        return [w for w in first if (w in second) == common]

    return Draft(
        zh=(
            f"返回{field.label}列表 first 中{said}的项，保持 first 的顺序，重复项照样保留",
            f"比较两份{field.label}：筛出 first 里{said}的内容，顺序与 first 一致，不去重",
            f"first、second 是两个{field.label}列表，请找出 first 中{said}的元素（不去重）",
            f"从 first（{field.label}）中过滤出{said}的值，原有顺序和重复都保留",
        ),
        en=f"the items of first that are {'also' if common else 'not'} in second, in the order of first",
        name=camel("common" if common else "missing", plural(field.name)),
        params=(("first", "List<String>"), ("second", "List<String>")),
        returns="List<String>",
        lets=("result: List<String>",),
        body=(
            "result = nasl.util.ListFilter(first, (item) => "
            f"{'' if common else '!'}nasl.util.Contains(second, item));",
        ),
        tests=cases(oracle, [words[:4], words[2:]], [words[:3] + words[:1], words[:1]], [words, []], [[], words],
                    [words[:2] * 2, words[1:3]]),
    )  # fmt: skip


FAMILIES = (
    Family("list-total-over", "base", "easy",
           ("ListFilter", "ListSum", "ListMax", "ListMin", "ListAverage", "lambda", "if"), total_over),
    Family("list-top-values", "base", "easy", ("ListSort", "ListSlice", "lambda"), top_values),
    Family("list-merge-distinct", "base", "easy", ("AddAll", "ListDistinct", "ListSort", "lambda"), merge_distinct),
    Family("list-page", "base", "easy", ("SliceToListPage", "ListFilter", "CONTAINS", "lambda"), page_of_list),
    Family("list-first-position", "base", "easy", ("ListFindIndex", "lambda"), first_position),
    Family("list-running-total", "base", "easy", ("Add", "for"), running_total),
    Family("list-common-or-missing", "base", "easy", ("ListFilter", "Contains", "lambda"), set_operation),
)  # fmt: skip
