"""Rows of one entity: create, read, change, delete, in ones and in many, with guards and status steps."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from naslforge.records import Test
from naslforge.synth.families.context import Shape, choose, copy_shape, enums_of
from naslforge.synth.families.frame import Draft, Family, camel, case, plural
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
    ask = f"{text.label}与{number.label}用“{mark}”连接的文本" if mode == "text" else f"{number.label}乘以 {factor} 的结果"

    def oracle(row):
        if mode == "product":
            return row[number.name] * factor
        return f"{row[text.name]}{mark}{wire_text(row[number.name])}"

    key, row = f"{shape.variable}Id", shape.variable
    returns = "String" if mode == "text" else number.type
    value = f"{row}.{text.name} + '{mark}' + {row}.{number.name}" if mode == "text" else f"{row}.{number.name} * {factor}"
    tests = [case([r["id"]], oracle(r)) for r in rows[:3]] + [case([len(rows) + 7], raises=MISSING)]
    return Draft(
        zh=(
            f"按主键 {key} 读取{shape.label}，返回其{ask}",
            f"根据 {key} 查出一条{shape.label}，返回{ask}，记录不存在时由平台报错",
            f"返回主键为 {key} 的{shape.label}的{ask}",
            f"读取{shape.label} {key}（主键），给出{ask}",
        ),
        en=f"read the {shape.english} with that key and give "
        + (f"{text.english} and {number.english} joined with '{mark}'" if mode == "text" else f"{number.english} * {factor}"),
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
        return stored_case([rows[place]["id"], amount], shape, with_row(rows, place + 1, **{field.name: new}), expect=new)

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
            f"{move.label}{shape.label}：主键 {key} 的记录{status.label}为{source}时改为{target}并返回 true，{otherwise}",
            f"实现{shape.label}的“{move.label}”操作，只有{status.label}是{source}的才能变成{target}，成功返回 true，{otherwise}",
            f"把 {key} 对应的{shape.label}从{source}变更为{target}（{status.label}），成功返回 true；当前不是{source}时，{otherwise.removeprefix('否则')}",
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


def delete_where(rng: Random, domain: Domain) -> Draft:
    shape, (first, second) = choose(rng, domain, (rng.choice(("plain", "enum")), rng.choice(("number", "when"))), stored=True)
    by_param = rng.random() < 0.5
    rule = condition(rng, domain, second, "limit" if by_param else None)
    rows = tempt(rng, stored_rows(rng, domain, shape, rng.randint(7, 10)), [rule])
    row = shape.name

    def test(value, limit):
        gone = [r for r in rows if r[first.name] == value and rule.holds(r, limit)]
        args = [value, limit] if by_param else [value]
        return stored_case(args, shape, [r for r in rows if r not in gone], expect=len(gone))

    values = list(dict.fromkeys(r[first.name] for r in rows)) + [draw(first, rng, domain) for _ in range(3)]
    limits = [rule.value, *(r[second.name] for r in rows)]
    tests = [test(v, limits[n]) for n, v in enumerate(values[:4])]
    tests.append(test(values[0], limits[2]))
    unique = {repr(t.args): t for t in tests}
    return Draft(
        zh=(
            f"批量删除{first.label}等于 {first.name} 且{rule.zh}的{shape.label}，返回删除条数",
            f"清理{shape.label}：{first.label}为 {first.name} 并且{rule.zh}的全部删除，返回删除数量",
            f"按条件删除{shape.label}，条件为{first.label}是参数 {first.name}、{rule.zh}，返回受影响的行数",
            f"删除数据库中{first.label}等于参数 {first.name}，同时{rule.zh}的{shape.label}记录，结果为删除的条数",
        ),
        en=f"delete the {shape.english} rows of that {first.english} whose {rule.en}; give their number",
        name=camel(rng.choice(("clear", "purge", "drop")), plural(shape.name)),
        params=((first.name, first.type), *((("limit", second.type),) if by_param else ())),
        returns="Long",
        lets=("result: Long",),
        body=(
            f"result = {shape.table}.deleteBy({row} => {row}.{first.name} == {first.name} && {rule.code(row)});",
        ),
        tests=tuple(unique.values()),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
    )


def update_where(rng: Random, domain: Domain) -> Draft:
    shape, (status, second) = choose(rng, domain, ("enum", rng.choice(("number", "when", "word"))), stored=True)
    enum, label = domain.enum(status.limits[0]), dict(domain.enum(status.limits[0]).members)
    move = rng.choice(enum.moves)
    rule = condition(rng, domain, second)
    row, body = shape.name, shape.variable

    def table(count):
        rows = tempt(rng, stored_rows(rng, domain, shape, count), [rule])
        for r in rows:
            r[status.name] = move.source if rng.random() < 0.6 else draw(status, rng, domain)
        return rows

    def test(rows):
        hit = [r["id"] for r in rows if r[status.name] == move.source and rule.holds(r)]
        after = [{**r, status.name: move.target} if r["id"] in hit else r for r in rows]
        return stored_case([], shape, after, expect=len(hit), world={"db": {shape.name: rows}})

    source, target = f"“{label[move.source]}”", f"“{label[move.target]}”"
    return Draft(
        zh=(
            f"把{status.label}为{source}且{rule.zh}的{shape.label}批量改为{target}，返回更新条数",
            f"批量更新{shape.label}的{status.label}：{source}的记录中{rule.zh}的变成{target}，返回条数",
            f"将{rule.zh}并且{status.label}是{source}的所有{shape.label}更新成{target}，结果为受影响行数",
            f"定时任务：{shape.label}{status.label}为{source}，{rule.zh}时统一置为{target}，返回处理数量",
        ),
        en=f"set {status.english} from {move.source} to {move.target} where {rule.en}; give the number of rows",
        name=camel(move.action, plural(shape.name)),
        params=(),
        returns="Long",
        lets=(f"{body}: {shape.type}", "result: Long"),
        body=(
            f"{body}.{status.name} = {member(status, move.target)};",
            f"result = {shape.table}.updateBy({body}, {row} => "
            f"{row}.{status.name} == {member(status, move.source)} && {rule.code(row)}, _ => [_.{status.name}]);",
        ),
        tests=(test(table(8)), test(table(5)), test(table(3)), test([])),
        declarations=(shape, *enums_of(domain, shape)),
    )


def import_rows(rng: Random, domain: Domain) -> Draft:
    shape, (text, number) = choose(rng, domain, ("text", "number"), stored=True, extra=1)
    shape = Shape(shape.name, shape.label, (text, number), True)
    rule = condition(rng, domain, number, ops=(">", ">=", "<", "<="))
    item_shape = copy_shape(shape, f"{shape.name}{rng.choice(('Input', 'Form', 'Draft', 'Import'))}",
                            f"{shape.label}{rng.choice(('录入项', '表单', '导入行'))}", (text, number))  # fmt: skip
    rows = stored_rows(rng, domain, shape, 2)

    def test(items):
        kept = [i for i in items if rule.holds(i)]
        after = [*rows, *({"id": 3 + n, **i} for n, i in enumerate(kept))]
        return stored_case([items], shape, after, expect=len(kept))

    one = item_shape.row(rng, domain, **{number.name: rule.fitting(rng)})

    def items(count):
        return tempt(rng, item_shape.rows(rng, domain, count), [rule])

    return Draft(
        zh=(
            f"导入{item_shape.label}列表 items，{rule.zh}的才写入{shape.label}，返回写入条数",
            f"把 items（{item_shape.label}）中{rule.zh}的数据保存为{shape.label}，其余忽略，返回保存数量",
            f"批量录入：遍历{item_shape.label} items，仅为{rule.zh}的项新增{shape.label}，返回新增条数",
            f"根据 items 创建{shape.label}，只处理{rule.zh}的{item_shape.label}，返回创建了多少条",
        ),
        en=f"create a {shape.english} for each item whose {rule.en}; give the number created",
        name=camel("import", plural(shape.name)),
        params=(("items", f"List<{item_shape.type}>"),),
        returns="Long",
        lets=(f"rows: List<{shape.type}>", "result: Long"),
        body=(
            "for (const [index, item] of ListEntries(items)) {",
            f"  if ({rule.code('item')}) {{",
            f"    nasl.util.Add(rows, new {shape.type}({{ {text.name}: item.{text.name}, {number.name}: item.{number.name} }}));",
            "  }",
            "}",
            "if (nasl.util.Length(rows) > 0) {",
            f"  {shape.table}.batchCreate(rows);",
            "}",
            "result = nasl.util.Length(rows);",
        ),
        tests=(test(items(6)), test(items(3)), test([]), test([one])),
        declarations=(shape, item_shape),
        world={"db": {shape.name: rows}},
    )


def batch_keys(rng: Random, domain: Domain) -> Draft:
    shape, (field,) = choose(rng, domain, (rng.choice(("enum", "flag", "number")),), stored=True)
    rule = condition(rng, domain, field)
    row = shape.name
    delete = rng.random() < 0.5
    keys = f"{shape.variable}Ids"

    def table(count):
        return tempt(rng, stored_rows(rng, domain, shape, count), [rule])

    def test(rows, ids):
        hit = [r for r in rows if r["id"] in ids and rule.holds(r)]
        after = [r for r in rows if r not in hit] if delete else rows
        expect = len(hit) if delete else hit
        return stored_case([ids], shape, after, expect=expect, world={"db": {shape.name: rows}})

    big = table(9)
    returns = "Long" if delete else f"List<{shape.type}>"
    call = f"IN({row}.id, {keys}) && {rule.code(row)}"
    body = f"result = {shape.table}.deleteBy({row} => {call});" if delete else ""
    lines = (body,) if delete else (f"result = FROM({shape.table}, {row} => $", f"  .WHERE({call}));")
    act = "删除" if delete else "查询"
    tail = "返回删除条数" if delete else "按主键顺序返回"
    tests = [test(big, [1, 2, 3, 4]), test(big, [5, 6, 7, 8, 9]), test(big[:4], [4, 3, 99]), test(big, [2, 9])]
    return Draft(
        zh=(
            f"{act}主键在列表 {keys} 中且{rule.zh}的{shape.label}，{tail}",
            f"给定主键列表 {keys}，{act}其中{rule.zh}的{shape.label}，{tail}",
            f"{act} {keys} 里的{shape.label}，但只处理{rule.zh}的，{tail}",
            f"对{shape.label}批量{act}：主键属于 {keys}，并且{rule.zh}，{tail}",
        ),
        en=f"{'delete' if delete else 'query'} the {shape.english} rows with those keys whose {rule.en}",
        name=camel("remove" if delete else "load", plural(shape.name)),
        params=((keys, "List<Long>"),),
        returns=returns,
        lets=(f"result: {returns}",),
        body=lines,
        tests=tuple(tests),
        declarations=(shape, *enums_of(domain, shape)),
    )


def transfer(rng: Random, domain: Domain) -> Draft:
    shape, (number, _) = choose(rng, domain, ("number", "text"), stored=True, extra=1)
    rows = stored_rows(rng, domain, shape, 4)
    refuse = rng.choice(("余量不足", "数量不够", f"{number.label}不足"))

    def test(source, target, amount):
        if amount <= 0 or rows[source - 1][number.name] < amount:
            return stored_case([source, target, amount], shape, rows, raises="Aborted")
        left, more = rows[source - 1][number.name] - amount, rows[target - 1][number.name] + amount
        after = with_row(with_row(rows, source, **{number.name: left}), target, **{number.name: more})
        return stored_case([source, target, amount], shape, after, expect=left)

    all_of = rows[0][number.name] or 1
    rows[0] = {**rows[0], number.name: all_of}
    over = all_of + (Decimal("0.01") if number.type == "Decimal" else 1)
    zero = Decimal(0) if number.type == "Decimal" else 0
    some = rng.choice((rows[1][number.name], rows[2][number.name])) or 1
    reason = f"amount 不大于 0 或者转出方{number.label}小于 amount 时以“{refuse}”中止"
    return Draft(
        zh=(
            f"在两条{shape.label}之间划转{number.label}：从主键 fromId 扣 amount 加到 toId，{reason}，返回转出方剩余的{number.label}",
            f"把{shape.label} fromId 的{number.label}转 amount 给 toId，{reason}；成功后返回 fromId 的新{number.label}",
            f"{number.label}调拨：fromId 减少 amount，toId 增加 amount（均为{shape.label}主键），{reason}，返回 fromId 更新后的{number.label}",
            f"实现{shape.label}{number.label}转移，参数为 fromId、toId、amount，{reason}，结果是转出后 fromId 的{number.label}",
        ),
        en=f"move amount of {number.english} from one {shape.english} to another, abort when not positive or not enough",
        name=camel(rng.choice(("transfer", "move")), number.name),
        params=(("fromId", "Long"), ("toId", "Long"), ("amount", number.type)),
        returns=number.type,
        lets=(f"source: {shape.type}", f"target: {shape.type}", f"result: {number.type}"),
        body=(
            f"source = {shape.table}.get(fromId);",
            f"target = {shape.table}.get(toId);",
            f"if (amount <= 0 || source.{number.name} < amount) {{",
            f"  abort('{refuse}');",
            "}",
            f"source.{number.name} = source.{number.name} - amount;",
            f"target.{number.name} = target.{number.name} + amount;",
            f"{shape.table}.update(source);",
            f"{shape.table}.update(target);",
            f"result = source.{number.name};",
        ),
        tests=(test(1, 2, all_of), test(1, 3, over), test(2, 4, zero), test(1, 3, STEPS[number.kind]), test(2, 3, some)),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
        tags=("abort",),
    )  # fmt: skip


def save_by_code(rng: Random, domain: Domain) -> Draft:
    shape, (code, number) = choose(rng, domain, ("code", "number"), stored=True, extra=0)
    rows = stored_rows(rng, domain, shape, rng.randint(3, 5), (code,))
    add = rng.random() < 0.5
    row = shape.variable
    value = rng.choice(("amount", "value"))

    def test(key, amount):
        old = next((r for r in rows if r[code.name] == key), None)
        if old is None:
            after = [*rows, {"id": len(rows) + 1, code.name: key, number.name: amount}]
            return stored_case([key, amount], shape, after, expect=amount)
        new = old[number.name] + amount if add else amount
        return stored_case([key, amount], shape, with_row(rows, old["id"], **{number.name: new}), expect=new)

    change = f"{row}.{number.name} + {value}" if add else value
    rule = f"已存在则把{number.label}加上 {value}" if add else f"已存在则把{number.label}改为 {value}"
    return Draft(
        zh=(
            f"按{code.label} {code.name} 保存{shape.label}：{rule}，不存在则新增（{number.label}为 {value}），返回保存后的{number.label}",
            f"{code.label}等于 {code.name} 的{shape.label}{rule}；没有这条记录就用 {code.name} 和 {value} 新建，返回{number.label}",
            f"登记{shape.label}，以{code.label} {code.name} 判断是否存在，{rule}，否则新建一条{number.label}为 {value} 的记录，返回最终{number.label}",
            f"更新或创建{shape.label}：查找{code.label}为 {code.name} 的记录，{rule}，找不到则创建，返回最后的{number.label}",
        ),
        en=f"find the {shape.english} by {code.english}: {'add to' if add else 'set'} its {number.english}, "
        "or create it",
        name=camel("save", number.name, "ByCode"),
        params=((code.name, "String"), (value, number.type)),
        returns=number.type,
        lets=(f"rows: List<{shape.type}>", f"{row}: {shape.type}", f"result: {number.type}"),
        body=(
            f"rows = FROM({shape.table}, {shape.name} => $",
            f"  .WHERE({shape.name}.{code.name} == {code.name}));",
            "if (nasl.util.Length(rows) > 0) {",
            f"  {row} = nasl.util.Get(rows, 0);",
            f"  {row}.{number.name} = {change};",
            f"  {shape.table}.update({row});",
            "} else {",
            f"  {row}.{code.name} = {code.name};",
            f"  {row}.{number.name} = {value};",
            f"  {shape.table}.create({row});",
            "}",
            f"result = {row}.{number.name};",
        ),
        tests=(
            test(rows[0][code.name], draw(number, rng, domain)), test(f"{code.limits[0]}0001", draw(number, rng, domain)),
            test(rows[-1][code.name], draw(number, rng, domain)), test(f"{code.limits[0]}0002", draw(number, rng, domain)),
        ),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
    )  # fmt: skip


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
            f"修改主键为 {key} 的{shape.label}：{text.label} {text.name}、{number.label} {number.name} 不为空的才更新，返回修改后的记录",
            f"部分更新{shape.label}（主键 {key}），参数 {text.name}（{text.label}）和 {number.name}（{number.label}）为 null 时保留原值，返回更新结果",
            f"编辑{shape.label}，传了{text.label}就改{text.label}，传了{number.label}就改{number.label}，null 表示不改，主键是 {key}，返回新记录",
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
    Family("crud-delete-where", "entity", "easy", ("deleteBy", "lambda", "&&", "FromString"), delete_where),
    Family("crud-update-where", "entity", "medium", ("updateBy", "lambda", "&&", "FromString"), update_where),
    Family("crud-import", "entity", "medium", ("batchCreate", "Add", "Length", "new", "for", "if"), import_rows),
    Family("crud-by-keys", "entity", "medium", ("deleteBy", "FROM", "WHERE", "IN", "lambda", "&&"), batch_keys),
    Family("crud-transfer", "entity", "hard", ("get", "update", "abort", "if", "||"), transfer),
    Family("crud-save-by-code", "entity", "hard",
           ("FROM", "WHERE", "Length", "Get", "update", "create", "if", "else"), save_by_code),
    Family("crud-postpone", "entity", "medium", ("get", "update", "AddDays", "if", "&&"), postpone),
    Family("crud-patch", "entity", "medium", ("get", "update", "if"), patch_fields),
)  # fmt: skip
