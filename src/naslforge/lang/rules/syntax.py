"""NF1xx: syntax and habits of other languages."""

from naslforge.lang.rules.making import syntax_rule

# text that cannot be read
SYNTAX_ERROR = syntax_rule("NF100", "syntax-error", "{text} does not fit here", "{text} 不该出现在这里")
MISSING_TOKEN = syntax_rule("NF101", "missing-token", "`{token}` is missing here", "这里缺少 `{token}`")
MISSING_NAME = syntax_rule("NF102", "missing-operand", "a name or value is missing here", "这里缺少名字或值")
MISSING_BRACE = syntax_rule(
    "NF103",
    "missing-brace",
    "the block that begins at line {line} is not closed: `}}` is missing here",
    "第 {line} 行开始的块没有结束：这里缺少 `}}`",
)
STRAY_BRACKET = syntax_rule(
    "NF104", "stray-bracket", "this `{token}` closes nothing", "这个 `{token}` 没有对应的开括号"
)
OPEN_TEXT = syntax_rule(
    "NF105", "open-text", "this text has no closing `{quote}` on its line", "这段文本在本行内没有结束的 `{quote}`"
)
FULL_WIDTH = syntax_rule(
    "NF106",
    "full-width",
    "`{text}` is a full-width character; write `{instead}`",
    "`{text}` 是全角符号，应写 `{instead}`",
)
FOREIGN_WORD = syntax_rule(
    "NF107", "foreign-word", "NASL has no `{word}`; write `{instead}`", "NASL 没有 `{word}`，应写 `{instead}`"
)
HASH_COMMENT = syntax_rule(
    "NF108", "hash-comment", "a comment begins with `//`, not with `#`", "注释以 `//` 开头，不是 `#`"
)
MARKDOWN_FENCE = syntax_rule(
    "NF109", "markdown-fence", "the fence of a Markdown block is no code", "Markdown 的代码围栏不是代码"
)
PROSE = syntax_rule(
    "NF129", "prose", "these words are no code; comments begin with `//`", "这是说明文字，不是代码；注释以 `//` 开头"
)
UNSUPPORTED_SYNTAX = syntax_rule("NF110", "unsupported-syntax", "NASL has no {what}{advice}", "NASL 没有{what}{advice}")
TOO_DEEP = syntax_rule(
    "NF111", "too-deep", "this is nested too deeply; use variables for its parts", "嵌套太深，请用变量拆开"
)
DECORATOR_PLACE = syntax_rule(
    "NF112",
    "decorator-place",
    "`{text}` stands only before classes and properties; a logic, page or variable has tags such as `@title` in its "
    "comment `/** … */`",
    "`{text}` 只能写在类和属性前；逻辑、页面和变量在注释 `/** … */` 中用 `@title` 等标签",
)
PYTHON_DEF = syntax_rule(
    "NF113",
    "python-function",
    "this is Python; a logic is `export function name(a: Long): Long {{ … }}`",
    "这是 Python 写法；逻辑应写 `export function name(a: Long): Long {{ … }}`",
)
PYTHON_BLOCK = syntax_rule(
    "NF114",
    "python-block",
    "conditions stand in `( )` and blocks in `{{ }}`: `if (a > b) {{ … }} else {{ … }}`",
    "条件写在 `( )` 中，语句块写在 `{{ }}` 中：`if (a > b) {{ … }} else {{ … }}`",
)
PYTHON_FOR = syntax_rule(
    "NF115",
    "python-loop",
    "a loop is `for (const [index, item] of ListEntries(list)) {{ … }}`",
    "循环应写 `for (const [index, item] of ListEntries(list)) {{ … }}`",
)
SQL_TEXT = syntax_rule(
    "NF116",
    "sql-text",
    "a query is not SQL text: `FROM(app.dataSources.defaultDS.entities.XEntity, X => $.WHERE(…).SELECT({{ … }}))`",
    "查询不写 SQL：应写 `FROM(app.dataSources.defaultDS.entities.XEntity, X => $.WHERE(…).SELECT({{ … }}))`",
)
BARE_CONDITION = syntax_rule(
    "NF117",
    "bare-condition",
    "the condition stands in `( )`: `if (a > b) {{ … }}`",
    "条件要写在 `( )` 中：`if (a > b) {{ … }}`",
)

