"""Changing lists and objects in place, joining nested lists, writing JSON, zones and clock times."""

import json
from datetime import time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from naslforge.synth.families.context import choose
from naslforge.synth.families.frame import Draft, Family, camel, cases, plural
from naslforge.synth.families.lists import draws
from naslforge.synth.families.texts import field_of, sample_words
from naslforge.synth.families.values import draw, moment, round_draw, wire
from naslforge.synth.vocabulary import Domain


def queue_jump(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "group")
    words, name = sample_words(rng, field, domain, 6, least=4), plural(field.name)
    how = rng.choice(("insert", "front", "replace", "remove"))
    item = field.name if how != "remove" else "position"
    said = {
        "insert": f"在下标 position 处插入 {item}，position 小于 0 或大于长度时追加到末尾",
        "front": f"先移除第一个等于 {item} 的项，再把 {item} 放到最前面",
        "replace": f"把下标 position 的项替换为 {item}，position 越界时不变",
        "remove": "删除下标 position 的项，position 越界时不变",
    }[how]

    def oracle(values, *args):
        done = list(values)
        place = args[0] if how in ("insert", "replace", "remove") else 0
        word = args[-1]
        if how == "front":
            if word in done:
                done.remove(word)
            return [word, *done]
        if how == "insert":
            return [*done[:place], word, *done[place:]] if 0 <= place <= len(done) else [*done, word]
        if 0 <= place < len(done):
            done[place : place + 1] = [word] if how == "replace" else []
        return done

    inside = f"position >= 0 && position {'<=' if how == 'insert' else '<'} nasl.util.Length({name})"
    body = {
        "insert": (f"if ({inside}) {{", f"  nasl.util.Insert({name}, position, {item});", "} else {",
                   f"  nasl.util.Add({name}, {item});", "}"),
        "front": (f"nasl.util.Remove({name}, {item});", f"nasl.util.Insert({name}, 0, {item});"),
        "replace": (f"if ({inside}) {{", f"  nasl.util.Set({name}, position, {item});", "}"),
        "remove": (f"if ({inside}) {{", f"  nasl.util.RemoveAt({name}, position);", "}"),
    }[how]  # fmt: skip
    params: tuple[tuple[str, str], ...] = ((name, "List<String>"),)
    params += () if how == "front" else (("position", "Long"),)
    params += () if how == "remove" else ((item, "String"),)

    def args(values, place, word):
        return [values, *([] if how == "front" else [place]), *([] if how == "remove" else [word])]

    base = words[:4]
    return Draft(
        zh=(
            f"修改{field.label}列表 {name}：{said}，返回修改后的列表",
            f"{name} 是{field.label}列表，请{said}，最后返回 {name}",
            f"对{field.label}列表 {name} 操作：{said}；返回结果列表",
            f"返回处理后的 {name}（{field.label}列表），处理方式为{said}",
        ),
        en={"insert": "insert at position, append when it is out of range",
            "front": "move or add the item to the front",
            "replace": "replace the item at position", "remove": "remove the item at position"}[how] + f", in {name}",
        name=camel({"insert": "insert", "front": "raise", "replace": "replace", "remove": "removeAt"}[how], field.name),
        params=params,
        returns="List<String>",
        lets=("result: List<String>",),
        body=(*body, f"result = {name};"),
        tests=cases(oracle, args(base, 0, words[-1]), args(base, 4, words[1]), args(base, 2, words[-1]),
                    args(base, -1, words[2]), args([], 0, words[0]), args(base, 3, words[3])),
    )  # fmt: skip


