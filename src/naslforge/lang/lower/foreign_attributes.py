"""Attributes as Vue and HTML write them, and what NASL writes instead."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from naslforge.lang import rules
from naslforge.lang.diagnostics import Applicability, Rule

_PATH = re.compile(r"\s*[A-Za-z_$][\w$.]*\s*")
_FUNCTION = re.compile(r"\s*(?:async\s+)?(?:function\b|\(?[\w$,\s]*\)?\s*=>)")
_EVENT = re.compile(r"on[A-Z]\w*")
HTML_EVENTS = {
    "onclick": "onClick", "ondblclick": "onDblclick", "onchange": "onChange", "oninput": "onInput",
    "onfocus": "onFocus", "onblur": "onBlur", "onmouseenter": "onMouseenter", "onmouseleave": "onMouseleave",
    "onmousedown": "onMousedown", "onmouseup": "onMouseup", "onkeydown": "onKeydown", "onkeyup": "onKeyup",
    "onsubmit": "onSubmit", "onload": "onLoad", "onscroll": "onScroll", "oncontextmenu": "onContextmenu",
    "onselect": "onSelect", "onmouseover": "onMouseenter", "onmouseout": "onMouseleave",
}  # fmt: skip
_DIRECTIVES = {"v-if": "_if", "v-else-if": "_if", "v-show": "_show", "v-text": "text", "v-html": "text"}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The attribute as NASL has it: a name ('' where it has none), and what stands round the value's text."""

    rule: Rule
    name: str
    before: str = ""
    after: str = ""
    applicability: Applicability = "safe"

    def shown(self, value: str) -> str:
        """The whole attribute, for the sentence about it."""
        return f"{self.name}={self.before}{value}{self.after}" if self.name else ""


def rewritten(name: str, value: str, kind: str, fresh: Callable[[str], str]) -> Rewritten | None:
    """What to write for an attribute of another framework, None for one of NASL. `value` has its quotes; `fresh` makes
    a name for a handler that the text does not have yet."""
    inner = value[1:-1] if kind == "text" else ""
    if name.startswith("v-slot:"):
        slot = camel(name.removeprefix("v-slot:"))
        better = Rewritten(rules.ATTRIBUTE_NAME, f"slot{slot[:1].upper()}{slot[1:]}")
        return better if kind in ("braces", "element") else None
    if name.startswith("@") or name.startswith("v-on:"):
        return _event(name.removeprefix("v-on:").removeprefix("@"), inner, kind, fresh)
    if kind == "text" and (_EVENT.fullmatch(name) or name in HTML_EVENTS):
        return _handler(rules.HANDLER_TEXT, HTML_EVENTS.get(name, name), inner, fresh)
    if name == "v-model" or name.startswith("v-model:"):
        bound = camel(name.partition(":")[2].split(".")[0] or "value")
        return Rewritten(rules.VUE_MODEL, bound, "{$sync(", ")}") if kind in ("text", "braces") else None
    if name.endswith(".sync") and kind in ("text", "braces"):
        return Rewritten(rules.VUE_MODEL, camel(name.removeprefix(":").removesuffix(".sync")), "{$sync(", ")}")
    if name.startswith(":") or name.startswith("v-bind:"):
        return _binding(name.removeprefix("v-bind:").removeprefix(":"), kind)
    if name in _DIRECTIVES:
        sure: Applicability = "safe" if name in ("v-if", "v-show", "v-text") else "unsafe"
        return Rewritten(rules.VUE_DIRECTIVE, _DIRECTIVES[name], "{", "}", sure) if kind == "text" else None
    if name.startswith("v-") and name != "v-for" and not name.startswith("v-slot"):
        return Rewritten(rules.VUE_DIRECTIVE, "", applicability="unsafe")
    return None


def _event(name: str, inner: str, kind: str, fresh: Callable[[str], str]) -> Rewritten | None:
    """`@click.prevent="save"`."""
    plain = camel("on-" + name.split(".")[0].replace(":", "-"))
    if kind == "text":
        return _handler(rules.VUE_EVENT, plain, inner, fresh)
    return Rewritten(rules.VUE_EVENT, plain) if kind else Rewritten(rules.VUE_EVENT, "", applicability="unsafe")


def _handler(rule: Rule, name: str, inner: str, fresh: Callable[[str], str]) -> Rewritten:
    """A text as a handler: the name of a logic, a function, or statements that need one."""
    if _PATH.fullmatch(inner) or _FUNCTION.match(inner):
        return Rewritten(rule, name, "{", "}")
    wish = fresh("handle" + name.removeprefix("on"))
    return Rewritten(rule, name, f"{{function {wish}(event) {{ ", " }}")


def _binding(name: str, kind: str) -> Rewritten | None:
    """`:data-source="list"`."""
    if name == "key":
        return Rewritten(rules.KEY_ATTRIBUTE, "")
    plain = {"class": "class", "style": "$dynamicStyle"}.get(name, camel(name.split(".")[0]))
    return Rewritten(rules.VUE_BINDING, plain, "{", "}") if kind == "text" else Rewritten(rules.VUE_BINDING, plain)


def camel(name: str) -> str:
    """`data-source` as `dataSource`."""
    first, *more = name.split("-")
    return first + "".join(part[:1].upper() + part[1:] for part in more)