# loops and jumps
LOOP_FORM = syntax_rule(
    "NF120",
    "loop-form",
    "a loop over a list is `for (const [index, {item}] of ListEntries({list})) {{ … }}`",
    "遍历列表应写 `for (const [index, {item}] of ListEntries({list})) {{ … }}`",
)
COUNTING_LOOP = syntax_rule(
    "NF121",
    "counting-loop",
    "there is no `for (…; …; …)`; write `{instead}`",
    "没有 `for (…; …; …)` 循环，应写 `{instead}`",
)
FOR_IN = syntax_rule(
    "NF122",
    "for-in",
    "there is no `for … in`; run over `ListEntries(list)`, or over `nasl.util.MapKeys(map)` for the keys of a Map",
    "没有 `for … in`；列表用 `ListEntries(list)` 遍历，Map 的键用 `nasl.util.MapKeys(map)`",
)
DO_WHILE = syntax_rule(
    "NF123",
    "do-while",
    "there is no `do … while`; write `while` with a Boolean variable that starts as true",
    "没有 `do … while`；应写 `while`，并用初值为 true 的 Boolean 变量控制",
)
LOOP_JUMP = syntax_rule(
    "NF124",
    "loop-jump",
    "there is no `{word}`; put the rest of the loop into an `if`, or let a Boolean end a `while`",
    "没有 `{word}`；请把循环的其余部分放进 `if`，或用 Boolean 变量结束 `while`",
)
LABEL = syntax_rule("NF125", "label", "there are no labels such as `{name}:`", "没有 `{name}:` 这样的标签")
LOOP_CONST = syntax_rule("NF126", "loop-const", "the names of a loop are `const`", "循环的变量用 `const` 声明")
LOOP_ARGUMENTS = syntax_rule(
    "NF127", "loop-arguments", "`ListEntries(list, start, end)` takes one to three arguments",
    "`ListEntries(list, start, end)` 有一到三个参数",
)  # fmt: skip
FOR_EACH_SHAPE = syntax_rule(
    "NF128",
    "for-each-shape",
    "`ForEach` is written `ForEach(list, start, end, (item, index) => {{ … }})`; better "
    "`for (const [index, item] of ListEntries(list)) {{ … }}`",
    "`ForEach` 应写 `ForEach(list, start, end, (item, index) => {{ … }})`，"
    "更好的写法是 `for (const [index, item] of ListEntries(list)) {{ … }}`",
)

# assignments and choices
COMPOUND = syntax_rule(
    "NF130", "compound-assignment", "there is no `{op}`; write `{instead}`", "没有 `{op}`，应写 `{instead}`"
)
TERNARY = syntax_rule(
    "NF131",
    "ternary",
    "there is no `? :`; write `if` and `else`, or a match",
    "没有 `? :`，应写 `if` 和 `else`，或 match",
)
DEFAULT_VALUE = syntax_rule(
    "NF132",
    "default-value",
    "there is no `??`; test with `if (a == null) {{ … }}`",
    "没有 `??`，应写 `if (a == null) {{ … }}`",
)
OPTIONAL_CHAIN = syntax_rule(
    "NF133",
    "optional-chain",
    "there is no `?.`; a plain `.` reads null through null",
    "没有 `?.`；直接用 `.`，对 null 取属性得到 null",
)
NON_NULL = syntax_rule("NF134", "non-null", "there is no `!` behind a value; leave it out", "值后不能写 `!`，去掉即可")
CAST = syntax_rule(
    "NF135",
    "cast",
    "there are no casts such as `as {type}`; leave it out, or convert with `nasl.util.Convert<…>(…)`",
    "没有 `as {type}` 这样的类型断言；去掉它，或用 `nasl.util.Convert<…>(…)` 转换",
)
ASSIGNMENT_VALUE = syntax_rule(
    "NF136",
    "assignment-value",
    "an assignment to `{name}` is a statement, not a value",
    "对 `{name}` 的赋值是语句，不是值",
)
COMMA = syntax_rule(
    "NF137", "comma", "there is no comma operator; write one statement for each", "没有逗号运算符，请分成多条语句"
)
SHORT_CIRCUIT = syntax_rule(
    "NF138", "short-circuit", "`{op}` is no statement; write `if`", "`{op}` 不能当语句用，应写 `if`"
)
NO_EFFECT = syntax_rule(
    "NF139",
    "no-effect",
    "this value is not used: a statement is a call or an assignment",
    "这个值没有被使用：语句应是调用或赋值",
)

