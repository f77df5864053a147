"""NF3xx: types."""

from naslforge.lang.rules.making import type_rule

TYPE_MISMATCH = type_rule(
    "NF300",
    "type-mismatch",
    "{place} must be {wanted}, but this is {given}{advice}",
    "{place}应为 {wanted}，这里是 {given}{advice}",
)
OPERATOR_TYPES = type_rule(
    "NF301",
    "operator-types",
    "`{op}` does not work on {left} and {right}{advice}",
    "`{op}` 不能用于 {left} 和 {right}{advice}",
)
NOT_BOOLEAN = type_rule(
    "NF302",
    "not-boolean",
    "{place} must be Boolean, but this is {given}{advice}",
    "{place}必须是 Boolean，这里是 {given}{advice}",
)
INCOMPARABLE = type_rule(
    "NF303",
    "incomparable",
    "`{op}` cannot compare {left} with {right}{advice}",
    "`{op}` 不能比较 {left} 和 {right}{advice}",
)
UNTYPED_LIST = type_rule(
    "NF304",
    "untyped-list",
    "the item type of `[]` is not known here; write `nasl.util.NewList<T>([])`",
    "这里无法得知 `[]` 的项类型，应写 `nasl.util.NewList<T>([])`",
)
MIXED_LIST = type_rule(
    "NF305",
    "mixed-list",
    "the items of a list have one type, but here are {left} and {right}",
    "列表各项的类型必须相同，这里有 {left} 和 {right}",
)
UNTYPED_VARIABLE = type_rule(
    "NF306",
    "untyped-variable",
    "`{name}` has no type: write `let {name}: Type;` or assign it a value",
    "`{name}` 没有类型：应写 `let {name}: 类型;`，或给它赋值",
)
NO_RESULT = type_rule(
    "NF307",
    "no-result",
    "`{name}` gives no result and cannot be used as a value{advice}",
    "`{name}` 没有返回值，不能当作值使用{advice}",
)
UNKNOWN_FIELD = type_rule(
    "NF308",
    "unknown-field",
    "{owner} has no property `{name}`{near}; it has: {known}",
    "{owner} 没有属性 `{name}`{near}；它的属性有：{known}",
)
OBJECT_AS_MAP = type_rule(
    "NF309",
    "object-as-map",
    "`{{ … }}` is an anonymous structure, not a Map; write `nasl.util.NewMap<{key}, {value}>({{ … }})`",
    "`{{ … }}` 是匿名结构而不是 Map，应写 `nasl.util.NewMap<{key}, {value}>({{ … }})`",
)
ENUM_AND_TEXT = type_rule(
    "NF310",
    "enum-and-text",
    "an enum is not compared with the text {text}; write a member of `{enum}`: {known}",
    "枚举不能与文本 {text} 比较，应写 `{enum}` 的成员：{known}",
)
READ_ONLY = type_rule(
    "NF311", "read-only", "`{name}` is a {kind} and cannot be assigned{advice}", "`{name}` 是{kind}，不能赋值{advice}"
)
NOT_ASSIGNABLE = type_rule(
    "NF312",
    "not-assignable",
    "the left side of `=` must be a variable or a property",
    "`=` 左边必须是变量或属性",
)
MISSING_RETURN = type_rule(
    "NF313",
    "missing-return",
    "`{name}` promises {wanted}, but has no `return` with a value",
    "`{name}` 声明返回 {wanted}，却没有带值的 `return`",
)
UNWANTED_RETURN = type_rule(
    "NF314",
    "unwanted-return",
    "`{name}` has no result, so `return` takes no value",
    "`{name}` 没有返回值，`return` 后不能有值",
)
RECURSIVE_RESULT = type_rule(
    "NF315",
    "recursive-result",
    "`{name}` calls itself, so its result type must be written: `function {name}(…): Type`",
    "`{name}` 调用了自己，必须写出返回类型：`function {name}(…): 类型`",
)
TYPE_ARGUMENTS = type_rule(
    "NF316",
    "type-arguments",
    "`{name}` takes {wanted} type argument(s), not {given}",
    "`{name}` 需要 {wanted} 个类型参数，这里有 {given} 个",
)
MAP_KEY_TYPE = type_rule(
    "NF317",
    "map-key-type",
    "keys of a Map are Boolean, Long, Decimal or String, not {given}",
    "Map 的键只能是 Boolean、Long、Decimal 或 String，不能是 {given}",
)
ENUM_VALUES = type_rule(
    "NF318",
    "enum-values",
    "the values of an enum are all texts or all whole numbers",
    "枚举的值必须全是文本或全是整数",
)
FUNCTION_VALUE = type_rule(
    "NF319",
    "function-value",
    "a function is no value: write the lambda as an argument of a library function",
    "函数不是值：lambda 只能写作库函数的参数",
)
BRANCH_TYPES = type_rule(
    "NF320",
    "branch-types",
    "the branches give different types: {left} and {right}",
    "各分支的类型不同：{left} 和 {right}",
)
NOT_A_LIST = type_rule(
    "NF321",
    "not-a-list",
    "a loop runs over a List, but this is {given}{advice}",
    "循环只能遍历 List，这里是 {given}{advice}",
)
DATE_ARITHMETIC = type_rule(
    "NF322",
    "date-arithmetic",
    "`{op}` does not work on {left} and {right}; {advice}",
    "`{op}` 不能用于 {left} 和 {right}；{advice}",
)
UNTYPED_NULL = type_rule(
    "NF323",
    "untyped-null",
    "`{name}` is only ever null, so its type is not known; write `let {name}: Type;`",
    "`{name}` 只被赋为 null，类型未知，应写 `let {name}: 类型;`",
)
MATCH_PATTERN = type_rule(
    "NF324",
    "match-pattern",
    "this pattern is {given}, but the subject is {wanted}",
    "模式的类型是 {given}，而被匹配的值是 {wanted}",
)
PARAMETER_TYPE = type_rule("NF325", "parameter-type", "parameter `{name}` needs a type", "参数 `{name}` 必须写类型")

NUMBER_RANGE = type_rule(
    "NF326",
    "number-range",
    "a Long lies between -9223372036854775807 and 9223372036854775807; write `{text}.0` for a Decimal",
    "Long 的范围是 -9223372036854775807 到 9223372036854775807；Decimal 应写 `{text}.0`",
)
CIRCULAR_ALIAS = type_rule("NF327", "circular-alias", "the type `{name}` stands for itself", "类型 `{name}` 指向了自己")
REGEX_FLAG = type_rule(
    "NF328",
    "regex-flag",
    "flags of a regular expression are g, i and m, each once, not `{flags}`",
    "正则的标志只有 g、i、m，各写一次，不能写 `{flags}`",
)
