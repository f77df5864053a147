"""Use of what a project already has: server variables, other logics, shared rules, checks that abort."""

from decimal import Decimal
from random import Random

from naslforge.records import Test
from naslforge.synth.families.context import Logic, Variable, choose, enums_of
from naslforge.synth.families.frame import Draft, Family, camel, case, cases, plural
from naslforge.synth.families.structures import list_name
from naslforge.synth.families.texts import field_of
from naslforge.synth.families.values import STEPS, draw, half_up, plain, round_draw, spoken, wire
from naslforge.synth.families.wording import condition
from naslforge.synth.vocabulary import Domain


def variable_rate(rng: Random, domain: Domain) -> Draft:
    money = field_of(rng, domain, "money")
    rate = Decimal(rng.randint(1, 60)) / 100
    top = Decimal(rng.randint(1, 50) * 100)
    first = Variable(f"{money.name}Rate", "Decimal", plain(rate), f"{money.label}费率")
    limit = Variable(f"{money.name}Cap", "Decimal", plain(top), f"{money.label}封顶值")
    capped = rng.random() < 0.6
    name = money.name

    def oracle(value):
        fee = value * rate
        return min(fee, top) if capped else fee

    edge = half_up(top / rate, 2)
    extra = f"，结果不超过{limit.label}" if capped else ""
    guard = (
        f"if (result > app.backend.variables.{limit.name}) {{",
        f"  result = app.backend.variables.{limit.name};",
        "}",
    )
    return Draft(
        zh=(
            f"返回{money.label} {name} 乘以服务端变量{first.label}的费用{extra}",
            f"用项目里的{first.label}计算费用：{name} 乘以该变量{extra}",
            f"{money.label}为 {name}，按全局变量{first.label}收费{extra}，返回费用",
            f"费用等于 {name}（{money.label}）乘{first.label}{extra}，费率取服务端变量，不要写死",
        ),
        en=f"{name} times the server variable {first.name}" + (f", at most {limit.name}" if capped else ""),
        name=camel("fee", "Of", money.name),
        params=((name, "Decimal"),),
        returns="Decimal",
        lets=("result: Decimal",),
        body=(f"result = {name} * app.backend.variables.{first.name};", *(guard if capped else ())),
        tests=cases(oracle, [edge], [edge + 10], [edge / 2], [draw(money, rng, domain)], [Decimal(0)]),
        declarations=(first, limit) if capped else (first,),
    )


def call_logic(rng: Random, domain: Domain) -> Draft:
    shape, (number, text) = choose(rng, domain, ("number", "text"))
    limit = round_draw(number, rng)
    small, big = rng.choice((("小额", "大额"), ("普通", "重点"), ("低", "高"), ("B类", "A类")))
    inner = camel("level", "Of", shape.name)
    logic = Logic(
        f"/** {shape.label}等级 */\n"
        f"export function {inner}(item: {shape.type}): String {{\n"
        f"  let result: String = '{small}';\n"
        f"  if (item.{number.name} >= {wire(limit)}) {{\n"
        f"    result = '{big}';\n"
        "  }\n"
        "  return result;\n"
        "}"
    )
    name, want = list_name(rng), rng.choice(("count", "names"))
    level = rng.choice((small, big))

    def oracle(rows):
        kept = [r for r in rows if (big if r[number.name] >= limit else small) == level]
        return len(kept) if want == "count" else [r[text.name] for r in kept]

    keep = f"nasl.util.ListFilter({name}, (item) => app.logics.{inner}(item) == '{level}')"
    body = f"nasl.util.Length({keep})" if want == "count" else \
        f"nasl.util.ListTransform({keep}, (item) => item.{text.name})"  # fmt: skip
    asked = "数量" if want == "count" else f"{text.label}列表"

    def table(count):
        rows = shape.rows(rng, domain, count)
        for row in rows:
            if rng.random() < 0.5:
                row[number.name] = limit + STEPS[number.kind] * rng.choice((0, -1, 1))
        rows[0][number.name] = limit
        return rows

    return Draft(
        zh=(
            f"调用已有逻辑{shape.label}等级（{inner}），返回 {name} 中等级为“{level}”的{shape.label}的{asked}",
            f"项目中已有 {inner} 判断{shape.label}等级，请复用它，求 {name} 里“{level}”的{shape.label}{asked}",
            f"统计{shape.label}列表 {name}：{inner} 结果等于“{level}”的有哪些，返回{asked}",
            f"不要重写等级规则，使用 app.logics.{inner}，返回 {name} 中“{level}”等级{shape.label}的{asked}",
        ),
        en=f"use {inner}: the {'number' if want == 'count' else text.english} "
        f"of the {shape.english} items of level {level}",
        name=camel("count" if want == "count" else "list", rng.choice(("Rated", "Leveled", "Graded")),
            plural(shape.name)),
        params=((name, f"List<{shape.type}>"),),
        returns="Long" if want == "count" else "List<String>",
        lets=(f"result: {'Long' if want == 'count' else 'List<String>'}",),
        body=(f"result = {body};",),
        tests=cases(oracle, *([table(n)] for n in (6, 4, 1)), [[]]),
        declarations=(shape, *enums_of(domain, shape), logic),
    )  # fmt: skip


