"""Lists of a project's structures made into something else: other structures, maps, texts, changed copies."""

import json
from random import Random

from naslforge.synth.families.context import choose, copy_shape, enums_of
from naslforge.synth.families.frame import Draft, Family, camel, cases, plural
from naslforge.synth.families.structures import list_name
from naslforge.synth.families.wording import condition, tempt
from naslforge.synth.vocabulary import Domain, Field


def project_rows(rng: Random, domain: Domain) -> Draft:
    shape, (text, first, second) = choose(rng, domain, ("text", "number", "number"))
    op, word = rng.choice((("+", "之和"), ("*", "之积"), ("-", "之差")))
    result_type = "Decimal" if "Decimal" in (first.type, second.type) else "Long"
    name = list_name(rng)
    value = Field(
        "computed", rng.choice(("结果值", "计算值", "指标值")), "money" if result_type == "Decimal" else "count"
    )
    target = copy_shape(shape, f"{shape.name}{rng.choice(('View', 'Brief', 'Option', 'Card'))}",
                        f"{shape.label}{rng.choice(('视图', '摘要', '卡片'))}", (text, value))  # fmt: skip

    def oracle(rows):
        done = []
        for r in rows:
            a, b = r[first.name], r[second.name]
            done.append({text.name: r[text.name], "computed": a + b if op == "+" else a * b if op == "*" else a - b})
        return done

    sum_of = f"{first.label}减{second.label}" if op == "-" else f"{first.label}与{second.label}{word}"
    return Draft(
        zh=(
            f"把{shape.label}列表 {name} 转换成{target.label}列表，{text.label}照抄，{value.label}为{sum_of}",
            f"由 {name}（{shape.label}）生成{target.label}：保留{text.label}，{value.label}等于{sum_of}",
            f"返回{target.label}列表，每项的{text.label}取自 {name} 对应的{shape.label}，{value.label}是{sum_of}",
            f"将每个{shape.label}映射为{target.label}，其中{value.label}取{sum_of}，{text.label}不变，数据为 {name}",
        ),
        en=f"turn the {shape.english} items into {target.english} items: {text.english} and {first.english} {op} "
        f"{second.english}",
        name=camel("to", plural(target.name)),
        params=((name, f"List<{shape.type}>"),),
        returns=f"List<{target.type}>",
        lets=(f"result: List<{target.type}>",),
        body=(
            f"result = nasl.util.ListTransform({name}, (item) => new {target.type}({{ {text.name}: item.{text.name}, "
            f"computed: item.{first.name} {op} item.{second.name} }}));",
        ),
        tests=cases(oracle, *([shape.rows(rng, domain, n)] for n in (3, 1, 4)), [[]]),
        declarations=(shape, target, *enums_of(domain, shape)),
    )


def distinct_rows(rng: Random, domain: Domain) -> Draft:
    shape, (first, second, _) = choose(rng, domain, ("group", "plain", "number"))
    both, name = rng.random() < 0.5, list_name(rng)
    keys = (first, second) if both else (first,)
    said = f"{first.label}和{second.label}" if both else first.label

    def oracle(rows):
        seen: dict[tuple, dict] = {}
        for row in rows:
            seen.setdefault(tuple(row[k.name] for k in keys), row)
        return list(seen.values())

    def table(count):
        rows = shape.rows(rng, domain, count)
        for row in rows[1::2]:
            row[first.name] = rows[0][first.name]
        for row in rows[2::3]:
            row[second.name] = rows[0][second.name]
        return rows

    lambdas = ", ".join(f"(item) => item.{k.name}" for k in keys)
    return Draft(
        zh=(
            f"按{said}对{shape.label}列表 {name} 去重，相同的只保留第一条",
            f"去掉 {name} 中{said}重复的{shape.label}，保留先出现的那条",
            f"返回 {name} 去重后的结果，{said}相同视为同一{shape.label}，取首次出现",
            f"{shape.label} {name} 里{said}一样的只留最前面一条，其余删除，返回新列表",
        ),
        en=f"the {shape.english} items with different {' and '.join(k.english for k in keys)}, the first of equals",
        name=camel("unique", plural(shape.name)),
        params=((name, f"List<{shape.type}>"),),
        returns=f"List<{shape.type}>",
        lets=(f"result: List<{shape.type}>",),
        body=(f"result = nasl.util.ListDistinctBy({name}, [{lambdas}]);",),
        tests=cases(oracle, *([table(n)] for n in (6, 5, 2)), [[]]),
        declarations=(shape, *enums_of(domain, shape)),
    )