def both_ends(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "number")
    name, what = plural(field.name), rng.choice(("difference", "same", "product"))
    fallback = rng.choice((0, -1))
    said = {"difference": f"最后一项减第一项，空列表返回 {fallback}",
        "same": "第一项与最后一项是否相等，空列表返回 true",
            "product": f"第一项乘最后一项，空列表返回 {fallback}"}[what]  # fmt: skip

    def oracle(values):
        if what == "same":
            return not values or values[0] == values[-1]
        if not values:
            return fallback
        return values[-1] - values[0] if what == "difference" else values[0] * values[-1]

    first, last = f"nasl.util.ListHead({name})", f"nasl.util.ListLast({name})"
    body: tuple[str, ...] = {
        "difference": (f"if (nasl.util.Length({name}) > 0) {{", f"  result = {last} - {first};", "}"),
        "product": (f"if (nasl.util.Length({name}) > 0) {{", f"  result = {first} * {last};", "}"),
        "same": (f"result = {first} == {last};",),
    }[what]
    returns = "Boolean" if what == "same" else field.type
    one, two = draws(rng, field, domain, 2)
    return Draft(
        zh=(
            f"返回{field.label}列表 {name} 中{said}",
            f"对{field.label}序列 {name}，求{said}",
            f"{name} 按时间记录{field.label}，请返回{said}",
            f"给定{field.label} {name}，计算{said}",
        ),
        en={"difference": "the last minus the first", "same": "whether the first equals the last",
            "product": "the first times the last"}[what] + f" of {name}",
        name=camel(field.name, {"difference": "Growth", "same": "Closed", "product": "EndsProduct"}[what]),
        params=((name, f"List<{field.type}>"),),
        returns=returns,
        lets=(f"result: {returns}{'' if what == 'same' else f' = {fallback}'}",),
        body=body,
        tests=cases(oracle, [[one, two, one]], [draws(rng, field, domain, 4)], [[two]], [[]],
                    [[one, *draws(rng, field, domain, 2)]]),
    )  # fmt: skip


def flatten_groups(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "number")
    name, what = plural(field.name) + "Groups", rng.choice(("distinct", "reverse", "product", "longest"))
    if field.type == "Decimal" and what == "product":
        what = "reverse"
    said = {"distinct": "合并成一个列表并去重（保留首次出现的顺序）", "reverse": "合并成一个列表后倒序",
            "product": "所有数的乘积（没有数时返回 1）",
                "longest": "最长一组的长度（没有组时返回 0）"}[what]  # fmt: skip

    def oracle(groups):
        flat = [v for group in groups for v in group]
        if what == "longest":
            return max(map(len, groups), default=0)
        if what == "product":
            done = 1
            for v in flat:
                done *= v
            return done
        return list(dict.fromkeys(flat)) if what == "distinct" else flat[::-1]

    returns = {"product": field.type, "longest": "Long"}.get(what, f"List<{field.type}>")
    flat = f"nasl.util.ListFlatten({name})"
    none = ("if (result == null) {", f"  result = {1 if what == 'product' else 0};", "}")
    body: tuple[str, ...] = {
        "distinct": (f"result = nasl.util.ListDistinct({flat});",),
        "reverse": (f"result = nasl.util.ListReverse({flat});",),
        "product": (f"result = nasl.util.ListProduct({flat});", *none),
        "longest": (
            f"result = nasl.util.ListMax(nasl.util.ListTransform({name}, (item) => nasl.util.Length(item)));", *none,
        ),
    }[what]  # fmt: skip

    def groups(*sizes):
        pool = draws(rng, field, domain, 4)
        return [[rng.choice(pool) for _ in range(size)] for size in sizes]

    return Draft(
        zh=(
            f"{name} 是分组的{field.label}（列表的列表），返回{said}",
            f"对多组{field.label} {name} 处理：{said}",
            f"给定{field.label}的嵌套列表 {name}，求{said}",
            f"各组{field.label}保存在 {name} 中，请返回{said}",
        ),
        en={"distinct": "one list without duplicates", "reverse": "one list in reverse order", "product": "the product",
            "longest": "the length of the longest group"}[what] + f" of the nested list {name}",
        name=camel(what, plural(field.name)),
        params=((name, f"List<List<{field.type}>>"),),
        returns=returns,
        lets=(f"result: {returns}",),
        body=body,
        tests=cases(oracle, [groups(2, 3, 1)], [groups(1, 0, 4)], [[]], [groups(3)]),
    )  # fmt: skip


