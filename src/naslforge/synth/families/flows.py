"""Status flows: next status, allowed moves, labels and texts of enum members, counts by status."""

from random import Random

from naslforge.synth.families.context import choose
from naslforge.synth.families.frame import Draft, Family, camel, cases, plural
from naslforge.synth.families.values import draw
from naslforge.synth.vocabulary import Domain, Enum, Field


def pick_enum(rng: Random, domain: Domain) -> tuple[Enum, str, str]:
    """A status enum, the parameter name for one of its values and its type."""
    enum = rng.choice(domain.enums)
    return enum, enum.name[0].lower() + enum.name[1:], f"app.enums.{enum.name}"


def enum_field(enum: Enum, name: str) -> Field:
    """The enum as a field, for drawing values."""
    return Field(name, enum.label, "enum", (enum.name,))


def next_status(rng: Random, domain: Domain) -> Draft:
    enum, name, type_ = pick_enum(rng, domain)
    moves = rng.sample(enum.moves, min(len(enum.moves), rng.randint(2, 4)))
    stay = rng.random() < 0.5
    label = dict(enum.members)
    said = "；".join(f"“{label[m.source]}”执行“{m.label}”变为“{label[m.target]}”" for m in moves)
    otherwise = "其余情况保持不变" if stay else "其余情况返回 null"

    def oracle(status, action):
        known = (m.target for m in moves if (m.source, m.label) == (status, action))
        return next(known, status if stay else None)

    body: list[str] = []
    for m in moves:
        test = f"{name} == {type_}.{m.source} && action == '{m.label}'"
        body += [f"}} else if ({test}) {{" if body else f"if ({test}) {{", f"  result = {type_}.{m.target};"]
    wrong = next(v for v in enum.values if v != moves[0].source)
    inputs = [[m.source, m.label] for m in moves[:3]] + [[wrong, moves[0].label]]
    inputs += [[moves[-1].source, "催办"], [moves[0].source, "催办"]]
    return Draft(
        zh=(
            f"根据{enum.label} {name} 和动作 action 返回新的{enum.label}：{said}；{otherwise}",
            f"{enum.label}流转规则：{said}。给定 {name} 与 action，返回流转后的{enum.label}，{otherwise}",
            f"实现{enum.label}的状态机，{said}，参数 {name} 是当前状态、action 是动作文本，{otherwise}",
            f"当前{enum.label}为 {name}，执行 action 后的状态是什么？规则是{said}，{otherwise}",
        ),
        en="the status after action: "
        + "; ".join(f"{m.source} + '{m.label}' -> {m.target}" for m in moves)
        + f"; otherwise {'unchanged' if stay else 'null'}",
        name=camel("next", enum.name),
        params=((name, type_), ("action", "String")),
        returns=type_,
        lets=(f"result: {type_}{f' = {name}' if stay else ''}",),
        body=(*body, "}"),
        tests=cases(oracle, *inputs),
        declarations=(enum,),
    )


def can_move(rng: Random, domain: Domain) -> Draft:
    enum, _, type_ = pick_enum(rng, domain)
    label = dict(enum.members)
    moves = rng.sample(enum.moves, min(len(enum.moves), rng.randint(2, 3)))
    pairs = [(m.source, m.target) for m in moves]
    same = rng.random() < 0.4
    said = "、".join(f"“{label[a]}”到“{label[b]}”" for a, b in pairs)
    extra = "，状态不变也算允许" if same else ""

    def oracle(old, new):
        return (old, new) in pairs or (same and old == new)

    tests = [f"(current == {type_}.{a} && target == {type_}.{b})" for a, b in pairs]
    if same:
        tests.append("current == target")
    a, b = pairs[0]
    other = next(v for v in enum.values if v not in (a, b))
    return Draft(
        zh=(
            f"判断{enum.label}能否从 current 变成 target，只允许{said}{extra}",
            f"校验{enum.label}变更：允许的变化是{said}{extra}，返回 current 到 target 是否合法",
            f"{enum.label}只能按{said}流转{extra}，请判断 current → target 是否允许",
            f"返回 true 表示{enum.label}可以由 current 改为 target，允许{said}{extra}，其余返回 false",
        ),
        en=f"whether the status may go from current to target: {', '.join(f'{x} to {y}' for x, y in pairs)}"
        + (", or stay" if same else ""),
        name=camel("can", rng.choice(("Change", "Switch")), enum.name),
        params=(("current", type_), ("target", type_)),
        returns="Boolean",
        lets=("result: Boolean",),
        body=(f"result = {' || '.join(tests)};",),
        tests=cases(oracle, [a, b], [b, a], [a, a], list(pairs[-1]), [other, b], [pairs[-1][0], other]),
        declarations=(enum,),
    )