# variables
CONST_VAR = syntax_rule(
    "NF140", "const-var", "variables are declared with `let`, not `{word}`", "变量用 `let` 声明，不用 `{word}`"
)
LATE_LET = syntax_rule(
    "NF141",
    "late-let",
    "`{name}` is declared below a statement; all `let` come first in a logic",
    "`{name}` 声明在语句之后；逻辑中所有 `let` 必须写在最前面",
)
SEVERAL_VARIABLES = syntax_rule(
    "NF142", "several-variables", "write one `let` for each variable", "每个变量各写一个 `let`"
)
TYPE_FIRST = syntax_rule(
    "NF144", "type-first", "the name stands before its type: `{name}: {type}`", "名字在前，类型在后：`{name}: {type}`"
)
DESTRUCTURING = syntax_rule("NF143", "destructuring", "there is no destructuring{advice}", "没有解构赋值{advice}")

# functions and lambdas
ASYNC = syntax_rule(
    "NF150", "async", "there is no `{word}`: every call waits for its result", "没有 `{word}`：每个调用都会等待结果"
)
LOCAL_FUNCTION = syntax_rule(
    "NF151",
    "local-function",
    "`{name}` is a function inside a logic; write it as a logic of its own beside this one",
    "`{name}` 是逻辑内的函数；请写成旁边一个独立的逻辑",
)
ARROW_LOGIC = syntax_rule(
    "NF152",
    "arrow-logic",
    "a logic is declared as `export function {name}(…) {{ … }}`",
    "逻辑应声明为 `export function {name}(…) {{ … }}`",
)
BLOCK_LAMBDA = syntax_rule(
    "NF153",
    "block-lambda",
    "a lambda is one expression `(item) => value`; for statements write a loop or a logic",
    "lambda 只能是一个表达式 `(item) => 值`；需要语句时写循环或逻辑",
)
FUNCTION_EXPRESSION = syntax_rule(
    "NF154", "function-expression", "write the lambda `(item) => value`", "应写 lambda：`(item) => 值`"
)
LAMBDA_PLACE = syntax_rule(
    "NF155",
    "lambda-place",
    "a function is no value: a lambda stands only as an argument of a library function",
    "函数不是值：lambda 只能写作库函数的参数",
)
LAMBDA_PARAMETER = syntax_rule(
    "NF156", "lambda-parameter", "parameters of a lambda are plain names", "lambda 的参数只写名字"
)
OPTIONAL_PARAMETER = syntax_rule(
    "NF157",
    "optional-parameter",
    "there is no `?` for parameters; give `{name}` a default: `= null`",
    "参数不能加 `?`；请给 `{name}` 默认值：`= null`",
)
REST_PARAMETER = syntax_rule(
    "NF158",
    "rest-parameter",
    "there are no rest parameters; make `{name}` a List",
    "没有剩余参数，请把 `{name}` 写成 List",
)
FUNCTION_ON_THE_SPOT = syntax_rule(
    "NF159",
    "function-on-the-spot",
    "only a match is a function called on the spot: `(function match(_value) {{ if … }})(value)`",
    "只有 match 可以写成立即调用的函数：`(function match(_value) {{ if … }})(value)`",
)