def to_json(rng: Random, domain: Domain) -> Draft:
    shape, (text, number) = choose(rng, domain, ("text", "count"), extra=0)
    wrap = rng.choice(("anonymous", "structure"))
    sign = rng.choice(("V1", "v2", "req", "data"))
    key = rng.choice(("kind", "version", "source"))

    def oracle(word, value):
        if wrap == "anonymous":
            body = {key: sign, text.name: word, number.name: value}
        else:
            body = {f.name: word if f == text else value for f in shape.fields}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))

    body = (
        f"result = nasl.util.jsonSerialize({{ {key}: '{sign}',"
        f" {text.name}: {text.name}, {number.name}: {number.name} }});",
    ) if wrap == "anonymous" else (
        f"{shape.variable}.{text.name} = {text.name};",
        f"{shape.variable}.{number.name} = {number.name};",
        f"result = nasl.util.jsonSerialize({shape.variable});",
    )  # fmt: skip
    lets = () if wrap == "anonymous" else (f"{shape.variable}: {shape.type}",)
    order = (
        f"依次含 {key}（固定“{sign}”）、{text.name}、{number.name}" if wrap == "anonymous" else f"结构为{shape.label}"
    )
    return Draft(
        zh=(
            f"把{text.label} {text.name} 与{number.label} {number.name} 组装成 JSON 文本返回，{order}",
            f"生成 JSON 报文：{order}，值取自参数{text.label}和{number.label}",
            f"返回{text.label}、{number.label}序列化后的 JSON 文本，{order}",
            f"将参数 {text.name}（{text.label}）、{number.name}（{number.label}）写成 JSON，{order}",
        ),
        en=f"{text.name} and {number.name} as JSON text"
        + (f", with {key} '{sign}' first" if wrap == "anonymous" else f" of a {shape.english}"),
        name=camel(shape.name, "Json"),
        params=((text.name, "String"), (number.name, "Long")),
        returns="String",
        lets=(*lets, "result: String"),
        body=body,
        tests=cases(oracle, *([draw(text, rng, domain), draw(number, rng, domain)] for _ in range(3)), ['引号"内', 0]),
        declarations=(shape,) if wrap == "structure" else (),
    )


def zone_text(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "datetime")
    place, zone = rng.choice((("纽约", "America/New_York"), ("伦敦", "Europe/London"), ("东京", "Asia/Tokyo"),
                              ("巴黎", "Europe/Paris"), ("悉尼", "Australia/Sydney")))  # fmt: skip
    pattern, strf = rng.choice((("yyyy-MM-dd HH:mm", "%Y-%m-%d %H:%M"), ("MM/dd HH:mm:ss", "%m/%d %H:%M:%S"),
                                ("yyyy年MM月dd日 HH:mm", "%Y年%m月%d日 %H:%M")))  # fmt: skip
    both, name = rng.random() < 0.5, field.name
    mark = rng.choice((" / ", "，", " -> "))

    def oracle(value):
        there = value.astimezone(ZoneInfo(zone)).strftime(strf)
        return value.strftime(strf) + mark + there if both else there

    call = f"nasl.util.FormatDateTime({name}, '{pattern}', '{zone}')"
    said = f"本地时间和{place}时间（{zone}），中间用“{mark}”连接" if both else f"{place}时间（时区 {zone}）"
    return Draft(
        zh=(
            f"把{field.label} {name} 显示为{said}，格式“{pattern}”",
            f"返回{field.label}（{name}）的{said}，按“{pattern}”格式化",
            f"海外协作需要看{field.label}：将 {name} 按“{pattern}”写成{said}",
            f"输出 {name} 的{said}，时间格式为“{pattern}”，{name} 是{field.label}",
        ),
        en=f"{name} as {pattern} in {zone}" + (", after the local time" if both else ""),
        name=camel(field.name, "In", zone.split("/")[1].replace("_", "")),
        params=((name, "DateTime"),),
        returns="String",
        lets=("result: String",),
        body=(
            f"result = nasl.util.FormatDateTime({name}, '{pattern}') + '{mark}' + {call};"
            if both
            else f"result = {call};",
        ),
        tests=cases(
            oracle, [moment(rng)], [moment(rng).replace(month=1, day=3)], [moment(rng).replace(month=7, hour=1)]
        ),
    )


