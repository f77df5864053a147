"""Entities and what their decorators say: keys, relations, indexes, table names."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.facts import Facts
from naslforge.lang.check.processes import entries_of
from naslforge.lang.check.suggest import Words, hint, likely, listed, quotes, replace
from naslforge.lang.diagnostics import Label
from naslforge.lang.scope import Declared, is_entity
from naslforge.lang.types import LONG, TEXTS, EnumType, Unknown, show

# Decorators, and what may stand in them: text, Boolean, list or object.
_KEYS: dict[str, dict[str, str]] = {
    "Entity": {"description": "text", "tableName": "text", "origin": "text", "label": "text", "title": "text"},
    "Property": {
        "label": "text", "description": "text", "columnName": "text", "databaseType": "text", "required": "Boolean",
        "primaryKey": "Boolean", "generationRule": "text", "sequence": "text", "relation": "object",
        "display": "object", "rules": "list", "jsonName": "text", "readonly": "Boolean", "unique": "Boolean",
    },
    "Index": {"name": "text", "indexName": "text", "properties": "list", "unique": "Boolean", "description": "text"},
    "Process": {
        "key": "text", "start": "text", "nodes": "list", "title": "text", "description": "text", "version": "text",
        "name": "text",
    },
    "Structure": {"description": "text", "label": "text", "title": "text"},
}  # fmt: skip
_CHOICES = {
    "generationRule": ("auto", "autoIncrement", "manual"),
    "origin": ("ide", "sql", "table", "excel", "view"),
    "deleteRule": ("protect", "cascade"),
}
_RELATION = {"entity": "text", "property": "text", "deleteRule": "text", "namespace": "text"}
_DISPLAY = {"inTable": "Boolean", "inFilter": "Boolean", "inForm": "Boolean", "inDetail": "Boolean"}
# What other mappers call them.
_HABITS = {
    "PrimaryKey": "Property", "Id": "Property", "Column": "Property", "PrimaryGeneratedColumn": "Property",
    "Table": "Entity", "Unique": "Index", "ManyToOne": "Property", "OneToMany": "Property", "primary": "primaryKey",
    "nullable": "required", "notNull": "required", "name": "columnName", "type": "databaseType", "table": "tableName",
    "pk": "primaryKey", "generated": "generationRule", "onDelete": "deleteRule", "target": "entity", "ref": "relation",
    "foreignKey": "relation", "columns": "properties", "fields": "properties", "comment": "description",
}  # fmt: skip
_SHOWN = {
    "text": ("a text", "文本"),
    "Boolean": ("a Boolean", " Boolean"),
    "list": ("a list", "列表"),
    "object": ("an object", "对象"),
}
_LITERALS = {"text": n.Text, "Boolean": n.Bool, "list": n.ListLiteral, "object": n.ObjectLiteral}


class Model:
    """Looks at every entity, structure and process class."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.tables: dict[tuple[str, str], Declared] = {}

    def check(self) -> None:
        for declared in self.facts.symbols.by_name.values():
            node = declared.node
            if not isinstance(node, n.Class):
                continue
            for mark in node.decorators:
                self._decorator(mark)
            for member in node.members:
                if isinstance(member, n.Property):
                    for mark in member.decorators:
                        self._decorator(mark)
            if is_entity(declared):
                self._entity(declared, node)

    # --- decorators

    def _decorator(self, mark: n.Decorator) -> None:
        name = mark.name.name
        known = _KEYS.get(name)
        if known is None:
            meant = _HABITS.get(name) if _HABITS.get(name) in _KEYS else None
            near, sure = (meant, False) if meant else likely(name, _KEYS)
            fixes = [replace(mark.name.span, near, safe=sure)] if near else []
            words = hint(f"@{near}" if near else None)
            shown = listed(f"@{key}" for key in _KEYS)
            self.facts.report(
                rules.UNKNOWN_DECORATOR, mark.name.span, name=name, known=shown, fixes=fixes, **words.near
            )
            return
        self._entries(name, mark.argument, known)

    def _entries(self, name: str, argument: n.Node | None, known: dict[str, str]) -> None:
        for entry in argument.entries if isinstance(argument, n.ObjectLiteral) else ():
            if not isinstance(entry.key, n.Ident):
                continue
            key = entry.key.name
            if key not in known:
                self._unknown_key(name, entry.key, known)
                continue
            self._value(key, entry.value, known[key])
            if key in ("relation", "display") and isinstance(entry.value, n.ObjectLiteral):
                self._entries(key, entry.value, _RELATION if key == "relation" else _DISPLAY)

    def _unknown_key(self, name: str, key: n.Ident, known: dict[str, str]) -> None:
        meant = _HABITS.get(key.name)
        near, sure = (meant, False) if meant in known else likely(key.name, known)
        words = hint(near, None if key.name == "nullable" else key.span, safe=sure)
        facts: Words = {"decorator": name, "name": key.name, "known": listed(known, 20)}
        self.facts.report(rules.UNKNOWN_DECORATOR_KEY, key.span, fixes=words.fixes, **facts, **words.near)

    def _value(self, key: str, value: n.Expr, kind: str) -> None:
        if isinstance(value, n.Null | n.Hole):
            return
        if not isinstance(value, _LITERALS[kind]):
            fixes = []
            if kind == "Boolean" and isinstance(value, n.Text) and value.value in ("true", "false"):
                fixes = [replace(value.span, value.value, safe=True)]
            if kind == "list" and isinstance(value, n.Text):
                fixes = [replace(value.span, f"[{value.span.text}]", safe=True)]
            wanted = _SHOWN[kind]
            facts: Words = {"name": key, "wanted": wanted[0], "wanted_zh": wanted[1], "given": value.span.text[:40]}
            self.facts.report(rules.DECORATOR_VALUE, value.span, fixes=fixes, near="", near_zh="", **facts)
            return
        choices = _CHOICES.get(key)
        if choices and isinstance(value, n.Text) and value.value not in choices:
            near, sure = likely(value.value.replace("-", "_"), choices)
            words = hint(near, value.span, form=quotes(value), safe=sure)
            shown = listed(choices)
            facts = {"name": key, "wanted": f"one of {shown}", "wanted_zh": f" {shown} 之一", "given": value.span.text}
            self.facts.report(rules.DECORATOR_VALUE, value.span, fixes=words.fixes, **facts, **words.near)

    # --- entities

    def _entity(self, declared: Declared, node: n.Class) -> None:
        members = [m for m in node.members if isinstance(m, n.Property)]
        types = dict(self.facts.fields.get(declared.name, ()))
        keys = []
        for member in members:
            said = entries_of(_argument(member))
            primary, rule = said.get("primaryKey"), said.get("generationRule")
            if isinstance(primary, n.Bool) and primary.value:
                keys.append(member)
                type_ = types.get(member.name.name)
                generated = isinstance(rule, n.Text) and rule.value in ("auto", "autoIncrement")
                if generated and type_ is not None and type_ not in (LONG, *TEXTS) and not isinstance(type_, Unknown):
                    fixes = [replace(member.type.span, "Long")]
                    self.facts.report(rules.KEY_TYPE, member.type.span, given=f"`{show(type_)}`", fixes=fixes)
            self._relation(declared, member, said.get("relation"))
        if members and not keys:
            self.facts.report(rules.ENTITY_WITHOUT_KEY, node.name.span, name=node.name.name)
        for mark in node.decorators:
            if mark.name.name == "Index":
                self._index(declared, entries_of(mark.argument).get("properties"), list(types))
            elif mark.name.name == "Entity":
                self._table(declared, entries_of(mark.argument).get("tableName"))

    def _relation(self, declared: Declared, member: n.Property, relation: n.Expr | None) -> None:
        """The property has the type of the one it refers to."""
        said = entries_of(relation)
        entity, prop = said.get("entity"), said.get("property")
        if not isinstance(entity, n.Text) or not isinstance(prop, n.Text):
            return
        namespace = declared.name.rpartition(".")[0]
        name = f"{namespace}.{entity.value}" if "." not in entity.value else entity.value
        wanted = dict(self.facts.fields.get(name, ())).get(prop.value)
        given = dict(self.facts.fields.get(declared.name, ())).get(member.name.name)
        if wanted is None or given is None or wanted == given or (wanted in TEXTS and given in TEXTS):
            return
        if isinstance(wanted, Unknown | EnumType) or isinstance(given, Unknown):
            return
        target = f"{entity.value}.{prop.value}"
        facts: Words = {
            "name": member.name.name,
            "target": target,
            "wanted": f"`{show(wanted)}`",
            "given": f"`{show(given)}`",
        }
        fixes = [replace(member.type.span, show(wanted))]
        self.facts.report(rules.RELATION_TYPE, member.type.span, fixes=fixes, **facts)

    def _index(self, declared: Declared, properties: n.Expr | None, known: list[str]) -> None:
        for item in properties.items if isinstance(properties, n.ListLiteral) else ():
            if isinstance(item, n.Text) and item.value not in known:
                near, sure = likely(item.value, known)
                words = hint(near, item.span, form=quotes(item), safe=sure)
                facts: Words = {"entity": declared.node.name.name, "name": item.value}
                self.facts.report(rules.INDEX_PROPERTY, item.span, fixes=words.fixes, **facts, **words.near)

    def _table(self, declared: Declared, name: n.Expr | None) -> None:
        if not isinstance(name, n.Text):
            return
        first = self.tables.setdefault((declared.name.rpartition(".")[0], name.value.lower()), declared)
        if first is not declared:
            label = Label(first.node.name.span, "this one", "这一个")
            entity = first.node.name.name
            self.facts.report(rules.DUPLICATE_TABLE, name.span, labels=[label], entity=entity, name=name.value)


def _argument(member: n.Property) -> n.ObjectLiteral | None:
    return next((mark.argument for mark in member.decorators if mark.name.name == "Property"), None)
