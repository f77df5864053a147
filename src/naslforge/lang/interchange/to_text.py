"""A whole AST to text: every declaration in its namespace, in the order in which people read."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang.diagnostics import Diagnostic
from naslforge.lang.interchange.carried import carried
from naslforge.lang.interchange.names import NOWHERE, is_name
from naslforge.lang.interchange.reading import CannotBeText, Json
from naslforge.lang.interchange.reading_pages import Pages
from naslforge.lang.printer import print_unit

MOST_LEVELS = 600  # an expression of 150 levels takes four for each, and nothing real comes near it


@dataclass(frozen=True, slots=True)
class Text:
    """A program as text, what its text does not show (for the sidecar), and what could not be said at all."""

    text: str
    carried: Any
    diagnostics: list[Diagnostic] = field(default_factory=list)


def to_text(ast: Any) -> Text:
    """The Natural TS of an AST: an App, or one entity, structure, enum, logic or view.

    Raises ValueError for a JSON value that is no AST.
    """
    if not isinstance(ast, dict) or not isinstance(ast.get("concept"), str):
        raise ValueError("no AST: an object with a `concept` was expected")
    if _depth(ast) > MOST_LEVELS:
        raise ValueError(f"the AST is nested more than {MOST_LEVELS} levels deep")
    ast = copy.deepcopy(ast)
    reading = Pages()
    try:
        items = _App(reading).app(ast) if ast["concept"] == "App" else _single(reading, ast)
    except (CannotBeText, RecursionError) as fault:
        told = str(fault) if isinstance(fault, CannotBeText) else "nested too deeply"
        items = [reading.lost(told, "$")]
    text = print_unit(n.Unit(NOWHERE, NOWHERE.source, tuple(items)))
    return Text(text, carried(ast), reading.report.found)


def _depth(value: Any) -> int:
    """How deeply lists and objects are nested, counted without calling itself."""
    level, inside = 0, [value]
    while inside and level <= MOST_LEVELS:
        parts = (part.values() if isinstance(part, dict) else part for part in inside if isinstance(part, dict | list))
        inside = [inner for part in parts for inner in part]
        level += 1
    return level


def _single(reading: Pages, ast: Json) -> list[n.Item]:
    """One declaration, in the namespace where things of its kind stand."""
    kinds: dict[str, tuple[str, Callable[[Json, str], Any]]] = {
        "Entity": ("app.dataSources.defaultDS.entities", reading.entity),
        "Structure": ("app.structures", reading.structure),
        "Enum": ("app.enums", reading.enum),
        "Logic": ("app.logics", reading.logic),
        "View": ("app.frontendTypes.pc.frontends.pc.views", reading.view),
    }
    if ast["concept"] not in kinds:
        raise CannotBeText(f"$: a {ast['concept'][:40]} alone has no text form")
    name, read = kinds[ast["concept"]]
    return [n.Namespace(NOWHERE, n.Ident(NOWHERE, name), (read(ast, "$"),))]


class _App:
    """The namespaces of an application."""

    def __init__(self, reading: Pages):
        self.reading = reading
        self.items: list[n.Item] = []

    def app(self, ast: Json) -> list[n.Item]:
        r = self.reading
        for i, source in enumerate(self._objects(ast, "dataSources")):
            if is_name(source.get("name")):
                name = f"app.dataSources.{source['name']}.entities"
                self.add(name, source, "entities", r.entity, f"dataSources[{i}]", even_empty=True)
        self.add("app.structures", ast, "structures", r.structure, keep=_is_own)
        self.add("app.enums", ast, "enums", r.enum)
        self.add("app.metadataTypes", ast, "metadataTypes", r.metadata_type)
        self.add("app.roles", ast, "roles", r.role)
        for i, group in enumerate(self._objects(ast.get("configuration") or {}, "groups")):
            if is_name(group.get("name")):
                name = f"app.configuration.groups.{group['name']}.properties"
                self.add(name, group, "properties", r.config, f"configuration.groups[{i}]", even_empty=True)
        self.add("app.backend.variables", ast.get("backend") or {}, "variables", r.variable, "backend")
        self._dependencies(ast)
        self.add("app.logics", ast, "logics", r.logic)
        self.add("app.authLogics", ast, "authLogics", r.logic)
        self.add("app.authLogicsForCallInterface", ast, "authLogicsForCallInterface", self._auth_call)
        self.add("app.overriddenLogics", ast, "overriddenLogics", r.logic)
        for i, kind in enumerate(self._objects(ast, "frontendTypes")):
            for j, frontend in enumerate(self._objects(kind, "frontends")):
                self._frontend(kind, frontend, f"frontendTypes[{i}].frontends[{j}]")
        return self.items

    def _auth_call(self, value: Json, path: str) -> n.Function:
        """The parameters of the connection are visible in the body like its own."""
        r = self.reading
        extra = [dict(p) for p in r.list(value.get("authParams"), path) if isinstance(p, dict)]
        return r.function(value, path, r.doc(value, r.logic_tags(value)), extra)

    def _objects(self, node: Any, name: str) -> list[Json]:
        found = node.get(name) if isinstance(node, dict) else None
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def add(
        self, name: str, owner: Json, field_: str, read: Callable[[Json, str], Any], path: str = "",
        keep: Callable[[Json], bool] = lambda _: True, even_empty: bool = False,
    ) -> None:  # fmt: skip
        """The things of one list as a namespace; an empty list has one only where the list itself has a name."""
        given = self._objects(owner, field_)
        if all(map(keep, given)) and len(given) == len(owner.get(field_) or ()):
            found = self.reading.each(owner.get(field_), f"{path}.{field_}".lstrip("."), read)
        else:
            found = self.reading.each([one for one in given if keep(one)], f"{path}.{field_}".lstrip("."), read)
        if found or even_empty:
            self.items.append(n.Namespace(NOWHERE, n.Ident(NOWHERE, name), found))

    def _frontend(self, kind: Json, frontend: Json, path: str) -> None:
        if not (is_name(kind.get("name")) and is_name(frontend.get("name"))):
            self.reading.cannot(path, f"{path}: a frontend without a name", f"{path}：前端没有可用的名字")
            return
        name = f"app.frontendTypes.{kind['name']}.frontends.{frontend['name']}"
        self.add(f"{name}.variables", frontend, "variables", self.reading.variable, path)
        self.add(f"{name}.logics", frontend, "logics", self.reading.logic, path)
        self._views(f"{name}.views", frontend, "views", path)

    def _views(self, name: str, owner: Json, field_: str, path: str) -> None:
        self.add(name, owner, field_, self.reading.view, path)
        for i, view in enumerate(self._objects(owner, field_)):
            if view.get("children") and is_name(view.get("name")):
                self._views(f"{name}.{view['name']}.views", view, "children", f"{path}.{field_}[{i}]")

    def _dependencies(self, ast: Json) -> None:
        """What is installed, as far as a program can see it; it comes back from the sidecar as it was."""
        r = self.reading
        for module in [*self._objects(ast, "dependencies"), *self._objects(ast, "interfaceDependencies")]:
            if is_name(module.get("name")):
                name = f"extensions.{module['name']}"
                self.add(f"{name}.structures", copy.deepcopy(module), "structures", r.structure, name)
                self.add(f"{name}.enums", copy.deepcopy(module), "enums", r.enum, name)
                self.add(f"{name}.logics", copy.deepcopy(module), "logics", r.declared, name)
                self.add(f"apis.{module['name']}.interfaces", copy.deepcopy(module), "interfaces", r.declared, name)
        for connector in self._objects(ast, "connectorDependencies"):
            if is_name(connector.get("name")):
                name = f"connector.{connector['name']}"
                own = copy.deepcopy(connector)
                spaces = self._objects(own, "namespaces")
                logics = [*self._objects(own, "logics"), *(lo for s in spaces for lo in self._objects(s, "logics"))]
                self.add(f"{name}.structures", own, "structures", r.structure, name)
                self.add(f"{name}.logics", {"logics": logics}, "logics", r.declared, name)
                self.add(f"{name}.interfaces", own, "interfaces", r.declared, name)


def _is_own(structure: Json) -> bool:
    """Structures that a query made for its result are not written."""
    return structure.get("origin") != "CallQueryComponent"
