"""Every rule of the language in one place: code, name, severity and its sentence in two languages.

Codes: NF1xx syntax and habits of other languages, NF2xx names, NF3xx types, NF4xx calls, NF5xx queries and entities,
NF6xx practice, NF9xx faults when a program runs. A sentence takes {facts} from the place that reports it.
"""

from naslforge.lang.diagnostics import Rule, Severity, Stage


def _rule(
    code: str, name: str, message: str, message_zh: str, *, stage: Stage = "types", severity: Severity = "error"
) -> Rule:
    return Rule(code, name, stage, severity, message, message_zh)


def _syntax(code: str, name: str, message: str, message_zh: str) -> Rule:
    return _rule(code, name, message, message_zh, stage="syntax")


def _practice(code: str, name: str, message: str, message_zh: str, severity: Severity = "warning") -> Rule:
    return _rule(code, name, message, message_zh, stage="practice", severity=severity)


# --- NF1xx: syntax and habits of other languages

# text that cannot be read
SYNTAX_ERROR = _syntax("NF100", "syntax-error", "{text} does not fit here", "{text} 不该出现在这里")
MISSING_TOKEN = _syntax("NF101", "missing-token", "`{token}` is missing here", "这里缺少 `{token}`")
MISSING_NAME = _syntax("NF102", "missing-operand", "a name or value is missing here", "这里缺少名字或值")
MISSING_BRACE = _syntax(
    "NF103",
    "missing-brace",
    "the block that begins at line {line} is not closed: `}}` is missing here",
    "第 {line} 行开始的块没有结束：这里缺少 `}}`",
)
STRAY_BRACKET = _syntax("NF104", "stray-bracket", "this `{token}` closes nothing", "这个 `{token}` 没有对应的开括号")
OPEN_TEXT = _syntax(
    "NF105", "open-text", "this text has no closing `{quote}` on its line", "这段文本在本行内没有结束的 `{quote}`"
)
FULL_WIDTH = _syntax(
    "NF106",
    "full-width",
    "`{text}` is a full-width character; write `{instead}`",
    "`{text}` 是全角符号，应写 `{instead}`",
)
FOREIGN_WORD = _syntax(
    "NF107", "foreign-word", "NASL has no `{word}`; write `{instead}`", "NASL 没有 `{word}`，应写 `{instead}`"
)
HASH_COMMENT = _syntax(
    "NF108", "hash-comment", "a comment begins with `//`, not with `#`", "注释以 `//` 开头，不是 `#`"
)
MARKDOWN_FENCE = _syntax(
    "NF109", "markdown-fence", "the fence of a Markdown block is no code", "Markdown 的代码围栏不是代码"
)
UNSUPPORTED_SYNTAX = _syntax("NF110", "unsupported-syntax", "NASL has no {what}{advice}", "NASL 没有{what}{advice}")
TOO_DEEP = _syntax(
    "NF111", "too-deep", "this is nested too deeply; use variables for its parts", "嵌套太深，请用变量拆开"
)
PAGES = _syntax("NF112", "pages", "pages (TSX) are not supported yet", "尚不支持页面（TSX）")
PYTHON_DEF = _syntax(
    "NF113",
    "python-function",
    "this is Python; a logic is `export function name(a: Long): Long {{ … }}`",
    "这是 Python 写法；逻辑应写 `export function name(a: Long): Long {{ … }}`",
)
PYTHON_BLOCK = _syntax(
    "NF114",
    "python-block",
    "conditions stand in `( )` and blocks in `{{ }}`: `if (a > b) {{ … }} else {{ … }}`",
    "条件写在 `( )` 中，语句块写在 `{{ }}` 中：`if (a > b) {{ … }} else {{ … }}`",
)
PYTHON_FOR = _syntax(
    "NF115",
    "python-loop",
    "a loop is `for (const [index, item] of ListEntries(list)) {{ … }}`",
    "循环应写 `for (const [index, item] of ListEntries(list)) {{ … }}`",
)
SQL_TEXT = _syntax(
    "NF116",
    "sql-text",
    "a query is not SQL text: `FROM(app.dataSources.defaultDS.entities.XEntity, X => $.WHERE(…).SELECT({{ … }}))`",
    "查询不写 SQL：应写 `FROM(app.dataSources.defaultDS.entities.XEntity, X => $.WHERE(…).SELECT({{ … }}))`",
)
BARE_CONDITION = _syntax(
    "NF117",
    "bare-condition",
    "the condition stands in `( )`: `if (a > b) {{ … }}`",
    "条件要写在 `( )` 中：`if (a > b) {{ … }}`",
)