def check_form(rng: Random, domain: Domain) -> Draft:
    shape, (text, number) = choose(rng, domain, ("text", "number"), extra=1)
    rule = condition(rng, domain, number, ops=(">", ">=", "<", "<="))
    first, second = f"请填写{text.label}", f"{number.label}不符合要求"
    name = rng.choice(("form", "input", "body", "item"))
    gives = rng.random() < 0.5

    def test(row):
        blank = row[text.name] is None or not row[text.name].strip()
        if blank or not rule.holds(row):
            if gives:
                return case([row], first if blank else second)
            return case([row], raises="Aborted")
        return case([row], "" if gives else True)

    def row(word="", value=None):
        return shape.row(rng, domain, **({text.name: word} if word != "" else {}), **{number.name: value or rule.value})

    step = STEPS[number.kind]
    rows = [row(), row(value=rule.value + step), row(value=rule.value - step), row(word=None), row(word="  ")]
    tests: dict[str, Test] = {}
    for item in rows:
        made = test(item)
        tests.setdefault(repr(made.args), made)
    if gives:
        body: tuple[str, ...] = (
            f"if (!nasl.util.HasValue({name}.{text.name})) {{",
            f"  result = '{first}';",
            f"}} else if (!({rule.code(name)})) {{",
            f"  result = '{second}';",
            "}",
        )
        lets = ("result: String = ''",)
        good = "都通过返回空文本"
        act = "返回"
    else:
        body = (
            f"if (!nasl.util.HasValue({name}.{text.name})) {{",
            f"  abort('{first}');",
            "}",
            f"if (!({rule.code(name)})) {{",
            f"  abort('{second}');",
            "}",
            "result = true;",
        )
        lets = ("result: Boolean = false",)
        good = "都通过返回 true"
        act = "中止并提示"
    return Draft(
        zh=(
            f"校验{shape.label} {name}：{text.label}没有值时{act}“{first}”，"
            f"{number.label}必须{rule.zh.removeprefix(number.label)}，否则{act}“{second}”，{good}",
            f"提交{shape.label}前检查 {name}，先看{text.label}是否为空白（是则{act}“{first}”），"
            f"再看{rule.zh}是否成立（不成立则{act}“{second}”），{good}",
            f"{shape.label}表单校验，参数 {name}：要求{text.label}非空、"
            f"{rule.zh}，依次不满足时{act}“{first}”、“{second}”，{good}",
            f"检查 {name} 是否为合法的{shape.label}，"
            f"缺少{text.label}{act}“{first}”，不满足{rule.zh}{act}“{second}”，{good}",
        ),
        en=f"check the {shape.english}: {text.english} has a value, {rule.en}; "
        + ("give the message or an empty text" if gives else "abort with the message or give true"),
        name=camel(rng.choice(("check", "validate", "verify")), shape.name),
        params=((name, shape.type),),
        returns="String" if gives else "Boolean",
        lets=lets,
        body=body,
        tests=tuple(tests.values()),
        declarations=(shape, *enums_of(domain, shape)),
        tags=("null",) if gives else ("null", "abort"),
    )


