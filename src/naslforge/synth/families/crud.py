"""One row of an entity: create, read, change, postpone, patch, delete, with guards and status steps."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from naslforge.records import Test
from naslforge.synth.families.context import Shape, choose, enums_of
from naslforge.synth.families.frame import Draft, Family, camel, case
from naslforge.synth.families.queries import stored_rows
from naslforge.synth.families.values import STEPS, draw, member, plain
from naslforge.synth.families.wording import condition, tempt
from naslforge.synth.vocabulary import Domain, Field

Rows = list[dict[str, Any]]
MISSING = "SystemResourceNotFoundError"


def with_row(rows: Rows, key: int, **changes: Any) -> Rows:
    """The rows after one of them changed."""
    return [{**row, **changes} if row["id"] == key else row for row in rows]


def stored_case(args: list[Any], shape: Shape, after: Rows, **options: Any) -> Test:
    """A test that also looks at the table afterwards."""
    return case(args, expect_db={shape.name: after}, **options)


def create_row(rng: Random, domain: Domain) -> Draft:
    shape, (*_, status) = choose(rng, domain, ("text", "number", "enum"), stored=True, extra=1)
    enum = domain.enum(status.limits[0])
    first = enum.members[0]
    given = [f for f in shape.fields if f != status]
    rng.shuffle(given)
    give_id = rng.random() < 0.5
    rows = stored_rows(rng, domain, shape, rng.randint(2, 4))
    row = shape.variable

    def test(table):
        values = {f.name: draw(f, rng, domain) for f in given}
        new = {"id": len(table) + 1, **values, status.name: first[0]}
        expect = new["id"] if give_id else new
        args = [values[f.name] for f in given]
        return stored_case(args, shape, [*table, new], expect=expect, world={"db": {shape.name: table}})

    what = "主键 id" if give_id else f"新建的{shape.label}"
    names = "、".join(f.label for f in given)
    returns = "Long" if give_id else shape.type
    read = f"{row}.id" if give_id else row
    return Draft(
        zh=(
            f"新增一条{shape.label}，{names}取自参数，{status.label}固定为“{first[1]}”，返回{what}",
            f"根据{names}创建{shape.label}，初始{status.label}是“{first[1]}”，保存到数据库并返回{what}",
            f"实现{shape.label}的新建：写入{names}，{status.label}设为“{first[1]}”，返回{what}",
            f"录入{shape.label}（{names}），{status.label}默认“{first[1]}”，入库后返回{what}",
        ),
        en=f"create a {shape.english} from the parameters with {status.english} {first[0]}; "
        f"give {'its id' if give_id else 'the new row'}",
        name=camel(rng.choice(("create", "add", "save")), shape.name),
        params=tuple((f.name, f.type) for f in given),
        returns=returns,
        lets=(f"{row}: {shape.type}", f"result: {returns}"),
        body=(
            *(f"{row}.{f.name} = {f.name};" for f in given),
            f"{row}.{status.name} = {member(status, first[0])};",
            f"{row} = {shape.table}.create({row});",
            f"result = {read};",
        ),
        tests=(test(rows), test([]), test(rows[:1])),
        declarations=(shape, *enums_of(domain, shape)),
    )


def read_field(rng: Random, domain: Domain) -> Draft:
    shape, (number, text) = choose(rng, domain, ("number", "text"), stored=True)
    rows = stored_rows(rng, domain, shape, rng.randint(4, 6))
    factor = rng.choice((2, 3, 5, 10))
    mode = rng.choice(("text", "product"))
    mark = rng.choice(("：", "-", "/", " "))
    ask = (
        f"{text.label}与{number.label}用“{mark}”连接的文本" if mode == "text" else f"{number.label}乘以 {factor} 的结果"
    )

    def oracle(row):
        if mode == "product":
            return row[number.name] * factor
        return f"{row[text.name]}{mark}{wire_text(row[number.name])}"

    key, row = f"{shape.variable}Id", shape.variable
    returns = "String" if mode == "text" else number.type
    value = (
        f"{row}.{text.name} + '{mark}' + {row}.{number.name}" if mode == "text" else f"{row}.{number.name} * {factor}"
    )
    tests = [case([r["id"]], oracle(r)) for r in rows[:3]] + [case([len(rows) + 7], raises=MISSING)]
    return Draft(
        zh=(
            f"按主键 {key} 读取{shape.label}，返回其{ask}",
            f"根据 {key} 查出一条{shape.label}，返回{ask}，记录不存在时由平台报错",
            f"返回主键为 {key} 的{shape.label}的{ask}",
            f"读取{shape.label} {key}（主键），给出{ask}",
        ),
        en=f"read the {shape.english} with that key and give "
        + (
            f"{text.english} and {number.english} joined with '{mark}'"
            if mode == "text"
            else f"{number.english} * {factor}"
        ),
        name=camel(rng.choice(("read", "load", "get")), shape.name, "Text" if mode == "text" else number.name),
        params=((key, "Long"),),
        returns=returns,
        lets=(f"{row}: {shape.type}", f"result: {returns}"),
        body=(f"{row} = {shape.table}.get({key});", f"result = {value};"),
        tests=tuple(tests),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
    )


def wire_text(value: Any) -> str:
    """A number as NASL's `+` writes it into a text."""
    return plain(value) if isinstance(value, Decimal) else str(value)