def from_text(rng: Random, domain: Domain) -> Draft:
    enum, _, type_ = pick_enum(rng, domain)
    default = rng.choice(enum.members)
    to_upper = rng.random() < 0.5

    def oracle(text):
        return text if text in enum.values else default[0]

    clean = "nasl.util.Trim(text)" if to_upper else "text"
    extra = "先去掉两端空格，再" if to_upper else ""
    inputs = [enum.values[0], enum.values[-1], "unknown", None]
    if to_upper:
        inputs.append(f"  {enum.values[1]} ")

    def cleaned(text):
        return oracle(text.strip() if to_upper and text else text)

    return Draft(
        zh=(
            f"{extra}把文本 text 转换为{enum.label}，没有对应项或为空时返回“{default[1]}”",
            f"将存储值文本 text {extra}解析成{enum.label}枚举项，无法识别（含 null）时取“{default[1]}”",
            f"返回 text 对应的{enum.label}，{extra}查不到就用默认值“{default[1]}”",
            f"{enum.label}由文本 text 传入，{extra}转成枚举；无效或 null 时为“{default[1]}”",
        ),
        en=f"the member whose value is text{' after trimming' if to_upper else ''}, {default[0]} when there is none",
        name=camel("parse", enum.name),
        params=(("text", "String"),),
        returns=type_,
        lets=(f"result: {type_}",),
        body=(
            f"result = nasl.util.ToEnumItem<{type_}>({clean});",
            "if (result == null) {",
            f"  result = {type_}.{default[0]};",
            "}",
        ),
        tests=cases(cleaned, *([text] for text in inputs)),
        declarations=(enum,),
        tags=("null",),
    )


def status_label(rng: Random, domain: Domain) -> Draft:
    enum, name, type_ = pick_enum(rng, domain)
    shape, (who,) = choose(rng, domain, ("text",))
    open_, close = rng.choice((("【", "】"), ("[", "]"), ("（", "）"), ("<", ">")))
    fallback = rng.choice(("未知", "无状态", "-"))
    first = rng.random() < 0.5
    label = dict(enum.members)

    def oracle(status, text):
        tag = open_ + (label[status] if status is not None else fallback) + close
        return tag + text if first else text + tag

    tool = rng.choice(("EnumItemToText", "EnumItemToStructure"))
    read = (
        f"nasl.util.EnumItemToText({name})"
        if tool == "EnumItemToText"
        else f"nasl.util.EnumItemToStructure({name}).text"
    )
    parts = [f"'{open_}' + tag + '{close}'", who.name]
    sample = f"“{open_}{enum.values[0] and label[enum.values[0]]}{close}”"
    place = "前" if first else "后"
    field = enum_field(enum, name)
    inputs = [[v, str(draw(who, rng, domain))] for v in rng.sample(enum.values, 2)]
    return Draft(
        zh=(
            f"在{who.label} {who.name} {place}面加上{enum.label}的中文名，"
            f"形如{sample}，{name} 为空时中文名用“{fallback}”",
            f"返回带状态的{shape.label}标题：{who.label} {who.name} "
            f"{place}面拼上{sample}这样的{enum.label}文本，状态为 null 写“{fallback}”",
            f"生成标题，{enum.label} {name} 的显示文本用“{open_}”和“{close}”括起放在 "
            f"{who.name}（{who.label}）{place}面；没有状态时显示文本为“{fallback}”",
            f"{who.label}显示时{place}缀{enum.label}标签，例如{sample}，"
            f"{name} 是 null 则标签文本为“{fallback}”，请返回拼接结果",
        ),
        en=f"{who.name} with the label of {name} in {open_}{close} {'before' if first else 'after'} it, "
        f"'{fallback}' for null",
        name=camel(shape.name, rng.choice(("Title", "Caption", "Heading"))),
        params=((name, type_), (who.name, "String")),
        returns="String",
        lets=(f"tag: String = '{fallback}'", "result: String"),
        body=(
            f"if ({name} != null) {{",
            f"  tag = {read};",
            "}",
            f"result = {' + '.join(parts if first else reversed(parts))};",
        ),
        tests=cases(oracle, *inputs, [None, str(draw(who, rng, domain))], [draw(field, rng, domain), ""]),
        declarations=(enum,),
        tags=("null",),
    )