# loops and jumps
LOOP_FORM = _syntax(
    "NF120",
    "loop-form",
    "a loop over a list is `for (const [index, {item}] of ListEntries({list})) {{ … }}`",
    "遍历列表应写 `for (const [index, {item}] of ListEntries({list})) {{ … }}`",
)
COUNTING_LOOP = _syntax(
    "NF121",
    "counting-loop",
    "there is no `for (…; …; …)`; write `{instead}`",
    "没有 `for (…; …; …)` 循环，应写 `{instead}`",
)
FOR_IN = _syntax(
    "NF122",
    "for-in",
    "there is no `for … in`; run over `ListEntries(list)`, or over `nasl.util.MapKeys(map)` for the keys of a Map",
    "没有 `for … in`；列表用 `ListEntries(list)` 遍历，Map 的键用 `nasl.util.MapKeys(map)`",
)
DO_WHILE = _syntax(
    "NF123",
    "do-while",
    "there is no `do … while`; write `while` with a Boolean variable that starts as true",
    "没有 `do … while`；应写 `while`，并用初值为 true 的 Boolean 变量控制",
)
LOOP_JUMP = _syntax(
    "NF124",
    "loop-jump",
    "there is no `{word}`; put the rest of the loop into an `if`, or let a Boolean end a `while`",
    "没有 `{word}`；请把循环的其余部分放进 `if`，或用 Boolean 变量结束 `while`",
)
LABEL = _syntax("NF125", "label", "there are no labels such as `{name}:`", "没有 `{name}:` 这样的标签")
LOOP_CONST = _syntax("NF126", "loop-const", "the names of a loop are `const`", "循环的变量用 `const` 声明")
LOOP_ARGUMENTS = _syntax(
    "NF127", "loop-arguments", "`ListEntries(list, start, end)` takes one to three arguments",
    "`ListEntries(list, start, end)` 有一到三个参数",
)  # fmt: skip
FOR_EACH_SHAPE = _syntax(
    "NF128",
    "for-each-shape",
    "`ForEach` is written `ForEach(list, start, end, (item, index) => {{ … }})`; better "
    "`for (const [index, item] of ListEntries(list)) {{ … }}`",
    "`ForEach` 应写 `ForEach(list, start, end, (item, index) => {{ … }})`，"
    "更好的写法是 `for (const [index, item] of ListEntries(list)) {{ … }}`",
)

# assignments and choices
COMPOUND = _syntax(
    "NF130", "compound-assignment", "there is no `{op}`; write `{instead}`", "没有 `{op}`，应写 `{instead}`"
)
TERNARY = _syntax(
    "NF131",
    "ternary",
    "there is no `? :`; write `if` and `else`, or a match",
    "没有 `? :`，应写 `if` 和 `else`，或 match",
)
DEFAULT_VALUE = _syntax(
    "NF132",
    "default-value",
    "there is no `??`; test with `if (a == null) {{ … }}`",
    "没有 `??`，应写 `if (a == null) {{ … }}`",
)
OPTIONAL_CHAIN = _syntax(
    "NF133",
    "optional-chain",
    "there is no `?.`; a plain `.` reads null through null",
    "没有 `?.`；直接用 `.`，对 null 取属性得到 null",
)
NON_NULL = _syntax("NF134", "non-null", "there is no `!` behind a value; leave it out", "值后不能写 `!`，去掉即可")
CAST = _syntax(
    "NF135",
    "cast",
    "there are no casts such as `as {type}`; leave it out, or convert with `nasl.util.Convert<…>(…)`",
    "没有 `as {type}` 这样的类型断言；去掉它，或用 `nasl.util.Convert<…>(…)` 转换",
)
ASSIGNMENT_VALUE = _syntax(
    "NF136",
    "assignment-value",
    "an assignment to `{name}` is a statement, not a value",
    "对 `{name}` 的赋值是语句，不是值",
)
COMMA = _syntax(
    "NF137", "comma", "there is no comma operator; write one statement for each", "没有逗号运算符，请分成多条语句"
)
SHORT_CIRCUIT = _syntax(
    "NF138", "short-circuit", "`{op}` is no statement; write `if`", "`{op}` 不能当语句用，应写 `if`"
)
NO_EFFECT = _syntax(
    "NF139",
    "no-effect",
    "this value is not used: a statement is a call or an assignment",
    "这个值没有被使用：语句应是调用或赋值",
)

# variables
CONST_VAR = _syntax(
    "NF140", "const-var", "variables are declared with `let`, not `{word}`", "变量用 `let` 声明，不用 `{word}`"
)
LATE_LET = _syntax(
    "NF141",
    "late-let",
    "`{name}` is declared below a statement; all `let` come first in a logic",
    "`{name}` 声明在语句之后；逻辑中所有 `let` 必须写在最前面",
)
SEVERAL_VARIABLES = _syntax("NF142", "several-variables", "write one `let` for each variable", "每个变量各写一个 `let`")
DESTRUCTURING = _syntax("NF143", "destructuring", "there is no destructuring{advice}", "没有解构赋值{advice}")

# functions and lambdas
ASYNC = _syntax(
    "NF150", "async", "there is no `{word}`: every call waits for its result", "没有 `{word}`：每个调用都会等待结果"
)
LOCAL_FUNCTION = _syntax(
    "NF151",
    "local-function",
    "`{name}` is a function inside a logic; write it as a logic of its own beside this one",
    "`{name}` 是逻辑内的函数；请写成旁边一个独立的逻辑",
)
ARROW_LOGIC = _syntax(
    "NF152",
    "arrow-logic",
    "a logic is declared as `export function {name}(…) {{ … }}`",
    "逻辑应声明为 `export function {name}(…) {{ … }}`",
)
BLOCK_LAMBDA = _syntax(
    "NF153",
    "block-lambda",
    "a lambda is one expression `(item) => value`; for statements write a loop or a logic",
    "lambda 只能是一个表达式 `(item) => 值`；需要语句时写循环或逻辑",
)
FUNCTION_EXPRESSION = _syntax(
    "NF154", "function-expression", "write the lambda `(item) => value`", "应写 lambda：`(item) => 值`"
)
LAMBDA_PLACE = _syntax(
    "NF155",
    "lambda-place",
    "a function is no value: a lambda stands only as an argument of a library function",
    "函数不是值：lambda 只能写作库函数的参数",
)
LAMBDA_PARAMETER = _syntax(
    "NF156", "lambda-parameter", "parameters of a lambda are plain names", "lambda 的参数只写名字"
)
OPTIONAL_PARAMETER = _syntax(
    "NF157",
    "optional-parameter",
    "there is no `?` for parameters; give `{name}` a default: `= null`",
    "参数不能加 `?`；请给 `{name}` 默认值：`= null`",
)
REST_PARAMETER = _syntax(
    "NF158",
    "rest-parameter",
    "there are no rest parameters; make `{name}` a List",
    "没有剩余参数，请把 `{name}` 写成 List",
)
FUNCTION_ON_THE_SPOT = _syntax(
    "NF159",
    "function-on-the-spot",
    "only a match is a function called on the spot: `(function match(_value) {{ if … }})(value)`",
    "只有 match 可以写成立即调用的函数：`(function match(_value) {{ if … }})(value)`",
)

