"""NF9xx: faults found when a program is judged or runs."""

from naslforge.lang.rules.making import run_rule, syntax_rule

RUNTIME_ERROR = run_rule("NF900", "runtime-error", "{error}: {message}", "运行时错误 {error}：{message}")
STEP_LIMIT = run_rule("NF901", "step-limit", "the run was stopped: {message}", "运行被终止：{message}")
MEMORY_LIMIT = run_rule("NF902", "memory-limit", "the run was stopped: {message}", "运行被终止：{message}")
TIME_LIMIT = run_rule("NF903", "time-limit", "the run was stopped: {message}", "运行被终止：{message}")
OUTPUT_LIMIT = run_rule("NF904", "output-limit", "the run was stopped: {message}", "运行被终止：{message}")
FORBIDDEN = run_rule("NF905", "forbidden", "the sandbox refuses this: {message}", "沙箱不允许：{message}")
UNDECLARED_CALL = run_rule(
    "NF906",
    "undeclared-call",
    "the test's world has no answer for the external call `{target}` with {args}{near}",
    "测试环境没有为外部调用 `{target}`（参数 {args}）准备结果{near_zh}",
)
MISSING_ENTRY = run_rule(
    "NF907",
    "missing-entry",
    "the code must contain the logic `{entry}`{near}",
    "代码中必须有逻辑 `{entry}`{near}",
)
CHANGED_SIGNATURE = run_rule(
    "NF908",
    "changed-signature",
    "the signature is fixed and was changed ({what}); it must be `{signature}`",
    "签名是固定的，不能修改（{what_zh}）；必须是 `{signature}`",
)
NESTED_TOO_DEEPLY = syntax_rule(
    "NF909", "nested-too-deeply", "the code is nested too deeply to be read", "代码嵌套过深，无法处理"
)
SANDBOX_ERROR = run_rule(
    "NF911", "sandbox-error", "our own fault, not the program's: {message}", "沙箱自身的故障，与程序无关：{message}"
)
BAD_TASK = run_rule("NF910", "bad-task", "the task cannot be judged: {message}", "题目本身无法评判：{message}")
UNFIT_ENTRY = run_rule(
    "NF912", "unfit-entry", "the tests cannot call this logic: {message}", "测试无法调用该逻辑：{message}"
)
NOT_CONVERTIBLE = run_rule(
    "NF920",
    "not-convertible",
    "{path} cannot be converted: {what}",
    "{path} 无法转换：{what}",
)
