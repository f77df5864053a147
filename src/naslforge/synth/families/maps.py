"""Maps from business names to numbers: counting, stock moves, filtering, price changes, merging, look-ups."""

from decimal import Decimal
from random import Random
from typing import Any

from naslforge.synth.families.frame import Draft, Family, camel, cases, plural
from naslforge.synth.families.texts import field_of, sample_words
from naslforge.synth.families.values import STEPS, draw, plain, round_draw, wire
from naslforge.synth.families.wording import NUMBER_WORDS, TESTS
from naslforge.synth.vocabulary import Domain, Field


def key_and_number(rng: Random, domain: Domain, need: str = "number") -> tuple[Field, Field]:
    """A text field for keys and a number field for values."""
    return field_of(rng, domain, "word"), field_of(rng, domain, need)


def random_map(rng: Random, key: Field, value: Field, domain: Domain, count: int) -> dict[str, Any]:
    """A map from different key words to values."""
    return {word: draw(value, rng, domain) for word in sample_words(rng, key, domain, count)}


def map_name(value: Field, key: Field) -> str:
    """What a map parameter is called."""
    return f"{value.name}By{key.name[0].upper()}{key.name[1:]}"


def count_words(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "group")
    name, words = plural(field.name), sample_words(rng, field, domain, 5)
    least = rng.randint(2, 3)
    keep = rng.random() < 0.5

    def oracle(values):
        counts: dict[str, int] = {}
        for value in values:
            counts[value] = counts.get(value, 0) + 1
        return {k: n for k, n in counts.items() if n >= least} if keep else counts

    def some(count):
        return [rng.choice(words) for _ in range(count)]

    extra = f"，只保留次数不少于 {least} 的" if keep else ""
    last = (f"result = nasl.util.MapFilter(result, (key, value) => value >= {least});",) if keep else ()
    return Draft(
        zh=(
            f"统计{field.label}列表 {name} 中每个值出现的次数{extra}，返回 Map",
            f"返回以{field.label}为键、出现次数为值的 Map，数据来自 {name}{extra}",
            f"对 {name}（{field.label}）计数{extra}，结果是{field.label}到次数的映射",
            f"数一数 {name} 里各个{field.label}分别有多少个{extra}，用 Map 返回",
        ),
        en=f"count each of {name}" + (f", keep those of at least {least}" if keep else ""),
        name=camel("count", plural(field.name)),
        params=((name, "List<String>"),),
        returns="Map<String, Long>",
        lets=("result: Map<String, Long>",),
        body=(
            f"for (const [index, item] of ListEntries({name})) {{",
            "  if (nasl.util.MapContains(result, item)) {",
            "    nasl.util.MapPut(result, item, nasl.util.MapGet(result, item) + 1);",
            "  } else {",
            "    nasl.util.MapPut(result, item, 1);",
            "  }",
            "}",
            *last,
        ),
        tests=cases(oracle, [some(7)], [some(3)], [[]], [words[:1] * least + words[1:2] * (least - 1)]),
    )