def change_field(rng: Random, domain: Domain) -> Draft:
    shape, (field, _) = choose(rng, domain, ("number", "text"), stored=True)
    rows = stored_rows(rng, domain, shape, rng.randint(3, 6))
    up = rng.random() < 0.6
    key, row = f"{shape.variable}Id", shape.variable
    name = rng.choice(("amount", "delta", "change"))
    floor = not up and rng.random() < 0.6
    word = "增加" if up else "减少"
    guard = "，减完小于 0 时存为 0" if floor else ""

    def test(place, amount):
        old = rows[place][field.name]
        new = old + amount if up else old - amount
        if floor and new < 0:
            new = new * 0
        return stored_case(
            [rows[place]["id"], amount], shape, with_row(rows, place + 1, **{field.name: new}), expect=new
        )

    fix = (f"if ({row}.{field.name} < 0) {{", f"  {row}.{field.name} = 0;", "}") if floor else ()
    some = draw(field, rng, domain)
    first = rows[0][field.name]
    return Draft(
        zh=(
            f"把主键为 {key} 的{shape.label}的{field.label}{word} {name}{guard}，保存并返回新的{field.label}",
            f"{shape.label}（主键 {key}）的{field.label}要{word} {name}，更新数据库后返回{field.label}{guard}",
            f"读取{shape.label} {key}，将{field.label}{word} {name} 再更新{guard}，返回更新后的值",
            f"更新一条{shape.label}：{field.label}{word} {name}，主键是 {key}{guard}，返回最新{field.label}",
        ),
        en=f"{'add' if up else 'subtract'} {name} {'to' if up else 'from'} {field.english} of the {shape.english}"
        + (", not below 0" if floor else ""),
        name=camel("increase" if up else "reduce", field.name),
        params=((key, "Long"), (name, field.type)),
        returns=field.type,
        lets=(f"{row}: {shape.type}", f"result: {field.type}"),
        body=(
            f"{row} = {shape.table}.get({key});",
            f"{row}.{field.name} = {row}.{field.name} {'+' if up else '-'} {name};",
            *fix,
            f"{shape.table}.update({row});",
            f"result = {row}.{field.name};",
        ),
        tests=(test(0, first), test(0, first - STEPS[field.kind]), test(1, some), test(2, rows[2][field.name] + 1)),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
    )


