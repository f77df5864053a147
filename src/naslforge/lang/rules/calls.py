"""NF4xx: calls."""

from naslforge.lang.rules.making import type_rule

ARGUMENT_COUNT = type_rule(
    "NF400",
    "argument-count",
    "`{name}` takes {wanted} argument(s), here are {given}: `{signature}`",
    "`{name}` 需要 {wanted} 个参数，这里有 {given} 个：`{signature}`",
)
ARGUMENT_TYPE = type_rule(
    "NF401",
    "argument-type",
    "argument `{param}` of `{name}` must be {wanted}, but this is {given}{advice}: `{signature}`",
    "`{name}` 的参数 `{param}` 应为 {wanted}，这里是 {given}{advice}：`{signature}`",
)
SWAPPED_ARGUMENTS = type_rule(
    "NF402",
    "swapped-arguments",
    "the arguments of `{name}` are in the wrong order: `{signature}`",
    "`{name}` 的参数顺序不对：`{signature}`",
)
MISSING_TYPE_ARGUMENT = type_rule(
    "NF403",
    "missing-type-argument",
    "`{name}` needs its type written: `{example}`",
    "`{name}` 必须写出类型参数：`{example}`",
)
TYPE_ARGUMENT_BOUND = type_rule(
    "NF404",
    "type-argument",
    "`{given}` cannot be the type argument of `{name}` here; possible: {known}",
    "`{given}` 不能作为这里 `{name}` 的类型参数，可以是：{known}",
)
NOT_CALLABLE = type_rule("NF405", "not-callable", "`{name}` is no function{advice}", "`{name}` 不是函数{advice}")
FOREIGN_METHOD = type_rule(
    "NF406",
    "foreign-method",
    "values have no methods in NASL: instead of `.{name}(…)` {advice}",
    "NASL 的值没有方法：不写 `.{name}(…)`，{advice}",
)
UNKNOWN_METHOD = type_rule(
    "NF407",
    "unknown-method",
    "values have no methods in NASL, so no `.{name}(…)` on {type}{near}",
    "NASL 的值没有方法，{type} 上不能写 `.{name}(…)`{near}",
)
LAMBDA_PARAMETERS = type_rule(
    "NF408",
    "lambda-parameters",
    "this lambda takes {wanted} parameter(s), not {given}: `{signature}`",
    "这里的 lambda 有 {wanted} 个参数，不是 {given} 个：`{signature}`",
)
LAMBDA_EXPECTED = type_rule(
    "NF409",
    "lambda-expected",
    "argument `{param}` of `{name}` is a lambda: `{signature}`",
    "`{name}` 的参数 `{param}` 是 lambda：`{signature}`",
)
SORT_CRITERION = type_rule(
    "NF410",
    "sort-criterion",
    "`ListSort` takes criteria such as `(item) => ({{ by: item.amount, asc: true }})`",
    "`ListSort` 的排序条件写作 `(item) => ({{ by: item.amount, asc: true }})`",
)
BAD_CHOICE = type_rule(
    "NF411",
    "bad-choice",
    "argument `{param}` of `{name}` must be one of {known}, not {given}{near}",
    "`{name}` 的参数 `{param}` 只能是 {known}，不能是 {given}{near}",
)
SYNTAX_ONLY = type_rule(
    "NF412",
    "statement-form",
    "`{name}` is part of a statement and cannot be used here",
    "`{name}` 是语句的一部分，不能用在这里",
)
CLIENT_ONLY = type_rule(
    "NF413",
    "client-only",
    "`{name}` works only in the logics of pages, not in a server logic",
    "`{name}` 只能用在页面逻辑中，不能用在服务端逻辑中",
)
INDEX_HABIT = type_rule(
    "NF414",
    "index-brackets",
    "there are no brackets for positions and keys; write `{instead}`",
    "不能用方括号取值，应写 `{instead}`",
)
FOREIGN_FUNCTION = type_rule(
    "NF415",
    "foreign-function",
    "`{name}` does not exist in NASL: {advice}",
    "NASL 中没有 `{name}`：{advice}",
)
EFFECT_IN_LAMBDA = type_rule(
    "NF416",
    "effect-in-lambda",
    "a lambda computes a value; `{name}` gives none, use a loop",
    "lambda 只能求值，`{name}` 没有返回值，应改用循环",
)

WRONG_RECEIVER = type_rule(
    "NF417",
    "wrong-function",
    "`{name}` does not take {given}; {advice}",
    "`{name}` 不能用于 {given}；{advice}",
)