def take_out(rng: Random, domain: Domain) -> Draft:
    key, value = key_and_number(rng, domain, "count")
    name, drop = map_name(value, key), rng.random() < 0.5
    word = key.name

    def oracle(values, item, amount):
        if item not in values or values[item] < amount:
            return values
        left = {**values, item: values[item] - amount}
        return {k: v for k, v in left.items() if k != item or v != 0} if drop else left

    rule = "减到 0 时删除该键" if drop else "减到 0 时保留该键"
    remove = (
        f"  if (nasl.util.MapGet({name}, {word}) == 0) {{",
        f"    nasl.util.MapRemove({name}, {word});",
        "  }",
    )  # fmt: skip
    values = random_map(rng, key, value, domain, 4)
    first, second = list(values)[:2]
    values[first], values[second] = rng.randint(5, 50), rng.randint(3, 30)
    return Draft(
        zh=(
            f"{name} 记录每个{key.label}的{value.label}，从 {word} "
            f"上扣减 amount：不存在或不足时不变，{rule}，返回该 Map",
            f"扣减 Map {name}（{key.label}到{value.label}）中键 {word} "
            f"的值 amount；没有该键或值小于 amount 则原样返回，{rule}",
            f"对{key.label} {word} 扣 {value.label} amount，数据在 {name}，"
            f"数量不够或键不存在不处理，{rule}，最后返回 {name}",
            f"返回扣减后的 {name}：键为{key.label}，值为{value.label}，只有值大于等于 amount 才从 {word} 减去，{rule}",
        ),
        en=f"take amount from the entry of {word} when it has that much"
        + (", dropping it at 0" if drop else ", keeping it at 0"),
        name=camel("deduct", value.name),
        params=((name, "Map<String, Long>"), (word, "String"), ("amount", "Long")),
        returns="Map<String, Long>",
        lets=(f"result: Map<String, Long> = {name}",),
        body=(
            f"if (nasl.util.MapContains({name}, {word}) && nasl.util.MapGet({name}, {word}) >= amount) {{",
            f"  nasl.util.MapPut({name}, {word}, nasl.util.MapGet({name}, {word}) - amount);",
            *(remove if drop else ()),
            "}",
        ),
        tests=cases(oracle, [values, first, values[first]], [values, first, values[first] - 1],
                    [values, second, values[second] + 1], [values, "不存在", 1]),
    )  # fmt: skip


def filter_map(rng: Random, domain: Domain) -> Draft:
    key, value = key_and_number(rng, domain)
    op = rng.choice((">", ">=", "<", "<="))
    word, limit, name = rng.choice(NUMBER_WORDS[op]), round_draw(value, rng), map_name(value, key)
    test, step = TESTS[op], STEPS[value.kind]
    want = rng.choice(("map", "keys", "sum"))
    said = {"map": "符合条件的部分组成的 Map", "keys": f"{key.label}列表（按字符编码升序）",
            "sum": f"{value.label}之和（没有则为 0）"}[want]  # fmt: skip

    def oracle(values):
        kept = {k: v for k, v in values.items() if test(v, limit)}
        if want == "map":
            return kept
        return sorted(kept) if want == "keys" else sum(kept.values(), 0 if value.type == "Long" else Decimal(0))

    call = f"nasl.util.MapFilter({name}, (key, value) => value {op} {wire(limit)})"
    returns, body = {
        "map": (f"Map<String, {value.type}>", (f"result = {call};",)),
        "keys": ("List<String>", (
            f"result = nasl.util.MapKeys({call});",
            "nasl.util.ListSort(result, (item) => ({ by: item, asc: true }));",
        )),
        "sum": (value.type, (
            f"result = nasl.util.ListSum(nasl.util.MapValues({call}));",
            "if (result == null) {", "  result = 0;", "}",
        )),
    }[want]  # fmt: skip

    def edge():
        words = sample_words(rng, key, domain, 5)
        return dict(zip(words, (limit, limit + step, limit - step, limit + 9 * step, limit), strict=False))

    return Draft(
        zh=(
            f"{name} 是{key.label}到{value.label}的 Map，找出值{word} {wire(limit)} 的条目，返回{said}",
            f"在 {name}（键{key.label}、值{value.label}）里筛选{value.label}{word} {wire(limit)} 的，返回{said}",
            f"返回 {name} 中{value.label}{word} {wire(limit)} 的{said}，键为{key.label}",
            f"按{value.label}{word} {wire(limit)} 过滤 Map {name}，键是{key.label}，得到{said}",
        ),
        en=f"the entries of {name} whose value is {op} {wire(limit)}, as {want}",
        name=camel("filter", name),
        params=((name, f"Map<String, {value.type}>"),),
        returns=returns,
        lets=(f"result: {returns}",),
        body=body,
        tests=cases(oracle, [edge()], [random_map(rng, key, value, domain, 4)], [{}],
                    [random_map(rng, key, value, domain, 2)]),
    )  # fmt: skip