def clock_text(rng: Random, domain: Domain) -> Draft:
    entity = rng.choice(domain.entities)
    edge = rng.randint(7, 19)
    pattern, strf = rng.choice(
        (("HH:mm", "%H:%M"), ("HH时mm分", "%H时%M分"), ("HHmm", "%H%M"), ("HH:mm:ss", "%H:%M:%S"))
    )
    early, late = rng.choice((("上午场", "下午场"), ("早班", "晚班"), ("前段", "后段"), ("A档", "B档")))
    inclusive = rng.random() < 0.5
    word, op = ("不早于", ">=") if inclusive else ("晚于", ">")

    def oracle(clock):
        if clock is None:
            return "-"
        after = clock >= time(edge) if inclusive else clock > time(edge)
        return f"{late if after else early} {clock.strftime(strf)}"

    def some(hour):
        return time(hour, rng.randint(1, 59), rng.randint(1, 59))

    bound = f"nasl.util.FromString<Time>('{edge:02d}:00:00')"
    return Draft(
        zh=(
            f"{entity.label}时刻 clock {word} {edge:02d}:00:00 记为“{late}”，"
            f"否则“{early}”，返回它加空格再加“{pattern}”格式的 clock，"
            "clock 为 null 返回“-”",
            f"返回{entity.label}的时段文本：clock {word} {edge:02d}:00:00 用“{late}”，"
            f"其余用“{early}”，后面空一格接“{pattern}”格式的时刻，null 时为“-”",
            f"把{entity.label}时刻 clock 写成“时段 时刻”的文本，"
            f"{word} {edge:02d}:00:00 时段为“{late}”，否则为“{early}”，时刻格式“{pattern}”，"
            "没有时刻返回“-”",
            f"根据 clock 生成{entity.label}标签，若为 null 返回“-”；"
            f"{word} {edge:02d}:00:00 前缀“{late}”，反之“{early}”，空格后是“{pattern}”时刻",
        ),
        en=f"'{late}' when clock is {op} {edge}:00, else '{early}', a blank and clock as {pattern}; '-' for null",
        name=camel(entity.name, rng.choice(("Clock", "Period", "Slot")), "Text"),
        params=(("clock", "Time"),),
        returns="String",
        lets=(f"label: String = '{early}'", "result: String = '-'"),
        body=(
            "if (clock != null) {",
            f"  if (clock {op} {bound}) {{",
            f"    label = '{late}';",
            "  }",
            f"  result = label + ' ' + nasl.util.FormatTime(clock, '{pattern}');",
            "}",
        ),
        tests=cases(oracle, [time(edge)], [some(edge)], [some(edge - 1)], [None], [some(edge - 2)]),
        tags=("null",),
    )


def page_by_hand(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "number")
    name, limit = plural(field.name), round_draw(field, rng)
    least = rng.random() < 0.5
    said = f"{'不低于' if least else '低于'} {wire(limit)}"

    def oracle(values, page, size):
        kept = [v for v in values if (v >= limit) == least]
        return {"list": kept[(page - 1) * size : page * size], "total": len(values)}

    op = ">=" if least else "<"

    def pool(count):
        return [rng.choice((limit, v)) for v in draws(rng, field, domain, count)]

    kind = f"List<{field.type}>"
    return Draft(
        zh=(
            f"{name} 是{field.label}列表，筛出{said}的再取第 page 页（每页 size 条，"
            "从 1 开始），但 total 为筛选前的总数，返回 list 与 total",
            f"返回分页结构：list 为 {name} 中{said}的{field.label}的第 "
            f"page 页（每页 size 个），total 是 {name} 的全部数量",
            f"对{field.label} {name} 先过滤（{said}）后分页，页码 page 从 1 起，每页 size 条；total 用过滤前的个数",
            f"把{said}的{field.label}（来自 {name}）按每页 size 条分页取第 page 页，total 填 {name} 的长度，首页是 1",
        ),
        en=f"page the {name} that are {op} {wire(limit)}; total is the length of the whole list",
        name=camel("page", plural(field.name), "Kept"),
        params=((name, kind), ("page", "Long"), ("size", "Long")),
        returns=f"{{ list: {kind}, total: Long }}",
        lets=(f"kept: {kind}", f"result: {{ list: {kind}, total: Long }}"),
        body=(
            f"kept = nasl.util.ListFilter({name}, (item) => item {op} {wire(limit)});",
            "result = nasl.util.CreateListPage(nasl.util.ListSlice(kept, (page - 1) * size, page * size), "
            f"nasl.util.Length({name}));",
        ),
        tests=cases(oracle, [pool(8), 1, 3], [pool(8), 2, 2], [pool(5), 4, 5], [[], 1, 5]),
    )


