"""NF6xx: what may be written, but is useless, slow or sure to fail."""

from naslforge.lang.rules.making import practice_rule

UNUSED_VARIABLE = practice_rule("NF600", "unused-variable", "`{name}` is never used", "`{name}` 从未使用")
UNREAD_VARIABLE = practice_rule(
    "NF601", "unread-variable", "`{name}` is assigned but never read", "`{name}` 被赋值但从未读取"
)
CONSTANT_CONDITION = practice_rule(
    "NF602", "constant-condition", "this condition is always {value}", "这个条件总是 {value}"
)
QUERY_IN_LOOP = practice_rule(
    "NF603",
    "query-in-loop",
    "{what} inside a loop runs once for every turn; query once before it with IN or a join",
    "循环中每一轮都会执行一次{what}，应在循环前用 IN 或连接一次查出",
)
DIVISION_BY_ZERO = practice_rule(
    "NF604", "division-by-zero", "division by 0 always fails", "除以 0 必然出错", severity="error"
)
SELF_ASSIGNMENT = practice_rule("NF605", "self-assignment", "this assigns `{name}` to itself", "把 `{name}` 赋给了自己")
UNUSED_RESULT = practice_rule(
    "NF606",
    "unused-result",
    "`{name}` changes nothing, and its result is not used",
    "`{name}` 不改变任何东西，它的结果又没有使用",
)
UNREACHABLE = practice_rule("NF607", "unreachable", "this is never reached", "这里永远执行不到")
ENDLESS_LOOP = practice_rule(
    "NF608",
    "endless-loop",
    "this loop never ends: its condition is always true and nothing in it returns",
    "循环不会结束：条件恒为真，循环体中又没有 return",
    severity="error",
)
INCOMPLETE_MATCH = practice_rule(
    "NF609",
    "incomplete-match",
    "no branch of this match fits {missing}: it gives null then",
    "这个 match 没有 {missing} 的分支，此时得到 null",
)
SEVERAL_RESULTS = practice_rule(
    "NF610",
    "several-results",
    "all `return`s of a logic name the same variable, but here are `{first}` and `{second}`",
    "一个逻辑的所有 `return` 应返回同一个变量，这里有 `{first}` 和 `{second}`",
)
SELF_COMPARISON = practice_rule("NF611", "self-comparison", "both sides of `{op}` are the same", "`{op}` 两边相同")
REPEATED_CONDITION = practice_rule(
    "NF612", "repeated-condition", "this condition was already tested above", "这个条件前面已经判断过"
)
BOOLEAN_COMPARISON = practice_rule(
    "NF613", "boolean-comparison", "comparing with `{value}` is not needed", "不需要与 `{value}` 比较", severity="hint"
)
POSITION_OUT_OF_RANGE = practice_rule(
    "NF614",
    "negative-position",
    "positions start at 0; `{name}` fails for {value}",
    "位置从 0 起，`{name}` 用 {value} 必然出错",
    severity="error",
)
BAD_TEXT = practice_rule(
    "NF615", "unreadable-text", "{text} cannot be read as {type}", "{text} 不能解析为 {type}", severity="error"
)
FORMAT_TOKEN = practice_rule(
    "NF616",
    "format-token",
    "`{token}` is kept as it is by `{name}`; its tokens are {known}",
    "`{name}` 不认识 `{token}`，会原样保留；可用的记号有 {known}",
)
UNUSED_PARAMETER = practice_rule(
    "NF617", "unused-parameter", "parameter `{name}` is never used", "参数 `{name}` 从未使用", "hint"
)
UNCHANGING_CONDITION = practice_rule(
    "NF618",
    "unchanging-condition",
    "nothing in this loop changes its condition: it runs never or for ever",
    "循环体没有改变循环条件：要么一次都不执行，要么不会结束",
)
WRITE_IN_LOOP = practice_rule(
    "NF619",
    "write-in-loop",
    "`{name}` in a loop writes row by row; collect the rows and call `{batch}` once",
    "循环中逐行调用 `{name}`，可先收集再一次调用 `{batch}`",
    "hint",
)
CHANGED_WHILE_LOOPING = practice_rule(
    "NF620",
    "changed-while-looping",
    "`{name}` changes the list that the loop runs over",
    "`{name}` 改变了正在遍历的列表",
)
IDENTITY_COMPARISON = practice_rule(
    "NF621",
    "identity-comparison",
    "`{op}` asks whether both are the same object, not whether they are alike; use `nasl.util.Contains([a], b)`",
    "`{op}` 比较的是不是同一个对象，而不是内容；比较内容用 `nasl.util.Contains([a], b)`",
)
NEVER_ASSIGNED = practice_rule(
    "NF622",
    "never-assigned",
    "`{name}` is read but never assigned, so it is always null",
    "`{name}` 从未赋值，读到的总是 null",
)
NULL_COMPARISON = practice_rule(
    "NF623",
    "null-comparison",
    "`{op}` with null is always false; write `== null` or `!= null`",
    "与 null 比较 `{op}` 总是 false，应写 `== null` 或 `!= null`",
)