def change_map(rng: Random, domain: Domain) -> Draft:
    key, value = key_and_number(rng, domain, "money")
    name, percent, up = map_name(value, key), rng.choice((3, 5, 8, 10, 12, 15, 20)), rng.random() < 0.5
    mark = rng.choice(("", "-新", "（调整）", "*"))
    factor = Decimal(100 + percent if up else 100 - percent) / 100

    def oracle(values):
        return {k + mark: v * factor for k, v in values.items()}

    new_key = f"key + '{mark}'" if mark else "key"
    said = f"，键后面加上“{mark}”" if mark else "，键不变"
    way = "上调" if up else "下调"
    return Draft(
        zh=(
            f"把 {name}（{key.label}到{value.label}）中所有{value.label}{way} {percent}%{said}，返回新 Map",
            f"返回新的 Map：{name} 里每个{key.label}的{value.label}都{way} {percent}%{said}",
            f"{value.label}统一{way} {percent}%，原数据在 Map {name} 中，键是{key.label}{said}",
            f"对 Map {name} 做转换，值（{value.label}）{way} {percent}%{said}，键为{key.label}",
        ),
        en=f"a new map with every value {'raised' if up else 'lowered'} by {percent}%"
        + (f" and '{mark}' after the keys" if mark else ""),
        name=camel("adjust", name),
        params=((name, "Map<String, Decimal>"),),
        returns="Map<String, Decimal>",
        lets=("result: Map<String, Decimal>",),
        body=(
            f"result = nasl.util.MapTransform({name}, (key,"
            f" value) => {new_key}, (key, value) => value * {plain(factor)});",
        ),
        tests=cases(oracle, *([random_map(rng, key, value, domain, n)] for n in (4, 1, 2)), [{}]),
    )


def merge_maps(rng: Random, domain: Domain) -> Draft:
    key, value = key_and_number(rng, domain)
    how = rng.choice(("sum", "max", "second", "first"))
    said = {"sum": "值相加", "max": "保留较大的值", "second": "以 second 的值为准", "first": "以 first 的值为准"}[how]
    kept = sample_words(rng, key, domain, 6)

    def oracle(first, second):
        merged = dict(first)
        for k, v in second.items():
            if k not in merged:
                merged[k] = v
            else:
                merged[k] = {"sum": merged[k] + v, "max": max(merged[k], v), "second": v, "first": merged[k]}[how]
        return merged

    def some(words):
        return {word: draw(value, rng, domain) for word in words}

    put = "nasl.util.MapPut(result, key, nasl.util.MapGet(second, key));"
    step = {
        "sum": ("nasl.util.MapPut(result, key, nasl.util.MapGet(result, key) + nasl.util.MapGet(second, key));",),
        "max": (
            "if (!nasl.util.MapContains(result, key) || nasl.util.MapGet(second,"
            " key) > nasl.util.MapGet(result, key)) {",
            f"  {put}",
            "}",
        ),
        "second": (put,),
        "first": ("if (!nasl.util.MapContains(result, key)) {", f"  {put}", "}"),
    }[how]
    return Draft(
        zh=(
            f"合并两个{key.label}到{value.label}的 Map first 和 second，键相同时{said}",
            f"first、second 都以{key.label}为键、{value.label}为值，请合并成一个 Map，重复的键{said}",
            f"返回合并后的 Map：包含 first 与 second 的全部{key.label}，冲突时{said}（值是{value.label}）",
            f"把 second 并入 first：{key.label}没有出现过的直接加入，"
            f"出现过的{said}，返回{key.label}到{value.label}的 Map",
        ),
        en=f"merge two maps of {value.english} by {key.english}; equal keys: {how}",
        name=camel("merge", plural(value.name)),
        params=(("first", f"Map<String, {value.type}>"), ("second", f"Map<String, {value.type}>")),
        returns=f"Map<String, {value.type}>",
        lets=(f"result: Map<String, {value.type}> = first",),
        body=(
            "for (const [index, key] of ListEntries(nasl.util.MapKeys(second))) {",
            *(f"  {line}" for line in step),
            "}",
        ),
        tests=cases(oracle, [some(kept[:3]), some(kept[1:4])], [some(kept[:2]), {}], [{}, some(kept[2:])],
                    [some(kept[:3]), some(kept[:3])]),
    )  # fmt: skip


