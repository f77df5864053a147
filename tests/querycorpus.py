# ruff: noqa: E501
"""Programs over one database of awkward rows, to be run on every engine: what they give must be the same.

A case is the body of a logic. `E.` stands for the namespace of the entities, `Q[…]` for the rows of a query.
"""

from itertools import product
from typing import Any

ENTITIES = """
export namespace app.enums {
  export enum Level { /** 高 */ high = 'h', /** Low one */ low = 'l' }
  export enum Rank { /** 第一 */ first = 1, /** 第二 */ second = 2 }
}
export namespace app.dataSources.defaultDS.entities {
  export class Team {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ required: true }) name: String;
    city: String;
  }
  @Index({ name: 'uni_code', properties: ['code'], unique: true })
  @Index({ name: 'uni_two', properties: ['teamId', 'text'], unique: true })
  export class Item {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    code: String;
    text: String;
    @Property({ relation: { entity: 'Team', property: 'id', deleteRule: 'protect' } }) teamId: Long;
    n: Long;
    d: Decimal;
    flag: Boolean;
    level: app.enums.Level = app.enums.Level.low;
    rank: app.enums.Rank;
    day: Date;
    clock: Time;
    at: DateTime;
    @Property({ generationRule: 'auto' }) createdTime: DateTime;
    @Property({ generationRule: 'auto' }) updatedBy: String;
  }
  export class Note {
    @Property({ primaryKey: true }) word: String;
    @Property({ relation: { entity: 'Item', property: 'id', deleteRule: 'cascade' } }) itemId: Long;
    @Property({ required: true, databaseType: 'varchar(5)' }) short: String;
  }
  export class Mark {
    @Property({ relation: { entity: 'Note', property: 'word', deleteRule: 'cascade' } }) note: String;
    points: Long;
  }
  export class Pair {
    @Property({ primaryKey: true }) left: String;
    @Property({ primaryKey: true }) right: Long;
    value: Decimal;
  }
}
"""
TEXTS = [
    "abc", "ABC", "abc ", "Äpfel", "äpfel", "财务部", "财务", "采购部", "50%_\\x", "a_b", "a%b", "", None, "straße", "İΣς",
    "😀x", "ﬀ", "zz\n",
]  # fmt: skip
LONGS = [0, 1, -1, 7, -7, 3, None, 9223372036854775807, -9223372036854775807, 100, 3, 2, None, 10, 20, 30, 5, 6]
DECIMALS = [
    "0", "1", "-1", "0.1", "0.2", "-0.5", None, "123456789012345678901234567890.123456789", "-2.5", "2.5", "100", "1.005",
    "0.000000000000000001", "99.995", "1E+3", "33.3", "-0.000", None,
]  # fmt: skip
DAYS = ["2024-02-29", "2023-12-31", "1999-01-01", None, "0001-01-01", "9999-12-31", "2026-03-05", "2025-01-31"]
INSTANTS = [
    "2024-02-29T23:59:59.123456+08:00", "2023-12-31T16:00:00+00:00", "1970-01-01T00:00:00+00:00", None,
    "1900-01-01T00:00:00+00:00", "1988-07-01T00:30:00+00:00", "2030-06-30T12:00:00-05:00", "1960-10-10T10:10:10+00:00",
    "2024-11-03T05:30:00+00:00", "2024-11-03T06:30:00+00:00", "2024-03-10T07:30:00+00:00",
]  # fmt: skip


def _item(i: int) -> dict[str, Any]:
    return {
        "code": None if i % 6 == 5 else f"C{i:02d}", "text": TEXTS[i], "teamId": [1, 2, None, 9, 3][i % 5],
        "n": LONGS[i], "d": DECIMALS[i], "flag": [True, False, None][i % 3], "level": ["h", "l", None][i % 3],
        "rank": [1, None, 2][i % 3], "day": DAYS[i % len(DAYS)], "at": INSTANTS[i % len(INSTANTS)],
        "clock": ["08:30", "23:59:59", None, "00:00", "12:34:56.5"][i % 5],
    }  # fmt: skip