def advance_status(rng: Random, domain: Domain) -> Draft:
    shape, (status,) = choose(rng, domain, ("enum",), stored=True, extra=2)
    enum = domain.enum(status.limits[0])
    move, label = rng.choice(enum.moves), dict(enum.members)
    key, row = f"{shape.variable}Id", shape.variable
    rows = stored_rows(rng, domain, shape, len(enum.values) + 1)
    for place, value in enumerate((*enum.values, move.source)):
        rows[place][status.name] = value
    fails = rng.random() < 0.4
    message = f"{shape.label}不能{move.label}"
    source, target = f"“{label[move.source]}”", f"“{label[move.target]}”"

    def test(place):
        ok = rows[place][status.name] == move.source
        after = with_row(rows, place + 1, **{status.name: move.target}) if ok else rows
        if fails and not ok:
            return stored_case([place + 1], shape, rows, raises="Aborted")
        return stored_case([place + 1], shape, after, expect=ok)

    change = (
        f"  {row}.{status.name} = {member(status, move.target)};",
        f"  {shape.table}.update({row});",
        "  result = true;",
    )
    if fails:
        body: tuple[str, ...] = (
            f"{row} = {shape.table}.get({key});",
            f"if ({row}.{status.name} != {member(status, move.source)}) {{",
            f"  abort('{message}');",
            "}",
            *(line[2:] for line in change),
        )
        otherwise = f"否则以“{message}”中止"
    else:
        body = (f"{row} = {shape.table}.get({key});", f"if ({row}.{status.name} == {member(status, move.source)}) {{",
                *change, "}")  # fmt: skip
        otherwise = "否则不修改并返回 false"
    place = enum.values.index(move.source)
    others = [n for n in range(len(enum.values)) if n != place]
    chosen = [place, len(enum.values), *rng.sample(others, 2)]
    return Draft(
        zh=(
            f"{move.label}{shape.label}：主键 {key} "
            f"的记录{status.label}为{source}时改为{target}并返回 true，{otherwise}",
            f"实现{shape.label}的“{move.label}”操作，"
            f"只有{status.label}是{source}的才能变成{target}，成功返回 true，{otherwise}",
            f"把 {key} 对应的{shape.label}从{source}变更为{target}（{status.label}），"
            f"成功返回 true；当前不是{source}时，{otherwise.removeprefix('否则')}",
            f"{shape.label}{move.label}：校验{status.label}等于{source}，通过则更新成{target}、返回 true，{otherwise}",
        ),
        en=f"{move.action} the {shape.english}: {status.english} from {move.source} to {move.target}, true; otherwise "
        + ("abort" if fails else "false and no change"),
        name=camel(move.action, shape.name),
        params=((key, "Long"),),
        returns="Boolean",
        lets=(f"{row}: {shape.type}", "result: Boolean = false"),
        body=body,
        tests=tuple(test(n) for n in chosen),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
        tags=("abort",) if fails else (),
    )


def delete_guarded(rng: Random, domain: Domain) -> Draft:
    shape, (field,) = choose(rng, domain, (rng.choice(("number", "enum", "when", "flag")),), stored=True)
    rule = condition(rng, domain, field)
    rows = tempt(rng, stored_rows(rng, domain, shape, 8), [rule])
    key, row = f"{shape.variable}Id", shape.variable
    good = [n for n, r in enumerate(rows) if rule.holds(r)]
    bad = [n for n, r in enumerate(rows) if not rule.holds(r)]
    if not good or len(bad) < 2:
        rows[1] = {**rows[1], field.name: rule.value}

    def test(place):
        ok = rule.holds(rows[place])
        return stored_case([place + 1], shape, [r for r in rows if not ok or r["id"] != place + 1], expect=ok)

    chosen = [*good[:2], *bad[:2], *range(8)]
    return Draft(
        zh=(
            f"删除主键为 {key} 的{shape.label}，仅当{rule.zh}时才删除，删除成功返回 true，否则返回 false",
            f"{rule.zh}的{shape.label}可以删除：按 {key} 读取，满足就删除并返回 true，不满足返回 false",
            f"根据 {key} 删除{shape.label}，要求{rule.zh}，返回是否已删除",
            f"实现{shape.label}删除：先查主键 {key} 的记录，{rule.zh}才允许删除，返回 true，其余返回 false",
        ),
        en=f"delete the {shape.english} only when {rule.en}; tell whether it was deleted",
        name=camel(rng.choice(("remove", "delete")), shape.name),
        params=((key, "Long"),),
        returns="Boolean",
        lets=(f"{row}: {shape.type}", "result: Boolean = false"),
        body=(
            f"{row} = {shape.table}.get({key});",
            f"if ({rule.code(row)}) {{",
            f"  {shape.table}.delete({key});",
            "  result = true;",
            "}",
        ),
        tests=tuple(test(n) for n in list(dict.fromkeys(chosen))[:4]),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
    )