# other statements
MISSING_BRACES = _syntax("NF160", "missing-braces", "this needs `{{ }}` around it", "这里必须加 `{{ }}`")
LOOSE_BLOCK = _syntax(
    "NF161", "loose-block", "braces belong to `if`, `else` and loops", "花括号只用于 `if`、`else` 和循环"
)
SWITCH = _syntax(
    "NF162",
    "switch",
    "there is no `switch`; write `if … else if …`, or a match",
    "没有 `switch`，应写 `if … else if …` 或 match",
)
TRY_CATCH = _syntax(
    "NF163",
    "try-catch",
    "there is no `try`: an error ends the call; check with `if` before",
    "没有 `try`：错误会结束调用，请事先用 `if` 检查",
)
THROW = _syntax(
    "NF164", "throw", "there is no `throw`; end with `abort('message')`", "没有 `throw`，应写 `abort('提示')`"
)
ABORT_ARGUMENTS = _syntax(
    "NF165", "abort-arguments", "`abort` takes one message or nothing", "`abort` 只有一个提示参数，或没有参数"
)
DECLARATION_INSIDE = _syntax(
    "NF166",
    "declaration-inside",
    "{what} cannot stand inside a logic; write it in its own namespace",
    "{what}不能写在逻辑里，请写在它自己的命名空间中",
)

# operators and literals
BITWISE = _syntax("NF170", "bitwise", "there is no operator `{op}`{advice}", "没有运算符 `{op}`{advice}")
POWER = _syntax(
    "NF171", "power", "there is no `**`; write `nasl.util.Pow(a, b)`", "没有 `**`，应写 `nasl.util.Pow(a, b)`"
)
TYPE_TEST = _syntax(
    "NF172",
    "typeof",
    "there is no `typeof`: every value has the type it was declared with",
    "没有 `typeof`：每个值的类型在声明时就确定了",
)
INSTANCEOF = _syntax(
    "NF173", "instanceof", "`instanceof` stands only in the tests of a match", "`instanceof` 只能写在 match 的条件中"
)
IN_OPERATOR = _syntax(
    "NF174",
    "in-operator",
    "there is no operator `in`; write `nasl.util.MapContains(map, key)` or `CONTAINS(list, value)`",
    "没有运算符 `in`，应写 `nasl.util.MapContains(map, key)` 或 `CONTAINS(list, value)`",
)
UNARY_PLUS = _syntax(
    "NF175", "unary-plus", "there is no `+` before a value; convert with `nasl.util.Convert<Decimal>(…)`",
    "值前不能写 `+`，请用 `nasl.util.Convert<Decimal>(…)` 转换",
)  # fmt: skip
DELETE = _syntax(
    "NF176", "delete", "there is no `delete`; write `nasl.util.MapRemove(map, key)`, or assign null",
    "没有 `delete`，应写 `nasl.util.MapRemove(map, key)`，或赋值 null",
)  # fmt: skip
SPREAD = _syntax("NF177", "spread", "there is no `...`{advice}", "没有 `...`{advice}")
NUMBER_FORMAT = _syntax(
    "NF178",
    "number-format",
    "`{text}` is no number of NASL: only plain digits such as 1000 or 0.5",
    "`{text}` 不是 NASL 的数字：只能写 1000、0.5 这样的普通数字",
)
NEW_ARGUMENTS = _syntax(
    "NF179",
    "new-arguments",
    "`new {name}` takes one object: `new {name}({{ … }})`",
    "`new {name}` 的参数是一个对象：`new {name}({{ … }})`",
)

# types and declarations
ARRAY_TYPE = _syntax("NF180", "array-type", "a list type is written `{instead}`", "列表类型应写 `{instead}`")
OPTIONAL_PROPERTY = _syntax(
    "NF181", "optional-property", "there is no `?`: every property may be null", "不能加 `?`：每个属性都可以是 null"
)
MISSING_TYPE = _syntax("NF182", "missing-type", "`{name}` needs a type", "`{name}` 必须写类型")
MODIFIER = _syntax("NF183", "modifier", "there is no `{word}`", "没有 `{word}`")
MEMBER_FUNCTION = _syntax(
    "NF184",
    "member-function",
    "`{name}` is a function of an object: structures have only properties; write a logic",
    "`{name}` 是对象的函数：结构只有属性，请写成逻辑",
)
INTERFACE = _syntax(
    "NF185", "interface", "a structure is `class {name}`, not `interface`", "结构应写 `class {name}`，不是 `interface`"
)
HERITAGE = _syntax("NF186", "heritage", "structures and entities do not inherit", "结构和实体没有继承")
IMPORT = _syntax(
    "NF187",
    "import",
    "there are no imports and exports by name; everything is known by its full name",
    "没有 import；一切都用完整的名字引用",
)
DEFAULT_EXPORT = _syntax("NF188", "default-export", "there is no `default`", "没有 `default`")
UNNAMED_LOGIC = _syntax(
    "NF189",
    "unnamed-logic",
    "a logic has a name: `export function name(…) {{ … }}`",
    "逻辑必须有名字：`export function name(…) {{ … }}`",
)
OUTSIDE_STATEMENT = _syntax(
    "NF190",
    "statement-outside",
    "statements stand only inside a logic: `export namespace app.logics {{ export function f() {{ … }} }}`",
    "语句只能写在逻辑里：`export namespace app.logics {{ export function f() {{ … }} }}`",
)
DECORATOR_SHAPE = _syntax(
    "NF191",
    "decorator-shape",
    "a decorator takes one object: `@Property({{ … }})`",
    "装饰器的参数是一个对象：`@Property({{ … }})`",
)

