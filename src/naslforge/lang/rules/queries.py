"""NF5xx: queries and entities."""

from naslforge.lang.rules.making import type_rule

NOT_AN_ENTITY = type_rule(
    "NF500",
    "not-an-entity",
    "{clause} needs a table such as `app.dataSources.defaultDS.entities.OrderEntity`{near}",
    "{clause} 需要表对象，如 `app.dataSources.defaultDS.entities.OrderEntity`{near}",
)
TABLE_SUFFIX = type_rule(
    "NF501",
    "table-suffix",
    "`{name}` is the entity's type; its table is `{table}`",
    "`{name}` 是实体的类型，表对象是 `{table}`",
)
LIBRARY_OVER_ROWS = type_rule(
    "NF502",
    "library-over-rows",
    "`{name}` cannot be applied to rows in a query{advice}",
    "查询中不能对行使用 `{name}`{advice}",
)
NOT_GROUPED = type_rule(
    "NF503",
    "not-grouped",
    "`{name}` is neither in GROUP_BY nor inside an aggregate such as COUNT, SUM, MAX",
    "`{name}` 既不在 GROUP_BY 中，也不在 COUNT、SUM、MAX 等聚合函数中",
)
MISPLACED_AGGREGATE = type_rule(
    "NF504",
    "misplaced-aggregate",
    "`{name}` cannot stand in {clause}{advice}",
    "`{name}` 不能写在 {clause} 中{advice}",
)
AGGREGATE_OUTSIDE = type_rule(
    "NF505",
    "aggregate-outside-query",
    "`{name}` works only inside a query{advice}",
    "`{name}` 只能用在查询中{advice}",
)
ORDER_DIRECTION = type_rule(
    "NF506",
    "order-direction",
    "the direction is 'ASC' or 'DESC', not {given}",
    "排序方向是 'ASC' 或 'DESC'，不能是 {given}",
)
ORDER_KEY = type_rule(
    "NF507",
    "order-key",
    "ORDER_BY takes a column of a row or a text with the path of a result field, not {given}",
    "ORDER_BY 的排序项是行的列，或写有结果字段路径的文本，不能是 {given}",
)
SELECT_SHAPE = type_rule(
    "NF508",
    "select-shape",
    "SELECT takes `{{ name: expression, … }}`, a row, or a column",
    "SELECT 的参数是 `{{ 名字: 表达式, … }}`、行或列",
)
MISPLACED_QUERY = type_rule(
    "NF509",
    "misplaced-query",
    "a query stands by itself; inside another one only as `IN(x, FROM(…))`",
    "查询要单独写；在另一个查询中只能写作 `IN(x, FROM(…))`",
)
SUBQUERY_COLUMNS = type_rule(
    "NF510",
    "subquery-columns",
    "a sub-query gives one column: `.SELECT(Row.column)`",
    "子查询只能有一列：`.SELECT(行.列)`",
)
UNKNOWN_ENTITY_LOGIC = type_rule(
    "NF511",
    "unknown-entity-logic",
    "`{table}` has no logic `{name}`{near}; it has: {known}",
    "`{table}` 没有逻辑 `{name}`{near}；可用的有：{known}",
)
PROPERTY_LIST = type_rule(
    "NF512",
    "property-list",
    "the properties to write are a lambda such as `_ => [_.status, _.amount]`",
    "要写入的属性用 lambda 列出，如 `_ => [_.status, _.amount]`",
)
ENTITY_PROPERTY_TYPE = type_rule(
    "NF513",
    "entity-property-type",
    "a property of an entity is a primitive or an enum, not {given}",
    "实体的属性只能是基础类型或枚举，不能是 {given}",
)
UNKNOWN_RELATION = type_rule(
    "NF514",
    "unknown-relation",
    "the relation names no known {what} `{name}`{near}",
    "关联的{what} `{name}` 不存在{near}",
)
DIFFERENT_SOURCES = type_rule(
    "NF515",
    "different-data-sources",
    "entities of different data sources cannot be joined",
    "不同数据源的实体不能连接",
)
UNKNOWN_SORT_PATH = type_rule(
    "NF516",
    "unknown-sort-path",
    "the result has no field `{name}` to order by{near}; it has: {known}",
    "查询结果没有可排序的字段 `{name}`{near}；字段有：{known}",
)
ROW_OUTSIDE = type_rule(
    "NF517",
    "statement-over-rows",
    "{what} cannot be used over rows in a query",
    "查询中不能对行使用{what}",
)
ROW_JOINED_LATER = type_rule(
    "NF518",
    "row-joined-later",
    "`{name}` is joined after `{own}`, so this ON cannot use it yet; put the join of `{name}` first",
    "`{name}` 在 `{own}` 之后才连接，这里的 ON 还不能使用它；请把 `{name}` 的连接移到前面",
)