WORLD: dict[str, Any] = {
    "now": "2026-03-05T10:00:00+08:00",
    "user": {"userName": "王"},
    "db": {
        "Team": [{"name": "甲", "city": "杭州"}, {"name": "b", "city": "Bath"}, {"name": "B", "city": None},
                 {"name": "空", "city": "杭州"}],
        "Item": [_item(i) for i in range(len(TEXTS))],
        "Note": [{"word": "w1", "itemId": 1, "short": "a"}, {"word": "W1", "itemId": 1, "short": "b"},
                 {"word": "w1 ", "itemId": 2, "short": "c"}, {"word": "长", "itemId": None, "short": "d"}],
        "Mark": [{"note": "w1", "points": 3}, {"note": "W1", "points": 1}, {"note": "w1", "points": 2},
                 {"note": None, "points": 9}],
        "Pair": [{"left": "a", "right": 2, "value": "1.50"}, {"left": "a", "right": 1, "value": None},
                 {"left": "A", "right": 1, "value": "-3"}, {"left": "B", "right": -5, "value": "1.5"}],
    },
}  # fmt: skip
ZONES = ("Asia/Shanghai", "America/New_York", "Asia/Kathmandu")

PREDICATES = [
    *(f"I.text {op} {value}" for op in ("==", "!=", "<", ">=") for value in ("'abc'", "'财务部'", "''", "'ä'")),
    *(f"I.n {op} {value}" for op in ("==", "!=", "<", ">") for value in ("0", "3", "-7", "2.5")),
    *(f"I.d {op} {value}" for op in ("==", "!=", "<=", ">") for value in ("0", "0.3", "-2.5", "I.n", "1000")),
    *(f"LIKE(I.text, {p})" for p in
      ("'b'", "'A'", "'%'", "'_'", "'\\\\%'", "'\\\\_'", "'\\\\'", "'a_b'", "'务'", "''", "'c '", "'\\\\x'", "'😀_'")),
    *(f"{f}(I.text, {p})" for f in ("STARTS_WITH", "ENDS_WITH", "CONTAINS") for p in ("'a'", "'ABC'", "''", "'部'", "' '")),
    "IN(I.text, ['abc', '财务', 'nope'])", "NOT_IN(I.text, ['abc', 'ABC'])", "IN(I.n, [1, 3, 7])", "NOT_IN(I.n, [0])",
    "IN(I.d, [0.10, 1000, 2.5])", "BETWEEN(I.n, -1, 7)", "BETWEEN(I.d, -0.5, 1.005)", "BETWEEN(I.text, 'a', 'b')",
    "IS_NULL(I.text)", "IS_NOT_NULL(I.d)", "I.flag", "!I.flag", "I.flag == true", "I.flag != false", "I.n == null",
    "I.level == app.enums.Level.high", "I.rank != app.enums.Rank.first", "!(I.n > 0 && I.d > 0)",
    "(I.n > 0 || I.d > 0) && I.flag == null", "I.n + 1 > 3", "I.n % 3 == 1", "I.n % -4 == -3", "I.d % 0.3 == 0.1",
    "I.n != 0 && I.d / I.n > 0", "I.day < nasl.util.FromString<Date>('2024-01-01')", "I.day == DATE(I.at)",
    "YEAR(I.at) == 2024", "I.at > I.createdTime", "IF(I.flag, I.n > 0, I.n < 0)", "(I.n > 2) == I.flag",
    "IN(I.id, FROM(E.NoteEntity, N => $.SELECT(N.itemId)))", "NOT_IN(I.id, FROM(E.NoteEntity, N => $.SELECT(N.itemId)))",
    "NOT_IN(I.id, FROM(E.NoteEntity, N => $.WHERE(N.itemId != null).SELECT(N.itemId)))",
    "IN(I.teamId, FROM(E.TeamEntity, T => $.WHERE(T.id == I.id).SELECT(T.id)))",
    "IN(I.teamId, FROM(E.TeamEntity, T => $.ORDER_BY([T.name, 'DESC']).SELECT(T.id).LIMIT(2)))",
    "IN(I.teamId, FROM(E.TeamEntity, T => $.ORDER_BY([T.name, 'DESC']).SELECT(T.id).LIMIT(2, 1)))",
    "IN(I.text, FROM(E.TeamEntity, T => $.GROUP_BY(T.city).SELECT(MAX(T.name))))",
]  # fmt: skip

