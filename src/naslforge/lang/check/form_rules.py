"""Rules of form items: `rules={[nasl.validation.required(), nasl.validation.maxLength(20)]}`."""

import re

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.calls import Target
from naslforge.lang.check.navigation import Navigation
from naslforge.lang.check.suggest import Words, dotted, hint, likely, replace, wrap
from naslforge.lang.components import validations
from naslforge.lang.diagnostics import Edit, Fix
from naslforge.lang.scope import ValidationCall
from naslforge.lang.types import ANY, BOOLEAN, STRING, Anonymous, ListOf


class FormRules(Navigation):
    """Checks the rules that a form item is given."""

    def rules_of(self, a: n.Attribute) -> None:
        """`rules={[nasl.validation.required(), …]}`."""
        value = a.value
        if isinstance(value, n.Hole):
            return
        if not isinstance(value, n.ListLiteral):
            wrapped = isinstance(value, n.Call | n.Member) and self._rule_name(value)
            text = f"[{value.span.text}]" if wrapped and value is not None else ""
            fixes = [replace(value.span, text, safe=True)] if text and value is not None else _rules_from_text(a)
            self.report(rules.RULES_LIST, value.span if value is not None else a.span, fixes=fixes)
            return
        for item in value.items:
            self._rule(item)
        self.types[value] = ListOf(ANY)

    def _rule_name(self, e: n.Expr) -> str | None:
        path = dotted(e.callee if isinstance(e, n.Call) else e) or ""
        return path.rpartition(".")[2] if path.startswith(("nasl.validation.", "validation.")) else None

    def _rule(self, item: n.Expr) -> None:
        name = self._rule_name(item)
        if name is None:
            if not isinstance(item, n.Hole):
                self.report(rules.RULES_LIST, item.span, fixes=_rule_from_object(item))
            return
        callee = item.callee if isinstance(item, n.Call) else item
        full = f"nasl.validation.{name}"
        known = validations().get(name)
        if known is None:
            near, sure = likely(name, validations())
            words = hint(near, callee.span, form="nasl.validation.{}", safe=sure)
            self.report(rules.UNKNOWN_VALIDATION, callee.span, name=name, fixes=words.fixes, **words.near)
            if isinstance(item, n.Call):
                self.loose(item)
            return
        if not isinstance(item, n.Call):
            fix = Fix("write `()`", (Edit(item.span.at_end(), "()"),), "safe" if not known.least else "unsafe")
            self.report(rules.RULES_LIST, item.span, fixes=[fix])
            return
        if dotted(callee) != full:
            self.report(rules.MISSING_PREFIX, callee.span, full=full, fixes=[replace(callee.span, full, safe=True)])
        self.calls[item] = ValidationCall(name)
        self.types[item] = BOOLEAN
        last = item.args[-1] if item.args else None
        if isinstance(last, n.ObjectLiteral):
            self.want(last, Anonymous((("message", STRING),)))
            item = n.Call(item.span, item.callee, item.type_args, item.args[:-1])
        if len(item.args) > len(known.params) and isinstance(last, n.Text):
            said = Fix("write it as a message", wrap(last.span, "{ message: ", " }").edits, "safe")
            facts: Words = {"wanted": len(known.params), "given": len(item.args), "signature": name + known.text}
            self.report(rules.ARGUMENT_COUNT, item.span, name=full, fixes=[said], **facts)
            return
        self.apply(item, Target(full, (known,)), None)


def _rules_from_text(a: n.Attribute) -> list[Fix]:
    """`rules="required | maxLength(20)"` as a list."""
    if not isinstance(a.value, n.Text):
        return []
    parts = [part.strip() for part in a.value.value.split("|")]
    made = [re.fullmatch(r"(\w+)\s*(\(.*\))?", part) for part in parts]
    if not all(m is not None and m[1] in validations() for m in made):
        return []
    text = ", ".join(f"nasl.validation.{m[1]}{m[2] or '()'}" for m in made if m is not None)
    return [replace(a.value.span, f"{{[{text}]}}" if not a.braced else f"[{text}]")]


def _rule_from_object(item: n.Expr) -> list[Fix]:
    """`{ required: true, message: '…' }` as a rule of nasl.validation."""
    if not isinstance(item, n.ObjectLiteral):
        return []
    entries = {entry.key.name: entry.value for entry in item.entries if isinstance(entry.key, n.Ident)}
    message = entries.pop("message", None)
    entries.pop("trigger", None)
    said = f"{{ message: {message.span.text} }}" if message is not None else ""
    if len(entries) != 1:
        return []
    (name, value), *_ = entries.items()
    rule = {"max": "maxLength", "min": "minLength", "type": "", "len": ""}.get(name, name)
    if rule not in validations():
        return []
    own = [] if isinstance(value, n.Bool) else [value.span.text]
    return [replace(item.span, f"nasl.validation.{rule}({', '.join([*own, *([said] if said else [])])})")]