# queries and matches
QUERY_SHAPE = _syntax(
    "NF192",
    "query-shape",
    "a query is `FROM(app.dataSources.defaultDS.entities.XEntity, X => $.WHERE(…).SELECT({{ … }}))`",
    "查询应写 `FROM(app.dataSources.defaultDS.entities.XEntity, X => $.WHERE(…).SELECT({{ … }}))`",
)
JOIN_SHAPE = _syntax(
    "NF193",
    "join-shape",
    "a join is `.{name}(app.dataSources.defaultDS.entities.YEntity, Y => ON(X.id == Y.xId))`",
    "连接应写 `.{name}(app.dataSources.defaultDS.entities.YEntity, Y => ON(X.id == Y.xId))`",
)
UNKNOWN_CLAUSE = _syntax(
    "NF194",
    "unknown-clause",
    "a query has no clause `{name}`{near}; it has: {known}",
    "查询没有子句 `{name}`{near}；子句有：{known}",
)
CLAUSE_ORDER = _syntax(
    "NF195",
    "clause-order",
    "`{name}` stands too late: joins, WHERE, GROUP_BY, HAVING, ORDER_BY, SELECT, LIMIT",
    "`{name}` 的位置太靠后，顺序应为：连接、WHERE、GROUP_BY、HAVING、ORDER_BY、SELECT、LIMIT",
)
REPEATED_CLAUSE = _syntax("NF196", "repeated-clause", "a query has only one `{name}`", "一个查询只能有一个 `{name}`")
CLAUSE_ARGUMENTS = _syntax("NF197", "clause-arguments", "`{name}` takes {wanted}", "`{name}` 需要{wanted}")
ORDER_PAIR = _syntax(
    "NF198",
    "order-pair",
    "ORDER_BY takes pairs: `ORDER_BY([X.amount, 'DESC'])`",
    "ORDER_BY 的参数是数对：`ORDER_BY([X.amount, 'DESC'])`",
)
MATCH_SHAPE = _syntax(
    "NF199",
    "match-shape",
    "a match is one chain of `if`s: `(function match(_value) {{ if (_value === 1) {{ … }} else {{ … }} }})(value)`",
    "match 是一串 `if`：`(function match(_value) {{ if (_value === 1) {{ … }} else {{ … }} }})(value)`",
)
MATCH_TEST = _syntax(
    "NF118",
    "match-test",
    "a test of a match is `_value === pattern`, several joined by `||`",
    "match 的条件是 `_value === 模式`，多个用 `||` 连接",
)
CLAUSE_LAMBDA = _syntax(
    "NF119",
    "clause-lambda",
    "the clause takes the expression itself; the row name is already known",
    "子句直接写表达式，行名已经可用",
)

# --- NF2xx: names

UNKNOWN_NAME = _rule("NF200", "unknown-name", "`{name}` is not declared here{near}", "这里没有声明 `{name}`{near}")
UNKNOWN_PATH = _rule("NF201", "unknown-path", "`{name}` is not declared{near}", "没有声明 `{name}`{near}")
UNKNOWN_FUNCTION = _rule(
    "NF202",
    "unknown-function",
    "`{namespace}` has no function `{name}`{near}",
    "`{namespace}` 中没有函数 `{name}`{near}",
)
MISSING_PREFIX = _rule("NF203", "missing-prefix", "write `{full}`, with its prefix", "要写完整的名字 `{full}`")
UNKNOWN_PROPERTY = _rule(
    "NF204",
    "unknown-property",
    "{owner} has no property `{name}`{near}; it has: {known}",
    "{owner} 没有属性 `{name}`{near}；它的属性有：{known}",
)
UNKNOWN_TYPE = _rule("NF205", "unknown-type", "there is no type `{name}`{near}", "没有类型 `{name}`{near}")
FOREIGN_TYPE = _rule(
    "NF206",
    "foreign-type",
    "`{name}` is not a type of NASL; write {instead}",
    "`{name}` 不是 NASL 的类型，应写 {instead}",
)
UNKNOWN_ENUM_MEMBER = _rule(
    "NF207",
    "unknown-enum-member",
    "`{enum}` has no member `{name}`{near}; it has: {known}",
    "枚举 `{enum}` 没有成员 `{name}`{near}；成员有：{known}",
)
DUPLICATE_NAME = _rule("NF208", "duplicate-name", "`{name}` is declared twice", "`{name}` 重复声明")
SHADOWED_NAME = _rule(
    "NF209",
    "shadowed-name",
    "`{name}` is already a {kind} here; choose another name",
    "`{name}` 已经是这里的{kind}，请换一个名字",
)
NOT_A_VALUE = _rule(
    "NF210", "not-a-value", "`{name}` is {what}, not a value{advice}", "`{name}` 是{what}，不是值{advice}"
)
FOREIGN_GLOBAL = _rule(
    "NF211", "foreign-global", "`{name}` does not exist in NASL{advice}", "NASL 中没有 `{name}`{advice}"
)
PRIMITIVE_PROPERTY = _rule(
    "NF212",
    "property-of-primitive",
    "a value of type {type} has no properties, so no `.{name}`{advice}",
    "{type} 类型的值没有属性，不能写 `.{name}`{advice}",
)