VALUES = [
    "I.n + I.id", "I.n - 1", "I.n * 2", "I.n + 0.5", "-I.n", "-I.d", "I.d + I.d", "I.d - 0.1", "I.d * 1.1", "I.d * I.id", "I.d / 3",
    "I.n / 7", "I.d / 0.7", "1 / (I.id * 3)", "I.n % 4", "I.d % 0.7", "I.n * 1000000000000", "9223372036854775807 + I.id",
    "I.n / (I.id - I.id)", "I.d % (I.id - I.id)", "I.n % (I.id - I.id)", "I.id / (I.id - 3)",
    *(f"ROUND(I.d, {k})" for k in (0, 1, 2, -1, -2, 20, 5000)), "ROUND(I.d)", "ROUND(I.n / 8, 2)", "ROUND(I.n)",
    *(f"TRUNCATE(I.d, {k})" for k in (0, 2, -1)),
    "LOWER(I.text)", "UPPER(I.text)", "CHAR_LENGTH(I.text)", "LENGTH(I.text)", "ASCII(I.text)",
    *(f"SUBSTR(I.text, {a}, {b})" for a, b in product((1, 2, -2, 0, 9), (0, 1, 9))),
    *(f"{f}(I.text, {k})" for f in ("LEFT", "RIGHT") for k in (0, 2, -1, 99)),
    "REPLACE(I.text, 'a', 'XX')", "REPLACE(I.text, '', 'x')", "REPLACE(I.text, '务', '')",
    "CONCAT(I.text, '-', I.n, I.d, I.flag, I.day, I.clock)", "`${I.level}/${I.rank}/${I.at}`", "I.text + '!'",
    "IF(I.n > 0, I.text, 'none')", "IFNULL(I.n, -99)", "IFNULL(I.n, 0.5)", "COALESCE(I.text, I.code, 'none')",
    "CASE_WHEN(I.n > 5, 'big', I.n > 0, 'small', 'none')", "CASE_WHEN(I.n > 5, 1, I.n > 0, 0.5)", "I.n > 2", "I.n == null",
    "I.flag", "I.level", "I.rank", "I.day", "I.clock", "I.at", "I.createdTime == NOW()", "HOUR(I.clock)",
    "MINUTE(I.clock)",
    *(f"{f}(I.{c})" for f in ("YEAR", "QUARTER", "MONTH", "DAY", "TO_DAYS") for c in ("day", "at")),
    "HOUR(I.at)", "MINUTE(I.at)", "DATE(I.at)",
    *(f"DATE_ADD(I.{c}, {k}, '{u}')" for c, (k, u) in product(("day", "at"), (
        (1, "second"), (-90, "minute"), (25, "hour"), (1, "day"), (-2, "week"), (1, "month"), (-1, "month"),
        (1, "quarter"), (4, "year"), (99999999999, "day"), (9223372036854775807, "month")))),
    *(f"DATE_SUB(I.{c}, {k}, '{u}')" for c, (k, u) in product(("day", "at"), ((1, "month"), (36, "hour"), (1, "year")))),
    *(f"DATE_FORMAT(I.{c}, '{f}')" for c, f in product(("day", "at"), (
        "%Y-%m-%d %H:%i:%s", "%y/%c/%e %k:%i %p %h %l %I", "%W %a %M %b %j %w", "%x-%v %u", "%f|%T|%r|%S", "%%|%q|%Y年%"))),
    *(f"STR_TO_DATE({t}, '{f}')" for t, f in (
        ("'2024-02-30'", "%Y-%m-%d"), ("'2024-2-3 4:5:6'", "%Y-%m-%d %T"), ("' 2024/12/31 '", "%Y/%c/%e"),
        ("CONCAT(I.day, ' 01:30:00')", "%Y-%m-%d %H:%i:%s"), ("I.text", "%Y"), ("'2024.1.1'", "%Y.%m.%d"),
        ("'20240101'", "%Y%m%d"), ("'2024-03-10 02:30'", "%Y-%m-%d %H:%i"), ("'2024-11-03 01:30'", "%Y-%m-%d %H:%i"),
        ("'2024-01-01x'", "%Y-%m-%d"), ("'2024-01-01 2024'", "%Y-%m-%d %Y"))),
    "CHAR_LENGTH(DATE_FORMAT(I.day, I.text))",
]  # fmt: skip

