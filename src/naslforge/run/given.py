"""A task's context and fixed signature: checked once for all its solutions, compared with what an author wrote."""

import re
from collections import OrderedDict
from dataclasses import dataclass

from naslforge.lang import Checked, Parsed, Source, check_parsed, parse
from naslforge.lang import nodes as n
from naslforge.lang import types as t

CONTEXT = "context.ts"
KEPT_CONTEXTS = 32


@dataclass(frozen=True, slots=True)
class Given:
    """A task's context, parsed once: its syntax, what is wrong with it, and the fixed signature as a declaration."""

    parsed: Parsed
    fault: str | None
    fixed: n.Function | None
    checked: Checked | None


_given: OrderedDict[tuple[str, str, str], Given] = OrderedDict()


def given_context(context: str, entry: str, signature: str | None) -> Given:
    """The context of a task, checked once for all its solutions."""
    key = (context, entry, signature or "")
    given = _given.get(key)
    if given is None:
        given = _given[key] = _check_context(context, entry, signature)
        if len(_given) > KEPT_CONTEXTS:
            _given.popitem(last=False)
    _given.move_to_end(key)
    return given


def _check_context(context: str, entry: str, signature: str | None) -> Given:
    parsed = parse([Source(CONTEXT, context, context=True)]) if context.strip() else Parsed((), ())
    stub = _stub(entry, signature)
    declared = parse([stub]) if stub is not None else Parsed((), ())
    together = Parsed((*parsed.units, *declared.units), (*parsed.diagnostics, *declared.diagnostics))
    checked = check_parsed(together)
    for fault in checked.errors:
        place = fault.span.source.position(fault.span.start)
        where = "signature" if fault.span.source is stub else "context"
        return Given(parsed, f"{where}, line {place.line}: {fault.message}", None, None)
    if stub is None:
        return Given(parsed, None, None, None)
    found = checked.symbols.by_name.get(entry)
    if found is None or not isinstance(found.node, n.Function):
        return Given(parsed, f"the signature does not declare {entry}", None, None)
    return Given(parsed, None, found.node, checked)


def _stub(entry: str, signature: str | None) -> Source | None:
    """The fixed signature as a declaration in the namespace of the entry."""
    if not signature:
        return None
    namespace = entry.rpartition(".")[0]
    line = re.sub(r"^\s*(export\s+)?(declare\s+)?function\b", "export declare function", signature.strip())
    return Source("signature.ts", f"export namespace {namespace} {{\n{line.rstrip(' {;')};\n}}\n", context=True)


def changed_signature(
    wanted_in: Checked, wanted: n.Function, given_in: Checked, given: n.Function
) -> tuple[str, str] | None:
    """What was changed in a fixed signature, in two languages; None where it is the same."""
    if len(wanted.params) != len(given.params):
        count = f"{len(given.params)} instead of {len(wanted.params)}"
        return f"number of parameters: {count}", f"参数个数：应为 {len(wanted.params)}，现为 {len(given.params)}"
    for a, b in zip(wanted.params, given.params, strict=True):
        if a.name.name != b.name.name:
            return f"parameter `{a.name.name}` is now `{b.name.name}`", f"参数 `{a.name.name}` 变成了 `{b.name.name}`"
        if not same_type(wanted_in.names[a], given_in.names[b]):
            shown = t.show(given_in.names[b])
            return f"parameter `{a.name.name}` is now {shown}", f"参数 `{a.name.name}` 的类型变成了 {shown}"
        if (a.default is None) != (b.default is None):
            return f"the default of `{a.name.name}`", f"参数 `{a.name.name}` 的默认值"
    result, now = wanted_in.results.get(wanted, t.VOID), given_in.results.get(given, t.VOID)
    if wanted.result is not None and not same_type(result, now):
        return f"the result is now {t.show(now)}", f"返回类型变成了 {t.show(now)}"
    return None


def same_type(a: t.Type, b: t.Type) -> bool:
    """The same type, where the two may come from different checks of the same text."""
    return a == b or t.show(a) == t.show(b)
