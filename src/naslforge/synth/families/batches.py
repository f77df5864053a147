"""Many rows at once, and rows that depend on others: by condition, by keys, imports, transfers, create or update."""

from decimal import Decimal
from random import Random

from naslforge.synth.families.context import Shape, choose, copy_shape, enums_of
from naslforge.synth.families.crud import stored_case, with_row
from naslforge.synth.families.frame import Draft, Family, camel, plural
from naslforge.synth.families.queries import stored_rows
from naslforge.synth.families.values import STEPS, draw, member
from naslforge.synth.families.wording import condition, tempt
from naslforge.synth.vocabulary import Domain


def delete_where(rng: Random, domain: Domain) -> Draft:
    shape, (first, second) = choose(
        rng, domain, (rng.choice(("plain", "enum")), rng.choice(("number", "when"))), stored=True
    )
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
        body=(f"result = {shape.table}.deleteBy({row} => {row}.{first.name} == {first.name} && {rule.code(row)});",),
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
            f"    nasl.util.Add(rows, new {shape.type}({{ {text.name}: "
            f"item.{text.name}, {number.name}: item.{number.name} }}));",
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
            f"在两条{shape.label}之间划转{number.label}：从主键 fromId 扣 "
            f"amount 加到 toId，{reason}，返回转出方剩余的{number.label}",
            f"把{shape.label} fromId 的{number.label}转 amount 给 toId，{reason}；成功后返回 fromId 的新{number.label}",
            f"{number.label}调拨：fromId 减少 amount，toId 增加 amount（均为{shape.label}主键），"
            f"{reason}，返回 fromId 更新后的{number.label}",
            f"实现{shape.label}{number.label}转移，参数为 fromId、toId、"
            f"amount，{reason}，结果是转出后 fromId 的{number.label}",
        ),
        en=f"move amount of {number.english} from one {shape.english} "
        "to another, abort when not positive or not enough",
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
        tests=(test(1, 2, all_of), test(1, 3, over), test(2, 4, zero), test(1, 3, STEPS[number.kind]), test(2,
            3, some)),
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
            f"按{code.label} {code.name} 保存{shape.label}：{rule}，"
            f"不存在则新增（{number.label}为 {value}），返回保存后的{number.label}",
            f"{code.label}等于 {code.name} 的{shape.label}{rule}；"
            f"没有这条记录就用 {code.name} 和 {value} 新建，返回{number.label}",
            f"登记{shape.label}，以{code.label} {code.name} 判断是否存在，{rule}，"
            f"否则新建一条{number.label}为 {value} 的记录，返回最终{number.label}",
            f"更新或创建{shape.label}：查找{code.label}为 {code.name} "
            f"的记录，{rule}，找不到则创建，返回最后的{number.label}",
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
            test(rows[0][code.name], draw(number, rng, domain)), test(f"{code.limits[0]}0001", draw(number, rng,
                domain)),
            test(rows[-1][code.name], draw(number, rng, domain)), test(f"{code.limits[0]}0002", draw(number,
                rng, domain)),
        ),
        declarations=(shape, *enums_of(domain, shape)),
        world={"db": {shape.name: rows}},
    )  # fmt: skip


FAMILIES = (
    Family("crud-delete-where", "entity", "easy", ("deleteBy", "lambda", "&&", "FromString"), delete_where),
    Family("crud-update-where", "entity", "medium", ("updateBy", "lambda", "&&", "FromString"), update_where),
    Family("crud-import", "entity", "medium", ("batchCreate", "Add", "Length", "new", "for", "if"), import_rows),
    Family("crud-by-keys", "entity", "medium", ("deleteBy", "FROM", "WHERE", "IN", "lambda", "&&"), batch_keys),
    Family("crud-transfer", "entity", "hard", ("get", "update", "abort", "if", "||"), transfer),
    Family("crud-save-by-code", "entity", "hard",
           ("FROM", "WHERE", "Length", "Get", "update", "create", "if", "else"), save_by_code),
)  # fmt: skip
