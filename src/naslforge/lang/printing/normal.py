"""A tree without what makes two equal programs look different: comments, titles, names of local variables."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from naslforge.lang import nodes as n

_WORDS = {"title", "crumb", "param"}  # tags that only say something to people


def normalised(unit: n.Unit) -> n.Unit:
    """The unit with local names `v1`, `v2` … in order of appearance, and without comments."""
    return replace(unit, items=tuple(_item(item) for item in unit.items if not isinstance(item, n.Comment)))


def _item(item: n.Item) -> n.Item:
    if isinstance(item, n.Namespace):
        return replace(item, items=tuple(_item(i) for i in item.items if not isinstance(i, n.Comment)))
    if isinstance(item, n.Function | n.View):
        return _Renaming(item).changed(item)
    return _Renaming(None).changed(item)


class _Renaming:
    """One function or page with its own names."""

    def __init__(self, function: n.Function | n.View | None) -> None:
        names: dict[str, str] = {}
        kept = {param.name.name for param in function.params} if isinstance(function, n.View) else set()
        for ident in _declared(function) if function is not None else ():
            if ident.name not in kept:  # the parameters of a page are part of its address
                names.setdefault(ident.name, f"v{len(names) + 1}")
        self.names = names

    def changed(self, node: Any) -> Any:
        """The node with its parts changed; a name that is declared or used is renamed, a property is not."""
        match node:
            case n.Name(name=name):
                return replace(node, name=self.names.get(name, name))
            case n.Member():
                return replace(node, object=self.changed(node.object))
            case n.Entry(key=n.Ident()):
                return replace(node, value=self.changed(node.value))
            case n.TypeField():
                return replace(node, type=self.changed(node.type))
            case n.Param() | n.Let() | n.Lambda() | n.Match() | n.Query() | n.Join() | n.ForList():
                return self._parts(node, idents=True)
            case n.SlotTemplate():
                return self._parts(node, idents=True)
            case n.Function(name=name) if name.name in self.names:
                return replace(self._parts(node, idents=False), name=self._value(name, idents=True))
        return self._parts(node, idents=False)

    def _parts(self, node: Any, idents: bool) -> Any:
        return replace(
            node, **{f.name: self._value(getattr(node, f.name), idents) for f in fields(node) if f.name != "span"}
        )

    def _value(self, value: object, idents: bool) -> object:
        if isinstance(value, n.Doc):
            tags = tuple((tag, text) for tag, text in value.tags if tag not in _WORDS)
            return replace(value, text="", tags=tags) if tags else None
        if isinstance(value, n.Ident):
            return replace(value, name=self.names.get(value.name, value.name)) if idents else value
        if isinstance(value, n.Node):
            return self.changed(value)
        if isinstance(value, tuple):
            return tuple(self._value(item, idents) for item in value if not isinstance(item, n.Comment))
        return value


def _declared(function: n.Function | n.View) -> Iterator[n.Ident]:
    """The local names of a function or page, in the order in which they appear."""
    found: list[n.Ident] = []
    for node in function.walk():
        match node:
            case n.Function(name=name) if node is not function:
                found.append(name)
            case n.SlotTemplate(params=params):
                found += params
            case n.Param(name=name) | n.Let(name=name):
                found.append(name)
            case n.ForList(index=index, item=item):
                found += [index, item] if index is not None else [item]
            case n.Lambda(params=params):
                found += params
            case n.Match(param=param):
                found.append(param)
            case n.Query(row=row) | n.Join(row=row):
                found.append(row)
    return iter(found)