# --- NF3xx: types

TYPE_MISMATCH = _rule(
    "NF300",
    "type-mismatch",
    "{place} must be {wanted}, but this is {given}{advice}",
    "{place}应为 {wanted}，这里是 {given}{advice}",
)
OPERATOR_TYPES = _rule(
    "NF301",
    "operator-types",
    "`{op}` does not work on {left} and {right}{advice}",
    "`{op}` 不能用于 {left} 和 {right}{advice}",
)
NOT_BOOLEAN = _rule(
    "NF302",
    "not-boolean",
    "{place} must be Boolean, but this is {given}{advice}",
    "{place}必须是 Boolean，这里是 {given}{advice}",
)
INCOMPARABLE = _rule(
    "NF303",
    "incomparable",
    "`{op}` cannot compare {left} with {right}{advice}",
    "`{op}` 不能比较 {left} 和 {right}{advice}",
)
UNTYPED_LIST = _rule(
    "NF304",
    "untyped-list",
    "the item type of `[]` is not known here; write `nasl.util.NewList<T>([])`",
    "这里无法得知 `[]` 的项类型，应写 `nasl.util.NewList<T>([])`",
)
MIXED_LIST = _rule(
    "NF305",
    "mixed-list",
    "the items of a list have one type, but here are {left} and {right}",
    "列表各项的类型必须相同，这里有 {left} 和 {right}",
)
UNTYPED_VARIABLE = _rule(
    "NF306",
    "untyped-variable",
    "`{name}` has no type: write `let {name}: Type;` or assign it a value",
    "`{name}` 没有类型：应写 `let {name}: 类型;`，或给它赋值",
)
NO_RESULT = _rule(
    "NF307",
    "no-result",
    "`{name}` gives no result and cannot be used as a value{advice}",
    "`{name}` 没有返回值，不能当作值使用{advice}",
)
UNKNOWN_FIELD = _rule(
    "NF308",
    "unknown-field",
    "{owner} has no property `{name}`{near}; it has: {known}",
    "{owner} 没有属性 `{name}`{near}；它的属性有：{known}",
)
OBJECT_AS_MAP = _rule(
    "NF309",
    "object-as-map",
    "`{{ … }}` is an anonymous structure, not a Map; write `nasl.util.NewMap<{key}, {value}>({{ … }})`",
    "`{{ … }}` 是匿名结构而不是 Map，应写 `nasl.util.NewMap<{key}, {value}>({{ … }})`",
)
ENUM_AND_TEXT = _rule(
    "NF310",
    "enum-and-text",
    "an enum is not compared with the text {text}; write a member of `{enum}`: {known}",
    "枚举不能与文本 {text} 比较，应写 `{enum}` 的成员：{known}",
)
READ_ONLY = _rule(
    "NF311", "read-only", "`{name}` is a {kind} and cannot be assigned{advice}", "`{name}` 是{kind}，不能赋值{advice}"
)
NOT_ASSIGNABLE = _rule(
    "NF312",
    "not-assignable",
    "the left side of `=` must be a variable or a property",
    "`=` 左边必须是变量或属性",
)
MISSING_RETURN = _rule(
    "NF313",
    "missing-return",
    "`{name}` promises {wanted}, but has no `return` with a value",
    "`{name}` 声明返回 {wanted}，却没有带值的 `return`",
)
UNWANTED_RETURN = _rule(
    "NF314",
    "unwanted-return",
    "`{name}` has no result, so `return` takes no value",
    "`{name}` 没有返回值，`return` 后不能有值",
)
RECURSIVE_RESULT = _rule(
    "NF315",
    "recursive-result",
    "`{name}` calls itself, so its result type must be written: `function {name}(…): Type`",
    "`{name}` 调用了自己，必须写出返回类型：`function {name}(…): 类型`",
)
TYPE_ARGUMENTS = _rule(
    "NF316",
    "type-arguments",
    "`{name}` takes {wanted} type argument(s), not {given}",
    "`{name}` 需要 {wanted} 个类型参数，这里有 {given} 个",
)
MAP_KEY_TYPE = _rule(
    "NF317",
    "map-key-type",
    "keys of a Map are Boolean, Long, Decimal or String, not {given}",
    "Map 的键只能是 Boolean、Long、Decimal 或 String，不能是 {given}",
)
ENUM_VALUES = _rule(
    "NF318",
    "enum-values",
    "the values of an enum are all texts or all whole numbers",
    "枚举的值必须全是文本或全是整数",
)
FUNCTION_VALUE = _rule(
    "NF319",
    "function-value",
    "a function is no value: write the lambda as an argument of a library function",
    "函数不是值：lambda 只能写作库函数的参数",
)
BRANCH_TYPES = _rule(
    "NF320",
    "branch-types",
    "the branches give different types: {left} and {right}",
    "各分支的类型不同：{left} 和 {right}",
)
NOT_A_LIST = _rule(
    "NF321",
    "not-a-list",
    "a loop runs over a List, but this is {given}{advice}",
    "循环只能遍历 List，这里是 {given}{advice}",
)
DATE_ARITHMETIC = _rule(
    "NF322",
    "date-arithmetic",
    "`{op}` does not work on {left} and {right}; {advice}",
    "`{op}` 不能用于 {left} 和 {right}；{advice}",
)
UNTYPED_NULL = _rule(
    "NF323",
    "untyped-null",
    "`{name}` is only ever null, so its type is not known; write `let {name}: Type;`",
    "`{name}` 只被赋为 null，类型未知，应写 `let {name}: 类型;`",
)
MATCH_PATTERN = _rule(
    "NF324",
    "match-pattern",
    "this pattern is {given}, but the subject is {wanted}",
    "模式的类型是 {given}，而被匹配的值是 {wanted}",
)
PARAMETER_TYPE = _rule("NF325", "parameter-type", "parameter `{name}` needs a type", "参数 `{name}` 必须写类型")