def change_rows(rng: Random, domain: Domain) -> Draft:
    shape, (status, number) = choose(rng, domain, ("enum", "number"))
    enum, name = domain.enum(status.limits[0]), list_name(rng)
    move, label = rng.choice(enum.moves), dict(enum.members)
    rule = condition(rng, domain, number, ops=(">", ">=", "<", "<="))
    copy = rng.random() < 0.5

    def oracle(rows):
        return [{**r, status.name: move.target} if r[status.name] == move.source and rule.holds(r) else r for r in rows]

    def table(count):
        rows = tempt(rng, shape.rows(rng, domain, count), [rule])
        return [{**r, status.name: move.source} if rng.random() < 0.7 else r for r in rows]

    source = f"nasl.util.Clone({name})" if copy else name
    how = "复制一份再修改" if copy else "直接修改"
    return Draft(
        zh=(
            f"把{shape.label}列表 {name} "
            f"中{status.label}为“{label[move.source]}”且{rule.zh}的改成“{label[move.target]}”，{how}，返回整个列表",
            f"{how}：{name} 里{rule.zh}、{status.label}是“{label[move.source]}”的{shape.label}，"
            f"{status.label}变为“{label[move.target]}”，返回全部记录",
            f"对 {name} 的{shape.label}做处理，凡“{label[move.source]}”（{status.label}）"
            f"且{rule.zh}的更新为“{label[move.target]}”，其余不变，{how}后返回列表",
            f"返回处理后的{shape.label}列表，{how} {name}："
            f"满足{rule.zh}并且{status.label}等于“{label[move.source]}”时，{status.label}设为“{label[move.target]}”",
        ),
        en=f"set {status.english} from {move.source} to {move.target} where {rule.en}"
        + (", on a copy" if copy else ", in place") + "; give the whole list",
        name=camel(move.action, plural(shape.name)),
        params=((name, f"List<{shape.type}>"),),
        returns=f"List<{shape.type}>",
        lets=(f"result: List<{shape.type}>",),
        body=(
            f"result = {source};",
            "for (const [index, item] of ListEntries(result)) {",
            f"  if (item.{status.name} == {status.type}.{move.source} && {rule.code('item')}) {{",
            f"    item.{status.name} = {status.type}.{move.target};",
            "  }",
            "}",
        ),
        tests=cases(oracle, *([table(n)] for n in (6, 4, 2)), [[]]),
        declarations=(shape, *enums_of(domain, shape)),
    )  # fmt: skip


