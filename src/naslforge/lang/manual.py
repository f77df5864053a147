"""The language manual that prompts carry: chapters of prose, and the library from the checker's own catalogue.

A budget in tokens leaves out the least needed parts first: rare functions, then examples, then words about functions,
then functions, and at last whole chapters from the end. What is needed is what right programs use (uses.json).
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from naslforge.lang.catalogue import Builtin, Overload, Parameter, catalogue
from naslforge.lang.estimate import tokens

CHAPTERS: dict[str, tuple[str, ...]] = {
    "base": ("core", "habits", "library"),
    "logic": ("core", "logic", "habits", "library"),
    "entity": ("core", "logic", "entity", "query", "habits", "library"),
    "query": ("core", "logic", "query", "entity", "habits", "library"),
    "page": ("core", "logic", "entity", "query", "habits", "library"),
    "process": ("core", "logic", "entity", "query", "habits", "library"),
    "all": ("core", "logic", "entity", "query", "habits", "library"),
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
_EXAMPLE_WIDTH = 90
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


def manual(sublanguage: str = "base", budget: int | None = None) -> str:
    """The manual for a sublanguage, within `budget` tokens as far as its first chapter allows."""
    text = ""
    for measure in _measures(len(_by_use()), len(CHAPTERS[sublanguage])):
        text = _text(sublanguage, measure)
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


def _text(sublanguage: str, measure: _Measure) -> str:
    names = CHAPTERS[sublanguage]
    parts = []
    for name in names[: len(names) - measure.dropped]:
        parts.append(_chapter(name))
        if name == "library":
            parts += _library(measure)
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
        lines = [_row(b, measure) for b, place in places if place < measure.rows]
        brief = [f"`{_brief(b)}`" for b, place in places if measure.rows <= place < measure.briefs]
        lines += ["- 另有 " + "、".join(brief)] if brief else []
        if lines:
            yield f"### {title}\n" + "\n".join(lines) + "\n"


def _row(function: Builtin, measure: _Measure) -> str:
    signatures = function.signatures if measure.whole else _short(function)
    line = f"- {' '.join(f'`{text}`' for text in signatures)} {function.doc_zh}"
    shown = _example(function.examples) if _by_use()[function.full_name] < measure.examples else ""
    return f"{line} 例：{shown}" if shown else line


def _short(function: Builtin) -> tuple[str, ...]:
    """One overload or two without what a reader guesses; more of them as a brief."""
    if len(function.overloads) > 2:
        return (_brief(function),)
    return tuple(f"{_named(function, o)}({o.text.partition('(')[2]}" for o in function.overloads)


def _brief(function: Builtin) -> str:
    """What the parameters are called and the result: `PadStart(str, targetLength, padString?): String`."""
    overload = max(function.overloads, key=lambda o: len(o.params))
    params = ", ".join(map(_parameter, overload.params))
    return f"{_named(function, overload)}({params}): {overload.text.rpartition('):')[2].strip()}"


def _named(function: Builtin, overload: Overload) -> str:
    """The name with the type parameters that a call must write: `FromString<T>`."""
    taken = overload.text.partition("(")[2].rpartition("):")[0]
    written = [v.name for v in overload.type_params if not re.search(rf"\b{v.name}\b", taken)]
    return f"{function.name}<{', '.join(written)}>" if written else function.name


def _parameter(parameter: Parameter) -> str:
    choices = ": " + " | ".join(f"'{choice}'" for choice in parameter.choices) if parameter.choices else ""
    return f"{'...' if parameter.variadic else ''}{parameter.name}{'?' if parameter.optional else ''}{choices}"


def _example(examples: Iterable[tuple[str, object]]) -> str:
    """The first example that is short and does not fail."""
    for expression, result in examples:
        short = expression.replace("nasl.util.", "")
        if result != "error" and "(" in short and len(short) <= _EXAMPLE_WIDTH:
            return f"`{short}` 得 `{json.dumps(result, ensure_ascii=False)}`"
    return ""
