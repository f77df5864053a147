"""NF8xx: what holds a project together: namespaces, tags, roles, interfaces, timers, processes, the data model."""

from naslforge.lang.rules.making import practice_rule, type_rule

# --- where things stand
UNKNOWN_NAMESPACE = type_rule(
    "NF800",
    "unknown-namespace",
    "there is no namespace `{name}`{near}",
    "没有命名空间 `{name}`{near}",
)
WRONG_NAMESPACE = type_rule(
    "NF801",
    "wrong-namespace",
    "{what} does not belong into `{name}`, but into {wanted}",
    "{what}不能写在 `{name}` 中，应写在 {wanted} 中",
)
BODY_OF_DECLARED = type_rule(
    "NF802",
    "body-of-declared",
    "`{name}` comes from outside: declare it without a body, `export declare function {name}(…): T;`",
    "`{name}` 来自外部，只能声明而不写函数体：`export declare function {name}(…): T;`",
)
# --- tags
TAG_PLACE = type_rule(
    "NF803",
    "tag-place",
    "`@{tag}` belongs to {wanted}, not to {given}",
    "`@{tag}` 用于{wanted}，不能用于{given}",
)
TAG_VALUE = type_rule(
    "NF804",
    "tag-value",
    "`@{tag}` takes {known}, not `{given}`{near}",
    "`@{tag}` 的值只能是 {known}，不能是 `{given}`{near}",
)
UNKNOWN_ROLE = type_rule(
    "NF805",
    "unknown-role",
    "there is no role `{name}` in `app.roles`{near}",
    "`app.roles` 中没有角色 `{name}`{near}",
)
OPPOSITE_TAGS = type_rule(
    "NF806",
    "opposite-tags",
    "`@{first}` and `@{second}` say the opposite",
    "`@{first}` 与 `@{second}` 相互矛盾",
)
# --- interfaces
REST_FORM = type_rule(
    "NF807",
    "rest-form",
    "`@rest` is a method and a path, as in `@rest GET /orders/{{id}}`{advice}",
    "`@rest` 要写方法和路径，如 `@rest GET /orders/{{id}}`{advice}",
)
REST_PATH_NAME = type_rule(
    "NF808",
    "rest-parameter",
    "the path names `{{{name}}}`, but `{logic}` has no such parameter{near}",
    "路径中有 `{{{name}}}`，但 `{logic}` 没有这个参数{near}",
)
DUPLICATE_REST = type_rule(
    "NF809",
    "duplicate-rest",
    "`{route}` is the address of `{name}` already",
    "`{route}` 已经是 `{name}` 的地址",
)
REST_QUERY_TYPE = type_rule(
    "NF810",
    "rest-query-type",
    "a {method} has no body, so `{name}` comes from the query and cannot be {given}",
    "{method} 没有请求体，`{name}` 来自查询参数，不能是 {given}",
)
REST_PATH_TYPE = type_rule(
    "NF811",
    "rest-path-type",
    "`{name}` stands in the path and cannot be {given}",
    "`{name}` 写在路径中，不能是 {given}",
)
# --- timers and hooks
CRON_FORM = type_rule(
    "NF812",
    "cron-form",
    "a cron text has 6 or 7 fields, seconds first, as in `0 0 2 * * ?`{advice}",
    "cron 有 6 或 7 个字段，第一个是秒，如 `0 0 2 * * ?`{advice}",
)
TIMER_PARAMETERS = type_rule(
    "NF813",
    "timer-parameters",
    "a timed logic is given nothing, so it has no parameters",
    "定时逻辑没有参数",
)
AUTH_LOGIC_RESULT = type_rule(
    "NF814",
    "auth-logic-result",
    "a logic of `app.authLogics` gives a Boolean, not {given}",
    "`app.authLogics` 中的逻辑返回 Boolean，不能是 {given}",
)
# --- roles, configuration, alias types
ROLE_TYPE = type_rule(
    "NF815",
    "role-type",
    "a role is written `export let {name}: nasl.auth.Role;`",
    "角色应写 `export let {name}: nasl.auth.Role;`",
)
CONFIGURATION_TYPE = type_rule(
    "NF816",
    "configuration-type",
    "a configuration parameter has a primitive type, not {given}",
    "配置参数只能是基础类型，不能是 {given}",
)
ALIAS_TYPE = type_rule(
    "NF817",
    "alias-type",
    "an alias type stands for a primitive type, not for {given}",
    "别名类型只能代表基础类型，不能是 {given}",
)
# --- processes
PROCESS_MARK = type_rule(
    "NF820",
    "process-mark",
    "a process is a class with `@Process({{ key: '{name}', start: 'submit', nodes: […] }})`",
    "流程是带 `@Process({{ key: '{name}', start: 'submit', nodes: […] }})` 的 class",
)
PROCESS_START = type_rule(
    "NF821",
    "process-start",
    "the process has no node `{name}` to start with{near}",
    "流程没有作为起点的节点 `{name}`{near}",
)
PROCESS_TARGET = type_rule(
    "NF822",
    "process-target",
    "the process has no node `{name}` to go on to{near}; there are: {known}",
    "流程没有可流转到的节点 `{name}`{near}；节点有：{known}",
)
PROCESS_NODE = type_rule(
    "NF823",
    "process-node",
    "a node is `{{ name: '…', to: ['…'] }}`: {what}",
    "节点应写 `{{ name: '…', to: ['…'] }}`：{what}",
)
PROCESS_DATA = type_rule(
    "NF824",
    "process-data",
    "`{name}` of a process is {wanted}, not {given}",
    "流程的 `{name}` 应为{wanted}，不能是 {given}",
)
UNKNOWN_PROCESS = type_rule(
    "NF825",
    "unknown-process",
    "there is no process with the key `{name}`{near}",
    "没有 key 为 `{name}` 的流程{near}",
)
LAUNCH_DATA = type_rule(
    "NF826",
    "launch-data",
    "process `{process}` is launched with {wanted}, but {given}",
    "启动流程 `{process}` 需要 {wanted}，{given}",
)
UNREACHED_NODE = practice_rule(
    "NF827",
    "unreached-node",
    "no way leads from the start to node `{name}`",
    "从起点出发走不到节点 `{name}`",
)
ENDLESS_PROCESS = practice_rule(
    "NF828",
    "endless-process",
    "no way leads from node `{name}` to 'end'",
    "节点 `{name}` 走不到 'end'",
)
# --- the data model
UNKNOWN_DECORATOR = type_rule(
    "NF830",
    "unknown-decorator",
    "there is no `@{name}`{near}; there are: {known}",
    "没有 `@{name}`{near}；可用的有：{known}",
)
UNKNOWN_DECORATOR_KEY = type_rule(
    "NF831",
    "unknown-decorator-key",
    "`@{decorator}` has no `{name}`{near}; it has: {known}",
    "`@{decorator}` 没有 `{name}`{near}；可用的有：{known}",
)
DECORATOR_VALUE = type_rule(
    "NF832",
    "decorator-value",
    "`{name}` is {wanted}, not {given}{near}",
    "`{name}` 应为{wanted}，不能是 {given}{near}",
)
INDEX_PROPERTY = type_rule(
    "NF833",
    "index-property",
    "entity `{entity}` has no property `{name}` to index{near}",
    "实体 `{entity}` 没有可建索引的属性 `{name}`{near}",
)
RELATION_TYPE = type_rule(
    "NF834",
    "relation-type",
    "`{name}` refers to `{target}`, which is {wanted}, so it cannot be {given}",
    "`{name}` 引用 `{target}`（{wanted}），类型不能是 {given}",
)
KEY_TYPE = type_rule(
    "NF835",
    "key-type",
    "a generated key is a Long or a String, not {given}",
    "自动生成的主键应为 Long 或 String，不能是 {given}",
)
DUPLICATE_TABLE = type_rule(
    "NF836",
    "duplicate-table",
    "entity `{entity}` has the table `{name}` already",
    "实体 `{entity}` 已经使用表 `{name}`",
)
# --- practice
ENTITY_WITHOUT_KEY = practice_rule(
    "NF840",
    "entity-without-key",
    "entity `{name}` has no primary key, so its rows cannot be read or changed one by one",
    "实体 `{name}` 没有主键，不能按主键读取或修改",
)
ENUM_VALUE_NAME = practice_rule(
    "NF841",
    "enum-value-name",
    "the platform stores only the value of a text enum, so the name must be the same: `{value} = '{value}'`",
    "文本枚举在平台中只保存值，名字应与值相同：`{value} = '{value}'`",
)
SEVERAL_START_PAGES = practice_rule(
    "NF842",
    "several-start-pages",
    "only one page of a frontend is the start page; `{first}` has `@index` already",
    "一个前端只有一个首页，`{first}` 已经有 `@index`",
)
MISSING_PARENT_PAGE = practice_rule(
    "NF843",
    "missing-parent-page",
    "there is no page `{name}` that these pages could be children of{near}",
    "没有页面 `{name}`，这些子页面没有父页面{near}",
)
PARENT_WITHOUT_ROUTER = practice_rule(
    "NF844",
    "parent-without-router",
    "page `{name}` has child pages, but no `<URouterView>` to show them in",
    "页面 `{name}` 有子页面，却没有显示子页面的 `<URouterView>`",
)
REST_NOT_DESCRIBED = practice_rule(
    "NF845",
    "interface-without-rest",
    "interface `{name}` says no address: `/** @rest GET /path */`",
    "接口 `{name}` 没有写明地址：`/** @rest GET /path */`",
)
UNKNOWN_AUTH_PATH = practice_rule(
    "NF846",
    "unknown-auth-path",
    "no page has the address `{name}`{near}",
    "没有地址为 `{name}` 的页面{near}",
)
TYPE_NAME_CASE = practice_rule(
    "NF847",
    "type-name-case",
    "names of entities, structures and enums begin with a capital letter: `{wanted}`",
    "实体、结构和枚举的名字首字母大写：`{wanted}`",
    "hint",
)
UNKNOWN_HOOK = practice_rule(
    "NF848",
    "unknown-hook",
    "`{name}` is no logic that can be replaced{near}; there are: {known}",
    "`{name}` 不是可以覆盖的逻辑{near}；可覆盖的有：{known}",
)
