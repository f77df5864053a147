"""Compact prompts and name slots: what a small model sees, and that its answers come back in real names."""

import re

import pytest

from naslforge.llm import compact, link, slot_tokens
from naslforge.llm.declarations import declarations
from naslforge.synth import families

CONTEXT = """export namespace app.dataSources.defaultDS.entities {
  @Entity({ description: '请假申请' })
  export class LeaveRequest {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ required: true, label: '申请人' }) applicant: String;
    @Property({ label: '申请时间' }) appliedAt: DateTime;
    @Property({ label: '状态' }) status: app.enums.LeaveStatus = app.enums.LeaveStatus.pending;
    tags: List<String>;
  }
}
export namespace app.enums {
  /** 请假状态 */
  export enum LeaveStatus { /** 待审批 */ pending = 'pending', /** 已通过 */ approved = 'approved' }
}
export namespace app.structures {
  /** 合计 */
  export class DayTotal { /** 天数 */ days: Decimal; }
}
export namespace app.backend.variables {
  /** 系数 @scope application */
  export let factor: Decimal = 1.5;
}
export namespace app.logics {
  /** @title 工作日数
   *  @param from 开始日期 */
  export declare function workDays(from: Date, to: Date): Long;
  /** 已有的逻辑 */
  export function twice(x: Long): Long {
    let result: Long;
    result = x * 2;
    return result;
  }
}
"""
SIGNATURE = (
    "export function load(status: app.enums.LeaveStatus, least: Long, page: Long, size: Long): "
    "{ list: List<app.dataSources.defaultDS.entities.LeaveRequest>, total: Long }"
)
BODY = """let result: { list: List<app.dataSources.defaultDS.entities.LeaveRequest>, total: Long };
result = PAGINATE(FROM(app.dataSources.defaultDS.entities.LeaveRequestEntity, LeaveRequest => $
  .WHERE(LeaveRequest.status == app.enums.LeaveStatus.approved && LeaveRequest.applicant == '张三' && 30 > least)
  .ORDER_BY([LeaveRequest.appliedAt, 'ASC'])), page, size);
return result;"""
ASKED = "查询状态为“已通过”、申请人为“张三”、超过 30 天的请假申请，按申请时间升序分页"
PLAIN = ("id", "page", "size", "list", "total", "result")


def user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


def said(text: str) -> dict[str, str]:
    return {"role": "assistant", "content": text}


def test_compact_prompt() -> None:
    assert compact.prompt(ASKED, CONTEXT, SIGNATURE).split("\n") == [
        ASKED,
        "实体 请假申请 LeaveRequest: id 整数, 申请人 applicant 文本, 申请时间 appliedAt 时刻, 状态 status LeaveStatus, "
        "tags 列表 文本",
        "枚举 请假状态 LeaveStatus: 待审批 pending, 已通过 approved",
        "结构 合计 DayTotal: 天数 days 小数",
        "变量 系数 factor 小数",
        "逻辑 工作日数 workDays(开始日期 from 日期, to 日期) 整数",
        "逻辑 已有的逻辑 twice(x 整数) 整数",
        "函数 load(status LeaveStatus, least 整数, page 整数, size 整数) {list 列表 LeaveRequest, total 整数}",
    ]


def test_answer_is_the_body_and_comes_back() -> None:
    program = compact.source(BODY, SIGNATURE, "app.logics.load")
    assert program.startswith("export namespace app.logics {\n  export function load(") and program.endswith("  }\n}\n")
    assert compact.answer(program, SIGNATURE) == BODY
    documented = program.replace("  export function", "  /** @transactional */\n  export function")
    assert compact.source(compact.answer(documented, SIGNATURE), SIGNATURE, "app.logics.load") == documented


def test_answer_with_helpers_keeps_them() -> None:
    helper = "export function one(): Long {\n  let result: Long = 1;\n  return result;\n}\n\n"
    whole = helper + SIGNATURE + " {\n" + "\n".join("  " + line for line in BODY.split("\n")) + "\n}"
    program = compact.source(whole, SIGNATURE, "app.logics.load")
    assert compact.answer(program, SIGNATURE) == whole
    assert compact.source(compact.answer(program, SIGNATURE), SIGNATURE, "app.logics.load") == program


def test_slots_link_the_instruction() -> None:
    messages, slots = link([user(compact.prompt(ASKED, CONTEXT, SIGNATURE)), said(BODY)], PLAIN)
    lines = messages[0]["content"].split("\n")
    assert lines[0] == "查询<f1>为<m1>、<f2>为<t1>、超过 <d1> 天的<e1>，按<f3>升序分页"
    assert lines[1] == "实体 <e1>: id 整数, <f2> 文本, <f3> 时刻, <f1> <n1>, <f4> 列表 文本"
    assert lines[-1] == "函数 <l3>(<f1> <n1>, <p4> 整数, page 整数, size 整数) {list 列表 <e1>, total 整数}"
    answer = messages[1]["content"]
    assert "<e1>Entity, <e1> => $" in answer and "== '<t1>' && <d1> > <p4>" in answer
    assert slots.decode(answer) == BODY


def test_shares_and_moments() -> None:
    """Code says 0.15 for 15% and 0.8 for 8 折; a moment is one text."""
    asked = "超过 2024-03-07 09:30:00 的按 15% 收，否则打 8 折\n函数 f(x 小数) 小数"
    messages, slots = link([user(asked), said("return x * 0.15 + 0.8 > '2024-03-07 09:30:00';")])
    assert messages[0]["content"].startswith("超过 <t1> 的按 <d1>% 收，否则打 <d2> 折")
    assert messages[1]["content"] == "return <p1> * <d1> + <d2> > '<t1>';"
    assert slots.decode(messages[1]["content"]) == "return x * 0.15 + 0.8 > '2024-03-07 09:30:00';"


def test_unknown_slots_stay() -> None:
    _, slots = link([user(compact.prompt(ASKED, CONTEXT, SIGNATURE))], PLAIN)
    assert slots.decode("<f1> == <f40>") == "status == <f40>"


def test_quotes_come_back_escaped() -> None:
    messages, slots = link([user("把“it's”写出来\n函数 f(x 文本) 文本"), said("return 'it\\'s' + x;")])
    assert messages[1]["content"] == "return '<t1>' + <p1>;"
    assert slots.decode(messages[1]["content"]) == "return 'it\\'s' + x;"


@pytest.mark.parametrize("family", families.FAMILIES, ids=lambda f: f.name)
def test_every_family_survives_the_rewriting(family: families.Family) -> None:
    """Prompt and reference of each family go into slots and come back unchanged."""
    for task in families.generate([family.name], seed=5, count=4):
        body = compact.answer(task.meta["reference"], task.signature)
        prompt = compact.prompt(task.instruction, task.context, task.signature)
        messages, slots = link([user(prompt), said(body)], PLAIN)
        assert slots.decode(messages[1]["content"]) == body
        assert compact.source(body, task.signature, task.entry).split() == task.meta["reference"].split()
        known = set(slot_tokens())
        assert set(re.findall(r"<[a-z]\d+>", messages[1]["content"])) <= known


@pytest.mark.parametrize(
    "text", ["", "export class", "class A {", "@Entity({ description: '", "enum {", "/** never closed"]
)
def test_broken_context_gives_what_can_be_read(text: str) -> None:
    assert isinstance(declarations(text), list)
    assert compact.prompt("做点什么", text).startswith("做点什么")
