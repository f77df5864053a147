"""NF2xx: names."""

from naslforge.lang.rules.making import type_rule

UNKNOWN_NAME = type_rule("NF200", "unknown-name", "`{name}` is not declared here{near}", "这里没有声明 `{name}`{near}")
UNKNOWN_PATH = type_rule("NF201", "unknown-path", "`{name}` is not declared{near}", "没有声明 `{name}`{near}")
UNKNOWN_FUNCTION = type_rule(
    "NF202",
    "unknown-function",
    "`{namespace}` has no function `{name}`{near}",
    "`{namespace}` 中没有函数 `{name}`{near}",
)
MISSING_PREFIX = type_rule("NF203", "missing-prefix", "write `{full}`, with its prefix", "要写完整的名字 `{full}`")
UNKNOWN_PROPERTY = type_rule(
    "NF204",
    "unknown-property",
    "{owner} has no property `{name}`{near}; it has: {known}",
    "{owner} 没有属性 `{name}`{near}；它的属性有：{known}",
)
UNKNOWN_TYPE = type_rule("NF205", "unknown-type", "there is no type `{name}`{near}", "没有类型 `{name}`{near}")
FOREIGN_TYPE = type_rule(
    "NF206",
    "foreign-type",
    "`{name}` is not a type of NASL; write {instead}",
    "`{name}` 不是 NASL 的类型，应写 {instead}",
)
UNKNOWN_ENUM_MEMBER = type_rule(
    "NF207",
    "unknown-enum-member",
    "`{enum}` has no member `{name}`{near}; it has: {known}",
    "枚举 `{enum}` 没有成员 `{name}`{near}；成员有：{known}",
)
DUPLICATE_NAME = type_rule("NF208", "duplicate-name", "`{name}` is declared twice", "`{name}` 重复声明")
SHADOWED_NAME = type_rule(
    "NF209",
    "shadowed-name",
    "`{name}` is already a {kind} here; choose another name",
    "`{name}` 已经是这里的{kind}，请换一个名字",
)
NOT_A_VALUE = type_rule(
    "NF210", "not-a-value", "`{name}` is {what}, not a value{advice}", "`{name}` 是{what}，不是值{advice}"
)
FOREIGN_GLOBAL = type_rule(
    "NF211", "foreign-global", "`{name}` does not exist in NASL{advice}", "NASL 中没有 `{name}`{advice}"
)
PRIMITIVE_PROPERTY = type_rule(
    "NF212",
    "property-of-primitive",
    "a value of type {type} has no properties, so no `.{name}`{advice}",
    "{type} 类型的值没有属性，不能写 `.{name}`{advice}",
)