AGGREGATES = [
    "COUNT()", "COUNT(I.n)", "COUNT(I.text)", "COUNT_DISTINCT(I.n)", "COUNT_DISTINCT(I.text)", "COUNT_DISTINCT(I.flag)",
    "SUM(I.id)", "SUM(I.n)", "SUM(I.d)", "AVG(I.n)", "AVG(I.d)", "AVG(I.id)", "MAX(I.text)", "MIN(I.text)", "MAX(I.d)",
    "MIN(I.d)", "MAX(I.at)", "MIN(I.day)", "MIN(I.flag)", "MAX(I.level)", "GROUP_CONCAT(I.text)", "GROUP_CONCAT(I.d)",
    "GROUP_CONCAT(I.level)", "SUM(I.d * 2)", "SUM(I.d) / COUNT()", "MAX(I.n) - MIN(I.id)", "ROUND(AVG(I.d), 3)",
    "IFNULL(SUM(I.n), 0)", "SUM(IF(I.flag, 1, 0))", "CONCAT('n', COUNT())", "SUM(I.id + 9223372036854775800)",
]  # fmt: skip
KEYS = ["I.flag", "I.level", "I.teamId", "LEFT(I.text, 1)", "I.n % 2", "YEAR(I.at)", "I.flag, I.level", "I.d > 0"]
ORDERS = [
    "[I.text]", "[I.text, 'DESC']", "[I.n, 'desc']", "[I.d]", "[I.flag], [I.n, 'DESC']", "[I.at]", "[I.day, 'DESC']",
    "[I.level, 'DESC'], [I.text]", "[I.n * -1]", "[CHAR_LENGTH(I.text)], [I.d, 'DESC']", "[LOWER(I.text)]", "[I.clock]",
    "[I.rank, 'DESC']", "[IFNULL(I.n, 2)]",
]  # fmt: skip
ON = ["I.teamId == T.id", "I.teamId == T.id && T.city == '杭州'", "I.id < T.id", "true", "I.text == T.name"]