def two_logics(rng: Random, domain: Domain) -> Draft:
    shape, (money, count) = choose(rng, domain, ("money", "count"), extra=1)
    rate = rng.choice((Decimal("0.9"), Decimal("0.85"), Decimal("0.8"), Decimal("0.95")))
    least = rng.randint(2, 30)
    amount = camel("amount", "Of", shape.name)
    discount = camel("factor", "For", count.name)
    logics = (
        Logic(f"/** 计算{shape.label}金额 */\nexport function {amount}(item: {shape.type}): Decimal {{\n"
              f"  let result: Decimal;\n  result = item.{money.name} * item.{count.name};\n  return result;\n}}"),
        Logic(f"/** {count.label}折扣系数 */\nexport function {discount}(value: Long): Decimal {{\n"
              f"  let result: Decimal = 1;\n  if (value >= {least}) {{\n    result = {plain(rate)};\n  }}\n"
              "  return result;\n}"),
    )  # fmt: skip
    name = list_name(rng)

    def oracle(rows):
        total = Decimal(0)
        for r in rows:
            total += r[money.name] * r[count.name] * (rate if r[count.name] >= least else 1)
        return total

    def table(size):
        rows = shape.rows(rng, domain, size)
        for row in rows[1:]:
            row[count.name] = rng.choice((least, least - 1, least + 3))
        return rows

    return Draft(
        zh=(
            f"用已有逻辑 {amount} 和 {discount} 计算{shape.label}列表 "
            f"{name} 的总额：每条金额乘以其{count.label}的折扣系数后累加",
            f"求 {name} 的折后总额，单条{shape.label}金额调用 {amount}，"
            f"系数用 {discount}（传入{count.label}），相乘后求和",
            f"复用 {amount}（计算{shape.label}金额）与 {discount}（{count.label}折扣系数），"
            f"返回 {name} 各条相乘后的合计，空列表为 0",
            f"{shape.label}合计金额：遍历 {name}，累加 {amount} 乘以 "
            f"{discount} 的结果，其中 {discount} 的参数是{count.label}",
        ),
        en=f"sum {amount} times {discount} over the {shape.english} items",
        name=camel("total", plural(shape.name)),
        params=((name, f"List<{shape.type}>"),),
        returns="Decimal",
        lets=("result: Decimal = 0",),
        body=(
            f"for (const [index, item] of ListEntries({name})) {{",
            f"  result = result + app.logics.{amount}(item) * app.logics.{discount}(item.{count.name});",
            "}",
        ),
        tests=cases(oracle, *([table(n)] for n in (3, 2, 1)), [[]]),
        declarations=(shape, *enums_of(domain, shape), *logics),
    )


def new_with_defaults(rng: Random, domain: Domain) -> Draft:
    shape, (status, text, number) = choose(rng, domain, ("enum", "text", "number"), extra=0)
    enum = domain.enum(status.limits[0])
    start, limit = rng.choice(enum.members), round_draw(number, rng)
    special = rng.choice([m for m in enum.members if m != start])
    op, word = rng.choice(((">=", "大于等于"), (">", "大于")))

    def oracle(word_, value):
        big = value >= limit if op == ">=" else value > limit
        return {text.name: word_, number.name: value, status.name: special[0] if big else start[0]}

    step = STEPS[number.kind]
    said = spoken(number, limit, domain)
    return Draft(
        zh=(
            f"构造一个{shape.label}：{text.label}和{number.label}取参数，"
            f"{status.label}默认“{start[1]}”，{number.label}{word} {said} 时为“{special[1]}”",
            f"根据{text.label}、{number.label}创建{shape.label}对象（不入库），"
            f"{number.label}{word} {said} 的{status.label}为“{special[1]}”，其余为“{start[1]}”",
            f"返回新的{shape.label}，{text.label}、{number.label}由参数给出，"
            f"{status.label}按{number.label}判断：{word} {said} 取“{special[1]}”，否则“{start[1]}”",
            f"组装{shape.label}：填入{text.label}与{number.label}；若{number.label}{word} "
            f"{said}，{status.label}设为“{special[1]}”，不然设为“{start[1]}”",
        ),
        en=f"a new {shape.english} with {status.english} {special[0]} "
        f"when {number.english} {op} {said}, else {start[0]}",
        name=camel(rng.choice(("make", "build", "new")), shape.name),
        params=((text.name, text.type), (number.name, number.type)),
        returns=shape.type,
        lets=(f"result: {shape.type}",),
        body=(
            f"result.{text.name} = {text.name};",
            f"result.{number.name} = {number.name};",
            f"result.{status.name} = {status.type}.{start[0]};",
            f"if ({number.name} {op} {said}) {{",
            f"  result.{status.name} = {status.type}.{special[0]};",
            "}",
        ),
        tests=cases(oracle, *([draw(text, rng, domain), v] for v in (limit, limit + step, limit - step)),
                    [draw(text, rng, domain), draw(number, rng, domain)]),
        declarations=(shape, enum),
    )  # fmt: skip