def look_up(rng: Random, domain: Domain) -> Draft:
    key, value = key_and_number(rng, domain)
    names, numbers = plural(key.name), plural(value.name)
    fallback = rng.choice((0, -1, 1))
    words = sample_words(rng, key, domain, 5)

    def oracle(names, numbers, wanted):
        found: dict[str, Any] = {}
        for name, number in zip(names, numbers, strict=False):
            found.setdefault(name, number)
        return [found.get(name, fallback) for name in wanted]

    some = [draw(value, rng, domain) for _ in range(4)]
    twice = [words[0], *words[:3]]
    type_ = value.type
    return Draft(
        zh=(
            f"{names} 与 {numbers} 按下标一一对应（{key.label}和{value.label}，"
            f"长度相同），依次查出 wanted 中每个{key.label}的{value.label}，"
            f"查不到填 {fallback}，重复的{key.label}取第一次的值",
            f"用列表 {names}（{key.label}）和等长的 {numbers}（{value.label}）建立对照表，"
            f"同名取先出现的，返回 wanted 各项对应的值，缺失为 {fallback}",
            f"根据对应关系 {names} → {numbers}（同一{key.label}多次出现以首次为准），"
            f"把 wanted 转换成{value.label}列表，没有的写 {fallback}",
            f"返回 wanted 里每个{key.label}的{value.label}列表；"
            f"对照数据是等长的 {names}、{numbers}，首个匹配有效，无匹配为 {fallback}",
        ),
        en=f"look up each wanted {key.english} in the parallel lists; the first match counts, {fallback} when missing",
        name=camel("lookUp", plural(value.name)),
        params=((names, "List<String>"), (numbers, f"List<{type_}>"), ("wanted", "List<String>")),
        returns=f"List<{type_}>",
        lets=(f"table: Map<String, {type_}>", f"result: List<{type_}>"),
        body=(
            f"for (const [index, name] of ListEntries({names})) {{",
            "  if (!nasl.util.MapContains(table, name)) {",
            f"    nasl.util.MapPut(table, name, nasl.util.Get({numbers}, index));",
            "  }",
            "}",
            "for (const [index, name] of ListEntries(wanted)) {",
            "  if (nasl.util.MapContains(table, name)) {",
            "    nasl.util.Add(result, nasl.util.MapGet(table, name));",
            "  } else {",
            f"    nasl.util.Add(result, {fallback});",
            "  }",
            "}",
        ),
        tests=cases(oracle, [twice, some[: len(twice)], words[::-1]], [words[:3], some[:3], [words[2], words[2]]],
                    [[], [], words[:2]], [words[:2], some[:2], []]),
    )  # fmt: skip


FAMILIES = (
    Family("map-count-words", "base", "easy",
           ("MapContains", "MapPut", "MapGet", "MapFilter", "for", "if", "else", "lambda"), count_words),
    Family("map-take-out", "base", "medium", ("MapContains", "MapGet", "MapPut", "MapRemove", "if", "&&"), take_out),
    Family("map-filter", "base", "easy",
           ("MapFilter", "MapKeys", "MapValues", "ListSort", "ListSum", "lambda", "if"), filter_map),
    Family("map-adjust", "base", "easy", ("MapTransform", "lambda"), change_map),
    Family("map-merge", "base", "medium", ("MapKeys", "MapPut", "MapGet", "MapContains", "for", "if"), merge_maps),
    Family("map-look-up", "base", "medium", ("MapContains", "MapPut", "MapGet", "Get", "Add", "for", "if"), look_up),
)  # fmt: skip
