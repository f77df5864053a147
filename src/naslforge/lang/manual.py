"""The language manual that prompts carry: chapters of prose, and the library from the checker's own catalogue.

A budget in tokens leaves out the least needed parts first: rare functions, then examples, then words about functions,
then functions, and at last whole chapters from the end. What is needed is what right programs use (uses.json).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from naslforge.lang.catalogue import catalogue
from naslforge.lang.estimate import tokens
from naslforge.lang.listing import brief, component_rows, main_entries, row

CHAPTERS: dict[str, tuple[str, ...]] = {
    "base": ("core", "habits", "library"),
    "logic": ("core", "logic", "habits", "library"),
    "entity": ("core", "logic", "entity", "query", "habits", "library"),
    "query": ("core", "logic", "query", "entity", "habits", "library"),
    "page": ("core", "page", "logic", "components", "habits", "library", "entity", "client"),
    "process": ("core", "process", "logic", "entity", "query", "habits", "library", "server", "processes"),
    "all": ("core", "logic", "entity", "query", "page", "components", "process", "habits", "library", "client",
            "backend", "processes"),
}  # fmt: skip
# Chapters that are lists of functions only, by namespace.
_NAMESPACES = {
    "client": ("页面和通用的函数", ("nasl.ui", "nasl.browser", "nasl.auth", "nasl.logging", "nasl.io")),
    "server": ("服务端的函数", ("nasl.auth", "nasl.logging", "nasl.configuration", "nasl.io", "nasl.oql")),
    "backend": ("服务端的函数", ("nasl.configuration", "nasl.oql")),
    "processes": ("流程的函数", ("nasl.processV2",)),
}
# What a person or a model gets who names no budget; prompts have one of their own.
MANUAL_BUDGETS = {
    "base": 4000,
    "logic": 4500,
    "entity": 6000,
    "query": 6000,
    "page": 9000,
    "process": 8000,
    "all": 12000,
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
_STEP = 4  # functions that lose something at once


@dataclass(frozen=True, slots=True)
class _Measure:
    """How much a manual says: an example, words, the name of so many of the most used functions; chapters left out."""

    examples: int
    rows: int
    briefs: int
    dropped: int = 0
    rare: bool = False

    @property
    def whole(self) -> bool:
        return self.examples >= len(_by_use())

    @property
    def components(self) -> int:
        """How many components are told of: fewer as the words about functions go."""
        return len(main_entries()) * self.briefs // len(_by_use())


def manual(sublanguage: str = "base", budget: int | None = None, *, entities: bool = False) -> str:
    """The manual for a sublanguage, within `budget` tokens as far as its first chapter allows.

    With `entities` it tells of entities and queries too, where the sublanguage leaves them out.
    """
    text = ""
    chapters = CHAPTERS[sublanguage]
    if entities and (missing := [name for name in ("query", "entity") if name not in chapters]):
        at = chapters.index("habits")
        chapters = (*chapters[:at], *missing, *chapters[at:])
    for measure in _measures(len(_by_use()), len(chapters)):
        text = _text(chapters, measure)
        if budget is None or tokens(text) <= budget:
            break
    return text


def _measures(functions: int, chapters: int) -> Iterator[_Measure]:
    """From everything to the first chapter alone, each shorter than the one before."""
    yield _Measure(functions, functions, functions, rare=True)
    steps = range(functions, -1, -_STEP)
    yield from (_Measure(n, functions, functions) for n in steps)
    yield from (_Measure(0, n, functions) for n in steps)
    yield from (_Measure(0, 0, n) for n in steps)
    yield from (_Measure(0, 0, 0, n) for n in range(1, chapters))


def _text(names: tuple[str, ...], measure: _Measure) -> str:
    parts: list[str] = []
    for name in names[: len(names) - measure.dropped]:
        parts += _namespaces(name, measure) if name in _NAMESPACES else [_chapter(name)]
        if name == "library":
            parts += _library(measure)
        elif name == "components":
            parts.append("\n".join(component_rows(measure.components)) + "\n")
    return "\n".join(parts) + "\n"


@cache
def _chapter(name: str) -> str:
    return (files(__package__) / "chapters" / f"{name}.md").read_text("utf-8").strip() + "\n"


# --- the library


@cache
def _by_use() -> dict[str, int]:
    """The place of every function of `nasl.util` among them, 0 for the most used."""
    uses = json.loads((files(__package__) / "uses.json").read_text("utf-8"))
    names = sorted(catalogue().names("nasl.util"), key=lambda name: -uses.get(name, 0))
    return {name: place for place, name in enumerate(names)}


def _library(measure: _Measure) -> Iterator[str]:
    """The functions by group: in a row each as far as the measure goes, the others of a group in one line."""
    functions = [catalogue()[name] for name in catalogue().names("nasl.util")]
    known = [b for b in functions if measure.rare or b.name not in _RARE]
    for group, title in GROUPS.items():
        places = [(b, _by_use()[b.full_name]) for b in known if b.group == group]
        lines = [row(b, measure.whole, place < measure.examples) for b, place in places if place < measure.rows]
        named = [f"`{brief(b)}`" for b, place in places if measure.rows <= place < measure.briefs]
        lines += ["- 另有 " + "、".join(named)] if named else []
        if lines:
            yield f"### {title}\n" + "\n".join(lines) + "\n"


def _namespaces(chapter: str, measure: _Measure) -> list[str]:
    """A chapter of functions of other namespaces: with their words as long as examples are shown, else only named."""
    title, namespaces = _NAMESPACES[chapter]
    lines = [f"## {title}"]
    for namespace in namespaces:
        functions = [catalogue()[name] for name in catalogue().names(namespace)]
        if measure.examples:
            lines += [f"### {namespace}", *(row(b, measure.whole, example=False) for b in functions)]
        else:
            lines.append(f"- {namespace}：" + "、".join(f"`{brief(b)}`" for b in functions))
    return ["\n".join(lines) + "\n"]