# other statements
MISSING_BRACES = syntax_rule("NF160", "missing-braces", "this needs `{{ }}` around it", "这里必须加 `{{ }}`")
LOOSE_BLOCK = syntax_rule(
    "NF161", "loose-block", "braces belong to `if`, `else` and loops", "花括号只用于 `if`、`else` 和循环"
)
SWITCH = syntax_rule(
    "NF162",
    "switch",
    "there is no `switch`; write `if … else if …`, or a match",
    "没有 `switch`，应写 `if … else if …` 或 match",
)
TRY_CATCH = syntax_rule(
    "NF163",
    "try-catch",
    "there is no `try`: an error ends the call; check with `if` before",
    "没有 `try`：错误会结束调用，请事先用 `if` 检查",
)
THROW = syntax_rule(
    "NF164", "throw", "there is no `throw`; end with `abort('message')`", "没有 `throw`，应写 `abort('提示')`"
)
ABORT_ARGUMENTS = syntax_rule(
    "NF165", "abort-arguments", "`abort` takes one message or nothing", "`abort` 只有一个提示参数，或没有参数"
)
DECLARATION_INSIDE = syntax_rule(
    "NF166",
    "declaration-inside",
    "{what} cannot stand inside a logic; write it in its own namespace",
    "{what}不能写在逻辑里，请写在它自己的命名空间中",
)
VARIABLE_OUTSIDE = syntax_rule(
    "NF167",
    "variable-outside",
    "a variable stands in a logic, or in a namespace such as `app.backend.variables`",
    "变量只能写在逻辑里，或 `app.backend.variables` 这样的命名空间中",
)

# operators and literals
BITWISE = syntax_rule("NF170", "bitwise", "there is no operator `{op}`{advice}", "没有运算符 `{op}`{advice}")
POWER = syntax_rule(
    "NF171", "power", "there is no `**`; write `nasl.util.Pow(a, b)`", "没有 `**`，应写 `nasl.util.Pow(a, b)`"
)
TYPE_TEST = syntax_rule(
    "NF172",
    "typeof",
    "there is no `typeof`: every value has the type it was declared with",
    "没有 `typeof`：每个值的类型在声明时就确定了",
)
INSTANCEOF = syntax_rule(
    "NF173", "instanceof", "`instanceof` stands only in the tests of a match", "`instanceof` 只能写在 match 的条件中"
)
IN_OPERATOR = syntax_rule(
    "NF174",
    "in-operator",
    "there is no operator `in`; write `nasl.util.MapContains(map, key)` or `CONTAINS(list, value)`",
    "没有运算符 `in`，应写 `nasl.util.MapContains(map, key)` 或 `CONTAINS(list, value)`",
)
UNARY_PLUS = syntax_rule(
    "NF175", "unary-plus", "there is no `+` before a value; convert with `nasl.util.Convert<Decimal>(…)`",
    "值前不能写 `+`，请用 `nasl.util.Convert<Decimal>(…)` 转换",
)  # fmt: skip
DELETE = syntax_rule(
    "NF176", "delete", "there is no `delete`; write `nasl.util.MapRemove(map, key)`, or assign null",
    "没有 `delete`，应写 `nasl.util.MapRemove(map, key)`，或赋值 null",
)  # fmt: skip
SPREAD = syntax_rule("NF177", "spread", "there is no `...` to spread a value{advice}", "没有 `...`{advice}")
NUMBER_FORMAT = syntax_rule(
    "NF178",
    "number-format",
    "`{text}` is no number of NASL: only plain digits such as 1000 or 0.5",
    "`{text}` 不是 NASL 的数字：只能写 1000、0.5 这样的普通数字",
)
NEW_ARGUMENTS = syntax_rule(
    "NF179",
    "new-arguments",
    "`new {name}` takes one object: `new {name}({{ … }})`",
    "`new {name}` 的参数是一个对象：`new {name}({{ … }})`",
)