def queries() -> list[str]:
    """Every form of a query."""
    found = [f"FROM(E.ItemEntity, I => $.WHERE({p}).SELECT(I.id))" for p in PREDICATES]
    found += [f"FROM(E.ItemEntity, I => $.SELECT({{ id: I.id, v: {v} }}))" for v in VALUES]
    found += [f"FROM(E.ItemEntity, I => $.WHERE(I.id != 8 && I.id != 9).SELECT({{ v: {a} }}))" for a in AGGREGATES]
    found += [f"FROM(E.ItemEntity, I => $.SELECT({{ v: {a} }}))" for a in AGGREGATES]
    found += [f"FROM(E.ItemEntity, I => $.WHERE(I.id > 99).SELECT({{ v: {a} }}))" for a in AGGREGATES]
    for key, (i, a) in product(KEYS, enumerate(AGGREGATES)):
        if i % 4 == 0:
            shown = ", ".join(f"k{j}: {k}" for j, k in enumerate(_split(key)))
            found.append(f"FROM(E.ItemEntity, I => $.WHERE(I.id < 8).GROUP_BY({key}).SELECT({{ {shown}, v: {a} }}))")
    having = "FROM(E.ItemEntity, I => $.GROUP_BY(I.flag).HAVING({}).ORDER_BY([{}, 'DESC']).SELECT({{ f: I.flag, n: COUNT() }}))"
    found += [having.format(h, o) for h in ("COUNT() > 5", "SUM(I.id) > 50 || I.flag == null", "MAX(I.text) > 'b'",
                                 "SUM(I.d) > 0", "AVG(I.d) < 5 && COUNT() > 1")
              for o in ("I.flag", "COUNT()", "AVG(I.d)")]  # fmt: skip
    found += [f"FROM(E.ItemEntity, I => $.ORDER_BY({o}).SELECT(I.id))" for o in ORDERS]
    for o in ("[I.level]", "[I.level, 'DESC'], [I.n]", "[I.id, 'DESC']"):
        found.append(f"FROM(E.ItemEntity, I => $.ORDER_BY({o}).SELECT_DISTINCT({{ l: I.level, f: I.flag }}))")
    found += ["FROM(E.ItemEntity, I => $.SELECT_DISTINCT({ l: I.level }))",
              "FROM(E.ItemEntity, I => $.SELECT_DISTINCT(I.d))",
              "FROM(E.ItemEntity, I => $.GROUP_BY(I.flag, I.rank).SELECT_DISTINCT({ n: COUNT() }))",
              "FROM(E.MarkEntity, M => $)", "FROM(E.MarkEntity, M => $.ORDER_BY([M.note]).SELECT(M.points))",
              "FROM(E.MarkEntity, M => $.LEFT_JOIN(E.NoteEntity, N => ON(M.note == N.word)))",
              "FROM(E.NoteEntity, N => $.LEFT_JOIN(E.MarkEntity, M => ON(M.note == N.word)))",
              "FROM(E.NoteEntity, N => $.OUTER_JOIN(E.MarkEntity, M => ON(M.note == N.word)))",
              "FROM(E.PairEntity, P => $)", "FROM(E.TeamEntity, T => $.SELECT({ p: 5, q: 'x' }))"]  # fmt: skip
    for kind, on in product(("INNER", "LEFT", "RIGHT", "OUTER"), ON):
        join = f"FROM(E.ItemEntity, I => $.{kind}_JOIN(E.TeamEntity, T => ON({on}))"
        found.append(f"{join}.SELECT({{ i: I.id, t: T.id, v: CONCAT(I.text, T.name) }}))")
        found.append(
            f"{join}.WHERE(T.city != 'Bath').GROUP_BY(T.name).SELECT({{ t: T.name, n: COUNT(I.id), c: COUNT() }}))"
        )
    found += ["FROM(E.ItemEntity, I => $.GROUP_BY(I.level).HAVING(SUM(I.d) > 0).SELECT(I.level))",
              "FROM(E.ItemEntity, I => $.GROUP_BY(I.level).HAVING(SUM(I.d) > 0).SELECT_DISTINCT({ l: I.level }))",
              "PAGINATE(FROM(E.ItemEntity, I => $.GROUP_BY(I.n).HAVING(AVG(I.d) > 0).SELECT({ n: I.n })), 2, 2)",
              "FROM(E.TeamEntity, T => $.WHERE(IN(T.id, FROM(E.ItemEntity, I => $.GROUP_BY(I.teamId)"
              ".HAVING(SUM(I.d) > 0).SELECT(I.teamId)))))"]  # fmt: skip
    for first, second in product(("INNER", "LEFT", "RIGHT", "OUTER"), repeat=2):
        found.append(f"FROM(E.TeamEntity, T => $.{first}_JOIN(E.ItemEntity, I => ON(I.teamId == T.id))"
                     f".{second}_JOIN(E.NoteEntity, N => ON(N.itemId == I.id)).SELECT({{ t: T, n: N, i: I.id }}))")  # fmt: skip
    found += [f"PAGINATE(FROM(E.ItemEntity, I => $.ORDER_BY([I.text, 'DESC']).SELECT(I.id)), {p}, {s})"
              for p, s in ((1, 5), (2, 5), (4, 5), (9, 5), (0, 3), (-1, 3), ("null", 3), (1, "null"), (1, 0), (1, -1))]  # fmt: skip
    found += [f"FROM(E.ItemEntity, I => $.SELECT(I.id).LIMIT({n}))" for n in ("0", "3", "2, 4", "-1")]
    found.append("PAGINATE(FROM(E.ItemEntity, I => $.GROUP_BY(I.level).SELECT({ l: I.level, n: COUNT() })), 2, 2)")
    found.append("PAGINATE(FROM(E.ItemEntity, I => $.SELECT_DISTINCT({ l: I.level })), 1, 2)")
    return found


