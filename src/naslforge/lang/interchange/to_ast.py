"""A checked program to a whole AST: the namespaces become the lists of an App."""

from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang.interchange.carried import merged
from naslforge.lang.interchange.writing import Json, made
from naslforge.lang.interchange.writing_pages import Pages
from naslforge.lang.program import Checked


def to_ast(checked: Checked, extra: Any = None) -> Json:
    """The App of a program without errors, with what was `carried` beside its text."""
    return merged(_App(checked).app(), extra)


class _App:
    def __init__(self, checked: Checked):
        self.checked = checked
        self.writing = Pages(checked)
        self.by_space: dict[str, list[n.Node]] = {}
        for unit in checked.units:  # an empty namespace counts, and the order is that of the text
            for item in unit.items:
                if isinstance(item, n.Namespace):
                    self.by_space.setdefault(item.name.name, [])
        for declared in checked.symbols.by_name.values():
            self.by_space.setdefault(declared.name.rpartition(".")[0], []).append(declared.node)

    def app(self) -> Json:
        w = self.writing
        return made(
            "App",
            dataSources=self._data_sources(),
            structures=self._each("app.structures", w.structure),
            enums=self._each("app.enums", w.enum),
            metadataTypes=self._each("app.metadataTypes", w.alias),
            roles=self._each("app.roles", self._role),
            configuration=self._configuration(),
            backend=made("Backend", variables=self._each("app.backend.variables", self._backend_variable)),
            logics=self._logics("app.logics", "Logic"),
            authLogics=self._logics("app.authLogics", "AuthLogic"),
            authLogicsForCallInterface=self._logics("app.authLogicsForCallInterface", "AuthLogicForCallInterface"),
            overriddenLogics=self._logics("app.overriddenLogics", "OverriddenLogic"),
            frontendTypes=self._frontends(),
            dependencies=self._modules("extensions"),
            connectorDependencies=self._modules("connector"),
            interfaceDependencies=self._modules("apis"),
        )

    def _each(self, space: str, write: Any) -> list[Json]:
        return [write(node) for node in self.by_space.get(space, ())]

    def _logics(self, space: str, concept: str) -> list[Json]:
        return self._each(space, lambda node: self.writing.logic(node, concept))

    def _after(self, prefix: str, depth: int = 0) -> list[str]:
        """The names that follow a prefix in namespaces, in order of first use."""
        found = [space[len(prefix) :].split(".")[depth] for space in self.by_space if space.startswith(prefix)]
        return list(dict.fromkeys(found))

    def _data_sources(self) -> list[Json]:
        return [
            made("DataSource", name=name, entities=self._each(f"app.dataSources.{name}.entities", self.writing.entity))
            for name in self._after("app.dataSources.") or ["defaultDS"]
        ]

    def _role(self, node: n.Let) -> Json:
        return made("Role", name=node.name.name, description=self.writing.text_of(node.doc))

    def _backend_variable(self, node: n.Let) -> Json:
        return self.writing.variable(node, "BackendVariable")

    def _configuration(self) -> Json:
        groups = []
        for name in self._after("app.configuration.groups."):
            properties = self._each(f"app.configuration.groups.{name}.properties", self._config)
            groups.append(made("ConfigGroup", name=name, properties=properties))
        return made("Configuration", groups=groups)

    def _config(self, node: n.Let) -> Json:
        value = node.init.value if isinstance(node.init, n.Text) else ""
        values = [made("ConfigPropertyValue", env=env, value=value) for env in ("dev", "online")]
        return made("ConfigProperty", name=node.name.name, description=self.writing.text_of(node.doc), values=values)

    # --- frontends

    def _frontends(self) -> list[Json]:
        kinds = []
        for kind in self._after("app.frontendTypes."):
            prefix = f"app.frontendTypes.{kind}.frontends."
            frontends = [self._frontend(prefix + name, name) for name in self._after(prefix)]
            kinds.append(made("FrontendType", name=kind, kind=kind, frontends=frontends))
        return kinds

    def _frontend(self, space: str, name: str) -> Json:
        write = lambda node: self.writing.variable(node, "FrontendVariable")  # noqa: E731
        variables, logics = self._each(f"{space}.variables", write), self._logics(f"{space}.logics", "Logic")
        views = self._views(f"{space}.views")
        return made("Frontend", name=name, variables=variables or None, logics=logics or None, views=views)

    def _views(self, space: str) -> list[Json]:
        found = []
        for node in self.by_space.get(space, ()):
            if isinstance(node, n.View):
                children = self._views(f"{space}.{node.name.name}.views")
                found.append({**self.writing.view(node), "children": children})
        return found

    # --- what is installed

    def _modules(self, root: str) -> list[Json]:
        """Modules by their declared structures and logics; those of a converted app come back as they were."""
        concept = "Connector" if root == "connector" else "Module"
        found = []
        for name in self._after(f"{root}."):
            space = f"{root}.{name}"
            parts: dict[str, Any] = {
                "structures": self._each(f"{space}.structures", self.writing.structure),
                "logics": self._logics(f"{space}.logics", "Logic"),
                "interfaces": self._logics(f"{space}.interfaces", "Interface"),
            }
            found.append(made(concept, name=name, **{k: v for k, v in parts.items() if v}))
        return found
