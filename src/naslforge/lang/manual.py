"""The language manual that prompts carry: chapters of prose, and the library from the checker's own catalogue.

A budget in tokens leaves out the least needed parts first: rare functions, then examples, then whole chapters from
the end. The estimate counts a Chinese character as one token and four other characters as one.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from naslforge.lang.catalogue import Builtin, catalogue

CHAPTERS: dict[str, tuple[str, ...]] = {
    "base": ("core", "habits", "library"),
    "logic": ("core", "logic", "habits", "library"),
    "entity": ("core", "logic", "entity", "query", "habits", "library"),
    "query": ("core", "logic", "query", "entity", "habits", "library"),
    "page": ("core", "logic", "entity", "query", "habits", "library"),
    "process": ("core", "logic", "entity", "query", "habits", "library"),
}
GROUPS = {
    "strings": "文本", "lists": "列表", "maps": "Map", "numbers": "数字", "dates": "日期和时间",
    "conversion": "转换与枚举", "objects": "对象",
}  # fmt: skip
_RARE = frozenset({
    "GetDateCountOld", "ListFindAll", "ListSliceToPageOf", "CreatePageOf", "ClearObject", "NewEntity", "NewStructure",
    "NewAnonymousStructure", "consoleLog", "RandomInt", "Cbrt", "Log", "Concat", "ConvertTimezone", "CreateListPage",
    "Merge", "Clear",
})  # fmt: skip
_EXAMPLE_WIDTH = 90
# (rare functions, examples, chapters left out), each shorter than the one before
_SHORTER = ((False, True, 0), (False, False, 0), *((False, False, n) for n in range(1, 6)))


def manual(sublanguage: str = "base", budget: int | None = None) -> str:
    """The manual for a sublanguage, within `budget` tokens as far as its first chapter allows."""
    text = _manual(sublanguage, rare=True, examples=True, dropped=0)
    for rare, examples, dropped in _SHORTER:
        if budget is None or tokens(text) <= budget:
            break
        text = _manual(sublanguage, rare, examples, dropped)
    return text


def tokens(text: str) -> int:
    """About how many tokens a text costs.

    >>> tokens("查询 list")
    4
    """
    wide = sum(ch > "\u2e7f" for ch in text)
    return wide + (len(text) - wide + 3) // 4


def _manual(sublanguage: str, rare: bool, examples: bool, dropped: int) -> str:
    names = CHAPTERS[sublanguage]
    kept = names[: max(1, len(names) - dropped)]
    parts = []
    for name in kept:
        parts.append(_chapter(name))
        if name == "library":
            parts += _library(rare, examples)
    return "\n".join(parts) + "\n"


@cache
def _chapter(name: str) -> str:
    return (files(__package__) / "chapters" / f"{name}.md").read_text("utf-8").strip() + "\n"


def _library(rare: bool, examples: bool) -> Iterator[str]:
    functions = [b for b in catalogue() if b.namespace == "nasl.util" and (rare or b.name not in _RARE)]
    for group, title in GROUPS.items():
        rows = [_row(b, examples) for b in functions if b.group == group]
        yield f"### {title}\n" + "\n".join(rows) + "\n"


def _row(function: Builtin, examples: bool) -> str:
    signatures = " ".join(f"`{text}`" for text in function.signatures)
    line = f"- {signatures} {function.doc_zh}"
    shown = _example(function.examples) if examples else ""
    return f"{line} 例：{shown}" if shown else line


def _example(examples: Iterable[tuple[str, object]]) -> str:
    """The first example that is short and does not fail."""
    for expression, result in examples:
        short = expression.replace("nasl.util.", "")
        if result != "error" and "(" in short and len(short) <= _EXAMPLE_WIDTH:
            return f"`{short}` 得 `{json.dumps(result, ensure_ascii=False)}`"
    return ""