def number_of_fits(rng: Random, domain: Domain) -> Draft:
    shape, (first, second) = choose(rng, domain, ("number", rng.choice(("when", "plain", "enum"))))
    rules = [condition(rng, domain, first, ops=(">", ">=", "<", "<=")), condition(rng, domain, second)]
    name, every = list_name(rng), rng.choice(("every", "any", "share"))
    said = f"{rules[0].zh}且{rules[1].zh}"
    asked = {"every": f"是否每条都{said}（空列表返回 true）", "any": f"是否存在{said}的记录",
             "share": f"{said}的记录所占比例（小数，空列表返回 0）"}[every]  # fmt: skip

    def oracle(rows):
        fits = [all(r.holds(row) for r in rules) for row in rows]
        if every == "share":
            return half_up(Decimal(sum(fits)) / len(fits), 20) if fits else Decimal(0)
        return all(fits) if every == "every" else any(fits)

    def fit():
        return shape.row(rng, domain, **{c.field.name: c.fitting(rng) for c in rules})

    def spoiled(rule):
        return {**fit(), rule.field.name: rule.failing(rng)}

    one, two = [spoiled(rules[0]), spoiled(rules[0])], [spoiled(rules[1]), spoiled(rules[1])]
    tables = [[fit(), fit(), fit()], [fit(), one[0]], [two[0], fit()], [*one, *two], [*two, fit(), one[1]]]
    test = " && ".join(c.code("item") for c in rules)
    body: tuple[str, ...] = {
        "every": (f"result = nasl.util.ListFind({name}, (item) => !({test})) == null;",),
        "any": (f"result = nasl.util.ListFind({name}, (item) => {test}) != null;",),
        "share": (
            f"if (nasl.util.Length({name}) > 0) {{",
            f"  result = nasl.util.Length(nasl.util.ListFilter({name}, (item) => {test})) / nasl.util.Length({name});",
            "}",
        ),
    }[every]
    returns = "Decimal" if every == "share" else "Boolean"
    return Draft(
        zh=(
            f"对{shape.label}列表 {name} 判断：{asked}",
            f"返回{shape.label}列表 {name} 中{asked}",
            f"给定{shape.label} {name}，求{asked}",
            f"检查 {name}（{shape.label}列表），返回{asked}",
        ),
        en={"every": "whether every", "any": "whether some", "share": "the share of"}[every]
        + f" {shape.english} item has {rules[0].en} and {rules[1].en}",
        name=camel({"every": "all", "any": "has", "share": "shareOf"}[every], rng.choice(("Matched",
            "Qualified", "Fit")),
                   plural(shape.name)),
        params=((name, f"List<{shape.type}>"),),
        returns=returns,
        lets=(f"result: {returns}{' = 0' if every == 'share' else ''}",),
        body=body,
        tests=cases(oracle, *([rows] for rows in tables), [[]],
                    **({"tolerance": "0.000001"} if every == "share" else {})),
        declarations=(shape, *enums_of(domain, shape)),
    )  # fmt: skip


FAMILIES = (
    Family("project-variable", "logic", "easy", ("variable", "if", "*"), variable_rate),
    Family("project-call-logic", "logic", "easy",
           ("logic call", "ListFilter", "ListTransform", "Length", "lambda"), call_logic),
    Family("project-check-form", "logic", "medium", ("HasValue", "abort", "if", "else"), check_form),
    Family("project-two-logics", "logic", "medium", ("logic call", "for"), two_logics),
    Family("project-new-item", "logic", "easy", ("enum", "if"), new_with_defaults),
    Family("project-fits", "logic", "medium", ("ListFind", "ListFilter", "Length", "lambda", "&&", "if",
        "FromString"), number_of_fits),
)  # fmt: skip
