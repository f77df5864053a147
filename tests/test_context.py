"""Of a large project only what a task needs is shown: found by reference and by words, within a budget."""

import pytest

from naslforge import context, solve
from naslforge.lang import Source, check, tokens
from naslforge.records import Task

SHOP = """export namespace app.dataSources.defaultDS.entities {
  /** 客户 */
  @Entity({ description: '客户' })
  export class Customer {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ label: '城市' }) city: String;
    @Property({ label: '等级' }) level: app.enums.Level;
  }

  @Entity({ description: '订单' })
  export class Order {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ relation: { entity: 'Customer', property: 'id' } }) buyer: Long;
    @Property({ label: '金额' }) amount: Decimal;
    status: app.enums.OrderStatus = app.enums.OrderStatus.open;
  }
}

export namespace app.enums {
  export enum OrderStatus { /** 未付 */ open = 'open', /** 已付 */ paid = 'paid' }
  /** 客户等级 */
  export enum Level { gold, silver }
}

export namespace app.structures {
  /** 城市汇总 */
  export class CityTotal { city: String; lines: List<app.structures.Line>; }
  export class Line { text: String; }
}

export namespace app.logics {
  /** 折扣 */
  export function discountOf(level: app.enums.Level) {
    let result: Decimal = 0.1;
    return result;
  }
}
"""
ENTITIES = "app.dataSources.defaultDS.entities"


def filler(count: int) -> str:
    """A project's other side: declarations that have nothing to do with shops."""
    classes = "\n".join(
        f"  /** 设备{i}号 */\n  export class Device{i} {{ serial{i}: String; installedAt: DateTime; plant: Long; }}"
        for i in range(count)
    )
    return f"\nexport namespace app.structures {{\n{classes}\n}}\n"


PROJECT = SHOP + filler(100)


def chosen(instruction: str, signature: str = "", budget: int = 400) -> set[str]:
    return {p.name for p in context.split(context.select(PROJECT, instruction, signature, budget))}


def test_a_context_within_the_budget_stays_to_the_letter() -> None:
    assert context.select(SHOP, "随便", "", 2000) is SHOP
    assert context.select("not a program {", "x", "", 100) == "not a program {"


def test_a_signature_brings_its_types_and_what_they_use() -> None:
    names = chosen("写一个逻辑", "export function f(): List<app.structures.CityTotal>", 60)
    assert names == {"app.structures.CityTotal", "app.structures.Line"}


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        ("按城市统计客户人数", {f"{ENTITIES}.Customer", "app.enums.Level"}),
        ("把未付的单子标记为已付", {"app.enums.OrderStatus"}),
        ("Count the customers of a city", {f"{ENTITIES}.Customer", "app.enums.Level"}),
        ("计算某个等级的折扣", {"app.logics.discountOf", "app.enums.Level"}),
    ],
)
def test_words_find_declarations_by_name_label_field_and_member(instruction: str, expected: set[str]) -> None:
    names = chosen(instruction)
    assert expected <= names
    assert not any("Device" in name for name in names)


def test_what_a_key_refers_to_is_near() -> None:
    """An order's buyer is a customer, though nobody says so."""
    assert f"{ENTITIES}.Customer" in chosen("删除订单")


def test_of_a_logic_the_head_is_shown_with_its_inferred_result() -> None:
    text = context.select(PROJECT, "折扣", "", 300)
    assert "/** 折扣 */\n  export declare function discountOf(level: app.enums.Level): Decimal;" in text
    assert "0.1" not in text


def test_of_a_page_the_address_and_its_parameters_are_shown() -> None:
    page = """
export namespace app.frontendTypes.pc.frontends.pc.views {
  /** @title 折扣一览 */
  export function discounts(level: String) {
    let hidden: Boolean = false;
    return <UText text={level} _if={!hidden}></UText>;
  }
}
"""
    text = context.select(PROJECT + page, "跳转到折扣一览", "", 300)
    assert "export function discounts(level: String) { return <ULinearLayout>" in text and "hidden" not in text
    assert not check([Source("context.ts", text)]).errors


@pytest.mark.parametrize("budget", [150, 400, 1000])
def test_what_is_selected_is_a_right_program_within_the_budget(budget: int) -> None:
    text = context.select(PROJECT, "查询客户的订单金额，按城市汇总", "", budget)
    assert tokens(text) <= budget
    assert not check([Source("context.ts", text)]).errors
    assert text == context.select(PROJECT, "查询客户的订单金额，按城市汇总", "", budget)


def test_a_fault_in_the_project_hides_only_its_declaration() -> None:
    names = {p.name for p in context.split(SHOP + "export namespace app.enums { export enum = }")}
    assert f"{ENTITIES}.Order" in names and "app.enums.Level" in names


def test_the_prompt_says_that_declarations_are_left_out() -> None:
    task = Task("t", "logic", "按城市统计客户人数", "app.logics.f", [], context=PROJECT)
    small = Task("t", "logic", "按城市统计客户人数", "app.logics.f", [], context=SHOP)
    assert "项目里已有的声明（不要重复写）" in solve.messages(small)[1]["content"]
    cut = solve.messages(task, context_budget=400)[1]["content"]
    assert "这里只列出与要求有关的" in cut and "class Customer" in cut and "Device7" not in cut
    assert "Device7" in solve.messages(task, context_budget=100_000)[1]["content"]
    assert "Device7" not in solve.messages(task, style=solve.COMPACT, context_budget=400)[0]["content"]
