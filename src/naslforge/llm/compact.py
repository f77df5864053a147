"""The short prompt for small models: instruction, a digest of the context, the signature; the same for any dialect.

A label stands before the name it belongs to, types are plain words, and the answer is only the function's body:
the signature is given, so nobody has to spell it again.

    查询某个状态的请假申请，按申请时间升序分页返回
    实体 请假申请 LeaveRequest: 编号 id 整数, 状态 status LeaveStatus, 申请时间 appliedAt 时刻
    枚举 请假状态 LeaveStatus: 待审批 pending, 已通过 approved
    函数 loadLeaves(status LeaveStatus, page 整数, size 整数) {list 列表 LeaveRequest, total 整数}
"""

import re

from naslforge.llm.declarations import (
    ENTITY,
    ENUM,
    LOGIC,
    STRUCTURE,
    VARIABLE,
    Declaration,
    Item,
    closing,
    declarations,
    function_line,
    split,
)

WORDS = {ENTITY: "实体", STRUCTURE: "结构", ENUM: "枚举", LOGIC: "逻辑", VARIABLE: "变量"}
FUNCTION = "函数"
_TYPES = {
    "Long": "整数", "Integer": "整数", "Decimal": "小数", "Double": "小数", "String": "文本", "Text": "文本",
    "string": "文本", "Boolean": "布尔", "Date": "日期", "Time": "时间", "DateTime": "时刻", "Any": "任意",
    "List": "列表", "Map": "映射", "void": "无",
}  # fmt: skip
_LABEL_LENGTH = 16


def prompt(instruction: str, context: str = "", signature: str | None = None) -> str:
    """The text of the one user message."""
    lines = [" ".join(instruction.split())]
    lines += [line(one) for one in declarations(context)]
    if signature:
        one, _ = function_line(signature)
        lines.append(f"{FUNCTION} {function_name(signature)}{_logic(one)}")
    return "\n".join(lines)


def line(one: Declaration) -> str:
    """One declaration as one line of the digest."""
    head = " ".join(word for word in (WORDS[one.kind], _plain(one.label, one.name), one.name) if word)
    if one.kind == LOGIC:
        return head + _logic(one)
    if one.kind == VARIABLE:
        return f"{head} {plain_type(one.type)}".rstrip()
    return f"{head}: " + ", ".join(_item(item) for item in one.items)


def _logic(one: Declaration) -> str:
    return f"({', '.join(_item(item) for item in one.items)}) {plain_type(one.type)}".rstrip()


def _item(item: Item) -> str:
    return " ".join(word for word in (_plain(item.label, item.name), item.name, plain_type(item.type)) if word)


def _plain(label: str, name: str) -> str:
    """A label that can stand in a digest line: one word, no separators, not just the name again."""
    label = re.sub(r"[\s,:(){}<>]+", "", label)[:_LABEL_LENGTH]
    return "" if label == name else label


def plain_type(written: str) -> str:
    """A written type in plain words: `List<app.structures.Line>` is `列表 Line`.

    >>> plain_type("Map<String, List<Long>>"), plain_type("{ list: List<app.structures.Line>, total: Long }")
    ('映射 文本 列表 整数', '{list 列表 Line, total 整数}')
    """
    written = written.strip()
    if written.startswith("{"):
        parts = [part.partition(":") for part in split(written[1 : closing(written, 0)], ",;")]
        return "{" + ", ".join(f"{name.strip()} {plain_type(rest)}" for name, _, rest in parts) + "}"
    name, bracket, rest = written.partition("<")
    short = name.strip().rsplit(".", 1)[-1]
    word = _TYPES.get(short, short)
    if not bracket:
        return word
    return " ".join([word, *(plain_type(part) for part in split(rest[: rest.rfind(">")]))])


def function_name(signature: str) -> str:
    """The name that a signature line declares, '' where there is none."""
    found = re.search(r"\bfunction\s+([\w$]+)", signature)
    return found[1] if found else ""


def answer(source: str, signature: str | None = None) -> str:
    """What a model should answer for a program text: the body of the function of that signature.

    A text with helpers beside the function, or a task without signature, keeps whole functions.
    """
    inner = _without_namespace(source)
    name = function_name(signature or "")
    found = re.search(rf"(?:export\s+)?function\s+{re.escape(name)}\s*\(", inner) if name else None
    if not found:
        return inner
    _, stop = function_line(inner, found.end() - 1)
    start = inner.find("{", stop)
    end = closing(inner, start)
    before, after = inner[: found.start()].strip(), inner[end + 1 :].strip()
    if start < 0 or after or (before and not _only_doc(before)):
        return inner
    body = _dedent(inner[start + 1 : end])
    return f"{before}\n{body}" if before else body


def source(text: str, signature: str | None = None, entry: str = "") -> str:
    """The program text for a model's answer: put under its signature and into its namespace where they are missing."""
    text = text.strip("\n")
    name = function_name(signature or "")
    if signature and not re.search(rf"\bfunction\s+{re.escape(name)}\b", text):
        doc = re.match(r"\s*/\*\*.*?\*/\s*\n?", text, re.S)
        body = text[doc.end() :] if doc else text
        head = f"{doc[0].strip()}\n" if doc else ""
        text = f"{head}{signature.rstrip().rstrip('{').rstrip()} {{\n{_indent(body)}\n}}"
    if re.search(r"^\s*(?:export\s+)?namespace\b", text, re.M):
        return text if text.endswith("\n") else text + "\n"
    space = entry.rpartition(".")[0] or "app.logics"
    return f"export namespace {space} {{\n{_indent(text)}\n}}\n"


def _only_doc(text: str) -> bool:
    return bool(re.fullmatch(r"/\*\*.*?\*/", text, re.S))


def _without_namespace(source: str) -> str:
    found = re.match(r"\s*(?:export\s+)?namespace\s+[\w.$]+\s*\{", source)
    if not found or source[(end := closing(source, found.end() - 1)) + 1 :].strip():
        return source.strip()
    return _dedent(source[found.end() : end])


def _dedent(text: str) -> str:
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    margin = min((len(line) - len(line.lstrip()) for line in lines if line), default=0)
    return "\n".join(line[margin:] for line in lines).strip()


def _indent(text: str) -> str:
    return "\n".join(f"  {line}" if line else line for line in text.split("\n"))