def postpone(rng: Random, domain: Domain) -> Draft:
    shape, (on, status) = choose(rng, domain, ("date", "enum"), stored=True, extra=1)
    enum, label = domain.enum(status.limits[0]), dict(domain.enum(status.limits[0]).members)
    stop = rng.choice(enum.values)
    most = rng.randint(5, 30)
    row, key = shape.variable, f"{shape.variable}Id"
    rows = stored_rows(rng, domain, shape, 5)
    for place, r in enumerate(rows):
        r[status.name] = stop if place in (1, 3) else rng.choice([v for v in enum.values if v != stop])

    def test(place, days):
        ok = rows[place][status.name] != stop and days <= most
        moved = rows[place][on.name] + timedelta(days=days)
        after = with_row(rows, place + 1, **{on.name: moved}) if ok else rows
        return stored_case([place + 1, days], shape, after, expect=moved if ok else None)

    rule = f"{status.label}为“{label[stop]}”或者 days 大于 {most} 时不修改并返回 null"
    return Draft(
        zh=(
            f"将主键为 {key} 的{shape.label}的{on.label}延后 days 天并返回新日期，{rule}",
            f"延期{shape.label}：{rule}，否则把 {key} 对应记录的{on.label}加 days 天、更新并返回",
            f"{shape.label} {key} 的{on.label}推迟 days 天，保存后返回新的{on.label}；{rule}",
            f"修改{shape.label}的{on.label}（主键 {key}，往后 days 天）。{rule}，成功返回更新后的日期",
        ),
        en=f"move {on.english} of the {shape.english} on by days; null and no change when {status.english} is {stop} "
        f"or days > {most}",
        name=camel(rng.choice(("postpone", "delay", "extend")), shape.name),
        params=((key, "Long"), ("days", "Long")),
        returns="Date",
        lets=(f"{row}: {shape.type}", "result: Date"),
        body=(
            f"{row} = {shape.table}.get({key});",
            f"if ({row}.{status.name} != {member(status, stop)} && days <= {most}) {{",
            f"  {row}.{on.name} = nasl.util.AddDays({row}.{on.name}, days);",
            f"  {shape.table}.update({row});",
            f"  result = {row}.{on.name};",
            "}",
        ),
        tests=(test(0, most), test(1, 3), test(2, most + 1), test(4, rng.randint(1, most))),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
    )


def patch_fields(rng: Random, domain: Domain) -> Draft:
    shape, (text, number) = choose(rng, domain, ("text", "number"), stored=True, extra=2)
    rows = stored_rows(rng, domain, shape, 4)
    row, key = shape.variable, f"{shape.variable}Id"

    def test(place, word, amount):
        changes: dict[str, Any] = {}
        if word is not None:
            changes[text.name] = word
        if amount is not None:
            changes[number.name] = amount
        after = with_row(rows, place + 1, **changes)
        return stored_case([place + 1, word, amount], shape, after, expect=after[place])

    def some(field: Field):
        return draw(field, rng, domain)

    return Draft(
        zh=(
            f"修改主键为 {key} 的{shape.label}：{text.label} {text.name}、"
            f"{number.label} {number.name} 不为空的才更新，返回修改后的记录",
            f"部分更新{shape.label}（主键 {key}），参数 {text.name}（{text.label}）"
            f"和 {number.name}（{number.label}）为 null 时保留原值，返回更新结果",
            f"编辑{shape.label}，传了{text.label}就改{text.label}，"
            f"传了{number.label}就改{number.label}，null 表示不改，主键是 {key}，返回新记录",
            f"按 {key} 更新{shape.label}的{text.label}和{number.label}，为 null 的参数跳过，最后返回该{shape.label}",
        ),
        en=f"update {text.english} and {number.english} of the {shape.english}, null parameters change nothing",
        name=camel(rng.choice(("edit", "patch", "modify")), shape.name),
        params=((key, "Long"), (text.name, text.type), (number.name, number.type)),
        returns=shape.type,
        lets=(f"{row}: {shape.type}", f"result: {shape.type}"),
        body=(
            f"{row} = {shape.table}.get({key});",
            f"if ({text.name} != null) {{",
            f"  {row}.{text.name} = {text.name};",
            "}",
            f"if ({number.name} != null) {{",
            f"  {row}.{number.name} = {number.name};",
            "}",
            f"result = {shape.table}.update({row});",
        ),
        tests=(test(0, some(text), some(number)), test(1, None, some(number)), test(2, some(text), None),
               test(3, None, None)),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
        tags=("null",),
    )  # fmt: skip


FAMILIES = (
    Family("crud-create", "entity", "easy", ("create",), create_row),
    Family("crud-read", "entity", "easy", ("get", "+", "*"), read_field),
    Family("crud-change-number", "entity", "easy", ("get", "update", "if"), change_field),
    Family("crud-advance-status", "entity", "easy", ("get", "update", "abort", "if"), advance_status),
    Family("crud-delete-guarded", "entity", "easy", ("get", "delete", "if", "FromString"), delete_guarded),
    Family("crud-postpone", "entity", "medium", ("get", "update", "AddDays", "if", "&&"), postpone),
    Family("crud-patch", "entity", "medium", ("get", "update", "if"), patch_fields),
)  # fmt: skip