NUMBER_RANGE = _rule(
    "NF326",
    "number-range",
    "a Long lies between -9223372036854775807 and 9223372036854775807; write `{text}.0` for a Decimal",
    "Long 的范围是 -9223372036854775807 到 9223372036854775807；Decimal 应写 `{text}.0`",
)
CIRCULAR_ALIAS = _rule("NF327", "circular-alias", "the type `{name}` stands for itself", "类型 `{name}` 指向了自己")

# --- NF4xx: calls

ARGUMENT_COUNT = _rule(
    "NF400",
    "argument-count",
    "`{name}` takes {wanted} argument(s), here are {given}: `{signature}`",
    "`{name}` 需要 {wanted} 个参数，这里有 {given} 个：`{signature}`",
)
ARGUMENT_TYPE = _rule(
    "NF401",
    "argument-type",
    "argument `{param}` of `{name}` must be {wanted}, but this is {given}{advice}: `{signature}`",
    "`{name}` 的参数 `{param}` 应为 {wanted}，这里是 {given}{advice}：`{signature}`",
)
SWAPPED_ARGUMENTS = _rule(
    "NF402",
    "swapped-arguments",
    "the arguments of `{name}` stand in another order: `{signature}`",
    "`{name}` 的参数顺序不对：`{signature}`",
)
MISSING_TYPE_ARGUMENT = _rule(
    "NF403",
    "missing-type-argument",
    "`{name}` needs its type written: `{example}`",
    "`{name}` 必须写出类型参数：`{example}`",
)
TYPE_ARGUMENT_BOUND = _rule(
    "NF404",
    "type-argument",
    "`{given}` cannot be the type argument of `{name}` here; possible: {known}",
    "`{given}` 不能作为这里 `{name}` 的类型参数，可以是：{known}",
)
NOT_CALLABLE = _rule("NF405", "not-callable", "`{name}` is no function{advice}", "`{name}` 不是函数{advice}")
FOREIGN_METHOD = _rule(
    "NF406",
    "foreign-method",
    "values have no methods in NASL: instead of `.{name}(…)` {advice}",
    "NASL 的值没有方法：不写 `.{name}(…)`，{advice}",
)
UNKNOWN_METHOD = _rule(
    "NF407",
    "unknown-method",
    "values have no methods in NASL, so no `.{name}(…)` on {type}{near}",
    "NASL 的值没有方法，{type} 上不能写 `.{name}(…)`{near}",
)
LAMBDA_PARAMETERS = _rule(
    "NF408",
    "lambda-parameters",
    "this lambda takes {wanted} parameter(s), not {given}: `{signature}`",
    "这里的 lambda 有 {wanted} 个参数，不是 {given} 个：`{signature}`",
)
LAMBDA_EXPECTED = _rule(
    "NF409",
    "lambda-expected",
    "argument `{param}` of `{name}` is a lambda: `{signature}`",
    "`{name}` 的参数 `{param}` 是 lambda：`{signature}`",
)
SORT_CRITERION = _rule(
    "NF410",
    "sort-criterion",
    "`ListSort` takes criteria such as `(item) => ({{ by: item.amount, asc: true }})`",
    "`ListSort` 的排序条件写作 `(item) => ({{ by: item.amount, asc: true }})`",
)
BAD_CHOICE = _rule(
    "NF411",
    "bad-choice",
    "argument `{param}` of `{name}` must be one of {known}, not {given}{near}",
    "`{name}` 的参数 `{param}` 只能是 {known}，不能是 {given}{near}",
)
SYNTAX_ONLY = _rule(
    "NF412",
    "statement-form",
    "`{name}` is part of a statement and cannot be used here",
    "`{name}` 是语句的一部分，不能用在这里",
)
CLIENT_ONLY = _rule(
    "NF413",
    "client-only",
    "`{name}` works only in the logics of pages, not in a server logic",
    "`{name}` 只能用在页面逻辑中，不能用在服务端逻辑中",
)
INDEX_HABIT = _rule(
    "NF414",
    "index-brackets",
    "there are no brackets for positions and keys; write `{instead}`",
    "不能用方括号取值，应写 `{instead}`",
)
FOREIGN_FUNCTION = _rule(
    "NF415",
    "foreign-function",
    "`{name}` does not exist in NASL: {advice}",
    "NASL 中没有 `{name}`：{advice}",
)
EFFECT_IN_LAMBDA = _rule(
    "NF416",
    "effect-in-lambda",
    "a lambda computes a value; `{name}` gives none, use a loop",
    "lambda 只能求值，`{name}` 没有返回值，应改用循环",
)

WRONG_RECEIVER = _rule(
    "NF417",
    "wrong-function",
    "`{name}` does not take {given}; {advice}",
    "`{name}` 不能用于 {given}；{advice}",
)

# --- NF5xx: queries and entities

