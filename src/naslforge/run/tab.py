"""The variables of a browser's tab: client variables that live as long as it does, `@localCache` ones longer."""

import json
from typing import Any

from naslforge.lang import Checked
from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.run.wire import Reader, WireError
from naslforge.run.world import Runtime

_CLIENT = ".frontends."


class Tab:
    """What `world.browser.localStorage` says of variables, and what is left of them when the page is loaded again."""

    def __init__(self, checked: Checked, rt: Runtime, names: dict[str, Any]):
        self.rt, self.names = rt, names
        self._types: dict[str, t.Type] = {}
        self._cached: set[str] = set()
        for declared in checked.symbols.by_name.values():
            if isinstance(declared.node, n.Let) and _CLIENT in declared.name:
                self._types[declared.name] = checked.names.get(declared.node, t.ANY)
                doc = declared.node.doc
                if doc is not None and doc.tag("localCache") is not None:
                    self._cached.add(declared.name)

    def start(self) -> None:
        """Give cached variables what an earlier visit left, by short or full name. Raises WireError."""
        stored = self.rt.device.get("localStorage") or {}
        for name in sorted(self._cached):
            for key in (name, name.rpartition(".")[2]):
                if key in stored:
                    self.rt.variables[name] = self._read(stored[key], self._types[name], key)
                    break

    def _read(self, value: Any, type_: t.Type, path: str) -> Any:
        """By the variable's type; a browser keeps texts, so JSON in a text is read too."""
        reader = Reader(self.names["shapes"], self.rt.zone)
        try:
            return reader.read(value, type_, path)
        except WireError:
            if not isinstance(value, str):
                raise
            try:
                return reader.read(json.loads(value), type_, path)
            except ValueError as error:
                raise WireError(f"{value!r} is no JSON of {t.show(type_)}", path) from error

    def reload(self) -> None:
        """Start the variables again that do not stay."""
        for name in self._types:
            if name not in self._cached:
                self.rt.variables[name] = self.names["globals_"][name]()

    def kept(self, name: str) -> tuple[Any, t.Type] | None:
        """A cached variable by short or full name: its value and type."""
        full = next((known for known in sorted(self._cached) if name in (known, known.rpartition(".")[2])), None)
        return None if full is None else (self.rt.variables.get(full), self._types[full])
