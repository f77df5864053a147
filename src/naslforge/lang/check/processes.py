"""Processes: their nodes and the ways between them, their data, and how they are launched."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.facts import Facts
from naslforge.lang.check.suggest import Words, hint, likely, listed, quotes, replace
from naslforge.lang.diagnostics import Rule
from naslforge.lang.scope import Declared, LibraryCall
from naslforge.lang.types import ANY, NULL, Anonymous, Entity, ListOf, Structure, Type, Unknown, fits, show

_END = "end"
_NAMESPACES = ("app.processV2s.", "app.processes.")


class Processes:
    """Looks at every process, and at every place that launches one."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.keys: dict[str, Declared] = {}

    def check(self) -> None:
        for name, declared in self.facts.symbols.by_name.items():
            if name.startswith(_NAMESPACES) and isinstance(declared.node, n.Class):
                self._process(declared, declared.node)
        for call, target in list(self.facts.calls.items()):
            launches = isinstance(target, LibraryCall) and target.builtin.full_name == "nasl.processV2.launchProcess"
            if launches and isinstance(call, n.Call) and len(call.args) == 2:
                self._launch(call)

    # --- one process

    def _process(self, declared: Declared, node: n.Class) -> None:
        mark = next((d for d in node.decorators if d.name.name == "Process"), None)
        entries = entries_of(mark.argument) if mark is not None else {}
        key = entries.get("key")
        self.keys[key.value if isinstance(key, n.Text) else node.name.name] = declared
        self._data(declared)
        if mark is None or not isinstance(key, n.Text):
            self.facts.report(rules.PROCESS_MARK, (mark.name if mark else node.name).span, name=node.name.name)
            return
        given = entries.get("nodes")
        if isinstance(given, n.ListLiteral):
            self._nodes(given, entries.get("start"))

    def _nodes(self, given: n.ListLiteral, start: n.Expr | None) -> None:
        named: dict[str, dict[str, n.Expr]] = {}
        for item in given.items:
            entries = entries_of(item)
            name = entries.get("name")
            if not isinstance(name, n.Text):
                if not isinstance(item, n.Hole):
                    self._node_fault(item, "it has no name", "缺少名字")
            elif name.value in named or name.value == _END:
                what = (
                    ("its name is taken", "名字重复")
                    if name.value != _END
                    else ("`end` is there always", "`end` 总是存在")
                )
                self._node_fault(name, *what)
            else:
                named[name.value] = entries
                self._node_values(entries)
        for entries in named.values():
            for target in self._targets(entries) if isinstance(entries.get("to"), n.ListLiteral) else ():
                if target.value not in named and target.value != _END:
                    self._unknown_node(rules.PROCESS_TARGET, target, [*named, _END])
        self._ways(named, start)

    def _node_fault(self, e: n.Node, what: str, zh: str) -> None:
        self.facts.report(rules.PROCESS_NODE, e.span, what=what, what_zh=zh)

    def _node_values(self, entries: dict[str, n.Expr]) -> None:
        to = entries.get("to")
        if to is None:
            self._node_fault(
                entries["name"], "`to` is missing, a list of the nodes that follow", "缺少 `to`，即后续节点的列表"
            )
        elif not isinstance(to, n.ListLiteral | n.Hole):
            text = f"[{to.span.text}]" if isinstance(to, n.Text) else ""
            fixes = [replace(to.span, text, safe=True)] if text else []
            self.facts.report(rules.PROCESS_NODE, to.span, fixes=fixes, what="`to` is a list", what_zh="`to` 是列表")

    def _targets(self, entries: dict[str, n.Expr]) -> list[n.Text]:
        to = entries.get("to")
        items = to.items if isinstance(to, n.ListLiteral) else (to,)
        return [item for item in items if isinstance(item, n.Text)]

    def _unknown_node(self, rule: Rule, e: n.Text, known: list[str]) -> None:
        near, sure = likely(e.value, known)
        words = hint(near, e.span, form=quotes(e), safe=sure)
        self.facts.report(rule, e.span, name=e.value, known=listed(known), fixes=words.fixes, **words.near)

    def _ways(self, named: dict[str, dict[str, n.Expr]], start: n.Expr | None) -> None:
        """Every node lies on a way from the start to the end."""
        if not isinstance(start, n.Text) or not named:
            if named and start is not None and not isinstance(start, n.Hole | n.Text):
                self._node_fault(start, "`start` is the name of a node", "`start` 是节点的名字")
            return
        if start.value not in named:
            self._unknown_node(rules.PROCESS_START, start, list(named))
            return
        ways = {name: {t.value for t in self._targets(entries)} for name, entries in named.items()}
        reached = reachable({start.value}, ways)
        back: dict[str, set[str]] = {}
        for name, targets in ways.items():
            for target in targets:
                back.setdefault(target, set()).add(name)
        ending = reachable({_END}, back)
        for name, entries in named.items():
            if name not in reached:
                self.facts.report(rules.UNREACHED_NODE, entries["name"].span, name=name)
            elif name not in ending and ways[name] <= set(named):
                self.facts.report(rules.ENDLESS_PROCESS, entries["name"].span, name=name)

    # --- data

    def _data(self, declared: Declared) -> None:
        """`data` is the main entity, `relation_data…` are lists of entities."""
        node = declared.node
        assert isinstance(node, n.Class)
        types = dict(self.facts.fields.get(declared.name, ()))
        for member in node.members:
            if not isinstance(member, n.Property):
                continue
            name, type_ = member.name.name, types.get(member.name.name)
            item = type_.item if isinstance(type_, ListOf) and name.startswith("relation_data") else type_
            if type_ is None or isinstance(item, Unknown):
                continue
            listed_wrongly = name.startswith("relation_data") and not isinstance(type_, ListOf)
            if name == "data" and not isinstance(type_, Entity | Structure):
                words = ("an entity", "实体")
            elif name.startswith("relation_data") and (listed_wrongly or not isinstance(item, Entity | Structure)):
                words = ("a List of entities", "实体的 List")
            else:
                continue
            facts: Words = {"name": name, "wanted": words[0], "wanted_zh": words[1], "given": f"`{show(type_)}`"}
            fixes = [replace(member.type.span, f"List<{member.type.span.text}>", safe=True)] if listed_wrongly else []
            self.facts.report(rules.PROCESS_DATA, member.type.span, fixes=fixes, **facts)

    # --- launching

    def _launch(self, call: n.Call) -> None:
        key = call.args[1]
        if not isinstance(key, n.Text):
            return
        declared = self.keys.get(key.value)
        if declared is None:
            self._unknown_process(key)
            return
        given = self.facts.types.get(call.args[0])
        wanted = self.facts.fields.get(declared.name, ())
        if given is None or isinstance(given, Unknown) or given in (ANY, NULL) or not wanted:
            return
        have = dict(self.facts.fields_of(given) or ()) if isinstance(given, Anonymous | Structure) else {}
        self._launch_fields(call.args[0], key.value, have, dict(wanted), given)

    def _unknown_process(self, key: n.Text) -> None:
        by_class = {d.node.name.name: k for k, d in self.keys.items()}
        near, sure = likely(key.value, self.keys)
        near, sure = (by_class[key.value], True) if key.value in by_class else (near, sure)
        words = hint(near, key.span, form=quotes(key), safe=sure)
        self.facts.report(rules.UNKNOWN_PROCESS, key.span, name=key.value, fixes=words.fixes, **words.near)

    def _launch_fields(self, e: n.Expr, key: str, have: dict[str, Type], wanted: dict[str, Type], given: Type) -> None:
        fields = ", ".join(f"{name}: {show(type_)}" for name, type_ in wanted.items())
        facts: Words = {"process": key, "wanted": f"`{{ {fields} }}`"}
        if "data" in wanted and "data" not in have:
            fixes = []
            if fits(given, wanted["data"], self.facts.fields_of):
                text = f"nasl.util.NewAnonymousStructure({{ data: {e.span.text} }})"
                fixes = [replace(e.span, text, safe=True)]
            shown = (f"this is `{show(given)}`", f"这里是 `{show(given)}`")
            self.facts.report(rules.LAUNCH_DATA, e.span, fixes=fixes, given=shown[0], given_zh=shown[1], **facts)
            return
        for name, type_ in have.items():
            if name in wanted and not fits(type_, wanted[name], self.facts.fields_of):
                shown = (f"`{name}` is `{show(type_)}`", f"而 `{name}` 是 `{show(type_)}`")
                self.facts.report(rules.LAUNCH_DATA, e.span, given=shown[0], given_zh=shown[1], **facts)


def entries_of(e: n.Node | None) -> dict[str, n.Expr]:
    """The entries of a literal by their plain names."""
    entries = e.entries if isinstance(e, n.ObjectLiteral) else ()
    return {entry.key.name: entry.value for entry in entries if isinstance(entry.key, n.Ident)}


def reachable(starts: set[str], ways: dict[str, set[str]]) -> set[str]:
    """Every name that the ways lead to from these."""
    found, todo = set(starts), list(starts)
    while todo:
        for name in ways.get(todo.pop(), ()):
            if name not in found:
                found.add(name)
                todo.append(name)
    return found