def match_rank(rng: Random, domain: Domain) -> Draft:
    enum, name, type_ = pick_enum(rng, domain)
    label = dict(enum.members)
    shown = rng.sample(enum.values, rng.randint(2, len(enum.values) - 1))
    numeric = rng.random() < 0.5
    meaning = rng.choice(("优先级", "权重", "排序号", "分值") if numeric else ("颜色", "处理人角色", "提示"))
    pool = rng.sample(range(1, 60), len(shown) + 1) if numeric else rng.sample(
        ("红", "绿", "蓝", "灰", "橙") if meaning == "颜色" else ("专员", "主管", "经理", "总监", "系统")
        if meaning == "处理人角色" else ("请等待", "请处理", "已结束", "请关注", "无需操作"), min(5,
            len(shown) + 1))  # fmt: skip
    shown, default = shown[: len(pool) - 1], pool[-1]
    table = dict(zip(shown, pool, strict=False))
    type_out = "Long" if numeric else "String"

    def write(value):
        return str(value) if numeric else f"'{value}'"

    def say(value):
        return str(value) if numeric else f"“{value}”"

    def oracle(status):
        return table.get(status, default)

    body: list[str] = ["result = (function match(_value) {"]
    for place, (status, value) in enumerate(table.items()):
        word = "  if" if place == 0 else "  } else if"
        body += [f"{word} (_value === {type_}.{status}) {{", f"    return {write(value)};"]
    body += ["  } else {", f"    return {write(default)};", "  }", f"}})({name});"]
    said = "，".join(f"“{label[status]}”为{say(value)}" for status, value in table.items())
    return Draft(
        zh=(
            f"用匹配语句把{enum.label} {name} 转成{meaning}：{said}，其他为{say(default)}",
            f"返回{enum.label}对应的{meaning}，{said}，其余（含空）为{say(default)}，用 match 实现",
            f"按{enum.label} {name} 匹配{meaning}：{said}；没有匹配时为{say(default)}",
            f"不同{enum.label}的{meaning}不同：{said}，除此之外都是{say(default)}，请用 match 根据 {name} 返回",
        ),
        en="match the status: " + ", ".join(f"{k} gives {v}" for k, v in table.items()) + f", others {default}",
        name=camel(enum.name, {"优先级": "Priority", "权重": "Weight", "排序号": "Order", "分值": "Score",
            "颜色": "Color",
                               "处理人角色": "Role", "提示": "Hint"}[meaning]),
        params=((name, type_),),
        returns=type_out,
        lets=(f"result: {type_out}",),
        body=tuple(body),
        tests=cases(oracle, *([v] for v in enum.values), [None]),
        declarations=(enum,),
    )  # fmt: skip


def count_by_status(rng: Random, domain: Domain) -> Draft:
    shape, (status,) = choose(rng, domain, ("enum",))
    enum, name = domain.enum(status.limits[0]), rng.choice(("list", "items", "records"))
    zero = rng.random() < 0.6
    label = dict(enum.members)

    def oracle(rows):
        counts = {text: sum(row[status.name] == value for row in rows) for value, text in enum.members}
        return {k: n for k, n in counts.items() if zero or n}

    lines = (
        f"for (const [index, option] of ListEntries(nasl.util.EnumToList<{status.type}>())) {{",
        f"  count = nasl.util.Length(nasl.util.ListFilter({name}, (item) => item.{status.name} == option.item));",
        *(("  nasl.util.MapPut(result, option.text, count);",) if zero else
          ("  if (count > 0) {", "    nasl.util.MapPut(result, option.text, count);", "  }")),
        "}",
    )  # fmt: skip
    rule = "数量为 0 的也要包含" if zero else "数量为 0 的不包含"
    return Draft(
        zh=(
            f"统计{shape.label}列表 {name} 中各{status.label}的数量，返回以状态中文名为键的 Map，{rule}",
            f"按{status.label}统计 {name} 里{shape.label}的个数，键用{status.label}的显示文本，{rule}",
            f"返回 Map：键是{status.label}的中文标签（如“{label[enum.values[0]]}”），"
            f"值是 {name} 中对应的{shape.label}数量，{rule}",
            f"{shape.label}按{status.label}分布情况：从 {name} 计算每个状态文本对应的数量，{rule}",
        ),
        en=f"how many of the {shape.english} items have each {status.english}, by label"
        + (", zeros too" if zero else ", no zeros"),
        name=camel("count", plural(shape.name), "ByStatus"),
        params=((name, f"List<{shape.type}>"),),
        returns="Map<String, Long>",
        lets=("count: Long", "result: Map<String, Long>"),
        body=lines,
        tests=cases(oracle, *([shape.rows(rng, domain, n)] for n in (7, 3, 2)), [[]]),
        declarations=(shape, enum),
    )


FAMILIES = (
    Family("flow-next-status", "logic", "easy", ("enum", "if", "else", "&&"), next_status),
    Family("flow-can-move", "logic", "easy", ("enum", "&&", "||"), can_move),
    Family("flow-from-text", "logic", "easy", ("enum", "ToEnumItem", "Trim", "if"), from_text),
    Family("flow-status-label", "logic", "easy", ("enum", "EnumItemToText", "EnumItemToStructure", "if"), status_label),
    Family("flow-match", "logic", "easy", ("enum", "match", "if"), match_rank),
    Family("flow-count-by-status", "logic", "medium",
           ("enum", "EnumToList", "ListFilter", "Length", "MapPut", "for", "lambda", "if"), count_by_status),
)  # fmt: skip
