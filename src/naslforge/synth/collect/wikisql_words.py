"""Chinese sentences for logical forms, in several phrasings; which one is chosen hangs on the question's id alone."""

import hashlib
import re
from collections.abc import Sequence

from naslforge.synth.collect.entities import Column, Entity
from naslforge.synth.collect.logical import Condition, LogicalForm

_COMPARE: dict[str, tuple[str, ...]] = {
    "=": ("{c}等于 `{p}`", "{c}为 `{p}`", "{c}是参数 `{p}`"),
    ">": ("{c}大于 `{p}`", "{c}超过 `{p}`", "{c}高于 `{p}`（不含相等）"),
    "<": ("{c}小于 `{p}`", "{c}不到 `{p}`", "{c}低于 `{p}`（不含相等）"),
    "IN": ("{c}是 `{p}` 中的任意一个", "{c}属于列表 `{p}`", "{c}出现在 `{p}` 里"),
}
_LIST = (
    "从{t}里查出{w}的记录，返回它们的{s}列表。",
    "请列出{t}中{w}的每条记录的{s}。",
    "需要一个查询：在{t}中按条件筛选，条件是{w}，结果只要{s}。",
    "写一个逻辑，查询{t}，取{w}的记录，把{s}组成列表返回，没有符合的就返回空列表。",
)
_LIST_ALL = ("返回{t}里全部记录的{s}。", "请把{t}中每条记录的{s}列出来。")
_ONE: dict[str, tuple[str, ...]] = {
    "COUNT": (
        "统计{t}里{w}的记录有多少条。",
        "{t}中{w}的记录一共有几条？返回条数。",
        "请数一数{t}里有多少条记录满足：{w}。",
    ),
    "MAX": (
        "在{t}里找出{w}的记录，返回其中{s}的最大值；没有符合的记录时返回空值。",
        "求{t}中{w}的记录里{s}最大是多少，一条也没有时结果为 null。",
    ),
    "MIN": (
        "在{t}里找出{w}的记录，返回其中{s}的最小值；没有符合的记录时返回空值。",
        "求{t}中{w}的记录里{s}最小是多少，一条也没有时结果为 null。",
    ),
    "SUM": (
        "把{t}里{w}的记录的{s}加起来，返回合计；没有符合的记录时返回空值。",
        "汇总{t}中{w}的记录，算出{s}之和，一条也没有时结果为 null。",
    ),
    "AVG": (
        "计算{t}里{w}的记录的{s}平均值；没有符合的记录时返回空值。",
        "求{t}中{w}的记录平均{s}是多少，一条也没有时结果为 null。",
    ),
}


def word_question(seed: str, form: LogicalForm, entity: Entity) -> str:
    """The Chinese instruction of one logical form."""
    digest = hashlib.sha256(seed.encode()).digest()
    conditions = [_condition(c, entity.columns, digest[i]) for i, c in enumerate(form.conditions)]
    forms = _ONE.get(form.aggregate, _LIST)
    if not conditions:
        forms = tuple(text.replace("{w}的记录", "全部记录").replace("满足：{w}", "") for text in forms)
        forms = forms if form.aggregate else _LIST_ALL
    where = _joined(conditions, digest[-2])
    table, selected = _table(entity, digest[-3]), _column(entity.columns[form.column])
    return spaced(_choose(forms, digest[-1]).format(t=table, w=where, s=selected))


def spaced(text: str) -> str:
    """One blank between Chinese and Latin text, none doubled.

    >>> spaced("从Leave 表里查`id`的记录")
    '从 Leave 表里查 `id` 的记录'
    """
    text = re.sub(r"([\u4e00-\u9fff])([A-Za-z0-9`])", r"\1 \2", text)
    return re.sub(r"(\w|`)(?<=[A-Za-z0-9`])([\u4e00-\u9fff])", r"\1 \2", text)


def _condition(condition: Condition, columns: Sequence[Column], die: int) -> str:
    return _choose(_COMPARE[condition.op], die).format(c=_column(columns[condition.column]), p=condition.param)


def _joined(conditions: list[str], die: int) -> str:
    return _choose(("，并且", "且", "，同时"), die).join(conditions)


def _table(entity: Entity, die: int) -> str:
    return _choose((f"「{entity.label}」表（实体 {entity.name}）", f"实体 {entity.name} ", f"{entity.name} 表"), die)


def _column(column: Column) -> str:
    return f"「{column.label}」"


def _choose(options: Sequence[str], die: int) -> str:
    return options[die % len(options)]