NOT_AN_ENTITY = _rule(
    "NF500",
    "not-an-entity",
    "{clause} needs a table such as `app.dataSources.defaultDS.entities.OrderEntity`{near}",
    "{clause} 需要表对象，如 `app.dataSources.defaultDS.entities.OrderEntity`{near}",
)
TABLE_SUFFIX = _rule(
    "NF501",
    "table-suffix",
    "`{name}` is the entity's type; its table is `{table}`",
    "`{name}` 是实体的类型，表对象是 `{table}`",
)
LIBRARY_OVER_ROWS = _rule(
    "NF502",
    "library-over-rows",
    "`{name}` cannot be applied to rows in a query{advice}",
    "查询中不能对行使用 `{name}`{advice}",
)
NOT_GROUPED = _rule(
    "NF503",
    "not-grouped",
    "`{name}` is neither in GROUP_BY nor inside an aggregate such as COUNT, SUM, MAX",
    "`{name}` 既不在 GROUP_BY 中，也不在 COUNT、SUM、MAX 等聚合函数中",
)
MISPLACED_AGGREGATE = _rule(
    "NF504",
    "misplaced-aggregate",
    "`{name}` cannot stand in {clause}{advice}",
    "`{name}` 不能写在 {clause} 中{advice}",
)
AGGREGATE_OUTSIDE = _rule(
    "NF505",
    "aggregate-outside-query",
    "`{name}` works only inside a query{advice}",
    "`{name}` 只能用在查询中{advice}",
)
ORDER_DIRECTION = _rule(
    "NF506",
    "order-direction",
    "the direction is 'ASC' or 'DESC', not {given}",
    "排序方向是 'ASC' 或 'DESC'，不能是 {given}",
)
ORDER_KEY = _rule(
    "NF507",
    "order-key",
    "ORDER_BY takes a column of a row or a text with the path of a result field, not {given}",
    "ORDER_BY 的排序项是行的列，或写有结果字段路径的文本，不能是 {given}",
)
SELECT_SHAPE = _rule(
    "NF508",
    "select-shape",
    "SELECT takes `{{ name: expression, … }}`, a row, or a column",
    "SELECT 的参数是 `{{ 名字: 表达式, … }}`、行或列",
)
MISPLACED_QUERY = _rule(
    "NF509",
    "misplaced-query",
    "a query stands by itself; inside another one only as `IN(x, FROM(…))`",
    "查询要单独写；在另一个查询中只能写作 `IN(x, FROM(…))`",
)
SUBQUERY_COLUMNS = _rule(
    "NF510",
    "subquery-columns",
    "a sub-query gives one column: `.SELECT(Row.column)`",
    "子查询只能有一列：`.SELECT(行.列)`",
)
UNKNOWN_ENTITY_LOGIC = _rule(
    "NF511",
    "unknown-entity-logic",
    "`{table}` has no logic `{name}`{near}; it has: {known}",
    "`{table}` 没有逻辑 `{name}`{near}；可用的有：{known}",
)
PROPERTY_LIST = _rule(
    "NF512",
    "property-list",
    "the properties to write are a lambda such as `_ => [_.status, _.amount]`",
    "要写入的属性用 lambda 列出，如 `_ => [_.status, _.amount]`",
)
ENTITY_PROPERTY_TYPE = _rule(
    "NF513",
    "entity-property-type",
    "a property of an entity is a primitive or an enum, not {given}",
    "实体的属性只能是基础类型或枚举，不能是 {given}",
)
UNKNOWN_RELATION = _rule(
    "NF514",
    "unknown-relation",
    "the relation names no known {what} `{name}`{near}",
    "关联的{what} `{name}` 不存在{near}",
)
DIFFERENT_SOURCES = _rule(
    "NF515",
    "different-data-sources",
    "entities of different data sources cannot be joined",
    "不同数据源的实体不能连接",
)
UNKNOWN_SORT_PATH = _rule(
    "NF516",
    "unknown-sort-path",
    "the result has no field `{name}` to order by{near}; it has: {known}",
    "查询结果没有可排序的字段 `{name}`{near}；字段有：{known}",
)
ROW_OUTSIDE = _rule(
    "NF517",
    "statement-over-rows",
    "{what} cannot be used over rows in a query",
    "查询中不能对行使用{what}",
)

# --- NF6xx: practice

