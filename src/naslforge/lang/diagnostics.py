"""The one shape of bad news: a rule, a place, words in two languages, second places, and edits that mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from naslforge.lang.source import Source, Span

Severity = Literal["error", "warning", "hint"]
Stage = Literal["syntax", "types", "practice", "run"]
Applicability = Literal["safe", "unsafe", "display"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be wrong. `code` is stable (`NF` and three digits), `name` kebab-case; texts take {facts}."""

    code: str
    name: str
    stage: Stage
    severity: Severity
    message: str
    message_zh: str


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that helps, e.g. where a name was declared."""

    span: Span
    message: str
    message_zh: str

    def to_json(self) -> dict[str, Any]:
        return {"span": self.span.to_json(), "message": self.message, "message_zh": self.message_zh}


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text of `span` by `text`."""

    span: Span
    text: str

    def to_json(self) -> dict[str, Any]:
        return {"span": self.span.to_json(), "text": self.text}


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a fault. `safe` never changes the meaning of a right program and brings no new fault."""

    title: str
    edits: tuple[Edit, ...] = ()
    applicability: Applicability = "unsafe"

    def to_json(self) -> dict[str, Any]:
        edits = [edit.to_json() for edit in self.edits]
        return {"title": self.title, "applicability": self.applicability, "edits": edits}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault at one place."""

    rule: Rule
    span: Span
    message: str
    message_zh: str
    labels: tuple[Label, ...] = ()
    fixes: tuple[Fix, ...] = ()

    @property
    def is_error(self) -> bool:
        return self.rule.severity == "error"

    def to_json(self) -> dict[str, Any]:
        """The Diagnostic of DESIGN.md section 2."""
        return {
            "code": self.rule.code,
            "name": self.rule.name,
            "severity": self.rule.severity,
            "message": self.message,
            "message_zh": self.message_zh,
            "span": self.span.to_json(),
            "labels": [label.to_json() for label in self.labels],
            "fixes": [fix.to_json() for fix in self.fixes],
        }


@dataclass(slots=True)
class Report:
    """Collects diagnostics of one pass. One report per place and rule; nothing for the given context's text."""

    found: list[Diagnostic] = field(default_factory=list)

    def add(
        self, rule: Rule, span: Span, *, labels: Iterable[Label] = (), fixes: Iterable[Fix] = (), **facts: object
    ) -> None:
        """Report `rule` at `span`; `facts` fill its sentences (`x_zh` overrides `x` in the Chinese one)."""
        zh = {**facts, **{k[:-3]: v for k, v in facts.items() if k.endswith("_zh")}}
        self.found.append(
            Diagnostic(
                rule, span, rule.message.format(**facts), rule.message_zh.format(**zh), tuple(labels), tuple(fixes)
            )
        )


def apply_edits(source: Source, edits: Iterable[Edit]) -> str:
    """The text of `source` after the edits; of two edits that overlap the later one is left out."""
    data, parts, at = source.data, [], 0
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        if edit.span.source is not source or edit.span.start < at:
            continue
        parts += [data[at : edit.span.start], edit.text.encode()]
        at = edit.span.end
    return b"".join([*parts, data[at:]]).decode()
