"""Arithmetic of business: tiers, shares, formats, rounding, growth, spread, check digits, instalments."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from random import Random

from naslforge.synth.families.frame import Draft, Family, camel, cases, plural
from naslforge.synth.families.lists import draws
from naslforge.synth.families.texts import field_of
from naslforge.synth.families.values import STEPS, draw, half_up, plain, quotient, round_draw, wire
from naslforge.synth.vocabulary import Domain


def tier_fee(rng: Random, domain: Domain) -> Draft:
    base, result = field_of(rng, domain, "number"), field_of(rng, domain, "money")
    while result == base:
        result = field_of(rng, domain, "money")
    low = round_draw(base, rng)
    high = low * rng.randint(2, 4) if low else Decimal(10)
    rates = sorted(rng.sample(range(1, 30), 3), reverse=rng.random() < 0.5)
    inclusive = rng.random() < 0.5
    op, word, more = ("<=", "不超过", "超过") if inclusive else ("<", "小于", "达到")
    name = base.name

    def oracle(value):
        below = (lambda v, limit: v <= limit) if inclusive else (lambda v, limit: v < limit)
        rate = rates[0] if below(value, low) else rates[1] if below(value, high) else rates[2]
        return Decimal(value) * rate / 100

    a, b = wire(low), wire(high)
    step = Decimal("0.01") if base.type == "Decimal" else 1
    said = f"{word} {a} 的按 {rates[0]}%，{more} {a} 但{word} {b} 的按 {rates[1]}%，其余按 {rates[2]}%"
    return Draft(
        zh=(
            f"根据{base.label} {name} 计算{result.label}：{said}，比例乘以全部{base.label}",
            f"{result.label}等于{base.label} {name} 乘以比例，{said}",
            f"按档位计算{result.label}，{base.label}（{name}）{said}，整体乘以对应比例后返回",
            f"返回{result.label}。规则：{name} 为{base.label}，{said}，用{base.label}乘以所在档的比例",
        ),
        en=f"{result.english} as a share of {name}: {rates[0]}% when {op} {a}, {rates[1]}% when {op} {b}, "
        f"else {rates[2]}%",
        name=camel("calc", result.name),
        params=((name, base.type),),
        returns="Decimal",
        lets=("result: Decimal",),
        body=(
            f"if ({name} {op} {a}) {{",
            f"  result = {name} * {plain(Decimal(rates[0]) / 100)};",
            f"}} else if ({name} {op} {b}) {{",
            f"  result = {name} * {plain(Decimal(rates[1]) / 100)};",
            "} else {",
            f"  result = {name} * {plain(Decimal(rates[2]) / 100)};",
            "}",
        ),
        tests=cases(oracle, [low], [high], [low + step], [high + step], [low - step]),
    )


def share_text(rng: Random, domain: Domain) -> Draft:
    part, whole = field_of(rng, domain, "number"), field_of(rng, domain, "number")
    while whole.name == part.name:
        whole = field_of(rng, domain, "number")
    digits, fallback = rng.choice((0, 1, 2)), rng.choice(("-", "0%", "暂无", "N/A"))

    def oracle(left, right):
        if right == 0:
            return fallback
        value = half_up(quotient(left, right) * 100, digits)
        return "0%" if left == 0 else f"{value}%"

    def pair():
        right = draw(whole, rng, domain) or 1
        return [draw(part, rng, domain), right]

    zero = 0 if whole.type == "Long" else Decimal(0)
    return Draft(
        zh=(
            f"计算{part.label} {part.name} 占{whole.label} {whole.name} 的百分比文本，保留 {digits} 位小数，"
            f"{whole.label}为 0 时返回“{fallback}”",
            f"返回 {part.name}（{part.label}）除以 {whole.name}（{whole.label}）"
            f"的百分比，形式如“12.3%”，小数位数为 {digits}，"
            f"除数是 0 则返回“{fallback}”",
            f"{whole.name} 等于 0 时返回“{fallback}”，否则返回{part.label} "
            f"{part.name} 与{whole.label}之比的百分数，{digits} 位小数",
            f"把{part.label}与{whole.label}的比值格式化成百分数（{digits} "
            f"位小数），参数为 {part.name} 和 {whole.name}，"
            f"{whole.label}为 0 返回“{fallback}”",
        ),
        en=f"{part.name} as a percentage of {whole.name} with {digits} digits, '{fallback}' when that is 0",
        name=camel(part.name, rng.choice(("Share", "Percent", "Ratio")), "Text"),
        params=((part.name, part.type), (whole.name, whole.type)),
        returns="String",
        lets=(f"result: String = '{fallback}'",),
        body=(
            f"if ({whole.name} != 0) {{",
            f"  result = nasl.util.FormatPercent({part.name} / {whole.name}, {digits});",
            "}",
        ),
        tests=cases(oracle, pair(), pair(), pair(), [draw(part, rng, domain), zero]),
    )


def amount_text(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "money")
    digits, unit = rng.choice((0, 1, 2)), rng.choice(("元", "¥", "万元", "$", "RMB "))
    before, fallback = unit in ("¥", "$", "RMB "), rng.choice(("-", "暂无", "未填写", ""))
    name = field.name
    where, fix = ("前面", "prefix") if before else ("后面", "suffix")
    said = f"“{fallback}”" if fallback else "空文本"

    def oracle(value):
        if value is None:
            return fallback
        text = f"{half_up(value, digits):,}"
        return unit + text if before else text + unit

    def value():
        return draw(field, rng, domain) * rng.choice((1, 10, 137)) + Decimal("0.005")

    return Draft(
        zh=(
            f"格式化{field.label} {name}：四舍五入保留 {digits} 位小数，"
            f"千分位分隔，{where}加“{unit}”，为空时返回{said}",
            f"把{field.label}（{name}）转成文本，带千分位，{digits} "
            f"位小数（四舍五入），“{unit}”写在{where}；null 返回{said}",
            f"返回 {name} 的展示文本，“{unit}”在数字{where}，"
            f"使用千分位和 {digits} 位小数，{field.label}为 null 则是{said}",
            f"{field.label} {name} 若为 null 返回{said}，否则按千分位、{digits} 位小数格式化，并在{where}加上“{unit}”",
        ),
        en=f"{name} as text with {digits} digits, thousands commas and '{unit}' as {fix}; '{fallback}' for null",
        name=camel("format", field.name),
        params=((name, "Decimal"),),
        returns="String",
        lets=(f"result: String = '{fallback}'",),
        body=(
            f"if ({name} != null) {{",
            f"  result = nasl.util.FormatNumber({name}, {digits}, false, true, '{fix}', '{unit}');",
            "}",
        ),
        tests=cases(oracle, [value()], [value()], [None], [value()]),
        tags=("null",),
    )


def batches(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "count")
    name, unit = field.name, rng.choice(("批", "箱", "车", "组", "页"))
    tool = rng.choice(("Ceil", "Floor", "Round", "TruncDivide"))
    how = {
        "Ceil": "不足一{0}也算一{0}（向上取整）", "Floor": "不满一{0}的不计（向下取整）", "Round": "四舍五入取整",
        "TruncDivide": "只取商的整数部分",
    }[tool].format(unit)  # fmt: skip

    def oracle(value, size):
        if size <= 0:
            return 0
        exact = Decimal(value) / Decimal(size)
        if tool == "Ceil":
            return int(exact.to_integral_value(ROUND_CEILING))
        return int(half_up(exact, 0)) if tool == "Round" else int(exact.to_integral_value(ROUND_FLOOR))

    call = f"TruncDivide({name}, size)" if tool == "TruncDivide" else f"{tool}({name} / size)"
    size = rng.randint(3, 9)
    return Draft(
        zh=(
            f"{field.label} {name} 按每{unit} size 个划分，返回{unit}数，{how}；size 小于等于 0 时返回 0",
            f"计算 {name}（{field.label}）需要多少{unit}，每{unit} size 个，{how}，size 不大于 0 返回 0",
            f"每{unit}容纳 size 个，{field.label}为 {name}，{how}，求{unit}数（size 不是正数时为 0）",
            f"如果 size 不是正数返回 0；否则把{field.label} {name} 除以 size，{how}，得到{unit}数",
        ),
        en=f"how many groups of size fit {name}, rounded by {tool}; 0 when size is not positive",
        name=camel(rng.choice(("count", "calc")), field.name, rng.choice(("Batches", "Groups"))),
        params=((name, "Long"), ("size", "Long")),
        returns="Long",
        lets=("result: Long = 0",),
        body=("if (size > 0) {", f"  result = nasl.util.{call};", "}"),
        tests=cases(
            oracle,
            [size * 3, size],
            [size * 3 + 1, size],
            [size * 4 - 1, size],
            [7, 2],
            [draw(field, rng, domain), 0],
            [draw(field, rng, domain), 1],
        ),
    )


def years_to_goal(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "money")
    rate, unit = rng.choice((2, 3, 5, 8, 10, 15, 20)), rng.choice(("年", "个月", "季度", "周"))
    inclusive = rng.random() < 0.5
    word, op = ("达到", "<") if inclusive else ("超过", "<=")

    def oracle(start, goal):
        value, steps = start, 0
        if start <= 0:
            return -1
        while value < goal if inclusive else value <= goal:
            value = value + value * rate / 100
            steps += 1
        return steps

    start = Decimal(rng.randint(2, 90) * 100)
    return Draft(
        zh=(
            f"{field.label}从 start 开始每{unit}增长 {rate}%，几{unit}后{word} goal？start 不大于 0 时返回 -1",
            f"初始{field.label} start，每{unit}增加当前值的 {rate}%，"
            f"返回{word} goal 所需的{unit}数，start 小于等于 0 返回 -1",
            f"返回{field.label}由 start 增长到{word} goal 需要的{unit}数，每{unit}涨 {rate}%；若 start 不是正数返回 -1",
            f"用循环模拟：start 每{unit}乘以 (1 + {rate}%)，直到{word} goal，"
            f"返回循环次数。start 为{field.label}，不为正时返回 -1",
        ),
        en=f"how many periods of {rate}% growth take start {'to at least' if inclusive else 'past'} goal, "
        "-1 when start is not positive",
        name=camel("periodsTo", field.name, "Goal"),
        params=(("start", "Decimal"), ("goal", "Decimal")),
        returns="Long",
        lets=("value: Decimal = start", "result: Long = 0"),
        body=(
            "if (start <= 0) {",
            "  result = -1;",
            "} else {",
            f"  while (value {op} goal) {{",
            f"    value = value + value * {plain(Decimal(rate) / 100)};",
            "    result = result + 1;",
            "  }",
            "}",
        ),
        tests=cases(oracle, [start, start * 2], [start, start], [start, start + start * rate / 100],
            [Decimal(0), start],
                    [start, start / 2], [Decimal("0.5"), Decimal(1)]),
    )  # fmt: skip


def spread(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "number")
    name, kind = plural(field.name), rng.choice(("std", "deviation", "gap"))
    said = {"std": "总体标准差", "deviation": "平均绝对偏差（各值与平均值之差的绝对值的平均数）",
            "gap": "极差（最大值减最小值）"}[kind]  # fmt: skip

    def oracle(values):
        if not values:
            return 0
        xs = [Decimal(v) for v in values]
        mean = quotient(sum(xs[1:], xs[0]), len(xs))
        if kind == "gap":
            return max(xs) - min(xs)
        if kind == "std":
            return (sum(((x - mean) ** 2 for x in xs), Decimal(0)) / len(xs)).sqrt()
        return sum(abs(x - mean) for x in xs) / len(xs)

    step = "nasl.util.Pow(item - mean, 2)" if kind == "std" else "nasl.util.Abs(item - mean)"
    share = f"total / nasl.util.Length({name})"
    lets: tuple[str, ...] = ("mean: Decimal", "total: Decimal = 0", "result: Decimal = 0")
    body: tuple[str, ...] = (
        f"if (nasl.util.Length({name}) > 0) {{",
        f"  mean = nasl.util.ListAverage({name});",
        f"  for (const [index, item] of ListEntries({name})) {{",
        f"    total = total + {step};",
        "  }",
        f"  result = {f'nasl.util.Sqrt({share})' if kind == 'std' else share};",
        "}",
    )
    if kind == "gap":
        lets, body = lets[2:], (body[0], f"  result = nasl.util.ListMax({name}) - nasl.util.ListMin({name});", "}")
    return Draft(
        zh=(
            f"计算{field.label}列表 {name} 的{said}，空列表返回 0",
            f"返回 {name}（{field.label}）的{said}，没有数据时为 0",
            f"分析{field.label}波动：求 {name} 的{said}；{name} 为空列表则返回 0",
            f"给定一组{field.label} {name}，输出它们的{said}，列表为空输出 0",
        ),
        en={"std": "the population standard deviation", "deviation": "the mean absolute deviation",
            "gap": "the range (greatest minus least)"}[kind] + f" of {name}, 0 for an empty list",
        name=camel(field.name, {"std": "Deviation", "deviation": "MeanGap", "gap": "Range"}[kind]),
        params=((name, f"List<{field.type}>"),),
        returns="Decimal",
        lets=lets,
        body=body,
        tests=cases(oracle, *([draws(rng, field, domain, n)] for n in (4, 2, 6)), [[]], tolerance="0.000001"),
    )  # fmt: skip


def text_amounts(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "number")
    name, least = plural(field.name) + "Text", round_draw(field, rng)
    tool = "FromString" if rng.random() < 0.5 else "Convert"
    read = Decimal if field.type == "Decimal" else int
    zero = read(0)

    def oracle(texts):
        return sum((read(t) for t in texts if t is not None and t.strip() and read(t) >= least), zero)

    def texts(count):
        return [rng.choice((str(wire(v)), str(wire(v)), "", "  ", None)) for v in draws(rng, field, domain, count)]

    said = wire(least)
    return Draft(
        zh=(
            f"{name} 是导入的{field.label}文本列表，跳过空白和 null，把其余转成数值，返回不小于 {said} 的合计",
            f"把文本列表 {name} 转为{field.label}再求和：没有值的项忽略，低于 {said} 的也忽略，没有可加的返回 0",
            f"汇总导入数据 {name}（{field.label}的文本形式），空文本、空白或 null 跳过，只累加大于等于 {said} 的数",
            f"返回 {name} 中有效{field.label}之和；无值的项不计，转换后小于 {said} 的不计",
        ),
        en=f"the total of the {field.english} texts that are numbers of at least {said}, blank and null ones skipped",
        name=camel("sum", field.name, "Texts"),
        params=((name, "List<String>"),),
        returns=field.type,
        lets=(f"value: {field.type}", f"result: {field.type} = 0"),
        body=(
            f"for (const [index, item] of ListEntries({name})) {{",
            "  if (nasl.util.HasValue(item)) {",
            f"    value = nasl.util.{tool}<{field.type}>(item);",
            f"    if (value >= {said}) {{",
            "      result = result + value;",
            "    }",
            "  }",
            "}",
        ),
        tests=cases(oracle, [texts(5)], [[str(said), str(wire(least - STEPS[field.kind])), "  ", None]], [[]],
            [texts(6)],
                    [[str(wire(v)) for v in draws(rng, field, domain, 3)]]),
        tags=("null",),
    )  # fmt: skip


def check_digit(rng: Random, domain: Domain) -> Draft:
    code = field_of(rng, domain, "code")
    weight, modulus = rng.choice((2, 3, 7)), rng.choice((7, 9, 10, 11))

    def oracle(number):
        total, place = 0, 1
        while number > 0:
            total += number % 10 * (weight if place % 2 else 1)
            number, place = number // 10, place + 1
        return total % modulus

    return Draft(
        zh=(
            f"计算{code.label}数字部分 number 的校验位：从右往左，"
            f"第 1、3、5…位乘 {weight}，其余位乘 1，相加后对 {modulus} 取余",
            f"{code.label}的校验位算法：number 从个位起，奇数位（第 1、3、5…位）"
            f"权重 {weight}，偶数位权重 1，加权和除以 {modulus} 的余数即为结果",
            f"返回 number（{code.label}的数字）的校验值，"
            f"各位数字从个位开始依次乘 {weight}、1、{weight}、1…，求和后模 {modulus}",
            f"由{code.label}数字 number 生成校验码：自低位到高位交替乘以 {weight} 和 1，累加并对 {modulus} 求余",
        ),
        en="the check digit of number: digits from the right "
        f"weighted {weight}, 1, {weight}, 1 …, sum modulo {modulus}",
        name=camel(code.name, "CheckDigit"),
        params=(("number", "Long"),),
        returns="Long",
        lets=("rest: Long = number", "odd: Boolean = true", "total: Long = 0", "result: Long"),
        body=(
            "while (rest > 0) {",
            "  if (odd) {",
            f"    total = total + rest % 10 * {weight};",
            "  } else {",
            "    total = total + rest % 10;",
            "  }",
            "  odd = !odd;",
            "  rest = nasl.util.TruncDivide(rest, 10);",
            "}",
            f"result = total % {modulus};",
        ),
        tests=cases(
            oracle, *([rng.randrange(10**w, 10 ** (w + 1))] for w in (3, 6)), [10**5 + rng.randrange(900)], [0], [1]
        ),
    )


def instalments(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "money")
    unit, last = rng.choice(("期", "笔", "次")), rng.random() < 0.6
    where = "最后" if last else "第"
    place = f"{where}一{unit}"

    def oracle(total, count):
        if count <= 0:
            return []
        each = Decimal(int(total / count))
        parts = [each] * count
        parts[-1 if last else 0] = total - each * (count - 1)
        return parts

    target = "count - 1" if last else "0"
    return Draft(
        zh=(
            f"把{field.label} total 平均拆成 count {unit}，每{unit}取商的整数部分（舍去小数），"
            f"差额全部计入{place}，count 不大于 0 返回空列表",
            f"{field.label}分{unit}支付：总额 total，共 count {unit}，每{unit}为 "
            f"total / count 舍去小数，剩余部分放到{place}；count 小于等于 0 返回空列表",
            f"返回 count {unit}的{field.label}列表，每{unit}只取整数（直接舍去小数），"
            f"余额归{place}，合计必须等于 total；count 不是正数时返回空列表",
            f"生成分{unit}计划：total 除以 count 并舍去小数得到每{unit}{field.label}，"
            f"{place}承担差额，count 不为正时列表为空",
        ),
        en=f"split total into count whole parts, the difference goes to the {'last' if last else 'first'} one; "
        "empty list when count is not positive",
        name=camel("split", field.name),
        params=(("total", "Decimal"), ("count", "Long")),
        returns="List<Decimal>",
        lets=("each: Decimal", "result: List<Decimal>"),
        body=(
            "if (count > 0) {",
            "  each = nasl.util.Trunc(total / count);",
            "  result = nasl.util.ListRepeat(each, count);",
            f"  nasl.util.Set(result, {target}, total - each * (count - 1));",
            "}",
        ),
        tests=cases(oracle, [draw(field, rng, domain), 3], [draw(field, rng, domain), 7], [Decimal(1200), 4],
                    [draw(field, rng, domain), 1], [draw(field, rng, domain), 0]),
    )  # fmt: skip


def series(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "count")
    step, times = rng.randint(2, 9), rng.randint(2, 12)
    name = rng.choice(("low", "first", "start")), rng.choice(("high", "last", "finish"))

    def oracle(low, high):
        return [value * times for value in range(low, high + 1, step)]

    low, high = name
    return Draft(
        zh=(
            f"从 {low} 到 {high}（含 {high}）每隔 {step} 取一个{field.label}，返回各值乘以 {times} 的列表",
            f"生成{field.label}刻度：起点 {low}，步长 {step}，不超过 {high}（可等于），每个刻度乘 {times}",
            f"返回列表，元素为 {low}、{low}+{step}、{low}+{step * 2}…直到不超过 "
            f"{high} 的{field.label}，再分别乘以 {times}",
            f"{field.label}由 {low} 按 {step} 递增至 {high}（包含边界），"
            f"请输出每个值的 {times} 倍，{low} 大于 {high} 时为空列表",
        ),
        en=f"the values from {low} to {high} inclusive by {step}, each times {times}",
        name=camel(field.name, rng.choice(("Scale", "Steps", "Ladder"))),
        params=((low, "Long"), (high, "Long")),
        returns="List<Long>",
        lets=("result: List<Long>",),
        body=(
            f"result = nasl.util.ListTransform(nasl.util.ListRange({low},"
            f" {high} + 1, {step}), (item) => item * {times});",
        ),
        tests=cases(oracle, [1, 1 + step * 3], [0, step * 2 - 1], [5, 4], [3, 3]),
    )


FAMILIES = (
    Family("number-tier-fee", "base", "easy", ("if", "else", "*"), tier_fee),
    Family("number-share-text", "base", "easy", ("FormatPercent", "/", "if"), share_text),
    Family("number-amount-text", "base", "easy", ("FormatNumber", "if"), amount_text),
    Family("number-batches", "base", "easy", ("Ceil", "Floor", "Round", "TruncDivide", "if"), batches),
    Family("number-periods-to-goal", "base", "medium", ("while", "if", "else"), years_to_goal),
    Family("number-spread", "base", "medium",
           ("Length", "ListAverage", "Pow", "Sqrt", "Abs", "ListMax", "ListMin", "for", "if"), spread),
    Family("number-text-total", "base", "medium", ("HasValue", "FromString", "Convert", "for", "if"), text_amounts),
    Family("number-check-digit", "base", "medium", ("TruncDivide", "%", "while", "if", "else"), check_digit),
    Family("number-instalments", "base", "medium", ("Trunc", "ListRepeat", "Set", "if"), instalments),
    Family("number-series", "base", "easy", ("ListRange", "ListTransform", "lambda"), series),
)  # fmt: skip