UNUSED_VARIABLE = _practice("NF600", "unused-variable", "`{name}` is never used", "`{name}` 从未使用")
UNREAD_VARIABLE = _practice(
    "NF601", "unread-variable", "`{name}` is assigned but never read", "`{name}` 被赋值但从未读取"
)
CONSTANT_CONDITION = _practice(
    "NF602", "constant-condition", "this condition is always {value}", "这个条件总是 {value}"
)
QUERY_IN_LOOP = _practice(
    "NF603",
    "query-in-loop",
    "{what} inside a loop runs once for every turn; query once before it with IN or a join",
    "循环中每一轮都会执行一次{what}，应在循环前用 IN 或连接一次查出",
)
DIVISION_BY_ZERO = _practice(
    "NF604", "division-by-zero", "division by 0 always fails", "除以 0 必然出错", severity="error"
)
SELF_ASSIGNMENT = _practice("NF605", "self-assignment", "this assigns `{name}` to itself", "把 `{name}` 赋给了自己")
UNUSED_RESULT = _practice(
    "NF606",
    "unused-result",
    "`{name}` changes nothing, and its result is not used",
    "`{name}` 不改变任何东西，它的结果又没有使用",
)
UNREACHABLE = _practice("NF607", "unreachable", "this is never reached", "这里永远执行不到")
ENDLESS_LOOP = _practice(
    "NF608",
    "endless-loop",
    "this loop never ends: its condition is always true and nothing in it returns",
    "循环不会结束：条件恒为真，循环体中又没有 return",
    severity="error",
)
INCOMPLETE_MATCH = _practice(
    "NF609", "incomplete-match", "this match gives null for {missing}", "这个 match 对 {missing} 得到 null"
)
SEVERAL_RESULTS = _practice(
    "NF610",
    "several-results",
    "all `return`s of a logic name the same variable, but here are `{first}` and `{second}`",
    "一个逻辑的所有 `return` 应返回同一个变量，这里有 `{first}` 和 `{second}`",
)
SELF_COMPARISON = _practice("NF611", "self-comparison", "both sides of `{op}` are the same", "`{op}` 两边相同")
REPEATED_CONDITION = _practice(
    "NF612", "repeated-condition", "this condition was already tested above", "这个条件前面已经判断过"
)
BOOLEAN_COMPARISON = _practice(
    "NF613", "boolean-comparison", "comparing with `{value}` is not needed", "不需要与 `{value}` 比较", severity="hint"
)
POSITION_OUT_OF_RANGE = _practice(
    "NF614",
    "negative-position",
    "positions start at 0; `{name}` fails for {value}",
    "位置从 0 起，`{name}` 用 {value} 必然出错",
    severity="error",
)
BAD_TEXT = _practice(
    "NF615", "unreadable-text", "{text} cannot be read as {type}", "{text} 不能解析为 {type}", severity="error"
)
FORMAT_TOKEN = _practice(
    "NF616",
    "format-token",
    "`{token}` is kept as it is by `{name}`; its tokens are {known}",
    "`{name}` 不认识 `{token}`，会原样保留；可用的记号有 {known}",
)
UNUSED_PARAMETER = _practice(
    "NF617", "unused-parameter", "parameter `{name}` is never used", "参数 `{name}` 从未使用", "hint"
)


# --- NF9xx: faults found when a program is judged or runs


def _run(code: str, name: str, message: str, message_zh: str) -> Rule:
    return _rule(code, name, message, message_zh, stage="run")


RUNTIME_ERROR = _run("NF900", "runtime-error", "{error}: {message}", "运行时错误 {error}：{message}")
STEP_LIMIT = _run("NF901", "step-limit", "the run was stopped: {message}", "运行被终止：{message}")
MEMORY_LIMIT = _run("NF902", "memory-limit", "the run was stopped: {message}", "运行被终止：{message}")
TIME_LIMIT = _run("NF903", "time-limit", "the run was stopped: {message}", "运行被终止：{message}")
OUTPUT_LIMIT = _run("NF904", "output-limit", "the run was stopped: {message}", "运行被终止：{message}")
FORBIDDEN = _run("NF905", "forbidden", "the sandbox refuses this: {message}", "沙箱不允许：{message}")
UNDECLARED_CALL = _run(
    "NF906",
    "undeclared-call",
    "the test's world has no answer for the external call `{target}` with {args}",
    "测试环境没有为外部调用 `{target}`（参数 {args}）准备结果",
)
MISSING_ENTRY = _run(
    "NF907",
    "missing-entry",
    "the code must contain the logic `{entry}`{near}",
    "代码中必须有逻辑 `{entry}`{near}",
)
CHANGED_SIGNATURE = _run(
    "NF908",
    "changed-signature",
    "the signature is fixed and was changed ({what}); it must be `{signature}`",
    "签名是固定的，不能修改（{what_zh}）；必须是 `{signature}`",
)
NESTED_TOO_DEEPLY = _syntax(
    "NF909", "nested-too-deeply", "the code is nested too deeply to be read", "代码嵌套过深，无法处理"
)
SANDBOX_ERROR = _run(
    "NF911", "sandbox-error", "our own fault, not the program's: {message}", "沙箱自身的故障，与程序无关：{message}"
)
BAD_TASK = _run("NF910", "bad-task", "the task cannot be judged: {message}", "题目本身无法评判：{message}")
UNCHANGING_CONDITION = _practice(
    "NF618",
    "unchanging-condition",
    "nothing in this loop changes its condition: it runs never or for ever",
    "循环体没有改变循环条件：要么一次都不执行，要么不会结束",
)
WRITE_IN_LOOP = _practice(
    "NF619",
    "write-in-loop",
    "`{name}` in a loop writes row by row; collect the rows and call `{batch}` once",
    "循环中逐行调用 `{name}`，可先收集再一次调用 `{batch}`",
    "hint",
)
CHANGED_WHILE_LOOPING = _practice(
    "NF620",
    "changed-while-looping",
    "`{name}` changes the list that the loop runs over",
    "`{name}` 改变了正在遍历的列表",
)
IDENTITY_COMPARISON = _practice(
    "NF621",
    "identity-comparison",
    "`{op}` asks whether both are the same object, not whether they are alike; use `nasl.util.Contains([a], b)`",
    "`{op}` 比较的是不是同一个对象，而不是内容；比较内容用 `nasl.util.Contains([a], b)`",
)
NEVER_ASSIGNED = _practice(
    "NF622",
    "never-assigned",
    "`{name}` is read but never assigned, so it is always null",
    "`{name}` 从未赋值，读到的总是 null",
)
NULL_COMPARISON = _practice(
    "NF623",
    "null-comparison",
    "`{op}` with null is always false; write `== null` or `!= null`",
    "与 null 比较 `{op}` 总是 false，应写 `== null` 或 `!= null`",
)


def rules() -> dict[str, Rule]:
    """All rules by code, in order."""
    found = {rule.code: rule for rule in globals().values() if isinstance(rule, Rule)}
    return dict(sorted(found.items()))