def _split(keys: str) -> list[str]:
    return [keys] if "(" in keys else keys.split(", ")


WRITES = [
    "i.code = 'C00'; E.ItemEntity.create(i);", "i.code = 'C01'; E.ItemEntity.create(i);", "i.code = 'c01'; E.ItemEntity.create(i);",
    "i.id = 3; E.ItemEntity.create(i);", "i.id = 77; E.ItemEntity.create(i); i.id = null; E.ItemEntity.create(i);",
    "E.ItemEntity.create(i); E.ItemEntity.create(i);", "i.text = '财务部'; i.teamId = 1; E.ItemEntity.create(i);",
    "i.text = '财务部'; i.teamId = 2; E.ItemEntity.create(i); E.ItemEntity.create(i);",
    "i = E.ItemEntity.get(2); i.code = 'C00'; E.ItemEntity.update(i);", "i = E.ItemEntity.get(2); i.text = 'new'; E.ItemEntity.update(i);",
    "i = E.ItemEntity.get(404);", "i = E.ItemEntity.get(null);", "n = E.ItemEntity.delete(1);", "n = E.ItemEntity.delete(404);",
    "n = E.TeamEntity.delete(1);", "n = E.TeamEntity.delete(4);", "n = E.TeamEntity.deleteBy(t => t.id > 2);",
    "n = E.TeamEntity.deleteBy(t => t.name == '空');", "n = E.ItemEntity.deleteBy(x => x.n > 0);",
    "n = E.ItemEntity.deleteBy(x => LIKE(x.text, 'b'));", "n = E.NoteEntity.deleteBy(x => true);",
    "n = E.ItemEntity.deleteBy(x => IN(x.id, FROM(E.NoteEntity, N => $.SELECT(N.itemId))));",
    "n = E.ItemEntity.batchDelete([1, 2, 404]);", "n = E.NoteEntity.batchDelete(['w1', '长', 'none']);",
    "n = E.ItemEntity.batchDelete([]);", "i.n = 50; n = E.ItemEntity.updateBy(i, x => x.flag == true);",
    "i.code = 'same'; n = E.ItemEntity.updateBy(i, x => x.id < 3, _ => [_.code]);", "i.d = 1.10; n = E.ItemEntity.updateBy(i, x => x.d > 1, _ => [_.d, _.text]);",
    "o.word = 'w1'; o.short = 'x'; E.NoteEntity.create(o);", "o.word = 'w1  '; o.short = 'x'; E.NoteEntity.create(o);",
    "o.word = 'W2'; o.short = 'abcdef'; E.NoteEntity.create(o);", "o.word = 'W2'; E.NoteEntity.create(o);", "o.short = 'x'; E.NoteEntity.create(o);",
    "o.word = 'w1'; o.short = 'chang'; E.NoteEntity.createOrUpdate(o);", "o.word = '新'; o.short = 'x'; E.NoteEntity.createOrUpdate(o);",
    "p.left = 'a'; p.right = 1; E.PairEntity.create(p);", "p.left = 'a '; p.right = 1; E.PairEntity.create(p);",
    "p = E.PairEntity.get('A', 1); p.value = 7.77; E.PairEntity.update(p);", "n = E.PairEntity.delete('a', 2);", "n = E.PairEntity.delete('b', 2);",
    "i.text = 'one'; items = [i]; E.ItemEntity.batchCreate(items);", "i.code = 'X'; items = [i, i]; E.ItemEntity.batchCreate(items);",
    "items = FROM(E.ItemEntity, I => $.WHERE(I.id < 4)); for (const [index, item] of ListEntries(items)) { item.n = 1; } E.ItemEntity.batchUpdate(items, _ => [_.n]);",
]  # fmt: skip
WRITER = "let i: E.Item;\nlet o: E.Note;\nlet p: E.Pair;\nlet items: List<E.Item>;\nlet n: Long;\n{}\nreturn n;"


def writes() -> list[tuple[str, bool]]:
    """Bodies that write, each alone and in a transaction."""
    return [(WRITER.format(body.replace("; ", ";\n")), whole) for body in WRITES for whole in (False, True)]
