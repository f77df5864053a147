"""Words and edits that help: nearest names, lists of names, conversions between types."""

from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang.diagnostics import Edit, Fix
from naslforge.lang.scope import nearest
from naslforge.lang.source import Span
from naslforge.lang.spelling import meant

Words = dict[str, Any]  # facts for the sentence of a rule


class Advice:
    """A sentence to add to a message in both languages, and the edits it speaks of."""

    def __init__(self, en: str = "", zh: str = "", fixes: Iterable[Fix] = ()) -> None:
        self.en, self.zh, self.fixes = en, zh, tuple(fixes)

    @property
    def facts(self) -> Words:
        return {"advice": self.en, "advice_zh": self.zh}

    @property
    def near(self) -> Words:
        return {"near": self.en, "near_zh": self.zh}


NOTHING = Advice()


def replace(span: Span, text: str, *, safe: bool = False) -> Fix:
    """Write `text` there instead."""
    return Fix(f"write `{text}`", (Edit(span, text),), "safe" if safe else "unsafe")


def wrap(span: Span, before: str, after: str, *, safe: bool = False) -> Fix:
    """Put text around the expression."""
    edits = (Edit(span.at_start(), before), Edit(span.at_end(), after))
    return Fix(f"write `{before}…{after}`", edits, "safe" if safe else "unsafe")


def say(text: str, *fixes: Fix) -> Advice:
    """Advice to write `text`."""
    return Advice(f"; write `{text}`", f"，应写 `{text}`", fixes)


def near_name(name: str, known: Iterable[str], span: Span | None = None, prefix: str = "") -> Advice:
    """The known name most like `name`, with the edit where a place is given; safe where nothing else can be meant."""
    known = list(known)
    sure = meant(name, known)
    found = sure or nearest(name, known)
    if found is None:
        return NOTHING
    fixes = [replace(span, prefix + found, safe=sure is not None)] if span is not None else []
    return Advice(f"; did you mean `{prefix}{found}`?", f"，是不是 `{prefix}{found}`？", fixes)


def likely(name: str, known: Iterable[str], at_least: float = 0.6) -> tuple[str | None, bool]:
    """The known name most like `name`, and whether nothing else can be meant."""
    known = list(known)
    sure = meant(name, known)
    return sure or nearest(name, known, at_least), sure is not None


def hint(found: str | None, span: Span | None = None, *, form: str = "{}", safe: bool = False) -> Advice:
    """Ask whether `found` was meant, with the edit that writes it (in `form`)."""
    if found is None:
        return NOTHING
    fixes = [replace(span, form.format(found), safe=safe)] if span is not None else []
    return Advice(f"; did you mean `{found}`?", f"，是不是 `{found}`？", fixes)


def quotes(e: n.Text) -> str:
    """The form of an edit that keeps the quotes of a literal."""
    return f"{e.span.text[:1]}{{}}{e.span.text[:1]}"


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names for a message; the first of a long list."""
    names = list(names)
    more = ", …" if len(names) > most else ""
    return ", ".join(f"`{name}`" for name in names[:most]) + more if names else "-"


def dotted(e: n.Node) -> str | None:
    """`a.b.c` for a chain of members over a name, None for anything else."""
    if isinstance(e, n.Name):
        return e.name
    parts: list[str] = []
    while isinstance(e, n.Member):
        parts.append(e.name.name)
        e = e.object
    if not isinstance(e, n.Name):
        return None
    return ".".join([e.name, *reversed(parts)])


def same(a: n.Node, b: n.Node) -> bool:
    """Do two expressions read the same, apart from blanks and comments?"""
    return type(a) is type(b) and all(_alike(getattr(a, f), getattr(b, f)) for f in _written(type(a)))  # type: ignore[arg-type]


@cache
def _written(cls: type[n.Node]) -> tuple[str, ...]:
    """The fields that the author wrote."""
    return tuple(field.name for field in fields(cls) if field.name != "span")


def _alike(a: Any, b: Any) -> bool:
    if isinstance(a, n.Node):
        return same(a, b)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(_alike, a, b))
    return bool(a == b)