# types and declarations
ARRAY_TYPE = syntax_rule("NF180", "array-type", "a list type is written `{instead}`", "列表类型应写 `{instead}`")
NULLABLE_TYPE = syntax_rule(
    "NF168", "nullable-type", "every type takes null: leave out `{text}`", "任何类型都可以为 null：去掉 `{text}`"
)
OPTIONAL_PROPERTY = syntax_rule(
    "NF181", "optional-property", "there is no `?`: every property may be null", "不能加 `?`：每个属性都可以是 null"
)
MISSING_TYPE = syntax_rule("NF182", "missing-type", "`{name}` needs a type", "`{name}` 必须写类型")
MODIFIER = syntax_rule(
    "NF183", "modifier", "there are no modifiers such as `{word}`; leave it out", "没有 `{word}` 这样的修饰符，去掉即可"
)
MEMBER_FUNCTION = syntax_rule(
    "NF184",
    "member-function",
    "`{name}` is a function of an object: structures have only properties; write a logic",
    "`{name}` 是对象的函数：结构只有属性，请写成逻辑",
)
INTERFACE = syntax_rule(
    "NF185", "interface", "a structure is `class {name}`, not `interface`", "结构应写 `class {name}`，不是 `interface`"
)
HERITAGE = syntax_rule("NF186", "heritage", "structures and entities do not inherit", "结构和实体没有继承")
IMPORT = syntax_rule(
    "NF187",
    "import",
    "there are no imports and exports by name; everything is known by its full name",
    "没有 import；一切都用完整的名字引用",
)
DEFAULT_EXPORT = syntax_rule(
    "NF188",
    "default-export",
    "there is no `export default`; write `export function name(…) {{ … }}`",
    "没有 `export default`，应写 `export function 名字(…) {{ … }}`",
)
UNNAMED_LOGIC = syntax_rule(
    "NF189",
    "unnamed-logic",
    "a logic has a name: `export function name(…) {{ … }}`",
    "逻辑必须有名字：`export function name(…) {{ … }}`",
)
OUTSIDE_STATEMENT = syntax_rule(
    "NF190",
    "statement-outside",
    "statements stand only inside a logic: `export namespace app.logics {{ export function f() {{ … }} }}`",
    "语句只能写在逻辑里：`export namespace app.logics {{ export function f() {{ … }} }}`",
)
DECORATOR_SHAPE = syntax_rule(
    "NF191",
    "decorator-shape",
    "a decorator takes one object: `@Property({{ … }})`",
    "装饰器的参数是一个对象：`@Property({{ … }})`",
)

# queries and matches
QUERY_SHAPE = syntax_rule(
    "NF192",
    "query-shape",
    "a query is `FROM(app.dataSources.defaultDS.entities.XEntity, X => $.WHERE(…).SELECT({{ … }}))`",
    "查询应写 `FROM(app.dataSources.defaultDS.entities.XEntity, X => $.WHERE(…).SELECT({{ … }}))`",
)
JOIN_SHAPE = syntax_rule(
    "NF193",
    "join-shape",
    "a join is `.{name}(app.dataSources.defaultDS.entities.YEntity, Y => ON(X.id == Y.xId))`",
    "连接应写 `.{name}(app.dataSources.defaultDS.entities.YEntity, Y => ON(X.id == Y.xId))`",
)
UNKNOWN_CLAUSE = syntax_rule(
    "NF194",
    "unknown-clause",
    "a query has no clause `{name}`{near}; it has: {known}",
    "查询没有子句 `{name}`{near}；子句有：{known}",
)
CLAUSE_ORDER = syntax_rule(
    "NF195",
    "clause-order",
    "`{name}` stands too late: joins, WHERE, GROUP_BY, HAVING, ORDER_BY, SELECT, LIMIT",
    "`{name}` 的位置太靠后，顺序应为：连接、WHERE、GROUP_BY、HAVING、ORDER_BY、SELECT、LIMIT",
)
REPEATED_CLAUSE = syntax_rule(
    "NF196", "repeated-clause", "a query has only one `{name}`", "一个查询只能有一个 `{name}`"
)
CLAUSE_ARGUMENTS = syntax_rule("NF197", "clause-arguments", "`{name}` takes {wanted}", "`{name}` 需要{wanted}")
ORDER_PAIR = syntax_rule(
    "NF198",
    "order-pair",
    "ORDER_BY takes pairs, what to order by and the direction: `ORDER_BY([X.amount, 'DESC'])`",
    "ORDER_BY 的每个参数由排序项和方向组成：`ORDER_BY([X.amount, 'DESC'])`",
)
MATCH_SHAPE = syntax_rule(
    "NF199",
    "match-shape",
    "a match is one chain of `if`s: `(function match(_value) {{ if (_value === 1) {{ … }} else {{ … }} }})(value)`",
    "match 是一串 `if`：`(function match(_value) {{ if (_value === 1) {{ … }} else {{ … }} }})(value)`",
)
MATCH_TEST = syntax_rule(
    "NF118",
    "match-test",
    "a test of a match is `_value === pattern`, several joined by `||`",
    "match 的条件是 `_value === 模式`，多个用 `||` 连接",
)
CLAUSE_LAMBDA = syntax_rule(
    "NF119",
    "clause-lambda",
    "the clause takes the expression itself; the row name is already known",
    "子句直接写表达式，行名已经可用",
)