def index_rows(rng: Random, domain: Domain) -> Draft:
    shape, (key, value) = choose(rng, domain, ("text", "number"))
    name, first = list_name(rng), rng.random() < 0.6
    said = "先出现的" if first else "后出现的"

    def oracle(rows):
        found: dict[str, object] = {}
        for row in rows:
            if not first or row[key.name] not in found:
                found[row[key.name]] = row[value.name]
        return found

    def table(count):
        rows = shape.rows(rng, domain, count)
        rows[-1][key.name] = rows[0][key.name]
        return rows

    type_ = f"Map<String, {value.type}>"
    body = (
        (f"result = nasl.util.ListToMap({name}, (item) => item.{key.name}, (item) => item.{value.name});",)
        if first
        else (
            f"for (const [index, item] of ListEntries({name})) {{",
            f"  nasl.util.MapPut(result, item.{key.name}, item.{value.name});",
            "}",
        )
    )
    return Draft(
        zh=(
            f"把{shape.label}列表 {name} 转成以{key.label}为键、{value.label}为值的 Map，键重复时保留{said}值",
            f"由 {name} 建立{key.label}到{value.label}的映射，同一{key.label}取{said}{shape.label}",
            f"返回 Map：键{key.label}，值{value.label}，来自{shape.label} {name}，重复的以{said}为准",
            f"为{shape.label} {name} 建索引，{key.label}对应{value.label}，若{key.label}重复用{said}那条",
        ),
        en=f"a map from {key.english} to {value.english} of the {shape.english} items, the "
        f"{'first' if first else 'last'} of equal keys",
        name=camel("index", plural(shape.name)),
        params=((name, f"List<{shape.type}>"),),
        returns=type_,
        lets=(f"result: {type_}",),
        body=body,
        tests=cases(oracle, *([table(n)] for n in (5, 3, 2)), [[]]),
        declarations=(shape, *enums_of(domain, shape)),
    )


def from_json(rng: Random, domain: Domain) -> Draft:
    shape, (text, number) = choose(rng, domain, ("text", "count"), extra=0)
    fallback = rng.choice(("解析失败", "无效数据", "-"))
    mark = rng.choice(("×", ":", " x ", "="))

    def oracle(source):
        try:
            found = json.loads(source)
        except (TypeError, ValueError):
            return fallback
        return f"{found[text.name]}{mark}{found[number.name]}"

    def source():
        row = shape.row(rng, domain)
        return json.dumps({text.name: row[text.name], number.name: row[number.name]}, ensure_ascii=False)

    return Draft(
        zh=(
            f"把 JSON 文本 source 解析成{shape.label}，"
            f"返回“{text.label}{mark}{number.label}”形式的文本，解析不出来返回“{fallback}”",
            f"source 是一个{shape.label}的 JSON，"
            f"请解析后用“{mark}”连接{text.label}与{number.label}，无法解析或为空时返回“{fallback}”",
            f"反序列化 source 得到{shape.label}，"
            f"结果为{text.label}加“{mark}”加{number.label}；不是合法 JSON 时为“{fallback}”",
            f"读取接口报文 source（{shape.label} JSON），输出{text.label}、"
            f"“{mark}”、{number.label}拼接的文本，失败输出“{fallback}”",
        ),
        en=f"parse source as a {shape.english} and join {text.english} and {number.english} with '{mark}', "
        f"'{fallback}' when it cannot be read",
        name=camel("read", shape.name, "Json"),
        params=(("source", "String"),),
        returns="String",
        lets=(f"found: {shape.type}", f"result: String = '{fallback}'"),
        body=(
            f"found = nasl.util.jsonDeserialize<{shape.type}>(source);",
            "if (found != null) {",
            f"  result = found.{text.name} + '{mark}' + found.{number.name};",
            "}",
        ),
        tests=cases(oracle, [source()], [source()], ["{broken"], [None]),
        declarations=(shape,),
        tags=("null",),
    )