def edges_trimmed(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "text")
    start = rng.random() < 0.5
    mark = rng.choice(("|", "#", "/", "*"))
    base = str(draw(field, rng, domain))
    said, tool = ("开头", "TrimStart") if start else ("末尾", "TrimEnd")

    def oracle(text, note):
        cleaned = (text.lstrip() if start else text.rstrip()) if text is not None else ""
        return cleaned + mark + (note if note is not None else "")

    return Draft(
        zh=(
            f"去掉{field.label} text {said}的空白，接上“{mark}”和备注 note 后返回，null 当作空文本",
            f"返回 text（{field.label}）去除{said}空白后与 note 用“{mark}”拼接的文本，为 null 的部分按空文本处理",
            f"清理{field.label} text {said}的空格，只处理这一侧，再拼“{mark}”加 note，遇到 null 按空文本",
            f"把{field.label} text 的{said}空白删掉（另一侧保留），后面加“{mark}”与 note，null 视为空",
        ),
        en=f"text without white space at its {'start' if start else 'end'},"
        f" then '{mark}' and note; null counts as empty",
        name=camel("label", field.name),
        params=(("text", "String"), ("note", "String")),
        returns="String",
        lets=("result: String",),
        body=(f"result = nasl.util.Concat(nasl.util.{tool}(text), '{mark}', note);",),
        tests=cases(oracle, [f"  {base} ", "甲"], [base, " 乙 "], [f"{base}  ", None], [None, "丙"], ["  ", ""]),
        tags=("null",),
    )


def due_moment(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "datetime")
    hours = rng.randint(1, 72)
    late, open_ = rng.choice((("已超时", "进行中"), ("逾期", "正常"), ("过期", "有效")))
    name, now = field.name, moment(rng)
    inclusive = rng.random() < 0.5

    def oracle(value):
        deadline = value + timedelta(hours=hours)
        over = now >= deadline if inclusive else now > deadline
        return late if over else open_

    edge = now - timedelta(hours=hours)
    word, op = ("达到或超过", ">=") if inclusive else ("超过", ">")
    return Draft(
        zh=(
            f"{field.label} {name} 起 {hours} 小时为期限，系统当前时间{word}期限返回“{late}”，否则返回“{open_}”",
            f"判断是否超期：期限是 {name}（{field.label}）加 {hours} 小时，现在{word}期限为“{late}”，没有则为“{open_}”",
            f"返回状态文本，当前时间{word} {name} 之后 {hours} "
            f"小时的时刻时为“{late}”，不然是“{open_}”，{name} 是{field.label}",
            f"以系统时间判断，{field.label} {name} 加 {hours} 小时得到截止时刻，"
            f"当前{word}截止时刻返回“{late}”，其他返回“{open_}”",
        ),
        en=f"'{late}' when now is {op} {name} plus {hours} hours, else '{open_}'",
        name=camel(field.name, rng.choice(("State", "Overdue", "Check"))),
        params=((name, "DateTime"),),
        returns="String",
        lets=("deadline: DateTime", f"result: String = '{open_}'"),
        body=(
            f"deadline = nasl.util.AlterDateTime({name}, 'Increase', {hours}, 'hour');",
            f"if (nasl.util.CurrDateTime() {op} deadline) {{",
            f"  result = '{late}';",
            "}",
        ),
        tests=cases(oracle, [edge], [edge + timedelta(minutes=1)], [edge - timedelta(minutes=1)], [now]),
        world={"now": now},
    )


FAMILIES = (
    Family("list-edit", "base", "medium",
           ("Insert", "Add", "Remove", "RemoveAt", "Set", "Length", "if", "&&"), queue_jump),
    Family("list-both-ends", "base", "easy", ("ListHead", "ListLast", "Length", "if"), both_ends),
    Family("list-nested", "base", "medium",
           ("ListFlatten", "ListDistinct", "ListReverse", "ListProduct", "ListMax", "ListTransform", "Length", "if"),
           flatten_groups),
    Family("list-page-by-hand", "base", "medium",
           ("ListFilter", "ListSlice", "CreateListPage", "Length", "lambda"), page_by_hand),
    Family("text-edge-trim", "base", "easy", ("TrimStart", "TrimEnd", "Concat"), edges_trimmed),
    Family("text-to-json", "logic", "easy", ("jsonSerialize",), to_json),
    Family("date-zone-text", "base", "medium", ("FormatDateTime",), zone_text),
    Family("date-clock-text", "base", "medium", ("FormatTime", "FromString", "if"), clock_text),
    Family("date-due-moment", "base", "medium", ("CurrDateTime", "AlterDateTime", "if"), due_moment),
)  # fmt: skip