def filled_rows(rng: Random, domain: Domain) -> Draft:
    shape, (text, number) = choose(rng, domain, ("text", "number"))
    name = list_name(rng)
    want = rng.choice(("count", "missing"))

    def empty(row):
        return row[text.name] is None or not row[text.name].strip() or row[number.name] is None

    def oracle(rows):
        return sum(empty(r) for r in rows) if want == "missing" else sum(not empty(r) for r in rows)

    def table(count):
        rows = shape.rows(rng, domain, count)
        for row in rows:
            hole = rng.choice((None, None, text.name, number.name))
            if hole:
                row[hole] = rng.choice((None, "", "  ")) if hole == text.name else None
        return rows

    said = f"{text.label}或{number.label}没有值" if want == "missing" else f"{text.label}和{number.label}都有值"
    test = f"nasl.util.HasValue(item.{text.name}, item.{number.name})"
    return Draft(
        zh=(
            f"统计{shape.label}列表 {name} 中{said}的条数（空白文本视为没有值）",
            f"返回 {name} 里{said}的{shape.label}数量，只含空格的文本算没有值",
            f"检查{shape.label} {name}，数出{said}的记录有多少条，空文本与空白都算没有值",
            f"数据质检：{name} 中{said}的{shape.label}有几条？空白文本按没有值处理",
        ),
        en=f"the number of {shape.english} items with {'a missing' if want == 'missing' else 'both'} {text.english} "
        f"{'or' if want == 'missing' else 'and'} {number.english}",
        name=camel("count", "Incomplete" if want == "missing" else "Complete", plural(shape.name)),
        params=((name, f"List<{shape.type}>"),),
        returns="Long",
        lets=("result: Long",),
        body=(
            f"result = nasl.util.Length(nasl.util.ListFilter({name},"
            f" (item) => {'!' if want == 'missing' else ''}{test}));",
        ),
        tests=cases(oracle, *([table(n)] for n in (7, 5, 3)), [[]]),
        declarations=(shape, *enums_of(domain, shape)),
        tags=("null",),
    )


def names_joined(rng: Random, domain: Domain) -> Draft:
    shape, (text, other) = choose(rng, domain, ("text", rng.choice(("plain", "number", "when", "enum"))))
    rule = condition(rng, domain, other)
    name, mark = list_name(rng), rng.choice(("、", ",", "；", " / ", "|"))
    fallback = rng.choice(("", "无", "-"))
    said = f"“{fallback}”" if fallback else "空文本"

    def oracle(rows):
        kept = [r[text.name] for r in rows if rule.holds(r)]
        return mark.join(kept) if kept else fallback

    guard = ("if (result == '') {", f"  result = '{fallback}';", "}") if fallback else ()
    return Draft(
        zh=(
            f"把{shape.label}列表 {name} 中{rule.zh}的{text.label}用“{mark}”拼成文本，没有则返回{said}",
            f"取 {name} 里{rule.zh}的{shape.label}的{text.label}，以“{mark}”分隔连接，一条都没有返回{said}",
            f"返回{rule.zh}的{text.label}清单，中间用“{mark}”隔开，数据来自{shape.label} {name}，为空时是{said}",
            f"将 {name} 中符合条件的{text.label}连成一行（分隔符“{mark}”），条件是{rule.zh}，没有符合的则为{said}",
        ),
        en=f"{text.english} of the {shape.english} items whose {rule.en}, joined with '{mark}', '{fallback}' when none",
        name=camel("join", plural(text.name)),
        params=((name, f"List<{shape.type}>"),),
        returns="String",
        lets=("result: String",),
        body=(
            f"result = nasl.util.Join(nasl.util.ListTransform(nasl.util.ListFilter({name},"
            f" (item) => {rule.code('item')}), "
            f"(item) => item.{text.name}), '{mark}');",
            *guard,
        ),
        tests=cases(oracle, *([tempt(rng, shape.rows(rng, domain, n), [rule])] for n in (6, 4, 2)), [[]]),
        declarations=(shape, *enums_of(domain, shape)),
    )


FAMILIES = (
    Family("struct-project", "logic", "easy", ("ListTransform", "new", "lambda"), project_rows),
    Family("struct-distinct", "logic", "easy", ("ListDistinctBy", "lambda"), distinct_rows),
    Family("struct-change", "logic", "medium", ("Clone", "enum", "for", "if", "&&"), change_rows),
    Family("struct-index", "logic", "easy", ("ListToMap", "MapPut", "for", "lambda"), index_rows),
    Family("struct-from-json", "logic", "medium", ("jsonDeserialize", "if", "+"), from_json),
    Family("struct-complete", "logic", "easy", ("HasValue", "ListFilter", "Length", "lambda"), filled_rows),
    Family("struct-join-names", "logic", "easy", ("Join", "ListTransform", "ListFilter", "lambda", "if",
        "FromString"), names_joined),
)  # fmt: skip
